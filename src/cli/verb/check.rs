//! `varaq check`: files, folders and sticks, without reading any article.

mod relations;
mod report;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use varaq_bundle::Sample;
use varaq_carry::{CheckOptions, Event};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::mended;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq check news.varaq
  varaq check /media/stick --require-trusted
  varaq check /media/stick --against ~/issues
  varaq check archive/ --sample 5
  varaq check sticks/ --json | jq -r 'select(.exit_code > 0) | .path'

Columns: verdict, channel epoch/number, articles here/all, path. Words after the path say
what is missing or damaged, and what an unknown publisher calls itself. SIDE_FILE(…) is about
FILE.sig beside a bundle: good, wrong (it was made of the file in another state), stranger (its
key does not sign this issue) or unreadable. TRAILER(…) is repair data behind a bundle, or what a
delta says of the whole file. SAMPLE(…) says how much was not read. FOREIGN lines
name files that are no bundles and could do harm, SAME and OLDER lines what the bundles are to
each other. None of these changes a verdict or an exit code.";

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
    /// Read only about so many of 100 pieces, always the same ones; says what was not read
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
    sample: Option<u8>,
    /// Draw another sample
    #[arg(long, value_name = "N", default_value_t = 0, requires = "sample")]
    seed: u64,
    /// Say how each bundle stands to this copy, or to those in this folder
    #[arg(long, value_name = "FILE|DIR")]
    against: Option<PathBuf>,
    /// Show the titles of issues
    #[arg(long)]
    titles: bool,
}

impl Check {
    /// One line a file as soon as it is done, then one for each issue with several copies.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let options = CheckOptions {
            require_trusted: self.require_trusted,
            sample: self.sample.map(|percent| Sample {
                percent,
                seed: self.seed,
            }),
            against: self.against,
            titles: self.titles,
            ..CheckOptions::default()
        };
        let cancel = Arc::clone(&session.io.interrupted);
        let mut progress = Progress::new(session, "check");
        let mut closed = None;
        let mut code = exit::GOOD;
        let checked =
            varaq_carry::check(&Disk, &self.paths, view, &options, &cancel, &mut |event| {
                if closed.is_none() {
                    let told = match &event {
                        Event::Foreign(path, _) => mended::ours(session, path),
                        _ => Ok(None),
                    };
                    closed = match told {
                        Ok(Some(ours)) => {
                            code = exit::worse(code, ours);
                            None
                        }
                        Ok(None) => tell(session, &mut progress, event).err(),
                        Err(failure) => Some(failure),
                    };
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
                Ok(exit::worse(code, summary.code))
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
        Event::Foreign(path, odd) => {
            return progress.aside(|| relations::foreign(session, &path, &odd));
        }
        Event::Unreadable(path, error) => {
            let failure =
                Failure::failed(format!("cannot read {}", words::path(&path))).because(&error);
            progress.aside(|| session.fail(&failure));
        }
        Event::File(report) => return progress.aside(|| report::file(session, &report)),
        Event::Issue(report) => return progress.aside(|| report::issue(session, &report)),
        Event::Same(same) => return progress.aside(|| relations::same(session, &same)),
        Event::Series(series) => return progress.aside(|| relations::series(session, &series)),
    }
    Ok(())
}
