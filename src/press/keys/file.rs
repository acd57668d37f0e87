//! Key files.
//!
//! Text, so that a person can see what it is and print it:
//! ```text
//! varaq key 1
//! role signer
//! public <64 hex digits>
//! argon2id m=262144 t=3 p=1 salt=<base64>
//! xchacha20poly1305 nonce=<base64>
//! secret <base64>
//! ```
//! Everything above `secret` is authenticated with it. Without a passphrase the two
//! lines in the middle read `unprotected`. The cost of unwrapping is bounded before it is
//! paid: a file found on a stick must not be able to ask for 64 GiB.

use super::secret::{Role, SecretKey};
use crate::disk;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64ct::{Base64, Encoding};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::Path;
use varaq_storage::{Access, Storage};
use varaq_trust::{KeyError, PublicKey};
use zeroize::Zeroizing;

const HEADER: &str = "varaq key 1";
const UNPROTECTED: &str = "unprotected";
/// Longest key file.
const MAX_BYTES: u64 = 4_096;
const SALT: usize = 16;
const NONCE: usize = 24;
/// Most memory that a key file may ask for: 1 GiB.
const MAX_MEMORY_KIB: u32 = 1 << 20;
/// Most passes, at that much memory some ten seconds.
const MAX_PASSES: u32 = 16;

/// What guessing a passphrase costs, each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Memory in KiB, 64 … 1,048,576.
    pub memory_kib: u32,
    /// Passes over it, 1 … 16.
    pub passes: u32,
}

impl Default for Stretch {
    /// 256 MiB, three times: a second on an old PC, dear for a guesser.
    fn default() -> Stretch {
        Stretch {
            memory_kib: 262_144,
            passes: 3,
        }
    }
}

