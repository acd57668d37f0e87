//! The parts of a bundle, as they are named in a report, and why one cannot be had.

use crate::FrameFlaw;
use std::{fmt, io};
use varaq_cbor::CborError;

/// A part that can be missing or wrong by itself (FORMAT.md section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The hint in PREFIX.
    Hint,
    /// RUNS: an entry that cannot be used, or entries out of order.
    Runs,
    /// NOTES: not a well-formed array.
    Notes,
    /// INDEX.
    Index,
    /// A page of TABLE.
    TablePage(u32),
    /// A piece.
    Piece(u32),
    /// A copy of a piece that is right in another run: mended by its spare.
    RunOfPiece(u32),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Hint => f.write_str("hint"),
            Part::Runs => f.write_str("runs"),
            Part::Notes => f.write_str("notes"),
            Part::Index => f.write_str("index"),
            Part::TablePage(page) => write!(f, "table page {page}"),
            Part::Piece(piece) => write!(f, "piece {piece}"),
            Part::RunOfPiece(piece) => write!(f, "run of piece {piece}"),
        }
    }
}

/// Why content cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PieceError {
    /// This copy does not carry the part; another copy of the issue may.
    #[error("{part} is not in this copy")]
    NotInThisCopy {
        /// The part.
        part: Part,
    },
    /// The part is there, and its bytes are not the signed ones.
    #[error("{part} is damaged")]
    Damaged {
        /// The part.
        part: Part,
    },
    /// The bytes are the signed ones, but the publisher's program made them wrong.
    #[error("{part} is not well-formed: {flaw}")]
    Malformed {
        /// The part.
        part: Part,
        /// What is wrong with it.
        #[source]
        flaw: Malformed,
    },
    /// The issue has no such piece, page or span.
    #[error("{what} lies outside the issue")]
    Outside {
        /// What.
        what: &'static str,
    },
    /// The source cannot be read, or the target not be written.
    #[error("cannot read or write")]
    Io(#[from] io::Error),
}

/// A rule that signed bytes break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Not one proper zstd frame.
    #[error(transparent)]
    Frame(#[from] FrameFlaw),
    /// Not the one encoding of what it should hold.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// Another rule.
    #[error("{0}")]
    Rule(&'static str),
}

impl PieceError {
    pub(crate) fn rule(part: Part, rule: &'static str) -> PieceError {
        PieceError::Malformed {
            part,
            flaw: Malformed::Rule(rule),
        }
    }

    pub(crate) fn cbor(part: Part, error: CborError) -> PieceError {
        PieceError::Malformed {
            part,
            flaw: Malformed::Cbor(error),
        }
    }
}
