//! A publisher's root statement (FORMAT.md section 4.1).
//!
//! In: bytes that somebody signed. Out: keys, delegations, revocations and names, each
//! inside its range. Whether the right people signed it is [`Chain`](crate::Chain)'s
//! question. What can go wrong is a [`StatementError`].

use crate::{KeyError, KeySet, PublicKey};
use std::fmt;
use varaq_bundle::{Day, Hash};
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Longest statement that revokes nothing. A thief of root keys could otherwise fill
/// the room that every bundle has for a chain in a few steps.
pub const MAX_STATEMENT_BYTES: usize = 8_192;

/// Longest statement that revokes: keep lists need room.
pub const MAX_REVOKING_BYTES: usize = 65_536;

/// Most delegations, revocations, clearings and settlings in one statement.
const MAX_LIST: usize = 64;
/// Most manifest ids that one revocation keeps: a delegation's whole window.
const MAX_KEPT: usize = 256;
/// A delegation's window is at most this much wider than one number: what a thief of
/// signing keys can spoil is bounded.
const MAX_WINDOW: u64 = 255;
const MAX_NAMES: usize = 16;
const MAX_NAME_CHARS: usize = 64;
const MAX_TAG_CHARS: usize = 35;
const MAX_CHANNEL_CHARS: usize = 32;
const MAX_CADENCE_DAYS: u64 = 3_650;
const U32: u64 = u32::MAX as u64;

/// Why bytes are not a statement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Longer than a statement of its kind may be.
    #[error("expected at most {max} bytes, found {found}")]
    TooLong {
        /// Length in bytes.
        found: usize,
        /// 8,192, or 65,536 for a statement that revokes.
        max: usize,
    },
    /// A key or key set is not sound.
    #[error(transparent)]
    Key(KeyError),
    /// The bytes are not the one encoding of a statement.
    #[error(transparent)]
    Cbor(CborError),
    /// A field breaks a rule of section 4.1.
    #[error("{0}")]
    Rule(&'static str),
}

impl From<CborError> for StatementError {
    fn from(error: CborError) -> StatementError {
        StatementError::Cbor(error)
    }
}

impl From<KeyError> for StatementError {
    fn from(error: KeyError) -> StatementError {
        match error {
            KeyError::Cbor(error) => StatementError::Cbor(error),
            error => StatementError::Key(error),
        }
    }
}

/// Signing keys for one channel and epoch, and for which numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// 1-32 of `a-z 0-9 -`.
    pub channel: String,
    /// 1 … 2³²-1.
    pub epoch: u32,
    /// Who signs, and how many of them must.
    pub keys: KeySet,
    /// First number allowed, ≥ 1.
    pub first: u32,
    /// Last number allowed, at most 255 more than `first`.
    pub last: u32,
    /// Days for which the keys are meant: advice, never a verdict.
    pub days: Option<(Day, Day)>,
}

/// Why a key was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Somebody else has it.
    Stolen,
    /// Its time is over.
    Retired,
}

/// A key whose signatures no longer count, but for the manifests that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The key.
    pub key: PublicKey,
    /// Why.
    pub reason: Reason,
    /// Ids of genuine manifests, ascending: a thief cannot back-date into this list.
    pub kept: Vec<Hash>,
}

/// Which of several manifests with one number is the publisher's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// 1-32 of `a-z 0-9 -`.
    pub channel: String,
    /// 1 … 2³²-1.
    pub epoch: u32,
    /// 1 … 2³²-1.
    pub number: u32,
    /// Id of the manifest that stands.
    pub manifest: Hash,
}

/// What a publisher is called in one language. A claim, until the reader trusts it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// BCP 47 tag, 1-35 of `A-Z a-z 0-9 -`.
    pub language: String,
    /// 1-64 characters.
    pub name: String,
}

