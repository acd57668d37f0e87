//! A stream of packets for channels that lead one way (FORMAT.md section 12): satellite,
//! radio, a file that others record from.
//!
//! In: bundles. Out: packets of one size, round after round: heads, catalogs and prefixes
//! of all bundles first, then texts, then pictures, each with symbols that repair what is
//! lost. The same files and options give the same bytes. Memory: 16 blocks, about 6 MB.

pub(crate) mod packet;

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use reed_solomon_simd::ReedSolomonEncoder;
use varaq_storage::Storage;
use varaq_trust::View;

use crate::delta::hash_of;
use crate::selected::{self, Original, SelectError, Stored, Watch};
pub use packet::PACKET_BYTES;
use packet::{FRAME, Packet, SYMBOLS, block_bytes, blocks_of, stream_id, symbols_of};

/// Blocks whose packets are mixed: a burst of losses is shared by so many.
const MIXED: u32 = 16;

/// How a stream is made.
#[derive(Clone, Copy, Debug)]
pub struct CarouselOptions {
    /// Bytes of a packet, see [`PACKET_BYTES`]; even.
    pub packet_bytes: u16,
    /// How often everything is sent; 0 = until it is stopped or `max_bytes` are written.
    pub rounds: u32,
    /// Symbols that repair, for each 100 symbols of the files, in each round; 0 … 100.
    pub overhead_percent: u8,
    /// Most bytes of the stream.
    pub max_bytes: Option<u64>,
}

impl Default for CarouselOptions {
    /// Three rounds of seven transport packets each, a quarter more for repair.
    fn default() -> CarouselOptions {
        CarouselOptions {
            packet_bytes: 1_316,
            rounds: 3,
            overhead_percent: 25,
            max_bytes: None,
        }
    }
}

/// What was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarouselReport {
    /// Packets written.
    pub packets: u64,
    /// Bytes written.
    pub bytes: u64,
    /// Rounds that were begun.
    pub rounds: u32,
    /// Bytes of all bundles.
    pub file_bytes: u64,
}

/// Why a stream ended early.
#[derive(Debug, thiserror::Error)]
pub enum CarouselError {
    /// A bundle cannot be read, or the stream not be written.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The size of packets is odd, or outside of its range.
    #[error("expected an even number from 128 to 8192 as the size of a packet, got {0}")]
    PacketSize(u16),
    /// The file has more blocks than can be counted.
    #[error("the file is too long for packets of this size")]
    TooLong,
}

impl From<io::Error> for CarouselError {
    fn from(error: io::Error) -> CarouselError {
        CarouselError::Select(error.into())
    }
}

/// A bundle that is sent.
struct Sent {
    file: Stored,
    file_bytes: u64,
    stream: [u8; 16],
    blocks: u32,
    /// Blocks with head, INDEX, TABLE, FRONT, notices, catalog and prefixes.
    first: u32,
}

/// Sends bundles. `watch` is told bytes written, and bytes to be written if that is known.
///
/// # Errors
/// See [`CarouselError`]; what was written until then are whole packets, but for a full disk.
pub fn carousel<'v>(
    storage: &dyn Storage,
    sources: &[&Path],
    view: impl Into<View<'v>>,
    options: &CarouselOptions,
    out: &mut dyn Write,
    watch: &mut Watch<'_>,
) -> Result<CarouselReport, CarouselError> {
    let size = options.packet_bytes;
    let data_bytes = usize::from(size).saturating_sub(FRAME);
    if !PACKET_BYTES.contains(&size) || !data_bytes.is_multiple_of(2) {
        return Err(CarouselError::PacketSize(size));
    }
    let view = view.into();
    let mut sent = Vec::new();
    for path in sources {
        sent.push(Sent::open(storage, path, view, data_bytes)?);
    }
    let mut wheel = Wheel {
        data_bytes,
        options,
        total: total_bytes(&sent, options, data_bytes),
        report: CarouselReport {
            file_bytes: sent.iter().map(|one| one.file_bytes).sum(),
            ..CarouselReport::default()
        },
        packets: Vec::new(),
        out,
        watch,
    };
    wheel.turn(&mut sent)?;
    let report = wheel.report;
    out.flush()?;
    Ok(report)
}

