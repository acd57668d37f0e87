//! Where everything lies in one whole file: what a repair rebuilds.

use varaq_bundle::{Head, Manifest, Run, TableEntry};

use super::table::{index_len, table_len};

/// A head, and the places that follow from it.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) head: Head,
    pub(crate) manifest: Manifest,
    /// The usable runs, sorted by where they begin.
    pub(crate) runs: Vec<Run>,
}

impl Layout {
    /// The layout of a head whose manifest reads.
    pub(crate) fn of(head: &Head) -> Option<Layout> {
        let manifest = Manifest::decode(&head.manifest).ok()?;
        let mut layout = Layout {
            head: head.clone(),
            manifest,
            runs: Vec::new(),
        };
        let (count, from) = (layout.manifest.piece_count, layout.pieces_at());
        let mut runs = Run::decode_all(&head.runs);
        runs.retain(|run| run.is_usable(count, from));
        runs.sort_by_key(|run| (run.offset, run.first));
        layout.runs = runs;
        Some(layout)
    }

    /// The same issue with one run over everything: what is written when no head says better.
    pub(crate) fn plain(&self) -> Layout {
        let run = Run {
            first: 0,
            count: self.manifest.piece_count,
            offset: self.pieces_at(),
        };
        let head = &self.head;
        let body_at = head.prefix.body_at;
        let runs = Run::encode_all(&[run]);
        let used = head
            .prefix
            .sections_end()
            .saturating_sub(head.runs.len() as u64)
            .saturating_add(runs.len() as u64);
        let notes = if used <= body_at {
            head.notes.clone()
        } else {
            Vec::new()
        };
        let [manifest, signatures, own] =
            [&head.manifest, &head.signatures, &head.own].map(Clone::clone);
        Layout {
            head: Head::new(body_at, manifest, signatures, own, runs, notes),
            manifest: self.manifest.clone(),
            runs: vec![run],
        }
    }

    pub(crate) fn index_at(&self) -> u64 {
        self.head.prefix.body_at
    }

    pub(crate) fn table_at(&self) -> u64 {
        self.index_at().saturating_add(index_len(&self.manifest))
    }

    pub(crate) fn pieces_at(&self) -> u64 {
        self.table_at().saturating_add(table_len(&self.manifest))
    }

    /// True if one run, the first in the file, holds every piece: a full copy.
    pub(crate) fn is_full(&self) -> bool {
        self.runs.first().is_some_and(|run| {
            run.first == 0
                && run.count == self.manifest.piece_count
                && run.offset == self.pieces_at()
        })
    }

    /// True if RUNS are those that packers write: one over everything, and spares of FRONT and
    /// of the prefixes. RUNS are not signed; by this a flipped bit in them shows.
    pub(crate) fn is_usual(&self) -> bool {
        let all = Run::decode_all(&self.head.runs);
        let prefixes = self.manifest.prefixes.first().copied();
        let count = self.manifest.prefixes.len() as u32;
        let mut spares = self.runs.iter().skip(1).map(|run| (run.first, run.count));
        let mut seen = Vec::new();
        let usual = spares.all(|spare| {
            let known = spare == (0, 1) || prefixes.map(|first| (first, count)) == Some(spare);
            let again = seen.contains(&spare);
            seen.push(spare);
            known && !again
        });
        let ordered = all.is_sorted_by_key(|run| (run.first, run.offset));
        usual && ordered && self.is_full() && all.len() == self.runs.len()
    }

    /// The end of the file, if runs follow each other without gap or overlap. `before` = stored bytes before a piece.
    pub(crate) fn end(&self, mut before: impl FnMut(u32) -> Option<u64>) -> Option<u64> {
        let mut end = self.pieces_at();
        // A tenth more than the issue itself has room for the spares that packers write, and for many more.
        let most = end.saturating_add(self.manifest.stored_total.saturating_mul(4));
        for run in &self.runs {
            if run.offset != end {
                return None;
            }
            let behind = before(run.first.checked_add(run.count)?)?;
            end = end.checked_add(behind.checked_sub(before(run.first)?)?)?;
            if end > most {
                return None;
            }
        }
        Some(end)
    }

    /// Where page `page` of TABLE lies.
    pub(crate) fn page_at(&self, page: u32) -> u64 {
        let first = u64::from(page).saturating_mul(varaq_bundle::PIECES_PER_PAGE.into());
        let offset = first.saturating_mul(TableEntry::LEN as u64);
        self.table_at().saturating_add(offset)
    }
}
