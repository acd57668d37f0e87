//! `varaq shelf remove`: issues leave the shelf for good; what was read and starred stays known.

use clap::Args;
use serde_json::json;
use varaq_bundle::Hash;
use varaq_shelf::Kept;

use super::{Waiting, change_failure, short};
use crate::exit;
use crate::failure::Failure;
use crate::library::{self, Place, Shelf, going_on};
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq shelf remove 5f0c1d2e3a4b
  varaq shelf remove 5f0c 77aa";

/// Shorter ones are a slip of the finger.
const SHORTEST: usize = 4;

/// `shelf remove`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Remove {
    /// Ids that `varaq shelf list` shows, or their first 4 digits and more
    #[arg(required = true, value_name = "ISSUE")]
    issues: Vec<String>,
    #[command(flatten)]
    place: Place,
}

/// What is removed.
struct Named {
    id: Hash,
    files: Vec<Hash>,
    name: String,
    len_bytes: Option<u64>,
}

impl Remove {
    /// All names are looked up before anything is removed.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        self.place.choose_existing(session)?;
        let mut shelf = Shelf::open(session, &self.place)?;
        let mut all: Vec<Named> = Vec::new();
        for issue in &self.issues {
            let named = find(&shelf, issue)?;
            if all.iter().all(|known| known.id != named.id) {
                all.push(named);
            }
        }
        let mut waiting = Waiting::default();
        for named in all {
            remove(session, &mut shelf, &mut waiting, &named)?;
            tell(session, &named)?;
        }
        Ok(exit::GOOD)
    }
}

fn remove(
    session: &mut Session<'_, '_>,
    shelf: &mut Shelf,
    waiting: &mut Waiting,
    named: &Named,
) -> Result<(), Failure> {
    let view = state::view(session, &shelf.state);
    let mut progress = |now| {
        waiting.hear(session, now);
        going_on(session)
    };
    let taken = shelf.library.take_files(&named.files, view, &mut progress);
    let purged = taken.and_then(|_| shelf.library.purge(&mut progress));
    let what = || format!("{} cannot be removed", named.name);
    purged.map_err(|error| change_failure(what(), &error))
}

fn tell(session: &mut Session<'_, '_>, named: &Named) -> Result<(), Failure> {
    if session.json {
        let files: Vec<String> = named.files.iter().map(ToString::to_string).collect();
        let object = json!({
            "type": "removed", "id": named.id.to_string(), "name": named.name, "files": files,
            "bytes": named.len_bytes,
        });
        return session.object(&object);
    }
    let size = named.len_bytes.map_or(String::new(), |bytes| {
        format!(", {} freed", words::size(bytes))
    });
    let id = short(&named.id);
    session.line(&format!("removed  {id}  {}{size}", named.name))
}

/// The issue, or the closed file, whose id begins so.
fn find(shelf: &Shelf, text: &str) -> Result<Named, Failure> {
    let start = text.to_ascii_lowercase();
    let is_id = start.len() >= SHORTEST && start.chars().all(|c| c.is_ascii_hexdigit());
    if !is_id {
        let what = format!("{} is no id of an issue", words::harmless(text, false));
        return Err(
            Failure::usage(what).hint("`varaq shelf list` shows ids; give 4 digits or more")
        );
    }
    let kept = shelf.library.kept().iter().map(|kept| of_kept(kept));
    let closed = shelf.library.closed().iter().map(|closed| Named {
        id: closed.file,
        files: vec![closed.file],
        name: "a file of which nothing was shown".to_owned(),
        len_bytes: None,
    });
    let mut found = kept
        .chain(closed)
        .filter(|named| named.id.to_string().starts_with(&start));
    match (found.next(), found.next()) {
        (Some(named), None) => Ok(named),
        (None, _) => Err(Failure::failed(format!("no issue {start} is on the shelf"))
            .hint("see `varaq shelf list`")),
        _ => Err(Failure::usage(format!("several issues begin with {start}"))
            .hint("give more digits of the id")),
    }
}

fn of_kept(kept: &Kept) -> Named {
    Named {
        id: kept.id(),
        files: kept.files.clone(),
        name: library::issue_name(kept),
        len_bytes: Some(kept.len_bytes),
    }
}
