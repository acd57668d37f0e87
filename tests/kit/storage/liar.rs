//! A stick that says it is larger than it is: it answers well to every write and sync, and
//! loses what lies beyond its real size, or writes it over what lies at its beginning.
//!
//! Everything else is a [`FaultStorage`], which also plays the memory of the system: what was
//! written is read from there until a file is told to [forget](StoredFile::forget_cached) it.
//! Only then does a read come from the stick. What was synced only is forgotten, as on Linux.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::FaultStorage;
use varaq_storage::{Access, Facts, Lock, Storage, StoredFile};

/// What a stick gives room for at a time.
const SECTOR_BYTES: usize = 512;
/// What a sector is read as that is not there.
const NOTHING: u8 = 0xff;

/// What becomes of what does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// It vanishes.
    Loses,
    /// It is written over what lies at the beginning.
    WrapsAround,
}

/// A disk, one folder of which is a stick that lies; a clone is the same disk.
#[derive(Clone, Debug)]
pub struct LyingStorage {
    sound: FaultStorage,
    folder: PathBuf,
    stick: Arc<Mutex<Stick>>,
}

#[derive(Debug)]
struct Stick {
    lie: Lie,
    /// Sectors that are really there.
    real: usize,
    /// The next sector that is given away.
    next: usize,
    sectors: BTreeMap<usize, Vec<u8>>,
    files: BTreeMap<PathBuf, Arc<Mutex<Places>>>,
}

/// Where the sectors of a file lie, and which of them the system still holds in memory.
#[derive(Debug, Default)]
struct Places {
    at: Vec<usize>,
    held: BTreeSet<usize>,
    unsynced: BTreeSet<usize>,
}

impl LyingStorage {
    /// The folder `folder` of a disk is a stick with room for `real_bytes`.
    #[must_use]
    pub fn new(sound: FaultStorage, folder: &str, real_bytes: usize, lie: Lie) -> LyingStorage {
        let stick = Stick {
            lie,
            real: real_bytes.div_ceil(SECTOR_BYTES),
            next: 0,
            sectors: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        LyingStorage {
            sound,
            folder: PathBuf::from(folder),
            stick: Arc::new(Mutex::new(stick)),
        }
    }

    /// What another computer finds of a file on the stick.
    #[must_use]
    pub fn replugged(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        let mut bytes = self.sound.bytes(path.as_ref())?;
        let stick = self.stick.lock().unwrap();
        let Some(places) = stick.files.get(path.as_ref()) else {
            return Some(bytes);
        };
        let places = places.lock().unwrap();
        for (number, sector) in bytes.chunks_mut(SECTOR_BYTES).enumerate() {
            stick.read(places.at.get(number).copied(), sector);
        }
        Some(bytes)
    }

    fn opened(
        &self,
        path: &Path,
        file: io::Result<Box<dyn StoredFile>>,
    ) -> io::Result<Box<dyn StoredFile>> {
        let file = file?;
        if !path.starts_with(&self.folder) {
            return Ok(file);
        }
        let places = {
            let mut stick = self.stick.lock().unwrap();
            Arc::clone(stick.files.entry(path.to_owned()).or_default())
        };
        Ok(Box::new(LyingFile {
            file,
            storage: self.clone(),
            places,
            path: path.to_owned(),
            at: 0,
        }))
    }

    fn moved(&self, from: &Path, to: &Path) {
        let mut stick = self.stick.lock().unwrap();
        if let Some(places) = stick.files.remove(from) {
            stick.files.insert(to.to_owned(), places);
        }
    }
}

impl Stick {
    /// The real place of a sector, if there is one.
    fn real(&self, at: usize) -> Option<usize> {
        match self.lie {
            _ if at < self.real => Some(at),
            Lie::WrapsAround => Some(at % self.real.max(1)),
            Lie::Loses => None,
        }
    }

    fn write(&mut self, at: usize, bytes: &[u8]) {
        if let Some(at) = self.real(at) {
            self.sectors.insert(at, bytes.to_vec());
        }
    }

