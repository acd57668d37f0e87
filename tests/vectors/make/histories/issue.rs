//! The issues that histories are made of, and publishers whose statements grow.

use std::ops::{Deref, DerefMut};
use varaq_bundle::{Day, Hash, IssueRef, SlotSignature, encode_signatures};
use varaq_kit::{Mint, Plan, RawPiece, Sample, Value, body, public, sign, statement_value};
use varaq_trust::{
    KeySet, Namespace, Note, Own, Reason, Revocation, Set, Settled, SignedSuspension, Statement,
    recovery_commitment,
};

/// The day with that date.
pub fn day(date: &str) -> Day {
    let field = |at: std::ops::Range<usize>| date[at].parse::<u32>().unwrap();
    let (year, month, day) = (field(0..4), field(5..7), field(8..10));
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Day(days - 719_468)
}

/// One of one.
pub fn one_of(seed: u8) -> KeySet {
    KeySet::new(1, vec![public(seed)]).unwrap()
}

/// A publisher, and what it may do next. Each step answers with the publisher it has become.
#[derive(Clone, Debug)]
pub struct Publisher(Mint);

impl Deref for Publisher {
    type Target = Mint;
    fn deref(&self) -> &Mint {
        &self.0
    }
}

impl DerefMut for Publisher {
    fn deref_mut(&mut self) -> &mut Mint {
        &mut self.0
    }
}

/// "Example News": one root key (seed 1), two of three signing keys (seeds 11, 12, 13).
pub fn news() -> Publisher {
    Publisher(Mint::default())
}

/// Another publisher.
pub fn other(name: &'static str) -> Publisher {
    Publisher(Mint::other(name, 40))
}

/// "Example News" with more keys than usual at its desk, one of which suffices.
pub fn desk_of_sixteen() -> Publisher {
    Publisher(Mint::of(Plan {
        desk: (1, (100..116).collect()),
        ..Plan::default()
    }))
}

/// "Example News" with other first fields.
pub fn news_with(change: impl FnOnce(&mut Statement)) -> Publisher {
    let mut first = Mint::default().last;
    change(&mut first);
    Publisher(Mint::with_first(Plan::default(), first))
}

/// "Example News" with the recovery keys 31 and 32, of which one suffices.
pub fn recoverable() -> Publisher {
    news_with(|s| s.recovery = Some(recovery_commitment(&recovery_keys())))
}

fn recovery_keys() -> KeySet {
    KeySet::new(1, vec![public(31), public(32)]).unwrap()
}

impl Publisher {
    /// With one more statement.
    pub fn then(&self, change: impl FnOnce(&mut Statement)) -> Publisher {
        let mut next = self.clone();
        next.add(change);
        next
    }

    /// With another root key from the next statement on.
    pub fn rotated(&self, seed: u8) -> Publisher {
        let old = self.plan.root.1[0];
        let mut next = self.clone();
        let statement = next.next_statement(|s| s.root = one_of(seed));
        let signers = [(Set::Before, 0, old), (Set::Own, 0, seed)];
        next.append(statement, Namespace::Root, &signers);
        next.plan.root = (1, vec![seed]);
        next
    }

    /// Recovered: from here on with that root key.
    pub fn recovered(&self, seed: u8, change: impl FnOnce(&mut Statement)) -> Publisher {
        let mut next = self.clone();
        let statement = next.next_statement(|s| {
            s.generation += 1;
            s.root = one_of(seed);
            s.revealed = Some(recovery_keys());
            s.recovery = None;
            change(s);
        });
        let signers = [(Set::Own, 0, seed), (Set::Recovery, 0, 31)];
        next.append(statement, Namespace::Recovery, &signers);
        next.plan.root = (1, vec![seed]);
        next
    }

    /// With the key in that slot of the desk suspended.
    pub fn suspending(&self, slot: u8) -> Publisher {
        let mut next = self.clone();
        next.suspend(slot);
        next
    }

    /// The newest suspension.
    pub fn suspension(&self) -> SignedSuspension {
        self.own.suspensions.last().unwrap().clone()
    }

    /// An issue of "main", epoch 1, signed by slots 0 and 1.
    pub fn issue(&self, number: u32) -> Issue {
        Issue {
            named: self.clone(),
            own: self.own.clone(),
            number,
            epoch: 1,
            channel: "main".into(),
            prev: None,
            day: day("2026-01-01"),
            title: format!("Issue {number}"),
            slots: vec![0, 1],
            desk: self.plan.desk.1.clone(),
            notes: Vec::new(),
            hint: true,
        }
    }

    /// The statements from that version on, as an entry of NOTES.
    pub fn statements_from(&self, first: u16) -> Vec<u8> {
        let statements = self.own.statements[usize::from(first) - 1..].to_vec();
        Note::Statements {
            publisher: self.id(),
            first,
            statements,
        }
        .encode()
    }

    /// The newest suspension, as an entry of NOTES.
    pub fn suspension_note(&self) -> Vec<u8> {
        Note::Suspension {
            publisher: self.id(),
            signed: self.suspension(),
        }
        .encode()
    }

    /// The newest statement, signed by (set, slot, seed) in place of those who did.
    pub fn signed_by(&self, signers: &[(u64, u64, u8)]) -> Own {
        let mut own = self.own.clone();
        let last = own.statements.pop().unwrap();
        let value = statement_value(&last.bytes, Namespace::Root, signers);
        let mut encoded = Value::parse(&own.encode().unwrap());
        encoded.at(0).items().push(value);
        Own::decode(&encoded.encode()).unwrap()
    }
}

