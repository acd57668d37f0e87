//! Checking files and folders: who signed, whether every byte is right, what is missing.
//!
//! In come paths, a reader's view and a sink; out go [`Event`]s and a [`Summary`]. Memory does not
//! grow with the size of a file: what is kept for each is its path and one hash. What
//! cannot be read (a failing disk, a stick pulled out) is an event with exit code 1, and
//! the rest goes on.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::{Bundle, CheckError, Content, Hash, HeadError, Limits, Report};
use varaq_storage::{Storage, StoredFile};
use varaq_trust::{Consent, Evidence, Opening, Verdict, Verified, View};

use crate::report::Group;
use crate::side_file::side_file;
use crate::{
    Candidate, Event, FileReport, IssueReport, Sight, Soundness, Summary, exit_code, walk, worse,
};

/// How strict a check is.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// A publisher who is not pinned is exit code 21.
    pub require_trusted: bool,
    /// What a file may ask of this machine.
    pub limits: Limits,
}

/// The check was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Checks files, and folders with all that is in them. Every event goes to `sink` as it
/// happens. All heads are read first, so that what one file proves about another (a revoked
/// key, a second issue with one number) is known whichever of them is named first. A named
/// file is always reported; in folders, files that are no bundles are [`Event::Other`].
///
/// # Errors
/// Only if `cancel` became true.
pub fn check<'v>(
    storage: &dyn Storage,
    paths: &[PathBuf],
    view: impl Into<View<'v>>,
    options: &CheckOptions,
    cancel: &AtomicBool,
    sink: &mut dyn FnMut(Event),
) -> Result<Summary, Interrupted> {
    let mut candidates = Vec::new();
    let mut code = 0;
    walk(storage, paths, cancel, &mut |sight| match sight {
        Sight::Candidate(candidate) => candidates.push(candidate),
        Sight::Other(path) => sink(Event::Other(path)),
        Sight::Unreadable(path, error) => {
            code = worse(code, 1);
            sink(Event::Unreadable(path, error));
        }
    });
    let total = candidates.iter().fold(0, |sum: u64, candidate| {
        sum.saturating_add(candidate.len_bytes)
    });
    sink(Event::Begin {
        files: candidates.len() as u64,
        bytes: total,
    });
    let view = view.into();
    let evidence = heads(storage, &candidates, view, options, cancel)?;
    let mut run = Run {
        storage,
        view: view.with_evidence(&evidence),
        options,
        cancel,
        sink,
        code,
        done: 0,
        total,
        groups: BTreeMap::new(),
    };
    for candidate in &candidates {
        run.file(candidate)?;
    }
    run.issues()?;
    Ok(Summary {
        code: run.code,
        files: candidates.len() as u64,
    })
}

/// What the heads of all files prove together, on top of what was known.
fn heads(
    storage: &dyn Storage,
    candidates: &[Candidate],
    view: View<'_>,
    options: &CheckOptions,
    cancel: &AtomicBool,
) -> Result<Evidence, Interrupted> {
    let mut evidence = view.evidence().cloned().unwrap_or_default();
    for candidate in candidates {
        if cancel.load(Ordering::Relaxed) {
            return Err(Interrupted);
        }
        let view = view.with_evidence(&evidence);
        let opened = storage
            .open(&candidate.path)
            .and_then(|file| varaq_trust::open(file, view, &options.limits));
        // What cannot be read is told when its turn comes.
        let learned = opened.map(|opening| opening.learned().clone());
        evidence.learn(&learned.unwrap_or_default());
    }
    Ok(evidence)
}

/// An open bundle.
type Stored = Box<dyn StoredFile>;

struct Run<'a> {
    storage: &'a dyn Storage,
    view: View<'a>,
    options: &'a CheckOptions,
    cancel: &'a AtomicBool,
    sink: &'a mut dyn FnMut(Event),
    code: u8,
    done: u64,
    total: u64,
    groups: BTreeMap<(PathBuf, Hash), Group>,
}

/// Why one file has no report.
enum Stopped {
    Io(io::Error),
    Cancelled,
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Stopped {
        Stopped::Io(error)
    }
}

