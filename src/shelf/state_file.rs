//! The file that holds a reader's state: whom it trusts and what it has met of them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use varaq_storage::{Access, Disk, Lock, Storage, folder_of, make_folder};
use varaq_trust::{Learned, Pins, State, StateError};

use crate::slots::{Found, SlotFile, read_surely, set_aside};

const NAME: &str = "state";
/// The list of pins of the first version: lines of text.
const OLD_NAME: &str = "pins";
/// Held while the state is read, changed and written: two programs may be open at once.
const LOCK_NAME: &str = "state.lock";

/// A reader's state on disk.
#[derive(Clone, Debug)]
pub struct StateFile {
    storage: Arc<dyn Storage>,
    slots: SlotFile,
}

/// Why a state cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum StateFileError {
    /// The file does not hold a state. It was renamed, not deleted; the list begins anew.
    #[error("the list of trusted publishers is damaged and was set aside as {}", aside.display())]
    Damaged {
        /// What is wrong with it.
        #[source]
        source: StateError,
        /// Where it is now.
        aside: PathBuf,
    },
    /// The file does not hold a state, and cannot be renamed.
    #[error("the list of trusted publishers is damaged and cannot be set aside: {}", path.display())]
    DamagedInPlace {
        /// What the disk said.
        #[source]
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The folder takes no files: a locked stick, a folder of somebody else.
    #[error("cannot write to {}", path.display())]
    ReadOnly {
        /// What the disk said.
        #[source]
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The disk failed.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// What it said.
        #[source]
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
}

impl StateFile {
    /// The state file of a folder of a disk; neither needs to exist yet.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>, folder: &Path) -> StateFile {
        StateFile {
            slots: SlotFile::new(Arc::clone(&storage), folder.join(NAME)),
            storage,
        }
    }

    /// The state file of a folder of this machine; neither needs to exist yet.
    #[must_use]
    pub fn in_folder(folder: &Path) -> StateFile {
        StateFile::new(Arc::new(Disk), folder)
    }

    /// The state file of [`data_folder`](crate::data_folder).
    #[must_use]
    pub fn of_platform() -> Option<StateFile> {
        crate::data_folder().map(|folder| StateFile::in_folder(&folder))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.slots.path()
    }

    /// The state; an empty one if the file does not exist.
    ///
    /// # Errors
    /// If it cannot be read, or is damaged. That is not the same as an empty one: a
    /// known publisher must not become a stranger without a word. The damaged file is
    /// then set aside for whoever can mend it, and the next call finds none.
    pub fn load(&self) -> Result<State, StateFileError> {
        match self.look()? {
            Looked::Sound(state) => Ok(state),
            Looked::Damaged(path, _) => {
                // Another program may have set it aside meanwhile, and kept a new one.
                let lock = self.lock().map_err(|source| in_place(source, &path))?;
                let state = self.load_held();
                drop(lock);
                state
            }
        }
    }

    /// As [`load`](StateFile::load), for whoever holds the lock.
    fn load_held(&self) -> Result<State, StateFileError> {
        match self.look()? {
            Looked::Sound(state) => Ok(state),
            Looked::Damaged(path, source) => Err(match set_aside(&*self.storage, &path) {
                Ok(aside) => StateFileError::Damaged { source, aside },
                Err(source) => in_place(source, &path),
            }),
        }
    }

    /// What is there; changes nothing.
    fn look(&self) -> Result<Looked, StateFileError> {
        let found = self.slots.read().map_err(|error| self.unreadable(error))?;
        let state = match found {
            Found::NoFile => return self.look_for_old(),
            Found::Damaged => Err(StateError::Checksum),
            Found::Content(content) => State::decode(&content),
        };
        Ok(match state {
            Ok(state) => Looked::Sound(state),
            Err(fault) => Looked::Damaged(self.path().to_owned(), fault),
        })
    }

    /// The pins as the first version kept them.
    fn look_for_old(&self) -> Result<Looked, StateFileError> {
        // What is not UTF-8 fails at the checksum.
        let decode = |bytes: &[u8]| Pins::decode(&String::from_utf8_lossy(bytes));
        let old = self.old_path();
        let bytes = match read_surely(&*self.storage, &old, |bytes| decode(bytes).is_ok()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Looked::Sound(State::default()));
            }
            Err(error) => return Err(self.unreadable(error)),
        };
        Ok(match decode(&bytes) {
            Ok(pins) => Looked::Sound(State {
                pins,
                ..State::default()
            }),
            Err(fault) => Looked::Damaged(old, fault.into()),
        })
    }

    /// Keeps a state in place of the one that was kept before.
    ///
    /// # Errors
    /// If the disk fails; the file is then as it was before, or holds the new state.
    pub fn save(&self, state: &State) -> Result<(), StateFileError> {
        self.update(|kept| kept.clone_from(state)).map(drop)
    }

    /// Reads the state, changes it and keeps it, while nobody else does; answers with what
    /// is kept now. A change that changes nothing writes nothing.
    ///
    /// # Errors
    /// If the state cannot be read or written; the file is then as it was before, or holds
    /// the new state.
    pub fn update(&self, change: impl FnOnce(&mut State)) -> Result<State, StateFileError> {
        let made = make_folder(&*self.storage, folder_of(self.path()), Access::Usual);
        let lock = made.and_then(|()| self.lock());
        let lock = lock.map_err(|error| self.unwritable(error))?;
        let mut state = self.load_held()?;
        let before = state.encode();
        change(&mut state);
        let after = state.encode();
        if after != before {
            self.write(&after).map_err(|error| self.unwritable(error))?;
        }
        drop(lock);
        Ok(state)
    }

    /// Keeps what a verdict has proven of publishers that are trusted here. Nothing is
    /// written, and no folder made, if there is nothing new to keep.
    ///
    /// # Errors
    /// If the state cannot be read or written; the file is then as it was before, or holds
    /// the new state.
    pub fn learn(&self, learned: &Learned) -> Result<(), StateFileError> {
        let kept = self.load()?;
        let mut after = kept.clone();
        after.evidence.learn(learned);
        if after.encode() == kept.encode() {
            return Ok(());
        }
        self.update(|state| {
            state.evidence.learn(learned);
        })
        .map(drop)
    }

    fn write(&self, content: &[u8]) -> io::Result<()> {
        self.slots.write(content)?;
        // What the old list said is in the state by now; left there, it would come back.
        match self.storage.remove(&self.old_path()) {
            Ok(()) => self.storage.sync_folder(folder_of(self.path())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn old_path(&self) -> PathBuf {
        self.path().with_file_name(OLD_NAME)
    }

    /// Waits until nobody else changes the state. Where a file system knows no locks, nobody
    /// is waited for.
    fn lock(&self) -> io::Result<Option<Lock>> {
        match self.storage.lock(&self.path().with_file_name(LOCK_NAME)) {
            Ok(lock) => Ok(Some(lock)),
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn unreadable(&self, source: io::Error) -> StateFileError {
        StateFileError::Io {
            source,
            path: self.path().to_owned(),
        }
    }

    fn unwritable(&self, source: io::Error) -> StateFileError {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        let path = self.path().to_owned();
        if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem) {
            StateFileError::ReadOnly { source, path }
        } else {
            StateFileError::Io { source, path }
        }
    }
}

/// What lies in the folder.
enum Looked {
    Sound(State),
    /// The file, and what is wrong with it.
    Damaged(PathBuf, StateError),
}

/// A damaged file that has to stay where it is.
fn in_place(source: io::Error, path: &Path) -> StateFileError {
    StateFileError::DamagedInPlace {
        source,
        path: path.to_owned(),
    }
}
