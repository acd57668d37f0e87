//! The file system of the machine.

use crate::{Access, Facts, Lock, Storage, StoredFile};
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What Linux calls FAT12, FAT16 and FAT32; exFAT has another number, and no such limit.
#[cfg(target_os = "linux")]
const FAT: rustix::fs::FsWord = 0x4d44;

/// The real thing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// A file of it.
#[derive(Debug)]
struct DiskFile(File);

impl Storage for Disk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        boxed(File::open(path))
    }

    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        boxed(OpenOptions::new().read(true).write(true).open(path))
    }

    fn create_new(&self, path: &Path, access: Access) -> io::Result<Box<dyn StoredFile>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        if access == Access::Owner {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _ = access;
        boxed(options.open(path))
    }

    fn scratch(&self, folder: &Path) -> io::Result<Box<dyn StoredFile>> {
        boxed(tempfile::tempfile_in(folder))
    }

    fn facts(&self, path: &Path) -> io::Result<Facts> {
        let facts = fs::metadata(path)?;
        Ok(if facts.is_file() {
            Facts::File { len: facts.len() }
        } else if facts.is_dir() {
            Facts::Folder
        } else {
            Facts::Other
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        match self.list_readable(folder)? {
            (names, None) => Ok(names),
            (_, Some(error)) => Err(error),
        }
    }

    fn list_readable(&self, folder: &Path) -> io::Result<(Vec<OsString>, Option<io::Error>)> {
        let mut names = Vec::new();
        let mut fault = None;
        for entry in fs::read_dir(folder)? {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => {
                    fault = Some(error);
                    break;
                }
            }
        }
        names.sort();
        Ok((names, fault))
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        Ok(fs::symlink_metadata(path)?.is_symlink())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn create_folder(&self, folder: &Path, access: Access) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        if access == Access::Owner {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        #[cfg(not(unix))]
        let _ = access;
        builder.create(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Ok(()) => fs::remove_file(from).inspect_err(|_| drop(fs::remove_file(to))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // No links here.
            Err(_) => match fs::symlink_metadata(to) {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(from, to),
                Err(error) => Err(error),
            },
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        #[cfg(not(unix))]
        let _ = folder;
        Ok(())
    }

    fn free_space(&self, path: &Path) -> io::Result<u64> {
        fs4::available_space(path)
    }

    fn longest_file(&self, path: &Path) -> io::Result<Option<u64>> {
        #[cfg(target_os = "linux")]
        if rustix::fs::statfs(path)?.f_type == FAT {
            return Ok(Some(u32::MAX.into()));
        }
        let _ = path;
        Ok(None)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        let file = lock_file(path)?;
        file.lock()?;
        Ok(Lock::new(file))
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Lock>> {
        let file = lock_file(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl StoredFile for DiskFile {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn len_bytes(&self) -> io::Result<u64> {
        self.0.metadata().map(|facts| facts.len())
    }

    fn forget_cached(&mut self) {
        #[cfg(target_os = "linux")]
        let _ = rustix::fs::fadvise(&self.0, 0, None, rustix::fs::Advice::DontNeed);
    }
}

impl Read for DiskFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for DiskFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

fn boxed(file: io::Result<File>) -> io::Result<Box<dyn StoredFile>> {
    Ok(Box::new(DiskFile(file?)))
}

fn lock_file(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
}
