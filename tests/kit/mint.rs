//! A publisher whose keys everybody knows.

use crate::Draft;
use ed25519_dalek::{Signer, SigningKey};
use varaq_bundle::{ED25519, Hash, RootRef, SlotSignature, encode_signatures};
use varaq_trust::{
    Delegation, KeySet, Name, Namespace, Own, Pin, Pins, PublicKey, PublisherId, RootSignature,
    Set, SignedStatement, SignedSuspension, Statement, StatementSignature, Suspension, sshsig,
    statement_id,
};

/// The signing key with a fixed seed.
#[must_use]
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// The public half of the key with a fixed seed.
#[must_use]
pub fn public(seed: u8) -> PublicKey {
    PublicKey::ed25519(key(seed).verifying_key().as_bytes()).unwrap()
}

/// An Ed25519 signature in a namespace.
#[must_use]
pub fn sign(seed: u8, namespace: Namespace, bytes: &[u8]) -> Vec<u8> {
    key(seed)
        .sign(&sshsig::preimage(namespace, bytes))
        .to_bytes()
        .to_vec()
}

/// What a publisher is made of. Seeds are numbers of [`key`].
#[derive(Clone, Debug)]
pub struct Plan {
    /// (language, name).
    pub names: Vec<(&'static str, &'static str)>,
    /// Threshold and seeds of the root keys.
    pub root: (u64, Vec<u8>),
    /// Threshold and seeds of the signing keys.
    pub desk: (u64, Vec<u8>),
    /// First and last number of the delegation of `main`, epoch 1.
    pub window: (u32, u32),
}

impl Default for Plan {
    /// "Example News": one of one root key (seed 1), two of three signing keys (seeds 11, 12, 13), numbers 1-200.
    fn default() -> Plan {
        Plan {
            names: vec![("en", "Example News"), ("fa", "خبر نمونه")],
            root: (1, vec![1]),
            desk: (2, vec![11, 12, 13]),
            window: (1, 200),
        }
    }
}

/// A publisher with all its secrets.
#[derive(Clone, Debug)]
pub struct Mint {
    /// The statements so far.
    pub own: Own,
    /// The newest statement.
    pub last: Statement,
    /// How it was planned.
    pub plan: Plan,
}

impl Default for Mint {
    fn default() -> Mint {
        Mint::of(Plan::default())
    }
}

impl Mint {
    /// A publisher as planned, with statement 1 signed by as many root keys as it takes.
    #[must_use]
    pub fn of(plan: Plan) -> Mint {
        let names = plan
            .names
            .iter()
            .map(|(language, name)| Name::new(language, name).unwrap())
            .collect();
        let delegation = Delegation {
            channel: "main".into(),
            epoch: 1,
            keys: keys(&plan.desk),
            first: plan.window.0,
            last: plan.window.1,
            days: None,
        };
        let first = Statement::first(keys(&plan.root), vec![delegation], names);
        Mint::with_first(plan, first)
    }

    /// A publisher whose first statement is another than planned.
    #[must_use]
    pub fn with_first(plan: Plan, first: Statement) -> Mint {
        let bytes = first.encode().unwrap();
        Mint::with_bytes(plan, first, bytes)
    }

    /// A publisher whose first statement is those bytes, which may break any rule.
    #[must_use]
    pub fn with_bytes(plan: Plan, first: Statement, bytes: Vec<u8>) -> Mint {
        let mut mint = Mint {
            own: Own {
                statements: Vec::new(),
                suspensions: Vec::new(),
            },
            last: first,
            plan,
        };
        let signers = mint.root_signers(Set::Own);
        mint.own
            .statements
            .push(signed(bytes, Namespace::Root, &signers));
        mint
    }

    /// "Example News" by another name and other keys: `seed` is added to every key's.
    #[must_use]
    pub fn other(name: &'static str, seed: u8) -> Mint {
        let plan = Plan::default();
        let add = |(threshold, seeds): (u64, Vec<u8>)| {
            (threshold, seeds.iter().map(|s| s + seed).collect())
        };
        Mint::of(Plan {
            names: vec![("en", name)],
            root: add(plan.root),
            desk: add(plan.desk),
            window: plan.window,
        })
    }

    /// The publisher id.
    #[must_use]
    pub fn id(&self) -> PublisherId {
        PublisherId::of_statement(&self.own.statements[0].bytes)
    }

