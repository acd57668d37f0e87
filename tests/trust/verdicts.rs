//! One flaw each, and the verdict that it gets (FORMAT.md sections 4.3-4.5 and 7).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod mint;
mod support;

use mint::{
    DESK, Press, ROOT, bundle, delegation, head, manifest_signatures, named, opening, revocation,
    set, signed, verdict, whole,
};
use support::{key, public, sign};
use varaq_bundle::{Hash, Head, Part, Run, SlotSignature, encode_signatures};
use varaq_trust::{
    Consent, Delegation, Line, Namespace, Pins, Set, Slot, Statement, Verdict, judge,
};

const SIGNERS: [(u8, u8); 2] = [(0, DESK[0]), (1, DESK[1])];
const THIRD: [(u8, u8); 2] = [(1, DESK[1]), (2, DESK[2])];

/// The verdict with no pins on an issue that these slots signed.
fn signed_by(press: &Press, signers: &[(u8, u8)]) -> Verdict {
    verdict(&press.head(&press.manifest(15), signers), &Pins::new())
}

fn slots(press: &Press, head: &Head) -> Vec<Slot> {
    judge(head, &press.pinned(true))
        .facts
        .unwrap()
        .issue
        .signers
        .slots
}

#[test]
fn a_valid_issue_is_unknown_pinned_or_verified() {
    let press = Press::new();
    let head = press.head(&press.manifest(15), &SIGNERS);
    assert_eq!(verdict(&head, &Pins::new()), Verdict::UnknownPublisher);
    assert_eq!(verdict(&head, &press.pinned(false)), Verdict::Pinned);
    assert_eq!(verdict(&head, &press.pinned(true)), Verdict::Verified);
    let others = Press::named("Somebody Else").pinned(true);
    assert_eq!(verdict(&head, &others), Verdict::UnknownPublisher);
}

#[test]
fn a_strangers_use_of_a_pinned_name_is_an_impostor() {
    let ours = Press::named("خبرنامه").pinned(true);
    let theirs = Press::with(Statement::first(
        set(2, &ROOT),
        vec![delegation(1, 2, &[21, 22])],
        named("خبر‌نامه"),
    ));
    let manifest = theirs.manifest(15);
    let head = theirs.head(&manifest, &[(0, 21), (1, 22)]);
    assert_eq!(verdict(&head, &ours), Verdict::ImpostorName);
    let facts = judge(&head, &ours).facts.unwrap();
    assert_eq!(facts.impersonates.unwrap().name, "خبرنامه");
    // Once it is pinned itself, it is that publisher.
    assert_eq!(verdict(&head, &theirs.pinned(false)), Verdict::Pinned);
}

#[test]
fn every_window_edge_is_exact() {
    let press = Press::new();
    for (number, expected) in [
        (1, Verdict::OutOfWindow),
        (9, Verdict::OutOfWindow),
        (10, Verdict::UnknownPublisher),
        (20, Verdict::UnknownPublisher),
        (21, Verdict::OutOfWindow),
        (u32::MAX, Verdict::OutOfWindow),
    ] {
        let head = press.head(&press.manifest(number), &SIGNERS);
        assert_eq!(verdict(&head, &Pins::new()), expected, "{number}");
    }
}

#[test]
fn out_of_window_comes_before_a_count_that_falls_short() {
    let press = Press::new();
    let head = press.head(&press.manifest(21), &SIGNERS[..1]);
    assert_eq!(verdict(&head, &Pins::new()), Verdict::OutOfWindow);
}

#[test]
fn too_few_signatures_are_below_threshold_and_none_a_draft() {
    let press = Press::new();
    assert_eq!(signed_by(&press, &SIGNERS[..1]), Verdict::BelowThreshold);
    assert_eq!(signed_by(&press, &[]), Verdict::UnsignedDraft);
    // A list of no signatures is no draft: somebody wrote it.
    let empty = press.head_of(press.manifest(15).encode(), vec![0x80]);
    assert_eq!(verdict(&empty, &Pins::new()), Verdict::BelowThreshold);
    // A draft out of its window is still a draft first.
    let draft = press.head(&press.manifest(99), &[]);
    assert_eq!(verdict(&draft, &Pins::new()), Verdict::UnsignedDraft);
}

