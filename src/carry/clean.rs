//! Writing a bundle anew with nothing in it that is not the issue's: no bytes behind its end,
//! none between its parts, none in SLACK (FORMAT.md section 1.6).
//!
//! In: a file whose signatures hold, whole or incomplete. Out: a file that was checked before it
//! got its name. Of a complete copy with the publisher's own layout these are the publisher's
//! own bytes. TRAILER goes too: it is made for one layout, and nobody looks into it. Signatures,
//! statements and notes stay. A damaged copy is refused: to leave out what is damaged would be
//! to hide it.

use std::io::{self, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::{
    AmendError, Bundle, CheckError, CheckRoom, Content, Head, Index, Limits, Manifest,
    PIECES_PER_PAGE, PieceError, Report, Run, TableEntry,
};
use varaq_storage::{Access, Beside, Storage, StoredFile};
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
    NoRoom(#[source] AmendError),
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
    let before = work.check(&content)?;
    refuse_damaged(&before, &head)?;
    let mut beside = Beside::new(storage, target, Access::Usual).map_err(CleanError::Target)?;
    let len_bytes = write(&content, &head, &before, &mut beside, &mut work)?;
    let file = beside.file().map_err(CleanError::Target)?;
    file.sync().map_err(CleanError::Target)?;
    file.forget_cached();
    let made = self::content(storage, beside.part(), view).map_err(of_target)?;
    let report = work.check(&made).map_err(of_target)?;
    drop(made);
    if !is_sound(&report, &before) {
        return Err(CleanError::NotSound);
    }
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

/// Writes the file; returns its length.
fn write(
    content: &Verified<Content<Stored>>,
    head: &Head,
    report: &Report,
    out: &mut Beside<'_>,
    work: &mut Work<'_, '_>,
) -> Result<u64, CleanError> {
    if report.table_missing || head.runs.is_empty() {
        return write_head_copy(head, out);
    }
    let body_at = head.prefix.body_at;
    let manifest = content.manifest();
    let pages = u64::from(manifest.piece_count.div_ceil(PIECES_PER_PAGE));
    let table_at = body_at.saturating_add(pages.saturating_mul(Index::ROW_LEN as u64));
    let table_len = u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64);
    let pieces_at = table_at.saturating_add(table_len);
    let seek = |out: &mut Beside<'_>, to| {
        let moved = out.seek(SeekFrom::Start(to));
        moved.map(drop).map_err(CleanError::Target)
    };
    seek(out, body_at)?;
    each_page(content, manifest, out, &|(index, _)| index)?;
    each_page(content, manifest, out, &|(_, table)| table)?;
    let mut pieces = Pieces {
        content,
        out,
        work,
        runs: Vec::new(),
        at: pieces_at,
        emitted: vec![false; manifest.piece_count as usize],
    };
    pieces.write(&old_runs(head, manifest, pieces_at))?;
    let (runs, len_bytes) = (pieces.runs, pieces.at);
    let head = with_runs(head, runs)?;
    seek(out, 0)?;
    out.write_all(&head.to_slack())
        .map_err(CleanError::Target)?;
    out.flush().map_err(CleanError::Target)?;
    Ok(len_bytes)
}

/// A copy that ends before its table holds its head, and nothing else that is of use.
fn write_head_copy(head: &Head, out: &mut Beside<'_>) -> Result<u64, CleanError> {
    if !head.runs.is_empty() {
        return Err(CleanError::HeadOnly);
    }
    let head = with_runs(head, Vec::new())?.to_bytes();
    out.write_all(&head).map_err(CleanError::Target)?;
    Ok(head.len() as u64)
}

