//! Notices have one encoding, and a bad piece hides its own notices only.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod common;

use common::*;
use proptest::prelude::*;
use std::io::Cursor;
use std::ops::ControlFlow;
use varaq_bundle::*;

fn notice(article: u64) -> Notice {
    Notice {
        article: id(article),
        kind: NoticeKind::Correction,
        issue: "main/1/3".parse().unwrap(),
        language: "fa".into(),
        text: "عدد درست دوازده است.".into(),
        day: Day(20_000),
    }
}

fn writer() -> IssueWriter<Cursor<Vec<u8>>> {
    let mut writer = IssueWriter::new(issue(), options(), || Ok(Cursor::new(Vec::new()))).unwrap();
    writer.add(article(1, 100)).unwrap();
    writer
}

fn finish(writer: IssueWriter<Cursor<Vec<u8>>>) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    writer
        .finish(&mut out, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    out.into_inner()
}

fn pack(notices: Vec<Notice>) -> Vec<u8> {
    let mut writer = writer();
    writer.add_notices(notices).unwrap();
    finish(writer)
}

/// Enough for several pieces.
fn many(count: u64) -> Vec<Notice> {
    let long = |article| Notice {
        text: "x".repeat(500),
        ..notice(article)
    };
    (1..=count).map(long).collect()
}

#[test]
fn notices_are_read_back_sorted() {
    let mut given = vec![notice(3), notice(1), notice(2)];
    let content = content(pack(given.clone()));
    let found = content.notices();
    given.sort_by(|one, other| one.key().cmp(&other.key()));
    assert_eq!(found.notices, given);
    assert!(found.unread.is_empty());
    assert_eq!(content.manifest().notices(), 1..2);
    let entry = content.entry(1).unwrap().unwrap();
    assert_eq!(content.article_bytes(&entry).unwrap(), words(1, 100));
}

#[test]
fn an_issue_without_notices_has_no_piece_of_them() {
    let content = content(pack(Vec::new()));
    assert!(content.manifest().notices().is_empty());
    assert!(content.notices().notices.is_empty());
}

#[test]
fn the_order_in_which_notices_are_added_does_not_show() {
    let mut two = writer();
    two.add_notices(vec![notice(2)]).unwrap();
    two.add_notices(vec![notice(1)]).unwrap();
    assert!(finish(two) == pack(vec![notice(1), notice(2)]));
}

#[test]
fn four_thousand_notices_are_packed_and_one_more_is_refused() {
    let content = content(pack(many(4_096)));
    assert!(content.manifest().counts.notices > 64);
    assert_eq!(content.notices().notices.len(), 4_096);
    let mut writer = writer();
    let error = writer.add_notices(many(4_097)).unwrap_err();
    assert!(matches!(error, WriteError::TooMany("notices")), "{error}");
    assert!(content_has_none(finish(writer)));
}

fn content_has_none(bytes: Vec<u8>) -> bool {
    content(bytes).manifest().notices().is_empty()
}

#[test]
fn what_no_reader_would_take_is_not_packed() {
    for change in [
        |notice: &mut Notice| notice.text = String::new(),
        |notice: &mut Notice| notice.text = "x".repeat(1_025),
        |notice: &mut Notice| notice.text = "ب".repeat(513),
        |notice: &mut Notice| notice.text = "a\nb".into(),
        |notice: &mut Notice| notice.language = "fa_IR".into(),
        |notice: &mut Notice| notice.language = String::new(),
        |notice: &mut Notice| notice.day = Day(2_932_897),
        |notice: &mut Notice| notice.issue.epoch = 0,
        |notice: &mut Notice| notice.issue.number = 0,
        |notice: &mut Notice| notice.issue.channel = "Main".into(),
        |notice: &mut Notice| notice.issue.channel = "other".into(),
    ] {
        let mut bad = notice(1);
        change(&mut bad);
        let error = writer().add_notices(vec![bad.clone()]).unwrap_err();
        assert!(
            matches!(error, WriteError::Notice { .. }),
            "{bad:?}: {error}"
        );
        let alone = decode_notices(&encode_notices(&[bad.clone()]));
        assert_eq!(alone.is_ok(), bad.issue.channel == "other", "{bad:?}");
    }
    let other_text = Notice {
        text: "another".into(),
        ..notice(1)
    };
    let error = writer().add_notices(vec![notice(1), other_text]);
    assert!(matches!(error, Err(WriteError::SameNotice(_))));
}

#[test]
fn each_field_of_the_key_makes_another_notice() {
    let first = Notice {
        kind: NoticeKind::Correction,
        ..notice(1)
    };
    let mut all = vec![first.clone()];
    all.push(notice(2));
    for change in [
        |notice: &mut Notice| notice.kind = NoticeKind::Retraction,
        |notice: &mut Notice| notice.kind = NoticeKind::Harm,
        |notice: &mut Notice| notice.language = "ku".into(),
        |notice: &mut Notice| notice.day = Day(20_001),
        |notice: &mut Notice| notice.issue.epoch = 2,
        |notice: &mut Notice| notice.issue.number = 4,
    ] {
        let mut other = first.clone();
        change(&mut other);
        all.push(other);
    }
    assert_eq!(content(pack(all)).notices().notices.len(), 8);
}

