//! The head: the sections before the body, as they are in the file (FORMAT.md section 1).

use crate::{Context, Hash, MAJOR, Prefix};

/// The raw bytes of each section of the head. Nothing in here is decoded yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The first 64 bytes.
    pub prefix: Prefix,
    /// The signed bytes.
    pub manifest: Vec<u8>,
    /// SIGNATURES; empty in an unsigned draft.
    pub signatures: Vec<u8>,
    /// The publisher's own statements.
    pub own: Vec<u8>,
    /// RUNS.
    pub runs: Vec<u8>,
    /// NOTES.
    pub notes: Vec<u8>,
}

impl Head {
    /// Puts sections together, with lengths and hint that fit them.
    #[must_use]
    pub fn new(
        body_at: u64,
        manifest: Vec<u8>,
        signatures: Vec<u8>,
        own: Vec<u8>,
        runs: Vec<u8>,
        notes: Vec<u8>,
    ) -> Head {
        let prefix = Prefix {
            major: MAJOR,
            body_at,
            manifest_len: len(&manifest),
            signatures_len: len(&signatures),
            own_len: len(&own),
            runs_len: len(&runs),
            notes_len: len(&notes),
            hint: [0; 16],
        };
        let mut head = Head {
            prefix,
            manifest,
            signatures,
            own,
            runs,
            notes,
        };
        head.prefix.hint = head.hint();
        head
    }

    /// True if the hint is that of PREFIX, MANIFEST, SIGNATURES and OWN.
    ///
    /// It decides nothing: it only tells "damaged" from "altered or forged".
    #[must_use]
    pub fn hint_matches(&self) -> bool {
        self.prefix.hint == self.hint()
    }

    /// The manifest id.
    #[must_use]
    pub fn manifest_id(&self) -> Hash {
        Hash::derived(Context::ManifestId, &self.manifest)
    }

    /// The sections one after another, without SLACK: a head copy.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let sections = [
            &self.prefix.encode()[..],
            &self.manifest,
            &self.signatures,
            &self.own,
            &self.runs,
            &self.notes,
        ];
        sections.concat()
    }

    fn hint(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(
            self.prefix
                .encode()
                .get(..Prefix::HINTED)
                .unwrap_or_default(),
        );
        hasher
            .update(&self.manifest)
            .update(&self.signatures)
            .update(&self.own);
        hasher
            .finalize()
            .as_bytes()
            .first_chunk()
            .copied()
            .unwrap_or_default()
    }
}

/// Sections are built in memory and checked against `Limits` when they are read; a length
/// beyond 32 bits cannot be written down, and reads as too long.
fn len(section: &[u8]) -> u32 {
    u32::try_from(section.len()).unwrap_or(u32::MAX)
}
