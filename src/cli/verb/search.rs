//! `varaq search`: articles that hold the words of a question, on the shelf or in files.
//!
//! Files are searched in memory: nothing of them is kept, and the shelf is not touched.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use varaq_article::fold::Query;
use varaq_bundle::Day;
use varaq_shelf::{Filter, Found, Hit, IndexError, LibraryError};
use varaq_trust::PublisherId;

mod hit;
mod lent;

use crate::exit;
use crate::failure::Failure;
use crate::library::{self, Place, Shelf};
use crate::reading::Consenting;
use crate::session::Session;
use crate::verb::trust::code_of;
use crate::words;
use lent::Lent;

const EXAMPLES: &str = "\
Examples:
  varaq search 'bread water'                   (both words, on the shelf)
  varaq search '\"price of bread\"' --unread     (a phrase, in what was not read yet)
  varaq search news.varaq bread
  varaq search bread --in /media/stick news.varaq
  varaq search bread --publisher 'Example Post' --since 2026-01-01 --json | jq -r .title

Spellings that mean the same word are found: ی and ي, ک and ك, with marks and without, digits of
any script. The best hits come first.";

/// Searches the articles on the shelf, or in files and folders.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
#[command(
    override_usage = "varaq search [OPTIONS] QUERY\n       varaq search [OPTIONS] FILE|DIR... QUERY"
)]
pub struct Search {
    /// The words to look for, the last argument; files and folders before it are searched instead of
    /// the shelf
    #[arg(required = true, value_name = "FILE|DIR... QUERY")]
    what: Vec<OsString>,
    /// Search these files and folders instead of the shelf
    #[arg(long = "in", value_name = "PATH", num_args = 1..)]
    inside: Vec<PathBuf>,
    /// Only of this publisher: its name, or its code
    #[arg(long, value_name = "NAME|CODE")]
    publisher: Option<String>,
    /// Only in this language: fa, or a regional form
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Only in the section of this name
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// Only of this day or later, as the publisher dated it
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Day>,
    /// Only of this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Day>,
    /// Only what was not read yet
    #[arg(long, conflicts_with = "inside")]
    unread: bool,
    /// Only what was starred
    #[arg(long, conflicts_with = "inside")]
    starred: bool,
    /// Show so many hits at most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    #[command(flatten)]
    consenting: Consenting,
    #[command(flatten)]
    place: Place,
}

impl Search {
    pub fn run(mut self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let question = self.question()?;
        let mut code = exit::GOOD;
        let (mut shelf, lent) = if self.paths().is_empty() {
            self.place.choose_existing(session)?;
            (Shelf::open(session, &self.place)?, None)
        } else {
            if self.unread || self.starred {
                return Err(Failure::usage(
                    "--unread and --starred are about the shelf, not about files",
                ));
            }
            self.place.choose_existing(session)?;
            let (shelf, lent) = Lent::lend(session, &self.paths(), self.consenting)?;
            code = lent.code;
            (shelf, Some(lent))
        };
        let filled = shelf.fill(session)?;
        code = exit::worse(code, filled);
        let filter = self.filter(&shelf)?;
        let most = usize::from(self.limit);
        let (found, hits) = found(session, &mut shelf, &question, &filter, most)?;
        for hit in &hits {
            let lent = lent.as_ref();
            hit::tell(session, &shelf, lent, hit)?;
        }
        self.sum_up(session, &shelf, &found, hits.len());
        Ok(code)
    }

    /// The last argument; a question that asks for nothing needs a filter.
    fn question(&mut self) -> Result<Query, Failure> {
        let typed = self.what.pop().unwrap_or_default();
        let Some(typed) = typed.to_str() else {
            return Err(Failure::usage("the question is no UTF-8 text"));
        };
        let question = Query::parse(typed, false);
        if question.is_empty() && !self.has_filter() {
            let what = format!("there is no word in {:?}", words::harmless(typed, false));
            return Err(Failure::usage(what).hint("the last argument is the question"));
        }
        Ok(question)
    }

    fn has_filter(&self) -> bool {
        let named = self.publisher.is_some() || self.language.is_some() || self.section.is_some();
        let days = self.since.is_some() || self.until.is_some();
        named || days || self.unread || self.starred
    }

