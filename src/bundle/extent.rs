//! Which bytes of a copy belong to what.

use crate::content::{Content, Copy, lock};
use crate::{Context, Hash, Index, Manifest, Part, Run, TRAILER_MAGIC};
use std::io::{Read, Seek};
use varaq_cbor::{DEPTH, Reader};

/// A run, and the bytes it claims.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located {
    pub(crate) run: Run,
    /// Where it begins and ends, in bytes from the start of the file. It may end beyond the
    /// file; it ends where it begins if how far it reaches is not known.
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// Stored bytes of all pieces before its first; unknown if that page of TABLE is not readable.
    before: Option<u64>,
}

/// Bytes that no section and no run claims.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unclaimed {
    pub(crate) extra: u64,
    pub(crate) trailer: u64,
}

/// The parts of the head that are wrong although the manifest is the signed one.
pub(crate) fn wrong_head_parts<R>(copy: &Copy<R>, manifest: &Manifest) -> Vec<Part> {
    let mut parts = Vec::new();
    if !copy.head.hint_matches() {
        parts.push(Part::Hint);
    }
    let runs = Run::decode_all(&copy.head.runs);
    let in_order = runs.is_sorted_by_key(|run| (run.first, run.offset));
    if !in_order
        || runs
            .iter()
            .any(|run| !run.is_usable(manifest.piece_count, copy.pieces_at))
    {
        parts.push(Part::Runs);
    }
    if !copy.head.notes.is_empty() && !is_array(&copy.head.notes) {
        parts.push(Part::Notes);
    }
    parts
}

/// True if NOTES are a well-formed array; what the entries say is not looked at here.
fn is_array(notes: &[u8]) -> bool {
    let mut reader = Reader::new(notes, DEPTH);
    let read = reader
        .array()
        .and_then(|len| (0..len).try_for_each(|_| reader.item().map(drop)));
    read.and_then(|()| reader.finish()).is_ok()
}

impl<R: Read + Seek> Content<R> {
    /// The usable runs of a copy and the bytes that they claim.
    pub(crate) fn locate_runs(&self, copy: usize) -> Vec<Located> {
        let runs = lock(&self.copies)
            .get(copy)
            .map(|copy| copy.runs.clone())
            .unwrap_or_default();
        let located = runs.into_iter().map(|run| {
            let end = run.first.saturating_add(run.count);
            let from = self.stored_before(run.first).ok();
            // Where a page of TABLE is not readable, nobody knows how far a run reaches.
            let reach = from.and_then(|from| self.stored_before(end).ok()?.checked_sub(from));
            Located {
                run,
                start: run.offset,
                end: run.offset.saturating_add(reach.unwrap_or(0)),
                before: from,
            }
        });
        located.collect()
    }

    /// Stored bytes before page `page`, as far as INDEX says.
    fn page_before(&self, page: u32) -> u64 {
        let total = self.manifest.stored_total;
        self.index().map_or(total, |index| {
            index
                .rows
                .get(page as usize)
                .map_or(total, |row| row.before)
        })
    }

    /// Where a piece of page `page` lies inside a run; `inside` = stored bytes of the page before it.
    pub(crate) fn offset_in(&self, located: &Located, page: u32, inside: u64) -> Option<u64> {
        let before = self.page_before(page).checked_add(inside)?;
        located
            .run
            .offset
            .checked_add(before.checked_sub(located.before?)?)
    }

    /// Whether a copy has INDEX or a page of TABLE right; `None` if it ends before it.
    pub(crate) fn copy_part(&self, copy: usize, part: Part) -> Option<bool> {
        let index = self.index().ok()?;
        let mut copies = lock(&self.copies);
        let copy = copies.get_mut(copy)?;
        let (at, len, context, wanted) = match part {
            Part::TablePage(page) => {
                let (at, len) = self.page_place(page);
                let row = index.rows.get(page as usize)?;
                (
                    copy.table_at.saturating_add(at),
                    len,
                    Context::Page,
                    row.page,
                )
            }
            _ => {
                let len = index.rows.len().saturating_mul(Index::ROW_LEN);
                (copy.index_at, len, Context::Index, self.manifest.index)
            }
        };
        match copy.read(at, len) {
            Ok(Some(bytes)) => Some(Hash::derived(context, &bytes) == wanted),
            Ok(None) => None,
            Err(_) => Some(false),
        }
    }

    /// Counts the bytes of SLACK that are not zero and, with `runs` that are all known to
    /// their end, the bytes that nothing claims.
    pub(crate) fn unclaimed(&self, copy: usize, runs: Option<&[Located]>) -> Unclaimed {
        let mut unclaimed = Unclaimed::default();
        let mut copies = lock(&self.copies);
        let Some(copy) = copies.get_mut(copy) else {
            return unclaimed;
        };
        let slack_from = copy.head.prefix.sections_end();
        let slack_len = copy.index_at.min(copy.len).saturating_sub(slack_from) as usize;
        if let Ok(Some(slack)) = copy.read(slack_from, slack_len) {
            unclaimed.extra = slack.iter().filter(|&&byte| byte != 0).count() as u64;
        }
        let Some(runs) = runs else { return unclaimed };
        // `runs` are sorted by where they begin.
        let mut end = copy.pieces_at.min(copy.len);
        for run in runs {
            let start = run.start.min(copy.len);
            unclaimed.extra = unclaimed.extra.saturating_add(start.saturating_sub(end));
            end = end.max(run.end.min(copy.len));
        }
        let rest = copy.len.saturating_sub(end);
        let is_trailer = matches!(copy.read(end, TRAILER_MAGIC.len()), Ok(Some(magic)) if magic == TRAILER_MAGIC);
        if is_trailer {
            unclaimed.trailer = rest;
        } else {
            unclaimed.extra = unclaimed.extra.saturating_add(rest);
        }
        unclaimed
    }
}
