//! The last look at an issue before it is written: what should not leave the newsroom.
//!
//! In: articles as they were imported, and what their pictures' files told. Out:
//! [`Finding`]s, each of a [`FindingKind`] that refuses or warns, unless the publisher
//! allowed it. Nothing is changed here, no file is opened, and nothing can fail. It is a
//! net, not a proof: a name in running text is known to nobody but its author.

mod kind;
mod name;
mod scan;
mod walk;

pub use kind::{Allowance, FindingKind, UnknownFinding};

use crate::import::{SourceArticle, Warning};
use crate::traces::Trace;
use name::Looks;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use varaq_bundle::Direction;

/// Most findings of one kind that are kept of one article; further ones are counted.
const MOST: usize = 20;
/// Most findings of an issue that are kept.
const MOST_IN_ISSUE: usize = 10_000;
/// Characters of text shown on either side of what was found.
const AROUND: usize = 18;

/// Something that should be looked at before an issue is signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// File of the article, as warnings call it; empty: the issue as a whole.
    pub file: String,
    /// Where in it: `title`, `byline`, `block 3`, `link in block 3`.
    pub place: String,
    /// The very words, or what is to be known.
    pub what: String,
    /// The words with some of those around them; at most 120 characters.
    pub excerpt: String,
    /// The publisher means it.
    pub allowed: bool,
    /// A warning of the import tells the same.
    pub told: bool,
}

impl Finding {
    /// Whether the issue is not written because of it.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.kind.refuses() && !self.allowed
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = if self.file.is_empty() {
            "the issue"
        } else {
            &self.file
        };
        write!(
            f,
            "{file}, {}: {}: {}",
            self.place,
            self.kind.meaning(),
            self.excerpt
        )
    }
}

/// What the publisher means to publish.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// What is meant to be there.
    pub allow: Vec<Allowance>,
    /// Bylines are left out of the issue; the names in them are then looked for everywhere.
    pub no_bylines: bool,
}

/// Looks through one issue, article by article.
#[derive(Debug)]
pub struct Preflight {
    rules: Rules,
    /// The publisher's own names: no person's.
    own: Vec<String>,
    findings: Vec<Finding>,
    /// Findings beyond those that are kept.
    more: u64,
    counts: BTreeMap<(String, FindingKind), usize>,
    bylines: Looks,
    sections: Looks,
}

impl Preflight {
    /// Begins; `own` are the names of the publisher.
    #[must_use]
    pub fn new(rules: Rules, own: Vec<String>) -> Preflight {
        Preflight {
            rules,
            own,
            findings: Vec::new(),
            more: 0,
            counts: BTreeMap::new(),
            bylines: Looks::default(),
            sections: Looks::default(),
        }
    }

    /// Whether something was found that refuses.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.findings.iter().any(Finding::refuses)
    }

    /// What was found, in the order of the articles, and how many more there were.
    #[must_use]
    pub fn finish(self) -> (Vec<Finding>, u64) {
        (self.findings, self.more)
    }

    /// Looks at the names of the issue itself.
    pub fn issue(&mut self, title: &str, sections: &[String]) {
        self.name("", "title of the issue", title);
        self.text("", "title of the issue", title, &[]);
        for section in sections {
            self.name("", "name of a section", section);
            self.text("", "name of a section", section, &[]);
            let other = self.sections.add(section).map(str::to_owned);
            if let Some(other) = other {
                let what = format!("“{section}” looks like “{other}”");
                self.add(
                    FindingKind::Lookalike,
                    "",
                    "name of a section",
                    section,
                    &what,
                );
            }
        }
    }

    /// Looks at an article. With `no_bylines` its byline is still in it here.
    pub fn article(&mut self, article: &SourceArticle) {
        let file = article.source.file.as_str();
        self.metadata(article);
        self.declared(article);
        let names = if self.rules.no_bylines {
            people(&article.byline)
        } else {
            Vec::new()
        };
        self.text(file, "title", &article.title, &names);
        let mut found = Vec::new();
        walk::each_text(&article.article, &mut |place, text| {
            found.extend(look(text, &names).into_iter().map(|(kind, range)| {
                let (what, excerpt) = shown(text, &range);
                (kind, place.to_owned(), what, excerpt)
            }));
        });
        for (kind, place, what, excerpt) in found {
            self.add(kind, file, &place, &what, &excerpt);
        }
    }

    /// What the file of a picture told, and the issue does not.
    pub fn picture(&mut self, file: &str, picture: &str, traces: &BTreeSet<Trace>) {
        if traces.contains(&Trace::Place) {
            let place = format!("picture {picture}");
            self.add(
                FindingKind::Gps,
                file,
                &place,
                picture,
                "where it was taken",
            );
        }
    }

    /// What the import warned about and scripts should know as well.
    pub fn warnings(&mut self, warnings: &[Warning]) {
        for warning in warnings.iter().filter(|one| !one.skipped) {
            let what = warning.what.as_str();
            let kind = if what.contains("picture left out") {
                FindingKind::Picture
            } else if what.starts_with("tracking parameters") {
                FindingKind::Tracking
            } else if what.starts_with("no title") {
                FindingKind::Title
            } else if what.starts_with("no date") {
                FindingKind::Day
            } else {
                continue;
            };
            let place = warning
                .line
                .map_or("article".to_owned(), |line| format!("line {line}"));
            let excerpt: String = what.chars().take(120).collect();
            self.push(kind, &warning.file, &place, what, &excerpt, true);
        }
    }

    /// Byline and section.
    fn metadata(&mut self, article: &SourceArticle) {
        let file = article.source.file.as_str();
        let byline = article.byline.as_str();
        self.name(file, "title", &article.title);
        if byline.is_empty() || self.rules.no_bylines {
            return;
        }
        self.name(file, "byline", byline);
        self.text(file, "byline", byline, &[]);
        if !self.own.iter().any(|own| own == byline) {
            self.add(FindingKind::Author, file, "byline", byline, byline);
        }
        let other = self.bylines.add(byline).map(str::to_owned);
        if let Some(other) = other {
            let what = format!("“{byline}” looks like “{other}”");
            self.add(FindingKind::Lookalike, file, "byline", byline, &what);
        }
    }

    /// Language and direction, as they were declared and as the letters say.
    fn declared(&mut self, article: &SourceArticle) {
        let file = article.source.file.as_str();
        let language = &article.language;
        if article.source.language().is_none() {
            let what = format!("{language}, by its letters");
            self.add(FindingKind::Language, file, "article", language, &what);
        }
        let words = varaq_article::plain_text(&article.article);
        let (right, left) = letters(&words);
        let (way, wrong) = match article.direction {
            Direction::LeftToRight => ("left to right", right > 2 * left),
            Direction::RightToLeft => ("right to left", left > 4 * right),
        };
        if wrong {
            let what = format!("{language} runs {way}, most letters the other way");
            self.add(FindingKind::Direction, file, "article", language, &what);
        }
    }

    fn name(&mut self, file: &str, place: &str, name: &str) {
        if let Some(word) = name::mixed_word(name) {
            let what = format!("{word} in “{}”", short(name));
            self.add(FindingKind::Lookalike, file, place, word, &what);
        }
    }

    fn text(&mut self, file: &str, place: &str, text: &str, names: &[&str]) {
        for (kind, range) in look(text, names) {
            let (what, excerpt) = shown(text, &range);
            self.add(kind, file, place, &what, &excerpt);
        }
    }

    fn add(&mut self, kind: FindingKind, file: &str, place: &str, what: &str, excerpt: &str) {
        self.push(kind, file, place, what, excerpt, false);
    }

    fn push(
        &mut self,
        kind: FindingKind,
        file: &str,
        place: &str,
        what: &str,
        excerpt: &str,
        told: bool,
    ) {
        let allowed = self.rules.allow.iter().any(|one| one.covers(kind, what));
        let count = self.counts.entry((file.to_owned(), kind)).or_default();
        *count += 1;
        // What refuses is never dropped in favour of what is allowed.
        let room = self.findings.len() < MOST_IN_ISSUE && (*count <= MOST);
        let first_refusal = kind.refuses() && !allowed && *count > MOST && *count <= 2 * MOST;
        if !room && !first_refusal {
            self.more += 1;
            return;
        }
        self.findings.push(Finding {
            kind,
            file: file.to_owned(),
            place: place.to_owned(),
            what: what.to_owned(),
            excerpt: short(excerpt),
            allowed,
            told,
        });
    }
}

