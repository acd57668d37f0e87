//! `varaq join`: parts become a bundle again.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_carry::mend::{JoinError, JoinReport, JudgeError, NamedPart, join};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::mended::ticking;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq join parts/* -o news.varaq
  varaq join part-1-of-7.bin part-4-of-7.bin part-5-of-7.bin part-7-of-7.bin -o news.varaq

Any parts in any order, as many as are needed. What is damaged is named and not used. The file is
read back and checked before it gets its name. The last line says which parts are missing.";

/// Joins parts.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Join {
    /// The parts
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// The bundle to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Join {
    /// Names what is wrong with a part, then the receipt.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let mut progress = Progress::new(session, "join");
        let joined = join(
            &Disk,
            &self.parts,
            &self.output,
            view,
            &mut |done, total| ticking(session, &mut progress, done, total),
        );
        drop(progress);
        let report = joined.map_err(|error| self.failure(&error))?;
        for (path, named) in &report.named {
            if let Some(state) = said(*named) {
                session.warn(&format!("{}: {state}", words::path(path)));
            }
        }
        self.receipt(session, &report)?;
        Ok(match &report.written {
            Some((verdict, _)) => varaq_carry::exit_code(*verdict, None, false),
            None if report.missing.len() + usize::from(report.need) > usize::from(report.parts) => {
                exit::INCOMPLETE
            }
            None => exit::DAMAGED,
        })
    }

    fn receipt(&self, session: &mut Session<'_, '_>, report: &JoinReport) -> Result<(), Failure> {
        if session.json {
            let named: Vec<_> = report
                .named
                .iter()
                .map(|(path, named)| json!({ "path": path.to_string_lossy(), "state": state_name(*named) }))
                .collect();
            return session.object(&json!({
                "type": "joined", "path": self.output.to_string_lossy(), "manifest": report.manifest.to_string(),
                "parts": report.parts, "need": report.need, "missing": report.missing, "files": named,
                "written": report.written.is_some(),
                "verdict": report.written.as_ref().map(|(verdict, _)| verdict.name()),
            }));
        }
        let here = usize::from(report.parts).saturating_sub(report.missing.len());
        let missing: Vec<String> = report.missing.iter().map(ToString::to_string).collect();
        let missing = if missing.is_empty() {
            "none is missing".to_owned()
        } else {
            format!("missing: {}", missing.join(", "))
        };
        let receipt = format!(
            "{here} of {} parts here, {} needed; {missing}",
            report.parts, report.need
        );
        match &report.written {
            Some((verdict, _)) => session.line(&format!(
                "{}: whole, {}; {receipt}",
                words::path(&self.output),
                verdict.name()
            )),
            None => session.line(&format!(
                "not joined: {receipt}; the same set of parts is needed, whole"
            )),
        }
    }

    fn failure(&self, error: &JoinError) -> Failure {
        let what = format!("{} was not written", words::path(&self.output));
        match error {
            JoinError::Cancelled => Failure::interrupted(),
            JoinError::NoParts(_) => Failure::new(exit::NOT_A_BUNDLE, what).because(error).hint(
                "parts are what `varaq split` writes; damaged copies of a bundle: varaq repair",
            ),
            JoinError::AlreadyThere => Failure::failed(what)
                .because(error)
                .hint("nothing is overwritten: name another file with -o"),
            JoinError::Lie(JudgeError::Refused(verdict)) => {
                Failure::new(varaq_carry::exit_code(*verdict, None, false), what).because(error)
            }
            JoinError::Lie(_) => Failure::new(exit::NOT_AUTHENTIC, what).because(error),
            JoinError::Io(_) => Failure::failed(what).because(error),
        }
    }
}

/// What to say of a file that was not used as it is.
fn said(named: NamedPart) -> Option<String> {
    match named {
        NamedPart::Good(_) => None,
        NamedPart::Doubled(part) => Some(format!("part {part} once more, not needed")),
        NamedPart::Damaged(part) => Some(format!(
            "part {part} is damaged; what is wrong of it was not used"
        )),
        NamedPart::Unreadable => Some("no part, or damaged beyond use: ignored".to_owned()),
        NamedPart::Foreign => Some("a part of something else: ignored".to_owned()),
    }
}

fn state_name(named: NamedPart) -> &'static str {
    match named {
        NamedPart::Good(_) => "good",
        NamedPart::Doubled(_) => "doubled",
        NamedPart::Damaged(_) => "damaged",
        NamedPart::Unreadable => "unreadable",
        NamedPart::Foreign => "foreign",
    }
}
