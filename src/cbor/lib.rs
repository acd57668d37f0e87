//! Deterministic CBOR: the strict subset of FORMAT.md section 2, and nothing else.
//!
//! In: untrusted bytes. Out: numbers, byte strings, texts, and the lengths of
//! arrays and maps, each borrowed from the input. What can go wrong is a
//! [`CborError`], which always says at which byte.
//!
//! A signed structure must have exactly one encoding, or two people could hold
//! different bytes for the same value and argue about which one was signed.
//! Instead of decoding leniently, encoding again and comparing, the [`Reader`]
//! accepts only what the [`Writer`] writes: shortest lengths, ascending keys, no
//! tags, floats, negative numbers or booleans. It allocates nothing but a small
//! stack of open containers, and that is bounded by the depth given to it.

mod error;
mod reader;
mod text;
mod writer;

pub use error::{CborError, Kind};
pub use reader::Reader;
pub use text::{is_lines, is_text};
pub use writer::Writer;

/// Deepest nesting of a signed structure (FORMAT.md section 2).
pub const DEPTH: usize = 16;

/// Deepest nesting of an article (FORMAT.md section 5.3).
pub const ARTICLE_DEPTH: usize = 64;
