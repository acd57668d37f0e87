//! What a reader has met of one publisher, and what of it counts now (FORMAT.md section
//! 4.7).
//!
//! In: verified statements, suspensions, manifests and notices, each with the step at
//! which it arrived. Out: how a manifest weighs against all of them. Nothing is stored but
//! what was signed: newest, gaps, conflicts and marks are worked out anew each time, so
//! that none of them can be poisoned for ever.

use crate::history::{Fallen, History};
use crate::judge::{Signers, Slot};
use crate::marks::Marks;
use crate::{Chain, Delegation, Own, PublicKey, PublisherId, SignedSuspension, Suspension};
use std::collections::BTreeMap;
use std::sync::Arc;
use varaq_bundle::{Context, ED25519, Hash, Manifest, SlotSignature};

/// A manifest that reached its threshold of good signatures when it was met.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    pub(crate) id: Hash,
    pub(crate) manifest: Manifest,
    /// MANIFEST, as it was signed.
    pub(crate) bytes: Vec<u8>,
    /// All of them verify, as far as their algorithm is known.
    pub(crate) signatures: Vec<SlotSignature>,
    /// When it was met first.
    pub(crate) step: u32,
}

/// A suspension and when it was met first.
#[derive(Clone, Debug)]
pub(crate) struct Suspended {
    pub(crate) suspension: Suspension,
    pub(crate) signed: SignedSuspension,
    /// The statement whose root keys signed it: two branches may have one of that version.
    pub(crate) root: Hash,
    pub(crate) step: u32,
}

/// Everything met of one publisher.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) history: History,
    pub(crate) suspensions: Vec<Suspended>,
    /// In the order in which they were met; shared, because a verdict looks at a copy.
    pub(crate) manifests: Vec<Arc<Witness>>,
    pub(crate) marks: Marks,
}

/// What the signatures of a manifest come to.
#[derive(Clone, Debug)]
pub(crate) struct Weight {
    pub(crate) signers: Signers,
    /// The statement it hangs on does not stand, and nobody kept the manifest.
    pub(crate) fallen: Option<Fallen>,
    /// A suspended key counts, because the manifest was met before the suspension.
    pub(crate) spared: bool,
}

/// How a manifest stands among others of the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// There is no other, or the publisher has settled on this one.
    Alone,
    /// It was met first; these came after it.
    First(Vec<Hash>),
    /// Another one stands.
    Loses(Hash),
}

impl Record {
    pub(crate) fn new(publisher: PublisherId) -> Record {
        Record {
            history: History::new(publisher),
            suspensions: Vec::new(),
            manifests: Vec::new(),
            marks: Marks::default(),
        }
    }

    /// Takes in a verified chain with its suspensions; true if something of it is new.
    pub(crate) fn learn_chain(&mut self, chain: &Chain, own: &Own, step: u32) -> bool {
        let mut new = self.history.learn(chain, &own.statements, step);
        for (suspension, signed) in chain.suspensions().iter().zip(&own.suspensions) {
            new |= self.learn_suspension(chain, suspension, signed, step);
        }
        new
    }

    /// Takes in a suspension that was verified against a chain; true if it is new.
    pub(crate) fn learn_suspension(
        &mut self,
        chain: &Chain,
        suspension: &Suspension,
        signed: &SignedSuspension,
        step: u32,
    ) -> bool {
        let Some(root) = chain.root_of(suspension) else {
            return false;
        };
        let same = |one: &Suspended| one.suspension == *suspension && one.root == root;
        let new = !self.suspensions.iter().any(same);
        if new {
            self.suspensions.push(Suspended {
                suspension: suspension.clone(),
                signed: signed.clone(),
                root,
                step,
            });
        }
        new
    }

    /// Puts back a suspension that was verified when it was kept.
    pub(crate) fn restore_suspension(
        &mut self,
        suspension: Suspension,
        signed: SignedSuspension,
        root: Hash,
        step: u32,
    ) {
        self.suspensions.push(Suspended {
            suspension,
            signed,
            root,
            step,
        });
    }

    /// Takes in a manifest that reached its threshold, or more signatures of one that was
    /// met before; true if something of it is new.
    pub(crate) fn learn_manifest(&mut self, witness: Witness) -> bool {
        match self.manifests.iter_mut().find(|one| one.id == witness.id) {
            Some(met) if met.lacks(&witness.signatures) => {
                Arc::make_mut(met).unite(&witness.signatures);
                true
            }
            Some(_) => false,
            None => {
                self.manifests.push(Arc::new(witness));
                true
            }
        }
    }

