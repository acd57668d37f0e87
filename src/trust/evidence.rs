//! The verified evidence that a reader keeps (FORMAT.md section 4.7).
//!
//! In: what an opening has proven, as [`Learned`]. Out: the set of all of it, by publisher
//! and in the order of arrival. It only grows. Whoever loses it is not locked out of
//! anything: the next bundles bring it again.

use crate::record::{Record, Witness};
use crate::{Chain, ChainError, Own, PublisherId, SignedSuspension, Suspension};
use std::collections::BTreeMap;
use varaq_bundle::{Hash, Notice};

/// Everything that was proven to a reader.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    records: BTreeMap<PublisherId, Record>,
    /// The next step: everything that one file brings arrives at once.
    step: u32,
}

/// What one opening has proven, to be added to the evidence after the verdict.
#[derive(Clone, Debug, Default)]
pub struct Learned(Vec<Item>);

/// One thing that was proven.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// Statements with the suspensions that travel with them.
    Chain(Box<Chain>, Box<Own>),
    /// A suspension that came by itself, and the chain that it was verified against.
    Suspension(Box<Chain>, Suspension, SignedSuspension),
    /// A manifest that reached its threshold.
    Manifest(PublisherId, Box<Witness>),
    /// Notices, and the manifest that brought them.
    Notices(PublisherId, Hash, Vec<Notice>),
}

impl Learned {
    /// What OWN proves by itself, as a contact file carries it.
    ///
    /// # Errors
    /// If it does not hold.
    pub fn of_own(own: &[u8]) -> Result<Learned, ChainError> {
        let own = Own::decode(own)?;
        let chain = Box::new(Chain::verify(&own)?);
        Ok(Learned(vec![Item::Chain(chain, Box::new(own))]))
    }

    /// The notices that an issue brought.
    pub(crate) fn of_notices(publisher: PublisherId, source: Hash, notices: Vec<Notice>) -> Self {
        Learned(vec![Item::Notices(publisher, source, notices)])
    }

    /// True if nothing was proven.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, item: Item) {
        self.0.push(item);
    }

    /// Adds what another opening has proven.
    pub fn append(&mut self, mut other: Learned) {
        self.0.append(&mut other.0);
    }
}

impl Item {
    fn publisher(&self) -> PublisherId {
        match self {
            Item::Chain(chain, _) | Item::Suspension(chain, ..) => chain.publisher(),
            Item::Manifest(publisher, _) | Item::Notices(publisher, ..) => *publisher,
        }
    }

    fn add_to(&self, record: &mut Record, step: u32) -> bool {
        match self {
            Item::Chain(chain, own) => record.learn_chain(chain, own, step),
            Item::Suspension(chain, suspension, signed) => {
                record.learn_suspension(chain, suspension, signed, step)
            }
            Item::Manifest(_, witness) => {
                let witness = (**witness).clone();
                record.learn_manifest(Witness { step, ..witness })
            }
            Item::Notices(_, source, notices) => record.marks.learn(*source, notices),
        }
    }
}

impl Evidence {
    /// Nothing was met yet.
    #[must_use]
    pub const fn new() -> Evidence {
        Evidence {
            records: BTreeMap::new(),
            step: 0,
        }
    }

    /// Adds what an opening has proven; true if something of it is new.
    pub fn learn(&mut self, learned: &Learned) -> bool {
        let new = self.learn_at_once(learned);
        if new {
            self.step = self.step.saturating_add(1);
        }
        new
    }

    /// The same, as a part of the step that goes on.
    pub(crate) fn learn_at_once(&mut self, learned: &Learned) -> bool {
        let mut new = false;
        for item in &learned.0 {
            let publisher = item.publisher();
            let record = self.records.entry(publisher);
            let record = record.or_insert_with(|| Record::new(publisher));
            new |= item.add_to(record, self.step);
        }
        new
    }

    /// Takes over what another evidence of the same reader holds of a publisher, with the
    /// order of its arrival, unless something is known of it already.
    pub fn adopt(&mut self, other: &Evidence, publisher: &PublisherId) {
        if let Some(record) = other.records.get(publisher) {
            self.records
                .entry(*publisher)
                .or_insert_with(|| record.clone());
            self.step = self.step.max(other.step);
        }
    }

    /// Forgets a publisher.
    pub fn forget(&mut self, publisher: &PublisherId) {
        self.records.remove(publisher);
    }

    /// The publishers of whom something was met.
    pub fn publishers(&self) -> impl Iterator<Item = PublisherId> {
        self.records.keys().copied()
    }

    /// Evidence that was kept.
    pub(crate) fn restored(mut records: BTreeMap<PublisherId, Record>, step: u32) -> Evidence {
        for record in records.values_mut() {
            record.history.decide();
        }
        Evidence { records, step }
    }

    /// The step of what arrives next.
    pub(crate) fn step(&self) -> u32 {
        self.step
    }

    pub(crate) fn record(&self, publisher: &PublisherId) -> Option<&Record> {
        self.records.get(publisher)
    }

    /// What is known of some publishers, to be added to without changing this.
    pub(crate) fn about(&self, publishers: impl Iterator<Item = PublisherId>) -> Evidence {
        let known = publishers.filter_map(|id| Some((id, self.records.get(&id)?.clone())));
        Evidence {
            records: known.collect(),
            step: self.step,
        }
    }
}
