//! The letters of a suspension note that is read out (FORMAT.md section 6.2).
//!
//! In: letters in any grouping, case and digit script. Out: short hints of publisher,
//! statement and key, and whole signatures. The suspended body is not in it: the receiver's
//! chain knows every key and statement, and the signature fits one of them only.

use super::{NoteError, NoteRefused};
use crate::code::is_separator;
use crate::digits;
use crate::key::MAX_KEYS;
use crate::{Chain, PublicKey, RootSignature, SignedSuspension, Suspension};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use varaq_bundle::{ED25519, Hash};

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a group: seven that carry and one that checks.
const GROUP: usize = 8;
const FORM: u8 = 1;
const PUBLISHER: usize = 3;
const KEY: usize = 2;
const SIGNATURE: usize = 64;
const CHECK: usize = 2;
/// Form and number of signatures, publisher, statement, key.
const HEAD: usize = 1 + PUBLISHER + 1 + KEY;

/// A note as it is read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompactNote {
    publisher: [u8; PUBLISHER],
    /// Version of the statement whose root keys signed, 1 … 256.
    version: u16,
    key: [u8; KEY],
    /// Slots and signatures, ascending, 1 … 16.
    signatures: Vec<(u8, [u8; SIGNATURE])>,
}

impl CompactNote {
    /// The letters' worth of a suspension; none if it has no signature, or one of an
    /// algorithm that is too long to be read out.
    #[must_use]
    pub fn of(signed: &SignedSuspension) -> Option<CompactNote> {
        let body = Suspension::decode(&signed.bytes).ok()?;
        let signatures: Option<Vec<_>> = signed.signatures.iter().map(readable).collect();
        let signatures = signatures.filter(|all| (1..=MAX_KEYS).contains(&all.len()))?;
        // A chain holds 256 statements, so every version fits into a byte.
        u8::try_from(body.version.checked_sub(1)?).ok()?;
        Some(CompactNote {
            publisher: *body.publisher.0.first_chunk()?,
            version: body.version,
            key: *body.key.bytes().first_chunk()?,
            signatures,
        })
    }

    /// Builds the suspension again from what the chain knows: the one granted key whose
    /// first bytes fit, and that the root keys of the named statement signed away.
    ///
    /// # Errors
    /// If it is about another publisher, a statement or key not in this chain, or forged.
    pub fn resolve(&self, chain: &Chain) -> Result<SignedSuspension, NoteRefused> {
        if !chain.publisher().0.starts_with(&self.publisher) {
            return Err(NoteRefused::OtherPublisher);
        }
        let version = self.version;
        let mut statements = chain.statements();
        let named = statements.find(|one| one.version == version);
        let generation = named
            .ok_or(NoteRefused::NoSuchStatement { version })?
            .generation;
        let mut refused = NoteRefused::NoSuchKey;
        for key in granted(chain).filter(|key| key.bytes().starts_with(&self.key)) {
            let signed = self.signed(&Suspension {
                publisher: chain.publisher(),
                generation,
                version,
                key: key.clone(),
            });
            match chain.suspension(&signed) {
                Ok(_) => return Ok(signed),
                Err(fault) => refused = NoteRefused::Forged(fault),
            }
        }
        Err(refused)
    }

    fn signed(&self, body: &Suspension) -> SignedSuspension {
        let signatures = self.signatures.iter().map(|(slot, bytes)| RootSignature {
            slot: u64::from(*slot),
            alg: ED25519,
            signature: bytes.to_vec(),
        });
        SignedSuspension {
            bytes: body.encode(),
            signatures: signatures.collect(),
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let count = u8::try_from(self.signatures.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let version = u8::try_from(self.version.saturating_sub(1)).unwrap_or(u8::MAX);
        let mut bytes = vec![FORM << 4 | count & 0x0f];
        bytes.extend(self.publisher);
        bytes.push(version);
        bytes.extend(self.key);
        for (slot, signature) in &self.signatures {
            bytes.push(*slot);
            bytes.extend(signature);
        }
        let check = Hash::of(&bytes);
        bytes.extend(check.0.iter().take(CHECK));
        bytes
    }

    /// From the bytes that all letters carry; their number fits the first byte already.
    fn of_bytes(bytes: &[u8]) -> Result<CompactNote, NoteError> {
        let mut rest = Bytes(bytes);
        let signed_len = bytes.len().saturating_sub(CHECK);
        let (data, check) = bytes.split_at_checked(signed_len).ok_or(NoteError::Check)?;
        if !Hash::of(data).0.starts_with(check) {
            return Err(NoteError::Check);
        }
        let [first] = rest.take()?;
        let publisher = rest.take()?;
        let [version] = rest.take()?;
        let key = rest.take()?;
        let mut signatures: Vec<(u8, [u8; SIGNATURE])> = Vec::new();
        for _ in 0..=first & 0x0f {
            let [slot] = rest.take()?;
            // A place that signs twice is no slip of a pen: the check fitted.
            if signatures.last().is_some_and(|(before, _)| *before >= slot)
                || usize::from(slot) >= MAX_KEYS
            {
                return Err(NoteError::Suspension(crate::OwnError::Order));
            }
            signatures.push((slot, rest.take()?));
        }
        Ok(CompactNote {
            publisher,
            version: u16::from(version).saturating_add(1),
            key,
            signatures,
        })
    }
}

/// A signature that letters can carry.
fn readable(one: &RootSignature) -> Option<(u8, [u8; SIGNATURE])> {
    if one.alg != ED25519 {
        return None;
    }
    let slot = u8::try_from(one.slot).ok()?;
    Some((slot, one.signature.as_slice().try_into().ok()?))
}

/// Every signing key that a statement of the chain grants, once.
fn granted(chain: &Chain) -> impl Iterator<Item = &PublicKey> {
    let delegations = chain.statements().flat_map(|one| &one.delegations);
    let keys: BTreeSet<&PublicKey> = delegations.flat_map(|one| one.keys.keys()).collect();
    keys.into_iter()
}

struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], NoteError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(NoteError::Check)?;
        self.0 = rest;
        Ok(*taken)
    }
}

