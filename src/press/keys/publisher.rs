//! A new publisher: keys, first statement, contact file.

use super::file::{KeyFile, KeyFileError, Stretch};
use super::secret::{Role, SecretKey};
use crate::disk;
use crate::statement::{Draft, DraftError};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use varaq_storage::{Access, Storage};
use varaq_trust::{
    Contact, ContactMismatch, Delegation, ED25519, KeyError, KeySet, Name, Namespace, Own,
    OwnError, PublicKey, Set, SignedStatement, SignedSuspension, Statement, StatementError,
    StatementSignature, SuspensionNote, recovery_commitment,
};

/// Numbers that the first delegation allows: the widest window there is.
const LAST_NUMBER: u32 = 256;
/// Most keys of a kind.
const MAX_KEYS: usize = 16;

/// What a new publisher shall be.
#[derive(Clone, Debug)]
pub struct NewPublisher {
    /// Language and name, at least one.
    pub names: Vec<(String, String)>,
    /// Number of root keys, 1 … 16.
    pub roots: usize,
    /// How many root keys must sign a statement.
    pub root_threshold: usize,
    /// Number of recovery keys, 0 … 16; with none, stolen root keys cannot be replaced.
    pub recovery: usize,
    /// How many recovery keys must sign a recovery; 0 with no recovery keys.
    pub recovery_threshold: usize,
    /// Number of signing keys, 1 … 16.
    pub signers: usize,
    /// How many signing keys must sign an issue.
    pub threshold: usize,
    /// Channels; none = `main`. Every signing key signs in each.
    pub channels: Vec<String>,
    /// What guessing a passphrase will cost.
    pub stretch: Stretch,
}

impl Default for NewPublisher {
    fn default() -> NewPublisher {
        NewPublisher {
            names: Vec::new(),
            roots: 1,
            root_threshold: 1,
            recovery: 0,
            recovery_threshold: 0,
            signers: 1,
            threshold: 1,
            channels: Vec::new(),
            stretch: Stretch::default(),
        }
    }
}

/// What was made.
#[derive(Debug)]
pub struct Created {
    /// The contact, as it was written.
    pub contact: Contact,
    /// The files, in the folder asked for.
    pub files: Vec<PathBuf>,
}

