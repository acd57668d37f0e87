//! `varaq publisher key`: one key, made where it will be kept.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;
use varaq_press::keys::{Role, SecretKey};

use super::making::Protection;
use crate::digits::hex;
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher key root-2.key --role root >root-2.pub
  varaq publisher key ana.key --role signer >ana.pub

The secret stays in the file; the public key is printed. Carry only that to the newsroom:
  varaq publisher rotate desk --root-key root-2.pub --request r.request
  varaq publisher delegate desk --signer-key ana.pub --signer-key ben.pub --threshold 2";

/// What a key is for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Purpose {
    Root,
    Signer,
    Recovery,
}

/// `publisher key`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Key {
    /// The key file to write; it must not be there
    file: PathBuf,
    /// What it is for
    #[arg(long)]
    role: Purpose,
    #[command(flatten)]
    protection: Protection,
}

impl Key {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let role = match self.role {
            Purpose::Root => Role::Root,
            Purpose::Signer => Role::Signer,
            Purpose::Recovery => Role::Recovery,
        };
        let cannot = || Failure::failed(format!("cannot make {}", words::path(&self.file)));
        if self.file.exists() {
            return Err(cannot().hint("a file of that name is there; keys are never overwritten"));
        }
        let passphrase = self.protection.passphrase(session)?;
        let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
        let key = SecretKey::generate(role);
        let key = key.map_err(|error| cannot().because(&error))?;
        let written = varaq_press::keys::write_key(&Disk, &self.file, &key, passphrase);
        written.map_err(|error| cannot().because(&error))?;
        let public = key.public().map_err(|error| cannot().because(&error))?;
        if session.json {
            session.object(&json!({
                "type": "key", "role": role.to_string(), "public": hex(public.bytes()), "path": self.file.to_string_lossy(),
            }))?;
        } else {
            session.line(&hex(public.bytes()))?;
        }
        session.note(&format!("wrote {}", words::path(&self.file)));
        Ok(exit::GOOD)
    }
}
