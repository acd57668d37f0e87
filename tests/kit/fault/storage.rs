//! The disk in memory behind the trait that the program knows.

use super::disk::{Course, Disk, input_output};
use super::tree::{Id, Node};
use super::{FaultStorage, Kind, Shared};
use std::ffi::OsString;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use varaq_storage::{Access, Facts, Lock, Storage, StoredFile};

/// Nobody holds a lock that long but one who never gives it back.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
struct OpenFile {
    storage: FaultStorage,
    id: Id,
    path: PathBuf,
    at: usize,
    writable: bool,
}

/// Gives the lock back.
struct Held {
    shared: Arc<Shared>,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        let disk = self.shared.disk.lock();
        let mut disk = disk.unwrap_or_else(PoisonError::into_inner);
        disk.locks.remove(&self.path);
        self.shared.unlocked.notify_all();
    }
}

impl FaultStorage {
    /// One counted operation.
    fn act<T>(
        &self,
        kind: Kind,
        path: &Path,
        act: impl FnOnce(&mut Disk) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut disk = self.disk();
        let course = disk.begin(kind, path)?;
        let done = act(&mut disk)?;
        match course {
            Course::ThenError => Err(input_output()),
            _ => Ok(done),
        }
    }

    fn boxed(&self, id: Id, path: &Path, writable: bool) -> Box<dyn StoredFile> {
        Box::new(OpenFile {
            storage: self.clone(),
            id,
            path: path.to_owned(),
            at: 0,
            writable,
        })
    }

    fn existing(&self, kind: Kind, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        let id = self.act(kind, path, |disk| {
            disk.tree.file(path)?;
            disk.tree.find(path)
        })?;
        Ok(self.boxed(id, path, kind == Kind::OpenToChange))
    }

    /// `None` if somebody holds it and `wait` is not wanted.
    fn take_lock(&self, path: &Path, wait: bool) -> io::Result<Option<Lock>> {
        self.act(Kind::Lock, path, |disk| match disk.tree.find(path) {
            Ok(_) => Ok(()),
            Err(_) => disk.tree.create(path, Access::Usual).map(drop),
        })?;
        let mut disk = self.disk();
        while disk.locks.contains(path) {
            if !wait {
                return Ok(None);
            }
            let woken = self.shared.unlocked.wait_timeout(disk, PATIENCE);
            let (again, waited) = woken.unwrap_or_else(PoisonError::into_inner);
            assert!(!waited.timed_out(), "{} stays locked", path.display());
            disk = again;
        }
        if disk.down {
            return Err(input_output());
        }
        disk.locks.insert(path.to_owned());
        Ok(Some(Lock::new(Held {
            shared: Arc::clone(&self.shared),
            path: path.to_owned(),
        })))
    }
}

impl Storage for FaultStorage {
    fn open(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.existing(Kind::Open, path)
    }

    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.existing(Kind::OpenToChange, path)
    }

    fn create_new(&self, path: &Path, access: Access) -> io::Result<Box<dyn StoredFile>> {
        let made = self.act(Kind::CreateNew, path, |disk| disk.tree.create(path, access));
        Ok(self.boxed(made?, path, true))
    }

    fn facts(&self, path: &Path) -> io::Result<Facts> {
        self.act(Kind::Facts, path, |disk| {
            let id = disk.tree.find(path)?;
            Ok(match disk.tree.node(id) {
                Node::File(file) => Facts::File {
                    len: file.content.now().len() as u64,
                },
                Node::Folder(_) => Facts::Folder,
            })
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.act(Kind::List, folder, |disk| disk.tree.list(folder))
    }

    fn create_folder(&self, folder: &Path, _access: Access) -> io::Result<()> {
        self.act(Kind::CreateFolder, folder, |disk| {
            disk.tree.create_folder(folder)
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.act(Kind::Rename, from, |disk| disk.tree.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.act(Kind::Remove, path, |disk| disk.tree.remove(path))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.act(Kind::RemoveFolder, folder, |disk| {
            disk.tree.remove_folder(folder)
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.act(Kind::SyncFolder, folder, |disk| {
            disk.tree.sync_folder(folder)
        })
    }

    fn free_space(&self, path: &Path) -> io::Result<u64> {
        self.act(Kind::FreeSpace, path, |disk| {
            disk.tree.find(path)?;
            let capacity = disk.tree.capacity.unwrap_or(1 << 40);
            Ok(capacity.saturating_sub(disk.tree.used()))
        })
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        let taken = self.take_lock(path, true)?;
        taken.ok_or_else(|| ErrorKind::WouldBlock.into())
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Lock>> {
        self.take_lock(path, false)
    }
}

impl StoredFile for OpenFile {
    fn sync(&mut self) -> io::Result<()> {
        let mut disk = self.storage.disk();
        let course = disk.begin(Kind::Sync, &self.path);
        let content = disk.tree.content(self.id);
        match course {
            Ok(Course::ThenError) => {
                content.sync();
                Err(input_output())
            }
            Ok(_) => {
                content.sync();
                Ok(())
            }
            Err(error) => {
                content.fail_to_sync();
                Err(error)
            }
        }
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        let (id, len) = (self.id, usize::try_from(len).unwrap());
        self.changeable()?;
        self.storage.act(Kind::SetLen, &self.path, |disk| {
            let now = disk.tree.content(id).now().len();
            if len > now && disk.room(now, now, len - now) < len - now {
                return Err(ErrorKind::StorageFull.into());
            }
            disk.tree.content(id).set_len(len);
            Ok(())
        })
    }

    fn len_bytes(&self) -> io::Result<u64> {
        let id = self.id;
        self.storage.act(Kind::Len, &self.path, |disk| {
            Ok(disk.tree.content(id).now().len() as u64)
        })
    }

    fn forget_cached(&mut self) {}
}

impl OpenFile {
    fn changeable(&self) -> io::Result<()> {
        let refused = || ErrorKind::PermissionDenied.into();
        self.writable.then_some(()).ok_or_else(refused)
    }
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut disk = self.storage.disk();
        let course = disk.begin(Kind::Read, &self.path)?;
        let now = disk.tree.content(self.id).now();
        let rest = now.get(self.at..).unwrap_or_default();
        let mut len = rest.len().min(buffer.len());
        if course == Course::Half && len > 0 {
            len /= 2;
            if len == 0 {
                return Err(input_output());
            }
        }
        buffer[..len].copy_from_slice(&rest[..len]);
        if course == Course::OneBitWrong && len > 0 {
            // Anywhere, but always the same.
            buffer[(len * 7 + self.at) % len] ^= 1 << (len % 8);
        }
        self.at += len;
        Ok(len)
    }
}

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.changeable()?;
        let mut disk = self.storage.disk();
        let course = disk.begin(Kind::Write, &self.path)?;
        let now = disk.tree.content(self.id).now().len();
        let mut len = disk.room(now, self.at, bytes.len());
        if course == Course::Half {
            len /= 2;
        }
        if len == 0 && !bytes.is_empty() {
            return Err(match course {
                Course::Half => input_output(),
                _ => ErrorKind::StorageFull.into(),
            });
        }
        disk.tree.content(self.id).write(self.at, &bytes[..len]);
        self.at += len;
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut disk = self.storage.disk();
        let len = disk.tree.content(self.id).now().len() as u64;
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => (self.at as u64).checked_add_signed(by),
            SeekFrom::End(by) => len.checked_add_signed(by),
        };
        let to = to.ok_or(ErrorKind::InvalidInput)?;
        self.at = usize::try_from(to).map_err(|_| ErrorKind::InvalidInput)?;
        Ok(to)
    }
}
