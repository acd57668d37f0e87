//! A secret key in memory.

use ed25519_dalek::{Signer, SigningKey};
use std::fmt;
use std::str::FromStr;
use varaq_trust::{KeyError, Namespace, PublicKey, sshsig};
use zeroize::Zeroizing;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Signs the publisher's statements; kept far away from daily work.
    Root,
    /// Signs issues.
    Signer,
    /// Signs the one statement that replaces lost or stolen root keys.
    Recovery,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Role::Root => "root",
            Role::Signer => "signer",
            Role::Recovery => "recovery",
        })
    }
}

impl FromStr for Role {
    type Err = ();

    fn from_str(text: &str) -> Result<Role, ()> {
        match text {
            "root" => Ok(Role::Root),
            "signer" => Ok(Role::Signer),
            "recovery" => Ok(Role::Recovery),
            _ => Err(()),
        }
    }
}

/// A secret key, ready to sign. Wiped when dropped; shows nothing of itself.
pub struct SecretKey {
    role: Role,
    key: SigningKey,
}

impl SecretKey {
    /// A new key from the system's randomness.
    ///
    /// # Errors
    /// If the system has none to give.
    pub fn generate(role: Role) -> Result<SecretKey, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice())?;
        Ok(SecretKey::from_seed(role, &seed))
    }

    pub(super) fn from_seed(role: Role, seed: &[u8; 32]) -> SecretKey {
        SecretKey {
            role,
            key: SigningKey::from_bytes(seed),
        }
    }

    pub(super) fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_bytes())
    }

    /// What it is for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The public key.
    ///
    /// # Errors
    /// Never for a key made here; a key file could hold a seed whose key is not sound.
    pub fn public(&self) -> Result<PublicKey, KeyError> {
        PublicKey::ed25519(&self.key.verifying_key().to_bytes())
    }

    /// The signature over `bytes` for one purpose.
    #[must_use]
    pub fn sign(&self, namespace: Namespace, bytes: &[u8]) -> [u8; 64] {
        self.key
            .sign(&sshsig::preimage(namespace, bytes))
            .to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.role)
    }
}
