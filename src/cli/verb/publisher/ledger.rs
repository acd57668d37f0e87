//! `varaq publisher ledger`: what was signed, and so what a revocation keeps.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_press::LedgerLine;

use super::named;
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher ledger desk
  varaq publisher ledger desk --add issue-12.varaq    (an issue that was signed on another machine)

`varaq sign` writes a line beside the key before it signs. When a key is revoked, the issues in this list stay
readable: keep a copy of it where the keys are not, and add only issues that you know to be yours.";

/// `publisher ledger`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Ledger {
    /// The publisher's folder
    dir: PathBuf,
    /// A bundle of this publisher that the list does not know
    #[arg(long, value_name = "FILE")]
    add: Vec<PathBuf>,
}

impl Ledger {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        for file in &self.add {
            let added = folder.remember(&Disk, file).map_err(|error| {
                Failure::failed(format!("{} was not added to the ledger", words::path(file)))
                    .because(&error)
            })?;
            session.note(&format!(
                "added {} {}/{}",
                added.channel, added.epoch, added.number
            ));
        }
        let mut lines = folder.ledger(&Disk).map_err(|error| {
            Failure::failed("cannot read the ledger of signed issues").because(&error)
        })?;
        lines.sort_by(|one, other| key(one).cmp(&key(other)));
        for line in &lines {
            let LedgerLine {
                channel,
                epoch,
                number,
                manifest,
                ..
            } = line;
            if session.json {
                session.object(&json!({
                    "type": "signed", "channel": channel, "epoch": epoch, "number": number, "manifest": manifest.to_string(),
                }))?;
            } else {
                session.line(&format!("{channel} {epoch}/{number}  {manifest}"))?;
            }
        }
        if lines.is_empty() {
            session.note("nothing was signed yet with a key in this folder");
        }
        Ok(exit::GOOD)
    }
}

fn key(line: &LedgerLine) -> (&str, u32, u32) {
    (&line.channel, line.epoch, line.number)
}
