//! Writing a bundle anew with nothing in it that is not the issue's: no bytes behind its end,
//! none between its parts, none in SLACK (FORMAT.md section 1.6).
//!
//! In: a file whose signatures hold, whole or incomplete. Out: a file that was checked before it
//! got its name. Of a complete copy with the publisher's own layout these are the publisher's
//! own bytes. TRAILER goes too: it is made for one layout, and nobody looks into it. Signatures,
//! statements and notes stay. A damaged copy is refused: to leave out what is damaged would be
//! to hide it.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::{
    Bundle, CheckError, CheckRoom, Content, Head, Layout, Limits, PieceError, RecopyError, Report,
};
use varaq_storage::{Access, Beside, Storage, StoredFile, folder_of};
use varaq_trust::{Consent, Verdict, Verified, View};

use crate::{Soundness, exit_code};

type Stored = Box<dyn StoredFile>;

/// How far a cleaning has come; the source is read twice and the new file once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CleanProgress {
    /// Bytes so far.
    pub done_bytes: u64,
    /// Bytes in all, about.
    pub total_bytes: u64,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// Bytes of the source.
    pub from_bytes: u64,
    /// Bytes of the new file.
    pub len_bytes: u64,
    /// Bytes that belonged to nothing, and bytes of SLACK that were not zero.
    pub dropped_extra_bytes: u64,
    /// Bytes of repair data.
    pub dropped_trailer_bytes: u64,
    /// What is in the new file: every byte of it was checked.
    pub report: Report,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum CleanError {
    /// `cancel` became true.
    #[error("interrupted")]
    Interrupted,
    /// The source cannot be read.
    #[error("cannot read the bundle")]
    Source(#[source] io::Error),
    /// Its signatures do not hold.
    #[error("not authentic: {0}")]
    NotAuthentic(Verdict),
    /// Something in it is damaged, and it holds no other copy of that.
    #[error("damaged")]
    Damaged {
        /// Its exit code in a check.
        code: u8,
    },
    /// Only the head can be read of a file that should hold more.
    #[error("nothing but its head can be read")]
    HeadOnly,
    /// More runs than there is room for before the body.
    #[error("no room for its list of runs")]
    NoRoom(#[source] RecopyError),
    /// The disk is too full; nothing was kept.
    #[error("expected {needed_bytes} bytes of free space, found {free_bytes}")]
    NoSpace {
        /// Bytes of the new file.
        needed_bytes: u64,
        /// Bytes that are free.
        free_bytes: u64,
    },
    /// A file of that name is there.
    #[error("a file of that name is there")]
    TargetThere,
    /// The new file cannot be written.
    #[error("cannot write the new file")]
    Target(#[source] io::Error),
    /// The new file is not what it should be; nothing was kept.
    #[error("the new file does not check")]
    NotSound,
}

impl CleanError {
    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            CleanError::Interrupted => 130,
            CleanError::NotAuthentic(verdict) => exit_code(*verdict, None, false),
            CleanError::Damaged { code } => *code,
            CleanError::HeadOnly => 23,
            _ => 1,
        }
    }
}

impl From<RecopyError> for CleanError {
    fn from(error: RecopyError) -> CleanError {
        match error {
            RecopyError::Cancelled => CleanError::Interrupted,
            RecopyError::Piece(error) => error.into(),
            RecopyError::Write(error) => CleanError::Target(error),
            error @ RecopyError::NoRoom { .. } => CleanError::NoRoom(error),
        }
    }
}

impl From<PieceError> for CleanError {
    fn from(error: PieceError) -> CleanError {
        match error {
            PieceError::Io(error) => CleanError::Source(error),
            _ => CleanError::Damaged { code: 23 },
        }
    }
}

type Progress<'p> = dyn FnMut(CleanProgress) + 'p;

/// Writes `source` anew as `target`, which must not be there.
///
/// # Errors
/// See [`CleanError`]; then nothing is left of the new file.
pub fn clean<'v>(
    storage: &dyn Storage,
    source: &Path,
    target: &Path,
    view: impl Into<View<'v>>,
    cancel: &AtomicBool,
    progress: &mut Progress<'_>,
) -> Result<Cleaned, CleanError> {
    let view = view.into();
    if storage.facts(target).is_ok() {
        return Err(CleanError::TargetThere);
    }
    let (head, from_bytes) = head(storage, source)?;
    let mut work = Work {
        cancel,
        progress,
        done: 0,
        total: from_bytes.saturating_mul(3),
    };
    let content = content(storage, source, view)?;
    same_head(&head, &content)?;
    let before = work.check(&content)?;
    refuse_damaged(&before, &head)?;
    let layout = match before.table_missing || head.runs.is_empty() {
        true => None,
        false => Some(layout(&content, &before, &head)?),
    };
    has_room(storage, target, layout.as_ref())?;
    let mut beside = Beside::new(storage, target, Access::Usual).map_err(CleanError::Target)?;
    let len_bytes = match &layout {
        None => write_head_copy(&head, &mut beside)?,
        Some(layout) => write(&content, layout, &mut beside, &mut work)?,
    };
    let report = read_back(storage, &mut beside, view, &before, &mut work)?;
    let kept = beside.keep_as_new(target);
    kept.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => CleanError::TargetThere,
        _ => CleanError::Target(error),
    })?;
    Ok(Cleaned {
        from_bytes,
        len_bytes,
        dropped_extra_bytes: match head.runs.is_empty() {
            true => from_bytes.saturating_sub(len_bytes),
            false => before.extra_bytes,
        },
        dropped_trailer_bytes: before.trailer_bytes,
        report,
    })
}

