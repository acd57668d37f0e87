//! A file system in memory that fails where a test wants it, and that loses in a power cut
//! what an honest disk may lose.
//!
//! Files and names are kept twice: as the program sees them, and as they lie on the medium.
//! What was written since the last `sync`, and what happened to names since the last
//! `sync_folder`, is in neither order nor whole on the medium when the power goes.

mod content;
mod disk;
mod every;
mod storage;
mod tree;

pub use every::{Case, Faults, How, Tally, for_every_crash, for_every_fault};

use disk::{Disk, Plan};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use varaq_storage::Access;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk answers with an error, and nothing was done.
    Io,
    /// The disk answers with an error, and it was done all the same: of names and syncs.
    Late,
    /// No room: of whatever needs some.
    NoSpace,
    /// The medium takes no change.
    ReadOnly,
    /// Half of what was to be read or written, then an error.
    Short,
    /// A read that has one bit wrong, and says nothing.
    WrongData,
    /// Nothing answers any more.
    Pulled,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 7] = [
        Fault::Io,
        Fault::Late,
        Fault::NoSpace,
        Fault::ReadOnly,
        Fault::Short,
        Fault::WrongData,
        Fault::Pulled,
    ];
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// At that operation.
    Once,
    /// From that operation on.
    ForEver,
}

/// What a program asks of a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named like the methods of `Storage`")]
pub enum Kind {
    Open,
    OpenToChange,
    CreateNew,
    Facts,
    List,
    CreateFolder,
    Rename,
    Remove,
    RemoveFolder,
    SyncFolder,
    FreeSpace,
    Lock,
    Read,
    Write,
    Sync,
    SetLen,
    Len,
}

/// One operation of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What was asked.
    pub kind: Kind,
    /// Of which file or folder.
    pub path: PathBuf,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.kind, self.path.display())
    }
}

/// A disk in memory. Clones are the same disk; [`copy`](FaultStorage::copy) makes another.
#[derive(Clone, Default)]
pub struct FaultStorage {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    disk: Mutex<Disk>,
    unlocked: Condvar,
}

impl FaultStorage {
    /// An empty disk with a file system that renames at once, like ext4.
    #[must_use]
    pub fn new() -> FaultStorage {
        FaultStorage::default()
    }

    /// An empty disk with FAT: the two halves of a rename reach the medium one without the
    /// other, and a renamed file is empty until it is synced once more.
    #[must_use]
    pub fn fat() -> FaultStorage {
        let storage = FaultStorage::new();
        storage.disk().tree.fat = true;
        storage
    }

    /// Puts a file on the medium, with the folders above it. Not counted.
    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        self.disk().tree.put(path.as_ref(), bytes);
    }

    /// Puts a folder on the medium, with those above it. Not counted.
    pub fn put_folder(&self, path: impl AsRef<Path>) {
        self.disk().tree.put_folder(path.as_ref());
    }

    /// Lets operation `n` fail, counted from 1.
    pub fn fail(&self, n: u64, fault: Fault, times: Times) {
        self.disk().plan = Some(Plan::Fail { n, fault, times });
    }

    /// Cuts the power before operation `n`.
    pub fn crash(&self, n: u64) {
        self.disk().plan = Some(Plan::Crash { n });
    }

    /// The operations so far.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        self.disk().log.clone()
    }

    /// Room that is left.
    pub fn set_free_space(&self, bytes: u64) {
        let mut disk = self.disk();
        let used = disk.tree.used();
        disk.tree.capacity = Some(used + bytes);
    }

    /// Everything that was done is on the medium now.
    pub fn settle(&self) {
        self.disk().tree.settle();
    }

    /// Another disk that looks the same, with nothing counted, planned or locked.
    #[must_use]
    pub fn copy(&self) -> FaultStorage {
        FaultStorage::of(Disk {
            tree: self.disk().tree.clone(),
            ..Disk::default()
        })
    }

    /// The disk as it may be found when the power is back; another seed, another chance.
    #[must_use]
    pub fn after_crash(&self, seed: u64) -> FaultStorage {
        FaultStorage::of(Disk {
            tree: self.disk().tree.after_crash(seed),
            ..Disk::default()
        })
    }

    /// All files, as a program sees them.
    #[must_use]
    pub fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.disk().tree.files()
    }

    /// One file, as a program sees it.
    #[must_use]
    pub fn file(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        let disk = self.disk();
        let found = disk.tree.file(path.as_ref()).ok()?;
        Some(found.content.now().to_vec())
    }

    /// Who may read a file.
    #[must_use]
    pub fn access(&self, path: impl AsRef<Path>) -> Option<Access> {
        let disk = self.disk();
        let found = disk.tree.file(path.as_ref()).ok()?;
        Some(found.access)
    }

    /// Whether somebody holds any lock.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        !self.disk().locks.is_empty()
    }

    fn of(disk: Disk) -> FaultStorage {
        let shared = Shared {
            disk: Mutex::new(disk),
            unlocked: Condvar::new(),
        };
        FaultStorage {
            shared: Arc::new(shared),
        }
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        let disk = self.shared.disk.lock();
        disk.unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for FaultStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FaultStorage")
    }
}
