//! test_rollback.py

use crate::scene::{DESK, OTHERS, issue, lines, newsroom};
use std::io::Cursor;
use varaq_bundle::{Day, Head, Limits};
use varaq_kit::{Mint, Reader, revocation};
use varaq_trust::{Consent, View, judge, open};

/// Number 1 of epoch 2, by its own key.
fn first_of_epoch_2(mint: &Mint) -> Head {
    let mut manifest = mint.manifest(1);
    manifest.epoch = 2;
    mint.head(&manifest, &[(0, 21)])
}

/// An older issue after a newer one. Deviates: it is shown, because archives are worth reading,
/// and called older; what is newest does not change.
#[test]
fn test_simple_snapshot_rollback() {
    let mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&issue(&mint, 2));
    assert_eq!(lines(&reader.meet(&issue(&mint, 1))), ["OLDER_THAN_SEEN"]);
    assert_eq!(lines(&reader.judge(&issue(&mint, 2))), ["NEWEST_SEEN"]);
}

/// The same by epochs: a greater number of an earlier epoch is older.
#[test]
fn test_new_timestamp_version_rollback() {
    let mut mint = newsroom();
    let before = mint.clone();
    mint.begin_epoch(2, &(1, vec![21]), (1, 9));
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&first_of_epoch_2(&mint));
    assert_eq!(
        lines(&reader.judge(&issue(&before, 200))),
        ["OLDER_THAN_SEEN"]
    );
}

/// Older statements after newer ones: what was revoked stays revoked, whatever a copy leaves out.
/// With hashes: also for an issue that names the statement before the revocation.
#[test]
fn test_snapshot_rollback() {
    let mut mint = newsroom();
    let before = mint.clone();
    mint.add(|next| next.revoked = vec![revocation(11, &[])]);
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&mint.head(&mint.manifest(1), &OTHERS));
    assert_eq!(
        reader.meet(&issue(&before, 2)).verdict.name(),
        "REVOKED_KEY"
    );
    assert_eq!(
        reader.verdict(&mint.head(&before.manifest(2), &DESK)),
        "REVOKED_KEY"
    );
    // A reader without evidence is told nothing of it by such a copy.
    assert_eq!(Reader::of(&[&mint]).verdict(&issue(&before, 2)), "VERIFIED");
}

/// An old targets file under a new snapshot: the pieces of an older issue under a newer head.
/// With hashes and without: a hash is all that there is.
#[test]
fn test_targets_rollback() {
    let mint = newsroom();
    let of = |number, text| mint.issue(number).article("One", text).signed(&[0, 1]);
    let (old, new) = (of(1, "It was so."), of(2, "It is so."));
    let body_at = u64::from_be_bytes(new[12..20].try_into().unwrap()) as usize;
    let mixed = [&new[..body_at], &old[body_at..]].concat();
    let opening = open(Cursor::new(mixed), &mint.pins(true), &Limits::default()).unwrap();
    let content = opening.into_content(Consent::Pinned).unwrap();
    assert!(content.front().is_err() && content.entry(1).is_err());
}

/// A thief signs the last number of the window. Recovered by a revocation that keeps what was
/// genuine: the next real issue is the newest again.
#[test]
fn test_new_targets_fast_forward_recovery() {
    let mut mint = newsroom();
    let genuine = issue(&mint, 1);
    let thief = issue(&mint, 200);
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&genuine);
    reader.meet(&thief);
    assert_eq!(lines(&reader.judge(&issue(&mint, 2))), ["OLDER_THAN_SEEN"]);
    mint.add(|next| next.revoked = vec![revocation(11, &[genuine.manifest_id()])]);
    let next = mint.head(&mint.manifest(2), &OTHERS);
    assert_eq!(lines(&reader.meet(&next)), ["NEWEST_SEEN"]);
    assert_eq!(reader.verdict(&thief), "REVOKED_KEY");
    assert_eq!(lines(&reader.judge(&genuine)), ["OLDER_THAN_SEEN"]);
}

/// The same without a revocation: number 1 of a new epoch outranks every number of the old one.
#[test]
fn test_new_snapshot_fast_forward_recovery() {
    let mut mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&issue(&mint, 200));
    mint.begin_epoch(2, &(1, vec![21]), (1, 9));
    assert_eq!(
        lines(&reader.meet(&first_of_epoch_2(&mint))),
        ["NEWEST_SEEN"]
    );
}

/// A thief signs the last day there is. No day is remembered but in the manifest that it came
/// with, so the revocation takes it away.
#[test]
fn test_new_timestamp_fast_forward_recovery() {
    let mut mint = newsroom();
    let mut far = mint.manifest(2);
    far.day = Day::LAST;
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&mint.head(&far, &DESK));
    let day = mint.manifest(1).day;
    let words = |reader: &Reader, head: &Head| {
        let view = View::new(&reader.pins, &reader.evidence).on(day, day);
        lines(&judge(head, view)).contains(&"CLOCK_DOUBTFUL")
    };
    assert!(words(&reader, &issue(&mint, 1)));
    mint.add(|next| next.revoked = vec![revocation(11, &[])]);
    let genuine = mint.head(&mint.manifest(1), &OTHERS);
    reader.meet(&genuine);
    assert!(!words(&reader, &genuine));
}

/// A manifest names a statement by generation, version and id; two of three are not enough.
#[test]
fn test_new_snapshot_version_mismatch() {
    let mut mint = newsroom();
    let before = mint.root();
    mint.add(|_| {});
    let mut manifest = mint.manifest(1);
    manifest.root.id = before.id;
    let judgement = Reader::of(&[&mint]).judge(&mint.head(&manifest, &DESK));
    assert_eq!(judgement.verdict.name(), "CHAIN_INCOMPLETE");
    assert!(judgement.learned.is_empty());
}

/// Statements only add: one that does not name a delegation does not take it away, and a
/// delegation cannot be written anew.
#[test]
fn test_targets_role_removal() {
    let mut mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    let old = issue(&mint, 1);
    mint.add(|next| next.delegations.clear());
    reader.meet(&issue(&mint, 2));
    assert_eq!(lines(&reader.judge(&old)), ["OLDER_THAN_SEEN"]);
    mint.begin_epoch(1, &(1, vec![21]), (1, 9));
    assert_eq!(
        reader.verdict(&mint.head(&mint.manifest(3), &[(0, 21)])),
        "BAD_SIGNATURE"
    );
}
