//! Pieces to the file, and their entries to TABLE and INDEX.

use crate::compress::Stored;
use crate::manifest::MAX_PIECES;
use crate::{Codec, Context, Hash, Index, PIECES_PER_PAGE, TableEntry, WriteError};
use std::io::{Seek, SeekFrom, Write};

const BUFFER: usize = 1 << 20;

/// Takes the pieces of an issue in their order. Keeps one page of TABLE in memory, and
/// writes it to its place when it is full.
pub(crate) struct PieceSink<'a, W> {
    out: &'a mut W,
    buffer: Vec<u8>,
    /// Where the next byte of a piece goes.
    at: u64,
    /// Where the next page of TABLE goes.
    table_at: u64,
    page: Vec<u8>,
    page_sum: u64,
    pub(crate) index: Vec<u8>,
    pub(crate) piece_count: u32,
    pub(crate) stored_total: u64,
    pub(crate) raw_total: u64,
}

impl<'a, W: Write + Seek> PieceSink<'a, W> {
    pub(crate) fn new(
        out: &'a mut W,
        table_at: u64,
        pieces_at: u64,
    ) -> Result<PieceSink<'a, W>, WriteError> {
        out.seek(SeekFrom::Start(pieces_at))?;
        Ok(PieceSink {
            out,
            buffer: Vec::new(),
            at: pieces_at,
            table_at,
            page: Vec::new(),
            page_sum: 0,
            index: Vec::new(),
            piece_count: 0,
            stored_total: 0,
            raw_total: 0,
        })
    }

    /// Writes the next piece.
    pub(crate) fn put(&mut self, piece: &Stored) -> Result<(), WriteError> {
        self.put_bytes(&piece.bytes, piece.raw, piece.codec)
    }

    /// Writes the next piece, stored as it is.
    pub(crate) fn put_plain(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        let len =
            u32::try_from(bytes.len()).map_err(|_| WriteError::TooMany("bytes in a piece"))?;
        self.put_bytes(bytes, len, Codec::Stored)
    }

    fn put_bytes(&mut self, bytes: &[u8], raw: u32, codec: Codec) -> Result<(), WriteError> {
        let stored =
            u32::try_from(bytes.len()).map_err(|_| WriteError::TooMany("bytes in a piece"))?;
        let entry = TableEntry {
            hash: Hash::of(bytes),
            stored,
            raw,
            codec,
        };
        if self.piece_count >= MAX_PIECES {
            return Err(WriteError::TooMany("pieces"));
        }
        self.page.extend_from_slice(&entry.encode());
        self.page_sum = self.page_sum.saturating_add(stored.into());
        self.piece_count = self.piece_count.saturating_add(1);
        self.stored_total = self.stored_total.saturating_add(stored.into());
        self.raw_total = self.raw_total.saturating_add(raw.into());
        self.append(bytes)?;
        if self.piece_count.is_multiple_of(PIECES_PER_PAGE) {
            self.end_page()?;
        }
        Ok(())
    }

    /// Writes bytes that are no new piece: a spare copy. Returns where they begin.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<u64, WriteError> {
        let at = self.at;
        self.buffer.extend_from_slice(bytes);
        self.at = self.at.saturating_add(bytes.len() as u64);
        if self.buffer.len() >= BUFFER {
            self.flush()?;
        }
        Ok(at)
    }

    /// Ends the last page and returns where the file ends.
    pub(crate) fn finish(&mut self) -> Result<u64, WriteError> {
        if !self.page.is_empty() {
            self.end_page()?;
        }
        self.flush()?;
        Ok(self.at)
    }

    fn end_page(&mut self) -> Result<(), WriteError> {
        self.flush()?;
        self.out.seek(SeekFrom::Start(self.table_at))?;
        self.out.write_all(&self.page)?;
        self.out.seek(SeekFrom::Start(self.at))?;
        self.table_at = self.table_at.saturating_add(self.page.len() as u64);
        self.index
            .extend_from_slice(&Hash::derived(Context::Page, &self.page).0);
        self.index.extend_from_slice(&self.page_sum.to_be_bytes());
        self.page.clear();
        self.page_sum = 0;
        debug_assert!(self.index.len().is_multiple_of(Index::ROW_LEN));
        Ok(())
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}
