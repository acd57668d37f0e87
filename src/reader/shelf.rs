//! What the window knows of the shelf: plain values that workers send and screens draw.
//!
//! In: the library, as it was judged with the trust of today. Out: publishers with their issues and the gaps between
//! them, and what a search or a list has found. Every text here was read from a verified bundle.
use crate::issue::{Facts, Mark, Whole};
use std::ops::Range;
use varaq_bundle::Hash;
use varaq_shelf::{ArticleKey, ClosedReason, Counts, Filter, Library, Snippet};
use varaq_trust::{PublisherId, Verdict};

/// The shelf as it stands.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// By their newest issue, the newest first.
    pub publishers: Vec<Publisher>,
    /// Kept files of which nothing is shown, and why.
    pub closed: Vec<ClosedReason>,
    /// Articles of the shelf that are in the index.
    pub counts: Counts,
    /// The visit in which something came last; 0 if nothing ever did.
    pub last_visit: u32,
    /// Articles that came with it.
    pub fresh: usize,
}

/// A publisher on the shelf.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Who.
    pub id: PublisherId,
    /// Its newest issue's verdict.
    pub verdict: Verdict,
    /// By channel, then the newest first.
    pub issues: Vec<Cover>,
}

/// An issue on the shelf.
#[derive(Clone, Debug)]
pub struct Cover {
    /// Manifest id.
    pub id: Hash,
    /// Who, which, when.
    pub facts: Facts,
    /// As it was judged when the shelf was last looked through.
    pub verdict: Verdict,
    /// Every piece was there and right when it was last checked.
    pub whole: bool,
    /// It came with the latest visit.
    pub fresh: bool,
    /// Unread articles; `None` until its words are in the index.
    pub unread: Option<u32>,
}

/// A place in a publisher's row.
#[derive(Clone, Debug)]
pub enum Slot<'s> {
    /// An issue.
    Issue(&'s Cover),
    /// Numbers between two issues that are not on this shelf, both included.
    Gap(u32, u32),
}

/// What is drawn on a cover, read from the issue itself.
#[derive(Clone, Debug, Default)]
pub struct CoverFace {
    /// Its lead's headline.
    pub headline: String,
    /// Whether that runs from right to left.
    pub rtl: bool,
    /// Articles of the issue.
    pub articles: u32,
    /// Those whose text is in this copy.
    pub here: u32,
    /// Picture of the lead.
    pub picture: Option<eframe::egui::ColorImage>,
}

impl Shelf {
    /// What a library keeps. What the index cannot say is left out.
    #[must_use]
    pub fn of(library: &Library) -> Self {
        let index = library.index();
        let unread = index.unread_by_issue().unwrap_or_default();
        let last_visit = library.reading().last_visit();
        let mut publishers: Vec<Publisher> = Vec::new();
        for kept in library.kept() {
            let filled = matches!(index.unfilled(&kept.id()), Ok(None));
            let cover = Cover {
                id: kept.id(),
                facts: Facts::of(&kept.facts),
                verdict: kept.verdict,
                whole: kept.whole,
                fresh: last_visit > 0 && kept.visit == last_visit,
                unread: filled.then(|| unread.get(&kept.id()).copied().unwrap_or(0)),
            };
            match publishers.last_mut().filter(|it| it.id == kept.publisher()) {
                Some(publisher) => publisher.issues.push(cover),
                None => publishers.push(Publisher {
                    id: kept.publisher(),
                    verdict: kept.verdict,
                    issues: vec![cover],
                }),
            }
        }
        publishers.sort_by_key(|publisher| std::cmp::Reverse(publisher.newest_day()));
        let came = Filter {
            visit: Some(visit_or_none(last_visit)),
            ..Filter::default()
        };
        Self {
            publishers,
            closed: library
                .closed()
                .iter()
                .map(|closed| closed.reason)
                .collect(),
            counts: index.counts().unwrap_or_default(),
            last_visit,
            fresh: index.count(&came).unwrap_or(0),
        }
    }

    /// How many issues there are.
    #[must_use]
    pub fn issues(&self) -> usize {
        self.publishers.iter().map(|it| it.issues.len()).sum()
    }

    /// An issue, by its manifest id.
    #[must_use]
    pub fn cover(&self, id: &Hash) -> Option<&Cover> {
        let mut covers = self.publishers.iter().flat_map(|it| &it.issues);
        covers.find(|cover| cover.id == *id)
    }

    /// Whether there is nothing to show, not even a closed file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.publishers.is_empty() && self.closed.is_empty()
    }
}

/// The visit to ask for: nothing came with none, and what came before visits were counted is not new.
#[must_use]
pub fn visit_or_none(last_visit: u32) -> u32 {
    if last_visit == 0 {
        u32::MAX
    } else {
        last_visit
    }
}

impl Publisher {
    fn newest_day(&self) -> u32 {
        let days = self.issues.iter().map(|cover| cover.facts.day);
        days.max().unwrap_or(0)
    }

