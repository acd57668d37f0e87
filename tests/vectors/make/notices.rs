//! Notices (FORMAT.md section 5.4). All is signed properly.

use super::frame::pack;
use super::sample::sample_with;
use super::{Found, List};
use varaq_bundle::{Day, Notice, NoticeKind, encode_notices};
use varaq_kit::raw::Parts;
use varaq_kit::{RawPiece, Sample, Sealed, Value, article_id};

pub fn add(list: &mut List) {
    fields(list);
    orders(list);
    encodings(list);
    sound(list);
    amounts(list);
    copies(list);
}

/// A correction of that article in issue 3.
fn notice(article: &str) -> Notice {
    Notice {
        article: article_id(article),
        kind: NoticeKind::Correction,
        issue: "main/1/3".parse().unwrap(),
        language: "en".into(),
        text: "It was Friday.".into(),
        day: Day(20_450),
    }
}

/// Two notices in their order.
fn two() -> Vec<Notice> {
    let mut two = vec![notice("One"), notice("Two")];
    two.sort_by(|one, other| one.key().cmp(&other.key()));
    two
}

/// The sample with two notices in one piece.
#[must_use]
pub fn sample_of_two() -> Sample {
    sample_with(vec![RawPiece::as_is(&encode_notices(&two()))])
}

