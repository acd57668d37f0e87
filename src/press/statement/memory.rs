//! What a root key has approved: one line for each statement, beside the key.
//!
//! Two statements of one version are two histories, and a reader who sees both believes
//! neither (FORMAT.md section 4.2). A newsroom whose computer is in other hands could ask
//! for a second one; the machine of the root key knows nothing but what it has signed
//! itself, so that is what it keeps. It is written before the signature is.

use super::Draft;
use crate::disk;
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use varaq_bundle::Hash;
use varaq_storage::Storage;
use varaq_trust::statement_id;

const NAME: &str = "approved";
const HEADER: &str = "varaq approved 1";
/// Thousands of statements; a longer file is not ours.
const MAX_BYTES: u64 = 4 << 20;

/// Why a key did not sign.
#[derive(Debug, thiserror::Error)]
pub enum ApprovalError {
    /// The list of what was approved cannot be read or written; without it nothing is signed.
    #[error("cannot read or write the list of approved statements beside the key")]
    Io(#[from] io::Error),
    /// Another statement of that version was approved.
    #[error(
        "another statement {version} was approved here already; two of them would split the publisher in two"
    )]
    Second {
        /// Its version.
        version: u16,
    },
}

/// Refuses a draft if the list in `folder`, the key's own, holds another statement of its
/// version.
///
/// # Errors
/// If it does, or cannot be read.
pub fn refuse_second(
    storage: &dyn Storage,
    draft: &Draft,
    folder: &Path,
) -> Result<(), ApprovalError> {
    let Some((place, id, version)) = line_of(draft) else {
        return Ok(());
    };
    let line = format!("{place}{id}");
    let mut held = read(storage, &folder.join(NAME))?.into_iter();
    if held.any(|one| one.starts_with(&place) && one != line) {
        return Err(ApprovalError::Second { version });
    }
    Ok(())
}

/// Remembers in `folder`, the key's own, what the key is about to sign. With `instead` the
/// statement that was approved before is forgotten: it must never have left the house.
///
/// # Errors
/// If another statement of that version was approved, or the list cannot be kept.
pub fn remember(
    storage: &dyn Storage,
    draft: &Draft,
    folder: &Path,
    instead: bool,
) -> Result<(), ApprovalError> {
    let Some((place, id, _)) = line_of(draft) else {
        return Ok(());
    };
    if !instead {
        refuse_second(storage, draft, folder)?;
    }
    let path = folder.join(NAME);
    let mut lines = read(storage, &path)?;
    let line = format!("{place}{id}");
    if lines.contains(&line) {
        return Ok(());
    }
    lines.retain(|one| !one.starts_with(&place));
    lines.push(line);
    let mut text = format!("{HEADER}\n");
    for line in &lines {
        let _ = writeln!(text, "{line}");
    }
    Ok(disk::replace(storage, &path, text.as_bytes())?)
}

/// Publisher, generation and version of a draft's statement, as a line begins; its id; its
/// version. None if it is about notes alone: of those there may be many.
fn line_of(draft: &Draft) -> Option<(String, Hash, u16)> {
    let (statement, signed) = (draft.statement()?, draft.signed()?);
    let publisher = draft.before().publisher();
    let (generation, version) = (statement.generation, statement.version);
    let place = format!("statement {publisher} {generation} {version} ");
    Some((place, statement_id(&signed.bytes), version))
}

fn read(storage: &dyn Storage, path: &Path) -> io::Result<Vec<String>> {
    let damaged = || {
        let what = format!("{} is not understood", path.display());
        io::Error::new(io::ErrorKind::InvalidData, what)
    };
    let text = match disk::read_text(storage, path, MAX_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Err(damaged()),
        Err(error) => return Err(error),
    };
    let mut lines = text.lines();
    // A list that is not understood must not look like an empty one.
    if lines.next() != Some(HEADER) {
        return Err(damaged());
    }
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    let sound = |line: &String| line.split(' ').count() == 5 && line.starts_with("statement ");
    if lines.iter().all(sound) {
        Ok(lines)
    } else {
        Err(damaged())
    }
}
