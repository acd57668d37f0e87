//! What the press asks of a disk beyond [`Beside`]: files that must be new, and folders
//! whose files appear together.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use varaq_storage::{Access, Beside, Storage, StoredFile, folder_of, make_folder};

/// An open file.
pub(crate) type Stored = Box<dyn StoredFile>;

/// A file of a folder that is about to be made: name, bytes, and who may read it.
pub(crate) type Inner = (String, Vec<u8>, Access);

/// `NAME` with something behind its whole name: `issue.varaq.head`.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A file of text of at most `most` bytes.
pub(crate) fn read_text(storage: &dyn Storage, path: &Path, most: u64) -> io::Result<String> {
    let bytes = varaq_storage::read(storage, path, most)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}

/// Replaces a small file of text.
pub(crate) fn replace(storage: &dyn Storage, path: &Path, bytes: &[u8]) -> io::Result<()> {
    varaq_storage::replace(storage, path, bytes, Access::Usual)
}

/// Writes a file that is not there yet; it is whole on the disk, or not there at all.
pub(crate) fn write_new(
    storage: &dyn Storage,
    path: &Path,
    bytes: &[u8],
    access: Access,
) -> io::Result<()> {
    if storage.facts(path).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut beside = Beside::new(storage, path, access)?;
    beside.write_all(bytes)?;
    beside.keep_as_new(path)
}

/// Writes a folder of files that appear together. The folder must not be there, or be empty.
pub(crate) fn write_folder(
    storage: &dyn Storage,
    folder: &Path,
    files: &[Inner],
) -> io::Result<()> {
    let above = folder_of(folder);
    make_folder(storage, above, Access::Usual)?;
    let part = with_suffix(folder, varaq_storage::PART);
    if storage.facts(&part).is_ok() {
        // What a run that was cut off has left. Anything else in there could be somebody's,
        // and then the folder stays.
        remove_folder(storage, &part, files)?;
    }
    let placed = write_part(storage, &part, files).and_then(|()| {
        match storage.remove_folder(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        storage.rename(&part, folder)
    });
    if placed.is_err() {
        let _ = remove_folder(storage, &part, files);
        return placed;
    }
    let lasts = storage.sync_folder(above);
    if lasts.is_err() {
        // Whoever is told that it failed does not look for keys in there.
        let _ = remove_folder(storage, folder, files);
    }
    lasts
}

fn write_part(storage: &dyn Storage, part: &Path, files: &[Inner]) -> io::Result<()> {
    storage.create_folder(part, Access::Owner)?;
    for (name, bytes, access) in files {
        let mut file = storage.create_new(&part.join(name), *access)?;
        file.write_all(bytes)?;
        file.sync()?;
    }
    storage.sync_folder(part)
}

/// Removes these files of a folder, and the folder if nothing else is in it.
fn remove_folder(storage: &dyn Storage, folder: &Path, files: &[Inner]) -> io::Result<()> {
    for (name, ..) in files {
        let _ = storage.remove(&folder.join(name));
    }
    storage.remove_folder(folder)
}
