//! A packet of a one-way stream (FORMAT.md section 12.1): bytes to a packet and back.
//!
//! A packet proves nothing: its check tells a packet from noise, and whoever can send can
//! make one. What packets bring is looked at piece by piece, against what was signed.

use varaq_bundle::Hash;

/// The first bytes of every packet.
pub(crate) const PACKET_MAGIC: [u8; 4] = [0x89, b'V', b'R', b'P'];
/// Bytes before the data.
pub(crate) const HEADER: usize = 36;
/// Bytes behind the data.
const CHECK: usize = 8;
/// Bytes of a packet that are not data.
pub(crate) const FRAME: usize = HEADER + CHECK;
/// Symbols of a block that are bytes of the file; as many again can repair them.
pub(crate) const SYMBOLS: usize = 128;
/// Least and most bytes of a packet. The most bounds what a forged header costs.
pub const PACKET_BYTES: std::ops::RangeInclusive<u16> = 128..=8_192;
const CONTEXT: &str = "varaq 2026 stream v1";

/// A packet that is to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packet<'a> {
    pub(crate) symbol: u8,
    pub(crate) block: u32,
    pub(crate) file_bytes: u64,
    pub(crate) stream: [u8; 16],
    pub(crate) data: &'a [u8],
}

/// What is known at the beginning of what may be a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// No packet begins here.
    No,
    /// So many bytes are needed to tell.
    Needs(usize),
}

impl<'a> Packet<'a> {
    /// Appends the packet.
    pub(crate) fn write(&self, to: &mut Vec<u8>) {
        let from = to.len();
        to.extend_from_slice(&PACKET_MAGIC);
        to.extend_from_slice(&[1, self.symbol]);
        let len = u16::try_from(self.data.len()).unwrap_or(u16::MAX);
        to.extend_from_slice(&len.to_be_bytes());
        to.extend_from_slice(&self.block.to_be_bytes());
        to.extend_from_slice(&self.file_bytes.to_be_bytes());
        to.extend_from_slice(&self.stream);
        to.extend_from_slice(self.data);
        let check = Hash::of(to.get(from..).unwrap_or_default()).0;
        to.extend(check.iter().take(CHECK));
    }

    /// The packet at the beginning of `bytes`.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Packet<'a>, Sight> {
        let Some(rest) = bytes.strip_prefix(&PACKET_MAGIC) else {
            return Err(Sight::No);
        };
        let short = Sight::Needs(HEADER);
        let (form, rest) = rest.split_first().ok_or(short)?;
        let (symbol, rest) = rest.split_first().ok_or(short)?;
        let (len, rest) = rest.split_first_chunk().ok_or(short)?;
        let (block, rest) = rest.split_first_chunk().ok_or(short)?;
        let (file_bytes, rest) = rest.split_first_chunk().ok_or(short)?;
        let (stream, rest) = rest.split_first_chunk().ok_or(short)?;
        let len = usize::from(u16::from_be_bytes(*len));
        let whole = len.saturating_add(FRAME);
        let fits = u16::try_from(whole).is_ok_and(|whole| PACKET_BYTES.contains(&whole));
        let packet = Packet {
            symbol: *symbol,
            block: u32::from_be_bytes(*block),
            file_bytes: u64::from_be_bytes(*file_bytes),
            stream: *stream,
            data: rest.get(..len).unwrap_or_default(),
        };
        if *form != 1 || !fits || !len.is_multiple_of(2) || !packet.is_inside(len) {
            return Err(Sight::No);
        }
        let check = rest.get(len..len.saturating_add(CHECK));
        let check = check.ok_or(Sight::Needs(whole))?;
        let hashed = bytes.get(..len.saturating_add(HEADER)).unwrap_or_default();
        let is_right = Hash::of(hashed).0.starts_with(check);
        is_right.then_some(packet).ok_or(Sight::No)
    }

    /// Bytes of the whole packet.
    pub(crate) fn len_bytes(&self) -> usize {
        self.data.len().saturating_add(FRAME)
    }

    /// True if the file has that block and the block that symbol.
    fn is_inside(&self, data_bytes: usize) -> bool {
        let symbol = usize::from(self.symbol);
        let symbols = symbols_of(self.file_bytes, data_bytes, self.block);
        symbols > 0 && (symbol < symbols || symbol >= SYMBOLS)
    }
}

/// Bytes of the file in a full block.
pub(crate) fn block_bytes(data_bytes: usize) -> u64 {
    data_bytes.saturating_mul(SYMBOLS) as u64
}

/// Symbols of a block that are bytes of the file: 128, fewer in the last block, 0 behind it.
pub(crate) fn symbols_of(file_bytes: u64, data_bytes: usize, block: u32) -> usize {
    let from = u64::from(block).saturating_mul(block_bytes(data_bytes));
    let left = file_bytes.saturating_sub(from);
    let symbols = left.div_ceil((data_bytes as u64).max(1));
    usize::try_from(symbols).unwrap_or(SYMBOLS).min(SYMBOLS)
}

/// Number of blocks, if a stream can have that many.
pub(crate) fn blocks_of(file_bytes: u64, data_bytes: usize) -> Option<u32> {
    u32::try_from(file_bytes.div_ceil(block_bytes(data_bytes).max(1))).ok()
}

/// The id of the stream of a file: other bytes or another size of packets have another one.
pub(crate) fn stream_id(file: Hash, file_bytes: u64, data_bytes: usize) -> [u8; 16] {
    let len = u16::try_from(data_bytes).unwrap_or(u16::MAX);
    let parts: [&[u8]; 3] = [&file.0, &file_bytes.to_be_bytes(), &len.to_be_bytes()];
    let id = blake3::derive_key(CONTEXT, &parts.concat());
    id.first_chunk().copied().unwrap_or_default()
}
