//! `varaq clean`: a bundle without the bytes that are not its own.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use varaq_carry::{CleanError, Cleaned};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq clean received.varaq -o news.varaq

Foreign bytes behind the end, between the parts and in the room for signatures go, and repair
data with them. Signatures stay; the new file is checked before it gets its name. An incomplete
copy stays incomplete; a damaged one is refused.";

/// Writes a bundle anew with nothing in it that is not the issue's.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Clean {
    /// The bundle
    file: PathBuf,
    /// The new file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Clean {
    /// Says how many bytes were left out.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let cancel = Arc::clone(&session.io.interrupted);
        let mut progress = Progress::new(session, "clean");
        let cleaned =
            varaq_carry::clean(&Disk, &self.file, &self.output, view, &cancel, &mut |now| {
                progress.at(session, now.done_bytes, now.total_bytes)
            });
        drop(progress);
        let cleaned = cleaned.map_err(|error| self.failure(&error))?;
        self.tell(session, &cleaned)?;
        Ok(if cleaned.report.is_partial() {
            exit::INCOMPLETE
        } else {
            exit::GOOD
        })
    }

    fn tell(&self, session: &mut Session<'_, '_>, cleaned: &Cleaned) -> Result<(), Failure> {
        if session.json {
            return session.object(&json!({
                "type": "cleaned", "path": self.file.to_string_lossy(),
                "output": self.output.to_string_lossy(), "from_bytes": cleaned.from_bytes,
                "bytes": cleaned.len_bytes, "dropped_extra_bytes": cleaned.dropped_extra_bytes,
                "dropped_trailer_bytes": cleaned.dropped_trailer_bytes,
                "complete": cleaned.report.is_complete(), "partial": cleaned.report.is_partial(),
            }));
        }
        let dropped = match (cleaned.dropped_extra_bytes, cleaned.dropped_trailer_bytes) {
            (0, 0) => "nothing foreign was in it".to_owned(),
            (extra, 0) => format!("left out {}", words::count(extra, "foreign byte")),
            (0, trailer) => format!("left out {} of repair data", words::count(trailer, "byte")),
            (extra, trailer) => format!(
                "left out {} and {} of repair data",
                words::count(extra, "foreign byte"),
                words::count(trailer, "byte")
            ),
        };
        let partial = if cleaned.report.is_partial() {
            "; incomplete, as it was before"
        } else {
            ""
        };
        session.line(&format!(
            "{}  {}, checked; {dropped}{partial}",
            words::path(&self.output),
            words::size(cleaned.len_bytes)
        ))
    }

    fn failure(&self, error: &CleanError) -> Failure {
        if matches!(error, CleanError::Interrupted) {
            return Failure::interrupted();
        }
        let what = format!("cannot clean {}", words::path(&self.file));
        let failure = Failure::new(error.code(), what).because(error);
        match error {
            CleanError::TargetThere => {
                failure.hint("nothing is overwritten: name another file, or remove that one")
            }
            CleanError::Damaged { .. } | CleanError::HeadOnly => failure.hint(
                "varaq check names what is damaged; another copy of the issue may have it whole",
            ),
            CleanError::NotAuthentic(_) => {
                failure.hint("only what is signed by its publisher can be told from foreign bytes")
            }
            _ => failure,
        }
    }
}
