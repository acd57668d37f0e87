//! What can be wrong with encoded bytes, and where.

use std::fmt;

/// The kinds of item that the subset knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An unsigned integer, 0 … 2⁶⁴-1.
    Uint,
    /// A byte string.
    Bytes,
    /// A text string.
    Text,
    /// An array.
    Array,
    /// A map with ascending unsigned keys.
    Map,
    /// `null`.
    Null,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Uint => "a number",
            Kind::Bytes => "bytes",
            Kind::Text => "a text",
            Kind::Array => "an array",
            Kind::Map => "a map",
            Kind::Null => "null",
        })
    }
}

/// Why bytes are not the one encoding of a value. `at` is the byte offset of
/// the item in the input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// The input ends inside an item, or a length names more than is there.
    #[error("item at byte {at} goes on beyond the end of the input")]
    Truncated {
        /// Offset of the item.
        at: usize,
    },
    /// A number or length is written longer than it has to be.
    #[error("number at byte {at} is not in its shortest form")]
    NotShortest {
        /// Offset of the item.
        at: usize,
    },
    /// A tag, float, negative number, boolean, other simple value, or an
    /// indefinite length.
    #[error("{what} at byte {at} is not allowed")]
    Refused {
        /// Offset of the item.
        at: usize,
        /// What it is.
        what: &'static str,
    },
    /// Another kind of item was expected.
    #[error("expected {expected} at byte {at}, found {found}")]
    Unexpected {
        /// Offset of the item.
        at: usize,
        /// The kind that belongs here.
        expected: Kind,
        /// The kind that is here.
        found: Kind,
    },
    /// An array or map has another length than its definition says.
    #[error("expected {expected} items at byte {at}, found {found}")]
    Length {
        /// Offset of the item.
        at: usize,
        /// Number of items, or of pairs.
        expected: usize,
        /// Number of items, or of pairs.
        found: usize,
    },
    /// A map holds another key than the one that comes next: a missing, an
    /// unknown, a repeated or a misplaced one.
    #[error("expected key {expected} at byte {at}, found {found}")]
    Key {
        /// Offset of the key.
        at: usize,
        /// The key that belongs here.
        expected: u64,
        /// The key that is here.
        found: u64,
    },
    /// Keys of a map are not strictly ascending.
    #[error("keys are not ascending at byte {at}")]
    KeyOrder {
        /// Offset of the key.
        at: usize,
    },
    /// Containers nest deeper than the structure allows.
    #[error("nesting is deeper than {max} at byte {at}")]
    TooDeep {
        /// Offset of the container.
        at: usize,
        /// Deepest nesting allowed.
        max: usize,
    },
    /// A text is not UTF-8.
    #[error("text at byte {at} is not UTF-8")]
    NotUtf8 {
        /// Offset of the text.
        at: usize,
    },
    /// A text holds a character that no text may hold (FORMAT.md section 2).
    #[error("text at byte {at} holds U+{:04X}", *.character as u32)]
    Character {
        /// Offset of the text.
        at: usize,
        /// The character.
        character: char,
    },
    /// A value breaks a rule of its field.
    #[error("{what} at byte {at} is out of its range")]
    Range {
        /// Offset behind the item.
        at: usize,
        /// Which field.
        what: &'static str,
    },
    /// Bytes follow the outermost item.
    #[error("bytes follow the outermost item at byte {at}")]
    Trailing {
        /// Offset of the first extra byte.
        at: usize,
    },
    /// The reader asked for an item after the container's last one, or finished
    /// before it.
    #[error("container at byte {at} has another number of items")]
    Unfinished {
        /// Offset where reading stopped.
        at: usize,
    },
}
