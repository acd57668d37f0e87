//! `varaq publisher rotate`: other root keys, the same publisher.

use std::path::PathBuf;

use clap::Args;
use varaq_press::keys::Role;
use varaq_press::statement::{Changes, PublisherFolder};
use varaq_trust::KeySet;

use super::making::{Made, Making, Protection};
use super::named;
use crate::failure::Failure;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  varaq publisher rotate desk --dry-run
  varaq publisher rotate desk --roots 3 --root-threshold 2
  varaq publisher rotate desk --root-key new-1.pub --root-key new-2.pub --request rotate.request

Enough of the old root keys and enough of the new ones must sign; publisher and code stay. New root keys
are made where they will be kept: on each offline machine run `varaq publisher key new-1.key --role root`,
bring the printed public keys to the newsroom, write the request there, and let old and new keys approve it.
Without --request they are made in DIR: do that only where DIR itself is offline.";

/// `publisher rotate`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Rotate {
    /// The publisher's folder
    dir: PathBuf,
    #[command(flatten)]
    roots: Roots,
    #[command(flatten)]
    protection: Protection,
    #[command(flatten)]
    making: Making,
}

/// Which root keys shall sign from now on.
#[derive(Args, Debug)]
pub struct Roots {
    /// Make this many new root keys in DIR (as many as now, if not told)
    #[arg(long, value_name = "N", conflicts_with = "root_keys", value_parser = clap::value_parser!(u8).range(1..=16))]
    roots: Option<u8>,
    /// How many root keys must sign a statement (as now, if not told)
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(1..=16))]
    root_threshold: Option<u8>,
    /// A root key made elsewhere: public key, its file, or a key file; several in their order
    #[arg(long = "root-key", value_name = "PUBLIC|FILE")]
    root_keys: Vec<String>,
}

impl Roots {
    /// The new root keys; those that are made go into `made`.
    pub fn set(&self, folder: &PublisherFolder, made: &mut Made) -> Result<KeySet, Failure> {
        let newest = folder.chain().statements().next_back();
        let newest = newest.ok_or_else(|| Failure::failed("the publisher has no statement"))?;
        let keys = if self.root_keys.is_empty() {
            let count = self.roots.map_or(newest.root.keys().len(), usize::from);
            let stem = format!("version-{}-root", newest.version.saturating_add(1));
            made.make(Role::Root, &stem, count)?
        } else {
            named::all_public_keys(&self.root_keys)?
        };
        let threshold = self
            .root_threshold
            .map_or(newest.root.threshold() as u64, u64::from);
        key_set(threshold, keys, "--root-threshold")
    }
}

/// A key set as it was asked for.
pub fn key_set(
    threshold: u64,
    keys: Vec<varaq_trust::PublicKey>,
    option: &str,
) -> Result<KeySet, Failure> {
    KeySet::new(threshold, keys).map_err(|error| {
        Failure::usage("these keys are no set")
            .because(&error)
            .hint(format!(
                "{option} is between 1 and the number of keys, and each key is named once"
            ))
    })
}

impl Rotate {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let mut made = Made::default();
        let changes = Changes {
            root: Some(self.roots.set(&folder, &mut made)?),
            ..Changes::default()
        };
        self.making
            .statement(session, &folder, &changes, made, &self.protection)
    }
}
