//! `varaq publisher`: make an identity of k signers out of n, and show one.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use varaq_press::keys::{NewPublisher, new_publisher};
use varaq_trust::{Delegation, Name};

use crate::exit;
use crate::failure::Failure;
use crate::secret;
use crate::session::Session;
use crate::verb::publisher_contact::ContactOf;
use crate::verb::trust::Publisher as Identity;
use crate::words;

const NEW_EXAMPLES: &str = "\
Examples:
  varaq publisher new desk --name en=\"The Example\" --name fa=\"نمونه\" --signers 3 --threshold 2
  VARAQ_PASSPHRASE_FILE=secret varaq publisher new desk --name en=\"The Example\"

Writes DIR/publisher.contact (give it to readers), DIR/root-1.key (keep it away from
the newsroom) and DIR/signer-1.key … (one for each editor). Keys are wrapped in a passphrase.";

const SHOW_EXAMPLES: &str = "\
Examples:
  varaq publisher show desk
  varaq publisher show news.varaq --json";

/// Creates a publisher, or shows one.
#[derive(Debug, Subcommand)]
pub enum Publisher {
    /// Make keys and a contact file
    New(New),
    /// Show code, names, keys and threshold
    Show(Show),
    /// Write the contact to hand out, as a file or as a QR picture
    Contact(ContactOf),
}

/// `publisher new`
#[derive(Args, Debug)]
#[command(after_help = NEW_EXAMPLES)]
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
    /// A channel that they may sign; may be given several times
    #[arg(long = "channel", value_name = "CHANNEL", default_value = "main")]
    channels: Vec<String>,
    /// Leave the key files open to whoever holds them
    #[arg(long)]
    no_passphrase: bool,
}

/// `publisher show`
#[derive(Args, Debug)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct Show {
    /// A folder made by `publisher new`, a contact file or a bundle
    #[arg(value_name = "DIR|FILE")]
    from: PathBuf,
}

/// `LANG=NAME`, both as a root statement can hold them.
fn parse_name(text: &str) -> Result<Name, String> {
    let (language, name) = text
        .split_once('=')
        .ok_or("expected LANG=NAME, such as en=\"The Example\"")?;
    Name::new(language, name).map_err(|error| error.to_string())
}

impl Publisher {
    /// Runs `new`, `show` or `contact`.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        match self {
            Publisher::New(new) => new.run(session),
            Publisher::Show(show) => show.run(session),
            Publisher::Contact(contact) => contact.run(session),
        }
    }
}

impl New {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        if self.threshold > self.signers {
            let what = format!("{} of {} can never sign", self.threshold, self.signers);
            return Err(Failure::usage(what).hint("--threshold is at most --signers"));
        }
        let passphrase = if self.no_passphrase {
            session.warn("WITHOUT A PASSPHRASE WHOEVER HOLDS A KEY FILE CAN SIGN IN YOUR NAME");
            None
        } else {
            Some(secret::new_passphrase(session)?)
        };
        let plan = NewPublisher {
            names: self
                .names
                .into_iter()
                .map(|name| (name.language, name.name))
                .collect(),
            signers: usize::from(self.signers),
            threshold: usize::from(self.threshold),
            channels: self.channels,
            ..NewPublisher::default()
        };
        let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
        let created = new_publisher(&self.dir, &plan, passphrase)
            .map_err(|error| Failure::failed("cannot make the publisher").because(&error))?;
        let code = created.contact.code;
        if session.json {
            let files: Vec<_> = created
                .files
                .iter()
                .map(|file| file.to_string_lossy())
                .collect();
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
        Ok(exit::GOOD)
    }
}

impl Show {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let identity = Identity::read(&self.from)?;
        let delegations: Vec<&Delegation> = identity
            .chain
            .iter()
            .flat_map(|chain| chain.statements())
            .flat_map(|statement| &statement.delegations)
            .collect();
        if session.json {
            session.object(&json!({
                "type": "publisher", "code": identity.code.to_string(), "id": identity.id.to_string(),
                "names": identity.names.iter().map(|name| (name.language.clone(), json!(name.name))).collect::<serde_json::Map<_, _>>(),
                "delegations": delegations.iter().map(|delegation| json!({
                    "channel": delegation.channel, "epoch": delegation.epoch,
                    "first": delegation.first, "last": delegation.last,
                    "threshold": delegation.keys.threshold(),
                    "keys": delegation.keys.keys().iter().map(|key| hex(key.bytes())).collect::<Vec<_>>(),
                })).collect::<Vec<_>>(),
            }))?;
            return Ok(exit::GOOD);
        }
        session.line(&format!("code      {}", identity.code))?;
        session.line(&format!("id        {}", identity.id))?;
        for name in &identity.names {
            session.line(&format!(
                "name      {} ({})",
                words::claim(&name.name),
                name.language
            ))?;
        }
        for delegation in delegations {
            let (keys, numbers) = (&delegation.keys, (delegation.first, delegation.last));
            session.line(&format!(
                "signers   {} of {} for {} {}/{}-{}",
                keys.threshold(),
                keys.keys().len(),
                delegation.channel,
                delegation.epoch,
                numbers.0,
                numbers.1
            ))?;
            for (key, number) in keys.keys().iter().zip(1..) {
                session.line(&format!("signer {number:<2} {}", hex(key.bytes())))?;
            }
        }
        Ok(exit::GOOD)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
