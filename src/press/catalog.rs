//! The signature of a catalogue of bundles (FORMAT.md section 8.3).
//!
//! In: a signer's key and the bytes of a list. Out: OpenSSH's armor, in a namespace of its
//! own, so that it can stand in for no signature over an issue.

use crate::keys::{Role, SecretKey};
use varaq_trust::{KeyError, Namespace, sshsig};

/// Why a catalogue was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignCatalogError {
    /// Root and recovery keys stay in their drawer.
    #[error("this is a {0} key; catalogues are signed with a signer's key")]
    NotASigner(Role),
    /// The key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// OpenSSH knows no such key.
    #[error("ssh-keygen knows no key of this kind")]
    Kind,
}

/// Signs the bytes of a catalogue. A publisher's signing key is as good as a distributor's
/// own: whoever checks says whose signature is expected.
///
/// # Errors
/// See [`SignCatalogError`].
pub fn sign_catalog(key: &SecretKey, bytes: &[u8]) -> Result<String, SignCatalogError> {
    if key.role() != Role::Signer {
        return Err(SignCatalogError::NotASigner(key.role()));
    }
    let signature = key.sign(Namespace::Catalog, bytes);
    let armor = sshsig::armor(Namespace::Catalog, &key.public()?, &signature);
    armor.ok_or(SignCatalogError::Kind)
}
