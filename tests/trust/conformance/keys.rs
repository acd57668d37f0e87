//! test_keys.py, with the names of its older versions.

use crate::scene::{DESK, issue, newsroom};
use varaq_bundle::Head;
use varaq_kit::{Mint, Plan, Reader, Value, key_set, public, sign, signatures_value, signed_by};
use varaq_trust::{KeyError, KeySet, Namespace, Set, Statement, StatementError};

/// A newsroom whose delegation in statement 1 was changed as `change` does, and signed so.
fn with_delegation(change: impl FnOnce(&mut Value)) -> Mint {
    let sound = newsroom();
    let mut value = Value::parse(&sound.own.statements[0].bytes);
    change(value.at(5).at(0));
    Mint::with_bytes(sound.plan, sound.last, value.encode())
}

/// A newsroom of three signing keys, all of which must sign.
fn three_of_three() -> Mint {
    Mint::of(Plan {
        desk: (3, vec![11, 12, 13]),
        ..Plan::default()
    })
}

/// Issue 1 with any list of (slot, algorithm, signature).
fn listed(mint: &Mint, list: &[(u64, u64, Vec<u8>)]) -> Head {
    let manifest = mint.manifest(1).encode();
    mint.head_of(manifest, signatures_value(list).encode(), Vec::new())
}

fn good(mint: &Mint, slot: u64, seed: u8) -> (u64, u64, Vec<u8>) {
    let manifest = mint.manifest(1).encode();
    (slot, 1, sign(seed, Namespace::Manifest, &manifest))
}

/// Two of three signatures, where all must sign.
#[test]
fn test_snapshot_does_not_meet_threshold() {
    let mint = three_of_three();
    let mut reader = Reader::of(&[&mint]);
    let all = [(0, 11), (1, 12), (2, 13)];
    assert!(
        reader
            .meet(&mint.head(&mint.manifest(1), &all))
            .verdict
            .shows_content()
    );
    let judgement = reader.judge(&mint.head(&mint.manifest(2), &all[..2]));
    assert_eq!(judgement.verdict.name(), "BELOW_THRESHOLD");
}

/// The same under its older name.
#[test]
fn test_snapshot_threshold() {
    let mint = three_of_three();
    let head = mint.head(&mint.manifest(1), &[(0, 11), (2, 13)]);
    assert_eq!(Reader::of(&[&mint]).verdict(&head), "BELOW_THRESHOLD");
}

/// Keys in the delegation that did not sign count for nothing, however many are added.
#[test]
fn test_root_has_keys_but_not_snapshot() {
    let mut mint = newsroom();
    mint.begin_epoch(2, &(5, vec![11, 12, 13, 14, 15]), (1, 9));
    let mut manifest = mint.manifest(1);
    manifest.epoch = 2;
    let head = mint.head(&manifest, &[(0, 11), (1, 12), (2, 13)]);
    assert_eq!(Reader::of(&[&mint]).verdict(&head), "BELOW_THRESHOLD");
}

/// A threshold above the number of keys, or of none: no set, and so no statement.
#[test]
fn test_snapshot_has_too_few_keys() {
    for threshold in [0, 4, 6] {
        let mint = with_delegation(|granted| *granted.at(2).at(0) = Value::Uint(threshold));
        let head = mint.head(&mint.manifest(1), &[(0, 11), (1, 12), (2, 13)]);
        assert_eq!(Reader::of(&[&mint]).verdict(&head), "BAD_SIGNATURE");
    }
}

/// One key many times in a set, and its signature once for each.
#[test]
fn test_duplicate_keys() {
    let mint = with_delegation(|granted| {
        let keys = granted.at(2).at(1);
        let again = keys.at(0).clone();
        *keys.at(1) = again;
    });
    let error = Statement::decode(&mint.own.statements[0].bytes);
    assert_eq!(error, Err(StatementError::Key(KeyError::Duplicate)));
    let head = mint.head(&mint.manifest(1), &[(0, 11), (1, 11)]);
    assert_eq!(Reader::of(&[&mint]).verdict(&head), "BAD_SIGNATURE");
}