/// Everything that may be in a text.
fn look(text: &str, names: &[&str]) -> Vec<(FindingKind, Range<usize>)> {
    let mut found = Vec::new();
    let mut add = |kind, ranges: Vec<Range<usize>>| {
        found.extend(ranges.into_iter().map(|range| (kind, range)));
    };
    add(FindingKind::Email, scan::emails(text));
    add(FindingKind::Phone, scan::phones(text));
    add(FindingKind::Path, scan::paths(text));
    add(FindingKind::Clock, scan::clocks(text));
    add(FindingKind::Tool, scan::tools(text));
    add(FindingKind::Tracking, scan::tracking(text));
    let (single, rows) = scan::hidden(text);
    add(FindingKind::Invisible, single);
    add(FindingKind::Watermark, rows);
    for name in names {
        let said = text.match_indices(name).map(|(at, _)| at..at + name.len());
        add(FindingKind::Author, said.collect());
    }
    found
}

/// The names in a byline that are long enough to be looked for.
fn people(byline: &str) -> Vec<&str> {
    let names = byline.split([',', ';', '،', '؛']).map(str::trim);
    names.filter(|name| name.chars().count() >= 4).collect()
}

/// Letters that run from right to left, and those that run from left to right.
fn letters(text: &str) -> (usize, usize) {
    text.chars().filter(|c| c.is_alphabetic()).take(20_000).fold((0, 0), |(right, left), c| {
        let arabic = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
        if arabic { (right + 1, left) } else { (right, left + 1) }
    })
}

/// What was found, and the same with some of the words around it.
fn shown(text: &str, range: &Range<usize>) -> (String, String) {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let before = part(0..range.start);
    let start = before
        .char_indices()
        .rev()
        .nth(AROUND - 1)
        .map_or(0, |(at, _)| at);
    let after = part(range.end..text.len());
    let end = after
        .char_indices()
        .nth(AROUND)
        .map_or(after.len(), |(at, _)| at);
    let what = part(range.clone());
    // Nobody sees these; their numbers are seen.
    let seen = |words: &str| -> String {
        words
            .chars()
            .map(|c| {
                if hides(c) {
                    format!("<U+{:04X}>", u32::from(c))
                } else {
                    c.to_string()
                }
            })
            .collect()
    };
    let head = if start > 0 { "…" } else { "" };
    let tail = if end < after.len() { "…" } else { "" };
    let around = format!(
        "{head}{}{}{}{tail}",
        part(start..range.start),
        seen(what),
        part(range.end..range.end + end)
    );
    (what.to_owned(), around)
}

fn hides(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{180e}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}')
}

/// At most 120 characters.
fn short(words: &str) -> String {
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(120) {
        None => words,
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
    }
}
