//! The content of an issue: pieces come out whole and hashed, or not at all.
//!
//! Everything starts at the manifest, whose signatures the caller has checked: it has the
//! hash of INDEX, INDEX has those of the pages of TABLE, and a page has those of its pieces.
//! Each step is taken only when something behind it is wanted, so opening costs the same for
//! ten articles and for a hundred thousand.

use crate::cache::{Bounded, Cache};
use crate::front::check_section;
use crate::source::read_vec;
use crate::{
    ArticleId, Bundle, Entries, Entry, Front, Hash, Head, Index, Limits, Malformed, Manifest,
    Medium, Part, PieceError, Run, Span, TableEntry, decode_catalog_page, decode_piece,
};
use std::collections::HashMap;
use std::io::{self, Read, Seek, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whether an article or a medium can be read from the copies at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// All its pieces are listed inside the file. They may still be damaged.
    Here,
    /// At least one piece is not in this copy.
    NotInThisCopy,
}

/// A file is not a copy of the issue that it was offered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a copy of another issue")]
pub struct AnotherIssue;

/// One file of the issue.
#[derive(Debug)]
pub(crate) struct Copy<R> {
    pub(crate) source: R,
    pub(crate) len: u64,
    pub(crate) head: Head,
    /// The usable runs, in the order of the file.
    pub(crate) runs: Vec<Run>,
    /// Where INDEX, TABLE and the pieces begin.
    pub(crate) index_at: u64,
    pub(crate) table_at: u64,
    pub(crate) pieces_at: u64,
    /// Reads that the medium refused so far.
    pub(crate) failed_reads: u64,
}

/// The content of an issue, read from one or more copies of it.
///
/// All methods take `&self`, so that several threads may read, and so that a proof about
/// this value cannot be moved to another one. Every byte they return was hashed before.
#[derive(Debug)]
pub struct Content<R> {
    pub(crate) manifest: Manifest,
    pub(crate) limits: Limits,
    pub(crate) copies: Mutex<Vec<Copy<R>>>,
    pub(crate) cache: Mutex<Cache>,
}

/// A lock that a panicking thread held is still good: nothing in here is half done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R: Read + Seek> Copy<R> {
    fn new(bundle: Bundle<R>, manifest: &Manifest) -> Copy<R> {
        let index_at = bundle.head.prefix.body_at;
        let table_at = index_at
            .saturating_add(u64::from(manifest.pages()).saturating_mul(Index::ROW_LEN as u64));
        let pieces_at = table_at
            .saturating_add(u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64));
        let mut runs = Run::decode_all(&bundle.head.runs);
        runs.retain(|run| run.is_usable(manifest.piece_count, pieces_at));
        Copy {
            source: bundle.source,
            len: bundle.len,
            head: bundle.head,
            runs,
            index_at,
            table_at,
            pieces_at,
            failed_reads: 0,
        }
    }

    /// Reads bytes that the file may or may not hold.
    pub(crate) fn read(&mut self, offset: u64, len: usize) -> io::Result<Option<Vec<u8>>> {
        match offset.checked_add(len as u64) {
            Some(end) if end <= self.len => {
                let read = read_vec(&mut self.source, offset, len);
                let failed = u64::from(read.is_err());
                self.failed_reads = self.failed_reads.saturating_add(failed);
                read.map(Some)
            }
            _ => Ok(None),
        }
    }
}

