//! The table of contents of a book: the navigation document of EPUB 3, or the NCX of EPUB 2.

use super::package::{Package, local, resolved, text};
use super::{Token, clean_line, tokens};
use crate::import::archive::Archive;
use crate::import::clean::decode_entities;
use std::collections::HashMap;
use varaq_storage::Storage;

/// Deepest line that is told apart.
const MAX_DEPTH: usize = 32;

/// The first line that leads to a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: String,
    /// The line around it: a part of the book.
    pub(super) part: Option<String>,
}

/// Lines by the names of documents.
#[derive(Debug, Default)]
pub(super) struct Lines(HashMap<String, Line>);

impl Lines {
    /// A book whose table cannot be read has headings still.
    pub(super) fn read(storage: &dyn Storage, archive: &Archive, package: &Package) -> Lines {
        let mut out = Lines::default();
        for name in [&package.nav, &package.ncx].into_iter().flatten() {
            let member = archive.find(name);
            let source = member.and_then(|member| text(storage, archive, member).ok());
            let mut reading = Reading {
                file: name,
                open: Vec::new(),
                out: &mut out,
                words: false,
            };
            reading.all(&source.unwrap_or_default());
            if !out.0.is_empty() {
                break;
            }
        }
        out
    }

    pub(super) fn of(&self, name: &str) -> Option<&Line> {
        self.0.get(name)
    }
}

/// How far a table is read: the lines that are open, the innermost last.
struct Reading<'r> {
    file: &'r str,
    open: Vec<String>,
    out: &'r mut Lines,
    /// True while words belong to the innermost line.
    words: bool,
}

impl Reading<'_> {
    /// `li` with `a` or `span` in it; `navPoint` with `navLabel` and `content`.
    fn all(&mut self, source: &str) {
        let list = table(source);
        let mut target = None;
        for (_, token) in tokens(list) {
            match token {
                Token::Open {
                    name, attributes, ..
                } => match local(&name) {
                    "li" | "navpoint" if self.open.len() < MAX_DEPTH => {
                        self.open.push(String::new())
                    }
                    "a" => {
                        target = attributes.value("href").map(str::to_owned);
                        self.words = true;
                    }
                    "span" | "text" => self.words = true,
                    "content" => self.line(attributes.value("src")),
                    _ => {}
                },
                Token::Close { name, .. } => match local(&name) {
                    "li" | "navpoint" => drop(self.open.pop()),
                    "a" => {
                        self.words = false;
                        self.line(target.take().as_deref());
                    }
                    "text" => self.words = false,
                    "span" => self.words = target.is_some(),
                    _ => {}
                },
                Token::Text(words) if self.words => {
                    if let Some(line) = self.open.last_mut() {
                        line.push_str(&decode_entities(words));
                    }
                }
                Token::Text(_) => {}
            }
        }
    }

    fn line(&mut self, target: Option<&str>) {
        let Some(name) = target.and_then(|target| resolved(self.file, target)) else {
            return;
        };
        let mut open = self.open.iter().rev();
        let words = open
            .next()
            .map(|line| clean_line(line, 512).0)
            .unwrap_or_default();
        let part = open.next().map(|line| clean_line(line, 128).0);
        let part = part.filter(|part| !part.is_empty());
        if !words.is_empty() {
            self.out.0.entry(name).or_insert(Line { words, part });
        }
    }
}

/// Of a navigation document the list of contents; it may hold lists of pages and pictures too.
fn table(source: &str) -> &str {
    let mut range = None;
    for (at, token) in tokens(source) {
        match token {
            Token::Open {
                name, attributes, ..
            } if name == "nav" => {
                let kind = attributes.value("epub:type").unwrap_or_default();
                if kind.split_whitespace().any(|one| one == "toc") {
                    range = Some((at, source.len()));
                }
            }
            Token::Close { name, .. } if name == "nav" => {
                if let Some((from, _)) = range {
                    return source.get(from..at).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    range
        .and_then(|(from, to)| source.get(from..to))
        .unwrap_or(source)
}
