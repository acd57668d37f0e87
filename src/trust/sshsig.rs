//! What is signed, and how it looks to stock OpenSSH (FORMAT.md section 3).
//!
//! Varaq signs the preimage of OpenSSH's PROTOCOL.sshsig. The namespace in it keeps
//! a signature of one kind from standing in for another, and `ssh-keygen -Y verify`
//! checks an exported manifest without our program.

use crate::{KeyError, PublicKey};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha512};
use std::fmt;

const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const KEY_TYPE: &[u8] = b"ssh-ed25519";
const HASH: &[u8] = b"sha512";
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
/// As `ssh-keygen` breaks its lines.
const LINE_CHARS: usize = 70;
/// An armored Ed25519 signature has some 300 characters; anything far longer is none.
pub const MAX_ARMOR_BYTES: usize = 16_384;

/// What a signature is for. One made for one namespace is worth nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Namespace {
    /// An issue's manifest.
    Manifest,
    /// A root statement.
    Root,
    /// A recovery statement.
    Recovery,
    /// A suspension.
    Suspend,
    /// A whole file.
    File,
    /// A catalogue of bundles, and its Metalink.
    Catalog,
}

impl Namespace {
    /// Every namespace there is.
    pub const ALL: [Namespace; 6] = [
        Namespace::Manifest,
        Namespace::Root,
        Namespace::Recovery,
        Namespace::Suspend,
        Namespace::File,
        Namespace::Catalog,
    ];

    /// The name as it is signed and given to `ssh-keygen -n`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Namespace::Manifest => "varaq-manifest-v1",
            Namespace::Root => "varaq-root-v1",
            Namespace::Recovery => "varaq-recovery-v1",
            Namespace::Suspend => "varaq-suspend-v1",
            Namespace::File => "varaq-file-v1",
            Namespace::Catalog => "varaq-catalog-v1",
        }
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The bytes that a key signs for `bytes`.
#[must_use]
pub fn preimage(namespace: Namespace, bytes: &[u8]) -> Vec<u8> {
    preimage_of_digest(namespace, &Sha512::digest(bytes).into())
}

/// The same from a SHA-512 made elsewhere: for a whole file too large for memory.
#[must_use]
pub fn preimage_of_digest(namespace: Namespace, digest: &[u8; 64]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    string(&mut out, namespace.as_str().as_bytes());
    string(&mut out, b"");
    string(&mut out, HASH);
    string(&mut out, digest);
    out
}

/// SHA-512 of a file too large for memory, taken in as it is read.
#[derive(Clone, Debug, Default)]
pub struct FileDigest(Sha512);

impl FileDigest {
    /// Nothing was read yet.
    #[must_use]
    pub fn new() -> FileDigest {
        FileDigest::default()
    }

    /// Takes in the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all of them, for [`preimage_of_digest`].
    #[must_use]
    pub fn finish(self) -> [u8; 64] {
        self.0.finalize().into()
    }
}

/// True if `signature` is `key`'s over `bytes` in that namespace.
#[must_use]
pub fn verifies(namespace: Namespace, bytes: &[u8], key: &PublicKey, signature: &[u8]) -> bool {
    key.verifies(&preimage(namespace, bytes), signature)
}

/// The signature as a file for `ssh-keygen -Y verify -s`; none for a key that OpenSSH
/// cannot know.
#[must_use]
pub fn armor(namespace: Namespace, key: &PublicKey, signature: &[u8; 64]) -> Option<String> {
    let mut blob = MAGIC.to_vec();
    blob.extend_from_slice(&VERSION.to_be_bytes());
    string(&mut blob, &key_blob(key)?);
    string(&mut blob, namespace.as_str().as_bytes());
    string(&mut blob, b"");
    string(&mut blob, HASH);
    let mut inner = Vec::new();
    string(&mut inner, KEY_TYPE);
    string(&mut inner, signature);
    string(&mut blob, &inner);

    let mut text = format!("{BEGIN}\n");
    for (at, c) in Base64::encode_string(&blob).chars().enumerate() {
        if at > 0 && at % LINE_CHARS == 0 {
            text.push('\n');
        }
        text.push(c);
    }
    text.push('\n');
    text.push_str(END);
    text.push('\n');
    Some(text)
}