/// Why a key file cannot be read, or its key not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read.
    #[error("cannot read the key file")]
    Io(#[from] io::Error),
    /// The file cannot be written.
    #[error("cannot write the key file")]
    Write(#[source] io::Error),
    /// It is another kind of file.
    #[error("expected a key file, which begins with `varaq key 1`")]
    Header,
    /// A line is not understood.
    #[error("line {line} of the key file: {what}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
    /// Unwrapping would cost more than any key of ours does.
    #[error("the key file asks for {memory_kib} KiB and {passes} passes, which is too much")]
    TooDear {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes.
        passes: u32,
    },
    /// A passphrase is needed.
    #[error("the key needs its passphrase")]
    PassphraseNeeded,
    /// The passphrase is another one, or the file was changed.
    #[error("wrong passphrase, or a damaged key file")]
    WrongPassphrase,
    /// The machine has not enough memory to unwrap it.
    #[error("not enough memory to unwrap the key: {memory_kib} KiB are needed")]
    Memory {
        /// Memory in KiB.
        memory_kib: u32,
    },
    /// The public key is not sound, or not that of the secret.
    #[error("the public key in the file is not that of its secret")]
    NotItsPublicKey,
    /// The public key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The system gave no randomness.
    #[error("the system gives no random numbers: {0}")]
    Random(getrandom::Error),
}

impl From<getrandom::Error> for KeyFileError {
    fn from(error: getrandom::Error) -> KeyFileError {
        KeyFileError::Random(error)
    }
}

/// How the secret is kept.
enum Wrapping {
    Unprotected(Zeroizing<Vec<u8>>),
    Passphrase {
        stretch: Stretch,
        salt: [u8; SALT],
        nonce: [u8; NONCE],
        sealed: Vec<u8>,
    },
}

/// A key file that was read; its secret is still locked.
pub struct KeyFile {
    role: Role,
    public: PublicKey,
    /// Everything above the line `secret`.
    head: String,
    wrapping: Wrapping,
}

impl KeyFile {
    /// The text of a key file for `key`.
    ///
    /// # Errors
    /// If there is no randomness or not enough memory.
    pub fn write(
        key: &SecretKey,
        passphrase: Option<&str>,
        stretch: Stretch,
    ) -> Result<Zeroizing<String>, KeyFileError> {
        let public = key.public()?;
        let mut text = Zeroizing::new(String::new());
        let _ = write!(text, "{HEADER}\nrole {}\npublic ", key.role());
        for byte in public.bytes() {
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\n');
        let seed = key.seed();
        let secret = match passphrase {
            None => {
                let _ = writeln!(text, "{UNPROTECTED}");
                Zeroizing::new(Base64::encode_string(seed.as_slice()))
            }
            Some(passphrase) => {
                let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
                getrandom::fill(&mut salt)?;
                getrandom::fill(&mut nonce)?;
                let _ = write!(
                    text,
                    "argon2id m={} t={} p=1 salt={}\nxchacha20poly1305 nonce={}\n",
                    stretch.memory_kib,
                    stretch.passes,
                    Base64::encode_string(&salt),
                    Base64::encode_string(&nonce)
                );
                let cipher = cipher(passphrase, &salt, stretch)?;
                let payload = Payload {
                    msg: seed.as_slice(),
                    aad: text.as_bytes(),
                };
                let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
                let sealed = sealed.map_err(|_| KeyFileError::WrongPassphrase)?;
                Zeroizing::new(Base64::encode_string(&sealed))
            }
        };
        let _ = writeln!(text, "secret {}", secret.as_str());
        Ok(text)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// If it cannot be read or is no key file.
    pub fn read(storage: &dyn Storage, path: &Path) -> Result<KeyFile, KeyFileError> {
        let mut text = Zeroizing::new(String::new());
        let file = storage.open(path)?;
        let read = file.take(MAX_BYTES + 1).read_to_string(&mut text);
        match read {
            Ok(_) => KeyFile::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyFileError::Header),
            Err(error) => Err(error.into()),
        }
    }

    /// Parses the text of a key file.
    ///
    /// # Errors
    /// If it is no key file, or asks for too much.
    pub fn parse(text: &str) -> Result<KeyFile, KeyFileError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = Zeroizing::new(text.replace('\r', ""));
        let mut lines = Lines {
            all: text.lines().collect(),
            at: 0,
        };
        if text.len() as u64 > MAX_BYTES || lines.next() != HEADER {
            return Err(KeyFileError::Header);
        }
        let role = lines.next().strip_prefix("role ");
        let role = role.and_then(|role| role.parse().ok());
        let role = role
            .ok_or_else(|| lines.fault("expected `role root`, `role signer` or `role recovery`"))?;
        let public = lines.next().strip_prefix("public ").and_then(hex_32);
        let public = public.ok_or_else(|| lines.fault("expected `public` and 64 hex digits"))?;
        let public = PublicKey::ed25519(&public)?;
        let protection = lines.next();
        let stretched = if protection == UNPROTECTED {
            None
        } else {
            let stretch = stretch_line(protection);
            let (stretch, salt) =
                stretch.ok_or_else(|| lines.fault("expected `argon2id` or `unprotected`"))?;
            check(stretch)?;
            let nonce = lines.next().strip_prefix("xchacha20poly1305 nonce=");
            let nonce = nonce.and_then(fixed::<NONCE>);
            let nonce =
                nonce.ok_or_else(|| lines.fault("expected `xchacha20poly1305` and a nonce"))?;
            Some((stretch, salt, nonce))
        };
        let secret = lines.next().strip_prefix("secret ");
        let secret = secret.and_then(|secret| Base64::decode_vec(secret).ok());
        let secret = secret.ok_or_else(|| lines.fault("expected `secret` and base64"))?;
        let secret = Zeroizing::new(secret);
        let body = lines.at - 1;
        if lines
            .all
            .get(lines.at..)
            .unwrap_or_default()
            .iter()
            .any(|line| !line.is_empty())
        {
            lines.at += 1;
            return Err(lines.fault("expected nothing more"));
        }
        let mut head = lines.all.get(..body).unwrap_or_default().join("\n");
        head.push('\n');
        let expected = if stretched.is_some() { 48 } else { 32 };
        if secret.len() != expected {
            return Err(lines.fault("the secret has another length than a key"));
        }
        let wrapping = match stretched {
            None => Wrapping::Unprotected(secret),
            Some((stretch, salt, nonce)) => Wrapping::Passphrase {
                stretch,
                salt,
                nonce,
                sealed: secret.to_vec(),
            },
        };
        Ok(KeyFile {
            role,
            public,
            head,
            wrapping,
        })
    }

    /// What the key is for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The public key, as the file says.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// True if a passphrase is needed.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        matches!(self.wrapping, Wrapping::Passphrase { .. })
    }

    /// The key itself.
    ///
    /// # Errors
    /// If the passphrase is wrong or missing, or the file was changed.
    pub fn unlock(&self, passphrase: Option<&str>) -> Result<SecretKey, KeyFileError> {
        let seed = match &self.wrapping {
            Wrapping::Unprotected(seed) => seed.clone(),
            Wrapping::Passphrase {
                stretch,
                salt,
                nonce,
                sealed,
            } => {
                let passphrase = passphrase.ok_or(KeyFileError::PassphraseNeeded)?;
                let cipher = cipher(passphrase, salt, *stretch)?;
                let payload = Payload {
                    msg: sealed,
                    aad: self.head.as_bytes(),
                };
                let opened = cipher.decrypt(&XNonce::from(*nonce), payload);
                Zeroizing::new(opened.map_err(|_| KeyFileError::WrongPassphrase)?)
            }
        };
        let seed: Zeroizing<[u8; 32]> = Zeroizing::new(
            seed.as_slice()
                .try_into()
                .map_err(|_| KeyFileError::NotItsPublicKey)?,
        );
        let key = SecretKey::from_seed(self.role, &seed);
        if key.public()? != self.public {
            return Err(KeyFileError::NotItsPublicKey);
        }
        Ok(key)
    }
}

