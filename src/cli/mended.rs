//! Words that `parity`, `repair`, `split`, `join` and `check` share.

use std::ops::ControlFlow;
use std::path::Path;

use serde_json::json;
use varaq_carry::mend::{JudgeError, ParityCheck, Recognised, recognise};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::words;

/// What a verb hands to work that takes long: the bar moves, and Ctrl-C stops it.
pub fn ticking(
    session: &mut Session<'_, '_>,
    progress: &mut Progress,
    done: u64,
    total: u64,
) -> ControlFlow<()> {
    if total > 0 {
        progress.at(session, done, total);
    }
    if session.io.is_interrupted() {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// Why a bundle is not one to work with.
pub fn judge_failure(what: String, path: &Path, error: &JudgeError) -> Failure {
    let check = format!("see `varaq check {}`", words::path(path));
    match error {
        JudgeError::Cancelled => Failure::interrupted(),
        JudgeError::Refused(verdict) => {
            let code = varaq_carry::exit_code(*verdict, None, false);
            Failure::new(code, what).because(error).hint(check)
        }
        JudgeError::Damaged => Failure::new(exit::DAMAGED, what)
            .because(error)
            .hint("mend it first: varaq repair"),
        JudgeError::Io(_) => Failure::failed(what).because(error),
    }
}

/// One line on repair data.
pub fn parity_line(
    session: &mut Session<'_, '_>,
    path: &Path,
    found: &ParityCheck,
) -> Result<(), Failure> {
    if session.json {
        return session.object(&json!({
            "type": "repair_data", "path": path.to_string_lossy(), "manifest": found.manifest.to_string(),
            "file_bytes": found.file_bytes, "repair_bytes": found.repair_bytes,
            "blocks_whole": found.blocks_whole, "blocks": found.blocks,
            "spares_wrong": found.spares_wrong, "burst_bytes": found.burst_bytes, "whole": found.is_whole(),
        }));
    }
    let state = if found.is_whole() {
        "whole".to_owned()
    } else {
        format!(
            "damaged, {} of {} blocks left",
            found.blocks_whole, found.blocks
        )
    };
    let manifest = found.manifest.to_string();
    session.line(&format!(
        "REPAIR_DATA        {}  {state}; mends up to {} in one place of {}; manifest {}",
        words::path(path),
        words::size(found.burst_bytes),
        words::size(found.file_bytes),
        manifest.get(..16).unwrap_or_default()
    ))
}

/// A file that is no bundle, if it is repair data or a part: its line, and its exit code.
pub fn ours(session: &mut Session<'_, '_>, path: &Path) -> Result<Option<u8>, Failure> {
    let cancel = std::sync::Arc::clone(&session.io.interrupted);
    let mut tick = |_, _| {
        if cancel.load(std::sync::atomic::Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    // What cannot be read was named by the walk.
    let Ok(Some(found)) = recognise(&Disk, path, &mut tick) else {
        return Ok(None);
    };
    match &found {
        Recognised::RepairData(data) => parity_line(session, path, data)?,
        Recognised::Part {
            manifest,
            number,
            parts,
            need,
            blocks_whole,
            blocks,
        } => {
            if session.json {
                session.object(&json!({
                    "type": "part", "path": path.to_string_lossy(), "manifest": manifest.to_string(),
                    "part": number, "parts": parts, "need": need, "blocks_whole": blocks_whole, "blocks": blocks,
                }))?;
            } else {
                let state = if blocks == blocks_whole {
                    "whole".to_owned()
                } else {
                    format!("damaged, {blocks_whole} of {blocks} blocks left")
                };
                session.line(&format!(
                    "PART               {}  {number} of {parts}, any {need} make the file; {state}",
                    words::path(path)
                ))?;
            }
        }
        Recognised::Unreadable if session.json => session.object(&json!({
            "type": "unusable", "path": path.to_string_lossy(),
        }))?,
        Recognised::Unreadable => session.line(&format!(
            "UNUSABLE           {}  begins like repair data or a part and cannot be read as one; varaq repair finds what it can still use",
            words::path(path)
        ))?,
    }
    Ok(Some(found.code()))
}
