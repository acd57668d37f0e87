//! NOTES: what strangers may put into a copy (FORMAT.md section 4.6).

use super::issue::{Issue, desk_of_sixteen, news, other, revoke};
use super::{History, List};
use std::slice::from_ref;
use varaq_kit::Value;

const NEWEST: &[&str] = &["NEWEST_SEEN"];

/// A history about NOTES, read by somebody who trusts both publishers.
fn about<'l>(list: &'l mut List, name: &str, purpose: &str) -> &'l mut History {
    let courier = other("Courier");
    list.add(name, purpose)
        .section("4.6")
        .pinning(&[&news(), &courier])
}

/// An issue of the other publisher that carries these notes.
fn carrying(notes: &[Vec<u8>]) -> Issue {
    other("Courier").issue(1).noting(notes)
}

pub fn add(list: &mut List) {
    carried(list);
    own(list);
    shapes(list);
    order(list);
    limits(list);
}

fn carried(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let suspended = by.suspending(1).suspension_note();
    let rid = by.then(revoke(1, &[]));
    let statement = rid.statements_from(2);
    about(
        list,
        "suspension-carried-by-another-publisher",
        "one partner's stick carries another's stop",
    )
    .opens(&seven.clone().signed(&[0, 2]), "VERIFIED", NEWEST)
    .opens(&carrying(from_ref(&suspended)), "VERIFIED", NEWEST)
    .opens(&by.issue(8), "SUSPENDED_KEY", &[]);
    about(
        list,
        "statement-carried-by-another-publisher",
        "one partner's stick carries another's revocation",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&carrying(from_ref(&statement)), "VERIFIED", NEWEST)
    .opens(&seven, "REVOKED_KEY", &[]);
    about(
        list,
        "whole-chain-carried-by-another-publisher",
        "statement 1 of a pinned publisher needs nothing before it",
    )
    .opens(&carrying(&[rid.statements_from(1)]), "VERIFIED", NEWEST)
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
    about(
        list,
        "manifest-carried-by-another-publisher",
        "a reader who is cut off learns that there is a newer issue",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&carrying(&[by.issue(9).note()]), "VERIFIED", NEWEST)
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"]);
    let twin = by.issue(7).twin();
    about(
        list,
        "twin-carried-by-another-publisher",
        "a conflict is proven by two manifests, no file is needed",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&carrying(&[twin.note()]), "VERIFIED", NEWEST)
    .opens(
        &seven,
        "VERIFIED",
        &["NEWEST_SEEN", &format!("CONFLICT_SEEN({})", twin.short())],
    );
    list.add(
        "notes-about-a-publisher-that-is-not-pinned",
        "nothing is looked at, or kept, of whom the reader does not know",
    )
    .section("4.6")
    .pinning(&[&other("Courier")])
    .opens(
        &carrying(&[rid.statements_from(1), suspended.clone()]),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "UNKNOWN_PUBLISHER", NEWEST)
    .in_any_order();
    list.add(
        "notes-of-a-publisher-that-is-not-pinned",
        "what proves itself may be carried by anybody",
    )
    .section("4.6")
    .opens(
        &carrying(&[rid.statements_from(1)]),
        "UNKNOWN_PUBLISHER",
        NEWEST,
    )
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
}

fn own(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let suspended = by.suspending(1).suspension_note();
    let rid = by.then(revoke(1, &[]));
    about(
        list,
        "suspension-in-a-copy-of-the-issue-itself",
        "what comes with a copy was not there before it",
    )
    .opens(
        &seven.clone().noting(from_ref(&suspended)),
        "SUSPENDED_KEY",
        &[],
    )
    .opens(&seven, "SUSPENDED_KEY", &[]);
    about(
        list,
        "statement-in-a-copy-of-the-thief's-issue",
        "a statement that is met through NOTES judges the copy that brings it",
    )
    .opens(
        &by.issue(8).noting(&[rid.statements_from(2)]),
        "REVOKED_KEY",
        &[],
    )
    .opens(&by.issue(9).signed(&[0, 2]), "VERIFIED", NEWEST)
    .in_any_order();
    about(
        list,
        "newer-manifest-in-a-copy",
        "a copy may say itself that it is old",
    )
    .opens(
        &seven.clone().noting(&[by.issue(9).note()]),
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/9)"],
    )
    .in_any_order();
    let twin = by.issue(7).twin();
    about(
        list,
        "twin-in-a-copy",
        "of one step the manifest of the file was met before those of its NOTES",
    )
    .opens(
        &seven.clone().noting(&[twin.note()]),
        "VERIFIED",
        &["NEWEST_SEEN", &format!("CONFLICT_SEEN({})", twin.short())],
    )
    .opens(&twin, "CONFLICT", &[]);
    let refused = by
        .issue(8)
        .with(&rid)
        .noting(&[by.suspending(0).suspension_note()]);
    about(
        list,
        "notes-of-a-refused-file",
        "NOTES are read after a valid verdict",
    )
    .opens(&refused, "REVOKED_KEY", &[])
    .opens(&by.issue(9).signed(&[0, 2]), "VERIFIED", NEWEST)
    .in_any_order();
}

