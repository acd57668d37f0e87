//! Pieces: from the first copy where each hashes right, in large steps on all cores.

use std::ops::Range;

use rayon::prelude::*;
use varaq_bundle::{Hash, Run};

use super::block::read_at;
use super::rebuild::{Rebuild, Stop};
use super::table::Piece;

/// Bytes of pieces worked on at a time.
const STEP: u64 = 4 << 20;
/// Runs of a copy that are tried for one piece.
const MOST_TRIES: usize = 64;

/// Pieces that follow each other.
pub(crate) struct Batch {
    pub(crate) first: u32,
    pub(crate) pieces: Vec<Piece>,
    /// Whether each is done.
    pub(crate) done: Vec<bool>,
}

impl Batch {
    fn end(&self) -> u32 {
        self.first.saturating_add(self.pieces.len() as u32)
    }

    fn is_done(&self) -> bool {
        self.done.iter().all(|done| *done)
    }

    /// Where each lies in a buffer that holds them all.
    fn ranges(&self) -> Vec<Range<usize>> {
        let mut at = 0_usize;
        let place = |piece: &Piece| {
            let from = at;
            at = at.saturating_add(piece.stored as usize);
            from..at
        };
        self.pieces.iter().map(place).collect()
    }
}

impl Rebuild<'_, '_> {
    /// Every piece of the layout that is not there yet.
    pub(crate) fn fill_pieces(&mut self) -> Result<(), Stop> {
        for run in self.layout.runs.clone() {
            let mut next = run.first;
            let end = run.first.saturating_add(run.count);
            while next < end {
                let batch = self.batch(next, end)?;
                let Some(mut batch) = batch else {
                    // Its page of TABLE is not known, or it is there.
                    next = next.saturating_add(1);
                    continue;
                };
                next = batch.end();
                self.fill_batch(&run, &mut batch)?;
                let bytes = batch
                    .pieces
                    .iter()
                    .map(|piece| u64::from(piece.stored))
                    .sum();
                self.advance(bytes)?;
            }
        }
        Ok(())
    }

    /// Pieces from `first` on that are not there yet.
    pub(crate) fn batch(&mut self, first: u32, end: u32) -> Result<Option<Batch>, Stop> {
        let mut batch = Batch {
            first,
            pieces: Vec::new(),
            done: Vec::new(),
        };
        let mut bytes = 0_u64;
        for piece in first..end {
            if self.whole.get(piece as usize) != Some(&false) || bytes >= STEP {
                break;
            }
            let Some(entry) = self.piece(piece)? else {
                break;
            };
            bytes = bytes.saturating_add(entry.stored.into());
            batch.pieces.push(entry);
            batch.done.push(false);
        }
        Ok((!batch.pieces.is_empty()).then_some(batch))
    }

    fn fill_batch(&mut self, run: &Run, batch: &mut Batch) -> Result<(), Stop> {
        for copy in 0..self.copies.len() {
            if batch.is_done() {
                break;
            }
            for (source, at) in self.batch_places(copy, batch)? {
                self.take(run, batch, source, at)?;
            }
        }
        Ok(())
    }

    /// Where a batch may begin in a copy: as its own runs say, and as the layout says.
    pub(crate) fn batch_places(
        &mut self,
        copy: usize,
        batch: &Batch,
    ) -> Result<Vec<(usize, i128)>, Stop> {
        let Some(of) = self.copies.get(copy) else {
            return Ok(Vec::new());
        };
        let (source, base) = (of.source, of.base);
        let covers = |run: &&Run| {
            run.covers(batch.first) || batch.first < run.first && run.first < batch.end()
        };
        let mut runs: Vec<Run> = of
            .layout
            .runs
            .iter()
            .filter(covers)
            .take(MOST_TRIES)
            .copied()
            .collect();
        runs.extend(self.layout.runs.iter().filter(covers).take(MOST_TRIES));
        let Some(before) = batch.pieces.first().map(|piece| piece.before) else {
            return Ok(Vec::new());
        };
        let mut places = Vec::new();
        for run in runs {
            let Some(from) = self.before(run.first)? else {
                continue;
            };
            let at = base
                .saturating_add(run.offset.into())
                .saturating_add(before.into())
                .saturating_sub(from.into());
            if !places.contains(&(source, at)) {
                places.push((source, at));
            }
        }
        Ok(places)
    }

