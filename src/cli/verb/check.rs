//! `varaq check`: files, folders and sticks, without reading any article.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};
use varaq_bundle::Report;
use varaq_carry::{CheckOptions, Event, FileReport, IssueReport};
use varaq_storage::Disk;
use varaq_trust::{Facts, Line, Verdict};

use crate::exit;
use crate::failure::Failure;

use crate::progress::Progress;
use crate::reading::claimed_name;
use crate::remarks;
use crate::session::{Session, Tone};
use crate::state;
use crate::verb::info::facts_fields;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq check news.varaq
  varaq check /media/stick --require-trusted
  varaq check sticks/ --json | jq -r 'select(.code > 0) | .path'

Columns: verdict, channel epoch/number, articles here/all, path. Words after the path say
what is missing or damaged, and what an unknown publisher calls itself. SIDE_FILE(…) is about
FILE.sig beside a bundle: good, wrong (it was made of the file in another state), stranger (its
key does not sign this issue) or unreadable. It changes no verdict and no exit code.";

/// Checks files, folders and sticks.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// Files, and folders with everything in them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A publisher you do not trust is exit code 21
    #[arg(long)]
    require_trusted: bool,
}

impl Check {
    /// One line a file as soon as it is done, then one for each issue with several copies.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let options = CheckOptions {
            require_trusted: self.require_trusted,
            ..CheckOptions::default()
        };
        let cancel = Arc::clone(&session.io.interrupted);
        let mut progress = Progress::new(session, "check");
        let mut closed = None;
        let checked =
            varaq_carry::check(&Disk, &self.paths, view, &options, &cancel, &mut |event| {
                if closed.is_none() {
                    closed = tell(session, &mut progress, event).err();
                }
                if closed.is_some() {
                    // Nobody reads the results any more: stop at the next piece.
                    cancel.store(true, std::sync::atomic::Ordering::Relaxed);
                }
            });
        drop(progress);
        match (closed, checked) {
            // Not "all good": the rest was not checked.
            (Some(failure), _) => Err(Failure {
                code: exit::FAILED,
                ..failure
            }),
            (None, Err(_)) => Err(Failure::interrupted()),
            (None, Ok(summary)) => {
                if summary.files == 0 {
                    session.note("no bundle found");
                }
                Ok(summary.code)
            }
        }
    }
}

fn tell(
    session: &mut Session<'_, '_>,
    progress: &mut Progress,
    event: Event,
) -> Result<(), Failure> {
    match event {
        Event::Begin { files, bytes } => session.detail(&format!(
            "{}, {}",
            words::count(files, "file"),
            words::size(bytes)
        )),
        Event::Progress { done, total } => progress.at(session, done, total),
        Event::Other(path) => session.detail(&format!("not a bundle: {}", words::path(&path))),
        Event::Unreadable(path, error) => {
            let failure =
                Failure::failed(format!("cannot read {}", words::path(&path))).because(&error);
            progress.aside(|| session.fail(&failure));
        }
        Event::File(report) => return progress.aside(|| file(session, &report)),
        Event::Issue(report) => return progress.aside(|| issue(session, &report)),
    }
    Ok(())
}

fn file(session: &mut Session<'_, '_>, report: &FileReport) -> Result<(), Failure> {
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
        }
        return session.object(&object);
    }
    let mut remarks = remarks(report.verdict, proven, report.found.as_ref());
    let worth_saying = |line: &&Line| remarks::sentence(line).is_some();
    remarks.extend(report.lines.iter().filter(worth_saying).map(remarks::named));
    remarks.extend(report.side_file.map(|said| format!("SIDE_FILE({said})")));
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

fn issue(session: &mut Session<'_, '_>, report: &IssueReport) -> Result<(), Failure> {
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
        format!("{}/{all}", found.articles_whole)
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
        if found.is_partial() {
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
        fields.insert("articles".to_owned(), json!(found.articles_whole));
        fields.insert("articles_of".to_owned(), json!(found.articles_listed));
        let pieces = found.pieces;
        fields.insert("pieces_whole".to_owned(), json!(pieces.whole));
        fields.insert("pieces_missing".to_owned(), json!(pieces.missing));
        fields.insert("pieces_damaged".to_owned(), json!(pieces.damaged));
        fields.insert("pieces_unproven".to_owned(), json!(pieces.unproven));
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
        fields.insert("read_errors".to_owned(), json!(found.read_errors));
    }
}
