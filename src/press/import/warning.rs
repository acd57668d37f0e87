//! What was left out, and where: nothing is dropped silently.

use std::collections::BTreeMap;
use std::fmt;

/// Something in the sources that is not in the issue, or not as it stood there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// File, relative to its source folder, with `/` between folders.
    pub file: String,
    /// Line from 1; none if the file as a whole is meant.
    pub line: Option<u32>,
    /// What happened, in lower case.
    pub what: String,
    /// True if the whole file was left out of the issue.
    pub skipped: bool,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl Warning {
    pub(super) fn skipped(file: &str, what: impl Into<String>) -> Warning {
        Warning {
            file: file.to_owned(),
            line: None,
            what: what.into(),
            skipped: true,
        }
    }

    pub(super) fn whole(file: &str, what: impl Into<String>) -> Warning {
        Warning {
            skipped: false,
            ..Warning::skipped(file, what)
        }
    }
}

/// Warnings about one file. What happens often is told once, with its first line
/// and how often it happened.
#[derive(Debug)]
pub(super) struct Notes {
    file: String,
    seen: BTreeMap<String, (u32, u32)>,
}

impl Notes {
    pub(super) fn new(file: &str) -> Notes {
        Notes {
            file: file.to_owned(),
            seen: BTreeMap::new(),
        }
    }

    /// Line 0 = the whole file.
    pub(super) fn add(&mut self, line: u32, what: impl Into<String>) {
        let seen = self.seen.entry(what.into()).or_insert((line, 0));
        seen.0 = seen.0.min(line);
        seen.1 += 1;
    }

    pub(super) fn into_warnings(self) -> Vec<Warning> {
        let file = self.file;
        let mut all: Vec<Warning> = self
            .seen
            .into_iter()
            .map(|(what, (line, count))| Warning {
                file: file.clone(),
                line: (line > 0).then_some(line),
                what: if count > 1 {
                    format!("{what} ({count} times, first here)")
                } else {
                    what
                },
                skipped: false,
            })
            .collect();
        all.sort();
        all
    }
}
