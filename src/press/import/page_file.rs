//! A saved page as a source with one article.

use super::clean::decode_entities;
use super::export::{Entry, Export, Surveyed, name_of};
use super::html::{Token, tokens};
use super::page::Page;
use super::saved::{Saved, saved};
use super::selector::{BadSelector, Selector};
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
    selector: Option<Selector>,
}

/// Looks at a page.
pub(super) fn survey(
    storage: &dyn Storage,
    path: &Path,
    options: &ImportOptions,
) -> Result<Surveyed, String> {
    let saved = open(storage, path)?;
    let entry = Entry {
        label: name_of(path),
        len: saved.len_bytes,
        ..entry(&saved)
    };
    let selector = selector(&entry.address, options)?;
    if readable::article(&saved.html, selector.as_ref()).is_none() {
        return Err("no element of the page is meant by the one given".to_owned());
    }
    let path = path.to_owned();
    Ok(Surveyed {
        export: Arc::new(PageFile { path, selector }),
        entries: vec![entry],
        warnings: Vec::new(),
    })
}

/// The element that is meant on pages of this address: what its site has, else what all have.
fn selector(address: &str, options: &ImportOptions) -> Result<Option<Selector>, String> {
    let mut selects = options.exports.selects.iter();
    if let Some(select) = selects.find(|select| select.fits(address)) {
        return Ok(Some(select.selector.clone()));
    }
    let all = options.selector.as_deref().map(str::parse).transpose();
    all.map_err(|error: BadSelector| error.to_string())
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
fn entry(saved: &Saved) -> Entry {
    let html = saved.html.as_str();
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
    if entry.address.is_empty() {
        entry.address = saved.address.clone();
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
        let article = readable::article(&saved.html, self.selector.as_ref());
        let article = article.unwrap_or_default().to_owned();
        page.saved = Some(saved);
        page.html(&article, &|_| 0);
        Ok(())
    }
}
