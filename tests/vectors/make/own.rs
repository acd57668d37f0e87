//! A publisher's statements: chains, windows, revocations, suspensions (FORMAT.md section 4).

use super::keys::{with_own, with_statement};
use super::sample::{sample, sample_by};
use super::{Found, List, PinLine};
use varaq_bundle::Hash;
use varaq_kit::{Mint, Plan, Value, public, sign, statement_value};
use varaq_trust::{
    Delegation, KeySet, Name, Namespace, Own, Reason, Revocation, Set, Statement,
    recovery_commitment,
};

/// A publisher with a second statement, made by `change`.
fn mint_with(change: impl FnOnce(&mut Statement)) -> Mint {
    let mut mint = Mint::default();
    mint.add(change);
    mint
}

fn set(seeds: &[u8]) -> KeySet {
    KeySet::new(1, seeds.iter().map(|&seed| public(seed)).collect()).unwrap()
}

fn grant(channel: &str, epoch: u32) -> Delegation {
    Delegation {
        channel: channel.into(),
        epoch,
        keys: set(&[21]),
        first: 1,
        last: 9,
        days: None,
    }
}

fn revoke(slot: u8, kept: &[Hash]) -> impl FnOnce(&mut Statement) {
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

/// The sample's file by `named`, with the statements of `own`.
fn file(named: &Mint, own: &Mint) -> Vec<u8> {
    let mut parts = sample_by(named.clone()).seal().parts();
    parts.own = own.own.encode().unwrap();
    parts.bytes()
}

pub fn add(list: &mut List) {
    windows(list);
    chains(list);
    recoveries(list);
    statements(list);
    revocations(list);
    suspensions(list);
}

fn windows(list: &mut List) {
    let at = |number: u32| {
        let mut sample = sample();
        sample.number = number;
        sample.seal().file()
    };
    list.found(
        "window-first",
        "4.5",
        "the first number of a window is in it",
        at(1),
        Found::whole(&sample()),
    );
    list.found(
        "window-last",
        "4.5",
        "the last number of a window is in it",
        at(200),
        Found::whole(&sample()),
    );
    list.refused(
        "window-above",
        "7",
        "the number behind the window is not",
        at(201),
        "OUT_OF_WINDOW",
    );
    let mint = Mint::of(Plan {
        window: (8, 20),
        ..Plan::default()
    });
    list.refused(
        "window-below",
        "7",
        "the number before the window is not",
        sample_by(mint).seal().file(),
        "OUT_OF_WINDOW",
    );
    let mut other = sample().seal();
    other.manifest.channel = "sport".into();
    list.refused(
        "another-channel",
        "4.5",
        "keys are for one channel",
        other.file(),
        "BAD_SIGNATURE",
    );
    let mut other = sample().seal();
    other.manifest.epoch = 2;
    list.refused(
        "another-epoch",
        "4.5",
        "keys are for one epoch",
        other.file(),
        "BAD_SIGNATURE",
    );
    let mint = mint_with(|s| s.delegations.push(grant("sport", 1)));
    let mut other = sample_by(mint).seal();
    other.manifest.channel = "sport".into();
    list.refused(
        "signed-by-the-desk-of-another-channel",
        "4.5",
        "the desk of main cannot sign for sport",
        other.file(),
        "BAD_SIGNATURE",
    );
    let mut early = sample().seal();
    let mint = mint_with(|s| s.delegations.push(grant("sport", 1)));
    early.manifest.channel = "sport".into();
    let mut parts = early.parts();
    let slot = varaq_bundle::SlotSignature {
        slot: 0,
        alg: 1,
        signature: sign(21, Namespace::Manifest, &parts.manifest),
    };
    parts.signatures = varaq_bundle::encode_signatures(&[slot]);
    parts.own = mint.own.encode().unwrap();
    list.refused(
        "granted-after-the-named-statement",
        "4.5",
        "a statement behind the one named grants nothing to this issue",
        parts.bytes(),
        "BAD_SIGNATURE",
    );
}

fn chains(list: &mut List) {
    let first = Mint::default();
    let second = mint_with(|s| s.cadence = 7);
    let whole = Found::whole(&sample());
    list.found(
        "chain-of-two",
        "4.2",
        "one signature serves both sets of equal keys",
        file(&second, &second),
        whole.clone(),
    );
    list.found(
        "names-an-older-statement",
        "4.2",
        "OWN may hold more than the issue names",
        file(&first, &second),
        whole.clone(),
    );
    list.refused(
        "chain-incomplete",
        "7",
        "OWN is too short: another copy may have more",
        file(&second, &first),
        "CHAIN_INCOMPLETE",
    );
    list.refused(
        "chain-of-another-publisher",
        "7",
        "OWN of somebody else does not contain the statement",
        file(&first, &Mint::other("Example News", 40)),
        "CHAIN_INCOMPLETE",
    );
    let mut stranger = sample().seal();
    stranger.manifest.publisher = Mint::other("Example News", 40).id().into();
    list.refused(
        "publisher-of-another-chain",
        "7",
        "the publisher is statement 1",
        stranger.file(),
        "BAD_SIGNATURE",
    );
    let mut wrong = sample().seal();
    wrong.manifest.root.version = 2;
    list.refused(
        "root-of-another-version",
        "4.2",
        "generation, version and id must all fit",
        wrong.file(),
        "CHAIN_INCOMPLETE",
    );

    let with =
        |change: &dyn Fn(&mut Statement), namespace: Namespace, signers: &[(Set, u64, u8)]| {
            let mut mint = Mint::default();
            let mut next = mint.next_statement(|_| {});
            change(&mut next);
            mint.append(next, namespace, signers);
            file(&first, &mint)
        };
    let (before, own) = (Set::Before, Set::Own);
    let root = |seed: u8| move |s: &mut Statement| s.root = set(&[seed]);
    for (name, purpose, bytes) in [
        (
            "rotated-by-both-keys",
            "new root keys are signed by the old and the new",
            with(&root(2), Namespace::Root, &[(before, 0, 1), (own, 0, 2)]),
        ),
        (
            "equal-keys-signed-twice",
            "a second signature is not needed, and no harm",
            with(&|_| {}, Namespace::Root, &[(before, 0, 1), (own, 0, 1)]),
        ),
    ] {
        list.found(name, "4.2", purpose, bytes, whole.clone());
    }
    for (name, purpose, bytes) in [
        (
            "rotated-by-the-new-keys-only",
            "anybody could do that",
            with(&root(2), Namespace::Root, &[(own, 0, 2)]),
        ),
        (
            "rotated-by-the-old-keys-only",
            "the new keys may be a mistake",
            with(&root(2), Namespace::Root, &[(before, 0, 1)]),
        ),
        (
            "statement-unsigned",
            "statements are signed",
            with(&|_| {}, Namespace::Root, &[]),
        ),
        (
            "statement-signed-as-a-manifest",
            "a signature is for one purpose",
            with(&|_| {}, Namespace::Manifest, &[(own, 0, 1)]),
        ),
        (
            "statement-with-a-recovery-signature",
            "set 2 does not sign an ordinary statement",
            with(
                &|_| {},
                Namespace::Root,
                &[(own, 0, 1), (Set::Recovery, 0, 1)],
            ),
        ),
        (
            "statement-with-a-bad-signature-too-many",
            "every listed signature verifies",
            with(&|_| {}, Namespace::Root, &[(before, 0, 2), (own, 0, 1)]),
        ),
        (
            "statement-with-a-slot-out-of-range",
            "there is one root key",
            with(&|_| {}, Namespace::Root, &[(own, 0, 1), (own, 1, 1)]),
        ),
        (
            "statement-that-skips-a-version",
            "version n + 2 does not follow n",
            with(&|s| s.version = 3, Namespace::Root, &[(own, 0, 1)]),
        ),
        (
            "statement-of-another-generation",
            "only a recovery changes the generation",
            with(&|s| s.generation = 1, Namespace::Root, &[(own, 0, 1)]),
        ),
        (
            "statement-of-another-past",
            "previous is the id of the statement before",
            with(
                &|s| s.previous = Some(Hash([9; 32])),
                Namespace::Root,
                &[(own, 0, 1)],
            ),
        ),
        (
            "channel-granted-twice",
            "a channel and epoch is granted once",
            with(
                &|s| s.delegations.push(grant("main", 1)),
                Namespace::Root,
                &[(own, 0, 1)],
            ),
        ),
        (
            "commitment-changed",
            "only a recovery changes the commitment",
            with(
                &|s| s.recovery = Some(Hash([9; 32])),
                Namespace::Root,
                &[(own, 0, 1)],
            ),
        ),
    ] {
        list.refused(name, "4.2", purpose, bytes, "BAD_SIGNATURE");
    }
    let mut swapped = Value::parse(&second.own.encode().unwrap());
    swapped.at(0).items().swap(0, 1);
    let mut parts = sample().seal().parts();
    parts.own = swapped.encode();
    list.refused(
        "statements-out-of-order",
        "4",
        "statements stand in order",
        parts.bytes(),
        "BAD_SIGNATURE",
    );
}

fn recoveries(list: &mut List) {
    let keys = set(&[31, 32]);
    let first = {
        let mut statement = Mint::default().last;
        statement.recovery = Some(recovery_commitment(&keys));
        let mut mint = Mint {
            own: Own {
                statements: Vec::new(),
                suspensions: Vec::new(),
            },
            ..Mint::default()
        };
        mint.append(statement, Namespace::Root, &[(Set::Own, 0, 1)]);
        mint
    };
    let recover =
        |revealed: &KeySet, generation: u16, namespace: Namespace, signers: &[(Set, u64, u8)]| {
            let mut mint = first.clone();
            let next = mint.next_statement(|s| {
                s.generation = generation;
                s.root = set(&[41]);
                s.revealed = Some(revealed.clone());
                s.recovery = None;
            });
            mint.append(next, namespace, signers);
            let parts = sample_by(mint).seal();
            parts.file()
        };
    let (own, by) = (Set::Own, Set::Recovery);
    list.found(
        "recovered",
        "4.2",
        "the revealed keys replace the root keys",
        recover(&keys, 1, Namespace::Recovery, &[(own, 0, 41), (by, 1, 32)]),
        Found::whole(&sample()),
    );
    list.read_by(PinLine::of(&first, true), "VERIFIED", 0);
    for (name, purpose, bytes) in [
        (
            "recovery-with-other-keys",
            "only the keys that were committed to",
            recover(
                &set(&[33]),
                1,
                Namespace::Recovery,
                &[(own, 0, 41), (by, 0, 33)],
            ),
        ),
        (
            "recovery-in-the-wrong-namespace",
            "a recovery is signed as one",
            recover(&keys, 1, Namespace::Root, &[(own, 0, 41), (by, 0, 31)]),
        ),
        (
            "recovery-in-the-same-generation",
            "a recovery begins a generation",
            recover(&keys, 0, Namespace::Recovery, &[(own, 0, 41), (by, 0, 31)]),
        ),
        (
            "recovery-without-the-new-keys",
            "the new root keys sign too",
            recover(&keys, 1, Namespace::Recovery, &[(by, 0, 31)]),
        ),
        (
            "recovery-without-the-revealed-keys",
            "the revealed keys sign",
            recover(&keys, 1, Namespace::Recovery, &[(own, 0, 41)]),
        ),
        (
            "recovery-with-the-old-keys",
            "set 0 does not sign a recovery",
            recover(
                &keys,
                1,
                Namespace::Recovery,
                &[(Set::Before, 0, 1), (own, 0, 41), (by, 0, 31)],
            ),
        ),
    ] {
        list.refused(name, "4.2", purpose, bytes, "BAD_SIGNATURE");
    }
}

fn statements(list: &mut List) {
    let sample = sample();
    let mut bad = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        list.refused(
            name,
            "4.1",
            purpose,
            with_statement(&sample, change),
            "BAD_SIGNATURE",
        );
    };
    bad(
        "statement-1-of-version-2",
        "statement 1 has version 1",
        &|s| *s.at(2) = Value::Uint(2),
    );
    bad(
        "statement-1-with-a-past",
        "statement 1 has no statement before it",
        &|s| *s.at(3) = Value::Bytes(vec![1; 32]),
    );
    bad(
        "statement-1-of-generation-1",
        "statement 1 has generation 0",
        &|s| *s.at(1) = Value::Uint(1),
    );
    bad(
        "statement-1-without-a-name",
        "statement 1 has a name",
        &|s| *s.at(9) = Value::Array(Vec::new()),
    );
    bad("statement-of-format-2", "format 1", &|s| {
        *s.at(0) = Value::Uint(2)
    });
    bad(
        "statement-with-an-unknown-key",
        "no other field is there",
        &|s| s.pairs().push((Value::Uint(13), Value::Null)),
    );
    bad("window-reversed", "first is not above last", &|s| {
        *s.at(5).at(0).at(3) = Value::Uint(201)
    });
    bad("window-of-257", "what a thief can spoil is bounded", &|s| {
        *s.at(5).at(0).at(4) = Value::Uint(257)
    });
    bad("window-from-0", "numbers count from 1", &|s| {
        *s.at(5).at(0).at(3) = Value::Uint(0)
    });
    bad("days-beyond-9999", "a day as in the manifest", &|s| {
        *s.at(5).at(0).at(5) = Value::Array(vec![Value::Uint(1), Value::Uint(2_932_897)])
    });
    bad("names-out-of-order", "names ascend by tag", &|s| {
        s.at(9).items().swap(0, 1)
    });
    bad("name-with-a-bidi-control", "a name is a text", &|s| {
        *s.at(9).at(0).at(1) = Value::Text("Example \u{202e}sweN".into())
    });
    bad("name-of-65", "a name has at most 64 characters", &|s| {
        *s.at(9).at(0).at(1) = Value::Text("\u{645}".repeat(65))
    });
    bad("name-empty", "a name has at least one character", &|s| {
        *s.at(9).at(0).at(1) = Value::Text(String::new())
    });
    bad("cadence-beyond-ten-years", "at most 3,650 days", &|s| {
        *s.at(10) = Value::Uint(3_651)
    });
    bad(
        "statement-of-8193-bytes",
        "a thief could fill the room for the chain",
        &|s| {
            let settled = |number: u64| {
                Value::Array(vec![
                    Value::Text("main".into()),
                    Value::Uint(1),
                    Value::Uint(number),
                    Value::Bytes(vec![0; 32]),
                ])
            };
            *s.at(8) = Value::Array((100..164).map(settled).collect());
            let key = |at: u8| Value::Array(vec![Value::Uint(9), Value::Bytes(vec![at; 88])]);
            *s.at(7) = Value::Array((0..64).map(key).collect());
        },
    );
    bad("kept-out-of-order", "kept manifests ascend", &|s| {
        let kept = Value::Array(vec![Value::Bytes(vec![2; 32]), Value::Bytes(vec![1; 32])]);
        let key = Value::Array(vec![
            Value::Uint(1),
            Value::Bytes(public(50).bytes().to_vec()),
        ]);
        s.at(6)
            .items()
            .push(Value::Array(vec![key, Value::Uint(1), kept]));
    });
    bad("reason-3", "stolen or retired", &|s| {
        let key = Value::Array(vec![
            Value::Uint(1),
            Value::Bytes(public(50).bytes().to_vec()),
        ]);
        s.at(6).items().push(Value::Array(vec![
            key,
            Value::Uint(3),
            Value::Array(Vec::new()),
        ]));
    });
    bad(
        "revealed-in-statement-1",
        "statement 1 is no recovery",
        &|s| *s.at(12) = s.at(4).clone(),
    );
    let statement = sample.mint.own.statements[0].bytes.clone();
    let once = statement_value(&statement, Namespace::Root, &[(1, 0, 1)]);
    let twice = statement_value(&statement, Namespace::Root, &[(1, 0, 1), (1, 0, 1)]);
    let none = || Value::Array(Vec::new());
    for (name, purpose, own) in [
        (
            "statement-signed-twice-by-one",
            "no pair twice",
            Value::Array(vec![Value::Array(vec![twice]), none()]),
        ),
        (
            "own-without-a-statement",
            "OWN has a statement",
            Value::Array(vec![none(), none()]),
        ),
        (
            "own-with-a-third-list",
            "OWN has two lists",
            Value::Array(vec![Value::Array(vec![once]), none(), none()]),
        ),
    ] {
        list.refused(
            name,
            "4",
            purpose,
            with_own(&sample, &statement, (0, 1, &statement), own.encode()),
            "BAD_SIGNATURE",
        );
    }
}

