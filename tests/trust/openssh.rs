//! Stock OpenSSH is the second opinion on single signatures: it accepts ours, we accept its.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use support::{folder, key, program, public, sign};
use varaq_trust::{Namespace, sshsig};

/// Runs `ssh-keygen -Y verify` on a message.
fn openssh_accepts(
    mut ssh_keygen: Command,
    folder: &Path,
    namespace: &str,
    message: &[u8],
    armor: &str,
    allowed: &str,
) -> bool {
    fs::write(folder.join("message"), message).unwrap();
    fs::write(folder.join("message.sig"), armor).unwrap();
    fs::write(folder.join("allowed"), allowed).unwrap();
    ssh_keygen
        .current_dir(folder)
        .args(["-Y", "verify", "-f", "allowed", "-I", "slot-1@varaq"])
        .args(["-n", namespace, "-s", "message.sig"])
        .stdin(fs::File::open(folder.join("message")).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

#[test]
fn openssh_accepts_our_signature_and_refuses_what_we_refuse() {
    let folder = folder();
    let message = b"the bytes of a manifest".to_vec();
    let mut changed = message.clone();
    changed[4] ^= 1;
    let (signer, stranger) = (key(7), key(8));
    for namespace in Namespace::ALL {
        let signature = sign(&signer, namespace, &message);
        let armor = sshsig::armor(namespace, &public(&signer), &signature).unwrap();
        let allowed =
            |key| sshsig::allowed_signers_line("slot-1@varaq", namespace, &public(key)).unwrap();
        let other = if namespace == Namespace::File {
            "varaq-root-v1"
        } else {
            "varaq-file-v1"
        };
        for (name, bytes, key, expected) in [
            (namespace.as_str(), &message, &signer, true),
            (other, &message, &signer, false),
            (namespace.as_str(), &changed, &signer, false),
            (namespace.as_str(), &message, &stranger, false),
        ] {
            let Some(ssh_keygen) = program("ssh-keygen") else {
                return;
            };
            let found = openssh_accepts(
                ssh_keygen,
                folder.path(),
                name,
                bytes,
                &armor,
                &allowed(key),
            );
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn we_accept_what_openssh_signed_and_nothing_else() {
    let folder = folder();
    let Some(mut make) = program("ssh-keygen") else {
        return;
    };
    make.current_dir(folder.path())
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key"])
        .stdin(Stdio::null());
    assert!(make.status().unwrap().success());
    fs::write(folder.path().join("message"), b"signed elsewhere").unwrap();
    let Some(mut sign) = program("ssh-keygen") else {
        return;
    };
    sign.current_dir(folder.path())
        .args([
            "-Y",
            "sign",
            "-q",
            "-f",
            "key",
            "-n",
            "varaq-root-v1",
            "message",
        ])
        .stdin(Stdio::null());
    assert!(sign.status().unwrap().success());

    let armor = fs::read_to_string(folder.path().join("message.sig")).unwrap();
    let armored = sshsig::Armored::parse(&armor).unwrap();
    assert_eq!(armored.namespace, Namespace::Root);
    assert!(armored.verifies(b"signed elsewhere"));
    assert!(!armored.verifies(b"signed elsewhere!"));
    assert!(!sshsig::verifies(
        Namespace::Manifest,
        b"signed elsewhere",
        &armored.key,
        &armored.signature
    ));
    // Ours is what theirs is, letter by letter.
    let ours = sshsig::armor(Namespace::Root, &armored.key, &armored.signature).unwrap();
    assert_eq!(ours, armor);
}

#[test]
fn armor_that_is_cut_or_of_another_namespace_is_refused() {
    let signer = key(7);
    let signature = sign(&signer, Namespace::File, b"m");
    let armor = sshsig::armor(Namespace::File, &public(&signer), &signature).unwrap();
    assert!(sshsig::Armored::parse(&armor).unwrap().verifies(b"m"));
    for at in 0..armor.trim_end().len() {
        assert!(sshsig::Armored::parse(&armor[..at]).is_err(), "cut at {at}");
    }
    assert!(sshsig::Armored::parse("").is_err());
}

#[test]
fn principal_cannot_smuggle_an_option_into_the_line() {
    let line =
        sshsig::allowed_signers_line("a b\"\n*,cert-authority", Namespace::Root, &public(&key(1)));
    let line = line.unwrap();
    assert!(line.starts_with("a_b____cert-authority namespaces=\"varaq-root-v1\" ssh-ed25519 "));
    assert_eq!(line.lines().count(), 1);
}
