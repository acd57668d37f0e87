//! How much of an issue its copies list, without reading a piece (FORMAT.md section 1.3).

use crate::content::lock;
use crate::{Content, PieceError, Run};
use std::io::{Read, Seek};

/// Most runs looked at. RUNS is unsigned: thousands of scattered ones would make opening
/// read all of TABLE, which is 700 MB in the largest issue.
const MAX_RUNS: usize = 1_024;

impl<R: Read + Seek> Content<R> {
    /// Number of pieces that lie in a usable run inside their file. Where one run holds
    /// everything, nothing is read; else INDEX and the pages of TABLE in which runs begin
    /// and end. Of more than 1,024 runs the later ones are left out: the copy then looks
    /// less complete than it is.
    ///
    /// # Errors
    /// If INDEX or one of these pages cannot be had.
    pub fn listed_pieces(&self) -> Result<u32, PieceError> {
        if self.lists_all() {
            return Ok(self.manifest.piece_count);
        }
        let runs: Vec<(Run, u64)> = lock(&self.copies)
            .iter()
            .flat_map(|copy| copy.runs.iter().map(|run| (*run, copy.len)))
            .take(MAX_RUNS)
            .collect();
        let mut spans = Vec::with_capacity(runs.len());
        for (run, file_len) in runs {
            spans.push((run.first, self.listed_end(&run, file_len)?));
        }
        spans.sort_unstable();
        let (mut listed, mut seen) = (0u32, 0u32);
        for (first, end) in spans {
            listed = listed.saturating_add(end.saturating_sub(first.max(seen)));
            seen = seen.max(end);
        }
        Ok(listed)
    }

    /// The first piece of the run that ends beyond the end of the file, or the run's end.
    pub(crate) fn listed_end(&self, run: &Run, file_len: u64) -> Result<u32, PieceError> {
        let start = self.stored_before(run.first)?;
        let fits = |end: u32| -> Result<bool, PieceError> {
            let len = self.stored_before(end)?.saturating_sub(start);
            let end = run.offset.checked_add(len);
            Ok(end.is_some_and(|end| end <= file_len))
        };
        let (mut least, mut most) = (run.first, run.first.saturating_add(run.count));
        if fits(most)? {
            return Ok(most);
        }
        // Sums only grow, so the last piece that fits is found by halving.
        while least < most {
            let middle = least.saturating_add((most - least).div_ceil(2));
            if fits(middle)? {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        Ok(least)
    }
}
