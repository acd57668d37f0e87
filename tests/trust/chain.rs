//! Statements that follow one another, and those that do not (FORMAT.md sections 4.1-4.4).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

mod mint;
mod support;

use mint::{DESK, Press, ROOT, delegation, named, revocation, set, signed, suspended};
use support::{key, public};
use varaq_bundle::{Day, Hash};
use varaq_trust::{
    Chain, ChainError, Fault, KeySet, Name, Namespace, Own, Set, Statement, StatementError,
    StatementSignature, recovery_commitment, statement_id,
};

const NEW_ROOT: [u8; 3] = [4, 5, 6];
const RECOVERY: [u8; 2] = [7, 8];

/// The fault of the last statement of a chain.
fn fault(press: &Press) -> Fault {
    let last = press.own.statements.len();
    match Chain::verify(&press.own).unwrap_err() {
        ChainError::Statement { version, fault } => {
            assert_eq!(version, last);
            fault
        }
        other => panic!("{other}"),
    }
}

fn holds(press: &Press) -> Chain {
    let bytes = press.own.encode().unwrap();
    Chain::decode(&bytes).unwrap()
}

#[test]
fn first_statement_needs_its_own_threshold() {
    let chain = holds(&Press::new());
    assert_eq!(chain.publisher(), Press::new().id());
    for (signers, expected) in [
        (&[][..], Fault::BelowThreshold { have: 0, need: 2 }),
        (
            &[(Set::Own, 2, 3)][..],
            Fault::BelowThreshold { have: 1, need: 2 },
        ),
        (
            &[(Set::Own, 0, 1), (Set::Own, 1, 9)][..],
            Fault::BadSignature { slot: 1 },
        ),
        (
            &[(Set::Own, 0, 1), (Set::Own, 3, 2)][..],
            Fault::BadSignature { slot: 3 },
        ),
        (
            &[(Set::Before, 0, 1), (Set::Own, 1, 2)][..],
            Fault::ForeignSet,
        ),
        (
            &[(Set::Own, 0, 1), (Set::Own, 1, 2), (Set::Recovery, 0, 3)][..],
            Fault::ForeignSet,
        ),
    ] {
        let mut press = Press::new();
        let bytes = press.own.statements[0].bytes.clone();
        press.own.statements[0] = signed(&bytes, Namespace::Root, signers);
        assert_eq!(fault(&press), expected);
    }
}

#[test]
fn first_statement_signed_in_another_namespace_is_refused() {
    for namespace in Namespace::ALL {
        let mut press = Press::new();
        let bytes = press.own.statements[0].bytes.clone();
        press.own.statements[0] = signed(&bytes, namespace, &[(Set::Own, 0, 1), (Set::Own, 1, 2)]);
        assert_eq!(
            Chain::verify(&press.own).is_ok(),
            namespace == Namespace::Root
        );
    }
}

#[test]
fn a_third_good_signature_does_no_harm() {
    let mut press = Press::new();
    let bytes = press.own.statements[0].bytes.clone();
    let all = [(Set::Own, 0, 1), (Set::Own, 1, 2), (Set::Own, 2, 3)];
    press.own.statements[0] = signed(&bytes, Namespace::Root, &all);
    holds(&press);
}

#[test]
fn one_slot_twice_cannot_even_be_written() {
    let mut press = Press::new();
    let twice = press.own.statements[0].signatures[0].clone();
    press.own.statements[0].signatures.insert(0, twice);
    assert!(press.own.encode().is_err());
}

#[test]
fn unchanged_keys_sign_once_for_both_sets() {
    let mut press = Press::new();
    press.add(|next| next.cadence = 7);
    let chain = holds(&press);
    assert_eq!((chain.cadence(), chain.statements().count()), (7, 2));
    // A signature of the old set is welcome, if it is good.
    let bytes = press.own.statements[1].bytes.clone();
    let own = [(Set::Own, 0, 1), (Set::Own, 1, 2)];
    press.own.statements[1] = signed(
        &bytes,
        Namespace::Root,
        &[(Set::Before, 0, 1), own[0], own[1]],
    );
    holds(&press);
    press.own.statements[1] = signed(
        &bytes,
        Namespace::Root,
        &[(Set::Before, 0, 2), own[0], own[1]],
    );
    assert_eq!(fault(&press), Fault::BadSignature { slot: 0 });
}

