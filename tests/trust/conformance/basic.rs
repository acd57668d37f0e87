//! test_basic.py

use crate::scene::{DESK, OTHERS, holds, issue, lines, newsroom};
use std::io::Cursor;
use varaq_bundle::{Hash, Limits};
use varaq_kit::{Mint, Reader, Value, delegation, revocation, sign, signers};
use varaq_trust::{Namespace, Set, Verdict, open};

/// A newsroom whose statement 1 was changed as `change` does, and signed so.
fn malformed(change: impl FnOnce(&mut Value)) -> Mint {
    let sound = newsroom();
    let mut value = Value::parse(&sound.own.statements[0].bytes);
    change(&mut value);
    Mint::with_bytes(sound.plan, sound.last, value.encode())
}

/// A refresh: a bundle brings statements and an issue, once.
#[test]
fn test_basic_init_and_refresh() {
    let mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let judgement = reader.judge(&issue(&mint, 1));
    assert_eq!(lines(&judgement), ["NEWEST_SEEN"]);
    assert!(reader.evidence.learn(&judgement.learned));
    assert!(!reader.evidence.learn(&judgement.learned), "it is no news");
    assert_eq!(
        reader.evidence.publishers().collect::<Vec<_>>(),
        [mint.id()]
    );
}

/// Trusted metadata: what is written down is what was published.
#[test]
fn test_basic_refresh_trusted_data() {
    let mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let head = issue(&mint, 1);
    reader.meet(&head);
    let kept = reader.state().encode();
    assert!(holds(&kept, &mint.own.statements[0].bytes));
    assert!(holds(&kept, &head.manifest));
    assert!(holds(&kept, &head.signatures));
}

/// The download fails and the metadata are updated: an issue out of its window shows nothing,
/// and its statements are learnt.
#[test]
fn test_implicit_refresh() {
    let mut mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let old = issue(&mint, 1);
    mint.add(|next| next.revoked = vec![revocation(11, &[])]);
    let refused = mint.head(&mint.manifest(201), &OTHERS);
    assert_eq!(reader.meet(&refused).verdict, Verdict::OutOfWindow);
    assert_eq!(reader.verdict(&old), "REVOKED_KEY");
}

/// Statement 1 without its version: no bundle of it is good, and nothing is learnt.
#[test]
fn test_invalid_initial_root() {
    let mint = malformed(|value| drop(value.pairs().remove(2)));
    let judgement = Reader::of(&[&newsroom()]).judge(&issue(&mint, 1));
    assert_eq!(judgement.verdict, Verdict::BadSignature);
    assert!(judgement.learned.is_empty());
}

/// Statement 1 with another signature in the place of its own.
#[test]
fn test_unsigned_initial_root() {
    for signers in [
        &[][..],
        &[(Set::Own, 0, 1)],
        &[(Set::Own, 0, 1), (Set::Own, 1, 99)],
    ] {
        let mut mint = newsroom();
        mint.sign_again(Namespace::Root, signers);
        let judgement = Reader::of(&[&mint]).judge(&issue(&mint, 1));
        assert_eq!(judgement.verdict, Verdict::BadSignature);
        assert!(judgement.learned.is_empty());
    }
}

/// Root: statement 2 with a signature too few. Timestamp, snapshot, targets: a manifest with
/// one too few. Deviates: a bad statement spoils its bundle, and not even the good ones before
/// it are taken from there.
#[test]
fn test_unsigned_metadata() {
    let mut mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let half = mint.head(&mint.manifest(1), &DESK[..1]);
    let judgement = reader.judge(&half);
    assert_eq!(judgement.verdict, Verdict::BelowThreshold);
    reader.meet(&half);
    assert!(!holds(&reader.state().encode(), &half.manifest));
    mint.add(|_| {});
    mint.sign_again(Namespace::Root, &[(Set::Own, 0, 1)]);
    let judgement = reader.judge(&issue(&mint, 1));
    assert_eq!(judgement.verdict, Verdict::BadSignature);
    assert!(judgement.learned.is_empty());
}

/// Root: version 3 in the place of 2. Snapshot, targets: a manifest that names a version of
/// the statements which they do not have.
#[test]
fn test_url_and_metadata_version_mismatch() {
    let mut mint = newsroom();
    let reader = Reader::of(&[&mint]);
    let mut manifest = mint.manifest(1);
    manifest.root.version += 1;
    let judgement = reader.judge(&mint.head(&manifest, &DESK));
    assert_eq!(judgement.verdict, Verdict::ChainIncomplete);
    assert!(judgement.learned.is_empty());
    mint.add(|next| next.version += 1);
    assert_eq!(reader.verdict(&issue(&mint, 1)), "BAD_SIGNATURE");
}

