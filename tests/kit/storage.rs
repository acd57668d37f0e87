//! A disk in memory that fails where it is told to, and that can lose its power.
//!
//! It is as honest as a disk can be asked to be: what a sync answered for is there
//! afterwards. Everything else may be there after a power cut or not: each write that was
//! not synced, whole or by sectors ([`content`]), and each change of a name ([`tree`]). On a
//! FAT disk a renamed file is empty if its folder was synced and it was not, since.

mod content;
mod fault;
mod liar;
mod open;
mod sweep;
mod tree;

pub use fault::{Fault, Operation, Times};
pub use liar::{Lie, LyingStorage};
pub use sweep::{After, Case, Figures, Sweep, for_every_fault};

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use self::content::Content;
use self::fault::{Plan, Way};
use self::open::OpenFile;
use self::tree::{Found, Id, Tree};
use crate::Dice;
use varaq_storage::{Access, Facts, Lock, Storage, StoredFile};

/// Decides what a power cut leaves: a number below the one it is asked with. 0 is always
/// "lost", 1 always "there".
pub type Choose<'a> = dyn FnMut(usize) -> usize + 'a;

/// Nobody waits longer for a lock in a test that works.
const PATIENCE: Duration = Duration::from_secs(20);

/// A disk in memory; a clone is the same disk.
#[derive(Clone)]
pub struct FaultStorage {
    shared: Arc<Shared>,
}

struct Shared {
    disk: Mutex<Medium>,
    unlocked: Condvar,
}

#[derive(Clone)]
struct Medium {
    tree: Tree,
    plan: Plan,
    locked: BTreeSet<Id>,
    /// Bytes that files can have together.
    room: Option<u64>,
    /// Bytes that one file can have.
    longest: Option<u64>,
    read_only: bool,
    knows_locks: bool,
}

impl Default for FaultStorage {
    fn default() -> FaultStorage {
        FaultStorage::new()
    }
}

impl FaultStorage {
    /// An empty disk with a journal: ext4, NTFS, APFS, and exFAT near enough.
    #[must_use]
    pub fn new() -> FaultStorage {
        FaultStorage::with(Tree::new(false))
    }

    /// An empty FAT disk.
    #[must_use]
    pub fn fat() -> FaultStorage {
        FaultStorage::with(Tree::new(true))
    }

    fn with(tree: Tree) -> FaultStorage {
        FaultStorage::of(Medium {
            tree,
            plan: Plan::default(),
            locked: BTreeSet::new(),
            room: None,
            longest: None,
            read_only: false,
            knows_locks: true,
        })
    }

    fn of(medium: Medium) -> FaultStorage {
        FaultStorage {
            shared: Arc::new(Shared {
                disk: Mutex::new(medium),
                unlocked: Condvar::new(),
            }),
        }
    }

