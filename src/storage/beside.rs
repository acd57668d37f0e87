//! A file that appears under its name whole, or not at all.
//!
//! It is written beside its place, synced, renamed, and synced once more: on FAT the
//! rename alone can be lost although the folder was synced.

use crate::{Access, Facts, Storage, StoredFile, folder_of};
use std::ffi::OsStr;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// How the name ends until then; a file of that name may be removed by whoever finds it
/// when nobody writes.
pub const PART: &str = ".part";

/// A file that is not there yet under its own name; removed again if it is dropped.
#[derive(Debug)]
pub struct Beside<'a> {
    storage: &'a dyn Storage,
    file: Option<Box<dyn StoredFile>>,
    part: PathBuf,
}

impl<'a> Beside<'a> {
    /// Begins `NAME.part` for `NAME`. One that an earlier run left behind is written anew.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn new(storage: &'a dyn Storage, target: &Path, access: Access) -> io::Result<Beside<'a>> {
        let part = part_of(target);
        let file = match storage.create_new(&part, access) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                storage.remove(&part)?;
                storage.create_new(&part, access)
            }
            made => made,
        };
        Ok(Beside {
            storage,
            file: Some(file?),
            part,
        })
    }

    /// Goes on with the `NAME.part` that an earlier run left behind, bytes and all, or begins
    /// one. Whoever goes on proves those bytes first: nothing is known of them. A link of that
    /// name, which could lead anywhere, is removed.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn again(
        storage: &'a dyn Storage,
        target: &Path,
        access: Access,
    ) -> io::Result<Beside<'a>> {
        let part = part_of(target);
        if matches!(storage.is_link(&part), Ok(true)) {
            return Beside::new(storage, target, access);
        }
        match storage.open_to_change(&part) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Beside::new(storage, target, access)
            }
            opened => Ok(Beside {
                storage,
                file: Some(opened?),
                part,
            }),
        }
    }

    /// The name it has until then.
    #[must_use]
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// Makes what was written last, as far as the disk is honest.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn sync(&mut self) -> io::Result<()> {
        self.file()?.sync()
    }

    /// The open file.
    ///
    /// # Errors
    /// None while it is not kept.
    pub fn file(&mut self) -> io::Result<&mut Box<dyn StoredFile>> {
        let gone = || io::Error::other("the file was closed");
        self.file.as_mut().ok_or_else(gone)
    }

    /// Gives the file its name, in place of a file that has it. When this answers, the
    /// file is there after a power cut too.
    ///
    /// # Errors
    /// If the disk refuses; then the name has what it had before, or the new file.
    pub fn keep_as(mut self, target: &Path) -> io::Result<()> {
        self.close()?;
        self.storage.rename(&self.part, target)?;
        // Nothing is left to be removed.
        self.part = PathBuf::new();
        settle(self.storage, target)
    }

    /// Gives the file a name that nothing has yet.
    ///
    /// # Errors
    /// `AlreadyExists` if something has it, or whatever the disk says; then the file is not
    /// there.
    pub fn keep_as_new(mut self, target: &Path) -> io::Result<()> {
        self.close()?;
        self.storage.rename_new(&self.part, target)?;
        self.part = PathBuf::new();
        let settled = settle(self.storage, target);
        if settled.is_err() {
            let _ = self.storage.remove(target);
        }
        settled
    }

    /// Leaves what is written so far under its `NAME.part`, for [`Beside::again`].
    pub fn leave(mut self) {
        drop(self.file.take());
        self.part = PathBuf::new();
    }

    /// Makes what was written last, and closes the file; it can still be kept.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn close(&mut self) -> io::Result<()> {
        match self.file.take() {
            Some(mut file) => file.sync(),
            None => Ok(()),
        }
    }
}

/// `NAME.part` of `NAME`.
#[must_use]
pub fn part_of(target: &Path) -> PathBuf {
    let mut part = target.as_os_str().to_owned();
    part.push(PART);
    PathBuf::from(part)
}

/// Makes a file last under its new name.
fn settle(storage: &dyn Storage, target: &Path) -> io::Result<()> {
    storage.open_to_change(target)?.sync()?;
    storage.sync_folder(folder_of(target))
}

impl Write for Beside<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

impl Read for Beside<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file()?.read(buffer)
    }
}

impl Seek for Beside<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file()?.seek(to)
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        drop(self.file.take());
        if !self.part.as_os_str().is_empty() {
            let _ = self.storage.remove(&self.part);
        }
    }
}

/// Writes a small file in place of whatever has its name.
///
/// # Errors
/// If the disk refuses; then the name has what it had before, or the new file.
pub fn replace(storage: &dyn Storage, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let mut beside = Beside::new(storage, path, access)?;
    beside.write_all(bytes)?;
    beside.keep_as(path)
}

/// Removes what runs that ended early have left in a folder. Whoever calls it holds the
/// folder's lock.
///
/// # Errors
/// If the folder cannot be listed, or the disk refuses.
pub fn remove_parts(storage: &dyn Storage, folder: &Path) -> io::Result<()> {
    for name in storage.list(folder)? {
        let path = folder.join(&name);
        let is_part = Path::new(&name).extension() == Some(OsStr::new("part"));
        if is_part && matches!(storage.facts(&path)?, Facts::File { .. }) {
            storage.remove(&path)?;
        }
    }
    Ok(())
}