/// Bytes of the stream; 0 = not known.
fn total_bytes(sent: &[Sent], options: &CarouselOptions, data_bytes: usize) -> u64 {
    let symbols: u64 = sent
        .iter()
        .map(|one| one.file_bytes.div_ceil((data_bytes as u64).max(1)))
        .sum();
    let share = u64::from(options.overhead_percent.min(100)).saturating_add(100);
    let round = symbols
        .saturating_mul(share)
        .saturating_mul(options.packet_bytes.into())
        / 100;
    let all = round.saturating_mul(options.rounds.into());
    match options.max_bytes {
        Some(most) if options.rounds == 0 => most,
        Some(most) => most.min(all),
        None => all,
    }
}

impl Sent {
    fn open(
        storage: &dyn Storage,
        path: &Path,
        view: View<'_>,
        data_bytes: usize,
    ) -> Result<Sent, CarouselError> {
        let original = Original::open(storage, path, view)?;
        let mut file = storage.open(path)?;
        let file_bytes = file.len_bytes()?;
        let hash = hash_of(&mut file, file_bytes)?;
        let first = first_bytes(&original)?.div_ceil(block_bytes(data_bytes));
        let blocks = blocks_of(file_bytes, data_bytes).ok_or(CarouselError::TooLong)?;
        Ok(Sent {
            file,
            file_bytes,
            stream: stream_id(hash, file_bytes, data_bytes),
            blocks,
            first: u32::try_from(first).unwrap_or(blocks).min(blocks),
        })
    }

    /// A block, filled up with zeros.
    fn block(&mut self, block: u32, data_bytes: usize) -> io::Result<Vec<u8>> {
        let from = u64::from(block).saturating_mul(block_bytes(data_bytes));
        let len = self.file_bytes.saturating_sub(from);
        let len = usize::try_from(len.min(block_bytes(data_bytes))).unwrap_or(0);
        let mut bytes = vec![0; data_bytes.saturating_mul(SYMBOLS)];
        self.file.seek(SeekFrom::Start(from))?;
        self.file
            .read_exact(bytes.get_mut(..len).unwrap_or_default())?;
        Ok(bytes)
    }
}

/// Bytes up to the end of the prefixes, where they lie in the order of pieces.
fn first_bytes(original: &Original) -> Result<u64, SelectError> {
    let manifest = original.content.manifest();
    let prefixes = u32::try_from(manifest.prefixes.len()).unwrap_or(0);
    let text = manifest.articles().start.saturating_add(prefixes);
    let before = selected::pieces_at(&original.content, original.head.prefix.body_at);
    let pieces = selected::stored_bytes(&original.content, 0, text)?;
    Ok(before.saturating_add(pieces))
}

/// The stream while it is written.
struct Wheel<'a, 'w> {
    data_bytes: usize,
    options: &'a CarouselOptions,
    total: u64,
    report: CarouselReport,
    packets: Vec<u8>,
    out: &'a mut dyn Write,
    watch: &'a mut Watch<'w>,
}

impl Wheel<'_, '_> {
    fn turn(&mut self, sent: &mut [Sent]) -> Result<(), CarouselError> {
        let rounds = match self.options.rounds {
            0 => u32::MAX,
            rounds => rounds,
        };
        for round in 0..rounds {
            self.report.rounds = round.saturating_add(1);
            let pass = round.saturating_mul(2);
            if !(self.first(sent, pass)? && self.rest(sent, pass)?) {
                break;
            }
        }
        Ok(())
    }

    /// What comes first of every bundle. False when the stream is full.
    fn first(&mut self, sent: &mut [Sent], pass: u32) -> Result<bool, CarouselError> {
        for one in sent {
            let mut from = 0;
            while from < one.first {
                let end = from.saturating_add(MIXED).min(one.first);
                if !self.group(one, from, end, pass)? {
                    return Ok(false);
                }
                from = end;
            }
        }
        Ok(true)
    }

