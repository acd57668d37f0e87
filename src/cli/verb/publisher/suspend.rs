//! `varaq publisher suspend`: the note that stops a key at once.

use std::path::PathBuf;

use clap::Args;
use varaq_press::statement::Draft;

use super::making::{Made, Making, Protection, refused};
use super::named::{self, Signers};
use crate::failure::Failure;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  varaq publisher suspend desk --signer 1
  varaq publisher suspend desk --signer ana.pub --request ana.request

Writes signer-1.stop, and prints the same note as letters that fit into a short message or can be read out over a
telephone. It stops nothing as long as it lies in a drawer: give it to a partner abroad, who sends it to readers when
the editor falls silent. Notes are made with every new signing key; this makes another one. To stop a key in your own
issues at once: varaq publisher accept DIR signer-1.stop. A later revoke or clear ends it for ever.";

/// `publisher suspend`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Suspend {
    /// The publisher's folder
    dir: PathBuf,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    making: Making,
}

impl Suspend {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let keys = self.signers.keys(&folder)?;
        let draft = Draft::of_notes(folder.own(), &keys).map_err(|error| refused(&error))?;
        let (made, protection) = (Made::default(), Protection::default());
        self.making
            .draft(session, &folder, draft, made, &protection)
    }
}
