//! Repair data: made of a whole file, and checked for what is left of it (FORMAT.md section 13.1).

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use varaq_bundle::Hash;
use varaq_storage::{Access, Beside, Storage, StoredFile};
use varaq_trust::View;

use super::block::{BlockHash, block_hash, read_at, write_at};
use super::judge::{JudgeError, Judged, Tick, judge};
use super::layout::Layout;
use super::repair_data::{FileHash, RepairHeader, encode_hashes};
use super::shards::{Shards, encode};
use super::source::{Repair, Source, repairs_in};
use super::stripes::place;
use super::table::{index_len, table_len};

const STEP: usize = 4 << 20;

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParityReport {
    /// The issue.
    pub manifest: Hash,
    /// Bytes of the file that is protected.
    pub file_bytes: u64,
    /// Bytes of the repair data.
    pub repair_bytes: u64,
    /// Bytes that may be lost in one place, wherever it is.
    pub burst_bytes: u64,
}

/// What is left of repair data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParityCheck {
    /// The issue that it says it is of; nothing proves that before a repair.
    pub manifest: Hash,
    /// Bytes of the file that it is of.
    pub file_bytes: u64,
    /// Bytes that it had when it was made.
    pub repair_bytes: u64,
    /// Repair blocks that are whole.
    pub blocks_whole: u64,
    /// Repair blocks that were made.
    pub blocks: u64,
    /// Headers, and pages of hashes, that are wrong in one of their two copies.
    pub spares_wrong: u64,
    /// Bytes that may still be lost in one place.
    pub burst_bytes: u64,
}

impl ParityCheck {
    /// Nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.blocks_whole == self.blocks && self.spares_wrong == 0
    }
}

