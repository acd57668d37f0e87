//! What one bundle has that others lack, and the way back (FORMAT.md section 1.6.1).
//!
//! In: a bundle and bases. Out: a partial copy with the pieces that no base holds, and in
//! its TRAILER the layout of the whole; with the same bases it becomes the very same file
//! again, which its BLAKE3 must show. Memory: 16 bytes for each piece of the bases.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use varaq_bundle::{Hash, Head, Limits, Run, TRAILER_MAGIC};
use varaq_storage::{Access, Beside, Storage, StoredFile};
use varaq_trust::View;

use crate::selected::{self, Chosen, Original, SelectError, Watch};

/// What TRAILER of a delta begins with, behind its magic.
const LAYOUT: &[u8; 8] = b"layout 1";
const FIXED: usize = 8 + 8 + 8 + 8 + 32 + 4;
const SEAL: usize = 8;
const CHUNK_BYTES: usize = 1 << 20;

/// What a delta saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeltaReport {
    /// Length of the whole.
    pub whole_bytes: u64,
    /// Length of the delta.
    pub delta_bytes: u64,
    /// Pieces in the delta.
    pub pieces: u32,
    /// Pieces of the whole that a base holds.
    pub shared: u32,
}

/// Why there is no delta, or no whole.
#[derive(Debug, thiserror::Error)]
pub enum DeltaError {
    /// A file cannot be read or copied.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// Bytes of the file that no run holds could not be made again.
    #[error("the file has bytes that are not of its issue")]
    NotCanonical,
    /// The file is no delta, or its layout is damaged.
    #[error("the file has no layout of a whole")]
    NoLayout,
    /// Pieces are in none of the files.
    #[error("{missing} pieces are in none of the bases")]
    Missing {
        /// How many.
        missing: u32,
    },
    /// What was put together is not the file that the delta was made of.
    #[error("expected a file with BLAKE3 {expected}, got {actual}")]
    Differs {
        /// From the layout.
        expected: Hash,
        /// Of the new file.
        actual: Hash,
    },
}

impl From<io::Error> for DeltaError {
    fn from(error: io::Error) -> DeltaError {
        DeltaError::Select(error.into())
    }
}

/// Where everything lies in the whole file, and what that file hashes to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Layout {
    body_at: u64,
    len_bytes: u64,
    hash: Hash,
    runs: Vec<u8>,
}

/// Writes what `source` has and no base holds as `target`, which must not be there.
///
/// # Errors
/// See [`DeltaError`]; then there is no `target`.
pub fn delta<'v>(
    storage: &dyn Storage,
    source: &Path,
    bases: &[&Path],
    target: &Path,
    view: impl Into<View<'v>>,
    watch: &mut Watch<'_>,
) -> Result<DeltaReport, DeltaError> {
    let view = view.into();
    let original = Original::open(storage, source, view)?;
    let held = Held::open(storage, bases, view)?;
    let content = &original.content;
    let layout = Layout::of(storage, source, &original)?;
    let count = content.manifest().piece_count;
    let mut chosen = Chosen::none(count);
    let mut shared = 0u32;
    for piece in 0..count {
        let is_listed = content.is_listed(piece).map_err(SelectError::Piece)?;
        let entry = content.table_entry(piece).map_err(SelectError::Piece)?;
        if held.find(entry.hash).is_some() {
            shared = shared.saturating_add(1);
        } else if is_listed {
            chosen.add(piece);
        }
    }
    chosen.bridge(&|piece| content.is_listed(piece).unwrap_or(false));
    let plan = selected::plan(content, &original.head, &chosen)?;
    let mut file = Beside::new(storage, target, Access::Usual)?;
    selected::write(content, &plan, &chosen, &mut file, watch)?;
    let trailer = layout.encode();
    file.write_all(&trailer)?;
    file.keep_as_new(target)?;
    Ok(DeltaReport {
        whole_bytes: layout.len_bytes,
        delta_bytes: plan.len_bytes.saturating_add(trailer.len() as u64),
        pieces: chosen.len(),
        shared,
    })
}

