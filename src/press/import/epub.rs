//! A book: EPUB 2 and 3 (OCF, the package document, the navigation document or NCX).
//!
//! In: a ZIP archive that [`archive`](super::archive) lets in. Out: an article for each chapter,
//! in the order of the spine; or one for the whole book. A chapter begins with a document that
//! has a heading of its own or a line in the table of contents; what follows without one belongs
//! to it. The table of contents, covers without words, and what does not belong to the line of
//! reading are left out and named. Scripts, styles, fonts and sounds are counted.

mod contents;
mod package;

use super::archive::Archive;
use super::choices::ExportOptions;
use super::clean::clean_line;
use super::export::{Entry, Export, Surveyed, name_of};
use super::html::{Token, tokens};
use super::page::{Page, without_tags};
use super::place::{Found, Inside};
use super::survey::MAX_SOURCE;
use super::warning::Warning;
use super::{front, language};
use contents::{Line, Lines};
use package::{Package, resolved};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::Storage;

/// Most documents of a book.
const MAX_DOCUMENTS: usize = 10_000;

/// Looks through a book.
pub(super) fn survey(
    storage: &dyn Storage,
    path: &Path,
    options: &ExportOptions,
) -> Result<Surveyed, String> {
    let archive = Archive::open(storage, path)?;
    let package = Package::read(storage, &archive)?;
    let lines = Lines::read(storage, &archive, &package);
    let mut book = Book {
        file: name_of(path),
        package: &package,
        lines: &lines,
        chapters: Vec::new(),
        warnings: package.told(&name_of(path)),
    };
    if package.documents.len() > MAX_DOCUMENTS {
        return Err(format!("more than {MAX_DOCUMENTS} documents"));
    }
    for name in &package.documents {
        match document(storage, &archive, name) {
            Ok(text) => book.document(name, &text),
            Err(why) => book.skip(name, &format!("{why}: left out")),
        }
    }
    Ok(book.surveyed(path, archive, options.whole_book))
}

/// A document of the book.
fn document(storage: &dyn Storage, archive: &Archive, name: &str) -> Result<String, String> {
    let member = archive.find(name).ok_or("it is not in the archive")?;
    let bytes = archive.read(storage, member, MAX_SOURCE)?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("not UTF-8 (byte {at})")
    })?;
    match text.contains("<!ENTITY") {
        true => Err("it declares entities of its own, which are refused".to_owned()),
        false => Ok(text),
    }
}

/// What stands above and in a document.
#[derive(Default)]
struct Head {
    heading: String,
    language: Option<String>,
    day: Option<u32>,
    byline: String,
    words: bool,
}

fn head(text: &str) -> Head {
    let mut out = Head::default();
    let mut in_body = false;
    let mut heading: Option<usize> = None;
    for (at, token) in tokens(text) {
        match token {
            Token::Open {
                name,
                attributes,
                raw,
            } => {
                let value = |name| attributes.value(name);
                match name.as_str() {
                    "html" | "body" => {
                        in_body |= name == "body";
                        let tag = value("xml:lang").or(value("lang")).and_then(language::tag);
                        out.language = tag.or(out.language);
                    }
                    "meta" => {
                        let content = value("content").unwrap_or_default();
                        match value("name").or(value("property")) {
                            Some("author") => out.byline = content.to_owned(),
                            Some("date" | "dc.date" | "DC.date" | "dcterms.date") => {
                                out.day = out.day.or(front::day(content));
                            }
                            _ => {}
                        }
                    }
                    "time" => out.day = out.day.or(value("datetime").and_then(front::day)),
                    "h1" | "h2" | "h3" if out.heading.is_empty() => heading = Some(at + raw.len()),
                    _ => {}
                }
            }
            Token::Close { name, .. } => {
                if let ("h1" | "h2" | "h3", Some(from)) = (name.as_str(), heading.take()) {
                    let inner = text.get(from..at).unwrap_or_default();
                    out.heading = clean_line(&without_tags(inner), 512).0;
                }
            }
            Token::Text(words) => out.words |= in_body && words.chars().any(char::is_alphanumeric),
        }
    }
    out
}

/// Documents that are one article.
#[derive(Clone, Debug)]
struct Chapter {
    documents: Vec<String>,
    entry: Entry,
}

struct Book<'b> {
    file: String,
    package: &'b Package,
    lines: &'b Lines,
    chapters: Vec<Chapter>,
    warnings: Vec<Warning>,
}

