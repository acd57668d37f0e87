//! `varaq sign`: one more signature, by a key of the publisher or from another copy.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use serde_json::json;
use varaq_press::{
    InspectError, SideFileError, SignError, SignReport, merge_signatures, side_file, sign,
};
use varaq_trust::Verdict;

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::secret;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq sign news.varaq --key desk/signer-1.key
  VARAQ_PASSPHRASE_FILE=secret varaq sign news.varaq --key /media/stick/signer-2.key
  varaq sign news.varaq --merge news-signed-elsewhere.varaq    (takes over its signatures)
  varaq sign news.varaq --key desk/signer-1.key --side-file    (writes news.varaq.sig)

Before anything is signed, the whole issue is read and decoded again.

--side-file is for people who have no varaq, but OpenSSH: it signs the file as it is, byte for
byte. Make it last. Any later change breaks it on purpose: another signature, a copy without
pictures, a mended copy. Readers need none; the signatures inside of the file last.";

/// Adds a signature to an issue.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("by").required(true))]
pub struct Sign {
    /// The bundle
    file: PathBuf,
    /// The key file of one signer
    #[arg(long, group = "by")]
    key: Option<PathBuf>,
    /// Write FILE.sig, a signature over the whole file, and none into it
    #[arg(long, conflicts_with = "merge")]
    side_file: bool,
    /// Another copy of this issue, whose signatures are added
    #[arg(long, group = "by", value_name = "OTHER")]
    merge: Option<PathBuf>,
}

impl Sign {
    /// Adds one signature, or those of another copy, and says how many are missing.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        if let (true, Some(path)) = (self.side_file, &self.key) {
            return self.sign_file(session, path);
        }
        let cannot = |error: SignError| failure(&self.file, &error);
        let report = match (&self.key, &self.merge) {
            (Some(path), _) => self.sign(session, path)?,
            (None, Some(other)) => merge_signatures(&Disk, &self.file, other).map_err(cannot)?,
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

    /// Writes the side file, and the line that its readers need.
    fn sign_file(&self, session: &mut Session<'_, '_>, path: &Path) -> Result<u8, Failure> {
        let key = secret::unlock(session, path)?;
        let mut progress = Progress::new(session, "sign");
        let report = side_file(&Disk, &self.file, &key, &mut |done, total| {
            progress.at(session, done, total);
            if session.io.is_interrupted() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        drop(progress);
        let report = report.map_err(|error| side_file_failure(&self.file, &error))?;
        let signer = report.slot.saturating_add(1);
        if session.json {
            session.object(&json!({
                "type": "side_file", "path": report.path.to_string_lossy(), "manifest": report.manifest.to_string(),
                "slot": report.slot, "bytes": report.len_bytes,
            }))?;
            return Ok(exit::GOOD);
        }
        let written = words::path(&report.path);
        session.line(&format!(
            "{written}: the whole file, signed by signer {signer}"
        ))?;
        session.note(
            "varaq export writes the list of keys that ssh-keygen wants: allowed_signers.file",
        );
        Ok(exit::GOOD)
    }

    fn sign(&self, session: &mut Session<'_, '_>, path: &Path) -> Result<SignReport, Failure> {
        let key = secret::unlock(session, path)?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut progress = Progress::new(session, "sign");
        let report = sign(&Disk, &self.file, &key, folder, &mut |done, total| {
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

fn side_file_failure(path: &Path, error: &SideFileError) -> Failure {
    if let SideFileError::Cancelled = error {
        return Failure::interrupted();
    }
    let what = format!("{} has got no side file", words::path(path));
    let failure = Failure::failed(what).because(error);
    match error {
        SideFileError::Exists(_) => {
            failure.hint("nothing is overwritten: remove it if it is out of date")
        }
        SideFileError::NotASigner => {
            failure.hint("varaq publisher show lists the keys that may sign")
        }
        SideFileError::NotValid(Verdict::UnsignedDraft | Verdict::BelowThreshold) => {
            failure.hint("let the signers sign the issue first; the side file comes last")
        }
        SideFileError::NotWhole => failure.hint("varaq check says what is wrong with it"),
        _ => failure,
    }
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
        SignError::BothHeads(_) => failure.hint(
            "keep both files and try again: a failing stick may have read one of them wrong",
        ),
        _ => failure,
    }
}
