//! A whole check: every byte of every copy is read once and accounted for.
//!
//! One thread reads in large steps, in the order of the file, because sticks and disks are
//! slow at anything else; all cores hash what it has read, while it reads on.

use crate::content::{Content, lock};
use crate::extent::{self, Located};
use crate::report::{CheckError, CheckProgress, Damage, PieceTally, Report};
use crate::source::read_at;
use crate::{Hash, PIECES_PER_PAGE, Page, Part, PieceError, Sample};
use rayon::prelude::*;
use std::fmt;
use std::io::{Read, Seek};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// Bytes read at a time, give or take a piece; two such buffers exist.
const STEP: usize = 4 << 20;

/// What a piece was found to be so far.
const WHOLE: u8 = 1;
const WRONG: u8 = 2;
const UNPROVEN: u8 = 4;
const UNREAD: u8 = 8;

/// A run that is shorter is hashed where it was read: waking other cores takes longer.
const ALONE_BYTES: usize = 256 << 10;

/// Calls back with the progress; `Break` cancels.
type Progress<'a> = dyn FnMut(CheckProgress) -> ControlFlow<()> + 'a;

/// A piece inside a step.
struct Job {
    piece: u32,
    range: Range<usize>,
    hash: Hash,
}

/// Pieces that lie back to back in a copy, read in one go.
#[derive(Default)]
struct Step {
    copy: usize,
    offset: u64,
    /// As long as the longest step so far.
    buffer: Vec<u8>,
    /// Bytes of this one.
    len: usize,
    jobs: Vec<Job>,
}

/// The buffers of a check. Whoever checks many files keeps one, so that the system need not
/// hand out, and clear, ten megabytes for each.
#[derive(Default)]
pub struct CheckRoom {
    read: Step,
    next: Step,
}

impl fmt::Debug for CheckRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CheckRoom")
    }
}

impl Step {
    /// Hashes the pieces on all cores; says of each whether it is right.
    fn hash(&self) -> Vec<bool> {
        let right = |job: &Job| {
            self.buffer
                .get(job.range.clone())
                .is_some_and(|b| Hash::of(b) == job.hash)
        };
        if self.len <= ALONE_BYTES {
            return self.jobs.iter().map(right).collect();
        }
        self.jobs.par_iter().map(right).collect()
    }
}

/// The way along a run.
struct Walk {
    copy: usize,
    len: u64,
    located: Located,
    next: u32,
    page: Option<(u32, Arc<Page>)>,
}

/// A check that is under way.
struct Checker<'c, 'p, 'q, R> {
    content: &'c Content<R>,
    sample: Option<Sample>,
    room: &'c mut CheckRoom,
    report: Report,
    pieces: Vec<u8>,
    /// Copies of pieces that are wrong; whether a spare mends them is known at the end.
    wrong: Vec<(usize, u32)>,
    /// INDEX and all pages of TABLE are readable.
    table_whole: bool,
    /// Copies that end before their runs do.
    cut_off: Vec<usize>,
    done: u64,
    total: u64,
    progress: &'p mut Progress<'q>,
}

impl<R: Read + Seek> Content<R> {
    /// Checks every byte of every copy against the manifest, on all cores. Memory is bounded:
    /// two buffers of about 5 MiB, one byte for each piece, and the usual caches.
    ///
    /// # Errors
    /// [`CheckError::Cancelled`] when `progress` says so. Whatever is wrong with the bytes is
    /// in the report.
    pub fn check(&self, progress: &mut Progress<'_>) -> Result<Report, CheckError> {
        self.check_with(None, &mut CheckRoom::default(), progress)
    }

    /// As [`check`](Content::check), with buffers that were used before, and of a sample of
    /// the pieces only if there is one. What was not read is counted as such, and never whole.
    ///
    /// # Errors
    /// [`CheckError::Cancelled`] when `progress` says so.
    pub fn check_with(
        &self,
        sample: Option<Sample>,
        room: &mut CheckRoom,
        progress: &mut Progress<'_>,
    ) -> Result<Report, CheckError> {
        let lens: Vec<u64> = lock(&self.copies).iter().map(|copy| copy.len).collect();
        let failed_before = self.failed_reads();
        let mut checker = Checker {
            content: self,
            sample: sample.filter(|sample| sample.percent < 100),
            room,
            report: Report::default(),
            pieces: vec![0; self.manifest.piece_count as usize],
            wrong: Vec::new(),
            table_whole: true,
            cut_off: Vec::new(),
            done: 0,
            total: lens
                .iter()
                .fold(0, |sum: u64, &len| sum.saturating_add(len)),
            progress,
        };
        for copy in 0..lens.len() {
            checker.check_head(copy);
            checker.check_table(copy)?;
        }
        let mut overlapping = Vec::new();
        for (copy, &len) in lens.iter().enumerate() {
            overlapping.extend(checker.check_copy(copy, len)?);
        }
        checker.try_overlapping(&overlapping)?;
        checker.sum_up();
        checker.check_notices()?;
        checker.count_articles()?;
        // Whatever a failing medium kept from us, it is not the file that is damaged.
        let failed = self.failed_reads().saturating_sub(failed_before);
        checker.report.read_errors = checker.report.read_errors.saturating_add(failed);
        checker.report.parts.sort();
        checker.report.parts.dedup();
        Ok(checker.report)
    }

