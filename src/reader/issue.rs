//! What the window knows of a file: plain values that workers send and screens draw.
//!
//! Names and numbers of a file are only here when its verdict is valid: [`Facts`] of a forged file cannot be drawn
//! because there are none.
use crate::words::Language;
use varaq_article::Article;
use varaq_bundle::IssueName;
use varaq_bundle::{Hash, Notice, NoticeKind};
use varaq_shelf::{ArticleKey, Position};
use varaq_trust::{Code, Line, PublisherId, Verdict};

/// A file after its check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// File name as the folder gives it.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Who says so.
    pub verdict: Verdict,
    /// Good and required signatures, where that is the matter.
    pub signatures: Option<(u32, u32)>,
    /// Who, which, when. `None` unless the verdict is valid.
    pub facts: Option<Facts>,
    /// How much of it is here.
    pub whole: Whole,
    /// Bytes that belong to nothing were found.
    pub extra_bytes: bool,
    /// What is said beside the verdict because of what was met before, in the order of FORMAT.md 7.
    pub lines: Vec<Line>,
    /// The trusted publisher whose name is one letter from this one's.
    pub resembled: Option<String>,
}

/// What a valid issue says of itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What the publisher calls itself, by language tag; claims, unless it is pinned.
    pub names: Vec<(String, String)>,
    /// What the reader calls it, when that is none of its own names.
    pub pet_name: Option<String>,
    /// Who, for the comparison of codes and for a pin.
    pub id: PublisherId,
    /// Channel that it belongs to.
    pub channel: String,
    /// Epoch of its keys.
    pub epoch: u32,
    /// Number of the issue.
    pub number: u32,
    /// Days since 1970-01-01.
    pub day: u32,
    /// The publisher's code: stretched when a screen shows it, not when a file is opened.
    pub code: Stretched,
}

/// A publisher's code, which takes 64 MiB and some tenths of a second.
#[derive(Clone, Copy, Debug, Default)]
pub enum Stretched {
    /// Nobody asked, or a worker is at it.
    #[default]
    NotYet,
    /// Here it is.
    Done(Code),
    /// This PC lacks the memory.
    NoMemory,
}

impl Facts {
    /// What a judged issue says of itself.
    #[must_use]
    pub fn of(facts: &varaq_trust::Facts) -> Self {
        let names = facts.publisher.names.iter();
        Self {
            pet_name: pet_name(facts),
            names: names
                .map(|name| (name.language.clone(), name.name.clone()))
                .collect(),
            id: facts.publisher.id,
            channel: facts.issue.channel.clone(),
            epoch: facts.issue.epoch,
            number: facts.issue.number,
            day: facts.issue.day.0,
            code: Stretched::NotYet,
        }
    }

    /// The publisher's name in the reader's language, else its first one.
    #[must_use]
    pub fn publisher(&self, language: Language) -> &str {
        match &self.pet_name {
            Some(name) => name,
            None => self.own_name(language),
        }
    }

    /// What the publisher calls itself in the reader's language, else its first name.
    #[must_use]
    pub fn own_name(&self, language: Language) -> &str {
        let spoken = self
            .names
            .iter()
            .find(|(tag, _)| Language::from_tag(tag) == Some(language));
        spoken
            .or(self.names.first())
            .map(|(_, name)| name.as_str())
            .unwrap_or_default()
    }

    /// The issue as notices name it.
    #[must_use]
    pub fn issue(&self) -> IssueName {
        IssueName {
            channel: self.channel.clone(),
            epoch: self.epoch,
            number: self.number,
        }
    }
}

/// What the reader calls a publisher, when that is none of the names it gives itself.
fn pet_name(facts: &varaq_trust::Facts) -> Option<String> {
    let name = &facts.publisher.pin.as_ref()?.name;
    let own = facts.publisher.names.iter().any(|own| own.name == *name);
    (!own).then(|| name.clone())
}

/// How much of the issue is in this copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whole {
    /// Nothing was read yet; every piece is listed, or the reader did not wait.
    #[default]
    Listed,
    /// Every byte is right.
    Complete {
        /// Articles.
        articles: u32,
    },
    /// Pieces are not in this copy.
    Partial {
        /// Articles that can be read.
        whole: u32,
        /// Articles of the issue, when its front could be read.
        total: Option<u32>,
    },
    /// Pieces are wrong.
    Damaged {
        /// How many parts are wrong.
        parts: u32,
        /// Articles that can be read.
        whole: u32,
        /// Articles of the issue, when its front could be read.
        total: Option<u32>,
    },
}

impl Checked {
    /// The face of the sheet: a genuine copy that is not whole looks incomplete, whoever signed it.
    #[must_use]
    pub fn face(&self) -> crate::face::Face {
        match &self.whole {
            Whole::Partial { .. } if self.verdict.shows_content() => crate::face::Face::PARTIAL,
            Whole::Damaged { .. } if self.verdict.shows_content() => crate::face::Face::DAMAGED,
            _ => crate::face::Face::of(self.verdict),
        }
    }
}