/// The same of root keys, under its older name.
#[test]
fn test_duplicate_keys_root() {
    let sound = newsroom();
    let mut value = Value::parse(&sound.own.statements[0].bytes);
    let again = value.at(4).at(1).at(0).clone();
    *value.at(4).at(1).at(1) = again;
    let mint = Mint::with_bytes(
        Plan {
            root: (2, vec![1, 1, 3]),
            ..sound.plan
        },
        sound.last,
        value.encode(),
    );
    assert_eq!(
        Reader::of(&[&mint]).verdict(&issue(&mint, 1)),
        "BAD_SIGNATURE"
    );
    assert!(KeySet::new(2, vec![public(1), public(1)]).is_err());
}

/// One signature twice: a repeated slot is malformed, even where enough others are there.
#[test]
fn test_duplicate_sig_keyids() {
    let mint = newsroom();
    let reader = Reader::of(&[&mint]);
    let (one, two) = (good(&mint, 0, 11), good(&mint, 1, 12));
    assert_eq!(
        reader.verdict(&listed(&mint, &[one.clone(), two.clone()])),
        "VERIFIED"
    );
    for list in [
        vec![one.clone(), one.clone()],
        vec![one.clone(), one.clone(), two.clone()],
        vec![one.clone(), two.clone(), two],
    ] {
        assert_eq!(reader.verdict(&listed(&mint, &list)), "BAD_SIGNATURE");
    }
}

/// Ed25519 is known, and a wrong signature by it refused. Deviates: RSA and ECDSA are not known;
/// keys and signatures of unknown algorithms are carried and never counted.
#[test]
fn test_keytype_and_scheme() {
    let mut mint = newsroom();
    let reader = Reader::of(&[&mint]);
    mint.rotate(&(2, vec![4, 5]), |_| {});
    assert_eq!(reader.verdict(&issue(&mint, 1)), "VERIFIED");
    let mut forged = mint.clone();
    forged.add(|_| {});
    forged.sign_again(Namespace::Root, &[(Set::Own, 0, 4), (Set::Own, 1, 6)]);
    assert_eq!(reader.verdict(&issue(&forged, 1)), "BAD_SIGNATURE");
    let unknown = |slot| (slot, 7, vec![1; 256]);
    let list = [good(&mint, 0, 11), unknown(1), unknown(2)];
    assert_eq!(reader.verdict(&listed(&mint, &list)), "BELOW_THRESHOLD");
    let list = [good(&mint, 0, 11), good(&mint, 1, 12), unknown(2)];
    assert_eq!(reader.verdict(&listed(&mint, &list)), "VERIFIED");
}

/// Deviates: a listed signature that does not verify spoils the issue, enough good ones or not.
/// Nobody who packs honestly lists one; whoever passes an issue on cannot spoil it for others.
#[test]
fn test_invalid_sig_in_valid_metadata() {
    let mint = newsroom();
    let reader = Reader::of(&[&mint]);
    let (one, two) = (good(&mint, 0, 11), good(&mint, 1, 12));
    let plausible = good(&mint, 2, 12);
    let list = [one.clone(), two.clone(), plausible];
    assert_eq!(reader.verdict(&listed(&mint, &list)), "BAD_SIGNATURE");
    let list = [one, two, (2, 1, Vec::new())];
    assert_eq!(reader.verdict(&listed(&mint, &list)), "BAD_SIGNATURE");
}

/// Under its older name: no key id, and so no hash of one that could be named wrongly. Two
/// spellings of one key are two keys, and a point has one spelling.
#[test]
fn test_wrong_hashing_algorithm() {
    let mint = newsroom();
    let set = key_set(&mint.plan.desk);
    assert_eq!(KeySet::decode(&set.encode()).unwrap(), set);
    let manifest = mint.manifest(1).encode();
    let head = mint.head_of(manifest.clone(), signed_by(&manifest, &DESK), Vec::new());
    assert_eq!(Reader::of(&[&mint]).verdict(&head), "VERIFIED");
    let mut other = [0xff; 32];
    other[31] = 0x7f;
    assert!(KeySet::new(1, vec![]).is_err() && varaq_trust::PublicKey::ed25519(&other).is_err());
}
