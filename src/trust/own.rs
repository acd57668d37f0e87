//! What a publisher says about itself, as it travels in every bundle (FORMAT.md
//! section 4): signed statements and signed suspensions.
//!
//! In: the bytes of OWN. Out: bytes and signatures, sorted as they must be, nothing
//! verified yet: that is [`Chain::verify`](crate::Chain::verify).

use crate::key::{MAX_KEYS, MAX_SIGNATURE_BYTES};
use crate::statement::list;
use crate::{KeyError, PublicKey, PublisherId};
use varaq_bundle::ED25519;
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Longest OWN in a bundle.
pub const MAX_OWN_BYTES: usize = 196_608;
/// Most statements of a publisher.
pub const MAX_STATEMENTS: usize = 256;
/// Most suspensions that travel with a publisher.
pub const MAX_SUSPENSIONS: usize = 64;

const ED25519_SIGNATURE_BYTES: usize = 64;

/// Why bytes are not OWN, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnError {
    /// Longer than OWN may be.
    #[error("expected at most 196608 bytes, found {0}")]
    TooLong(usize),
    /// The bytes are not its one encoding.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A key in a suspension is not sound.
    #[error(transparent)]
    Key(KeyError),
    /// Signatures are not sorted, or one place is signed twice.
    #[error("signatures are not strictly ascending")]
    Order,
    /// An entry of NOTES is of a kind that this version does not know.
    #[error("unknown kind of note")]
    UnknownNote,
    /// A signature's length does not fit its algorithm.
    #[error("a signature of algorithm {alg} cannot have {found} bytes")]
    SignatureLength {
        /// The algorithm.
        alg: u64,
        /// Number of bytes found.
        found: usize,
    },
}

impl From<KeyError> for OwnError {
    fn from(error: KeyError) -> OwnError {
        match error {
            KeyError::Cbor(error) => OwnError::Cbor(error),
            error => OwnError::Key(error),
        }
    }
}

/// Which keys sign a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Set {
    /// The root keys of the statement before.
    Before,
    /// The statement's own root keys.
    Own,
    /// The recovery keys that the statement reveals.
    Recovery,
}

impl Set {
    fn number(self) -> u64 {
        match self {
            Set::Before => 0,
            Set::Own => 1,
            Set::Recovery => 2,
        }
    }
}

/// One signature of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementSignature {
    /// Which keys.
    pub set: Set,
    /// Which of them: 0 … 15.
    pub slot: u64,
    /// 1 = Ed25519.
    pub alg: u64,
    /// 64 bytes; 1 … 8,192 of an algorithm that this version does not know.
    pub signature: Vec<u8>,
}

/// A statement's bytes and who signed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedStatement {
    /// [`Statement::encode`](crate::Statement::encode).
    pub bytes: Vec<u8>,
    /// Strictly ascending by (set, slot).
    pub signatures: Vec<StatementSignature>,
}

/// One signature of a suspension, by a root key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootSignature {
    /// Which root key: 0 … 15.
    pub slot: u64,
    /// 1 = Ed25519.
    pub alg: u64,
    /// 64 bytes; 1 … 8,192 of an algorithm that this version does not know.
    pub signature: Vec<u8>,
}

/// A suspension's bytes and who signed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedSuspension {
    /// [`Suspension::encode`].
    pub bytes: Vec<u8>,
    /// Strictly ascending by slot.
    pub signatures: Vec<RootSignature>,
}

/// "Do not count this key": signed when the key is delegated and kept by partners
/// abroad, so that stopping an arrested desk needs nobody there. It only takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Whose key.
    pub publisher: PublisherId,
    /// Generation of the statement whose root keys sign.
    pub generation: u16,
    /// Its version.
    pub version: u16,
    /// The key.
    pub key: PublicKey,
}

impl Suspension {
    /// The suspension's one encoding: what the root keys sign.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.array(4).uint(1).bytes(&self.publisher.0);
        out.array(2)
            .uint(self.generation.into())
            .uint(self.version.into());
        self.key.write(&mut out);
        out.into_bytes()
    }

    /// A suspension from its bytes.
    ///
    /// # Errors
    /// If they are not the one encoding of a suspension.
    pub fn decode(bytes: &[u8]) -> Result<Suspension, OwnError> {
        let mut reader = Reader::new(bytes, DEPTH);
        reader.array_of(4)?;
        reader.uint_in(1..=1, "format")?;
        let publisher = PublisherId(reader.fixed("publisher id")?);
        reader.array_of(2)?;
        let generation = reader.uint_in(0..=u64::from(u16::MAX), "generation")?;
        let version = reader.uint_in(1..=u64::from(u16::MAX), "version")?;
        let key = PublicKey::read(&mut reader)?;
        reader.finish()?;
        Ok(Suspension {
            publisher,
            // In range: read so two lines above.
            generation: u16::try_from(generation).unwrap_or_default(),
            version: u16::try_from(version).unwrap_or_default(),
            key,
        })
    }
}

/// A publisher's statements 1 … n and suspensions, as they stand in a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// In order.
    pub statements: Vec<SignedStatement>,
    /// In any order.
    pub suspensions: Vec<SignedSuspension>,
}