impl Run<'_> {
    /// One file, from its verdict to its report.
    fn file(&mut self, candidate: &Candidate) -> Result<(), Interrupted> {
        let begun = self.done;
        let outcome = self.report(candidate);
        self.done = begun.saturating_add(candidate.len_bytes);
        match outcome {
            Ok(report) => {
                self.code = worse(self.code, report.code);
                self.remember(&report);
                (self.sink)(Event::File(Box::new(report)));
                (self.sink)(Event::Progress {
                    done: self.done,
                    total: self.total,
                });
                Ok(())
            }
            Err(Stopped::Cancelled) => Err(Interrupted),
            Err(Stopped::Io(error)) => {
                self.code = worse(self.code, 1);
                (self.sink)(Event::Unreadable(candidate.path.clone(), error));
                Ok(())
            }
        }
    }

    fn report(&mut self, candidate: &Candidate) -> Result<FileReport, Stopped> {
        let opening = self.open(&candidate.path)?;
        let (verdict, facts) = (opening.verdict(), opening.unproven_facts().cloned());
        let lines = opening.lines().to_vec();
        // Reading without showing: the consent of whoever only carries the file.
        let found = match opening.into_content(Consent::DifferentPublisher) {
            Ok(content) => Some(self.read(&content)?),
            Err(_) => None,
        };
        let code = self.grade(verdict, found.as_ref());
        let mut go_on = || !self.cancel.load(Ordering::Relaxed);
        let side_file = match &found {
            Some(_) => side_file(self.storage, &candidate.path, &mut go_on)?,
            None => None,
        };
        if !go_on() {
            return Err(Stopped::Cancelled);
        }
        let (path, len_bytes) = (candidate.path.clone(), candidate.len_bytes);
        Ok(FileReport {
            path,
            len_bytes,
            verdict,
            lines,
            facts,
            found,
            side_file,
            code,
        })
    }

    /// The verdict, with a publisher whose code was awaited counted as checked.
    fn open(&self, path: &Path) -> io::Result<Opening<Stored>> {
        let limits = &self.options.limits;
        let opening = varaq_trust::open(self.storage.open(path)?, self.view, limits)?;
        match self.view.pins().arrived(opening.publisher(), None) {
            Some(pins) => {
                varaq_trust::open(self.storage.open(path)?, self.view.with_pins(&pins), limits)
            }
            None => Ok(opening),
        }
    }

    /// Hashes everything.
    fn read(&mut self, content: &Verified<Content<Stored>>) -> Result<Report, Stopped> {
        let (begun, total) = (self.done, self.total);
        let outcome = content.check(&mut |progress| {
            if self.cancel.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            let done = begun.saturating_add(progress.done_bytes).min(total);
            (self.sink)(Event::Progress { done, total });
            ControlFlow::Continue(())
        });
        outcome.map_err(|CheckError::Cancelled| Stopped::Cancelled)
    }

    /// A disk that fails says nothing about the file: that is an error, not damage.
    fn grade(&self, verdict: Verdict, found: Option<&Report>) -> u8 {
        let strict = self.options.require_trusted;
        match found {
            Some(found) if found.read_errors > 0 => worse(1, exit_code(verdict, None, strict)),
            found => exit_code(verdict, found.map(Soundness::of), strict),
        }
    }

    /// Puts a valid copy to the others of its folder.
    fn remember(&mut self, report: &FileReport) {
        let (Some(facts), Some(found)) = (&report.facts, &report.found) else {
            return;
        };
        let folder = report.path.parent().unwrap_or(Path::new("")).to_owned();
        let group = self.groups.entry((folder, facts.issue.id)).or_default();
        group.copies.push(report.path.clone());
        group.bytes = group.bytes.saturating_add(report.len_bytes);
        if group.whole.is_none() && found.is_whole() {
            group.whole = Some(found.clone());
        }
    }

    /// Issues of which a folder holds several copies.
    fn issues(&mut self) -> Result<(), Interrupted> {
        for ((folder, manifest), group) in std::mem::take(&mut self.groups) {
            if group.copies.len() < 2 {
                continue;
            }
            match self.issue(folder.clone(), manifest, group) {
                Ok(Some(report)) => (self.sink)(Event::Issue(Box::new(report))),
                Ok(None) => {}
                Err(Stopped::Cancelled) => return Err(Interrupted),
                Err(Stopped::Io(error)) => {
                    self.code = worse(self.code, 1);
                    (self.sink)(Event::Unreadable(folder, error));
                }
            }
        }
        Ok(())
    }

    /// All copies read as one. Nothing is read again if one of them is whole by itself.
    fn issue(
        &mut self,
        folder: PathBuf,
        manifest: Hash,
        group: Group,
    ) -> Result<Option<IssueReport>, Stopped> {
        let mut paths = group.copies.iter();
        let Some(first) = paths.next() else {
            return Ok(None);
        };
        let opening = self.open(first)?;
        let verdict = opening.verdict();
        let facts = opening
            .facts()
            .cloned()
            .filter(|facts| facts.issue.id == manifest);
        // A file that was exchanged meanwhile is not spoken of as if it were the one before.
        let (Some(facts), Ok(content)) = (facts, opening.into_content(Consent::DifferentPublisher))
        else {
            return Ok(None);
        };
        let found = match group.whole {
            Some(found) => found,
            None => {
                for path in paths {
                    match Bundle::open(self.storage.open(path)?, &self.options.limits) {
                        Ok(copy) => drop(content.add_copy(copy)),
                        Err(HeadError::Io(error)) => return Err(error.into()),
                        Err(_) => {}
                    }
                }
                self.total = self.total.saturating_add(group.bytes);
                self.read(&content)?
            }
        };
        let code = self.grade(verdict, Some(&found));
        Ok(Some(IssueReport {
            folder,
            copies: group.copies,
            verdict,
            facts,
            found,
            code,
        }))
    }
}
