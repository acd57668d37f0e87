//! The closed block model of an article, and its plain text.
//!
//! Bytes come in, an [`Article`] or a [`DecodeError`] goes out; nothing else in
//! the project knows how an article is encoded. What an article may hold is a
//! closed list (FORMAT.md 5.3): no markup that somebody else has to make safe
//! again, no addresses that are followed, no control characters.

mod block;
mod decode;
mod encode;
pub mod fold;
mod markdown;
mod words;

pub use block::{Alignment, Article, Block, Inline, Role};
pub use decode::{
    DecodeError, MAX_BLOCKS, MAX_COLUMNS, MAX_INLINES, MAX_LEVEL, MAX_TARGET, decode,
};
pub use encode::encode;
pub use markdown::{markdown, markdown_with};
pub use words::{count_words, inline_text, plain_text, word_count};
