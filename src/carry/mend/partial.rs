//! What is left of an issue, as a valid bundle: the pieces that are whole, and runs that say
//! where they lie (FORMAT.md section 1.3).

use std::io;
use std::path::Path;

use varaq_bundle::{Head, Limits, Run};
use varaq_storage::{Access, Beside, Storage};

use super::block::read_at;
use super::layout::Layout;
use super::rebuild::{Rebuild, Stop};
use super::table::{index_len, table_len};

/// Runs of a head at most.
const MOST_RUNS: usize = (256 << 10) / Run::LEN;
const STEP: usize = 4 << 20;

impl Rebuild<'_, '_> {
    /// Writes what is whole beside its place; `None` if there is no INDEX, without which nothing is proven.
    pub(crate) fn write_partial<'s>(
        &mut self,
        storage: &'s dyn Storage,
        target: &Path,
    ) -> Result<Option<Beside<'s>>, Stop> {
        if self.rows.is_none() {
            return Ok(None);
        }
        let pieces = self.whole_pieces();
        let Some(layout) = self.partial_layout(&pieces)? else {
            return Ok(None);
        };
        let mut name = target.as_os_str().to_owned();
        name.push(".partial");
        let mut partial = Beside::new(storage, Path::new(&name), Access::Usual)?;
        io::Write::write_all(&mut partial, &layout.head.to_slack())?;
        let front = index_len(self.manifest()).saturating_add(table_len(self.manifest()));
        self.copy_into(&mut partial, self.layout.index_at(), front)?;
        for (first, count) in pieces {
            for piece in first..first.saturating_add(count) {
                if let (Some(entry), Some((_, at))) = (self.piece(piece)?, self.place(piece)?) {
                    self.copy_into(&mut partial, at, entry.stored.into())?;
                }
            }
        }
        partial.sync()?;
        Ok(Some(partial))
    }

    /// Ranges of pieces that are whole.
    fn whole_pieces(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (piece, _) in (0..).zip(&self.whole).filter(|(_, whole)| **whole) {
            let full = ranges.len() >= MOST_RUNS;
            match ranges.last_mut() {
                Some((first, count)) if first.saturating_add(*count) == piece => {
                    *count = count.saturating_add(1);
                }
                _ if full => {}
                _ => ranges.push((piece, 1)),
            }
        }
        ranges
    }

    fn partial_layout(&mut self, pieces: &[(u32, u32)]) -> Result<Option<Layout>, Stop> {
        let head = self.layout.head.clone();
        let least = head
            .prefix
            .sections_end()
            .saturating_sub(head.runs.len() as u64)
            .saturating_add((pieces.len().saturating_mul(Run::LEN)) as u64);
        // RUNS may need more room than the slack has; the body of a copy lies where it likes.
        let body_at = head.prefix.body_at.max(least);
        if body_at > Limits::default().head_bytes {
            return Ok(None);
        }
        let mut offset = body_at
            .saturating_add(index_len(self.manifest()))
            .saturating_add(table_len(self.manifest()));
        let mut runs = Vec::new();
        for &(first, count) in pieces {
            runs.push(Run {
                first,
                count,
                offset,
            });
            for piece in first..first.saturating_add(count) {
                let stored = self.piece(piece)?.map_or(0, |entry| entry.stored);
                offset = offset.saturating_add(stored.into());
            }
        }
        let (manifest, signatures, own) = (head.manifest, head.signatures, head.own);
        let runs = Run::encode_all(&runs);
        let head = Head::new(body_at, manifest, signatures, own, runs, head.notes);
        Ok(Layout::of(&head))
    }

    fn copy_into(&mut self, target: &mut Beside<'_>, from: u64, len: u64) -> Result<(), Stop> {
        let mut buffer = vec![0; len.min(STEP as u64) as usize];
        let mut done = 0;
        while done < len {
            let step = len.saturating_sub(done).min(STEP as u64);
            let bytes = buffer.get_mut(..step as usize).unwrap_or_default();
            read_at(&mut **self.out()?, from.saturating_add(done), bytes)?;
            io::Write::write_all(target, bytes)?;
            done = done.saturating_add(step);
            self.advance(0)?;
        }
        Ok(())
    }
}
