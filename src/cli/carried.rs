//! What an issue carries about other publishers (NOTES, FORMAT.md section 4.6): files that
//! partners sent become notes, proven before they are packed.

use std::path::{Path, PathBuf};

use varaq_trust::{Evidence, MAX_NOTES_BYTES, Note, PublisherId, SuspensionNote, encode_notes};

use crate::failure::Failure;
use crate::reading;
use crate::session::Session;
use crate::state;
use crate::verb::trust::Publisher;
use crate::words;

/// Longest suspension note that is read.
const MAX_NOTE_BYTES: u64 = 1 << 20;

/// NOTES of contact files, bundles and suspension notes. The order of files does not matter: a suspension note may
/// need the statements of a contact, or those that this person has met before.
pub fn notes(session: &mut Session<'_, '_>, files: &[PathBuf]) -> Result<Vec<u8>, Failure> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let mut evidence = state::load(session)?.evidence;
    let mut notes = Vec::new();
    let mut letters = Vec::new();
    for path in files {
        match read_note(path)? {
            Some(note) => letters.push((path, note)),
            None => {
                let publisher = Publisher::read(path)?;
                evidence.learn(&publisher.learned);
                notes.extend(told(&evidence, publisher.id, publisher.head));
            }
        }
    }
    for (path, note) in letters {
        let (note, learned) = evidence.prove(&note).map_err(|error| {
            Failure::failed(format!("{} cannot be carried", words::path(path)))
                .because(&error)
                .hint("carry the contact file or an issue of that publisher beside it")
        })?;
        evidence.learn(&learned);
        notes.push(note);
    }
    let bytes = encode_notes(&notes);
    if notes.iter().map(|note| note.encode().len()).sum::<usize>() > MAX_NOTES_BYTES {
        session.warn("not everything fits into the 256 KiB that an issue may carry about others");
    }
    Ok(bytes)
}

/// All that is held of a publisher's statements, and the issue whose bundle was given.
fn told(evidence: &Evidence, publisher: PublisherId, head: Option<Note>) -> Vec<Note> {
    let mut notes = evidence.notes_about(&publisher);
    notes.extend(head);
    notes
}

/// A suspension note from a file; none if the file is of another kind.
pub fn read_note(path: &Path) -> Result<Option<SuspensionNote>, Failure> {
    use std::io::Read;
    if path.is_dir() {
        return Ok(None);
    }
    let cannot = || Failure::failed(format!("cannot read {}", words::path(path)));
    let mut bytes = Vec::new();
    reading::open_file(path)?
        .take(MAX_NOTE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot().because(&error))?;
    // A bundle is no text, and a contact says that it is one.
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Ok(None);
    };
    let first = text.trim_start_matches('\u{feff}').lines().next();
    if first.map(str::trim_end) == Some("varaq contact 1") {
        return Ok(None);
    }
    let note = text.trim().parse::<SuspensionNote>();
    note.map(Some).map_err(|error| {
        Failure::failed(format!(
            "{} is neither a contact file, a bundle nor a suspension note",
            words::path(path)
        ))
        .because(&error)
    })
}
