//! One whole file, put together from whatever is left.
//!
//! The new file has the layout of the original. First the head, INDEX and TABLE are written from
//! whoever has them right, then every piece from the first copy where it hashes right, then what repair data
//! gives back; and once more, as long as one step makes the next one possible. Memory: a byte a piece
//! and a hash a block, two buffers of a few megabytes, and one stripe.

use std::io;
use std::ops::ControlFlow;

use varaq_bundle::{Manifest, PIECES_PER_PAGE};
use varaq_storage::{Beside, StoredFile};

use super::block::{read_at, write_at};
use super::heads::Candidate;
use super::layout::Layout;
use super::lend::Lender;
use super::source::{Repair, Source};
use super::table::{Page, Piece, Rows, index_len, page_place};

/// Places that are tried for one part of INDEX or TABLE.
const MOST_PLACES: usize = 256;

/// A copy of the issue in a source.
#[derive(Debug)]
pub(crate) struct Copy {
    pub(crate) source: usize,
    /// Where it begins; may lie before the file if only its end was found.
    pub(crate) base: i128,
    pub(crate) layout: Layout,
}

/// A file that is being put together.
pub(crate) struct Rebuild<'a, 's> {
    pub(crate) sources: &'a mut [Source],
    pub(crate) repairs: &'a [Repair],
    pub(crate) out: Beside<'s>,
    pub(crate) layout: Layout,
    pub(crate) copies: Vec<Copy>,
    pub(crate) lenders: Vec<Lender>,
    pub(crate) rows: Option<Rows>,
    /// Pages of TABLE that are right in the new file.
    pub(crate) pages: Vec<bool>,
    /// Pieces that are right in the new file.
    pub(crate) whole: Vec<bool>,
    pub(crate) page: Option<(u32, Page)>,
    /// Bytes of the new file.
    pub(crate) len: u64,
    pub(crate) tick: &'a mut dyn FnMut(u64) -> ControlFlow<()>,
}

