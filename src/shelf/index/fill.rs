//! Reading an issue's words into the index, in small steps between which a search may run.

use super::{Index, IndexError, common, visits};
use crate::kept::{Issue, Kept};
use crate::reading::{Reading, Status};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Transaction, params};
use std::ops::ControlFlow;
use varaq_article::{decode, fold, plain_text};
use varaq_bundle::Entry;

/// Encoded bytes of articles in a step. The words of two steps are in memory at once.
const STEP_BYTES: u64 = 16 << 20;
/// The same for an index in memory, where a search waits for a step, and memory is what there is too little of.
const STEP_BYTES_IN_MEMORY: u64 = 2 << 20;
/// Most articles of a step.
const STEP_ARTICLES: usize = 2_048;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FillProgress {
    /// Articles looked at.
    pub done: u32,
    /// Articles of the issue.
    pub total: u32,
}

/// What an issue has brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Articles that were in no issue before.
    pub new: u32,
    /// Later versions of articles that were.
    pub changed: u32,
    /// Articles that another issue has as new as this one.
    pub known: u32,
    /// Articles whose text cannot be read; their titles are in the index.
    pub unreadable: u32,
    /// Articles of which only the title is in the index, because it is full.
    pub titles_only: u32,
}

/// An article, ready to be written.
struct Prepared {
    number: u32,
    entry: Entry,
    section: String,
    /// Row that an earlier version has.
    earlier: Option<i64>,
    words: Words,
}

/// The folded words of an article, by column.
#[derive(Default)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) joined: String,
    pub(super) body: String,
    unreadable: bool,
    title_only: bool,
}

/// What the index holds of an article already.
enum Known {
    No,
    Earlier(i64),
    AsNew(i64),
}

impl Index {
    /// Reads the words of an issue, from where an earlier call stopped. `reading` tells what
    /// was read and starred before.
    ///
    /// # Errors
    /// [`IndexError::Cancelled`] if `progress` says so; what was read is kept.
    pub fn fill(
        &self,
        kept: &Kept,
        issue: &Issue,
        reading: &Reading,
        progress: &mut dyn FnMut(FillProgress) -> ControlFlow<()>,
    ) -> Result<Filled, IndexError> {
        let Some(done) = self.unfilled(&kept.id())?.filter(|_| !self.read_only) else {
            return Ok(Filled::default());
        };
        let front = issue.front().ok();
        let sections = front.as_ref().map_or(&[][..], |front| &front.sections);
        let total = front.as_ref().map_or(0, |front| front.article_count);
        let mut filled = Filled::default();
        let mut entries = issue
            .entries()
            .flatten()
            .filter(|(number, _)| *number > done);
        let source = Source {
            kept,
            issue,
            sections,
        };
        let mut ready = self.prepare(&source, self.step(&mut entries))?;
        while let Some(done) = ready.last {
            // What is known of the next step is asked before this one is written: no article is in both.
            let next = self.step(&mut entries);
            let known = self.known(kept, &next)?;
            let full = self.is_full();
            let (next, written) = rayon::join(
                || source.prepare(next, known, full),
                || self.write_step(&source, reading, &ready, &mut filled),
            );
            written?;
            ready = next;
            if progress(FillProgress { done, total }).is_break() {
                return Err(IndexError::Cancelled);
            }
        }
        let mut connection = self.lock();
        let work = connection.transaction()?;
        work.execute(
            "UPDATE issue SET complete = 1 WHERE manifest = ?1",
            [&kept.id().0],
        )?;
        visits(&work, &kept.id())?;
        work.commit()?;
        Ok(filled)
    }

    fn prepare(&self, source: &Source<'_>, step: Vec<(u32, Entry)>) -> Result<Ready, IndexError> {
        let known = self.known(source.kept, &step)?;
        Ok(source.prepare(step, known, self.is_full()))
    }

