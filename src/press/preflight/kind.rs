//! What the preflight looks for, and which of it refuses.

use std::fmt;
use std::str::FromStr;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// The name of a person in a byline; or anywhere, if bylines were to be left out.
    Author,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A path of somebody's computer, which names its user.
    Path,
    /// A row of characters that nobody sees: a mark by which a copy is known again.
    Watermark,
    /// A picture's file told where it was taken. The issue does not.
    Gps,
    /// Parameters by which a server knows who sent a reader.
    Tracking,
    /// The words of a program about itself.
    Tool,
    /// A date with a time of day.
    Clock,
    /// Letters of two alphabets in one word of a name, or two names that look alike.
    Lookalike,
    /// A character that nobody sees, or one that turns the direction of a line.
    Invisible,
    /// A picture that is not there.
    Picture,
    /// An article without a title.
    Title,
    /// An article that does not tell its language.
    Language,
    /// An article without a day.
    Day,
    /// The declared language runs one way, the letters the other.
    Direction,
}

impl FindingKind {
    /// Every kind.
    pub const ALL: [FindingKind; 16] = [
        FindingKind::Author,
        FindingKind::Email,
        FindingKind::Phone,
        FindingKind::Path,
        FindingKind::Watermark,
        FindingKind::Gps,
        FindingKind::Tracking,
        FindingKind::Tool,
        FindingKind::Clock,
        FindingKind::Lookalike,
        FindingKind::Invisible,
        FindingKind::Picture,
        FindingKind::Title,
        FindingKind::Language,
        FindingKind::Day,
        FindingKind::Direction,
    ];

    /// The word of `varaq pack --allow`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FindingKind::Author => "author",
            FindingKind::Email => "email",
            FindingKind::Phone => "phone",
            FindingKind::Path => "path",
            FindingKind::Watermark => "watermark",
            FindingKind::Gps => "gps",
            FindingKind::Tracking => "tracking",
            FindingKind::Tool => "tool",
            FindingKind::Clock => "clock",
            FindingKind::Lookalike => "lookalike",
            FindingKind::Invisible => "invisible",
            FindingKind::Picture => "picture",
            FindingKind::Title => "title",
            FindingKind::Language => "language",
            FindingKind::Day => "day",
            FindingKind::Direction => "direction",
        }
    }

    /// In a few words, for a person.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            FindingKind::Author => "name of a person",
            FindingKind::Email => "e-mail address",
            FindingKind::Phone => "telephone number",
            FindingKind::Path => "path of somebody's computer",
            FindingKind::Watermark => "row of hidden characters, as marks that tell copies apart",
            FindingKind::Gps => "place in a picture's file (it was removed)",
            FindingKind::Tracking => "tracking parameter",
            FindingKind::Tool => "name of a program",
            FindingKind::Clock => "date with a time of day",
            FindingKind::Lookalike => "letters that look like others in a name",
            FindingKind::Invisible => "character that nobody sees",
            FindingKind::Picture => "missing picture",
            FindingKind::Title => "no title",
            FindingKind::Language => "language not told",
            FindingKind::Day => "no day",
            FindingKind::Direction => "language and letters run in different directions",
        }
    }

    /// What can identify a person refuses; what is only ugly, or is gone already, warns.
    #[must_use]
    pub fn refuses(self) -> bool {
        matches!(
            self,
            FindingKind::Author
                | FindingKind::Email
                | FindingKind::Phone
                | FindingKind::Path
                | FindingKind::Watermark
        )
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that names no kind of finding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of finding is named {found}; known: {}", words())]
pub struct UnknownFinding {
    /// The word.
    pub found: String,
}

fn words() -> String {
    FindingKind::ALL.map(FindingKind::word).join(", ")
}

impl FromStr for FindingKind {
    type Err = UnknownFinding;

    fn from_str(word: &str) -> Result<FindingKind, UnknownFinding> {
        let found = FindingKind::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| UnknownFinding {
            found: word.to_owned(),
        })
    }
}

/// What a publisher means to publish: a kind, or one thing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The kind.
    pub kind: FindingKind,
    /// Only what was found with exactly these words, whatever their case; none: all of it.
    pub only: Option<String>,
}

impl FromStr for Allowance {
    type Err = UnknownFinding;

    /// `email`, or `email=tips@example.org`.
    fn from_str(words: &str) -> Result<Allowance, UnknownFinding> {
        let (kind, only) = match words.split_once('=') {
            Some((kind, only)) => (kind, Some(only.trim().to_owned())),
            None => (words, None),
        };
        Ok(Allowance {
            kind: kind.trim().parse()?,
            only,
        })
    }
}

impl Allowance {
    pub(super) fn covers(&self, kind: FindingKind, found: &str) -> bool {
        let same = |only: &String| only.to_lowercase() == found.to_lowercase();
        self.kind == kind && self.only.as_ref().is_none_or(same)
    }
}
