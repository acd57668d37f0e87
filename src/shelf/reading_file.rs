//! The file of what a reader did with articles.

use crate::reading::{Reading, ReadingError};
use crate::slots::{Found, SlotFile, set_aside};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::{Access, Lock, Storage, folder_of, make_folder};

/// Its name in the reader's folder.
const NAME: &str = "reading";
/// Held while it is changed.
const LOCK_NAME: &str = "reading.lock";

/// A file of two slots with a [`Reading`] in it.
#[derive(Clone, Debug)]
pub struct ReadingFile {
    storage: Arc<dyn Storage>,
    slots: SlotFile,
}

/// Why what was read and starred cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum ReadingFileError {
    /// The disk refuses.
    #[error("cannot use {}", path.display())]
    Io {
        /// What it says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged in both its slots. It was set aside, and a new one begins.
    #[error("what was read and starred is damaged; it was set aside as {}", aside.display())]
    Damaged {
        /// In what way.
        source: ReadingError,
        /// Where it is now.
        aside: PathBuf,
    },
}

impl ReadingFile {
    /// The file of a folder; neither needs to exist yet.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>, folder: &Path) -> ReadingFile {
        ReadingFile {
            slots: SlotFile::new(Arc::clone(&storage), folder.join(NAME)),
            storage,
        }
    }

    /// What was read and starred; nothing, if there is no file.
    ///
    /// # Errors
    /// If it cannot be read, or is damaged; then it is set aside, and the next call finds none.
    pub fn load(&self) -> Result<Reading, ReadingFileError> {
        match self.look()? {
            Ok(reading) => Ok(reading),
            Err(_) => {
                // Another program may have set it aside meanwhile, and kept a new one.
                let lock = self.lock().map_err(|error| self.failed(error))?;
                let reading = self.load_held();
                drop(lock);
                reading
            }
        }
    }

    /// As [`load`](ReadingFile::load), for whoever holds the lock.
    fn load_held(&self) -> Result<Reading, ReadingFileError> {
        self.look()?.map_err(
            |source| match set_aside(&*self.storage, self.slots.path()) {
                Ok(aside) => ReadingFileError::Damaged { source, aside },
                Err(error) => self.failed(error),
            },
        )
    }

    /// What is there; changes nothing.
    fn look(&self) -> Result<Result<Reading, ReadingError>, ReadingFileError> {
        let found = self.slots.read().map_err(|error| self.failed(error))?;
        Ok(match found {
            Found::NoFile => Ok(Reading::default()),
            Found::Damaged => Err(ReadingError::Checksum),
            Found::Content(content) => Reading::decode(&content),
        })
    }

    /// Reads, changes and keeps it, while nobody else does; answers with what is kept now.
    /// A change that changes nothing writes nothing.
    ///
    /// # Errors
    /// If it cannot be read or written; the file is then as it was before, or holds the
    /// change.
    pub fn update(&self, change: impl FnOnce(&mut Reading)) -> Result<Reading, ReadingFileError> {
        let folder = folder_of(self.slots.path());
        let made = make_folder(&*self.storage, folder, Access::Usual);
        let lock = made.and_then(|()| self.lock());
        let lock = lock.map_err(|error| self.failed(error))?;
        let before = self.load_held()?;
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            let written = self.slots.write(&after.encode());
            written.map_err(|error| self.failed(error))?;
        }
        drop(lock);
        Ok(after)
    }

    /// Waits until nobody else changes it; where a file system knows no locks, for nobody.
    fn lock(&self) -> io::Result<Option<Lock>> {
        let path = self.slots.path().with_file_name(LOCK_NAME);
        match self.storage.lock(&path) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
            lock => lock.map(Some),
        }
    }

    fn failed(&self, source: io::Error) -> ReadingFileError {
        ReadingFileError::Io {
            source,
            path: self.slots.path().to_owned(),
        }
    }
}
