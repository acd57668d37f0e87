//! `varaq trust proof`: evidence that a publisher's keys signed two issues with one number.

use clap::Args;
use serde_json::json;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use varaq_trust::Conflict;

use super::{What, of_what};
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq trust proof 1234-5678-9012-3456-7890-1234 --to proof
  varaq check proof

Writes a head copy of each of the issues: what was signed and the signatures, no article.
Whoever checks them together sees the conflict; nobody has to believe you.";

/// `trust proof`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Proof {
    /// The code, or a contact file or bundle of the publisher
    #[arg(required = true, value_name = "CODE|CONTACT|BUNDLE")]
    what: Vec<PathBuf>,
    /// A folder that is new or empty
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

impl Proof {
    pub(super) fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let pin = of_what(&What::of(&self.what)?, &kept.pins)?;
        let conflicts = kept.evidence.conflicts(&pin.id);
        if conflicts.is_empty() {
            let what = "no two issues of this publisher with one number were met";
            return Err(Failure::failed(what));
        }
        let shown = words::path(&self.to);
        let cannot =
            |error: &io::Error| Failure::failed(format!("cannot write to {shown}")).because(error);
        let files = names(&conflicts);
        write_all(&self.to, &files).map_err(|error| cannot(&error))?;
        for (name, _) in &files {
            let path = words::path(&self.to.join(name));
            if session.json {
                session.object(&json!({ "type": "proof", "path": path }))?;
            } else {
                session.line(&path)?;
            }
        }
        session.note("these files prove it by their signatures: give them to whoever must know");
        Ok(exit::GOOD)
    }
}

/// `main-1-7-0f3a5c7e.varaq`: the number, and the beginning of the manifest id.
fn names(conflicts: &[Conflict]) -> Vec<(String, &[u8])> {
    let of = |one: &'_ Conflict| format!("{}-{}-{}", one.channel, one.place.0, one.place.1);
    let files = conflicts.iter().flat_map(|one| {
        let number = of(one);
        one.heads.iter().map(move |(id, bytes)| {
            let id: String = id.to_string().chars().take(8).collect();
            (format!("{number}-{id}.varaq"), bytes.as_slice())
        })
    });
    files.collect()
}

/// All files in a folder that is new or empty, or none.
fn write_all(folder: &Path, files: &[(String, &[u8])]) -> io::Result<()> {
    let made = !folder.exists();
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::from(io::ErrorKind::DirectoryNotEmpty));
    }
    let written = files.iter().try_for_each(|(name, bytes)| {
        let mut file = File::create_new(folder.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    if written.is_err() {
        for (name, _) in files {
            drop(fs::remove_file(folder.join(name)));
        }
        if made {
            drop(fs::remove_dir(folder));
        }
    }
    written
}
