//! `varaq publisher new`: keys, the first statement, the contact file.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_press::keys::{Created, NewPublisher, new_publisher};
use varaq_trust::Name;

use super::making::Protection;
use super::profile::parse_name;
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher new desk --name en=\"The Example\" --name fa=\"نمونه\" --signers 3 --threshold 2
  varaq publisher new desk --name en=\"The Example\" --roots 3 --root-threshold 2 --recovery 2 --recovery-threshold 1
  VARAQ_PASSPHRASE_FILE=secret varaq publisher new desk --name en=\"The Example\"

Writes into DIR, with keys wrapped in a passphrase:
  publisher.contact  give it to readers
  root-1.key …       signs statements about keys; keep it away from the newsroom
  signer-1.key …     signs issues; one for each editor
  signer-1.stop …    stops that signer at once; give it to a partner abroad
  recovery-1.key …   with --recovery: replaces stolen root keys; keep it in another country
  recovery.pub       the recovery keys' public halves; keep a copy with each recovery key, and publish none

Best run on a machine that stays offline; carry the signer keys and the contact to the newsroom.";

/// `publisher new`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct New {
    /// A folder that is new or empty
    dir: PathBuf,
    /// A name in a language, such as fa="نمونه"; may be given several times
    #[arg(long = "name", value_name = "LANG=NAME", required = true, value_parser = parse_name)]
    names: Vec<Name>,
    /// How many people may sign
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    signers: u8,
    /// How many of them must sign an issue
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    threshold: u8,
    /// How many root keys there are
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16))]
    roots: u8,
    /// How many of them must sign a statement
    #[arg(long, default_value_t = 1, value_name = "K", value_parser = clap::value_parser!(u8).range(1..=16))]
    root_threshold: u8,
    /// How many recovery keys there are; they can replace stolen root keys
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=16))]
    recovery: u8,
    /// How many of them must sign a recovery (all, if not told)
    #[arg(long, value_name = "K", requires = "recovery", value_parser = clap::value_parser!(u8).range(1..=16))]
    recovery_threshold: Option<u8>,
    /// A channel that the signers may sign; may be given several times
    #[arg(long = "channel", value_name = "CHANNEL", default_value = "main")]
    channels: Vec<String>,
    #[command(flatten)]
    protection: Protection,
}

impl New {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let recovery_threshold = self.recovery_threshold.unwrap_or(self.recovery);
        for (threshold, keys, of) in [
            (
                self.threshold,
                self.signers,
                "--threshold is at most --signers",
            ),
            (
                self.root_threshold,
                self.roots,
                "--root-threshold is at most --roots",
            ),
            (
                recovery_threshold,
                self.recovery,
                "--recovery-threshold is at most --recovery",
            ),
        ] {
            if threshold > keys {
                let what = format!("{threshold} of {keys} can never sign");
                return Err(Failure::usage(what).hint(of));
            }
        }
        let passphrase = self.protection.passphrase(session)?;
        let names = self.names.into_iter();
        let plan = NewPublisher {
            names: names.map(|name| (name.language, name.name)).collect(),
            roots: usize::from(self.roots),
            root_threshold: usize::from(self.root_threshold),
            recovery: usize::from(self.recovery),
            recovery_threshold: usize::from(recovery_threshold),
            signers: usize::from(self.signers),
            threshold: usize::from(self.threshold),
            channels: self.channels,
            ..NewPublisher::default()
        };
        let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
        let created = new_publisher(&Disk, &self.dir, &plan, passphrase)
            .map_err(|error| Failure::failed("cannot make the publisher").because(&error))?;
        tell(session, &created, self.recovery > 0)?;
        Ok(exit::GOOD)
    }
}

fn tell(session: &mut Session<'_, '_>, created: &Created, recovery: bool) -> Result<(), Failure> {
    let code = created.contact.code;
    if session.json {
        let files = created.files.iter();
        let files: Vec<_> = files.map(|file| file.to_string_lossy()).collect();
        session.object(&json!({
            "type": "publisher", "code": code.to_string(), "id": created.contact.id.to_string(), "files": files,
        }))?;
    } else {
        session.line(&code.to_string())?;
        for file in &created.files {
            session.note(&format!("wrote {}", words::path(file)));
        }
    }
    session.note(
        "print the code, read it out, put it where readers will find it: by it they know you",
    );
    session.note(
        "give each signer-N.stop to a partner abroad: with it they stop that key when its editor falls silent",
    );
    session.note(if recovery {
        "take root keys and recovery keys to different places, recovery.pub with the latter"
    } else {
        "no recovery keys: whoever steals the root key takes the publisher over for ever (--recovery)"
    });
    Ok(())
}
