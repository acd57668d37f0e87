//! One message of a channel: its words, its pictures, and the HTML for the way that all HTML
//! takes.

use super::tail;
use crate::import::clean::clean_line;
use crate::import::page::Page;
use serde_json::Value;
use std::fmt::Write as _;

/// Longest title that is taken from a first line, in characters.
const MAX_TITLE: usize = 140;

/// A word of a message; empty if it has none of that name.
pub(super) fn word<'m>(message: &'m Value, name: &str) -> &'m str {
    message
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The first line, or as much of it as a title can be.
pub(super) fn title(words: &str) -> String {
    let first = words.trim().lines().next().unwrap_or_default().trim();
    if first.chars().count() <= MAX_TITLE {
        return first.to_owned();
    }
    let end = first.char_indices().find(|(at, c)| {
        let next = first.get(at + c.len_utf8()..).unwrap_or_default();
        matches!(c, '.' | '!' | '?' | '؟' | '…') && next.starts_with(' ')
    });
    let sentence = end.map(|(at, c)| first.get(..at + c.len_utf8()).unwrap_or(first));
    let sentence = sentence.unwrap_or(first);
    let (title, _) = clean_line(sentence, MAX_TITLE);
    title
}

/// The parts of a message: kind and words, and the address of a link.
fn parts(message: &Value) -> Vec<(&str, &str, &str)> {
    let listed = message.get("text_entities").or_else(|| message.get("text"));
    match listed {
        Some(Value::String(words)) => vec![("plain", words, "")],
        Some(Value::Array(parts)) => parts.iter().filter_map(part).collect(),
        _ => Vec::new(),
    }
}

fn part(part: &Value) -> Option<(&str, &str, &str)> {
    if let Some(words) = part.as_str() {
        return Some(("plain", words, ""));
    }
    let text = |name: &str| part.get(name).and_then(Value::as_str);
    Some((
        text("type").unwrap_or("plain"),
        text("text")?,
        text("href").unwrap_or_default(),
    ))
}

/// The words without their formatting.
pub(super) fn plain(message: &Value) -> String {
    parts(message)
        .into_iter()
        .map(|(_, words, _)| words)
        .collect()
}

/// What is written above a post.
#[derive(Debug, Default)]
pub(super) struct Above<'a> {
    /// Where it was forwarded from, if that may be told.
    pub(super) origin: &'a str,
    /// The title of the earlier post that it answers.
    pub(super) answers: Option<&'a str>,
}

/// The message as HTML, without its title and the lines of its tail.
pub(super) fn html(message: &Value, title: &str, tails: &[String], above: &Above<'_>) -> String {
    let mut body = String::from("<p>");
    for (kind, words, address) in parts(message) {
        let words = escaped(words);
        let tag = match kind {
            "bold" => "strong",
            "italic" => "em",
            "code" => "code",
            "pre" => "pre",
            "blockquote" => "blockquote",
            "text_link" | "link" => {
                let address = match kind {
                    "link" => words.clone(),
                    _ => escaped(address),
                };
                let _ = write!(body, "<a href=\"{address}\">{words}</a>");
                continue;
            }
            _ => {
                body.push_str(&words);
                continue;
            }
        };
        let _ = write!(body, "<{tag}>{words}</{tag}>");
    }
    let body = without_tail(body, tails);
    let title = escaped(title);
    let below = without_line(&body, true, &|line| line == title).unwrap_or_default();
    // A post of one line is its own title, and still has something to say.
    let body = if bare(&below).is_empty() { body } else { below };
    let body = body.replace("\n\n", "</p><p>").replace('\n', "<br>");
    format!("{}{body}", above.html())
}

impl Above<'_> {
    fn html(&self) -> String {
        let mut out = String::new();
        if !self.origin.is_empty() {
            let _ = write!(out, "<p><em>{}</em></p>", escaped(self.origin));
        }
        if let Some(title) = self.answers {
            let _ = write!(out, "<blockquote><p>{}</p></blockquote>", escaped(title));
        }
        out
    }
}

/// Takes lines from the end as long as a pattern means them; the last words stay.
fn without_tail(mut html: String, tails: &[String]) -> String {
    let meant = |line: &str| tails.iter().any(|tail| tail::fits(&escaped(tail), line));
    while let Some(less) = without_line(&html, false, &meant) {
        if bare(&less).is_empty() {
            break;
        }
        html = less;
    }
    html
}

/// Without the first or last line that has words, if it is meant, whatever tags stand around it.
fn without_line(html: &str, first: bool, meant: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut lines: Vec<&str> = html.split('\n').collect();
    let filled = |one: &&str| !bare(one).is_empty();
    let at = match first {
        true => lines.iter().position(filled),
        false => lines.iter().rposition(filled),
    };
    let at = at.filter(|at| lines.get(*at).is_some_and(|one| meant(&bare(one))))?;
    // Tags that open here and close later stay.
    let kept: String = lines.get(at).map(|one| tags(one)).unwrap_or_default();
    if let Some(one) = lines.get_mut(at) {
        *one = &kept;
    }
    Some(lines.join("\n"))
}

fn bare(line: &str) -> String {
    let mut inside = false;
    let words = line.chars().filter(|c| match c {
        '<' => {
            inside = true;
            false
        }
        '>' => {
            inside = false;
            false
        }
        _ => !inside,
    });
    words.collect::<String>().trim().to_owned()
}

fn tags(line: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for c in line.chars() {
        inside |= c == '<';
        if inside {
            out.push(c);
        }
        inside &= c != '>';
    }
    out
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Where the picture of a message lies: a photo, or a file that is one.
pub(super) fn picture(message: &Value) -> Option<&str> {
    let photo = message.get("photo").and_then(Value::as_str);
    photo.or_else(|| {
        let still = message.get("media_type").is_none();
        let file = message.get("file").and_then(Value::as_str);
        file.filter(|_| still && word(message, "mime_type").starts_with("image/"))
    })
}

/// `(File not included. Change data exporting settings to download.)` and the like stand where
/// the path of a file should.
fn is_missing(path: &str) -> bool {
    path.starts_with('(')
}

/// Shows the picture of a message.
pub(super) fn show(message: &Value, page: &mut Page<'_>) {
    match picture(message) {
        Some(path) if is_missing(path) => {
            page.notes.add(0, "photo left out: it is not in the export");
        }
        Some(path) => page.picture(path, "", "", 0),
        None => {}
    }
}

/// Names what a message holds and an article cannot.
pub(super) fn tell(message: &Value, page: &mut Page<'_>) {
    let kind = word(message, "media_type").replace('_', " ");
    let file = message.get("file").and_then(Value::as_str);
    let missing = match file.is_some_and(is_missing) {
        true => " (it is not in the export)",
        false => "",
    };
    if !kind.is_empty() {
        page.notes
            .add(0, format!("{} left out{missing}", clean_line(&kind, 40).0));
    } else if file.is_some() && picture(message).is_none() {
        page.notes.add(0, format!("file left out{missing}"));
    }
    let others = [
        ("poll", "poll left out"),
        ("location_information", "place on a map left out"),
        ("contact_information", "contact left out"),
    ];
    for (name, what) in others {
        if message.get(name).is_some() {
            page.notes.add(0, what);
        }
    }
}
