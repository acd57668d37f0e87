//! `varaq shelf import`: each bundle is judged, copied, read back and kept, or nothing of it.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_bundle::Report;
use varaq_shelf::{ImportError, ImportOptions, ImportProgress, Imported, Mode, Outcome};
use varaq_trust::Verdict;

use super::{Waiting, change_failure, code_of, short};
use crate::exit;
use crate::failure::Failure;
use crate::library::{self, Bundle, Place, Shelf, going_on};
use crate::progress::Progress;
use crate::reading::{self, refusal};
use crate::session::{Session, Tone};
use crate::state;
use crate::verb::info::facts_fields;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq shelf import news.varaq
  varaq shelf import /media/stick --max-size 2GB
  varaq shelf import news.varaq --portable /media/stick/shelf

Only issues of publishers that you trust are kept. What is kept was copied, read back from the
disk and checked. Columns: outcome (new, more of a partial issue, known already), id, articles
here/all, publisher and issue, path.";

/// `shelf import`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Import {
    /// Files, and folders with everything in them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Let the shelf grow to this size at most: bytes, or 500MB, 2GB
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_size: Option<u64>,
    #[command(flatten)]
    place: Place,
}

/// What the files of one run have in common.
struct Run<'p> {
    options: ImportOptions,
    waiting: Waiting,
    progress: &'p mut Progress,
    done: u64,
    total: u64,
}

impl Import {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        self.place.choose(session);
        state::load(session)?;
        let (bundles, mut code) = library::bundles(session, &self.paths, None)?;
        if bundles.is_empty() {
            session.note("no bundle found");
            return Ok(code);
        }
        let mut shelf = Shelf::open(session, &self.place)?;
        let mut progress = Progress::new(session, "import");
        let mut run = Run {
            options: ImportOptions {
                visit: shelf.library.next_visit(),
                most_bytes: self.max_size,
            },
            waiting: Waiting::default(),
            progress: &mut progress,
            done: 0,
            total: bundles.iter().map(Bundle::work_bytes).sum(),
        };
        for bundle in &bundles {
            code = exit::worse(code, run.import(session, &mut shelf, bundle)?);
            run.done += bundle.work_bytes();
        }
        drop(progress);
        if shelf.library.mode() == Mode::Computer {
            // What is incomplete was said already.
            shelf.fill(session)?;
        }
        Ok(code)
    }
}

impl Bundle {
    /// Bytes that are written and read back.
    fn work_bytes(&self) -> u64 {
        self.len_bytes.saturating_mul(2)
    }
}

impl Run<'_> {
    fn import(
        &mut self,
        session: &mut Session<'_, '_>,
        shelf: &mut Shelf,
        bundle: &Bundle,
    ) -> Result<u8, Failure> {
        let imported = self.copy(session, shelf, bundle);
        let imported = imported.and_then(|mut imported| {
            self.check_again(session, shelf, bundle, &mut imported)?;
            Ok(imported)
        });
        match imported {
            Ok(imported) => {
                learn_notices(session, shelf, &imported);
                self.progress
                    .aside(|| tell(session, shelf, bundle, &imported))
            }
            Err(failure) if failure.code == exit::INTERRUPTED => Err(failure),
            Err(failure) => self.progress.aside(|| refused(session, bundle, &failure)),
        }
    }

    fn copy(
        &mut self,
        session: &mut Session<'_, '_>,
        shelf: &mut Shelf,
        bundle: &Bundle,
    ) -> Result<Imported, Failure> {
        let mut file = reading::open_file(&bundle.path)?;
        let view = state::view(session, &shelf.state);
        let library = &mut shelf.library;
        let imported = library.import(&mut file, view, &self.options, &mut |now| {
            self.waiting.hear(session, now);
            let part = match now {
                ImportProgress::Waiting => 0,
                ImportProgress::Copying(now) => now.done_bytes,
                ImportProgress::Checking(now) => bundle.len_bytes.saturating_add(now.done_bytes),
            };
            self.progress.at(session, self.done + part, self.total);
            going_on(session)
        });
        imported.map_err(|error| why_not(bundle, &error))
    }
}

impl Run<'_> {
    /// What is kept and not known to be whole is read once more: a run that was killed may have
    /// kept it without a word.
    fn check_again(
        &mut self,
        session: &mut Session<'_, '_>,
        shelf: &mut Shelf,
        bundle: &Bundle,
        imported: &mut Imported,
    ) -> Result<(), Failure> {
        let kept = shelf.library.find(&imported.issue);
        if imported.report.is_some() || kept.is_none_or(|kept| kept.whole) {
            return Ok(());
        }
        let view = state::view(session, &shelf.state);
        let checked = shelf.library.check(&imported.issue, view, &mut |now| {
            self.waiting.hear(session, now);
            going_on(session)
        });
        let what = || format!("{} cannot be checked", words::path(&bundle.path));
        imported.report = Some(checked.map_err(|error| change_failure(what(), &error))?);
        Ok(())
    }
}