    /// Unread articles in all its issues, as far as the index knows them.
    #[must_use]
    pub fn unread(&self) -> u32 {
        let unread = self.issues.iter().filter_map(|cover| cover.unread);
        unread.fold(0, u32::saturating_add)
    }

    /// Its issues, with the gaps between their numbers.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot<'_>> {
        let mut slots = Vec::new();
        let mut later: Option<&Facts> = None;
        for cover in &self.issues {
            let facts = &cover.facts;
            let of_one_row = |it: &&Facts| (&it.channel, it.epoch) == (&facts.channel, facts.epoch);
            if let Some(above) = later.filter(of_one_row)
                && above.number > facts.number.saturating_add(1)
            {
                slots.push(Slot::Gap(facts.number + 1, above.number - 1));
            }
            slots.push(Slot::Issue(cover));
            later = Some(facts);
        }
        slots
    }
}

/// Where to search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// On the shelf and in the file that is open.
    #[default]
    Everywhere,
    /// On the shelf.
    Shelf,
    /// In the file that is open, if it is not on the shelf.
    Open,
}

/// What is searched for, or listed if no word is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// As it was typed.
    pub text: String,
    /// Which articles.
    pub filter: Filter,
    /// Where.
    pub scope: Scope,
    /// Most hits that are read.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The best first; a list has the newest first.
    pub hits: Vec<Hit>,
    /// How many there are in all; a lower bound if `more` is set.
    pub total: usize,
    /// There are more than were counted.
    pub more: bool,
    /// Hits by section, the most first.
    pub sections: Vec<(String, usize)>,
    /// On the shelf, and in the file that is merely open.
    pub places: (usize, usize),
    /// Why nothing can be said.
    pub failed: Option<String>,
}

/// An article that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Manifest id of the issue that it is read from.
    pub issue: Hash,
    /// Its number in the catalog there, from 1.
    pub number: u32,
    /// Its name on the shelf.
    pub key: ArticleKey,
    /// Headline.
    pub title: String,
    /// Words of the question in it, in bytes.
    pub title_hits: Vec<Range<usize>>,
    /// The part of its text that fits best; none if it is not here or must not be shown.
    pub snippet: Option<Snippet>,
    /// Whose, and which issue.
    pub facts: Facts,
    /// Who says so.
    pub verdict: Verdict,
    /// Days since 1970-01-01.
    pub day: u32,
    /// Name of its section; may be empty.
    pub section: String,
    /// Whether it runs from right to left.
    pub rtl: bool,
    /// Read in its newest version.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// Corrections and retractions of it.
    pub marks: Vec<Mark>,
}

/// How far the words of the issues are in the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filling {
    /// Issues whose words are all there.
    pub done: usize,
    /// Issues in all.
    pub total: usize,
}

impl Filling {
    /// Whether something is still to come.
    #[must_use]
    pub fn is_going_on(self) -> bool {
        self.done < self.total
    }
}

/// How far a bundle is on its way to the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Another program changes the shelf.
    Waiting,
    /// So many bytes of so many are copied.
    Copying(u64, u64),
    /// So many bytes of so many are read back.
    Checking(u64, u64),
    /// It is on the shelf: as something new, or it was there already.
    Kept {
        /// Something of it was not there before.
        new: bool,
    },
    /// The reader stopped it; nothing of it was left behind.
    Cancelled,
    /// It is not on the shelf, and nothing of it was left behind.
    Failed(NotKept),
}

/// Why a bundle is not on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The disk has too little room: needed and free bytes.
    NoRoom(u64, u64),
    /// What was read back is not what was written.
    NotAsWritten,
    /// Its verdict does not let it be kept.
    Verdict(Verdict),
    /// The stick or file cannot be read.
    Unreadable(String),
    /// The disk refuses.
    Refused(String),
}

/// How far a bundle is on its way to a stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copying {
    /// So many bytes of so many are written.
    Writing(u64, u64),
    /// So many bytes of so many are read back.
    Reading(u64, u64),
    /// It is there, and what was read back is what was written.
    Done,
    /// It was there already, byte for byte.
    There,
    /// The reader stopped it; nothing of it was left behind.
    Cancelled,
    /// It is not there, and nothing of it was left behind.
    Failed(NotCopied),
}

/// Why a bundle is not on the stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCopied {
    /// The stick has too little room: needed and free bytes.
    NoRoom(u64, u64),
    /// The stick takes no file of this length.
    TooLarge,
    /// What was read back is not what was written.
    NotAsWritten,
    /// Another file has the name.
    Other,
    /// The system refuses.
    Refused(String),
}

/// How much of a kept issue is here, by its catalog.
#[must_use]
pub fn whole(whole: bool, here: u32, articles: u32) -> Whole {
    match here {
        _ if whole => Whole::Complete { articles },
        here if here < articles => Whole::Partial {
            whole: here,
            total: Some(articles),
        },
        _ => Whole::Listed,
    }
}