#[test]
fn a_listed_signature_that_does_not_verify_spoils_the_issue() {
    let press = Press::new();
    let bad = [
        &[(0, DESK[0]), (1, DESK[1]), (2, 99)][..],
        &[(0, DESK[1]), (1, DESK[0])][..],
        &[(0, DESK[0]), (1, DESK[1]), (3, DESK[2])][..],
        &[(0, DESK[0]), (15, DESK[1])][..],
    ];
    for signers in bad {
        assert_eq!(signed_by(&press, signers), Verdict::BadSignature);
    }
}

#[test]
fn one_slot_twice_is_refused() {
    let press = Press::new();
    let manifest = press.manifest(15).encode();
    let once = SlotSignature {
        slot: 0,
        alg: 1,
        signature: sign(&key(DESK[0]), Namespace::Manifest, &manifest).to_vec(),
    };
    let twice = encode_signatures(&[once.clone(), once]);
    assert_eq!(
        verdict(&press.head_of(manifest, twice), &Pins::new()),
        Verdict::BadSignature
    );
}

#[test]
fn signatures_of_another_namespace_are_worth_nothing() {
    let press = Press::new();
    let manifest = press.manifest(15).encode();
    for namespace in Namespace::ALL {
        let signatures: Vec<_> = SIGNERS
            .iter()
            .map(|&(slot, seed)| SlotSignature {
                slot,
                alg: 1,
                signature: sign(&key(seed), namespace, &manifest).to_vec(),
            })
            .collect();
        let head = press.head_of(manifest.clone(), encode_signatures(&signatures));
        let good = verdict(&head, &Pins::new()) == Verdict::UnknownPublisher;
        assert_eq!(good, namespace == Namespace::Manifest);
    }
}

#[test]
fn signatures_of_another_issue_are_worth_nothing() {
    let press = Press::new();
    let (one, two) = (press.manifest(15).encode(), press.manifest(16).encode());
    let head = press.head_of(two, manifest_signatures(&one, &SIGNERS));
    assert_eq!(verdict(&head, &Pins::new()), Verdict::BadSignature);
}

#[test]
fn unknown_algorithms_are_skipped_and_never_counted() {
    let press = Press::new();
    let manifest = press.manifest(15).encode();
    let good = |slot: u8| SlotSignature {
        slot,
        alg: 1,
        signature: sign(&key(DESK[slot as usize]), Namespace::Manifest, &manifest).to_vec(),
    };
    let unknown = |slot: u8| SlotSignature {
        slot,
        alg: 9,
        signature: vec![4; 3_309],
    };
    let of = |list: &[SlotSignature]| press.head_of(manifest.clone(), encode_signatures(list));
    let three = of(&[good(0), good(1), unknown(2)]);
    assert_eq!(verdict(&three, &Pins::new()), Verdict::UnknownPublisher);
    assert_eq!(
        slots(&press, &three),
        [Slot::Counted, Slot::Counted, Slot::UnknownAlgorithm]
    );
    assert_eq!(
        verdict(&of(&[good(0), unknown(1)]), &Pins::new()),
        Verdict::BelowThreshold
    );
}

#[test]
fn an_issue_of_one_channel_is_none_of_another() {
    let other = Delegation {
        channel: "other".into(),
        ..delegation(1, 2, &[21, 22])
    };
    let mut first = Press::new().last;
    first.delegations.push(other);
    let press = Press::with(first);
    let mut manifest = press.manifest(15);
    assert_eq!(
        verdict(&press.head(&manifest, &SIGNERS), &Pins::new()),
        Verdict::UnknownPublisher
    );
    // Renamed after signing, signed by the desk of another channel, and a channel or
    // epoch that nobody granted.
    let signatures = manifest_signatures(&manifest.encode(), &SIGNERS);
    manifest.channel = "other".into();
    assert_eq!(
        verdict(&press.head_of(manifest.encode(), signatures), &Pins::new()),
        Verdict::BadSignature
    );
    assert_eq!(
        verdict(&press.head(&manifest, &SIGNERS), &Pins::new()),
        Verdict::BadSignature
    );
    manifest.channel = "third".into();
    assert_eq!(
        verdict(&press.head(&manifest, &SIGNERS), &Pins::new()),
        Verdict::BadSignature
    );
    manifest.channel = "main".into();
    manifest.epoch = 2;
    assert_eq!(
        verdict(&press.head(&manifest, &SIGNERS), &Pins::new()),
        Verdict::BadSignature
    );
}

