//! Sources to an unsigned draft of an issue.
//!
//! Articles are read in the order of the issue, a few at a time on all cores, looked
//! through ([`preflight`](crate::preflight)) and handed to the writer of `varaq-bundle`, which spools; memory does not grow
//! with the issue. The file appears under its name only when it was decoded again from
//! beginning to end. It holds no clock time and nothing about the machine: the same
//! sources, options and ledger give the same bytes.

mod error;
mod options;
mod packer;

pub use error::{PackError, Refusal};
pub use options::{PackOptions, PackReport, PackStep, Removed};

use crate::disk;
use crate::import::{ImportOptions, Survey, survey};
use crate::inspect::{InspectError, inspect};
use crate::ledger::Ledger;
use crate::notice_file::NoticeFile;
use crate::watched::Watched;
use packer::Packer;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use varaq_bundle::{Bundle, Hash, HeadError, Issue, Limits, Notice, WriteError};
use varaq_storage::{Access, Beside, Facts, Storage, folder_of};
use varaq_trust::{Contact, MAX_OWN_BYTES};

/// OWN in base64, and a few lines.
const MAX_CONTACT_BYTES: u64 = MAX_OWN_BYTES as u64 * 2;
/// How often an issue is packed to find what fits into a file of a given size.
const MOST_TURNS: u32 = 6;

type Progress<'a> = dyn FnMut(PackStep) -> ControlFlow<()> + 'a;

/// Packs an unsigned draft. `progress` is told how far it is; `Break` cancels.
///
/// # Errors
/// See [`PackError`]. The output is then as it was.
pub fn pack(
    storage: &dyn Storage,
    options: &PackOptions,
    progress: &mut Progress<'_>,
) -> Result<PackReport, PackError> {
    let (issue, need, names) = issue(storage, options)?;
    let notices = NoticeFile::read(storage, folder_of(&contact_path(storage, options)))?;
    let notices = notices.of_channel(&options.channel);
    refuse_signed(storage, &options.output)?;
    let found = selected(storage, options)?;
    let folder = folder_of(&options.output);
    let scratch = storage.scratch(folder).map_err(on_disk(options))?;
    let mut packer = Packer::new(storage, options, found, scratch, names);
    match options.selection.max_bytes {
        None => {
            let (report, beside) = attempt(&mut packer, &issue, &notices, None, progress)?;
            beside.keep_as(&options.output).map_err(on_disk(options))?;
            Ok(PackReport { need, ..report })
        }
        Some(max) => {
            let (report, beside) = within(&mut packer, &issue, &notices, max, progress)?;
            beside.keep_as(&options.output).map_err(on_disk(options))?;
            Ok(PackReport { need, ..report })
        }
    }
}

fn on_disk(options: &PackOptions) -> impl Fn(io::Error) -> PackError + '_ {
    |source| PackError::Io {
        path: options.output.clone(),
        source,
    }
}

fn selected(storage: &dyn Storage, options: &PackOptions) -> Result<Survey, PackError> {
    let import = ImportOptions {
        language: options.language.clone(),
        from: options.from,
        media: options.media.clone(),
        selector: options.selector.clone(),
        exports: options.exports.clone(),
        ..ImportOptions::new(options.day)
    };
    let watched = Watched::new(storage, Arc::clone(&options.stop));
    let found = survey(&watched, &options.sources, &import);
    if options.stop.load(Ordering::Relaxed) {
        return Err(PackError::Cancelled);
    }
    let mut found = found?;
    options.selection.apply(&mut found)?;
    Ok(found)
}

/// Packs again with more or less room for articles until the file is as large as it may be.
/// How well text will be compressed is known only afterwards.
fn within<'s>(
    packer: &mut Packer<'s>,
    issue: &Issue,
    notices: &[Notice],
    max: u64,
    progress: &mut Progress<'_>,
) -> Result<(PackReport, Beside<'s>), PackError> {
    let (mut room, mut fitting, mut smallest) = (max, None, u64::MAX);
    for turn in 1..=MOST_TURNS {
        let (report, beside) = attempt(packer, issue, notices, Some(room), progress)?;
        let len = report.len_bytes.max(1);
        smallest = smallest.min(len);
        let scaled = |room: u64| {
            let scaled = u128::from(room) * u128::from(max) / u128::from(len) * 98 / 100;
            u64::try_from(scaled).unwrap_or(u64::MAX)
        };
        if len > max {
            room = fitting.map_or_else(
                || scaled(room),
                |fits: u64| fits + room.saturating_sub(fits) / 2,
            );
            continue;
        }
        let full = !packer.cut || len >= max - max / 16;
        if full || turn > 4 {
            return Ok((report, beside));
        }
        fitting = fitting.max(Some(room));
        room = scaled(room).max(room + 1);
    }
    match fitting {
        Some(room) => attempt(packer, issue, notices, Some(room), progress),
        None => Err(PackError::TooLarge { len: smallest, max }),
    }
}