    /// Takes the pieces of a batch that are right where they would lie if it began at `at`.
    pub(crate) fn take(
        &mut self,
        run: &Run,
        batch: &mut Batch,
        source: usize,
        at: i128,
    ) -> Result<(), Stop> {
        let ranges = batch.ranges();
        let len = ranges.last().map_or(0, |range| range.end);
        let mut buffer = vec![0; len];
        if !self.read_source(source, at, &mut buffer) {
            for (range, done) in ranges.iter().zip(&batch.done) {
                let at = at.saturating_add(range.start as i128);
                if let Some(place) = buffer.get_mut(range.clone()).filter(|_| !*done)
                    && !self.read_source(source, at, place)
                {
                    place.fill(0);
                }
            }
        }
        let right = |(range, piece): (&Range<usize>, &Piece)| {
            buffer
                .get(range.clone())
                .is_some_and(|bytes| Hash::of(bytes) == piece.hash)
        };
        let right: Vec<bool> = ranges.par_iter().zip(&batch.pieces).map(right).collect();
        self.keep(run, batch, &ranges, &buffer, &right)
    }

    /// Writes what is right, neighbours in one go.
    fn keep(
        &mut self,
        run: &Run,
        batch: &mut Batch,
        ranges: &[Range<usize>],
        buffer: &[u8],
        right: &[bool],
    ) -> Result<(), Stop> {
        let Some(from) = self.before(run.first)? else {
            return Ok(());
        };
        let mut pending: Option<(u64, Range<usize>)> = None;
        for (number, range) in ranges.iter().enumerate() {
            let (piece, done) = (batch.pieces.get(number), batch.done.get_mut(number));
            let (Some(piece), Some(done)) = (piece, done) else {
                continue;
            };
            if *done || right.get(number) != Some(&true) {
                self.flush(pending.take(), buffer)?;
                continue;
            }
            *done = true;
            if let Some(whole) = self.whole.get_mut(batch.first as usize + number) {
                *whole = true;
            }
            let at = run.offset.saturating_add(piece.before.saturating_sub(from));
            match &mut pending {
                Some((_, bytes)) => bytes.end = range.end,
                None => pending = Some((at, range.clone())),
            }
        }
        self.flush(pending, buffer)
    }

    fn flush(&mut self, pending: Option<(u64, Range<usize>)>, buffer: &[u8]) -> Result<(), Stop> {
        if let Some((at, range)) = pending {
            self.write(at, buffer.get(range).unwrap_or_default())?;
        }
        Ok(())
    }

    /// The run that holds a piece first in the new file, and its place there.
    pub(crate) fn place(&mut self, piece: u32) -> Result<Option<(Run, u64)>, Stop> {
        let run = self
            .layout
            .runs
            .iter()
            .find(|run| run.covers(piece))
            .copied();
        let Some(run) = run else { return Ok(None) };
        let (from, before) = (self.before(run.first)?, self.before(piece)?);
        let offset = from
            .zip(before)
            .map(|(from, before)| before.saturating_sub(from));
        Ok(offset.map(|offset| (run, run.offset.saturating_add(offset))))
    }

    /// Looks whether pieces stand in the new file although nobody put them there: blocks did.
    pub(crate) fn rehash(&mut self) -> Result<(), Stop> {
        for piece in 0..self.manifest().piece_count {
            if self.whole.get(piece as usize) != Some(&false) {
                continue;
            }
            let Some(entry) = self.piece(piece)? else {
                continue;
            };
            let Some((_, at)) = self.place(piece)? else {
                continue;
            };
            let mut bytes = vec![0; entry.stored as usize];
            read_at(&mut **self.out()?, at, &mut bytes)?;
            if Hash::of(&bytes) == entry.hash
                && let Some(whole) = self.whole.get_mut(piece as usize)
            {
                *whole = true;
            }
            self.advance(0)?;
        }
        Ok(())
    }

    /// The further copies of pieces that the layout asks for.
    pub(crate) fn fill_spares(&mut self) -> Result<(), Stop> {
        for (number, run) in self.layout.runs.clone().into_iter().enumerate().skip(1) {
            for piece in run.first..run.first.saturating_add(run.count) {
                let earlier = self.layout.runs.get(..number).unwrap_or_default();
                let spare = earlier.iter().any(|earlier| earlier.covers(piece));
                if !spare || self.whole.get(piece as usize) != Some(&true) {
                    continue;
                }
                let (Some(entry), Some((_, from))) = (self.piece(piece)?, self.place(piece)?)
                else {
                    continue;
                };
                let Some(before) = self.before(run.first)? else {
                    continue;
                };
                let mut bytes = vec![0; entry.stored as usize];
                read_at(&mut **self.out()?, from, &mut bytes)?;
                let at = run
                    .offset
                    .saturating_add(entry.before.saturating_sub(before));
                self.write(at, &bytes)?;
            }
            self.advance(0)?;
        }
        Ok(())
    }
}
