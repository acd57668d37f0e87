//! What one stick taught is known when the next one comes: order, theft, two issues with one
//! number, corrections, and a new computer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;

use desk::{Desk, Ran};
use varaq_bundle::{Bundle, Day, IssueName, IssueRef, Limits, Notice, NoticeKind};
use varaq_kit::{Mint, article_id, public};
use varaq_shelf::StateFile;
use varaq_trust::{Reason, Revocation, State};

/// A reader who has compared the code of "Example News".
fn reader() -> (Desk, Mint) {
    let (desk, mint) = (Desk::new(), Mint::default());
    StateFile::in_folder(&desk.path("home"))
        .save(&State::from(mint.pins(true)))
        .unwrap();
    (desk, mint)
}

fn write(desk: &Desk, name: &str, bytes: &[u8]) -> String {
    fs::write(desk.path(name), bytes).unwrap();
    name.to_owned()
}

fn verdict(ran: Ran) -> (String, Vec<String>) {
    let told = ran.objects().remove(0);
    let lines = told["lines"].as_array().cloned().unwrap_or_default();
    let lines = lines.iter().map(|line| line.as_str().unwrap().to_owned());
    (
        told["verdict"].as_str().unwrap().to_owned(),
        lines.collect(),
    )
}

fn info(desk: &Desk, file: &str) -> (String, Vec<String>) {
    verdict(desk.varaq(&format!("info {file} --json")))
}

fn manifest_of(bytes: &[u8]) -> varaq_bundle::Hash {
    let bundle = Bundle::open(std::io::Cursor::new(bytes), &Limits::default()).unwrap();
    bundle.head().manifest_id()
}

#[test]
fn an_older_issue_is_shown_and_said_to_be_older() {
    let (desk, mint) = reader();
    write(
        &desk,
        "1.varaq",
        &mint.issue(1).article("Old", "It rained.").signed(&[0, 1]),
    );
    write(
        &desk,
        "3.varaq",
        &mint.issue(3).article("New", "The sun.").signed(&[0, 1]),
    );
    let newest = info(&desk, "3.varaq");
    assert!(newest.1.contains(&"NEWEST_SEEN".to_owned()), "{newest:?}");
    let (verdict, lines) = info(&desk, "1.varaq");
    assert_eq!(verdict, "VERIFIED");
    assert!(
        lines.contains(&"OLDER_THAN_SEEN(1/3)".to_owned()),
        "{lines:?}"
    );
    let shown = desk.varaq("show 1.varaq 1").expect(0);
    assert!(shown.out.contains("It rained."), "{shown:?}");
    assert!(
        shown.err.contains("you have met a newer issue, 1/3"),
        "{shown:?}"
    );
}

#[test]
fn a_missing_issue_between_two_is_named() {
    let (desk, mint) = reader();
    write(
        &desk,
        "1.varaq",
        &mint.issue(1).article("One", "First.").signed(&[0, 1]),
    );
    let second = mint.issue(2).article("Two", "Second.").signed(&[0, 1]);
    let mut third = mint.issue(3).article("Three", "Third.");
    third.issue.prev = Some(IssueRef {
        epoch: 1,
        number: 2,
        id: manifest_of(&second),
    });
    write(&desk, "3.varaq", &third.signed(&[0, 1]));
    info(&desk, "1.varaq");
    let (_, lines) = info(&desk, "3.varaq");
    assert!(lines.contains(&"GAP(1/1, 1/2)".to_owned()), "{lines:?}");
    write(&desk, "2.varaq", &second);
    info(&desk, "2.varaq");
    let (_, lines) = info(&desk, "3.varaq");
    assert!(
        !lines.iter().any(|line| line.starts_with("GAP")),
        "{lines:?}"
    );
}

