//! The third question of the sheet: how new (FORMAT.md 4.7, lines).
//!
//! In: what the trust layer says beside the verdict. Out: calm rows. None of them decides anything.
use super::facts::Row;
use crate::{day, icon::Icon, issue::Checked, widgets::View};
use varaq_bundle::Day;
use varaq_trust::Line;

/// Rows about newer, older, missing and late issues; the first one carries the name of the question.
pub(super) fn rows(view: &View<'_>, checked: &Checked, memory_only: bool) -> Vec<Row> {
    let known = checked.verdict.shows_content();
    let mut rows: Vec<Row> = checked
        .lines
        .iter()
        // Of somebody unknown the newest that was seen says nothing, and would look like praise.
        .filter(|line| known || !matches!(line, Line::NewestSeen))
        .filter_map(|line| row(view, line))
        .collect();
    if known && memory_only {
        let forgets = view.words.text("line-memory");
        match rows.first_mut().filter(|row| row.beside.is_empty()) {
            Some(first) => first.beside = forgets,
            None => rows.push(Row::new("", String::new(), forgets)),
        }
    }
    if let Some(first) = rows.first_mut() {
        first.name = "fact-new";
    }
    rows
}

fn row(view: &View<'_>, line: &Line) -> Option<Row> {
    let words = view.words;
    let number = |number: u32| words.number(number.into());
    let day = |day: &Day| day::words_of(day.0, words);
    let (icon, strong, beside) = match line {
        Line::NewestSeen => ("newest", words.text("line-newest"), String::new()),
        Line::OlderThanSeen { newest, day: of } => (
            "clock",
            words.with("line-older", &[("number", number(newest.number).into())]),
            words.with("line-older-more", &[("day", day(of).into())]),
        ),
        Line::Gap { met, before } => (
            "partial",
            words.with("line-gap", &[("number", number(before.1).into())]),
            words.with("line-gap-more", &[("met", number(met.1).into())]),
        ),
        Line::Stale { due } => (
            "clock",
            words.text("line-stale"),
            words.with("line-stale-more", &[("day", day(due).into())]),
        ),
        Line::ClockDoubtful { floor } => (
            "clock",
            words.text("line-clock"),
            words.with("line-clock-more", &[("day", day(floor).into())]),
        ),
        Line::OutOfDays { days: (from, to) } => {
            let both = [("from", day(from).into()), ("to", day(to).into())];
            (
                "day",
                words.text("line-days"),
                words.with("line-days-more", &both),
            )
        }
        _ => return None,
    };
    let ink = if matches!(line, Line::NewestSeen) {
        view.colours.verified
    } else {
        view.colours.ink2
    };
    Some(Row {
        icon: Some((Icon::new(icon), ink)),
        ..Row::new("", strong, beside)
    })
}
