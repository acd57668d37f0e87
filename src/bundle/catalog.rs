//! Catalog pages: the list of articles (FORMAT.md section 5.2).

use crate::manifest::number;
use crate::{Day, Limits, Medium, Span};
use std::collections::HashSet;
use std::{fmt, str};
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Most entries of a page.
pub(crate) const PAGE_ENTRIES: usize = 1_024;

/// Names an article for ever: in its issue, in later versions of it, in links and notices.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub [u8; 8]);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Sixteen hex digits, as [`ArticleId`] is displayed.
impl str::FromStr for ArticleId {
    type Err = NotAnArticleId;

    fn from_str(text: &str) -> Result<ArticleId, NotAnArticleId> {
        if text.len() != 16 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAnArticleId);
        }
        u64::from_str_radix(text, 16)
            .map(|id| ArticleId(id.to_be_bytes()))
            .map_err(|_| NotAnArticleId)
    }
}

/// A text is not an article id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 16 hex digits")]
pub struct NotAnArticleId;

/// The direction of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As in English.
    LeftToRight,
    /// As in Persian.
    RightToLeft,
}

/// What the catalog says about an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique in the issue.
    pub id: ArticleId,
    /// From 1; a later version replaces an earlier one.
    pub version: u64,
    /// Translations of one piece share it.
    pub group: Option<[u8; 8]>,
    /// 1-512 characters.
    pub title: String,
    /// ≤ 256 characters.
    pub byline: String,
    /// Index into FRONT's sections.
    pub section: u32,
    /// Language tag (BCP 47).
    pub language: String,
    /// Direction of the text.
    pub direction: Direction,
    /// Day of the article, as the publisher says.
    pub day: Day,
    /// Number of words, for the reading time.
    pub words: u64,
    /// Where the text lies.
    pub span: Span,
    /// Pictures and attachments, ≤ 1,024.
    pub media: Vec<Medium>,
    /// ≤ 256 bytes; ignored.
    pub extras: Vec<u8>,
}

impl Entry {
    pub(crate) fn read(reader: &mut Reader<'_>, limits: &Limits) -> Result<Entry, CborError> {
        reader.array_of(13)?;
        let id = ArticleId(reader.fixed("article id")?);
        let version = reader.uint_in(1..=u64::MAX, "version")?;
        let group = if reader.is_null() {
            reader.null()?;
            None
        } else {
            Some(reader.fixed("group")?)
        };
        let title = reader.text_in(1..=512, "title")?.to_owned();
        let byline = reader.text_in(0..=256, "byline")?.to_owned();
        let section = number(reader, 0..=255, "section")?;
        let language = read_language(reader)?;
        let direction = match reader.uint_in(0..=1, "direction")? {
            0 => Direction::LeftToRight,
            _ => Direction::RightToLeft,
        };
        let day = Day(number(reader, 0..=u64::from(Day::LAST.0), "day")?);
        let words = reader.uint()?;
        let span = Span::read(reader, limits.article_bytes)?;
        let len = reader.array_in(0..=1_024, "media")?;
        let mut media = Vec::new();
        for _ in 0..len {
            media.push(Medium::read(reader, limits.medium_bytes)?);
        }
        let extras = reader.bytes_in(0..=256, "extras")?.to_vec();
        Ok(Entry {
            id,
            version,
            group,
            title,
            byline,
            section,
            language,
            direction,
            day,
            words,
            span,
            media,
            extras,
        })
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.array(13).bytes(&self.id.0).uint(self.version);
        match &self.group {
            None => writer.null(),
            Some(group) => writer.bytes(group),
        };
        writer
            .text(&self.title)
            .text(&self.byline)
            .uint(self.section.into())
            .text(&self.language);
        writer.uint(if self.direction == Direction::LeftToRight {
            0
        } else {
            1
        });
        writer.uint(self.day.0.into()).uint(self.words);
        self.span.write(writer);
        writer.array(self.media.len());
        for medium in &self.media {
            medium.write(writer);
        }
        writer.bytes(&self.extras);
    }
}

/// Reads a language tag: 1-35 of `A-Z a-z 0-9 -`.
pub(crate) fn read_language(reader: &mut Reader<'_>) -> Result<String, CborError> {
    let at = reader.position();
    let tag = reader.text_in(1..=35, "language")?;
    if !tag
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err(CborError::Range {
            at,
            what: "language",
        });
    }
    Ok(tag.to_owned())
}

/// Decodes a catalog page. What needs FRONT or TABLE (sections, the end of spans) is for
/// the caller to check.
///
/// # Errors
/// If a rule of FORMAT.md section 5.2 is broken, or an id is there twice.
pub fn decode_catalog_page(bytes: &[u8], limits: &Limits) -> Result<Vec<Entry>, CborError> {
    let mut reader = Reader::new(bytes, DEPTH);
    let len = reader.array_in(1..=PAGE_ENTRIES, "catalog page")?;
    let mut entries = Vec::new();
    let mut ids = HashSet::new();
    for _ in 0..len {
        let at = reader.position();
        let entry = Entry::read(&mut reader, limits)?;
        if !ids.insert(entry.id) {
            return Err(CborError::Range {
                at,
                what: "article id",
            });
        }
        entries.push(entry);
    }
    reader.finish()?;
    Ok(entries)
}

/// Encodes a catalog page.
#[must_use]
pub fn encode_catalog_page(entries: &[Entry]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(entries.len());
    for entry in entries {
        entry.write(&mut writer);
    }
    writer.into_bytes()
}
