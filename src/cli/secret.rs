//! Passphrases: from a file or a prompt, never from an argument, where `ps` and the
//! shell's history would keep them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use varaq_press::keys::{KeyFile, KeyFileError, SecretKey};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

/// No passphrase is longer; a file that is was named by mistake.
const MAX_PASSPHRASE_BYTES: u64 = 4096;

/// A passphrase for an existing key: `VARAQ_PASSPHRASE_FILE`, else a prompt.
pub fn passphrase(session: &Session<'_, '_>, what: &str) -> Result<Zeroizing<String>, Failure> {
    match &session.io.passphrase_file {
        Some(path) => from_file(path),
        None => prompt(&format!("passphrase of {what}: ")),
    }
}

/// The secret key of a file; a passphrase is asked for only if there is one.
pub fn unlock(session: &Session<'_, '_>, path: &Path) -> Result<SecretKey, Failure> {
    let cannot = |error: &KeyFileError| {
        Failure::failed(format!("cannot use the key {}", words::path(path))).because(error)
    };
    let file = KeyFile::read(&Disk, path).map_err(|error| cannot(&error))?;
    if !file.is_protected() {
        return file.unlock(None).map_err(|error| cannot(&error));
    }
    let passphrase = passphrase(session, &words::path(path))?;
    file.unlock(Some(&passphrase))
        .map_err(|error| cannot(&error))
}

/// A passphrase for new keys: typed twice when it is typed.
pub fn new_passphrase(session: &Session<'_, '_>) -> Result<Zeroizing<String>, Failure> {
    if let Some(path) = &session.io.passphrase_file {
        return from_file(path);
    }
    let first = prompt("new passphrase: ")?;
    if first.is_empty() {
        return Err(Failure::failed("the passphrase is empty")
            .hint("--no-passphrase leaves the keys open to whoever holds the files"));
    }
    let second = prompt("the same again: ")?;
    if *first != *second {
        return Err(Failure::failed("the two passphrases differ"));
    }
    Ok(first)
}

/// The first line of a file, without its end.
fn from_file(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let cannot = || {
        Failure::failed(format!(
            "cannot read the passphrase from {}",
            words::path(path)
        ))
    };
    let mut text = Zeroizing::new(String::new());
    File::open(path)
        .and_then(|file| {
            file.take(MAX_PASSPHRASE_BYTES + 1)
                .read_to_string(&mut text)
        })
        .map_err(|error| cannot().because(&error))?;
    if text.len() as u64 > MAX_PASSPHRASE_BYTES {
        return Err(cannot().hint("a passphrase has at most 4096 bytes"));
    }
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(cannot().hint("its first line is empty"));
    }
    Ok(Zeroizing::new(line.to_owned()))
}

fn prompt(words: &str) -> Result<Zeroizing<String>, Failure> {
    rpassword::prompt_password(words)
        .map(Zeroizing::new)
        .map_err(|error| {
            Failure::failed("cannot ask for a passphrase")
                .because(&error)
                .hint("set VARAQ_PASSPHRASE_FILE to a file that holds it")
        })
}
