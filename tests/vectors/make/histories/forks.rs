//! Two histories of one publisher.

use super::List;
use super::issue::{Issue, Publisher, news, recoverable, revoke};
use varaq_kit::public;
use varaq_trust::Statement;

const NEWEST: &[&str] = &["NEWEST_SEEN"];
const RIVAL: &[&str] = &["NEWEST_SEEN", "RIVAL_HISTORY"];
const FROZEN: &[&str] = &["NEWEST_SEEN", "IDENTITY_FROZEN"];

/// A harmless statement, different for each number.
fn cadence(days: u16) -> impl FnOnce(&mut Statement) {
    move |s: &mut Statement| s.cadence = days
}

pub fn add(list: &mut List) {
    rivals(list);
    splits(list);
    notes(list);
    recoveries(list);
    recovered(list);
}

fn rivals(list: &mut List) {
    let first = news();
    let held = first.then(cadence(1)).then(cadence(1));
    let rival = first.then(cadence(2));
    list.add(
        "rival-below-the-held-version",
        "root keys of years ago freeze nobody",
    )
    .opens(&held.issue(7), "VERIFIED", NEWEST)
    .opens(&rival.issue(8), "IDENTITY_SPLIT", &[])
    .opens(&held.issue(7), "VERIFIED", RIVAL);
    let longer = rival.then(cadence(2)).then(cadence(2)).then(cadence(2));
    list.add("rival-that-is-longer", "a rival does not win by its length")
        .opens(&held.issue(7), "VERIFIED", NEWEST)
        .opens(&longer.issue(8), "IDENTITY_SPLIT", &[])
        .opens(&held.issue(7), "VERIFIED", RIVAL)
        .opens(&held.then(cadence(1)).issue(9), "VERIFIED", RIVAL);
    list.add(
        "rival-of-an-issue-before-the-fork",
        "an issue from before the fork is read in either history",
    )
    .opens(&held.issue(7), "VERIFIED", NEWEST)
    .opens(
        &first.issue(6).with(&rival),
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/7)", "RIVAL_HISTORY"],
    );
    list.add(
        "rival-for-the-same-number",
        "an issue that has fallen makes no conflict",
    )
    .opens(&held.issue(7), "VERIFIED", NEWEST)
    .opens(&rival.issue(7), "IDENTITY_SPLIT", &[])
    .opens(&held.issue(7), "VERIFIED", RIVAL);
    let ours = first.issue(7);
    let revoking = first.then(revoke(1, &[]));
    list.add("rival-that-revokes", "a rival revokes nothing")
        .opens(&held.issue(8), "VERIFIED", NEWEST)
        .opens(&revoking.issue(9).signed(&[0, 2]), "IDENTITY_SPLIT", &[])
        .opens(
            &ours,
            "VERIFIED",
            &["OLDER_THAN_SEEN(1/8)", "RIVAL_HISTORY"],
        );
    let away = first.rotated(2);
    let suspending = away.suspending(1).issue(9).signed(&[0, 2]);
    list.add(
        "suspension-by-a-rival",
        "what a statement signs that is not held suspends nothing",
    )
    .opens(&held.issue(8), "VERIFIED", NEWEST)
    .opens(&suspending, "IDENTITY_SPLIT", &[])
    .opens(
        &ours,
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/8)", "RIVAL_HISTORY"],
    );
    let keeping = held.then(revoke(2, &[rival.issue(8).id()]));
    list.add(
        "issue-of-a-rival-that-is-kept",
        "what a revocation keeps does not fall",
    )
    .opens(&keeping.issue(9), "VERIFIED", NEWEST)
    .opens(&rival.issue(7), "IDENTITY_SPLIT", &[])
    .opens(
        &rival.issue(8),
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/9)", "RIVAL_HISTORY"],
    );
    list.add(
        "rival-with-a-revoked-key",
        "a fallen issue is counted by the statements of its own copy",
    )
    .opens(&held.issue(7), "VERIFIED", NEWEST)
    .opens(&rival.then(revoke(1, &[])).issue(8), "REVOKED_KEY", &[])
    .opens(&held.issue(7), "VERIFIED", RIVAL);
}