#[test]
fn a_chain_of_another_publisher_is_refused() {
    let (press, other) = (Press::new(), Press::named("Other"));
    let manifest = press.manifest(15).encode();
    let signatures = manifest_signatures(&manifest, &SIGNERS);
    // It does not hold the statement that the manifest names.
    let foreign = head(manifest, signatures, other.own.encode().unwrap());
    assert_eq!(verdict(&foreign, &Pins::new()), Verdict::ChainIncomplete);
    // And if the manifest names one of its statements, it names another publisher.
    let mut manifest = press.manifest(15);
    manifest.root = other.root();
    let manifest = manifest.encode();
    let signatures = manifest_signatures(&manifest, &SIGNERS);
    let forged = head(manifest, signatures, other.own.encode().unwrap());
    assert_eq!(verdict(&forged, &Pins::new()), Verdict::BadSignature);
}

#[test]
fn a_chain_too_short_asks_for_another_copy() {
    let mut press = Press::new();
    let short = press.own.encode().unwrap();
    press.add(|next| next.delegations = vec![delegation(2, 1, &[31])]);
    let mut manifest = press.manifest(15);
    manifest.epoch = 2;
    let whole = press.head(&manifest, &[(0, 31)]);
    assert_eq!(verdict(&whole, &Pins::new()), Verdict::UnknownPublisher);
    let cut = head(
        whole.manifest.clone(),
        whole.signatures.clone(),
        short.clone(),
    );
    assert_eq!(verdict(&cut, &press.pinned(true)), Verdict::ChainIncomplete);
    // Even if the signatures do not hold: the chain comes first.
    let forged = head(whole.manifest, vec![0xff], short);
    assert_eq!(verdict(&forged, &Pins::new()), Verdict::ChainIncomplete);
}

#[test]
fn the_named_statement_must_fit_in_all_three_parts() {
    let press = Press::new();
    for change in 0..3 {
        let mut manifest = press.manifest(15);
        match change {
            0 => manifest.root.generation = 1,
            1 => manifest.root.version = 2,
            _ => manifest.root.id = Hash([1; 32]),
        }
        let head = press.head(&manifest, &SIGNERS);
        assert_eq!(verdict(&head, &Pins::new()), Verdict::ChainIncomplete);
    }
}

#[test]
fn a_later_delegation_does_not_reach_back() {
    let mut press = Press::new();
    let before = press.root();
    press.add(|next| next.delegations = vec![delegation(2, 1, &[31])]);
    let mut manifest = press.manifest(15);
    manifest.epoch = 2;
    manifest.root = before;
    assert_eq!(
        verdict(&press.head(&manifest, &[(0, 31)]), &Pins::new()),
        Verdict::BadSignature
    );
}

#[test]
fn a_statement_two_ahead_is_refused() {
    let mut press = Press::new();
    press.add(|next| next.version = 3);
    let manifest = press.manifest(15);
    assert_eq!(
        verdict(&press.head(&manifest, &SIGNERS), &Pins::new()),
        Verdict::BadSignature
    );
}

#[test]
fn a_revoked_slot_is_not_counted_and_the_others_still_are() {
    let mut press = Press::new();
    let old = press.root();
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[])]);
    assert_eq!(signed_by(&press, &SIGNERS), Verdict::RevokedKey);
    assert_eq!(signed_by(&press, &SIGNERS[..1]), Verdict::BelowThreshold);
    assert_eq!(signed_by(&press, &THIRD), Verdict::UnknownPublisher);
    // A thief who adds the stolen key's signature to a genuine issue spoils nothing.
    let manifest = press.manifest(15);
    let all = press.head(&manifest, &[SIGNERS[0], THIRD[0], THIRD[1]]);
    assert_eq!(verdict(&all, &press.pinned(true)), Verdict::Verified);
    assert_eq!(
        slots(&press, &all),
        [Slot::Revoked, Slot::Counted, Slot::Counted]
    );
    // The revocation counts also for an issue that names the statement before it.
    let mut manifest = press.manifest(15);
    manifest.root = old;
    assert_eq!(
        verdict(&press.head(&manifest, &SIGNERS), &Pins::new()),
        Verdict::RevokedKey
    );
}

