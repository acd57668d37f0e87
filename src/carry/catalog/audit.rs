//! Holding a folder against the catalogue in it: a mirror, or a stick.
//!
//! In: a folder, a reader's view, and at will a catalogue that is known to be right. Out:
//! what is missing or altered, what is there and not listed, who signed the list, and
//! whether a newer one is known. Bundles are judged by themselves as ever; the catalogue
//! adds that none was held back.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use varaq_storage::{Facts, Storage};
use varaq_trust::sshsig::{Armored, MAX_ARMOR_BYTES};
use varaq_trust::{Line, Namespace, PublicKey, PublisherId, Verdict, View};

use super::survey::{bundles, reports, sha256};
use super::{
    CATALOG_FILE, Catalog, CatalogEntry, CatalogError, METALINK_FILE, SIGNATURE_SUFFIX, place_of,
};
use crate::side_file::slot;
use crate::{CheckOptions, FileReport, worse};

/// How a folder is held against its catalogue.
#[derive(Clone, Debug, Default)]
pub struct AuditOptions {
    /// How bundles are checked. `require_trusted` also asks for a signature of the catalogue
    /// by somebody who is trusted.
    pub check: CheckOptions,
    /// The key that must have signed the catalogue.
    pub signer: Option<PublicKey>,
    /// A catalogue that is known to be right.
    pub against: Option<Catalog>,
}

/// What was found.
#[derive(Debug)]
pub struct Audit {
    /// Who signed the catalogue.
    pub signature: CatalogSignature,
    /// The Metalink beside it.
    pub metalink: MetalinkState,
    /// Every listed file, in the order of the catalogue.
    pub files: Vec<AuditedFile>,
    /// Bundles that are not listed.
    pub unlisted: Vec<FileReport>,
    /// Streams of which a newer issue is known than this catalogue lists.
    pub older: Vec<Older>,
    /// The exit code of all of it.
    pub code: u8,
}

/// The signature of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogSignature {
    /// There is none.
    Absent,
    /// By the key that was asked for, or a signing key of a trusted publisher.
    Good(PublicKey),
    /// Right, but by somebody who is not known here.
    Stranger(PublicKey),
    /// Of other bytes, or forged.
    Wrong,
    /// No signature of a catalogue.
    Unreadable,
}

/// The Metalink beside a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetalinkState {
    /// It says what the catalogue says.
    AsListed,
    /// There is none.
    Absent,
    /// It says something else.
    Other,
}

/// A listed file.
#[derive(Debug)]
pub struct AuditedFile {
    /// What the catalogue says of it.
    pub entry: CatalogEntry,
    /// How it is.
    pub state: FileState,
    /// What the check of the bundle says, if there is a file.
    pub report: Option<FileReport>,
}

/// How a listed file is.
#[derive(Debug)]
pub enum FileState {
    /// The very bytes that were listed.
    Whole,
    /// Not there.
    Missing,
    /// Other bytes.
    Altered,
    /// The disk cannot say.
    Unreadable(io::Error),
}

/// A stream of which a newer issue is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Older {
    /// Who.
    pub publisher: PublisherId,
    /// Channel.
    pub channel: String,
    /// Epoch and number of the newest that is listed here, if any is.
    pub listed: Option<(u32, u32)>,
    /// Epoch and number of the newest that is known.
    pub known: (u32, u32),
}

/// Holds a folder against the catalogue that lies in it; `text` are the catalogue's bytes.
/// `progress` is told bytes read, done and total.
///
/// # Errors
/// If somebody asked to stop, or the folder itself cannot be read.
pub fn audit_catalog(
    storage: &dyn Storage,
    folder: &Path,
    (catalog, text): (&Catalog, &str),
    view: View<'_>,
    options: &AuditOptions,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Audit, CatalogError> {
    let (paths, _) = bundles(storage, folder, cancel)?;
    let mut total = 0;
    let found = reports(
        storage,
        &paths,
        view,
        &options.check,
        cancel,
        &mut |done, all| {
            total = all;
            progress(done, all.saturating_mul(2));
        },
    )?;
    let signature = signature(storage, folder, text, &found, options.signer.as_ref())?;
    let older = older(catalog, folder, &found, options.against.as_ref());
    let mut reports: BTreeMap<PathBuf, FileReport> = found
        .into_iter()
        .map(|report| (report.path.clone(), report))
        .collect();
    let (mut files, mut done) = (Vec::new(), total);
    for entry in &catalog.entries {
        let place = place_of(folder, &entry.name);
        let state = state(storage, &place, entry, cancel, &mut |read| {
            progress(done.saturating_add(read), total.saturating_mul(2));
        })?;
        done = done.saturating_add(entry.len_bytes);
        let report = reports.remove(&place);
        files.push(AuditedFile {
            entry: entry.clone(),
            state,
            report,
        });
    }
    let mut audit = Audit {
        signature,
        metalink: metalink(storage, folder, catalog)?,
        files,
        unlisted: reports.into_values().collect(),
        older,
        code: 0,
    };
    audit.code = audit.grade(options);
    Ok(audit)
}

fn state(
    storage: &dyn Storage,
    place: &Path,
    entry: &CatalogEntry,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<FileState, CatalogError> {
    let hashed = match storage.facts(place) {
        Ok(Facts::File { len }) if len == entry.len_bytes => storage
            .open(place)
            .and_then(|mut file| sha256(&mut *file, cancel, progress)),
        Ok(Facts::File { .. }) => return Ok(FileState::Altered),
        Ok(_) => return Ok(FileState::Missing),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(FileState::Missing),
        Err(error) => Err(error),
    };
    Ok(match hashed {
        Ok(None) => return Err(CatalogError::Interrupted),
        Ok(Some((sha256, _))) if sha256 == entry.sha256 => FileState::Whole,
        Ok(Some(_)) => FileState::Altered,
        Err(error) => FileState::Unreadable(error),
    })
}

/// A small file beside the catalogue; none if there is none, an error if the disk refuses.
fn beside(
    storage: &dyn Storage,
    path: PathBuf,
    most: u64,
) -> Result<Option<Vec<u8>>, CatalogError> {
    match varaq_storage::read(storage, &path, most) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Ok(Some(Vec::new())),
        Err(source) => Err(CatalogError::Unreadable { path, source }),
    }
}

fn signature(
    storage: &dyn Storage,
    folder: &Path,
    text: &str,
    found: &[FileReport],
    asked: Option<&PublicKey>,
) -> Result<CatalogSignature, CatalogError> {
    let path = folder.join(format!("{CATALOG_FILE}{SIGNATURE_SUFFIX}"));
    let Some(bytes) = beside(storage, path, MAX_ARMOR_BYTES as u64)? else {
        return Ok(CatalogSignature::Absent);
    };
    let armored = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|armor| Armored::parse(armor).ok());
    let Some(armored) = armored.filter(|armored| armored.namespace == Namespace::Catalog) else {
        return Ok(CatalogSignature::Unreadable);
    };
    if !armored.verifies(text.as_bytes()) {
        return Ok(CatalogSignature::Wrong);
    }
    let key = armored.key;
    let known = match asked {
        Some(asked) => *asked == key,
        None => found
            .iter()
            .any(|report| is_trusted_signer(storage, report, &key)),
    };
    Ok(if known {
        CatalogSignature::Good(key)
    } else {
        CatalogSignature::Stranger(key)
    })
}

