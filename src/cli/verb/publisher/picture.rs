//! `varaq publisher picture`: a suspension note as a QR code, to be printed or sent as a picture.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::carried;
use crate::exit;
use crate::failure::Failure;
use crate::file::write_new;
use crate::picture;
use crate::session::Session;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq publisher picture desk/signer-1.stop signer-1.png

The picture says the same as the letters in the file. A reader takes it in with: varaq trust note signer-1.png";

/// `publisher picture`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Draw {
    /// A suspension note
    note: PathBuf,
    /// The PNG to write; a file that is there is not overwritten
    png: PathBuf,
}

impl Draw {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let shown = words::path(&self.note);
        let note = carried::read_note(&self.note)?
            .ok_or_else(|| Failure::failed(format!("{shown} is no suspension note")))?;
        let letters = note.compact().ok_or_else(|| {
            Failure::failed(format!("{shown} is too long for a picture"))
                .hint("hand on the file itself")
        })?;
        write_new(&self.png, &picture::draw(&letters)?)?;
        let path = words::path(&self.png);
        if session.json {
            session.object(&json!({ "type": "picture", "path": path, "letters": letters }))?;
        } else {
            session.line(&path)?;
        }
        Ok(exit::GOOD)
    }
}
