//! A catalogue as an OPDS 1.2 acquisition feed (RFC 4287).
//!
//! One element a line, so that two versions can be compared by eye. Links are relative: the
//! same bytes serve every mirror, a stick, and a folder. The days are those of the issues.

use std::fmt::Write as _;

use super::xml::escaped;
use super::{CATALOG_FILE, Catalog, CatalogEntry, METALINK_FILE};
use crate::address::percent_encoded;
use crate::torrent::hex;
use varaq_bundle::Day;

pub(super) const HEAD: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:varaq=\"urn:varaq:catalog:1\">
<id>urn:varaq:catalog</id>
<title>Issues</title>
";
pub(super) const TAIL: &str = "</feed>\n";
const KIND: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
const ACQUISITION: &str = "http://opds-spec.org/acquisition/open-access";

pub(super) fn text(catalog: &Catalog) -> String {
    let newest = catalog.entries.iter().map(|entry| entry.day).max();
    let mut out = String::from(HEAD);
    updated(&mut out, newest.unwrap_or_default());
    for rel in ["self", "start"] {
        line(
            &mut out,
            format_args!("<link rel=\"{rel}\" type=\"{KIND}\" href=\"{CATALOG_FILE}\"/>"),
        );
    }
    line(
        &mut out,
        format_args!(
            "<link rel=\"related\" type=\"application/metalink4+xml\" href=\"{METALINK_FILE}\"/>"
        ),
    );
    for mirror in &catalog.mirrors {
        let address = escaped(mirror.as_str());
        line(&mut out, format_args!("<varaq:mirror href=\"{address}\"/>"));
    }
    for each in &catalog.entries {
        entry(&mut out, each);
    }
    out.push_str(TAIL);
    out
}

fn entry(out: &mut String, entry: &CatalogEntry) {
    let CatalogEntry {
        publisher,
        epoch,
        number,
        day,
        manifest,
        len_bytes,
        ..
    } = entry;
    let (who, channel) = (escaped(&entry.publisher_name), escaped(&entry.channel));
    let (name, sha256) = (escaped(&entry.name), hex(&entry.sha256));
    let all = entry
        .articles_of
        .map_or("?".to_owned(), |all| all.to_string());
    let href = escaped(&percent_encoded(&entry.name));
    let articles = entry.articles;
    line(out, format_args!("<entry>"));
    line(
        out,
        format_args!(
            "<id>urn:varaq:file:{sha256}:{}</id>",
            escaped(&percent_encoded(&entry.name))
        ),
    );
    line(
        out,
        format_args!("<title>{who}: {channel} {epoch}/{number}, {day}</title>"),
    );
    line(
        out,
        format_args!(
            "<author><name>{who}</name><uri>urn:varaq:publisher:{publisher}</uri></author>"
        ),
    );
    updated(out, *day);
    line(
        out,
        format_args!("<summary>{articles} of {all} articles</summary>"),
    );
    line(
        out,
        format_args!(
            "<varaq:issue manifest=\"{manifest}\" publisher=\"{publisher}\" channel=\"{channel}\" epoch=\"{epoch}\" number=\"{number}\" day=\"{day}\"/>"
        ),
    );
    line(
        out,
        format_args!(
            "<varaq:file name=\"{name}\" bytes=\"{len_bytes}\" sha256=\"{sha256}\" articles=\"{articles}\" of=\"{all}\"/>"
        ),
    );
    line(
        out,
        format_args!(
            "<link rel=\"{ACQUISITION}\" type=\"application/octet-stream\" length=\"{len_bytes}\" href=\"{href}\"/>"
        ),
    );
    line(out, format_args!("</entry>"));
}

fn updated(out: &mut String, day: Day) {
    line(out, format_args!("<updated>{day}T00:00:00Z</updated>"));
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes whatever is written.
    let _ = writeln!(out, "{text}");
}
