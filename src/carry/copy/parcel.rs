//! The work of copying, for anything that can be read: what is to be copied, what happens to
//! it, and in which order.
//!
//! Everything is written first, then everything is read back, then each file that came back
//! right gets its name. A stick that is smaller than it says loses what was written last, or
//! writes it over what was written first: so no file is believed before all are written.

use std::io::{self, Read, Seek};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::Hash;
use varaq_storage::{Beside, Storage};

use super::plan::{Plan, plan};
use super::read_back::read_back;
use super::write::write;
use crate::FileReport;

/// Bytes to be copied.
pub trait Source: Read + Seek {}

impl<T: Read + Seek + ?Sized> Source for T {}

/// Opens a source anew.
pub type Open<'a> = dyn Fn() -> io::Result<Box<dyn Source + 'a>> + 'a;

/// One file to be copied.
pub struct Parcel<'a> {
    /// Opens its bytes. They are read twice: to be written, and to be compared with what the
    /// medium gives back.
    pub open: Box<Open<'a>>,
    /// Its name on the medium; the folder is there.
    pub target: PathBuf,
}

impl std::fmt::Debug for Parcel<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Parcel").field(&self.target).finish()
    }
}

/// How a copy is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct CopyOptions {
    /// Also what is not authentic, damaged, or no bundle at all.
    pub any: bool,
    /// What is unfinished stays as `NAME.part`, so that the next copy goes on from there.
    /// Without it nothing stays, unless the medium or the power goes.
    pub keep_parts: bool,
}

/// What a copy is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Sources are checked.
    Checking,
    /// What is on the medium already is compared with the sources.
    Comparing,
    /// Writing.
    Writing,
    /// What was written is read from the medium.
    ReadingBack,
}

/// A file that is on the medium, as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its name there.
    pub target: PathBuf,
    /// Its length in bytes.
    pub len_bytes: u64,
    /// Plain BLAKE3 of all its bytes, as the medium gave them back.
    pub hash: Hash,
    /// Bytes that an earlier copy had written already.
    pub resumed_bytes: u64,
    /// The whole file was there already; nothing was written.
    pub was_there: bool,
}

/// A medium that answered well to a write and gives back something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lie {
    /// The first wrong byte of the file, from 0.
    pub at_bytes: u64,
    /// Bytes that this copy had written to the medium when it came to that one.
    pub written_bytes: u64,
}

/// Why one file is not on the medium.
#[derive(Debug, thiserror::Error)]
pub enum NotCopied {
    /// A check has something against it.
    #[error("not authentic, or damaged")]
    Refused(Box<FileReport>),
    /// A folder or a device.
    #[error("not a file")]
    NotAFile,
    /// It cannot be read.
    #[error("cannot read it")]
    Source(#[source] io::Error),
    /// It gave other bytes when it was read again.
    #[error("it changed while it was copied")]
    SourceChanged,
    /// Another file has its name.
    #[error("another file has its name")]
    OtherThere,
    /// The file system of the medium takes no file of that length.
    #[error("expected at most {most_bytes} bytes, the file has {len_bytes}")]
    TooLarge {
        /// Bytes of the file.
        len_bytes: u64,
        /// Most bytes of a file there.
        most_bytes: u64,
    },
    /// The medium is full, although it said that there is room.
    #[error("the medium is full")]
    Full,
    /// The medium does not take it.
    #[error("cannot write it")]
    Write(#[source] io::Error),
    /// The medium does not give it back.
    #[error("cannot read it back")]
    ReadBack(#[source] io::Error),
    /// The medium gives back other bytes than were written.
    #[error("other bytes came back than were written")]
    NotAsWritten(Lie),
    /// Nothing was tried any more after the medium had failed.
    #[error("the medium failed before its turn")]
    NotBegun,
}

impl NotCopied {
    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            NotCopied::Refused(report) if report.code != 0 => report.code,
            _ => 1,
        }
    }
}

/// Why nothing was copied, or no more.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// `cancel` became true.
    #[error("interrupted")]
    Interrupted,
    /// There is not enough room; nothing was written.
    #[error("expected {needed_bytes} bytes of free space, found {free_bytes}")]
    NoRoom {
        /// Bytes that would be written, and a little for the folder.
        needed_bytes: u64,
        /// Bytes that are free.
        free_bytes: u64,
    },
    /// Several files, or a folder that is not there.
    #[error("no such folder")]
    NotAFolder(PathBuf),
    /// Two files would get one name.
    #[error("two of the files have one name")]
    TwoOfOneName(PathBuf),
}

