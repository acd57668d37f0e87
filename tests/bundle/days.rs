//! Days are written in one way.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use varaq_bundle::Day;

#[test]
fn days_are_written_and_read() {
    for (number, text) in [
        (0, "1970-01-01"),
        (59, "1970-03-01"),
        (11_016, "2000-02-29"),
        (20_514, "2026-03-02"),
        (Day::LAST.0, "9999-12-31"),
    ] {
        assert_eq!(Day(number).to_string(), text);
        assert_eq!(text.parse(), Ok(Day(number)));
    }
    for wrong in [
        "",
        "2026-3-2",
        "2026-02-29",
        "1969-12-31",
        "2026-03-02-",
        "+2026-03-02",
        "20260302",
        "10000-01-01",
    ] {
        assert!(wrong.parse::<Day>().is_err(), "{wrong}");
    }
}