fn revocations(list: &mut List) {
    let first = Mint::default();
    let whole = Found::whole(&sample());
    let id = sample().seal().manifest.id();
    let revoked = |kept: &[Hash]| mint_with(revoke(1, kept));
    list.refused(
        "revoked",
        "4.3",
        "a later statement revokes for this issue too",
        file(&first, &revoked(&[])),
        "REVOKED_KEY",
    );
    list.refused(
        "revoked-and-another-kept",
        "4.3",
        "the keep list is of other issues",
        file(&first, &revoked(&[Hash([9; 32])])),
        "REVOKED_KEY",
    );
    list.found(
        "revoked-and-kept",
        "4.3",
        "a genuine issue from before stays valid",
        file(&first, &revoked(&[Hash([9; 32]), id])),
        whole.clone(),
    );
    let mut twice = revoked(&[id]);
    twice.add(revoke(1, &[]));
    list.found(
        "revoked-twice-and-kept-once",
        "4.3",
        "any revocation of the key may keep the issue",
        file(&first, &twice),
        whole.clone(),
    );
    let mut others = revoked(&[]);
    others.add(revoke(2, &[id]));
    list.refused(
        "revoked-and-kept-for-another-key",
        "4.3",
        "a keep list is for its own key",
        file(&first, &others),
        "REVOKED_KEY",
    );
    let mut parts = sample().seal().parts();
    parts.signatures = first.signatures(&parts.manifest, &[0, 1, 2]);
    parts.own = revoked(&[]).own.encode().unwrap();
    list.found(
        "revoked-and-enough-others",
        "4.5",
        "two others are enough",
        parts.bytes(),
        whole,
    );
    parts.signatures = first.signatures(&parts.manifest, &[1]);
    list.refused(
        "revoked-and-too-few-anyway",
        "7",
        "below the threshold without the revocation too",
        parts.bytes(),
        "BELOW_THRESHOLD",
    );
    let mut both = revoked(&[]);
    both.suspend(0);
    list.refused(
        "one-revoked-and-one-suspended",
        "7",
        "neither reason alone is the cause",
        file(&first, &both),
        "BELOW_THRESHOLD",
    );
}

