//! What a check says of one file, and of several copies read as one: a line for people, an
//! object for scripts.

use std::path::Path;

use serde_json::{Value, json};
use varaq_bundle::Report;
use varaq_carry::{Against, FileReport, IssueReport};
use varaq_trust::{Facts, Line, Verdict};

use crate::failure::Failure;
use crate::reading::claimed_name;
use crate::remarks;
use crate::session::{Session, Tone};
use crate::verb::info::facts_fields;
use crate::words;

pub(super) fn file(session: &mut Session<'_, '_>, report: &FileReport) -> Result<(), Failure> {
    let proven = report.facts.as_ref().filter(|_| report.verdict.is_valid());
    if session.json {
        let mut object = json!({
            "type": "bundle", "path": report.path.to_string_lossy(), "verdict": report.verdict.name(),
            "proven": report.verdict.is_valid(), "bytes": report.len_bytes, "exit_code": report.code,
        });
        extend(
            &mut object,
            report.facts.as_ref(),
            report.verdict,
            report.found.as_ref(),
        );
        let lines = report
            .lines
            .iter()
            .filter(|line| remarks::is_of_evidence(line));
        let lines: Vec<_> = lines.map(remarks::named).collect();
        if let Some(fields) = object.as_object_mut() {
            fields.insert("lines".to_owned(), json!(lines));
            let side_file = report.side_file.map(|said| said.to_string());
            fields.insert("side_file".to_owned(), json!(side_file));
            let odd: Vec<_> = report.odd.iter().map(|odd| odd.name()).collect();
            fields.insert("odd".to_owned(), json!(odd));
            let against = report.against.as_ref().map(against_object);
            fields.insert("against".to_owned(), json!(against));
            if let Some(title) = &report.title {
                fields.insert("title".to_owned(), json!(title));
            }
        }
        return session.object(&object);
    }
    let mut remarks = remarks(report.verdict, proven, report.found.as_ref());
    let worth_saying = |line: &&Line| remarks::sentence(line).is_some();
    remarks.extend(report.lines.iter().filter(worth_saying).map(remarks::named));
    remarks.extend(report.side_file.map(|said| format!("SIDE_FILE({said})")));
    remarks.extend(report.odd.iter().map(|odd| odd.name().to_owned()));
    remarks.extend(report.against.as_ref().map(against_words));
    remarks.extend(report.title.as_deref().map(words::claim));
    let line = line(
        session,
        report.verdict,
        proven,
        report.found.as_ref(),
        report.code,
        &words::path(&report.path),
        &remarks,
    );
    session.line(&line)
}

fn against_object(against: &Against) -> Value {
    let path = against.path().map(|path| path.to_string_lossy());
    json!({ "is": against.name(), "path": path })
}

fn against_words(against: &Against) -> String {
    let path = against.path().map_or(String::new(), words::path);
    match against {
        Against::Identical(_) => format!("IDENTICAL to {path}"),
        Against::SameIssue(_) => format!("SAME_ISSUE as {path}, in other bytes"),
        Against::Newer(_) => format!("NEWER than {path}"),
        Against::Older(_) => format!("OLDER than {path}"),
        Against::Rival(_) => format!("RIVAL of {path}: the same number, another issue"),
        Against::NoneThere => "NONE_THERE of this publisher and channel".to_owned(),
    }
}

pub(super) fn issue(session: &mut Session<'_, '_>, report: &IssueReport) -> Result<(), Failure> {
    if session.json {
        let copies: Vec<_> = report
            .copies
            .iter()
            .map(|path| path.to_string_lossy())
            .collect();
        let mut object = json!({
            "type": "issue", "folder": report.folder.to_string_lossy(), "copies": copies,
            "verdict": report.verdict.name(), "exit_code": report.code,
        });
        extend(
            &mut object,
            Some(&report.facts),
            report.verdict,
            Some(&report.found),
        );
        return session.object(&object);
    }
    let place = format!(
        "{} copies in {} read as one",
        report.copies.len(),
        folder(&report.folder)
    );
    let remarks = remarks(report.verdict, Some(&report.facts), Some(&report.found));
    let line = line(
        session,
        report.verdict,
        Some(&report.facts),
        Some(&report.found),
        report.code,
        &place,
        &remarks,
    );
    session.line(&line)
}

fn folder(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        words::path(path)
    }
}

