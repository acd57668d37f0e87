//! Copying bundles to a stick: only what is authentic, whole or not at all, read back from
//! the medium before it gets its name.
//!
//! In: files, a folder, a reader's view. Out: [`CopyEvent`]s and a [`CopySummary`]. The work of
//! copying is in [`copy_parcels`], which knows nothing of bundles and may be used for anything
//! that is `Read + Seek`. What goes wrong with one file is an event, and the rest goes on;
//! [`CopyError`] is what stops everything.

mod parcel;
mod plan;
mod read_back;
mod write;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use varaq_bundle::{CheckRoom, Limits};
use varaq_storage::{Facts, Storage};
use varaq_trust::View;

pub use self::parcel::{
    Copied, CopyError, CopyEvent, CopyOptions, CopySummary, Lie, NotCopied, Parcel, Source, Stage,
    copy_parcels,
};
use crate::check::{Inspector, Stopped, heads};
use crate::{Candidate, CheckOptions, FileReport, worse};

/// What may be copied: an incomplete copy is as authentic as a whole one.
const ALLOWED: [u8; 2] = [0, 3];

/// Copies files into the folder `dest`, or one file to a new name. Each is checked as
/// [`check`](crate::check) does unless `options.any`; what is not authentic, or damaged, is
/// refused.
///
/// # Errors
/// See [`CopyError`]. What happened to each file is told to `sink`.
pub fn copy<'v>(
    storage: &dyn Storage,
    files: &[PathBuf],
    dest: &Path,
    view: impl Into<View<'v>>,
    options: &CopyOptions,
    cancel: &AtomicBool,
    sink: &mut dyn FnMut(CopyEvent),
) -> Result<CopySummary, CopyError> {
    let targets = targets(storage, files, dest)?;
    let mut summary = CopySummary::default();
    let mut found = Vec::new();
    for (path, target) in files.iter().zip(targets) {
        match storage.facts(path) {
            Ok(Facts::File { len }) => {
                let (path, len_bytes) = (path.clone(), len);
                found.push((Candidate { path, len_bytes }, target));
            }
            Ok(_) => summary.fail(target, NotCopied::NotAFile, sink),
            Err(error) => summary.fail(target, NotCopied::Source(error), sink),
        }
    }
    if !options.any {
        found = authentic(storage, found, view.into(), cancel, &mut summary, sink)?;
    }
    let parcels = found.into_iter().map(|(candidate, target)| Parcel {
        open: Box::new(move || {
            let opened = storage.open(&candidate.path)?;
            Ok(Box::new(opened) as Box<dyn Source>)
        }),
        target,
    });
    let copied = copy_parcels(storage, parcels.collect(), options, cancel, sink)?;
    Ok(summary.and(copied))
}

/// The name of each file on the medium.
fn targets(
    storage: &dyn Storage,
    files: &[PathBuf],
    dest: &Path,
) -> Result<Vec<PathBuf>, CopyError> {
    let to_folder = matches!(storage.facts(dest), Ok(Facts::Folder));
    if !to_folder {
        let above = varaq_storage::folder_of(dest);
        let above_is_folder = matches!(storage.facts(above), Ok(Facts::Folder));
        if files.len() > 1 || !above_is_folder || ends_like_a_folder(dest) {
            return Err(CopyError::NotAFolder(dest.to_owned()));
        }
        return Ok(vec![dest.to_owned()]);
    }
    let mut taken = HashSet::new();
    let mut targets = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or(OsStr::new("bundle.varaq"));
        // FAT knows no capital letters.
        if !taken.insert(name.to_string_lossy().to_lowercase()) {
            return Err(CopyError::TwoOfOneName(PathBuf::from(name)));
        }
        targets.push(dest.join(name));
    }
    Ok(targets)
}

fn ends_like_a_folder(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.ends_with(std::path::is_separator)
}

/// Those that a check has nothing against; the others are told.
fn authentic(
    storage: &dyn Storage,
    found: Vec<(Candidate, PathBuf)>,
    view: View<'_>,
    cancel: &AtomicBool,
    summary: &mut CopySummary,
    sink: &mut dyn FnMut(CopyEvent),
) -> Result<Vec<(Candidate, PathBuf)>, CopyError> {
    let options = CheckOptions {
        threads: 1,
        limits: Limits::default(),
        ..CheckOptions::default()
    };
    let mut inspector = Inspector {
        storage,
        view,
        options: &options,
        cancel,
        reference: None,
    };
    let candidates: Vec<Candidate> = found.iter().map(|(one, _)| one.clone()).collect();
    let evidence = heads(&inspector, &candidates).map_err(|_| CopyError::Interrupted)?;
    inspector.view = view.with_evidence(&evidence);
    let total = candidates.iter().map(|one| one.len_bytes);
    let total = total.fold(0, u64::saturating_add);
    let (mut done, mut room) = (0u64, CheckRoom::default());
    let mut kept = Vec::new();
    for (candidate, target) in found {
        let mut count = |bytes: u64| {
            done = done.saturating_add(bytes).min(total);
            let stage = Stage::Checking;
            sink(CopyEvent::Progress { stage, done, total });
        };
        let len = candidate.len_bytes;
        let why = match inspector.report(&candidate.path, len, &mut room, &mut count) {
            Ok(report) if may_be_copied(&report) => None,
            Ok(report) => Some(NotCopied::Refused(Box::new(report))),
            Err(Stopped::Io(error)) => Some(NotCopied::Source(error)),
            Err(Stopped::Cancelled) => return Err(CopyError::Interrupted),
        };
        match why {
            None => kept.push((candidate, target)),
            Some(why) => summary.fail(target, why, sink),
        }
    }
    Ok(kept)
}

fn may_be_copied(report: &FileReport) -> bool {
    report.verdict.is_valid() && ALLOWED.contains(&report.code)
}

impl CopySummary {
    fn fail(&mut self, target: PathBuf, why: NotCopied, sink: &mut dyn FnMut(CopyEvent)) {
        self.failed = self.failed.saturating_add(1);
        self.code = worse(self.code, why.code());
        sink(CopyEvent::Failed(target, why));
    }

    fn and(self, other: CopySummary) -> CopySummary {
        CopySummary {
            code: worse(self.code, other.code),
            copied: self.copied.saturating_add(other.copied),
            there: self.there.saturating_add(other.there),
            failed: self.failed.saturating_add(other.failed),
        }
    }
}

/// A disk that is full says so in two ways.
fn write_failure(error: io::Error) -> NotCopied {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => NotCopied::Full,
        _ => NotCopied::Write(error),
    }
}
