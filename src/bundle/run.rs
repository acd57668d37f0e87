//! RUNS: where pieces lie in this copy (FORMAT.md section 1.3). Unsigned: a wrong run makes
//! a hash fail, and nothing else.

use crate::prefix::Fields;

/// Pieces `first` … `first + count - 1`, back to back from `offset` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first piece.
    pub first: u32,
    /// Number of pieces.
    pub count: u32,
    /// Bytes from the start of the file.
    pub offset: u64,
}

impl Run {
    /// Bytes of an entry.
    pub const LEN: usize = 16;

    /// Decodes RUNS; bytes after the last full entry are left out.
    #[must_use]
    pub fn decode_all(bytes: &[u8]) -> Vec<Run> {
        let entries = bytes.chunks_exact(Run::LEN).map(|entry| {
            let mut fields = Fields(entry);
            Run {
                first: fields.u32(),
                count: fields.u32(),
                offset: fields.u64(),
            }
        });
        entries.collect()
    }

    /// Encodes RUNS.
    #[must_use]
    pub fn encode_all(runs: &[Run]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(runs.len().saturating_mul(Run::LEN));
        for run in runs {
            bytes.extend_from_slice(&run.first.to_be_bytes());
            bytes.extend_from_slice(&run.count.to_be_bytes());
            bytes.extend_from_slice(&run.offset.to_be_bytes());
        }
        bytes
    }

    /// True if the run stays inside the issue and behind TABLE.
    #[must_use]
    pub fn is_usable(&self, piece_count: u32, pieces_at: u64) -> bool {
        let inside = self
            .first
            .checked_add(self.count)
            .is_some_and(|end| end <= piece_count);
        self.count >= 1 && inside && self.offset >= pieces_at
    }

    /// True if the run covers `piece`.
    #[must_use]
    pub fn covers(&self, piece: u32) -> bool {
        piece >= self.first && piece.wrapping_sub(self.first) < self.count
    }
}
