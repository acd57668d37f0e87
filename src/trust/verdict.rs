//! What the reader is told before anything is shown (FORMAT.md section 7).

use std::fmt;
use varaq_bundle::Part;

/// The one answer about a file. The variants stand in the order in which they are
/// looked for: the first that matches wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Another kind of file.
    NotABundle,
    /// A bundle of a later version of the format. `signed` iff a trusted publisher
    /// signed it; if not, nobody should install "a newer reader" because of it.
    NewerFormat {
        /// Whether a pinned publisher's threshold signed that it is newer.
        signed: bool,
    },
    /// The first part of the file is cut short or changed by accident.
    DamagedHead,
    /// The publisher's statements in this copy do not reach as far as they must.
    ChainIncomplete,
    /// Altered or forged.
    BadSignature,
    /// Nobody has signed yet.
    UnsignedDraft,
    /// The signers were not allowed to sign this number.
    OutOfWindow,
    /// Too few signatures count, because a key was revoked.
    RevokedKey,
    /// Too few signatures count, because a key was suspended.
    SuspendedKey,
    /// Too few signatures.
    BelowThreshold,
    /// Two histories of one publisher. Needs evidence that this version does not keep yet.
    IdentitySplit,
    /// Two issues with one number. Needs evidence that this version does not keep yet.
    Conflict,
    /// Valid, but by somebody else who uses the name of a trusted publisher.
    ImpostorName,
    /// Valid, by somebody this reader has never met.
    UnknownPublisher,
    /// Valid, the same publisher as before, whose code was never checked.
    Pinned,
    /// Valid, and the publisher's code was checked.
    Verified,
}

impl Verdict {
    /// The name of the format's table, which tools and tests share.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Verdict::NotABundle => "NOT_A_BUNDLE",
            Verdict::NewerFormat { .. } => "NEWER_FORMAT",
            Verdict::DamagedHead => "DAMAGED_HEAD",
            Verdict::ChainIncomplete => "CHAIN_INCOMPLETE",
            Verdict::BadSignature => "BAD_SIGNATURE",
            Verdict::UnsignedDraft => "UNSIGNED_DRAFT",
            Verdict::OutOfWindow => "OUT_OF_WINDOW",
            Verdict::RevokedKey => "REVOKED_KEY",
            Verdict::SuspendedKey => "SUSPENDED_KEY",
            Verdict::BelowThreshold => "BELOW_THRESHOLD",
            Verdict::IdentitySplit => "IDENTITY_SPLIT",
            Verdict::Conflict => "CONFLICT",
            Verdict::ImpostorName => "IMPOSTOR_NAME",
            Verdict::UnknownPublisher => "UNKNOWN_PUBLISHER",
            Verdict::Pinned => "PINNED",
            Verdict::Verified => "VERIFIED",
        }
    }

    /// True if content is shown without asking.
    #[must_use]
    pub fn shows_content(self) -> bool {
        matches!(self, Verdict::Pinned | Verdict::Verified)
    }

    /// True if the signatures hold, whoever made them: content is shown, some of it
    /// only after the reader's explicit consent.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self.shows_content() || matches!(self, Verdict::ImpostorName | Verdict::UnknownPublisher)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is said beside the verdict. Opening reads no piece, so these lines rest on
/// signed numbers and on the length of the file; only a full check says COMPLETE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Every piece is listed inside the file. Nothing was read.
    ListedComplete,
    /// Pieces are not in this copy. Which articles that concerns takes reading the
    /// catalog.
    Partial {
        /// Number of pieces listed inside the file.
        pieces: u32,
        /// Number of pieces of the issue.
        of: u32,
    },
    /// Parts that are there but wrong, in order.
    Damaged(Vec<Part>),
}

impl Line {
    /// The name of the format's table.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Line::ListedComplete => "LISTED_COMPLETE",
            Line::Partial { .. } => "PARTIAL",
            Line::Damaged(_) => "DAMAGED",
        }
    }
}