    fn write_step(
        &self,
        source: &Source<'_>,
        reading: &Reading,
        ready: &Ready,
        filled: &mut Filled,
    ) -> Result<(), IndexError> {
        let kept = source.kept;
        let mut connection = self.lock();
        let work = connection.transaction()?;
        let at: i64 = work.query_row(
            "SELECT id FROM issue WHERE manifest = ?1",
            [&kept.id().0],
            |row| row.get(0),
        )?;
        // All rows first and all words after them: a row's statement may have to be undone alone, and before such a
        // one FTS5 writes out whatever words it has gathered.
        let mut rows = Vec::with_capacity(ready.articles.len());
        for article in &ready.articles {
            let status = reading.status(&kept.key(article.entry.id));
            rows.push(row(&work, kept, at, article, status)?);
        }
        for (number, entry, row) in &ready.same {
            place(&work, at, *number, *row, entry.version)?;
            filled.known = filled.known.saturating_add(1);
        }
        let articles = ready.articles.iter();
        common::note(&work, at, articles.map(|it| (it.number, &it.words)))?;
        work.prepare_cached("UPDATE issue SET done = ?2 WHERE id = ?1")?
            .execute(params![at, ready.last.unwrap_or(0)])?;
        for (article, row) in ready.articles.iter().zip(rows) {
            words_of(&work, row, article)?;
            count(filled, article);
            self.spend(article.words.body.len() as u64);
        }
        work.commit()?;
        Ok(())
    }

    /// The next articles, few enough to be handled at once.
    fn step(&self, entries: &mut impl Iterator<Item = (u32, Entry)>) -> Vec<(u32, Entry)> {
        let most = match self.beside {
            Some(_) => STEP_BYTES,
            None => STEP_BYTES_IN_MEMORY,
        };
        let mut step = Vec::new();
        let mut bytes = 0u64;
        while step.len() < STEP_ARTICLES && bytes < most {
            let Some((number, entry)) = entries.next() else {
                break;
            };
            bytes = bytes.saturating_add(entry.span.len);
            step.push((number, entry));
        }
        step
    }

    fn known(&self, kept: &Kept, step: &[(u32, Entry)]) -> Result<Vec<Known>, IndexError> {
        let connection = self.lock();
        let mut find = connection.prepare_cached(
            "SELECT id, version FROM article
             WHERE article = ?2 AND publisher = (SELECT id FROM publisher WHERE key = ?1)",
        )?;
        let mut known = |entry: &Entry| -> rusqlite::Result<Known> {
            let row: Option<(i64, i64)> = find
                .query_row(params![kept.publisher().0, entry.id.0], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            Ok(match row {
                None => Known::No,
                Some((row, version)) if version >= number(entry.version) => Known::AsNew(row),
                Some((row, _)) => Known::Earlier(row),
            })
        };
        Ok(step
            .iter()
            .map(|(_, entry)| known(entry))
            .collect::<rusqlite::Result<_>>()?)
    }
}

/// Where articles are read from.
struct Source<'a> {
    kept: &'a Kept,
    issue: &'a Issue,
    sections: &'a [String],
}

/// A step, ready to be written.
struct Ready {
    articles: Vec<Prepared>,
    /// Articles that another issue has as new as this one, by their rows.
    same: Vec<(u32, Entry, i64)>,
    /// The last article of the step; none if it is empty.
    last: Option<u32>,
}

impl Source<'_> {
    /// Reads and folds the articles of a step, on all cores.
    fn prepare(&self, step: Vec<(u32, Entry)>, known: Vec<Known>, full: bool) -> Ready {
        let last = step.last().map(|(number, _)| *number);
        let (mut fresh, mut same) = (Vec::new(), Vec::new());
        for ((number, entry), known) in step.into_iter().zip(known) {
            match known {
                Known::AsNew(row) => same.push((number, entry, row)),
                Known::Earlier(row) => fresh.push((number, entry, Some(row))),
                Known::No => fresh.push((number, entry, None)),
            }
        }
        let article = |(number, entry, earlier)| self.article(number, entry, earlier, full);
        Ready {
            articles: fresh.into_par_iter().map(article).collect(),
            same,
            last,
        }
    }

    fn article(&self, number: u32, entry: Entry, earlier: Option<i64>, full: bool) -> Prepared {
        let section = self.sections.get(entry.section as usize).cloned();
        Prepared {
            number,
            section: section.unwrap_or_default(),
            earlier,
            words: words(self.issue, &entry, full),
            entry,
        }
    }
}

