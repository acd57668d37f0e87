//! What is kept between the first pass and the second, outside of memory.

use crate::source::read_at;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

const BUFFER: usize = 256 << 10;

/// Something to append to first, and to read from later.
#[derive(Debug)]
pub(crate) struct Spool<S> {
    inner: S,
    buffer: Vec<u8>,
    len: u64,
}

impl<S: Read + Write + Seek> Spool<S> {
    pub(crate) fn new(inner: S) -> Spool<S> {
        Spool {
            inner,
            buffer: Vec::new(),
            len: 0,
        }
    }

    /// Appends `bytes` and returns where they begin.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.len;
        self.buffer.extend_from_slice(bytes);
        self.len = self.len.saturating_add(bytes.len() as u64);
        if self.buffer.len() >= BUFFER {
            self.flush()?;
        }
        Ok(at)
    }

    /// Ends appending.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.inner.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// Appends what lies at `offset` to `target`. Call [`flush`](Spool::flush) before.
    pub(crate) fn read_into(
        &mut self,
        offset: u64,
        len: u32,
        target: &mut Vec<u8>,
    ) -> io::Result<()> {
        let from = target.len();
        target.resize(from.saturating_add(len as usize), 0);
        read_at(
            &mut self.inner,
            offset,
            target.get_mut(from..).unwrap_or_default(),
        )
    }

    /// Everything from the beginning. Call [`flush`](Spool::flush) before.
    pub(crate) fn reader(&mut self) -> io::Result<BufReader<&mut S>> {
        self.inner.seek(SeekFrom::Start(0))?;
        Ok(BufReader::with_capacity(BUFFER, &mut self.inner))
    }
}
