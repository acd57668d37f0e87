//! `varaq publisher clear` and `settle`: what ends a doubt.

use std::path::PathBuf;

use clap::Args;
use varaq_press::statement::Changes;
use varaq_trust::Settled;

use super::making::{Made, Making, Protection};
use super::named::{self, Signers};
use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const CLEAR_EXAMPLES: &str = "\
Examples:
  varaq publisher clear desk --signer 2
  varaq publisher clear desk --signer ana.pub --request clear.request

For an editor who is free again, whose key nobody else can have. The note abroad is then worth nothing:
make a new key for that editor soon (varaq publisher delegate), with a note of its own.";

const SETTLE_EXAMPLES: &str = "\
Examples:
  varaq publisher settle desk issue-7.varaq
  varaq publisher settle desk --channel main --epoch 1 --number 7 --manifest 64-HEX-DIGITS";

/// `publisher clear`
#[derive(Args, Debug)]
#[command(after_help = CLEAR_EXAMPLES)]
pub struct Clear {
    /// The publisher's folder
    dir: PathBuf,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    making: Making,
}

/// `publisher settle`
#[derive(Args, Debug)]
#[command(after_help = SETTLE_EXAMPLES)]
pub struct Settle {
    /// The publisher's folder
    dir: PathBuf,
    /// A bundle of the issue that is yours
    #[arg(required_unless_present = "manifest", conflicts_with_all = ["channel", "epoch", "number", "manifest"])]
    file: Option<PathBuf>,
    /// Its channel
    #[arg(long, default_value = "main")]
    channel: String,
    /// Its epoch
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    epoch: u32,
    /// Its number
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    number: u32,
    /// Its manifest id
    #[arg(long, value_name = "ID", requires = "number")]
    manifest: Option<String>,
    #[command(flatten)]
    making: Making,
}

impl Clear {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let cleared = self.signers.keys(&folder)?;
        for key in &cleared {
            if folder.chain().revocations().any(|one| one.key == *key) {
                let key = named::called(folder.chain().statements(), key);
                return Err(
                    Failure::failed(format!("{key} is revoked, and that is for ever"))
                        .hint("give its editor a new key: varaq publisher delegate"),
                );
            }
        }
        let changes = Changes {
            cleared,
            ..Changes::default()
        };
        let (made, protection) = (Made::default(), Protection::default());
        self.making
            .statement(session, &folder, &changes, made, &protection)
    }
}

impl Settle {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let settled = match (&self.file, &self.manifest) {
            (Some(file), _) => {
                let issue = folder.issue(&Disk, file).map_err(|error| {
                    Failure::failed(format!(
                        "{} is no issue of this publisher",
                        words::path(file)
                    ))
                    .because(&error)
                })?;
                Settled {
                    channel: issue.channel,
                    epoch: issue.epoch,
                    number: issue.number,
                    manifest: issue.manifest,
                }
            }
            (None, manifest) => Settled {
                channel: self.channel,
                epoch: self.epoch,
                number: self.number,
                manifest: named::manifest(&folder, manifest.as_deref().unwrap_or_default())?,
            },
        };
        let changes = Changes {
            settled: vec![settled],
            ..Changes::default()
        };
        let (made, protection) = (Made::default(), Protection::default());
        self.making
            .statement(session, &folder, &changes, made, &protection)
    }
}
