//! Publishers that the reader does not know.

use super::List;
use super::issue::{news, other, revoke};

const NEWEST: &[&str] = &["NEWEST_SEEN"];

pub fn add(list: &mut List) {
    let near = other("Example Newts");
    let resembles = format!("NAME_RESEMBLES({})", &news().id().to_string()[..8]);
    list.add(
        "name-one-letter-longer",
        "a name that differs by one letter",
    )
    .section("7")
    .opens(
        &near.issue(7),
        "UNKNOWN_PUBLISHER",
        &["NEWEST_SEEN", &resembles],
    )
    .in_any_order();
    list.add(
        "name-with-another-letter",
        "a name that differs by one letter",
    )
    .section("7")
    .opens(
        &other("Example Mews").issue(7),
        "UNKNOWN_PUBLISHER",
        &["NEWEST_SEEN", &resembles],
    )
    .in_any_order();
    list.add(
        "name-two-letters-longer",
        "a name that differs by more is another name",
    )
    .section("7")
    .opens(
        &other("Example Newsie").issue(7),
        "UNKNOWN_PUBLISHER",
        NEWEST,
    )
    .in_any_order();
    list.add(
        "impostor-and-the-genuine-one",
        "an impostor takes nothing from whom it imitates",
    )
    .section("7")
    .opens(&other("Example News").issue(9), "IMPOSTOR_NAME", NEWEST)
    .opens(&news().issue(7), "VERIFIED", NEWEST)
    .in_any_order();
    let by = news();
    let (nine, seven, twin) = (by.issue(9), by.issue(7), by.issue(7).twin());
    let seen = format!("CONFLICT_SEEN({})", twin.short());
    list.add(
        "unknown-publisher-in-one-session",
        "what was met is compared, pinned or not, while the program runs",
    )
    .pinning(&[])
    .in_one_session()
    .opens(&nine, "UNKNOWN_PUBLISHER", NEWEST)
    .opens(&seven, "UNKNOWN_PUBLISHER", &["OLDER_THAN_SEEN(1/9)"])
    .opens(&twin, "CONFLICT", &[])
    .opens(
        &seven,
        "UNKNOWN_PUBLISHER",
        &["OLDER_THAN_SEEN(1/9)", &seen],
    );
    list.add(
        "unknown-publisher-after-a-restart",
        "of a publisher that is not pinned nothing is written down",
    )
    .pinning(&[])
    .in_one_session()
    .opens(&nine, "UNKNOWN_PUBLISHER", NEWEST)
    .opens(&seven, "UNKNOWN_PUBLISHER", &["OLDER_THAN_SEEN(1/9)"])
    .restarts()
    .opens(&twin, "UNKNOWN_PUBLISHER", NEWEST);
    let rid = by.then(revoke(1, &[]));
    list.add(
        "revocation-by-an-unknown-publisher",
        "a stranger too can revoke its keys",
    )
    .pinning(&[])
    .in_one_session()
    .opens(&nine.clone().with(&rid), "REVOKED_KEY", &[])
    .opens(&nine, "REVOKED_KEY", &[])
    .restarts()
    .opens(&nine, "UNKNOWN_PUBLISHER", NEWEST);
}
