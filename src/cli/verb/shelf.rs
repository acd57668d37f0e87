//! `varaq shelf`: the issues that a reader keeps.
//!
//! What is kept is judged anew by each verb, with the trust of that moment.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use varaq_bundle::{Hash, Report};
use varaq_carry::Soundness;
use varaq_shelf::{Closed, ClosedReason, ImportError, ImportProgress, Kept};

mod import;
mod rebuild;
mod remove;

use crate::exit;
use crate::failure::Failure;
use crate::library::{self, Place, Shelf};
use crate::session::{Session, Tone};
use crate::verb::info::facts_fields;
use crate::words;

const LIST_EXAMPLES: &str = "\
Examples:
  varaq shelf list
  varaq shelf list --json | jq -r 'select(.unread > 0) | .manifest'
  varaq shelf list --portable /media/stick/shelf

Columns: id, day, articles (unread/all), size, publisher and issue. INCOMPLETE: something is not in
this copy; UNCHECKED: `varaq shelf rebuild` finds out. A kept file of which nothing is shown any more is listed with its verdict.";

/// Keeps issues to read and to search later.
#[derive(Debug, Subcommand)]
pub enum ShelfVerb {
    /// Keep the issues in files, folders and sticks
    Import(import::Import),
    /// List the issues that are kept
    List(List),
    /// Take issues off the shelf for good
    Remove(remove::Remove),
    /// Check every kept issue again, and make the index anew
    Rebuild(rebuild::Rebuild),
}

/// `shelf list`
#[derive(Args, Debug)]
#[command(after_help = LIST_EXAMPLES)]
pub struct List {
    #[command(flatten)]
    place: Place,
}

impl ShelfVerb {
    /// Runs a verb.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        match self {
            ShelfVerb::Import(import) => import.run(session),
            ShelfVerb::List(list) => list.run(session),
            ShelfVerb::Remove(remove) => remove.run(session),
            ShelfVerb::Rebuild(rebuild) => rebuild.run(session),
        }
    }
}

impl List {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        self.place.choose_existing(session)?;
        let mut shelf = Shelf::open(session, &self.place)?;
        let filled = shelf.fill(session)?;
        let unread = shelf.library.index().unread_by_issue();
        let unread = unread.map_err(|error| library::failure(&error.into()))?;
        if shelf.library.kept().is_empty() && shelf.library.closed().is_empty() {
            session.note("the shelf is empty; `varaq shelf import` keeps issues");
        }
        let mut code = filled;
        for kept in shelf.library.kept() {
            if !kept.whole {
                code = exit::worse(code, exit::INCOMPLETE);
            }
            let articles = articles(&shelf, session, kept);
            let row = Row {
                kept,
                articles,
                unread: unread_of(&unread, kept),
            };
            row.tell(session)?;
        }
        for closed in shelf.library.closed() {
            code = exit::worse(code, tell_closed(session, closed)?);
        }
        Ok(code)
    }
}

fn unread_of(unread: &BTreeMap<Hash, u32>, kept: &Kept) -> u32 {
    unread.get(&kept.id()).copied().unwrap_or(0)
}

/// Articles of an issue; unknown if its front page is not in this copy.
fn articles(shelf: &Shelf, session: &Session<'_, '_>, kept: &Kept) -> Option<u32> {
    let issue = shelf.library.issue(&kept.id(), shelf.view(session)).ok()?;
    issue.front().ok().map(|front| front.article_count)
}

/// An issue of the list.
struct Row<'a> {
    kept: &'a Kept,
    articles: Option<u32>,
    unread: u32,
}

