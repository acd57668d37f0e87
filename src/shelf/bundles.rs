//! The folder of kept bundle files: each is named by the hash of its bytes.
//!
//! In: bundles that were judged. Out: files that are there whole, or not at all. The folder
//! is the shelf: what is in it is kept, whatever any index says.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_bundle::Hash;
use varaq_storage::{Access, Beside, Storage, StoredFile, make_folder};

/// How a kept file ends.
const KEPT: &str = ".varaq";
/// How a file ends that was taken from the shelf and can still be put back.
const TAKEN: &str = ".taken";
/// Bytes copied at a time.
const STEP: usize = 1 << 20;

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Bundles {
    storage: Arc<dyn Storage>,
    folder: PathBuf,
}

/// How far a copy has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyProgress {
    /// Bytes written so far.
    pub done_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
}

/// A copy under way.
pub(crate) type Progress<'a> = dyn FnMut(CopyProgress) -> ControlFlow<()> + 'a;

impl Bundles {
    pub(crate) fn new(storage: Arc<dyn Storage>, folder: PathBuf) -> Bundles {
        Bundles { storage, folder }
    }

    /// Makes the folder, if it is not there.
    pub(crate) fn create(&self) -> io::Result<()> {
        make_folder(&*self.storage, &self.folder, Access::Usual)
    }

    /// The kept files by their hashes, sorted; none if there is no folder.
    pub(crate) fn list(&self) -> io::Result<Vec<Hash>> {
        self.named(KEPT)
    }

    /// The files that can still be put back.
    pub(crate) fn taken(&self) -> io::Result<Vec<Hash>> {
        self.named(TAKEN)
    }

    fn named(&self, ending: &str) -> io::Result<Vec<Hash>> {
        let names = match self.storage.list(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            names => names?,
        };
        let hash = |name: &str| name.strip_suffix(ending)?.parse().ok();
        let hashes = names.iter().filter_map(|name| hash(name.to_str()?));
        Ok(hashes.collect())
    }

    /// Where a kept file lies.
    pub(crate) fn path(&self, file: &Hash) -> PathBuf {
        self.folder.join(format!("{file}{KEPT}"))
    }

    fn taken_path(&self, file: &Hash) -> PathBuf {
        self.folder.join(format!("{file}{TAKEN}"))
    }

    /// Opens a kept file.
    pub(crate) fn open(&self, file: &Hash) -> io::Result<Box<dyn StoredFile>> {
        self.storage.open(&self.path(file))
    }

    /// Bytes that can still be written.
    pub(crate) fn free_space(&self) -> io::Result<u64> {
        self.storage.free_space(&self.folder)
    }

    /// Copies a bundle into the folder under a name that says it is not there yet.
    /// `None` if `progress` stopped it.
    pub(crate) fn copy(
        &self,
        source: &mut (impl Read + Seek),
        progress: &mut Progress<'_>,
    ) -> io::Result<Option<(Beside<'_>, Hash)>> {
        let total_bytes = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        let mut beside = Beside::new(&*self.storage, &self.folder.join("incoming"), Access::Usual)?;
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; STEP];
        let mut done_bytes = 0u64;
        loop {
            let progress_now = CopyProgress {
                done_bytes,
                total_bytes,
            };
            if progress(progress_now).is_break() {
                return Ok(None);
            }
            let len = read_some(source, &mut buffer)?;
            let Some(bytes) = buffer.get(..len).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            hasher.update(bytes);
            beside.write_all(bytes)?;
            done_bytes = done_bytes.saturating_add(len as u64);
        }
        beside.sync()?;
        beside.file()?.forget_cached();
        Ok(Some((beside, Hash(*hasher.finalize().as_bytes()))))
    }

    /// Gives a copy its name. When this answers, it is kept.
    pub(crate) fn keep(&self, copy: Beside<'_>, file: &Hash) -> io::Result<()> {
        copy.keep_as(&self.path(file))
    }

    /// Removes a file that another one stands for.
    pub(crate) fn remove(&self, file: &Hash) -> io::Result<()> {
        self.storage.remove(&self.path(file))?;
        self.storage.sync_folder(&self.folder)
    }

    /// Removes what copies that ended early have left. Whoever calls it holds the shelf's
    /// lock.
    pub(crate) fn remove_parts(&self) -> io::Result<()> {
        varaq_storage::remove_parts(&*self.storage, &self.folder)
    }

    /// Takes a file from the shelf; it can be put back until it is [purged](Bundles::purge).
    pub(crate) fn take(&self, file: &Hash) -> io::Result<()> {
        self.move_to(&self.path(file), &self.taken_path(file))
    }

    /// Puts a file back.
    pub(crate) fn put_back(&self, file: &Hash) -> io::Result<()> {
        self.move_to(&self.taken_path(file), &self.path(file))
    }

    /// A rename that lasts, on FAT too.
    fn move_to(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.storage.rename(from, to)?;
        self.storage.open_to_change(to)?.sync()?;
        self.storage.sync_folder(&self.folder)
    }

    /// Removes for good what was taken. Whoever calls it holds the shelf's lock.
    pub(crate) fn purge(&self) -> io::Result<()> {
        let taken = self.taken()?;
        for file in &taken {
            self.storage.remove(&self.taken_path(file))?;
        }
        if !taken.is_empty() {
            self.storage.sync_folder(&self.folder)?;
        }
        Ok(())
    }
}

/// Fills the buffer as far as there is something to fill it with.
fn read_some(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut len = 0;
    while let Some(rest) = buffer.get_mut(len..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(more) => len = len.saturating_add(more),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(len)
}