#[test]
fn only_issues_on_the_keep_list_survive_a_revocation() {
    let mut press = Press::new();
    let (kept, forged) = (press.manifest(15), press.manifest(16));
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[kept.id()])]);
    assert_eq!(
        verdict(&press.head(&kept, &SIGNERS), &Pins::new()),
        Verdict::UnknownPublisher
    );
    assert_eq!(
        verdict(&press.head(&forged, &SIGNERS), &Pins::new()),
        Verdict::RevokedKey
    );
    // A forgotten one is added later: the lists of all statements are united.
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[forged.id()])]);
    assert_eq!(
        verdict(&press.head(&kept, &SIGNERS), &Pins::new()),
        Verdict::UnknownPublisher
    );
    assert_eq!(
        verdict(&press.head(&forged, &SIGNERS), &Pins::new()),
        Verdict::UnknownPublisher
    );
}

#[test]
fn another_keys_keep_list_does_not_help_a_revoked_key() {
    let mut press = Press::new();
    let issue = press.manifest(15);
    press.add(|next| {
        next.revoked = vec![revocation(DESK[0], &[]), revocation(DESK[2], &[issue.id()])];
    });
    assert_eq!(
        verdict(&press.head(&issue, &SIGNERS), &Pins::new()),
        Verdict::RevokedKey
    );
}

#[test]
fn a_suspension_stops_a_key_until_it_is_cleared_or_revoked() {
    let mut press = Press::new();
    let (one, two) = (press.manifest(15), press.manifest(16));
    press.suspend(DESK[0]);
    assert_eq!(signed_by(&press, &SIGNERS), Verdict::SuspendedKey);
    assert_eq!(signed_by(&press, &SIGNERS[..1]), Verdict::BelowThreshold);
    assert_eq!(signed_by(&press, &THIRD), Verdict::UnknownPublisher);
    let suspended = press.head(&one, &SIGNERS);
    assert_eq!(
        slots(&press, &suspended),
        [Slot::Suspended, Slot::Counted, Slot::Missing]
    );

    let mut cleared = press.clone();
    cleared.add(|next| next.cleared = vec![public(&key(DESK[0]))]);
    assert_eq!(signed_by(&cleared, &SIGNERS), Verdict::UnknownPublisher);

    // Revoked with a keep list: what is kept is back, the rest is gone for good.
    let mut revoked = press.clone();
    revoked.add(|next| next.revoked = vec![revocation(DESK[0], &[one.id()])]);
    assert_eq!(
        verdict(&revoked.head(&one, &SIGNERS), &Pins::new()),
        Verdict::UnknownPublisher
    );
    assert_eq!(
        verdict(&revoked.head(&two, &SIGNERS), &Pins::new()),
        Verdict::RevokedKey
    );

    // Kept by the revocation of another key: the publisher called the issue genuine.
    let mut kept = press.clone();
    kept.add(|next| next.revoked = vec![revocation(DESK[2], &[one.id()])]);
    assert_eq!(
        verdict(&kept.head(&one, &SIGNERS), &Pins::new()),
        Verdict::UnknownPublisher
    );
    assert_eq!(
        verdict(&kept.head(&two, &SIGNERS), &Pins::new()),
        Verdict::SuspendedKey
    );
}

#[test]
fn one_revoked_and_one_suspended_are_too_few_for_either_word() {
    let mut press = Press::new();
    press.suspend(DESK[1]);
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[])]);
    assert_eq!(signed_by(&press, &SIGNERS), Verdict::BelowThreshold);
}

