//! What our crates say of a file, in the words of the vectors.

use crate::make::{Expect, PinLine};
use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use varaq_bundle::{Content, Hash, Limits, Report};
use varaq_carry::{Soundness, exit_code};
use varaq_trust::{Consent, Name, Pin, Pins, Verdict};

/// The pins of a vector.
pub fn pins(lines: &[PinLine]) -> Pins {
    let mut pins = Pins::new();
    for line in lines {
        let name = Name::new("en", &line.name).unwrap();
        pins.add(Pin::new(
            line.id.parse().unwrap(),
            &[name],
            line.checked,
            None,
        ));
    }
    pins
}

/// Opens and checks a file, and decodes every article of it.
pub fn check(bytes: &[u8], lines: &[PinLine]) -> Expect {
    check_with(bytes, &pins(lines))
}

/// The same, with pins that are made already.
pub fn check_with(bytes: &[u8], pins: &Pins) -> Expect {
    let opening = varaq_trust::open(Cursor::new(bytes), pins, &Limits::default()).unwrap();
    let verdict = opening.verdict();
    let name = match verdict {
        Verdict::NewerFormat { signed: true } => "NEWER_FORMAT(signed)".to_owned(),
        Verdict::NewerFormat { signed: false } => "NEWER_FORMAT(unproven)".to_owned(),
        verdict => verdict.name().to_owned(),
    };
    let mut said = Expect {
        exit: exit_code(verdict, None, false),
        ..Expect::refused(&name)
    };
    let Ok(content) = opening.into_content(Consent::DifferentPublisher) else {
        return said;
    };
    let report = content.check(&mut |_| ControlFlow::Continue(())).unwrap();
    said.lines = report_lines(&report);
    said.exit = exit_code(verdict, Some(Soundness::of(&report)), false);
    said.articles = Some((report.articles_whole, report.articles_listed));
    let bodies = bodies(&content);
    let refused = bodies
        .iter()
        .filter(|body| varaq_article::decode(body).is_err())
        .count();
    said.readable = (bodies.len() as u32, refused as u32);
    let pieces = content.manifest().counts.notices;
    said.notices = (pieces > 0).then(|| content.notices().notices.len() as u32);
    said.digest = Hash::of(&bodies.concat()).to_string();
    said
}

fn bodies<R: Read + Seek>(content: &Content<R>) -> Vec<Vec<u8>> {
    content
        .entries()
        .filter_map(|entry| content.article_bytes(&entry.ok()?.1).ok())
        .collect()
}

fn report_lines(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if report.is_complete() {
        lines.push("COMPLETE".to_owned());
    }
    if report.is_partial() {
        let m = report.articles_listed.map_or("?".into(), |m| m.to_string());
        lines.push(format!(
            "PARTIAL({} of {m} articles)",
            report.articles_whole
        ));
    }
    let parts: Vec<_> = report
        .parts
        .iter()
        .map(|damage| damage.part.to_string())
        .collect();
    if !parts.is_empty() {
        lines.push(format!("DAMAGED({})", parts.join(", ")));
    }
    if report.extra_bytes > 0 {
        lines.push(format!("EXTRA_BYTES({})", report.extra_bytes));
    }
    lines
}