impl Row<'_> {
    fn tell(&self, session: &mut Session<'_, '_>) -> Result<(), Failure> {
        if session.json {
            return session.object(&self.object());
        }
        let all = self.articles.map_or("?".to_owned(), |all| all.to_string());
        let kept = self.kept;
        let mut line = format!(
            "{}  {}  {:>11}  {:>7}  {}",
            short(&kept.id()),
            words::day(kept.facts.issue.day),
            format!("{}/{all}", self.unread),
            words::size(kept.len_bytes),
            library::issue_name(kept)
        );
        if !kept.whole {
            line.push_str("  ");
            // An arrival that nothing remembers was cut short before its check was noted.
            let word = if kept.visit == 0 {
                "UNCHECKED"
            } else {
                "INCOMPLETE"
            };
            line.push_str(&session.out_word(word, Tone::Careful));
        }
        session.line(&line)
    }

    fn object(&self) -> Value {
        let kept = self.kept;
        let files: Vec<String> = kept.files.iter().map(ToString::to_string).collect();
        let mut object = json!({
            "type": "kept", "verdict": kept.verdict.name(), "whole": kept.whole,
            "publisher_name": library::publisher_name(kept), "articles": self.articles,
            "unread": self.unread, "bytes": kept.len_bytes, "files": files,
        });
        if let Some(fields) = object.as_object_mut() {
            fields.extend(facts_fields(&kept.facts, kept.verdict));
        }
        object
    }
}

/// A kept file of which nothing is shown.
fn tell_closed(session: &mut Session<'_, '_>, closed: &Closed) -> Result<u8, Failure> {
    let (word, code) = match closed.reason {
        ClosedReason::Verdict(verdict) => (
            verdict.name().to_owned(),
            varaq_carry::exit_code(verdict, None, true),
        ),
        ClosedReason::Unreadable(kind) => (format!("UNREADABLE({kind})"), exit::FAILED),
    };
    if session.json {
        let file = closed.file.to_string();
        let object = json!({ "type": "closed", "file": file, "reason": word, "exit_code": code });
        session.object(&object)?;
    } else {
        let told = session.out_word(&word, Tone::Bad);
        let file = short(&closed.file);
        session.line(&format!("{file}  nothing of this file is shown: {told}"))?;
    }
    Ok(code)
}

/// The exit code for a kept issue that was checked. What copies make up together is whole,
/// whatever is wrong in one of them.
fn code_of(kept: &Kept, report: &Report) -> u8 {
    if kept.files.len() > 1 && report.is_complete() {
        return exit::GOOD;
    }
    varaq_carry::exit_code(kept.verdict, Some(Soundness::of(report)), true)
}

/// How an issue is named on the command line.
fn short(id: &Hash) -> String {
    id.to_string().chars().take(12).collect()
}

/// Says once that another program changes the shelf.
#[derive(Default)]
struct Waiting {
    said: bool,
}

impl Waiting {
    fn hear(&mut self, session: &mut Session<'_, '_>, now: ImportProgress) {
        if now == ImportProgress::Waiting && !std::mem::replace(&mut self.said, true) {
            session.note("waiting for another program that changes the shelf");
        }
    }
}

/// Why the shelf could not be changed.
fn change_failure(what: String, error: &ImportError) -> Failure {
    match error {
        ImportError::Cancelled => Failure::interrupted(),
        ImportError::Library(error) => {
            let failure = library::failure(error);
            Failure {
                causes: std::iter::once(failure.what)
                    .chain(failure.causes)
                    .collect(),
                what,
                ..failure
            }
        }
        ImportError::NoRoom { needed, free } => {
            let cause = format!(
                "it needs {}, and {} are free on the disk",
                words::size(*needed),
                words::size(*free)
            );
            let failure = Failure::failed(what);
            Failure {
                causes: vec![cause],
                ..failure
            }
            .hint("make room, for example with `varaq shelf remove`")
        }
        ImportError::OverLimit { needed, most } => {
            let cause = format!(
                "the shelf would have {}, and --max-size lets it keep {}",
                words::size(*needed),
                words::size(*most)
            );
            let failure = Failure::failed(what);
            Failure {
                causes: vec![cause],
                ..failure
            }
            .hint("`varaq shelf list` says what is kept, `varaq shelf remove` makes room")
        }
        error => Failure::failed(what).because(error),
    }
}