/// Checks the new file as the medium gives it back.
fn read_back(
    storage: &dyn Storage,
    beside: &mut Beside<'_>,
    view: View<'_>,
    before: &Report,
    work: &mut Work<'_, '_>,
) -> Result<Report, CleanError> {
    let file = beside.file().map_err(CleanError::Target)?;
    file.sync().map_err(CleanError::Target)?;
    file.forget_cached();
    let made = content(storage, beside.part(), view).map_err(of_target)?;
    let report = work.check(&made).map_err(of_target)?;
    if is_sound(&report, before) {
        Ok(report)
    } else {
        Err(CleanError::NotSound)
    }
}

fn head(storage: &dyn Storage, path: &Path) -> Result<(Head, u64), CleanError> {
    use varaq_bundle::HeadError;
    let source = storage.open(path).map_err(CleanError::Source)?;
    match Bundle::open(source, &Limits::default()) {
        Ok(bundle) => Ok((bundle.head().clone(), bundle.len_bytes())),
        Err(HeadError::Io(error)) => Err(CleanError::Source(error)),
        Err(HeadError::NotABundle) => Err(CleanError::NotAuthentic(Verdict::NotABundle)),
        Err(HeadError::NewerFormat { .. }) => {
            let signed = false;
            Err(CleanError::NotAuthentic(Verdict::NewerFormat { signed }))
        }
        Err(HeadError::Damaged(_)) => Err(CleanError::NotAuthentic(Verdict::DamagedHead)),
    }
}

/// The content of a file whose signatures hold.
fn content(
    storage: &dyn Storage,
    path: &Path,
    view: View<'_>,
) -> Result<Verified<Content<Stored>>, CleanError> {
    let source = storage.open(path).map_err(CleanError::Source)?;
    let opening =
        varaq_trust::open(source, view, &Limits::default()).map_err(CleanError::Source)?;
    let verdict = opening.verdict();
    let content = opening.into_content(Consent::DifferentPublisher);
    content.map_err(|_| CleanError::NotAuthentic(verdict))
}

/// RUNS and NOTES are unsigned: a bit that was read wrong there shows in nothing else.
fn same_head(head: &Head, content: &Verified<Content<Stored>>) -> Result<(), CleanError> {
    if content.head().as_ref() == Some(head) {
        return Ok(());
    }
    let differs = io::Error::other("it gave other bytes when it was read again");
    Err(CleanError::Source(differs))
}

/// Of the new file nothing is wrong but what the disk did.
fn of_target(error: CleanError) -> CleanError {
    match error {
        CleanError::Interrupted => CleanError::Interrupted,
        CleanError::Source(error) => CleanError::Target(error),
        _ => CleanError::NotSound,
    }
}

