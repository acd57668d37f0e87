//! `varaq publisher recover`: new root keys in place of stolen or lost ones.

use std::path::PathBuf;

use clap::Args;
use varaq_press::keys::Role;
use varaq_press::statement::{Changes, PublisherFolder, Recovery, recovery_set};
use varaq_trust::{KeySet, recovery_commitment};

use super::delegate::Desk;
use super::making::{Made, Making, Protection};
use super::named::{self, signers};
use super::revoke::Keeping;
use super::rotate::{Roots, key_set};
use crate::digits::hex;
use crate::failure::Failure;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  varaq publisher recover desk --key recovery-1.key --roots 3 --root-threshold 2 --recovery 2
  varaq publisher recover desk --key recovery-1.key --revoke 1 --revoke 2 --signers 3 --threshold 2
  varaq publisher recover desk --reveal recovery.pub --root-key new-1.pub --request recover.request

The recovery keys committed to earlier, and new root keys, sign; the stolen root keys have no say. Whatever the
thief says with them in the old generation loses against this statement. Name new recovery keys (--recovery makes
them in DIR, --recovery-key takes those made elsewhere), or there will be none the next time.";

/// `publisher recover`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Recover {
    /// The publisher's folder
    dir: PathBuf,
    /// The public recovery keys, all of them in their order: recovery.pub, or several key files (DIR/recovery.pub, if not told)
    #[arg(long, value_name = "PUBLIC|FILE")]
    reveal: Vec<String>,
    #[command(flatten)]
    roots: Roots,
    /// Make this many new recovery keys in DIR
    #[arg(long, value_name = "N", conflicts_with = "recovery_keys", value_parser = clap::value_parser!(u8).range(1..=16))]
    recovery: Option<u8>,
    /// A new recovery key made elsewhere: public key, its file, or a key file; several in their order
    #[arg(long = "recovery-key", value_name = "PUBLIC|FILE")]
    recovery_keys: Vec<String>,
    /// How many of the new recovery keys must sign (all, if not told)
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(1..=16))]
    recovery_threshold: Option<u8>,
    /// Revoke a signing key at once: number of the signer, public key, or key file
    #[arg(long, value_name = "N|PUBLIC|FILE")]
    revoke: Vec<String>,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    desk: Desk,
    #[command(flatten)]
    protection: Protection,
    #[command(flatten)]
    making: Making,
}

impl Recover {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let revealed = self.revealed(&folder)?;
        let mut made = Made::default();
        let root = self.roots.set(&folder, &mut made)?;
        let channel = self.desk.channels.first().map(String::as_str);
        let keys = signers(&folder, &self.revoke, channel, None)?;
        let revoked = if keys.is_empty() {
            Vec::new()
        } else {
            self.keeping.revocations(session, &folder, &keys)?
        };
        let delegations = if self.desk.is_asked_for() {
            self.desk.delegations(&folder, &mut made)?
        } else {
            Vec::new()
        };
        let commitment = self.commitment(&folder, &mut made)?;
        let changes = Changes {
            root: Some(root),
            delegations,
            revoked,
            recovery: Some(Recovery {
                revealed,
                commitment: commitment.as_ref().map(recovery_commitment),
            }),
            ..Changes::default()
        };
        self.making
            .statement(session, &folder, &changes, made, &self.protection)
    }

    /// The key set that was committed to; its threshold is found by trying.
    fn revealed(&self, folder: &PublisherFolder) -> Result<KeySet, Failure> {
        let committed = folder.chain().statements().next_back();
        if committed.is_none_or(|one| one.recovery.is_none()) {
            return Err(Failure::failed("this publisher has committed to no recovery keys")
                .hint("without them nothing can replace the root keys; begin anew (varaq publisher new), and make the new code known by other ways"));
        }
        let keys = if self.reveal.is_empty() {
            let file = self.dir.join("recovery.pub");
            named::public_keys(&file.to_string_lossy())?
        } else {
            named::all_public_keys(&self.reveal)?
        };
        recovery_set(folder.chain(), &keys).ok_or_else(|| {
            Failure::failed("these are not the recovery keys that the publisher has committed to")
                .hint("all of them are needed, in the order in which they were made: --reveal recovery.pub")
        })
    }

    /// The recovery keys for the next time.
    fn commitment(
        &self,
        folder: &PublisherFolder,
        made: &mut Made,
    ) -> Result<Option<KeySet>, Failure> {
        let keys = if let Some(count) = self.recovery {
            let version = folder.chain().newest().map_or(0, |root| root.version);
            let stem = format!("version-{}-recovery", version.saturating_add(1));
            let keys = made.make(Role::Recovery, &stem, usize::from(count))?;
            let lines = keys.iter().map(|key| hex(key.bytes()) + "\n");
            made.texts.push((format!("{stem}.pub"), lines.collect()));
            keys
        } else if self.recovery_keys.is_empty() {
            return Ok(None);
        } else {
            named::all_public_keys(&self.recovery_keys)?
        };
        let threshold = self.recovery_threshold.map_or(keys.len() as u64, u64::from);
        key_set(threshold, keys, "--recovery-threshold").map(Some)
    }
}