    /// The newest statement as a manifest names it.
    #[must_use]
    pub fn root(&self) -> RootRef {
        RootRef {
            generation: self.last.generation,
            version: self.last.version,
            id: self.last_id(),
        }
    }

    /// Statement id of the newest statement.
    #[must_use]
    pub fn last_id(&self) -> Hash {
        statement_id(&self.own.statements.last().unwrap().bytes)
    }

    /// A reader who knows this publisher, with the code checked or not.
    #[must_use]
    pub fn pins(&self, checked: bool) -> Pins {
        let mut pins = Pins::new();
        pins.add(Pin::new(self.id(), &self.last.names, checked, None));
        pins
    }

    /// SIGNATURES over a manifest by these slots of the desk.
    #[must_use]
    pub fn signatures(&self, manifest: &[u8], slots: &[u8]) -> Vec<u8> {
        let by = |&slot: &u8| SlotSignature {
            slot,
            alg: ED25519,
            signature: sign(
                self.plan.desk.1[usize::from(slot)],
                Namespace::Manifest,
                manifest,
            ),
        };
        if slots.is_empty() {
            return Vec::new();
        }
        encode_signatures(&slots.iter().map(by).collect::<Vec<_>>())
    }

    /// The next statement, changed as `change` does, not yet signed.
    #[must_use]
    pub fn next_statement(&self, change: impl FnOnce(&mut Statement)) -> Statement {
        let mut next = self.last.next(self.last_id()).unwrap();
        change(&mut next);
        next
    }

    /// Appends a statement that keeps the root keys, signed by them.
    pub fn add(&mut self, change: impl FnOnce(&mut Statement)) {
        let next = self.next_statement(change);
        let signers = self.root_signers(Set::Own);
        self.append(next, Namespace::Root, &signers);
    }

    /// Appends a statement signed by (set, slot, seed).
    pub fn append(
        &mut self,
        statement: Statement,
        namespace: Namespace,
        signers: &[(Set, u64, u8)],
    ) {
        let bytes = statement.encode().unwrap();
        let signatures = signers
            .iter()
            .map(|&(set, slot, seed)| StatementSignature {
                set,
                slot,
                alg: ED25519,
                signature: sign(seed, namespace, &bytes),
            })
            .collect();
        self.own
            .statements
            .push(SignedStatement { bytes, signatures });
        self.last = statement;
    }

    /// Adds a suspension of the signing key in `slot`, signed by the root keys.
    pub fn suspend(&mut self, slot: u8) {
        let body = Suspension {
            publisher: self.id(),
            generation: self.last.generation,
            version: self.last.version,
            key: public(self.plan.desk.1[usize::from(slot)]),
        }
        .encode();
        let signatures = self
            .root_signers(Set::Own)
            .into_iter()
            .map(|(_, slot, seed)| RootSignature {
                slot,
                alg: ED25519,
                signature: sign(seed, Namespace::Suspend, &body),
            })
            .collect();
        self.own.suspensions.push(SignedSuspension {
            bytes: body,
            signatures,
        });
    }

    /// As many root signers as the threshold asks for.
    #[must_use]
    pub fn root_signers(&self, set: Set) -> Vec<(Set, u64, u8)> {
        let count = usize::try_from(self.plan.root.0).unwrap();
        (0..)
            .zip(&self.plan.root.1)
            .take(count)
            .map(|(slot, &seed)| (set, slot, seed))
            .collect()
    }

    /// Begins an issue of the channel `main`, epoch 1.
    #[must_use]
    pub fn issue(&self, number: u32) -> Draft<'_> {
        Draft::new(self, number)
    }
}

/// A statement with signatures by (set, slot, seed).
#[must_use]
pub fn signed(bytes: Vec<u8>, namespace: Namespace, signers: &[(Set, u64, u8)]) -> SignedStatement {
    let by = |&(set, slot, seed): &(Set, u64, u8)| StatementSignature {
        set,
        slot,
        alg: ED25519,
        signature: sign(seed, namespace, &bytes),
    };
    let signatures = signers.iter().map(by).collect();
    SignedStatement { bytes, signatures }
}

fn keys((threshold, seeds): &(u64, Vec<u8>)) -> KeySet {
    KeySet::new(*threshold, seeds.iter().map(|&seed| public(seed)).collect()).unwrap()
}