impl Own {
    /// The one encoding.
    ///
    /// # Errors
    /// If there are too many parts, or their signatures are not sorted.
    pub fn encode(&self) -> Result<Vec<u8>, OwnError> {
        let mut out = Writer::new();
        out.array(2).array(self.statements.len());
        for signed in &self.statements {
            signed.write(&mut out);
        }
        out.array(self.suspensions.len());
        for signed in &self.suspensions {
            signed.write(&mut out);
        }
        let bytes = out.into_bytes();
        Own::decode(&bytes)?;
        Ok(bytes)
    }

    /// OWN from its bytes.
    ///
    /// # Errors
    /// If they are not the one encoding of statements and suspensions.
    pub fn decode(bytes: &[u8]) -> Result<Own, OwnError> {
        if bytes.len() > MAX_OWN_BYTES {
            return Err(OwnError::TooLong(bytes.len()));
        }
        let mut reader = Reader::new(bytes, DEPTH);
        reader.array_of(2)?;
        let count = reader.array_in(1..=MAX_STATEMENTS, "statements")?;
        let statements = (0..count)
            .map(|_| SignedStatement::read(&mut reader))
            .collect::<Result<_, _>>()?;
        let suspensions = list(
            &mut reader,
            MAX_SUSPENSIONS,
            "suspensions",
            SignedSuspension::read,
        )?;
        reader.finish()?;
        Ok(Own {
            statements,
            suspensions,
        })
    }
}

impl SignedStatement {
    /// Writes `[bytes(statement), [[set, slot, alg, signature], …]]`.
    pub fn write(&self, out: &mut Writer) {
        out.array(2).bytes(&self.bytes).array(self.signatures.len());
        for one in &self.signatures {
            out.array(4).uint(one.set.number());
            out.uint(one.slot).uint(one.alg).bytes(&one.signature);
        }
    }

    /// Reads `[bytes(statement), [[set, slot, alg, signature], …]]`.
    ///
    /// # Errors
    /// If it is not there.
    pub fn read(reader: &mut Reader<'_>) -> Result<SignedStatement, OwnError> {
        reader.array_of(2)?;
        let bytes = reader.bytes()?.to_vec();
        let signatures: Vec<StatementSignature> =
            list(reader, 3 * MAX_KEYS, "signatures", |reader| {
                reader.array_of(4)?;
                let set = match reader.uint_in(0..=2, "set")? {
                    0 => Set::Before,
                    1 => Set::Own,
                    _ => Set::Recovery,
                };
                let (slot, alg, signature) = read_signature(reader)?;
                Ok::<_, OwnError>(StatementSignature {
                    set,
                    slot,
                    alg,
                    signature,
                })
            })?;
        ascending(signatures.iter().map(|one| (one.set, one.slot)))?;
        Ok(SignedStatement { bytes, signatures })
    }
}

impl SignedSuspension {
    /// Writes `[bytes(body), [[slot, alg, signature], …]]`.
    pub fn write(&self, out: &mut Writer) {
        out.array(2).bytes(&self.bytes).array(self.signatures.len());
        for one in &self.signatures {
            out.array(3)
                .uint(one.slot)
                .uint(one.alg)
                .bytes(&one.signature);
        }
    }

    /// Reads `[bytes(body), [[slot, alg, signature], …]]`.
    ///
    /// # Errors
    /// If it is not there.
    pub fn read(reader: &mut Reader<'_>) -> Result<SignedSuspension, OwnError> {
        reader.array_of(2)?;
        let bytes = reader.bytes()?.to_vec();
        let signatures: Vec<RootSignature> = list(reader, MAX_KEYS, "signatures", |reader| {
            reader.array_of(3)?;
            let (slot, alg, signature) = read_signature(reader)?;
            Ok::<_, OwnError>(RootSignature {
                slot,
                alg,
                signature,
            })
        })?;
        ascending(signatures.iter().map(|one| (Set::Own, one.slot)))?;
        Ok(SignedSuspension { bytes, signatures })
    }
}

/// Reads `slot, alg, signature`, with the length that belongs to the algorithm.
fn read_signature(reader: &mut Reader<'_>) -> Result<(u64, u64, Vec<u8>), OwnError> {
    let slot = reader.uint_in(0..=MAX_KEYS as u64 - 1, "slot")?;
    let alg = reader.uint()?;
    let signature = reader.bytes()?;
    let sound = if alg == ED25519 {
        signature.len() == ED25519_SIGNATURE_BYTES
    } else {
        (1..=MAX_SIGNATURE_BYTES).contains(&signature.len())
    };
    if !sound {
        return Err(OwnError::SignatureLength {
            alg,
            found: signature.len(),
        });
    }
    Ok((slot, alg, signature.to_vec()))
}

/// Nobody signs twice: a repeated place cannot even be written.
fn ascending(places: impl Iterator<Item = (Set, u64)> + Clone) -> Result<(), OwnError> {
    if places
        .clone()
        .zip(places.skip(1))
        .all(|(one, two)| one < two)
    {
        Ok(())
    } else {
        Err(OwnError::Order)
    }
}
