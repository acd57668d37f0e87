//! What a reader did with articles: read, starred, stopped at, noted.
//!
//! In: what the reader does. Out: one encoding, kept in a file of two slots
//! ([`ReadingFile`](crate::ReadingFile)). It names an article by its publisher and its id,
//! so it is older and younger than any bundle: an article that comes again in a later issue
//! is still read, and a removed one is remembered. No time of day is in it, and no title.

use std::collections::BTreeMap;
use varaq_bundle::{ArticleId, Hash};
use varaq_cbor::{CborError, DEPTH, Reader, Writer, is_lines};
use varaq_trust::PublisherId;

/// First bytes of the encoding.
const MAGIC: &[u8] = b"varaq reading 1\n";
/// Longest note, in characters.
pub const NOTE_CHARACTERS: usize = 4_096;

/// An article, in whatever issues it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleKey {
    /// Whose.
    pub publisher: PublisherId,
    /// Which of theirs.
    pub article: ArticleId,
}

/// What the reader did with an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The version that was read; a later one is new again.
    pub read: Option<u64>,
    /// Starred; a higher number was starred later.
    pub star: Option<u64>,
    /// Where the reader stopped.
    pub position: Option<Position>,
    /// A note to oneself; ≤ [`NOTE_CHARACTERS`].
    pub note: String,
}

/// A place in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The paragraph at the top of the page, from 0.
    pub paragraph: u32,
    /// How much of the article lies before it, in thousandths.
    pub permille: u16,
}

/// What is remembered of a kept bundle file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The visit in which it came, from 1: what came together has the same number.
    pub visit: u32,
    /// Every piece was there and right when it was last checked.
    pub whole: bool,
}

/// Everything that a reader did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    statuses: BTreeMap<ArticleKey, Status>,
    arrivals: BTreeMap<Hash, Arrival>,
}

/// Why bytes are no reading state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadingError {
    /// They begin in another way.
    #[error("expected the first line `varaq reading 1`")]
    Header,
    /// They were cut short or changed.
    #[error("the checksum does not fit: it was cut short or changed")]
    Checksum,
    /// They break the encoding.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// Entries are out of order, or one comes twice.
    #[error("entries out of order")]
    Order,
}

impl Reading {
    /// What was done with an article; nothing, if it is not known.
    #[must_use]
    pub fn status(&self, key: &ArticleKey) -> Option<&Status> {
        self.statuses.get(key)
    }

    /// All articles with which something was done.
    pub fn statuses(&self) -> impl Iterator<Item = (&ArticleKey, &Status)> {
        self.statuses.iter()
    }

    /// Changes what was done with an article.
    pub fn change(&mut self, key: ArticleKey, change: impl FnOnce(&mut Status)) {
        let mut status = self.statuses.remove(&key).unwrap_or_default();
        change(&mut status);
        status.note = fitting(&status.note);
        if status != Status::default() {
            self.statuses.insert(key, status);
        }
    }

    /// Stars an article after all others, or takes the star away.
    pub fn star(&mut self, key: ArticleKey, starred: bool) {
        let last = self
            .statuses
            .values()
            .filter_map(|status| status.star)
            .max();
        let next = last.unwrap_or(0).saturating_add(1);
        self.change(key, |status| {
            status.star = starred.then(|| status.star.unwrap_or(next));
        });
    }

    /// When a bundle file came.
    #[must_use]
    pub fn arrival(&self, file: &Hash) -> Option<Arrival> {
        self.arrivals.get(file).copied()
    }

    /// The latest visit; 0 if nothing ever came.
    #[must_use]
    pub fn last_visit(&self) -> u32 {
        let visits = self.arrivals.values().map(|arrival| arrival.visit);
        visits.max().unwrap_or(0)
    }

    /// A bundle file came, or was checked again.
    pub fn arrived(&mut self, file: Hash, arrival: Arrival) {
        self.arrivals.insert(file, arrival);
    }

    /// A bundle file was removed.
    pub fn left(&mut self, file: &Hash) {
        self.arrivals.remove(file);
    }

    /// Forgets all that was done with the articles of a publisher.
    pub fn forget(&mut self, publisher: &PublisherId) {
        self.statuses.retain(|key, _| key.publisher != *publisher);
    }

