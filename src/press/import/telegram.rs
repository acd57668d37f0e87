//! Telegram Desktop: a channel, exported as `result.json` with its photos beside it.
//!
//! A post becomes an article: its first line is the title, photos of the same second belong to it, the line that ends
//! most posts (the channel's own signature) is cut. What is not the channel's own text is left out and counted: service
//! messages, what was forwarded, posts too short to stand alone. Ids, authors, reactions and the sources of what was
//! forwarded are never read into an article. Formatting goes the way of all HTML, through [`Page::html`].

use super::clean::clean_line;
use super::export::{Entry, Export, Surveyed, name_of};
use super::front;
use super::page::Page;
use super::spans;
use super::warning::Warning;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::Storage;

/// Characters below which a post is no article.
const SHORT: usize = 80;
/// Longest title that is taken from a first line, in characters.
const MAX_TITLE: usize = 140;
/// Longest line that can be a signature of the channel, in characters.
const MAX_TAIL: usize = 120;
/// A day, for `date_unixtime`.
const DAY_SECONDS: u64 = 86_400;

/// Whether a file that begins like this is such an export.
pub(super) fn is_export(head: &str) -> bool {
    let has = |what: &str| head.contains(what);
    head.starts_with('{')
        && (has("\"messages\"") || has("\"chats\""))
        && (has("_channel\"") || has("\"date_unixtime\"") || has("\"text_entities\""))
}

/// Looks through an export.
pub(super) fn survey(storage: &dyn Storage, path: &Path) -> Result<Surveyed, String> {
    let spans = spans::json_items(storage, path, Some("messages"))?;
    channel_only(&spans.head)?;
    let file = name_of(path);
    let mut found = Found {
        channel: channel(&spans.head).to_owned(),
        ..Found::default()
    };
    for (number, &span) in spans.items.iter().enumerate() {
        let label = format!("{file}#{}", number + 1);
        match object(storage, path, span) {
            Ok(message) => found.add(&label, span, &message),
            Err(why) => found.skip(&label, format!("{why}: left out")),
        }
    }
    if spans.cut {
        let label = format!("{file}#{}", spans.items.len() + 1);
        found.skip(&label, "the file ends inside it: left out".to_owned());
    }
    Ok(found.surveyed(path, &file))
}

/// An account's whole export holds private chats, and nobody means to publish those.
fn channel_only(head: &str) -> Result<(), String> {
    let kind = head.split("\"type\"").nth(1).unwrap_or_default();
    let kind = kind.split('"').nth(1).unwrap_or_default();
    if head.contains("\"chats\"") || head.contains("\"personal_information\"") {
        return Err(
            "it holds all chats of an account: export the channel alone (its menu, Export chat history)"
                .to_owned(),
        );
    }
    if kind.ends_with("_channel") || kind.is_empty() {
        return Ok(());
    }
    Err(format!("it is no channel but a {}", kind.replace('_', " ")))
}

/// The number of the channel, as it stands before its messages.
fn channel(head: &str) -> &str {
    let before = head.split("\"messages\"").next().unwrap_or_default();
    let told = before.split("\"id\"").nth(1).unwrap_or_default();
    let told = told.trim_start_matches([':', ' ', '\t', '\n', '\r']);
    let end = told.find(|c: char| !c.is_ascii_digit() && c != '-');
    told.get(..end.unwrap_or(told.len())).unwrap_or_default()
}

/// One message. Control characters are no JSON, but Telegram writes them, as `\x0B` too.
fn object(storage: &dyn Storage, path: &Path, span: (u64, u64)) -> Result<Value, String> {
    let text = spans::item(storage, path, span)?;
    let text: String = text
        .replace("\\x0B", " ")
        .chars()
        .map(|c| if c < ' ' { ' ' } else { c })
        .collect();
    serde_json::from_str(&text).map_err(|error| format!("no JSON ({error})"))
}

