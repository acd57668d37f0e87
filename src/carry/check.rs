//! Checking files and folders: who signed, whether every byte is right, what is missing.
//!
//! In come paths, a reader's view and a sink; out go [`Event`]s and a [`Summary`]. Files are
//! judged and read on all cores, and told in their order. Memory does not grow with the size
//! of a file: what is kept for each is its path, its issue and two hashes; each core has two
//! buffers of about 5 MiB. What cannot be read (a failing disk, a stick pulled out) is an event
//! with exit code 1, and the rest goes on.

mod gather;
mod inspect;
mod workers;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use varaq_bundle::{Bundle, CheckRoom, Hash, HeadError, Limits, Sample};
use varaq_storage::Storage;
use varaq_trust::{Consent, Evidence, Learned, View};

use self::gather::Gathered;
pub(crate) use self::inspect::{Inspector, Judged, Stopped};
use self::workers::{Counter, Told, in_order};
use crate::against::Reference;
use crate::foreign::oddities;
use crate::report::Group;
use crate::{Candidate, Event, FileReport, IssueReport, Sight, Summary, walk, worse};

/// Files that are longer are read one at a time: two streams at once are slow on a disk that
/// turns, and one keeps all cores busy.
const LONG_BYTES: u64 = 64 << 20;

/// More files at once only take memory: no disk is that fast.
const MOST_AT_ONCE: usize = 8;

/// How a check is done.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// A publisher who is not pinned is exit code 21.
    pub require_trusted: bool,
    /// Only a part of the pieces is read; what was not read is counted, and never called whole.
    pub sample: Option<Sample>,
    /// A file, or a folder of files, to compare every bundle with.
    pub against: Option<PathBuf>,
    /// Titles of issues are put into the reports; never without being asked.
    pub titles: bool,
    /// Files that are looked at at once; 0 = one for each core, at most eight.
    pub threads: usize,
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
/// file is always reported; in folders, files that are no bundles are [`Event::Foreign`].
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
    let view = view.into();
    let mut candidates = Vec::new();
    let mut code = 0;
    walk(storage, paths, cancel, &mut |sight| match sight {
        Sight::Candidate(candidate) => candidates.push(candidate),
        Sight::Other(path, first) => {
            let odd = oddities(path.file_name().unwrap_or_default(), &first);
            sink(Event::Foreign(path, odd));
        }
        Sight::Unreadable(path, error) => {
            code = worse(code, 1);
            sink(Event::Unreadable(path, error));
        }
    });
    let reference = options.against.as_deref().map(|path| {
        let limits = &options.limits;
        Reference::read(storage, path, view, limits, cancel, &mut |path, error| {
            code = worse(code, 1);
            sink(Event::Unreadable(path, error));
        })
    });
    let total = candidates.iter().fold(0, |sum: u64, candidate| {
        sum.saturating_add(candidate.len_bytes)
    });
    sink(Event::Begin {
        files: candidates.len() as u64,
        bytes: total,
    });
    let mut inspector = Inspector {
        storage,
        view,
        options,
        cancel,
        reference: reference.as_ref(),
    };
    let evidence = heads(&inspector, &candidates)?;
    inspector.view = view.with_evidence(&evidence);
    let mut run = Run {
        inspector,
        sink,
        code,
        done: 0,
        total,
        groups: BTreeMap::new(),
        gathered: Gathered::default(),
    };
    run.files(&candidates)?;
    run.issues()?;
    run.relations();
    Ok(Summary {
        code: run.code,
        files: candidates.len() as u64,
    })
}

/// How many files are looked at at once.
fn threads(options: &CheckOptions) -> usize {
    match options.threads {
        0 => thread::available_parallelism()
            .map_or(1, NonZero::get)
            .min(MOST_AT_ONCE),
        threads => threads,
    }
}

/// What the heads of all files prove together, on top of what was known.
pub(crate) fn heads(
    inspector: &Inspector<'_>,
    candidates: &[Candidate],
) -> Result<Evidence, Interrupted> {
    let view = inspector.view;
    let mut evidence = view.evidence().cloned().unwrap_or_default();
    let mut noted = Vec::new();
    let threads = threads(inspector.options);
    let work = |number: usize, _: &mut CheckRoom, _: &Counter<(Learned, bool)>| {
        let path = candidates.get(number).map(|candidate| &candidate.path);
        path.map_or_else(Default::default, |path| learned(inspector, path, view))
    };
    in_order(candidates.len(), threads, &work, &mut |told| {
        if let Told::Answer(number, (learned, has_notes)) = told {
            evidence.learn(&learned);
            noted.extend(candidates.get(number).filter(|_| has_notes));
        }
        !inspector.cancel.load(Ordering::Relaxed)
    });
    // Notes may rest on what other files have proven.
    for candidate in noted {
        let (learned, _) = learned(inspector, &candidate.path, view.with_evidence(&evidence));
        evidence.learn(&learned);
    }
    if inspector.cancel.load(Ordering::Relaxed) {
        return Err(Interrupted);
    }
    Ok(evidence)
}