#[test]
fn keys_that_do_not_sign_a_statement_may_not_be_listed() {
    let mut press = Press::new();
    press.add(|_| {});
    let bytes = press.own.statements[1].bytes.clone();
    let signers = [(Set::Own, 0, 1), (Set::Own, 1, 2), (Set::Recovery, 0, 1)];
    press.own.statements[1] = signed(&bytes, Namespace::Root, &signers);
    assert_eq!(fault(&press), Fault::ForeignSet);
}

#[test]
fn a_rotation_takes_the_old_keys_and_the_new() {
    let old = [(Set::Before, 0, ROOT[0]), (Set::Before, 1, ROOT[1])];
    let new = [(Set::Own, 0, NEW_ROOT[0]), (Set::Own, 1, NEW_ROOT[1])];
    let rotated = |signers: &[(Set, u64, u8)]| {
        let mut press = Press::new();
        let next = press.draft(|next| next.root = set(2, &NEW_ROOT));
        press.append(next, Namespace::Root, signers);
        press
    };
    let mut press = rotated(&[old[0], old[1], new[0], new[1]]);
    holds(&press);
    assert_eq!(
        fault(&rotated(&new)),
        Fault::BelowThreshold { have: 0, need: 2 }
    );
    assert_eq!(
        fault(&rotated(&old)),
        Fault::BelowThreshold { have: 0, need: 2 }
    );
    assert_eq!(
        fault(&rotated(&[old[0], new[0], new[1]])),
        Fault::BelowThreshold { have: 1, need: 2 }
    );
    assert_eq!(
        fault(&rotated(&[old[0], old[1], new[0]])),
        Fault::BelowThreshold { have: 1, need: 2 }
    );
    // From here on the old keys have no say.
    let next = press.draft(|_| {});
    press.append(
        next,
        Namespace::Root,
        &[(Set::Own, 0, ROOT[0]), (Set::Own, 1, ROOT[1])],
    );
    assert_eq!(fault(&press), Fault::BadSignature { slot: 0 });
}

#[test]
fn changing_only_the_threshold_is_a_rotation_too() {
    let mut press = Press::new();
    let next = press.draft(|next| next.root = set(3, &ROOT));
    let own: Vec<_> = (0..3)
        .map(|slot| (Set::Own, slot, ROOT[slot as usize]))
        .collect();
    press.append(next, Namespace::Root, &own);
    assert_eq!(fault(&press), Fault::BelowThreshold { have: 0, need: 2 });
}

#[test]
fn a_statement_follows_exactly_its_predecessor() {
    type Change = fn(&mut Statement);
    let changes: [Change; 5] = [
        |next| next.version = 3,
        |next| next.version = 60_000,
        |next| next.generation = 1,
        |next| next.previous = Some(Hash([1; 32])),
        |next| {
            next.version = 1;
            next.previous = None;
            next.names = named("Again");
        },
    ];
    for change in changes {
        let mut press = Press::new();
        press.add(change);
        assert_eq!(fault(&press), Fault::DoesNotFollow);
    }
}

#[test]
fn a_statement_left_out_breaks_the_chain() {
    let mut press = Press::new();
    press.add(|next| next.cadence = 1);
    press.add(|next| next.cadence = 2);
    holds(&press);
    press.own.statements.remove(1);
    assert_eq!(fault(&press), Fault::DoesNotFollow);
}

#[test]
fn first_statement_with_a_generation_is_refused() {
    let mut first = Press::new().last;
    first.generation = 1;
    assert_eq!(fault(&Press::with(first)), Fault::DoesNotFollow);
}

#[test]
fn a_channel_and_epoch_is_granted_once() {
    let mut press = Press::new();
    press.add(|next| next.delegations = vec![delegation(2, 1, &[14])]);
    holds(&press);
    press.add(|next| next.delegations = vec![delegation(1, 1, &[15])]);
    assert_eq!(fault(&press), Fault::GrantedTwice);

    let mut first = Press::new().last;
    first.delegations.push(delegation(1, 1, &[15]));
    assert_eq!(fault(&Press::with(first)), Fault::GrantedTwice);
}

#[test]
fn names_in_force_are_the_newest_there_are() {
    let mut press = Press::new();
    press.add(|next| next.names = named("New Name"));
    press.add(|_| {});
    assert_eq!(holds(&press).names(), named("New Name"));
}

/// A press that committed to the keys of seeds 7 and 8.
fn insured() -> Press {
    let mut first = Press::new().last;
    first.recovery = Some(recovery_commitment(&set(2, &RECOVERY)));
    Press::with(first)
}

