//! An issue on the shelf, as it was judged when the shelf was last looked through.

use crate::reading::ArticleKey;
use std::io::{Read, Seek};
use std::sync::Arc;
use varaq_bundle::{ArticleId, Content, Hash};
use varaq_trust::{Facts, Line, Opening, PublisherId, Verdict, Verified};

/// Bytes that can be read from any place.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// Content that the trust layer gave out.
pub type Issue = Arc<Verified<Content<Box<dyn Source>>>>;

/// An issue that may be read.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Publisher and issue.
    pub facts: Facts,
    /// The verdict: one that lets it be read.
    pub verdict: Verdict,
    /// What is said beside the verdict.
    pub lines: Vec<Line>,
    /// The bundle files that hold it, by their hashes; none if it is only lent.
    pub files: Vec<Hash>,
    /// Bytes of all of them.
    pub len_bytes: u64,
    /// The visit in which the first of them came; 0 if that is not remembered.
    pub visit: u32,
    /// Every piece was there and right when a file of it was last checked.
    pub whole: bool,
}

impl Kept {
    /// An issue that was judged; `None` unless its verdict lets it be read.
    #[must_use]
    pub fn of<R>(opening: &Opening<R>, len_bytes: u64) -> Option<Kept> {
        let facts = opening.facts()?.clone();
        Some(Kept {
            facts,
            verdict: opening.verdict(),
            lines: opening.lines().to_vec(),
            files: Vec::new(),
            len_bytes,
            visit: 0,
            whole: false,
        })
    }

    /// Manifest id: the issue's own name.
    #[must_use]
    pub fn id(&self) -> Hash {
        self.facts.issue.id
    }

    /// Whose it is.
    #[must_use]
    pub fn publisher(&self) -> PublisherId {
        self.facts.publisher.id
    }

    /// The issue's place among those of its channel.
    #[must_use]
    pub fn order(&self) -> (u32, u32) {
        (self.facts.issue.epoch, self.facts.issue.number)
    }

    /// One of its articles.
    #[must_use]
    pub fn key(&self, article: ArticleId) -> ArticleKey {
        ArticleKey {
            publisher: self.publisher(),
            article,
        }
    }
}

/// A kept file of which nothing is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The file.
    pub file: Hash,
    /// Why.
    pub reason: ClosedReason,
}

/// Why nothing of a kept file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedReason {
    /// The verdict, as it is today.
    Verdict(Verdict),
    /// The disk does not give it.
    Unreadable(std::io::ErrorKind),
}