/// True if the key signs for the publisher of a bundle who is pinned by this reader.
fn is_trusted_signer(storage: &dyn Storage, report: &FileReport, key: &PublicKey) -> bool {
    let pinned = matches!(report.verdict, Verdict::Pinned | Verdict::Verified);
    pinned && slot(storage, &report.path, key).is_some()
}

fn metalink(
    storage: &dyn Storage,
    folder: &Path,
    catalog: &Catalog,
) -> Result<MetalinkState, CatalogError> {
    let expected = catalog.metalink();
    let there = beside(storage, folder.join(METALINK_FILE), expected.len() as u64)?;
    Ok(match there {
        None => MetalinkState::Absent,
        Some(bytes) if bytes == expected.as_bytes() => MetalinkState::AsListed,
        Some(_) => MetalinkState::Other,
    })
}

/// Streams that have gone on since the catalogue was made: by what this reader has met, and
/// by the catalogue that is known to be right. Order is in signed numbers, never in times.
fn older(
    catalog: &Catalog,
    folder: &Path,
    found: &[FileReport],
    against: Option<&Catalog>,
) -> Vec<Older> {
    let newest = catalog.newest();
    let mut known = BTreeMap::new();
    for entry in newest.values() {
        let place = place_of(folder, &entry.name);
        let report = found.iter().find(|report| report.path == place);
        for line in report.iter().flat_map(|report| &report.lines) {
            if let Line::OlderThanSeen { newest, .. } = line {
                known.insert(entry.stream(), (newest.epoch, newest.number));
            }
        }
    }
    for (stream, entry) in against.iter().flat_map(|against| against.newest()) {
        let held = known.entry(stream).or_insert(entry.place());
        *held = entry.place().max(*held);
    }
    let of = |((publisher, channel), known): ((PublisherId, &str), (u32, u32))| Older {
        publisher,
        channel: channel.to_owned(),
        listed: newest.get(&(publisher, channel)).map(|entry| entry.place()),
        known,
    };
    known
        .into_iter()
        .map(of)
        .filter(|older| older.listed < Some(older.known))
        .collect()
}

impl Audit {
    /// 20 for what is altered and a wrong signature, 3 for what is held back; bundles have
    /// their own codes.
    fn grade(&self, options: &AuditOptions) -> u8 {
        let files = self.files.iter().map(AuditedFile::code);
        let unlisted = self.unlisted.iter().map(|report| report.code);
        let metalink = if self.metalink == MetalinkState::Other {
            20
        } else {
            0
        };
        let older = if self.older.is_empty() { 0 } else { 3 };
        let rest = [self.signature_code(options), metalink, older];
        files.chain(unlisted).chain(rest).fold(0, worse)
    }

    fn signature_code(&self, options: &AuditOptions) -> u8 {
        let asked = options.signer.is_some();
        match self.signature {
            CatalogSignature::Good(_) => 0,
            CatalogSignature::Wrong | CatalogSignature::Unreadable => 20,
            CatalogSignature::Absent | CatalogSignature::Stranger(_) if asked => 20,
            _ if options.check.require_trusted => 21,
            CatalogSignature::Absent | CatalogSignature::Stranger(_) => 0,
        }
    }
}

impl AuditedFile {
    /// The exit code of this file.
    #[must_use]
    pub fn code(&self) -> u8 {
        // A copy that is listed as incomplete is as it should be.
        let found = self.report.as_ref().map_or(0, |report| report.code);
        match &self.state {
            FileState::Whole if found == 3 => 0,
            FileState::Whole => found,
            FileState::Missing => 3,
            FileState::Altered if found > 3 => found,
            FileState::Altered => 20,
            FileState::Unreadable(_) => worse(1, found),
        }
    }
}
