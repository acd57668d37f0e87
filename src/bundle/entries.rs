//! The articles of an issue, one after another.

use crate::{Content, Entry, PieceError};
use std::io::{Read, Seek};
use std::sync::Arc;

/// All entries of an issue: see [`Content::entries`].
#[derive(Debug)]
pub struct Entries<'a, R> {
    pub(crate) content: &'a Content<R>,
    /// The page to read next.
    pub(crate) page: u32,
    pub(crate) entries: Arc<Vec<Entry>>,
    pub(crate) next: usize,
    pub(crate) number: u32,
    /// Bytes of all articles so far.
    pub(crate) bytes: u64,
}

impl<R: Read + Seek> Iterator for Entries<'_, R> {
    type Item = Result<(u32, Entry), PieceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.entries.get(self.next) {
                let number = self.number;
                self.next = self.next.saturating_add(1);
                self.number = self.number.saturating_add(1);
                // Spans may not overlap without end: a small file would unfold into terabytes.
                self.bytes = self.bytes.saturating_add(entry.span.len);
                let raw = self.content.manifest.raw_total;
                if self.bytes > raw.saturating_add(raw / 20) {
                    self.page = self.content.manifest.counts.catalog;
                    self.entries = Arc::default();
                    return Some(Err(PieceError::Outside {
                        what: "sum of articles",
                    }));
                }
                return Some(Ok((number, entry.clone())));
            }
            if self.page >= self.content.manifest.counts.catalog {
                return None;
            }
            let page = self.page;
            self.page = page.saturating_add(1);
            self.next = 0;
            if let Ok(front) = self.content.front() {
                self.number = front.first_number(page);
            }
            match self.content.catalog_page(page) {
                Ok(entries) => self.entries = entries,
                Err(error) => {
                    self.entries = Arc::default();
                    return Some(Err(error));
                }
            }
        }
    }
}