/// Folds title and text. What cannot be read, or has no room, leaves its title.
fn words(issue: &Issue, entry: &Entry, full: bool) -> Words {
    let mut words = Words::default();
    push(&entry.title, &mut words.title, &mut words.joined);
    push(&entry.byline, &mut words.body, &mut words.joined);
    if full {
        words.title_only = true;
        return words;
    }
    let bytes = issue.article_bytes(entry).ok();
    match bytes.and_then(|bytes| decode(&bytes).ok()) {
        Some(article) => push(&plain_text(&article), &mut words.body, &mut words.joined),
        None => words.unreadable = true,
    }
    words
}

/// Adds the words of a text, and the joined form of those that a joiner splits.
fn push(text: &str, split: &mut String, joined: &mut String) {
    fold::words(text, |_, parts| {
        split.push_str(parts);
        split.push(' ');
        if parts.contains(' ') {
            joined.extend(parts.chars().filter(|c| *c != ' '));
            joined.push(' ');
        }
    });
}

/// Writes what lists show of an article; its row comes back.
fn row(
    work: &Transaction<'_>,
    kept: &Kept,
    issue: i64,
    article: &Prepared,
    status: Option<&Status>,
) -> rusqlite::Result<i64> {
    let entry = &article.entry;
    let done = |value: Option<u64>| number(value.unwrap_or(0));
    let (read, star) = status.map_or((0, 0), |status| (done(status.read), done(status.star)));
    let row: i64 = work
        .prepare_cached(
            "INSERT INTO article
               (publisher, article, version, issue, number, language, section, day, visit, read, star)
             SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM publisher WHERE key = ?1
             ON CONFLICT (publisher, article) DO UPDATE SET
               version = excluded.version, issue = excluded.issue, number = excluded.number,
               language = excluded.language, section = excluded.section, day = excluded.day,
               visit = excluded.visit
             RETURNING id",
        )?
        .query_row(
            params![
                kept.publisher().0,
                entry.id.0,
                number(entry.version),
                issue,
                article.number,
                entry.language,
                article.section,
                entry.day.0,
                kept.visit,
                read,
                star
            ],
            |row| row.get(0),
        )?;
    place(work, issue, article.number, row, entry.version)?;
    Ok(row)
}

/// Puts the words of an article into the place of those that an earlier version had.
fn words_of(work: &Transaction<'_>, row: i64, article: &Prepared) -> rusqlite::Result<()> {
    if let Some(row) = article.earlier {
        work.prepare_cached("DELETE FROM words WHERE rowid = ?1")?
            .execute([row])?;
    }
    let words = &article.words;
    work.prepare_cached("INSERT INTO words (rowid, title, joined, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, words.title, words.joined, words.body])?;
    Ok(())
}

/// Notes that an issue holds an article.
fn place(
    work: &Transaction<'_>,
    issue: i64,
    at: u32,
    article: i64,
    version: u64,
) -> rusqlite::Result<()> {
    work.prepare_cached("INSERT OR REPLACE INTO place VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![issue, at, article, number(version)])?;
    Ok(())
}

fn count(filled: &mut Filled, article: &Prepared) {
    let counter = match article.earlier {
        None => &mut filled.new,
        Some(_) => &mut filled.changed,
    };
    *counter = counter.saturating_add(1);
    filled.unreadable = filled
        .unreadable
        .saturating_add(article.words.unreadable.into());
    filled.titles_only = filled
        .titles_only
        .saturating_add(article.words.title_only.into());
}

/// SQLite's integers are signed; a version above that is as new as any.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
