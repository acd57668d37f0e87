//! What a check says about one file, and about an issue of which there are several copies.

use std::io;
use std::path::PathBuf;

use varaq_bundle::Report;
use varaq_trust::{Facts, Line, Verdict};

/// One file, checked.
#[derive(Debug)]
pub struct FileReport {
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub len_bytes: u64,
    /// The one answer.
    pub verdict: Verdict,
    /// What the head says beside it, before any piece was read.
    pub lines: Vec<Line>,
    /// Publisher and issue; proven only if [`Verdict::is_valid`].
    pub facts: Option<Facts>,
    /// What was found when every byte was read; none unless the verdict is a valid one.
    pub found: Option<Report>,
    /// Its exit code.
    pub code: u8,
}

/// An issue of which one folder holds several copies, read as one.
#[derive(Debug)]
pub struct IssueReport {
    /// The folder.
    pub folder: PathBuf,
    /// The copies, in the order of their reports.
    pub copies: Vec<PathBuf>,
    /// The verdict that all copies share.
    pub verdict: Verdict,
    /// Publisher and issue.
    pub facts: Facts,
    /// What was found in all copies together.
    pub found: Report,
    /// The exit code that one file with all this would have.
    pub code: u8,
}

/// What happens during a check, in this order: what the walk sees, then `Begin`, then
/// `Progress` and `File` for each candidate, then `Issue`s.
#[derive(Debug)]
pub enum Event {
    /// A file in a folder that is no bundle; nothing more is said of it.
    Other(PathBuf),
    /// Something that cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The walk is over.
    Begin {
        /// Number of files to check.
        files: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// Bytes were read.
    Progress {
        /// Bytes so far, of all files.
        done: u64,
        /// All bytes.
        total: u64,
    },
    /// A file is done.
    File(Box<FileReport>),
    /// Several copies of an issue, read as one.
    Issue(Box<IssueReport>),
}

/// How a whole check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The worst exit code of all files; copies that make up a whole issue together do not better it.
    pub code: u8,
    /// Number of files that were checked.
    pub files: u64,
}

/// Valid copies of one issue in one folder.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub(crate) copies: Vec<PathBuf>,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// The report of a copy that is whole by itself: nothing needs to be read again.
    pub(crate) whole: Option<Report>,
}
