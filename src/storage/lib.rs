//! What Varaq does with a file system, and nothing else of it.
//!
//! In: paths. Out: bytes, names, and the promise behind [`Beside`]: a file has its name
//! when its bytes are on the disk, and not before. `shelf`, `carry` and `press` reach a
//! disk through [`Storage`] alone, so that a test can let each single operation of theirs
//! fail, or cut the power after it. What goes wrong is a plain [`std::io::Error`].

mod beside;
mod disk;
mod folder;
mod lock;

pub use beside::{Beside, PART, part_of, remove_parts, replace};
pub use disk::Disk;
pub use folder::make_folder;
pub use lock::Lock;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io::{Error, Read, Result, Seek, Write};
use std::path::{Path, PathBuf};

/// A file system.
///
/// Every method answers with the error of the disk; none retries, and none has an effect
/// that its name does not say. Symbolic links are followed.
pub trait Storage: Debug + Send + Sync {
    /// Opens a file to read it.
    ///
    /// # Errors
    /// If there is none, or the disk refuses.
    fn open(&self, path: &Path) -> Result<Box<dyn StoredFile>>;

    /// Opens a file to read and change it.
    ///
    /// # Errors
    /// If there is none, or the disk refuses.
    fn open_to_change(&self, path: &Path) -> Result<Box<dyn StoredFile>>;

    /// Makes an empty file, to read and write it.
    ///
    /// # Errors
    /// If something has the name already, or the disk refuses.
    fn create_new(&self, path: &Path, access: Access) -> Result<Box<dyn StoredFile>>;

    /// Makes a file that never has a name, to read and write it: it is gone when it is
    /// closed, however the program ends. It takes room where `folder` lies.
    ///
    /// # Errors
    /// If the disk refuses.
    fn scratch(&self, folder: &Path) -> Result<Box<dyn StoredFile>>;

    /// What lies at a path.
    ///
    /// # Errors
    /// `NotFound` if nothing does, or whatever the disk says.
    fn facts(&self, path: &Path) -> Result<Facts>;

    /// The names in a folder, sorted by their bytes.
    ///
    /// # Errors
    /// If it is no folder, or cannot be read to its end.
    fn list(&self, folder: &Path) -> Result<Vec<OsString>>;

    /// The names in a folder that can be read, sorted, and why there may be more.
    ///
    /// # Errors
    /// If it is no folder, or nothing of it can be read.
    fn list_readable(&self, folder: &Path) -> Result<(Vec<OsString>, Option<Error>)> {
        self.list(folder).map(|names| (names, None))
    }

    /// Whether a name is a symbolic link; everything else looks through them.
    ///
    /// # Errors
    /// If nothing has the name, or the disk refuses.
    fn is_link(&self, path: &Path) -> Result<bool>;

    /// The one path of what lies there, without links.
    ///
    /// # Errors
    /// If nothing does, or the disk refuses.
    fn canonical(&self, path: &Path) -> Result<PathBuf>;

    /// Makes a folder and those above it; content with one that is there.
    ///
    /// # Errors
    /// If the disk refuses.
    fn create_folder(&self, folder: &Path, access: Access) -> Result<()>;

    /// Gives a file or a folder another name; a file of that name is replaced.
    ///
    /// # Errors
    /// If the disk refuses. After a power cut either name may hold it, until
    /// [`sync_folder`](Storage::sync_folder) has answered.
    fn rename(&self, from: &Path, to: &Path) -> Result<()>;

    /// As [`rename`](Storage::rename), for a file whose new name nothing may have: keys are
    /// never overwritten. Where a disk cannot say both at once (FAT), it is looked before.
    ///
    /// # Errors
    /// `AlreadyExists` if something has the name, or whatever the disk says.
    fn rename_new(&self, from: &Path, to: &Path) -> Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// If there is none, or the disk refuses.
    fn remove(&self, path: &Path) -> Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// If it holds something, or the disk refuses.
    fn remove_folder(&self, folder: &Path) -> Result<()>;

    /// Makes the names in a folder last. Systems without a handle for that do nothing.
    ///
    /// # Errors
    /// If the disk refuses.
    fn sync_folder(&self, folder: &Path) -> Result<()>;

    /// Bytes that this user can still write where `path` lies.
    ///
    /// # Errors
    /// If the disk refuses.
    fn free_space(&self, path: &Path) -> Result<u64>;

    /// The longest file that the file system at `path` takes, in bytes, where that is known
    /// and short enough to matter: FAT takes none of 4 GiB.
    ///
    /// # Errors
    /// If the disk refuses.
    fn longest_file(&self, path: &Path) -> Result<Option<u64>>;

    /// Waits until nobody else holds the lock file at `path`, then holds it. Makes it if
    /// need be; nothing is ever written into it.
    ///
    /// # Errors
    /// If the disk refuses.
    fn lock(&self, path: &Path) -> Result<Lock>;

    /// As [`lock`](Storage::lock), but does not wait: `None` if somebody holds it.
    ///
    /// # Errors
    /// If the disk refuses.
    fn try_lock(&self, path: &Path) -> Result<Option<Lock>>;
}

/// An open file of a [`Storage`].
pub trait StoredFile: Debug + Read + Write + Seek + Send {
    /// Makes content and length last.
    ///
    /// # Errors
    /// If the disk refuses; then nothing is known of what was written since the last time.
    fn sync(&mut self) -> Result<()>;

    /// Cuts the file, or appends zeros.
    ///
    /// # Errors
    /// If the disk refuses.
    fn set_len(&mut self, len: u64) -> Result<()>;

    /// Length in bytes.
    ///
    /// # Errors
    /// If the disk refuses.
    fn len_bytes(&self) -> Result<u64>;

    /// Asks the system to forget what it holds of the file in memory, so that the next
    /// read comes from the medium. A wish: systems without such a call do nothing.
    fn forget_cached(&mut self);
}

/// Who may read what is made. Systems without owners ignore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As the system does it for any file.
    Usual,
    /// The owner alone.
    Owner,
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facts {
    /// A file of so many bytes.
    File {
        /// Length in bytes.
        len: u64,
    },
    /// A folder.
    Folder,
    /// A device, a pipe, a socket.
    Other,
}

/// All bytes of a file, at most `most`: what is longer is an error, not a shorter answer.
///
/// # Errors
/// `FileTooLarge`, or whatever the disk says.
pub fn read(storage: &dyn Storage, path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    storage
        .open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// The folder of a file, `.` for a bare name.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