    fn medium(&self) -> MutexGuard<'_, Medium> {
        self.shared.disk.lock().unwrap()
    }

    /// A file that was there before the test began, and its folders.
    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        let path = path.as_ref();
        let tree = &mut self.medium().tree;
        let mut folder = tree::names(path);
        folder.pop();
        tree.create_folder(&folder.iter().collect::<PathBuf>())
            .unwrap();
        let file = tree.find(path).is_err().then(|| tree.create(path));
        let file = file.unwrap_or_else(|| tree.file(path)).unwrap();
        *tree.content(file) = Content::synced(bytes);
        tree.settle();
    }

    /// A folder that was there before the test began.
    pub fn put_folder(&self, path: impl AsRef<Path>) {
        let tree = &mut self.medium().tree;
        tree.create_folder(path.as_ref()).unwrap();
        tree.settle();
    }

    /// Lets operation `n` fail, counted from 0; if it does not notice this fault, nothing
    /// fails, or with [`Times::ForEver`] the next that notices it.
    pub fn fail(&self, n: u64, fault: Fault, times: Times) {
        self.medium().plan.fail(n, fault, times);
    }

    /// Takes the power away in the middle of operation `n`: it may be done or not, nobody
    /// learns of it, and nothing works from then on.
    pub fn crash(&self, n: u64) {
        self.medium().plan.crash(n);
    }

    /// How many more bytes fit on the disk; what does not fit fails.
    pub fn set_free_space(&self, bytes: u64) {
        let medium = &mut *self.medium();
        medium.room = Some(medium.tree.used() + bytes);
    }

    /// How long a file can be, as a FAT disk says it.
    pub fn set_longest_file(&self, bytes: u64) {
        self.medium().longest = Some(bytes);
    }

    /// Whether the disk refuses every change, like a locked stick.
    pub fn set_read_only(&self, read_only: bool) {
        self.medium().read_only = read_only;
    }

    /// Whether the file system knows locks; some do not.
    pub fn set_knows_locks(&self, knows_locks: bool) {
        self.medium().knows_locks = knows_locks;
    }

    /// The operations done so far.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        self.medium().plan.log().to_vec()
    }

    /// Whether the fault or crash that was asked for has happened.
    #[must_use]
    pub fn struck(&self) -> bool {
        self.medium().plan.struck()
    }

    /// Whether power or medium are gone, so that only [`FaultStorage::after_crash`] tells
    /// what is left.
    #[must_use]
    pub fn gone(&self) -> bool {
        self.medium().plan.gone()
    }

    /// Another disk with the same files as the programs of this moment see them, on which
    /// nothing fails, nothing is counted and nobody holds a lock. What was not synced is
    /// still not synced.
    #[must_use]
    pub fn healed(&self) -> FaultStorage {
        let mut medium = self.medium().clone();
        medium.plan = Plan::default();
        medium.locked = BTreeSet::new();
        FaultStorage::of(medium)
    }

    /// The disk as it may be found if the power goes now, as `choose` decides.
    #[must_use]
    pub fn after_crash(&self, choose: &mut Choose<'_>) -> FaultStorage {
        let after = self.healed();
        let tree = after.medium().tree.cut(choose);
        after.medium().tree = tree;
        after
    }

    /// The disk as it may be found if the power goes now; another seed, another choice.
    #[must_use]
    pub fn after_crash_by(&self, seed: u64) -> FaultStorage {
        let mut dice = Dice::new(seed);
        self.after_crash(&mut |end| dice.below(end))
    }

    /// All paths as the programs see them, with the bytes of the files.
    #[must_use]
    pub fn snapshot(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        self.medium().tree.all()
    }

    /// The bytes of a file, if there is one; no operation.
    #[must_use]
    pub fn bytes(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        let tree = &mut self.medium().tree;
        let file = tree.file(path.as_ref()).ok()?;
        Some(tree.content(file).now.clone())
    }

    fn open_file(&self, path: &Path, to_change: bool) -> io::Result<Box<dyn StoredFile>> {
        let what = if to_change {
            Operation::OpenToChange
        } else {
            Operation::Look
        };
        let open = |medium: &mut Medium| medium.tree.file(path);
        let file = self.medium().run(what, open)?;
        Ok(Box::new(OpenFile::new(self.clone(), file, to_change)))
    }

    /// The lock file, made if need be.
    fn lock_file(&self, path: &Path) -> io::Result<Id> {
        self.medium().run(Operation::Lock, |medium| {
            let file = match medium.tree.file(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => medium.tree.create(path),
                found => found,
            };
            if !medium.knows_locks {
                return Err(ErrorKind::Unsupported.into());
            }
            file
        })
    }

    fn locked(&self, file: Id) -> Lock {
        Lock::new(Held {
            storage: self.clone(),
            file,
        })
    }
}

impl Medium {
    /// Counts an operation and does it, unless it fails before.
    fn run<T>(
        &mut self,
        operation: Operation,
        body: impl FnOnce(&mut Medium) -> io::Result<T>,
    ) -> io::Result<T> {
        match self.begin(operation)? {
            Way::Well | Way::Half | Way::Wrong(_) => body(self),
            Way::HalfAndFail(error) => Err(error),
            Way::DoneAndFail(error) => {
                let is_sync = matches!(operation, Operation::Sync | Operation::SyncFolder);
                if !is_sync {
                    let _ = body(self);
                }
                Err(error)
            }
        }
    }

