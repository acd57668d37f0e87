//! An open file of the disk in memory.

use std::fmt;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

use super::fault::{Operation, Way, full};
use super::tree::Id;
use super::{FaultStorage, Medium};
use varaq_storage::StoredFile;

pub(super) struct OpenFile {
    storage: FaultStorage,
    file: Id,
    at: usize,
    to_change: bool,
}

impl OpenFile {
    pub(super) fn new(storage: FaultStorage, file: Id, to_change: bool) -> OpenFile {
        OpenFile {
            storage,
            file,
            at: 0,
            to_change,
        }
    }

    fn may_change(&self) -> io::Result<()> {
        if self.to_change {
            Ok(())
        } else {
            Err(ErrorKind::PermissionDenied.into())
        }
    }
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut medium = self.storage.medium();
        let way = medium.begin(Operation::Read)?;
        let all = &medium.tree.content(self.file).now;
        let left = all.get(self.at..).unwrap_or_default();
        let mut len = left.len().min(buffer.len());
        match way {
            Way::HalfAndFail(error) | Way::DoneAndFail(error) => return Err(error),
            // Nothing at all would be the end of the file.
            Way::Half => len = len.div_ceil(2),
            Way::Well | Way::Wrong(_) => {}
        }
        buffer[..len].copy_from_slice(&left[..len]);
        if let Way::Wrong(which) = way {
            flip(&mut buffer[..len], which);
        }
        self.at += len;
        Ok(len)
    }
}

/// A wrong bit in a byte that says something, if any does.
fn flip(bytes: &mut [u8], which: u64) {
    let said: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
    if !said.is_empty() {
        let which = usize::try_from(which).unwrap() * 7_919 + 13;
        bytes[said[which % said.len()]] ^= 1 << (which % 8);
    }
}

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.may_change()?;
        let mut medium = self.storage.medium();
        let way = medium.begin(Operation::Write)?;
        let (mut len, failure) = match way {
            Way::Well | Way::Wrong(_) => (bytes.len(), None),
            Way::Half => (bytes.len().div_ceil(2), None),
            Way::HalfAndFail(error) => (bytes.len() / 2, Some(error)),
            Way::DoneAndFail(error) => (bytes.len(), Some(error)),
        };
        len = len.min(fits(&mut medium, self.file, self.at, len));
        if len == 0 && !bytes.is_empty() {
            return Err(failure.unwrap_or_else(full));
        }
        medium.tree.content(self.file).write(self.at, &bytes[..len]);
        self.at += len;
        failure.map_or(Ok(len), Err)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How much of `len` bytes at `at` there is room for.
fn fits(medium: &mut Medium, file: Id, at: usize, len: usize) -> usize {
    if medium.room.is_none() {
        return len;
    }
    let free = usize::try_from(medium.free()).unwrap_or(usize::MAX);
    let end = medium.tree.content(file).now.len();
    (end.saturating_add(free).saturating_sub(at)).min(len)
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let len = self.storage.medium().tree.content(self.file).now.len();
        let (from, by) = match to {
            SeekFrom::Start(at) => (0, i64::try_from(at).unwrap_or(i64::MAX)),
            SeekFrom::Current(by) => (self.at, by),
            SeekFrom::End(by) => (len, by),
        };
        let at = (from as u64).checked_add_signed(by);
        let at = at.ok_or(ErrorKind::InvalidInput)?;
        self.at = usize::try_from(at).map_err(|_| ErrorKind::InvalidInput)?;
        Ok(at)
    }
}

impl StoredFile for OpenFile {
    fn sync(&mut self) -> io::Result<()> {
        let file = self.file;
        let mut medium = self.storage.medium();
        let done = medium.run(Operation::Sync, |medium| {
            medium.tree.sync(file);
            Ok(())
        });
        if done.is_err() {
            medium.tree.content(file).forget();
        }
        done
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.may_change()?;
        let len = usize::try_from(len).map_err(|_| ErrorKind::InvalidInput)?;
        let file = self.file;
        self.storage.medium().run(Operation::SetLen, |medium| {
            let now = medium.tree.content(file).now.len();
            if len > now && fits(medium, file, now, len - now) < len - now {
                return Err(full());
            }
            medium.tree.content(file).set_len(len);
            Ok(())
        })
    }

    fn len_bytes(&self) -> io::Result<u64> {
        let file = self.file;
        self.storage.medium().run(Operation::Look, |medium| {
            Ok(medium.tree.content(file).now.len() as u64)
        })
    }

    fn forget_cached(&mut self) {}
}

impl fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenFile({})", self.file)
    }
}
