//! Corrections and retractions that a reader was told, and who told them (FORMAT.md
//! sections 4.7 and 5.4).
//!
//! In: the notices of issues that were opened. Out: those about one issue, as long as a
//! manifest that brought them stands. An issue that turns out to be a thief's takes its
//! notices with it.

use crate::{Evidence, Facts, Learned, Verified};
use std::io::{Read, Seek};
use varaq_bundle::{Content, Hash, IssueName, Notice, Notices};

/// Most manifests that are kept for one notice. Notices are cumulative: every later issue
/// brings them again, and the newest are the likeliest to stand.
const MAX_SOURCES: usize = 8;

/// A notice and the manifests that brought it, in the order in which they were opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) notice: Notice,
    pub(crate) sources: Vec<Hash>,
}

/// All notices of a publisher that a reader was told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(Vec<Told>);

impl Marks {
    /// Takes in notices that a manifest brought; true if something of it is new.
    pub(crate) fn learn(&mut self, source: Hash, notices: &[Notice]) -> bool {
        let mut new = false;
        for notice in notices {
            match self.0.iter_mut().find(|one| one.notice == *notice) {
                Some(told) => new |= told.add(source),
                None => {
                    self.restore(notice.clone(), vec![source]);
                    new = true;
                }
            }
        }
        new
    }

    /// Puts back what was kept.
    pub(crate) fn restore(&mut self, notice: Notice, sources: Vec<Hash>) {
        self.0.push(Told { notice, sources });
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Told> {
        self.0.iter()
    }
}

impl Told {
    fn add(&mut self, source: Hash) -> bool {
        let new = !self.sources.contains(&source);
        if new {
            self.sources.push(source);
            let old = self.sources.len().saturating_sub(MAX_SOURCES);
            self.sources.drain(..old);
        }
        new
    }
}

/// Reads the notices of an issue that may be shown: what they are, and what they add to the
/// reader's evidence.
#[must_use]
pub fn read_notices<R: Read + Seek>(
    facts: &Facts,
    content: &Verified<Content<R>>,
) -> (Notices, Learned) {
    let found = content.notices();
    let (publisher, source) = (facts.publisher.id, facts.issue.id);
    let learned = Learned::of_notices(publisher, source, found.notices.clone());
    (found, learned)
}

impl Evidence {
    /// The notices about articles of one issue that stand, in the order of days. Those that
    /// differ in their language alone are translations of each other.
    #[must_use]
    pub fn notices(&self, publisher: &crate::PublisherId, issue: &IssueName) -> Vec<&Notice> {
        let Some(record) = self.record(publisher) else {
            return Vec::new();
        };
        let about = |told: &&Told| told.notice.issue == *issue;
        let told: Vec<_> = record.marks.iter().filter(about).collect();
        if told.is_empty() {
            return Vec::new();
        }
        let standing = record.standing(&record.history.held(), &issue.channel);
        let stands = |id: &Hash| standing.values().any(|one| one.id == *id);
        let told = told
            .into_iter()
            .filter(|told| told.sources.iter().any(stands));
        let mut notices: Vec<_> = told.map(|told| &told.notice).collect();
        notices.sort_by_key(|notice| (notice.day, notice.key()));
        notices
    }
}
