//! `varaq copy`: bundles to a stick, read back from there before they get their names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use varaq_carry::{
    Copied, CopyError, CopyEvent, CopyOptions, CopySummary, FileReport, Lie, NotCopied, Stage,
};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::reading::meaning;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq copy news.varaq /media/stick
  varaq copy issues/*.varaq /media/stick --resume
  varaq copy news.varaq /media/stick/holiday.jpg

Everything is checked, written, and read back from the stick itself; only then do the files get
their names. A file that is there already is compared and never replaced. When a stick was pulled
out, the same command goes on where it had stopped.";

/// Copies bundles to a stick.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Copy {
    /// The bundles
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder to copy to, or a new name for one file
    #[arg(value_name = "DEST")]
    dest: PathBuf,
    /// Copy also what is not authentic, damaged or no bundle
    #[arg(long)]
    any: bool,
    /// When interrupted, keep what is written so far as FILE.part to go on from
    #[arg(long)]
    resume: bool,
}

impl Copy {
    /// A line for each file; how to take the stick out at the end.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let options = CopyOptions {
            any: self.any,
            keep_parts: self.resume,
        };
        let cancel = Arc::clone(&session.io.interrupted);
        let mut bar = Bar::new(session, Stage::Checking);
        let mut closed = None;
        let copied = varaq_carry::copy(
            &Disk,
            &self.files,
            &self.dest,
            view,
            &options,
            &cancel,
            &mut |event| {
                let told = tell(session, &mut bar, event);
                closed = closed.take().or(told.err());
            },
        );
        drop(bar);
        let summary = copied.map_err(|error| self.failure(&error))?;
        if let Some(failure) = closed {
            return Err(failure);
        }
        last_words(session, &summary)?;
        Ok(summary.code)
    }

    fn failure(&self, error: &CopyError) -> Failure {
        match error {
            CopyError::Interrupted if self.resume => {
                Failure::interrupted().hint("the same command goes on where this one stopped")
            }
            _ => cannot_copy(&self.dest, error),
        }
    }
}

/// Why nothing was copied, or no more.
pub(super) fn cannot_copy(dest: &Path, error: &CopyError) -> Failure {
    match error {
        CopyError::Interrupted => Failure::interrupted(),
        CopyError::NoRoom {
            needed_bytes,
            free_bytes,
        } => Failure::failed(format!(
            "there is not enough room at {}: {} needed, {} free",
            words::path(dest),
            words::size(*needed_bytes),
            words::size(*free_bytes)
        ))
        .hint("nothing was written; make room, or copy fewer files"),
        CopyError::NotAFolder(path) => {
            Failure::failed(format!("{} is no folder", words::path(path)))
                .hint("name the folder where the stick is, or a new name for a single file")
        }
        CopyError::TwoOfOneName(name) => {
            Failure::usage(format!("two of the files are called {}", words::path(name)))
                .hint("copy them into different folders")
        }
    }
}

/// The progress of one stage after the other.
pub(super) struct Bar {
    progress: Progress,
    stage: Stage,
}

impl Bar {
    /// Nothing is done yet.
    pub(super) fn new(session: &Session<'_, '_>, stage: Stage) -> Bar {
        Bar {
            progress: Progress::new(session, name(stage)),
            stage,
        }
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Checking => "copy: check",
        Stage::Comparing => "copy: compare",
        Stage::Writing => "copy: write",
        Stage::ReadingBack => "copy: read back",
    }
}

/// A line for each file, and the bar.
pub(super) fn tell(
    session: &mut Session<'_, '_>,
    bar: &mut Bar,
    event: CopyEvent,
) -> Result<(), Failure> {
    match event {
        CopyEvent::Begin { files, bytes } => session.detail(&format!(
            "{}, {} to write",
            words::count(files, "file"),
            words::size(bytes)
        )),
        CopyEvent::Progress { stage, done, total } => {
            if stage != bar.stage {
                bar.progress = Progress::new(session, name(stage));
                bar.stage = stage;
            }
            bar.progress.at(session, done, total);
        }
        CopyEvent::Copied(copied) => return bar.progress.aside(|| one(session, &copied)),
        CopyEvent::Failed(target, why) => {
            let failure = not_copied(&target, &why);
            bar.progress.aside(|| session.fail(&failure));
        }
    }
    Ok(())
}

fn one(session: &mut Session<'_, '_>, copied: &Copied) -> Result<(), Failure> {
    if session.json {
        return session.object(&json!({
            "type": "copied", "path": copied.target.to_string_lossy(), "bytes": copied.len_bytes,
            "blake3": copied.hash.to_string(), "resumed_bytes": copied.resumed_bytes,
            "was_there": copied.was_there,
        }));
    }
    let size = words::size(copied.len_bytes);
    let path = words::path(&copied.target);
    let how = match (copied.was_there, copied.resumed_bytes) {
        (true, _) => "already there, the same bytes".to_owned(),
        (false, 0) => "copied and read back".to_owned(),
        (false, bytes) => format!(
            "copied and read back; {} were there from before",
            words::size(bytes)
        ),
    };
    session.line(&format!("{path}  {size}  {how}"))
}

/// Why a file is not there, and what to do.
fn not_copied(target: &Path, why: &NotCopied) -> Failure {
    let path = words::path(target);
    let failure = Failure::new(why.code(), format!("{path} was not copied"));
    match why {
        NotCopied::Refused(report) => refused(failure, report),
        NotCopied::OtherThere => failure
            .because(why)
            .hint("nothing is overwritten: remove that one, or copy under another name"),
        NotCopied::TooLarge { .. } => failure.because(why).hint(
            "this stick is formatted as FAT: another one with exFAT takes files of any length",
        ),
        NotCopied::Full => failure.because(why).hint("make room and copy again"),
        NotCopied::NotAsWritten(lie) => lied(failure, why, lie),
        NotCopied::NotBegun => failure.because(why),
        NotCopied::NotAFile => failure.because(why).hint("name files, not folders"),
        NotCopied::Write(_) | NotCopied::ReadBack(_) => failure
            .because(why)
            .hint("the stick or its connection fails: try another port, then another stick"),
        NotCopied::Source(_) | NotCopied::SourceChanged => failure.because(why),
    }
}

fn refused(mut failure: Failure, report: &FileReport) -> Failure {
    let verdict = report.verdict;
    let what = match report.code {
        1 => "it cannot be read to its end".to_owned(),
        22 | 23 if verdict.is_valid() => "parts of it are damaged or foreign".to_owned(),
        _ => format!("{}: {}", verdict.name(), meaning(verdict)),
    };
    let path = words::path(&report.path);
    failure.causes.push(format!("{path}: {what}"));
    let hint = match report.code {
        22 => "varaq clean makes a sound file of it; --any copies it as it is",
        23 => "varaq check names what is damaged; look for another copy of it",
        1 => "its disk fails",
        _ => "--any copies it nevertheless",
    };
    failure.hint(hint)
}

fn lied(failure: Failure, why: &NotCopied, lie: &Lie) -> Failure {
    let mut failure = failure.because(why);
    failure.causes.push(format!(
        "the stick said that all was written, and begins to give back other bytes {} into this \
         file, {} after the copy began",
        words::size(lie.at_bytes),
        words::size(lie.written_bytes)
    ));
    failure.hint(
        "the stick is smaller than it says, or broken: do not use it for anything; only files \
         that are called copied here are really on it",
    )
}

fn last_words(session: &mut Session<'_, '_>, summary: &CopySummary) -> Result<(), Failure> {
    if session.json {
        session.object(&json!({
            "type": "copy", "copied": summary.copied, "already_there": summary.there,
            "not_copied": summary.failed, "exit_code": summary.code,
        }))?;
    }
    if summary.copied > 0 {
        session.note(
            "now wait until the light of the stick has stopped blinking, then eject it, then pull \
             it out",
        );
    }
    if summary.failed > 0 && summary.code == exit::GOOD {
        return Err(Failure::failed("not everything was copied"));
    }
    Ok(())
}