/// What happens during a copy: `Progress` of each stage in turn, `Begin` before the first byte
/// is written, `Copied` or `Failed` for each file.
#[derive(Debug)]
pub enum CopyEvent {
    /// What is to be written is known, and there is room for it.
    Begin {
        /// Files to be written.
        files: u64,
        /// Bytes to be written.
        bytes: u64,
    },
    /// Bytes were read or written.
    Progress {
        /// What for.
        stage: Stage,
        /// Bytes so far.
        done: u64,
        /// Bytes of this stage.
        total: u64,
    },
    /// A file is on the medium under its name, and was read back from there.
    Copied(Copied),
    /// A file is not, or not under its name.
    Failed(PathBuf, NotCopied),
}

/// How a whole copy ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopySummary {
    /// The worst exit code of all files.
    pub code: u8,
    /// Files that were copied.
    pub copied: u64,
    /// Files that were there already.
    pub there: u64,
    /// Files that are not there.
    pub failed: u64,
}

/// A file that was written beside its place.
pub(super) struct Written<'s, 'a> {
    pub(super) plan: Plan<'a>,
    pub(super) beside: Beside<'s>,
    pub(super) hash: Hash,
    /// Bytes that this copy had written before this file.
    pub(super) before: u64,
}

/// Tells, counts, and knows whether to go on.
pub(super) struct Desk<'e> {
    pub(super) sink: &'e mut dyn FnMut(CopyEvent),
    pub(super) cancel: &'e AtomicBool,
    pub(super) keep_parts: bool,
    pub(super) summary: CopySummary,
    stage: Stage,
    done: u64,
    total: u64,
}

impl Desk<'_> {
    /// Begins a stage.
    pub(super) fn stage(&mut self, stage: Stage, total: u64) {
        (self.stage, self.done, self.total) = (stage, 0, total);
    }

    /// Counts bytes.
    ///
    /// # Errors
    /// If it is not to go on.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), CopyError> {
        self.done = self.done.saturating_add(bytes as u64).min(self.total);
        let (stage, done, total) = (self.stage, self.done, self.total);
        (self.sink)(CopyEvent::Progress { stage, done, total });
        if self.cancel.load(Ordering::Relaxed) {
            return Err(CopyError::Interrupted);
        }
        Ok(())
    }

    /// Tells of a file that is not there.
    pub(super) fn fail(&mut self, target: PathBuf, why: NotCopied) {
        self.summary.fail(target, why, self.sink);
    }

    /// Tells of a file that is.
    pub(super) fn copied(&mut self, copied: Copied) {
        let counter = if copied.was_there {
            &mut self.summary.there
        } else {
            &mut self.summary.copied
        };
        *counter = counter.saturating_add(1);
        (self.sink)(CopyEvent::Copied(copied));
    }

    /// Takes away what is unfinished, or leaves it for the next time.
    pub(super) fn give_up(&self, beside: Beside<'_>) {
        if self.keep_parts {
            beside.leave();
        }
    }
}

/// Copies parcels. A file that has the name already is compared and never replaced; a
/// `NAME.part` that an earlier copy left behind is gone on with as far as its bytes prove equal.
/// Of `options` only `keep_parts` is looked at. For whoever has a window: run it on a thread
/// of its own, and set `cancel` from another.
///
/// # Errors
/// See [`CopyError`]; then no file has its name that was not told as [`CopyEvent::Copied`].
pub fn copy_parcels(
    storage: &dyn Storage,
    parcels: Vec<Parcel<'_>>,
    options: &CopyOptions,
    cancel: &AtomicBool,
    sink: &mut dyn FnMut(CopyEvent),
) -> Result<CopySummary, CopyError> {
    let mut desk = Desk {
        sink,
        cancel,
        keep_parts: options.keep_parts,
        summary: CopySummary::default(),
        stage: Stage::Comparing,
        done: 0,
        total: 0,
    };
    let plans = plan(storage, parcels, &mut desk)?;
    let written = write(storage, plans, &mut desk)?;
    read_back(storage, written, &mut desk)?;
    Ok(desk.summary)
}
