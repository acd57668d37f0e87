//! BLAKE3, plain and derived (FORMAT.md section 2).

use std::fmt;

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

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
