//! Split: one bundle into parts of which any `need` rebuild it.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use varaq_bundle::Hash;
use varaq_storage::{Access, Beside, Storage, StoredFile, make_folder};
use varaq_trust::View;

use super::block::{BlockHash, block_hash, read_at, write_at};
use super::judge::{JudgeError, Tick, judge};
use super::part::{MOST_PARTS, Set, root};
use super::shards::{Shards, encode};

/// How a bundle is split.
#[derive(Clone, Copy, Debug, Default)]
pub struct SplitOptions {
    /// Bytes of a part at most.
    pub size: Option<u64>,
    /// How many parts; none: one in ten more than are needed, at least one.
    pub parts: Option<u16>,
    /// How many of them rebuild the file; none: as few as `size` allows.
    pub need: Option<u16>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitReport {
    /// The issue.
    pub manifest: Hash,
    /// The parts, in their order.
    pub files: Vec<PathBuf>,
    /// How many of them rebuild the file.
    pub need: u16,
    /// Bytes of each.
    pub part_bytes: u64,
}

/// Why nothing was split.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// The bundle is not a valid, sound one.
    #[error(transparent)]
    Judge(#[from] JudgeError),
    /// The numbers ask for nothing that there is.
    #[error(
        "a size, or how many parts and how many of them are needed, must be said; at most 1000 parts"
    )]
    Numbers,
    /// Parts would be larger than they may be.
    #[error("a part would have {part_bytes} bytes, more than {size}")]
    TooLarge {
        /// Bytes of a part.
        part_bytes: u64,
        /// Bytes that it may have.
        size: u64,
    },
    /// A part of that name is there.
    #[error("there is a file with the name of a part")]
    AlreadyThere,
    /// A disk failed.
    #[error("a file or disk failed")]
    Io(#[from] io::Error),
}

/// Splits a sound bundle into parts in the folder `folder`, which is made if need be.
///
/// # Errors
/// See [`SplitError`]; then no part is left.
pub fn split<'v>(
    storage: &dyn Storage,
    file: &Path,
    folder: &Path,
    options: &SplitOptions,
    view: impl Into<View<'v>>,
    tick: &mut Tick<'_>,
) -> Result<SplitReport, SplitError> {
    let judged = judge(storage, file, view.into(), &mut |done, total| {
        tick(done / 3, total)
    })?;
    let judged = judged.sound()?;
    let head = judged.head.to_bytes();
    let len = judged.len.saturating_add(judged.report.trailer_bytes);
    let hashes = [judged.facts.issue.id, Hash::of(&head)];
    let set = plan(options, &|numbers| {
        Set::new(numbers, len, head.len() as u64, hashes)
    })?;
    let names: Vec<PathBuf> = (0..set.parts)
        .map(|part| folder.join(name(&set, part)))
        .collect();
    for name in &names {
        if !matches!(storage.facts(name), Err(error) if error.kind() == io::ErrorKind::NotFound) {
            return Err(SplitError::AlreadyThere);
        }
    }
    make_folder(storage, folder, Access::Usual)?;
    let mut splitter = Splitter {
        file: storage.open(file)?,
        hashes: vec![Vec::new(); usize::from(set.parts)],
        head,
        set,
        done: len / 3,
        total: len,
    };
    let mut kept = Vec::new();
    let written = splitter.write(storage, &names, &mut kept, tick);
    if let Err(error) = written {
        kept.iter().for_each(|name| drop(storage.remove(name)));
        return Err(error);
    }
    Ok(SplitReport {
        manifest: splitter.set.manifest,
        files: names,
        need: splitter.set.need,
        part_bytes: splitter.set.len(),
    })
}

/// `part-03-of-12.bin`: says nothing of what it is a part of.
fn name(set: &Set, part: u16) -> String {
    let width = set.parts.to_string().len();
    let number = part.saturating_add(1);
    format!("part-{number:0width$}-of-{}.bin", set.parts)
}

/// The set that the options ask for.
fn plan(
    options: &SplitOptions,
    set: &dyn Fn((u16, u16)) -> Option<Set>,
) -> Result<Set, SplitError> {
    let with_spares = |need: u16| need.saturating_add(need.div_ceil(10));
    let size = options.size.unwrap_or(u64::MAX);
    let made = match (options.need, options.parts) {
        (Some(need), parts) => set((parts.unwrap_or(with_spares(need)), need)),
        (None, _) if options.size.is_none() => None,
        (None, parts) => (1..=MOST_PARTS).find_map(|need| {
            let parts = parts.unwrap_or(with_spares(need));
            set((parts, need)).filter(|set| set.len() <= size)
        }),
    };
    let set = made.ok_or(SplitError::Numbers)?;
    if set.len() > size {
        let part_bytes = set.len();
        return Err(SplitError::TooLarge { part_bytes, size });
    }
    Ok(set)
}

