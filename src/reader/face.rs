//! The face of each verdict: icon, rule, colour and words. Any one of them may fail a reader; all four never do.
//!
//! Verdicts are those of FORMAT.md 7; the signs are fixed so that *damaged*, *unknown* and *forged* never look alike.
use crate::{icon::Icon, theme::Colours};
use eframe::egui::Color32;
use varaq_trust::Verdict;

/// The line on top of a verdict sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Unbroken.
    Solid,
    /// Two lines.
    Double,
    /// Dashes.
    Dashed,
    /// The head of the sheet is filled.
    FullBand,
    /// A torn edge.
    Zigzag,
    /// Thin and grey.
    Hairline,
}

/// Which of the verdict colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Green.
    Verified,
    /// Blue.
    Same,
    /// Amber.
    Unknown,
    /// Red.
    Forged,
    /// Violet.
    Missing,
    /// Ink: no verdict on a publisher.
    Plain,
}

/// A verdict's colours: for words and icon, for a ground below them, for an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// Words and icon.
    pub ink: Color32,
    /// Ground below them.
    pub soft: Color32,
    /// Edge.
    pub line: Color32,
}

impl Tone {
    /// The tone in a theme's colours.
    #[must_use]
    pub fn paint(self, c: &Colours) -> Paint {
        let paint = |ink, soft, line| Paint { ink, soft, line };
        match self {
            Self::Verified => paint(c.verified, c.verified_soft, c.verified_line),
            Self::Same => paint(c.same, c.same_soft, c.same_line),
            Self::Unknown => paint(c.unknown, c.unknown_soft, c.unknown_line),
            Self::Forged => paint(c.forged, c.forged_soft, c.forged_line),
            Self::Missing => paint(c.missing, c.missing_soft, c.missing_line),
            Self::Plain => paint(c.ink, c.sunken, c.stroke),
        }
    }
}

/// What the reader is told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// Nothing: it can be opened.
    None,
    /// Do not pass on, get another, tell.
    Forged,
    /// Do not pass on, wait for the one that is finished, tell.
    Few,
    /// Do not pass on, look for the one that is signed anew, doubt what was read.
    Revoked,
    /// Keep, do not pass on, wait for the publisher's word.
    Suspended,
    /// Get another copy, do not pass this one on.
    Chain,
    /// Ask the publisher by another way.
    Split,
    /// Keep both as proof, tell the publisher.
    Conflict,
    /// Copy again, get another.
    Damaged,
    /// Get a newer program.
    Newer,
    /// Install nothing because of this file.
    Unproven,
    /// Choose another file.
    Other,
}

impl Steps {
    /// Keys of the steps in `assets/text`; each has a `-more`.
    #[must_use]
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Forged => &["step-forged-1", "step-forged-2", "step-forged-3"],
            Self::Few => &["step-forged-1", "step-few-2", "step-forged-3"],
            Self::Revoked => &["step-forged-1", "step-revoked-2", "step-revoked-3"],
            Self::Suspended => &["step-suspended-1", "step-suspended-2"],
            Self::Chain => &["step-chain-1", "step-chain-2"],
            Self::Split => &["step-split-1", "step-split-2"],
            Self::Conflict => &["step-conflict-1", "step-conflict-2"],
            Self::Damaged => &["step-damaged-1", "step-damaged-2"],
            Self::Newer => &["step-newer-1"],
            Self::Unproven => &["step-unproven-1", "step-newer-1"],
            Self::Other => &["step-other-1"],
        }
    }
}

/// The signs of a verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Its outline differs from group to group.
    pub icon: Icon,
    /// Its pattern differs from group to group.
    pub rule: Rule,
    /// Colour.
    pub tone: Tone,
    /// Stem of its texts: `-title`, `-text`, `-seal` and, where nothing is shown, `-reason` and `-works`.
    pub stem: &'static str,
    /// What to do.
    pub steps: Steps,
}

