//! How a hit is told: title, the part of the text that fits best, and where it stands.

use std::ops::Range;

use serde_json::{Value, json};
use varaq_bundle::{IssueName, Notice, NoticeKind};
use varaq_shelf::{Hit, Snippet};

use super::lent::Lent;
use crate::failure::Failure;
use crate::library::{self, Shelf};
use crate::notice;
use crate::session::Session;
use crate::verb::info::facts_fields;
use crate::words;

const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Tells a hit, for a person or a script.
pub fn tell(
    session: &mut Session<'_, '_>,
    shelf: &Shelf,
    lent: Option<&Lent>,
    hit: &Hit,
) -> Result<(), Failure> {
    let notices = notices(shelf, hit);
    // A text that endangers somebody is not spread further by a search.
    let harms = notices.iter().any(|one| one.kind == NoticeKind::Harm);
    let snippet = hit.snippet.as_ref().filter(|_| !harms);
    if session.json {
        return session.object(&object(shelf, lent, hit, snippet, &notices));
    }
    let mut lines = vec![marked(session, &hit.entry.title, &hit.title_hits)];
    lines.extend(
        notices
            .iter()
            .map(|one| format!("    {}", notice::heading(one))),
    );
    match snippet {
        Some(snippet) => lines.push(format!("    {}", shown(session, snippet))),
        None if harms => {}
        None => lines.push("    (its text is not in this copy)".to_owned()),
    }
    lines.push(format!("    {}", place(session, lent, hit)));
    lines.push(String::new());
    lines.iter().try_for_each(|line| session.line(line))
}

/// Corrections and retractions of the article that stand.
fn notices<'s>(shelf: &'s Shelf, hit: &Hit) -> Vec<&'s Notice> {
    let issue = &hit.kept.facts.issue;
    let issue = IssueName {
        channel: issue.channel.clone(),
        epoch: issue.epoch,
        number: issue.number,
    };
    let all = shelf.state.evidence.notices(&hit.kept.publisher(), &issue);
    let about = |one: &&Notice| one.article == hit.entry.id;
    all.into_iter().filter(about).collect()
}

fn shown(session: &Session<'_, '_>, snippet: &Snippet) -> String {
    let text = marked(session, &snippet.text, &snippet.hits);
    let before = if snippet.cut_before { "… " } else { "" };
    let after = if snippet.cut_after { " …" } else { "" };
    format!("{before}{text}{after}")
}

/// Text of a bundle with its hits in bold, where the terminal has that.
fn marked(session: &Session<'_, '_>, text: &str, hits: &[Range<usize>]) -> String {
    if !session.io.out_has_colour {
        return session.foreign(text);
    }
    let part = |range| words::harmless(text.get(range).unwrap_or_default(), false);
    let mut line = String::new();
    let mut end = 0;
    for hit in hits {
        line.push_str(&part(end..hit.start));
        line.push_str(&format!("{BOLD}{}{PLAIN}", part(hit.clone())));
        end = hit.end;
    }
    line.push_str(&part(end..text.len()));
    if session.io.out_is_terminal {
        format!("{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}")
    } else {
        line
    }
}

/// `Example Post, issue 12, 2026-01-03, Culture`; in files also which and where.
fn place(session: &Session<'_, '_>, lent: Option<&Lent>, hit: &Hit) -> String {
    let day = words::day(hit.entry.day);
    let mut place = format!("{}, {day}", library::issue_name(&hit.kept));
    if !hit.row.section.is_empty() {
        place.push_str(", ");
        place.push_str(&session.foreign(&hit.row.section));
    }
    if !hit.kept.verdict.shows_content() {
        place = format!("NOT TRUSTED: {place}");
    }
    if let Some(path) = lent.and_then(|lent| lent.paths.get(&hit.kept.id())) {
        place.push_str(&format!(", {} {}", words::path(path), hit.row.number));
    }
    place
}

fn object(
    shelf: &Shelf,
    lent: Option<&Lent>,
    hit: &Hit,
    snippet: Option<&Snippet>,
    notices: &[&Notice],
) -> Value {
    let entry = &hit.entry;
    let ranges = |hits: &[Range<usize>]| -> Vec<Value> {
        hits.iter().map(|hit| json!([hit.start, hit.end])).collect()
    };
    let mut object = json!({
        "type": "hit", "title": entry.title, "title_hits": ranges(&hit.title_hits),
        "snippet": snippet.map(|snippet| &snippet.text),
        "snippet_hits": snippet.map(|snippet| ranges(&snippet.hits)),
        "count": snippet.map(|snippet| snippet.count),
        "article": hit.row.number, "id": entry.id.to_string(), "version": entry.version,
        "language": entry.language, "section": hit.row.section, "article_day": words::day(entry.day),
        "read": hit.row.read, "starred": hit.row.starred, "verdict": hit.kept.verdict.name(),
        "trusted": hit.kept.verdict.shows_content(),
        "publisher_name": library::publisher_name(&hit.kept), "path": path(shelf, lent, hit),
        "notices": notices.iter().map(|one| notice::object(one)).collect::<Vec<_>>(),
    });
    if let Some(fields) = object.as_object_mut() {
        fields.extend(facts_fields(&hit.kept.facts, hit.kept.verdict));
    }
    object
}

/// The file that holds it, for `varaq show`.
fn path(shelf: &Shelf, lent: Option<&Lent>, hit: &Hit) -> Option<String> {
    if let Some(path) = lent.and_then(|lent| lent.paths.get(&hit.kept.id())) {
        return Some(path.to_string_lossy().into_owned());
    }
    let file = hit.kept.files.first()?;
    let path = shelf.library.folder()?.join("bundles");
    let path = path.join(format!("{file}.varaq"));
    Some(path.to_string_lossy().into_owned())
}
