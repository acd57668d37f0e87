//! `varaq shelf rebuild`: every kept bundle is read and checked again, and the index made anew.

use std::sync::Arc;

use clap::Args;
use serde_json::json;
use varaq_bundle::Report;
use varaq_shelf::{ImportProgress, Kept};

use super::{Waiting, change_failure, code_of, short, tell_closed};
use crate::exit;
use crate::failure::Failure;
use crate::library::{self, Place, Shelf, going_on};
use crate::progress::Progress;
use crate::session::{Session, Tone};
use crate::state;
use crate::verb::info::facts_fields;

const EXAMPLES: &str = "\
Examples:
  varaq shelf rebuild
  varaq shelf rebuild --json | jq -r 'select(.whole == false) | .manifest'

The index is only a cache: nothing is lost with it. What was read and starred stays.";

/// `shelf rebuild`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Rebuild {
    #[command(flatten)]
    place: Place,
}

impl Rebuild {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        self.place.choose_existing(session)?;
        let mut shelf = Shelf::open(session, &self.place)?;
        if shelf.library.index().is_read_only() {
            return Err(
                Failure::failed("another program uses the index of the shelf")
                    .hint("close it, then run this again"),
            );
        }
        let renewed = shelf.library.renew_index();
        renewed.map_err(|error| library::failure(&error))?;
        let mut code = check_all(session, &mut shelf)?;
        for closed in shelf.library.closed() {
            code = exit::worse(code, tell_closed(session, closed)?);
        }
        // What is incomplete was said already.
        shelf.fill(session)?;
        Ok(code)
    }
}

fn check_all(session: &mut Session<'_, '_>, shelf: &mut Shelf) -> Result<u8, Failure> {
    let all: Vec<Arc<Kept>> = shelf.library.kept().to_vec();
    let total = all.iter().map(|kept| kept.len_bytes).sum();
    let mut progress = Progress::new(session, "rebuild");
    let (mut done, mut code, mut waiting) = (0, exit::GOOD, Waiting::default());
    for kept in all {
        let view = state::view(session, &shelf.state);
        let checked = shelf.library.check(&kept.id(), view, &mut |now| {
            waiting.hear(session, now);
            if let ImportProgress::Checking(now) = now {
                progress.at(session, done + now.done_bytes, total);
            }
            going_on(session)
        });
        let told = match checked {
            Ok(report) => progress.aside(|| tell(session, &kept, &report))?,
            Err(error) => {
                let what = format!("{} cannot be checked", library::issue_name(&kept));
                let failure = change_failure(what, &error);
                if failure.code == exit::INTERRUPTED {
                    return Err(failure);
                }
                progress.aside(|| session.fail(&failure));
                failure.code
            }
        };
        code = exit::worse(code, told);
        done += kept.len_bytes;
    }
    Ok(code)
}

fn tell(session: &mut Session<'_, '_>, kept: &Kept, report: &Report) -> Result<u8, Failure> {
    let code = code_of(kept, report);
    if session.json {
        let mut object = json!({
            "type": "checked", "verdict": kept.verdict.name(), "whole": report.is_complete(),
            "articles": report.articles_whole, "articles_of": report.articles_listed,
            "exit_code": code,
        });
        if let Some(fields) = object.as_object_mut() {
            fields.extend(facts_fields(&kept.facts, kept.verdict));
        }
        session.object(&object)?;
        return Ok(code);
    }
    let all = report.articles_listed;
    let all = all.map_or("?".to_owned(), |all| all.to_string());
    let (word, tone) = if report.is_complete() {
        ("whole".to_owned(), Tone::Good)
    } else {
        (
            format!("{} of {all} articles", report.articles_whole),
            Tone::Careful,
        )
    };
    let word = session.out_word(&word, tone);
    let (id, name) = (short(&kept.id()), library::issue_name(kept));
    session.line(&format!("{id}  {name}: {word}"))?;
    Ok(code)
}