/// A line for the file that `ssh-keygen -Y verify -f` reads; none for a key that
/// OpenSSH cannot know. Letters of `principal` that would end or quote the field are
/// replaced by `_`.
#[must_use]
pub fn allowed_signers_line(
    principal: &str,
    namespace: Namespace,
    key: &PublicKey,
) -> Option<String> {
    let plain = |c: char| match c {
        c if c.is_ascii_alphanumeric() => c,
        '-' | '.' | '@' => c,
        _ => '_',
    };
    let principal: String = principal.chars().map(plain).collect();
    let key = Base64::encode_string(&key_blob(key)?);
    Some(format!(
        "{principal} namespaces=\"{namespace}\" ssh-ed25519 {key}\n"
    ))
}

/// Why a text is no signature that we can check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArmorError {
    /// The frame of dashes or the base64 in it is broken.
    #[error("not an armored ssh signature")]
    NotArmor,
    /// The blob is cut short, too long, or of another version.
    #[error("ssh signature is malformed")]
    Malformed,
    /// A namespace that Varaq does not use.
    #[error("expected a varaq namespace, found {0:?}")]
    Namespace(String),
    /// Another hash than SHA-512, or another key type than Ed25519.
    #[error("expected ssh-ed25519 with sha512")]
    Algorithm,
    /// The key inside is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A signature read from OpenSSH's armor. Not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Armored {
    /// What it claims to be for.
    pub namespace: Namespace,
    /// The key that it claims to be made with.
    pub key: PublicKey,
    /// The signature.
    pub signature: [u8; 64],
}

impl Armored {
    /// Reads what `ssh-keygen -Y sign` wrote.
    ///
    /// # Errors
    /// If it is anything else, or of an algorithm or namespace that we do not use.
    pub fn parse(text: &str) -> Result<Armored, ArmorError> {
        let blob = unarmor(text).ok_or(ArmorError::NotArmor)?;
        let mut rest = Blob(&blob);
        if rest.take(MAGIC.len()) != Some(MAGIC) || rest.number() != Some(VERSION) {
            return Err(ArmorError::Malformed);
        }
        let mut field = || rest.string().ok_or(ArmorError::Malformed);
        let (key, namespace, _reserved, hash, signature) =
            (field()?, field()?, field()?, field()?, field()?);
        if !rest.0.is_empty() {
            return Err(ArmorError::Malformed);
        }
        if hash != HASH {
            return Err(ArmorError::Algorithm);
        }
        let namespace = Namespace::ALL
            .into_iter()
            .find(|known| known.as_str().as_bytes() == namespace)
            .ok_or_else(|| {
                ArmorError::Namespace(String::from_utf8_lossy(namespace).into_owned())
            })?;
        Ok(Armored {
            namespace,
            key: PublicKey::ed25519(typed(key)?)?,
            signature: *typed(signature)?,
        })
    }

    /// True if the signature is the key's over `bytes`.
    #[must_use]
    pub fn verifies(&self, bytes: &[u8]) -> bool {
        verifies(self.namespace, bytes, &self.key, &self.signature)
    }

    /// True if the signature is the key's over a file with that SHA-512.
    #[must_use]
    pub fn verifies_digest(&self, digest: &[u8; 64]) -> bool {
        let preimage = preimage_of_digest(self.namespace, digest);
        self.key.verifies(&preimage, &self.signature)
    }
}

fn unarmor(text: &str) -> Option<Vec<u8>> {
    if text.len() > MAX_ARMOR_BYTES {
        return None;
    }
    let body = text
        .trim_end()
        .strip_prefix(BEGIN)?
        .strip_suffix(END)?
        .split_ascii_whitespace()
        .collect::<String>();
    Base64::decode_vec(&body).ok()
}

/// The `N` bytes of `str(ssh-ed25519) ‖ str(N bytes)`.
fn typed<const N: usize>(blob: &[u8]) -> Result<&[u8; N], ArmorError> {
    let mut rest = Blob(blob);
    if rest.string().ok_or(ArmorError::Malformed)? != KEY_TYPE {
        return Err(ArmorError::Algorithm);
    }
    let value = rest.string().ok_or(ArmorError::Malformed)?;
    if !rest.0.is_empty() {
        return Err(ArmorError::Malformed);
    }
    value.try_into().map_err(|_| ArmorError::Malformed)
}

fn key_blob(key: &PublicKey) -> Option<Vec<u8>> {
    let mut blob = Vec::new();
    string(&mut blob, KEY_TYPE);
    string(&mut blob, key.as_ed25519()?);
    Some(blob)
}

/// SSH's string: a length and the bytes. Everything written here is far below 4 GiB.
fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(bytes);
}

/// What is left of an SSH blob.
struct Blob<'a>(&'a [u8]);

impl<'a> Blob<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        let len = usize::try_from(self.number()?).ok()?;
        self.take(len)
    }
}
