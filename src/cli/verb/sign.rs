//! `varaq sign`: one more signature, by a key of the publisher or from another copy.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use serde_json::json;
use varaq_press::{InspectError, SignError, SignReport, merge_signatures, sign};

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::secret;
use crate::session::Session;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq sign news.varaq --key desk/signer-1.key
  VARAQ_PASSPHRASE_FILE=secret varaq sign news.varaq --key /media/stick/signer-2.key
  varaq sign news.varaq --merge news-signed-elsewhere.varaq    (takes over its signatures)

Before anything is signed, the whole issue is read and decoded again.";

/// Adds a signature to an issue.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("by").required(true))]
pub struct Sign {
    /// The bundle
    file: PathBuf,
    /// The key file of one signer
    #[arg(long, group = "by")]
    key: Option<PathBuf>,
    /// Another copy of this issue, whose signatures are added
    #[arg(long, group = "by", value_name = "OTHER")]
    merge: Option<PathBuf>,
}

impl Sign {
    /// Adds one signature, or those of another copy, and says how many are missing.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let cannot = |error: SignError| failure(&self.file, &error);
        let report = match (&self.key, &self.merge) {
            (Some(path), _) => self.sign(session, path)?,
            (None, Some(other)) => merge_signatures(&self.file, other).map_err(cannot)?,
            (None, None) => return Err(Failure::usage("--key or --merge is expected")),
        };
        let missing = report.need.saturating_sub(report.have);
        if session.json {
            session.object(&json!({
                "type": "signed", "path": self.file.to_string_lossy(), "manifest": report.manifest.to_string(),
                "channel": report.channel, "epoch": report.epoch, "number": report.number,
                "added": report.added.len(), "have": report.have, "need": report.need, "missing": missing,
            }))?;
            return Ok(exit::GOOD);
        }
        session.line(&told(&report, missing))?;
        Ok(exit::GOOD)
    }

    fn sign(&self, session: &mut Session<'_, '_>, path: &Path) -> Result<SignReport, Failure> {
        let key = secret::unlock(session, path)?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut progress = Progress::new(session, "sign");
        let report = sign(&self.file, &key, folder, &mut |done, total| {
            progress.at(session, done, total);
            if session.io.is_interrupted() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        report.map_err(|error| failure(&self.file, &error))
    }
}

fn told(report: &SignReport, missing: usize) -> String {
    let added = match report.added.as_slice() {
        [] => "nothing new".to_owned(),
        slots => {
            let slots: Vec<String> = slots
                .iter()
                .map(|slot| format!("signer {}", u32::from(*slot) + 1))
                .collect();
            format!("signed by {}", slots.join(", "))
        }
    };
    let SignReport {
        channel,
        epoch,
        number,
        have,
        need,
        ..
    } = report;
    let rest = match missing {
        0 => "complete".to_owned(),
        1 => "1 signature is missing".to_owned(),
        more => format!("{more} signatures are missing"),
    };
    format!("{channel} {epoch}/{number}: {added}; {have} of {need}, {rest}")
}

fn failure(path: &Path, error: &SignError) -> Failure {
    if let SignError::Unfit(InspectError::Cancelled) = error {
        return Failure::interrupted();
    }
    let failure = Failure::failed(format!("{} was not signed", words::path(path))).because(error);
    match error {
        SignError::SecondManifest { .. } => {
            failure.hint("give the new issue another number; numbers may be skipped")
        }
        SignError::NotASigner { .. } => {
            failure.hint("varaq publisher show lists the keys that may sign")
        }
        SignError::OutOfWindow { .. } => failure.hint(
            "pack it with a number inside the window, or grant more numbers: varaq publisher delegate",
        ),
        SignError::NoLongerCounts | SignError::EndedSince => failure.hint(
            "sign with a key of the newest epoch, after packing the issue anew (varaq publisher show; varaq publisher delegate grants one)",
        ),
        SignError::Unfit(_) => failure.hint("pack it again; nobody should put a name to this file"),
        _ => failure,
    }
}
