//! NOTES: what one publisher's bundle carries about others (FORMAT.md section 4.6).
//!
//! In: bytes that anybody could have written. Out: the entries that are well-formed; what
//! they prove is another question. An entry that does not fit is ignored: nothing here can
//! spoil the bundle that carries it.

use crate::statement::list;
use crate::{MAX_STATEMENTS, OwnError, PublisherId, SignedStatement, SignedSuspension};
use varaq_bundle::{Manifest, decode_signatures};
use varaq_cbor::{DEPTH, Reader, Writer};

/// Longest NOTES in a bundle.
pub const MAX_NOTES_BYTES: usize = 262_144;

/// One entry. The variants stand in the order in which they are written and read: a
/// suspension or a manifest may need the statements before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Statements that follow each other, the first of them of version `first`.
    Statements {
        /// Whose.
        publisher: PublisherId,
        /// Version of the first.
        first: u16,
        /// 1 … 256 of them.
        statements: Vec<SignedStatement>,
    },
    /// A suspension.
    Suspension {
        /// Whose.
        publisher: PublisherId,
        /// It, with the signatures of root keys.
        signed: SignedSuspension,
    },
    /// A manifest: that this issue was published.
    Manifest {
        /// MANIFEST.
        bytes: Vec<u8>,
        /// SIGNATURES.
        signatures: Vec<u8>,
    },
}

impl Note {
    /// 1, 2 or 3, as it is written.
    fn kind(&self) -> u64 {
        match self {
            Note::Statements { .. } => 1,
            Note::Suspension { .. } => 2,
            Note::Manifest { .. } => 3,
        }
    }

    /// The one encoding of an entry.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::new();
        match self {
            Note::Statements {
                publisher,
                first,
                statements,
            } => {
                out.array(4).uint(1).bytes(&publisher.0);
                out.uint((*first).into()).array(statements.len());
                for signed in statements {
                    signed.write(&mut out);
                }
            }
            Note::Suspension { publisher, signed } => {
                out.array(3).uint(2).bytes(&publisher.0);
                signed.write(&mut out);
            }
            Note::Manifest { bytes, signatures } => {
                out.array(3).uint(3).bytes(bytes).bytes(signatures);
            }
        }
        out.into_bytes()
    }

    /// An entry from its bytes.
    ///
    /// # Errors
    /// If they are not the one encoding of an entry.
    pub fn decode(entry: &[u8]) -> Result<Note, OwnError> {
        let mut reader = Reader::new(entry, DEPTH);
        let items = reader.array()?;
        let note = match (reader.uint()?, items) {
            (1, 4) => Note::read_statements(&mut reader)?,
            (2, 3) => Note::Suspension {
                publisher: PublisherId(reader.fixed("publisher id")?),
                signed: SignedSuspension::read(&mut reader)?,
            },
            (3, 3) => Note::Manifest {
                bytes: reader.bytes()?.to_vec(),
                signatures: reader.bytes()?.to_vec(),
            },
            _ => return Err(OwnError::UnknownNote),
        };
        reader.finish()?;
        Ok(note)
    }

    fn read_statements(reader: &mut Reader<'_>) -> Result<Note, OwnError> {
        let publisher = PublisherId(reader.fixed("publisher id")?);
        let first = reader.uint_in(1..=u64::from(u16::MAX), "first version")?;
        let statements = list(reader, MAX_STATEMENTS, "statements", SignedStatement::read)?;
        Ok(Note::Statements {
            publisher,
            first: u16::try_from(first).unwrap_or_default(),
            statements,
        })
    }

    /// How many signatures it takes to look at.
    pub(crate) fn checks(&self) -> usize {
        match self {
            Note::Statements { statements, .. } => {
                let signatures = statements.iter().map(|signed| signed.signatures.len());
                signatures.sum()
            }
            Note::Suspension { signed, .. } => signed.signatures.len(),
            Note::Manifest { signatures, .. } => {
                decode_signatures(signatures).map_or(0, |all| all.len())
            }
        }
    }
}

/// The entries of NOTES that are well-formed, in the order in which they are looked at.
#[must_use]
pub fn decode_notes(notes: &[u8]) -> Vec<Note> {
    let mut reader = Reader::new(notes, DEPTH);
    let Ok(entries) = reader.array() else {
        return Vec::new();
    };
    let entries = (0..entries).map_while(|_| reader.item().ok());
    let mut notes: Vec<_> = entries.filter_map(|one| Note::decode(one).ok()).collect();
    notes.sort_by_key(Note::kind);
    notes
}

/// NOTES of these entries: sorted, each once, as many as there is room for. The same entries
/// give the same bytes, so that they do not tell which way a copy went.
#[must_use]
pub fn encode_notes(notes: &[Note]) -> Vec<u8> {
    let mut entries: Vec<_> = notes.iter().map(|one| (one.kind(), one.encode())).collect();
    entries.sort();
    entries.dedup();
    let mut room = MAX_NOTES_BYTES.saturating_sub(9);
    entries.retain(|(_, entry)| {
        let left = room.checked_sub(entry.len());
        room = left.unwrap_or(room);
        left.is_some()
    });
    let mut out = Writer::new();
    out.array(entries.len());
    for (_, entry) in &entries {
        out.item(entry);
    }
    out.into_bytes()
}

impl Note {
    /// Whom it is about; none if its manifest is not one.
    #[must_use]
    pub fn publisher(&self) -> Option<PublisherId> {
        match self {
            Note::Statements { publisher, .. } | Note::Suspension { publisher, .. } => {
                Some(*publisher)
            }
            Note::Manifest { bytes, .. } => {
                let manifest = Manifest::decode(bytes).ok()?;
                Some(manifest.publisher.into())
            }
        }
    }
}
