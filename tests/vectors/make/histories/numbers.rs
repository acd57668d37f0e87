//! What is newer and older, gaps, days: nothing of it decides.

use super::List;
use super::issue::{Publisher, day, news, news_with, one_of, revoke};
use varaq_trust::{Delegation, Statement};

const NEWEST: &[&str] = &["NEWEST_SEEN"];

/// One more delegation, of one key.
fn grant(channel: &str, epoch: u32, seed: u8) -> impl FnOnce(&mut Statement) {
    let delegation = Delegation {
        channel: channel.into(),
        epoch,
        keys: one_of(seed),
        first: 1,
        last: 50,
        days: None,
    };
    move |s: &mut Statement| s.delegations.push(delegation)
}

fn advisory(from: &str, to: &str) -> Publisher {
    let days = (day(from), day(to));
    news_with(|s| s.delegations[0].days = Some(days))
}

pub fn add(list: &mut List) {
    order(list);
    epochs(list);
    gaps(list);
    clock(list);
    floors(list);
}

fn order(list: &mut List) {
    let by = news();
    list.add("rollback", "an old issue is readable, and said to be old")
        .opens(&by.issue(9), "VERIFIED", NEWEST)
        .opens(&by.issue(7), "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
        .opens(&by.issue(9), "VERIFIED", NEWEST)
        .in_any_order();
    list.add("one-after-the-other", "a newer issue is the newest")
        .opens(&by.issue(7), "VERIFIED", NEWEST)
        .opens(&by.issue(9), "VERIFIED", NEWEST)
        .in_any_order();
    let later = by.issue(9).of("2025-01-01");
    list.add(
        "an-older-day",
        "order is in the numbers, and not in the days",
    )
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .opens(&later, "VERIFIED", NEWEST)
    .opens(&by.issue(7), "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
    .in_any_order();
    list.add(
        "out-of-the-window-and-later",
        "what is outside of its window is no evidence",
    )
    .opens(&by.issue(201), "OUT_OF_WINDOW", &[])
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .in_any_order();
    list.add(
        "below-the-threshold-and-later",
        "one signature of two is no evidence",
    )
    .opens(&by.issue(9).signed(&[0]), "BELOW_THRESHOLD", &[])
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .in_any_order();
    let forged = by.issue(9).signed(&[2]).with_a_wrong_hint();
    list.add(
        "damaged-head-and-later",
        "neither is half a signature under a wrong hint",
    )
    .opens(&forged, "DAMAGED_HEAD", &[])
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .in_any_order();
}

fn epochs(list: &mut List) {
    let by = news();
    let new = by.then(grant("main", 2, 21));
    let burnt = by.issue(200);
    list.add(
        "fast-forward-and-a-new-epoch",
        "a new epoch outranks a burnt one",
    )
    .opens(&burnt, "VERIFIED", NEWEST)
    .opens(&by.issue(8), "VERIFIED", &["OLDER_THAN_SEEN(1/200)"])
    .opens(&new.issue(1).in_epoch(2, 21), "VERIFIED", NEWEST)
    .opens(&burnt, "VERIFIED", &["OLDER_THAN_SEEN(2/1)"])
    .in_any_order();
    let eight = by.issue(8);
    let rid = by.then(revoke(1, &[eight.id()]));
    list.add(
        "fast-forward-and-a-revocation",
        "a newest that is not valid any more makes nothing old",
    )
    .opens(&burnt, "VERIFIED", NEWEST)
    .opens(&eight, "VERIFIED", &["OLDER_THAN_SEEN(1/200)"])
    .opens(&eight.clone().with(&rid), "VERIFIED", NEWEST)
    .opens(&burnt, "REVOKED_KEY", &[])
    .in_any_order();
    let sport = by.then(grant("sport", 1, 21));
    list.add(
        "another-channel-is-newer",
        "each channel has a newest of its own",
    )
    .opens(&by.issue(9), "VERIFIED", NEWEST)
    .opens(&sport.issue(3).in_channel("sport", 21), "VERIFIED", NEWEST)
    .in_any_order();
    let of_sport = |number| sport.issue(number).in_channel("sport", 21);
    list.add(
        "rollback-in-another-channel",
        "an old issue of any channel is said to be old",
    )
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .opens(&of_sport(9), "VERIFIED", NEWEST)
    .opens(&of_sport(8), "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
    .in_any_order();
    let elsewhere = sport.issue(7).in_channel("sport", 21);
    list.add(
        "same-number-in-another-channel",
        "a number is taken in one channel only",
    )
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .opens(&elsewhere, "VERIFIED", NEWEST)
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .in_any_order();
    list.add(
        "same-number-in-another-epoch",
        "a number is taken in one epoch only",
    )
    .opens(&by.issue(7), "VERIFIED", NEWEST)
    .opens(&new.issue(7).in_epoch(2, 21), "VERIFIED", NEWEST)
    .opens(&by.issue(7), "VERIFIED", &["OLDER_THAN_SEEN(2/7)"])
    .in_any_order();
}

fn gaps(list: &mut List) {
    let by = news();
    let (three, seven) = (by.issue(3), by.issue(7));
    let eight = by.issue(8).after(&seven);
    list.add("gap", "what came before was never met")
        .opens(&three, "VERIFIED", NEWEST)
        .opens(&eight, "VERIFIED", &["NEWEST_SEEN", "GAP(1/3, 1/7)"])
        .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/8)"])
        .opens(&eight, "VERIFIED", NEWEST)
        .in_any_order();
    list.add("number-skipped", "a number may be left out")
        .opens(&seven, "VERIFIED", NEWEST)
        .opens(&by.issue(9).after(&seven), "VERIFIED", NEWEST)
        .in_any_order();
    list.add(
        "first-met-has-a-past",
        "whoever begins to read misses nothing",
    )
    .opens(&eight, "VERIFIED", NEWEST)
    .in_any_order();
    list.add("gap-below-the-newest", "a gap is said of older issues too")
        .opens(&by.issue(9), "VERIFIED", NEWEST)
        .opens(&three, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
        .opens(
            &eight,
            "VERIFIED",
            &["OLDER_THAN_SEEN(1/9)", "GAP(1/3, 1/7)"],
        )
        .in_any_order();
    list.add(
        "gap-of-half-a-signature",
        "an issue below its threshold was not met",
    )
    .opens(&three, "VERIFIED", NEWEST)
    .opens(&seven.clone().signed(&[1]), "BELOW_THRESHOLD", &[])
    .opens(&eight, "VERIFIED", &["NEWEST_SEEN", "GAP(1/3, 1/7)"])
    .in_any_order();
    let rid = by.then(revoke(1, &[]));
    let nine = rid.issue(9).after(&seven).signed(&[0, 2]);
    list.add(
        "no-gap-of-a-revoked-issue",
        "an issue that was met is not missed, whatever became of it",
    )
    .opens(&by.issue(3).signed(&[0, 2]), "VERIFIED", NEWEST)
    .opens(&seven, "VERIFIED", NEWEST)
    .opens(&nine, "VERIFIED", NEWEST)
    .in_any_order();
    let twin = seven.clone().twin();
    list.add(
        "gap-to-a-twin",
        "what came before is a manifest, and not a number",
    )
    .opens(&three, "VERIFIED", NEWEST)
    .opens(&twin, "VERIFIED", NEWEST)
    .opens(&eight, "VERIFIED", &["NEWEST_SEEN", "GAP(1/7, 1/7)"]);
}

fn clock(list: &mut List) {
    let by = news_with(|s| s.cadence = 7);
    let seven = by.issue(7);
    let mut at = |name: &str, purpose: &str, today: &str, released: &str, line: &[&str]| {
        let lines = [NEWEST, line].concat();
        list.add(name, purpose)
            .pinning(&[&by])
            .on(today, released)
            .opens(&seven, "VERIFIED", &lines)
            .in_any_order();
    };
    let before = "2025-12-01";
    at(
        "clock-in-1970",
        "a clock without a battery",
        "1970-01-01",
        before,
        &["CLOCK_DOUBTFUL(2026-01-01)"],
    );
    at("clock-in-2026", "nothing is due", "2026-01-05", before, &[]);
    at(
        "clock-in-2099",
        "it is due, by a clock that nobody vouches for",
        "2099-12-31",
        before,
        &["STALE(2026-01-08)"],
    );
    at(
        "clock-on-the-day-it-is-due",
        "what is due today is not late",
        "2026-01-08",
        before,
        &[],
    );
    at(
        "clock-a-day-after-it-was-due",
        "and tomorrow it is",
        "2026-01-09",
        before,
        &["STALE(2026-01-08)"],
    );
    at(
        "clock-before-the-release",
        "this program is newer than that clock",
        "2026-01-20",
        "2026-02-01",
        &["CLOCK_DOUBTFUL(2026-02-01)"],
    );
    list.add(
        "clock-before-another-issue",
        "a signed day is past, whichever issue names it",
    )
    .pinning(&[&by])
    .on("2026-01-05", before)
    .opens(
        &by.issue(9).of("2026-01-06"),
        "VERIFIED",
        &["NEWEST_SEEN", "CLOCK_DOUBTFUL(2026-01-06)"],
    )
    .opens(
        &seven,
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/9)", "CLOCK_DOUBTFUL(2026-01-06)"],
    )
    .in_any_order();
    list.add(
        "stale-by-the-latest-day",
        "an old issue is not late while a newer one was met",
    )
    .pinning(&[&by])
    .on("2026-01-12", before)
    .opens(&seven, "VERIFIED", &["NEWEST_SEEN", "STALE(2026-01-08)"])
    .opens(&by.issue(9).of("2026-01-07"), "VERIFIED", NEWEST)
    .opens(&seven, "VERIFIED", &["OLDER_THAN_SEEN(1/9)"])
    .in_any_order();
    let slow = by.then(|s| s.cadence = 30);
    list.add(
        "cadence-changed",
        "the cadence in force is that of the newest statement",
    )
    .pinning(&[&by])
    .on("2026-01-12", before)
    .opens(&seven, "VERIFIED", &["NEWEST_SEEN", "STALE(2026-01-08)"])
    .opens(&seven.clone().with(&slow), "VERIFIED", NEWEST)
    .in_any_order();
    let plain = news();
    list.add("no-cadence", "nothing was promised")
        .on("2099-12-31", before)
        .opens(&plain.issue(7), "VERIFIED", NEWEST)
        .in_any_order();
    let far = plain.issue(9).of("9999-12-31");
    let rid = plain.then(revoke(1, &[plain.issue(7).id()]));
    list.add(
        "day-of-a-thief",
        "what a thief made doubtful is not doubtful when he is found out",
    )
    .on("2026-01-05", before)
    .opens(
        &far,
        "VERIFIED",
        &["NEWEST_SEEN", "CLOCK_DOUBTFUL(9999-12-31)"],
    )
    .opens(
        &plain.issue(7),
        "VERIFIED",
        &["OLDER_THAN_SEEN(1/9)", "CLOCK_DOUBTFUL(9999-12-31)"],
    )
    .opens(&plain.issue(7).with(&rid), "VERIFIED", NEWEST)
    .in_any_order();
    let mut out = |name: &str, purpose: &str, by: &Publisher, lines: &[&str]| {
        list.add(name, purpose)
            .pinning(&[by])
            .opens(&by.issue(7), "VERIFIED", lines)
            .in_any_order();
    };
    let late = ["NEWEST_SEEN", "OUT_OF_DAYS(2025-01-01, 2025-12-31)"];
    out(
        "out-of-days",
        "the keys were meant for other days",
        &advisory("2025-01-01", "2025-12-31"),
        &late,
    );
    out(
        "last-of-the-days",
        "the last day is one of them",
        &advisory("2025-01-01", "2026-01-01"),
        NEWEST,
    );
    out(
        "first-of-the-days",
        "and so is the first",
        &advisory("2026-01-01", "2026-12-31"),
        NEWEST,
    );
}

fn floors(list: &mut List) {
    let by = news();
    let third = by.then(|_| {}).then(|_| {});
    list.add(
        "statements-missing",
        "the contact knows of statements that this copy does not bring",
    )
    .contact(&third)
    .opens(
        &by.issue(7),
        "VERIFIED",
        &["NEWEST_SEEN", "STATEMENTS_MISSING(3, 1)"],
    )
    .opens(&by.issue(8).with(&third), "VERIFIED", NEWEST)
    .opens(&by.issue(7), "VERIFIED", &["OLDER_THAN_SEEN(1/8)"])
    .in_any_order();
    list.add("more-statements-than-the-contact", "a contact ages")
        .contact(&by)
        .opens(&by.issue(8).with(&third), "VERIFIED", NEWEST)
        .in_any_order();
}
