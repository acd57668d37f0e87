//! One file: its verdict, and what is found when it is read.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::{Bundle, CheckError, CheckRoom, Content, Hash, HeadError, Report};
use varaq_storage::{Storage, StoredFile};
use varaq_trust::{Consent, Opening, Verdict, Verified, View};

use crate::against::Reference;
use crate::foreign::oddities;
use crate::side_file::side_file;
use crate::walk::first_bytes;
use crate::{Against, CheckOptions, FileReport, SideFile, Soundness, exit_code, worse};

/// An open bundle.
pub(crate) type Stored = Box<dyn StoredFile>;

/// What every file is judged and read with.
#[derive(Clone, Copy)]
pub(crate) struct Inspector<'a> {
    pub(crate) storage: &'a dyn Storage,
    pub(crate) view: View<'a>,
    pub(crate) options: &'a CheckOptions,
    pub(crate) cancel: &'a AtomicBool,
    pub(crate) reference: Option<&'a Reference>,
}

/// Why one file has no report.
pub(crate) enum Stopped {
    Io(io::Error),
    Cancelled,
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Stopped {
        Stopped::Io(error)
    }
}

/// A file that was judged, and the hash of its head if it has one.
pub(crate) struct Judged {
    pub(crate) opening: Opening<Stored>,
    pub(crate) head: Option<Hash>,
}

impl Inspector<'_> {
    /// One file, from its verdict to its report; `count` hears how many bytes were read since
    /// it was told last.
    pub(crate) fn report(
        &self,
        path: &Path,
        len_bytes: u64,
        room: &mut CheckRoom,
        count: &mut dyn FnMut(u64),
    ) -> Result<FileReport, Stopped> {
        if self.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let Judged { opening, head } = self.open(path)?;
        let (verdict, facts) = (opening.verdict(), opening.unproven_facts().cloned());
        let lines = opening.lines().to_vec();
        // Reading without showing: the consent of whoever only carries the file.
        let content = opening.into_content(Consent::DifferentPublisher).ok();
        let found = match &content {
            Some(content) => Some(self.read(content, room, count)?),
            None => None,
        };
        let mut report = FileReport {
            path: path.to_owned(),
            len_bytes,
            verdict,
            lines,
            facts,
            code: self.grade(verdict, found.as_ref()),
            found,
            side_file: None,
            title: content.as_ref().and_then(|content| self.title(content)),
            head,
            odd: self.oddities(path, verdict),
            against: None,
        };
        if content.is_some() {
            report.side_file = self.side_file(path)?;
            report.against = self.against(&report)?;
        }
        if self.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        Ok(report)
    }

    /// The verdict, with a publisher whose code was awaited counted as checked.
    pub(crate) fn open(&self, path: &Path) -> io::Result<Judged> {
        let first = self.judge(path, self.view)?;
        match self.view.pins().arrived(first.opening.publisher(), None) {
            Some(pins) => self.judge(path, self.view.with_pins(&pins)),
            None => Ok(first),
        }
    }

    fn judge(&self, path: &Path, view: View<'_>) -> io::Result<Judged> {
        let limits = &self.options.limits;
        match Bundle::open(self.storage.open(path)?, limits) {
            Ok(bundle) => Ok(Judged {
                head: Some(Hash::of(&bundle.head().to_bytes())),
                opening: varaq_trust::open_bundle(bundle, view)?,
            }),
            Err(HeadError::Io(error)) => Err(error),
            Err(_) => Ok(Judged {
                head: None,
                opening: varaq_trust::open(self.storage.open(path)?, view, limits)?,
            }),
        }
    }

    /// Hashes everything, or what was drawn of it.
    pub(crate) fn read(
        &self,
        content: &Verified<Content<Stored>>,
        room: &mut CheckRoom,
        count: &mut dyn FnMut(u64),
    ) -> Result<Report, Stopped> {
        let mut told = 0;
        let outcome = content.check_with(self.options.sample, room, &mut |progress| {
            if self.is_cancelled() {
                return ControlFlow::Break(());
            }
            count(progress.done_bytes.saturating_sub(told));
            told = progress.done_bytes;
            ControlFlow::Continue(())
        });
        outcome.map_err(|CheckError::Cancelled| Stopped::Cancelled)
    }

    /// A disk that fails says nothing about the file: that is an error, not damage.
    pub(crate) fn grade(&self, verdict: Verdict, found: Option<&Report>) -> u8 {
        let strict = self.options.require_trusted;
        match found {
            Some(found) if found.read_errors > 0 => worse(1, exit_code(verdict, None, strict)),
            found => exit_code(verdict, found.map(Soundness::of), strict),
        }
    }

    /// What is odd about the name, and about what only claims to be a bundle.
    fn oddities(&self, path: &Path, verdict: Verdict) -> Vec<crate::Oddity> {
        let nothing = [0; 8];
        let first = match verdict {
            // What cannot be read now was read a moment ago.
            Verdict::NotABundle => first_bytes(self.storage, path).unwrap_or(nothing),
            _ => nothing,
        };
        oddities(path.file_name().unwrap_or_default(), &first)
    }

    fn title(&self, content: &Verified<Content<Stored>>) -> Option<String> {
        let asked = self.options.titles;
        let front = asked.then(|| content.front().ok()).flatten();
        front.map(|front| front.title.clone())
    }

    fn side_file(&self, path: &Path) -> Result<Option<SideFile>, Stopped> {
        let mut go_on = || !self.is_cancelled();
        Ok(side_file(self.storage, path, &mut go_on)?)
    }

    fn against(&self, report: &FileReport) -> Result<Option<Against>, Stopped> {
        let (Some(reference), Some(facts)) = (self.reference, &report.facts) else {
            return Ok(None);
        };
        let (publisher, issue) = (&facts.publisher.id, &facts.issue);
        let (path, len) = (&report.path, report.len_bytes);
        let go_on = || !self.is_cancelled();
        let found = reference.compare(self.storage, path, len, publisher, issue, &go_on);
        Ok(Some(found?))
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}
