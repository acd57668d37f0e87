//! The reader's own library: kept issues, their index, and what was read of them.
//!
//! In: bundles, and whom the reader trusts today. Out: issues to read, hits, lists. What is
//! kept is a folder:
//!
//! ```text
//! bundles/HASH.varaq   the bundle files, as they came; the only thing that is believed
//! reading              read, starred, stopped at, noted: two slots
//! index.sqlite         which articles hold a word; a cache, on the host's disk only
//! ```
//!
//! A file is judged each time it is opened, with the trust of that moment: a publisher that
//! is no longer trusted, or a key that was revoked, closes what was kept before.

mod hit;
mod import;
mod remove;
mod snippet;

pub use hit::Hit;
pub use import::{ImportError, ImportOptions, ImportProgress, Imported, Outcome};
pub use remove::Taken;
pub use snippet::Snippet;

use crate::bundles::Bundles;
use crate::index::{FillProgress, Filled, Index, IndexError};
use crate::kept::{Closed, ClosedReason, Issue, Kept, Source};
use crate::reading::{ArticleKey, Reading, Status};
use crate::reading_file::{ReadingFile, ReadingFileError};
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use varaq_bundle::{Bundle, Hash, Limits};
use varaq_storage::{Lock, Storage};
use varaq_trust::{Consent, Opening, View};

/// Issues held open: each needs a file handle, and a shelf may hold thousands.
const MAX_OPEN: usize = 32;

/// Where a library keeps what it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// On this computer's disk, with its index.
    Computer,
    /// In a folder that travels, such as one on a stick: no database.
    Portable,
    /// Nowhere: nothing is written at all.
    Memory,
}

/// The library.
pub struct Library {
    mode: Mode,
    home: Option<Home>,
    kept: Vec<Arc<Kept>>,
    lent: Vec<(Arc<Kept>, Issue)>,
    closed: Vec<Closed>,
    open: Mutex<VecDeque<(Hash, Issue)>>,
    index: Index,
    reading: Reading,
    limits: Limits,
}

/// The folder of a library.
#[derive(Debug)]
struct Home {
    storage: Arc<dyn Storage>,
    folder: PathBuf,
    bundles: Bundles,
    reading: ReadingFile,
    /// Held while this program fills the index.
    index_lock: Option<Lock>,
}

