//! What was asked for: the command line, and what it does not say from `issue.toml`.

use std::path::PathBuf;

use clap::Args;
use varaq_bundle::Day;
use varaq_press::import::SourceKind;
use varaq_press::preflight::Allowance;
use varaq_press::{IssueFile, PackOptions, Selection, Size};

use super::exports::Exports;
use crate::failure::Failure;

/// What to pack.
#[derive(Args, Debug)]
pub struct Asked {
    /// Folders and files of articles
    sources: Vec<PathBuf>,
    /// Take what is not said here from a file of this kind (pack --init writes one)
    #[arg(long, value_name = "FILE")]
    pub issue: Option<PathBuf>,
    /// What the sources are: folder, wordpress, wordpress-rest, feed, page, telegram, epub [default: by what they hold]
    #[arg(long, value_name = "KIND")]
    from: Option<SourceKind>,
    /// A folder with copies of the pictures, such as wp-content/uploads
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// Which element of a saved page is the article: a name, .class, #id, or one inside another [default: the one with most words]
    #[arg(long, value_name = "ELEMENT")]
    article: Option<String>,
    #[command(flatten)]
    exports: Exports,
    /// The bundle to write; a signed issue is never overwritten
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The folder made by `publisher new`, or its contact file
    #[arg(long, value_name = "DIR")]
    publisher: Option<PathBuf>,
    /// The number of the issue
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    number: Option<u32>,
    /// The day of the issue
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<Day>,
    /// The channel [default: main]
    #[arg(long)]
    channel: Option<String>,
    /// The language of the issue, and of articles that do not say theirs
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The title of the issue
    #[arg(long)]
    title: Option<String>,
    /// Only articles of this day and later ones
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Day>,
    /// Only articles of this day and earlier ones
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Day>,
    /// Only articles of this section; several times
    #[arg(long, value_name = "NAME")]
    section: Vec<String>,
    /// The article that leads: its file, title or id
    #[arg(long, value_name = "ARTICLE")]
    lead: Option<String>,
    /// Most bytes of the file, such as 50M; what has no room is named
    #[arg(long, value_name = "SIZE")]
    max_size: Option<Size>,
    /// The issue before: what is in both keeps its bytes, so that its readers need little more
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Publish what the preflight refuses: author, email, phone, path, watermark, or one thing (email=tips@example.org); several times
    #[arg(long, value_name = "KIND")]
    allow: Vec<Allowance>,
    /// Leave out who wrote the articles, and look for these names in the texts
    #[arg(long)]
    no_bylines: bool,
}

impl Asked {
    /// What to do. A path or number that is needed and said nowhere is wrong usage.
    pub fn options(self, file: IssueFile) -> Result<PackOptions, Failure> {
        let missing = |flag: &str, key: Option<&str>| {
            let failure = Failure::usage(format!("{flag} is missing"));
            match key {
                Some(key) => failure.hint(format!(
                    "type it, or write `{key} = …` into the file of --issue"
                )),
                None => failure.hint("varaq pack --help shows how"),
            }
        };
        let sources = if self.sources.is_empty() {
            file.sources
        } else {
            self.sources
        };
        if sources.is_empty() {
            return Err(missing("a folder or file of articles", Some("sources")));
        }
        let output = self.output.ok_or_else(|| missing("--output", None))?;
        let publisher = self.publisher.or(file.publisher);
        let publisher = publisher.ok_or_else(|| missing("--publisher", Some("publisher")))?;
        let number = self
            .number
            .or(file.number)
            .ok_or_else(|| missing("--number", Some("number")))?;
        let day = self
            .day
            .or(file.day)
            .ok_or_else(|| missing("--day", Some("day")))?;
        let mut options = PackOptions::new(sources, output, publisher, number, day);
        options.from = self.from;
        options.previous = self.previous;
        options.media = self.media.or(file.media);
        options.selector = self.article;
        options.exports = self.exports.options();
        // What the command line says of a site comes first, and the first that fits counts.
        for (site, element) in file.selectors {
            let select = format!("{site}={element}").parse();
            let select = select.map_err(|error| {
                Failure::usage(format!("[selectors] {site} is not understood")).because(&error)
            })?;
            options.exports.selects.push(select);
        }
        options.channel = self.channel.or(file.channel).unwrap_or(options.channel);
        options.language = self.lang.or(file.language);
        options.title = self.title.or(file.title).unwrap_or_default();
        // What was allowed once stays so; a command line adds to it.
        options.rules.allow = file.allow.into_iter().chain(self.allow).collect();
        options.rules.no_bylines = self.no_bylines || file.no_bylines;
        options.selection = Selection {
            since: self.since.or(file.since),
            until: self.until.or(file.until),
            sections: if self.section.is_empty() {
                file.only
            } else {
                self.section
            },
            order: file.sections,
            lead: self.lead.or(file.lead),
            max_bytes: self.max_size.map(|size| size.0).or(file.max_bytes),
        };
        Ok(options)
    }
}
