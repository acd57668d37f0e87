//! What was received of one stream: symbols in a scratch file, in the order of their blocks'
//! arrival, and the file that they add up to.
//!
//! Nothing in here is proven. A block is decoded when it has as many symbols as it needs; a
//! block in which a piece turns out to be wrong is forgotten and received anew.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom, Write};

use reed_solomon_simd::ReedSolomonDecoder;

use crate::carousel::packet::{Packet, SYMBOLS, block_bytes, blocks_of, symbols_of};
use crate::selected::Stored;

/// Most blocks that are kept of a stream without a verified head: anybody can send one.
const UNPROVEN_BLOCKS: usize = 512;

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It brought something.
    New,
    /// It was the last one that its block needed.
    Completed,
    /// It was known, or its block is complete.
    Known,
    /// It says another thing than one before, or there is no room for it.
    Dropped,
}

/// A block, in part or whole.
#[derive(Debug, Default)]
struct Block {
    /// Its place in the scratch file.
    extent: u64,
    /// Which symbol lies in which slot, while it is not complete.
    slots: Vec<u8>,
    /// Symbols of which two versions came: neither is believed.
    barred: Vec<u8>,
    is_complete: bool,
}

/// A stream while it is received.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) id: [u8; 16],
    pub(crate) file_bytes: u64,
    pub(crate) data_bytes: usize,
    /// Its head was verified.
    pub(crate) is_proven: bool,
    /// Packets that brought something.
    pub(crate) packets: u64,
    /// Complete blocks.
    pub(crate) complete: u32,
    blocks: HashMap<u32, Block>,
    extents: u64,
    scratch: RefCell<Stored>,
}

impl Stream {
    pub(crate) fn new(packet: &Packet<'_>, scratch: Stored) -> Stream {
        Stream {
            id: packet.stream,
            file_bytes: packet.file_bytes,
            data_bytes: packet.data.len(),
            is_proven: false,
            packets: 0,
            complete: 0,
            blocks: HashMap::new(),
            extents: 0,
            scratch: RefCell::new(scratch),
        }
    }

    pub(crate) fn is_of(&self, packet: &Packet<'_>) -> bool {
        self.id == packet.stream
            && self.file_bytes == packet.file_bytes
            && self.data_bytes == packet.data.len()
    }

    /// True if every block is there.
    pub(crate) fn is_complete(&self) -> bool {
        blocks_of(self.file_bytes, self.data_bytes) == Some(self.complete)
    }

    /// Takes a packet in.
    pub(crate) fn take(&mut self, packet: &Packet<'_>) -> io::Result<Fate> {
        let is_full = !self.is_proven && self.blocks.len() >= UNPROVEN_BLOCKS;
        if is_full && !self.blocks.contains_key(&packet.block) {
            return Ok(Fate::Dropped);
        }
        let extents = &mut self.extents;
        let block = self.blocks.entry(packet.block).or_insert_with(|| {
            let extent = *extents;
            *extents = extent.saturating_add(1);
            Block {
                extent,
                ..Block::default()
            }
        });
        if block.is_complete {
            return Ok(Fate::Known);
        }
        if block.barred.contains(&packet.symbol) {
            return Ok(Fate::Dropped);
        }
        let scratch = self.scratch.get_mut();
        let known = block.slots.iter().position(|&slot| slot == packet.symbol);
        if let Some(slot) = known {
            return block.compare(scratch, slot, packet);
        }
        let at = block.slot_at(block.slots.len(), packet.data.len());
        scratch.seek(SeekFrom::Start(at))?;
        scratch.write_all(packet.data)?;
        block.slots.push(packet.symbol);
        self.packets = self.packets.saturating_add(1);
        let needed = symbols_of(self.file_bytes, self.data_bytes, packet.block);
        if block.slots.len() < needed {
            return Ok(Fate::New);
        }
        block.complete(scratch, needed, self.data_bytes)?;
        self.complete = self.complete.saturating_add(1);
        Ok(Fate::Completed)
    }

    /// Forgets the blocks that hold these bytes of the file; they are received anew.
    pub(crate) fn forget(&mut self, from: u64, end: u64) {
        let len = block_bytes(self.data_bytes).max(1);
        for block in from / len..end.div_ceil(len) {
            let held = u32::try_from(block).ok();
            let Some(block) = held.and_then(|block| self.blocks.get_mut(&block)) else {
                continue;
            };
            if block.is_complete {
                self.complete = self.complete.saturating_sub(1);
            }
            block.is_complete = false;
            block.slots.clear();
            block.barred.clear();
        }
    }

    /// True if all these bytes of the file were received.
    pub(crate) fn has(&self, from: u64, len: u64) -> bool {
        let data = (self.data_bytes as u64).max(1);
        let end = from.saturating_add(len);
        let has = |symbol: u64| self.place(symbol).is_some();
        end <= self.file_bytes && (from / data..end.div_ceil(data)).all(has)
    }