/// Puts the whole together again, byte for byte, as `target`, which must not be there.
///
/// # Errors
/// See [`DeltaError`]; then there is no `target`.
pub fn apply<'v>(
    storage: &dyn Storage,
    delta: &Path,
    bases: &[&Path],
    target: &Path,
    view: impl Into<View<'v>>,
    watch: &mut Watch<'_>,
) -> Result<u64, DeltaError> {
    let view = view.into();
    let original = Original::open(storage, delta, view)?;
    let held = Held::open(storage, bases, view)?;
    let layout = Layout::read(storage, delta, &original)?;
    let runs = layout.usable_runs(&original)?;
    let missing = missing(&original, &held, &runs)?;
    if missing > 0 {
        return Err(DeltaError::Missing { missing });
    }
    let mut file = Beside::new(storage, target, Access::Usual)?;
    let head = selected::head_with(&original.head, layout.body_at, &runs);
    selected::write_front(&original.content, &head, &mut file)?;
    let mut done = selected::pieces_at(&original.content, layout.body_at);
    for run in runs_by_offset(&runs) {
        for piece in run.first..run.first.saturating_add(run.count) {
            let stored = held.stored(&original, piece)?;
            file.write_all(&stored)?;
            done = done.saturating_add(stored.len() as u64);
            if watch(done, layout.len_bytes).is_break() {
                return Err(SelectError::Cancelled.into());
            }
        }
    }
    let file_bytes = file.file()?;
    file_bytes.seek(SeekFrom::Start(0))?;
    let actual = hash_of(file_bytes, layout.len_bytes)?;
    let expected = layout.hash;
    if actual != expected {
        return Err(DeltaError::Differs { expected, actual });
    }
    file.keep_as_new(target)?;
    Ok(layout.len_bytes)
}

/// Pieces of the whole that neither the delta nor a base holds.
fn missing(original: &Original, held: &Held, runs: &[Run]) -> Result<u32, DeltaError> {
    let mut missing = 0u32;
    for run in runs {
        for piece in run.first..run.first.saturating_add(run.count) {
            let content = &original.content;
            let entry = content.table_entry(piece).map_err(SelectError::Piece)?;
            let is_listed = content.is_listed(piece).map_err(SelectError::Piece)?;
            if !is_listed && held.find(entry.hash).is_none() {
                missing = missing.saturating_add(1);
            }
        }
    }
    Ok(missing)
}

fn runs_by_offset(runs: &[Run]) -> Vec<Run> {
    let mut runs = runs.to_vec();
    runs.sort_by_key(|run| run.offset);
    runs
}

/// The pieces of all bases, by their hashes.
struct Held {
    bases: Vec<Original>,
    /// The first eight bytes of a hash, base, piece; sorted.
    pieces: Vec<(u64, u32, u32)>,
}

impl Held {
    fn open(storage: &dyn Storage, bases: &[&Path], view: View<'_>) -> Result<Held, SelectError> {
        let mut held = Held {
            bases: Vec::new(),
            pieces: Vec::new(),
        };
        for (path, number) in bases.iter().zip(0..) {
            let base = Original::open(storage, path, view)?;
            for piece in 0..base.content.manifest().piece_count {
                if base.content.is_listed(piece)? {
                    let hash = base.content.table_entry(piece)?.hash;
                    held.pieces.push((key(hash), number, piece));
                }
            }
            held.bases.push(base);
        }
        held.pieces.sort_unstable();
        Ok(held)
    }

    fn find(&self, hash: Hash) -> Option<(&Original, u32)> {
        let from = self.pieces.partition_point(|one| one.0 < key(hash));
        let same = self.pieces.get(from..)?.iter();
        let mut same = same.take_while(|one| one.0 == key(hash));
        same.find_map(|(_, base, piece)| {
            let base = self.bases.get(*base as usize)?;
            let entry = base.content.table_entry(*piece).ok()?;
            (entry.hash == hash).then_some((base, *piece))
        })
    }

    /// The stored bytes of a piece of the delta, from wherever they are.
    fn stored(&self, original: &Original, piece: u32) -> Result<Vec<u8>, SelectError> {
        let content = &original.content;
        if content.is_listed(piece)? {
            return Ok(content.stored(piece)?);
        }
        match self.find(content.table_entry(piece)?.hash) {
            Some((base, piece)) => Ok(base.content.stored(piece)?),
            None => Ok(content.stored(piece)?),
        }
    }
}

fn key(hash: Hash) -> u64 {
    let first = hash.0.first_chunk().copied();
    u64::from_be_bytes(first.unwrap_or_default())
}

impl Layout {
    /// Of a file that holds nothing but its sections and runs.
    fn of(storage: &dyn Storage, path: &Path, original: &Original) -> Result<Layout, DeltaError> {
        let head = &original.head;
        let mut layout = Layout {
            body_at: head.prefix.body_at,
            len_bytes: 0,
            hash: Hash([0; 32]),
            runs: head.runs.clone(),
        };
        let runs = Run::decode_all(&layout.runs);
        let end = end_of(original, layout.body_at, &runs)?;
        layout.len_bytes = end.ok_or(DeltaError::NotCanonical)?;
        let mut file = storage.open(path)?;
        if file.len_bytes()? < layout.len_bytes || !slack_is_zero(&mut *file, head)? {
            return Err(DeltaError::NotCanonical);
        }
        file.seek(SeekFrom::Start(0))?;
        layout.hash = hash_of(&mut file, layout.len_bytes)?;
        Ok(layout)
    }

