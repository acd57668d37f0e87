//! Join: any parts in, the bundle out, read back before it gets its name.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use varaq_bundle::Hash;
use varaq_storage::{Access, Beside, Storage, StoredFile};
use varaq_trust::{Facts, Verdict, View};

use super::block::{BlockHash, block_hash, read_at, write_at};
use super::judge::{JudgeError, Tick, judge};
use super::part::Set;
use super::shards::{Shards, decode};

/// What became of a file that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedPart {
    /// Whole as far as it was read.
    Good(u16),
    /// The same part as another file.
    Doubled(u16),
    /// This part, and blocks of it are wrong: those were not used.
    Damaged(u16),
    /// Its header or its list of hashes is wrong, or it is no part at all: not used.
    Unreadable,
    /// A part of something else: not used.
    Foreign,
}

/// The receipt of a join.
#[derive(Debug)]
pub struct JoinReport {
    /// The issue that the parts say they are of; proven only when the file was written.
    pub manifest: Hash,
    /// How many parts there are.
    pub parts: u16,
    /// How many are needed.
    pub need: u16,
    /// Each file, in the order in which they were given.
    pub named: Vec<(PathBuf, NamedPart)>,
    /// Numbers of the parts that no file is, from 1.
    pub missing: Vec<u16>,
    /// Verdict and facts of the file that was written; none if too little was left.
    pub written: Option<(Verdict, Facts)>,
}

/// Why parts could not be joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// No file is a part.
    #[error("none of the files is a part")]
    NoParts(Vec<(PathBuf, NamedPart)>),
    /// Something has the target's name.
    #[error("a file of that name is there already")]
    AlreadyThere,
    /// What the parts come to is no valid bundle, or another one than they say.
    #[error("the joined file is not what its parts say")]
    Lie(#[source] JudgeError),
    /// The caller stopped it.
    #[error("interrupted")]
    Cancelled,
    /// A disk failed.
    #[error("a file or disk failed")]
    Io(#[from] io::Error),
}

/// A part that can be used.
struct Usable {
    file: Box<dyn StoredFile>,
    hashes: Vec<BlockHash>,
    /// Its place among the files.
    given: usize,
    damaged: bool,
}

/// Puts the file together that `files` are parts of, under the name `target`, which nothing may have.
///
/// # Errors
/// See [`JoinError`]. That too few are left is no error but a receipt without `written`.
pub fn join<'v>(
    storage: &dyn Storage,
    files: &[PathBuf],
    target: &Path,
    view: impl Into<View<'v>>,
    tick: &mut Tick<'_>,
) -> Result<JoinReport, JoinError> {
    match storage.facts(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(JoinError::AlreadyThere),
    }
    let (set, mut usable, mut named) = gather(storage, files)?;
    let total = set.file_len;
    let mut out = Beside::new(storage, target, Access::Usual)?;
    let here = usable.iter().flatten().count();
    let mut enough = here >= usize::from(set.need);
    if enough {
        out.file()?.set_len(total)?;
        for block in 0..set.blocks() {
            if !column(&set, &mut usable, block, &mut **out.file()?)? {
                enough = false;
                break;
            }
            let done = block
                .saturating_mul(set.block())
                .saturating_mul(set.need.into());
            if tick(done.min(total) / 2, total).is_break() {
                return Err(JoinError::Cancelled);
            }
        }
    }
    for (part, one) in (1..).zip(&usable) {
        let Some(one) = one else { continue };
        let state = if one.damaged {
            NamedPart::Damaged(part)
        } else {
            NamedPart::Good(part)
        };
        if let Some((_, named)) = named.get_mut(one.given) {
            *named = state;
        }
    }
    let missing = (1..).zip(&usable).filter(|(_, one)| one.is_none());
    let mut report = JoinReport {
        manifest: set.manifest,
        parts: set.parts,
        need: set.need,
        named,
        missing: missing.map(|(part, _)| part).collect(),
        written: None,
    };
    if enough {
        out.sync()?;
        out.file()?.forget_cached();
        let mut half = |done: u64, all: u64| -> ControlFlow<()> {
            tick((all / 2).saturating_add(done / 2), all)
        };
        let judged = judge(storage, out.part(), view.into(), &mut half);
        let judged = judged
            .and_then(|judged| judged.sound())
            .map_err(|error| match error {
                JudgeError::Cancelled => JoinError::Cancelled,
                JudgeError::Io(error) => JoinError::Io(error),
                error => JoinError::Lie(error),
            })?;
        if judged.facts.issue.id != set.manifest {
            return Err(JoinError::Lie(JudgeError::Damaged));
        }
        out.keep_as_new(target)?;
        report.written = Some((judged.verdict, judged.facts));
    }
    Ok(report)
}

