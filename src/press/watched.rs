//! A disk that stops answering when somebody asked to stop.
//!
//! The first look at an export of gigabytes is one long call. Every opening and reading goes
//! through here, so Ctrl-C ends it within one read, and no importer has to think of it.

use std::io::{Error, Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use varaq_storage::{Access, Facts, Lock, Storage, StoredFile};

/// A disk, and a wish to stop.
#[derive(Clone, Debug)]
pub(crate) struct Watched<'s> {
    inner: &'s dyn Storage,
    stop: Arc<AtomicBool>,
}

impl<'s> Watched<'s> {
    pub(crate) fn new(inner: &'s dyn Storage, stop: Arc<AtomicBool>) -> Watched<'s> {
        Watched { inner, stop }
    }

    fn go_on(&self) -> Result<()> {
        go_on(&self.stop)
    }

    fn watched(&self, file: Box<dyn StoredFile>) -> Box<dyn StoredFile> {
        let stop = Arc::clone(&self.stop);
        Box::new(WatchedFile { inner: file, stop })
    }
}

/// Not `Interrupted`, which readers try again.
fn go_on(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) {
        return Err(Error::other("interrupted"));
    }
    Ok(())
}

impl Storage for Watched<'_> {
    fn open(&self, path: &Path) -> Result<Box<dyn StoredFile>> {
        self.go_on()?;
        Ok(self.watched(self.inner.open(path)?))
    }

    fn open_to_change(&self, path: &Path) -> Result<Box<dyn StoredFile>> {
        self.inner.open_to_change(path)
    }

    fn create_new(&self, path: &Path, access: Access) -> Result<Box<dyn StoredFile>> {
        self.inner.create_new(path, access)
    }

    fn scratch(&self, folder: &Path) -> Result<Box<dyn StoredFile>> {
        self.inner.scratch(folder)
    }

    fn facts(&self, path: &Path) -> Result<Facts> {
        self.inner.facts(path)
    }

    fn list(&self, folder: &Path) -> Result<Vec<std::ffi::OsString>> {
        self.go_on()?;
        self.inner.list(folder)
    }

    fn list_readable(&self, folder: &Path) -> Result<(Vec<std::ffi::OsString>, Option<Error>)> {
        self.go_on()?;
        self.inner.list_readable(folder)
    }

    fn is_link(&self, path: &Path) -> Result<bool> {
        self.inner.is_link(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf> {
        self.inner.canonical(path)
    }

    fn create_folder(&self, folder: &Path, access: Access) -> Result<()> {
        self.inner.create_folder(folder, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        self.inner.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> Result<()> {
        self.inner.rename_new(from, to)
    }

    fn remove(&self, path: &Path) -> Result<()> {
        self.inner.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> Result<()> {
        self.inner.remove_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> Result<()> {
        self.inner.sync_folder(folder)
    }

    fn free_space(&self, path: &Path) -> Result<u64> {
        self.inner.free_space(path)
    }

    fn longest_file(&self, path: &Path) -> Result<Option<u64>> {
        self.inner.longest_file(path)
    }

    fn lock(&self, path: &Path) -> Result<Lock> {
        self.inner.lock(path)
    }

    fn try_lock(&self, path: &Path) -> Result<Option<Lock>> {
        self.inner.try_lock(path)
    }
}

#[derive(Debug)]
struct WatchedFile {
    inner: Box<dyn StoredFile>,
    stop: Arc<AtomicBool>,
}

impl Read for WatchedFile {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        go_on(&self.stop)?;
        self.inner.read(buffer)
    }
}

impl Write for WatchedFile {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl Seek for WatchedFile {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.inner.seek(to)
    }
}

impl StoredFile for WatchedFile {
    fn sync(&mut self) -> Result<()> {
        self.inner.sync()
    }

    fn set_len(&mut self, len: u64) -> Result<()> {
        self.inner.set_len(len)
    }

    fn len_bytes(&self) -> Result<u64> {
        self.inner.len_bytes()
    }

    fn forget_cached(&mut self) {
        self.inner.forget_cached();
    }
}
