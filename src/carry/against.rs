//! Another copy to compare with: is this the same issue, the same bytes, a newer one?
//!
//! In: a file or a folder that somebody trusts to be good. Out: a [`Against`] for each valid
//! bundle. It is a remark: it changes no verdict, and no exit code.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_bundle::{Hash, Limits};
use varaq_storage::Storage;
use varaq_trust::{Issue, PublisherId, View};

use crate::bytes::read_full;
use crate::{Sight, walk};

const CHUNK_BYTES: usize = 1 << 20;

/// How a bundle stands to the copies that it was compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// This one has the same bytes, to the last.
    Identical(PathBuf),
    /// This one is a copy of the same issue in other bytes: signatures were added, parts left
    /// out, or one of them is damaged.
    SameIssue(PathBuf),
    /// It is newer than this one, the newest of its publisher and channel there.
    Newer(PathBuf),
    /// It is older than the newest there, and not among them.
    Older(PathBuf),
    /// This one has its number and is another issue.
    Rival(PathBuf),
    /// No issue of its publisher and channel is there.
    NoneThere,
}

impl Against {
    /// Its name, for scripts.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Against::Identical(_) => "identical",
            Against::SameIssue(_) => "same issue",
            Against::Newer(_) => "newer",
            Against::Older(_) => "older",
            Against::Rival(_) => "rival",
            Against::NoneThere => "none there",
        }
    }

    /// The file that it was compared with.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Against::Identical(path)
            | Against::SameIssue(path)
            | Against::Newer(path)
            | Against::Older(path)
            | Against::Rival(path) => Some(path),
            Against::NoneThere => None,
        }
    }
}

/// A valid bundle to compare with.
#[derive(Debug)]
struct Copy {
    path: PathBuf,
    len_bytes: u64,
    publisher: PublisherId,
    channel: String,
    place: (u32, u32),
    manifest: Hash,
}

/// The bundles to compare with.
#[derive(Debug)]
pub(crate) struct Reference(Vec<Copy>);

impl Reference {
    /// Reads the heads of all bundles at `path`; what cannot be read goes to `unreadable`.
    /// Only valid ones count.
    pub(crate) fn read(
        storage: &dyn Storage,
        path: &Path,
        view: View<'_>,
        limits: &Limits,
        cancel: &AtomicBool,
        unreadable: &mut dyn FnMut(PathBuf, io::Error),
    ) -> Reference {
        let mut candidates = Vec::new();
        let paths = [path.to_owned()];
        walk(storage, &paths, cancel, &mut |sight| match sight {
            Sight::Candidate(candidate) => candidates.push(candidate),
            Sight::Other(..) => {}
            Sight::Unreadable(path, error) => unreadable(path, error),
        });
        let mut copies = Vec::new();
        for candidate in candidates {
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            let opened = storage
                .open(&candidate.path)
                .and_then(|file| varaq_trust::open(file, view, limits));
            match opened {
                Ok(opening) => copies.extend(opening.facts().map(|facts| Copy {
                    path: candidate.path,
                    len_bytes: candidate.len_bytes,
                    publisher: facts.publisher.id,
                    channel: facts.issue.channel.clone(),
                    place: (facts.issue.epoch, facts.issue.number),
                    manifest: facts.issue.id,
                })),
                Err(error) => unreadable(candidate.path, error),
            }
        }
        if copies.is_empty() && !cancel.load(Ordering::Relaxed) {
            let none = io::Error::new(io::ErrorKind::NotFound, "no valid bundle to compare with");
            unreadable(path.to_owned(), none);
        }
        Reference(copies)
    }

    /// Compares a valid bundle. `go_on` is asked while bytes are read.
    pub(crate) fn compare(
        &self,
        storage: &dyn Storage,
        path: &Path,
        len_bytes: u64,
        publisher: &PublisherId,
        issue: &Issue,
        go_on: &dyn Fn() -> bool,
    ) -> io::Result<Against> {
        let place = (issue.epoch, issue.number);
        let series: Vec<&Copy> = self
            .0
            .iter()
            .filter(|copy| copy.publisher == *publisher && copy.channel == issue.channel)
            .collect();
        let mut same = None;
        for copy in series.iter().filter(|copy| copy.manifest == issue.id) {
            if copy.len_bytes == len_bytes && are_equal(storage, path, &copy.path, go_on)? {
                return Ok(Against::Identical(copy.path.clone()));
            }
            same.get_or_insert(*copy);
        }
        if let Some(copy) = same {
            return Ok(Against::SameIssue(copy.path.clone()));
        }
        if let Some(rival) = series.iter().find(|copy| copy.place == place) {
            return Ok(Against::Rival(rival.path.clone()));
        }
        let newest = series.iter().max_by_key(|copy| copy.place);
        Ok(match newest {
            Some(newest) if newest.place < place => Against::Newer(newest.path.clone()),
            Some(newest) => Against::Older(newest.path.clone()),
            None => Against::NoneThere,
        })
    }
}

/// Whether two files have the same bytes; false as well if it was not to go on.
fn are_equal(
    storage: &dyn Storage,
    one: &Path,
    other: &Path,
    go_on: &dyn Fn() -> bool,
) -> io::Result<bool> {
    let (mut one, mut other) = (storage.open(one)?, storage.open(other)?);
    let (mut ours, mut theirs) = (vec![0; CHUNK_BYTES], vec![0; CHUNK_BYTES]);
    while go_on() {
        let ours = read_full(&mut one, &mut ours)?;
        let theirs = read_full(&mut other, &mut theirs)?;
        if ours != theirs {
            return Ok(false);
        }
        if ours.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
