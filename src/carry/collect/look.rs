//! A look at what was received of a stream: is its head signed, which pieces are right,
//! and is there more than in the bundle that was written before?
//!
//! Bytes that were received and are not the signed ones are forgotten, block by block, so
//! that the next round can bring them right.

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use varaq_bundle::{Bundle, Content, Hash, Head, HeadError, Limits, PieceError, Prefix, Run};
use varaq_storage::{Access, Beside, Storage};
use varaq_trust::{Consent, Verdict, View};

use super::stream::{Gathered, Stream};
use super::{CollectError, Held, Kept};
use crate::carousel::packet::stream_id;
use crate::code::{Soundness, exit_code};
use crate::delta::hash_of;
use crate::selected::{self, Chosen, Original, SelectError};

/// What a look found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) kept: Option<Kept>,
    /// Ranges that were forgotten.
    pub(super) forgotten: u64,
}

/// What can be said of the bytes so far.
#[derive(Default)]
struct Sight {
    /// Received, and not what was signed.
    wrong: Vec<(u64, u64)>,
    kept: Option<Kept>,
}

/// Looks at a stream, and writes its bundle if there is a better one than before.
pub(super) fn look(
    storage: &dyn Storage,
    folder: &Path,
    view: View<'_>,
    held: &mut Held,
) -> Result<Found, CollectError> {
    let sight = see(storage, folder, view, held)?;
    for (from, end) in &sight.wrong {
        held.stream.forget(*from, *end);
    }
    Ok(Found {
        kept: sight.kept,
        forgotten: sight.wrong.len() as u64,
    })
}

fn see(
    storage: &dyn Storage,
    folder: &Path,
    view: View<'_>,
    held: &mut Held,
) -> Result<Sight, CollectError> {
    let head_only = |end: u64| Sight {
        wrong: vec![(0, end)],
        kept: None,
    };
    let stream = &held.stream;
    let prefix = Prefix::LEN as u64;
    if !stream.has(0, prefix) {
        return Ok(Sight::default());
    }
    let gathered = Gathered { stream, at: 0 };
    let bundle = match Bundle::open(gathered, &Limits::default()) {
        Ok(bundle) => bundle,
        Err(HeadError::Io(error)) => return Err(error.into()),
        Err(_) => return Ok(head_only(prefix)),
    };
    let sections = bundle.head().prefix.sections_end();
    if !stream.has(0, sections) {
        return Ok(Sight::default());
    }
    let head = bundle.head().clone();
    let opening = varaq_trust::open_bundle(bundle, view)?;
    let verdict = opening.verdict();
    let Ok(content) = opening.into_content(Consent::DifferentPublisher) else {
        held.refused = Some(verdict);
        return Ok(head_only(sections));
    };
    let (wrong, chosen) = pieces(stream, &content, &head)?;
    let kept = match chosen {
        Some(chosen) => keep(storage, folder, view, held, &content, &head, &chosen)?,
        None => None,
    };
    drop(content);
    let pieces = kept.as_ref().map(|kept| kept.pieces);
    held.best = pieces.or(held.best);
    held.refused = None;
    held.stream.is_proven = true;
    Ok(Sight { wrong, kept })
}

type Wrong = Vec<(u64, u64)>;

/// The pieces that are right, if TABLE is; and the bytes that are wrong.
fn pieces(
    stream: &Stream,
    content: &Content<Gathered<'_>>,
    head: &Head,
) -> Result<(Wrong, Option<Chosen>), CollectError> {
    let body_at = head.prefix.body_at;
    let pieces_at = selected::pieces_at(content, body_at);
    if !stream.has(body_at, pieces_at.saturating_sub(body_at)) {
        return Ok((Vec::new(), None));
    }
    let count = content.manifest().piece_count;
    let mut chosen = Chosen::none(count);
    let mut wrong = Vec::new();
    for run in Run::decode_all(&head.runs) {
        if !run.is_usable(count, pieces_at) {
            continue;
        }
        let mut at = run.offset;
        for piece in run.first..run.first.saturating_add(run.count) {
            let stored = match content.table_entry(piece) {
                Ok(entry) => u64::from(entry.stored),
                Err(PieceError::Io(error)) => return Err(error.into()),
                Err(_) => return Ok((vec![(body_at, pieces_at)], None)),
            };
            let end = at.saturating_add(stored);
            if !chosen.has(piece) && stream.has(at, stored) {
                match content.stored(piece) {
                    Ok(_) => chosen.add(piece),
                    Err(PieceError::Io(error)) => return Err(error.into()),
                    Err(_) => wrong.push((at, end)),
                }
            }
            at = end;
        }
    }
    Ok((wrong, Some(chosen)))
}

