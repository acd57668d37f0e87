//! What the reader is told before anything is shown (FORMAT.md section 7).

use crate::PublisherId;
use std::fmt;
use varaq_bundle::{Day, Hash, IssueRef, Part};

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
    /// Two histories of one publisher; this one is not, or no longer, the one held.
    IdentitySplit,
    /// Two issues with one number; another one was met first, or is the publisher's.
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

    /// True for the verdicts that are DAMAGED_HEAD while the hint is wrong: an accident may
    /// have made them.
    pub(crate) fn blames_the_head(self) -> bool {
        !self.is_valid() && !matches!(self, Verdict::IdentitySplit | Verdict::Conflict)
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
    /// Nothing newer of this channel was met.
    NewestSeen,
    /// A newer issue of this channel was met.
    OlderThanSeen {
        /// The newest.
        newest: IssueRef,
        /// Its day, as the publisher says.
        day: Day,
    },
    /// The issue before this one was never met, though an older one was.
    Gap {
        /// The newest that was met before this one: epoch and number.
        met: (u32, u32),
        /// The one before this one: epoch and number.
        before: (u32, u32),
    },
    /// By the computer's clock a newer issue was promised.
    Stale {
        /// The day on which it was due.
        due: Day,
    },
    /// The computer's clock is behind a day that something signed or this program names.
    ClockDoubtful {
        /// That day.
        floor: Day,
    },
    /// The day of the issue lies outside of those for which its signing keys were meant.
    OutOfDays {
        /// The first and the last of them.
        days: (Day, Day),
    },
    /// Somebody has written another history of this publisher; the one held stands.
    RivalHistory,
    /// Two histories continue this publisher's; this issue is older than both.
    IdentityFrozen,
    /// Other manifests are signed for this number; this one was met first.
    ConflictSeen(Vec<Hash>),
    /// A signing key is suspended, but this issue was met before the suspension.
    SeenBeforeSuspension,
    /// The statements of this publisher that were met do not reach one that its contact names.
    StatementsMissing {
        /// Version that the contact names.
        named: u16,
        /// Version that is held.
        held: u16,
    },
    /// An unknown publisher's name differs from a trusted one's by a single letter.
    NameResembles {
        /// The trusted publisher.
        pinned: PublisherId,
    },
}

impl Line {
    /// The name of the format's table.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Line::ListedComplete => "LISTED_COMPLETE",
            Line::Partial { .. } => "PARTIAL",
            Line::Damaged(_) => "DAMAGED",
            Line::NewestSeen => "NEWEST_SEEN",
            Line::OlderThanSeen { .. } => "OLDER_THAN_SEEN",
            Line::Gap { .. } => "GAP",
            Line::Stale { .. } => "STALE",
            Line::ClockDoubtful { .. } => "CLOCK_DOUBTFUL",
            Line::OutOfDays { .. } => "OUT_OF_DAYS",
            Line::RivalHistory => "RIVAL_HISTORY",
            Line::IdentityFrozen => "IDENTITY_FROZEN",
            Line::ConflictSeen(_) => "CONFLICT_SEEN",
            Line::SeenBeforeSuspension => "SEEN_BEFORE_SUSPENSION",
            Line::StatementsMissing { .. } => "STATEMENTS_MISSING",
            Line::NameResembles { .. } => "NAME_RESEMBLES",
        }
    }
}