#[test]
fn a_damaged_piece_hides_its_own_notices_only() {
    let bytes = pack(many(100));
    let whole = content(bytes.clone());
    let pieces = whole.manifest().notices();
    assert!(pieces.len() > 2);
    for piece in pieces.clone() {
        let stored = whole.stored(piece).unwrap();
        let at = bytes.windows(stored.len()).position(|part| part == stored);
        let mut hurt = bytes.clone();
        hurt[at.unwrap() + stored.len() / 2] ^= 1;
        let found = content(hurt).notices();
        let [(unread, error)] = &found.unread[..] else {
            panic!("{:?}", found.unread)
        };
        assert_eq!(*unread, piece);
        assert!(matches!(error, PieceError::Damaged { .. }), "{error}");
        let hidden = decode_notices(&whole.piece(piece).unwrap()).unwrap().len();
        assert_eq!(found.notices.len(), 100 - hidden);
    }
}

#[test]
fn a_copy_that_ends_before_the_notices_says_which_are_missing() {
    let bytes = pack(many(100));
    let whole = content(bytes.clone());
    let stored = whole.stored(2).unwrap();
    let at = bytes.windows(stored.len()).position(|part| part == stored);
    let found = content(bytes[..at.unwrap()].to_vec()).notices();
    let missing: Vec<u32> = found.unread.iter().map(|(piece, _)| *piece).collect();
    assert_eq!(
        missing,
        (2..whole.manifest().notices().end).collect::<Vec<_>>()
    );
    for (_, error) in &found.unread {
        assert!(matches!(error, PieceError::NotInThisCopy { .. }), "{error}");
    }
    assert!(!found.notices.is_empty());
}

#[test]
fn an_issue_is_named_in_one_way() {
    for name in ["main/1/12", "a-1/4294967295/1"] {
        assert_eq!(name.parse::<IssueName>().unwrap().to_string(), name);
    }
    for wrong in [
        "",
        "main",
        "main/1",
        "main/1/2/3",
        "main/0/1",
        "main/1/0",
        "main/01/1",
        "main/+1/1",
        "main/1/4294967296",
        "Main/1/1",
        "/1/1",
        "main//1",
        "main/1/ 1",
        "main/۱/1",
    ] {
        assert!(wrong.parse::<IssueName>().is_err(), "{wrong}");
    }
}

prop_compose! {
    fn any_notice()(
        article: [u8; 8],
        kind in prop::sample::select(vec![
            NoticeKind::Correction, NoticeKind::Retraction, NoticeKind::Harm,
        ]),
        channel in "[a-z0-9-]{1,32}",
        epoch in 1u32..,
        number in 1u32..,
        language in "[A-Za-z0-9-]{1,35}",
        text in "[a-zآ-ی ]{1,400}",
        day in 0u32..2_932_897,
    ) -> Notice {
        let issue = IssueName { channel, epoch, number };
        Notice { article: ArticleId(article), kind, issue, language, text, day: Day(day) }
    }
}

proptest! {
    #[test]
    fn any_notices_are_read_back_as_they_were(
        mut notices in prop::collection::vec(any_notice(), 1..20),
    ) {
        notices.sort_by(|one, other| one.key().cmp(&other.key()));
        notices.dedup_by(|one, other| one.key() == other.key());
        let bytes = encode_notices(&notices);
        prop_assert_eq!(decode_notices(&bytes).unwrap(), notices);
    }

    #[test]
    fn any_bytes_decode_to_what_encodes_to_them_or_not_at_all(bytes: Vec<u8>) {
        if let Ok(notices) = decode_notices(&bytes) {
            prop_assert_eq!(encode_notices(&notices), bytes);
        }
    }

    #[test]
    fn bytes_near_to_notices_have_no_second_encoding(
        notice in any_notice(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut: prop::sample::Index,
    ) {
        let mut bytes = encode_notices(&[notice]);
        prop_assert!(decode_notices(&bytes[..cut.index(bytes.len())]).is_err());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(notices) = decode_notices(&bytes) {
            prop_assert_eq!(encode_notices(&notices), bytes);
        }
    }

    #[test]
    fn no_flipped_bit_of_a_bundle_gives_another_notice(bit: prop::sample::Index) {
        let mut bytes = pack(vec![notice(1), notice(2)]);
        let whole = content(bytes.clone()).notices().notices;
        let body_at = usize::try_from(u64::from_be_bytes(bytes[12..20].try_into().unwrap())).unwrap();
        // The head is for signatures to hold.
        let bit = body_at * 8 + bit.index((bytes.len() - body_at) * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let found = content(bytes).notices();
        prop_assert!(found.notices == whole || found.notices.is_empty() && found.unread.len() == 1);
    }
}