/// The sample with these notices pieces.
fn with(pieces: &[&[u8]]) -> Sample {
    sample_with(pieces.iter().map(|piece| RawPiece::as_is(piece)).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// A first piece of two notices that is made wrong, and a second one that stays right.
fn bad(list: &mut List, name: &str, purpose: &str, change: &dyn Fn(&mut Value)) {
    let mut piece = Value::parse(&encode_notices(&two()));
    change(&mut piece);
    let other = encode_notices(&[notice("Three")]);
    let sample = with(&[&piece.encode(), &other]);
    let found = Found::whole(&sample).notices(1);
    let file = sample.seal().file();
    list.found(name, "5.4", purpose, file, found.damaged(&["piece 1"], 23));
}

/// Each field of a notice out of its range.
fn fields(list: &mut List) {
    let mut bad = |name: &str, purpose: &str, at: &[usize], value: Value| {
        bad(list, name, purpose, &|piece| {
            let field = at.iter().fold(piece.at(1), |value, &at| value.at(at));
            *field = value.clone();
        });
    };
    let bytes = |len| Value::Bytes(vec![0xff; len]);
    bad(
        "notice-article-of-7-bytes",
        "an id has 8 bytes",
        &[0],
        bytes(7),
    );
    bad(
        "notice-article-of-9-bytes",
        "an id has 8 bytes",
        &[0],
        bytes(9),
    );
    bad(
        "notice-article-null",
        "a notice has an article",
        &[0],
        Value::Null,
    );
    bad("notice-kind-0", "kinds count from 1", &[1], Value::Uint(0));
    bad(
        "notice-kind-4",
        "a reader would not know what to do",
        &[1],
        Value::Uint(4),
    );
    bad(
        "notice-channel-empty",
        "a channel has a letter",
        &[2, 0],
        text(""),
    );
    bad(
        "notice-channel-in-capitals",
        "a channel is of a-z 0-9 -",
        &[2, 0],
        text("Main"),
    );
    let long = text(&"n".repeat(33));
    bad(
        "notice-channel-of-33",
        "a channel has at most 32",
        &[2, 0],
        long,
    );
    bad(
        "notice-epoch-0",
        "epochs count from 1",
        &[2, 1],
        Value::Uint(0),
    );
    bad(
        "notice-epoch-2-32",
        "an epoch has 32 bits",
        &[2, 1],
        Value::Uint(1 << 32),
    );
    bad(
        "notice-number-0",
        "numbers count from 1",
        &[2, 2],
        Value::Uint(0),
    );
    bad(
        "notice-number-2-32",
        "a number has 32 bits",
        &[2, 2],
        Value::Uint(1 << 32),
    );
    let pair = Value::Array(vec![text("main"), Value::Uint(1)]);
    bad(
        "notice-issue-of-two",
        "an issue is [channel, epoch, number]",
        &[2],
        pair,
    );
    bad(
        "notice-language-empty",
        "a tag has a letter",
        &[3],
        text(""),
    );
    bad(
        "notice-language-with-an-underscore",
        "a tag is of A-Z a-z 0-9 -",
        &[3],
        text("en_GB"),
    );
    bad(
        "notice-language-of-36",
        "a tag has at most 35",
        &[3],
        text(&"x".repeat(36)),
    );
    bad(
        "notice-text-empty",
        "a notice says something",
        &[4],
        text(""),
    );
    bad(
        "notice-text-of-1025-bytes",
        "at most 1,024 bytes",
        &[4],
        text(&"x".repeat(1_025)),
    );
    let letters = text(&"\u{645}".repeat(513));
    bad(
        "notice-text-of-513-letters",
        "bytes are counted, not letters",
        &[4],
        letters,
    );
    bad(
        "notice-text-with-a-line-feed",
        "it is a text",
        &[4],
        text("One.\nTwo."),
    );
    bad(
        "notice-text-with-a-bidi-control",
        "it is a text",
        &[4],
        text("a\u{202e}b"),
    );
    bad(
        "notice-text-as-bytes",
        "it is a text",
        &[4],
        Value::Bytes(b"One.".to_vec()),
    );
    bad(
        "notice-day-beyond",
        "the last day is 9999-12-31",
        &[5],
        Value::Uint(2_932_897),
    );
    bad("notice-day-null", "every field is there", &[5], Value::Null);
}

/// Notices that do not ascend.
fn orders(list: &mut List) {
    let pieces: [(&str, &str, Vec<Notice>); 7] = [
        (
            "notices-out-of-order",
            "they ascend by article",
            two().into_iter().rev().collect(),
        ),
        (
            "notice-twice",
            "nothing is said twice",
            vec![two()[0].clone(), two()[0].clone()],
        ),
        (
            "notice-twice-in-other-words",
            "the text is not part of the key",
            vec![
                two()[0].clone(),
                changed(|notice| notice.text = "No.".into()),
            ],
        ),
        (
            "notices-by-day-descending",
            "days of an article ascend",
            vec![two()[0].clone(), changed(|notice| notice.day = Day(20_449))],
        ),
        (
            "notices-by-kind-descending",
            "kinds of a day ascend",
            vec![
                changed(|notice| notice.kind = NoticeKind::Harm),
                two()[0].clone(),
            ],
        ),
        (
            "notices-by-language-descending",
            "languages ascend byte by byte: A comes before e",
            vec![
                two()[0].clone(),
                changed(|notice| notice.language = "AR".into()),
            ],
        ),
        (
            "notices-by-issue-descending",
            "the issue comes before the article",
            vec![two()[1].clone(), changed(|notice| notice.issue.number = 2)],
        ),
    ];
    for (name, purpose, notices) in pieces {
        let piece = encode_notices(&notices);
        bad(list, name, purpose, &|value| {
            *value = Value::Raw(piece.clone())
        });
    }
}

/// The first of two notices, changed.
fn changed(change: impl FnOnce(&mut Notice)) -> Notice {
    let mut notice = two().swap_remove(0);
    change(&mut notice);
    notice
}

/// Other encodings of notices.
fn encodings(list: &mut List) {
    bad(list, "notice-of-five", "every field is there", &|piece| {
        piece.at(1).items().pop();
    });
    bad(
        list,
        "notice-of-seven",
        "no other field is there",
        &|piece| piece.at(1).items().push(Value::Null),
    );
    bad(list, "notice-a-map", "a notice is an array", &|piece| {
        *piece.at(1) = Value::Map(vec![(Value::Uint(0), Value::Null)])
    });
    bad(list, "notices-empty", "a piece has a notice", &|piece| {
        piece.items().clear()
    });
    bad(list, "notices-a-map", "a piece is an array", &|piece| {
        *piece = Value::Map(Vec::new())
    });
    bad(
        list,
        "notice-kind-not-shortest",
        "1 is written in one byte",
        &|piece| *piece.at(0).at(1) = Value::Raw(vec![0x18, 1]),
    );
    bad(
        list,
        "notices-of-indefinite-length",
        "lengths are definite",
        &|piece| {
            let items = encode_notices(&two())[1..].to_vec();
            *piece = Value::Raw([vec![0x9f], items, vec![0xff]].concat())
        },
    );
    bad(
        list,
        "notices-trailing-byte",
        "nothing follows the outermost item",
        &|piece| *piece = Value::Raw([encode_notices(&two()), vec![0]].concat()),
    );
    bad(
        list,
        "notices-cut-short",
        "the array goes on beyond its piece",
        &|piece| {
            let sound = encode_notices(&two());
            *piece = Value::Raw(sound[..sound.len() - 1].to_vec())
        },
    );
}

/// Notices that must be read.
fn sound(list: &mut List) {
    let sample = sample_of_two();
    let (file, found) = (sample.seal().file(), Found::whole(&sample).notices(2));
    list.found("notices", "5.4", "two notices in a piece", file, found);
    let mut good = |name: &str, purpose: &str, pieces: &[&[u8]], count: u32| {
        let sample = with(pieces);
        let found = Found::whole(&sample).notices(count);
        list.found(name, "5.4", purpose, sample.seal().file(), found);
    };
    let first = encode_notices(&two());
    let mut kinds = vec![
        changed(|_| {}),
        changed(|notice| notice.language = "fa".into()),
        changed(|notice| notice.kind = NoticeKind::Retraction),
        changed(|notice| notice.kind = NoticeKind::Harm),
        changed(|notice| notice.day = Day(20_451)),
    ];
    let side_by_side = encode_notices(&kinds);
    let purpose = "kind, day and language set notices about one article apart";
    good("notices-about-one-article", purpose, &[&side_by_side], 5);
    let limits = Notice {
        article: varaq_bundle::ArticleId([0xff; 8]),
        kind: NoticeKind::Harm,
        issue: "main/4294967295/4294967295".parse().unwrap(),
        language: "x".repeat(35),
        text: "\u{645}".repeat(512),
        day: Day::LAST,
    };
    let purpose = "every field at its largest; the issue need not be known";
    good(
        "notice-at-its-limits",
        purpose,
        &[&encode_notices(&[limits])],
        1,
    );
    kinds[4].issue.channel = "weekly".into();
    let purpose = "who signs for one channel has no say in another";
    good(
        "notice-of-another-channel",
        purpose,
        &[&encode_notices(&kinds)],
        4,
    );
    let again = encode_notices(&[changed(|notice| notice.text = "No.".into())]);
    good(
        "notice-in-two-pieces",
        "of two pieces the first counts",
        &[&first, &again],
        2,
    );
    let three = encode_notices(&[changed(|notice| notice.issue.number = 2)]);
    let purpose = "a reader asks for no order across pieces";
    good("notices-pieces-out-of-order", purpose, &[&first, &three], 3);
}

/// A piece of `count` of the smallest notices, from the article with number `from` on.
fn small(from: u64, count: u64) -> Vec<u8> {
    let one = |number: u64| Notice {
        article: varaq_bundle::ArticleId(number.to_be_bytes()),
        text: "x".into(),
        ..notice("One")
    };
    encode_notices(&(from..from + count).map(one).collect::<Vec<_>>())
}

/// A piece of exactly so many bytes.
fn of_bytes(len: usize) -> Vec<u8> {
    let one = |number: u64, text: usize| Notice {
        article: varaq_bundle::ArticleId(number.to_be_bytes()),
        text: "x".repeat(text),
        ..notice("One")
    };
    let piece = |last: usize| {
        let notices = (0..62).map(|number| one(number, 1_024));
        encode_notices(&notices.chain([one(62, last)]).collect::<Vec<_>>())
    };
    let last = (256..1_024).find(|&last| piece(last).len() == len).unwrap();
    piece(last)
}

fn packed(piece: &[u8]) -> RawPiece {
    RawPiece::zstd(pack(piece, None), piece.len(), 0)
}

/// How many, how long, and how they are stored.
fn amounts(list: &mut List) {
    let (half, rest) = (small(0, 2_048), small(2_048, 2_048));
    let full = [packed(&half), packed(&rest)];
    let sample = sample_with(full.to_vec());
    let found = Found::whole(&sample).notices(4_096);
    let file = sample.seal().file();
    list.found(
        "notices-4096",
        "5.4",
        "the most that an issue has",
        file,
        found,
    );

    let sample = sample_with([&full[..], &[RawPiece::as_is(&small(4_096, 1))]].concat());
    let found = Found::whole(&sample).notices(4_096);
    list.found(
        "notices-4097",
        "5.4",
        "what exceeds 4,096 in all pieces together is hidden with its piece",
        sample.seal().file(),
        found.damaged(&["piece 3"], 23),
    );
    let broken = RawPiece::as_is(&encode_notices(&two())[1..]);
    let sample = sample_with([&[broken], &full[..]].concat());
    let found = Found::whole(&sample).notices(4_096);
    list.found(
        "notices-4096-behind-a-wrong-piece",
        "5.4",
        "a piece that is not readable does not count",
        sample.seal().file(),
        found.damaged(&["piece 1"], 23),
    );
    let sample = sample_with(vec![packed(&of_bytes(65_536))]);
    let found = Found::whole(&sample).notices(63);
    let file = sample.seal().file();
    list.found(
        "notices-of-65536-bytes",
        "5.4",
        "the longest piece",
        file,
        found,
    );
    let sample = sample_with(vec![
        packed(&of_bytes(65_537)),
        packed(&encode_notices(&two())),
    ]);
    let found = Found::whole(&sample).notices(2);
    list.found(
        "notices-of-65537-bytes",
        "5.4",
        "a piece has at most 65,536 raw bytes",
        sample.seal().file(),
        found.damaged(&["piece 1"], 23),
    );
    let mut piece = packed(&encode_notices(&two()));
    piece.stored.push(0);
    let sample = sample_with(vec![piece]);
    let found = Found::whole(&sample).notices(0);
    list.found(
        "notices-frame-with-a-byte-behind",
        "1.4",
        "notices are decoded like every piece",
        sample.seal().file(),
        found.damaged(&["piece 1"], 23),
    );
    let sample = sample_with(vec![packed(&encode_notices(&two()))]);
    let sealed = sample.seal().entry(1, |entry| entry[41] = 1);
    let found = Found::whole(&sample).only(&[]).unlisted().incomplete();
    list.found(
        "notices-with-a-prefix",
        "1.5",
        "notices stand alone: a damaged prefix must not hide them",
        sealed.file(),
        found.damaged(&["table page 0"], 23).notices(0),
    );
}

/// Copies in which a piece of notices is damaged or missing.
fn copies(list: &mut List) {
    let other = encode_notices(&[notice("Three")]);
    let sample = with(&[&encode_notices(&two()), &other]);
    let sealed = sample.seal();
    let whole = Found::whole(&sample);
    let parts = sealed.parts();
    let mut damaged = parts.clone();
    damaged.body[(parts.pieces_at + sealed.offset(1)) as usize + 3] ^= 1;
    list.found(
        "notices-damaged",
        "5.4",
        "a damaged piece hides its own notices only",
        damaged.bytes(),
        whole
            .clone()
            .incomplete()
            .notices(1)
            .damaged(&["piece 1"], 23),
    );
    list.found(
        "notices-not-in-this-copy",
        "5.4",
        "a missing piece is no damage, and hides its own notices only",
        without(&sealed, &parts).bytes(),
        whole.clone().partial().notices(1),
    );
    let long = packed(&of_bytes(65_537));
    let sealed = sample_with(vec![long, RawPiece::as_is(&other)]).seal();
    list.found(
        "notices-of-65537-bytes-not-in-this-copy",
        "7",
        "a piece that is not here is missing, whatever TABLE says of its length",
        without(&sealed, &sealed.parts()).bytes(),
        whole.clone().partial().notices(1),
    );
    let head = parts.bytes()[..parts.head_len()].to_vec();
    list.found(
        "notices-of-a-head-copy",
        "1.3",
        "how many pieces of notices there are is signed; what they say is not here",
        head,
        whole.only(&[]).unlisted().partial().notices(0),
    );
}

/// The file without its first piece of notices, and without spares.
fn without(sealed: &Sealed, parts: &Parts) -> Parts {
    let mut copy = parts.clone();
    let count = sealed.pieces.len();
    let at = |piece: usize| (parts.pieces_at + sealed.offset(piece)) as usize;
    copy.body.truncate(at(count));
    copy.body.drain(at(1)..at(2));
    copy.runs = vec![(0, 1, 0), (2, count as u32 - 2, sealed.offset(1))];
    copy
}