/// Other content under the version that is held: the first one stays.
#[test]
fn test_timestamp_content_changes() {
    let mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let first = issue(&mint, 1);
    let mut changed = mint.manifest(1);
    changed.index = Hash([100; 32]);
    let changed = mint.head(&changed, &DESK);
    reader.meet(&first);
    assert_eq!(reader.meet(&changed).verdict, Verdict::Conflict);
    let kept = reader.judge(&first);
    assert_eq!(lines(&kept), ["NEWEST_SEEN", "CONFLICT_SEEN"]);
}

/// The same, and for ever: also after the two were met again in the other order.
#[test]
fn test_timestamp_eq_versions_check() {
    let mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let mut changed = mint.manifest(1);
    changed.day.0 += 100;
    let (first, changed) = (issue(&mint, 1), mint.head(&changed, &DESK));
    for head in [&first, &changed, &changed, &first] {
        reader.meet(head);
    }
    assert_eq!(reader.verdict(&first), "VERIFIED");
    assert_eq!(reader.verdict(&changed), "CONFLICT");
}

/// Hashes hold metadata together: the manifest names INDEX, INDEX names TABLE.
#[test]
fn test_basic_metadata_hash_support() {
    let mint = newsroom();
    let sound = mint.issue(1).article("One", "Words.").signed(&[0, 1]);
    let content = |bytes: &[u8]| {
        let opening = open(
            Cursor::new(bytes.to_vec()),
            &mint.pins(true),
            &Limits::default(),
        );
        let content = opening.unwrap().into_content(varaq_trust::Consent::Pinned);
        content.unwrap().front().is_ok()
    };
    assert!(content(&sound));
    // INDEX, and an entry of TABLE.
    let pieces_at = varaq_kit::pieces_at(&sound);
    let body_at = u64::from_be_bytes(sound[12..20].try_into().unwrap()) as usize;
    for at in [body_at, pieces_at - 44] {
        let mut altered = sound.clone();
        altered[at] ^= 1;
        assert!(!content(&altered), "byte {at}");
    }
}

/// New targets under a snapshot that names others: a body under the head of another issue.
#[test]
fn test_new_targets_hash_mismatch() {
    let mint = newsroom();
    let of = |number, text| mint.issue(number).article("One", text).signed(&[0, 1]);
    let (one, two) = (of(1, "Words of the first."), of(2, "Words of another."));
    let body_at = u64::from_be_bytes(one[12..20].try_into().unwrap()) as usize;
    assert_eq!(one[12..20], two[12..20]);
    let mixed = [&one[..body_at], &two[body_at..]].concat();
    let opening = open(Cursor::new(mixed), &mint.pins(true), &Limits::default()).unwrap();
    assert_eq!(opening.verdict(), Verdict::Verified, "the head is whole");
    let content = opening.into_content(varaq_trust::Consent::Pinned).unwrap();
    assert!(content.front().is_err());
}

/// Another version of targets than the snapshot names: the number is inside what is signed.
#[test]
fn test_new_targets_version_mismatch() {
    let mint = newsroom();
    let signatures = issue(&mint, 1).signatures;
    let head = mint.head_of(mint.manifest(2).encode(), signatures, Vec::new());
    let judgement = Reader::of(&[&mint]).judge(&head);
    assert_eq!(judgement.verdict, Verdict::BadSignature);
    assert!(judgement.learned.is_empty());
}

/// The very bytes are kept. There is one encoding of each value, so what could differ are
/// bytes that this version carries and does not read.
#[test]
fn test_metadata_bytes_match() {
    let mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let mut manifest = mint.manifest(1);
    manifest.extras = b"of a later version".to_vec();
    reader.meet(&mint.head(&manifest, &DESK));
    assert!(holds(&reader.state().encode(), &manifest.encode()));
}