impl<R: Read + Seek> Content<R> {
    pub(crate) fn new(manifest: Manifest, bundle: Bundle<R>) -> Content<R> {
        let limits = bundle.limits;
        let cache = Cache {
            index: None,
            front: None,
            pages: Bounded::new(limits.cached_pages),
            catalog: Bounded::new(limits.cached_catalog_bytes),
            prefixes: HashMap::new(),
            last: None,
        };
        let copies = Mutex::new(vec![Copy::new(bundle, &manifest)]);
        Content {
            manifest,
            limits,
            copies,
            cache: Mutex::new(cache),
        }
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads this copy of the same issue too: what is missing or damaged in one is taken
    /// from another.
    ///
    /// # Errors
    /// If its MANIFEST is another one.
    pub fn add_copy(&self, bundle: Bundle<R>) -> Result<(), AnotherIssue> {
        let mut copies = lock(&self.copies);
        if copies
            .iter()
            .any(|copy| copy.head.manifest != bundle.head.manifest)
        {
            return Err(AnotherIssue);
        }
        copies.push(Copy::new(bundle, &self.manifest));
        Ok(())
    }

    /// FRONT.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn front(&self) -> Result<Arc<Front>, PieceError> {
        if let Some(front) = &lock(&self.cache).front {
            return Ok(Arc::clone(front));
        }
        let part = Part::Piece(0);
        if self.table_entry(0)?.raw > self.limits.front_bytes {
            return Err(PieceError::rule(part, "FRONT is too long"));
        }
        let bytes = self.piece(0)?;
        let front = Front::decode(&bytes, self.manifest.counts.catalog, &self.limits)
            .map_err(|error| PieceError::cbor(part, error))?;
        let front = Arc::new(front);
        lock(&self.cache).front = Some(Arc::clone(&front));
        Ok(front)
    }

    /// The entries of catalog page `page`, from 0.
    ///
    /// # Errors
    /// See [`PieceError`]. A page that breaks a rule hides its own articles only.
    pub fn catalog_page(&self, page: u32) -> Result<Arc<Vec<Entry>>, PieceError> {
        if let Some(entries) = lock(&self.cache).catalog.find(page) {
            return Ok(entries);
        }
        let catalog = self.manifest.catalog();
        let piece = catalog
            .start
            .checked_add(page)
            .filter(|piece| catalog.contains(piece));
        let piece = piece.ok_or(PieceError::Outside {
            what: "catalog page",
        })?;
        let part = Part::Piece(piece);
        let bytes = self.piece(piece)?;
        let entries = decode_catalog_page(&bytes, &self.limits)
            .map_err(|error| PieceError::cbor(part, error))?;
        // Without FRONT the articles are still readable; there is only less to compare with.
        if let Ok(front) = self.front() {
            check_page(&entries, page, &front).map_err(|rule| PieceError::rule(part, rule))?;
        }
        let entries = Arc::new(entries);
        lock(&self.cache)
            .catalog
            .insert(page, Arc::clone(&entries), bytes.len());
        Ok(entries)
    }

