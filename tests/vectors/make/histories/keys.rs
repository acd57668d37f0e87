//! Keys that do not count any more.

use super::List;
use super::issue::{news, revoke};
use varaq_kit::public;

const NEWEST: &[&str] = &["NEWEST_SEEN"];

pub fn add(list: &mut List) {
    revocations(list);
    suspensions(list);
    nothing_taken(list);
}

fn revocations(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let old = ["OLDER_THAN_SEEN(1/9)"];
    let miss = by.then(revoke(1, &[]));
    let nine = |own| by.issue(9).signed(&[0, 2]).with(own);
    list.add(
        "revoked-and-not-kept",
        "a revocation reaches what was met before, and copies with older statements",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&nine(&miss), "VERIFIED", NEWEST)
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
    let hit = by.then(revoke(1, &[seven.id()]));
    list.add(
        "revoked-and-kept",
        "the list of what is genuine comes with it",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&nine(&hit), "VERIFIED", NEWEST)
    .opens(&seven, "VERIFIED", &old)
    .in_any_order();
    let added = miss.then(revoke(1, &[seven.id()]));
    list.add("kept-later", "a later statement keeps what was forgotten")
        .opens(&nine(&miss), "VERIFIED", NEWEST)
        .opens(&seven, "REVOKED_KEY", &[])
        .opens(
            &by.issue(10).signed(&[0, 2]).with(&added),
            "VERIFIED",
            NEWEST,
        )
        .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
        .in_any_order();
    let dated = by.issue(3).of("2025-01-01");
    list.add(
        "back-dated-by-a-revoked-key",
        "a thief can write any day, but not into the list",
    )
    .opens(&nine(&hit), "VERIFIED", NEWEST)
    .opens(&dated, "REVOKED_KEY", &[])
    .in_any_order();
    let third = by.issue(7).signed(&[0, 1, 2]);
    let other = by.then(revoke(2, &[]));
    list.add(
        "third-signature-of-a-revoked-key",
        "a signature too many spoils nothing",
    )
    .opens(&by.issue(9).with(&other), "VERIFIED", NEWEST)
    .opens(&third, "VERIFIED", &old)
    .in_any_order();
    let wrong = by.issue(9).with(&by.then(revoke(1, &[])));
    list.add(
        "revocation-in-a-refused-file",
        "what a refused file proves is proven",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&wrong, "REVOKED_KEY", &[])
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
    list.add(
        "revocation-under-a-wrong-hint",
        "the hint decides nothing, here neither",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&wrong.clone().with_a_wrong_hint(), "DAMAGED_HEAD", &[])
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
}

fn suspensions(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let note = by.suspending(1);
    let nine = by.issue(9).signed(&[0, 2]).with(&note);
    list.add(
        "suspended-before-it-was-met",
        "a suspended key signs nothing new",
    )
    .opens(&nine, "VERIFIED", NEWEST)
    .opens(&seven, "SUSPENDED_KEY", &[])
    .opens(&seven, "SUSPENDED_KEY", &[]);
    list.add(
        "suspended-after-it-was-met",
        "a suspension takes away nothing that was read",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&nine, "VERIFIED", NEWEST)
    .opens(
        &seven,
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/9)", "SEEN_BEFORE_SUSPENSION"],
    );
    list.add(
        "suspended-at-the-same-time",
        "one file that brings both was not met before",
    )
    .opens(&seven.clone().with(&note), "SUSPENDED_KEY", &[])
    .opens(&seven, "SUSPENDED_KEY", &[]);
    list.add(
        "suspended-once-more",
        "of several suspensions the first one counts",
    )
    .opens(&nine, "VERIFIED", NEWEST)
    .opens(&seven, "SUSPENDED_KEY", &[])
    .opens(
        &by.then(|_| {}).suspending(1).issue(10).signed(&[0, 2]),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "SUSPENDED_KEY", &[]);
    let all = by.issue(7).signed(&[0, 1, 2]);
    list.add("suspended-and-not-needed", "two others are enough")
        .opens(&nine, "VERIFIED", NEWEST)
        .opens(&all, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
        .in_any_order();
    let cleared = note.then(|s| s.cleared.push(public(12)));
    list.add(
        "suspension-ended-by-a-clearing",
        "a later statement that clears the key ends its suspension",
    )
    .opens(&nine, "VERIFIED", NEWEST)
    .opens(&seven, "SUSPENDED_KEY", &[])
    .opens(&by.issue(10).with(&cleared), "VERIFIED", NEWEST)
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .in_any_order();
    let alone = by.then(|s| s.cleared.push(public(12)));
    list.add(
        "suspension-after-the-clearing",
        "it is ended for ever, also for copies that come late",
    )
    .opens(&by.issue(10).with(&alone), "VERIFIED", NEWEST)
    .opens(&nine, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .in_any_order();
    let judged = note.then(revoke(1, &[seven.id()]));
    let eight = by.issue(8);
    list.add(
        "suspension-ended-by-a-revocation",
        "the revocation is the judgement, and brings its list",
    )
    .opens(&eight, "VERIFIED", NEWEST)
    .opens(&nine, "VERIFIED", NEWEST)
    .opens(&seven, "SUSPENDED_KEY", &[])
    .opens(
        &by.issue(10).signed(&[0, 2]).with(&judged),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .opens(&eight, "REVOKED_KEY", &[])
    .in_any_order();
    let rotated = by.suspending(1).rotated(2);
    list.add(
        "suspended-by-root-keys-of-before",
        "suspensions are signed early and kept by partners",
    )
    .opens(
        &by.issue(9).signed(&[0, 2]).with(&rotated),
        "VERIFIED",
        NEWEST,
    )
    .opens(&seven, "SUSPENDED_KEY", &[]);
}

fn nothing_taken(list: &mut List) {
    let by = news();
    let seven = by.issue(7);
    let rid = by.then(revoke(1, &[]));
    let mut forged = by.issue(9).signed(&[0, 2]).with(&rid).file();
    let at = forged
        .windows(5)
        .position(|five| five == [0x83, 0, 1, 0x58, 0x40]);
    forged[at.unwrap() + 40] ^= 1;
    varaq_kit::rehint(&mut forged);
    list.add(
        "nothing-of-a-forged-file",
        "nothing is kept of a file that breaks a rule",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens_file(forged, "BAD_SIGNATURE", &[])
    .opens(&seven, "VERIFIED", NEWEST)
    .in_any_order();
    let later = rid.then(|_| {});
    list.add(
        "nothing-of-an-incomplete-chain",
        "a chain that does not reach what is named proves nothing yet",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(
        &later.issue(9).signed(&[0, 2]).with(&rid),
        "CHAIN_INCOMPLETE",
        &[],
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .in_any_order();
    let mut stolen = rid.clone();
    stolen.own = by.rotated(2).signed_by(&[(1, 0, 2)]);
    list.add(
        "nothing-of-new-keys-that-sign-for-themselves",
        "a statement by the new keys alone is not kept",
    )
    .opens(
        &by.issue(9).with_own(stolen.own.clone()),
        "BAD_SIGNATURE",
        &[],
    )
    .opens(&by.issue(8).with(&rid).signed(&[0, 2]), "VERIFIED", NEWEST)
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
    list.add(
        "statements-of-a-draft",
        "statements are signed by themselves, whatever they travel with",
    )
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&by.issue(9).signed(&[]).with(&rid), "UNSIGNED_DRAFT", &[])
    .opens(&seven, "REVOKED_KEY", &[])
    .in_any_order();
}