fn why_not(bundle: &Bundle, error: &ImportError) -> Failure {
    let path = words::path(&bundle.path);
    let ImportError::Refused { verdict, .. } = error else {
        return change_failure(format!("{path} is not kept"), error);
    };
    let failure = refusal(&bundle.path, *verdict, &bundle.name);
    let failure = Failure {
        what: format!("{path} is not kept: {}", verdict.name()),
        ..failure
    };
    match verdict {
        Verdict::UnknownPublisher => failure.hint(format!(
            "its publisher calls itself {}; compare its code, then `varaq trust add CODE {path}`",
            words::claim(&bundle.name)
        )),
        Verdict::ImpostorName => failure.hint(format!(
            "it calls itself {}, but is not the publisher you trust by that name",
            words::claim(&bundle.name)
        )),
        _ => failure,
    }
}

fn refused(
    session: &mut Session<'_, '_>,
    bundle: &Bundle,
    failure: &Failure,
) -> Result<u8, Failure> {
    if session.json {
        let path = bundle.path.to_string_lossy();
        let object = json!({
            "type": "import", "path": path, "outcome": "refused", "exit_code": failure.code,
        });
        session.object(&object)?;
    }
    session.fail(failure);
    Ok(failure.code)
}

/// Corrections and retractions that came with an issue stay known when it is gone.
fn learn_notices(session: &mut Session<'_, '_>, shelf: &Shelf, imported: &Imported) {
    let Some(kept) = shelf.library.find(&imported.issue) else {
        return;
    };
    let issue = shelf.library.issue(&imported.issue, shelf.view(session));
    if let Ok(issue) = issue {
        let (_, told) = varaq_trust::read_notices(&kept.facts, &issue);
        state::learn(session, &told);
    }
}

fn tell(
    session: &mut Session<'_, '_>,
    shelf: &Shelf,
    bundle: &Bundle,
    imported: &Imported,
) -> Result<u8, Failure> {
    let word = match imported.outcome {
        Outcome::New => "new",
        Outcome::More => "more",
        Outcome::Known => "known",
    };
    let Some(kept) = shelf.library.find(&imported.issue) else {
        // Another program has taken it off again, or the disk does not give it any more.
        let what = format!("{} was kept and is gone", words::path(&bundle.path));
        return Err(Failure::failed(what).hint("see `varaq shelf list`"));
    };
    let report = imported.report.as_ref();
    let code = report.map_or(exit::GOOD, |report| code_of(kept, report));
    let whole = report.map(|report| report.articles_whole);
    let all = report.and_then(|report| report.articles_listed);
    if session.json {
        let mut object = json!({
            "type": "import", "path": bundle.path.to_string_lossy(), "outcome": word,
            "verdict": kept.verdict.name(), "whole": kept.whole, "articles": whole,
            "articles_of": all, "exit_code": code,
        });
        if let Some(fields) = object.as_object_mut() {
            fields.extend(facts_fields(&kept.facts, kept.verdict));
        }
        session.object(&object)?;
        return Ok(code);
    }
    let counted = |count: Option<u32>| count.map_or("?".to_owned(), |count| count.to_string());
    let articles = match report {
        Some(_) => format!("{}/{}", counted(whole), counted(all)),
        None => "-".to_owned(),
    };
    let tone = if code == exit::GOOD {
        Tone::Good
    } else {
        Tone::Careful
    };
    let mut line = format!(
        "{}  {}  {articles:>11}  {}  {}",
        session.out_word(&format!("{word:<5}"), tone),
        short(&imported.issue),
        library::issue_name(kept),
        words::path(&bundle.path)
    );
    if code != exit::GOOD {
        let complete = report.is_some_and(Report::is_complete);
        line.push_str(if complete {
            "  DAMAGED"
        } else {
            "  INCOMPLETE"
        });
    }
    session.line(&line)?;
    Ok(code)
}

/// `500MB`, `2 GB`, `1000000`: powers of 1,000, as sizes are told.
fn parse_size(text: &str) -> Result<u64, &'static str> {
    const EXPECTED: &str = "expected a number of bytes, or one with kB, MB, GB or TB";
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, unit) = text.split_at(end.unwrap_or(text.len()));
    let scale = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        _ => return Err(EXPECTED),
    };
    let count: u64 = digits.parse().map_err(|_| EXPECTED)?;
    count.checked_mul(scale).ok_or(EXPECTED)
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn a_size_is_a_number_and_a_unit() {
        assert_eq!(parse_size("1000"), Ok(1_000));
        assert_eq!(parse_size("2 GB"), Ok(2_000_000_000));
        assert_eq!(parse_size("500m"), Ok(500_000_000));
        for wrong in ["", "GB", "-1", "1.5GB", "1 XB", "99999999999TB"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }
}
