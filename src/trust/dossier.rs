//! All that a reader knows of one publisher, for a person to read (FORMAT.md section 4.7).
//!
//! In: evidence. Out: what its statements did, one event after the other; which keys are
//! stopped; which issues were met, and how they stand. Plain values: nothing is decided here.

use crate::record::{Rank, Record, Witness};
use crate::{Chain, Evidence, Name, PublicKey, PublisherId, Reason, Statement};
use varaq_bundle::{Day, Hash, RootRef};

/// What is known of a publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// What it calls itself now.
    pub names: Vec<Name>,
    /// The newest statement that is held.
    pub newest: Option<RootRef>,
    /// What its statements did, in order, each with its version.
    pub events: Vec<(u16, Event)>,
    /// Signing keys that are stopped, and neither revoked nor cleared since.
    pub suspended: Vec<PublicKey>,
    /// Promised days between issues; 0 = no promise.
    pub cadence: u16,
    /// Somebody wrote another history with old keys; it is ignored.
    pub has_rival: bool,
    /// Two histories continue it, and nothing decides between them.
    pub is_split: bool,
    /// The issues that were met, by channel, epoch and number.
    pub issues: Vec<Met>,
}

/// One thing that a statement did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Statement 1: `threshold` of so many root keys, and whether recovery keys are prepared.
    Founded {
        /// How many root keys must sign.
        threshold: usize,
        /// How many there are.
        of: usize,
        /// Whether it has committed to recovery keys.
        recoverable: bool,
    },
    /// The root keys are others from here on.
    RootsChanged {
        /// How many root keys must sign.
        threshold: usize,
        /// How many there are.
        of: usize,
    },
    /// The recovery keys were used: whatever came after the statement before is void.
    Recovered,
    /// Signing keys were granted.
    Granted {
        /// For which channel.
        channel: String,
        /// For which epoch.
        epoch: u32,
        /// How many of them must sign.
        threshold: usize,
        /// How many there are.
        of: usize,
        /// First and last number.
        numbers: (u32, u32),
    },
    /// A key no longer counts.
    Revoked {
        /// Which.
        key: PublicKey,
        /// Why.
        reason: Reason,
        /// How many issues that it signed are kept.
        kept: usize,
    },
    /// The suspension of a key is over.
    Cleared(PublicKey),
    /// Of two issues with one number this one is the publisher's.
    Settled {
        /// Channel.
        channel: String,
        /// Epoch and number.
        place: (u32, u32),
    },
    /// It calls itself otherwise from here on.
    Renamed(Vec<Name>),
}

/// An issue that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// Channel.
    pub channel: String,
    /// Epoch and number.
    pub place: (u32, u32),
    /// Its day, as the publisher says.
    pub day: Day,
    /// Manifest id.
    pub id: Hash,
    /// How it stands.
    pub standing: Standing,
}

/// How an issue that was met stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It counts.
    Stands,
    /// It counts, and another one with its number was met later.
    Contested,
    /// Another one with its number stands.
    Lost,
    /// Its signatures no longer count: it may be forged, and perhaps it was read.
    Void,
}

impl Evidence {
    /// What is known of a publisher; none if nothing is.
    #[must_use]
    pub fn dossier(&self, publisher: &PublisherId) -> Option<Dossier> {
        let record = self.record(publisher)?;
        let held = record.history.held();
        Some(Dossier {
            names: held.names().to_vec(),
            newest: held.newest(),
            events: events(&held),
            suspended: record.suspended(&held),
            cadence: held.cadence(),
            has_rival: record.history.has_rival(),
            is_split: record.history.is_split(),
            issues: record.issues(&held),
        })
    }
}

impl Record {
    /// Keys whose suspension is in force.
    fn suspended(&self, held: &Chain) -> Vec<PublicKey> {
        let nothing = Hash([0; 32]);
        let in_force = self.suspensions.iter().filter(|one| {
            held.contains_id(&one.root) && !held.ends_suspension(&one.suspension.key, &nothing)
        });
        in_force.map(|one| one.suspension.key.clone()).collect()
    }

    fn issues(&self, held: &Chain) -> Vec<Met> {
        let mut issues: Vec<_> = self
            .manifests
            .iter()
            .map(|one| self.issue(held, one))
            .collect();
        let order = |met: &Met| (met.channel.clone(), met.place, met.id.0);
        issues.sort_by_key(order);
        issues
    }

    fn issue(&self, held: &Chain, witness: &Witness) -> Met {
        let standing = if self.counts(held, witness) {
            match self.rank(held, witness) {
                Rank::Alone => Standing::Stands,
                Rank::First(_) => Standing::Contested,
                Rank::Loses(_) => Standing::Lost,
            }
        } else {
            Standing::Void
        };
        Met {
            channel: witness.manifest.channel.clone(),
            place: (witness.manifest.epoch, witness.manifest.number),
            day: witness.manifest.day,
            id: witness.id,
            standing,
        }
    }
}

fn events(held: &Chain) -> Vec<(u16, Event)> {
    let mut events = Vec::new();
    let mut before: Option<&Statement> = None;
    for statement in held.statements() {
        let here = of_statement(before, statement);
        events.extend(here.into_iter().map(|event| (statement.version, event)));
        before = Some(statement);
    }
    events
}

/// What a statement did, in the order in which a person would tell it.
fn of_statement(before: Option<&Statement>, statement: &Statement) -> Vec<Event> {
    let mut events = roots(before, statement);
    events.extend(statement.revoked.iter().map(|one| Event::Revoked {
        key: one.key.clone(),
        reason: one.reason,
        kept: one.kept.len(),
    }));
    events.extend(statement.cleared.iter().cloned().map(Event::Cleared));
    events.extend(statement.delegations.iter().map(|one| Event::Granted {
        channel: one.channel.clone(),
        epoch: one.epoch,
        threshold: one.keys.threshold(),
        of: one.keys.keys().len(),
        numbers: (one.first, one.last),
    }));
    events.extend(statement.settled.iter().map(|one| Event::Settled {
        channel: one.channel.clone(),
        place: (one.epoch, one.number),
    }));
    if before.is_some() && !statement.names.is_empty() {
        events.push(Event::Renamed(statement.names.clone()));
    }
    events
}

fn roots(before: Option<&Statement>, statement: &Statement) -> Vec<Event> {
    let (threshold, of) = (statement.root.threshold(), statement.root.keys().len());
    match before {
        None => vec![Event::Founded {
            threshold,
            of,
            recoverable: statement.recovery.is_some(),
        }],
        Some(_) if statement.is_recovery() => {
            vec![Event::Recovered, Event::RootsChanged { threshold, of }]
        }
        Some(before) if before.root != statement.root => {
            vec![Event::RootsChanged { threshold, of }]
        }
        Some(_) => Vec::new(),
    }
}
