//! Telegram Desktop: a channel, exported as `result.json` with its photos beside it, alone or
//! with all chats of an account.
//!
//! A post becomes an article: its first line is the title, photos of the same second belong to it, the lines that end
//! most posts (the channel's own signature) are cut, above an answer stands the title of what it answers. What is not the
//! channel's own text is left out and counted: service messages, what was forwarded, posts too short to stand alone. Ids,
//! authors, reactions and the sources of what was forwarded are never read into an article, unless [`ExportOptions`] asks
//! for authors or sources. Formatting goes the way of all HTML, through [`Page::html`].

mod chats;
mod post;
mod tail;

use super::choices::{ExportOptions, Forwards};
use super::clean::clean_line;
use super::export::{Entry, Export, Surveyed, name_of};
use super::page::Page;
use super::warning::Warning;
use super::{front, json};
use chats::Chats;
use post::{Above, plain, title, word};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tail::Endings;
use varaq_storage::Storage;

/// Characters below which a post is no article.
const SHORT: usize = 80;
/// A day, for `date_unixtime`.
const DAY_SECONDS: u64 = 86_400;

/// Whether a file that begins like this is such an export.
pub(super) fn is_export(head: &str) -> bool {
    let has = |what: &str| head.contains(what);
    let account = has("\"personal_information\"") || (has("\"chats\"") && has("\"list\""));
    let posts = has("_channel\"") || has("\"date_unixtime\"") || has("\"text_entities\"");
    head.starts_with('{') && (account || (has("\"messages\"") && posts))
}

/// Looks through an export.
pub(super) fn survey(
    storage: &dyn Storage,
    path: &Path,
    options: &ExportOptions,
) -> Result<Surveyed, String> {
    let chats = Chats::read(storage, path)?;
    let cut = chats.cut;
    let (chat, told) = chats.choose(options.channel.as_deref())?;
    let file = name_of(path);
    let mut found = Found::new(&chat.id, options);
    found
        .warnings
        .extend(told.map(|what| Warning::whole(&file, what)));
    for (number, &span) in chat.messages.iter().enumerate() {
        let label = format!("{file}#{}", number + 1);
        match json::object(storage, path, span) {
            Ok((message, mended)) => {
                found.mended += u32::from(mended);
                found.add(&label, span, &message);
            }
            Err(why) => found.skip(&label, format!("{why}: left out")),
        }
    }
    if cut {
        let label = format!("{file}#{}", chat.messages.len() + 1);
        found.skip(&label, "the file ends inside it: left out".to_owned());
    }
    Ok(found.surveyed(path, &file))
}

/// What was found by now.
struct Found<'o> {
    options: &'o ExportOptions,
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
    /// What was left out without a word for each.
    counted: BTreeMap<&'static str, u32>,
    /// Messages that were no JSON and could be read all the same.
    mended: u32,
    /// Further photos of a post, by where the post lies.
    albums: HashMap<u64, Vec<(u64, u64)>>,
    /// The second and the sender of the last post, and the photos of that second before its text.
    second: Option<(String, String)>,
    early: Vec<(u64, u64)>,
    endings: Endings,
    /// Titles of posts by their numbers, and which of them a post answers, by where it lies.
    titles: HashMap<String, usize>,
    answers: HashMap<u64, usize>,
    /// Number of the channel: two channels of one publisher have posts of the same numbers.
    channel: String,
}