    /// The one encoding.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.array(2);
        self.write_statuses(&mut out);
        out.array(self.arrivals.len());
        for (file, arrival) in &self.arrivals {
            out.array(3).bytes(&file.0);
            out.uint(arrival.visit.into()).uint(arrival.whole.into());
        }
        [MAGIC, &out.into_bytes()].concat()
    }

    /// Per publisher, so that an article costs its own eight bytes and little more.
    fn write_statuses(&self, out: &mut Writer) {
        let mut groups: BTreeMap<PublisherId, Vec<(&ArticleKey, &Status)>> = BTreeMap::new();
        for (key, status) in &self.statuses {
            groups.entry(key.publisher).or_default().push((key, status));
        }
        out.array(groups.len());
        for (publisher, entries) in groups {
            out.array(2).bytes(&publisher.0).array(entries.len());
            for (key, status) in entries {
                out.array(6).bytes(&key.article.0);
                out.uint(status.read.unwrap_or(0));
                out.uint(status.star.unwrap_or(0));
                let position = status.position.map_or((0, 0), |position| {
                    (u64::from(position.paragraph) + 1, position.permille)
                });
                out.uint(position.0).uint(position.1.into());
                out.text(&status.note);
            }
        }
    }

    /// From its encoding.
    ///
    /// # Errors
    /// If the bytes are anything else.
    pub fn decode(bytes: &[u8]) -> Result<Reading, ReadingError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(ReadingError::Header)?;
        let mut reader = Reader::new(body, DEPTH);
        reader.array_of(2)?;
        let mut reading = Reading::default();
        for _ in 0..reader.array()? {
            reader.array_of(2)?;
            let publisher = PublisherId(reader.fixed("publisher")?);
            for _ in 0..reader.array()? {
                let (article, status) = read_status(&mut reader)?;
                let key = ArticleKey { publisher, article };
                in_order(reading.statuses.last_key_value(), &key)?;
                reading.statuses.insert(key, status);
            }
        }
        for _ in 0..reader.array()? {
            reader.array_of(3)?;
            let file = Hash(reader.fixed("file")?);
            in_order(reading.arrivals.last_key_value(), &file)?;
            let arrival = Arrival {
                visit: small(&mut reader, u32::MAX.into(), "visit")?,
                whole: reader.uint_in(0..=1, "whole")? == 1,
            };
            reading.arrivals.insert(file, arrival);
        }
        reader.finish()?;
        Ok(reading)
    }
}

/// What of a note the encoding can hold: no controls, and not without end.
fn fitting(note: &str) -> String {
    let allowed = note
        .chars()
        .filter(|c| is_lines(c.encode_utf8(&mut [0; 4])));
    allowed.take(NOTE_CHARACTERS).collect()
}

fn in_order<K: Ord, V>(last: Option<(&K, &V)>, key: &K) -> Result<(), ReadingError> {
    match last {
        Some((last, _)) if last >= key => Err(ReadingError::Order),
        _ => Ok(()),
    }
}

fn read_status(reader: &mut Reader<'_>) -> Result<(ArticleId, Status), ReadingError> {
    reader.array_of(6)?;
    let article = ArticleId(reader.fixed("article")?);
    let read = reader.uint()?;
    let star = reader.uint()?;
    let paragraph = reader.uint_in(0..=u64::from(u32::MAX) + 1, "paragraph")?;
    let permille = small(reader, 1_000, "permille")?;
    let position = paragraph.checked_sub(1).map(|paragraph| Position {
        paragraph: u32::try_from(paragraph).unwrap_or(u32::MAX),
        permille,
    });
    let status = Status {
        read: (read > 0).then_some(read),
        star: (star > 0).then_some(star),
        position,
        note: reader.lines()?.to_owned(),
    };
    Ok((article, status))
}

fn small<T: TryFrom<u64> + Default>(
    reader: &mut Reader<'_>,
    most: u64,
    what: &'static str,
) -> Result<T, CborError> {
    let value = reader.uint_in(0..=most, what)?;
    Ok(T::try_from(value).unwrap_or_default())
}
