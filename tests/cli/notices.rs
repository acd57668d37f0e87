//! Corrections and retractions, from the desk to a reader's terminal, with the real program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // a test that cannot go on has failed

mod desk;

use std::fs;

use desk::{Desk, Ran, articles};
use serde_json::Value;

/// A desk whose publisher has signed issue 1 as `issue.varaq`, and is trusted.
fn published() -> Desk {
    let desk = Desk::with_issue();
    desk.trust();
    desk
}

/// Packs and signs the next issue as `NAME.varaq`.
fn publish(desk: &Desk, name: &str, number: u32) -> Ran {
    let file = format!("{name}.varaq");
    let packed = pack(desk, &file, number).expect(0);
    for signer in [1, 3] {
        desk.varaq(&format!("sign {file} --key desk/signer-{signer}.key"))
            .expect(0);
    }
    packed
}

fn pack(desk: &Desk, file: &str, number: u32) -> Ran {
    let folder = articles();
    let number = number.to_string();
    let args = [
        "pack",
        folder.to_str().unwrap(),
        "-o",
        file,
        "--number",
        &number,
    ];
    let rest = [
        "--publisher",
        "desk",
        "--day",
        "2026-03-05",
        "--lang",
        "en",
        "--allow",
        "author",
    ];
    desk.varaq_args(args.into_iter().chain(rest))
}

/// `varaq notice VERB desk issue.varaq ARTICLE --text TEXT …`
fn say(desk: &Desk, verb: &str, article: &str, text: &str, more: &str) -> Ran {
    let args = [
        "notice",
        verb,
        "desk",
        "issue.varaq",
        article,
        "--text",
        text,
    ];
    desk.varaq_args(args.into_iter().chain(more.split_whitespace()))
}

fn of_type(ran: &Ran, kind: &str) -> Vec<Value> {
    let objects = ran.objects();
    objects
        .into_iter()
        .filter(|object| object["type"] == kind)
        .collect()
}

#[test]
fn what_is_corrected_and_retracted_goes_out_with_every_later_issue() {
    let desk = published();
    let corrected = say(&desk, "correct", "1", "It was Tuesday.", "--day 2026-03-04").expect(0);
    assert!(corrected.out.contains("correction"), "{}", corrected.out);
    assert!(corrected.err.contains("1 of 4096"), "{}", corrected.err);
    let text = "It names somebody who is in danger.";
    say(&desk, "retract", "2", text, "--harm --day 2026-03-04").expect(0);
    say(
        &desk,
        "retract",
        "3",
        "Its source lied.",
        "--lang en --day 2026-03-04",
    )
    .expect(0);

    let packed = publish(&desk, "second", 2);
    assert!(
        packed.err.contains("it carries 3 notices"),
        "{}",
        packed.err
    );
    publish(&desk, "third", 3);
    for file in ["second.varaq", "third.varaq"] {
        desk.varaq(&format!("check {file} --require-trusted"))
            .expect(0);
        let listed = desk.varaq(&format!("list {file}")).expect(0);
        for told in [
            "carries 1 correction, 1 retraction, 1 retraction because of harm:",
            "2026-03-04  correction  main/1/1",
            "It was Tuesday.",
            text,
        ] {
            assert!(listed.out.contains(told), "{told}: {}", listed.out);
        }
        let listed = desk.varaq(&format!("list {file} --json")).expect(0);
        let notices = of_type(&listed, "notice");
        let kinds: Vec<_> = notices
            .iter()
            .map(|one| one["kind"].as_str().unwrap())
            .collect();
        assert_eq!(notices.len(), 3);
        for kind in ["correction", "retraction", "harm"] {
            assert!(kinds.contains(&kind), "{kinds:?}");
        }
        assert!(
            notices
                .iter()
                .all(|one| one["issue"] == "main/1/1" && one["trusted"] == true)
        );
        let info = desk.varaq(&format!("info {file}")).expect(0);
        assert!(
            info.out.contains("notices     1 correction, 1 retraction"),
            "{}",
            info.out
        );
    }
    let info = &desk.varaq("info third.varaq --json").expect(0).objects()[0];
    assert_eq!(info["notices"]["harm"], 1);
    let none = &desk.varaq("info issue.varaq --json").expect(0).objects()[0];
    assert_eq!(none["notices"]["harm"], 0);
    let listed = desk.varaq("list issue.varaq").expect(0);
    assert_eq!(listed.out.lines().count(), 3, "{}", listed.out);
}

