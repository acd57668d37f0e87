//! `varaq publisher revoke`: a key that no longer counts, and the issues that stay.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;
use varaq_bundle::Hash;
use varaq_press::LedgerLine;
use varaq_press::statement::{Changes, PublisherFolder};
use varaq_trust::{PublicKey, Reason, Revocation};

use super::making::{Made, Making, Protection};
use super::named::{self, Signers};
use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher revoke desk --signer 1 --dry-run
  varaq publisher revoke desk --signer 1 --signer 3 --keep issue-12.varaq
  varaq publisher revoke desk --signer ana.pub --reason retired --request ana.request

A thief can write any day into an issue, so a list says which issues were yours: all that the ledger in DIR
knows, and those that --keep adds (a bundle that you know to be genuine, or its manifest id). Check the list before
you sign: what is not on it, no reader will see again unless other signers reach the threshold.";

/// `publisher revoke`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Revoke {
    /// The publisher's folder
    dir: PathBuf,
    #[command(flatten)]
    signers: Signers,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    making: Making,
}

/// Why keys go, and which issues stay.
#[derive(Args, Debug)]
pub struct Keeping {
    /// Why
    #[arg(long, value_enum, default_value_t = Why::Stolen)]
    reason: Why,
    /// A genuine issue that the ledger does not know: its bundle or manifest id
    #[arg(long, value_name = "ID|FILE")]
    keep: Vec<String>,
    /// Keep none of those in the ledger, only what --keep names
    #[arg(long)]
    keep_none: bool,
}

/// Why a key is revoked.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Why {
    /// Somebody else has it, or may have it
    Stolen,
    /// Its time is over
    Retired,
}

impl Keeping {
    /// The revocations of those keys. What is kept and what is lost goes to stdout.
    pub fn revocations(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        keys: &[PublicKey],
    ) -> Result<Vec<Revocation>, Failure> {
        let ledger = folder.ledger(&Disk).map_err(|error| {
            Failure::failed("cannot read the ledger of signed issues").because(&error)
        })?;
        let mut extra = BTreeSet::new();
        for text in &self.keep {
            extra.insert(named::manifest(folder, text)?);
        }
        let mut revocations = Vec::new();
        let mut told = BTreeSet::new();
        for key in keys {
            let mut kept: BTreeSet<Hash> = extra.clone();
            for line in ledger.iter().filter(|line| may_sign(folder, key, line)) {
                let keep = !self.keep_none || extra.contains(&line.manifest);
                if keep {
                    kept.insert(line.manifest);
                }
                if told.insert(line.manifest) {
                    tell(session, line, keep)?;
                }
            }
            revocations.push(Revocation {
                key: key.clone(),
                reason: match self.reason {
                    Why::Stolen => Reason::Stolen,
                    Why::Retired => Reason::Retired,
                },
                kept: kept.into_iter().collect(),
            });
        }
        for id in extra.iter().filter(|id| !told.contains(*id)) {
            tell_id(session, id)?;
        }
        if told.is_empty() && extra.is_empty() && !self.keep_none {
            session.warn("the ledger in DIR knows no issue signed by this key: none is kept; --keep FILE names genuine ones");
        }
        Ok(revocations)
    }
}

/// True if the key may sign the channel and epoch of an issue.
fn may_sign(folder: &PublisherFolder, key: &PublicKey, line: &LedgerLine) -> bool {
    let mut all = folder.chain().statements().flat_map(|one| &one.delegations);
    all.any(|one| {
        one.channel == line.channel && one.epoch == line.epoch && one.keys.slot(key).is_some()
    })
}

fn tell(session: &mut Session<'_, '_>, line: &LedgerLine, kept: bool) -> Result<(), Failure> {
    let LedgerLine {
        channel,
        epoch,
        number,
        manifest,
        ..
    } = line;
    if session.json {
        return session.object(&json!({
            "type": "kept", "kept": kept, "channel": channel, "epoch": epoch, "number": number, "manifest": manifest.to_string(),
        }));
    }
    let word = if kept { "kept" } else { "LOST" };
    session.line(&format!("{word}  {channel} {epoch}/{number}  {manifest}"))
}

fn tell_id(session: &mut Session<'_, '_>, id: &Hash) -> Result<(), Failure> {
    if session.json {
        return session
            .object(&json!({ "type": "kept", "kept": true, "manifest": id.to_string() }));
    }
    session.line(&format!("kept  {id}"))
}

impl Revoke {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let keys = self.signers.keys(&folder)?;
        for key in &keys {
            if folder.chain().revocations().any(|one| one.key == *key) {
                let key = named::called(folder.chain().statements(), key);
                session.note(&format!(
                    "{key} is revoked already; what this statement keeps is added"
                ));
            }
        }
        let changes = Changes {
            revoked: self.keeping.revocations(session, &folder, &keys)?,
            ..Changes::default()
        };
        let (made, protection) = (Made::default(), Protection::default());
        self.making
            .statement(session, &folder, &changes, made, &protection)?;
        let kept = changes.revoked.iter().map(|one| one.kept.len()).max();
        session.detail(&words::count(kept.unwrap_or_default() as u64, "issue kept"));
        Ok(crate::exit::GOOD)
    }
}