type Gathered = (Set, Vec<Option<Usable>>, Vec<(PathBuf, NamedPart)>);

/// Opens the files. Of several sets the one with most parts is joined.
fn gather(storage: &dyn Storage, files: &[PathBuf]) -> Result<Gathered, JoinError> {
    let mut read = Vec::new();
    let mut sets: Vec<(Set, usize)> = Vec::new();
    let mut failed = None;
    for path in files {
        let one = storage.open(path).and_then(|mut file| {
            let len = file.len_bytes()?;
            let found = Set::read(&mut *file);
            Ok(found.map(|(set, part)| (file, len, set, part)))
        });
        let one = one.unwrap_or_else(|error| {
            failed = Some(error);
            None
        });
        if let Some((_, _, set, _)) = &one {
            match sets.iter_mut().find(|(known, _)| known == set) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => sets.push((set.clone(), 1)),
            }
        }
        read.push((path.clone(), one));
    }
    let most = sets.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let Some((set, _)) = sets.into_iter().find(|(_, count)| *count == most) else {
        let named = read
            .into_iter()
            .map(|(path, _)| (path, NamedPart::Unreadable));
        return Err(failed.map_or(JoinError::NoParts(named.collect()), JoinError::Io));
    };
    let mut usable: Vec<Option<Usable>> = (0..set.parts).map(|_| None).collect();
    let mut named = Vec::new();
    for (given, (path, one)) in read.into_iter().enumerate() {
        let state = match one {
            None => NamedPart::Unreadable,
            Some((_, _, other, _)) if other != set => NamedPart::Foreign,
            Some((mut file, len, _, part)) => {
                let number = part.saturating_add(1);
                let hashes = set.hashes(&mut *file, part, len);
                match (usable.get_mut(usize::from(part)), hashes) {
                    (_, None) | (None, _) => NamedPart::Unreadable,
                    (Some(Some(_)), _) => NamedPart::Doubled(number),
                    (Some(place), Some(hashes)) => {
                        *place = Some(Usable {
                            file,
                            hashes,
                            given,
                            damaged: false,
                        });
                        NamedPart::Good(number)
                    }
                }
            }
        };
        named.push((path, state));
    }
    Ok((set, usable, named))
}

/// One block of every part; false if too few are right.
fn column(
    set: &Set,
    usable: &mut [Option<Usable>],
    block: u64,
    out: &mut dyn StoredFile,
) -> Result<bool, JoinError> {
    let (_, len) = set.column(block);
    let need = usize::from(set.need);
    let (plain, spare) = usable.split_at_mut(need.min(usable.len()));
    let mut data = Shards::new(need, len);
    take(set, plain, block, need, &mut data);
    let short = need.saturating_sub(data.count());
    if short > 0 {
        let mut spares = Shards::new(spare.len(), len);
        take(set, spare, block, short, &mut spares);
        if spares.count() < short {
            return Ok(false);
        }
        decode(&mut data, &spares)?;
    }
    for part in 0..need {
        let at = (part as u64)
            .saturating_mul(set.shard())
            .saturating_add(set.column(block).0);
        let inside = set.file_len.saturating_sub(at).min(len as u64) as usize;
        if inside > 0 {
            write_at(out, at, data.get(part).get(..inside).unwrap_or_default())?;
        }
    }
    Ok(true)
}

/// Reads a block of each part until `wanted` are right.
fn take(set: &Set, parts: &mut [Option<Usable>], block: u64, wanted: usize, shards: &mut Shards) {
    let at = set.shard_at().saturating_add(set.column(block).0);
    for (number, one) in parts.iter_mut().enumerate() {
        let Some(one) = one else { continue };
        let bytes = shards.get_mut(number);
        let read = read_at(&mut *one.file, at, bytes);
        if read.is_ok() && one.hashes.get(block as usize) == Some(&block_hash(bytes)) {
            shards.mark(number);
            if shards.count() >= wanted {
                return;
            }
        } else {
            one.damaged = true;
        }
    }
}
