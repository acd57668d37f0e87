//! Blocks: those that any copy still has, and stripe by stripe those that repair data gives back.

use rayon::prelude::*;

use super::block::{BlockHash, block_hash, read_at};
use super::rebuild::{Rebuild, Stop};
use super::repair_data::RepairHeader;
use super::shards::{Shards, decode};
use super::source::Repair;

/// Bytes of blocks hashed at a time.
const STEP: u64 = 4 << 20;

impl Rebuild<'_, '_> {
    /// Mends blocks with all repair data of this file.
    pub(crate) fn fill_blocks(&mut self) -> Result<(), Stop> {
        for repair in self.repairs {
            if repair.header.file_len != self.len {
                continue;
            }
            let mut good = self.known_blocks(repair)?;
            for stripe in 0..repair.header.stripes {
                self.mend_stripe(repair, stripe, &mut good)?;
            }
        }
        Ok(())
    }

    /// Which blocks of the new file are right. Wrong ones are taken from copies, which may have a block
    /// of a piece that is damaged elsewhere.
    fn known_blocks(&mut self, repair: &Repair) -> Result<Vec<bool>, Stop> {
        let header = &repair.header;
        let at_once = (STEP / header.block).max(1);
        let mut good = Vec::new();
        let mut first = 0;
        while first < header.blocks() {
            let end = first.saturating_add(at_once).min(header.blocks());
            let right = self.right_blocks(repair, first, end)?;
            for (block, right) in (first..end).zip(right) {
                good.push(right || self.copy_block(repair, block)?);
            }
            self.advance(0)?;
            first = end;
        }
        Ok(good)
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
    fn copy_block(&mut self, repair: &Repair, block: u64) -> Result<bool, Stop> {
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
                self.write(at, bytes.get(..inside).unwrap_or_default())?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Gives back the blocks of a stripe that are missing, if enough is left.
    fn mend_stripe(&mut self, repair: &Repair, stripe: u64, good: &mut [bool]) -> Result<(), Stop> {
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
                self.write(at, bytes.get(..inside).unwrap_or_default())?;
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

/// Where a block lies in the file, and how many of its bytes are inside.
pub(crate) fn place(header: &RepairHeader, block: u64, len: u64) -> (u64, usize) {
    let at = block.saturating_mul(header.block);
    (at, len.saturating_sub(at).min(header.block) as usize)
}