/// Why a rebuild stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    #[error("interrupted")]
    Cancelled,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Rebuild<'_, '_> {
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.layout.manifest
    }

    pub(crate) fn advance(&mut self, bytes: u64) -> Result<(), Stop> {
        match (self.tick)(bytes) {
            ControlFlow::Break(()) => Err(Stop::Cancelled),
            ControlFlow::Continue(()) => Ok(()),
        }
    }

    /// The new file.
    pub(crate) fn out(&mut self) -> io::Result<&mut Box<dyn StoredFile>> {
        self.out.file()
    }

    /// Writes into the new file, and never beyond its end: runs are not signed.
    pub(crate) fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let end = at.checked_add(bytes.len() as u64);
        if end.is_none_or(|end| end > self.len) {
            return Err(io::Error::other("a run leads beyond the end of the file"));
        }
        write_at(&mut **self.out()?, at, bytes)
    }

    /// Everything that can be done.
    pub(crate) fn run(&mut self) -> Result<(), Stop> {
        let len = self.len;
        self.out()?.set_len(len)?;
        self.write(0, &self.layout.head.to_slack())?;
        loop {
            let before = self.progress();
            self.fill_front()?;
            self.fill_pieces()?;
            self.borrow()?;
            if !self.is_whole() && !self.repairs.is_empty() {
                // A block of a spare counts as much as any other.
                self.fill_spares()?;
                self.fill_blocks()?;
                self.look_again()?;
            }
            if self.is_whole() {
                break;
            }
            if before == self.progress() {
                self.carve()?;
                if before == self.progress() {
                    break;
                }
            }
        }
        self.fill_spares()
    }

    /// Pages and pieces that are right so far.
    fn progress(&self) -> usize {
        let right = |list: &[bool]| list.iter().filter(|right| **right).count();
        right(&self.pages)
            .saturating_add(right(&self.whole))
            .saturating_add(usize::from(self.rows.is_some()))
    }

    /// Whether every piece that the layout has is right.
    pub(crate) fn is_whole(&self) -> bool {
        let runs = self.layout.runs.iter();
        let mut pieces = runs.flat_map(|run| run.first..run.first.saturating_add(run.count));
        self.rows.is_some()
            && self.pages.iter().all(|right| *right)
            && pieces.all(|piece| self.whole.get(piece as usize) == Some(&true))
    }

    /// INDEX and the pages of TABLE, from whoever has them right.
    fn fill_front(&mut self) -> Result<(), Stop> {
        let len = index_len(self.manifest()) as usize;
        if self.rows.is_none() {
            let places = self.front_places(0, |layout| layout.index_at());
            let manifest = self.manifest().clone();
            let wanted = |bytes: &[u8]| Rows::decode(bytes, &manifest);
            if let Some((bytes, rows)) = self.first_right(&places, len, &wanted) {
                self.write(self.layout.index_at(), &bytes)?;
                self.rows = Some(rows);
            }
        }
        let Some(rows) = self.rows.clone() else {
            return Ok(());
        };
        for page in 0..self.manifest().pages() {
            if self.pages.get(page as usize) != Some(&false) {
                continue;
            }
            let (at, bytes_len) = page_place(self.manifest(), page);
            let places = self.front_places((len as u64).saturating_add(at), |layout| {
                layout.page_at(page)
            });
            let wanted = |bytes: &[u8]| rows.page(bytes, page);
            if let Some((bytes, _)) = self.first_right(&places, bytes_len, &wanted) {
                self.write(self.layout.page_at(page), &bytes)?;
                self.mark_page(page);
            }
            self.advance(0)?;
        }
        Ok(())
    }

    pub(crate) fn mark_page(&mut self, page: u32) {
        if let Some(right) = self.pages.get_mut(page as usize) {
            *right = true;
        }
    }

    /// Where a part of INDEX or TABLE may lie: in copies as their layout says, in repair data
    /// `behind` bytes behind its head.
    fn front_places(&self, behind: u64, at: impl Fn(&Layout) -> u64) -> Vec<(usize, i128)> {
        let mut places: Vec<(usize, i128)> = Vec::new();
        // Where one copy's head says, and where the others say: a head can be wrong about the body.
        for copy in &self.copies {
            let layouts = self.copies.iter().map(|other| &other.layout);
            for layout in std::iter::once(&copy.layout)
                .chain([&self.layout])
                .chain(layouts)
            {
                let place = (copy.source, copy.base.saturating_add(at(layout).into()));
                if places.len() < MOST_PLACES && !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        for repair in self.repairs {
            for &(source, start) in &repair.places {
                for front in repair.header.fronts_at() {
                    let from = front
                        .saturating_add(repair.header.head_len)
                        .saturating_add(behind);
                    places.push((source, start.saturating_add(from.into())));
                }
            }
        }
        places
    }

    /// The first of several places whose bytes are wanted.
    fn first_right<T>(
        &mut self,
        places: &[(usize, i128)],
        len: usize,
        wanted: &dyn Fn(&[u8]) -> Option<T>,
    ) -> Option<(Vec<u8>, T)> {
        let mut bytes = vec![0; len];
        for &(source, at) in places {
            if self.read_source(source, at, &mut bytes)
                && let Some(right) = wanted(&bytes)
            {
                return Some((bytes, right));
            }
        }
        None
    }

    /// Reads from a source; false if it does not reach there or fails.
    pub(crate) fn read_source(&mut self, source: usize, at: i128, buffer: &mut [u8]) -> bool {
        let Some(source) = self.sources.get_mut(source) else {
            return false;
        };
        let Ok(at) = u64::try_from(at) else {
            return false;
        };
        let inside = at
            .checked_add(buffer.len() as u64)
            .is_some_and(|end| end <= source.len);
        inside && read_at(&mut *source.file, at, buffer).is_ok()
    }

    /// What TABLE says of a piece, if its page is right.
    pub(crate) fn piece(&mut self, piece: u32) -> Result<Option<Piece>, Stop> {
        let number = piece / PIECES_PER_PAGE;
        if self.page.as_ref().is_none_or(|(page, _)| *page != number) {
            self.page = self.load_page(number)?.map(|page| (number, page));
        }
        let at = (piece % PIECES_PER_PAGE) as usize;
        let page = self.page.as_ref().map(|(_, page)| page);
        Ok(page.and_then(|page| page.pieces.get(at)).copied())
    }

    /// A page as it stands in the new file, if it is right there.
    fn load_page(&mut self, number: u32) -> Result<Option<Page>, Stop> {
        let right = self.pages.get(number as usize) == Some(&true);
        let Some(rows) = self.rows.clone().filter(|_| right) else {
            return Ok(None);
        };
        let mut bytes = vec![0; page_place(self.manifest(), number).1];
        let at = self.layout.page_at(number);
        read_at(&mut **self.out()?, at, &mut bytes)?;
        Ok(rows.page(&bytes, number))
    }

    /// Stored bytes of the issue before a piece, if that is known.
    pub(crate) fn before(&mut self, piece: u32) -> Result<Option<u64>, Stop> {
        if piece >= self.manifest().piece_count {
            return Ok(Some(self.manifest().stored_total));
        }
        if piece.is_multiple_of(PIECES_PER_PAGE) {
            let rows = self.rows.as_ref();
            return Ok(rows.map(|rows| rows.before(piece / PIECES_PER_PAGE)));
        }
        Ok(self.piece(piece)?.map(|piece| piece.before))
    }

    /// INDEX, pages and pieces that blocks have brought back.
    fn look_again(&mut self) -> Result<(), Stop> {
        if self.rows.is_none() {
            let mut bytes = vec![0; index_len(self.manifest()) as usize];
            let at = self.layout.index_at();
            read_at(&mut **self.out()?, at, &mut bytes)?;
            self.rows = Rows::decode(&bytes, &self.layout.manifest);
        }
        let Some(rows) = self.rows.clone() else {
            return Ok(());
        };
        for page in 0..self.manifest().pages() {
            if self.pages.get(page as usize) != Some(&false) {
                continue;
            }
            let mut bytes = vec![0; page_place(self.manifest(), page).1];
            let at = self.layout.page_at(page);
            read_at(&mut **self.out()?, at, &mut bytes)?;
            if rows.page(&bytes, page).is_some() {
                self.mark_page(page);
            }
        }
        self.rehash()
    }
}

/// The copies of an issue: where its heads stand, where a copy stood before the repair data behind it, and
/// the beginning of every file, in case its head is lost. Hashes tell what is true of it.
pub(crate) fn copies_of(
    candidates: &[Candidate],
    repairs: &[Repair],
    sources: usize,
    wanted: &Layout,
) -> Vec<Copy> {
    let mut copies: Vec<Copy> = Vec::new();
    for one in candidates {
        let Some((source, base)) = one.place else {
            continue;
        };
        if one.layout.head.manifest == wanted.head.manifest {
            copies.push(Copy {
                source,
                base: base.into(),
                layout: one.layout.clone(),
            });
        }
    }
    let before = repairs.iter().flat_map(|repair| {
        let len = i128::from(repair.header.file_len);
        let places = repair.places.iter();
        places.map(move |&(source, start)| (source, start.saturating_sub(len)))
    });
    let beginnings = (0..sources).map(|source| (source, 0));
    for (source, base) in before.chain(beginnings) {
        let known = |copy: &Copy| (copy.source, copy.base) == (source, base);
        if !copies.iter().any(known) {
            copies.push(Copy {
                source,
                base,
                layout: wanted.clone(),
            });
        }
    }
    copies
}