fn splits(list: &mut List) {
    let first = news();
    let (one, other) = (first.then(cadence(1)), first.then(cadence(2)));
    list.add(
        "fork-at-the-held-version",
        "two histories: only what is older than both is read",
    )
    .opens(&one.issue(7), "VERIFIED", NEWEST)
    .opens(&other.issue(8), "IDENTITY_SPLIT", &[])
    .opens(&one.issue(7), "IDENTITY_SPLIT", &[])
    .opens(&first.issue(6), "VERIFIED", FROZEN)
    .in_any_order();
    list.add(
        "frozen-and-continued",
        "a split history is not continued, on either side",
    )
    .opens(&one.issue(7), "VERIFIED", NEWEST)
    .opens(&other.issue(8), "IDENTITY_SPLIT", &[])
    .opens(&one.then(cadence(1)).issue(9), "IDENTITY_SPLIT", &[])
    .opens(&other.then(cadence(2)).issue(9), "IDENTITY_SPLIT", &[])
    .opens(&first.issue(6), "VERIFIED", FROZEN);
    list.add(
        "frozen-by-the-thief-first",
        "who comes first decides, thief or not",
    )
    .opens(&other.then(cadence(2)).issue(8), "VERIFIED", NEWEST)
    .opens(&one.issue(7), "IDENTITY_SPLIT", &[])
    .opens(&other.then(cadence(2)).issue(8), "VERIFIED", RIVAL);
    let third = first.then(cadence(3));
    list.add("fork-of-three", "a third is no way out")
        .opens(&one.issue(7), "VERIFIED", NEWEST)
        .opens(&other.issue(8), "IDENTITY_SPLIT", &[])
        .opens(&third.issue(9), "IDENTITY_SPLIT", &[])
        .opens(&first.issue(6), "VERIFIED", FROZEN)
        .in_any_order();
    let rid = first.then(revoke(1, &[]));
    list.add(
        "frozen-and-revoked",
        "a statement that stands no longer still revokes",
    )
    .opens(&rid.issue(7).signed(&[0, 2]), "VERIFIED", NEWEST)
    .opens(&other.issue(8).signed(&[0, 2]), "IDENTITY_SPLIT", &[])
    .opens(&first.issue(6), "REVOKED_KEY", &[])
    .opens(&first.issue(5).signed(&[0, 2]), "VERIFIED", FROZEN);
    let kept = first.then(revoke(2, &[one.issue(7).id()]));
    list.add(
        "frozen-and-kept",
        "what is kept stays readable through a split",
    )
    .opens(&kept.issue(9), "VERIFIED", NEWEST)
    .opens(&one.issue(8), "IDENTITY_SPLIT", &[])
    .opens(&one.issue(7), "VERIFIED", FROZEN);
}

fn notes(list: &mut List) {
    let first = news();
    let (one, other) = (first.then(cadence(1)), first.then(cadence(2)));
    let both = one.issue(7).noting(&[other.statements_from(2)]);
    list.add(
        "both-branches-in-one-file",
        "a copy that carries the other history is read no more than that",
    )
    .section("4.6")
    .opens(&both, "IDENTITY_SPLIT", &[])
    .opens(&first.issue(6), "VERIFIED", FROZEN)
    .opens(&one.issue(7), "IDENTITY_SPLIT", &[])
    .opens(&other.issue(8), "IDENTITY_SPLIT", &[])
    .in_any_order();
    let longer = one.then(cadence(1)).then(cadence(1));
    list.add(
        "both-branches-in-one-file-with-a-long-one",
        "nothing from the fork on stands",
    )
    .section("4.6")
    .opens(&first.issue(5), "VERIFIED", NEWEST)
    .opens(
        &longer.issue(7).noting(&[other.statements_from(2)]),
        "IDENTITY_SPLIT",
        &[],
    )
    .opens(&first.issue(6), "VERIFIED", FROZEN)
    .opens(&one.issue(8), "IDENTITY_SPLIT", &[]);
    let ahead = one.then(cadence(1));
    let more = ahead.issue(7).noting(&[other.statements_from(2)]);
    list.add(
        "fork-and-a-continuation-in-one-file",
        "of one step the lower version is met first",
    )
    .section("4.6")
    .opens(&one.issue(6), "VERIFIED", NEWEST)
    .opens(&more, "IDENTITY_SPLIT", &[])
    .opens(&first.issue(5), "VERIFIED", FROZEN)
    .opens(&one.issue(6), "IDENTITY_SPLIT", &[]);
    let revoking = one.then(revoke(1, &[])).issue(7).signed(&[0, 2]);
    list.add(
        "fork-and-a-revocation-in-one-file",
        "a split history is not continued by what came with the split",
    )
    .section("4.6")
    .opens(&one.issue(6).signed(&[0, 2]), "VERIFIED", NEWEST)
    .opens(
        &revoking.noting(&[other.statements_from(2)]),
        "IDENTITY_SPLIT",
        &[],
    )
    .opens(&first.issue(5), "VERIFIED", FROZEN);
}

/// A publisher with recovery keys, two histories of it, and what the recovered one is.
struct Recovered {
    first: Publisher,
    one: Publisher,
    other: Publisher,
    back: Publisher,
}

impl Recovered {
    fn new(change: impl FnOnce(&mut Statement)) -> Recovered {
        let first = recoverable();
        let one = first.then(cadence(1));
        let other = first.then(cadence(2));
        let back = first.recovered(41, change);
        Recovered {
            first,
            one,
            other,
            back,
        }
    }
}

