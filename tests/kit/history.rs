//! What becomes of a publisher over the years: other root keys, recoveries, new epochs, and
//! issues that are a head and nothing else. A fork is a clone that goes another way.

use crate::{Mint, public, sign, signed};
use varaq_bundle::{Counts, Day, ED25519, Hash, Head, Manifest, SlotSignature, encode_signatures};
use varaq_trust::{
    Delegation, KeySet, Namespace, Reason, Revocation, Set, SignedSuspension, Statement,
    recovery_commitment,
};

/// Threshold and seeds of keys.
pub type Keys = (u64, Vec<u8>);

/// A set of the keys with these seeds.
#[must_use]
pub fn key_set(keys: &Keys) -> KeySet {
    KeySet::new(keys.0, keys.1.iter().map(|&seed| public(seed)).collect()).unwrap()
}

/// A delegation of the channel `main`.
#[must_use]
pub fn delegation(epoch: u32, keys: &Keys, (first, last): (u32, u32)) -> Delegation {
    Delegation {
        channel: "main".into(),
        epoch,
        keys: key_set(keys),
        first,
        last,
        days: None,
    }
}

/// A revocation of the key with that seed, which keeps these manifests.
#[must_use]
pub fn revocation(seed: u8, kept: &[Hash]) -> Revocation {
    let mut kept = kept.to_vec();
    kept.sort();
    kept.dedup();
    Revocation {
        key: public(seed),
        reason: Reason::Stolen,
        kept,
    }
}

/// As many signers of a set as its threshold asks for.
#[must_use]
pub fn signers(set: Set, keys: &Keys) -> Vec<(Set, u64, u8)> {
    let count = usize::try_from(keys.0).unwrap();
    let slots = (0..).zip(&keys.1).take(count);
    slots.map(|(slot, &seed)| (set, slot, seed)).collect()
}

/// SIGNATURES over a manifest, by (slot, seed).
#[must_use]
pub fn signed_by(manifest: &[u8], signers: &[(u8, u8)]) -> Vec<u8> {
    let by = |&(slot, seed): &(u8, u8)| SlotSignature {
        slot,
        alg: ED25519,
        signature: sign(seed, Namespace::Manifest, manifest),
    };
    encode_signatures(&signers.iter().map(by).collect::<Vec<_>>())
}

impl Mint {
    /// A publisher as planned, who has committed to these recovery keys.
    #[must_use]
    pub fn with_recovery(plan: crate::Plan, keys: &Keys) -> Mint {
        let mut first = Mint::of(plan.clone()).last;
        first.recovery = Some(recovery_commitment(&key_set(keys)));
        Mint::with_first(plan, first)
    }

    /// Appends a statement with other root keys, signed by the old ones and by them.
    pub fn rotate(&mut self, root: &Keys, change: impl FnOnce(&mut Statement)) {
        let next = self.next_statement(|next| {
            next.root = key_set(root);
            change(next);
        });
        let mut both = signers(Set::Before, &self.plan.root);
        both.extend(signers(Set::Own, root));
        self.append(next, Namespace::Root, &both);
        self.plan.root = root.clone();
    }

    /// Appends a recovery statement by the keys that were committed to.
    pub fn recover(&mut self, revealed: &Keys, root: &Keys, change: impl FnOnce(&mut Statement)) {
        let next = self.next_statement(|next| {
            next.generation += 1;
            next.root = key_set(root);
            next.recovery = None;
            next.revealed = Some(key_set(revealed));
            change(next);
        });
        let mut both = signers(Set::Own, root);
        both.extend(signers(Set::Recovery, revealed));
        self.append(next, Namespace::Recovery, &both);
        self.plan.root = root.clone();
    }

    /// Appends a statement that begins an epoch of `main` with other signing keys.
    pub fn begin_epoch(&mut self, epoch: u32, desk: &Keys, window: (u32, u32)) {
        self.add(|next| next.delegations.push(delegation(epoch, desk, window)));
        self.plan.desk = desk.clone();
        self.plan.window = window;
    }

    /// An issue of the channel `main`, epoch 1, that hangs on the newest statement. Its
    /// content is nowhere: a verdict needs none.
    #[must_use]
    pub fn manifest(&self, number: u32) -> Manifest {
        Manifest {
            format: 1,
            publisher: self.id().into(),
            channel: "main".into(),
            epoch: 1,
            number,
            prev: None,
            day: Day(20_000 + number % 10_000),
            root: self.root(),
            piece_count: 2,
            stored_total: 100,
            raw_total: 100,
            index: Hash([9; 32]),
            counts: Counts {
                notices: 0,
                catalog: 1,
            },
            prefixes: Vec::new(),
            extras: Vec::new(),
        }
    }

    /// A head copy with this publisher's statements, signed by (slot, seed).
    #[must_use]
    pub fn head(&self, manifest: &Manifest, signers: &[(u8, u8)]) -> Head {
        let manifest = manifest.encode();
        let signatures = signed_by(&manifest, signers);
        self.head_of(manifest, signatures, Vec::new())
    }

    /// A head copy of any sections, with this publisher's statements.
    #[must_use]
    pub fn head_of(&self, manifest: Vec<u8>, signatures: Vec<u8>, notes: Vec<u8>) -> Head {
        let own = self.own.encode().unwrap();
        let sections = [&manifest, &signatures, &own, &notes];
        let end = 64 + sections.iter().map(|one| one.len() as u64).sum::<u64>();
        Head::new(end + 512, manifest, signatures, own, Vec::new(), notes)
    }

    /// A suspension of the key with that seed by the root keys of today, not yet added.
    #[must_use]
    pub fn suspension_of(&self, seed: u8) -> SignedSuspension {
        let mut copy = self.clone();
        copy.plan.desk = (1, vec![seed]);
        copy.suspend(0);
        copy.own.suspensions.pop().unwrap()
    }

    /// The newest statement with these signatures instead of its own.
    pub fn sign_again(&mut self, namespace: Namespace, signers: &[(Set, u64, u8)]) {
        let last = self.own.statements.last_mut().unwrap();
        *last = signed(last.bytes.clone(), namespace, signers);
    }
}
