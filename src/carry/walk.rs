//! Which files a check looks at: those that were named, and in folders those that begin
//! like a bundle. Names decide nothing but `*.varaq`, which ought to be one.
//!
//! In come paths; out go candidates in a fixed order. What cannot be read is told, and
//! the walk goes on.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::{MAGIC, TRAILER_MAGIC};
use varaq_storage::{Facts, Storage};

use crate::mend::PART_MAGIC;

/// A file that is worth checking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is, as it was named or found.
    pub path: PathBuf,
    /// Its length in bytes when it was found; 0 if that is not known.
    pub len_bytes: u64,
}

/// What the walk came across.
#[derive(Debug)]
pub enum Sight {
    /// A file to check.
    Candidate(Candidate),
    /// A file in a folder that is no bundle and does not claim to be one, with its first
    /// bytes; zeros stand for those that it does not have.
    Other(PathBuf, [u8; 8]),
    /// An entry that cannot be read.
    Unreadable(PathBuf, io::Error),
}

/// Walks `paths` in their order, folders by name, and hands every sight to `see`. Links are followed,
/// each folder is entered once, devices and pipes are never opened. Stops early when
/// `cancel` becomes true.
pub fn walk(
    storage: &dyn Storage,
    paths: &[PathBuf],
    cancel: &AtomicBool,
    see: &mut dyn FnMut(Sight),
) {
    let mut entered = HashSet::new();
    // A stack of paths still to look at; `true` = named by the caller.
    let mut ahead: Vec<(PathBuf, bool)> = paths
        .iter()
        .rev()
        .map(|path| (path.clone(), true))
        .collect();
    while let Some((path, named)) = ahead.pop() {
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        match look(storage, &path, named, &mut entered) {
            Ok(Look::Folder(entries, fault)) => {
                ahead.extend(entries.into_iter().rev().map(|entry| (entry, false)));
                if let Some(error) = fault {
                    see(Sight::Unreadable(path, error));
                }
            }
            Ok(Look::Seen(sight)) => see(sight),
            Ok(Look::Nothing) => {}
            Err(error) => see(Sight::Unreadable(path, error)),
        }
    }
}

enum Look {
    /// Its entries, and why there may be more.
    Folder(Vec<PathBuf>, Option<io::Error>),
    Seen(Sight),
    Nothing,
}

fn look(
    storage: &dyn Storage,
    path: &Path,
    named: bool,
    entered: &mut HashSet<PathBuf>,
) -> io::Result<Look> {
    match (storage.facts(path)?, named) {
        (Facts::Folder, _) => {
            // The real path, so that a link cannot lead round in a circle.
            let first_time = entered.insert(storage.canonical(path)?);
            if first_time {
                entries(storage, path)
            } else {
                Ok(Look::Nothing)
            }
        }
        (Facts::File { len }, _) => file(storage, path, len, named).map(Look::Seen),
        (Facts::Other, true) => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "neither a file nor a folder",
        )),
        // Opening a pipe would wait for ever, a device could answer for ever.
        (Facts::Other, false) => Ok(Look::Nothing),
    }
}

fn file(storage: &dyn Storage, path: &Path, len_bytes: u64, named: bool) -> io::Result<Sight> {
    let path = path.to_owned();
    let claims = named || path.extension() == Some(OsStr::new("varaq"));
    // A named file that cannot be read is told as a candidate.
    let first = match first_bytes(storage, &path) {
        Ok(first) if claims && first != TRAILER_MAGIC && first != PART_MAGIC => MAGIC,
        Err(_) if claims => MAGIC,
        first => first?,
    };
    Ok(if first == MAGIC {
        Sight::Candidate(Candidate { path, len_bytes })
    } else {
        Sight::Other(path, first)
    })
}

/// The entries of a folder in the order of their names' bytes, whatever the disk's
/// order. A listing that breaks off (a failing stick) still gives what came before.
fn entries(storage: &dyn Storage, folder: &Path) -> io::Result<Look> {
    let (names, fault) = storage.list_readable(folder)?;
    let entries = names.iter().map(|name| folder.join(name)).collect();
    Ok(Look::Folder(entries, fault))
}

/// What a file begins with; zeros stand for bytes that it does not have.
pub(crate) fn first_bytes(storage: &dyn Storage, path: &Path) -> io::Result<[u8; 8]> {
    let mut file = storage.open(path)?;
    let mut first = [0_u8; 8];
    let mut len = 0;
    while let Some(rest) = first.get_mut(len..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => len = len.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(first)
}