fn recoveries(list: &mut List) {
    let Recovered {
        first,
        one,
        other,
        back,
    } = Recovered::new(|_| {});
    let seven: Issue = first.issue(7);
    list.add(
        "recovery-settles-a-fork",
        "the recovery keys settle what root keys have split",
    )
    .pinning(&[&first])
    .opens(&one.issue(8), "VERIFIED", NEWEST)
    .opens(&other.issue(9), "IDENTITY_SPLIT", &[])
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .opens(&one.issue(8), "REVOKED_KEY", &[])
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .in_any_order();
    let thief = one.then(cadence(1)).then(cadence(1));
    list.add(
        "recovery-arrives-first",
        "a longer history of an older generation is dropped, whenever it comes",
    )
    .pinning(&[&first])
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .opens(&thief.issue(11), "REVOKED_KEY", &[])
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .in_any_order();
    list.add(
        "recovery-arrives-last",
        "and so it is when the recovery comes after it",
    )
    .pinning(&[&first])
    .opens(&thief.issue(11), "VERIFIED", NEWEST)
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .opens(&thief.issue(11), "REVOKED_KEY", &[])
    .in_any_order();
    let again = first.recovered(42, |_| {});
    list.add(
        "two-recoveries",
        "two recoveries: only what is older than both is read",
    )
    .pinning(&[&first])
    .opens(&back.issue(8), "VERIFIED", NEWEST)
    .opens(&again.issue(9), "IDENTITY_SPLIT", &[])
    .opens(&back.issue(8), "IDENTITY_SPLIT", &[])
    .opens(&seven, "VERIFIED", FROZEN)
    .in_any_order();
    let deeper = one.recovered(42, |_| {});
    list.add(
        "two-recoveries-of-other-depth",
        "what both ways have in common stands, the rest is split and not dropped",
    )
    .pinning(&[&first])
    .opens(&deeper.issue(9), "VERIFIED", NEWEST)
    .opens(&one.issue(8), "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
    .opens(&back.issue(10), "IDENTITY_SPLIT", &[])
    .opens(&one.issue(8), "IDENTITY_SPLIT", &[])
    .opens(&seven, "VERIFIED", FROZEN)
    .in_any_order();
}

fn recovered(list: &mut List) {
    let dropped = recoverable().then(cadence(1));
    let (eight, nine) = (dropped.issue(8), dropped.issue(9));
    let kept = eight.id();
    let Recovered { first, back, .. } = Recovered::new(revoke(2, &[kept]));
    list.add(
        "recovery-keeps-an-issue",
        "what the recovery keeps of a dropped history is read, the rest is not",
    )
    .pinning(&[&first])
    .opens(&eight, "VERIFIED", NEWEST)
    .opens(&nine, "VERIFIED", NEWEST)
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .opens(&eight, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .opens(&nine, "REVOKED_KEY", &[])
    .in_any_order();
    let rival = back.then(cadence(1));
    let ours = back.then(cadence(2)).then(cadence(2));
    list.add(
        "rival-after-a-recovery",
        "a new generation is forked like the first",
    )
    .pinning(&[&first])
    .opens(&ours.issue(10), "VERIFIED", NEWEST)
    .opens(&rival.issue(11), "IDENTITY_SPLIT", &[])
    .opens(&ours.issue(10), "VERIFIED", RIVAL);
    let thief = first.then(cadence(9));
    list.add(
        "dropped-and-split-later",
        "what a recovery has dropped stays dropped through a split",
    )
    .pinning(&[&first])
    .opens(&thief.issue(9), "VERIFIED", NEWEST)
    .opens(&back.then(cadence(1)).issue(10), "VERIFIED", NEWEST)
    .opens(&back.then(cadence(2)).issue(11), "IDENTITY_SPLIT", &[])
    .opens(&thief.issue(9), "REVOKED_KEY", &[])
    .opens(&back.issue(8), "VERIFIED", FROZEN)
    .in_any_order();
    let stopped = dropped.issue(11).with(&dropped.suspending(1));
    list.add(
        "fallen-and-suspended-by-its-own-copy",
        "what has fallen is counted by its own copy, whenever it was met",
    )
    .pinning(&[&first])
    .opens(&dropped.issue(11), "VERIFIED", NEWEST)
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .opens(&dropped.issue(11), "REVOKED_KEY", &[])
    .opens(&stopped, "SUSPENDED_KEY", &[])
    .opens(&dropped.issue(11), "REVOKED_KEY", &[]);
    let suspending = dropped
        .issue(11)
        .signed(&[0, 2])
        .with(&dropped.suspending(1));
    let seven = first.issue(7);
    list.add(
        "suspension-by-a-dropped-statement",
        "a dropped history suspends nothing",
    )
    .pinning(&[&first])
    .opens(&back.issue(10), "VERIFIED", NEWEST)
    .opens(&suspending, "REVOKED_KEY", &[])
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/10)"])
    .in_any_order();
    let stolen = first.then(|s| s.cleared.push(public(12))).suspending(0);
    list.add(
        "statements-of-a-recovered-publisher-missing",
        "a contact names a generation and a version",
    )
    .pinning(&[&first])
    .contact(&back)
    .opens(
        &stolen.issue(7).signed(&[1, 2]),
        "VERIFIED",
        &["NEWEST_SEEN", "STATEMENTS_MISSING(2, 2)"],
    )
    .in_any_order();
}