/// Why repair data was not made or checked.
#[derive(Debug, thiserror::Error)]
pub enum ParityError {
    /// The bundle is not a valid, sound one.
    #[error(transparent)]
    Judge(#[from] JudgeError),
    /// The percentage is not 1-100, or the file is longer than any bundle.
    #[error("a percentage of 1 to 100 is needed")]
    Percent,
    /// There is repair data in the file.
    #[error("the file has repair data already")]
    Already,
    /// No repair data was found.
    #[error("there is no repair data in it")]
    None,
    /// Something has the target's name.
    #[error("a file of that name is there already")]
    AlreadyThere,
    /// A disk failed.
    #[error("a file or disk failed")]
    Io(#[from] io::Error),
}

fn tell(tick: &mut Tick<'_>, done: u64, total: u64) -> Result<(), ParityError> {
    match tick(done, total) {
        ControlFlow::Break(()) => Err(JudgeError::Cancelled.into()),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// Makes repair data for a sound bundle: in a new file `target`, or without one behind the bundle
/// itself, which is written anew beside its place for that.
///
/// # Errors
/// See [`ParityError`]; then nothing has changed.
pub fn add_parity<'v>(
    storage: &dyn Storage,
    file: &Path,
    target: Option<&Path>,
    percent: u16,
    view: impl Into<View<'v>>,
    tick: &mut Tick<'_>,
) -> Result<ParityReport, ParityError> {
    if let Some(target) = target {
        match storage.facts(target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Err(ParityError::AlreadyThere),
        }
    }
    let view = view.into();
    let mut half = |done: u64, total: u64| tick(done / 2, total);
    let judged = judge(storage, file, view, &mut half)?.sound()?;
    if target.is_none() && judged.report.trailer_bytes > 0 {
        return Err(ParityError::Already);
    }
    let mut maker = Maker::new(storage, file, &judged, percent)?;
    let mut beside = Beside::new(storage, target.unwrap_or(file), Access::Usual)?;
    let start = match target {
        Some(_) => 0,
        None => maker.copy_file(&mut **beside.file()?, tick)?,
    };
    maker.write(&mut **beside.file()?, start, tick)?;
    match target {
        Some(target) => beside.keep_as_new(target)?,
        None => {
            // It takes the place of a good bundle: what was copied is judged once more.
            beside.sync()?;
            beside.file()?.forget_cached();
            let mut rest = |_: u64, total: u64| tick(total, total);
            let again = judge(storage, beside.part(), view, &mut rest)?.sound()?;
            if again.head != judged.head || again.len != judged.len {
                return Err(JudgeError::Damaged.into());
            }
            beside.keep_as(file)?;
        }
    }
    let header = &maker.header;
    Ok(ParityReport {
        manifest: header.manifest,
        file_bytes: header.file_len,
        repair_bytes: header.len(),
        burst_bytes: burst(header, header.spare),
    })
}

/// Bytes that may be lost in one place when each stripe can lose `blocks`.
fn burst(header: &RepairHeader, blocks: u64) -> u64 {
    let whole = blocks.saturating_mul(header.stripes).saturating_sub(1);
    whole.saturating_mul(header.block).min(header.file_len)
}

/// Makes the repair data of one file.
struct Maker {
    file: Box<dyn StoredFile>,
    layout: Layout,
    header: RepairHeader,
    hashes: Vec<BlockHash>,
}

impl Maker {
    fn new(
        storage: &dyn Storage,
        file: &Path,
        judged: &Judged,
        percent: u16,
    ) -> Result<Maker, ParityError> {
        let layout = Layout::of(&judged.head).ok_or(JudgeError::Damaged)?;
        let head = judged.head.to_bytes();
        let tables = index_len(&layout.manifest).saturating_add(table_len(&layout.manifest));
        let lens = (head.len() as u64, tables);
        let hashes = [judged.facts.issue.id, Hash([0; 32]), Hash::of(&head)];
        let header = RepairHeader::new(percent, judged.len, lens, hashes);
        let header = header.ok_or(ParityError::Percent)?;
        Ok(Maker {
            file: storage.open(file)?,
            layout,
            hashes: vec![[0; 16]; header.hashes() as usize],
            header,
        })
    }

    /// The bundle itself, before what is appended.
    fn copy_file(
        &mut self,
        target: &mut dyn StoredFile,
        tick: &mut Tick<'_>,
    ) -> Result<u64, ParityError> {
        let len = self.header.file_len;
        let mut at = 0;
        let mut buffer = vec![0; len.min(STEP as u64) as usize];
        while at < len {
            let step = len.saturating_sub(at).min(STEP as u64) as usize;
            let bytes = buffer.get_mut(..step).unwrap_or_default();
            read_at(&mut *self.file, at, bytes)?;
            write_at(target, at, bytes)?;
            at = at.saturating_add(step as u64);
            tell(tick, len / 2, len)?;
        }
        Ok(len)
    }

    /// Blocks stripe by stripe, then what is known when all of them are there.
    fn write(
        &mut self,
        target: &mut dyn StoredFile,
        start: u64,
        tick: &mut Tick<'_>,
    ) -> Result<(), ParityError> {
        target.set_len(start.saturating_add(self.header.len()))?;
        let (len, stripes) = (self.header.file_len, self.header.stripes);
        for stripe in 0..stripes {
            self.stripe(target, start, stripe)?;
            let part = (len / stripes).saturating_mul(stripe.saturating_add(1));
            tell(tick, (len / 2).saturating_add(part / 2), len)?;
        }
        let mut file = FileHash::new();
        let data = self.header.blocks() as usize;
        self.hashes
            .iter()
            .take(data)
            .for_each(|hash| file.add(hash));
        self.header.file = file.finish();
        let hashes = encode_hashes(&self.header.id(), &self.hashes);
        for at in self.header.hashes_at() {
            write_at(target, start.saturating_add(at), &hashes)?;
        }
        for at in self.header.fronts_at() {
            self.front(target, start.saturating_add(at))?;
        }
        write_at(target, start, &self.header.encode(false))?;
        let last = self.header.len().saturating_sub(RepairHeader::LEN as u64);
        write_at(
            target,
            start.saturating_add(last),
            &self.header.encode(true),
        )?;
        Ok(())
    }

    fn stripe(&mut self, target: &mut dyn StoredFile, start: u64, stripe: u64) -> io::Result<()> {
        let header = self.header;
        let mut data = Shards::new(header.data as usize, header.block as usize);
        data.here.fill(true);
        for row in 0..header.data {
            let block = row.saturating_mul(header.stripes).saturating_add(stripe);
            let (at, inside) = place(&header, block, header.file_len);
            let bytes = data.get_mut(row as usize);
            if inside == 0 {
                continue;
            }
            read_at(
                &mut *self.file,
                at,
                bytes.get_mut(..inside).unwrap_or_default(),
            )?;
            if let Some(hash) = self.hashes.get_mut(block as usize) {
                *hash = block_hash(bytes);
            }
        }
        let spare = encode(&data, header.spare as usize)?;
        for number in 0..header.spare {
            let bytes = spare.get(number as usize);
            let hash = header.spare_hash(stripe, number) as usize;
            if let Some(hash) = self.hashes.get_mut(hash) {
                *hash = block_hash(bytes);
            }
            let at = start.saturating_add(header.spare_at(stripe, number));
            write_at(target, at, bytes)?;
        }
        Ok(())
    }

    /// Head, INDEX and TABLE.
    fn front(&mut self, target: &mut dyn StoredFile, at: u64) -> io::Result<()> {
        let head = self.layout.head.to_bytes();
        write_at(target, at, &head)?;
        let mut to = at.saturating_add(head.len() as u64);
        let (mut from, mut left) = (self.layout.index_at(), self.header.table_len);
        let mut buffer = vec![0; left.min(STEP as u64) as usize];
        while left > 0 {
            let step = left.min(STEP as u64);
            let bytes = buffer.get_mut(..step as usize).unwrap_or_default();
            read_at(&mut *self.file, from, bytes)?;
            write_at(target, to, bytes)?;
            (from, to) = (from.saturating_add(step), to.saturating_add(step));
            left = left.saturating_sub(step);
        }
        Ok(())
    }
}

/// Reads all repair data in a file and says what is left of it.
///
/// # Errors
/// If there is none, the disk fails, or `tick` stops it.
pub fn check_parity(
    storage: &dyn Storage,
    file: &Path,
    tick: &mut Tick<'_>,
) -> Result<Vec<ParityCheck>, ParityError> {
    let opened = Source::open(storage, file, &mut |_| tick(0, 0))?;
    let mut sources = vec![opened.ok_or(JudgeError::Cancelled)?];
    let repairs = repairs_in(&mut sources);
    let Some(source) = sources.first_mut() else {
        return Err(ParityError::None);
    };
    let checks: Result<Vec<ParityCheck>, ParityError> = repairs
        .iter()
        .map(|repair| check_one(source, repair, tick))
        .collect();
    match checks {
        Ok(checks) if checks.is_empty() => Err(ParityError::None),
        checks => checks,
    }
}

fn check_one(
    source: &mut Source,
    repair: &Repair,
    tick: &mut Tick<'_>,
) -> Result<ParityCheck, ParityError> {
    let header = &repair.header;
    let start = repair.places.first().map_or(0, |place| place.1);
    let total = header.spare_blocks().saturating_mul(header.block);
    let mut bytes = vec![0; header.block as usize];
    let (mut whole, mut done) = (0_u64, 0_u64);
    // Stripes that the file is too short for have none; they are not counted one by one.
    let stripes = (source.len / header.block)
        .saturating_add(1)
        .min(header.stripes);
    let mut found = vec![0_u64; stripes as usize];
    for number in 0..header.spare {
        for stripe in 0..header.stripes {
            let at = start.saturating_add(header.spare_at(stripe, number).into());
            let Ok(at) = u64::try_from(at) else { continue };
            if at >= source.len {
                break;
            }
            let hash = repair.hashes.get(header.spare_hash(stripe, number));
            let read = read_at(&mut *source.file, at, &mut bytes);
            if read.is_ok() && hash == Some(block_hash(&bytes)) {
                whole = whole.saturating_add(1);
                if let Some(found) = found.get_mut(stripe as usize) {
                    *found = found.saturating_add(1);
                }
            }
            done = done.saturating_add(header.block);
            tell(tick, done, total)?;
        }
    }
    let least = found.into_iter().min().unwrap_or(0);
    let headers = headers_right(source, start, header);
    Ok(ParityCheck {
        manifest: header.manifest,
        file_bytes: header.file_len,
        repair_bytes: header.len(),
        blocks_whole: whole,
        blocks: header.spare_blocks(),
        spares_wrong: repair
            .hashes
            .wrong
            .saturating_add(2_u64.saturating_sub(headers)),
        burst_bytes: burst(header, least),
    })
}

/// How many of the two headers are there.
fn headers_right(source: &mut Source, start: i128, header: &RepairHeader) -> u64 {
    let last = header.len().saturating_sub(RepairHeader::LEN as u64);
    let right = [(0, false), (last, true)]
        .into_iter()
        .filter(|(offset, is_last)| {
            let mut bytes = vec![0; RepairHeader::LEN];
            let at = u64::try_from(start.saturating_add((*offset).into()));
            at.is_ok_and(|at| read_at(&mut *source.file, at, &mut bytes).is_ok())
                && bytes == header.encode(*is_last)
        });
    right.count() as u64
}