#[test]
fn the_notice_is_about_the_article_that_was_named() {
    let desk = published();
    let listed = of_type(&desk.varaq("list issue.varaq --json").expect(0), "article");
    let (id, title) = (
        listed[2]["id"].as_str().unwrap(),
        listed[2]["title"].as_str().unwrap(),
    );
    say(&desk, "correct", "3", "One.", "--day 2026-03-04").expect(0);
    say(&desk, "correct", id, "Two.", "--day 2026-03-05").expect(0);
    let args = [
        "notice", "correct", "desk", "main/1/1", id, "--text", "Three.", "--lang", "en",
    ];
    desk.varaq_args(args).expect(0);
    let kept = of_type(&desk.varaq("notice list desk --json").expect(0), "notice");
    assert_eq!(kept.len(), 3);
    assert!(
        kept.iter()
            .all(|one| one["article"] == id && one["language"] == "en")
    );
    let titles: Vec<_> = kept
        .iter()
        .map(|one| one["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, [title, title, ""]);
}

#[test]
fn one_notice_is_told_in_several_languages() {
    let desk = published();
    fs::write(desk.path("fa.txt"), "\u{feff}سه‌شنبه بود،\n  نه جمعه.\n").unwrap();
    let more = "--text-file fa.txt --lang fa --lang en";
    let both = say(&desk, "correct", "1", "x", more).expect(2);
    assert!(both.err.contains("cannot be used with"), "{}", both.err);
    let args = [
        "notice",
        "correct",
        "desk",
        "issue.varaq",
        "1",
        "--text-file",
        "fa.txt",
    ];
    desk.varaq_args(args.iter().chain(&["--lang", "FA"]))
        .expect(0);
    let args = [
        "--text",
        "It was Tuesday.",
        "--lang",
        "en",
        "--text",
        "Salı idi.",
        "--lang",
        "az",
    ];
    let first = ["notice", "correct", "desk", "issue.varaq", "1"];
    desk.varaq_args(first.iter().chain(&args)).expect(0);
    let kept = of_type(&desk.varaq("notice list desk --json").expect(0), "notice");
    let told: Vec<_> = kept
        .iter()
        .map(|one| {
            (
                one["language"].as_str().unwrap(),
                one["text"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("fa", "سه‌شنبه بود، نه جمعه."),
            ("en", "It was Tuesday."),
            ("az", "Salı idi.")
        ]
    );
}

#[test]
fn a_notice_of_the_same_issue_stands_above_its_article() {
    let desk = Desk::new();
    desk.pack();
    let id = {
        fs::copy(desk.path("draft.varaq"), desk.path("issue.varaq")).unwrap();
        for signer in [1, 3] {
            desk.varaq(&format!("sign issue.varaq --key desk/signer-{signer}.key"))
                .expect(0);
        }
        desk.trust();
        let listed = of_type(&desk.varaq("list issue.varaq --json").expect(0), "article");
        listed[0]["id"].as_str().unwrap().to_owned()
    };
    // Numbers may be skipped, so a notice may be about an issue that comes later.
    let args = [
        "notice",
        "correct",
        "desk",
        "main/1/2",
        &id,
        "--text",
        "It was *Tuesday*.",
    ];
    desk.varaq_args(
        args.into_iter()
            .chain(["--lang", "en", "--day", "2026-03-04"]),
    )
    .expect(0);
    publish(&desk, "second", 2);
    let shown = desk.varaq("show second.varaq 1").expect(0);
    assert!(
        shown
            .out
            .starts_with("CORRECTED (2026-03-04): It was *Tuesday*.\n\n"),
        "{}",
        shown.out
    );
    let shown = desk.varaq("show second.varaq 1 --markdown").expect(0);
    assert!(
        shown
            .out
            .starts_with("> **CORRECTED (2026-03-04)** It was \\*Tuesday\\*."),
        "{}",
        shown.out
    );
    let shown = &desk.varaq("show second.varaq 1 --json").expect(0).objects()[0];
    assert_eq!(shown["notices"][0]["text"], "It was *Tuesday*.");
    let other = desk.varaq("show second.varaq 2").expect(0);
    assert!(!other.out.contains("CORRECTED"), "{}", other.out);
    let other = &desk.varaq("show issue.varaq 1 --json").expect(0).objects()[0];
    assert_eq!(other["notices"].as_array().unwrap().len(), 0);
}

#[test]
fn a_notice_can_be_removed_until_it_is_signed() {
    let desk = published();
    say(&desk, "correct", "1", "One.", "--day 2026-03-04").expect(0);
    say(&desk, "correct", "2", "Two.", "--day 2026-03-04").expect(0);
    pack(&desk, "second.varaq", 2).expect(0);
    // Packed is not published.
    let removed = desk.varaq("notice remove desk 1").expect(0);
    assert!(removed.out.contains("One."), "{}", removed.out);
    publish(&desk, "second", 2);
    let kept = &of_type(&desk.varaq("notice list desk --json").expect(0), "notice")[0];
    assert_eq!(kept["published"], "main/1/2");
    let before = fs::read(desk.path("desk/notices")).unwrap();
    let refused = desk.varaq("notice remove desk 1").expect(1);
    assert!(
        refused.err.contains("cannot be taken back"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("may be added"), "{}", refused.err);
    assert_eq!(fs::read(desk.path("desk/notices")).unwrap(), before);
    for wrong in ["0", "2", "99999999999"] {
        let refused = desk.varaq(&format!("notice remove desk {wrong}")).expect(1);
        assert!(refused.err.contains("hint: see"), "{}", refused.err);
    }
}

#[test]
fn what_is_already_said_or_cannot_be_said_is_refused() {
    let desk = published();
    say(&desk, "correct", "1", "One.", "--day 2026-03-04").expect(0);
    let before = fs::read(desk.path("desk/notices")).unwrap();
    let again = say(&desk, "correct", "1", "Two.", "--day 2026-03-04").expect(1);
    assert!(
        again.err.contains("hint: say both in one text"),
        "{}",
        again.err
    );
    let long = say(&desk, "correct", "1", &"ب".repeat(513), "").expect(1);
    assert!(
        long.err.contains("1026 bytes, expected 1 to 1,024"),
        "{}",
        long.err
    );
    say(&desk, "correct", "1", " \n ", "").expect(2);
    for (article, more, told) in [
        ("9", "", "there is no such article"),
        ("00000000000000ff", "", "there is no such article"),
        ("x", "", "expected a number"),
        ("0", "", "expected a number"),
        ("1", "--day 2026-02-30", "expected a day"),
        ("1", "--lang not-a-language", "expected a language tag"),
        ("1", "--lang fa --lang en", "1 text, but 2 languages"),
        ("1", "--text other", "2 texts, but 0 languages"),
        ("1", "--harm", "unexpected argument"),
    ] {
        let refused = say(&desk, "correct", article, "One.", more);
        assert!(refused.code == 1 || refused.code == 2, "{refused:?}");
        assert!(refused.err.contains(told), "{told}: {}", refused.err);
    }
    for (args, told) in [
        ("notice correct desk issue.varaq 1", "--text"),
        (
            "notice correct desk gone.varaq 1 --text x",
            "CHANNEL/EPOCH/NUMBER",
        ),
        ("notice correct desk desk 1 --text x", "it is a folder"),
        (
            "notice correct desk desk/publisher.contact 1 --text x",
            "NOT_A_BUNDLE",
        ),
        (
            "notice correct desk draft.varaq 1 --text x",
            "signatures are missing",
        ),
        ("notice correct desk main/1/1 1 --text x", "16 hex digits"),
        (
            "notice correct desk main/1/1 00000000000000ff --text x",
            "give it with --lang",
        ),
        (
            "notice correct desk main/2/1 00000000000000ff --text x --lang fa",
            "no statement",
        ),
        (
            "notice correct desk daily/1/1 00000000000000ff --text x --lang fa",
            "no statement",
        ),
        (
            "notice correct home issue.varaq 1 --text x",
            "publisher new",
        ),
        ("notice list gone", "publisher new"),
        (
            "notice correct desk issue.varaq 1 --text-file gone.txt",
            "cannot read gone.txt",
        ),
        (
            "notice correct desk issue.varaq 1 --text-file issue.varaq",
            "UTF-8",
        ),
        (
            "notice correct desk issue.varaq 1 --text-file desk",
            "it is a folder",
        ),
    ] {
        let refused = desk.varaq(args);
        assert!(refused.code != 0, "{args}: {refused:?}");
        assert!(refused.err.contains(told), "{args}: {}", refused.err);
        assert_eq!(refused.out, "", "{args}");
    }
    assert_eq!(fs::read(desk.path("desk/notices")).unwrap(), before);
}

#[test]
fn nobody_corrects_another_publisher() {
    let desk = published();
    desk.publisher("other", "Another");
    let args = [
        "notice",
        "retract",
        "other",
        "issue.varaq",
        "1",
        "--text",
        "x",
    ];
    let refused = desk.varaq_args(args).expect(1);
    assert!(refused.err.contains("another publisher"), "{}", refused.err);
    assert!(!desk.path("other/notices").exists());
}

#[test]
fn an_issue_is_not_packed_while_its_notices_cannot_be_read() {
    let desk = published();
    say(&desk, "correct", "1", "One.", "").expect(0);
    let text = fs::read_to_string(desk.path("desk/notices")).unwrap();
    for wrong in [
        "",
        "varaq notices 1\n",
        &text[..text.len() - 6],
        &text.replace("kind", "sort"),
    ] {
        fs::write(desk.path("desk/notices"), wrong).unwrap();
        let refused = pack(&desk, "second.varaq", 2).expect(1);
        assert!(
            refused.err.contains("hint: mend that line"),
            "{}",
            refused.err
        );
        assert!(!desk.path("second.varaq").exists());
        desk.varaq("notice list desk").expect(1);
        say(&desk, "correct", "2", "Two.", "").expect(1);
        assert_eq!(
            fs::read_to_string(desk.path("desk/notices")).unwrap(),
            wrong
        );
    }
}

#[test]
fn strangers_notices_are_listed_with_consent_only() {
    let desk = Desk::with_issue();
    say(&desk, "correct", "1", "It was Tuesday.", "").expect(0);
    publish(&desk, "second", 2);
    let refused = desk.varaq("list second.varaq").expect(21);
    assert!(!refused.out.contains("Tuesday"), "{}", refused.out);
    let info = desk.varaq("info second.varaq").expect(0);
    assert!(
        info.out.contains("notices     1 correction"),
        "{}",
        info.out
    );
    assert!(!info.out.contains("Tuesday"), "{}", info.out);
    let listed = desk.varaq("list second.varaq --untrusted --json").expect(0);
    assert_eq!(of_type(&listed, "notice")[0]["trusted"], false);
}

#[test]
fn notices_that_cannot_be_read_are_told() {
    let desk = published();
    say(&desk, "correct", "1", "It was Tuesday.", "").expect(0);
    publish(&desk, "second", 2);
    let mut bytes = fs::read(desk.path("second.varaq")).unwrap();
    let notice = "It was Tuesday.".as_bytes();
    let at = bytes.windows(notice.len()).position(|part| part == notice);
    bytes[at.expect("so short a piece is stored as it is")] ^= 1;
    fs::write(desk.path("second.varaq"), bytes).unwrap();
    let listed = desk.varaq("list second.varaq").expect(23);
    assert_eq!(listed.out.lines().count(), 3, "{}", listed.out);
    let told = "1 piece with corrections and retractions cannot be read";
    assert!(listed.err.contains(told), "{}", listed.err);
    let shown = desk.varaq("show second.varaq 1").expect(0);
    assert!(shown.err.contains(told), "{}", shown.err);
    let info = desk.varaq("info second.varaq").expect(0);
    assert!(
        info.out.contains("1 piece of them cannot be read"),
        "{}",
        info.out
    );
}

#[test]
fn the_same_notices_give_the_same_bytes() {
    let desk = published();
    say(&desk, "correct", "2", "Two.", "--day 2026-03-04").expect(0);
    say(&desk, "correct", "1", "One.", "--day 2026-03-04").expect(0);
    pack(&desk, "a.varaq", 2).expect(0);
    fs::remove_file(desk.path("desk/notices")).unwrap();
    say(&desk, "correct", "1", "One.", "--day 2026-03-04").expect(0);
    say(&desk, "correct", "2", "Two.", "--day 2026-03-04").expect(0);
    pack(&desk, "b.varaq", 2).expect(0);
    let read = |name| fs::read(desk.path(name)).unwrap();
    assert!(read("a.varaq") == read("b.varaq"));
}

#[test]
fn help_says_that_notices_mark_and_when_they_arrive() {
    let desk = Desk::new();
    for verb in ["correct", "retract"] {
        let help = desk.varaq(&format!("notice {verb} --help")).expect(0).out;
        for told in ["never erases", "next issue", "Examples:"] {
            assert!(help.contains(told), "{told}: {help}");
        }
    }
    let help = desk.varaq("notice retract --help").expect(0).out;
    assert!(help.contains("endangers a person"), "{help}");
}