/// Writes a key into a file that is not there yet and that only its owner may read.
///
/// # Errors
/// If the file is there, the disk fails, or the key cannot be wrapped.
pub fn write_key(
    storage: &dyn Storage,
    path: &Path,
    key: &SecretKey,
    passphrase: Option<&str>,
) -> Result<(), KeyFileError> {
    let text = KeyFile::write(key, passphrase, Stretch::default())?;
    disk::write_new(storage, path, text.as_bytes(), Access::Owner).map_err(KeyFileError::Write)
}

impl std::fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyFile({}, {:?})", self.role, self.public)
    }
}

struct Lines<'t> {
    all: Vec<&'t str>,
    at: usize,
}

impl<'t> Lines<'t> {
    fn next(&mut self) -> &'t str {
        let line = self.all.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        line.trim_end()
    }

    fn fault(&self, what: &'static str) -> KeyFileError {
        KeyFileError::Line {
            line: self.at,
            what,
        }
    }
}

fn stretch_line(line: &str) -> Option<(Stretch, [u8; SALT])> {
    let mut fields = line.strip_prefix("argon2id ")?.split(' ');
    let memory_kib = fields.next()?.strip_prefix("m=")?.parse().ok()?;
    let passes = fields.next()?.strip_prefix("t=")?.parse().ok()?;
    if fields.next()? != "p=1" {
        return None;
    }
    let salt = fields.next()?.strip_prefix("salt=").and_then(fixed)?;
    fields
        .next()
        .is_none()
        .then_some((Stretch { memory_kib, passes }, salt))
}

fn check(stretch: Stretch) -> Result<(), KeyFileError> {
    let Stretch { memory_kib, passes } = stretch;
    if (64..=MAX_MEMORY_KIB).contains(&memory_kib) && (1..=MAX_PASSES).contains(&passes) {
        Ok(())
    } else {
        Err(KeyFileError::TooDear { memory_kib, passes })
    }
}

fn fixed<const N: usize>(text: &str) -> Option<[u8; N]> {
    Base64::decode_vec(text).ok()?.try_into().ok()
}

fn hex_32(text: &str) -> Option<[u8; 32]> {
    let hash: varaq_bundle::Hash = text.parse().ok()?;
    Some(hash.0)
}

fn cipher(
    passphrase: &str,
    salt: &[u8; SALT],
    stretch: Stretch,
) -> Result<XChaCha20Poly1305, KeyFileError> {
    check(stretch)?;
    let memory_kib = stretch.memory_kib;
    let short = |_| KeyFileError::Memory { memory_kib };
    let params = Params::new(memory_kib, stretch.passes, 1, Some(32)).map_err(short)?;
    // Reserved by hand: too little memory must be an error, not the end of the program.
    let mut memory = Vec::new();
    let reserved = memory.try_reserve_exact(params.block_count());
    reserved.map_err(|_| KeyFileError::Memory { memory_kib })?;
    memory.resize(params.block_count(), Block::default());
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(
            passphrase.as_bytes(),
            salt,
            key.as_mut_slice(),
            &mut memory,
        )
        .map_err(short)?;
    Ok(XChaCha20Poly1305::new(&Key::from(*key)))
}