    /// The manifest of that id, if it was met.
    pub(crate) fn met(&self, id: &Hash) -> Option<&Witness> {
        let met = self.manifests.iter().find(|one| one.id == *id);
        met.map(Arc::as_ref)
    }

    /// What the signatures of a manifest come to, by the statements that are `held` and,
    /// where the manifest hangs on others, by those of its own `copy`.
    pub(crate) fn weigh(&self, held: &Chain, copy: &Chain, witness: &Witness) -> Option<Weight> {
        let manifest = &witness.manifest;
        let delegation = copy.delegation(&manifest.channel, manifest.epoch, &manifest.root)?;
        let kept = held.keeps(&witness.id);
        let fallen = self.history.fallen(&manifest.root).filter(|_| !kept);
        let mut weight = Weight {
            signers: Signers::none_of(delegation),
            fallen,
            spared: false,
        };
        for one in &witness.signatures {
            let key = delegation.keys.key(one.slot.into())?;
            let (slot, spared) = match fallen {
                _ if one.alg != ED25519 => (Slot::UnknownAlgorithm, false),
                None => self.slot(held, key, witness),
                Some(_) => (slot_of_copy(copy, key, &witness.id), false),
            };
            *weight.signers.slots.get_mut(usize::from(one.slot))? = slot;
            weight.spared |= spared;
        }
        Some(weight)
    }

    /// What a good signature by a key counts for, and whether it does so in spite of a suspension.
    fn slot(&self, held: &Chain, key: &PublicKey, witness: &Witness) -> (Slot, bool) {
        if held.is_revoked(key, &witness.id) {
            return (Slot::Revoked, false);
        }
        let of_key = |one: &&Suspended| one.suspension.key == *key && held.contains_id(&one.root);
        let since = self.suspensions.iter().filter(of_key).map(|one| one.step);
        let since = since.min();
        let over = || held.ends_suspension(key, &witness.id);
        match since.filter(|_| !over()) {
            None => (Slot::Counted, false),
            Some(step) if witness.step < step => (Slot::Counted, true),
            Some(_) => (Slot::Suspended, false),
        }
    }

    /// True if a manifest that was met counts today, whatever others say of its number.
    pub(crate) fn counts(&self, held: &Chain, witness: &Witness) -> bool {
        let copy = self.history.up_to(&witness.manifest.root);
        copy.is_some_and(|copy| self.counts_by(held, &copy, witness))
    }

    /// The same, with the chain that the manifest hangs on.
    fn counts_by(&self, held: &Chain, copy: &Chain, witness: &Witness) -> bool {
        let weight = self.weigh(held, copy, witness);
        weight.is_some_and(|weight| weight.fallen.is_none() && weight.signers.are_enough())
    }

    /// How a manifest stands among others of its number. It need not have been met.
    pub(crate) fn rank(&self, held: &Chain, witness: &Witness) -> Rank {
        let manifest = &witness.manifest;
        match held.settled(&manifest.channel, manifest.epoch, manifest.number) {
            Some(settled) if settled == witness.id => return Rank::Alone,
            Some(settled) => return Rank::Loses(settled),
            None => {}
        }
        let same = |other: &&Witness| {
            other.id != witness.id && other.place() == witness.place() && self.counts(held, other)
        };
        let all = || self.manifests.iter().map(Arc::as_ref);
        let others: Vec<_> = all().filter(same).collect();
        let met = self.manifests.iter().position(|one| one.id == witness.id);
        let before = all().take(met.unwrap_or(self.manifests.len()));
        let earlier = before.filter(same).count();
        rank(held, witness, &others, earlier)
    }

