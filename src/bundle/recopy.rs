//! A copy of an issue, written anew out of its pieces (FORMAT.md sections 1 and 1.3).
//!
//! In: a content and what of it the new copy holds. Out: the bytes of that copy, in the order in
//! which a packer writes them: head, zeros, INDEX, TABLE, pieces, spares. Each piece is hashed on
//! its way. What can go wrong: [`RecopyError`].

use crate::content::{Content, lock};
use crate::{Head, Index, Limits, Part, PieceError, Run};
use std::io::{self, Read, Seek, Write};
use std::ops::{ControlFlow, Range};

/// Calls back with the bytes written so far; `Break` cancels.
type Progress<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

/// Where everything lies in a copy that is to be written.
#[derive(Clone, Debug)]
pub struct Layout {
    head: Head,
    /// The pieces in the order of the file: those of the issue, then the spares.
    order: Vec<Range<u32>>,
    len_bytes: u64,
}

impl Layout {
    /// The head, whose RUNS, lengths and hint fit.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Bytes of the file.
    #[must_use]
    pub fn len_bytes(&self) -> u64 {
        self.len_bytes
    }
}

/// Why a copy cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum RecopyError {
    /// The caller stopped it.
    #[error("cancelled")]
    Cancelled,
    /// RUNS of the new copy would reach into the body.
    #[error("expected at most {room} bytes before the body, the head would take {needed}")]
    NoRoom {
        /// Bytes before the body.
        room: u64,
        /// Bytes of the new head.
        needed: u64,
    },
    /// A part of the issue cannot be had.
    #[error(transparent)]
    Piece(#[from] PieceError),
    /// The new copy cannot be written.
    #[error("cannot write")]
    Write(#[source] io::Error),
}

impl<R: Read + Seek> Content<R> {
    /// The pieces that the first copy lists inside its file, as ranges that neither touch nor
    /// overlap. No piece is read, only INDEX and pages of TABLE in which runs begin and end.
    ///
    /// # Errors
    /// If INDEX or one of these pages cannot be had.
    pub fn listed_ranges(&self) -> Result<Vec<Range<u32>>, PieceError> {
        let copies = lock(&self.copies);
        let first = copies.first().map(|copy| (copy.runs.clone(), copy.len));
        drop(copies);
        let (runs, len) = first.unwrap_or_default();
        let mut ranges = Vec::with_capacity(runs.len());
        for run in runs {
            ranges.push(run.first..self.listed_end(&run, len)?);
        }
        Ok(joined(ranges))
    }

    /// Which of FRONT and the prefixes lie at two places inside the first copy or more: what a
    /// packer writes twice because much depends on it. Whether they are whole there is not
    /// looked at: a damaged spare is one nevertheless.
    ///
    /// # Errors
    /// If INDEX or a page of TABLE cannot be had.
    pub fn spare_ranges(&self) -> Result<Vec<Range<u32>>, PieceError> {
        let front = if self.has_spare(0)? { 0..1 } else { 0..0 };
        let mut prefixes = Vec::new();
        for &piece in &self.manifest.prefixes {
            if self.has_spare(piece)? {
                prefixes.push(piece..piece.saturating_add(1));
            }
        }
        // FRONT stands alone even if a prefix should follow it: so does the packer's.
        let front = std::iter::once(front).filter(|range| !range.is_empty());
        Ok(front.chain(joined(prefixes)).collect())
    }

    fn has_spare(&self, piece: u32) -> Result<bool, PieceError> {
        let stored = self.table_entry(piece)?.stored.into();
        let len = lock(&self.copies).first().map_or(0, |copy| copy.len);
        let mut places = self.places(piece)?;
        places.retain(|(copy, at)| {
            let end = at.checked_add(stored);
            *copy == 0 && end.is_some_and(|end| end <= len)
        });
        places.sort_unstable();
        places.dedup();
        Ok(places.len() > 1)
    }

    /// The head of the first copy, as it was read when that was opened. RUNS and NOTES are
    /// unsigned.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        let copies = lock(&self.copies);
        copies.first().map(|copy| copy.head.clone())
    }

    /// Plans a copy that holds `pieces` and, behind them, `spares`: ranges as
    /// [`Content::listed_ranges`] gives them. The body stays where it is in the first copy.
    ///
    /// # Errors
    /// If the new RUNS have no room, or a page of TABLE cannot be had.
    pub fn lay_out(
        &self,
        pieces: &[Range<u32>],
        spares: &[Range<u32>],
        notes: Vec<u8>,
    ) -> Result<Layout, RecopyError> {
        let copies = lock(&self.copies);
        let first = copies
            .first()
            .map(|copy| (copy.head.clone(), copy.pieces_at));
        drop(copies);
        let part = Part::Index;
        let (old, mut at) = first.ok_or(PieceError::NotInThisCopy { part })?;
        let order = [pieces, spares].concat();
        let mut runs = Vec::with_capacity(order.len());
        for range in &order {
            let len = self
                .stored_before(range.end)?
                .saturating_sub(self.stored_before(range.start)?);
            runs.push(Run {
                first: range.start,
                count: range.end.saturating_sub(range.start),
                offset: at,
            });
            at = at.saturating_add(len);
        }
        runs.sort_by_key(|run| (run.first, run.offset));
        let runs = Run::encode_all(&runs);
        let (room, body_at) = (old.prefix.body_at, old.prefix.body_at);
        let head = Head::new(body_at, old.manifest, old.signatures, old.own, runs, notes);
        let needed = head.prefix.sections_end();
        if needed > room || head.prefix.runs_len > Limits::default().runs_bytes {
            return Err(RecopyError::NoRoom { room, needed });
        }
        Ok(Layout {
            head,
            order,
            len_bytes: at,
        })
    }

    /// Writes a copy to `out`, from its first byte to its last. Memory holds a page of TABLE
    /// and a piece.
    ///
    /// # Errors
    /// If a piece is not there or not whole, `out` fails, or `progress` cancels; what was
    /// written until then is the beginning of a copy and of no use.
    pub fn recopy(
        &self,
        layout: &Layout,
        out: &mut dyn Write,
        progress: &mut Progress<'_>,
    ) -> Result<(), RecopyError> {
        let mut sink = Sink {
            out,
            done: 0,
            progress,
        };
        sink.put(&layout.head.to_slack())?;
        sink.put(&index_bytes(&*self.index()?))?;
        for page in 0..self.manifest.pages() {
            for entry in &self.page(page)?.entries {
                sink.put(&entry.encode())?;
            }
            sink.tell()?;
        }
        for piece in layout.order.iter().cloned().flatten() {
            sink.put(&self.stored(piece)?)?;
            sink.tell()?;
        }
        Ok(())
    }
}

/// The target of a copy, and how far it has come.
struct Sink<'s, 'p> {
    out: &'s mut dyn Write,
    done: u64,
    progress: &'s mut Progress<'p>,
}

impl Sink<'_, '_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), RecopyError> {
        self.out.write_all(bytes).map_err(RecopyError::Write)?;
        self.done = self.done.saturating_add(bytes.len() as u64);
        Ok(())
    }

    fn tell(&mut self) -> Result<(), RecopyError> {
        match (self.progress)(self.done) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(RecopyError::Cancelled),
        }
    }
}

/// INDEX as it stands in every file of the issue.
fn index_bytes(index: &Index) -> Vec<u8> {
    let row = |row: &crate::IndexRow| [&row.page.0[..], &row.stored_sum.to_be_bytes()].concat();
    index.rows.iter().flat_map(row).collect()
}

/// Sorted, without empty ranges, and with those that touch or overlap as one.
fn joined(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