fn shapes(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let suspended = by.suspending(1).suspension_note();
    let second = by.then(|s| s.cadence = 1);
    let rid = second.then(revoke(1, &[]));
    let text = Value::Text("no entry".into()).encode();
    let kind = Value::Array(vec![Value::Uint(9), Value::Null]).encode();
    let mut short = Value::parse(&suspended);
    short.items().pop();
    about(
        list,
        "malformed-notes-beside-a-good-one",
        "each entry is read alone",
    )
    .opens(&seven.clone().signed(&[0, 2]), "VERIFIED", NEWEST)
    .opens(
        &carrying(&[text, kind, short.encode(), suspended.clone()]),
        "VERIFIED",
        NEWEST,
    )
    .opens(&by.issue(8), "SUSPENDED_KEY", &[]);
    let mut ignored = |name: &str, purpose: &str, notes: &[Vec<u8>]| {
        about(list, name, purpose)
            .opens(&by.issue(9), "VERIFIED", NEWEST)
            .opens(&carrying(notes), "VERIFIED", NEWEST)
            .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
            .in_any_order();
    };
    ignored(
        "notes-with-a-gap-in-the-versions",
        "statement 3 proves nothing while 2 is not known",
        &[rid.statements_from(3)],
    );
    let mut wrong = Value::parse(&by.then(revoke(1, &[])).statements_from(2));
    *wrong.at(2) = Value::Uint(3);
    ignored(
        "notes-with-a-wrong-version",
        "the entry names the version of its first statement",
        &[wrong.encode()],
    );
    let mut strange = Value::parse(&other("Courier").statements_from(1));
    *strange.at(1) = Value::Bytes(by.id().0.to_vec());
    ignored(
        "notes-of-another-chain-under-a-pinned-id",
        "statement 1 is that of the publisher",
        &[strange.encode()],
    );
    ignored(
        "notes-with-a-manifest-below-the-threshold",
        "half a signature is no issue",
        &[by.issue(10).signed(&[0]).note()],
    );
    ignored(
        "notes-with-a-manifest-out-of-its-window",
        "a number that was not granted is no issue",
        &[by.issue(201).note()],
    );
    ignored(
        "notes-with-a-manifest-of-an-unknown-statement",
        "what a manifest names must be known",
        &[second.issue(10).note()],
    );
    let mut forged = Value::parse(&rid.statements_from(2));
    let signature = forged.at(3).at(1).at(1).at(0).at(3);
    let mut wrong = signature.as_bytes().to_vec();
    wrong[20] ^= 1;
    *signature = Value::Bytes(wrong);
    ignored(
        "notes-with-one-bad-statement",
        "an entry is proven as a whole or not at all",
        &[forged.encode()],
    );
    let mut stranger = by.clone();
    stranger.plan.root = (1, vec![2]);
    ignored(
        "notes-with-a-suspension-by-a-stranger",
        "suspensions are signed by root keys",
        &[stranger.suspending(1).suspension_note()],
    );
    let ahead = second.rotated(2).suspending(1).suspension_note();
    ignored(
        "notes-with-a-suspension-of-an-unknown-statement",
        "the statement that it names is on the held branch",
        &[ahead],
    );
    let broken = carrying(&[]).file_with_notes(&[0x82, 0x01]);
    about(
        list,
        "notes-that-are-no-array",
        "NOTES that cannot be read are a damaged part",
    )
    .opens(&by.issue(9), "VERIFIED", NEWEST)
    .opens_file(broken, "VERIFIED", NEWEST)
    .exit(23)
    .in_any_order();
}

fn order(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let second = by.then(|s| s.cadence = 1);
    let late = second.issue(9).note();
    about(
        list,
        "notes-not-sorted",
        "entries of kind 1 are looked at first, wherever they stand",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(
        &carrying(&[late, second.statements_from(2)]),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"]);
    let rid = second.then(revoke(1, &[]));
    let two = {
        let mut both = Value::parse(&rid.statements_from(2));
        both.at(3).items().truncate(1);
        both.encode()
    };
    about(
        list,
        "notes-one-after-the-other",
        "an entry may rest on one before it",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(
        &carrying(&[two.clone(), rid.statements_from(3)]),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "REVOKED_KEY", &[]);
    about(
        list,
        "notes-the-wrong-way-round",
        "and not on one behind it",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(
        &carrying(&[rid.statements_from(3), two]),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "VERIFIED", NEWEST);
}

fn limits(list: &mut List) {
    let by = desk_of_sixteen();
    let courier = other("Courier");
    let all: Vec<u8> = (0..16).collect();
    let issue = |number: u32| by.issue(number).signed(&all);
    let issues: Vec<_> = (2..=33).map(|number| issue(number).note()).collect();
    let one = issue(1);
    let mut told = |name: &str, purpose: &str, notes: &[Vec<u8>], lines: &[&str]| {
        list.add(name, purpose)
            .section("4.6")
            .pinning(&[&by, &courier])
            .opens(&one, "VERIFIED", NEWEST)
            .opens(&carrying(notes), "VERIFIED", NEWEST)
            .opens(&one, "VERIFIED", lines);
    };
    told(
        "notes-of-512-checks",
        "that many signatures are checked",
        &issues,
        &["OLDER_THAN_SEEN(1/33)"],
    );
    let mut forged: Vec<_> = issues.clone();
    for note in &mut forged {
        let last = note.len() - 1;
        note[last] ^= 1;
    }
    forged.push(issue(34).signed(&[0]).note());
    told(
        "notes-of-512-failing-checks",
        "what is forged costs as much as what holds",
        &forged,
        NEWEST,
    );
    let more = [issues, vec![by.suspending(15).suspension_note()]].concat();
    let lines = ["OLDER_THAN_SEEN(1/32)", "SEEN_BEFORE_SUSPENSION"];
    told(
        "notes-of-513-checks",
        "and an entry with more than are left is skipped",
        &more,
        &lines,
    );
}