    /// The manifests of a channel that count and stand, by epoch and number.
    pub(crate) fn standing(&self, held: &Chain, channel: &str) -> BTreeMap<(u32, u32), &Witness> {
        let mut places: BTreeMap<(u32, u32), Vec<&Witness>> = BTreeMap::new();
        // Many manifests hang on few statements.
        let mut copies: BTreeMap<Hash, Option<Chain>> = BTreeMap::new();
        let of_channel = |one: &&Arc<Witness>| one.manifest.channel == channel;
        for one in self.manifests.iter().filter(of_channel) {
            let root = &one.manifest.root;
            let copy = copies.entry(root.id);
            let copy = copy.or_insert_with(|| self.history.up_to(root));
            if copy
                .as_ref()
                .is_some_and(|copy| self.counts_by(held, copy, one))
            {
                let place = (one.manifest.epoch, one.manifest.number);
                places.entry(place).or_default().push(one);
            }
        }
        let first = |(place, several)| Some((place, best(held, several)?));
        places.into_iter().filter_map(first).collect()
    }
}

/// The same for a manifest that has fallen: what its own copy says of the key.
fn slot_of_copy(copy: &Chain, key: &PublicKey, manifest: &Hash) -> Slot {
    if copy.is_revoked(key, manifest) {
        Slot::Revoked
    } else if copy.is_suspended(key, manifest) {
        Slot::Suspended
    } else {
        Slot::Counted
    }
}

/// The one that stands of several manifests with one number, in the order in which they were met.
fn best<'w>(held: &Chain, mut several: Vec<&'w Witness>) -> Option<&'w Witness> {
    let (channel, epoch, number) = several.first()?.place();
    let settled = held.settled(channel, epoch, number);
    several.retain(|one| settled.is_none_or(|settled| settled == one.id));
    let kept = several.iter().find(|one| held.keeps(&one.id));
    kept.or(several.first()).copied()
}

/// How one of several manifests with one number stands, where none is settled: those that the
/// publisher keeps go before those it does not, then the one that was met first.
/// `others` are in the order in which they were met, `earlier` of them before this one.
fn rank(held: &Chain, witness: &Witness, others: &[&Witness], earlier: usize) -> Rank {
    let mine = held.keeps(&witness.id);
    let kept = |other: &&Witness| held.keeps(&other.id);
    let better = match (mine, others.iter().copied().find(kept)) {
        (false, Some(kept)) => Some(kept),
        (true, _) => others.iter().take(earlier).copied().find(kept),
        (false, None) => others.iter().take(earlier).copied().next(),
    };
    if let Some(better) = better {
        return Rank::Loses(better.id);
    }
    let equals = others.iter().filter(|other| kept(other) == mine);
    let ids: Vec<_> = equals.map(|other| other.id).collect();
    if ids.is_empty() {
        Rank::Alone
    } else {
        Rank::First(ids)
    }
}

impl Witness {
    /// A manifest that was not met yet.
    pub(crate) fn new(
        manifest: Manifest,
        bytes: Vec<u8>,
        signatures: Vec<SlotSignature>,
    ) -> Witness {
        Witness {
            id: Hash::derived(Context::ManifestId, &bytes),
            manifest,
            bytes,
            signatures,
            step: 0,
        }
    }

    /// True if one of these is of a slot that has none.
    fn lacks(&self, signatures: &[SlotSignature]) -> bool {
        signatures.iter().any(|one| !self.has(one.slot))
    }

    fn has(&self, slot: u8) -> bool {
        self.signatures.iter().any(|here| here.slot == slot)
    }

    /// Adds signatures of slots that had none.
    fn unite(&mut self, signatures: &[SlotSignature]) {
        for one in signatures {
            if !self.has(one.slot) {
                self.signatures.push(one.clone());
            }
        }
        self.signatures.sort_by_key(|one| one.slot);
    }

    /// With the signatures of copies that were met; it arrived with the first of them, or now.
    pub(crate) fn with(&self, met: Option<&Witness>, now: u32) -> Witness {
        let mut all = self.clone();
        all.step = met.map_or(now, |met| met.step);
        if let Some(met) = met {
            all.unite(&met.signatures);
        }
        all
    }

    /// True if as many keys signed it as must, and they may sign this number. What became
    /// of those keys since is another question.
    pub(crate) fn reaches_threshold(&self, delegation: &Delegation) -> bool {
        let good = self.signatures.iter().filter(|one| one.alg == ED25519);
        good.count() >= delegation.keys.threshold() && delegation.allows(self.manifest.number)
    }

    /// Which issue it says it is.
    pub(crate) fn place(&self) -> (&str, u32, u32) {
        let manifest = &self.manifest;
        (&manifest.channel, manifest.epoch, manifest.number)
    }
}
