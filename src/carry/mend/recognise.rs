//! What a file is that is no bundle but ours: repair data, or a part. For whoever checks a folder.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use varaq_bundle::{Hash, TRAILER_MAGIC};
use varaq_storage::Storage;

use super::block::{block_hash, read_at};
use super::parity::{ParityCheck, ParityError, check_parity};
use super::part::{PART_MAGIC, Set};
use super::repair_data::RepairHeader;

/// A file of ours that is no bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// Repair data.
    RepairData(ParityCheck),
    /// A part: number from 1, of so many, so many of which are needed, blocks that are right, of so many.
    Part {
        /// The issue that it says it is of.
        manifest: Hash,
        /// From 1.
        number: u16,
        /// Of so many.
        parts: u16,
        /// So many rebuild the file.
        need: u16,
        /// Blocks that are right.
        blocks_whole: u64,
        /// Blocks that there should be.
        blocks: u64,
    },
    /// It begins like one of them, and is damaged beyond use.
    Unreadable,
}

impl Recognised {
    /// The exit code of a check: 0 whole, 22 of use though damaged, 23 of no use.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Recognised::RepairData(found) if found.is_whole() => 0,
            Recognised::RepairData(found) if found.blocks_whole > 0 => 22,
            Recognised::Part {
                blocks_whole,
                blocks,
                ..
            } if blocks_whole == blocks => 0,
            Recognised::Part { blocks_whole, .. } if *blocks_whole > 0 => 22,
            _ => 23,
        }
    }
}

/// Reads a file that begins like repair data or a part to its end; `None` for any other.
///
/// # Errors
/// If the disk fails; `Interrupted` if `tick` stops it.
pub fn recognise(
    storage: &dyn Storage,
    path: &Path,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> io::Result<Option<Recognised>> {
    let mut file = storage.open(path)?;
    let mut magic = [0; 8];
    match read_at(&mut *file, 0, &mut magic) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    if magic == TRAILER_MAGIC {
        return match check_parity(storage, path, tick) {
            Ok(mut found) if !found.is_empty() => Ok(Some(Recognised::RepairData(found.remove(0)))),
            Err(ParityError::Io(error)) => Err(error),
            Err(ParityError::Judge(_)) => Err(io::ErrorKind::Interrupted.into()),
            _ => Ok(Some(Recognised::Unreadable)),
        };
    }
    if magic != PART_MAGIC {
        return Ok(None);
    }
    let len = file.len_bytes()?;
    let Some((set, part)) = Set::read(&mut *file) else {
        return Ok(Some(Recognised::Unreadable));
    };
    let Some(hashes) = set.hashes(&mut *file, part, len) else {
        return Ok(Some(Recognised::Unreadable));
    };
    let mut blocks_whole = 0_u64;
    for (block, hash) in (0..).zip(&hashes) {
        let (at, block_len) = set.column(block);
        let at = set.shard_at().saturating_add(at);
        let mut bytes = vec![0; block_len];
        let right = read_at(&mut *file, at, &mut bytes).is_ok() && block_hash(&bytes) == *hash;
        blocks_whole = blocks_whole.saturating_add(right.into());
        if tick(at, len).is_break() {
            return Err(io::ErrorKind::Interrupted.into());
        }
    }
    Ok(Some(Recognised::Part {
        manifest: set.manifest,
        number: part.saturating_add(1),
        parts: set.parts,
        need: set.need,
        blocks_whole,
        blocks: set.blocks(),
    }))
}

/// Bytes of the repair data that a bundle ends with, by its last header alone; `None` if it ends
/// with none.
///
/// # Errors
/// If the file cannot be opened.
pub fn appended(storage: &dyn Storage, path: &Path) -> io::Result<Option<u64>> {
    let mut file = storage.open(path)?;
    let len = file.len_bytes()?;
    let mut bytes = [0; RepairHeader::LEN];
    let at = len.saturating_sub(RepairHeader::LEN as u64);
    let header = read_at(&mut *file, at, &mut bytes)
        .ok()
        .and_then(|()| RepairHeader::decode(&bytes));
    Ok(header
        .map(|(header, _)| header.len())
        .filter(|repair| *repair < len))
}
