//! The notices that an issue carries, over all its pieces (FORMAT.md section 5.4).
//!
//! In: a [`Content`]. Out: every notice that can be read, and why a piece of them cannot. A
//! piece that is missing, damaged or malformed hides its own notices only: a scratch on a
//! stick must not bring back what a publisher took back elsewhere in the same list.

use crate::{Content, Notice, Part, PieceError, decode_notices};
use std::collections::HashSet;
use std::io::{Read, Seek};

/// What [`Content::notices`] could read, and what it could not.
#[derive(Debug, Default)]
pub struct Notices {
    /// Notices of the issue's own channel, in the order of the pieces; no
    /// [`key`](Notice::key) twice.
    pub notices: Vec<Notice>,
    /// The notices pieces that could not be read, in order, and why.
    pub unread: Vec<(u32, PieceError)>,
}

impl<R: Read + Seek> Content<R> {
    /// The notices of this issue. Those of another channel are left out: whoever signs for
    /// one channel has no say in another. All of them are in memory at once, at most 4,096.
    #[must_use]
    pub fn notices(&self) -> Notices {
        let mut found = Notices::default();
        let mut count = 0usize;
        for piece in self.manifest.notices() {
            match self.notices_piece(piece, count) {
                Ok(notices) => {
                    count = count.saturating_add(notices.len());
                    found.notices.extend(notices);
                }
                Err(error) => found.unread.push((piece, error)),
            }
        }
        let channel = &self.manifest.channel;
        found
            .notices
            .retain(|notice| notice.issue.channel == *channel);
        keep_first(&mut found.notices);
        found
    }

    /// One piece, when `before` notices were read from the pieces before it.
    fn notices_piece(&self, piece: u32, before: usize) -> Result<Vec<Notice>, PieceError> {
        let part = Part::Piece(piece);
        if self.table_entry(piece)?.raw > self.limits.notices_bytes {
            return Err(PieceError::rule(part, "a notices piece is too long"));
        }
        let notices =
            decode_notices(&self.piece(piece)?).map_err(|error| PieceError::cbor(part, error))?;
        if before.saturating_add(notices.len()) > self.limits.notices {
            return Err(PieceError::rule(part, "too many notices in the issue"));
        }
        Ok(notices)
    }
}

/// Of notices in two pieces with one key, the first counts.
fn keep_first(notices: &mut Vec<Notice>) {
    let mut seen = HashSet::new();
    let first: Vec<bool> = notices
        .iter()
        .map(|notice| seen.insert(notice.key()))
        .collect();
    let mut first = first.into_iter();
    notices.retain(|_| first.next().unwrap_or(true));
}
