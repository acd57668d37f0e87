//! The side file: one signature over a whole bundle file (FORMAT.md section 8.1).
//!
//! In: a bundle that is validly signed and complete, and the key of one of its signers. Out:
//! `NAME.sig` beside it, which `ssh-keygen -Y verify` checks against the file as it is. Every
//! later change of the file breaks it, on purpose. The file is read twice, piece by piece.

use crate::disk::{Stored, with_suffix};
use crate::keys::{Role, SecretKey};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::{Bundle, CheckError, Content, Hash, HeadError, Limits, Report};
use varaq_storage::{Access, Beside, Storage};
use varaq_trust::{
    Chain, ChainError, Consent, KeyError, Namespace, Opening, Pins, PublicKey, Verdict, sshsig,
};

/// Bytes read at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideFileReport {
    /// Where.
    pub path: PathBuf,
    /// Manifest id of the issue.
    pub manifest: Hash,
    /// Slot of the key, from 0.
    pub slot: u64,
    /// Bytes of the file that was signed.
    pub len_bytes: u64,
}

/// Why there is no side file.
#[derive(Debug, thiserror::Error)]
pub enum SideFileError {
    /// The file cannot be read, or the signature not be written.
    #[error("cannot read the bundle or write beside it")]
    Io(#[from] io::Error),
    /// It is no bundle, or its head is damaged.
    #[error("its head cannot be read")]
    Head(#[from] HeadError),
    /// Its publisher's statements do not hold.
    #[error("its publisher's statements do not hold")]
    Chain(#[from] ChainError),
    /// It is not validly signed.
    #[error("it is not validly signed: {0}")]
    NotValid(Verdict),
    /// Something is missing, damaged, or too much.
    #[error("it is not whole: something is missing, damaged or too much")]
    NotWhole,
    /// A root key was given.
    #[error("this is a root key; files are signed with a signer's key")]
    RootKey,
    /// The key is not one of those that may sign this issue.
    #[error("this key does not sign this issue")]
    NotASigner,
    /// The key no longer counts.
    #[error("this key is revoked or suspended")]
    NoLongerCounts,
    /// There is a side file already.
    #[error("{0} is there already")]
    Exists(String),
    /// The key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

/// Signs the whole file at `path` and writes `NAME.sig`. `progress` is told bytes read, done
/// and total; `Break` cancels.
///
/// # Errors
/// See [`SideFileError`]. Nothing is written then.
pub fn side_file(
    storage: &dyn Storage,
    path: &Path,
    key: &SecretKey,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<SideFileReport, SideFileError> {
    if key.role() == Role::Root {
        return Err(SideFileError::RootKey);
    }
    let target = with_suffix(path, ".sig");
    let taken = || {
        let name = target.file_name().unwrap_or_default();
        SideFileError::Exists(name.to_string_lossy().into_owned())
    };
    if storage.is_link(&target).is_ok() {
        return Err(taken());
    }
    let public = key.public()?;
    let bundle = Bundle::open(storage.open(path)?, &Limits::default())?;
    let (manifest, slot) = signer(&bundle, &public)?;
    let len_bytes = bundle.len_bytes();
    let total = len_bytes.saturating_mul(2);
    whole(bundle, &mut |done| progress(done, total))?;
    let digest = digest(storage, path, &mut |done| {
        progress(len_bytes.saturating_add(done), total)
    })?;
    let armor = sshsig::armor(Namespace::File, &public, &key.sign_file(&digest));
    let armor = armor.ok_or(SideFileError::NotASigner)?;
    let mut beside = Beside::new(storage, &target, Access::Usual)?;
    beside.write_all(armor.as_bytes())?;
    match beside.keep_as_new(&target) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(taken()),
        kept => kept?,
    }
    Ok(SideFileReport {
        path: target,
        manifest,
        slot,
        len_bytes,
    })
}

/// Manifest id and slot, if the key may sign the issue and counts for it.
fn signer(bundle: &Bundle<Stored>, public: &PublicKey) -> Result<(Hash, u64), SideFileError> {
    let id = bundle.head().manifest_id();
    let chain = Chain::decode(&bundle.head().own)?;
    let manifest = bundle.manifest().ok();
    let delegation = manifest.and_then(|manifest| {
        let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root);
        delegation.cloned()
    });
    let slot = delegation.and_then(|delegation| delegation.keys.slot(public));
    let slot = slot.ok_or(SideFileError::NotASigner)?;
    if chain.is_revoked(public, &id) || chain.is_suspended(public, &id) {
        return Err(SideFileError::NoLongerCounts);
    }
    Ok((id, slot))
}

/// Fails unless the bundle is validly signed and every byte of it is right.
fn whole(
    bundle: Bundle<Stored>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), SideFileError> {
    let opening: Opening<Stored> = varaq_trust::open_bundle(bundle, &Pins::new())?;
    let verdict = opening.verdict();
    let content = opening
        .into_content(Consent::DifferentPublisher)
        .map_err(|_| SideFileError::NotValid(verdict))?;
    let report = read(&content, progress)?;
    if report.is_whole() && report.read_errors == 0 {
        Ok(())
    } else {
        Err(SideFileError::NotWhole)
    }
}

fn read(
    content: &Content<Stored>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Report, SideFileError> {
    let report = content.check(&mut |step| progress(step.done_bytes));
    report.map_err(|CheckError::Cancelled| SideFileError::Cancelled)
}

fn digest(
    storage: &dyn Storage,
    path: &Path,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<[u8; 64], SideFileError> {
    let mut file = storage.open(path)?;
    let mut digest = sshsig::FileDigest::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut done = 0_u64;
    loop {
        let read = match file.read(&mut chunk) {
            Ok(0) => return Ok(digest.finish()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        digest.update(chunk.get(..read).unwrap_or_default());
        done = done.saturating_add(read as u64);
        if progress(done).is_break() {
            return Err(SideFileError::Cancelled);
        }
    }
}
