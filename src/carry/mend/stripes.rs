//! Blocks: those that any copy still has, and stripe by stripe those that repair data gives back.
//!
//! The hashes of blocks are not signed. So a block never goes over a byte that is settled (part of
//! a head, page or piece that hashed right), and hashes that contradict settled bytes are not used.

use std::ops::Range;

use rayon::prelude::*;

use super::block::{BlockHash, block_hash, read_at};
use super::rebuild::{Rebuild, Stop};
use super::repair_data::{Hashes, RepairHeader};
use super::shards::{Shards, decode};
use super::source::Repair;
use super::table::page_place;

/// Bytes of blocks hashed at a time.
const STEP: u64 = 4 << 20;

impl Rebuild<'_, '_> {
    /// Mends blocks with all repair data of this file.
    pub(crate) fn fill_blocks(&mut self) -> Result<(), Stop> {
        // Further copies of pieces that are right are settled too.
        self.fill_spares()?;
        let settled = self.settled()?;
        for repair in self.repairs {
            if repair.header.file_len != self.len || self.fill_from(repair, &settled)? {
                continue;
            }
            // Perhaps one list lies: each place is heard alone, so that none spoils the others.
            for &(source, start) in &repair.places {
                let Some(source) = self.sources.get_mut(source) else {
                    continue;
                };
                let mut hashes = Hashes::default();
                let len = source.len;
                hashes.read(&mut *source.file, len, start, &repair.header);
                let alone = Repair {
                    header: repair.header,
                    hashes,
                    places: repair.places.clone(),
                };
                if repair.places.len() > 1 && self.fill_from(&alone, &settled)? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Mends blocks with one list of hashes; true if all of them are right then.
    fn fill_from(&mut self, repair: &Repair, settled: &Settled) -> Result<bool, Stop> {
        let Some(mut good) = self.known_blocks(repair, settled)? else {
            return Ok(false);
        };
        for stripe in 0..repair.header.stripes {
            self.mend_stripe(repair, stripe, &mut good, settled)?;
        }
        Ok(good.iter().all(|good| *good))
    }

    /// Which blocks of the new file are right; `None` if a settled one is not what the list says.
    /// Wrong ones are taken from copies, which may have a block of a piece that is damaged elsewhere.
    fn known_blocks(
        &mut self,
        repair: &Repair,
        settled: &Settled,
    ) -> Result<Option<Vec<bool>>, Stop> {
        let header = &repair.header;
        let at_once = (STEP / header.block).max(1);
        let mut good = Vec::new();
        let mut wrong = Vec::new();
        let mut first = 0;
        while first < header.blocks() {
            let end = first.saturating_add(at_once).min(header.blocks());
            let right = self.right_blocks(repair, first, end)?;
            for (block, right) in (first..end).zip(right) {
                let (at, inside) = place(header, block, self.len);
                let contradicts = !right
                    && repair.hashes.get(block).is_some()
                    && settled.open(at, inside as u64).is_empty();
                if contradicts {
                    return Ok(None);
                }
                good.push(right);
                wrong.extend((!right).then_some(block));
            }
            self.advance(0)?;
            first = end;
        }
        for block in wrong {
            let copied = self.copy_block(repair, block, settled)?;
            if let Some(good) = good.get_mut(block as usize) {
                *good = copied;
            }
        }
        Ok(Some(good))
    }

    fn right_blocks(&mut self, repair: &Repair, first: u64, end: u64) -> Result<Vec<bool>, Stop> {
        let block = repair.header.block;
        let (from, to) = (first.saturating_mul(block), end.saturating_mul(block));
        let mut bytes = vec![0; to.saturating_sub(from) as usize];
        let inside = to.min(self.len).saturating_sub(from) as usize;
        let file = bytes.get_mut(..inside).unwrap_or_default();
        read_at(&mut **self.out()?, from, file)?;
        let blocks = bytes.par_chunks_exact(block as usize).enumerate();
        let right = blocks.map(|(number, bytes)| {
            let wanted = repair.hashes.get(first.saturating_add(number as u64));
            wanted.is_some_and(|wanted| block_hash(bytes) == wanted)
        });
        Ok(right.collect())
    }

    /// Takes a block from a copy; false if none has it.
    fn copy_block(&mut self, repair: &Repair, block: u64, settled: &Settled) -> Result<bool, Stop> {
        let Some(wanted) = repair.hashes.get(block) else {
            return Ok(false);
        };
        let (at, inside) = place(&repair.header, block, self.len);
        let mut bytes = vec![0; repair.header.block as usize];
        let copies: Vec<(usize, i128)> = self
            .copies
            .iter()
            .map(|copy| (copy.source, copy.base))
            .collect();
        for (source, base) in copies {
            let file = bytes.get_mut(..inside).unwrap_or_default();
            if self.read_source(source, base.saturating_add(at.into()), file)
                && block_hash(&bytes) == wanted
            {
                self.write_open(at, bytes.get(..inside).unwrap_or_default(), settled)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Gives back the blocks of a stripe that are missing, if enough is left.
    fn mend_stripe(
        &mut self,
        repair: &Repair,
        stripe: u64,
        good: &mut [bool],
        settled: &Settled,
    ) -> Result<(), Stop> {
        let header = &repair.header;
        let blocks: Vec<u64> = (0..header.data)
            .map(|row| row.saturating_mul(header.stripes).saturating_add(stripe))
            .collect();
        // Rows beyond the end of the file are zeros, and there.
        let is_good = |block: u64| good.get(block as usize).copied().unwrap_or(true);
        let missing = blocks.iter().filter(|&&block| !is_good(block)).count();
        if missing == 0 || missing as u64 > header.spare {
            return Ok(());
        }
        let Some(spare) = self.spare_blocks(repair, stripe, missing)? else {
            return Ok(());
        };
        let mut data = Shards::new(blocks.len(), header.block as usize);
        for (row, &block) in blocks
            .iter()
            .enumerate()
            .filter(|&(_, &block)| is_good(block))
        {
            let (at, inside) = place(header, block, self.len);
            let bytes = data.get_mut(row).get_mut(..inside).unwrap_or_default();
            read_at(&mut **self.out()?, at, bytes)?;
            data.mark(row);
        }
        self.advance(0)?;
        decode(&mut data, &spare)?;
        for (row, &block) in blocks.iter().enumerate() {
            let bytes = data.get(row);
            let wanted: Option<BlockHash> = repair.hashes.get(block);
            // Without a hash the piece decides, as it does in the end for all of them.
            if data.here.get(row) == Some(&false)
                && wanted.is_none_or(|wanted| block_hash(bytes) == wanted)
            {
                let (at, inside) = place(header, block, self.len);
                self.write_open(at, bytes.get(..inside).unwrap_or_default(), settled)?;
                if let Some(good) = good.get_mut(block as usize) {
                    *good = true;
                }
            }
        }
        Ok(())
    }

    /// As many repair blocks of a stripe as are wanted; `None` if there are not so many.
    fn spare_blocks(
        &mut self,
        repair: &Repair,
        stripe: u64,
        wanted: usize,
    ) -> Result<Option<Shards>, Stop> {
        let header = &repair.header;
        let mut spare = Shards::new(header.spare as usize, header.block as usize);
        let mut found = 0_usize;
        for number in 0..header.spare {
            let Some(hash) = repair.hashes.get(header.spare_hash(stripe, number)) else {
                continue;
            };
            let at = header.spare_at(stripe, number);
            for &(source, start) in &repair.places {
                let bytes = spare.get_mut(number as usize);
                if self.read_source(source, start.saturating_add(at.into()), bytes)
                    && block_hash(bytes) == hash
                {
                    spare.mark(number as usize);
                    found = found.saturating_add(1);
                    break;
                }
            }
            if found == wanted {
                return Ok(Some(spare));
            }
        }
        Ok(None)
    }
}

/// Bytes of the new file that were held against the signed manifest.
#[derive(Debug, Default)]
struct Settled(Vec<Range<u64>>);

impl Settled {
    /// Places in any order; neighbours become one.
    fn new(mut places: Vec<Range<u64>>) -> Settled {
        places.sort_by_key(|place| place.start);
        let mut merged: Vec<Range<u64>> = Vec::new();
        for place in places {
            match merged.last_mut() {
                Some(last) if last.end >= place.start => last.end = last.end.max(place.end),
                _ => merged.push(place),
            }
        }
        Settled(merged)
    }

    /// The parts of `len` bytes from `at` on that are not settled.
    fn open(&self, at: u64, len: u64) -> Vec<Range<u64>> {
        let end = at.saturating_add(len);
        let first = self.0.partition_point(|settled| settled.end <= at);
        let mut open = Vec::new();
        let mut from = at;
        for settled in self.0.get(first..).unwrap_or_default() {
            if settled.start >= end {
                break;
            }
            if settled.start > from {
                open.push(from..settled.start);
            }
            from = from.max(settled.end);
        }
        if from < end {
            open.push(from..end);
        }
        open
    }
}

impl Rebuild<'_, '_> {
    /// Head, INDEX, pages and pieces that are right in the new file, and their further copies.
    fn settled(&mut self) -> Result<Settled, Stop> {
        let head = 0..self.layout.index_at();
        let mut places: Vec<Range<u64>> = std::iter::once(head).collect();
        if self.rows.is_some() {
            places.push(self.layout.index_at()..self.layout.table_at());
        }
        for page in 0..self.manifest().pages() {
            if self.pages.get(page as usize) == Some(&true) {
                let (at, len) = (
                    self.layout.page_at(page),
                    page_place(self.manifest(), page).1,
                );
                places.push(at..at.saturating_add(len as u64));
            }
        }
        for run in self.layout.runs.clone() {
            let Some(from) = self.before(run.first)? else {
                continue;
            };
            for piece in run.first..run.first.saturating_add(run.count) {
                if self.whole.get(piece as usize) != Some(&true) {
                    continue;
                }
                let Some(entry) = self.piece(piece)? else {
                    continue;
                };
                let inside = entry.before.saturating_sub(from);
                let at = run.offset.saturating_add(inside);
                let end = at.saturating_add(entry.stored.into());
                match places.last_mut() {
                    Some(last) if last.end == at => last.end = end,
                    _ => places.push(at..end),
                }
            }
        }
        Ok(Settled::new(places))
    }

    /// Writes what of a block is not settled.
    fn write_open(&mut self, at: u64, bytes: &[u8], settled: &Settled) -> Result<(), Stop> {
        for open in settled.open(at, bytes.len() as u64) {
            let inside =
                open.start.saturating_sub(at) as usize..open.end.saturating_sub(at) as usize;
            self.write(open.start, bytes.get(inside).unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Where a block lies in the file, and how many of its bytes are inside.
pub(crate) fn place(header: &RepairHeader, block: u64, len: u64) -> (u64, usize) {
    let at = block.saturating_mul(header.block);
    (at, len.saturating_sub(at).min(header.block) as usize)
}