/// Revokes the key in that slot of the usual desk, and keeps these.
pub fn revoke(slot: u8, kept: &[Hash]) -> impl FnOnce(&mut Statement) {
    let mut kept = kept.to_vec();
    kept.sort();
    move |s: &mut Statement| {
        s.revoked.push(Revocation {
            key: public(11 + slot),
            reason: Reason::Stolen,
            kept,
        });
    }
}

/// Settles the number of an issue.
pub fn settle(issue: &Issue) -> impl FnOnce(&mut Statement) {
    let settled = Settled {
        channel: issue.channel.clone(),
        epoch: issue.epoch,
        number: issue.number,
        manifest: issue.id(),
    };
    move |s: &mut Statement| s.settled.push(settled)
}

/// An issue that is being put together.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its newest statement is the one that the manifest names.
    pub named: Publisher,
    /// OWN.
    pub own: Own,
    pub number: u32,
    pub epoch: u32,
    pub channel: String,
    pub prev: Option<IssueRef>,
    pub day: Day,
    title: String,
    slots: Vec<u8>,
    desk: Vec<u8>,
    notes: Vec<Vec<u8>>,
    hint: bool,
}

impl Issue {
    /// The one before it.
    pub fn after(mut self, before: &Issue) -> Issue {
        self.prev = Some(before.reference());
        self
    }

    /// Of that day.
    pub fn of(mut self, date: &str) -> Issue {
        self.day = day(date);
        self
    }

    /// Another text for the same number.
    pub fn twin(mut self) -> Issue {
        self.title = format!("Another {}", self.number);
        self
    }

    /// In another epoch, by the desk with that one key.
    pub fn in_epoch(mut self, epoch: u32, seed: u8) -> Issue {
        self.epoch = epoch;
        self.desk = vec![seed];
        self.slots = vec![0];
        self
    }

    /// In another channel, by the desk with that one key.
    pub fn in_channel(mut self, channel: &str, seed: u8) -> Issue {
        self.channel = channel.into();
        self.desk = vec![seed];
        self.slots = vec![0];
        self
    }

    /// Signed by these slots.
    pub fn signed(mut self, slots: &[u8]) -> Issue {
        self.slots = slots.to_vec();
        self
    }

    /// With the statements and suspensions that the publisher has by now.
    pub fn with(mut self, own: &Publisher) -> Issue {
        self.own = own.own.clone();
        self
    }

    /// With any OWN.
    pub fn with_own(mut self, own: Own) -> Issue {
        self.own = own;
        self
    }

    /// With these entries of NOTES, in this order.
    pub fn noting(mut self, notes: &[Vec<u8>]) -> Issue {
        self.notes = notes.to_vec();
        self
    }

    /// With a hint that is wrong.
    pub fn with_a_wrong_hint(mut self) -> Issue {
        self.hint = false;
        self
    }

    fn parts(&self) -> varaq_kit::raw::Parts {
        let mut sample = Sample::empty((*self.named).clone());
        sample.number = self.number;
        sample.front.title.clone_from(&self.title);
        let text = body(&self.title);
        sample.article("en", "One", &text, RawPiece::as_is(&text));
        let mut sealed = sample.seal();
        sealed.manifest.channel.clone_from(&self.channel);
        sealed.manifest.epoch = self.epoch;
        sealed.manifest.prev = self.prev;
        sealed.manifest.day = self.day;
        sealed.parts()
    }

    fn signatures(&self, manifest: &[u8]) -> Vec<u8> {
        if self.slots.is_empty() {
            return Vec::new();
        }
        let by = |&slot: &u8| SlotSignature {
            slot,
            alg: varaq_bundle::ED25519,
            signature: sign(self.desk[usize::from(slot)], Namespace::Manifest, manifest),
        };
        encode_signatures(&self.slots.iter().map(by).collect::<Vec<_>>())
    }

    /// Its manifest id.
    pub fn id(&self) -> Hash {
        varaq_bundle::Manifest::decode(&self.parts().manifest)
            .unwrap()
            .id()
    }

    /// The first digits of its manifest id, as lines name it.
    pub fn short(&self) -> String {
        self.id().to_string()[..8].to_owned()
    }

    fn reference(&self) -> IssueRef {
        IssueRef {
            epoch: self.epoch,
            number: self.number,
            id: self.id(),
        }
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        let mut parts = self.parts();
        parts.signatures = self.signatures(&parts.manifest);
        parts.own = self.own.encode().unwrap();
        parts.slack = 0;
        if !self.notes.is_empty() {
            let entries = self.notes.iter().cloned().map(Value::Raw);
            parts.notes = Value::Array(entries.collect()).encode();
        }
        let mut file = parts.bytes();
        if !self.hint {
            file[48] ^= 1;
        }
        file
    }

    /// The file with other bytes for NOTES.
    pub fn file_with_notes(&self, notes: &[u8]) -> Vec<u8> {
        let mut parts = self.parts();
        parts.signatures = self.signatures(&parts.manifest);
        parts.own = self.own.encode().unwrap();
        parts.slack = 0;
        parts.notes = notes.to_vec();
        parts.bytes()
    }

    /// MANIFEST and SIGNATURES, as an entry of NOTES.
    pub fn note(&self) -> Vec<u8> {
        let bytes = self.parts().manifest;
        let signatures = self.signatures(&bytes);
        Note::Manifest { bytes, signatures }.encode()
    }
}
