//! Mints publishers and heads for the tests of this folder. Not a test itself.
#![allow(dead_code, unreachable_pub)] // each test file uses its part of it
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support::{key, public, sign};
use ed25519_dalek::SigningKey;
use std::io::Cursor;
use varaq_bundle::{
    Counts, Day, ED25519, Hash, Head, Limits, Manifest, RootRef, Run, SlotSignature,
    encode_signatures,
};
use varaq_trust::{
    Delegation, KeySet, Name, Namespace, Opening, Own, Pin, Pins, PublisherId, Reason, Revocation,
    RootSignature, Set, SignedStatement, SignedSuspension, Statement, StatementSignature,
    Suspension, Verdict, open, statement_id,
};

/// A set of keys with these seeds.
pub fn set(threshold: u64, seeds: &[u8]) -> KeySet {
    KeySet::new(
        threshold,
        seeds.iter().map(|&seed| public(&key(seed))).collect(),
    )
    .unwrap()
}

/// A delegation of the channel `main`.
pub fn delegation(epoch: u32, threshold: u64, seeds: &[u8]) -> Delegation {
    Delegation {
        channel: "main".into(),
        epoch,
        keys: set(threshold, seeds),
        first: 10,
        last: 20,
        days: None,
    }
}

/// A revocation that keeps these manifests.
pub fn revocation(seed: u8, kept: &[Hash]) -> Revocation {
    let mut kept = kept.to_vec();
    kept.sort();
    Revocation {
        key: public(&key(seed)),
        reason: Reason::Stolen,
        kept,
    }
}

/// A name in English.
pub fn named(name: &str) -> Vec<Name> {
    vec![Name::new("en", name).unwrap()]
}

/// A signature of a statement.
pub fn by(
    set: Set,
    slot: u64,
    signer: &SigningKey,
    namespace: Namespace,
    bytes: &[u8],
) -> StatementSignature {
    StatementSignature {
        set,
        slot,
        alg: ED25519,
        signature: sign(signer, namespace, bytes).to_vec(),
    }
}

/// Bytes signed by some keys of some sets: (set, slot, seed).
pub fn signed(bytes: &[u8], namespace: Namespace, signers: &[(Set, u64, u8)]) -> SignedStatement {
    SignedStatement {
        bytes: bytes.to_vec(),
        signatures: signers
            .iter()
            .map(|&(set, slot, seed)| by(set, slot, &key(seed), namespace, bytes))
            .collect(),
    }
}

/// A publisher whose root keys have the seeds 1, 2, 3 (two must sign) and whose signing
/// keys have the seeds 11, 12, 13 (two must sign).
#[derive(Clone)]
pub struct Press {
    pub own: Own,
    pub last: Statement,
}

pub const ROOT: [u8; 3] = [1, 2, 3];
pub const DESK: [u8; 3] = [11, 12, 13];

impl Press {
    pub fn new() -> Press {
        Press::named("Example News")
    }

    pub fn named(name: &str) -> Press {
        Press::with(Statement::first(
            set(2, &ROOT),
            vec![delegation(1, 2, &DESK)],
            named(name),
        ))
    }

    pub fn with(first: Statement) -> Press {
        let bytes = first.encode().unwrap();
        let statement = signed(
            &bytes,
            Namespace::Root,
            &[(Set::Own, 0, ROOT[0]), (Set::Own, 1, ROOT[1])],
        );
        Press {
            own: Own {
                statements: vec![statement],
                suspensions: Vec::new(),
            },
            last: first,
        }
    }

    pub fn id(&self) -> PublisherId {
        PublisherId::of_statement(&self.own.statements[0].bytes)
    }

    pub fn last_id(&self) -> Hash {
        statement_id(&self.own.statements.last().unwrap().bytes)
    }

    /// The next statement, changed as `change` does, not yet signed.
    pub fn draft(&self, change: impl FnOnce(&mut Statement)) -> Statement {
        let mut next = self.last.next(self.last_id()).unwrap();
        change(&mut next);
        next
    }

    /// Appends a statement signed by those keys.
    pub fn append(
        &mut self,
        statement: Statement,
        namespace: Namespace,
        signers: &[(Set, u64, u8)],
    ) {
        let bytes = statement.encode().unwrap();
        self.own.statements.push(signed(&bytes, namespace, signers));
        self.last = statement;
    }

    /// Appends a statement with the same root keys.
    pub fn add(&mut self, change: impl FnOnce(&mut Statement)) {
        let next = self.draft(change);
        self.append(
            next,
            Namespace::Root,
            &[(Set::Own, 0, ROOT[0]), (Set::Own, 1, ROOT[1])],
        );
    }

    pub fn suspension(&self, seed: u8) -> Suspension {
        Suspension {
            publisher: self.id(),
            generation: self.last.generation,
            version: self.last.version,
            key: public(&key(seed)),
        }
    }

