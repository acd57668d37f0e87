//! The file that holds a reader's pins.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use varaq_trust::{Pins, PinsError};

const NAME: &str = "pins";
/// Thousands of publishers; a longer file is not ours.
const MAX_BYTES: u64 = 4 << 20;
/// Damaged files that are kept under names of their own; then the last name is used again.
const MAX_ASIDE: u32 = 100;

/// A reader's pins on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinFile {
    path: PathBuf,
}

/// Why pins cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum PinFileError {
    /// The file does not hold pins. It was renamed, not deleted; the list begins anew.
    #[error("the list of trusted publishers is damaged and was set aside as {}", aside.display())]
    Damaged {
        /// What is wrong with it.
        #[source]
        source: PinsError,
        /// Where it is now.
        aside: PathBuf,
    },
    /// The file does not hold pins, and cannot be renamed.
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

impl PinFile {
    /// The pin file of a folder; neither needs to exist yet.
    #[must_use]
    pub fn in_folder(folder: &Path) -> PinFile {
        PinFile {
            path: folder.join(NAME),
        }
    }

    /// The pin file of [`data_folder`](crate::data_folder).
    #[must_use]
    pub fn of_platform() -> Option<PinFile> {
        crate::data_folder().map(|folder| PinFile::in_folder(&folder))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The pins; none if the file does not exist.
    ///
    /// # Errors
    /// If it cannot be read, or is damaged. That is not the same as an empty list: a
    /// known publisher must not become a stranger without a word. The damaged file is
    /// then set aside for whoever can mend it, and the next call finds none.
    pub fn load(&self) -> Result<Pins, PinFileError> {
        let mut bytes = Vec::new();
        match File::open(&self.path) {
            Ok(file) => file
                .take(MAX_BYTES)
                .read_to_end(&mut bytes)
                .map_err(|error| self.unreadable(error))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Pins::new()),
            Err(error) => return Err(self.unreadable(error)),
        };
        // What is not UTF-8 fails at the checksum.
        Pins::decode(&String::from_utf8_lossy(&bytes)).map_err(|fault| self.set_aside(fault))
    }

    /// Keeps the pins, in place of those that were kept before.
    ///
    /// # Errors
    /// If the disk fails; the file is then as it was before.
    pub fn save(&self, pins: &Pins) -> Result<(), PinFileError> {
        self.replace(pins.encode().as_bytes())
            .map_err(|error| self.unwritable(error))
    }

    /// Gives a damaged file another name, so that nothing is lost and the next start works.
    fn set_aside(&self, source: PinsError) -> PinFileError {
        let named = |n: u32| self.path.with_file_name(format!("{NAME}.damaged-{n}"));
        let aside = (1..MAX_ASIDE)
            .map(named)
            .find(|aside| !aside.exists())
            .unwrap_or_else(|| named(MAX_ASIDE));
        match fs::rename(&self.path, &aside) {
            Ok(()) => PinFileError::Damaged { source, aside },
            Err(source) => PinFileError::DamagedInPlace {
                source,
                path: self.path.clone(),
            },
        }
    }

    /// Write beside, sync, rename, sync the folder, and sync the file again: on FAT the
    /// rename alone loses it when the power goes.
    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut beside = NamedTempFile::new_in(folder)?;
        beside.write_all(bytes)?;
        beside.as_file().sync_all()?;
        let file = beside.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(folder)?;
        file.sync_all()
    }

    fn unreadable(&self, source: io::Error) -> PinFileError {
        PinFileError::Io {
            source,
            path: self.path.clone(),
        }
    }

    fn unwritable(&self, source: io::Error) -> PinFileError {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        let path = self.path.clone();
        if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem) {
            PinFileError::ReadOnly { source, path }
        } else {
            PinFileError::Io { source, path }
        }
    }
}

/// Makes the new name in the folder last.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems give no handle to sync a folder with.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
