//! Signatures and notes put in place: the head changes, the body never moves.

use crate::{Head, Limits};
use std::io::{self, Seek, SeekFrom, Write};

/// Why signatures or notes cannot be put in place.
#[derive(Debug, thiserror::Error)]
pub enum AmendError {
    /// The head would reach into the body.
    #[error("expected at most {room} bytes before the body, the head would take {needed}")]
    NoRoom {
        /// Bytes before the body.
        room: u64,
        /// Bytes of the new head.
        needed: u64,
    },
    /// A section is longer than any reader accepts.
    #[error("{section} would be too long")]
    TooLong {
        /// Which section.
        section: &'static str,
    },
    /// The file cannot be written.
    #[error("cannot write the head")]
    Io(#[from] io::Error),
}

impl Head {
    /// This head with other signatures or notes; `None` keeps them. Lengths and hint fit again.
    ///
    /// # Errors
    /// If it has no room before the body, or a reader would refuse it.
    pub fn amended(
        &self,
        signatures: Option<Vec<u8>>,
        notes: Option<Vec<u8>>,
    ) -> Result<Head, AmendError> {
        let head = Head::new(
            self.prefix.body_at,
            self.manifest.clone(),
            signatures.unwrap_or_else(|| self.signatures.clone()),
            self.own.clone(),
            self.runs.clone(),
            notes.unwrap_or_else(|| self.notes.clone()),
        );
        let limits = Limits::default();
        if head.prefix.signatures_len > limits.signatures_bytes {
            return Err(AmendError::TooLong {
                section: "SIGNATURES",
            });
        }
        if head.prefix.notes_len > limits.notes_bytes {
            return Err(AmendError::TooLong { section: "NOTES" });
        }
        let (room, needed) = (head.prefix.body_at, head.prefix.sections_end());
        if needed > room {
            return Err(AmendError::NoRoom { room, needed });
        }
        Ok(head)
    }

    /// Everything before the body: the sections, then zeros up to `body_at`.
    #[must_use]
    pub fn to_slack(&self) -> Vec<u8> {
        let mut bytes = self.to_bytes();
        // `body_at` was checked against the limit of a megabyte when the head was read or made.
        let body_at =
            usize::try_from(self.prefix.body_at.min(Limits::default().head_bytes)).unwrap_or(0);
        bytes.resize(bytes.len().max(body_at), 0);
        bytes
    }
}

/// Overwrites everything before the body with `head`, in one write. The caller keeps a copy
/// of the head beside the file until the disk has it: a torn write is then mended.
///
/// # Errors
/// If the head has no room before the body, or the file cannot be written.
pub fn amend<W: Write + Seek>(file: &mut W, head: &Head) -> Result<(), AmendError> {
    let (room, needed) = (head.prefix.body_at, head.prefix.sections_end());
    if needed > room {
        return Err(AmendError::NoRoom { room, needed });
    }
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&head.to_slack())?;
    file.flush()?;
    Ok(())
}
