//! What is said beside a verdict because of what was met before, for people and scripts.
//!
//! In: lines of FORMAT.md section 7. Out: their names with their facts, and a sentence for
//! those that a reader must not miss.

use varaq_trust::Line;

use crate::words;

/// The line as the format names it, with its facts: `GAP(1/3, 1/7)`.
pub fn named(line: &Line) -> String {
    let place = |(epoch, number): (u32, u32)| format!("{epoch}/{number}");
    let name = line.name();
    match line {
        Line::OlderThanSeen { newest, .. } => {
            format!("{name}({})", place((newest.epoch, newest.number)))
        }
        Line::Gap { met, before } => format!("{name}({}, {})", place(*met), place(*before)),
        Line::Stale { due } => format!("{name}({})", words::day(*due)),
        Line::ClockDoubtful { floor } => format!("{name}({})", words::day(*floor)),
        Line::OutOfDays { days } => {
            format!("{name}({}, {})", words::day(days.0), words::day(days.1))
        }
        Line::ConflictSeen(others) => {
            let others: Vec<_> = others.iter().map(ToString::to_string).collect();
            format!("{name}({})", others.join(", "))
        }
        Line::StatementsMissing { named, held } => format!("{name}({held} of {named})"),
        _ => name.to_owned(),
    }
}

/// True for lines of a reader that keeps evidence, as opposed to those about one file.
pub fn is_of_evidence(line: &Line) -> bool {
    !matches!(
        line,
        Line::ListedComplete | Line::Partial { .. } | Line::Damaged(_)
    )
}

/// A sentence for a line that a reader must not miss.
pub fn sentence(line: &Line) -> Option<String> {
    let place = |epoch: u32, number: u32| format!("{epoch}/{number}");
    Some(match line {
        Line::NewestSeen | Line::ListedComplete | Line::Partial { .. } | Line::Damaged(_) => {
            return None;
        }
        Line::OlderThanSeen { newest, day } => format!(
            "you have met a newer issue, {} of {}",
            place(newest.epoch, newest.number),
            words::day(*day)
        ),
        Line::Gap { met, before } => format!(
            "between {} and this issue you have not met {}",
            place(met.0, met.1),
            place(before.0, before.1)
        ),
        Line::Stale { due } => format!(
            "by this computer's clock a newer issue was promised for {}",
            words::day(*due)
        ),
        Line::ClockDoubtful { floor } => format!(
            "this computer's clock is wrong: it must be {} or later",
            words::day(*floor)
        ),
        Line::OutOfDays { days } => format!(
            "its signing keys were meant for {} to {}",
            words::day(days.0),
            words::day(days.1)
        ),
        Line::RivalHistory => "somebody has written a second history of this publisher with old \
                               keys; it is ignored"
            .to_owned(),
        Line::IdentityFrozen => "two histories continue this publisher's; only issues from before \
                                 that are shown until it has settled which is true"
            .to_owned(),
        Line::ConflictSeen(_) => "a second issue with this number is signed too; this is the one \
                                  you met first"
            .to_owned(),
        Line::SeenBeforeSuspension => "one of its signing keys has been stopped since you met \
                                       this issue first; wait for the publisher's word"
            .to_owned(),
        Line::StatementsMissing { named, held } => format!(
            "the publisher has made statement {named}, and you have met only {held}: look for a \
             newer copy"
        ),
        Line::NameResembles { .. } => "its name differs by one letter from that of a publisher \
                                       you trust"
            .to_owned(),
    })
}
