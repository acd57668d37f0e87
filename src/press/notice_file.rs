//! The notices of a publisher (FORMAT.md section 5.4): a block of lines for each, in the
//! folder of the keys.
//!
//! Every issue repeats all notices of its channel, so they are kept from the day they are
//! written. A person can read the file, and mend it: a file that is not understood is an error
//! and never looks like an empty one, or the next issue would silently carry fewer notices.

use crate::disk;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{io, str};
use varaq_bundle::{Day, IssueName, Limits, Notice, NoticeKind, decode_notices, encode_notices};
use varaq_cbor::{CborError, is_text};
use varaq_storage::Storage;

const NAME: &str = "notices";
const HEADER: &str = "varaq notices 1";
/// The last line: a file that was cut short has none.
const END: &str = "end";
/// More than all notices of a dozen channels.
const MAX_BYTES: u64 = 64 << 20;
const MAX_TEXT: usize = 1_024;
const KINDS: [(NoticeKind, &str); 3] = [
    (NoticeKind::Correction, "correction"),
    (NoticeKind::Retraction, "retraction"),
    (NoticeKind::Harm, "harm"),
];

/// A notice, and what a publisher wants to know of it beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNotice {
    /// The notice.
    pub notice: Notice,
    /// Title of the article, for the person who reads the list; may be empty. Not published.
    pub title: String,
    /// The first issue that carried it and was signed with a key of this folder.
    pub published: Option<IssueName>,
}

/// Why a notice is not kept, or no longer. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NoticeFileError {
    /// The file cannot be read or written.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not understood.
    #[error("line {line} of {} is not understood", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The text is too short or too long.
    #[error("the text has {len} bytes, expected 1 to 1,024")]
    Text {
        /// Its bytes.
        len: usize,
    },
    /// The notice breaks another rule.
    #[error("the notice does not fit the format")]
    Unfit(#[from] CborError),
    /// There is one of the same article, kind, day and language.
    #[error("notice {number} is about the same article, of the same kind, day and language")]
    Same {
        /// Its number in the list, from 1.
        number: usize,
    },
    /// No issue could carry all notices of the channel.
    #[error("channel {channel} would have more than 4,096 notices, and no issue can carry them")]
    TooMany {
        /// The channel.
        channel: String,
    },
    /// No notice has that number.
    #[error("there is no notice {number}")]
    NoSuch {
        /// The number asked for.
        number: usize,
    },
    /// It is out in the world.
    #[error("notice {number} was published with {issue}")]
    Published {
        /// Its number in the list, from 1.
        number: usize,
        /// The issue.
        issue: IssueName,
    },
}

/// The notices of a folder, in the order in which they were added.
#[derive(Debug)]
pub struct NoticeFile {
    path: PathBuf,
    kept: Vec<KeptNotice>,
}

impl NoticeFile {
    /// Reads the notices of a folder; no file yet means none.
    ///
    /// # Errors
    /// If the file is there and cannot be read or understood.
    pub fn read(storage: &dyn Storage, folder: &Path) -> Result<NoticeFile, NoticeFileError> {
        let path = folder.join(NAME);
        let bytes = match varaq_storage::read(storage, &path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let kept = Vec::new();
                return Ok(NoticeFile { path, kept });
            }
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return Err(damaged(&path, 1));
            }
            Err(source) => return Err(NoticeFileError::Io { path, source }),
        };
        let text = str::from_utf8(&bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            damaged(&path, before.split(|&byte| byte == b'\n').count())
        })?;
        let mut file = NoticeFile {
            path: path.clone(),
            kept: Vec::new(),
        };
        let mut lines = Lines::of(text);
        let read = file.parse(&mut lines);
        read.ok_or_else(|| damaged(&path, lines.number))?;
        Ok(file)
    }

    /// The notices; the first has number 1.
    #[must_use]
    pub fn kept(&self) -> &[KeptNotice] {
        &self.kept
    }

    /// The notices that an issue of a channel carries.
    #[must_use]
    pub fn of_channel(&self, channel: &str) -> Vec<Notice> {
        let mine = self.kept.iter().map(|kept| &kept.notice);
        mine.filter(|notice| notice.issue.channel == channel)
            .cloned()
            .collect()
    }

    /// Adds notices, and has all of them on the disk when it returns.
    ///
    /// # Errors
    /// See [`NoticeFileError`]. None of them is then kept.
    pub fn add(
        &mut self,
        storage: &dyn Storage,
        new: Vec<KeptNotice>,
    ) -> Result<(), NoticeFileError> {
        let before = self.kept.len();
        let added = new
            .into_iter()
            .try_for_each(|kept| self.take(kept))
            .and_then(|()| self.write(storage));
        if added.is_err() {
            self.kept.truncate(before);
        }
        added
    }

    /// Removes notice `number`, from 1, that no issue has carried yet.
    ///
    /// # Errors
    /// See [`NoticeFileError`].
    pub fn remove(
        &mut self,
        storage: &dyn Storage,
        number: usize,
    ) -> Result<KeptNotice, NoticeFileError> {
        let at = number.checked_sub(1).filter(|&at| at < self.kept.len());
        let at = at.ok_or(NoticeFileError::NoSuch { number })?;
        let removed = self.kept.remove(at);
        let written = match removed.published.clone() {
            // Readers keep it, and issues that no longer repeat it would only hide it from some.
            Some(issue) => Err(NoticeFileError::Published { number, issue }),
            None => self.write(storage),
        };
        if let Err(error) = written {
            self.kept.insert(at, removed);
            return Err(error);
        }
        Ok(removed)
    }

    /// Remembers that these notices went out with an issue. Nothing is written when nothing is new.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn publish(
        &mut self,
        storage: &dyn Storage,
        notices: &[Notice],
        issue: &IssueName,
    ) -> Result<(), NoticeFileError> {
        let mut changed = false;
        for kept in &mut self.kept {
            if kept.published.is_none() && notices.contains(&kept.notice) {
                kept.published = Some(issue.clone());
                changed = true;
            }
        }
        if changed { self.write(storage) } else { Ok(()) }
    }

    /// Takes a notice, if an issue could carry it with all others.
    fn take(&mut self, kept: KeptNotice) -> Result<(), NoticeFileError> {
        let notice = &kept.notice;
        let len = notice.text.len();
        if !(1..=MAX_TEXT).contains(&len) {
            return Err(NoticeFileError::Text { len });
        }
        decode_notices(&encode_notices(std::slice::from_ref(notice)))?;
        let mut others = self.kept.iter().zip(1..);
        if let Some((_, number)) = others.find(|(one, _)| one.notice.key() == notice.key()) {
            return Err(NoticeFileError::Same { number });
        }
        let channel = &notice.issue.channel;
        let same = |one: &&KeptNotice| one.notice.issue.channel == *channel;
        if self.kept.iter().filter(same).count() >= Limits::default().notices {
            let channel = channel.clone();
            return Err(NoticeFileError::TooMany { channel });
        }
        self.kept.push(kept);
        Ok(())
    }

    fn write(&self, storage: &dyn Storage) -> Result<(), NoticeFileError> {
        let mut text = format!("{HEADER}\n");
        for kept in &self.kept {
            write_block(&mut text, kept);
        }
        let _ = writeln!(text, "\n{END}");
        disk::replace(storage, &self.path, text.as_bytes()).map_err(|source| NoticeFileError::Io {
            path: self.path.clone(),
            source,
        })
    }

    /// `None` where `lines` stands when something is not understood.
    fn parse(&mut self, lines: &mut Lines<'_>) -> Option<()> {
        (lines.next()? == HEADER).then_some(())?;
        loop {
            lines.next()?.is_empty().then_some(())?;
            let line = lines.next()?;
            if line == END {
                return lines.next().is_none().then_some(());
            }
            let kept = read_block(line, lines)?;
            self.take(kept).ok()?;
        }
    }
}

