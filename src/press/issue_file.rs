//! `issue.toml`: what a newsroom would otherwise type for every issue.
//!
//! In: a small file of TOML. Out: an [`IssueFile`], every field of which may be missing.
//! A name that is not known, a value of another kind and a day that is none are errors with
//! their line and column: a misspelt `allow` or `until` must not be silence.

use crate::disk;
use crate::preflight::Allowance;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toml::Spanned;
use varaq_bundle::Day;
use varaq_storage::{Access, Storage, folder_of, make_folder};

/// Largest file.
const MAX_BYTES: u64 = 1 << 20;
/// Its name in a folder.
const NAME: &str = "issue.toml";
const TEMPLATE: &str = include_str!("issue_file.toml");

/// What the file says. Paths are whole or begin where the file's folder was given.
#[derive(Clone, Debug, Default)]
pub struct IssueFile {
    /// Title of the issue.
    pub title: Option<String>,
    /// The publisher's folder or contact file.
    pub publisher: Option<PathBuf>,
    /// Channel.
    pub channel: Option<String>,
    /// Number of the issue, from 1.
    pub number: Option<u32>,
    /// Day of the issue.
    pub day: Option<Day>,
    /// Language of the issue.
    pub language: Option<String>,
    /// Folders and files of articles.
    pub sources: Vec<PathBuf>,
    /// A folder with copies of pictures.
    pub media: Option<PathBuf>,
    /// First day of an article.
    pub since: Option<Day>,
    /// Last day of an article.
    pub until: Option<Day>,
    /// Only these sections.
    pub only: Vec<String>,
    /// Sections in their order.
    pub sections: Vec<String>,
    /// The article that leads.
    pub lead: Option<String>,
    /// Most bytes of the file.
    pub max_bytes: Option<u64>,
    /// Bylines are left out.
    pub no_bylines: bool,
    /// What may be published although it can identify somebody.
    pub allow: Vec<Allowance>,
    /// Which element of a saved page is the article, by host.
    pub selectors: BTreeMap<String, String>,
}

/// Why the file says nothing.
#[derive(Debug, thiserror::Error)]
pub enum IssueFileError {
    /// It cannot be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something in it is not understood.
    #[error("{}:{line}:{column}: {what}", path.display())]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What, in one line.
        what: String,
    },
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Written {
    title: Option<String>,
    publisher: Option<PathBuf>,
    channel: Option<String>,
    number: Option<Spanned<u32>>,
    day: Option<Spanned<String>>,
    language: Option<String>,
    sources: Vec<PathBuf>,
    media: Option<PathBuf>,
    since: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    only: Vec<String>,
    sections: Vec<String>,
    lead: Option<String>,
    max_size: Option<Spanned<String>>,
    no_bylines: bool,
    allow: Vec<Spanned<String>>,
    selectors: BTreeMap<String, String>,
}

/// A flaw, and where it begins in the text: bytes.
struct Flaw(usize, String);

impl IssueFile {
    /// Reads the file; of a folder, the `issue.toml` in it.
    ///
    /// # Errors
    /// See [`IssueFileError`].
    pub fn read(storage: &dyn Storage, path: &Path) -> Result<IssueFile, IssueFileError> {
        let folder = storage.facts(path).ok() == Some(varaq_storage::Facts::Folder);
        let path = if folder {
            path.join(NAME)
        } else {
            path.to_owned()
        };
        let text = disk::read_text(storage, &path, MAX_BYTES);
        let text = text.map_err(|source| IssueFileError::Io {
            path: path.clone(),
            source,
        })?;
        IssueFile::parse(&text, folder_of(&path)).map_err(|Flaw(at, what)| {
            let before = text.get(..at).unwrap_or(&text);
            let line = before.matches('\n').count() + 1;
            let column = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                + 1;
            IssueFileError::NotUnderstood {
                path,
                line,
                column,
                what,
            }
        })
    }

    /// Writes a file with every key explained into a folder, which is made if need be.
    /// Returns the path of the file.
    ///
    /// # Errors
    /// `AlreadyExists` if there is one, or whatever the disk says.
    pub fn init(storage: &dyn Storage, folder: &Path) -> io::Result<PathBuf> {
        make_folder(storage, folder, Access::Usual)?;
        let path = folder.join(NAME);
        disk::write_new(storage, &path, TEMPLATE.as_bytes(), Access::Usual)?;
        Ok(path)
    }

    fn parse(text: &str, folder: &Path) -> Result<IssueFile, Flaw> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Flaw(at, error.message().lines().collect::<Vec<_>>().join(" "))
        })?;
        let here = |path: PathBuf| folder.join(path);
        let number = written.number.map(number).transpose()?;
        Ok(IssueFile {
            title: written.title,
            publisher: written.publisher.map(here),
            channel: written.channel,
            number,
            day: value(written.day)?,
            language: written.language,
            sources: written.sources.into_iter().map(here).collect(),
            media: written.media.map(here),
            since: value(written.since)?,
            until: value(written.until)?,
            only: written.only,
            sections: written.sections,
            lead: written.lead,
            max_bytes: value::<Size>(written.max_size)?.map(|size| size.0),
            no_bylines: written.no_bylines,
            allow: written
                .allow
                .into_iter()
                .map(parsed)
                .collect::<Result<_, _>>()?,
            selectors: written.selectors,
        })
    }
}

fn number(number: Spanned<u32>) -> Result<u32, Flaw> {
    let at = number.span().start;
    let number = number.into_inner();
    if number == 0 {
        return Err(Flaw(at, "numbers of issues begin with 1".to_owned()));
    }
    Ok(number)
}

fn value<T: FromStr<Err: std::fmt::Display>>(
    words: Option<Spanned<String>>,
) -> Result<Option<T>, Flaw> {
    words.map(parsed).transpose()
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(words: Spanned<String>) -> Result<T, Flaw> {
    let at = words.span().start;
    words
        .into_inner()
        .parse()
        .map_err(|error: T::Err| Flaw(at, error.to_string()))
}

/// A size as people write it: `50M`, `700k`, `1G`, `1500000`; powers of 1,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

/// Words that are no size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a size such as 50M or 700k, found {found}")]
pub struct NotASize {
    /// The words.
    pub found: String,
}

impl FromStr for Size {
    type Err = NotASize;

    fn from_str(words: &str) -> Result<Size, NotASize> {
        let words = words.trim();
        let end = words
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(words.len());
        let (digits, unit) = words.split_at(end);
        let scale = match unit.trim().to_ascii_lowercase().trim_end_matches('b') {
            "" => Some(1u64),
            "k" => Some(1_000),
            "m" => Some(1_000_000),
            "g" => Some(1_000_000_000),
            _ => None,
        };
        let number = digits.parse::<u64>().ok().filter(|&number| number > 0);
        let bytes = scale
            .zip(number)
            .and_then(|(scale, number)| number.checked_mul(scale));
        bytes.map(Size).ok_or_else(|| NotASize {
            found: words.to_owned(),
        })
    }
}