/// What was found by now.
#[derive(Default)]
struct Found {
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
    /// What was left out without a word for each.
    counted: BTreeMap<&'static str, u32>,
    /// Further photos of a post, by where the post lies.
    albums: HashMap<u64, Vec<(u64, u64)>>,
    /// The second and the sender of the last post, and the photos of that second before its text.
    second: Option<(String, String)>,
    early: Vec<(u64, u64)>,
    tails: HashMap<String, u32>,
    /// Number of the channel: two channels of one publisher have posts of the same numbers.
    channel: String,
}

impl Found {
    fn skip(&mut self, label: &str, why: String) {
        self.warnings.push(Warning::skipped(label, why));
    }

    fn count(&mut self, what: &'static str) {
        let count = self.counted.entry(what).or_default();
        *count = count.saturating_add(1);
    }

    fn add(&mut self, label: &str, span: (u64, u64), message: &Value) {
        let text = |name: &str| {
            message
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        if text("type") != "message" {
            return self.count("service messages");
        }
        if message.get("forwarded_from").is_some() || message.get("saved_from").is_some() {
            return self.count("forwarded posts");
        }
        let words = plain(message);
        let second = (text("date_unixtime").to_owned(), text("from_id").to_owned());
        let same = self.second.as_ref() == Some(&second) && !second.0.is_empty();
        if words.trim().is_empty() {
            return self.silent(span, message, second, same);
        }
        let early = std::mem::take(&mut self.early);
        let early = if same { early } else { Vec::new() };
        self.second = Some(second);
        if words.trim().chars().count() < SHORT {
            return self.count("posts of less than 80 characters");
        }
        if let Some(tail) = last_line(&words) {
            let count = self.tails.entry(tail.to_owned()).or_default();
            *count = count.saturating_add(1);
        }
        self.albums.insert(span.0, early);
        let key = format!("telegram {} {}", self.channel, number_of(message));
        let entry = entry(label, span, message, &words);
        self.entries.push(Entry { key, ..entry });
    }

    /// A message without words: a photo of an album, or nothing that can be read.
    fn silent(&mut self, span: (u64, u64), message: &Value, second: (String, String), same: bool) {
        if message.get("photo").is_none() {
            return self.count("posts without words");
        }
        let open = self.entries.last().filter(|_| same).map(|entry| entry.at);
        match open.and_then(|at| self.albums.get_mut(&at)) {
            Some(album) => album.push(span),
            None if same => self.early.push(span),
            None => self.early = vec![span],
        }
        self.second = Some(second);
    }

    fn surveyed(mut self, path: &Path, file: &str) -> Surveyed {
        for (what, count) in &self.counted {
            let what = format!("{what}: {count}");
            self.warnings.push(Warning::skipped(file, what));
        }
        let posts = self.entries.len();
        let usual = |(_, count): &(&String, &u32)| **count >= 3 && **count as usize * 2 >= posts;
        let tail = self
            .tails
            .iter()
            .filter(usual)
            .max_by_key(|(_, count)| **count);
        let tail = tail.map(|(tail, _)| tail.clone());
        if let Some(tail) = &tail {
            let (shown, _) = clean_line(tail, 60);
            let what = format!("the line that ends most posts was cut: {shown}");
            self.warnings.push(Warning::whole(file, what));
        }
        Surveyed {
            export: Arc::new(Channel {
                path: path.to_owned(),
                albums: self.albums,
                tail,
            }),
            entries: self.entries,
            warnings: self.warnings,
        }
    }
}

/// A hash of it names the article from issue to issue; it is written nowhere.
fn number_of(message: &Value) -> String {
    message.get("id").map(Value::to_string).unwrap_or_default()
}

fn entry(label: &str, (at, len): (u64, u64), message: &Value, words: &str) -> Entry {
    let text = |name: &str| message.get(name).and_then(Value::as_str);
    let seconds = text("date_unixtime").and_then(|it| it.parse::<u64>().ok());
    let day = seconds.and_then(|seconds| u32::try_from(seconds / DAY_SECONDS).ok());
    Entry {
        label: label.to_owned(),
        at,
        len,
        title: title(words),
        day: day.or_else(|| text("date").and_then(front::day)),
        ..Entry::default()
    }
}

/// The first line, or as much of it as a title can be.
fn title(words: &str) -> String {
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

fn last_line(words: &str) -> Option<&str> {
    let last = words.trim().lines().next_back()?.trim();
    let many = words.trim().lines().count() > 1;
    (many && !last.is_empty() && last.chars().count() <= MAX_TAIL).then_some(last)
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
fn plain(message: &Value) -> String {
    parts(message)
        .into_iter()
        .map(|(_, words, _)| words)
        .collect()
}

/// The message as HTML, for the closed way in that all HTML takes.
fn html(message: &Value, title: &str, tail: Option<&str>) -> String {
    let mut out = String::from("<p>");
    for (kind, words, address) in parts(message) {
        let words = escaped(words);
        let (open, close) = match kind {
            "bold" => ("<strong>", "</strong>"),
            "italic" => ("<em>", "</em>"),
            "code" => ("<code>", "</code>"),
            "pre" => ("<pre>", "</pre>"),
            "blockquote" => ("<blockquote>", "</blockquote>"),
            "text_link" => {
                let _ = write!(out, "<a href=\"{}\">{words}</a>", escaped(address));
                continue;
            }
            "link" => {
                let _ = write!(out, "<a href=\"{words}\">{words}</a>");
                continue;
            }
            _ => ("", ""),
        };
        out.push_str(open);
        out.push_str(&words);
        out.push_str(close);
    }
    let out = match tail {
        Some(tail) => without_line(&out, &escaped(tail), false),
        None => out,
    };
    let below = without_line(&out, &escaped(title), true);
    // A post of one line is its own title, and still has something to say.
    let out = if bare(&below).is_empty() { out } else { below };
    out.replace("\n\n", "</p><p>").replace('\n', "<br>")
}

/// Takes a line away from the start or the end, if it is there as a whole, whatever tags stand around it.
fn without_line(html: &str, line: &str, first: bool) -> String {
    let mut lines: Vec<&str> = html.split('\n').collect();
    let at = if first {
        lines.iter().position(|one| !bare(one).is_empty())
    } else {
        lines.iter().rposition(|one| !bare(one).is_empty())
    };
    let Some(at) = at.filter(|at| lines.get(*at).is_some_and(|one| bare(one) == line)) else {
        return html.to_owned();
    };
    // Tags that open here and close later stay.
    let kept: String = lines.get(at).map(|one| tags(one)).unwrap_or_default();
    if let Some(one) = lines.get_mut(at) {
        *one = &kept;
    }
    lines.join("\n")
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

#[derive(Debug)]
struct Channel {
    path: PathBuf,
    albums: HashMap<u64, Vec<(u64, u64)>>,
    tail: Option<String>,
}

impl Export for Channel {
    fn read(
        &self,
        storage: &dyn Storage,
        entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        let message = object(storage, &self.path, (entry.at, entry.len))?;
        show_photo(&message, page);
        for span in self.albums.get(&entry.at).into_iter().flatten() {
            show_photo(&object(storage, &self.path, *span)?, page);
        }
        page.html(&html(&message, &entry.title, self.tail.as_deref()), &|_| 0);
        let other = message.get("media_type").and_then(Value::as_str);
        if let Some(kind) = other {
            let what = format!("{} left out", kind.replace('_', " "));
            page.notes.add(0, what);
        }
        if message.get("poll").is_some() {
            page.notes.add(0, "poll left out");
        }
        Ok(())
    }
}

/// `(File not included. Change data exporting settings to download.)` stands where the path of a photo should.
fn show_photo(message: &Value, page: &mut Page<'_>) {
    let Some(photo) = message.get("photo").and_then(Value::as_str) else {
        return;
    };
    if photo.starts_with('(') {
        page.notes.add(0, "photo left out: it is not in the export");
    } else {
        page.picture(photo, "", "", 0);
    }
}