impl<'o> Found<'o> {
    fn new(channel: &str, options: &'o ExportOptions) -> Found<'o> {
        Found {
            options,
            entries: Vec::new(),
            warnings: Vec::new(),
            counted: BTreeMap::new(),
            mended: 0,
            albums: HashMap::new(),
            second: None,
            early: Vec::new(),
            endings: Endings::default(),
            titles: HashMap::new(),
            answers: HashMap::new(),
            channel: channel.to_owned(),
        }
    }

    fn skip(&mut self, label: &str, why: String) {
        self.warnings.push(Warning::skipped(label, why));
    }

    fn count(&mut self, what: &'static str) {
        let count = self.counted.entry(what).or_default();
        *count = count.saturating_add(1);
    }

    fn add(&mut self, label: &str, span: (u64, u64), message: &Value) {
        if word(message, "type") != "message" {
            return self.count("service messages");
        }
        let foreign =
            message.get("forwarded_from").is_some() || message.get("saved_from").is_some();
        if foreign && self.options.forwards == Forwards::Leave {
            return self.count("forwarded posts");
        }
        let words = plain(message);
        let from = word(message, "from_id").to_owned();
        let second = (word(message, "date_unixtime").to_owned(), from);
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
        if !foreign {
            self.endings.count(&words);
        }
        self.albums.insert(span.0, early);
        self.post(label, span, message, &words);
    }

    fn post(&mut self, label: &str, span: (u64, u64), message: &Value, words: &str) {
        let id = |name: &str| message.get(name).map(Value::to_string).unwrap_or_default();
        let answered = self.titles.get(&id("reply_to_message_id")).copied();
        // What it answers in another chat is not the channel's to tell.
        if message.get("reply_to_peer_id").is_none() {
            self.answers.extend(answered.map(|to| (span.0, to)));
        }
        self.titles.insert(id("id"), self.entries.len());
        // A hash of it names the article from issue to issue; it is written nowhere.
        let key = format!("telegram {} {}", self.channel, id("id"));
        let byline = match self.options.authors {
            true => word(message, "author").to_owned(),
            false => String::new(),
        };
        let entry = entry(label, span, message, words);
        self.entries.push(Entry {
            key,
            byline,
            ..entry
        });
    }

    /// A message without words: a photo of an album, or nothing that can be read.
    fn silent(&mut self, span: (u64, u64), message: &Value, second: (String, String), same: bool) {
        if post::picture(message).is_none() {
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

    /// The lines that are cut from the end of posts; those that nobody asked for are told.
    fn tails(&mut self, file: &str) -> Vec<String> {
        if !self.options.tails.is_empty() {
            return self.options.tails.clone();
        }
        let usual = self.endings.usual(self.entries.len());
        if !usual.is_empty() {
            let (shown, _) = clean_line(&usual.join(" / "), 120);
            let what = format!("the line that ends most posts was cut: {shown}");
            self.warnings.push(Warning::whole(file, what));
        }
        // What was found is meant letter by letter.
        usual
            .into_iter()
            .filter(|line| !line.contains('*'))
            .collect()
    }

    fn surveyed(mut self, path: &Path, file: &str) -> Surveyed {
        for (what, count) in &self.counted {
            let what = format!("{what}: {count}");
            self.warnings.push(Warning::skipped(file, what));
        }
        if self.mended > 0 {
            let what = format!(
                "messages that were damaged JSON and were mended: {}",
                self.mended
            );
            self.warnings.push(Warning::whole(file, what));
        }
        let tails = self.tails(file);
        let title = |to: usize| self.entries.get(to).map(|entry| entry.title.clone());
        let answers = self
            .answers
            .iter()
            .filter_map(|(at, to)| Some((*at, title(*to)?)));
        let answers = answers.collect();
        Surveyed {
            export: Arc::new(Channel {
                path: path.to_owned(),
                albums: self.albums,
                answers,
                tails,
                origins: self.options.forwards == Forwards::Name,
            }),
            entries: self.entries,
            warnings: self.warnings,
        }
    }
}

fn entry(label: &str, (at, len): (u64, u64), message: &Value, words: &str) -> Entry {
    let seconds = word(message, "date_unixtime").parse::<u64>().ok();
    let day = seconds.and_then(|seconds| u32::try_from(seconds / DAY_SECONDS).ok());
    Entry {
        label: label.to_owned(),
        at,
        len,
        title: title(words),
        day: day.or_else(|| front::day(word(message, "date"))),
        ..Entry::default()
    }
}

#[derive(Debug)]
struct Channel {
    path: PathBuf,
    albums: HashMap<u64, Vec<(u64, u64)>>,
    /// Titles of the posts that others answer, by where these lie.
    answers: HashMap<u64, String>,
    tails: Vec<String>,
    /// Whether it may be told where a post was forwarded from.
    origins: bool,
}

impl Export for Channel {
    fn read(
        &self,
        storage: &dyn Storage,
        entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        let (message, _) = json::object(storage, &self.path, (entry.at, entry.len))?;
        post::show(&message, page);
        for span in self.albums.get(&entry.at).into_iter().flatten() {
            post::show(&json::object(storage, &self.path, *span)?.0, page);
        }
        let origin = match self.origins {
            true => word(&message, "forwarded_from"),
            false => "",
        };
        let answers = self.answers.get(&entry.at).map(String::as_str);
        let above = Above { origin, answers };
        page.html(
            &post::html(&message, &entry.title, &self.tails, &above),
            &|_| 0,
        );
        post::tell(&message, page);
        Ok(())
    }
}