#[test]
fn the_thief_of_two_keys_is_refused_once_the_revocation_was_met() {
    let (desk, mut mint) = reader();
    let genuine = mint
        .issue(1)
        .article("Genuine", "The desk wrote this.")
        .signed(&[0, 1]);
    let forged = mint
        .issue(2)
        .article("Forged", "A thief wrote this.")
        .signed(&[0, 1]);
    write(&desk, "genuine.varaq", &genuine);
    write(&desk, "forged.varaq", &forged);
    assert_eq!(info(&desk, "forged.varaq").0, "VERIFIED");
    let kept = vec![manifest_of(&genuine)];
    mint.add(|statement| {
        for seed in [11, 12] {
            statement.revoked.push(Revocation {
                key: public(seed),
                reason: Reason::Stolen,
                kept: kept.clone(),
            });
        }
    });
    // The statement travels in a copy of the genuine issue that a friend passes on.
    let contact = varaq_trust::Contact::of_own(&mint.own.encode().unwrap()).unwrap();
    write(&desk, "publisher.contact", contact.to_string().as_bytes());
    desk.varaq("trust add publisher.contact").expect(0);
    assert_eq!(info(&desk, "genuine.varaq").0, "VERIFIED");
    assert_eq!(info(&desk, "forged.varaq").0, "REVOKED_KEY");
    let ran = desk.varaq("show forged.varaq 1").expect(24);
    assert!(ran.out.is_empty(), "{ran:?}");
    let known = desk.varaq("trust show publisher.contact").expect(0);
    assert!(
        known.out.contains("is revoked (stolen); 1 issue kept"),
        "{known:?}"
    );
    assert!(
        known.out.contains("main 1/1, 2026-01-01: stands"),
        "{known:?}"
    );
    assert!(
        known.out.contains("main 1/2, 2026-01-01: void"),
        "{known:?}"
    );
}

#[test]
fn two_issues_with_one_number_are_a_conflict_that_can_be_proven() {
    let (desk, mint) = reader();
    write(
        &desk,
        "one.varaq",
        &mint.issue(7).article("One", "First.").signed(&[0, 1]),
    );
    write(
        &desk,
        "two.varaq",
        &mint.issue(7).article("Two", "Second.").signed(&[0, 1]),
    );
    assert_eq!(info(&desk, "one.varaq").0, "VERIFIED");
    assert_eq!(info(&desk, "two.varaq").0, "CONFLICT");
    desk.varaq("list two.varaq").expect(20);
    let (verdict, lines) = info(&desk, "one.varaq");
    assert_eq!(verdict, "VERIFIED");
    assert!(
        lines.iter().any(|line| line.starts_with("CONFLICT_SEEN(")),
        "{lines:?}"
    );
    desk.varaq("trust proof one.varaq --to proof").expect(0);
    assert_eq!(desk.names("proof").len(), 2);
    desk.varaq("trust proof one.varaq --to proof").expect(1);
    // Whoever gets the proof and trusts nobody yet sees it too.
    let stranger = Desk::new();
    let proof = desk.path("proof");
    let told = stranger
        .varaq_args(["check", proof.to_str().unwrap()])
        .expect(20);
    assert_eq!(told.out.matches("CONFLICT ").count(), 1, "{told:?}");
}

#[test]
fn a_check_finds_the_conflict_in_a_folder_and_remembers_nothing() {
    let (desk, mint) = reader();
    fs::create_dir(desk.path("stick")).unwrap();
    write(
        &desk,
        "stick/a.varaq",
        &mint.issue(7).article("One", "First.").signed(&[0, 1]),
    );
    write(
        &desk,
        "stick/b.varaq",
        &mint.issue(7).article("Two", "Second.").signed(&[0, 1]),
    );
    let before = fs::read(desk.path("home/state")).unwrap();
    let told = desk.varaq("check stick").expect(20);
    assert!(
        told.out.contains("CONFLICT ") && told.out.contains("CONFLICT_SEEN("),
        "{told:?}"
    );
    assert!(fs::read(desk.path("home/state")).unwrap() == before);
}

