//! `varaq repair`: damaged copies become a whole one.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_bundle::Hash;
use varaq_carry::Soundness;
use varaq_carry::mend::{RepairError, RepairOptions, RepairReport, issues_in, repair};
use varaq_storage::{Access, Disk, make_folder};
use varaq_trust::Facts;

use crate::exit;
use crate::failure::Failure;
use crate::mended::ticking;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq repair bad-copy.varaq other-bad-copy.varaq -o news.varaq
  varaq repair bad-copy.varaq bad-copy.varaq.parity -o news.varaq
  varaq repair bad-copy.varaq last-week.varaq -o news.varaq     (other issues share pieces)
  varaq repair stick.img -o rescued/                            (every issue that is found)
  varaq repair cut.varaq -o news.varaq --partial                (what is left, as a valid bundle)

Copies may be damaged, cut off or incomplete, and repair data too. Nothing is written that its publisher's
signatures do not prove, and nothing half: the file is read back before it gets its name. With one FILE as
target it is the issue of the first file that has a readable head; with a folder, all of them.";

/// Rebuilds a whole file.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Repair {
    /// Damaged copies, repair data, other issues, images of sticks
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The file to write; or a folder (there already, or with a / at its end) for every issue found
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// If not everything is left, write what is, as a valid incomplete bundle
    #[arg(long)]
    partial: bool,
}

impl Repair {
    /// One line an issue, and what is missing of it.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let text = self.output.to_string_lossy();
        let folder = self.output.is_dir()
            || text.ends_with('/')
            || text.ends_with(std::path::MAIN_SEPARATOR);
        if !folder {
            return self.one(session, &self.output, None);
        }
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let mut progress = Progress::new(session, "repair");
        let issues = issues_in(&Disk, &self.files, view, &mut |done, total| {
            ticking(session, &mut progress, done, total)
        });
        drop(progress);
        let issues = issues.map_err(|error| failure(&self.output, &error))?;
        make_folder(&Disk, &self.output, Access::Usual)
            .map_err(|error| Failure::failed("the folder cannot be made").because(&error))?;
        let mut code = exit::GOOD;
        for issue in &issues {
            let target = self.output.join(name(issue));
            match self.one(session, &target, Some(issue.issue.id)) {
                Ok(one) => code = exit::worse(code, one),
                Err(failure) if failure.code == exit::INTERRUPTED => return Err(failure),
                Err(failure) => {
                    session.fail(&failure);
                    code = exit::worse(code, failure.code);
                }
            }
        }
        Ok(code)
    }

    fn one(
        &self,
        session: &mut Session<'_, '_>,
        target: &Path,
        manifest: Option<Hash>,
    ) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let options = RepairOptions {
            manifest,
            partial: self.partial,
        };
        let mut progress = Progress::new(session, "repair");
        let repaired = repair(
            &Disk,
            &self.files,
            target,
            &options,
            view,
            &mut |done, total| ticking(session, &mut progress, done, total),
        );
        drop(progress);
        let report = repaired.map_err(|error| failure(target, &error))?;
        for (path, error) in &report.unreadable {
            let what = format!("cannot read {}", words::path(path));
            session.fail(&Failure::failed(what).because(error));
        }
        tell(session, target, &report)?;
        let found = if report.whole || report.written {
            Soundness::of(&report.report)
        } else {
            Soundness {
                damaged: true,
                ..Soundness::default()
            }
        };
        let code = varaq_carry::exit_code(report.verdict, Some(found), false);
        // A source that could not be read is no matter when the file is whole without it.
        let unreadable = !report.whole && !report.unreadable.is_empty();
        Ok(if unreadable {
            exit::worse(code, exit::FAILED)
        } else {
            code
        })
    }
}

/// Names an issue by its channel and number, and by its manifest: two publishers may have the same.
fn name(facts: &Facts) -> String {
    let issue = &facts.issue;
    let id = issue.id.to_string();
    let id = id.get(..8).unwrap_or_default();
    format!(
        "{}-{}-{}-{id}.varaq",
        issue.channel, issue.epoch, issue.number
    )
}

fn tell(
    session: &mut Session<'_, '_>,
    target: &Path,
    report: &RepairReport,
) -> Result<(), Failure> {
    let issue = &report.facts.issue;
    let found = &report.report;
    if session.json {
        return session.object(&json!({
            "type": "repaired", "path": target.to_string_lossy(), "verdict": report.verdict.name(),
            "manifest": issue.id.to_string(), "channel": issue.channel, "epoch": issue.epoch, "number": issue.number,
            "whole": report.whole, "written": report.written, "exact": report.exact,
            "missing": report.missing, "table_missing": report.table_missing,
            "articles": found.articles_whole, "articles_of": found.articles_listed,
        }));
    }
    let place = words::path(target);
    let name = format!("{} {}/{}", issue.channel, issue.epoch, issue.number);
    if report.whole {
        let exact = if report.exact {
            "byte for byte as it was made"
        } else {
            "whole; how the original file lay is not known, so spare copies of pieces are left out"
        };
        return session.line(&format!(
            "{place}: {name}, {}, {exact}",
            report.verdict.name()
        ));
    }
    let all = found
        .articles_listed
        .map_or("?".to_owned(), |all| all.to_string());
    let left = format!("{} of {all} articles are whole", found.articles_whole);
    let state = if report.written {
        "incomplete"
    } else {
        "not written"
    };
    session.line(&format!(
        "{place}: {name}, {}, {state}: {left}",
        report.verdict.name()
    ))?;
    if report.table_missing {
        session.line("  missing: part of the list of pieces")?;
    }
    let count = report.missing.iter().fold(0_u64, |sum, (first, last)| {
        sum.saturating_add(u64::from(last.saturating_sub(*first)))
            .saturating_add(1)
    });
    if count > 0 {
        session.line(&format!(
            "  missing: {} of {}: {}",
            words::count(count, "piece"),
            issue.piece_count,
            ranges(report)
        ))?;
    }
    if !report.written {
        session.note("another copy, repair data or another issue may have them; --partial writes what is left");
    }
    Ok(())
}

/// `3, 7-9 and 2 more places`.
fn ranges(report: &RepairReport) -> String {
    const NAMED: usize = 12;
    let one = |(first, last): &(u32, u32)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    };
    let mut named = report
        .missing
        .iter()
        .take(NAMED)
        .map(one)
        .collect::<Vec<_>>()
        .join(", ");
    let more = report.missing.len().saturating_sub(NAMED) as u64;
    if more > 0 {
        named.push_str(&format!(" and {}", words::count(more, "more place")));
    }
    named
}

fn failure(target: &Path, error: &RepairError) -> Failure {
    let what = format!("{} was not written", words::path(target));
    match error {
        RepairError::Cancelled => Failure::interrupted(),
        RepairError::NothingFound => Failure::new(exit::NOT_A_BUNDLE, what)
            .because(error)
            .hint("name damaged copies, repair data or the image of a stick"),
        RepairError::NoHead | RepairError::NoTable => Failure::new(exit::DAMAGED, what)
            .because(error)
            .hint("one more copy may have it, even a damaged one, or a part of it; repair data has it twice"),
        RepairError::Refused(verdict) => {
            Failure::new(varaq_carry::exit_code(*verdict, None, false), what)
                .because(error)
                .hint("another copy may have a head that is whole: name it too")
        }
        RepairError::AlreadyThere => Failure::failed(what)
            .because(error)
            .hint("nothing is overwritten: name another file with -o"),
        RepairError::ReadBack | RepairError::Unreadable { .. } | RepairError::Io(_) => {
            Failure::failed(what).because(error)
        }
    }
}