/// The front page.
#[derive(Clone, Debug, Default)]
pub struct FrontPage {
    /// Manifest id.
    pub issue: Option<Hash>,
    /// Title of the issue; empty when the publisher gave none.
    pub title: String,
    /// Names of sections.
    pub sections: Vec<String>,
    /// Index of the lead in `entries`.
    pub lead: Option<usize>,
    /// Whether the issue's own language runs from right to left.
    pub rtl: bool,
    /// Articles in catalog order.
    pub entries: Vec<Entry>,
}

/// An article on the front page.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// 1-based, catalog order.
    pub number: u32,
    /// Headline.
    pub title: String,
    /// Who wrote it; may be empty.
    pub byline: String,
    /// Index into the sections.
    pub section: usize,
    /// Language tag.
    pub language: String,
    /// Whether it runs from right to left.
    pub rtl: bool,
    /// Days since 1970-01-01.
    pub day: u32,
    /// Words, for the reading time.
    pub words: u64,
    /// Pictures: width and height by media index; `None` for attachments.
    pub media: Vec<Option<[u32; 2]>>,
    /// Whether its text is in this copy.
    pub here: bool,
    /// Corrections and retractions of it, in the order of their days.
    pub marks: Vec<Mark>,
    /// Its name among all articles; `None` for a page that was made by hand.
    pub key: Option<ArticleKey>,
    /// Its version: a later one is unread again.
    pub version: u64,
    /// Read in this version.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// Where the reader stopped in it.
    pub stopped: Option<Position>,
}

/// A correction or retraction of an article, in all languages that it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it says about the article.
    pub kind: NoticeKind,
    /// Days since 1970-01-01, as the publisher says.
    pub day: u32,
    /// Language tag and text; at least one.
    pub texts: Vec<(String, String)>,
}

impl Mark {
    /// Notices about one article, translations of each other in one mark.
    pub fn of<'n>(notices: impl IntoIterator<Item = &'n Notice>) -> Vec<Self> {
        let mut marks: Vec<Self> = Vec::new();
        for notice in notices {
            let text = (notice.language.clone(), notice.text.clone());
            let same = |mark: &&mut Self| {
                let said = mark.texts.iter().any(|(tag, _)| *tag == notice.language);
                mark.kind == notice.kind && mark.day == notice.day.0 && !said
            };
            match marks.iter_mut().find(same) {
                Some(mark) => mark.texts.push(text),
                None => marks.push(Self {
                    kind: notice.kind,
                    day: notice.day.0,
                    texts: vec![text],
                }),
            }
        }
        marks
    }

    /// Whether the article was taken back because it endangers somebody.
    #[must_use]
    pub fn is_harm(&self) -> bool {
        self.kind == NoticeKind::Harm
    }

    /// Key of the word for it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.kind {
            NoticeKind::Correction => "mark-corrected",
            NoticeKind::Retraction => "mark-retracted",
            NoticeKind::Harm => "mark-harm",
        }
    }

    /// The text in the reader's language, else in the article's, else the first: tag and text.
    #[must_use]
    pub fn text(&self, language: Language, article: &str) -> (&str, &str) {
        let in_language = |tag: &str| Language::from_tag(tag) == Some(language);
        let spoken = self.texts.iter().find(|(tag, _)| in_language(tag));
        let own = || self.texts.iter().find(|(tag, _)| tag == article);
        let chosen = spoken.or_else(own).or(self.texts.first());
        chosen.map_or(("", ""), |(tag, text)| (tag.as_str(), text.as_str()))
    }
}

impl Entry {
    /// Reading time in minutes, at least one: 200 words a minute.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        self.words.div_ceil(200).max(1)
    }

    /// Whether its publisher took it back because it endangers somebody.
    #[must_use]
    pub fn is_harmful(&self) -> bool {
        self.marks.iter().any(Mark::is_harm)
    }

    /// How many pictures it has.
    #[must_use]
    pub fn pictures(&self) -> u64 {
        self.media
            .iter()
            .flatten()
            .count()
            .try_into()
            .unwrap_or(u64::MAX)
    }
}

/// An article that was asked for.
#[derive(Clone, Debug)]
pub enum Story {
    /// Its text.
    Here(Article),
    /// Its pieces are not in this copy.
    Missing,
    /// Its pieces are wrong.
    Damaged,
    /// Its bytes break the rules of FORMAT.md 5.3.
    Odd,
}

/// A picture that was asked for.
#[derive(Clone)]
pub enum Picture {
    /// Decoded, at most as large as a screen needs.
    Here(eframe::egui::ColorImage),
    /// Not in this copy.
    Missing,
    /// Its bytes are wrong, or no picture.
    Damaged,
    /// Larger than the limits of the program.
    TooLarge,
}