#[test]
fn a_correction_marks_the_old_issue_and_goes_with_its_source() {
    let (desk, mint) = reader();
    let notice = Notice {
        article: article_id("Wells"),
        kind: NoticeKind::Correction,
        issue: IssueName {
            channel: "main".to_owned(),
            epoch: 1,
            number: 1,
        },
        language: "en".to_owned(),
        text: "There are three wells, not two.".to_owned(),
        day: Day(20_455),
    };
    write(
        &desk,
        "1.varaq",
        &mint.issue(1).article("Wells", "Two wells.").signed(&[0, 1]),
    );
    let second = mint.issue(2).article("Two", "Second.").notice(notice);
    write(&desk, "2.varaq", &second.signed(&[0, 1]));
    assert!(
        !desk
            .varaq("show 1.varaq 1")
            .expect(0)
            .out
            .contains("CORRECTED")
    );
    desk.varaq("list 2.varaq").expect(0);
    let shown = desk.varaq("show 1.varaq 1").expect(0);
    assert!(
        shown.out.contains("CORRECTED") && shown.out.contains("three wells"),
        "{shown:?}"
    );
    assert!(shown.out.contains("Two wells."), "{shown:?}");
}

#[test]
fn a_new_computer_takes_over_what_was_met() {
    let (desk, mint) = reader();
    write(
        &desk,
        "5.varaq",
        &mint.issue(5).article("Five", "Fifth.").signed(&[0, 1]),
    );
    info(&desk, "5.varaq");
    desk.varaq("trust export trust.state").expect(0);
    desk.varaq("trust export trust.state").expect(1);
    let other = Desk::new();
    write(
        &other,
        "4.varaq",
        &mint.issue(4).article("Four", "Fourth.").signed(&[0, 1]),
    );
    fs::copy(desk.path("trust.state"), other.path("trust.state")).unwrap();
    let told = other.varaq("trust import trust.state").expect(0);
    assert!(
        told.out.contains("1 new publisher, 2 proven, 0 refused"),
        "{told:?}"
    );
    let (verdict, lines) = info(&other, "4.varaq");
    assert_eq!(verdict, "VERIFIED");
    assert!(
        lines.contains(&"OLDER_THAN_SEEN(1/5)".to_owned()),
        "{lines:?}"
    );
    let mut bytes = fs::read(desk.path("trust.state")).unwrap();
    bytes[40] ^= 1;
    write(&other, "torn.state", &bytes);
    let refused = other.varaq("trust import torn.state").expect(1);
    assert!(
        refused.err.contains("the checksum does not fit"),
        "{refused:?}"
    );
}

#[test]
fn evidence_that_cannot_be_kept_is_said_and_the_issue_is_shown() {
    let (desk, mint) = reader();
    write(
        &desk,
        "1.varaq",
        &mint.issue(1).article("One", "First.").signed(&[0, 1]),
    );
    // A folder where the lock should be: nothing can be written here, whoever runs this.
    fs::remove_file(desk.path("home/state.lock")).unwrap();
    fs::create_dir(desk.path("home/state.lock")).unwrap();
    let shown = desk.varaq("show 1.varaq 1").expect(0);
    assert!(shown.out.contains("First."), "{shown:?}");
    assert!(shown.err.contains("could not be kept"), "{shown:?}");
}

#[test]
fn a_publisher_that_is_removed_is_forgotten() {
    let (desk, mint) = reader();
    write(
        &desk,
        "5.varaq",
        &mint.issue(5).article("Five", "Fifth.").signed(&[0, 1]),
    );
    write(
        &desk,
        "4.varaq",
        &mint.issue(4).article("Four", "Fourth.").signed(&[0, 1]),
    );
    info(&desk, "5.varaq");
    desk.varaq("trust remove 5.varaq").expect(0);
    desk.varaq("trust add 4.varaq").expect(0);
    let (_, lines) = info(&desk, "4.varaq");
    assert!(lines.contains(&"NEWEST_SEEN".to_owned()), "{lines:?}");
}