    fn failed_reads(&self) -> u64 {
        let copies = lock(&self.copies);
        copies
            .iter()
            .fold(0, |sum, copy| sum.saturating_add(copy.failed_reads))
    }
}

impl<R: Read + Seek> Checker<'_, '_, '_, R> {
    fn advance(&mut self, bytes: u64) -> Result<(), CheckError> {
        self.done = self.done.saturating_add(bytes).min(self.total);
        match (self.progress)(CheckProgress {
            done_bytes: self.done,
            total_bytes: self.total,
        }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(CheckError::Cancelled),
        }
    }

    fn damaged(&mut self, copy: usize, part: Part) {
        if self.report.parts.len() < self.content.limits.named_parts {
            self.report.parts.push(Damage { copy, part });
        } else {
            self.report.unnamed_parts = self.report.unnamed_parts.saturating_add(1);
        }
    }

    fn mark(&mut self, piece: u32, mark: u8) {
        if let Some(marks) = self.pieces.get_mut(piece as usize) {
            *marks |= mark;
        }
    }

    /// Hint, RUNS and NOTES.
    fn check_head(&mut self, number: usize) {
        let parts = lock(&self.content.copies)
            .get(number)
            .map(|copy| extent::wrong_head_parts(copy, &self.content.manifest));
        parts
            .unwrap_or_default()
            .into_iter()
            .for_each(|part| self.damaged(number, part));
    }

    /// INDEX and TABLE of one copy. A copy that ends before them may be a head copy.
    fn check_table(&mut self, number: usize) -> Result<(), CheckError> {
        let content = self.content;
        let index = match content.index() {
            Ok(index) => index,
            Err(error) => {
                self.table_error(number, Part::Index, &error);
                self.pieces.fill(UNPROVEN);
                return Ok(());
            }
        };
        if content.copy_part(number, Part::Index) == Some(false) {
            self.damaged(number, Part::Index);
        }
        for page in 0..index.rows.len() as u32 {
            let part = Part::TablePage(page);
            if content.copy_part(number, part) == Some(false) {
                self.damaged(number, part);
            }
            if let Err(error) = content.page(page) {
                self.table_error(number, part, &error);
                let first = page.saturating_mul(PIECES_PER_PAGE);
                (first..first.saturating_add(PIECES_PER_PAGE))
                    .for_each(|piece| self.mark(piece, UNPROVEN));
            }
            self.advance(content.page_place(page).1 as u64)?;
        }
        Ok(())
    }

    fn table_error(&mut self, copy: usize, part: Part, error: &PieceError) {
        self.table_whole = false;
        match error {
            PieceError::NotInThisCopy { .. } => self.report.table_missing = true,
            _ => self.damaged(copy, part),
        }
    }

    /// All runs of one copy that do not overlap an earlier one; returns the others. Also
    /// counts the bytes that belong to nothing.
    fn check_copy(&mut self, copy: usize, len: u64) -> Result<Vec<Located>, CheckError> {
        let mut runs = self.content.locate_runs(copy);
        runs.sort_by_key(|run| (run.start, run.run.first));
        if runs.iter().any(|run| run.end > len) {
            self.report.truncated = true;
            self.cut_off.push(copy);
        }
        let unclaimed = self
            .content
            .unclaimed(copy, self.table_whole.then_some(runs.as_slice()));
        self.report.extra_bytes = self.report.extra_bytes.saturating_add(unclaimed.extra);
        self.report.trailer_bytes = self.report.trailer_bytes.saturating_add(unclaimed.trailer);
        // RUNS is unsigned: thousands of runs over the same bytes must not cost more than one.
        let mut overlapping = Vec::new();
        let mut end = 0;
        for located in runs {
            if located.start < end {
                overlapping.push(located);
                continue;
            }
            end = located.end.min(len);
            self.check_run(Walk {
                copy,
                len,
                next: located.run.first,
                located,
                page: None,
            })?;
        }
        Ok(overlapping)
    }

    /// Reads one step while the one before it is hashed.
    fn check_run(&mut self, mut walk: Walk) -> Result<(), CheckError> {
        let mut read = std::mem::take(&mut self.room.read);
        let mut next = std::mem::take(&mut self.room.next);
        read.jobs.clear();
        read.len = 0;
        let walked = self.walk_run(&mut walk, &mut read, &mut next);
        self.room.read = read;
        self.room.next = next;
        walked
    }

    fn walk_run(
        &mut self,
        walk: &mut Walk,
        read: &mut Step,
        next: &mut Step,
    ) -> Result<(), CheckError> {
        loop {
            let mut results = Vec::new();
            let mut more = false;
            if read.len <= ALONE_BYTES {
                results = read.hash();
                more = self.fill(walk, next);
            } else {
                let before = &*read;
                rayon::in_place_scope(|scope| {
                    scope.spawn(|_| results = before.hash());
                    more = self.fill(walk, next);
                });
            }
            for (job, right) in read.jobs.iter().zip(&results) {
                self.note(read.copy, job.piece, *right);
            }
            self.advance(read.len as u64)?;
            if !more && next.jobs.is_empty() {
                return Ok(());
            }
            std::mem::swap(read, next);
        }
    }

    fn note(&mut self, copy: usize, piece: u32, right: bool) {
        self.mark(piece, if right { WHOLE } else { WRONG });
        if right {
            return;
        }
        if self.wrong.len() < self.content.limits.named_parts {
            self.wrong.push((copy, piece));
        } else {
            self.report.unnamed_parts = self.report.unnamed_parts.saturating_add(1);
        }
    }

    /// Reads the next step of a run; false at its end.
    fn fill(&mut self, walk: &mut Walk, step: &mut Step) -> bool {
        step.jobs.clear();
        step.copy = walk.copy;
        let end = walk
            .located
            .run
            .first
            .saturating_add(walk.located.run.count);
        let mut len = 0usize;
        while walk.next < end && len < STEP {
            let number = walk.next / PIECES_PER_PAGE;
            if walk.page.as_ref().is_none_or(|(page, _)| *page != number) {
                walk.page = self.content.page(number).ok().map(|page| (number, page));
            }
            let Some((_, page)) = &walk.page else {
                // The pieces of this page are unproven; those behind it are not.
                walk.next = number.saturating_add(1).saturating_mul(PIECES_PER_PAGE);
                if len > 0 { break } else { continue }
            };
            let at = (walk.next % PIECES_PER_PAGE) as usize;
            let place =
                page.entries
                    .get(at)
                    .zip(page.before.get(at))
                    .and_then(|(entry, before)| {
                        Some((
                            *entry,
                            self.content.offset_in(&walk.located, number, *before)?,
                        ))
                    });
            // A run that begins where TABLE is not readable leads nowhere.
            let Some((entry, offset)) = place else {
                walk.next = end;
                break;
            };
            if offset
                .checked_add(entry.stored.into())
                .is_none_or(|end| end > walk.len)
            {
                walk.next = end;
                break;
            }
            if !self.is_drawn(walk.next) {
                // What is drawn behind the gap is a step of its own.
                if len > 0 {
                    break;
                }
                self.leave_unread(walk.next, entry.stored);
                walk.next = walk.next.saturating_add(1);
                continue;
            }
            if len == 0 {
                step.offset = offset;
            }
            let range = len..len.saturating_add(entry.stored as usize);
            len = range.end;
            step.jobs.push(Job {
                piece: walk.next,
                range,
                hash: entry.hash,
            });
            walk.next = walk.next.saturating_add(1);
        }
        step.len = len;
        if step.buffer.len() < len {
            step.buffer.resize(len, 0);
        }
        self.read_step(step);
        walk.next < end
    }

    fn is_drawn(&self, piece: u32) -> bool {
        self.sample
            .is_none_or(|sample| sample.takes(&self.content.manifest, piece))
    }

    fn leave_unread(&mut self, piece: u32, stored: u32) {
        let before = self.pieces.get(piece as usize).copied().unwrap_or(UNREAD);
        if before & UNREAD == 0 {
            self.report.unread_bytes = self.report.unread_bytes.saturating_add(stored.into());
        }
        self.mark(piece, UNREAD);
    }

    /// Reads a step; where the medium fails, piece by piece, so that one bad sector costs one piece.
    fn read_step(&mut self, step: &mut Step) {
        let mut copies = lock(&self.content.copies);
        let Some(copy) = copies.get_mut(step.copy) else {
            return;
        };
        let whole = step.buffer.get_mut(..step.len).unwrap_or_default();
        if whole.is_empty() || read_at(&mut copy.source, step.offset, whole).is_ok() {
            return;
        }
        for job in &step.jobs {
            let Some(buffer) = step.buffer.get_mut(job.range.clone()) else {
                continue;
            };
            if read_at(
                &mut copy.source,
                step.offset.saturating_add(job.range.start as u64),
                buffer,
            )
            .is_err()
            {
                buffer.fill(0);
                self.report.read_errors = self.report.read_errors.saturating_add(1);
            }
        }
    }

    /// Runs over bytes that another run has claimed are tried for pieces that are nowhere else,
    /// as long as that costs no more than reading everything four times.
    fn try_overlapping(&mut self, runs: &[Located]) -> Result<(), CheckError> {
        let mut budget = self.total.saturating_mul(4);
        let mut ranges: Vec<(u32, u32)> = runs
            .iter()
            .map(|run| (run.run.first, run.run.first.saturating_add(run.run.count)))
            .collect();
        ranges.sort_unstable();
        // Each piece once, however many runs name it.
        let mut next = 0;
        for (first, end) in ranges {
            for piece in first.max(next)..end {
                let settled = |marks: &u8| marks & (WHOLE | UNPROVEN | UNREAD) != 0;
                if self.pieces.get(piece as usize).is_none_or(settled) {
                    continue;
                }
                if budget == 0 {
                    return Ok(());
                }
                budget = budget.saturating_sub(self.try_piece(piece, runs.len()));
                self.advance(0)?;
            }
            next = end.max(next);
        }
        Ok(())
    }

    /// Tries every run of a piece; returns what that has cost, in bytes or the like.
    fn try_piece(&mut self, piece: u32, runs: usize) -> u64 {
        match self.content.stored(piece) {
            Ok(stored) => {
                self.mark(piece, WHOLE);
                stored.len() as u64
            }
            Err(PieceError::NotInThisCopy { .. }) => (runs as u64).saturating_mul(16).max(64),
            Err(_) => {
                self.mark(piece, WRONG);
                if !self.wrong.iter().any(|&(_, wrong)| wrong == piece) {
                    self.wrong.push((0, piece));
                }
                let stored = self
                    .content
                    .table_entry(piece)
                    .map_or(0, |entry| entry.stored);
                u64::from(stored).saturating_mul(self.content.limits.tries.min(runs).max(1) as u64)
            }
        }
    }

    /// Counts the pieces and names the wrong ones.
    fn sum_up(&mut self) {
        let mut tally = PieceTally::default();
        for &marks in &self.pieces {
            let counter = if marks & WHOLE != 0 {
                &mut tally.whole
            } else if marks & WRONG != 0 {
                &mut tally.damaged
            } else if marks & UNPROVEN != 0 {
                &mut tally.unproven
            } else if marks & UNREAD != 0 {
                &mut tally.unread
            } else {
                &mut tally.missing
            };
            *counter = counter.saturating_add(1);
        }
        self.report.pieces = tally;
        if self.report.lacks_nothing() {
            // Only a spare can be cut off, or RUNS itself is wrong: nothing else would tell.
            std::mem::take(&mut self.cut_off)
                .into_iter()
                .for_each(|copy| self.damaged(copy, Part::Runs));
        }
        for (copy, piece) in std::mem::take(&mut self.wrong) {
            let part = if self.is_whole(piece) {
                Part::RunOfPiece(piece)
            } else {
                Part::Piece(piece)
            };
            self.damaged(copy, part);
        }
    }

    fn is_whole(&self, piece: u32) -> bool {
        self.pieces
            .get(piece as usize)
            .is_some_and(|marks| marks & WHOLE != 0)
    }

    /// Notices pieces are lists like the catalog: one that breaks a rule is named.
    fn check_notices(&mut self) -> Result<(), CheckError> {
        for (piece, error) in self.content.notices().unread {
            if self.is_whole(piece) {
                self.unreadable(&error);
            }
        }
        self.advance(0)
    }

    /// n of m: articles whose entry is readable and whose pieces, with their prefixes, are whole.
    fn count_articles(&mut self) -> Result<(), CheckError> {
        let content = self.content;
        if self.is_whole(0) {
            match content.front() {
                Ok(front) => self.report.articles_listed = Some(front.article_count),
                Err(error) => self.unreadable(&error),
            }
        }
        let mut number = 0u32;
        for item in content.entries() {
            match item {
                Ok((_, entry)) => {
                    let mut whole = true;
                    let walked = content.each_piece(&entry.span, &mut |piece, entry, _| {
                        whole &= self.is_whole(piece)
                            && content.prefix_of(entry).is_none_or(|p| self.is_whole(p));
                        Ok(())
                    });
                    if whole && walked.is_ok() {
                        self.report.articles_whole = self.report.articles_whole.saturating_add(1);
                    }
                }
                Err(error) => self.unreadable(&error),
            }
            number = number.wrapping_add(1);
            if number.is_multiple_of(1_024) {
                self.advance(0)?;
            }
        }
        Ok(())
    }

    /// A list whose bytes are the signed ones, and which breaks a rule nevertheless.
    fn unreadable(&mut self, error: &PieceError) {
        if let PieceError::Malformed { part, .. } = error {
            self.damaged(0, *part);
        }
    }
}