fn recovery(press: &Press, change: impl FnOnce(&mut Statement)) -> Statement {
    press.draft(|next| {
        next.generation += 1;
        next.root = set(2, &NEW_ROOT);
        next.revealed = Some(set(2, &RECOVERY));
        next.recovery = Some(recovery_commitment(&set(1, &[9])));
        change(next);
    })
}

const RECOVERED: [(Set, u64, u8); 4] = [
    (Set::Own, 0, NEW_ROOT[0]),
    (Set::Own, 1, NEW_ROOT[1]),
    (Set::Recovery, 0, RECOVERY[0]),
    (Set::Recovery, 1, RECOVERY[1]),
];

#[test]
fn a_recovery_replaces_the_root_without_its_consent() {
    let mut press = insured();
    let next = recovery(&press, |_| {});
    press.append(next, Namespace::Recovery, &RECOVERED);
    let chain = holds(&press);
    let newest = chain.newest().unwrap();
    assert_eq!((newest.generation, newest.version), (1, 2));
    assert_eq!(chain.publisher(), insured().id());
    // And the chain goes on with the new keys.
    let next = press.draft(|next| next.cadence = 3);
    press.append(next, Namespace::Root, &RECOVERED[..2]);
    holds(&press);
}

#[test]
fn a_recovery_needs_commitment_both_thresholds_and_its_namespace() {
    type Change = fn(&mut Statement);
    type Case<'a> = (Change, Namespace, &'a [(Set, u64, u8)], Fault);
    let mut cases: Vec<Case<'_>> = vec![
        (
            |_| {},
            Namespace::Root,
            &RECOVERED,
            Fault::BadSignature { slot: 0 },
        ),
        (
            |_| {},
            Namespace::Recovery,
            &RECOVERED[..2],
            Fault::BelowThreshold { have: 0, need: 2 },
        ),
        (
            |_| {},
            Namespace::Recovery,
            &RECOVERED[1..],
            Fault::BelowThreshold { have: 1, need: 2 },
        ),
        (
            |next| next.generation = 0,
            Namespace::Recovery,
            &RECOVERED,
            Fault::DoesNotFollow,
        ),
        (
            |next| next.generation = 2,
            Namespace::Recovery,
            &RECOVERED,
            Fault::DoesNotFollow,
        ),
        (
            |next| next.version = 3,
            Namespace::Recovery,
            &RECOVERED,
            Fault::DoesNotFollow,
        ),
        (
            |next| next.revealed = Some(set(1, &RECOVERY)),
            Namespace::Recovery,
            &RECOVERED,
            Fault::WrongRecovery,
        ),
    ];
    let foreign = [
        (Set::Before, 0, ROOT[0]),
        RECOVERED[0],
        RECOVERED[1],
        RECOVERED[2],
        RECOVERED[3],
    ];
    cases.push((|_| {}, Namespace::Recovery, &foreign, Fault::ForeignSet));
    for (change, namespace, signers, expected) in cases {
        let mut press = insured();
        let next = recovery(&press, change);
        press.append(next, namespace, signers);
        assert_eq!(fault(&press), expected);
    }
    // Without a commitment nobody recovers.
    let mut press = Press::new();
    let next = recovery(&press, |_| {});
    press.append(next, Namespace::Recovery, &RECOVERED);
    assert_eq!(fault(&press), Fault::WrongRecovery);
}

#[test]
fn only_a_recovery_changes_the_commitment() {
    for commitment in [None, Some(Hash([3; 32]))] {
        let mut press = insured();
        press.add(|next| next.recovery = commitment);
        assert_eq!(fault(&press), Fault::CommitmentChanged);
    }
    let mut press = Press::new();
    press.add(|next| next.recovery = Some(Hash([3; 32])));
    assert_eq!(fault(&press), Fault::CommitmentChanged);
}

#[test]
fn suspension_must_be_about_this_publisher_and_signed_by_its_root() {
    let mut press = Press::new();
    press.suspend(DESK[0]);
    assert_eq!(holds(&press).suspensions().len(), 1);

    let good = press.suspension(DESK[0]);
    let mut of_another = good.clone();
    of_another.publisher = Press::named("Another").id();
    let mut of_later = good.clone();
    of_later.version = 2;
    let mut of_recovery = good.clone();
    of_recovery.generation = 1;
    let root = [(0, ROOT[0]), (1, ROOT[1])];
    for (body, signers, expected) in [
        (
            &good,
            &[(0, ROOT[0])][..],
            Fault::BelowThreshold { have: 1, need: 2 },
        ),
        (
            &good,
            &[(0, ROOT[0]), (1, 9)][..],
            Fault::BadSignature { slot: 1 },
        ),
        (&of_another, &root[..], Fault::OtherPublisher),
        (&of_later, &root[..], Fault::OtherPublisher),
        (&of_recovery, &root[..], Fault::OtherPublisher),
    ] {
        let mut press = Press::new();
        press
            .own
            .suspensions
            .push(suspended(&body.encode(), signers));
        let error = Chain::verify(&press.own).unwrap_err();
        assert_eq!(
            error,
            ChainError::Suspension {
                number: 1,
                fault: expected
            }
        );
    }
}

