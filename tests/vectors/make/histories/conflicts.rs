//! Two manifests for one number.

use super::List;
use super::issue::{Issue, news, revoke, settle};

const NEWEST: &[&str] = &["NEWEST_SEEN"];

fn seen(others: &[&Issue]) -> String {
    let mut ids: Vec<_> = others.iter().map(|one| one.short()).collect();
    ids.sort();
    format!("CONFLICT_SEEN({})", ids.join(", "))
}

pub fn add(list: &mut List) {
    first_seen(list);
    kept(list);
    settled(list);
    united(list);
}

fn first_seen(list: &mut List) {
    let by = news();
    let (genuine, twin) = (by.issue(7), by.issue(7).twin());
    list.add("conflict", "who was met first stays readable")
        .opens(&genuine, "VERIFIED", NEWEST)
        .opens(&twin, "CONFLICT", &[])
        .opens(&genuine, "VERIFIED", &["NEWEST_SEEN", &seen(&[&twin])]);
    list.add(
        "conflict-met-the-other-way",
        "and whoever met the other one reads that",
    )
    .opens(&twin, "VERIFIED", NEWEST)
    .opens(&genuine, "CONFLICT", &[])
    .opens(&twin, "VERIFIED", &["NEWEST_SEEN", &seen(&[&genuine])]);
    let third = by.issue(7).of("2026-01-02");
    list.add("conflict-of-three", "both others are named")
        .opens(&genuine, "VERIFIED", NEWEST)
        .opens(&twin, "CONFLICT", &[])
        .opens(&third, "CONFLICT", &[])
        .opens(
            &genuine,
            "VERIFIED",
            &["NEWEST_SEEN", &seen(&[&twin, &third])],
        );
    list.add(
        "twin-below-the-threshold",
        "half a signature makes no conflict",
    )
    .opens(&twin.clone().signed(&[0]), "BELOW_THRESHOLD", &[])
    .opens(&genuine, "VERIFIED", NEWEST)
    .in_any_order();
    let eight = (by.issue(8), by.issue(8).twin());
    list.add(
        "twins-of-every-number",
        "a thief with enough keys signs every number again",
    )
    .opens(&genuine, "VERIFIED", NEWEST)
    .opens(&eight.0, "VERIFIED", NEWEST)
    .opens(&twin, "CONFLICT", &[])
    .opens(&eight.1, "CONFLICT", &[])
    .opens(&eight.0, "VERIFIED", &["NEWEST_SEEN", &seen(&[&eight.1])]);
    let rid = by.then(revoke(1, &[genuine.id(), eight.0.id()]));
    list.add(
        "twins-of-every-number-and-a-revocation",
        "the list of what is genuine undoes it",
    )
    .opens(&twin, "VERIFIED", NEWEST)
    .opens(&eight.1, "VERIFIED", NEWEST)
    .opens(&genuine, "CONFLICT", &[])
    .opens(&eight.0, "CONFLICT", &[])
    .opens(
        &genuine.clone().with(&rid),
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/8)"],
    )
    .opens(&eight.0, "VERIFIED", NEWEST)
    .opens(&twin, "REVOKED_KEY", &[])
    .in_any_order();
    let later = by.suspending(1);
    list.add(
        "conflict-with-one-met-before-the-suspension",
        "a suspension is no judgement: it settles no conflict",
    )
    .opens(&twin, "VERIFIED", NEWEST)
    .opens(
        &genuine.clone().signed(&[0, 2]).with(&later),
        "CONFLICT",
        &[],
    )
    .opens(
        &twin,
        "VERIFIED",
        &["NEWEST_SEEN", &seen(&[&genuine]), "SEEN_BEFORE_SUSPENSION"],
    );
    list.add(
        "conflict-with-one-met-after-the-suspension",
        "what a suspended key signs is no rival of what others sign",
    )
    .opens(&twin.clone().with(&later), "SUSPENDED_KEY", &[])
    .opens(&genuine.clone().signed(&[0, 2]), "VERIFIED", NEWEST)
    .in_any_order();
}

