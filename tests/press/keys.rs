//! Publishers are made whole or not at all, and key files give up their key only to its passphrase.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::path::Path;
use varaq_press::keys::{
    KeyFile, KeyFileError, NewPublisher, NewPublisherError, Role, SecretKey, Stretch, new_publisher,
};
use varaq_storage::Disk;
use varaq_trust::{Contact, Namespace, sshsig};

const CHEAP: Stretch = Stretch {
    memory_kib: 64,
    passes: 1,
};

fn plan() -> NewPublisher {
    NewPublisher {
        names: vec![
            ("fa".into(), "نمونه".into()),
            ("en".into(), "Example".into()),
        ],
        roots: 2,
        root_threshold: 2,
        recovery: 2,
        recovery_threshold: 1,
        signers: 3,
        threshold: 2,
        channels: vec!["main".into(), "weekly".into()],
        stretch: CHEAP,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_publisher_has_a_contact_that_holds_and_keys_that_sign() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("press");
    let created = new_publisher(&Disk, &folder, &plan(), Some("a long passphrase")).unwrap();
    assert_eq!(
        names(&folder),
        [
            "publisher.contact",
            "recovery-1.key",
            "recovery-2.key",
            "recovery.pub",
            "root-1.key",
            "root-2.key",
            "signer-1.key",
            "signer-1.stop",
            "signer-2.key",
            "signer-2.stop",
            "signer-3.key",
            "signer-3.stop"
        ]
    );
    assert_eq!(names(home.path()), ["press"]);
    let text = fs::read_to_string(folder.join("publisher.contact")).unwrap();
    let contact: Contact = text.parse().unwrap();
    assert_eq!(contact, created.contact);
    let chain = contact.verify().unwrap().unwrap();
    let root = chain.newest().unwrap();
    for channel in ["main", "weekly"] {
        let delegation = chain.delegation(channel, 1, &root).unwrap();
        assert_eq!((delegation.first, delegation.last), (1, 256));
        assert_eq!(delegation.keys.threshold(), 2);
        let file = KeyFile::read(&Disk, &folder.join("signer-2.key")).unwrap();
        assert_eq!(file.role(), Role::Signer);
        assert!(file.is_protected());
        assert_eq!(delegation.keys.slot(file.public()), Some(1));
        let key = file.unlock(Some("a long passphrase")).unwrap();
        let signature = key.sign(Namespace::Manifest, b"bytes");
        assert!(sshsig::verifies(
            Namespace::Manifest,
            b"bytes",
            file.public(),
            &signature
        ));
    }
    let named: Vec<_> = contact.names.iter().map(|n| n.language.as_str()).collect();
    assert_eq!(named, ["en", "fa"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_a_key() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("press");
    new_publisher(&Disk, &folder, &plan(), None).unwrap();
    for name in names(&folder).iter().filter(|name| name.ends_with(".key")) {
        let mode = fs::metadata(folder.join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_folder_with_anything_in_it_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("press");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("signer-1.key"), "mine").unwrap();
    let error = new_publisher(&Disk, &folder, &plan(), None).unwrap_err();
    assert!(matches!(error, NewPublisherError::NotEmpty(_)));
    assert_eq!(names(&folder), ["signer-1.key"]);
    assert_eq!(
        fs::read_to_string(folder.join("signer-1.key")).unwrap(),
        "mine"
    );
    // A file in the way, too.
    let error = new_publisher(&Disk, &folder.join("signer-1.key"), &plan(), None).unwrap_err();
    assert!(matches!(error, NewPublisherError::NotEmpty(_)));
}

#[test]
fn an_empty_folder_may_be_filled() {
    let home = tempfile::tempdir().unwrap();
    new_publisher(&Disk, home.path().join("a/b").as_path(), &plan(), None).unwrap();
    let folder = home.path().join("empty");
    fs::create_dir(&folder).unwrap();
    new_publisher(&Disk, &folder, &plan(), None).unwrap();
    assert_eq!(names(&folder).len(), 12);
}

#[test]
fn wishes_that_cannot_hold_leave_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("press");
    let wrong: [fn(&mut NewPublisher); 11] = [
        |p| p.recovery_threshold = 3,
        |p| p.recovery = 0,
        |p| p.names.clear(),
        |p| p.names.push(("fa".into(), "again".into())),
        |p| p.names[0].1 = "x".repeat(65),
        |p| p.names[0].1 = "\u{202e}x".into(),
        |p| p.threshold = 4,
        |p| p.threshold = 0,
        |p| p.signers = 17,
        |p| p.channels.push("Main".into()),
        |p| p.channels.push("main".into()),
    ];
    for change in wrong {
        let mut plan = plan();
        change(&mut plan);
        assert!(
            new_publisher(&Disk, &folder, &plan, None).is_err(),
            "{plan:?}"
        );
        assert!(names(home.path()).is_empty());
    }
}

#[test]
fn every_publisher_is_another_one() {
    let home = tempfile::tempdir().unwrap();
    let one = new_publisher(&Disk, &home.path().join("1"), &plan(), None).unwrap();
    let two = new_publisher(&Disk, &home.path().join("2"), &plan(), None).unwrap();
    assert_ne!(one.contact.id, two.contact.id);
}

#[test]
fn a_wrong_passphrase_and_any_change_of_a_key_file_are_refused() {
    let key = SecretKey::generate(Role::Signer).unwrap();
    let text = KeyFile::write(&key, Some("right"), CHEAP).unwrap();
    let file = KeyFile::parse(&text).unwrap();
    assert_eq!(
        file.unlock(Some("right")).unwrap().public().unwrap(),
        key.public().unwrap()
    );
    assert!(matches!(
        file.unlock(Some("wrong")),
        Err(KeyFileError::WrongPassphrase)
    ));
    assert!(matches!(
        file.unlock(None),
        Err(KeyFileError::PassphraseNeeded)
    ));
    // A signer's key cannot be dressed up as a root key.
    let changed = text.replace("role signer", "role root");
    let file = KeyFile::parse(&changed).unwrap();
    assert!(file.unlock(Some("right")).is_err());
    // Every byte counts, but for the line ends.
    for at in 0..text.len() - 1 {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        let opened = KeyFile::parse(&changed).and_then(|file| {
            // What asks for more than the smallest cost is not paid for here.
            if changed.contains("m=64 t=1 ") {
                file.unlock(Some("right"))
            } else {
                Err(KeyFileError::Header)
            }
        });
        assert!(opened.is_err(), "byte {at}: {changed}");
    }
}

#[test]
fn a_key_file_cannot_ask_for_all_memory() {
    let key = SecretKey::generate(Role::Root).unwrap();
    let text = KeyFile::write(&key, Some("right"), CHEAP).unwrap();
    for dear in [
        "m=67108864 t=1 ",
        "m=64 t=4000000 ",
        "m=1048577 t=1 ",
        "m=0 t=1 ",
        "m=64 t=0 ",
    ] {
        let changed = text.replace("m=64 t=1 ", dear);
        assert!(
            matches!(KeyFile::parse(&changed), Err(KeyFileError::TooDear { .. })),
            "{dear}"
        );
    }
    assert!(KeyFile::parse(&text.replace("m=64 ", "m=99999999999 ")).is_err());
}

#[test]
fn a_plain_key_file_says_so_and_needs_no_passphrase() {
    let key = SecretKey::generate(Role::Root).unwrap();
    let text = KeyFile::write(&key, None, CHEAP).unwrap();
    assert!(text.contains("\nunprotected\n"));
    let file = KeyFile::parse(&text).unwrap();
    assert!(!file.is_protected());
    assert_eq!(file.unlock(None).unwrap().role(), Role::Root);
    // Another public key above the same secret is a lie.
    let other = SecretKey::generate(Role::Root).unwrap();
    let other = KeyFile::write(&other, None, CHEAP).unwrap();
    let line = |text: &str| text.lines().nth(2).unwrap().to_owned();
    let mixed = text.replace(&line(&text), &line(&other));
    assert!(matches!(
        KeyFile::parse(&mixed).unwrap().unlock(None),
        Err(KeyFileError::NotItsPublicKey)
    ));
    // Nothing of the secret in what a log could print.
    let secret = text.lines().last().unwrap().trim_start_matches("secret ");
    let shown = format!("{file:?} {key:?}");
    assert!(!shown.contains(secret));
}

#[test]
fn what_is_no_key_file_is_refused() {
    for text in [
        "",
        "varaq key 2\n",
        "varaq contact 1\n",
        "varaq key 1\nrole reader\n",
    ] {
        assert!(KeyFile::parse(text).is_err());
    }
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("x.key");
    fs::write(&path, [0xff; 64]).unwrap();
    assert!(KeyFile::read(&Disk, &path).is_err());
    fs::write(&path, "varaq key 1\n".repeat(1_000)).unwrap();
    assert!(KeyFile::read(&Disk, &path).is_err());
    assert!(KeyFile::read(&Disk, home.path()).is_err());
}