#[test]
fn unknown_algorithms_are_carried_and_never_counted() {
    let other = varaq_trust::PublicKey::new(7, &[1; 40]).unwrap();
    let keys = KeySet::new(2, vec![public(&key(1)), public(&key(2)), other]).unwrap();
    let mut press = Press::with(Statement::first(
        keys,
        vec![delegation(1, 2, &DESK)],
        named("N"),
    ));
    let extra = StatementSignature {
        set: Set::Own,
        slot: 2,
        alg: 7,
        signature: vec![1; 3_000],
    };
    press.own.statements[0].signatures.push(extra.clone());
    holds(&press);
    // It does not stand in for a missing one.
    press.own.statements[0].signatures.remove(1);
    assert_eq!(fault(&press), Fault::BelowThreshold { have: 1, need: 2 });
    // And a known algorithm on an unknown key does not verify.
    let mut press = Press::with(press.last.clone());
    let signature = press.own.statements[0].signatures[0].signature.clone();
    let known = StatementSignature {
        alg: 1,
        signature,
        ..extra
    };
    press.own.statements[0].signatures.push(known);
    assert_eq!(fault(&press), Fault::BadSignature { slot: 2 });
}

#[test]
fn a_revocation_or_a_clearing_ends_a_suspension_for_ever() {
    let mut press = Press::new();
    let (suspect, issue) = (public(&key(DESK[0])), Hash([1; 32]));
    press.suspend(DESK[0]);
    let chain = holds(&press);
    assert!(chain.is_suspended(&suspect, &issue));
    assert!(!chain.is_suspended(&public(&key(DESK[1])), &issue));
    let mut cleared = press.clone();
    cleared.add(|next| next.cleared = vec![suspect.clone()]);
    assert!(!holds(&cleared).is_suspended(&suspect, &issue));
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[])]);
    let chain = holds(&press);
    assert!(!chain.is_suspended(&suspect, &issue) && chain.is_revoked(&suspect, &issue));
}

/// A statement that uses every field.
fn full() -> Statement {
    let mut first = insured().last;
    first.delegations[0].days = Some((Day(20_000), Day(20_365)));
    first.names = vec![
        Name::new("en", "Example").unwrap(),
        Name::new("fa", "نمونه").unwrap(),
    ];
    first.cadence = 7;
    let mut next = first.next(statement_id(&first.encode().unwrap())).unwrap();
    next.revoked = vec![revocation(DESK[0], &[Hash([2; 32]), Hash([1; 32])])];
    next.cleared = vec![public(&key(DESK[1]))];
    next.settled = vec![varaq_trust::Settled {
        channel: "main".into(),
        epoch: 1,
        number: 12,
        manifest: Hash([5; 32]),
    }];
    next.revealed = Some(set(2, &RECOVERY));
    next
}

#[test]
fn every_field_of_a_statement_reads_back() {
    for statement in [full(), insured().last] {
        let bytes = statement.encode().unwrap();
        assert_eq!(Statement::decode(&bytes).unwrap(), statement);
    }
}

