//! What was found and what was removed, in words and as objects.

use serde_json::json;
use varaq_press::Removed;
use varaq_press::import::Warning;
use varaq_press::preflight::{Finding, FindingKind};

use crate::failure::Failure;
use crate::session::Session;
use crate::words;

/// Findings of one kind that a person is shown; scripts get all.
const SHOWN: usize = 8;

/// Names what was left out or changed; `-q` counts it only.
pub fn warnings(session: &mut Session<'_, '_>, warnings: &[Warning]) {
    for warning in warnings {
        let kind = if warning.skipped { "left out: " } else { "" };
        let text = words::harmless(&format!("{kind}{warning}"), false);
        if !session.quiet {
            session.warn(&text);
        }
    }
    if session.quiet && !warnings.is_empty() {
        session.warn(&format!(
            "{} (named without -q)",
            words::count(warnings.len() as u64, "remark")
        ));
    }
}

/// The preflight's findings: objects for scripts, and words. What refuses comes last, where
/// it is seen.
pub fn findings(
    session: &mut Session<'_, '_>,
    findings: &[Finding],
    more: u64,
) -> Result<(), Failure> {
    if session.json {
        for one in findings {
            session.object(&json!({
                "type": "finding", "kind": one.kind.word(), "refuses": one.refuses(), "allowed": one.allowed,
                "file": one.file, "place": one.place, "what": one.what, "excerpt": one.excerpt,
            }))?;
        }
    }
    let (refusing, warning): (Vec<_>, Vec<_>) = findings
        .iter()
        .filter(|one| !one.allowed && !one.told)
        .partition(|one| one.refuses());
    if !session.quiet {
        by_kind(session, &warning, "");
    }
    by_kind(session, &refusing, "refused: ");
    if more > 0 {
        session.warn(&format!("and {}", words::count(more, "further finding")));
    }
    Ok(())
}

/// One line for one name or address, however often it stands in the issue.
fn by_kind(session: &mut Session<'_, '_>, findings: &[&Finding], word: &str) {
    for kind in FindingKind::ALL {
        let mut first: Vec<(&Finding, u64)> = Vec::new();
        for &one in findings.iter().filter(|one| one.kind == kind) {
            match first.iter_mut().find(|(known, _)| known.what == one.what) {
                Some((_, count)) => *count += 1,
                None => first.push((one, 1)),
            }
        }
        for (one, count) in first.iter().take(SHOWN) {
            let times = match count {
                1 => String::new(),
                count => format!(" ({count} times, first here)"),
            };
            session.warn(&words::harmless(&format!("{word}{one}{times}"), false));
        }
        let rest = first.len().saturating_sub(SHOWN);
        if rest > 0 {
            let what = format!("{word}{}: {rest} more (--json names all)", kind.meaning());
            session.warn(&what);
        }
    }
}

/// The flags that let an issue pass, kind by kind.
pub fn allowances(findings: &[Finding]) -> String {
    let refusing = || findings.iter().filter(|one| one.refuses());
    let kinds = FindingKind::ALL.into_iter();
    let kinds = kinds.filter(|kind| refusing().any(|one| one.kind == *kind));
    let kinds: Vec<String> = kinds
        .map(|kind| match kind {
            FindingKind::Author => "--allow author (or leave bylines out: --no-bylines)".to_owned(),
            kind => format!("--allow {kind}"),
        })
        .collect();
    kinds.join(", ")
}

/// The privacy report.
pub fn removed(session: &mut Session<'_, '_>, removed: &Removed) -> Result<(), Failure> {
    if session.json {
        let pictures: serde_json::Map<_, _> = removed
            .pictures
            .iter()
            .map(|(trace, count)| (trace.word().to_owned(), json!(count)))
            .collect();
        return session.object(&json!({
            "type": "removed", "pictures": pictures, "names": removed.names,
            "bylines": removed.bylines, "tracking": removed.tracking,
        }));
    }
    let mut parts: Vec<String> = removed
        .pictures
        .iter()
        .map(|(trace, count)| format!("{} ({count})", trace.word()))
        .collect();
    let mut add = |count: usize, one: &str| {
        if count > 0 {
            parts.push(words::count(count as u64, one));
        }
    };
    add(removed.names, "picture file name");
    add(removed.bylines, "byline");
    if removed.tracking > 0 {
        parts.push(format!(
            "tracking parameters in {}",
            words::count(removed.tracking as u64, "article")
        ));
    }
    if !parts.is_empty() {
        session.note(&format!("removed: {}", parts.join(", ")));
    }
    Ok(())
}
