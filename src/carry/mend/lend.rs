//! Pieces that other issues have too: a prefix, a picture, an article that was not changed.

use std::collections::HashMap;

use varaq_bundle::{Hash, PIECES_PER_PAGE, TableEntry};

use super::layout::Layout;
use super::rebuild::{Rebuild, Stop};
use super::table::page_place;

/// Pieces that are looked for at a time.
const MOST_WANTED: usize = 1 << 20;
/// Runs of the other issue that are tried for one piece.
const MOST_RUNS: usize = 4;

/// A bundle of another issue in a source. Nothing of it is believed: what it lends is hashed.
#[derive(Debug)]
pub(crate) struct Lender {
    pub(crate) source: usize,
    pub(crate) base: u64,
    pub(crate) layout: Layout,
}

impl Rebuild<'_, '_> {
    /// Takes missing pieces from other issues.
    pub(crate) fn borrow(&mut self) -> Result<(), Stop> {
        let lenders = std::mem::take(&mut self.lenders);
        let mut done = Ok(());
        for lender in &lenders {
            let wanted = self.wanted()?;
            if wanted.is_empty() {
                break;
            }
            done = self.borrow_from(lender, &wanted);
            if done.is_err() {
                break;
            }
        }
        self.lenders = lenders;
        done
    }

    /// Pieces of the layout that are missing, by hash.
    pub(crate) fn wanted(&mut self) -> Result<HashMap<Hash, u32>, Stop> {
        let mut wanted = HashMap::new();
        for run in self.layout.runs.clone() {
            for piece in run.first..run.first.saturating_add(run.count) {
                if self.whole.get(piece as usize) == Some(&false)
                    && wanted.len() < MOST_WANTED
                    && let Some(entry) = self.piece(piece)?
                {
                    wanted.entry(entry.hash).or_insert(piece);
                }
            }
        }
        Ok(wanted)
    }

    /// One way through the other issue's TABLE: what it has that is missing, and where its runs begin.
    fn borrow_from(&mut self, lender: &Lender, wanted: &HashMap<Hash, u32>) -> Result<(), Stop> {
        let mut starts: HashMap<u32, u64> = lender
            .layout
            .runs
            .iter()
            .map(|run| (run.first, 0))
            .collect();
        let mut hits: Vec<(u32, u32, u64)> = Vec::new();
        let mut before = 0_u64;
        for page in 0..lender.layout.manifest.pages() {
            let Some(bytes) = self.lent_page(lender, page) else {
                break;
            };
            let first = page.saturating_mul(PIECES_PER_PAGE);
            for (entry, piece) in bytes.chunks_exact(TableEntry::LEN).zip(first..) {
                let Some((hash, rest)) = entry.split_first_chunk::<32>() else {
                    continue;
                };
                if let Some(start) = starts.get_mut(&piece) {
                    *start = before;
                }
                if let Some(&ours) = wanted.get(&Hash(*hash)) {
                    hits.push((ours, piece, before));
                }
                let stored = rest
                    .first_chunk()
                    .map_or(0, |stored| u32::from_be_bytes(*stored));
                before = before.saturating_add(stored.into());
            }
            self.advance(0)?;
        }
        for (ours, theirs, before) in hits {
            self.lend(lender, ours, theirs, before, &starts)?;
        }
        Ok(())
    }

    fn lent_page(&mut self, lender: &Lender, page: u32) -> Option<Vec<u8>> {
        let (offset, len) = page_place(&lender.layout.manifest, page);
        let at = lender.layout.table_at().checked_add(offset)?;
        let mut bytes = vec![0; len];
        let at = i128::from(lender.base).saturating_add(at.into());
        self.read_source(lender.source, at, &mut bytes)
            .then_some(bytes)
    }

    /// Tries the runs of the other issue for one piece.
    fn lend(
        &mut self,
        lender: &Lender,
        ours: u32,
        theirs: u32,
        before: u64,
        starts: &HashMap<u32, u64>,
    ) -> Result<(), Stop> {
        let Some((run, _)) = self.place(ours)? else {
            return Ok(());
        };
        let runs = lender.layout.runs.iter().filter(|run| run.covers(theirs));
        for theirs in runs.take(MOST_RUNS) {
            let from = starts.get(&theirs.first).copied().unwrap_or_default();
            let at = i128::from(lender.base)
                .saturating_add(theirs.offset.into())
                .saturating_add(before.into())
                .saturating_sub(from.into());
            if let Some(mut batch) = self.batch(ours, ours.saturating_add(1))? {
                self.take(&run, &mut batch, lender.source, at)?;
            }
        }
        Ok(())
    }
}