/// Deviates: a field that this version does not know is refused, in statements and manifests.
/// Room for later is in `extras`, algorithms and format numbers.
#[test]
fn test_custom_fields() {
    let custom = (Value::Uint(99), Value::Text("value".into()));
    let mint = malformed(|value| value.pairs().push(custom.clone()));
    let reader = Reader::of(&[&mint]);
    assert_eq!(reader.verdict(&issue(&mint, 1)), "BAD_SIGNATURE");
    let mint = newsroom();
    let mut value = Value::parse(&mint.manifest(1).encode());
    value.pairs().push(custom);
    let manifest = value.encode();
    let signatures = varaq_kit::signed_by(&manifest, &DESK);
    let head = mint.head_of(manifest, signatures, Vec::new());
    assert_eq!(reader.verdict(&head), "BAD_SIGNATURE");
}

/// Deviates: a key is an algorithm and its bytes, and has no room for a misleading third part.
#[test]
fn test_deprecated_keyid_hash_algorithms() {
    let mint = malformed(|value| {
        let keys = value.at(4).at(1);
        keys.at(0).items().push(Value::Text("md5".into()));
    });
    assert_eq!(
        Reader::of(&[&mint]).verdict(&issue(&mint, 1)),
        "BAD_SIGNATURE"
    );
}

/// A snapshot that is not there: the statement that the manifest names is not in this copy.
/// Another copy has it.
#[test]
fn test_snapshot_404() {
    let mut mint = newsroom();
    let mut short = mint.clone();
    mint.begin_epoch(2, &(1, vec![21]), (1, 9));
    let mut manifest = mint.manifest(1);
    manifest.epoch = 2;
    let whole = mint.head(&manifest, &[(0, 21)]);
    short.plan = mint.plan.clone();
    let cut = short.head(&manifest, &[(0, 21)]);
    let mut reader = Reader::of(&[&mint]);
    assert_eq!(reader.meet(&cut).verdict, Verdict::ChainIncomplete);
    assert_eq!(reader.verdict(&whole), "VERIFIED");
}

/// Targets that are not there: pieces that this copy does not have. Deviates: the head stands by
/// itself, and the copy is called partial.
#[test]
fn test_targets_404() {
    let mint = newsroom();
    let sound = mint.issue(1).article("One", "Words.").signed(&[0, 1]);
    let cut = sound[..varaq_kit::pieces_at(&sound)].to_vec();
    let opening = open(Cursor::new(cut), &mint.pins(true), &Limits::default()).unwrap();
    assert_eq!(opening.verdict(), Verdict::Verified);
    assert!(opening.lines().iter().any(|line| line.name() == "PARTIAL"));
}

/// A snapshot that looks like a timestamp, by the same keys: every kind of signed bytes has its
/// own namespace, and a publisher may use one key for all of them.
#[test]
fn test_incorrect_metadata_type() {
    let mint = Mint::of(varaq_kit::Plan {
        root: (1, vec![11]),
        desk: (1, vec![11]),
        ..varaq_kit::Plan::default()
    });
    let reader = Reader::of(&[&mint]);
    assert_eq!(
        reader.verdict(&mint.head(&mint.manifest(1), &[(0, 11)])),
        "VERIFIED"
    );
    // A statement and a suspension in the place of MANIFEST.
    let statement = &mint.own.statements[0];
    let suspension = mint.suspension_of(11);
    let signatures = [
        (
            statement.bytes.clone(),
            statement.signatures[0].signature.clone(),
        ),
        (
            suspension.bytes.clone(),
            suspension.signatures[0].signature.clone(),
        ),
    ];
    for (bytes, signature) in signatures {
        let list = varaq_kit::signatures_value(&[(0, 1, signature)]).encode();
        let head = mint.head_of(bytes, list, Vec::new());
        assert_eq!(reader.verdict(&head), "BAD_SIGNATURE");
    }
    // A manifest's bytes signed as a file, and a statement signed as a manifest.
    let manifest = mint.manifest(1).encode();
    let list = [(0, 1, sign(11, Namespace::File, &manifest))];
    let list = varaq_kit::signatures_value(&list).encode();
    assert_eq!(
        reader.verdict(&mint.head_of(manifest, list, Vec::new())),
        "BAD_SIGNATURE"
    );
    let mut other = mint.clone();
    other.add(|next| next.delegations.push(delegation(2, &(1, vec![21]), (1, 9))));
    other.sign_again(Namespace::Manifest, &signers(Set::Own, &mint.plan.root));
    assert_eq!(
        reader.verdict(&other.head(&other.manifest(1), &[(0, 11)])),
        "BAD_SIGNATURE"
    );
}
