//! Bringing a bundle into the library: judged, copied, read back, kept.

use super::{Home, Library, LibraryError};
use crate::bundles::CopyProgress;
use crate::kept::Source;
use crate::reading::Arrival;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;
use varaq_bundle::{CheckError, Hash, Report};
use varaq_storage::Lock;
use varaq_trust::{Learned, Verdict, View};

/// Room that is left for everything else on the disk.
const SPARE_BYTES: u64 = 4 << 20;
/// How often a lock is asked for that somebody else holds.
const PATIENCE: Duration = Duration::from_millis(20);

/// How an import is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// The visit that the bundle belongs to: [`Library::next_visit`], once for a stick.
    pub visit: u32,
    /// Most bytes that the library may keep; none = as many as the disk holds.
    pub most_bytes: Option<u64>,
}

/// What an import has done.
#[derive(Debug)]
pub struct Imported {
    /// What became of the file.
    pub outcome: Outcome,
    /// The issue.
    pub issue: Hash,
    /// What was found when the copy was read back; none if nothing was copied.
    pub report: Option<Report>,
    /// What was proven: to be added to the reader's evidence.
    pub learned: Learned,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An issue that was not there.
    New,
    /// More of an issue of which parts were missing.
    More,
    /// Nothing that was not there.
    Known,
}

/// Why a file was not kept. The library is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Only issues of publishers that the reader trusts are kept.
    #[error("not kept: {verdict}")]
    Refused {
        /// What it is.
        verdict: Verdict,
        /// What was proven all the same.
        learned: Box<Learned>,
    },
    /// The file cannot be read.
    #[error("cannot read the bundle")]
    Source(#[source] io::Error),
    /// The disk has too little room.
    #[error("{needed} bytes are needed, and {free} are free")]
    NoRoom {
        /// Bytes.
        needed: u64,
        /// Bytes.
        free: u64,
    },
    /// The library would grow beyond what it may keep.
    #[error("the shelf may keep {most} bytes, and would have {needed}")]
    OverLimit {
        /// Bytes.
        needed: u64,
        /// Bytes.
        most: u64,
    },
    /// What was read back is not what was written.
    #[error("what was read back is not what was written: the disk cannot be relied on")]
    NotAsWritten,
    /// The caller stopped it.
    #[error("cancelled")]
    Cancelled,
    /// The library.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportProgress {
    /// Somebody else changes the library.
    Waiting,
    /// The file is copied.
    Copying(CopyProgress),
    /// The copy is read back and checked.
    Checking(CopyProgress),
}

type Progress<'a> = dyn FnMut(ImportProgress) -> ControlFlow<()> + 'a;

impl Library {
    /// The number of the next visit: what is imported with it is "new since the last stick".
    #[must_use]
    pub fn next_visit(&self) -> u32 {
        self.reading.last_visit().saturating_add(1)
    }

    /// Keeps a bundle. When this answers well, it is kept: it was read back from the disk,
    /// and has its name there also after a power cut. Its words come into the index with
    /// [`Library::fill`].
    ///
    /// # Errors
    /// See [`ImportError`]; nothing of the file is then left behind.
    pub fn import(
        &mut self,
        source: &mut (impl Read + Seek),
        view: View<'_>,
        options: &ImportOptions,
        progress: &mut Progress<'_>,
    ) -> Result<Imported, ImportError> {
        let home = self.home.as_ref().ok_or(LibraryError::MemoryOnly)?;
        let opening = varaq_trust::open(&mut *source, view, &self.limits);
        let opening = opening.map_err(ImportError::Source)?;
        let verdict = opening.verdict();
        let learned = opening.learned().clone();
        let Some(facts) = opening.facts().filter(|_| verdict.shows_content()).cloned() else {
            let learned = Box::new(learned);
            return Err(ImportError::Refused { verdict, learned });
        };
        let issue = facts.issue.id;
        let known = |outcome| Imported {
            outcome,
            issue,
            report: None,
            learned: learned.clone(),
        };
        if self.find(&issue).is_some_and(|kept| kept.whole) {
            return Ok(known(Outcome::Known));
        }
        let lock = home.lock(progress)?;
        self.room_for(home, source, options)?;
        let mut copying = |now| progress(ImportProgress::Copying(now));
        let copied = home.bundles.copy(source, &mut copying);
        let copied = copied.map_err(|error| home.unwritten(error))?;
        let (copy, file) = copied.ok_or(ImportError::Cancelled)?;
        let here = home.bundles.list().map_err(|error| home.failed(error))?;
        if here.contains(&file) {
            return Ok(known(Outcome::Known));
        }
        let report = home.read_back(copy.part().to_owned(), issue, view, progress)?;
        home.bundles
            .keep(copy, &file)
            .map_err(|error| home.unwritten(error))?;
        let whole = report.is_complete();
        let outcome = self.kept_now(issue, file, whole, options.visit);
        drop(lock);
        self.after_import(&file, outcome, view)?;
        Ok(Imported {
            report: Some(report),
            ..known(outcome)
        })
    }

