//! From a folder to its catalogue: every bundle is checked whole, and only what is authentic
//! and undamaged is listed.
//!
//! Each listed file is read twice: for the check, and for the hash that programs of others
//! know. What cannot be read ends the work: a list without a file that a failing disk hides
//! would tell mirrors to drop it.

use std::io::{self, ErrorKind, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};
use varaq_bundle::{Bundle, Hash};
use varaq_storage::{Facts, Storage, StoredFile};
use varaq_trust::{Verdict, View, claimed_name};

use super::xml::cleaned;
use super::{Catalog, CatalogEntry, MAX_CATALOG_BYTES, listed_name};
use crate::{CheckOptions, Event, FileReport, FolderAddress, Sight, check, walk, worse};

const CHUNK_BYTES: usize = 256 * 1024;

/// What a folder holds.
#[derive(Debug)]
pub struct Survey {
    /// What may be listed.
    pub catalog: Catalog,
    /// The bundles that may not.
    pub left_out: Vec<LeftOut>,
    /// The worst exit code of those.
    pub code: u8,
}

/// A bundle that is not listed.
#[derive(Debug)]
pub struct LeftOut {
    /// Where it is.
    pub path: PathBuf,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a bundle is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyLeftOut {
    /// The check found this, and this exit code.
    Check(Verdict, u8),
    /// Its name cannot be told to programs of others.
    Name,
}

/// Why there is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// Somebody asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// It is no folder.
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    /// Something cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is another one than it was when it was checked.
    #[error("{0} has changed while it was read")]
    Changed(PathBuf),
    /// The catalogue would be longer than any reader takes.
    #[error("too many bundles for one catalogue")]
    TooLong,
}

