//! test_updater_key_rotations.py, with its two tables.

use crate::scene::{issue, newsroom};
use varaq_kit::{Keys, Mint, Plan, Reader, key_set};
use varaq_trust::{Namespace, Set, Verdict};

/// Keys, threshold, signers: numbers of keys as the tables have them.
type Version = (&'static [u8], u64, &'static [u8]);

const FIVE: &[u8] = &[0, 1, 2, 3, 4];
const ROTATED: &[u8] = &[0, 1, 3, 4, 5];

/// Root metadata in order, and whether the last one is good.
const ROOT: [(&str, &[Version], bool); 15] = [
    (
        "1-of-1-key-rotation",
        &[(&[1], 1, &[1]), (&[2], 1, &[2, 1]), (&[2], 1, &[2])],
        true,
    ),
    (
        "1-of-1-key-rotation-unused-signatures",
        &[
            (&[1], 1, &[3, 1, 4]),
            (&[2], 1, &[3, 2, 1, 4]),
            (&[2], 1, &[3, 2, 4]),
        ],
        true,
    ),
    (
        "3-of-5-sign-with-different-keycombos",
        &[
            (FIVE, 3, &[0, 2, 4]),
            (FIVE, 3, &[0, 4, 1]),
            (FIVE, 3, &[0, 1, 3]),
            (FIVE, 3, &[0, 1, 3]),
        ],
        true,
    ),
    (
        "3-of-5-one-key-rotated",
        &[(FIVE, 3, &[0, 2, 4]), (ROTATED, 3, &[0, 4, 1])],
        true,
    ),
    (
        "3-of-5-one-key-rotated-with-intermediate-step",
        &[
            (FIVE, 3, &[0, 2, 4]),
            (ROTATED, 3, &[0, 2, 4, 5]),
            (ROTATED, 3, &[0, 4, 5]),
        ],
        true,
    ),
    (
        "3-of-5-all-keys-rotated-with-intermediate-step",
        &[
            (FIVE, 3, &[0, 2, 4]),
            (&[5, 6, 7, 8, 9], 3, &[0, 2, 4, 5, 6, 7]),
            (&[5, 6, 7, 8, 9], 3, &[5, 6, 7]),
        ],
        true,
    ),
    (
        "1-of-3-threshold-increase-to-2-of-3",
        &[(&[1, 2, 3], 1, &[1]), (&[1, 2, 3], 2, &[1, 2])],
        true,
    ),
    (
        "2-of-3-threshold-decrease-to-1-of-3",
        &[
            (&[1, 2, 3], 2, &[1, 2]),
            (&[1, 2, 3], 1, &[1, 2]),
            (&[1, 2, 3], 1, &[1]),
        ],
        true,
    ),
    (
        "1-of-2-threshold-increase-to-2-of-2",
        &[(&[1], 1, &[1]), (&[1, 2], 2, &[1, 2])],
        true,
    ),
    (
        "1-of-1-key-rotation-fail-not-signed-with-old-key",
        &[(&[1], 1, &[1]), (&[2], 1, &[2, 3, 4])],
        false,
    ),
    (
        "1-of-1-key-rotation-fail-not-signed-with-new-key",
        &[(&[1], 1, &[1]), (&[2], 1, &[1, 3, 4])],
        false,
    ),
    (
        "3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys",
        &[(FIVE, 3, &[0, 2, 4]), (ROTATED, 3, &[0, 2, 4])],
        false,
    ),
    (
        "3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys",
        &[(FIVE, 3, &[0, 2, 4]), (ROTATED, 3, &[0, 4, 5])],
        false,
    ),
    (
        "1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached",
        &[(&[1, 2, 3], 1, &[1]), (&[1, 2, 3], 2, &[2])],
        false,
    ),
    (
        "2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached",
        &[(&[1, 2, 3], 2, &[1, 2]), (&[1, 2, 3], 1, &[1])],
        false,
    ),
];

