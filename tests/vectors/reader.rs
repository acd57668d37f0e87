//! One reader that opens file after file with our crates.

use crate::make::PinLine;
use crate::ours::pins;
use std::io::Cursor;
use std::ops::ControlFlow;
use varaq_bundle::{Day, Limits, RootRef};
use varaq_carry::{Soundness, exit_code};
use varaq_trust::{Consent, Evidence, Line, Pins, State, View};

/// Whom a reader trusts, and which day it is.
pub struct Reader {
    pins: Pins,
    days: Option<(Day, Day)>,
}

impl Reader {
    /// From the lines of a history.
    pub fn new(
        lines: Vec<PinLine>,
        roots: &[String],
        today: &[String],
        released: &[String],
    ) -> Reader {
        let mut pins = pins(&lines);
        for line in roots {
            let fields: Vec<_> = line.split(' ').collect();
            let mut pin = pins.find(&fields[0].parse().unwrap()).unwrap().clone();
            pin.root = Some(RootRef {
                generation: fields[1].parse().unwrap(),
                version: fields[2].parse().unwrap(),
                id: varaq_bundle::Hash(fields[3].parse::<varaq_trust::PublisherId>().unwrap().0),
            });
            pins.add(pin);
        }
        let day = |line: &String| crate::stories::issue::day(line);
        let days = today.first().zip(released.first());
        Reader {
            pins,
            days: days.map(|(today, released)| (day(today), day(released))),
        }
    }

    fn view<'a>(&'a self, evidence: &'a Evidence) -> View<'a> {
        let view = View::new(&self.pins, evidence);
        self.days
            .map_or(view, |(today, released)| view.on(today, released))
    }

    /// What is said of each file. Where `restarts` says so the state is written down after
    /// it, and read again.
    pub fn read(&self, files: &[Vec<u8>], restarts: &[bool]) -> Vec<String> {
        let mut evidence = Evidence::new();
        let mut answers = Vec::new();
        for (file, &restart) in files.iter().zip(restarts) {
            answers.push(self.open(file, &mut evidence));
            if restart {
                let state = State {
                    pins: self.pins.clone(),
                    evidence,
                };
                evidence = State::decode(&state.encode()).unwrap().evidence;
            }
        }
        answers
    }

    /// The verdicts on all files, in their own order, once all were met in another.
    pub fn verdicts_after(&self, files: &[Vec<u8>], order: &[usize]) -> Vec<String> {
        let mut evidence = Evidence::new();
        for &at in order {
            self.open(&files[at], &mut evidence);
        }
        let verdict = |file: &Vec<u8>| self.open(file, &mut evidence.clone());
        let first_line = |answer: String| answer.lines().next().unwrap().to_owned();
        files.iter().map(verdict).map(first_line).collect()
    }

    fn open(&self, file: &[u8], evidence: &mut Evidence) -> String {
        let view = self.view(evidence);
        let opening = varaq_trust::open(Cursor::new(file), view, &Limits::default()).unwrap();
        let learned = opening.learned().clone();
        let verdict = opening.verdict();
        let lines: String = opening.lines().iter().filter_map(line).collect();
        let content = opening.into_content(Consent::DifferentPublisher).ok();
        let report = content.map(|it| it.check(&mut |_| ControlFlow::Continue(())).unwrap());
        let exit = exit_code(verdict, report.as_ref().map(Soundness::of), false);
        evidence.learn(&learned);
        format!("verdict: {}\n{lines}exit: {exit}\n", verdict.name())
    }
}

/// A line and its facts; none for those about this copy alone.
fn line(line: &Line) -> Option<String> {
    let facts = match line {
        Line::ListedComplete | Line::Partial { .. } | Line::Damaged(_) => return None,
        Line::OlderThanSeen { newest, .. } => format!("({}/{})", newest.epoch, newest.number),
        Line::Gap { met, before } => format!("({}/{}, {}/{})", met.0, met.1, before.0, before.1),
        Line::Stale { due } => format!("({})", date(*due)),
        Line::ClockDoubtful { floor } => format!("({})", date(*floor)),
        Line::OutOfDays { days } => format!("({}, {})", date(days.0), date(days.1)),
        Line::ConflictSeen(ids) => format!("({})", short(ids)),
        Line::StatementsMissing { named, held } => format!("({named}, {held})"),
        Line::NameResembles { pinned } => format!("({})", &pinned.to_string()[..8]),
        _ => String::new(),
    };
    Some(format!("line: {}{facts}\n", line.name()))
}

fn short(ids: &[varaq_bundle::Hash]) -> String {
    let mut ids: Vec<_> = ids
        .iter()
        .map(|id| id.to_string()[..8].to_owned())
        .collect();
    ids.sort();
    ids.join(", ")
}

/// A day as a date of the Gregorian calendar.
fn date(day: Day) -> String {
    let days = day.0 + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + later)
}
