//! The files of a catalogue in their folder.
//!
//! What is there already is not written again, so that mirrors which look at times and
//! programs that run from cron do nothing when nothing has changed. The others are written
//! beside first, all of them, and then take their names one after the other: each is whole
//! at every moment, and they are of two states only between two renames.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use varaq_storage::{Access, Beside, Facts, Lock, Storage};

use super::{CATALOG_FILE, Catalog, CatalogFault, MAX_CATALOG_BYTES};

/// Held while the files are written: a run from cron may begin before the last has ended.
const LOCK_FILE: &str = ".catalog.lock";

/// Writes these files into a folder; answers with the names of those that changed.
///
/// # Errors
/// If the disk refuses; then each name has what it had before, or the new file.
pub fn publish_catalog(
    storage: &dyn Storage,
    folder: &Path,
    files: &[(String, Vec<u8>)],
) -> io::Result<Vec<String>> {
    let mut changed = Vec::new();
    for file in files {
        if !is_there(storage, &folder.join(&file.0), &file.1)? {
            changed.push(file);
        }
    }
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let _lock = lock(storage, folder)?;
    let mut written = Vec::new();
    for (name, bytes) in &changed {
        let target = folder.join(name);
        let mut beside = Beside::new(storage, &target, Access::Usual)?;
        beside.write_all(bytes)?;
        beside.sync()?;
        written.push((beside, target));
    }
    for (beside, target) in written {
        beside.keep_as(&target)?;
    }
    Ok(changed.iter().map(|(name, _)| name.clone()).collect())
}

fn is_there(storage: &dyn Storage, path: &Path, bytes: &[u8]) -> io::Result<bool> {
    match storage.facts(path) {
        Ok(Facts::File { len }) if len == bytes.len() as u64 => {
            Ok(varaq_storage::read(storage, path, len)? == bytes)
        }
        Ok(Facts::File { .. }) => Ok(false),
        Ok(_) => Err(io::Error::new(ErrorKind::InvalidInput, "not a file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// None where the file system knows no locks.
fn lock(storage: &dyn Storage, folder: &Path) -> io::Result<Option<Lock>> {
    match storage.lock(&folder.join(LOCK_FILE)) {
        Ok(lock) => Ok(Some(lock)),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

/// The catalogue at a path: a feed, or the folder that it lies in. The text comes with it,
/// for its signature.
///
/// # Errors
/// If it cannot be read; the inner one if it is no catalogue.
pub fn read_catalog(
    storage: &dyn Storage,
    path: &Path,
) -> io::Result<Result<(Catalog, String), CatalogFault>> {
    let file = match storage.facts(path)? {
        Facts::Folder => path.join(CATALOG_FILE),
        _ => path.to_owned(),
    };
    let bytes = match varaq_storage::read(storage, &file, MAX_CATALOG_BYTES) {
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return Ok(Err(CatalogFault::TooLong));
        }
        read => read?,
    };
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| CatalogFault::Line {
        line: 1,
        what: "expected UTF-8",
    });
    Ok(text.and_then(|text| Ok((Catalog::parse(&text)?, text))))
}