    /// All other blocks, in turns; what comes first is sent once more in the middle of a
    /// long round, for whoever began to listen late.
    fn rest(&mut self, sent: &mut [Sent], pass: u32) -> Result<bool, CarouselError> {
        let turns = |one: &Sent| one.blocks.saturating_sub(one.first).div_ceil(MIXED);
        let most = sent.iter().map(turns).max().unwrap_or(0);
        let first: u32 = sent.iter().map(|one| one.first.div_ceil(MIXED)).sum();
        for turn in 0..most {
            let is_middle = turn == most / 2 && most > first.saturating_mul(4);
            if is_middle && !self.first(sent, pass.saturating_add(1))? {
                return Ok(false);
            }
            for one in sent.iter_mut() {
                let from = one.first.saturating_add(turn.saturating_mul(MIXED));
                let end = from.saturating_add(MIXED).min(one.blocks);
                if from < end && !self.group(one, from, end, pass)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Some blocks, their packets mixed: the first symbol of each, then the second …
    fn group(
        &mut self,
        one: &mut Sent,
        from: u32,
        end: u32,
        pass: u32,
    ) -> Result<bool, CarouselError> {
        let mut blocks = Vec::new();
        for block in from..end {
            let bytes = one.block(block, self.data_bytes)?;
            blocks.push(self.symbols(one, block, bytes, pass));
        }
        let longest = blocks.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..longest {
            for (symbols, block) in blocks.iter().zip(from..) {
                let Some((symbol, data)) = symbols.get(at) else {
                    continue;
                };
                let packet = Packet {
                    symbol: *symbol,
                    block,
                    file_bytes: one.file_bytes,
                    stream: one.stream,
                    data,
                };
                if !self.send(&packet)? {
                    return Ok(false);
                }
            }
        }
        if (self.watch)(self.report.bytes, self.total).is_break() {
            return Err(SelectError::Cancelled.into());
        }
        Ok(true)
    }

    /// The symbols of a block that a pass sends: all of the file, and the next ones of
    /// those that repair, so that no two of 100 / overhead rounds repair with the same.
    fn symbols(&self, one: &Sent, block: u32, bytes: Vec<u8>, pass: u32) -> Vec<(u8, Vec<u8>)> {
        let count = symbols_of(one.file_bytes, self.data_bytes, block);
        let data = bytes.chunks_exact(self.data_bytes);
        let mut symbols: Vec<(u8, Vec<u8>)> = (0u8..)
            .zip(data.clone().map(<[u8]>::to_vec))
            .take(count)
            .collect();
        let percent = usize::from(self.options.overhead_percent.min(100));
        let repair = count.saturating_mul(percent).div_ceil(100);
        let Some(recovery) = encode(data, self.data_bytes).filter(|_| repair > 0) else {
            return symbols;
        };
        let from = (pass as usize).saturating_mul(repair);
        for at in from..from.saturating_add(repair) {
            let at = at % SYMBOLS;
            if let (Some(data), Ok(at)) = (recovery.get(at), u8::try_from(SYMBOLS + at)) {
                symbols.push((at, data.clone()));
            }
        }
        symbols
    }

    /// False when there is no room for another packet.
    fn send(&mut self, packet: &Packet<'_>) -> io::Result<bool> {
        let size = u64::from(self.options.packet_bytes);
        let after = self.report.bytes.saturating_add(size);
        if self.options.max_bytes.is_some_and(|most| after > most) {
            return Ok(false);
        }
        self.packets.clear();
        packet.write(&mut self.packets);
        self.out.write_all(&self.packets)?;
        self.report.bytes = after;
        self.report.packets = self.report.packets.saturating_add(1);
        Ok(true)
    }
}

/// The 128 symbols that repair a block.
fn encode<'d>(data: impl Iterator<Item = &'d [u8]>, data_bytes: usize) -> Option<Vec<Vec<u8>>> {
    let mut encoder = ReedSolomonEncoder::new(SYMBOLS, SYMBOLS, data_bytes).ok()?;
    for symbol in data {
        encoder.add_original_shard(symbol).ok()?;
    }
    let encoded = encoder.encode().ok()?;
    Some(encoded.recovery_iter().map(<[u8]>::to_vec).collect())
}
