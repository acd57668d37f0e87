//! `varaq trust export` and `varaq trust import`: so that a new computer does not forget.

use clap::Args;
use serde_json::json;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;
use varaq_trust::{Imported, State};

use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::state;
use crate::words;

const EXPORT_EXAMPLES: &str = "\
Examples:
  varaq trust export trust.state

The file says whom you trust: keep it where nobody finds it, and delete it when it has arrived.";

const IMPORT_EXAMPLES: &str = "\
Examples:
  varaq trust import trust.state

Every signature in it is checked again. Whom to trust is taken as it stands there: import only
a file that you exported yourself.";

/// Far more than a reader collects in years.
const MAX_STATE_BYTES: u64 = 256 << 20;

/// `trust export`
#[derive(Args, Debug)]
#[command(after_help = EXPORT_EXAMPLES)]
pub struct Export {
    /// A file that is not there yet
    file: PathBuf,
}

/// `trust import`
#[derive(Args, Debug)]
#[command(after_help = IMPORT_EXAMPLES)]
pub struct Import {
    /// A file made by `trust export`
    file: PathBuf,
}

impl Export {
    pub(super) fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let shown = words::path(&self.file);
        let cannot = |error: std::io::Error| {
            Failure::failed(format!("cannot write {shown}")).because(&error)
        };
        let file = File::create_new(&self.file);
        let mut file = file.map_err(|error| {
            cannot(error).hint("an export is written to a file that is not there yet")
        })?;
        let written = file
            .write_all(&kept.encode())
            .and_then(|()| file.sync_all());
        if let Err(error) = written {
            // Half an export would be refused by its checksum, but nobody shall carry it away.
            drop(fs::remove_file(&self.file));
            return Err(cannot(error));
        }
        if session.json {
            session.object(
                &json!({ "type": "exported", "path": shown, "publishers": kept.pins.len() }),
            )?;
        } else {
            let publishers = words::count(kept.pins.len() as u64, "publisher");
            session.line(&format!("EXPORTED  {publishers} to {shown}"))?;
        }
        Ok(exit::GOOD)
    }
}

impl Import {
    pub(super) fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let shown = words::path(&self.file);
        let cannot = || Failure::failed(format!("cannot import {shown}"));
        let mut bytes = Vec::new();
        crate::reading::open_file(&self.file)?
            .take(MAX_STATE_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|error| cannot().because(&error))?;
        let foreign = State::decode(&bytes).map_err(|error| {
            cannot()
                .because(&error)
                .hint("nothing was changed; export it once more and carry it over again")
        })?;
        let mut imported = Imported::default();
        state::update(session, |state| imported = state.import(&foreign))?;
        let Imported {
            pins,
            proven,
            refused,
        } = imported;
        if session.json {
            session.object(&json!({ "type": "imported", "publishers": pins, "proven": proven, "refused": refused }))?;
        } else {
            let publishers = words::count(pins as u64, "new publisher");
            session.line(&format!(
                "IMPORTED  {publishers}, {proven} proven, {refused} refused"
            ))?;
        }
        if refused > 0 {
            session.warn(
                "some of what the file says is not signed by those it is about; it was left out",
            );
        }
        Ok(exit::GOOD)
    }
}