#[test]
fn every_bound_of_a_statement_is_kept() {
    type Change = fn(&mut Statement);
    let broken: [(&str, Change); 24] = [
        ("version 0", |s| s.version = 0),
        ("previous missing", |s| s.previous = None),
        ("window 257 wide", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                first: 1,
                last: 257,
                ..delegation(2, 1, &[9])
            }]
        }),
        ("window backwards", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                first: 5,
                last: 4,
                ..delegation(2, 1, &[9])
            }]
        }),
        ("window from 0", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                first: 0,
                last: 4,
                ..delegation(2, 1, &[9])
            }]
        }),
        ("epoch 0", |s| s.delegations = vec![delegation(0, 1, &[9])]),
        ("empty channel", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                channel: String::new(),
                ..delegation(2, 1, &[9])
            }]
        }),
        ("channel in capitals", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                channel: "Main".into(),
                ..delegation(2, 1, &[9])
            }]
        }),
        ("channel of 33", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                channel: "a".repeat(33),
                ..delegation(2, 1, &[9])
            }]
        }),
        ("day beyond 9999", |s| {
            s.delegations = vec![varaq_trust::Delegation {
                days: Some((Day(0), Day(2_932_897))),
                ..delegation(2, 1, &[9])
            }]
        }),
        ("65 delegations", |s| {
            s.delegations = (2..67).map(|epoch| delegation(epoch, 1, &[9])).collect()
        }),
        ("65 revocations", |s| {
            s.revoked = vec![revocation(11, &[]); 65]
        }),
        ("257 kept", |s| {
            s.revoked = vec![revocation(
                11,
                &(0..257)
                    .map(|n: u32| {
                        let mut h = [0; 32];
                        h[..4].copy_from_slice(&n.to_be_bytes());
                        Hash(h)
                    })
                    .collect::<Vec<_>>(),
            )]
        }),
        ("kept not ascending", |s| s.revoked[0].kept.reverse()),
        ("kept twice", |s| s.revoked[0].kept = vec![Hash([1; 32]); 2]),
        ("65 cleared", |s| s.cleared = vec![public(&key(9)); 65]),
        ("settled number 0", |s| s.settled[0].number = 0),
        ("names not ascending", |s| {
            s.names = vec![Name::new("fa", "b").unwrap(), Name::new("en", "a").unwrap()]
        }),
        ("language twice", |s| {
            s.names = vec![Name::new("en", "b").unwrap(), Name::new("en", "a").unwrap()]
        }),
        ("17 names", |s| {
            s.names = (0..17)
                .map(|n| Name::new(&format!("a{n:02}"), "x").unwrap())
                .collect()
        }),
        ("name of 65", |s| {
            s.names = vec![Name {
                language: "en".into(),
                name: "é".repeat(65),
            }]
        }),
        ("name with a line feed", |s| {
            s.names = vec![Name {
                language: "en".into(),
                name: "a\nb".into(),
            }]
        }),
        ("bad tag", |s| {
            s.names = vec![Name {
                language: "e_n".into(),
                name: "a".into(),
            }]
        }),
        ("cadence of 3,651", |s| s.cadence = 3_651),
    ];
    for (what, change) in broken {
        let mut statement = full();
        change(&mut statement);
        assert!(statement.encode().is_err(), "{what}");
    }
    let mut nameless = insured().last;
    nameless.names.clear();
    assert_eq!(
        nameless.encode(),
        Err(StatementError::Rule("version 1 has no name"))
    );
}

#[test]
fn a_statement_that_revokes_nothing_is_short() {
    let long = |revoked| {
        let mut statement = full();
        statement.delegations = (2..20)
            .map(|epoch| {
                delegation(
                    epoch,
                    1,
                    &[20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32],
                )
            })
            .collect();
        statement.revoked = revoked;
        statement
    };
    assert!(matches!(
        long(Vec::new()).encode(),
        Err(StatementError::TooLong { max: 8_192, .. })
    ));
    assert!(long(vec![revocation(11, &[])]).encode().is_ok());
}

#[test]
fn every_cut_and_every_trailing_byte_of_own_is_refused() {
    let mut press = Press::new();
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[])]);
    press.suspend(DESK[1]);
    let bytes = press.own.encode().unwrap();
    assert_eq!(Own::decode(&bytes).unwrap(), press.own);
    for at in 0..bytes.len() {
        assert!(Own::decode(&bytes[..at]).is_err());
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(Own::decode(&longer).is_err());
}

#[test]
fn own_is_never_longer_than_its_limit() {
    let mut press = Press::new();
    let filled = |press: &mut Press, len: usize| {
        let own = &mut press.own.statements[0].signatures;
        own.retain(|one| one.alg == 1);
        own.extend((0..16).flat_map(|slot| {
            [Set::Before, Set::Recovery].map(|set| StatementSignature {
                set,
                slot,
                alg: 5,
                signature: vec![0; len],
            })
        }));
        own.sort_by_key(|one| (one.set, one.slot));
        press.own.encode()
    };
    assert!(filled(&mut press, 6_000).is_ok());
    let longer = filled(&mut press, 6_200);
    assert!(matches!(longer, Err(varaq_trust::OwnError::TooLong(_))));
}

#[test]
fn every_flipped_bit_of_own_breaks_the_chain_or_names_another_publisher() {
    let mut press = Press::new();
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[])]);
    press.suspend(DESK[1]);
    let bytes = press.own.encode().unwrap();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(Chain::decode(&flipped).is_err(), "byte {at}, bit {bit}");
        }
    }
}
