//! A saved page as a source with one article.

use super::clean::decode_entities;
use super::export::{Entry, Export, Surveyed, name_of};
use super::html::{Token, tokens};
use super::page::Page;
use super::saved::{Saved, saved};
use super::survey::{ImportOptions, MAX_SOURCE};
use super::{front, language, readable};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::Storage;

/// Largest page with its pictures in it.
const MAX_PAGE: u64 = 64 << 20;

#[derive(Debug)]
struct PageFile {
    path: PathBuf,
    selector: Option<String>,
}

/// Looks at a page.
pub(super) fn survey(
    storage: &dyn Storage,
    path: &Path,
    options: &ImportOptions,
) -> Result<Surveyed, String> {
    let saved = open(storage, path)?;
    let told = entry(&saved.html);
    let of_site = options.selectors.get(host(&told.address));
    let selector = options.selector.as_ref().or(of_site).cloned();
    if readable::article(&saved.html, selector.as_deref()).is_none() {
        return Err("no element is meant by the one given with --article".to_owned());
    }
    let entry = Entry {
        label: name_of(path),
        ..told
    };
    let path = path.to_owned();
    Ok(Surveyed {
        export: Arc::new(PageFile { path, selector }),
        entries: vec![entry],
        warnings: Vec::new(),
    })
}

/// `example.org` of `https://www.example.org/news?id=1`.
fn host(address: &str) -> &str {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn open(storage: &dyn Storage, path: &Path) -> Result<Saved, String> {
    let bytes = varaq_storage::read(storage, path, MAX_PAGE);
    let bytes = bytes.map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => "longer than 64 MiB".to_owned(),
        kind => format!("cannot be read: {kind}"),
    })?;
    let saved = saved(bytes)?;
    if saved.html.len() as u64 > MAX_SOURCE {
        return Err("more than 16 MiB without its pictures".to_owned());
    }
    Ok(saved)
}

/// What the head of a page tells.
fn entry(html: &str) -> Entry {
    let mut entry = Entry::default();
    let mut title = String::new();
    let mut in_title = false;
    for (_, token) in tokens(html) {
        match token {
            Token::Text(words) if in_title && title.is_empty() => title = decode_entities(words),
            Token::Open {
                name, attributes, ..
            } => {
                in_title = name == "title";
                let value = |name| attributes.value(name).unwrap_or_default();
                let told = match name.as_str() {
                    "meta" => match attributes.value("property").or(attributes.value("name")) {
                        Some("og:title") => Some(&mut entry.title),
                        Some("og:url") => Some(&mut entry.address),
                        Some("author") => Some(&mut entry.byline),
                        Some("article:section") => Some(&mut entry.section),
                        Some("article:published_time" | "date") => {
                            entry.day = entry.day.or(front::day(value("content")));
                            None
                        }
                        _ => None,
                    },
                    "html" => {
                        entry.language = attributes.value("lang").and_then(language::tag);
                        None
                    }
                    "time" => {
                        entry.day = entry.day.or(front::day(value("datetime")));
                        None
                    }
                    "link" if value("rel") == "canonical" => {
                        entry.address = value("href").to_owned();
                        None
                    }
                    _ => None,
                };
                if let Some(field) = told.filter(|field| field.is_empty()) {
                    field.push_str(value("content"));
                }
            }
            _ => in_title = false,
        }
    }
    if entry.title.is_empty() {
        entry.title = title;
    }
    entry.key = entry.address.clone();
    entry
}

impl Export for PageFile {
    fn read(
        &self,
        storage: &dyn Storage,
        _entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        let saved = open(storage, &self.path)?;
        let article = readable::article(&saved.html, self.selector.as_deref());
        let article = article.unwrap_or_default().to_owned();
        page.saved = Some(saved);
        page.html(&article, &|_| 0);
        Ok(())
    }
}