#[test]
fn a_suspension_that_does_not_verify_spoils_own() {
    let mut press = Press::new();
    press.suspend(DESK[2]);
    press.own.suspensions[0].signatures[0].signature[5] ^= 1;
    assert_eq!(signed_by(&press, &SIGNERS), Verdict::BadSignature);
}

#[test]
fn a_wrong_hint_words_the_failure_and_decides_nothing() {
    let mut press = Press::new();
    press.suspend(DESK[2]);
    let issue = press.manifest(15);
    let spoil = |mut head: Head| {
        head.prefix.hint[3] ^= 1;
        head
    };
    let good = spoil(press.head(&issue, &SIGNERS));
    assert_eq!(verdict(&good, &press.pinned(true)), Verdict::Verified);
    let opened = opening(&good.to_bytes(), &press.pinned(true));
    assert!(opened.lines().contains(&Line::Damaged(vec![Part::Hint])));

    let mut incomplete = press.manifest(15);
    incomplete.root.version = 9;
    let failing = [
        (press.head(&incomplete, &SIGNERS), Verdict::ChainIncomplete),
        (
            press.head(&issue, &[(0, 99), (1, DESK[1])]),
            Verdict::BadSignature,
        ),
        (
            press.head_of(issue.encode(), vec![0xff]),
            Verdict::BadSignature,
        ),
        (press.head_of(vec![0xa0], Vec::new()), Verdict::BadSignature),
        (press.head(&issue, &[]), Verdict::UnsignedDraft),
        (
            press.head(&press.manifest(99), &SIGNERS),
            Verdict::OutOfWindow,
        ),
        (
            press.head(&issue, &[(1, DESK[1]), (2, DESK[2])]),
            Verdict::SuspendedKey,
        ),
        (press.head(&issue, &SIGNERS[..1]), Verdict::BelowThreshold),
    ];
    for (head, expected) in failing {
        assert_eq!(verdict(&head, &Pins::new()), expected);
        let spoilt = opening(&spoil(head).to_bytes(), &Pins::new());
        assert_eq!(
            spoilt.verdict(),
            Verdict::DamagedHead,
            "instead of {expected}"
        );
        assert!(spoilt.unproven_facts().is_none());
    }
}

#[test]
fn other_files_and_cut_heads_have_their_own_verdicts() {
    let press = Press::new();
    let head = press.head(&press.manifest(15), &SIGNERS);
    let bytes = head.to_bytes();
    let of = |bytes: &[u8]| opening(bytes, &Pins::new()).verdict();
    for at in 0..bytes.len() {
        let expected = if at < 8 {
            Verdict::NotABundle
        } else {
            Verdict::DamagedHead
        };
        assert_eq!(of(&bytes[..at]), expected, "cut at {at}");
    }
    assert_eq!(of(b"PK\x03\x04 a zip file"), Verdict::NotABundle);
    let mut zero = bytes.clone();
    zero[40] = 1;
    assert_eq!(of(&zero), Verdict::DamagedHead);
}

/// A bundle of major 2 whose manifest begins as this version knows it and goes on in its
/// own way.
fn newer(press: &Press, format: u64, signers: &[(u8, u8)]) -> Vec<u8> {
    newer_of(press, press.id().0, 15, format, signers)
}

fn newer_of(
    press: &Press,
    publisher: [u8; 32],
    number: u64,
    format: u64,
    signers: &[(u8, u8)],
) -> Vec<u8> {
    let mut manifest = varaq_cbor::Writer::new();
    manifest.map(9).uint(0).uint(format);
    manifest.uint(1).bytes(&publisher).uint(2).text("main");
    manifest
        .uint(3)
        .uint(1)
        .uint(4)
        .uint(number)
        .uint(5)
        .null()
        .uint(6)
        .uint(20_000);
    manifest
        .uint(7)
        .text("something new")
        .uint(90)
        .array(1)
        .uint(3);
    let manifest = manifest.into_bytes();
    let signatures = manifest_signatures(&manifest, signers);
    let mut head = press.head_of(manifest, signatures);
    head.prefix.major = 2;
    head.to_bytes()
}

