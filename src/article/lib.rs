//! The closed block model of an article, and its plain text.

mod block;

pub use block::{Alignment, Article, Block, Inline, Role};