/// Why a library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The disk refuses.
    #[error("cannot use the shelf in {}", path.display())]
    Io {
        /// What it says.
        source: io::Error,
        /// The folder or file.
        path: PathBuf,
    },
    /// What was read and starred.
    #[error(transparent)]
    Reading(#[from] ReadingFileError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There is no such issue.
    #[error("no such issue on the shelf")]
    NotKept,
    /// The bundle that is kept can no longer be read, or is not what was kept.
    #[error("the kept bundle cannot be read")]
    Unreadable(#[source] io::Error),
    /// The library keeps nothing.
    #[error("nothing is kept in memory-only mode")]
    MemoryOnly,
}

impl Library {
    /// A library that keeps nothing.
    ///
    /// # Errors
    /// If there is not enough memory.
    pub fn in_memory() -> Result<Library, LibraryError> {
        Ok(Library {
            mode: Mode::Memory,
            home: None,
            kept: Vec::new(),
            lent: Vec::new(),
            closed: Vec::new(),
            open: Mutex::default(),
            index: Index::in_memory()?,
            reading: Reading::default(),
            limits: Limits::default(),
        })
    }

    /// The library of a folder, which need not exist: nothing is made before there is
    /// something to keep, but for the index of one that keeps bundles. What lies in it is judged
    /// by [`Library::refresh`].
    ///
    /// # Errors
    /// If the folder cannot be read. A damaged reading state is an error once: it is put
    /// aside, and the next call begins with an empty one.
    pub fn open(
        storage: Arc<dyn Storage>,
        folder: &Path,
        mode: Mode,
    ) -> Result<Library, LibraryError> {
        if mode == Mode::Memory {
            return Library::in_memory();
        }
        let mut home = Home {
            bundles: Bundles::new(Arc::clone(&storage), folder.join("bundles")),
            reading: ReadingFile::new(Arc::clone(&storage), folder),
            folder: folder.to_owned(),
            storage,
            index_lock: None,
        };
        let reading = home.reading.load()?;
        let index = home.index(mode)?;
        Ok(Library {
            mode,
            home: Some(home),
            index,
            reading,
            ..Library::in_memory()?
        })
    }

    /// Where it keeps what it keeps.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Its folder; none if it keeps nothing.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.home.as_ref().map(|home| &*home.folder)
    }

    /// Looks the folder through and judges every file in it. `progress` hears how many of
    /// how many; `Break` leaves the rest for the next time.
    ///
    /// # Errors
    /// If the folder cannot be listed, or the index fails.
    pub fn refresh(
        &mut self,
        view: View<'_>,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<(), LibraryError> {
        if let Some(home) = &self.home {
            let files = home.bundles.list().map_err(|error| home.failed(error))?;
            // Another program, or another library of this one, may have added to it.
            self.reading = home.reading.load()?;
            let mut judged = Judged::default();
            for (at, file) in files.iter().enumerate() {
                if progress(at, files.len()).is_break() {
                    return Ok(());
                }
                judged.add(file, home.judge(file, view, &self.limits), &self.reading);
            }
            self.kept = judged.sorted();
            self.closed = judged.closed;
        }
        self.close_all();
        self.settle_index()
    }

    /// The first import, by whatever program, has made the folder, and with it the place for an index.
    fn settle_index(&mut self) -> Result<(), LibraryError> {
        let homeless = self.home.as_ref().is_some_and(Home::lacks_index);
        if homeless && self.mode == Mode::Computer && !self.index.is_read_only() {
            return self.renew_index();
        }
        self.tell_index()
    }

    /// Judges one file more.
    fn add(&mut self, file: &Hash, view: View<'_>) -> Result<(), LibraryError> {
        if let Some(home) = &self.home {
            let mut judged = Judged {
                kept: self.kept.iter().map(|kept| Kept::clone(kept)).collect(),
                closed: std::mem::take(&mut self.closed),
            };
            judged.add(file, home.judge(file, view, &self.limits), &self.reading);
            self.kept = judged.sorted();
            self.closed = judged.closed;
        }
        self.settle_index()
    }

    /// Lets the index forget what is gone, and know what is new.
    fn tell_index(&mut self) -> Result<(), LibraryError> {
        let told = self
            .index
            .keep_only(self.issues().map(|kept| &**kept))
            .and_then(|()| self.index.set_reading(&self.reading));
        match told {
            Ok(()) => Ok(()),
            Err(_) => self.renew_index(),
        }
    }

    /// Throws the index away and begins a new one: it is only a cache.
    ///
    /// # Errors
    /// If not even that works.
    pub fn renew_index(&mut self) -> Result<(), LibraryError> {
        let empty = Index::in_memory()?;
        drop(std::mem::replace(&mut self.index, empty));
        if let Some(home) = &mut self.home {
            home.remove_index();
            self.index = home.index(self.mode)?;
        }
        self.index.keep_only(self.issues().map(|kept| &**kept))?;
        Ok(self.index.set_reading(&self.reading)?)
    }

    /// The kept issues: by publisher, then the newest first.
    #[must_use]
    pub fn kept(&self) -> &[Arc<Kept>] {
        &self.kept
    }

    /// Kept files of which nothing is shown.
    #[must_use]
    pub fn closed(&self) -> &[Closed] {
        &self.closed
    }

    /// Kept issues, and those that are only open.
    pub fn issues(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.kept
            .iter()
            .chain(self.lent.iter().map(|(kept, _)| kept))
    }

    /// An issue, by its manifest id.
    #[must_use]
    pub fn find(&self, id: &Hash) -> Option<&Arc<Kept>> {
        self.issues().find(|kept| kept.id() == *id)
    }

    /// Lets an issue that is open somewhere else be searched too, until it is
    /// [taken back](Library::take_back). One that is kept needs no such help.
    ///
    /// # Errors
    /// If the index fails.
    pub fn lend(&mut self, kept: Kept, issue: Issue) -> Result<(), LibraryError> {
        if self.find(&kept.id()).is_none() {
            self.lent.push((Arc::new(kept), issue));
        }
        self.tell_index()
    }

    /// Forgets an issue that was lent.
    ///
    /// # Errors
    /// If the index fails.
    pub fn take_back(&mut self, id: &Hash) -> Result<(), LibraryError> {
        self.lent.retain(|(kept, _)| kept.id() != *id);
        self.tell_index()
    }

    /// Opens an issue: judged anew, from all its files.
    ///
    /// # Errors
    /// If it is not on the shelf, or its files are no longer what they were.
    pub fn issue(&self, id: &Hash, view: View<'_>) -> Result<Issue, LibraryError> {
        if let Some((_, issue)) = self.lent.iter().find(|(kept, _)| kept.id() == *id) {
            return Ok(Arc::clone(issue));
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = open.iter().position(|(held, _)| held == id)
            && let Some(found) = open.remove(at)
        {
            open.push_front(found.clone());
            return Ok(found.1);
        }
        let home = self.home.as_ref().ok_or(LibraryError::NotKept)?;
        let kept = self.kept.iter().find(|kept| kept.id() == *id);
        let issue = home.open(kept.ok_or(LibraryError::NotKept)?, view, &self.limits)?;
        open.push_front((*id, Arc::clone(&issue)));
        open.truncate(MAX_OPEN);
        Ok(issue)
    }

    /// The bundle file of a kept issue, as it came.
    ///
    /// # Errors
    /// `NotFound` if it is not kept or lies in several parts, or whatever the disk says.
    pub fn file(&self, id: &Hash) -> io::Result<Box<dyn Source>> {
        let kept = self.kept.iter().find(|kept| kept.id() == *id);
        let only = kept.and_then(|kept| match kept.files.as_slice() {
            [file] => Some(file),
            _ => None,
        });
        let (home, file) = self
            .home
            .as_ref()
            .zip(only)
            .ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(home.bundles.open(file)?))
    }

    /// Closes what was held open: the trust has changed, or files have.
    fn close_all(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.clear();
    }

    /// The index, for searches and lists.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Issues whose words are not all in the index yet, the newest first.
    ///
    /// # Errors
    /// If the index fails.
    pub fn unfilled(&self) -> Result<Vec<Arc<Kept>>, LibraryError> {
        let mut unfilled = Vec::new();
        for kept in self.issues() {
            if self.index.unfilled(&kept.id())?.is_some() {
                unfilled.push(Arc::clone(kept));
            }
        }
        unfilled.sort_by_key(|kept| std::cmp::Reverse(kept.facts.issue.day));
        Ok(unfilled)
    }

    /// Reads the words of one issue into the index.
    ///
    /// # Errors
    /// If it cannot be opened, the index fails, or `progress` stops it.
    pub fn fill(
        &self,
        id: &Hash,
        view: View<'_>,
        progress: &mut dyn FnMut(FillProgress) -> ControlFlow<()>,
    ) -> Result<Filled, LibraryError> {
        let kept = self.find(id).ok_or(LibraryError::NotKept)?;
        let issue = self.issue(id, view)?;
        Ok(self.index.fill(kept, &issue, &self.reading, progress)?)
    }

    /// What the reader did with articles.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Changes what was done with an article, and keeps it if anything is kept.
    ///
    /// # Errors
    /// If it cannot be kept; then it holds for this sitting only.
    pub fn change(
        &mut self,
        key: ArticleKey,
        change: impl Fn(&mut Status),
    ) -> Result<(), LibraryError> {
        self.update(|reading| reading.change(key, &change))?;
        let status = self.reading.status(&key).cloned().unwrap_or_default();
        Ok(self.index.set_status(&key, &status)?)
    }

    /// Stars an article, or takes the star away.
    ///
    /// # Errors
    /// As [`Library::change`].
    pub fn star(&mut self, key: ArticleKey, starred: bool) -> Result<(), LibraryError> {
        self.update(|reading| reading.star(key, starred))?;
        let status = self.reading.status(&key).cloned().unwrap_or_default();
        Ok(self.index.set_status(&key, &status)?)
    }

    /// Changes what was read, in memory first: what cannot be written still holds today.
    fn update(&mut self, change: impl Fn(&mut Reading)) -> Result<(), LibraryError> {
        change(&mut self.reading);
        if let Some(home) = &self.home {
            self.reading = home.reading.update(change)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Library");
        out.field("mode", &self.mode).field("home", &self.home);
        out.finish_non_exhaustive()
    }
}

impl Home {
    fn failed(&self, source: io::Error) -> LibraryError {
        LibraryError::Io {
            source,
            path: self.folder.clone(),
        }
    }

    /// The index: of a file on a computer's disk, in memory anywhere else, and also where
    /// the disk refuses or nothing is kept yet. A damaged one is removed.
    fn index(&mut self, mode: Mode) -> Result<Index, LibraryError> {
        let has_bundles = self.storage.facts(&self.folder.join("bundles")).is_ok();
        if mode != Mode::Computer || !has_bundles {
            return Ok(Index::in_memory()?);
        }
        let path = self.index_path();
        // A second handle of this program would wait for the first as for anybody else's.
        self.index_lock = None;
        self.index_lock = self
            .storage
            .try_lock(&self.folder.join("index.lock"))
            .unwrap_or_default();
        if self.index_lock.is_none() {
            return Index::of_file_read_only(&path).or_else(|_| Ok(Index::in_memory()?));
        }
        if let Ok(index) = Index::of_file(&path) {
            return Ok(index);
        }
        self.remove_index();
        Index::of_file(&path).or_else(|_| Ok(Index::in_memory()?))
    }

    /// Whether bundles are kept and no index of theirs is filled by this program.
    fn lacks_index(&self) -> bool {
        self.index_lock.is_none() && self.storage.facts(&self.folder.join("bundles")).is_ok()
    }

    fn index_path(&self) -> PathBuf {
        self.folder.join("index.sqlite")
    }

    /// Removes the database and what SQLite keeps beside it.
    fn remove_index(&self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.index_path().into_os_string();
            path.push(ending);
            let _ = self.storage.remove(Path::new(&path));
        }
    }

    fn judge(
        &self,
        file: &Hash,
        view: View<'_>,
        limits: &Limits,
    ) -> io::Result<(Opening<Box<dyn Source>>, u64)> {
        let stored = self.bundles.open(file)?;
        let len = stored.len_bytes()?;
        let source: Box<dyn Source> = Box::new(stored);
        Ok((varaq_trust::open(source, view, limits)?, len))
    }

    /// Opens an issue from all its files.
    fn open(&self, kept: &Kept, view: View<'_>, limits: &Limits) -> Result<Issue, LibraryError> {
        let unreadable = LibraryError::Unreadable;
        let mut files = kept.files.iter();
        let first = files.next().ok_or(LibraryError::NotKept)?;
        let (opening, _) = self.judge(first, view, limits).map_err(unreadable)?;
        if opening.issue().map(|issue| issue.id) != Some(kept.id()) {
            return Err(unreadable(io::ErrorKind::InvalidData.into()));
        }
        let content = opening
            .into_content(Consent::Pinned)
            .map_err(|refused| unreadable(io::Error::other(refused)))?;
        for file in files {
            let source: Box<dyn Source> = match self.bundles.open(file) {
                Ok(stored) => Box::new(stored),
                Err(_) => continue,
            };
            // A copy that cannot be used adds nothing; the first one has been judged.
            if let Ok(bundle) = Bundle::open(source, limits) {
                let _ = content.add_copy(bundle);
            }
        }
        Ok(Arc::new(content))
    }
}