/// The head with other runs, and a hint that fits.
fn with_runs(head: &Head, mut runs: Vec<Run>) -> Result<Head, CleanError> {
    runs.sort_by_key(|run| (run.first, run.offset));
    let new = Head::new(
        head.prefix.body_at,
        head.manifest.clone(),
        head.signatures.clone(),
        head.own.clone(),
        Run::encode_all(&runs),
        head.notes.clone(),
    );
    // What does not fit, or a reader would refuse, is found out here.
    let too_long = new.prefix.runs_len > Limits::default().runs_bytes;
    if too_long {
        let section = "RUNS";
        return Err(CleanError::NoRoom(AmendError::TooLong { section }));
    }
    new.amended(None, None).map_err(CleanError::NoRoom)
}

/// The usable runs, in the order of the file.
fn old_runs(head: &Head, manifest: &Manifest, pieces_at: u64) -> Vec<Run> {
    let mut runs = Run::decode_all(&head.runs);
    runs.retain(|run| run.is_usable(manifest.piece_count, pieces_at));
    runs.sort_by_key(|run| (run.offset, run.first));
    runs
}

/// Writes INDEX or TABLE, a page at a time: encoded again, they are the signed bytes.
fn each_page(
    content: &Verified<Content<Stored>>,
    manifest: &Manifest,
    out: &mut Beside<'_>,
    choose: &dyn Fn((Vec<u8>, Vec<u8>)) -> Vec<u8>,
) -> Result<(), CleanError> {
    let mut first = 0;
    while first < manifest.piece_count {
        let end = first
            .saturating_add(PIECES_PER_PAGE)
            .min(manifest.piece_count);
        let entries = (first..end).map(|piece| content.table_entry(piece));
        let entries: Vec<TableEntry> = entries.collect::<Result<_, _>>()?;
        let (index, table, _) = Index::encode(&entries);
        let bytes = choose((index, table));
        out.write_all(&bytes).map_err(CleanError::Target)?;
        first = end;
    }
    Ok(())
}

/// The pieces, as they are written back to back.
struct Pieces<'c, 'o, 's, 'w, 'p> {
    content: &'c Verified<Content<Stored>>,
    out: &'o mut Beside<'s>,
    work: &'o mut Work<'w, 'p>,
    runs: Vec<Run>,
    /// Where the next piece goes.
    at: u64,
    emitted: Vec<bool>,
}

impl Pieces<'_, '_, '_, '_, '_> {
    /// The runs of the source in their order, without what lies between them; then what was
    /// only whole inside of another run.
    fn write(&mut self, runs: &[Run]) -> Result<(), CleanError> {
        let mut source_end = 0;
        for run in runs {
            let mut reach = run.offset;
            for piece in run.first..run.first.saturating_add(run.count) {
                let stored = u64::from(self.content.table_entry(piece)?.stored);
                reach = reach.saturating_add(stored);
            }
            // A run inside another one says nothing new.
            if run.offset >= source_end {
                self.write_run(run)?;
            }
            source_end = reach.max(source_end);
        }
        for run in runs {
            let missed = |piece: &u32| self.emitted.get(*piece as usize) == Some(&false);
            let end = run.first.saturating_add(run.count);
            let missed: Vec<u32> = (run.first..end).filter(missed).collect();
            for first in missed {
                self.write_run(&Run {
                    first,
                    count: 1,
                    ..*run
                })?;
            }
        }
        Ok(())
    }

    /// The pieces of a run that can be had; a missing one begins a new run.
    fn write_run(&mut self, run: &Run) -> Result<(), CleanError> {
        let mut open: Option<Run> = None;
        for piece in run.first..run.first.saturating_add(run.count) {
            let stored = match self.content.stored(piece) {
                Ok(stored) => stored,
                Err(PieceError::NotInThisCopy { .. }) => {
                    self.runs.extend(open.take());
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let begun = open.get_or_insert(Run {
                first: piece,
                count: 0,
                offset: self.at,
            });
            begun.count = begun.count.saturating_add(1);
            self.out.write_all(&stored).map_err(CleanError::Target)?;
            self.at = self.at.saturating_add(stored.len() as u64);
            if let Some(emitted) = self.emitted.get_mut(piece as usize) {
                *emitted = true;
            }
            self.work.count(stored.len() as u64)?;
        }
        self.runs.extend(open);
        Ok(())
    }
}