    /// Where a symbol of the file, counted over all blocks, lies in the scratch file.
    fn place(&self, symbol: u64) -> Option<u64> {
        let number = u32::try_from(symbol / SYMBOLS as u64).ok()?;
        let inside = u8::try_from(symbol % SYMBOLS as u64).ok()?;
        let block = self.blocks.get(&number)?;
        let slot = match block.is_complete {
            true => usize::from(inside),
            false => block.slots.iter().position(|&slot| slot == inside)?,
        };
        Some(block.slot_at(slot, self.data_bytes))
    }
}

impl Block {
    fn slot_at(&self, slot: usize, data_bytes: usize) -> u64 {
        let extent = self.extent.saturating_mul(block_bytes(data_bytes));
        extent.saturating_add(slot.saturating_mul(data_bytes) as u64)
    }

    /// A symbol that was there already: if the two differ, none of them is kept.
    fn compare(
        &mut self,
        scratch: &mut Stored,
        slot: usize,
        packet: &Packet<'_>,
    ) -> io::Result<Fate> {
        let len = packet.data.len();
        let held = read(scratch, self.slot_at(slot, len), len)?;
        if held == packet.data {
            return Ok(Fate::Known);
        }
        self.barred.push(packet.symbol);
        let last = self.slots.len().saturating_sub(1);
        if slot != last {
            let moved = read(scratch, self.slot_at(last, len), len)?;
            scratch.seek(SeekFrom::Start(self.slot_at(slot, len)))?;
            scratch.write_all(&moved)?;
        }
        self.slots.swap_remove(slot);
        Ok(Fate::Dropped)
    }

    /// Puts the symbols of the file into their order; those that are missing are computed.
    fn complete(
        &mut self,
        scratch: &mut Stored,
        needed: usize,
        data_bytes: usize,
    ) -> io::Result<()> {
        let len = needed.saturating_mul(data_bytes);
        let held = read(scratch, self.slot_at(0, data_bytes), len)?;
        let decoded = self.decode(&held, needed, data_bytes);
        let bytes = decoded.ok_or_else(|| io::Error::other("a block cannot be decoded"))?;
        scratch.seek(SeekFrom::Start(self.slot_at(0, data_bytes)))?;
        scratch.write_all(&bytes)?;
        self.is_complete = true;
        self.slots = Vec::new();
        self.barred = Vec::new();
        Ok(())
    }

    fn decode(&self, held: &[u8], needed: usize, data_bytes: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; held.len()];
        let mut decoder = ReedSolomonDecoder::new(SYMBOLS, SYMBOLS, data_bytes).ok()?;
        for (symbol, data) in self.slots.iter().zip(held.chunks_exact(data_bytes)) {
            let symbol = usize::from(*symbol);
            match symbol.checked_sub(SYMBOLS) {
                Some(recovery) => decoder.add_recovery_shard(recovery, data).ok()?,
                None => {
                    decoder.add_original_shard(symbol, data).ok()?;
                    put(&mut bytes, symbol, data)?;
                }
            }
        }
        // Behind the end of the file all symbols are zeros, and never sent.
        let zeros = vec![0; data_bytes];
        for symbol in needed..SYMBOLS {
            decoder.add_original_shard(symbol, &zeros).ok()?;
        }
        let restored = decoder.decode().ok()?;
        for (symbol, data) in restored.restored_original_iter() {
            put(&mut bytes, symbol, data)?;
        }
        Some(bytes)
    }
}

fn put(bytes: &mut [u8], symbol: usize, data: &[u8]) -> Option<()> {
    let from = symbol.checked_mul(data.len())?;
    let place = bytes.get_mut(from..from.checked_add(data.len())?)?;
    place.copy_from_slice(data);
    Some(())
}

fn read(scratch: &mut Stored, at: u64, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    scratch.seek(SeekFrom::Start(at))?;
    scratch.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The file as far as it was received; what is missing reads as zeros.
#[derive(Debug)]
pub(crate) struct Gathered<'s> {
    pub(crate) stream: &'s Stream,
    pub(crate) at: u64,
}

impl Read for Gathered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let data = (self.stream.data_bytes as u64).max(1);
        let left = self.stream.file_bytes.saturating_sub(self.at);
        let inside = self.at % data;
        let most = left.min(data.saturating_sub(inside));
        let most = usize::try_from(most).unwrap_or(0).min(buffer.len());
        let target = buffer.get_mut(..most).unwrap_or_default();
        match self.stream.place(self.at / data) {
            Some(place) => {
                let mut scratch = self.stream.scratch.borrow_mut();
                scratch.seek(SeekFrom::Start(place.saturating_add(inside)))?;
                scratch.read_exact(target)?;
            }
            None => target.fill(0),
        }
        self.at = self.at.saturating_add(most as u64);
        Ok(most)
    }
}

impl Seek for Gathered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.stream.file_bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
