//! Signing an issue in place.
//!
//! Several people sign, on several machines, in any order: each adds one signature to the
//! head, and the body never moves. The head is overwritten where it stands; so that a
//! power cut in the middle costs nothing, the new head is first written to `NAME.head`
//! beside it. A leftover `NAME.head` is put in place by the next signature.

use crate::disk::with_suffix;
use crate::inspect::{InspectError, inspect};
use crate::keys::{Role, SecretKey};
use crate::ledger::{Ledger, LedgerLine};
use crate::notice_file::{NoticeFile, NoticeFileError};
use crate::statement::PublisherFolder;
use std::io::{self, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use varaq_bundle::{
    AmendError, Bundle, Hash, Head, HeadError, IssueName, Limits, Manifest, Notice, SlotSignature,
    amend, decode_signatures, encode_signatures,
};
use varaq_cbor::CborError;
use varaq_storage::{Access, Storage, folder_of};
use varaq_trust::{
    Chain, ChainError, Delegation, ED25519, KeyError, Namespace, PublicKey, PublisherId, sshsig,
};

/// What a file holds after a signature was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignReport {
    /// Manifest id.
    pub manifest: Hash,
    /// Channel of the issue.
    pub channel: String,
    /// Its epoch.
    pub epoch: u32,
    /// Its number.
    pub number: u32,
    /// Slots that were added, from 0.
    pub added: Vec<u8>,
    /// Signatures that the file has now.
    pub have: usize,
    /// Signatures that it needs.
    pub need: usize,
}