fn damaged(path: &Path, line: usize) -> NoticeFileError {
    NoticeFileError::Damaged {
        path: path.to_owned(),
        line,
    }
}

/// The word for a kind of notice.
#[must_use]
pub fn kind_word(kind: NoticeKind) -> &'static str {
    let mut kinds = KINDS.iter();
    kinds
        .find(|(one, _)| *one == kind)
        .map_or("", |(_, word)| word)
}

/// A text cannot hold a line feed, so a line holds any text. A title that is none is left out.
fn write_block(text: &mut String, kept: &KeptNotice) {
    let notice = &kept.notice;
    let _ = writeln!(text, "\nnotice {} {}", notice.issue, notice.article);
    let _ = writeln!(text, "kind {}", kind_word(notice.kind));
    let _ = writeln!(text, "day {}", notice.day);
    let _ = writeln!(text, "language {}", notice.language);
    if !kept.title.is_empty() && is_text(&kept.title) {
        let _ = writeln!(text, "title {}", kept.title);
    }
    if let Some(issue) = &kept.published {
        let _ = writeln!(text, "published {issue}");
    }
    let _ = writeln!(text, "text {}", notice.text);
}

fn read_block(first: &str, lines: &mut Lines<'_>) -> Option<KeptNotice> {
    let (issue, article) = after(first, "notice")?.split_once(' ')?;
    let (issue, article) = (issue.parse().ok()?, article.parse().ok()?);
    let word = lines.field("kind")?;
    let (kind, _) = KINDS.into_iter().find(|(_, one)| *one == word)?;
    let day: Day = lines.field("day")?.parse().ok()?;
    let language = lines.field("language")?.to_owned();
    let title = lines.optional("title").unwrap_or_default().to_owned();
    let published = match lines.optional("published") {
        Some(issue) => Some(issue.parse().ok()?),
        None => None,
    };
    let notice = Notice {
        article,
        kind,
        issue,
        language,
        text: lines.field("text")?.to_owned(),
        day,
    };
    Some(KeptNotice {
        notice,
        title,
        published,
    })
}

/// The lines of the file, and the number of the one read last.
struct Lines<'a> {
    lines: std::iter::Peekable<str::Lines<'a>>,
    number: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let lines = text.lines().peekable();
        Lines { lines, number: 0 }
    }

    fn next(&mut self) -> Option<&'a str> {
        self.number = self.number.saturating_add(1);
        self.lines.next()
    }

    /// What follows `word` on the next line.
    fn field(&mut self, word: &str) -> Option<&'a str> {
        after(self.next()?, word)
    }

    /// The same, if the next line begins so; else the line stays unread.
    fn optional(&mut self, word: &str) -> Option<&'a str> {
        let value = after(self.lines.peek().copied()?, word)?;
        self.next();
        Some(value)
    }
}

fn after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.strip_prefix(word)?.strip_prefix(' ')
}
