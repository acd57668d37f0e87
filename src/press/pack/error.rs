//! Why an issue is not packed.

use super::options::Removed;
use crate::import::{ImportError, Warning};
use crate::inspect::InspectError;
use crate::notice_file::NoticeFileError;
use crate::preflight::Finding;
use crate::select::NoLead;
use std::io;
use std::path::PathBuf;
use varaq_bundle::{HeadError, WriteError};
use varaq_trust::{ChainError, ContactError};

/// Why nothing was packed. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A source cannot be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The publisher's contact cannot be read.
    #[error("cannot read the publisher's contact {}", path.display())]
    NoContact {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The publisher's contact is not understood.
    #[error("the publisher's contact is not understood")]
    Contact(#[from] ContactError),
    /// The publisher's statements do not hold.
    #[error("the publisher's statements do not hold")]
    Chain(#[from] ChainError),
    /// No statement grants the channel.
    #[error("the publisher has no channel {0}")]
    NoChannel(String),
    /// The number is outside the window of the newest delegation.
    #[error("number {number} is outside the window {first} to {last} of channel {channel}")]
    OutOfWindow {
        /// The number asked for.
        number: u32,
        /// The channel.
        channel: String,
        /// First number allowed.
        first: u32,
        /// Last number allowed.
        last: u32,
    },
    /// A signed issue is there already.
    #[error("{} is a signed issue and is not overwritten", .0.display())]
    Signed(PathBuf),
    /// The ledger beside the publisher's keys is not readable.
    #[error("cannot read the ledger of signed issues")]
    Ledger(#[source] io::Error),
    /// The notices beside the publisher's keys are not readable: an issue without them would
    /// take back what they say.
    #[error("cannot read the publisher's notices")]
    Notices(#[from] NoticeFileError),
    /// There is no article to pack.
    #[error("no article to pack was found ({} left out)", .0.iter().filter(|w| w.skipped).count())]
    Nothing(Vec<Warning>),
    /// The article that should lead is not among them.
    #[error(transparent)]
    NoLead(#[from] NoLead),
    /// Even with everything left out that may be, the file is larger.
    #[error("expected at most {max} bytes, the smallest issue has {len}")]
    TooLarge {
        /// Bytes of the smallest issue.
        len: u64,
        /// Most bytes asked for.
        max: u64,
    },
    /// The former issue cannot be read.
    #[error("cannot read the former issue {}", path.display())]
    Previous {
        /// The file.
        path: PathBuf,
        /// Why.
        source: HeadError,
    },
    /// What was given as the former issue is none of this publisher.
    #[error("{} is no issue of this publisher", .0.display())]
    NotPrevious(PathBuf),
    /// The preflight found what could identify somebody.
    #[error("{} of its findings could identify somebody", .0.findings.iter().filter(|one| one.refuses()).count())]
    Preflight(Box<Refusal>),
    /// The writer refused.
    #[error("the issue cannot be packed")]
    Write(#[from] WriteError),
    /// What was written does not decode again: a fault of this program or of the disk.
    #[error("what was written does not decode again")]
    SelfCheck(#[from] InspectError),
    /// The disk failed.
    #[error("cannot write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

/// What stood against packing.
#[derive(Debug)]
pub struct Refusal {
    /// All findings.
    pub findings: Vec<Finding>,
    /// Findings beyond those that are kept.
    pub more_findings: u64,
    /// Everything that was left out or changed on the way.
    pub warnings: Vec<Warning>,
    /// What would have been removed.
    pub removed: Removed,
}