fn suspensions(list: &mut List) {
    let first = Mint::default();
    let whole = Found::whole(&sample());
    let id = sample().seal().manifest.id();
    let suspended = || {
        let mut mint = Mint::default();
        mint.suspend(1);
        mint
    };
    list.refused(
        "suspended",
        "4.4",
        "a suspended key does not count",
        file(&first, &suspended()),
        "SUSPENDED_KEY",
    );
    let mut cleared = suspended();
    cleared.add(|s| s.cleared.push(public(12)));
    list.found(
        "suspended-and-cleared",
        "4.4",
        "a later statement ends the suspension",
        file(&first, &cleared),
        whole.clone(),
    );
    let mut revoked = suspended();
    revoked.add(revoke(1, &[id]));
    list.found(
        "suspended-and-revoked-but-kept",
        "4.4",
        "a revocation ends the suspension, and keeps the issue",
        file(&first, &revoked),
        whole.clone(),
    );
    let mut revoked = suspended();
    revoked.add(revoke(1, &[]));
    list.refused(
        "suspended-and-revoked",
        "7",
        "the revocation is the cause",
        file(&first, &revoked),
        "REVOKED_KEY",
    );
    let mut kept = suspended();
    kept.add(revoke(2, &[id]));
    list.found(
        "suspended-but-the-issue-kept",
        "4.4",
        "a kept manifest is kept, whichever key the revocation is of",
        file(&first, &kept),
        whole,
    );
    let with = |change: &dyn Fn(&mut Value), seed: u8, namespace: Namespace| {
        let mut own = Value::parse(&suspended().own.encode().unwrap());
        let mut body = Value::parse(own.at(1).at(0).at(0).as_bytes());
        change(&mut body);
        let body = body.encode();
        *own.at(1).at(0).at(1).at(0).at(2) = Value::Bytes(sign(seed, namespace, &body));
        *own.at(1).at(0).at(0) = Value::Bytes(body);
        let mut parts = sample().seal().parts();
        parts.own = own.encode();
        parts.bytes()
    };
    for (name, purpose, bytes) in [
        (
            "suspension-by-a-stranger",
            "signed by the root keys of the named statement",
            with(&|_| {}, 2, Namespace::Suspend),
        ),
        (
            "suspension-signed-as-a-statement",
            "a signature is for one purpose",
            with(&|_| {}, 1, Namespace::Root),
        ),
        (
            "suspension-of-another-publisher",
            "about this publisher",
            with(
                &|s| *s.at(1) = Value::Bytes(vec![1; 32]),
                1,
                Namespace::Suspend,
            ),
        ),
        (
            "suspension-by-a-statement-that-is-not-here",
            "OWN contains the named statement",
            with(&|s| *s.at(2).at(1) = Value::Uint(2), 1, Namespace::Suspend),
        ),
        (
            "suspension-of-a-small-order-key",
            "keys are checked wherever they stand",
            with(
                &|s| *s.at(3).at(1) = Value::Bytes(vec![0; 32]),
                1,
                Namespace::Suspend,
            ),
        ),
        (
            "suspension-of-format-2",
            "format 1",
            with(&|s| *s.at(0) = Value::Uint(2), 1, Namespace::Suspend),
        ),
    ] {
        list.refused(name, "4.4", purpose, bytes, "BAD_SIGNATURE");
    }
    let mut unsigned = suspended();
    unsigned.own.suspensions[0].signatures.clear();
    list.refused(
        "suspension-unsigned",
        "4.4",
        "suspensions are signed",
        file(&first, &unsigned),
        "BAD_SIGNATURE",
    );
    let mut renamed = Mint::default();
    renamed.add(|s| s.names = vec![Name::new("en", "Another Name").unwrap()]);
    list.found(
        "renamed",
        "4.1",
        "a publisher stays the same under another name",
        file(&renamed, &renamed),
        Found::whole(&sample()),
    );
}
