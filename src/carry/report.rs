//! What a check says about one file, and about an issue of which there are several copies.

use std::io;
use std::path::PathBuf;

use varaq_bundle::{Hash, Report};
use varaq_trust::{Facts, Line, PublisherId, Verdict};

use crate::{Against, Oddity, SideFile};

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
    /// What `NAME.sig` beside it says, if there is one and the verdict is a valid one. It
    /// changes no exit code.
    pub side_file: Option<SideFile>,
    /// The title of the issue, if titles were asked for and the verdict is a valid one.
    pub title: Option<String>,
    /// Plain BLAKE3 of PREFIX to NOTES, if it has a head. Two whole copies without repair data
    /// and with the same head and length have the same bytes.
    pub head: Option<Hash>,
    /// What is odd about its name, or about what only claims to be a bundle.
    pub odd: Vec<Oddity>,
    /// How it stands to the copies to compare with, if there are any and the verdict is a
    /// valid one. It changes no exit code.
    pub against: Option<Against>,
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

/// Files that hold the same issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// Manifest id.
    pub manifest: Hash,
    /// Its channel.
    pub channel: String,
    /// Its epoch and number.
    pub place: (u32, u32),
    /// The files, in the order of their reports.
    pub paths: Vec<PathBuf>,
    /// Byte for byte. If not, signatures, notes or the parts that are there differ.
    pub identical: bool,
}

/// Issues of one publisher's channel, when not all have the newest number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The publisher.
    pub publisher: PublisherId,
    /// Its channel.
    pub channel: String,
    /// Epoch and number of the newest, and the first file with it.
    pub newest: ((u32, u32), PathBuf),
    /// All others, oldest first.
    pub older: Vec<((u32, u32), PathBuf)>,
}

/// What happens during a check, in this order: what the walk sees, then `Begin`, then
/// `Progress` and `File` for each candidate, then `Issue`s, `Same` and `Series`.
#[derive(Debug)]
pub enum Event {
    /// A file in a folder that is no bundle, and what is odd about it, if anything.
    Foreign(PathBuf, Vec<Oddity>),
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
    /// Files that hold the same issue.
    Same(Same),
    /// A channel of which there are older issues too.
    Series(Series),
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