/// Packs into a file beside the output, which is then whole.
fn attempt<'s>(
    packer: &mut Packer<'s>,
    issue: &Issue,
    notices: &[Notice],
    room: Option<u64>,
    progress: &mut Progress<'_>,
) -> Result<(PackReport, Beside<'s>), PackError> {
    let (storage, options) = (packer.storage, packer.options);
    let mut writer = packer.fill(issue, room, progress)?;
    let articles = writer.article_count();
    writer.add_notices(notices.to_vec())?;
    let mut beside =
        Beside::new(storage, &options.output, Access::Usual).map_err(on_disk(options))?;
    let packed = writer.finish(beside.file().map_err(on_disk(options))?, &mut |step| {
        progress(PackStep::Packing {
            done: step.done_bytes,
            total: step.total_bytes,
        })
    });
    let packed = packed.map_err(|error| match error {
        WriteError::Cancelled => PackError::Cancelled,
        error => PackError::Write(error),
    })?;
    beside.sync().map_err(on_disk(options))?;
    let checked = inspect(storage, beside.part(), &mut |done, total| {
        progress(PackStep::Checking { done, total })
    });
    checked.map_err(|error| match error {
        InspectError::Cancelled => PackError::Cancelled,
        error => PackError::SelfCheck(error),
    })?;
    let (findings, more_findings) = packer.take_findings();
    let report = PackReport {
        manifest: packed.head.manifest_id(),
        articles,
        pictures: packer.shown.len(),
        notices: notices.len(),
        languages: std::mem::take(&mut packer.counts),
        len_bytes: packed.len_bytes,
        text_bytes: packed.text_bytes,
        text_stored_bytes: packed.text_stored_bytes,
        media_bytes: packed.media_bytes,
        need: 0,
        warnings: std::mem::take(&mut packer.warnings),
        findings,
        more_findings,
        removed: std::mem::take(&mut packer.removed),
    };
    Ok((report, beside))
}

/// The issue without its articles, how many signatures it will need, and the publisher's names.
fn issue(
    storage: &dyn Storage,
    options: &PackOptions,
) -> Result<(Issue, usize, Vec<String>), PackError> {
    let path = contact_path(storage, options);
    let text = disk::read_text(storage, &path, MAX_CONTACT_BYTES);
    let text = text.map_err(|source| PackError::NoContact {
        path: path.clone(),
        source,
    })?;
    let contact: Contact = text.parse()?;
    let chain = varaq_trust::Chain::decode(&contact.own)?;
    let no_channel = || PackError::NoChannel(options.channel.clone());
    let root = chain.newest().ok_or_else(no_channel)?;
    let granted = chain.statements().flat_map(|one| &one.delegations);
    let granted = granted.filter(|one| one.channel == options.channel);
    let newest = granted.max_by_key(|one| one.epoch).ok_or_else(no_channel)?;
    if !newest.allows(options.number) {
        return Err(PackError::OutOfWindow {
            number: options.number,
            channel: options.channel.clone(),
            first: newest.first,
            last: newest.last,
        });
    }
    let publisher = Hash(chain.publisher().0);
    let ledger = Ledger::read(storage, folder_of(&path)).map_err(PackError::Ledger)?;
    let issue = Issue {
        publisher,
        channel: options.channel.clone(),
        epoch: newest.epoch,
        number: options.number,
        prev: ledger.before(&publisher, &options.channel, newest.epoch, options.number),
        day: options.day,
        root,
        title: options.title.clone(),
        language: String::new(),
        sections: Vec::new(),
        lead: None,
        own: contact.own,
        notes: options.notes.clone(),
    };
    let names = contact.names.into_iter().map(|one| one.name);
    Ok((issue, newest.keys.threshold(), names.collect()))
}

/// Ledger and notices lie beside the contact.
fn contact_path(storage: &dyn Storage, options: &PackOptions) -> PathBuf {
    if storage.facts(&options.publisher).ok() == Some(Facts::Folder) {
        options.publisher.join("publisher.contact")
    } else {
        options.publisher.clone()
    }
}

/// A signed issue is somebody's work, and may be the only copy.
fn refuse_signed(storage: &dyn Storage, path: &Path) -> Result<(), PackError> {
    let on_disk = |source| {
        let path = path.to_owned();
        Err(PackError::Io { path, source })
    };
    let file = match storage.open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return on_disk(error),
    };
    match Bundle::open(file, &Limits::default()) {
        Ok(bundle) if !bundle.head().signatures.is_empty() => {
            Err(PackError::Signed(path.to_owned()))
        }
        Err(HeadError::Io(error)) => on_disk(error),
        _ => Ok(()),
    }
}