/// Writes a bundle if it is better than the one before.
fn keep(
    storage: &dyn Storage,
    folder: &Path,
    view: View<'_>,
    held: &Held,
    content: &Content<Gathered<'_>>,
    head: &Head,
    chosen: &Chosen,
) -> Result<Option<Kept>, CollectError> {
    let stream = &held.stream;
    let path = folder.join(name(head, stream));
    let before = match held.best {
        Some(best) => best,
        None => pieces_there(storage, &path, view, head)?,
    };
    let is_whole = is_as_sent(stream)? && is_sound(content);
    // Without FRONT a reader would have nothing to show.
    if !is_whole && (!chosen.has(0) || chosen.len() < 2 || chosen.len() <= before) {
        return Ok(None);
    }
    let mut file = Beside::new(storage, &path, Access::Usual)?;
    let len_bytes = if is_whole {
        copy(stream, &mut file)?;
        stream.file_bytes
    } else {
        let plan = selected::plan(content, head, chosen)?;
        let mut go_on = |_, _| ControlFlow::Continue(());
        selected::write(content, &plan, chosen, &mut file, &mut go_on)?;
        plan.len_bytes
    };
    file.keep_as(&path)?;
    Ok(Some(Kept {
        path,
        manifest: head.manifest_id(),
        len_bytes,
        pieces: chosen.len(),
        piece_count: content.manifest().piece_count,
        is_whole,
    }))
}

/// Of the issue, and of the stream: a whole and a lite copy of one issue lie side by side.
fn name(head: &Head, stream: &Stream) -> String {
    let issue = head.manifest_id().to_string();
    let issue: String = issue.chars().take(16).collect();
    let stream = stream.id.iter().take(4).map(|byte| format!("{byte:02x}"));
    format!("{issue}-{}.varaq", stream.collect::<String>())
}

/// Pieces of the bundle that an earlier run has left.
fn pieces_there(
    storage: &dyn Storage,
    path: &Path,
    view: View<'_>,
    head: &Head,
) -> Result<u32, CollectError> {
    if matches!(storage.facts(path), Err(error) if error.kind() == std::io::ErrorKind::NotFound) {
        return Ok(0);
    }
    let taken = || CollectError::NameTaken {
        path: PathBuf::from(path),
    };
    match Original::open(storage, path, view) {
        Ok(there) if there.head.manifest == head.manifest => {
            Ok(there.content.listed_pieces().map_err(SelectError::Piece)?)
        }
        Err(SelectError::Io(error)) => Err(error.into()),
        _ => Err(taken()),
    }
}

/// True if everything is there and is what the stream's id says.
fn is_as_sent(stream: &Stream) -> Result<bool, CollectError> {
    if !stream.is_complete() {
        return Ok(false);
    }
    let mut gathered = Gathered { stream, at: 0 };
    let hash = hash_of(&mut gathered, stream.file_bytes)?;
    Ok(stream_id(hash, stream.file_bytes, stream.data_bytes) == stream.id)
}

/// True if a check finds nothing in it but what was signed: who sends can put anything
/// behind the signed parts.
fn is_sound(content: &Content<Gathered<'_>>) -> bool {
    let report = content.check(&mut |_| ControlFlow::Continue(()));
    report.is_ok_and(|report| {
        let code = exit_code(Verdict::Verified, Some(Soundness::of(&report)), false);
        report.read_errors == 0 && matches!(code, 0 | 3)
    })
}

/// Copies the file, and hashes the very bytes that are written: a disk may answer otherwise
/// than when they were checked.
fn copy(stream: &Stream, file: &mut dyn Write) -> Result<(), CollectError> {
    let mut gathered = Gathered { stream, at: 0 };
    let mut hasher = blake3::Hasher::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        let read = gathered.read(&mut chunk)?;
        let bytes = chunk.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hasher.update(bytes);
        file.write_all(bytes)?;
    }
    let hash = Hash(*hasher.finalize().as_bytes());
    if stream_id(hash, stream.file_bytes, stream.data_bytes) != stream.id {
        let lie = std::io::Error::other("the disk does not give back what was written");
        return Err(lie.into());
    }
    Ok(())
}
