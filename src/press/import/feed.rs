//! Files of RSS, RDF and Atom; JSON Feed is told apart here and read as [`rest`].
//!
//! A feed that holds only summaries gives articles that are only summaries: each is told.

use super::export::{Entry, Export, Surveyed, name_of};
use super::front;
use super::page::Page;
use super::rest;
use super::spans;
use super::warning::Warning;
use super::wordpress::told_language;
use super::xml::{Field, Fields};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::Storage;

#[derive(Debug)]
struct Feed {
    path: PathBuf,
}

/// Looks through a feed.
pub(super) fn survey(storage: &dyn Storage, path: &Path) -> Result<Surveyed, String> {
    if begins_with_brace(storage, path)? {
        return rest::objects(storage, path, Some("items"));
    }
    let spans = spans::xml_items(storage, path, &["item", "entry"])?;
    let file = name_of(path);
    let head = Fields::of(&spans.head, false);
    let mut language = head.0.first().and_then(|feed| {
        let channel = Fields::of(feed.inner, false);
        let inner = channel
            .all("channel")
            .next()
            .map(|one| Fields::of(one.inner, false));
        let told = inner
            .as_ref()
            .and_then(|inner| inner.text(&["language", "dc:language"]));
        told_language(told.or(feed.attributes.value("xml:lang")))
    });
    let (mut entries, mut warnings) = (Vec::new(), Vec::new());
    for (number, &(at, len)) in spans.items.iter().enumerate() {
        let label = format!("{file}#{}", number + 1);
        match spans::item(storage, path, (at, len)) {
            Ok(text) => {
                let entry = entry(&Fields::of(&text, true), &mut language);
                entries.push(Entry {
                    label,
                    at,
                    len,
                    ..entry
                });
            }
            Err(why) => warnings.push(Warning::skipped(&label, format!("{why}: left out"))),
        }
    }
    if spans.cut {
        let label = format!("{file}#{}", spans.items.len() + 1);
        warnings.push(Warning::skipped(
            &label,
            "the file ends inside it: left out",
        ));
    }
    let path = path.to_owned();
    Ok(Surveyed {
        export: Arc::new(Feed { path }),
        entries,
        warnings,
    })
}

fn begins_with_brace(storage: &dyn Storage, path: &Path) -> Result<bool, String> {
    let mut head = Vec::new();
    let file = storage.open(path);
    let read = file.and_then(|file| file.take(1_024).read_to_end(&mut head));
    read.map_err(|error| format!("cannot be read: {}", error.kind()))?;
    let head = String::from_utf8_lossy(&head);
    Ok(head
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{'))
}

fn entry(fields: &Fields<'_>, language: &mut Option<String>) -> Entry {
    let text = |names: &[&str]| fields.text(names).unwrap_or_default().to_owned();
    let date = fields.text(&["pubdate", "published", "dc:date", "updated"]);
    let author = fields.all("author").next().map(|author| {
        let inner = Fields::of(author.inner, false);
        inner.text(&["name"]).unwrap_or_default().to_owned()
    });
    let link = fields.all("link").find(|link| {
        let rel = link.attributes.value("rel");
        rel.is_none() || rel == Some("alternate")
    });
    let link = link.map(|link| match link.attributes.value("href") {
        Some(href) => href.to_owned(),
        None => link.text.trim().to_owned(),
    });
    let section = fields.all("category").next();
    let section = section.map(|one| match one.attributes.value("term") {
        Some(term) => one.attributes.value("label").unwrap_or(term).to_owned(),
        None => one.text.clone(),
    });
    Entry {
        title: text(&["title"]),
        byline: author
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| text(&["dc:creator"])),
        day: date.and_then(day),
        section: section.unwrap_or_default(),
        language: language.clone(),
        key: fields
            .text(&["guid", "id"])
            .map(str::to_owned)
            .or(link.clone())
            .unwrap_or_default(),
        address: link.unwrap_or_default(),
        ..Entry::default()
    }
}

/// `Tue, 02 Jan 2024 10:00:00 GMT` or `2024-01-02T10:00:00Z`; the day as it is written.
fn day(text: &str) -> Option<u32> {
    if let Some(day) = front::day(text) {
        return Some(day);
    }
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut parts = text.split_whitespace();
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?.get(..3)?.to_ascii_lowercase();
    let year = parts.next()?.parse().ok()?;
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let month = months.iter().position(|one| *one == month)?;
    front::days_from_civil(year, u32::try_from(month).ok()? + 1, day)
}

/// The HTML of a field: XHTML stands in it as it is, HTML is written as text.
fn html<'f>(field: &'f Field<'_>) -> &'f str {
    match field.attributes.value("type") {
        Some("xhtml") => field.inner,
        _ => &field.text,
    }
}

impl Export for Feed {
    fn read(
        &self,
        storage: &dyn Storage,
        entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        let text = spans::item(storage, &self.path, (entry.at, entry.len))?;
        let fields = Fields::of(&text, true);
        let filled = |name| fields.all(name).find(|one| !one.text.trim().is_empty());
        let whole = filled("content:encoded").or_else(|| filled("content"));
        let part = whole
            .is_none()
            .then(|| filled("description").or_else(|| filled("summary")));
        if let Some(field) = part.flatten() {
            page.notes
                .add(0, "no whole article in the feed: its summary was taken");
            page.html(html(field), &|_| 0);
        }
        match whole {
            Some(field) if field.attributes.value("type") == Some("text") => {
                page.plain(&field.text)
            }
            Some(field) => page.html(html(field), &|_| 0),
            None => {}
        }
        if whole.is_none() && part.flatten().is_none() {
            return Err("no text".to_owned());
        }
        Ok(())
    }
}
