//! What a reader keeps from one start to the next: whom it trusts, and what it has met of
//! them (FORMAT.md section 4.7).
//!
//! In and out: bytes, the same for the same state, with a checksum against torn writes. It
//! protects against accidents, not against somebody who can write to the reader's folder:
//! they could as well change the pins. What comes from somewhere else is proven again
//! ([`State::import`]).

use crate::id::PublisherId;
use crate::proof::Proof;
use crate::record::{Record, Witness};
use crate::{Evidence, Note, OwnError, Pins, PinsError, Suspension};
use std::collections::BTreeMap;
use varaq_bundle::{
    Hash, Manifest, decode_notices, decode_signatures, encode_notices, encode_signatures,
};
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

const MAGIC: &[u8] = b"varaq state 1\n";
const SUM_BYTES: usize = 32;

/// A reader's pins and evidence.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Whom the reader trusts.
    pub pins: Pins,
    /// What it has met; kept only of publishers that are pinned.
    pub evidence: Evidence,
}

impl From<Pins> for State {
    /// A reader who trusts these publishers and has met nothing of them yet.
    fn from(pins: Pins) -> State {
        State {
            pins,
            ..State::default()
        }
    }
}

/// Why bytes are no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// They begin in another way.
    #[error("expected the first line `varaq state 1`")]
    Header,
    /// They were cut short or changed.
    #[error("the checksum does not fit: it was cut short or changed")]
    Checksum,
    /// The pins are not understood.
    #[error(transparent)]
    Pins(#[from] PinsError),
    /// The evidence is not understood.
    #[error(transparent)]
    Note(#[from] OwnError),
    /// An entry does not fit those before it.
    #[error("entry {0} does not fit those before it")]
    Entry(usize),
}

impl From<CborError> for StateError {
    fn from(error: CborError) -> StateError {
        StateError::Note(error.into())
    }
}

/// What was imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Publishers that were not pinned before.
    pub pins: usize,
    /// Statements, suspensions and manifests that hold.
    pub proven: usize,
    /// Those that do not.
    pub refused: usize,
}

impl State {
    /// The state's one encoding.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let entries: Vec<_> = self.entries().collect();
        let mut out = Writer::new();
        out.array(4).bytes(self.pins.encode().as_bytes());
        out.uint(self.evidence.step().into()).array(entries.len());
        for (step, note, root) in entries {
            out.array(3).uint(step.into()).bytes(&note.encode());
            match root {
                None => out.null(),
                Some(root) => out.bytes(&root.0),
            };
        }
        self.write_marks(&mut out);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(out.into_bytes());
        let sum = Hash::of(&bytes);
        bytes.extend(sum.0);
        bytes
    }

    /// Per pinned publisher of whom notices were told: id, and each notice with its manifests.
    fn write_marks(&self, out: &mut Writer) {
        let pinned = self.pins.iter().map(|pin| pin.id);
        let records = pinned.filter_map(|id| Some((id, self.evidence.record(&id)?)));
        let told: Vec<_> = records
            .map(|(id, record)| (id, record.marks.iter().collect::<Vec<_>>()))
            .filter(|(_, marks)| !marks.is_empty())
            .collect();
        out.array(told.len());
        for (id, marks) in told {
            out.array(2).bytes(&id.0).array(marks.len());
            for told in marks {
                let notice = std::slice::from_ref(&told.notice);
                out.array(2).bytes(&encode_notices(notice));
                out.array(told.sources.len());
                for source in &told.sources {
                    out.bytes(&source.0);
                }
            }
        }
    }

    /// Everything that was met of pinned publishers, a statement before what needs it.
    fn entries(&self) -> impl Iterator<Item = (u32, Note, Option<Hash>)> + '_ {
        let pinned = self.pins.iter().map(|pin| pin.id);
        let records = pinned.filter_map(|id| Some((id, self.evidence.record(&id)?)));
        records.flat_map(|(id, record)| record.notes(id))
    }

    /// A state from its bytes.
    ///
    /// # Errors
    /// If they were changed, or are of another kind.
    pub fn decode(bytes: &[u8]) -> Result<State, StateError> {
        if !bytes.starts_with(MAGIC) {
            return Err(StateError::Header);
        }
        let (body, sum) = bytes
            .split_last_chunk::<SUM_BYTES>()
            .ok_or(StateError::Checksum)?;
        if Hash::of(body).0 != *sum {
            return Err(StateError::Checksum);
        }
        let body = body.strip_prefix(MAGIC).ok_or(StateError::Checksum)?;
        let mut reader = Reader::new(body, DEPTH);
        reader.array_of(4)?;
        let pins = Pins::decode(&String::from_utf8_lossy(reader.bytes()?))?;
        let step = u32_in(&mut reader, "step")?;
        let mut records = BTreeMap::new();
        for at in 0..reader.array()? {
            let entry = read_entry(&mut reader)?;
            restore(&mut records, entry).ok_or(StateError::Entry(at))?;
        }
        for _ in 0..reader.array()? {
            read_marks(&mut reader, &mut records)?;
        }
        reader.finish()?;
        Ok(State {
            pins,
            evidence: Evidence::restored(records, step),
        })
    }

    /// Adds the pins and the evidence of a state that comes from elsewhere. Every signature
    /// in it is checked, in the order in which that reader met them; what does not hold is
    /// left out.
    pub fn import(&mut self, foreign: &State) -> Imported {
        let mut imported = Imported::default();
        for pin in foreign.pins.iter() {
            match self.pins.find(&pin.id).cloned() {
                None => {
                    imported.pins = imported.pins.saturating_add(1);
                    self.pins.add(pin.clone());
                }
                Some(mut here) => {
                    here.checked |= pin.checked;
                    here.raise_root(pin.root);
                    self.pins.add(here);
                }
            }
        }
        for code in foreign.pins.awaited() {
            self.pins.await_code(*code);
        }
        let mut entries: Vec<_> = foreign.entries().collect();
        entries.sort_by_key(|(step, ..)| *step);
        for step in entries.chunk_by(|one, two| one.0 == two.0) {
            let known = self.evidence.about(self.pins.iter().map(|pin| pin.id));
            let mut proof = Proof::new(known);
            for (_, note, root) in step {
                let count = match proof.add(note, root.as_ref()) {
                    Some(()) => &mut imported.proven,
                    None => &mut imported.refused,
                };
                *count = count.saturating_add(1);
            }
            self.evidence.learn(&proof.learned);
        }
        imported
    }
}