    fn read(&self, at: Option<usize>, bytes: &mut [u8]) {
        let stored = at.and_then(|at| self.sectors.get(&self.real(at)?));
        for (n, byte) in bytes.iter_mut().enumerate() {
            let there = stored.and_then(|sector| sector.get(n));
            *byte = there.copied().unwrap_or(NOTHING);
        }
    }
}

#[derive(Debug)]
struct LyingFile {
    file: Box<dyn StoredFile>,
    storage: LyingStorage,
    places: Arc<Mutex<Places>>,
    path: PathBuf,
    at: usize,
}

impl LyingFile {
    /// Puts the sectors that a write has touched on the stick.
    fn put(&self, from: usize, len: usize) {
        let Some(now) = self.storage.sound.bytes(&self.path) else {
            return;
        };
        let mut stick = self.storage.stick.lock().unwrap();
        let mut places = self.places.lock().unwrap();
        for number in from / SECTOR_BYTES..(from + len).div_ceil(SECTOR_BYTES) {
            while places.at.len() <= number {
                places.at.push(stick.next);
                stick.next += 1;
            }
            let end = now.len().min((number + 1) * SECTOR_BYTES);
            let sector = now.get(number * SECTOR_BYTES..end).unwrap_or_default();
            stick.write(places.at[number], sector);
            places.held.insert(number);
            places.unsynced.insert(number);
        }
    }
}

impl Read for LyingFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.file.read(buffer)?;
        let stick = self.storage.stick.lock().unwrap();
        let places = self.places.lock().unwrap();
        let (from, end) = (self.at, self.at + len);
        for number in from / SECTOR_BYTES..end.div_ceil(SECTOR_BYTES) {
            if places.held.contains(&number) || places.at.is_empty() {
                continue;
            }
            let mut sector = [0; SECTOR_BYTES];
            stick.read(places.at.get(number).copied(), &mut sector);
            let begin = number * SECTOR_BYTES;
            let (first, last) = (from.max(begin), end.min(begin + SECTOR_BYTES));
            buffer[first - from..last - from].copy_from_slice(&sector[first - begin..last - begin]);
        }
        self.at = end;
        Ok(len)
    }
}

impl Write for LyingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = self.file.write(bytes)?;
        self.put(self.at, len);
        self.at += len;
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for LyingFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.file.seek(to)?;
        self.at = usize::try_from(at).unwrap();
        Ok(at)
    }
}

impl StoredFile for LyingFile {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()?;
        self.places.lock().unwrap().unsynced.clear();
        Ok(())
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.file.set_len(len)?;
        let keep = usize::try_from(len).unwrap().div_ceil(SECTOR_BYTES);
        self.places.lock().unwrap().at.truncate(keep);
        Ok(())
    }

    fn len_bytes(&self) -> io::Result<u64> {
        self.file.len_bytes()
    }

    fn forget_cached(&mut self) {
        let mut places = self.places.lock().unwrap();
        places.held = places.unsynced.clone();
    }
}

impl Storage for LyingStorage {
    fn open(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.opened(path, self.sound.open(path))
    }

    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.opened(path, self.sound.open_to_change(path))
    }

    fn create_new(&self, path: &Path, access: Access) -> io::Result<Box<dyn StoredFile>> {
        let file = self.sound.create_new(path, access)?;
        self.stick.lock().unwrap().files.remove(path);
        self.opened(path, Ok(file))
    }

    fn scratch(&self, folder: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.sound.scratch(folder)
    }

    fn facts(&self, path: &Path) -> io::Result<Facts> {
        self.sound.facts(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.sound.list(folder)
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        self.sound.is_link(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.sound.canonical(path)
    }

    fn create_folder(&self, folder: &Path, access: Access) -> io::Result<()> {
        self.sound.create_folder(folder, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.sound.rename(from, to)?;
        self.moved(from, to);
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.sound.rename_new(from, to)?;
        self.moved(from, to);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.sound.remove(path)?;
        self.stick.lock().unwrap().files.remove(path);
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.sound.remove_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.sound.sync_folder(folder)
    }

    fn free_space(&self, path: &Path) -> io::Result<u64> {
        self.sound.free_space(path)
    }

    fn longest_file(&self, path: &Path) -> io::Result<Option<u64>> {
        self.sound.longest_file(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        self.sound.lock(path)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Lock>> {
        self.sound.try_lock(path)
    }
}