impl Face {
    /// A copy that lacks pieces: genuine, not whole.
    pub const PARTIAL: Self = face(
        "partial",
        Rule::Zigzag,
        Tone::Missing,
        "verdict-partial",
        Steps::None,
    );
    /// A copy with wrong pieces: genuine, not whole.
    pub const DAMAGED: Self = face(
        "damaged",
        Rule::Zigzag,
        Tone::Missing,
        "verdict-damaged",
        Steps::None,
    );

    /// The face of a verdict.
    #[must_use]
    pub fn of(verdict: Verdict) -> Self {
        use {Rule::*, Steps as S, Tone as T};
        match verdict {
            Verdict::Verified => face("verified", Solid, T::Verified, "verdict-verified", S::None),
            Verdict::Pinned => face("same", Double, T::Same, "verdict-pinned", S::None),
            Verdict::UnknownPublisher => {
                face("unknown", Dashed, T::Unknown, "verdict-unknown", S::None)
            }
            Verdict::ImpostorName => {
                face("impostor", FullBand, T::Forged, "verdict-impostor", S::None)
            }
            Verdict::BadSignature => face(
                "forged",
                FullBand,
                T::Forged,
                "verdict-bad-signature",
                S::Forged,
            ),
            Verdict::BelowThreshold => face(
                "forged",
                FullBand,
                T::Forged,
                "verdict-below-threshold",
                S::Few,
            ),
            Verdict::UnsignedDraft => {
                face("forged", FullBand, T::Forged, "verdict-unsigned", S::Few)
            }
            Verdict::RevokedKey => face(
                "revoked",
                FullBand,
                T::Forged,
                "verdict-revoked",
                S::Revoked,
            ),
            Verdict::SuspendedKey => face(
                "revoked",
                FullBand,
                T::Forged,
                "verdict-suspended",
                S::Suspended,
            ),
            Verdict::OutOfWindow => {
                face("revoked", FullBand, T::Forged, "verdict-window", S::Forged)
            }
            Verdict::ChainIncomplete => {
                face("damaged", Zigzag, T::Missing, "verdict-chain", S::Chain)
            }
            Verdict::IdentitySplit => {
                face("conflict", FullBand, T::Forged, "verdict-split", S::Split)
            }
            Verdict::Conflict => face(
                "conflict",
                FullBand,
                T::Forged,
                "verdict-conflict",
                S::Conflict,
            ),
            Verdict::DamagedHead => face(
                "damaged",
                Zigzag,
                T::Missing,
                "verdict-damaged-head",
                S::Damaged,
            ),
            Verdict::NewerFormat { signed: true } => face(
                "newer",
                Hairline,
                T::Plain,
                "verdict-newer-signed",
                S::Newer,
            ),
            Verdict::NewerFormat { signed: false } => {
                face("newer", Hairline, T::Plain, "verdict-newer", S::Unproven)
            }
            Verdict::NotABundle => face(
                "notbundle",
                Hairline,
                T::Plain,
                "verdict-not-a-bundle",
                S::Other,
            ),
        }
    }

    /// Key of the text with this ending.
    #[must_use]
    pub fn key(&self, ending: &str) -> String {
        format!("{}-{ending}", self.stem)
    }
}

const fn face(
    icon: &'static str,
    rule: Rule,
    tone: Tone,
    stem: &'static str,
    steps: Steps,
) -> Face {
    Face {
        icon: Icon::new(icon),
        rule,
        tone,
        stem,
        steps,
    }
}

/// Every verdict of FORMAT.md 7, for tests and for the samples' table.
pub const EVERY_VERDICT: [Verdict; 17] = [
    Verdict::NotABundle,
    Verdict::NewerFormat { signed: false },
    Verdict::NewerFormat { signed: true },
    Verdict::DamagedHead,
    Verdict::ChainIncomplete,
    Verdict::BadSignature,
    Verdict::UnsignedDraft,
    Verdict::OutOfWindow,
    Verdict::RevokedKey,
    Verdict::SuspendedKey,
    Verdict::BelowThreshold,
    Verdict::IdentitySplit,
    Verdict::Conflict,
    Verdict::ImpostorName,
    Verdict::UnknownPublisher,
    Verdict::Pinned,
    Verdict::Verified,
];
