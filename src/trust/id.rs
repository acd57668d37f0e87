//! Names that are hashes: of publishers, statements, manifests and recovery keys
//! (FORMAT.md section 2).

use std::fmt;
use std::str::FromStr;
use varaq_bundle::{Context, Hash};

/// Who a publisher is: the hash of the first root statement. It stays the same
/// through every change of keys and names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublisherId(pub [u8; 32]);

impl PublisherId {
    /// The id that root statement 1 gives to its publisher.
    #[must_use]
    pub fn of_statement(statement_1: &[u8]) -> PublisherId {
        Hash::derived(Context::PublisherId, statement_1).into()
    }
}

impl From<Hash> for PublisherId {
    fn from(hash: Hash) -> PublisherId {
        PublisherId(hash.0)
    }
}

impl From<PublisherId> for Hash {
    fn from(id: PublisherId) -> Hash {
        Hash(id.0)
    }
}

/// The id of a root statement: what the next one and each manifest name.
#[must_use]
pub fn statement_id(statement: &[u8]) -> Hash {
    Hash::derived(Context::StatementId, statement)
}

/// The commitment to a recovery key set that is still kept secret.
#[must_use]
pub fn recovery_commitment(keys: &crate::KeySet) -> Hash {
    Hash::derived(Context::Recovery, &keys.encode())
}

impl fmt::Display for PublisherId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for PublisherId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublisherId({self})")
    }
}

/// A text is no id: 64 hex digits were expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hex digits")]
pub struct NotAnId;

impl FromStr for PublisherId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<PublisherId, NotAnId> {
        hex_32(text).map(PublisherId).ok_or(NotAnId)
    }
}

/// Writes bytes in lower-case hex digits.
pub(crate) fn write_hex(f: &mut impl fmt::Write, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// 32 bytes from exactly 64 lower-case hex digits.
pub(crate) fn hex_32(text: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair
            .iter()
            .try_fold(0u8, |value, &digit| Some(value << 4 | nibble(digit)?))?;
    }
    Some(bytes)
}

/// Upper case is refused: one id, one way to write it, so that files compare.
fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        _ => None,
    }
}