/// Makes the catalogue of a folder and all folders in it. `progress` is told bytes read,
/// done and total.
///
/// # Errors
/// See [`CatalogError`].
pub fn survey_catalog(
    storage: &dyn Storage,
    folder: &Path,
    mirrors: &[FolderAddress],
    view: View<'_>,
    options: &CheckOptions,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Survey, CatalogError> {
    let mut survey = Survey {
        catalog: Catalog {
            mirrors: mirrors.to_vec(),
            entries: Vec::new(),
        },
        left_out: Vec::new(),
        code: 0,
    };
    let (paths, unnamed) = bundles(storage, folder, cancel)?;
    for path in unnamed {
        survey.left_out.push(LeftOut {
            path,
            why: WhyLeftOut::Name,
        });
        survey.code = worse(survey.code, 1);
    }
    let mut total = 0;
    let reports = reports(storage, &paths, view, options, cancel, &mut |done, all| {
        total = all;
        progress(done, all.saturating_mul(2));
    })?;
    let mut done = total;
    for report in reports {
        if matches!(report.code, 0 | 3) {
            let entry = entry(storage, folder, &report, cancel, &mut |read| {
                progress(done.saturating_add(read), total.saturating_mul(2));
            })?;
            survey.catalog.entries.extend(entry);
        } else {
            let (path, why) = (report.path, WhyLeftOut::Check(report.verdict, report.code));
            survey.left_out.push(LeftOut { path, why });
            survey.code = worse(survey.code, report.code);
        }
        done = done.saturating_add(report.len_bytes);
    }
    survey.catalog.arrange();
    if survey.catalog.atom().len() as u64 > MAX_CATALOG_BYTES {
        return Err(CatalogError::TooLong);
    }
    Ok(survey)
}

/// The bundles of a folder that can be listed by their names, and those that cannot. Hidden
/// files are left alone: programs that copy write them.
pub(super) fn bundles(
    storage: &dyn Storage,
    folder: &Path,
    cancel: &AtomicBool,
) -> Result<(Vec<PathBuf>, Vec<PathBuf>), CatalogError> {
    let (mut listed, mut unnamed, mut fault) = (Vec::new(), Vec::new(), None);
    match storage.facts(folder) {
        Ok(Facts::Folder) => {}
        Ok(_) => return Err(CatalogError::NotAFolder(folder.to_owned())),
        Err(source) => {
            return Err(CatalogError::Unreadable {
                path: folder.to_owned(),
                source,
            });
        }
    }
    walk(
        storage,
        &[folder.to_owned()],
        cancel,
        &mut |sight| match sight {
            Sight::Candidate(found) if is_hidden(folder, &found.path) => {}
            Sight::Candidate(found) => match listed_name(folder, &found.path) {
                Some(_) => listed.push(found.path),
                None => unnamed.push(found.path),
            },
            Sight::Other(..) => {}
            Sight::Unreadable(path, source) => {
                fault.get_or_insert(CatalogError::Unreadable { path, source });
            }
        },
    );
    fault.map_or(Ok((listed, unnamed)), Err)
}

fn is_hidden(folder: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let hidden = inside
        .iter()
        .any(|part| part.as_encoded_bytes().starts_with(b"."));
    let ends = |ending: &str| path.extension().is_some_and(|end| end == ending);
    // `.part` is written beside by us, `.head` is a step of signing.
    hidden || ends("part") || ends("head")
}

/// Checks all of them whole.
pub(super) fn reports(
    storage: &dyn Storage,
    paths: &[PathBuf],
    view: View<'_>,
    options: &CheckOptions,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<FileReport>, CatalogError> {
    let (mut reports, mut fault) = (Vec::new(), None);
    let mut sink = |event| match event {
        Event::File(report) => reports.push(*report),
        Event::Begin { bytes, .. } => progress(0, bytes),
        Event::Progress { done, total } => progress(done, total),
        Event::Unreadable(path, source) => {
            fault.get_or_insert(CatalogError::Unreadable { path, source });
        }
        _ => {}
    };
    check(storage, paths, view, options, cancel, &mut sink)
        .map_err(|_| CatalogError::Interrupted)?;
    if let Some(report) = reports.iter().find(|report| failed(report)) {
        let source = io::Error::other("the disk failed");
        return Err(CatalogError::Unreadable {
            path: report.path.clone(),
            source,
        });
    }
    fault.map_or(Ok(reports), Err)
}

/// True if the disk could not read all of it.
fn failed(report: &FileReport) -> bool {
    report
        .found
        .as_ref()
        .is_some_and(|found| found.read_errors > 0)
}

fn entry(
    storage: &dyn Storage,
    folder: &Path,
    report: &FileReport,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<Option<CatalogEntry>, CatalogError> {
    let (Some(facts), Some(found)) = (&report.facts, &report.found) else {
        return Ok(None);
    };
    let Some(name) = listed_name(folder, &report.path) else {
        return Ok(None);
    };
    let unreadable = |source| CatalogError::Unreadable {
        path: report.path.clone(),
        source,
    };
    let mut file = storage.open(&report.path).map_err(unreadable)?;
    let is_same = manifest_of(&mut file) == Some(facts.issue.id);
    let hashed = sha256(&mut *file, cancel, progress).map_err(unreadable)?;
    let (sha256, len_bytes) = hashed.ok_or(CatalogError::Interrupted)?;
    if !is_same || len_bytes != report.len_bytes {
        return Err(CatalogError::Changed(report.path.clone()));
    }
    Ok(Some(CatalogEntry {
        name,
        len_bytes,
        sha256,
        manifest: facts.issue.id,
        publisher: facts.publisher.id,
        publisher_name: cleaned(claimed_name(&facts.publisher.names)),
        channel: facts.issue.channel.clone(),
        epoch: facts.issue.epoch,
        number: facts.issue.number,
        day: facts.issue.day,
        articles: found.articles_whole,
        articles_of: found.articles_listed,
    }))
}

/// Of the very file that is about to be hashed: another may have taken its name.
fn manifest_of(file: &mut Box<dyn StoredFile>) -> Option<Hash> {
    let bundle = Bundle::open(file, &varaq_bundle::Limits::default()).ok()?;
    Some(bundle.head().manifest_id())
}

/// SHA-256 and length of a file from its beginning; none if somebody asked to stop.
pub(super) fn sha256(
    file: &mut dyn StoredFile,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> io::Result<Option<([u8; 32], u64)>> {
    file.seek(SeekFrom::Start(0))?;
    let (mut hash, mut chunk, mut done) = (Sha256::new(), vec![0; CHUNK_BYTES], 0_u64);
    while !cancel.load(Ordering::Relaxed) {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(Some((hash.finalize().into(), done))),
            Ok(read) => {
                hash.update(chunk.get(..read).unwrap_or_default());
                done = done.saturating_add(read as u64);
                progress(done);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