/// One statement of a publisher about itself. A later one only adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// 0, and one more after each recovery.
    pub generation: u16,
    /// 1, 2, 3 …
    pub version: u16,
    /// Id of the statement before; none in version 1.
    pub previous: Option<Hash>,
    /// The keys that sign statements.
    pub root: KeySet,
    /// New signing keys.
    pub delegations: Vec<Delegation>,
    /// Keys that no longer count.
    pub revoked: Vec<Revocation>,
    /// Keys whose suspension is over.
    pub cleared: Vec<PublicKey>,
    /// Conflicts that are decided.
    pub settled: Vec<Settled>,
    /// Ascending by language; empty where the names stay as they are.
    pub names: Vec<Name>,
    /// Promised days between issues; 0 = no promise.
    pub cadence: u16,
    /// Commitment to recovery keys that are kept secret.
    pub recovery: Option<Hash>,
    /// The recovery keys, in a recovery statement.
    pub revealed: Option<KeySet>,
}

impl Statement {
    /// The first statement of a publisher.
    #[must_use]
    pub fn first(root: KeySet, delegations: Vec<Delegation>, names: Vec<Name>) -> Statement {
        Statement {
            generation: 0,
            version: 1,
            previous: None,
            root,
            delegations,
            revoked: Vec::new(),
            cleared: Vec::new(),
            settled: Vec::new(),
            names,
            cadence: 0,
            recovery: None,
            revealed: None,
        }
    }

    /// An ordinary statement after this one that changes nothing yet. `id` is this
    /// statement's own.
    ///
    /// # Errors
    /// If no version is left.
    pub fn next(&self, id: Hash) -> Result<Statement, StatementError> {
        let version = self
            .version
            .checked_add(1)
            .ok_or(StatementError::Rule("no version is left"))?;
        Ok(Statement {
            generation: self.generation,
            version,
            previous: Some(id),
            recovery: self.recovery,
            ..Statement::first(self.root.clone(), Vec::new(), Vec::new())
        })
    }

    /// True if the statement replaces lost or stolen root keys.
    #[must_use]
    pub fn is_recovery(&self) -> bool {
        self.revealed.is_some()
    }

    /// The statement's one encoding: what the root keys sign.
    ///
    /// # Errors
    /// If a field breaks its rule: nothing is signed that a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, StatementError> {
        let bytes = self.write();
        Statement::decode(&bytes)?;
        Ok(bytes)
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.map(13);
        out.uint(0).uint(1);
        out.uint(1).uint(self.generation.into());
        out.uint(2).uint(self.version.into());
        out.uint(3);
        write_hash(&mut out, self.previous);
        out.uint(4);
        self.root.write(&mut out);
        out.uint(5).array(self.delegations.len());
        for delegation in &self.delegations {
            delegation.write(&mut out);
        }
        out.uint(6).array(self.revoked.len());
        for revocation in &self.revoked {
            revocation.write(&mut out);
        }
        out.uint(7).array(self.cleared.len());
        for key in &self.cleared {
            key.write(&mut out);
        }
        out.uint(8).array(self.settled.len());
        for settled in &self.settled {
            settled.write(&mut out);
        }
        out.uint(9).array(self.names.len());
        for name in &self.names {
            out.array(2).text(&name.language).text(&name.name);
        }
        out.uint(10).uint(self.cadence.into());
        out.uint(11);
        write_hash(&mut out, self.recovery);
        out.uint(12);
        match &self.revealed {
            None => drop(out.null()),
            Some(keys) => keys.write(&mut out),
        }
        out.into_bytes()
    }

    /// A statement from its bytes.
    ///
    /// # Errors
    /// If they are not the one encoding of a statement, or a field breaks its rule.
    pub fn decode(bytes: &[u8]) -> Result<Statement, StatementError> {
        too_long(bytes.len(), MAX_REVOKING_BYTES)?;
        let mut input = Reader::new(bytes, DEPTH);
        let reader = &mut input;
        reader.map_of(13)?;
        reader.key(0)?;
        reader.uint_in(1..=1, "format")?;
        reader.key(1)?;
        let generation = u16_in(reader, 0, "generation")?;
        reader.key(2)?;
        let version = u16_in(reader, 1, "version")?;
        reader.key(3)?;
        let previous = read_hash(reader, "previous")?;
        reader.key(4)?;
        let root = KeySet::read(reader)?;
        reader.key(5)?;
        let delegations = list(reader, MAX_LIST, "delegations", Delegation::read)?;
        reader.key(6)?;
        let revoked = list(reader, MAX_LIST, "revoked", Revocation::read)?;
        reader.key(7)?;
        let cleared = list(reader, MAX_LIST, "cleared", |reader| {
            Ok::<_, StatementError>(PublicKey::read(reader)?)
        })?;
        reader.key(8)?;
        let settled = list(reader, MAX_LIST, "settled", Settled::read)?;
        reader.key(9)?;
        let names = list(reader, MAX_NAMES, "names", Name::read)?;
        reader.key(10)?;
        let cadence = reader.uint_in(0..=MAX_CADENCE_DAYS, "cadence")?;
        reader.key(11)?;
        let recovery = read_hash(reader, "recovery")?;
        reader.key(12)?;
        let revealed = if reader.is_null() {
            reader.null()?;
            None
        } else {
            Some(KeySet::read(reader)?)
        };
        input.finish()?;
        if revoked.is_empty() {
            too_long(bytes.len(), MAX_STATEMENT_BYTES)?;
        }
        let statement = Statement {
            generation,
            version,
            previous,
            root,
            delegations,
            revoked,
            cleared,
            settled,
            names,
            cadence: u16::try_from(cadence).unwrap_or_default(),
            recovery,
            revealed,
        };
        statement.check()?;
        Ok(statement)
    }

    /// The rules that look at more than one field.
    fn check(&self) -> Result<(), StatementError> {
        if (self.version == 1) != self.previous.is_none() {
            return Err(StatementError::Rule(
                "only version 1 has no statement before it",
            ));
        }
        if self.version == 1 && self.names.is_empty() {
            return Err(StatementError::Rule("version 1 has no name"));
        }
        let ordered = self
            .names
            .iter()
            .zip(self.names.iter().skip(1))
            .all(|(one, two)| one.language < two.language);
        if !ordered {
            return Err(StatementError::Rule("names are not ascending by language"));
        }
        Ok(())
    }
}

