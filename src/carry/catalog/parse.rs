//! Reading a catalogue that somebody else may have written.
//!
//! Not an XML parser: the feed has one encoding, so it is enough to take the values out of
//! the lines that hold them, to encode what they make up, and to compare. What no line of
//! ours could hold cannot come out the same.

use super::xml::unescaped;
use super::{Catalog, CatalogEntry, MAX_CATALOG_BYTES, is_name};
use varaq_bundle::Hash;
use varaq_trust::PublisherId;

/// Why a text is no catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogFault {
    /// Longer than any.
    #[error("expected at most {MAX_CATALOG_BYTES} bytes")]
    TooLong,
    /// A line does not hold what it should.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
    /// The values can be read, but no program of ours writes them like that.
    #[error("line {line} is not as a catalogue has it")]
    Encoding {
        /// The first line that differs, from 1.
        line: usize,
    },
}

pub(super) fn parse(text: &str) -> Result<Catalog, CatalogFault> {
    if text.len() as u64 > MAX_CATALOG_BYTES {
        return Err(CatalogFault::TooLong);
    }
    let mut catalog = Catalog::default();
    let mut draft = Draft::default();
    for (line, at) in text.lines().zip(1..) {
        let fault = |what| CatalogFault::Line { line: at, what };
        if let Some(rest) = line.strip_prefix("<varaq:mirror ") {
            let mirror = value(rest, "href").and_then(|href| href.parse().ok());
            catalog
                .mirrors
                .push(mirror.ok_or(fault("expected a mirror"))?);
        } else if let Some(rest) = line.strip_prefix("<author><name>") {
            let name = rest
                .split_once("</name>")
                .and_then(|(name, _)| unescaped(name));
            draft.name = Some(name.ok_or(fault("expected a name"))?);
        } else if let Some(rest) = line.strip_prefix("<varaq:issue ") {
            draft.issue = Some(Issue::read(rest).ok_or(fault("expected an issue"))?);
        } else if let Some(rest) = line.strip_prefix("<varaq:file ") {
            let entry = std::mem::take(&mut draft).entry(rest);
            catalog.entries.push(entry.ok_or(fault("expected a file"))?);
        }
    }
    compare(catalog, text)
}

fn compare(mut catalog: Catalog, text: &str) -> Result<Catalog, CatalogFault> {
    catalog.arrange();
    let again = catalog.atom();
    if again == text {
        return Ok(catalog);
    }
    let same = again
        .lines()
        .zip(text.lines())
        .take_while(|(a, b)| a == b)
        .count();
    Err(CatalogFault::Encoding {
        line: same.saturating_add(1),
    })
}

/// What was read of an entry so far.
#[derive(Default)]
struct Draft {
    name: Option<String>,
    issue: Option<Issue>,
}

struct Issue {
    manifest: Hash,
    publisher: PublisherId,
    channel: String,
    epoch: u32,
    number: u32,
    day: varaq_bundle::Day,
}

impl Issue {
    fn read(rest: &str) -> Option<Issue> {
        Some(Issue {
            manifest: value(rest, "manifest")?.parse().ok()?,
            publisher: value(rest, "publisher")?.parse().ok()?,
            channel: value(rest, "channel")?,
            epoch: value(rest, "epoch")?.parse().ok()?,
            number: value(rest, "number")?.parse().ok()?,
            day: value(rest, "day")?.parse().ok()?,
        })
    }
}

impl Draft {
    fn entry(self, rest: &str) -> Option<CatalogEntry> {
        let issue = self.issue?;
        let sha256: Hash = value(rest, "sha256")?.parse().ok()?;
        let articles_of = match value(rest, "of")?.as_str() {
            "?" => None,
            all => Some(all.parse().ok()?),
        };
        Some(CatalogEntry {
            name: value(rest, "name").filter(|name| is_name(name))?,
            len_bytes: value(rest, "bytes")?.parse().ok()?,
            sha256: sha256.0,
            manifest: issue.manifest,
            publisher: issue.publisher,
            publisher_name: self.name?,
            channel: issue.channel,
            epoch: issue.epoch,
            number: issue.number,
            day: issue.day,
            articles: value(rest, "articles")?.parse().ok()?,
            articles_of,
        })
    }
}

/// The value of an attribute; ours never hold a quotation mark.
fn value(rest: &str, name: &str) -> Option<String> {
    let mut fields = rest.split('"');
    while let (Some(before), Some(value)) = (fields.next(), fields.next()) {
        if before.trim_start().strip_suffix('=') == Some(name) {
            return unescaped(value);
        }
    }
    None
}