    fn begin(&mut self, operation: Operation) -> io::Result<Way> {
        let way = self.plan.next(operation)?;
        let refused = self.read_only && Fault::ReadOnly.strikes(operation);
        if refused {
            Err(fault::read_only())
        } else {
            Ok(way)
        }
    }

    /// How many bytes still fit.
    fn free(&self) -> u64 {
        match self.room {
            Some(room) => room.saturating_sub(self.tree.used()),
            None => 1 << 40,
        }
    }
}

impl Storage for FaultStorage {
    fn open(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.open_file(path, false)
    }

    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.open_file(path, true)
    }

    fn create_new(&self, path: &Path, _: Access) -> io::Result<Box<dyn StoredFile>> {
        let create = |medium: &mut Medium| medium.tree.create(path);
        let file = self.medium().run(Operation::Create, create)?;
        Ok(Box::new(OpenFile::new(self.clone(), file, true)))
    }

    fn scratch(&self, folder: &Path) -> io::Result<Box<dyn StoredFile>> {
        let create = |medium: &mut Medium| {
            medium.tree.folder(folder)?;
            Ok(medium.tree.nameless())
        };
        let file = self.medium().run(Operation::Create, create)?;
        Ok(Box::new(OpenFile::new(self.clone(), file, true)))
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        self.medium().run(Operation::Look, |medium| {
            medium.tree.find(path).map(|_| false)
        })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.medium().run(Operation::Look, |medium| {
            medium.tree.find(path)?;
            Ok(tree::names(path).iter().collect())
        })
    }

    fn facts(&self, path: &Path) -> io::Result<Facts> {
        self.medium().run(Operation::Look, |medium| {
            Ok(match medium.tree.find(path)? {
                Found::Folder(_) => Facts::Folder,
                Found::File(file) => Facts::File {
                    len: medium.tree.content(file).now.len() as u64,
                },
            })
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.medium()
            .run(Operation::Look, |medium| medium.tree.list(folder))
    }

    fn create_folder(&self, folder: &Path, _: Access) -> io::Result<()> {
        self.medium().run(Operation::Create, |medium| {
            medium.tree.create_folder(folder)
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.medium()
            .run(Operation::Name, |medium| medium.tree.rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.medium().run(Operation::Name, |medium| {
            if medium.tree.find(to).is_ok() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            medium.tree.rename(from, to)
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.medium()
            .run(Operation::Name, |medium| medium.tree.remove(path))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.medium()
            .run(Operation::Name, |medium| medium.tree.remove_folder(folder))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.medium().run(Operation::SyncFolder, |medium| {
            let folder = medium.tree.folder(folder)?;
            medium.tree.sync_folder(folder);
            Ok(())
        })
    }

    fn free_space(&self, _: &Path) -> io::Result<u64> {
        self.medium()
            .run(Operation::Look, |medium| Ok(medium.free()))
    }

    fn longest_file(&self, _: &Path) -> io::Result<Option<u64>> {
        self.medium()
            .run(Operation::Look, |medium| Ok(medium.longest))
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        let file = self.lock_file(path)?;
        let medium = self.medium();
        let taken = |medium: &mut Medium| medium.locked.contains(&file);
        let waiting = &self.shared.unlocked;
        let (mut medium, waited) = waiting.wait_timeout_while(medium, PATIENCE, taken).unwrap();
        assert!(!waited.timed_out(), "somebody waits for a lock for ever");
        medium.locked.insert(file);
        Ok(self.locked(file))
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Lock>> {
        let file = self.lock_file(path)?;
        let free = self.medium().locked.insert(file);
        Ok(free.then(|| self.locked(file)))
    }
}

/// Gives a lock back.
struct Held {
    storage: FaultStorage,
    file: Id,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.storage.medium().locked.remove(&self.file);
        self.storage.shared.unlocked.notify_all();
    }
}

impl fmt::Debug for FaultStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.snapshot().into_keys().collect();
        f.debug_tuple("FaultStorage").field(&names).finish()
    }
}