#[test]
fn a_newer_format_is_signed_only_if_a_pinned_publisher_says_so() {
    let press = Press::new();
    let of = |bytes: &[u8], pins: &Pins| opening(bytes, pins).verdict();
    let pins = press.pinned(false);
    let proven = Verdict::NewerFormat { signed: true };
    let unproven = Verdict::NewerFormat { signed: false };
    assert_eq!(of(&newer(&press, 2, &SIGNERS), &pins), proven);
    assert_eq!(of(&newer(&press, 2, &SIGNERS), &Pins::new()), unproven);
    assert_eq!(of(&newer(&press, 3, &SIGNERS), &pins), unproven);
    assert_eq!(of(&newer(&press, 2, &SIGNERS[..1]), &pins), unproven);
    assert_eq!(of(&newer(&press, 2, &[]), &pins), unproven);
    // Outside of the window the signers may say nothing.
    assert_eq!(
        of(&newer_of(&press, press.id().0, 21, 2, &SIGNERS), &pins),
        unproven
    );
    // Nor may a stranger in the name of a pinned publisher.
    let stranger = Press::named("Stranger");
    let forged = newer_of(&stranger, press.id().0, 15, 2, &SIGNERS);
    assert_eq!(of(&forged, &pins), unproven);
    // The version number is not signed: raising it on an issue of today proves nothing.
    let mut head = press.head(&press.manifest(15), &SIGNERS);
    head.prefix.major = 2;
    assert_eq!(of(&head.to_bytes(), &pins), unproven);
    // Nor does a cut-off head.
    assert_eq!(of(&newer(&press, 2, &SIGNERS)[..300], &pins), unproven);
}

#[test]
fn content_opens_only_with_the_consent_that_the_verdict_asks_for() {
    let press = Press::named("Example News");
    let file = bundle(&press, 15, &SIGNERS, whole);
    let stranger = Press::with(Statement::first(
        set(1, &[40]),
        vec![delegation(1, 1, &[41])],
        named("Example  News"),
    ));
    let stranger = {
        let mut own = stranger.own.clone();
        own.statements[0] = signed(
            &own.statements[0].bytes.clone(),
            Namespace::Root,
            &[(Set::Own, 0, 40)],
        );
        Press { own, ..stranger }
    };
    let impostor = bundle(&stranger, 15, &[(0, 41)], whole);
    let draft = bundle(&press, 15, &[], whole);
    let half = bundle(&press, 15, &SIGNERS[..1], whole);
    let (none, pinned) = (Pins::new(), press.pinned(false));
    let all = [
        Consent::Pinned,
        Consent::ReadWithoutTrusting,
        Consent::DifferentPublisher,
    ];
    for (file, pins, expected, opens) in [
        (&file, &pinned, Verdict::Pinned, [true, true, true]),
        (
            &file,
            &press.pinned(true),
            Verdict::Verified,
            [true, true, true],
        ),
        (&file, &none, Verdict::UnknownPublisher, [false, true, true]),
        (
            &impostor,
            &pinned,
            Verdict::ImpostorName,
            [false, false, true],
        ),
        (
            &draft,
            &pinned,
            Verdict::UnsignedDraft,
            [false, false, false],
        ),
        (
            &half,
            &pinned,
            Verdict::BelowThreshold,
            [false, false, false],
        ),
    ] {
        for (consent, opens) in all.into_iter().zip(opens) {
            let opened = opening(file, pins);
            assert_eq!(opened.verdict(), expected);
            assert_eq!(opened.issue().is_some(), expected.is_valid());
            assert_eq!(opened.publisher().is_some(), expected.is_valid());
            match opened.into_content(consent) {
                Ok(content) => {
                    assert!(opens);
                    assert_eq!(**content.piece(1).unwrap(), *b"catalog page");
                }
                Err(refused) => assert!(!opens && refused.verdict == expected),
            }
        }
    }
}