    pub fn suspend(&mut self, seed: u8) {
        let body = self.suspension(seed).encode();
        self.own
            .suspensions
            .push(suspended(&body, &[(0, ROOT[0]), (1, ROOT[1])]));
    }

    pub fn root(&self) -> RootRef {
        RootRef {
            generation: self.last.generation,
            version: self.last.version,
            id: self.last_id(),
        }
    }

    /// An issue of the channel `main`, epoch 1, by this publisher.
    pub fn manifest(&self, number: u32) -> Manifest {
        Manifest {
            format: 1,
            publisher: self.id().into(),
            channel: "main".into(),
            epoch: 1,
            number,
            prev: None,
            day: Day(20_000),
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

    pub fn pinned(&self, checked: bool) -> Pins {
        let mut pins = Pins::new();
        pins.add(Pin::new(self.id(), &self.last.names, checked, None));
        pins
    }

    /// A head with this publisher's statements.
    pub fn head(&self, manifest: &Manifest, signers: &[(u8, u8)]) -> Head {
        let bytes = manifest.encode();
        let signatures = manifest_signatures(&bytes, signers);
        self.head_of(bytes, signatures)
    }

    pub fn head_of(&self, manifest: Vec<u8>, signatures: Vec<u8>) -> Head {
        head(manifest, signatures, self.own.encode().unwrap())
    }
}

pub fn suspended(body: &[u8], signers: &[(u64, u8)]) -> SignedSuspension {
    SignedSuspension {
        bytes: body.to_vec(),
        signatures: signers
            .iter()
            .map(|&(slot, seed)| RootSignature {
                slot,
                alg: ED25519,
                signature: sign(&key(seed), Namespace::Suspend, body).to_vec(),
            })
            .collect(),
    }
}

/// SIGNATURES by (slot, seed).
pub fn manifest_signatures(manifest: &[u8], signers: &[(u8, u8)]) -> Vec<u8> {
    if signers.is_empty() {
        return Vec::new();
    }
    let signatures: Vec<_> = signers
        .iter()
        .map(|&(slot, seed)| SlotSignature {
            slot,
            alg: ED25519,
            signature: sign(&key(seed), Namespace::Manifest, manifest).to_vec(),
        })
        .collect();
    encode_signatures(&signatures)
}

pub fn head(manifest: Vec<u8>, signatures: Vec<u8>, own: Vec<u8>) -> Head {
    let sections = 64 + manifest.len() + signatures.len() + own.len();
    Head::new(
        sections as u64 + 4_096,
        manifest,
        signatures,
        own,
        Vec::new(),
        Vec::new(),
    )
}

/// The verdict on a head copy.
pub fn verdict(head: &Head, pins: &Pins) -> Verdict {
    opening(&head.to_bytes(), pins).verdict()
}

pub fn opening(bytes: &[u8], pins: &Pins) -> Opening<Cursor<Vec<u8>>> {
    open(Cursor::new(bytes.to_vec()), pins, &Limits::default()).unwrap()
}

/// A whole small bundle whose pieces are stored as they are: FRONT, a catalog page and one
/// more. What they hold is never decoded by these tests.
pub fn bundle(
    press: &Press,
    number: u32,
    signers: &[(u8, u8)],
    runs: impl Fn(u64) -> Vec<Run>,
) -> Vec<u8> {
    use varaq_bundle::{Codec, Index, TableEntry};
    let pieces: [&[u8]; 3] = [b"front", b"catalog page", b"the text of an article"];
    let entries: Vec<_> = pieces
        .iter()
        .map(|piece| TableEntry {
            hash: Hash::of(piece),
            stored: piece.len() as u32,
            raw: piece.len() as u32,
            codec: Codec::Stored,
        })
        .collect();
    let (index, table, index_hash) = Index::encode(&entries);
    let total = pieces.concat().len() as u64;
    let manifest = Manifest {
        piece_count: 3,
        stored_total: total,
        raw_total: total,
        index: index_hash,
        ..press.manifest(number)
    };
    let bytes = manifest.encode();
    let signatures = manifest_signatures(&bytes, signers);
    let own = press.own.encode().unwrap();
    let body_at = 64 + (bytes.len() + signatures.len() + own.len()) as u64 + 1_024;
    let pieces_at = body_at + (index.len() + table.len()) as u64;
    let head = Head::new(
        body_at,
        bytes,
        signatures,
        own,
        Run::encode_all(&runs(pieces_at)),
        Vec::new(),
    );
    let mut file = head.to_bytes();
    file.resize(body_at as usize, 0);
    file.extend_from_slice(&index);
    file.extend_from_slice(&table);
    file.extend_from_slice(&pieces.concat());
    file
}

/// One run over everything.
pub fn whole(pieces_at: u64) -> Vec<Run> {
    vec![Run {
        first: 0,
        count: 3,
        offset: pieces_at,
    }]
}
