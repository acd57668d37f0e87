//! A bundle that may be handed on: valid, and right in every byte that is there.
//!
//! What is forged or damaged is not put on mirrors and sticks. A copy that was made smaller
//! on purpose is authentic, and may.

use std::path::Path;
use std::sync::Arc;

use varaq_carry::{CheckOptions, Event, FileReport, SelectError};
use varaq_storage::{Disk, Facts, Storage};

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

/// True for the exit codes of a check after which a file may be handed on.
pub fn may_go_on(code: u8) -> bool {
    matches!(code, exit::GOOD | exit::INCOMPLETE)
}

/// Checks one file whole.
///
/// # Errors
/// With the exit code of the check, unless the file may be handed on.
pub fn vetted(session: &mut Session<'_, '_>, path: &Path) -> Result<FileReport, Failure> {
    let cannot = || Failure::failed(format!("cannot read {}", words::path(path)));
    let facts = Disk.facts(path).map_err(|error| cannot().because(&error))?;
    if !matches!(facts, Facts::File { .. }) {
        return Err(Failure::usage(format!(
            "{} is not a file",
            words::path(path)
        )));
    }
    let kept = state::load(session)?;
    let view = state::view(session, &kept);
    let cancel = Arc::clone(&session.io.interrupted);
    let mut progress = Progress::new(session, "check");
    let (mut found, mut fault) = (None, None);
    let paths = [path.to_owned()];
    let mut sink = |event| match event {
        Event::Progress { done, total } => progress.at(session, done, total),
        Event::File(report) => found = Some(*report),
        Event::Unreadable(_, error) => fault = Some(error),
        _ => {}
    };
    varaq_carry::check(
        &Disk,
        &paths,
        view,
        &CheckOptions::default(),
        &cancel,
        &mut sink,
    )
    .map_err(|_| Failure::interrupted())?;
    if let Some(error) = fault {
        return Err(cannot().because(&error));
    }
    let report = found.ok_or_else(cannot)?;
    if may_go_on(report.code) {
        return Ok(report);
    }
    let what = format!(
        "{} is not handed on: {}",
        words::path(path),
        report.verdict.name()
    );
    let hint = match report.code {
        23 | 22 => "it is damaged: varaq check says where",
        _ => "varaq info says what is wrong with it",
    };
    Err(Failure::new(report.code, what).hint(hint))
}

/// Why a copy was not made, for every verb that makes one.
pub fn not_made(target: &Path, error: &SelectError) -> Failure {
    let failure = Failure::failed(format!("cannot make {}", words::path(target))).because(error);
    match error {
        SelectError::Cancelled => Failure::interrupted(),
        SelectError::Io(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            failure.hint("nothing is overwritten: name another file, or remove that one")
        }
        SelectError::Closed { .. } => Failure {
            code: exit::NOT_AUTHENTIC,
            ..failure
        },
        SelectError::Changed => failure.hint("try again when nobody writes the file"),
        _ => failure,
    }
}
