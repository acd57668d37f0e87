//! How keys and issues are named on the command line, and how a key is called.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use clap::Args;
use varaq_bundle::Hash;
use varaq_press::keys::KeyFile;
use varaq_press::statement::PublisherFolder;
use varaq_trust::{Chain, Delegation, PublicKey, Statement};

use crate::digits::{hex, hex_32};
use crate::failure::Failure;
use crate::words;
use varaq_storage::Disk;

/// Sixteen public keys, a line each, and some room.
const MAX_PUBLIC_BYTES: u64 = 4096;

/// Which signing keys are meant.
#[derive(Args, Debug)]
pub struct Signers {
    /// The key: number of the signer, public key, or key file; may be given several times
    #[arg(long = "signer", value_name = "N|PUBLIC|FILE", required = true)]
    signers: Vec<String>,
    /// The channel in which N counts (the only one, or main, if not told)
    #[arg(long)]
    channel: Option<String>,
    /// The epoch in which N counts (the newest, if not told)
    #[arg(long)]
    epoch: Option<u32>,
}

impl Signers {
    /// The keys, each once.
    pub fn keys(&self, folder: &PublisherFolder) -> Result<Vec<PublicKey>, Failure> {
        signers(folder, &self.signers, self.channel.as_deref(), self.epoch)
    }
}

/// Signing keys by number, public key or file, each once.
pub fn signers(
    folder: &PublisherFolder,
    texts: &[String],
    channel: Option<&str>,
    epoch: Option<u32>,
) -> Result<Vec<PublicKey>, Failure> {
    let mut keys = Vec::new();
    for text in texts {
        let key = signer(folder.chain(), text, channel, epoch)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Opens a publisher's folder.
pub fn folder(path: &Path) -> Result<PublisherFolder, Failure> {
    PublisherFolder::open(&Disk, path).map_err(|error| {
        Failure::failed(format!(
            "cannot use {} as a publisher's folder",
            words::path(path)
        ))
        .because(&error)
        .hint("DIR is a folder made by `varaq publisher new`, with publisher.contact in it")
    })
}

/// Public keys as an argument gives them: 64 hex digits, a key file, or a file with hex
/// digits, a line for each key.
pub fn public_keys(text: &str) -> Result<Vec<PublicKey>, Failure> {
    if let Some(key) = public_key(text) {
        return Ok(vec![key]);
    }
    let path = Path::new(text);
    if let Ok(file) = KeyFile::read(&Disk, path) {
        return Ok(vec![file.public().clone()]);
    }
    let cannot = || {
        Failure::failed(format!("{} is no public key", words::path(path)))
            .hint("expected 64 hex digits, a key file, or what `varaq publisher key` printed")
    };
    let mut lines = String::new();
    File::open(path)
        .and_then(|file| file.take(MAX_PUBLIC_BYTES).read_to_string(&mut lines))
        .map_err(|error| cannot().because(&error))?;
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys: Option<Vec<PublicKey>> = lines.map(public_key).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(cannot)
}

/// All public keys of several arguments, in their order.
pub fn all_public_keys(texts: &[String]) -> Result<Vec<PublicKey>, Failure> {
    let keys = texts.iter().map(|text| public_keys(text));
    Ok(keys.collect::<Result<Vec<_>, _>>()?.concat())
}

fn public_key(text: &str) -> Option<PublicKey> {
    PublicKey::ed25519(&hex_32(text)?).ok()
}

/// A signing key of the publisher: by its number in a delegation, or as [`public_keys`].
pub fn signer(
    chain: &Chain,
    text: &str,
    channel: Option<&str>,
    epoch: Option<u32>,
) -> Result<PublicKey, Failure> {
    if text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) {
        let delegation = delegation(chain, channel, epoch)?;
        let slot = text.parse::<u64>().ok().and_then(|n| n.checked_sub(1));
        let key = slot.and_then(|slot| delegation.keys.key(slot));
        return key.cloned().ok_or_else(|| {
            let (channel, epoch) = (&delegation.channel, delegation.epoch);
            Failure::usage(format!(
                "channel {channel}, epoch {epoch} has no signer {text}"
            ))
            .hint("varaq publisher show lists signers with their numbers")
        });
    }
    let keys = public_keys(text)?;
    let [key] = keys.as_slice() else {
        return Err(Failure::usage(format!("{text} holds more than one key")));
    };
    if granted(chain.statements(), key).is_none() {
        return Err(
            Failure::failed("this key was never allowed to sign for this publisher")
                .hint("varaq publisher show lists the keys that may sign"),
        );
    }
    Ok(key.clone())
}

/// The delegation of a channel and epoch; without them, of the only channel, or `main`, and
/// of its newest epoch.
pub fn delegation<'c>(
    chain: &'c Chain,
    channel: Option<&str>,
    epoch: Option<u32>,
) -> Result<&'c Delegation, Failure> {
    let channel = match channel {
        Some(channel) => channel.to_owned(),
        None => usual_channel(chain),
    };
    let all = chain.statements().flat_map(|one| &one.delegations);
    let of_channel = all.filter(|one| one.channel == channel);
    let fit = of_channel.filter(|one| epoch.is_none_or(|epoch| one.epoch == epoch));
    fit.max_by_key(|one| one.epoch).ok_or_else(|| {
        let epoch = epoch.map_or(String::new(), |epoch| format!(", epoch {epoch}"));
        Failure::usage(format!("the publisher has no channel {channel}{epoch}"))
            .hint("varaq publisher show lists channels and epochs")
    })
}

/// The only channel of a publisher, or `main`.
pub fn usual_channel(chain: &Chain) -> String {
    let all = chain.statements().flat_map(|one| &one.delegations);
    let mut names: Vec<&str> = all.map(|one| one.channel.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [only] => (*only).to_owned(),
        _ => "main".to_owned(),
    }
}

/// Where a key was first allowed to sign, and as which signer, from 1.
pub fn granted<'s>(
    statements: impl IntoIterator<Item = &'s Statement>,
    key: &PublicKey,
) -> Option<(&'s Delegation, u64)> {
    let mut all = statements.into_iter().flat_map(|one| &one.delegations);
    all.find_map(|one| Some((one, one.keys.slot(key)?.checked_add(1)?)))
}

/// What a key is called among people: `signer 2 of main, epoch 1`, or its first digits.
pub fn called<'s>(statements: impl IntoIterator<Item = &'s Statement>, key: &PublicKey) -> String {
    match granted(statements, key) {
        Some((delegation, number)) => {
            format!(
                "signer {number} of {}, epoch {}",
                delegation.channel, delegation.epoch
            )
        }
        None => format!(
            "key {}…",
            hex(key.bytes()).chars().take(16).collect::<String>()
        ),
    }
}

/// The id of a manifest: 64 hex digits, or a bundle of this publisher.
pub fn manifest(folder: &PublisherFolder, text: &str) -> Result<Hash, Failure> {
    if let Some(id) = hex_32(text) {
        return Ok(Hash(id));
    }
    let path = Path::new(text);
    let issue = folder.issue(&Disk, path).map_err(|error| {
        Failure::failed(format!(
            "{} is no issue of this publisher",
            words::path(path)
        ))
        .because(&error)
        .hint("expected a manifest id of 64 hex digits, or a bundle")
    })?;
    Ok(issue.manifest)
}
