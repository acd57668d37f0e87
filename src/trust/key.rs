//! Public keys and the sets they form (FORMAT.md section 3).
//!
//! In: bytes from a file. Out: a key that is safe to verify with, or a set in which
//! one person cannot count twice. What can go wrong is a [`KeyError`].

use ed25519_dalek::{Signature, VerifyingKey};
use std::collections::BTreeSet;
use std::fmt;
use varaq_bundle::ED25519;
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Most keys in a set, and so most slots.
pub const MAX_KEYS: usize = 16;

/// Longest key of an algorithm that this version does not know, in bytes.
pub const MAX_KEY_BYTES: usize = 4_096;

/// Longest signature of an algorithm that this version does not know, in bytes.
pub const MAX_SIGNATURE_BYTES: usize = 8_192;

/// Why bytes are not a key, or keys not a set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// An Ed25519 key has 32 bytes; another one 1 to 4,096.
    #[error("a key of algorithm {alg} cannot have {found} bytes")]
    Length {
        /// The algorithm.
        alg: u64,
        /// Number of bytes found.
        found: usize,
    },
    /// The bytes are no point of the curve.
    #[error("key is not a point of the curve")]
    NotAPoint,
    /// The point has another, shorter way to be written: two keys that look
    /// different would be one.
    #[error("key is not in its canonical form")]
    NotCanonical,
    /// The point has a part of small order (the identity included): signatures
    /// exist that some verifiers accept under it for several messages.
    #[error("key has a part of small order")]
    SmallOrder,
    /// A threshold outside 1 … number of keys: 0 would let everybody sign, more
    /// than all could never be reached.
    #[error("expected a threshold of 1 to {keys}, found {threshold}")]
    Threshold {
        /// The threshold found.
        threshold: u64,
        /// Number of keys in the set.
        keys: usize,
    },
    /// A set has 1 to 16 keys.
    #[error("expected 1 to 16 keys, found {0}")]
    Count(usize),
    /// The same key stands in a set twice and would count twice.
    #[error("a key stands in the set twice")]
    Duplicate,
    /// The bytes are not the one encoding of a key or key set.
    #[error(transparent)]
    Cbor(#[from] CborError),
}

/// A public key: an algorithm and its bytes.
///
/// An Ed25519 key is checked when it is made: canonical encoding, torsion-free, not
/// the identity. Keys of algorithms that this version does not know are carried
/// along, so that later ones can be introduced, but they verify nothing.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey {
    alg: u64,
    bytes: Vec<u8>,
}

impl PublicKey {
    /// A key of `alg` from its bytes.
    ///
    /// # Errors
    /// If `alg` is known and the bytes are no sound key of it, or the length is
    /// out of range.
    pub fn new(alg: u64, bytes: &[u8]) -> Result<PublicKey, KeyError> {
        let length = KeyError::Length {
            alg,
            found: bytes.len(),
        };
        if alg == ED25519 {
            let bytes: &[u8; 32] = bytes.try_into().map_err(|_| length)?;
            sound_point(bytes)?;
        } else if bytes.is_empty() || bytes.len() > MAX_KEY_BYTES {
            return Err(length);
        }
        Ok(PublicKey {
            alg,
            bytes: bytes.to_vec(),
        })
    }

    /// An Ed25519 key.
    ///
    /// # Errors
    /// If the point is not canonical, torsion-free and other than the identity.
    pub fn ed25519(bytes: &[u8; 32]) -> Result<PublicKey, KeyError> {
        PublicKey::new(ED25519, bytes)
    }

    /// The algorithm: 1 = Ed25519.
    #[must_use]
    pub fn alg(&self) -> u64 {
        self.alg
    }

    /// The bytes as they stand in a statement.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The 32 bytes of an Ed25519 key; none for another algorithm.
    #[must_use]
    pub fn as_ed25519(&self) -> Option<&[u8; 32]> {
        (self.alg == ED25519)
            .then(|| self.bytes.as_slice().try_into().ok())
            .flatten()
    }

