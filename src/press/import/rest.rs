//! WordPress: what `wp-json/wp/v2/posts?_embed` answers, and files of JSON Feed.
//!
//! Both are a list of objects with HTML in them. Each object is parsed alone.

use super::export::{Entry, Export, Surveyed, name_of};
use super::front;
use super::json;
use super::language;
use super::page::Page;
use super::spans;
use super::warning::Warning;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::Storage;

/// Looks through a dump of posts.
pub(super) fn survey(storage: &dyn Storage, path: &Path) -> Result<Surveyed, String> {
    objects(storage, path, None)
}

/// Looks through a file of objects: those of the list named, else of the outermost list.
pub(super) fn objects(
    storage: &dyn Storage,
    path: &Path,
    list: Option<&str>,
) -> Result<Surveyed, String> {
    let spans = spans::json_items(storage, path, list)?;
    let file = name_of(path);
    let (mut entries, mut warnings) = (Vec::new(), Vec::new());
    for (number, &(at, len)) in spans.items.iter().enumerate() {
        let label = format!("{file}#{}", number + 1);
        let found = object(storage, path, (at, len)).and_then(|object| {
            allowed(&object)?;
            Ok(entry(&object))
        });
        match found {
            Ok(entry) => entries.push(Entry {
                label,
                at,
                len,
                ..entry
            }),
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
        export: Arc::new(Objects { path }),
        entries,
        warnings,
    })
}

#[derive(Debug)]
struct Objects {
    path: PathBuf,
}

/// One object.
fn object(storage: &dyn Storage, path: &Path, span: (u64, u64)) -> Result<Value, String> {
    json::object(storage, path, span).map(|(value, _)| value)
}

fn allowed(object: &Value) -> Result<(), String> {
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    if let Some(status) = text("status").filter(|status| *status != "publish") {
        return Err(format!("not published ({status})"));
    }
    if let Some(kind) = text("type").filter(|kind| !matches!(*kind, "post" | "page")) {
        return Err(format!("no article ({kind})"));
    }
    let hidden = object
        .pointer("/content/protected")
        .and_then(Value::as_bool)
        == Some(true)
        || text("password").is_some_and(|password| !password.is_empty());
    if hidden {
        return Err("protected by a password".to_owned());
    }
    if body(object).is_none() {
        return Err("no text".to_owned());
    }
    Ok(())
}

fn first<'v>(object: &'v Value, places: &[&str]) -> Option<&'v str> {
    let mut all = places
        .iter()
        .filter_map(|place| object.pointer(place)?.as_str());
    all.find(|words| !words.trim().is_empty())
}

/// The HTML of an object, or its plain words.
fn body(object: &Value) -> Option<(&str, bool)> {
    let html = first(object, &["/content/rendered", "/content_html"]);
    let html = html.map(|html| (html, true));
    html.or_else(|| first(object, &["/content_text"]).map(|words| (words, false)))
}

fn entry(object: &Value) -> Entry {
    let text = |places: &[&str]| first(object, places).unwrap_or_default().to_owned();
    let id = object.get("id").filter(|id| !id.is_null());
    let id = id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let address = text(&["/link", "/url"]);
    let terms = object
        .pointer("/_embedded/wp:term")
        .and_then(Value::as_array);
    let mut terms = terms
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten();
    let section = terms.find_map(|term| {
        let category = first(term, &["/taxonomy"]) == Some("category")
            && first(term, &["/slug"]) != Some("uncategorized");
        category.then(|| first(term, &["/name"])).flatten()
    });
    let date = first(object, &["/date", "/date_published", "/date_modified"]);
    Entry {
        title: text(&["/title/rendered", "/title"]),
        byline: text(&[
            "/_embedded/author/0/name",
            "/authors/0/name",
            "/author/name",
        ]),
        standfirst: text(&["/summary"]),
        day: date.and_then(front::day),
        section: section.unwrap_or_default().to_owned(),
        language: first(object, &["/lang", "/language"]).and_then(language::tag),
        key: first(object, &["/guid/rendered"])
            .map(str::to_owned)
            .or(id)
            .unwrap_or_default(),
        address,
        ..Entry::default()
    }
}

impl Export for Objects {
    fn read(
        &self,
        storage: &dyn Storage,
        entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        let object = object(storage, &self.path, (entry.at, entry.len))?;
        let cover = first(
            &object,
            &["/_embedded/wp:featuredmedia/0/source_url", "/image"],
        );
        if let Some(source) = cover {
            let alt = first(&object, &["/_embedded/wp:featuredmedia/0/alt_text"]);
            page.picture(source, alt.unwrap_or_default(), "", 0);
        }
        match body(&object) {
            Some((html, true)) => page.html(html, &|_| 0),
            Some((words, false)) => page.plain(words),
            None => {}
        }
        Ok(())
    }
}
