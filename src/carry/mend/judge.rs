//! The verdict before and after: only what is signed is mended, and only what was read back whole gets its name.

use std::io::{self, Cursor};
use std::ops::ControlFlow;
use std::path::Path;

use varaq_bundle::{Bundle, CheckError, Head, HeadError, Limits, Report};
use varaq_storage::Storage;
use varaq_trust::{Consent, Facts, Verdict, View};

/// Told how far the work is, in bytes; `Break` stops it. A total of 0 is not known yet.
pub type Tick<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// Why a file is not one to work with.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// Not a valid issue.
    #[error("its verdict is {}", .0.name())]
    Refused(Verdict),
    /// It is damaged, or has bytes that belong to nothing.
    #[error("it is damaged")]
    Damaged,
    /// The caller stopped it.
    #[error("interrupted")]
    Cancelled,
    /// A file or disk failed.
    #[error("a file or disk failed")]
    Io(#[from] io::Error),
}

/// A valid file, read to its end.
pub(crate) struct Judged {
    pub(crate) head: Head,
    pub(crate) facts: Facts,
    pub(crate) verdict: Verdict,
    pub(crate) report: Report,
    /// Bytes before the TRAILER, if there is one.
    pub(crate) len: u64,
}

/// The verdict on a head alone.
pub(crate) fn verdict_of(head: &Head, view: View<'_>) -> io::Result<(Verdict, Option<Facts>)> {
    let opening = varaq_trust::open(Cursor::new(head.to_bytes()), view, &Limits::default())?;
    Ok((opening.verdict(), opening.facts().cloned()))
}

/// Reads a file from end to end.
pub(crate) fn judge(
    storage: &dyn Storage,
    path: &Path,
    view: View<'_>,
    tick: &mut Tick<'_>,
) -> Result<Judged, JudgeError> {
    let limits = Limits::default();
    let head = match Bundle::open(storage.open(path)?, &limits) {
        Ok(bundle) => bundle.head().clone(),
        Err(HeadError::Io(error)) => return Err(error.into()),
        Err(_) => return Err(refused(storage, path, view)?),
    };
    let file = storage.open(path)?;
    let len = file.len_bytes()?;
    let opening = varaq_trust::open(file, view, &limits)?;
    let (verdict, facts) = (opening.verdict(), opening.facts().cloned());
    let (Some(facts), Ok(content)) = (facts, opening.into_content(Consent::DifferentPublisher))
    else {
        return Err(JudgeError::Refused(verdict));
    };
    let report = content
        .check(&mut |progress| tick(progress.done_bytes, progress.total_bytes))
        .map_err(|CheckError::Cancelled| JudgeError::Cancelled)?;
    if head.manifest_id() != facts.issue.id {
        return Err(JudgeError::Damaged);
    }
    let len = len.saturating_sub(report.trailer_bytes);
    Ok(Judged {
        head,
        facts,
        verdict,
        report,
        len,
    })
}

fn refused(storage: &dyn Storage, path: &Path, view: View<'_>) -> io::Result<JudgeError> {
    let opening = varaq_trust::open(storage.open(path)?, view, &Limits::default())?;
    Ok(JudgeError::Refused(opening.verdict()))
}

impl Judged {
    /// As its maker left it: pieces may be absent, nothing is wrong.
    pub(crate) fn is_sound(&self) -> bool {
        let found = &self.report;
        found.parts.is_empty()
            && found.unnamed_parts == 0
            && found.extra_bytes == 0
            && found.read_errors == 0
            && !found.truncated
            && !found.table_missing
    }

    /// Otherwise an error.
    pub(crate) fn sound(self) -> Result<Judged, JudgeError> {
        if self.report.read_errors > 0 {
            return Err(io::Error::other("the file cannot be read to its end").into());
        }
        if self.is_sound() {
            Ok(self)
        } else {
            Err(JudgeError::Damaged)
        }
    }
}