fn refuse_damaged(report: &Report, head: &Head) -> Result<(), CleanError> {
    if report.read_errors > 0 {
        let failed = io::Error::other("the disk failed while it was read");
        return Err(CleanError::Source(failed));
    }
    // What stands behind a head copy is no table, whatever is read there.
    if !head.runs.is_empty() && Soundness::of(report).damaged {
        return Err(CleanError::Damaged { code: 23 });
    }
    Ok(())
}

/// Nothing is wrong in the new file, and nothing was lost on the way.
fn is_sound(report: &Report, before: &Report) -> bool {
    report.parts.is_empty()
        && report.unnamed_parts == 0
        && report.read_errors == 0
        && report.extra_bytes == 0
        && report.trailer_bytes == 0
        && report.pieces.damaged == 0
        && report.pieces.whole == before.pieces.whole
        && report.articles_whole == before.articles_whole
}

struct Work<'w, 'p> {
    cancel: &'w AtomicBool,
    progress: &'w mut Progress<'p>,
    done: u64,
    total: u64,
}

impl Work<'_, '_> {
    fn count(&mut self, bytes: u64) -> Result<(), CleanError> {
        self.done = self.done.saturating_add(bytes).min(self.total);
        (self.progress)(CleanProgress {
            done_bytes: self.done,
            total_bytes: self.total,
        });
        if self.cancel.load(Ordering::Relaxed) {
            return Err(CleanError::Interrupted);
        }
        Ok(())
    }

    fn check(&mut self, content: &Verified<Content<Stored>>) -> Result<Report, CleanError> {
        let mut told = 0;
        let mut room = CheckRoom::default();
        let checked = content.check_with(None, &mut room, &mut |progress| {
            let bytes = progress.done_bytes.saturating_sub(told);
            told = progress.done_bytes;
            match self.count(bytes) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        checked.map_err(|CheckError::Cancelled| CleanError::Interrupted)
    }
}

/// Whether the new file fits, before it is begun; a head copy is a megabyte at most.
fn has_room(
    storage: &dyn Storage,
    target: &Path,
    layout: Option<&Layout>,
) -> Result<(), CleanError> {
    let needed_bytes = layout.map_or(0, Layout::len_bytes);
    // A disk that does not say how much is free will say when it is full.
    match storage.free_space(folder_of(target)) {
        Ok(free_bytes) if free_bytes < needed_bytes => Err(CleanError::NoSpace {
            needed_bytes,
            free_bytes,
        }),
        _ => Ok(()),
    }
}

/// Writes the file; returns its length.
fn write(
    content: &Verified<Content<Stored>>,
    layout: &Layout,
    out: &mut Beside<'_>,
    work: &mut Work<'_, '_>,
) -> Result<u64, CleanError> {
    let mut told = 0;
    let written = content.recopy(layout, out, &mut |done: u64| {
        let bytes = done.saturating_sub(told);
        told = done;
        match work.count(bytes) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    written?;
    Ok(layout.len_bytes())
}

/// Each piece that is inside the file once, and those of FRONT and the prefixes that are there
/// twice once more. RUNS is unsigned: whatever it says, the new file is no longer than that.
fn layout(
    content: &Verified<Content<Stored>>,
    report: &Report,
    head: &Head,
) -> Result<Layout, CleanError> {
    let pieces = if report.is_complete() {
        std::iter::once(0..content.manifest().piece_count).collect()
    } else {
        content.listed_ranges()?
    };
    let spares = content.spare_ranges()?;
    Ok(content.lay_out(&pieces, &spares, head.notes.clone())?)
}

/// A copy that ends before its table holds its head, and nothing else that is of use.
fn write_head_copy(head: &Head, out: &mut Beside<'_>) -> Result<u64, CleanError> {
    if !head.runs.is_empty() {
        return Err(CleanError::HeadOnly);
    }
    let (body_at, old) = (head.prefix.body_at, head.clone());
    let head = Head::new(
        body_at,
        old.manifest,
        old.signatures,
        old.own,
        Vec::new(),
        old.notes,
    );
    let head = head.to_bytes();
    out.write_all(&head).map_err(CleanError::Target)?;
    Ok(head.len() as u64)
}