/// What one head proves, and whether it has NOTES. What cannot be read is told when its turn
/// comes.
fn learned(inspector: &Inspector<'_>, path: &Path, view: View<'_>) -> (Learned, bool) {
    if inspector.cancel.load(Ordering::Relaxed) {
        return Default::default();
    }
    let source = inspector.storage.open(path).map_err(HeadError::Io);
    let bundle = source.and_then(|source| Bundle::open(source, &inspector.options.limits));
    let Ok(bundle) = bundle else {
        return Default::default();
    };
    let has_notes = !bundle.head().notes.is_empty();
    let opened = varaq_trust::open_bundle(bundle, view);
    let learned = opened.map(|opening| opening.learned().clone());
    (learned.unwrap_or_default(), has_notes)
}

struct Run<'a> {
    inspector: Inspector<'a>,
    sink: &'a mut dyn FnMut(Event),
    code: u8,
    done: u64,
    total: u64,
    groups: BTreeMap<(PathBuf, Hash), Group>,
    gathered: Gathered,
}

impl Run<'_> {
    /// All files, each from its verdict to its report.
    fn files(&mut self, candidates: &[Candidate]) -> Result<(), Interrupted> {
        type Answer = Result<FileReport, Stopped>;
        let inspector = self.inspector;
        let one_long = Mutex::new(());
        let work = |number: usize, room: &mut CheckRoom, counter: &Counter<Answer>| {
            let Some(candidate) = candidates.get(number) else {
                return Err(Stopped::Cancelled);
            };
            let long = candidate.len_bytes > LONG_BYTES;
            let turn = long.then(|| one_long.lock().unwrap_or_else(PoisonError::into_inner));
            let mut left = candidate.len_bytes;
            let mut count = |bytes: u64| {
                let bytes = bytes.min(left);
                left = left.saturating_sub(bytes);
                counter.add(bytes);
            };
            let report = inspector.report(&candidate.path, candidate.len_bytes, room, &mut count);
            count(u64::MAX);
            drop(turn);
            report
        };
        let mut interrupted = false;
        let threads = threads(inspector.options);
        in_order(candidates.len(), threads, &work, &mut |told| {
            match told {
                Told::Bytes(bytes) => self.advance(bytes),
                Told::Answer(_, Err(Stopped::Cancelled)) => interrupted = true,
                Told::Answer(number, answer) => {
                    let path = candidates.get(number).map(|candidate| &candidate.path);
                    self.tell(path, answer);
                }
            }
            interrupted |= inspector.cancel.load(Ordering::Relaxed);
            !interrupted
        });
        if interrupted {
            return Err(Interrupted);
        }
        Ok(())
    }

    fn advance(&mut self, bytes: u64) {
        self.done = self.done.saturating_add(bytes).min(self.total);
        (self.sink)(Event::Progress {
            done: self.done,
            total: self.total,
        });
    }

    fn tell(&mut self, path: Option<&PathBuf>, answer: Result<FileReport, Stopped>) {
        match answer {
            Ok(report) => {
                self.code = worse(self.code, report.code);
                self.remember(&report);
                self.gathered.add(&report);
                (self.sink)(Event::File(Box::new(report)));
            }
            Err(Stopped::Io(error)) => {
                self.code = worse(self.code, 1);
                let path = path.cloned().unwrap_or_default();
                (self.sink)(Event::Unreadable(path, error));
            }
            Err(Stopped::Cancelled) => {}
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
        let Judged { opening, .. } = self.inspector.open(first)?;
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
                let (storage, limits) = (self.inspector.storage, &self.inspector.options.limits);
                for path in paths {
                    match Bundle::open(storage.open(path)?, limits) {
                        Ok(copy) => drop(content.add_copy(copy)),
                        Err(HeadError::Io(error)) => return Err(error.into()),
                        Err(_) => {}
                    }
                }
                self.total = self.total.saturating_add(group.bytes);
                let (inspector, mut room) = (self.inspector, CheckRoom::default());
                inspector.read(&content, &mut room, &mut |bytes| self.advance(bytes))?
            }
        };
        let code = self.inspector.grade(verdict, Some(&found));
        Ok(Some(IssueReport {
            folder,
            copies: group.copies,
            verdict,
            facts,
            found,
            code,
        }))
    }

    /// What the files are to each other.
    fn relations(&mut self) {
        for same in self.gathered.same() {
            (self.sink)(Event::Same(same));
        }
        for series in self.gathered.series() {
            (self.sink)(Event::Series(series));
        }
    }
}