    /// Refuses what does not fit, before a byte is written.
    fn room_for(
        &self,
        home: &Home,
        source: &mut impl Seek,
        options: &ImportOptions,
    ) -> Result<(), ImportError> {
        let len = source
            .seek(io::SeekFrom::End(0))
            .map_err(ImportError::Source)?;
        let kept = self.kept.iter().map(|kept| kept.len_bytes);
        let needed = kept.fold(len, u64::saturating_add);
        if let Some(most) = options.most_bytes.filter(|most| needed > *most) {
            return Err(ImportError::OverLimit { needed, most });
        }
        // A disk that does not say how much is free will say when it is full.
        let needed = len.saturating_add(SPARE_BYTES);
        match home.bundles.free_space() {
            Ok(free) if free < needed => Err(ImportError::NoRoom { needed, free }),
            _ => Ok(()),
        }
    }

    /// The file has its name. What is remembered of it may fail: it is kept all the same.
    fn kept_now(&mut self, issue: Hash, file: Hash, whole: bool, visit: u32) -> Outcome {
        let former = self.find(&issue).map(|kept| kept.files.clone());
        let outcome = if former.is_some() {
            Outcome::More
        } else {
            Outcome::New
        };
        let mut arrivals = vec![(file, Arrival { visit, whole })];
        let mut left = Vec::new();
        for former in former.unwrap_or_default() {
            if let Some(arrival) = self.reading.arrival(&former).filter(|_| whole) {
                // The whole copy stands for the parts, and is as old as they are.
                let visit = arrival.visit.min(visit);
                arrivals.push((file, Arrival { visit, whole }));
            }
            left.push(former);
        }
        if let Some(home) = self.home.as_ref().filter(|_| whole) {
            left.retain(|file| home.bundles.remove(file).is_ok());
        } else {
            left.clear();
        }
        let _ = self.update(|reading| {
            for (file, arrival) in &arrivals {
                reading.arrived(*file, *arrival);
            }
            for file in &left {
                reading.left(file);
            }
        });
        outcome
    }

    /// Shows what the folder holds now.
    fn after_import(
        &mut self,
        file: &Hash,
        outcome: Outcome,
        view: View<'_>,
    ) -> Result<(), LibraryError> {
        match outcome {
            // The others are what they were: an import of many files opens each of them once.
            Outcome::New => self.add(file, view),
            _ => self.refresh(view, &mut |_, _| ControlFlow::Continue(())),
        }
    }
}

impl Home {
    /// Waits for whoever changes the library. `None` where a file system knows no locks.
    pub(super) fn lock(&self, progress: &mut Progress<'_>) -> Result<Option<Lock>, ImportError> {
        let failed = |error| ImportError::from(self.failed(error));
        self.bundles.create().map_err(failed)?;
        let path = self.folder.join("shelf.lock");
        loop {
            let lock = match self.storage.try_lock(&path) {
                // Where a file system knows no locks, nobody is waited for.
                Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
                lock => lock.map_err(failed)?,
            };
            if lock.is_some() {
                // What a run that was killed has left is in the way of this one.
                self.bundles.remove_parts().map_err(failed)?;
                return Ok(lock);
            }
            if progress(ImportProgress::Waiting).is_break() {
                return Err(ImportError::Cancelled);
            }
            std::thread::sleep(PATIENCE);
        }
    }

    /// A write that failed because the disk is full says so.
    fn unwritten(&self, error: io::Error) -> ImportError {
        if error.kind() == io::ErrorKind::StorageFull {
            let free = self.bundles.free_space().unwrap_or(0);
            return ImportError::NoRoom {
                needed: free.saturating_add(1),
                free,
            };
        }
        self.failed(error).into()
    }

    /// Judges the copy and reads every byte of it, as the disk gives it.
    fn read_back(
        &self,
        part: PathBuf,
        issue: Hash,
        view: View<'_>,
        progress: &mut Progress<'_>,
    ) -> Result<Report, ImportError> {
        let failed = |error| ImportError::from(self.failed(error));
        let stored = self.storage.open(&part).map_err(failed)?;
        let source: Box<dyn Source> = Box::new(stored);
        let limits = varaq_bundle::Limits::default();
        let opening = varaq_trust::open(source, view, &limits).map_err(failed)?;
        if opening.issue().map(|found| found.id) != Some(issue) {
            return Err(ImportError::NotAsWritten);
        }
        let content = opening
            .into_content(varaq_trust::Consent::Pinned)
            .map_err(|_| ImportError::NotAsWritten)?;
        let checked = content.check(&mut |now| {
            progress(ImportProgress::Checking(CopyProgress {
                done_bytes: now.done_bytes,
                total_bytes: now.total_bytes,
            }))
        });
        match checked {
            Ok(report) if report.read_errors > 0 => Err(ImportError::NotAsWritten),
            Ok(report) => Ok(report),
            Err(CheckError::Cancelled) => Err(ImportError::Cancelled),
        }
    }
}