/// The files of a folder, as they are judged one by one.
#[derive(Default)]
struct Judged {
    kept: Vec<Kept>,
    closed: Vec<Closed>,
}

impl Judged {
    fn add(
        &mut self,
        file: &Hash,
        judged: io::Result<(Opening<Box<dyn Source>>, u64)>,
        reading: &Reading,
    ) {
        let (opening, len) = match judged {
            Ok(judged) => judged,
            Err(error) => return self.close(file, ClosedReason::Unreadable(error.kind())),
        };
        let verdict = opening.verdict();
        let found = Kept::of(&opening, len).filter(|_| verdict.shows_content());
        let Some(found) = found else {
            return self.close(file, ClosedReason::Verdict(verdict));
        };
        let arrival = reading.arrival(file);
        let visit = arrival.map_or(0, |arrival| arrival.visit);
        let whole = arrival.is_some_and(|arrival| arrival.whole);
        let same = self.kept.iter_mut().find(|kept| kept.id() == found.id());
        match same {
            Some(kept) => {
                kept.files.push(*file);
                kept.len_bytes = kept.len_bytes.saturating_add(len);
                kept.visit = kept.visit.min(visit);
                kept.whole |= whole;
            }
            None => self.kept.push(Kept {
                files: vec![*file],
                visit,
                whole,
                ..found
            }),
        }
    }

    fn close(&mut self, file: &Hash, reason: ClosedReason) {
        self.closed.push(Closed {
            file: *file,
            reason,
        });
    }

    fn sorted(&mut self) -> Vec<Arc<Kept>> {
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_by(|a, b| {
            let whose = a.publisher().cmp(&b.publisher());
            let channel = || a.facts.issue.channel.cmp(&b.facts.issue.channel);
            whose.then_with(channel).then(b.order().cmp(&a.order()))
        });
        kept.into_iter().map(Arc::new).collect()
    }
}