/// Metadata of timestamp, snapshot and targets, and whether it is good.
const NON_ROOT: [(&str, Version, bool); 10] = [
    ("1-of-1-key-rotation", (&[2], 1, &[2]), true),
    (
        "1-of-1-key-rotation-unused-signatures",
        (&[1], 1, &[3, 1, 4]),
        true,
    ),
    (
        "1-of-1-key-rotation-fail-not-signed-with-new-key",
        (&[2], 1, &[1, 3, 4]),
        false,
    ),
    (
        "3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys",
        (ROTATED, 3, &[0, 2, 4]),
        false,
    ),
    (
        "2-of-5-one-key-signature-mising-threshold-not-reached",
        (ROTATED, 3, &[0, 4]),
        false,
    ),
    ("3-of-5-sign-first-combo", (FIVE, 3, &[0, 2, 4]), true),
    ("3-of-5-sign-second-combo", (FIVE, 3, &[0, 4, 1]), true),
    ("3-of-5-sign-third-combo", (FIVE, 3, &[0, 1, 3]), true),
    ("3-of-5-sign-fourth-combo", (FIVE, 3, &[1, 2, 3]), true),
    ("3-of-5-sign-fifth-combo", (FIVE, 3, &[2, 3, 4]), true),
];

fn keys((keys, threshold, _): &Version) -> Keys {
    (*threshold, keys.iter().map(|key| 100 + key).collect())
}

/// Who of the signers is in a set, in the order of slots. A signature by a key that is not in
/// the set has no slot: it cannot be written.
fn slots(of: &Version, signers: &[u8]) -> Vec<(u8, u8)> {
    let slots = (0..).zip(of.0);
    let signed = slots.filter(|(_, key)| signers.contains(key));
    signed.map(|(slot, key)| (slot, 100 + key)).collect()
}

/// Appends the next root metadata with the signatures it has.
fn rotate(mint: &mut Mint, before: &Version, next: &Version) {
    let statement = mint.next_statement(|statement| statement.root = key_set(&keys(next)));
    let of = |set, version| {
        let slots = slots(version, next.2);
        slots
            .into_iter()
            .map(move |(slot, seed)| (set, u64::from(slot), seed))
    };
    let mut signers: Vec<_> = of(Set::Before, before).chain(of(Set::Own, next)).collect();
    if keys(before) == keys(next) {
        signers.retain(|one| one.0 == Set::Own); // One signature serves both.
    }
    mint.append(statement, Namespace::Root, &signers);
}

/// Root metadata are statements. Deviates in one point: signatures of strangers cannot be listed.
/// A statement that fails spoils its bundle, and what was held before is held still.
#[test]
fn test_root_rotation() {
    for (name, versions, good) in ROOT {
        let mut mint = Mint::of(Plan {
            root: keys(&versions[0]),
            ..Plan::default()
        });
        let own = slots(&versions[0], versions[0].2);
        let own: Vec<_> = own
            .iter()
            .map(|&(slot, seed)| (Set::Own, u64::from(slot), seed))
            .collect();
        mint.sign_again(Namespace::Root, &own);
        let mut reader = Reader::of(&[&mint]);
        assert!(
            reader.meet(&issue(&mint, 1)).verdict.shows_content(),
            "{name}"
        );
        for (at, pair) in versions.windows(2).enumerate() {
            rotate(&mut mint, &pair[0], &pair[1]);
            let held = reader.state().encode();
            let number = u32::from(mint.last.version);
            let judgement = reader.meet(&issue(&mint, number));
            if good || at + 2 < versions.len() {
                assert_eq!(judgement.verdict, Verdict::Verified, "{name}");
                assert_ne!(reader.state().encode(), held, "{name}");
            } else {
                assert_eq!(judgement.verdict, Verdict::BadSignature, "{name}");
                assert_eq!(reader.state().encode(), held, "{name}");
            }
        }
    }
}

/// The other roles are one delegation. Deviates in the same point: whoever writes a stranger's
/// signature into a slot spoils the issue.
#[test]
fn test_non_root_rotations() {
    for (name, version, good) in NON_ROOT {
        let mut mint = newsroom();
        mint.begin_epoch(2, &keys(&version), (1, 9));
        let mut manifest = mint.manifest(1);
        manifest.epoch = 2;
        let signers = slots(&version, version.2);
        let reader = Reader::of(&[&mint]);
        let expected = if good { "VERIFIED" } else { "BELOW_THRESHOLD" };
        let head = mint.head(&manifest, &signers);
        assert_eq!(reader.verdict(&head), expected, "{name}");
        let stranger = version.2.iter().find(|key| !version.0.contains(key));
        let free = (0..16).find(|slot| signers.iter().all(|one| one.0 != *slot));
        if let (Some(stranger), Some(free)) = (stranger, free) {
            let mut spoilt = signers.clone();
            spoilt.push((free, 100 + stranger));
            spoilt.sort_unstable();
            let head = mint.head(&manifest, &spoilt);
            assert_eq!(reader.verdict(&head), "BAD_SIGNATURE", "{name}");
        }
    }
}
