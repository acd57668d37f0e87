//! Blocks: what the code works on, each with a short hash, so that it is only ever told what is
//! missing (FORMAT.md section 13.1). Also reading and writing at a place.

use std::io::{self, Read, Seek, SeekFrom, Write};

/// The first half of a plain BLAKE3.
pub(crate) type BlockHash = [u8; 16];

/// Bytes of a hash in a list.
pub(crate) const HASH_LEN: usize = 16;

/// Hash of a block, which is zero-padded to its full length.
pub(crate) fn block_hash(bytes: &[u8]) -> BlockHash {
    short(blake3::hash(bytes).as_bytes())
}

/// The first half of a hash.
pub(crate) fn short(hash: &[u8; 32]) -> BlockHash {
    hash.first_chunk().copied().unwrap_or_default()
}

/// Fills `buffer` from a place in a file.
pub(crate) fn read_at<R: Read + Seek + ?Sized>(
    file: &mut R,
    at: u64,
    buffer: &mut [u8],
) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(buffer)
}

/// Writes bytes at a place in a file.
pub(crate) fn write_at<W: Write + Seek + ?Sized>(
    file: &mut W,
    at: u64,
    bytes: &[u8],
) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}