fn kept(list: &mut List) {
    let by = news();
    let (genuine, twin) = (by.issue(7), by.issue(7).twin());
    let spare = by.then(revoke(2, &[genuine.id()]));
    list.add(
        "conflict-one-is-kept",
        "one that a revocation keeps wins, whoever was met first",
    )
    .opens(&twin, "VERIFIED", NEWEST)
    .opens(&genuine, "CONFLICT", &[])
    .opens(&genuine.clone().with(&spare), "VERIFIED", NEWEST)
    .opens(&twin, "CONFLICT", &[])
    .in_any_order();
    let both = by.then(revoke(2, &[genuine.id(), twin.id()]));
    list.add(
        "conflict-both-are-kept",
        "among kept ones who was met first stands",
    )
    .opens(&genuine.clone().with(&both), "VERIFIED", NEWEST)
    .opens(&twin, "CONFLICT", &[])
    .opens(&genuine, "VERIFIED", &["NEWEST_SEEN", &seen(&[&twin])]);
    let third = by.issue(7).of("2026-01-02");
    list.add(
        "conflict-of-two-kept-and-one-not",
        "only another kept one makes a conflict of a kept one",
    )
    .opens(&third, "VERIFIED", NEWEST)
    .opens(&genuine.clone().with(&both), "VERIFIED", NEWEST)
    .opens(&twin, "CONFLICT", &[])
    .opens(&genuine, "VERIFIED", &["NEWEST_SEEN", &seen(&[&twin])])
    .opens(&third, "CONFLICT", &[]);
}

fn settled(list: &mut List) {
    let by = news();
    let (genuine, twin) = (by.issue(7), by.issue(7).twin());
    let once = by.then(settle(&genuine));
    list.add("conflict-settled", "a later statement ends a conflict")
        .opens(&twin, "VERIFIED", NEWEST)
        .opens(&genuine, "CONFLICT", &[])
        .opens(&genuine.clone().with(&once), "VERIFIED", NEWEST)
        .opens(&twin, "CONFLICT", &[])
        .in_any_order();
    list.add(
        "settled-and-not-met",
        "what is settled need not have been met",
    )
    .opens(&twin.clone().with(&once), "CONFLICT", &[])
    .in_any_order();
    let twice = by.then(settle(&twin)).then(settle(&genuine));
    list.add("settled-twice", "the newest statement settles")
        .opens(&genuine.clone().with(&twice), "VERIFIED", NEWEST)
        .opens(&twin, "CONFLICT", &[])
        .opens(&genuine, "VERIFIED", NEWEST)
        .in_any_order();
    let against = by.then(revoke(2, &[twin.id()])).then(settle(&genuine));
    list.add("settled-against-a-kept-one", "settled goes before kept")
        .opens(&twin.clone().with(&against), "CONFLICT", &[])
        .opens(&genuine, "VERIFIED", NEWEST)
        .in_any_order();
    let revoked = by.then(settle(&genuine)).then(revoke(1, &[twin.id()]));
    list.add(
        "settled-and-revoked",
        "what is settled must still be signed; a twin gains nothing",
    )
    .opens(&twin, "VERIFIED", NEWEST)
    .opens(&genuine.clone().with(&revoked), "REVOKED_KEY", &[])
    .opens(&twin, "CONFLICT", &[])
    .in_any_order();
}

fn united(list: &mut List) {
    let by = news();
    let one = by.issue(7);
    let other = by.issue(7).signed(&[1, 2]);
    let rid = by.then(revoke(0, &[]));
    list.add(
        "copies-signed-by-others",
        "one manifest is no conflict with itself",
    )
    .opens(&one, "VERIFIED", NEWEST)
    .opens(&other, "VERIFIED", NEWEST)
    .in_any_order();
    let away = rid.issue(9).signed(&[1, 2]);
    list.add(
        "signatures-of-two-copies",
        "the signatures of several copies are united",
    )
    .opens(&one, "VERIFIED", NEWEST)
    .opens(&other, "VERIFIED", NEWEST)
    .opens(&away, "VERIFIED", NEWEST)
    .opens(&one, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
    .in_any_order();
    list.add(
        "copy-with-half-the-signatures",
        "a copy of an issue that was met needs no signatures more",
    )
    .opens(&one, "VERIFIED", NEWEST)
    .opens(&one.clone().signed(&[2]), "VERIFIED", NEWEST)
    .in_any_order();
}