#[test]
fn listed_pieces_are_told_without_reading_them() {
    let press = Press::new();
    let pins = press.pinned(true);
    let lines = |file: &[u8]| opening(file, &pins).lines().to_vec();
    let run = |first, count, offset| Run {
        first,
        count,
        offset,
    };
    // front 5, catalog page 12, text 22 bytes
    let file = bundle(&press, 15, &SIGNERS, whole);
    assert_eq!(lines(&file), [Line::ListedComplete]);
    let cut = |by: usize| lines(&file[..file.len() - by]);
    assert_eq!(cut(1), [Line::Partial { pieces: 2, of: 3 }]);
    assert_eq!(cut(22), [Line::Partial { pieces: 2, of: 3 }]);
    assert_eq!(cut(23), [Line::Partial { pieces: 1, of: 3 }]);
    assert_eq!(cut(39), [Line::Partial { pieces: 0, of: 3 }]);
    assert_eq!(
        cut(39 + 1),
        [Line::Partial { pieces: 0, of: 3 }],
        "TABLE is cut"
    );

    let mended = bundle(&press, 15, &SIGNERS, |at| {
        vec![run(0, 1, at), run(1, 2, at + 5)]
    });
    assert_eq!(lines(&mended), [Line::ListedComplete]);
    let lite = bundle(&press, 15, &SIGNERS, |at| {
        vec![run(0, 2, at), run(1, 1, at + 5)]
    });
    assert_eq!(lines(&lite), [Line::Partial { pieces: 2, of: 3 }]);
    let copy = press.head(&press.manifest(15), &SIGNERS);
    assert_eq!(
        lines(&copy.to_bytes()),
        [Line::Partial { pieces: 0, of: 2 }]
    );

    for bad in [run(0, 0, 9_000), run(2, 2, 9_000), run(0, 3, 10)] {
        let file = bundle(&press, 15, &SIGNERS, |at| vec![bad, run(0, 3, at)]);
        assert!(
            lines(&file).contains(&Line::Damaged(vec![Part::Runs])),
            "{bad:?}"
        );
    }
    let disordered = bundle(&press, 15, &SIGNERS, |at| {
        vec![run(1, 2, at + 5), run(0, 3, at)]
    });
    assert_eq!(
        lines(&disordered),
        [Line::ListedComplete, Line::Damaged(vec![Part::Runs])]
    );
}

#[test]
fn notes_that_are_no_array_are_a_damaged_part() {
    let press = Press::new();
    let manifest = press.manifest(15).encode();
    let signatures = manifest_signatures(&manifest, &SIGNERS);
    let with = |notes: &[u8]| {
        let own = press.own.encode().unwrap();
        let head = Head::new(
            8_192,
            manifest.clone(),
            signatures.clone(),
            own,
            Vec::new(),
            notes.to_vec(),
        );
        let opened = opening(&head.to_bytes(), &press.pinned(true));
        assert_eq!(opened.verdict(), Verdict::Verified);
        opened.lines().contains(&Line::Damaged(vec![Part::Notes]))
    };
    for good in [&[][..], &[0x80], &[0x81, 0x00], &[0x82, 0x80, 0x41, 0xff]] {
        assert!(!with(good), "{good:x?}");
    }
    for bad in [
        &[0x00][..],
        &[0x81],
        &[0x80, 0x00],
        &[0xff],
        &[0x9f, 0xff],
        &[0xa0],
    ] {
        assert!(with(bad), "{bad:x?}");
    }
}

#[test]
fn facts_for_the_screen_are_those_that_were_signed() {
    let press = Press::new();
    let file = bundle(&press, 15, &[SIGNERS[0], THIRD[1]], whole);
    let opened = opening(&file, &press.pinned(true));
    let (publisher, issue) = (opened.publisher().unwrap(), opened.issue().unwrap());
    assert_eq!(publisher.id, press.id());
    assert_eq!(publisher.names, named("Example News"));
    assert_eq!(publisher.newest, Some(press.root()));
    assert!(publisher.pin.as_ref().unwrap().checked);
    assert_eq!(
        (issue.channel.as_str(), issue.epoch, issue.number),
        ("main", 1, 15)
    );
    assert_eq!(
        (issue.window, issue.day.0, issue.piece_count),
        ((10, 20), 20_000, 3)
    );
    assert_eq!((issue.signers.threshold, issue.signers.counted()), (2, 2));
    assert_eq!(
        issue.signers.slots,
        [Slot::Counted, Slot::Missing, Slot::Counted]
    );
}