/// Why nothing was signed. The file is as it was, or, if the disk failed too often for that,
/// `NAME.head` beside it mends it the next time.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The file cannot be read or written.
    #[error("cannot read or write the bundle")]
    Io(#[from] io::Error),
    /// It is no bundle, or its head is damaged.
    #[error("its head cannot be read")]
    Head(#[from] HeadError),
    /// Manifest or signatures break a rule.
    #[error("its manifest or signatures break a rule")]
    Malformed(#[from] CborError),
    /// The publisher's statements do not hold.
    #[error("its publisher's statements do not hold")]
    Chain(#[from] ChainError),
    /// The statements do not allow this issue.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// The number is outside the window of the delegation.
    #[error(
        "number {number} is outside the window {first} to {last} of channel {channel}, epoch {epoch}"
    )]
    OutOfWindow {
        /// The number of the issue.
        number: u32,
        /// Its channel.
        channel: String,
        /// Its epoch.
        epoch: u32,
        /// First number allowed.
        first: u32,
        /// Last number allowed.
        last: u32,
    },
    /// A signature in the file is not good.
    #[error("the signature of slot {0} does not verify")]
    BadSignature(u8),
    /// Something in the issue is not as it must be.
    #[error("the issue is not fit to be signed")]
    Unfit(#[from] InspectError),
    /// The key is not one of those that sign this channel.
    #[error("this key does not sign channel {channel}")]
    NotASigner {
        /// The channel.
        channel: String,
    },
    /// A root key or recovery key was given.
    #[error("this is no signer's key; root and recovery keys sign no issues")]
    RootKey,
    /// The key no longer counts.
    #[error("this key is revoked or suspended")]
    NoLongerCounts,
    /// Statements beside the key, newer than those in the issue, end the key.
    #[error("this key is revoked or suspended by the publisher.contact beside it")]
    EndedSince,
    /// The key has signed this file.
    #[error("slot {0} has signed already")]
    AlreadySigned(u8),
    /// The key has signed another issue of the same number.
    #[error(
        "another issue was already signed as channel {channel}, epoch {epoch}, number {number}: {other}"
    )]
    SecondManifest {
        /// Channel.
        channel: String,
        /// Epoch.
        epoch: u32,
        /// Number.
        number: u32,
        /// Id of the manifest that was signed.
        other: Hash,
    },
    /// The ledger cannot be read or written; without it nothing is signed.
    #[error("cannot read or write the ledger of signed issues beside the key")]
    Ledger(#[source] io::Error),
    /// The notices beside the key cannot be read or written.
    #[error("cannot remember which notices the issue carries")]
    Notices(#[from] NoticeFileError),
    /// The other file is of another issue.
    #[error("the two files are not of the same issue")]
    AnotherIssue,
    /// The leftover head beside the file is of another issue.
    #[error("the file {0} beside it is the head of another issue; look at it and remove it")]
    AnotherHead(String),
    /// Neither the head nor its copy beside the file can be understood.
    #[error("its head and the copy of it in {0} are both damaged; neither was touched")]
    BothHeads(String),
    /// The head has no room.
    #[error("the signature has no room in the head")]
    Amend(#[from] AmendError),
    /// The key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// What is known of an issue from its head.
struct Signable {
    head: Head,
    manifest: Manifest,
    chain: Chain,
    delegation: Delegation,
    signatures: Vec<SlotSignature>,
}

/// Adds the signature of `key` to the bundle at `path`. `ledger` is the folder that
/// remembers what was signed: the key's own. `progress` is told how much was decoded
/// again, done and total; `Break` cancels.
///
/// # Errors
/// See [`SignError`]. The file is then as it was.
pub fn sign(
    storage: &dyn Storage,
    path: &Path,
    key: &SecretKey,
    ledger: &Path,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<SignReport, SignError> {
    recover(storage, path)?;
    let signable = Signable::read(storage, path)?;
    let Signable {
        head,
        manifest,
        chain,
        delegation,
        signatures,
    } = &signable;
    if key.role() != Role::Signer {
        return Err(SignError::RootKey);
    }
    let public = key.public()?;
    let channel = manifest.channel.clone();
    let slot = delegation.keys.slot(&public);
    let slot = slot.and_then(|slot| u8::try_from(slot).ok());
    let slot = slot.ok_or(SignError::NotASigner { channel })?;
    if signatures.iter().any(|one| one.slot == slot) {
        return Err(SignError::AlreadySigned(slot));
    }
    let id = head.manifest_id();
    if chain.is_revoked(&public, &id) || chain.is_suspended(&public, &id) {
        return Err(SignError::NoLongerCounts);
    }
    if is_ended_beside(storage, ledger, chain.publisher(), &public, &id) {
        return Err(SignError::EndedSince);
    }
    let line = LedgerLine {
        publisher: manifest.publisher,
        channel: manifest.channel.clone(),
        epoch: manifest.epoch,
        number: manifest.number,
        manifest: id,
    };
    let known = Ledger::read(storage, ledger).map_err(SignError::Ledger)?;
    if let Some(other) = known.other(&line) {
        return Err(SignError::SecondManifest {
            channel: line.channel,
            epoch: line.epoch,
            number: line.number,
            other,
        });
    }
    let carried = inspect(storage, path, progress)?;
    remember(storage, ledger, known, line, &carried)?;
    let new = SlotSignature {
        slot,
        alg: ED25519,
        signature: key.sign(Namespace::Manifest, &head.manifest).to_vec(),
    };
    signable.add(storage, path, vec![new])
}

/// Remembered before the signature is written: one that exists and is not in the ledger could
/// be followed by a second one for the same number.
fn remember(
    storage: &dyn Storage,
    folder: &Path,
    mut ledger: Ledger,
    line: LedgerLine,
    carried: &[Notice],
) -> Result<(), SignError> {
    let mut kept = NoticeFile::read(storage, folder)?;
    let issue = IssueName {
        channel: line.channel.clone(),
        epoch: line.epoch,
        number: line.number,
    };
    let kept_line = ledger.remember(storage, line);
    kept_line.map_err(SignError::Ledger)?;
    Ok(kept.publish(storage, carried, &issue)?)
}

/// True if the contact file in the key's folder knows that the key counts no longer: the
/// issue may have been packed before that was said.
fn is_ended_beside(
    storage: &dyn Storage,
    folder: &Path,
    publisher: PublisherId,
    key: &PublicKey,
    id: &Hash,
) -> bool {
    let Ok(folder) = PublisherFolder::read(storage, folder) else {
        // No contact there, or a broken one: the statements in the issue were checked.
        return false;
    };
    let chain = folder.chain();
    chain.publisher() == publisher && (chain.is_revoked(key, id) || chain.is_suspended(key, id))
}

/// Takes signatures from another copy of the same issue, which may be a head copy alone.
///
/// # Errors
/// See [`SignError`]. The file is then as it was.
pub fn merge_signatures(
    storage: &dyn Storage,
    path: &Path,
    other: &Path,
) -> Result<SignReport, SignError> {
    recover(storage, path)?;
    let signable = Signable::read(storage, path)?;
    let theirs = Signable::read(storage, other)?;
    if signable.head.manifest != theirs.head.manifest {
        return Err(SignError::AnotherIssue);
    }
    let new = theirs.signatures.into_iter().filter(|theirs| {
        let mut ours = signable.signatures.iter();
        !ours.any(|ours| ours.slot == theirs.slot)
    });
    let new = new.collect();
    signable.add(storage, path, new)
}

impl Signable {
    /// Reads the head and checks everything in it.
    fn read(storage: &dyn Storage, path: &Path) -> Result<Signable, SignError> {
        let bundle = Bundle::open(storage.open(path)?, &Limits::default())?;
        let manifest = bundle.manifest()?;
        let head = bundle.head().clone();
        let chain = Chain::decode(&head.own)?;
        if chain.publisher() != PublisherId::from(manifest.publisher) {
            return Err(SignError::NotAllowed(
                "the statements are another publisher's",
            ));
        }
        if !chain.contains(&manifest.root) {
            let what = "the statements do not reach the one that the issue names";
            return Err(SignError::NotAllowed(what));
        }
        let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root);
        let delegation = delegation.cloned();
        let delegation = delegation.ok_or(SignError::NotAllowed(
            "no statement grants this channel and epoch",
        ))?;
        if !delegation.allows(manifest.number) {
            return Err(SignError::OutOfWindow {
                number: manifest.number,
                channel: manifest.channel,
                epoch: manifest.epoch,
                first: delegation.first,
                last: delegation.last,
            });
        }
        let signatures = decode_signatures(&head.signatures)?;
        for one in &signatures {
            let key = delegation.keys.key(one.slot.into());
            let key = key.ok_or(SignError::BadSignature(one.slot))?;
            let good = key.alg() == one.alg
                && (!key.is_known()
                    || sshsig::verifies(Namespace::Manifest, &head.manifest, key, &one.signature));
            if !good {
                return Err(SignError::BadSignature(one.slot));
            }
        }
        Ok(Signable {
            head,
            manifest,
            chain,
            delegation,
            signatures,
        })
    }

    /// Writes signatures into the file's head.
    fn add(
        self,
        storage: &dyn Storage,
        path: &Path,
        new: Vec<SlotSignature>,
    ) -> Result<SignReport, SignError> {
        let added: Vec<u8> = new.iter().map(|one| one.slot).collect();
        let mut all = self.signatures;
        all.extend(new);
        all.sort_by_key(|one| one.slot);
        if !added.is_empty() {
            let head = self.head.amended(Some(encode_signatures(&all)), None)?;
            write_head(storage, path, &self.head, &head)?;
        }
        let counts = |one: &&SlotSignature| {
            let key = self.delegation.keys.key(one.slot.into());
            let id = self.head.manifest_id();
            key.is_some_and(|key| {
                key.is_known()
                    && !self.chain.is_revoked(key, &id)
                    && !self.chain.is_suspended(key, &id)
            })
        };
        Ok(SignReport {
            manifest: self.head.manifest_id(),
            channel: self.manifest.channel,
            epoch: self.manifest.epoch,
            number: self.manifest.number,
            added,
            have: all.iter().filter(counts).count(),
            need: self.delegation.keys.threshold(),
        })
    }
}

/// Puts a head in place of the one before, with a copy beside the file while it is torn.
fn write_head(
    storage: &dyn Storage,
    path: &Path,
    before: &Head,
    head: &Head,
) -> Result<(), SignError> {
    let sidecar = with_suffix(path, ".head");
    if let Err(error) = write_sidecar(storage, &sidecar, head) {
        // One that is torn is never used.
        let _ = storage.remove(&sidecar);
        return Err(error.into());
    }
    if let Err(error) = put(storage, path, head) {
        // The file as it was. If that fails too, the copy is what mends it.
        put(storage, path, before)?;
        remove_sidecar(storage, &sidecar)?;
        return Err(error);
    }
    Ok(remove_sidecar(storage, &sidecar)?)
}

fn write_sidecar(storage: &dyn Storage, sidecar: &Path, head: &Head) -> io::Result<()> {
    let mut copy = storage.create_new(sidecar, Access::Usual)?;
    copy.write_all(&head.to_slack())?;
    copy.sync()?;
    storage.sync_folder(folder_of(sidecar))
}

fn remove_sidecar(storage: &dyn Storage, sidecar: &Path) -> io::Result<()> {
    storage.remove(sidecar)?;
    storage.sync_folder(folder_of(sidecar))
}

fn put(storage: &dyn Storage, path: &Path, head: &Head) -> Result<(), SignError> {
    let mut file = storage.open_to_change(path)?;
    amend(&mut file, head)?;
    file.sync()?;
    Ok(())
}

/// Finishes what a power cut interrupted: a whole `NAME.head` is put in place, a torn one
/// was never used and is removed, unless the file's own head is torn as well. True if there
/// was one.
///
/// # Errors
/// If it is the head of another issue, both heads are damaged, or the disk fails.
pub fn recover(storage: &dyn Storage, path: &Path) -> Result<bool, SignError> {
    let sidecar = with_suffix(path, ".head");
    let mut bytes = Vec::new();
    let limits = Limits::default();
    match storage.open(&sidecar) {
        Ok(file) => file.take(limits.head_bytes + 1).read_to_end(&mut bytes)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let name = || {
        let name = sidecar.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let own = match Bundle::open(storage.open(path)?, &limits) {
        Ok(bundle) => Some(bundle.head().clone()).filter(Head::hint_matches),
        Err(HeadError::Io(error)) => return Err(error.into()),
        Err(_) => None,
    };
    let (new, own) = match (whole_head(bytes), own) {
        (Some(new), own) => (new, own),
        (None, Some(_)) => {
            remove_sidecar(storage, &sidecar)?;
            return Ok(true);
        }
        // The head is overwritten when its copy is whole, and not before: one of the two was
        // read wrong, and it may be the only one that is left.
        (None, None) => return Err(SignError::BothHeads(name())),
    };
    if own.is_some_and(|own| own.manifest != new.manifest) {
        return Err(SignError::AnotherHead(name()));
    }
    put(storage, path, &new)?;
    remove_sidecar(storage, &sidecar)?;
    Ok(true)
}

/// The head in a copy, unless it is torn.
fn whole_head(bytes: Vec<u8>) -> Option<Head> {
    let len = bytes.len() as u64;
    let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).ok()?;
    let head = bundle.head();
    let whole = head.hint_matches() && head.prefix.body_at == len;
    whole.then(|| head.clone())
}