    /// The entry of article `number`, from 1 in catalog order; `None` if there are not that many.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn entry(&self, number: u32) -> Result<Option<Entry>, PieceError> {
        let Some((page, first)) = self.front()?.page_of(number) else {
            return Ok(None);
        };
        let entries = self.catalog_page(page)?;
        Ok(entries.get(number.saturating_sub(first) as usize).cloned())
    }

    /// The article with that id, and its number.
    ///
    /// # Errors
    /// See [`PieceError`]; only if it is in no page that can be read.
    pub fn find(&self, id: ArticleId) -> Result<Option<(u32, Entry)>, PieceError> {
        let mut unread = None;
        for item in self.entries() {
            match item {
                Ok((number, entry)) if entry.id == id => return Ok(Some((number, entry))),
                Ok(_) => {}
                Err(error) => unread = Some(error),
            }
        }
        unread.map_or(Ok(None), Err)
    }

    /// All entries with their numbers, page by page. A page that cannot be read yields one
    /// error, and its articles are left out; numbers of later pages stay right if FRONT is readable.
    #[must_use]
    pub fn entries(&self) -> Entries<'_, R> {
        Entries {
            content: self,
            page: 0,
            next: 0,
            number: 1,
            entries: Arc::default(),
            bytes: 0,
        }
    }

    /// The encoded bytes of an article.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn article_bytes(&self, entry: &Entry) -> Result<Vec<u8>, PieceError> {
        if entry.span.len > self.limits.article_bytes {
            return Err(PieceError::Outside { what: "article" });
        }
        let mut bytes = Vec::new();
        self.each_slice(&entry.span, &mut |slice| {
            bytes.extend_from_slice(slice);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// The bytes of a picture or an attachment.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn medium(&self, medium: &Medium) -> Result<Vec<u8>, PieceError> {
        let mut bytes = Vec::new();
        self.medium_into(medium, &mut bytes)?;
        Ok(bytes)
    }

    /// Writes the bytes of a picture or an attachment, piece by piece. When it fails, what
    /// was written is the whole beginning of the medium.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn medium_into(&self, medium: &Medium, target: &mut dyn Write) -> Result<(), PieceError> {
        if medium.span.len > self.limits.medium_bytes {
            return Err(PieceError::Outside { what: "medium" });
        }
        self.each_slice(&medium.span, &mut |slice| {
            target.write_all(slice).map_err(PieceError::Io)
        })
    }

    /// Whether the pieces of an article are in the copies at hand. Reads no piece: at most
    /// INDEX and TABLE.
    #[must_use]
    pub fn presence(&self, entry: &Entry) -> Presence {
        self.presence_of(&entry.span)
    }

    /// Whether the pieces of a span are in the copies at hand.
    #[must_use]
    pub fn presence_of(&self, span: &Span) -> Presence {
        if self.lists_all() {
            return Presence::Here;
        }
        let mut here = true;
        let walked = self.each_piece(span, &mut |piece, entry, _| {
            here &= self.is_listed(piece)?
                && self
                    .prefix_of(entry)
                    .is_none_or(|p| self.is_listed(p).unwrap_or(false));
            Ok(())
        });
        if here && walked.is_ok() {
            Presence::Here
        } else {
            Presence::NotInThisCopy
        }
    }

    /// The decoded bytes of a piece.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn piece(&self, piece: u32) -> Result<Arc<Vec<u8>>, PieceError> {
        {
            let cache = lock(&self.cache);
            if let Some(bytes) = cache.prefixes.get(&piece) {
                return Ok(Arc::clone(bytes));
            }
            if let Some((last, bytes)) = &cache.last
                && *last == piece
            {
                return Ok(Arc::clone(bytes));
            }
        }
        let entry = self.table_entry(piece)?;
        let prefix = self
            .prefix_of(&entry)
            .map(|prefix| self.piece(prefix))
            .transpose()?;
        let stored = self.stored(piece)?;
        let raw = decode_piece(
            stored,
            &entry,
            prefix.as_ref().map(|prefix| prefix.as_slice()),
        )
        .map_err(|flaw| PieceError::Malformed {
            part: Part::Piece(piece),
            flaw: Malformed::Frame(flaw),
        })?;
        let raw = Arc::new(raw);
        let mut cache = lock(&self.cache);
        if self.manifest.prefixes.contains(&piece) {
            cache.prefixes.insert(piece, Arc::clone(&raw));
        } else {
            cache.last = Some((piece, Arc::clone(&raw)));
        }
        Ok(raw)
    }

    /// The stored bytes of a piece, from the first run and copy where they hash right.
    ///
    /// # Errors
    /// See [`PieceError`].
    pub fn stored(&self, piece: u32) -> Result<Vec<u8>, PieceError> {
        let entry = self.table_entry(piece)?;
        let places = self.places(piece)?;
        let part = Part::Piece(piece);
        let mut failure = PieceError::NotInThisCopy { part };
        let mut copies = lock(&self.copies);
        for (copy, offset) in places {
            let Some(copy) = copies.get_mut(copy) else {
                continue;
            };
            match copy.read(offset, entry.stored as usize) {
                // Read once: these very bytes are hashed, and these very bytes are decoded.
                Ok(Some(stored)) if Hash::of(&stored) == entry.hash => return Ok(stored),
                Ok(Some(_)) => failure = PieceError::Damaged { part },
                Ok(None) => {}
                Err(error) => failure = PieceError::Io(error),
            }
        }
        Err(failure)
    }
}

/// What a catalog page owes to FRONT.
fn check_page(entries: &[Entry], page: u32, front: &Front) -> Result<(), &'static str> {
    if front.directory.get(page as usize).copied().map(usize::from) != Some(entries.len()) {
        return Err("another number of articles than FRONT says");
    }
    for entry in entries {
        check_section(entry, front.sections.len(), 0)
            .map_err(|_| "a section that FRONT does not list")?;
    }
    // What the first screen shows must be what the catalog says.
    let before = front.first_number(page).saturating_sub(1) as usize;
    let shown = front.first.get(before..).unwrap_or_default();
    if entries
        .iter()
        .zip(shown)
        .any(|(entry, shown)| entry != shown)
    {
        return Err("other first articles than FRONT shows");
    }
    Ok(())
}
