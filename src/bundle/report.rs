//! What a whole check has found (FORMAT.md section 7).

use crate::Part;

/// How far a check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckProgress {
    /// Bytes read so far.
    pub done_bytes: u64,
    /// Bytes of all copies.
    pub total_bytes: u64,
}

/// Pieces of the issue, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PieceTally {
    /// At least one run of one copy hashes right.
    pub whole: u32,
    /// In no run that lies inside its file.
    pub missing: u32,
    /// In a run, and right in none.
    pub damaged: u32,
    /// Inside its file, and not read because it was not drawn for the [`Sample`](crate::Sample).
    pub unread: u32,
    /// INDEX or the page of TABLE is missing or damaged: what the piece must hash to is not known.
    pub unproven: u32,
}

/// A part that is present but wrong in one of the copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// Which copy: 0 is the one opened, further ones in the order they were added.
    pub copy: usize,
    /// Which part.
    pub part: Part,
}

/// The account of every byte of every copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The pieces.
    pub pieces: PieceTally,
    /// The parts that are wrong, in the order of copies and parts.
    pub parts: Vec<Damage>,
    /// Wrong copies of pieces beyond those named in `parts`.
    pub unnamed_parts: u64,
    /// INDEX, or a page of TABLE, lies beyond the end of every copy: not even the list of
    /// pieces is whole.
    pub table_missing: bool,
    /// Bytes that belong to nothing, and bytes of SLACK that are not zero.
    pub extra_bytes: u64,
    /// Bytes of TRAILER: repair data, not looked at.
    pub trailer_bytes: u64,
    /// A run goes on beyond the end of its file.
    pub truncated: bool,
    /// Stored bytes of the pieces that were not drawn for the sample.
    pub unread_bytes: u64,
    /// Reads that failed; what they should have given counts as damaged.
    pub read_errors: u64,
    /// Articles whose entry is readable and whose pieces are whole: n of "n of m".
    pub articles_whole: u32,
    /// Articles of the issue: m of "n of m"; unknown when FRONT is not readable.
    pub articles_listed: Option<u32>,
}

impl Report {
    /// True if every piece was read and is whole, whatever else is wrong: COMPLETE.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.lacks_nothing() && self.pieces.unread == 0
    }

    /// True if no piece is known to be missing or wrong: as [`is_complete`](Report::is_complete),
    /// but of a sample.
    #[must_use]
    pub fn lacks_nothing(&self) -> bool {
        let PieceTally {
            missing,
            damaged,
            unproven,
            ..
        } = self.pieces;
        missing == 0 && damaged == 0 && unproven == 0
    }

    /// True if pieces, or the list of them, are not in the copies at hand: PARTIAL.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.pieces.missing > 0 || self.table_missing
    }

    /// True if nothing at all is wrong or missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_complete()
            && self.parts.is_empty()
            && self.unnamed_parts == 0
            && self.extra_bytes == 0
    }
}

/// Why a check did not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The caller stopped it.
    #[error("cancelled")]
    Cancelled,
}