    fn paths(&self) -> Vec<PathBuf> {
        let first = self.what.iter().map(PathBuf::from);
        first.chain(self.inside.iter().cloned()).collect()
    }

    fn filter(&self, shelf: &Shelf) -> Result<Filter, Failure> {
        let publisher = self.publisher.as_deref();
        Ok(Filter {
            publisher: publisher.map(|name| named(shelf, name)).transpose()?,
            language: self.language.clone(),
            section: self.section.clone(),
            since: self.since,
            until: self.until,
            unread: self.unread,
            starred: self.starred,
            ..Filter::default()
        })
    }

    /// What is not among the results.
    fn sum_up(&self, session: &mut Session<'_, '_>, shelf: &Shelf, found: &Found, shown: usize) {
        if shown == 0 {
            let searched = words::count(shelf.library.issues().count() as u64, "issue");
            session.note(&format!("nothing found in {searched}"));
        } else if found.total > shown {
            let more = if found.more { "more than " } else { "" };
            let total = found.total;
            session.note(&format!(
                "{shown} of {more}{total} hits; --limit shows more of them"
            ));
        }
        let closed = shelf.library.closed().len() as u64;
        if closed > 0 {
            let closed = words::count(closed, "kept file");
            session.warn(&format!(
                "{closed} cannot be shown any more and was not searched: see `varaq shelf list`"
            ));
        }
    }
}

/// What the index finds, read from the bundles. An index that names what is not there is made
/// anew, once.
fn found(
    session: &mut Session<'_, '_>,
    shelf: &mut Shelf,
    question: &Query,
    filter: &Filter,
    most: usize,
) -> Result<(Found, Vec<Hit>), Failure> {
    let once = look(session, shelf, question, filter, most);
    let looked = match once {
        Err(LibraryError::Index(_)) if !shelf.library.index().is_read_only() => {
            let renewed = shelf.library.renew_index();
            renewed.map_err(|error| library::failure(&error))?;
            shelf.fill(session)?;
            look(session, shelf, question, filter, most)
        }
        looked => looked,
    };
    looked.map_err(|error| library::failure(&error))
}

fn look(
    session: &Session<'_, '_>,
    shelf: &Shelf,
    question: &Query,
    filter: &Filter,
    most: usize,
) -> Result<(Found, Vec<Hit>), LibraryError> {
    let view = shelf.view(session);
    let found = shelf.library.search(question, filter, most, view)?;
    let mut hits = Vec::new();
    for row in &found.rows {
        if session.io.is_interrupted() {
            return Err(IndexError::Cancelled.into());
        }
        hits.push(shelf.library.hit(row, question, view)?);
    }
    Ok((found, hits))
}

/// The publisher of that name, code or id, among those whose issues are searched.
fn named(shelf: &Shelf, text: &str) -> Result<PublisherId, Failure> {
    let code = text.parse::<varaq_trust::Code>().ok();
    let id = text.parse::<PublisherId>().ok();
    let wanted = text.trim().to_lowercase();
    let mut found: Vec<PublisherId> = Vec::new();
    for kept in shelf.library.issues() {
        let publisher = &kept.facts.publisher;
        if found.contains(&publisher.id) {
            continue;
        }
        let pinned = publisher.pin.iter().map(|pin| &pin.name);
        let mut names = pinned.chain(publisher.names.iter().map(|name| &name.name));
        let is_named = names.any(|name| name.to_lowercase() == wanted);
        let is_id = id == Some(publisher.id);
        if is_named || is_id || (code.is_some() && code == Some(code_of(&publisher.id)?)) {
            found.push(publisher.id);
        }
    }
    let shown = words::harmless(text, false);
    match found.as_slice() {
        [publisher] => Ok(*publisher),
        [] => Err(Failure::usage(format!("no issue here is by {shown}"))
            .hint("give the whole name or the code; `varaq shelf list` names the publishers")),
        _ => Err(
            Failure::usage(format!("several publishers are called {shown}"))
                .hint("give the code of the one that is meant: see `varaq trust list`"),
        ),
    }
}
