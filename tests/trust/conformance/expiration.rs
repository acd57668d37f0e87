//! test_expiration.py and test_delegated_expiration.py. All of them deviate in one point: no
//! clock decides whether something is valid, because nobody in the field can rely on one.

use crate::scene::{DESK, issue, lines, newsroom};
use varaq_bundle::{Day, Head};
use varaq_kit::{Mint, Reader, delegation};
use varaq_trust::{Judgement, View, judge};

/// The judgement of a reader whose computer says it is that day.
fn on(reader: &Reader, head: &Head, today: u32) -> Judgement {
    let view = View::new(&reader.pins, &reader.evidence).on(Day(today), Day(19_000));
    judge(head, view)
}

/// A newsroom that promises an issue each week.
fn weekly() -> Mint {
    let mut mint = newsroom();
    mint.add(|next| next.cadence = 7);
    mint
}

/// A newsroom whose epoch 2 is meant for days 20,000-20,007.
fn advised() -> Mint {
    let mut mint = newsroom();
    mint.add(|next| {
        let mut granted = delegation(2, &(1, vec![21]), (1, 9));
        granted.days = Some((Day(20_000), Day(20_007)));
        next.delegations.push(granted);
    });
    mint
}

fn of_epoch_2(mint: &Mint, number: u32, day: u32) -> Head {
    let mut manifest = mint.manifest(number);
    (manifest.epoch, manifest.day) = (2, Day(day));
    mint.head(&manifest, &[(0, 21)])
}

/// Statements do not expire; the one that is old is still followed by the next.
#[test]
fn test_root_expired() {
    let mut mint = weekly();
    let reader = Reader::of(&[&mint]);
    mint.add(|_| {});
    let judgement = on(&reader, &issue(&mint, 1), 29_000);
    assert!(judgement.verdict.shows_content());
    assert!(!judgement.learned.is_empty());
}

/// An issue later than the promised days: it is read, and a line says that another was due.
#[test]
fn test_timestamp_expired() {
    let mint = weekly();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&issue(&mint, 1));
    let day = mint.manifest(1).day.0;
    assert_eq!(
        lines(&on(&reader, &issue(&mint, 1), day + 7)),
        ["NEWEST_SEEN"]
    );
    let late = on(&reader, &issue(&mint, 1), day + 8);
    assert_eq!(lines(&late), ["NEWEST_SEEN", "STALE"]);
}

/// The same of an issue that is new to the reader.
#[test]
fn test_snapshot_expired() {
    let mint = weekly();
    let late = on(&Reader::of(&[&mint]), &issue(&mint, 1), 29_000);
    assert_eq!(lines(&late), ["NEWEST_SEEN", "STALE"]);
}

/// Days of a delegation are advice: a line, whatever the computer's day.
#[test]
fn test_targets_expired() {
    let mint = advised();
    let reader = Reader::of(&[&mint]);
    for today in [20_001, 29_000] {
        let inside = on(&reader, &of_epoch_2(&mint, 1, 20_001), today);
        assert!(!lines(&inside).contains(&"OUT_OF_DAYS"));
    }
    let outside = on(&reader, &of_epoch_2(&mint, 1, 20_008), 20_008);
    assert_eq!(lines(&outside), ["NEWEST_SEEN", "OUT_OF_DAYS"]);
}

/// What is held may be as old as it likes.
#[test]
fn test_expired_local_root() {
    let mut mint = newsroom();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&issue(&mint, 1));
    mint.add(|next| next.cadence = 7);
    assert!(
        on(&reader, &issue(&mint, 2), 99_999)
            .verdict
            .shows_content()
    );
}

/// An old issue that is held does not stop a new one, and the line goes away with it.
#[test]
fn test_expired_local_timestamp() {
    let mint = weekly();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&issue(&mint, 1));
    let mut fresh = mint.manifest(2);
    fresh.day = Day(29_000);
    let fresh = mint.head(&fresh, &DESK);
    assert_eq!(lines(&on(&reader, &fresh, 29_005)), ["NEWEST_SEEN"]);
}

/// The same under its older name: with a clock that is behind what is signed, the clock is doubted.
#[test]
fn test_expired_metadata() {
    let mint = weekly();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&issue(&mint, 2));
    let judgement = on(&reader, &issue(&mint, 1), 19_500);
    assert_eq!(lines(&judgement), ["OLDER_THAN_SEEN", "CLOCK_DOUBTFUL"]);
}

/// A delegation whose days were over when it was met.
#[test]
fn test_delegated_targets_expired() {
    let mint = advised();
    let judgement = on(&Reader::of(&[&mint]), &of_epoch_2(&mint, 1, 20_001), 20_100);
    assert_eq!(lines(&judgement), ["NEWEST_SEEN"]);
}

/// A delegation whose days went by since: the window of numbers ends it, not a day.
#[test]
fn test_expired_local_delegated_targets() {
    let mint = advised();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&of_epoch_2(&mint, 1, 20_001));
    let later = on(&reader, &of_epoch_2(&mint, 9, 20_100), 20_100);
    assert_eq!(lines(&later), ["NEWEST_SEEN", "OUT_OF_DAYS"]);
    assert_eq!(
        reader.verdict(&of_epoch_2(&mint, 10, 20_001)),
        "OUT_OF_WINDOW"
    );
}

/// A new delegation follows the one that is over.
#[test]
fn test_expired_local_delegated_targets_updates() {
    let mut mint = advised();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&of_epoch_2(&mint, 9, 20_007));
    mint.begin_epoch(3, &(1, vec![31]), (1, 9));
    let mut manifest = mint.manifest(1);
    (manifest.epoch, manifest.day) = (3, Day(20_100));
    let judgement = on(&reader, &mint.head(&manifest, &[(0, 31)]), 20_100);
    assert_eq!(lines(&judgement), ["NEWEST_SEEN"]);
}
