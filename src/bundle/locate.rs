//! From a piece's number to its place: INDEX, TABLE, runs and spans (FORMAT.md sections 1.2, 1.3).

use crate::content::Copy;
use crate::content::{Content, lock};
use crate::{
    Codec, Context, Hash, Index, PIECES_PER_PAGE, Page, Part, PieceError, Run, Span, TableEntry,
};
use std::io::{Read, Seek};
use std::ops::Range;
use std::sync::Arc;

/// What [`Content::each_piece`] calls: the piece, its entry, and the range of its decoded bytes.
type VisitPiece<'a> = dyn FnMut(u32, &TableEntry, Range<usize>) -> Result<(), PieceError> + 'a;

impl<R: Read + Seek> Content<R> {
    /// What TABLE says about a piece.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn table_entry(&self, piece: u32) -> Result<TableEntry, PieceError> {
        let page = self.page(piece / PIECES_PER_PAGE)?;
        let entry = page.entries.get((piece % PIECES_PER_PAGE) as usize);
        entry.copied().ok_or(PieceError::Outside { what: "piece" })
    }

    /// The piece that `entry` needs as its prefix.
    pub(crate) fn prefix_of(&self, entry: &TableEntry) -> Option<u32> {
        let Codec::Zstd { prefix } = entry.codec else {
            return None;
        };
        self.manifest
            .prefixes
            .get(usize::from(prefix).checked_sub(1)?)
            .copied()
    }

    /// Stored bytes of all pieces before `piece`, which may be the end of the issue.
    pub(crate) fn stored_before(&self, piece: u32) -> Result<u64, PieceError> {
        if piece == self.manifest.piece_count {
            return Ok(self.manifest.stored_total);
        }
        let number = piece / PIECES_PER_PAGE;
        let index = self.index()?;
        let row = index
            .rows
            .get(number as usize)
            .ok_or(PieceError::Outside { what: "piece" })?;
        let inside = match piece % PIECES_PER_PAGE {
            // The first piece of a page needs INDEX only.
            0 => 0,
            at => {
                let page = self.page(number)?;
                page.before
                    .get(at as usize)
                    .copied()
                    .ok_or(PieceError::Outside { what: "piece" })?
            }
        };
        // Both are parts of stored_total, which is below 2⁶³.
        Ok(row.before.saturating_add(inside))
    }

    /// INDEX, from the first copy where it hashes right.
    pub(crate) fn index(&self) -> Result<Arc<Index>, PieceError> {
        if let Some(index) = &lock(&self.cache).index {
            return Ok(Arc::clone(index));
        }
        // At most 655,360 bytes: the manifest is signed, and its piece_count bounded.
        let len = (self.manifest.pages() as usize).saturating_mul(Index::ROW_LEN);
        let wanted = |bytes: &[u8]| Hash::derived(Context::Index, bytes) == self.manifest.index;
        let bytes = self.part(Part::Index, |copy| copy.index_at, len, &wanted)?;
        let index = Index::decode(&bytes, self.manifest.stored_total)
            .map_err(|rule| PieceError::rule(Part::Index, rule))?;
        let index = Arc::new(index);
        lock(&self.cache).index = Some(Arc::clone(&index));
        Ok(index)
    }

    /// Page `number` of TABLE, from the first copy where it hashes right.
    pub(crate) fn page(&self, number: u32) -> Result<Arc<Page>, PieceError> {
        if let Some(page) = lock(&self.cache).pages.find(number) {
            return Ok(page);
        }
        let index = self.index()?;
        let row = index
            .rows
            .get(number as usize)
            .ok_or(PieceError::Outside { what: "piece" })?;
        let part = Part::TablePage(number);
        let (at, len) = self.page_place(number);
        let wanted = |bytes: &[u8]| Hash::derived(Context::Page, bytes) == row.page;
        let bytes = self.part(part, |copy| copy.table_at.saturating_add(at), len, &wanted)?;
        let page = Page::decode(&bytes, number, row, &self.manifest, self.limits.piece_bytes)
            .map_err(|rule| PieceError::rule(part, rule))?;
        let page = Arc::new(page);
        lock(&self.cache).pages.insert(number, Arc::clone(&page), 1);
        Ok(page)
    }

    /// Where page `number` lies: bytes from the start of TABLE, and its length.
    pub(crate) fn page_place(&self, number: u32) -> (u64, usize) {
        let first = number.saturating_mul(PIECES_PER_PAGE);
        let pieces = self
            .manifest
            .piece_count
            .saturating_sub(first)
            .min(PIECES_PER_PAGE);
        let at = u64::from(first).saturating_mul(TableEntry::LEN as u64);
        (at, (pieces as usize).saturating_mul(TableEntry::LEN))
    }

    /// Reads INDEX or a page from the first copy that has it right.
    fn part(
        &self,
        part: Part,
        at: impl Fn(&Copy<R>) -> u64,
        len: usize,
        wanted: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Vec<u8>, PieceError> {
        let mut failure = PieceError::NotInThisCopy { part };
        for copy in lock(&self.copies).iter_mut() {
            match copy.read(at(copy), len) {
                Ok(Some(bytes)) if wanted(&bytes) => return Ok(bytes),
                Ok(Some(_)) => failure = PieceError::Damaged { part },
                Ok(None) => {}
                Err(error) => failure = PieceError::Io(error),
            }
        }
        Err(failure)
    }

    /// Where a piece may lie: copy and offset, at most `limits.tries` of them.
    pub(crate) fn places(&self, piece: u32) -> Result<Vec<(usize, u64)>, PieceError> {
        let runs: Vec<(usize, Run)> = {
            let copies = lock(&self.copies);
            let runs = copies.iter().enumerate().flat_map(|(number, copy)| {
                copy.runs
                    .iter()
                    .filter(|run| run.covers(piece))
                    .map(move |run| (number, *run))
            });
            runs.take(self.limits.tries).collect()
        };
        let before = self.stored_before(piece)?;
        let mut places = Vec::new();
        for (copy, run) in runs {
            // A page that cannot be read hides the runs that begin in it, and no others.
            let Ok(first) = self.stored_before(run.first) else {
                continue;
            };
            if let Some(offset) = run.offset.checked_add(before.saturating_sub(first)) {
                places.push((copy, offset));
            }
        }
        Ok(places)
    }

    /// True if a copy has the piece in a usable run inside its file; the piece is not read.
    ///
    /// # Errors
    /// If INDEX or a page of TABLE cannot be had.
    pub fn is_listed(&self, piece: u32) -> Result<bool, PieceError> {
        let stored = u64::from(self.table_entry(piece)?.stored);
        let places = self.places(piece)?;
        let copies = lock(&self.copies);
        let inside = |(copy, offset): &(usize, u64)| {
            let len = copies.get(*copy).map_or(0, |copy| copy.len);
            offset.checked_add(stored).is_some_and(|end| end <= len)
        };
        Ok(places.iter().any(inside))
    }

    /// True if every piece is in a run that ends inside its file: LISTED_COMPLETE. No piece
    /// is read for it, and INDEX and TABLE only when no run holds everything.
    #[must_use]
    pub fn lists_all(&self) -> bool {
        let count = self.manifest.piece_count;
        let lens: Vec<u64> = {
            let copies = lock(&self.copies);
            let holds_all = |copy: &Copy<R>, run: &Run| {
                let end = run.offset.checked_add(self.manifest.stored_total);
                run.first == 0 && run.count == count && end.is_some_and(|end| end <= copy.len)
            };
            if copies
                .iter()
                .any(|copy| copy.runs.iter().any(|run| holds_all(copy, run)))
            {
                return true;
            }
            copies.iter().map(|copy| copy.len).collect()
        };
        let located = lens.iter().enumerate().flat_map(|(copy, &len)| {
            let inside = self
                .locate_runs(copy)
                .into_iter()
                .filter(move |run| run.start < run.end && run.end <= len);
            inside.map(|located| {
                (
                    located.run.first,
                    located.run.first.saturating_add(located.run.count),
                )
            })
        });
        let mut ranges: Vec<(u32, u32)> = located.collect();
        ranges.sort_unstable();
        let covered = ranges.into_iter().fold(0, |covered, (first, end)| {
            if first <= covered {
                end.max(covered)
            } else {
                covered
            }
        });
        covered >= count
    }

    /// The pieces in which a span lies; INDEX and TABLE alone are read for it.
    ///
    /// # Errors
    /// If the span leaves the issue, or INDEX or a page of TABLE cannot be had.
    pub fn pieces_of(&self, span: &Span) -> Result<Range<u32>, PieceError> {
        let mut end = span.first;
        self.each_piece(span, &mut |piece, _, _| {
            end = piece.saturating_add(1);
            Ok(())
        })?;
        Ok(span.first..end)
    }

    /// Calls `visit` with every piece of a span and the range inside its decoded bytes.
    pub(crate) fn each_piece(
        &self,
        span: &Span,
        visit: &mut VisitPiece<'_>,
    ) -> Result<(), PieceError> {
        let outside = || PieceError::Outside { what: "span" };
        let range = self.manifest.articles();
        let (mut piece, mut offset, mut left) = (span.first, span.offset, span.len);
        loop {
            if !range.contains(&piece) {
                return Err(outside());
            }
            let entry = self.table_entry(piece)?;
            let room = entry
                .raw
                .checked_sub(offset)
                .filter(|&room| room > 0)
                .ok_or_else(outside)?;
            let taken = u64::from(room).min(left);
            let end = u64::from(offset).saturating_add(taken);
            visit(piece, &entry, offset as usize..end as usize)?;
            left = left.saturating_sub(taken);
            if left == 0 {
                return Ok(());
            }
            piece = piece.checked_add(1).ok_or_else(outside)?;
            offset = 0;
        }
    }

    /// Calls `visit` with the bytes of a span, piece by piece.
    pub(crate) fn each_slice(
        &self,
        span: &Span,
        visit: &mut dyn FnMut(&[u8]) -> Result<(), PieceError>,
    ) -> Result<(), PieceError> {
        self.each_piece(span, &mut |piece, _, range| {
            let bytes = self.piece(piece)?;
            visit(
                bytes
                    .get(range)
                    .ok_or(PieceError::Outside { what: "span" })?,
            )
        })
    }
}
