//! `varaq publisher delegate`: new signing keys, a new epoch.

use std::path::PathBuf;

use clap::Args;
use varaq_bundle::Day;
use varaq_press::keys::Role;
use varaq_press::statement::{Changes, PublisherFolder};
use varaq_trust::Delegation;

use super::making::{Made, Making, Protection};
use super::named;
use super::rotate::key_set;
use crate::failure::Failure;
use crate::session::Session;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher delegate desk --signers 3 --threshold 2
  varaq publisher delegate desk --signer-key ana.pub --signer-key ben.pub --threshold 2 --first 41
  varaq publisher delegate desk --channel weekly --signers 3 --threshold 2 --request epoch-2.request

A new epoch outranks an old one: after a theft whatever the thief signs in the old epoch never becomes the
newest. New signing keys are made here, in the newsroom, as epoch-2-signer-1.key …; or each editor makes one
(varaq publisher key --role signer) and brings its public key. With each comes a suspension note, epoch-2-signer-1.stop,
for a partner abroad; with --request it is written when the signed request is accepted.";

/// `publisher delegate`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Delegate {
    /// The publisher's folder
    dir: PathBuf,
    #[command(flatten)]
    desk: Desk,
    #[command(flatten)]
    protection: Protection,
    #[command(flatten)]
    making: Making,
}

/// Who may sign what.
#[derive(Args, Debug)]
pub struct Desk {
    /// A channel, old or new; may be given several times (the only one, or main, if not told)
    #[arg(long = "channel", value_name = "CHANNEL")]
    pub channels: Vec<String>,
    /// The epoch (the next, if not told)
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    epoch: Option<u32>,
    /// Make this many signing keys in DIR (as many as now, if not told)
    #[arg(long, value_name = "N", conflicts_with = "signer_keys", value_parser = clap::value_parser!(u8).range(1..=16))]
    signers: Option<u8>,
    /// A signing key made elsewhere: public key, its file, or a key file; several in their order
    #[arg(long = "signer-key", value_name = "PUBLIC|FILE")]
    signer_keys: Vec<String>,
    /// How many of them must sign an issue (as now, if not told)
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(1..=16))]
    threshold: Option<u8>,
    /// The first number they may sign (the one after the last in the ledger, if not told)
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    first: Option<u32>,
    /// The last number, at most 255 more (if not told, just that)
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    last: Option<u32>,
    /// The days for which the keys are meant: advice for people, nothing is refused
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"])]
    days: Option<Vec<Day>>,
}

impl Desk {
    /// True if any signing keys were asked for.
    pub fn is_asked_for(&self) -> bool {
        self.signers.is_some() || !self.signer_keys.is_empty()
    }

    /// The delegations; keys that are made go into `made`.
    pub fn delegations(
        &self,
        folder: &PublisherFolder,
        made: &mut Made,
    ) -> Result<Vec<Delegation>, Failure> {
        let channels = if self.channels.is_empty() {
            vec![named::usual_channel(folder.chain())]
        } else {
            self.channels.clone()
        };
        let newest = |channel: &String| named::delegation(folder.chain(), Some(channel), None).ok();
        let epochs = channels.iter().filter_map(newest).map(|one| one.epoch);
        let epoch = epochs.max().map_or(Some(1), |epoch| epoch.checked_add(1));
        let epoch = self
            .epoch
            .or(epoch)
            .ok_or_else(|| Failure::usage("no epoch is left"))?;
        let former = channels.iter().find_map(newest);
        let keys = if self.signer_keys.is_empty() {
            let count = self.signers.map(usize::from);
            let count = count
                .or(former.map(|one| one.keys.keys().len()))
                .unwrap_or(1);
            made.make(Role::Signer, &stem(&channels, epoch), count)?
        } else {
            named::all_public_keys(&self.signer_keys)?
        };
        let threshold = former.map_or(1, |one| one.keys.threshold() as u64);
        let threshold = self.threshold.map_or(threshold, u64::from);
        let keys = key_set(threshold, keys, "--threshold")?;
        let grant = |channel: &String| {
            let (first, last) = self.window(folder, channel)?;
            Ok(Delegation {
                channel: channel.clone(),
                epoch,
                keys: keys.clone(),
                first,
                last,
                days: self.days()?,
            })
        };
        channels.iter().map(grant).collect()
    }

    /// Numbers go on where the ledger ends, so that nobody has to start again at 1.
    fn window(&self, folder: &PublisherFolder, channel: &str) -> Result<(u32, u32), Failure> {
        let ledger = folder.ledger(&Disk).map_err(|error| {
            Failure::failed("cannot read the ledger of signed issues").because(&error)
        })?;
        let signed = ledger.iter().filter(|line| line.channel == channel);
        let next = signed
            .map(|line| line.number)
            .max()
            .map_or(1, |last| last.saturating_add(1));
        let first = self.first.unwrap_or(next);
        let last = self.last.unwrap_or(first.saturating_add(255));
        if last < first || last - first > 255 {
            return Err(Failure::usage(format!(
                "the window {first} to {last} is not 1 to 256 numbers wide"
            ))
            .hint("what a thief of signing keys can spoil is bounded by it"));
        }
        Ok((first, last))
    }

    fn days(&self) -> Result<Option<(Day, Day)>, Failure> {
        match self.days.as_deref() {
            None => Ok(None),
            Some([from, to]) if from <= to => Ok(Some((*from, *to))),
            Some(_) => Err(Failure::usage("the days end before they begin")),
        }
    }
}

/// The name of new key files: never that of an epoch before.
fn stem(channels: &[String], epoch: u32) -> String {
    match channels {
        [only] if only == "main" => format!("epoch-{epoch}-signer"),
        [first, ..] => format!("{first}-epoch-{epoch}-signer"),
        [] => "signer".to_owned(),
    }
}

impl Delegate {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let mut made = Made::default();
        let changes = Changes {
            delegations: self.desk.delegations(&folder, &mut made)?,
            ..Changes::default()
        };
        self.making
            .statement(session, &folder, &changes, made, &self.protection)
    }
}
