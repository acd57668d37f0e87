//! Reading at a place.
//!
//! Plain reads, never a memory map: a stick pulled out under a map kills the program,
//! a plain read gives an error that can be shown.

use std::io::{self, Read, Seek, SeekFrom};

/// Fills `buffer` from the bytes at `offset`.
pub(crate) fn read_at<R: Read + Seek>(
    source: &mut R,
    offset: u64,
    buffer: &mut [u8],
) -> io::Result<()> {
    source.seek(SeekFrom::Start(offset))?;
    source.read_exact(buffer)
}

/// Reads `len` bytes at `offset`; the caller has checked that the file holds them.
pub(crate) fn read_vec<R: Read + Seek>(
    source: &mut R,
    offset: u64,
    len: usize,
) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    read_at(source, offset, &mut bytes)?;
    Ok(bytes)
}
