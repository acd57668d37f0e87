//! BLAKE3, plain and derived (FORMAT.md section 2).

use std::{fmt, str};

/// 32 bytes of BLAKE3. Displayed as 64 hex digits, as `b3sum` prints them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

/// What a derived hash is over. Each has its own context string, so that bytes of one
/// kind can never stand in for bytes of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Root statement 1, without signatures: the publisher id.
    PublisherId,
    /// Any root statement.
    StatementId,
    /// MANIFEST.
    ManifestId,
    /// INDEX.
    Index,
    /// The entries of one page of TABLE.
    Page,
    /// A key set that is not yet revealed.
    Recovery,
}

impl Context {
    fn text(self) -> &'static str {
        match self {
            Context::PublisherId => "varaq 2026 publisher-id v1",
            Context::StatementId => "varaq 2026 statement-id v1",
            Context::ManifestId => "varaq 2026 manifest-id v1",
            Context::Index => "varaq 2026 index v1",
            Context::Page => "varaq 2026 page v1",
            Context::Recovery => "varaq 2026 recovery v1",
        }
    }
}

impl Hash {
    /// Plain BLAKE3 of `bytes`: the hash of a piece.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(*blake3::hash(bytes).as_bytes())
    }

    /// BLAKE3 of `bytes` in its derive-key mode.
    #[must_use]
    pub fn derived(context: Context, bytes: &[u8]) -> Hash {
        Hash(blake3::derive_key(context.text(), bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Sixty-four hex digits, as [`Hash`] is displayed.
impl str::FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Hash, NotAHash> {
        let (digits, rest) = text.as_bytes().as_chunks::<2>();
        let mut bytes = [0; 32];
        if digits.len() != bytes.len() || !rest.is_empty() {
            return Err(NotAHash);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits) {
            let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
            let value = high.zip(low).map(|(high, low)| high * 16 + low);
            *byte = value.and_then(|v| u8::try_from(v).ok()).ok_or(NotAHash)?;
        }
        Ok(Hash(bytes))
    }
}

/// A text is not a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hex digits")]
pub struct NotAHash;

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