impl Delegation {
    fn read(reader: &mut Reader<'_>) -> Result<Delegation, StatementError> {
        reader.array_of(6)?;
        let channel = read_channel(reader)?;
        let epoch = u32_in(reader, "epoch")?;
        let keys = KeySet::read(reader)?;
        let first = u32_in(reader, "first")?;
        let last = u32_in(reader, "last")?;
        let wide = u64::from(last).checked_sub(first.into());
        if wide.is_none_or(|wide| wide > MAX_WINDOW) {
            return Err(StatementError::Rule(
                "a delegation's window is not 1 to 256 numbers wide",
            ));
        }
        Ok(Delegation {
            channel,
            epoch,
            keys,
            first,
            last,
            days: read_days(reader)?,
        })
    }

    fn write(&self, out: &mut Writer) {
        out.array(6).text(&self.channel).uint(self.epoch.into());
        self.keys.write(out);
        out.uint(self.first.into()).uint(self.last.into());
        match self.days {
            None => out.null(),
            Some((from, to)) => out.array(2).uint(from.0.into()).uint(to.0.into()),
        };
    }

    /// What it is for: a channel and epoch, granted once in a chain.
    #[must_use]
    pub fn place(&self) -> (&str, u32) {
        (&self.channel, self.epoch)
    }

    /// True if the delegation allows that number.
    #[must_use]
    pub fn allows(&self, number: u32) -> bool {
        (self.first..=self.last).contains(&number)
    }
}

impl Revocation {
    fn read(reader: &mut Reader<'_>) -> Result<Revocation, StatementError> {
        reader.array_of(3)?;
        let key = PublicKey::read(reader)?;
        let reason = match reader.uint_in(1..=2, "reason")? {
            1 => Reason::Stolen,
            _ => Reason::Retired,
        };
        let kept = list(reader, MAX_KEPT, "kept", |reader| {
            Ok::<_, StatementError>(Hash(reader.fixed("kept")?))
        })?;
        if !kept
            .iter()
            .zip(kept.iter().skip(1))
            .all(|(one, two)| one.0 < two.0)
        {
            return Err(StatementError::Rule("kept manifest ids are not ascending"));
        }
        Ok(Revocation { key, reason, kept })
    }

    fn write(&self, out: &mut Writer) {
        out.array(3);
        self.key.write(out);
        out.uint(match self.reason {
            Reason::Stolen => 1,
            Reason::Retired => 2,
        });
        out.array(self.kept.len());
        for id in &self.kept {
            out.bytes(&id.0);
        }
    }
}