/// Why no publisher was made. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum NewPublisherError {
    /// The folder is there and not empty: keys are never overwritten.
    #[error("{} is there already and not empty; keys are never overwritten", .0.display())]
    NotEmpty(PathBuf),
    /// A number of keys or a threshold is out of range.
    #[error("{0}")]
    Range(&'static str),
    /// A name is missing or not sound.
    #[error(
        "name {0:?}: expected a language tag and 1 to 64 characters, at least one name, each language once"
    )]
    Name(String),
    /// A channel is not sound.
    #[error("channel {0:?}: expected 1 to 32 of a-z 0-9 -, each once")]
    Channel(String),
    /// The statement would not hold.
    #[error("the first statement would not hold")]
    Statement(#[from] StatementError),
    /// The statement cannot be encoded.
    #[error("the first statement cannot be encoded")]
    Own(#[from] OwnError),
    /// The contact does not hold.
    #[error("the contact does not hold")]
    Contact(#[from] ContactMismatch),
    /// The suspension notes do not hold.
    #[error("the suspension notes do not hold")]
    Notes(#[from] DraftError),
    /// A key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A key file cannot be made.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The disk failed.
    #[error("cannot write to {}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Makes a publisher in `folder`, which must not be there yet or be empty. All files appear
/// together, or none.
///
/// # Errors
/// See [`NewPublisherError`].
pub fn new_publisher(
    storage: &dyn Storage,
    folder: &Path,
    new: &NewPublisher,
    passphrase: Option<&str>,
) -> Result<Created, NewPublisherError> {
    check(new)?;
    refuse_full(storage, folder)?;
    let roots = keys(Role::Root, new.roots)?;
    let signers = keys(Role::Signer, new.signers)?;
    let recovery = keys(Role::Recovery, new.recovery)?;
    let contact = contact(new, &roots, &signers, &recovery)?;
    let mut files = vec![(
        "publisher.contact".to_owned(),
        contact.to_string().into_bytes(),
        Access::Usual,
    )];
    for keys in [&roots, &signers, &recovery] {
        for (key, number) in keys.iter().zip(1..) {
            let text = KeyFile::write(key, passphrase, new.stretch)?;
            let name = format!("{}-{number}.key", key.role());
            files.push((name, text.as_bytes().to_vec(), Access::Owner));
        }
    }
    for (note, number) in notes(&contact, &roots, &signers)?.into_iter().zip(1..) {
        let text = SuspensionNote::Whole(note).to_string();
        files.push((
            format!("signer-{number}.stop"),
            text.into_bytes(),
            Access::Owner,
        ));
    }
    if !recovery.is_empty() {
        let text = public_lines(&recovery)?;
        files.push(("recovery.pub".to_owned(), text.into_bytes(), Access::Owner));
    }
    let written = disk::write_folder(storage, folder, &files);
    for (_, bytes, _) in &mut files {
        zeroize::Zeroize::zeroize(bytes);
    }
    written.map_err(|source| NewPublisherError::Io {
        path: folder.to_owned(),
        source,
    })?;
    Ok(Created {
        contact,
        files: files.iter().map(|(name, ..)| folder.join(name)).collect(),
    })
}

fn check(new: &NewPublisher) -> Result<(), NewPublisherError> {
    let range = |count: usize, threshold: usize| {
        (1..=MAX_KEYS).contains(&count) && (1..=count).contains(&threshold)
    };
    if !range(new.roots, new.root_threshold) {
        let what = "expected 1 to 16 root keys, and a threshold of 1 to their number";
        return Err(NewPublisherError::Range(what));
    }
    if !range(new.signers, new.threshold) {
        let what = "expected 1 to 16 signing keys, and a threshold of 1 to their number";
        return Err(NewPublisherError::Range(what));
    }
    if (new.recovery, new.recovery_threshold) != (0, 0)
        && !range(new.recovery, new.recovery_threshold)
    {
        let what = "expected no recovery keys, or 1 to 16 and a threshold of 1 to their number";
        return Err(NewPublisherError::Range(what));
    }
    if new.names.is_empty() {
        return Err(NewPublisherError::Name(String::new()));
    }
    for (at, (language, _)) in new.names.iter().enumerate() {
        let before = new.names.get(..at).unwrap_or_default();
        if before.iter().any(|(one, _)| one == language) {
            return Err(NewPublisherError::Name(language.clone()));
        }
    }
    for (at, channel) in new.channels.iter().enumerate() {
        let sound = (1..=32).contains(&channel.len())
            && channel
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let before = new.channels.get(..at).unwrap_or_default();
        if !sound || before.contains(channel) {
            return Err(NewPublisherError::Channel(channel.clone()));
        }
    }
    Ok(())
}

fn refuse_full(storage: &dyn Storage, folder: &Path) -> Result<(), NewPublisherError> {
    let full = || NewPublisherError::NotEmpty(folder.to_owned());
    match storage.list(folder) {
        Ok(names) if names.is_empty() => Ok(()),
        Ok(_) => Err(full()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(full()),
        Err(source) => Err(NewPublisherError::Io {
            path: folder.to_owned(),
            source,
        }),
    }
}

fn keys(role: Role, count: usize) -> Result<Vec<SecretKey>, KeyFileError> {
    let keys = (0..count).map(|_| SecretKey::generate(role));
    Ok(keys.collect::<Result<_, _>>()?)
}

fn key_set(threshold: usize, keys: &[SecretKey]) -> Result<KeySet, KeyError> {
    let public = keys.iter().map(SecretKey::public);
    KeySet::new(threshold as u64, public.collect::<Result<_, _>>()?)
}

/// Statement 1, signed by every root key, as a contact.
fn contact(
    new: &NewPublisher,
    roots: &[SecretKey],
    signers: &[SecretKey],
    recovery: &[SecretKey],
) -> Result<Contact, NewPublisherError> {
    let main = ["main".to_owned()];
    let channels = if new.channels.is_empty() {
        &main
    } else {
        new.channels.as_slice()
    };
    let signing = key_set(new.threshold, signers)?;
    let delegations = channels.iter().map(|channel| Delegation {
        channel: channel.clone(),
        epoch: 1,
        keys: signing.clone(),
        first: 1,
        last: LAST_NUMBER,
        days: None,
    });
    let names = new.names.iter().map(|(language, name)| {
        let sound = Name::new(language, name);
        sound.map_err(|_| NewPublisherError::Name(format!("{language}={name}")))
    });
    let mut names: Vec<Name> = names.collect::<Result<_, _>>()?;
    names.sort_by(|one, two| one.language.cmp(&two.language));
    let root = key_set(new.root_threshold, roots)?;
    let mut first = Statement::first(root, delegations.collect(), names);
    if !recovery.is_empty() {
        let keys = key_set(new.recovery_threshold, recovery)?;
        first.recovery = Some(recovery_commitment(&keys));
    }
    let bytes = first.encode()?;
    let signatures = roots
        .iter()
        .enumerate()
        .map(|(slot, key)| StatementSignature {
            set: Set::Own,
            slot: slot as u64,
            alg: ED25519,
            signature: key.sign(Namespace::Root, &bytes).to_vec(),
        });
    let signatures = signatures.collect();
    let own = Own {
        statements: vec![SignedStatement { bytes, signatures }],
        suspensions: Vec::new(),
    };
    Ok(Contact::of_own(&own.encode()?)?)
}

/// A suspension note for each signing key, while the root keys are at hand: later, when
/// one is needed, they may not be.
fn notes(
    contact: &Contact,
    roots: &[SecretKey],
    signers: &[SecretKey],
) -> Result<Vec<SignedSuspension>, NewPublisherError> {
    let own = Own::decode(&contact.own)?;
    let keys = signers.iter().map(SecretKey::public);
    let keys: Vec<PublicKey> = keys.collect::<Result<_, _>>()?;
    let mut draft = Draft::of_notes(&own, &keys)?;
    for root in roots {
        draft.sign(root)?;
    }
    Ok(draft.finish()?.notes)
}

/// Public keys, a line of hex digits each: what `varaq publisher recover` reveals.
fn public_lines(keys: &[SecretKey]) -> Result<String, KeyError> {
    let mut text = String::new();
    for key in keys {
        for byte in key.public()?.bytes() {
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\n');
    }
    Ok(text)
}
