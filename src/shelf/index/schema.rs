//! The tables of the index, and how a file with them is opened.
//!
//! The index is a cache: it says which articles hold a word, in numbers. No title and no
//! text is in it to be shown, so a damaged or a hostile one can only lead to the wrong
//! article, and that is noticed. What cannot be used is removed and made anew.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Rises when tables or the fold change: an index of another version is made anew.
const VERSION: i64 = 4;
/// Marks our file, so that a database of another program is not mistaken for one (`vrqi`).
const APPLICATION_ID: i64 = 0x7672_7169;

/// Pages that a connection keeps (SQLite's sign for KiB is the minus).
const CACHE_KIB: i64 = -16_384;

const TABLES: &str = "
CREATE TABLE publisher (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  manifest BLOB NOT NULL UNIQUE,
  publisher INTEGER NOT NULL,
  visit INTEGER NOT NULL,
  files BLOB NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  publisher INTEGER NOT NULL,
  article BLOB NOT NULL,
  version INTEGER NOT NULL,
  issue INTEGER NOT NULL,
  number INTEGER NOT NULL,
  language TEXT NOT NULL,
  section TEXT NOT NULL,
  day INTEGER NOT NULL,
  visit INTEGER NOT NULL,
  read INTEGER NOT NULL DEFAULT 0,
  star INTEGER NOT NULL DEFAULT 0,
  UNIQUE (publisher, article)
) STRICT;
CREATE INDEX article_by_day ON article (day, id);
CREATE TABLE place (
  issue INTEGER NOT NULL,
  number INTEGER NOT NULL,
  article INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (issue, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_article ON place (article);
CREATE TABLE common (
  word TEXT NOT NULL,
  issue INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (word, issue)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
  title, joined, body,
  content = '', contentless_delete = 1, tokenize = 'ascii', detail = full
);
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
INSERT INTO words (words, rank) VALUES ('automerge', 8);
";

/// Opens the index of a file, and makes its tables if there are none.
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    guard(&connection)?;
    check(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    if version(&connection)? == 0 {
        create(&connection)?;
    }
    Ok(connection)
}

/// Opens the index of a file that another program fills.
pub(super) fn open_read_only(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open_beside(path)?;
    check(&connection)?;
    Ok(connection)
}

/// Opens the index of a file once more, to search it while it is filled; it was checked a moment ago.
pub(super) fn open_beside(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    guard(&connection)?;
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    Ok(connection)
}

/// An empty index that no file knows of. It gathers fewer words before it writes them: it is searched by the same
/// connection, and FTS5 looks through the table of gathered words for each beginning, even when it is empty.
pub(super) fn in_memory() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    guard(&connection)?;
    create(&connection)?;
    connection.execute(
        "INSERT INTO words (words, rank) VALUES ('hashsize', 1048576)",
        [],
    )?;
    Ok(connection)
}

/// What keeps a hostile database file from doing more than holding wrong rows.
fn guard(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    // No file beside the database: neither for sorting nor for statements.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))
}

/// Refuses what is damaged, of another version, or not ours.
fn check(connection: &Connection) -> rusqlite::Result<()> {
    let ours = match version(connection)? {
        0 => is_empty(connection)?,
        VERSION => application_id(connection)? == APPLICATION_ID && fingerprint(connection)?,
        _ => false,
    };
    if ours && is_sound(connection)? {
        Ok(())
    } else {
        Err(rusqlite::Error::InvalidQuery)
    }
}

/// Whether every page of every table is a page of that table. Asked of each alone: asked of all at once, FTS5 would
/// also read each list of places, a second for 50 MB, and a wrong one leads at worst to an article that does not
/// bear the name it should.
fn is_sound(connection: &Connection) -> rusqlite::Result<bool> {
    let mut names = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
    )?;
    let names = names.query_map([], |row| row.get::<_, String>(0))?;
    for name in names {
        let name = name?.replace('\'', "''");
        let sql = format!("PRAGMA quick_check('{name}')");
        let sound: String = connection.query_row(&sql, [], |row| row.get(0))?;
        if sound != "ok" {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the tables are the ones we make, to the letter: no view, no trigger beside them.
fn fingerprint(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(tables(connection)? == tables(&in_memory()?)?)
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let mut rows = connection
        .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY name")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    let count: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(count == 0)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn application_id(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA application_id", [], |row| row.get(0))
}

fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
}
