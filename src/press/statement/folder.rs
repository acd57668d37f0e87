//! A publisher's folder: its contact file with every statement, keys, notes and ledger.

use crate::disk;
use crate::keys::KeyFile;
use crate::ledger::{Ledger, LedgerLine};
use std::io;
use std::path::{Path, PathBuf};
use varaq_bundle::{Bundle, Hash, HeadError, Limits};
use varaq_cbor::CborError;
use varaq_storage::{Access, Storage};
use varaq_trust::{
    Chain, Contact, ContactError, ContactMismatch, KeyError, MAX_OWN_BYTES, Own, OwnError, Pins,
    PublicKey, SignedSuspension, Suspension, SuspensionNote, Verdict, judge,
};

const CONTACT: &str = "publisher.contact";
/// OWN in base64 and a few lines.
const MAX_CONTACT_BYTES: u64 = MAX_OWN_BYTES as u64 * 2;

/// Why a folder cannot be read or changed. It is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The disk failed, or there is no such file.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The contact file is not understood.
    #[error("its contact file is not understood")]
    Contact(#[from] ContactError),
    /// The contact file is not what it says.
    #[error("its contact file is not what it says")]
    Mismatch(#[from] ContactMismatch),
    /// The contact file holds no statements.
    #[error("its contact file holds no statements")]
    Bare,
    /// The statements do not fit into a bundle.
    #[error("the statements do not fit into a bundle")]
    Own(#[from] OwnError),
    /// What shall be put in goes on from other statements.
    #[error(
        "it goes on from other statements than those in the folder, which holds statement {newest}"
    )]
    AnotherBase {
        /// Version of the newest statement in the folder.
        newest: u16,
    },
    /// A file of that name is there; keys are never overwritten.
    #[error("{} is there already; keys are never overwritten", .0.display())]
    Exists(PathBuf),
    /// The other file is no bundle.
    #[error("it is not a bundle, or damaged")]
    Head(#[from] HeadError),
    /// The bundle's manifest breaks a rule.
    #[error("its manifest breaks a rule")]
    Manifest(#[from] CborError),
    /// The bundle is another publisher's.
    #[error("the issue is another publisher's")]
    AnotherPublisher,
    /// The bundle is not signed as it should be.
    #[error("the issue is not signed by this publisher's keys: {}", .0.name())]
    NotSigned(Verdict),
    /// A second manifest for one number.
    #[error("the ledger knows another issue of that number: {0}")]
    SecondManifest(Hash),
    /// A key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A file that shall appear in the folder.
pub struct NewFile {
    /// Its name, which must be new.
    pub name: String,
    /// What is in it; wiped when it was written.
    pub bytes: zeroize::Zeroizing<Vec<u8>>,
    /// True if only the owner may read it.
    pub private: bool,
}

/// A publisher's folder, as it was when it was opened.
#[derive(Debug)]
pub struct PublisherFolder {
    path: PathBuf,
    contact: Contact,
    own: Own,
    chain: Chain,
}

impl PublisherFolder {
    /// Reads and verifies the contact file of a folder.
    ///
    /// # Errors
    /// If it is not there, or does not hold.
    pub fn open(storage: &dyn Storage, path: &Path) -> Result<PublisherFolder, FolderError> {
        let folder = PublisherFolder::read(storage, path)?;
        folder.contact.verify()?;
        Ok(folder)
    }

    /// The same without looking at the code, which takes a while.
    pub(crate) fn read(storage: &dyn Storage, path: &Path) -> Result<PublisherFolder, FolderError> {
        let file = path.join(CONTACT);
        let text = disk::read_text(storage, &file, MAX_CONTACT_BYTES);
        let text = text.map_err(|source| FolderError::Io { path: file, source })?;
        let contact: Contact = text.parse()?;
        if contact.own.is_empty() {
            return Err(FolderError::Bare);
        }
        let chain = Chain::decode(&contact.own).map_err(ContactMismatch::from)?;
        Ok(PublisherFolder {
            path: path.to_owned(),
            own: Own::decode(&contact.own)?,
            contact,
            chain,
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The contact, code included.
    #[must_use]
    pub fn contact(&self) -> &Contact {
        &self.contact
    }

    /// The statements and suspensions.
    #[must_use]
    pub fn own(&self) -> &Own {
        &self.own
    }

    /// The same, verified.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The key files that lie in the folder, by name.
    ///
    /// # Errors
    /// If the folder cannot be listed. A file that is no key file is passed over.
    pub fn key_files(&self, storage: &dyn Storage) -> Result<Vec<(PathBuf, KeyFile)>, FolderError> {
        let on_disk = |source| FolderError::Io {
            path: self.path.clone(),
            source,
        };
        let names = storage.list(&self.path).map_err(on_disk)?;
        let paths = names.iter().map(|name| self.path.join(name));
        let keys = paths.filter(|path| path.extension().is_some_and(|ext| ext == "key"));
        let read = |path: PathBuf| {
            let key = KeyFile::read(storage, &path).ok()?;
            Some((path, key))
        };
        Ok(keys.filter_map(read).collect())
    }

    /// What was signed, by order of signing.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn ledger(&self, storage: &dyn Storage) -> Result<Vec<LedgerLine>, FolderError> {
        let ledger = self.read_ledger(storage)?;
        let mine = ledger.lines().iter();
        let publisher = Hash(self.chain.publisher().0);
        Ok(mine
            .filter(|line| line.publisher == publisher)
            .cloned()
            .collect())
    }

    /// Puts an issue that was signed elsewhere, or before the ledger was lost, into it.
    ///
    /// # Errors
    /// If it is not an issue of this publisher, or the number stands for another one.
    pub fn remember(
        &self,
        storage: &dyn Storage,
        bundle: &Path,
    ) -> Result<LedgerLine, FolderError> {
        let line = self.issue(storage, bundle)?;
        let mut ledger = self.read_ledger(storage)?;
        if let Some(other) = ledger.other(&line) {
            return Err(FolderError::SecondManifest(other));
        }
        let kept = ledger.remember(storage, line.clone());
        kept.map_err(|source| self.io("ledger", source))?;
        Ok(line)
    }

    /// Which issue of this publisher a bundle is. Its signatures must be good; a key that
    /// was revoked or suspended since does not matter here: that is what keep lists are for.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn issue(&self, storage: &dyn Storage, bundle: &Path) -> Result<LedgerLine, FolderError> {
        let file = storage.open(bundle).map_err(|source| FolderError::Io {
            path: bundle.to_owned(),
            source,
        })?;
        let bundle = Bundle::open(file, &Limits::default())?;
        let manifest = bundle.manifest()?;
        if manifest.publisher.0 != self.chain.publisher().0 {
            return Err(FolderError::AnotherPublisher);
        }
        let verdict = judge(bundle.head(), &Pins::new()).verdict;
        let spent = matches!(verdict, Verdict::RevokedKey | Verdict::SuspendedKey);
        if !verdict.is_valid() && !spent {
            return Err(FolderError::NotSigned(verdict));
        }
        Ok(LedgerLine {
            publisher: manifest.publisher,
            channel: manifest.channel,
            epoch: manifest.epoch,
            number: manifest.number,
            manifest: bundle.head().manifest_id(),
        })
    }

    /// Puts files and statements into the folder: keys first, so that no statement ever
    /// names a key that was lost on the way. The former contact file stays beside the new
    /// one as `publisher-VERSION.contact`.
    ///
    /// # Errors
    /// If a file is there already, or the disk fails: nothing was changed. If it fails at
    /// the very end, all of it may be there.
    pub fn install(
        &self,
        storage: &dyn Storage,
        own: &Own,
        files: &[NewFile],
    ) -> Result<Vec<PathBuf>, FolderError> {
        if !self.goes_on(own) {
            let newest = self.chain.newest().map_or(0, |root| root.version);
            return Err(FolderError::AnotherBase { newest });
        }
        let contact = if *own == self.own {
            None
        } else {
            Some(self.contact_of(own)?)
        };
        let mut written = self.write_new(storage, files)?;
        if let Some(contact) = contact {
            match self.replace(storage, &contact) {
                Ok(mut paths) => written.append(&mut paths),
                Err(error) => {
                    self.take_back(storage, &written);
                    return Err(error);
                }
            }
        }
        Ok(written)
    }

    /// Removes new files again, unless a contact may already name their keys.
    fn take_back(&self, storage: &dyn Storage, written: &[PathBuf]) {
        let held = disk::read_text(storage, &self.path.join(CONTACT), MAX_CONTACT_BYTES);
        if held.is_ok_and(|held| held.parse().is_ok_and(|held: Contact| held == self.contact)) {
            remove(storage, written);
        }
    }

    /// The contact with other statements; publisher and code never change.
    fn contact_of(&self, own: &Own) -> Result<Contact, FolderError> {
        let chain = Chain::verify(own).map_err(ContactMismatch::from)?;
        Ok(Contact {
            code: self.contact.code,
            id: self.contact.id,
            root: chain.newest(),
            names: chain.names().to_vec(),
            own: own.encode()?,
        })
    }

    /// True if `own` holds everything that the folder holds, in its place.
    fn goes_on(&self, own: &Own) -> bool {
        own.statements.starts_with(&self.own.statements)
            && self
                .own
                .suspensions
                .iter()
                .all(|one| own.suspensions.contains(one))
    }

    /// Writes files that are not there yet, all or none.
    fn write_new(
        &self,
        storage: &dyn Storage,
        files: &[NewFile],
    ) -> Result<Vec<PathBuf>, FolderError> {
        let mut written = Vec::new();
        for file in files {
            let path = self.path.join(&file.name);
            if holds(storage, &path, &file.bytes) {
                continue;
            }
            let access = if file.private {
                Access::Owner
            } else {
                Access::Usual
            };
            if let Err(source) = disk::write_new(storage, &path, &file.bytes, access) {
                remove(storage, &written);
                return Err(match source.kind() {
                    io::ErrorKind::AlreadyExists => FolderError::Exists(path),
                    _ => FolderError::Io { path, source },
                });
            }
            written.push(path);
        }
        Ok(written)
    }

    /// The former contact file is a file of its own before the new one takes its name.
    fn replace(
        &self,
        storage: &dyn Storage,
        contact: &Contact,
    ) -> Result<Vec<PathBuf>, FolderError> {
        let (former, is_new) = self.keep_former(storage)?;
        let path = self.path.join(CONTACT);
        if let Err(source) = disk::replace(storage, &path, contact.to_string().as_bytes()) {
            if is_new {
                self.take_back(storage, &[former]);
            }
            return Err(FolderError::Io { path, source });
        }
        Ok(vec![path, former])
    }

    /// Writes the contact under another name, unless it stands there already.
    fn keep_former(&self, storage: &dyn Storage) -> Result<(PathBuf, bool), FolderError> {
        let version = self.chain.newest().map_or(0, |root| root.version);
        let text = self.contact.to_string();
        let numbered = (2_u32..).map(|more| format!("publisher-{version}-{more}.contact"));
        for name in std::iter::once(format!("publisher-{version}.contact")).chain(numbered) {
            let path = self.path.join(name);
            match disk::write_new(storage, &path, text.as_bytes(), Access::Usual) {
                Ok(()) => return Ok((path, true)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if holds(storage, &path, text.as_bytes()) {
                        return Ok((path, false));
                    }
                }
                Err(source) => return Err(FolderError::Io { path, source }),
            }
        }
        Err(FolderError::Exists(self.path.join(CONTACT)))
    }

    /// The file of a note, named after its key's file: one of those in the folder, or of
    /// `made`, which are about to be written (name without ending, key).
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn note_file(
        &self,
        storage: &dyn Storage,
        note: &SignedSuspension,
        made: &[(String, PublicKey)],
    ) -> Result<NewFile, FolderError> {
        let body = Suspension::decode(&note.bytes)?;
        let found = self.key_files(storage)?;
        let of_file = found.iter().find(|(_, key)| *key.public() == body.key);
        let of_file = of_file.and_then(|(path, _)| path.file_stem());
        let of_made = made.iter().find(|(_, key)| *key == body.key);
        let stem = match (of_made, of_file) {
            (Some((stem, _)), _) => stem.clone(),
            (None, Some(stem)) => stem.to_string_lossy().into_owned(),
            (None, None) => {
                let hex = body.key.bytes().iter().take(4);
                hex.map(|byte| format!("{byte:02x}")).collect()
            }
        };
        let text = SuspensionNote::Whole(note.clone()).to_string();
        // The same note again is the same file; another one stands beside it.
        let numbered = (2_u32..).map(|more| format!("{stem}-{more}.stop"));
        let mut names = std::iter::once(format!("{stem}.stop")).chain(numbered);
        let free = |name: &String| {
            let path = self.path.join(name);
            storage.facts(&path).is_err() || holds(storage, &path, text.as_bytes())
        };
        let name = names.find(free).unwrap_or(stem);
        Ok(NewFile {
            name,
            bytes: text.into_bytes().into(),
            private: true,
        })
    }

    fn read_ledger(&self, storage: &dyn Storage) -> Result<Ledger, FolderError> {
        Ledger::read(storage, &self.path).map_err(|source| self.io("ledger", source))
    }

    fn io(&self, name: &str, source: io::Error) -> FolderError {
        FolderError::Io {
            path: self.path.join(name),
            source,
        }
    }
}

/// What was written before something failed.
fn remove(storage: &dyn Storage, paths: &[PathBuf]) {
    for path in paths {
        let _ = storage.remove(path);
    }
}

/// Whether a file holds these bytes and no others.
fn holds(storage: &dyn Storage, path: &Path, bytes: &[u8]) -> bool {
    let held = varaq_storage::read(storage, path, bytes.len() as u64);
    held.is_ok_and(|held| held == bytes)
}