/// Groups of eight letters with a space between them.
impl fmt::Display for CompactNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = fives(&self.to_bytes());
        for (at, group) in values.chunks(GROUP - 1).enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            let check = check(at, group);
            for value in group.iter().chain([&check]) {
                let letter = ALPHABET.get(usize::from(*value)).copied();
                write!(f, "{}", char::from(letter.unwrap_or_default()))?;
            }
        }
        Ok(())
    }
}

impl FromStr for CompactNote {
    type Err = NoteError;

    /// Reads letters in any case and grouping, digits of any script, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<CompactNote, NoteError> {
        let letters = text.chars().filter(|c| !is_separator(*c));
        let values: Vec<u8> = letters
            .map(|c| value(c).ok_or(NoteError::Foreign(c)))
            .collect::<Result<_, _>>()?;
        let mut carried = Vec::new();
        let mut groups = values.chunks_exact(GROUP);
        // The first group that fails is the one to look at, also when a letter is missing
        // and everything after it is shifted.
        for (at, group) in groups.by_ref().enumerate() {
            let (carrying, last) = group.split_at(GROUP - 1);
            if last != [check(at, carrying)] {
                return Err(NoteError::Typo {
                    group: at.saturating_add(1),
                });
            }
            carried.extend_from_slice(carrying);
        }
        let found = values.len();
        let bytes_len = bytes_len(&carried, found)?;
        let expected = (bytes_len * 8).div_ceil(5 * (GROUP - 1)) * GROUP;
        if found != expected {
            return Err(NoteError::Length { expected, found });
        }
        let bytes = eights(&carried);
        let (bytes, padding) = bytes.split_at_checked(bytes_len).ok_or(NoteError::Check)?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(NoteError::Check);
        }
        CompactNote::of_bytes(bytes)
    }
}

/// How many bytes the first ones announce.
fn bytes_len(carried: &[u8], found: usize) -> Result<usize, NoteError> {
    let first = eights(carried).first().copied();
    let first = first.ok_or(NoteError::Length {
        expected: 17 * GROUP,
        found,
    })?;
    if first >> 4 != FORM {
        return Err(NoteError::Form);
    }
    let signatures = usize::from(first & 0x0f) + 1;
    Ok(HEAD + signatures * (1 + SIGNATURE) + CHECK)
}

fn value(c: char) -> Option<u8> {
    if let Some(digit) = digits::value(c) {
        return Some(digit);
    }
    let c = match u8::try_from(c.to_ascii_uppercase()).ok()? {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        c => c,
    };
    let at = ALPHABET.iter().position(|letter| *letter == c)?;
    u8::try_from(at).ok()
}

/// Bytes as values of five bits, whole groups of them; zeros fill up the last.
fn fives(bytes: &[u8]) -> Vec<u8> {
    let bits = bytes.len() * 8;
    let count = bits.div_ceil(5 * (GROUP - 1)) * (GROUP - 1);
    let bit = |at: usize| {
        let byte = bytes.get(at / 8).copied().unwrap_or_default();
        byte >> (7 - at % 8) & 1
    };
    let five = |at: usize| (0..5).fold(0, |value, more| value << 1 | bit(at * 5 + more));
    (0..count).map(five).collect()
}

/// The bytes back, the fill included; bits that make no byte must be zero and are bytes too.
fn eights(values: &[u8]) -> Vec<u8> {
    let bit = |at: usize| {
        let value = values.get(at / 5).copied().unwrap_or_default();
        value >> (4 - at % 5) & 1
    };
    let eight = |at: usize| (0..8).fold(0, |value, more| value << 1 | bit(at * 8 + more));
    (0..(values.len() * 5).div_ceil(8)).map(eight).collect()
}

/// The letter that checks a group: no single slip, no exchange of two letters and no
/// exchange of two neighbouring groups leaves it as it was. A sum in GF(32), each place
/// with another factor.
fn check(group: usize, values: &[u8]) -> u8 {
    let start = u8::try_from(group % 32).unwrap_or_default();
    let factors = std::iter::successors(Some(2), |factor| Some(times(*factor, 2)));
    values
        .iter()
        .zip(factors)
        .fold(start, |sum, (value, factor)| sum ^ times(*value, factor))
}

/// The product in GF(32), modulo x⁵ + x² + 1.
fn times(one: u8, other: u8) -> u8 {
    let mut product = 0;
    let mut shifted = one;
    for bit in 0..5 {
        if other >> bit & 1 == 1 {
            product ^= shifted;
        }
        shifted = if shifted & 0x10 == 0 {
            shifted << 1
        } else {
            (shifted << 1 ^ 0x25) & 0x1f
        };
    }
    product
}