impl Book<'_> {
    fn skip(&mut self, name: &str, why: &str) {
        let label = format!("{}:{name}", self.file);
        self.warnings.push(Warning::skipped(&label, why));
    }

    fn document(&mut self, name: &str, text: &str) {
        let head = head(text);
        if self.package.is_contents(name) {
            return self.skip(name, "the table of contents is no article: left out");
        }
        if !head.words && !text.contains("<img") {
            return self.skip(name, "no words: left out");
        }
        let line = self.lines.of(name);
        if head.heading.is_empty() && line.is_none() {
            match self.chapters.last_mut() {
                Some(chapter) => chapter.documents.push(name.to_owned()),
                None if head.words => self.chapters.push(Chapter {
                    documents: vec![name.to_owned()],
                    entry: self.entry(name, head, None),
                }),
                None => self.skip(name, "a cover without words: left out"),
            }
            return;
        }
        let entry = self.entry(name, head, line);
        let documents = vec![name.to_owned()];
        self.chapters.push(Chapter { documents, entry });
    }

    fn entry(&self, name: &str, head: Head, line: Option<&Line>) -> Entry {
        let package = self.package;
        let listed = line.map_or("", |line| line.words.as_str());
        // "3. The well" and a heading "The well" mean the same; printed is the heading.
        let title = match head.heading.contains(listed) || listed.contains(&head.heading) {
            true if !head.heading.is_empty() => head.heading,
            _ if listed.is_empty() => head.heading,
            _ => listed.to_owned(),
        };
        let title = match title.is_empty() {
            true => package.title.clone(),
            false => title,
        };
        let part = line.and_then(|line| line.part.clone());
        let byline = match head.byline.is_empty() {
            true => package.byline.clone(),
            false => head.byline,
        };
        Entry {
            title,
            byline,
            day: head.day.or(package.day),
            section: part.unwrap_or_else(|| package.title.clone()),
            language: head.language.or_else(|| package.language.clone()),
            key: format!("{}#{name}", package.identifier),
            ..Entry::default()
        }
    }

    fn surveyed(mut self, path: &Path, archive: Archive, whole: bool) -> Surveyed {
        if whole && !self.chapters.is_empty() {
            self.chapters = vec![self.whole()];
        }
        let (file, chapters) = (self.file, self.chapters);
        let days = chapters.iter().filter_map(|chapter| chapter.entry.day);
        let order_day = self.package.day.or(days.max());
        let len_of = |name: &String| archive.find(name).map_or(0, |member| member.len);
        let entries = chapters.iter().enumerate().map(|(number, chapter)| Entry {
            label: format!("{file}#{}", number + 1),
            at: number as u64,
            len: chapter.documents.iter().map(len_of).sum(),
            order_day,
            ..chapter.entry.clone()
        });
        let entries = entries.collect();
        let path = path.to_owned();
        let documents = chapters.into_iter().map(|one| one.documents).collect();
        let export = Arc::new(Epub {
            path,
            archive,
            documents,
        });
        Surveyed {
            export,
            entries,
            warnings: self.warnings,
        }
    }

    /// The book as one article.
    fn whole(&self) -> Chapter {
        let package = self.package;
        let documents = self.chapters.iter().flat_map(|one| one.documents.clone());
        Chapter {
            documents: documents.collect(),
            entry: Entry {
                title: package.title.clone(),
                byline: package.byline.clone(),
                day: package.day,
                language: package.language.clone(),
                key: package.identifier.clone(),
                ..Entry::default()
            },
        }
    }
}

#[derive(Debug)]
struct Epub {
    path: PathBuf,
    archive: Archive,
    /// Names of the documents of each article.
    documents: Vec<Vec<String>>,
}

impl Epub {
    fn documents(&self, entry: &Entry) -> &[String] {
        let number = usize::try_from(entry.at).unwrap_or(usize::MAX);
        self.documents.get(number).map_or(&[], Vec::as_slice)
    }
}

impl Export for Epub {
    fn read(
        &self,
        storage: &dyn Storage,
        entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        page.within = true;
        for name in self.documents(entry) {
            let text = document(storage, &self.archive, name)?;
            page.html(body(&text), &|_| 0);
            page.end_vanishing();
        }
        Ok(())
    }

    fn picture(&self, _storage: &dyn Storage, entry: &Entry, source: &str) -> Option<Found> {
        if source.contains("://") || source.starts_with("//") {
            return Some(Found::Remote);
        }
        let known = self.documents(entry).iter().find_map(|name| {
            let inner = resolved(name, source)?;
            self.archive.find(&inner)
        });
        Some(match known {
            _ if source.to_ascii_lowercase().contains(".svg") => {
                Found::Missing("drawings in SVG are not carried".to_owned())
            }
            Some(member) => Found::Inside(Inside {
                archive: self.path.clone(),
                member: member.clone(),
            }),
            None => Found::Missing("it is not in the book".to_owned()),
        })
    }
}

/// What stands in the body.
fn body(text: &str) -> &str {
    let mut range = (0, text.len());
    for (at, token) in tokens(text) {
        match token {
            Token::Open { name, raw, .. } if name == "body" => range.0 = at + raw.len(),
            Token::Close { name, .. } if name == "body" => range.1 = at,
            _ => {}
        }
    }
    text.get(range.0..range.1).unwrap_or_default()
}