    /// True if this version can verify signatures of the key.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.alg == ED25519
    }

    /// True if `signature` is this key's over `message`, strictly: S below the group
    /// order, canonical R of large order, the equation without cofactor.
    ///
    /// `message` is taken as it is. What Varaq signs goes through
    /// [`sshsig::preimage`](crate::sshsig::preimage) first.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let Some(bytes) = self.as_ed25519() else {
            return false;
        };
        let (Ok(key), Ok(signature)) = (
            VerifyingKey::from_bytes(bytes),
            Signature::from_slice(signature),
        ) else {
            return false;
        };
        key.verify_strict(message, &signature).is_ok()
    }

    /// Reads `[alg, bytes]`.
    ///
    /// # Errors
    /// If it is not there, or no sound key.
    pub fn read(reader: &mut Reader<'_>) -> Result<PublicKey, KeyError> {
        reader.array_of(2)?;
        let alg = reader.uint()?;
        PublicKey::new(alg, reader.bytes()?)
    }

    /// Writes `[alg, bytes]`.
    pub fn write(&self, writer: &mut Writer) {
        writer.array(2).uint(self.alg).bytes(&self.bytes);
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({}, ", self.alg)?;
        crate::id::write_hex(f, &self.bytes)?;
        f.write_str(")")
    }
}

/// Refuses every point under which "signed by this key" could mean two things.
///
/// `verify_strict` alone still accepts keys of mixed order (case 3 of
/// ed25519-speccheck), so the key is checked where it enters.
fn sound_point(bytes: &[u8; 32]) -> Result<(), KeyError> {
    let point = VerifyingKey::from_bytes(bytes)
        .map_err(|_| KeyError::NotAPoint)?
        .to_edwards();
    if point.compress().as_bytes() != bytes {
        return Err(KeyError::NotCanonical);
    }
    if point.is_small_order() || !point.is_torsion_free() {
        return Err(KeyError::SmallOrder);
    }
    Ok(())
}

/// Distinct keys, of which `threshold` must sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySet {
    threshold: u64,
    keys: Vec<PublicKey>,
}

impl KeySet {
    /// A set: 1 ≤ threshold ≤ number of keys ≤ 16, keys distinct.
    ///
    /// # Errors
    /// If one of these does not hold.
    pub fn new(threshold: u64, keys: Vec<PublicKey>) -> Result<KeySet, KeyError> {
        if keys.is_empty() || keys.len() > MAX_KEYS {
            return Err(KeyError::Count(keys.len()));
        }
        if threshold == 0 || threshold > keys.len() as u64 {
            return Err(KeyError::Threshold {
                threshold,
                keys: keys.len(),
            });
        }
        if keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
            return Err(KeyError::Duplicate);
        }
        Ok(KeySet { threshold, keys })
    }

    /// How many keys must sign: 1 … 16.
    #[must_use]
    pub fn threshold(&self) -> usize {
        // Never above 16: `new` saw to it.
        usize::try_from(self.threshold).unwrap_or(usize::MAX)
    }

    /// The keys; the position of a key is its slot.
    #[must_use]
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// The key of a slot.
    #[must_use]
    pub fn key(&self, slot: u64) -> Option<&PublicKey> {
        self.keys.get(usize::try_from(slot).ok()?)
    }

    /// The slot of a key.
    #[must_use]
    pub fn slot(&self, key: &PublicKey) -> Option<u64> {
        let slot = self.keys.iter().position(|other| other == key)?;
        u64::try_from(slot).ok()
    }

    /// Reads `[threshold, [key, …]]`.
    ///
    /// # Errors
    /// If it is not there, or no sound set.
    pub fn read(reader: &mut Reader<'_>) -> Result<KeySet, KeyError> {
        reader.array_of(2)?;
        let threshold = reader.uint()?;
        let count = reader.array()?;
        if count > MAX_KEYS {
            return Err(KeyError::Count(count));
        }
        let keys = (0..count)
            .map(|_| PublicKey::read(reader))
            .collect::<Result<_, _>>()?;
        KeySet::new(threshold, keys)
    }

    /// Writes `[threshold, [key, …]]`.
    pub fn write(&self, writer: &mut Writer) {
        writer.array(2).uint(self.threshold).array(self.keys.len());
        for key in &self.keys {
            key.write(writer);
        }
    }

    /// The set's one encoding: what a recovery commitment is made over.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_bytes()
    }

    /// The set from its encoding.
    ///
    /// # Errors
    /// If the bytes are not the one encoding of a sound set.
    pub fn decode(bytes: &[u8]) -> Result<KeySet, KeyError> {
        let mut reader = Reader::new(bytes, DEPTH);
        let set = KeySet::read(&mut reader)?;
        reader.finish()?;
        Ok(set)
    }
}