impl Settled {
    fn read(reader: &mut Reader<'_>) -> Result<Settled, StatementError> {
        reader.array_of(4)?;
        Ok(Settled {
            channel: read_channel(reader)?,
            epoch: u32_in(reader, "epoch")?,
            number: u32_in(reader, "number")?,
            manifest: Hash(reader.fixed("manifest id")?),
        })
    }

    fn write(&self, out: &mut Writer) {
        out.array(4).text(&self.channel).uint(self.epoch.into());
        out.uint(self.number.into()).bytes(&self.manifest.0);
    }
}

impl Name {
    /// A name in a language.
    ///
    /// # Errors
    /// If the tag or the name breaks the rules of section 4.1.
    pub fn new(language: &str, name: &str) -> Result<Name, StatementError> {
        let chars = name.chars().count();
        if !is_tag(language) {
            return Err(StatementError::Rule("expected a language tag"));
        }
        if chars == 0 || chars > MAX_NAME_CHARS {
            return Err(StatementError::Rule("a name has 1 to 64 characters"));
        }
        if !varaq_cbor::is_text(name) {
            return Err(StatementError::Rule("a name holds no control characters"));
        }
        Ok(Name {
            language: language.to_owned(),
            name: name.to_owned(),
        })
    }

    fn read(reader: &mut Reader<'_>) -> Result<Name, StatementError> {
        reader.array_of(2)?;
        let language = reader.text()?;
        Name::new(language, reader.text()?)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn too_long(found: usize, max: usize) -> Result<(), StatementError> {
    if found > max {
        return Err(StatementError::TooLong { found, max });
    }
    Ok(())
}

/// An array of at most `max` items.
pub(crate) fn list<T, E: From<CborError>>(
    reader: &mut Reader<'_>,
    max: usize,
    what: &'static str,
    mut item: impl FnMut(&mut Reader<'_>) -> Result<T, E>,
) -> Result<Vec<T>, E> {
    let count = reader.array_in(0..=max, what)?;
    (0..count).map(|_| item(reader)).collect()
}

fn read_hash(reader: &mut Reader<'_>, what: &'static str) -> Result<Option<Hash>, StatementError> {
    if reader.is_null() {
        reader.null()?;
        return Ok(None);
    }
    Ok(Some(Hash(reader.fixed(what)?)))
}

fn write_hash(out: &mut Writer, hash: Option<Hash>) {
    match hash {
        None => out.null(),
        Some(hash) => out.bytes(&hash.0),
    };
}

fn read_days(reader: &mut Reader<'_>) -> Result<Option<(Day, Day)>, StatementError> {
    if reader.is_null() {
        reader.null()?;
        return Ok(None);
    }
    reader.array_of(2)?;
    let mut day = || -> Result<Day, StatementError> {
        let day = reader.uint_in(0..=u64::from(Day::LAST.0), "day")?;
        Ok(Day(u32::try_from(day).unwrap_or_default()))
    };
    Ok(Some((day()?, day()?)))
}

fn read_channel(reader: &mut Reader<'_>) -> Result<String, StatementError> {
    let channel = reader.text()?;
    let sound = (1..=MAX_CHANNEL_CHARS).contains(&channel.len())
        && channel
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if sound {
        Ok(channel.to_owned())
    } else {
        Err(StatementError::Rule("a channel is 1 to 32 of a-z 0-9 -"))
    }
}

fn is_tag(tag: &str) -> bool {
    (1..=MAX_TAG_CHARS).contains(&tag.len())
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// 1 … 2³²-1.
fn u32_in(reader: &mut Reader<'_>, what: &'static str) -> Result<u32, StatementError> {
    let value = reader.uint_in(1..=U32, what)?;
    u32::try_from(value).map_err(|_| StatementError::Rule(what))
}

/// `least` … 65,535.
fn u16_in(reader: &mut Reader<'_>, least: u64, what: &'static str) -> Result<u16, StatementError> {
    let value = reader.uint_in(least..=u64::from(u16::MAX), what)?;
    u16::try_from(value).map_err(|_| StatementError::Rule(what))
}
