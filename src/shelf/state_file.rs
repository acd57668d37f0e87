//! The file that holds a reader's state: whom it trusts and what it has met of them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use varaq_trust::{Learned, Pins, State, StateError};

use crate::slots::{self, Found};

const NAME: &str = "state";
/// The list of pins of the first version: lines of text.
const OLD_NAME: &str = "pins";
/// Held while the state is read, changed and written: two programs may be open at once.
const LOCK_NAME: &str = "state.lock";
/// Damaged files that are kept under names of their own; then the last name is used again.
const MAX_ASIDE: u32 = 100;

/// A reader's state on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFile {
    path: PathBuf,
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
    /// The state file of a folder; neither needs to exist yet.
    #[must_use]
    pub fn in_folder(folder: &Path) -> StateFile {
        StateFile {
            path: folder.join(NAME),
        }
    }

    /// The state file of [`data_folder`](crate::data_folder).
    #[must_use]
    pub fn of_platform() -> Option<StateFile> {
        crate::data_folder().map(|folder| StateFile::in_folder(&folder))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The state; an empty one if the file does not exist.
    ///
    /// # Errors
    /// If it cannot be read, or is damaged. That is not the same as an empty one: a
    /// known publisher must not become a stranger without a word. The damaged file is
    /// then set aside for whoever can mend it, and the next call finds none.
    pub fn load(&self) -> Result<State, StateFileError> {
        let file = match slots::read(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.load_old(),
            Err(error) => return Err(self.unreadable(error)),
        };
        let state = match slots::newest(&file) {
            Found::Nothing => Err(StateError::Checksum),
            Found::Newest { content, .. } => State::decode(&content),
        };
        state.map_err(|fault| set_aside(&self.path, fault))
    }

    /// The pins as the first version kept them.
    fn load_old(&self) -> Result<State, StateFileError> {
        let old = self.path.with_file_name(OLD_NAME);
        let bytes = match slots::read(&old) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => return Err(self.unreadable(error)),
        };
        // What is not UTF-8 fails at the checksum.
        let pins = Pins::decode(&String::from_utf8_lossy(&bytes))
            .map_err(|fault| set_aside(&old, fault.into()))?;
        Ok(State {
            pins,
            ..State::default()
        })
    }

    /// Keeps a state in place of the one that was kept before.
    ///
    /// # Errors
    /// If the disk fails; the file is then as it was before.
    pub fn save(&self, state: &State) -> Result<(), StateFileError> {
        self.update(|kept| kept.clone_from(state)).map(drop)
    }

    /// Reads the state, changes it and keeps it, while nobody else does; answers with what
    /// is kept now. A change that changes nothing writes nothing.
    ///
    /// # Errors
    /// If the state cannot be read or written; the file is then as it was before.
    pub fn update(&self, change: impl FnOnce(&mut State)) -> Result<State, StateFileError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let lock = fs::create_dir_all(folder).and_then(|()| lock(folder));
        let lock = lock.map_err(|error| self.unwritable(error))?;
        let mut state = self.load()?;
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
    /// If the state cannot be read or written; the file is then as it was before.
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
        let file = match slots::read(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        slots::write(&self.path, &file, content)?;
        // What the old list said is in the state by now; left there, it would come back.
        match fs::remove_file(self.path.with_file_name(OLD_NAME)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn unreadable(&self, source: io::Error) -> StateFileError {
        StateFileError::Io {
            source,
            path: self.path.clone(),
        }
    }

    fn unwritable(&self, source: io::Error) -> StateFileError {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        let path = self.path.clone();
        if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem) {
            StateFileError::ReadOnly { source, path }
        } else {
            StateFileError::Io { source, path }
        }
    }
}

/// Gives a damaged file another name, so that nothing is lost and the next start works.
fn set_aside(path: &Path, source: StateError) -> StateFileError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let named = |n: u32| path.with_file_name(format!("{name}.damaged-{n}"));
    let aside = (1..MAX_ASIDE)
        .map(named)
        .find(|aside| !aside.exists())
        .unwrap_or_else(|| named(MAX_ASIDE));
    match fs::rename(path, &aside) {
        Ok(()) => StateFileError::Damaged { source, aside },
        Err(source) => StateFileError::DamagedInPlace {
            source,
            path: path.to_owned(),
        },
    }
}

/// Waits until nobody else changes the state. Where a file system knows no locks, nobody is
/// waited for.
fn lock(folder: &Path) -> io::Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK_NAME))?;
    match file.lock() {
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(file),
    }
}