impl Record {
    /// The record as notes, with steps; with a suspension the statement that signed it.
    fn notes(&self, publisher: PublisherId) -> Vec<(u32, Note, Option<Hash>)> {
        let statements = self.history.statements().map(|(step, version, signed)| {
            let note = Note::Statements {
                publisher,
                first: version,
                statements: vec![signed.clone()],
            };
            (step, note, None)
        });
        let suspensions = self.suspensions.iter().map(|one| {
            let signed = one.signed.clone();
            let note = Note::Suspension { publisher, signed };
            (one.step, note, Some(one.root))
        });
        let manifests = self.manifests.iter().map(|one| {
            let (bytes, signatures) = (one.bytes.clone(), encode_signatures(&one.signatures));
            (one.step, Note::Manifest { bytes, signatures }, None)
        });
        statements.chain(suspensions).chain(manifests).collect()
    }
}

/// The notices of one publisher.
fn read_marks(
    reader: &mut Reader<'_>,
    records: &mut BTreeMap<PublisherId, Record>,
) -> Result<(), StateError> {
    reader.array_of(2)?;
    let publisher = PublisherId(reader.fixed("publisher id")?);
    let record = records.entry(publisher);
    let record = record.or_insert_with(|| Record::new(publisher));
    for _ in 0..reader.array()? {
        reader.array_of(2)?;
        let notices = decode_notices(reader.bytes()?)?;
        let sources = (0..reader.array()?)
            .map(|_| Ok(Hash(reader.fixed("manifest id")?)))
            .collect::<Result<Vec<_>, CborError>>()?;
        for notice in notices {
            record.marks.restore(notice, sources.clone());
        }
    }
    Ok(())
}

type Entry = (u32, Note, Option<Hash>);

fn read_entry(reader: &mut Reader<'_>) -> Result<Entry, StateError> {
    reader.array_of(3)?;
    let step = u32_in(reader, "step")?;
    let note = Note::decode(reader.bytes()?)?;
    let root = if reader.is_null() {
        reader.null()?;
        None
    } else {
        Some(Hash(reader.fixed("statement id")?))
    };
    Ok((step, note, root))
}

/// Puts back what was proven when it was kept.
fn restore(records: &mut BTreeMap<PublisherId, Record>, entry: Entry) -> Option<()> {
    let (step, note, root) = entry;
    let publisher = note.publisher()?;
    let record = records.entry(publisher);
    let record = record.or_insert_with(|| Record::new(publisher));
    match note {
        Note::Statements { statements, .. } => {
            for signed in &statements {
                record.history.restore(signed, step)?;
            }
        }
        Note::Suspension { signed, .. } => {
            let suspension = Suspension::decode(&signed.bytes).ok()?;
            record.restore_suspension(suspension, signed, root?, step);
        }
        Note::Manifest { bytes, signatures } => {
            let manifest = Manifest::decode(&bytes).ok()?;
            let signatures = decode_signatures(&signatures).ok()?;
            let witness = Witness::new(manifest, bytes, signatures);
            record.learn_manifest(Witness { step, ..witness });
        }
    }
    Some(())
}

fn u32_in(reader: &mut Reader<'_>, what: &'static str) -> Result<u32, StateError> {
    let value = reader.uint_in(0..=u64::from(u32::MAX), what)?;
    Ok(u32::try_from(value).unwrap_or_default())
}
