//! Which articles hold a word: FTS5 over the folded words of all issues on the shelf.
//!
//! In: issues that the trust layer gave out. Out: [`Row`]s, which say where an article
//! lies. What is shown of it is read from its bundle, so this file is never believed, and it
//! can be made anew from the bundles at any time. On the host's disk it is one SQLite
//! database; everywhere else it is in memory (SQLite on a stick that loses power is a
//! database that cannot be read).

mod common;
mod fill;
mod filter;
mod find;
mod query;
mod schema;

pub use fill::{FillProgress, Filled};
pub use filter::Filter;
pub use find::{Counts, Found, Row};

use crate::kept::Kept;
use crate::reading::{ArticleKey, Reading, Status};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use varaq_bundle::Hash;

/// Most bytes of words in memory; the index of them takes about half as much.
const MEMORY_BYTES: u64 = 96 << 20;

/// The index.
#[derive(Debug)]
pub struct Index {
    /// Searches the same file, so that they wait for no step of filling. One in memory has no second way in. It is
    /// closed first: the connection that is closed last puts everything into the file, and this one may not write.
    beside: Option<Mutex<Connection>>,
    connection: Mutex<Connection>,
    /// Another program fills it.
    read_only: bool,
    /// Bytes of words that it takes yet; of what comes later only titles are put in.
    room: AtomicU64,
}

/// Why the index does not answer. It can always be made anew.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// What SQLite says.
    #[error("the index of the shelf does not answer")]
    Sqlite(#[from] rusqlite::Error),
    /// It names an article that is not where it says.
    #[error("the index of the shelf is not that of its bundles")]
    Wrong,
    /// The caller stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl Index {
    /// An index that no file knows of.
    ///
    /// # Errors
    /// If there is not enough memory.
    pub fn in_memory() -> Result<Index, IndexError> {
        Ok(Index::new(schema::in_memory()?, false, MEMORY_BYTES))
    }

    /// The index of a file, made if it is not there.
    ///
    /// # Errors
    /// If the disk refuses, or the file is damaged, of another version, or not ours.
    pub(crate) fn of_file(path: &Path) -> Result<Index, IndexError> {
        let connection = schema::open(path)?;
        let beside = schema::open_beside(path)?;
        Ok(Index {
            beside: Some(Mutex::new(beside)),
            ..Index::new(connection, false, u64::MAX)
        })
    }

    /// The index of a file that another program fills.
    ///
    /// # Errors
    /// As [`Index::of_file`].
    pub(crate) fn of_file_read_only(path: &Path) -> Result<Index, IndexError> {
        Ok(Index::new(schema::open_read_only(path)?, true, u64::MAX))
    }

    fn new(connection: Connection, read_only: bool, room: u64) -> Index {
        Index {
            connection: Mutex::new(connection),
            beside: None,
            read_only,
            room: AtomicU64::new(room),
        }
    }

    /// Takes no more texts than this, as an index in memory does with 96 MiB of words.
    #[must_use]
    pub fn with_room(self, bytes: u64) -> Index {
        Index {
            room: AtomicU64::new(bytes),
            ..self
        }
    }

    /// Whether it takes titles only from now on: an old PC has no memory for more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.room.load(Ordering::Relaxed) == 0
    }

    /// Takes so many bytes from the room that is left.
    fn spend(&self, bytes: u64) {
        let spend = |room: u64| Some(room.saturating_sub(bytes));
        let _ = self
            .room
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend);
    }

    /// A lock that a panicking thread held is still good: its transaction is rolled back.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that only reads.
    fn reading(&self) -> MutexGuard<'_, Connection> {
        let connection = self.beside.as_ref().unwrap_or(&self.connection);
        connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another program fills it, so that this one changes nothing.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Forgets every issue but these, and notes those that are new; their words come with
    /// [`Index::fill`].
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn keep_only<'a>(
        &self,
        kept: impl IntoIterator<Item = &'a Kept>,
    ) -> Result<(), IndexError> {
        if self.read_only {
            return Ok(());
        }
        let mut connection = self.lock();
        let work = connection.transaction()?;
        work.execute_batch("CREATE TEMP TABLE IF NOT EXISTS present (manifest BLOB PRIMARY KEY) WITHOUT ROWID; DELETE FROM present")?;
        for issue in kept {
            note(&work, issue)?;
        }
        let gone: Vec<i64> = {
            let mut gone = work.prepare(
                "SELECT id FROM issue WHERE manifest NOT IN (SELECT manifest FROM present)",
            )?;
            let rows = gone.query_map([], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        for issue in gone {
            forget(&work, issue)?;
        }
        work.commit()?;
        Ok(())
    }

    /// Overwrites the words of issues that were forgotten. FTS5 only marks them as gone until it writes their list anew:
    /// with their places they would tell the text to whoever reads the file.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn overwrite_forgotten(&self) -> Result<(), IndexError> {
        if self.read_only || self.beside.is_none() {
            return Ok(());
        }
        let connection = self.lock();
        connection.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
        // The log holds the pages as they were.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// How many articles of an issue are in the index; `None` once all are.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn unfilled(&self, issue: &Hash) -> Result<Option<u32>, IndexError> {
        let connection = self.lock();
        let mut found =
            connection.prepare_cached("SELECT done, complete FROM issue WHERE manifest = ?1")?;
        let found: Option<(u32, bool)> = found
            .query_row([&issue.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(match found {
            Some((_, true)) => None,
            Some((done, false)) => Some(done),
            None => Some(0),
        })
    }

    /// What the reader did with an article, so that lists of unread and starred ones are right.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn set_status(&self, key: &ArticleKey, status: &Status) -> Result<(), IndexError> {
        if self.read_only {
            return Ok(());
        }
        Ok(set_status(&self.lock(), key, status)?)
    }

    /// As [`Index::set_status`], for all articles.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn set_reading(&self, reading: &Reading) -> Result<(), IndexError> {
        if self.read_only {
            return Ok(());
        }
        let mut connection = self.lock();
        let work = connection.transaction()?;
        work.execute(
            "UPDATE article SET read = 0, star = 0 WHERE read != 0 OR star != 0",
            [],
        )?;
        for (key, status) in reading.statuses() {
            set_status(&work, key, status)?;
        }
        work.commit()?;
        Ok(())
    }
}