/// The aligned columns. The longest verdict has 17 letters.
fn line(
    session: &Session<'_, '_>,
    verdict: Verdict,
    proven: Option<&Facts>,
    found: Option<&Report>,
    code: u8,
    place: &str,
    remarks: &[String],
) -> String {
    let tone = match code {
        _ if verdict == Verdict::UnknownPublisher && code <= 3 => Tone::Careful,
        0 => Tone::Good,
        3 => Tone::Careful,
        _ => Tone::Bad,
    };
    let verdict = session.out_word(&format!("{:<17}", verdict.name()), tone);
    let issue = proven.map_or("-".to_owned(), |facts| {
        format!(
            "{} {}/{}",
            facts.issue.channel, facts.issue.epoch, facts.issue.number
        )
    });
    let articles = found.map_or("-".to_owned(), |found| {
        let all = found
            .articles_listed
            .map_or("?".to_owned(), |all| all.to_string());
        match found.pieces.unread {
            0 => format!("{}/{all}", found.articles_whole),
            // How many are whole is not known.
            _ => format!("?/{all}"),
        }
    });
    let mut line = format!("{verdict}  {issue:<16}  {articles:>13}  {place}");
    for remark in remarks {
        line.push_str("  ");
        line.push_str(remark);
    }
    line
}

/// What is not as it should be, in the words of the format.
fn remarks(verdict: Verdict, proven: Option<&Facts>, found: Option<&Report>) -> Vec<String> {
    /// A stick with a bad spot has thousands; `--json` has them all.
    const NAMED: usize = 4;
    let mut remarks = Vec::new();
    if let Some(found) = found {
        if found.pieces.unread > 0 {
            let of = found.pieces.unread.saturating_add(found.pieces.whole);
            remarks.push(format!(
                "SAMPLE({} of {of} pieces not read, {})",
                found.pieces.unread,
                words::size(found.unread_bytes)
            ));
        }
        if found.is_partial() && found.pieces.unread > 0 {
            remarks.push("PARTIAL".to_owned());
        } else if found.is_partial() {
            let all = found
                .articles_listed
                .map_or("?".to_owned(), |all| all.to_string());
            remarks.push(format!(
                "PARTIAL({} of {all} articles)",
                found.articles_whole
            ));
        }
        if !found.parts.is_empty() {
            let mut parts: Vec<String> = found
                .parts
                .iter()
                .take(NAMED)
                .map(|damage| damage.part.to_string())
                .collect();
            let more = (found.parts.len() as u64)
                .saturating_sub(NAMED as u64)
                .saturating_add(found.unnamed_parts);
            if more > 0 {
                parts.push(format!("and {more} more"));
            }
            remarks.push(format!("DAMAGED({})", parts.join(", ")));
        }
        if found.read_errors > 0 {
            remarks.push(format!("READ_ERRORS({})", found.read_errors));
        }
        if found.extra_bytes > 0 {
            remarks.push(format!("EXTRA_BYTES({})", found.extra_bytes));
        }
        if found.trailer_bytes > 0 {
            remarks.push(format!("TRAILER({})", found.trailer_bytes));
        }
    }
    if let (Verdict::UnknownPublisher | Verdict::ImpostorName, Some(facts)) = (verdict, proven) {
        remarks.push(format!(
            "calls itself {}",
            words::claim(&claimed_name(&facts.publisher.names))
        ));
    }
    remarks
}

fn extend(object: &mut Value, facts: Option<&Facts>, verdict: Verdict, found: Option<&Report>) {
    let Some(fields) = object.as_object_mut() else {
        return;
    };
    if let Some(facts) = facts {
        fields.extend(facts_fields(facts, verdict));
    }
    if let Some(found) = found {
        // Of a sample, how many articles are whole is not known.
        let articles = (found.pieces.unread == 0).then_some(found.articles_whole);
        fields.insert("articles".to_owned(), json!(articles));
        fields.insert("articles_of".to_owned(), json!(found.articles_listed));
        let pieces = found.pieces;
        fields.insert("pieces_whole".to_owned(), json!(pieces.whole));
        fields.insert("pieces_missing".to_owned(), json!(pieces.missing));
        fields.insert("pieces_damaged".to_owned(), json!(pieces.damaged));
        fields.insert("pieces_unproven".to_owned(), json!(pieces.unproven));
        fields.insert("pieces_unread".to_owned(), json!(pieces.unread));
        fields.insert("unread_bytes".to_owned(), json!(found.unread_bytes));
        fields.insert("complete".to_owned(), json!(found.is_complete()));
        fields.insert("partial".to_owned(), json!(found.is_partial()));
        let parts: Vec<Value> = found
            .parts
            .iter()
            .map(|damage| json!({ "copy": damage.copy, "part": damage.part.to_string() }))
            .collect();
        fields.insert("damaged".to_owned(), json!(parts));
        fields.insert("damaged_unnamed".to_owned(), json!(found.unnamed_parts));
        fields.insert("extra_bytes".to_owned(), json!(found.extra_bytes));
        fields.insert("trailer_bytes".to_owned(), json!(found.trailer_bytes));
        fields.insert("read_errors".to_owned(), json!(found.read_errors));
    }
}
