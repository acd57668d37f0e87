//! `varaq list`: the articles of an issue, one a line, and the notices that it carries.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use varaq_bundle::{ArticleId, Direction, Entry, Medium, MediumClass, Presence};

use crate::exit;
use crate::failure::Failure;
use crate::notice;
use crate::reading::{Consenting, Reading, piece_failure};
use crate::session::Session;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq list news.varaq
  varaq list news.varaq --json | jq -r '.number, .title'
  varaq list stranger.varaq --untrusted";

/// Lists the articles of an issue, and the notices that it carries.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct List {
    /// The bundle
    file: PathBuf,
    #[command(flatten)]
    consenting: Consenting,
}

impl List {
    /// Prints page by page, so that memory does not grow with the issue.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let reading = Reading::open(&self.file, self.consenting, session)?;
        if let Some(banner) = reading.banner().filter(|_| !session.json) {
            session.line(&banner)?;
        }
        let mut code = exit::GOOD;
        for item in reading.content.entries() {
            if session.io.is_interrupted() {
                return Err(Failure::interrupted());
            }
            match item {
                Ok((number, entry)) => {
                    let here = reading.content.presence(&entry) == Presence::Here;
                    code = exit::worse(code, if here { exit::GOOD } else { exit::INCOMPLETE });
                    if session.json {
                        session.object(&object(&reading, number, &entry))?;
                    } else {
                        let line = line(session, number, &entry, here);
                        session.line(&line)?;
                    }
                }
                Err(error) => {
                    let failure =
                        piece_failure("a page of the catalog cannot be read".to_owned(), &error);
                    code = exit::worse(code, failure.code);
                    session.fail(&failure);
                }
            }
        }
        Ok(exit::worse(code, notices(&reading, session)?))
    }
}

/// The notices that the issue carries, behind its articles.
fn notices(reading: &Reading, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
    let notices = &reading.notices.notices;
    if !session.json && !notices.is_empty() {
        session.line(&format!("carries {}:", notice::tally(notices)))?;
    }
    for one in notices {
        if session.json {
            let mut object = notice::object(one);
            if let Some(fields) = object.as_object_mut() {
                fields.insert("trusted".to_owned(), json!(reading.is_trusted()));
            }
            session.object(&object)?;
        } else {
            let line = format!("        {}", notice::line(session, one, ""));
            session.line(&line)?;
        }
    }
    let Some(failure) = reading.unread_notices() else {
        return Ok(exit::GOOD);
    };
    session.fail(&failure);
    Ok(failure.code)
}

fn line(session: &Session<'_, '_>, number: u32, entry: &Entry, here: bool) -> String {
    let mut line = format!(
        "{number:>6}  {}  {:<3} {}",
        words::day(entry.day),
        entry.language,
        session.foreign(&entry.title)
    );
    if !entry.byline.is_empty() {
        line.push_str(" — ");
        line.push_str(&session.foreign(&entry.byline));
    }
    if !here {
        line.push_str("  (not in this copy)");
    }
    line
}

/// The `article` object of `list` and `show`.
pub fn object(reading: &Reading, number: u32, entry: &Entry) -> Value {
    json!({
        "type": "article", "number": number, "id": entry.id.to_string(), "version": entry.version,
        "group": entry.group.map(|group| ArticleId(group).to_string()),
        "title": entry.title, "byline": entry.byline, "section": reading.section(entry),
        "language": entry.language,
        "direction": if entry.direction == Direction::RightToLeft { "rtl" } else { "ltr" },
        "day": words::day(entry.day), "words": entry.words, "bytes": entry.span.len,
        "media": entry.media.iter().map(medium).collect::<Vec<_>>(),
        "here": reading.content.presence(entry) == Presence::Here,
        "trusted": reading.is_trusted(),
    })
}

fn medium(medium: &Medium) -> Value {
    json!({
        "class": if medium.class == MediumClass::Picture { "picture" } else { "attachment" },
        "media_type": medium.media_type, "name": medium.name, "bytes": medium.span.len,
        "width": medium.width, "height": medium.height,
    })
}