/// Notes an issue that is on the shelf.
fn note(work: &Transaction<'_>, issue: &Kept) -> rusqlite::Result<()> {
    let manifest = issue.id();
    work.prepare_cached("INSERT OR IGNORE INTO present VALUES (?1)")?
        .execute([&manifest.0])?;
    work.prepare_cached("INSERT OR IGNORE INTO publisher (key) VALUES (?1)")?
        .execute([&issue.publisher().0])?;
    let files = files(issue);
    other_files(work, &manifest, &files)?;
    let added = work
        .prepare_cached(
            "INSERT OR IGNORE INTO issue (manifest, publisher, visit, files)
             SELECT ?1, id, ?3, ?4 FROM publisher WHERE key = ?2",
        )?
        .execute(params![manifest.0, issue.publisher().0, issue.visit, files])?;
    if added == 0 {
        let changed = work
            .prepare_cached("UPDATE issue SET visit = ?2 WHERE manifest = ?1 AND visit != ?2")?
            .execute(params![manifest.0, issue.visit])?;
        if changed > 0 {
            visits(work, &manifest)?;
        }
    }
    Ok(())
}

/// Which copies an issue is read from.
fn files(issue: &Kept) -> Vec<u8> {
    let hashes = issue.files.iter().map(|file| file.0);
    hashes.collect::<Vec<_>>().concat()
}

/// Forgets an issue that was read from other copies: what was missing there may be here.
fn other_files(work: &Transaction<'_>, manifest: &Hash, files: &[u8]) -> rusqlite::Result<()> {
    let read_from_others: Option<i64> = work
        .prepare_cached("SELECT id FROM issue WHERE manifest = ?1 AND files != ?2")?
        .query_row(params![manifest.0, files], |row| row.get(0))
        .optional()?;
    match read_from_others {
        Some(issue) => forget(work, issue),
        None => Ok(()),
    }
}

/// The visits of an issue's articles: an article is as old as the first issue that held
/// this version of it.
fn visits(work: &Transaction<'_>, manifest: &Hash) -> rusqlite::Result<()> {
    work.prepare_cached(
        "UPDATE article SET visit = (
           SELECT min(issue.visit) FROM place JOIN issue ON issue.id = place.issue
           WHERE place.article = article.id AND place.version = article.version)
         WHERE id IN (SELECT article FROM place
           WHERE issue = (SELECT id FROM issue WHERE manifest = ?1))",
    )?
    .execute([&manifest.0])?;
    Ok(())
}

/// Forgets an issue. An article that another issue holds too is read from there anew.
fn forget(work: &Transaction<'_>, issue: i64) -> rusqlite::Result<()> {
    // Other issues that hold one of its articles in any version: they are filled again, and their words are then noted
    // twice in the sample, which names them more common than they are.
    work.prepare_cached(
        "UPDATE issue SET done = 0, complete = 0 WHERE id IN (
           SELECT other.issue FROM place AS own
           JOIN article ON article.id = own.article AND article.issue = own.issue
           JOIN place AS other ON other.article = own.article AND other.issue != own.issue
           WHERE own.issue = ?1)",
    )?
    .execute([issue])?;
    for sql in [
        "DELETE FROM words WHERE rowid IN (SELECT id FROM article WHERE issue = ?1)",
        "DELETE FROM place WHERE article IN (SELECT id FROM article WHERE issue = ?1)",
        "DELETE FROM article WHERE issue = ?1",
        "DELETE FROM place WHERE issue = ?1",
        "DELETE FROM common WHERE issue = ?1",
        "DELETE FROM issue WHERE id = ?1",
    ] {
        work.prepare_cached(sql)?.execute([issue])?;
    }
    Ok(())
}

fn set_status(work: &Connection, key: &ArticleKey, status: &Status) -> rusqlite::Result<()> {
    let number = |value: Option<u64>| i64::try_from(value.unwrap_or(0)).unwrap_or(i64::MAX);
    work.prepare_cached(
        "UPDATE article SET read = ?3, star = ?4
         WHERE article = ?2 AND publisher = (SELECT id FROM publisher WHERE key = ?1)",
    )?
    .execute(params![
        key.publisher.0,
        key.article.0,
        number(status.read),
        number(status.star)
    ])?;
    Ok(())
}