/// Writes the parts of one file.
struct Splitter {
    file: Box<dyn StoredFile>,
    set: Set,
    head: Vec<u8>,
    /// Of every part.
    hashes: Vec<Vec<BlockHash>>,
    done: u64,
    total: u64,
}

impl Splitter {
    /// Two ways through the file: spare shards and all hashes, then the parts that are plain pieces
    /// of the file, one after another.
    fn write(
        &mut self,
        storage: &dyn Storage,
        names: &[PathBuf],
        kept: &mut Vec<PathBuf>,
        tick: &mut Tick<'_>,
    ) -> Result<(), SplitError> {
        let (plain, spare) = names.split_at(usize::from(self.set.need).min(names.len()));
        let mut spares = Vec::new();
        for name in spare {
            spares.push(Beside::new(storage, name, Access::Usual)?);
        }
        for block in 0..self.set.blocks() {
            self.column(block, &mut spares)?;
            let step = u64::from(self.set.need).saturating_mul(self.set.block());
            self.tell(step / 3, tick)?;
        }
        self.set.roots = self
            .hashes
            .iter()
            .map(|hashes| root(&hashes.concat()))
            .collect();
        let need = self.set.need;
        for (part, mut beside) in (need..).zip(spares) {
            self.front(part, &mut **beside.file()?)?;
            self.keep(beside, names, part, kept)?;
        }
        for (part, name) in (0..need).zip(plain) {
            let mut beside = Beside::new(storage, name, Access::Usual)?;
            self.front(part, &mut **beside.file()?)?;
            for block in 0..self.set.blocks() {
                let bytes = self.block(part, block)?;
                // What changed since it was hashed must not become a part.
                let hash = self
                    .hashes
                    .get(usize::from(part))
                    .and_then(|of| of.get(block as usize));
                if hash != Some(&block_hash(&bytes)) {
                    return Err(JudgeError::Damaged.into());
                }
                let at = self.set.shard_at().saturating_add(self.set.column(block).0);
                write_at(&mut **beside.file()?, at, &bytes)?;
                self.tell(self.set.block() / 3, tick)?;
            }
            self.keep(beside, names, part, kept)?;
        }
        Ok(())
    }

    fn tell(&mut self, bytes: u64, tick: &mut Tick<'_>) -> Result<(), SplitError> {
        self.done = self.done.saturating_add(bytes).min(self.total);
        match tick(self.done, self.total) {
            ControlFlow::Break(()) => Err(JudgeError::Cancelled.into()),
            ControlFlow::Continue(()) => Ok(()),
        }
    }

    fn keep(
        &self,
        beside: Beside<'_>,
        names: &[PathBuf],
        part: u16,
        kept: &mut Vec<PathBuf>,
    ) -> Result<(), SplitError> {
        if let Some(name) = names.get(usize::from(part)) {
            beside.keep_as_new(name)?;
            kept.push(name.clone());
        }
        Ok(())
    }

    /// A block of a plain part; zeros beyond the end of the file.
    fn block(&mut self, part: u16, block: u64) -> io::Result<Vec<u8>> {
        let (at, len) = self.set.column(block);
        let at = u64::from(part)
            .saturating_mul(self.set.shard())
            .saturating_add(at);
        let mut bytes = vec![0; len];
        let inside = self.set.file_len.saturating_sub(at).min(len as u64) as usize;
        read_at(
            &mut *self.file,
            at.min(self.set.file_len),
            bytes.get_mut(..inside).unwrap_or_default(),
        )?;
        Ok(bytes)
    }

    /// Hashes a block of every part, and writes those of the spare ones.
    fn column(&mut self, block: u64, spares: &mut [Beside<'_>]) -> Result<(), SplitError> {
        let (at, len) = self.set.column(block);
        let mut data = Shards::new(self.set.need.into(), len);
        data.here.fill(true);
        for part in 0..self.set.need {
            let bytes = self.block(part, block)?;
            data.get_mut(part.into()).copy_from_slice(&bytes);
        }
        let spare = encode(&data, spares.len())?;
        let all = data
            .bytes
            .par_chunks_exact(len)
            .chain(spare.bytes.par_chunks_exact(len));
        let hashes: Vec<BlockHash> = all.map(block_hash).collect();
        self.hashes
            .iter_mut()
            .zip(hashes)
            .for_each(|(of, hash)| of.push(hash));
        let at = self.set.shard_at().saturating_add(at);
        for (number, beside) in spares.iter_mut().enumerate() {
            write_at(&mut **beside.file()?, at, spare.get(number))?;
        }
        Ok(())
    }

    /// Everything before the shard.
    fn front(&self, part: u16, file: &mut dyn StoredFile) -> io::Result<()> {
        let hashes = self.hashes.get(usize::from(part)).map(Vec::as_slice);
        let front = self.set.encode(part, hashes.unwrap_or_default());
        write_at(file, 0, &front)?;
        write_at(file, self.set.head_at(), &self.head)
    }
}
