//! Which files a check looks at: those that were named, and in folders those that begin
//! like a bundle. Names decide nothing but `*.varaq`, which ought to be one.
//!
//! In come paths; out go candidates in a fixed order. What cannot be read is told, and
//! the walk goes on.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::MAGIC;

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
    /// A file in a folder that is no bundle and does not claim to be one.
    Other(PathBuf),
    /// An entry that cannot be read.
    Unreadable(PathBuf, io::Error),
}

/// Walks `paths` in their order, folders by name, and hands every sight to `see`. Links are followed,
/// each folder is entered once, devices and pipes are never opened. Stops early when
/// `cancel` becomes true.
pub fn walk(paths: &[PathBuf], cancel: &AtomicBool, see: &mut dyn FnMut(Sight)) {
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
        match look(&path, named, &mut entered) {
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

fn look(path: &Path, named: bool, entered: &mut HashSet<PathBuf>) -> io::Result<Look> {
    let facts = fs::metadata(path)?;
    if facts.is_dir() {
        // The real path, so that a link cannot lead round in a circle.
        let first_time = entered.insert(fs::canonicalize(path)?);
        return if first_time {
            entries(path)
        } else {
            Ok(Look::Nothing)
        };
    }
    let candidate = Candidate {
        path: path.to_owned(),
        len_bytes: facts.len(),
    };
    if named {
        if !facts.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "neither a file nor a folder",
            ));
        }
        return Ok(Look::Seen(Sight::Candidate(candidate)));
    }
    if !facts.is_file() {
        // Opening a pipe would wait for ever, a device could answer for ever.
        return Ok(Look::Nothing);
    }
    let worth_it = path.extension() == Some(OsStr::new("varaq")) || begins_like_a_bundle(path)?;
    Ok(Look::Seen(if worth_it {
        Sight::Candidate(candidate)
    } else {
        Sight::Other(candidate.path)
    }))
}

/// The entries of a folder in the order of their names' bytes, whatever the disk's
/// order. A listing that breaks off (a failing stick) still gives what came before.
fn entries(folder: &Path) -> io::Result<Look> {
    let mut entries = Vec::new();
    let mut fault = None;
    for entry in fs::read_dir(folder)? {
        match entry {
            Ok(entry) => entries.push(entry.path()),
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    entries.sort_unstable();
    Ok(Look::Folder(entries, fault))
}

fn begins_like_a_bundle(path: &Path) -> io::Result<bool> {
    let mut first = [0_u8; 8];
    match File::open(path)?.read_exact(&mut first) {
        Ok(()) => Ok(first == MAGIC),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