    fn encode(&self) -> Vec<u8> {
        let runs_len = u32::try_from(self.runs.len()).unwrap_or(u32::MAX);
        let parts: [&[u8]; 7] = [
            &TRAILER_MAGIC,
            LAYOUT,
            &self.body_at.to_be_bytes(),
            &self.len_bytes.to_be_bytes(),
            &self.hash.0,
            &runs_len.to_be_bytes(),
            &self.runs,
        ];
        let mut bytes = parts.concat();
        let seal = Hash::of(&bytes).0;
        bytes.extend(seal.iter().take(SEAL));
        bytes
    }

    /// From behind the last run of a delta.
    fn read(storage: &dyn Storage, path: &Path, original: &Original) -> Result<Layout, DeltaError> {
        let runs = Run::decode_all(&original.head.runs);
        let end = end_of(original, original.head.prefix.body_at, &runs)?;
        let mut file = storage.open(path)?;
        file.seek(SeekFrom::Start(end.ok_or(DeltaError::NoLayout)?))?;
        let most = FIXED as u64 + u64::from(Limits::default().runs_bytes) + SEAL as u64;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Layout::decode(&bytes).ok_or(DeltaError::NoLayout)
    }

    fn decode(bytes: &[u8]) -> Option<Layout> {
        let rest = bytes.strip_prefix(&TRAILER_MAGIC)?.strip_prefix(LAYOUT)?;
        let (body_at, rest) = rest.split_first_chunk()?;
        let (len_bytes, rest) = rest.split_first_chunk()?;
        let (hash, rest) = rest.split_first_chunk()?;
        let (runs_len, rest) = rest.split_first_chunk()?;
        let (runs, rest) = rest.split_at_checked(u32::from_be_bytes(*runs_len) as usize)?;
        let sealed = bytes.len().checked_sub(rest.len())?;
        let seal = Hash::of(bytes.get(..sealed)?).0;
        let fits = rest.get(..SEAL)? == seal.get(..SEAL)?;
        fits.then(|| Layout {
            body_at: u64::from_be_bytes(*body_at),
            len_bytes: u64::from_be_bytes(*len_bytes),
            hash: Hash(*hash),
            runs: runs.to_vec(),
        })
    }

    /// The runs, if the whole can have them: anybody can write a layout.
    fn usable_runs(&self, original: &Original) -> Result<Vec<Run>, DeltaError> {
        let runs = Run::decode_all(&self.runs);
        let head = selected::head_with(&original.head, self.body_at, &runs);
        let fits = self.runs.len().is_multiple_of(Run::LEN)
            && self.body_at >= head.prefix.sections_end()
            && self.body_at <= Limits::default().head_bytes;
        let end = if fits {
            end_of(original, self.body_at, &runs)?
        } else {
            None
        };
        if end != Some(self.len_bytes) {
            return Err(DeltaError::NoLayout);
        }
        Ok(runs)
    }
}

/// Where the last run ends, if all runs lie back to back behind TABLE and hold no more than
/// two copies of the issue.
fn end_of(original: &Original, body_at: u64, runs: &[Run]) -> Result<Option<u64>, DeltaError> {
    let content = &original.content;
    let manifest = content.manifest();
    let pieces_at = selected::pieces_at(content, body_at);
    let most = manifest.piece_count.saturating_mul(2);
    let (mut end, mut pieces) = (pieces_at, 0u32);
    for run in runs_by_offset(runs) {
        pieces = pieces.saturating_add(run.count);
        let usable = run.is_usable(manifest.piece_count, pieces_at);
        if !usable || run.offset != end || pieces > most {
            return Ok(None);
        }
        let last = run.first.saturating_add(run.count);
        let stored = selected::stored_bytes(content, run.first, last);
        end = end.saturating_add(stored.map_err(SelectError::Piece)?);
    }
    Ok(Some(end))
}

fn slack_is_zero(file: &mut dyn StoredFile, head: &Head) -> io::Result<bool> {
    let from = head.prefix.sections_end();
    file.seek(SeekFrom::Start(from))?;
    let mut slack = Vec::new();
    let len = head.prefix.body_at.saturating_sub(from);
    file.take(len).read_to_end(&mut slack)?;
    Ok(slack.iter().all(|&byte| byte == 0))
}

/// BLAKE3 of the first `len` bytes from here.
pub(crate) fn hash_of(file: &mut dyn Read, len: u64) -> io::Result<Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut file = file.take(len);
    loop {
        let read = match file.read(&mut chunk) {
            Ok(0) => return Ok(Hash(*hasher.finalize().as_bytes())),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(chunk.get(..read).unwrap_or_default());
    }
}
