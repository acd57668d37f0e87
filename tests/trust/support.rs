//! What the tests of this folder share. Not a test itself.
#![allow(dead_code, unreachable_pub)] // each test file uses its part of it
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use ed25519_dalek::{Signer, SigningKey};
use std::path::PathBuf;
use std::process::Command;
use varaq_trust::{Namespace, PublicKey, sshsig};

/// A signing key with a fixed seed.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// Its public half.
pub fn public(key: &SigningKey) -> PublicKey {
    PublicKey::ed25519(key.verifying_key().as_bytes()).unwrap()
}

/// A signature in a namespace.
pub fn sign(key: &SigningKey, namespace: Namespace, bytes: &[u8]) -> [u8; 64] {
    key.sign(&sshsig::preimage(namespace, bytes)).to_bytes()
}

/// Bytes from hex digits.
pub fn hex(text: &str) -> Vec<u8> {
    let digit = |c: u8| char::from(c).to_digit(16).unwrap() as u8;
    text.as_bytes()
        .chunks(2)
        .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
        .collect()
}

/// A command for a program that the tests compare with; none if the machine lacks it.
#[allow(clippy::disallowed_methods)] // the tests may start programs, the program may not
pub fn program(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    if found {
        return Some(Command::new(name));
    }
    assert!(
        std::env::var_os("VARAQ_REQUIRE_ALL").is_none(),
        "{name} is missing, and VARAQ_REQUIRE_ALL is set"
    );
    println!("not tested here: {name} is not installed");
    None
}

/// A folder of the tests' own, under the build folder.
pub fn folder() -> tempfile::TempDir {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    tempfile::tempdir_in(root).unwrap()
}
