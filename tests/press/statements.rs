//! A publisher's next statement: nothing is signed that a reader would refuse, nothing is put into the folder
//! that does not go on from what is there, and a root key signs one history only.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use varaq_press::keys::{KeyFile, NewPublisher, Role, SecretKey, Stretch, new_publisher};
use varaq_press::statement::{
    ApprovalError, Changes, Draft, DraftError, FolderError, NewFile, PublisherFolder, Recovery,
    Request, RequestError, Signers, recovery_set, refuse_second, remember,
};
use varaq_storage::Disk;
use varaq_trust::{
    Chain, Contact, Delegation, KeySet, Name, PublicKey, Reason, Revocation, SuspensionNote,
    recovery_commitment,
};

struct Desk {
    home: TempDir,
}

impl Desk {
    /// Two of two root keys, one of two recovery keys, two of three signers.
    fn new() -> Desk {
        let home = tempfile::tempdir().unwrap();
        let plan = NewPublisher {
            names: vec![("en".into(), "Example".into())],
            roots: 2,
            root_threshold: 2,
            recovery: 2,
            recovery_threshold: 1,
            signers: 3,
            threshold: 2,
            stretch: Stretch {
                memory_kib: 64,
                passes: 1,
            },
            ..NewPublisher::default()
        };
        new_publisher(&Disk, &home.path().join("desk"), &plan, None).unwrap();
        Desk { home }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("desk").join(name)
    }

    fn folder(&self) -> PublisherFolder {
        PublisherFolder::open(&Disk, &self.path("")).unwrap()
    }

    fn key(&self, name: &str) -> SecretKey {
        let file = KeyFile::read(&Disk, &self.path(name)).unwrap();
        file.unlock(None).unwrap()
    }

    fn public(&self, name: &str) -> PublicKey {
        KeyFile::read(&Disk, &self.path(name))
            .unwrap()
            .public()
            .clone()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("")).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// A statement signed by both root keys and put into the folder.
    fn say(&self, changes: &Changes) {
        let folder = self.folder();
        let mut draft = Draft::new(folder.own(), changes, &[]).unwrap();
        draft.sign(&self.key("root-1.key")).unwrap();
        draft.sign(&self.key("root-2.key")).unwrap();
        folder
            .install(&Disk, &draft.finish().unwrap().own, &[])
            .unwrap();
    }
}

fn cadence(days: u16) -> Changes {
    Changes {
        cadence: Some(days),
        ..Changes::default()
    }
}

fn new_keys(role: Role, count: usize) -> (Vec<SecretKey>, KeySet) {
    let keys: Vec<SecretKey> = (0..count)
        .map(|_| SecretKey::generate(role).unwrap())
        .collect();
    let public = keys.iter().map(|key| key.public().unwrap()).collect();
    (keys, KeySet::new(1, public).unwrap())
}

fn grant(epoch: u32, keys: KeySet) -> Delegation {
    Delegation {
        channel: "main".into(),
        epoch,
        keys,
        first: 1,
        last: 256,
        days: None,
    }
}

#[test]
fn both_root_keys_sign_in_turn_on_their_way_as_a_request() {
    let desk = Desk::new();
    let folder = desk.folder();
    let draft = Draft::new(folder.own(), &cadence(7), &[]).unwrap();
    let text = Request(draft).to_string();
    let Request(mut draft) = text.parse().unwrap();
    assert_eq!(draft.missing().unwrap().signers, Signers::Roots);
    draft.sign(&desk.key("root-2.key")).unwrap();
    assert!(!draft.waits_for(&desk.public("root-2.key")));
    assert!(draft.waits_for(&desk.public("root-1.key")));
    assert!(
        matches!(draft.finish(), Err(DraftError::Incomplete(want)) if (want.have, want.need) == (1, 2))
    );
    let text = Request(draft).to_string();
    let Request(mut draft) = text.parse().unwrap();
    draft.sign(&desk.key("root-1.key")).unwrap();
    // Twice is once.
    draft.sign(&desk.key("root-1.key")).unwrap();
    let finished = draft.finish().unwrap();
    assert_eq!(finished.chain.cadence(), 7);
    folder.install(&Disk, &finished.own, &[]).unwrap();
    assert_eq!(desk.folder().chain().cadence(), 7);
}

#[test]
fn the_former_contact_stays_beside_the_new_one() {
    let desk = Desk::new();
    let before = fs::read_to_string(desk.path("publisher.contact")).unwrap();
    let code = desk.folder().contact().code;
    desk.say(&cadence(7));
    assert_eq!(
        fs::read_to_string(desk.path("publisher-1.contact")).unwrap(),
        before
    );
    let contact: Contact = fs::read_to_string(desk.path("publisher.contact"))
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(contact.code, code);
    assert_eq!(
        contact.verify().unwrap().unwrap().newest().unwrap().version,
        2
    );
    desk.say(&cadence(14));
    assert!(desk.names().contains(&"publisher-2.contact".to_owned()));
}

#[test]
fn what_says_nothing_about_names_and_cadence_keeps_them() {
    let desk = Desk::new();
    desk.say(&Changes {
        names: vec![
            Name::new("fa", "نمونه").unwrap(),
            Name::new("en", "New").unwrap(),
        ],
        ..cadence(7)
    });
    desk.say(&Changes::default());
    let folder = desk.folder();
    assert_eq!(folder.chain().cadence(), 7);
    let names: Vec<&str> = folder
        .chain()
        .names()
        .iter()
        .map(|name| name.name.as_str())
        .collect();
    assert_eq!(names, ["New", "نمونه"]);
}

#[test]
fn other_root_keys_need_the_old_ones_too() {
    let desk = Desk::new();
    let folder = desk.folder();
    let (new, set) = new_keys(Role::Root, 3);
    let changes = Changes {
        root: Some(set),
        ..Changes::default()
    };
    let mut draft = Draft::new(folder.own(), &changes, &[]).unwrap();
    draft.sign(&new[1]).unwrap();
    draft.sign(&desk.key("root-1.key")).unwrap();
    let want = draft.missing().unwrap();
    assert_eq!(
        (want.signers, want.have, want.need),
        (Signers::FormerRoots, 1, 2)
    );
    draft.sign(&desk.key("root-2.key")).unwrap();
    let finished = draft.finish().unwrap();
    assert_eq!(finished.chain.publisher(), folder.chain().publisher());
}

#[test]
fn a_granted_key_comes_with_a_note_that_stops_it() {
    let desk = Desk::new();
    let (_, set) = new_keys(Role::Signer, 1);
    let changes = Changes {
        delegations: vec![grant(2, set.clone())],
        ..Changes::default()
    };
    let mut draft = Draft::new(desk.folder().own(), &changes, set.keys()).unwrap();
    draft.sign(&desk.key("root-1.key")).unwrap();
    draft.sign(&desk.key("root-2.key")).unwrap();
    let finished = draft.finish().unwrap();
    // In a drawer it stops nothing.
    assert!(finished.chain.suspensions().is_empty());
    let mut own = finished.own.clone();
    let text = SuspensionNote::Whole(finished.notes[0].clone())
        .compact()
        .unwrap();
    let note: SuspensionNote = text.parse().unwrap();
    own.suspensions.push(note.resolve(&finished.chain).unwrap());
    let chain = Chain::verify(&own).unwrap();
    assert!(chain.is_suspended(&set.keys()[0], &varaq_bundle::Hash([0; 32])));
}

#[test]
fn the_notes_of_a_new_publisher_stop_its_keys() {
    let desk = Desk::new();
    let folder = desk.folder();
    for number in 1..=3 {
        let text = fs::read_to_string(desk.path(&format!("signer-{number}.stop"))).unwrap();
        let note: SuspensionNote = text.parse().unwrap();
        let signed = note.resolve(folder.chain()).unwrap();
        let body = folder.chain().suspension(&signed).unwrap();
        assert_eq!(body.key, desk.public(&format!("signer-{number}.key")));
    }
}

#[test]
fn stolen_root_keys_are_replaced_by_the_recovery_keys() {
    let desk = Desk::new();
    let folder = desk.folder();
    let keys = [desk.public("recovery-1.key"), desk.public("recovery-2.key")];
    let revealed = recovery_set(folder.chain(), &keys).unwrap();
    assert_eq!(revealed.threshold(), 1);
    assert_eq!(recovery_set(folder.chain(), &keys[..1]), None);
    let (roots, root) = new_keys(Role::Root, 1);
    let (_, next) = new_keys(Role::Recovery, 1);
    let changes = Changes {
        root: Some(root),
        revoked: vec![Revocation {
            key: desk.public("signer-1.key"),
            reason: Reason::Stolen,
            kept: Vec::new(),
        }],
        recovery: Some(Recovery {
            revealed,
            commitment: Some(recovery_commitment(&next)),
        }),
        ..Changes::default()
    };
    let mut draft = Draft::new(folder.own(), &changes, &[]).unwrap();
    // The stolen root key has no say.
    assert!(matches!(
        draft.sign(&desk.key("root-1.key")),
        Err(DraftError::NotAsked)
    ));
    draft.sign(&roots[0]).unwrap();
    draft.sign(&desk.key("recovery-2.key")).unwrap();
    let finished = draft.finish().unwrap();
    let newest = finished.chain.newest().unwrap();
    assert_eq!((newest.generation, newest.version), (1, 2));
    assert_eq!(finished.chain.publisher(), folder.chain().publisher());
}

#[test]
fn what_readers_would_refuse_is_refused_before_anybody_signs() {
    let desk = Desk::new();
    let folder = desk.folder();
    let (_, set) = new_keys(Role::Signer, 1);
    let twice = Changes {
        delegations: vec![grant(1, set.clone())],
        ..Changes::default()
    };
    let draft = Draft::new(folder.own(), &twice, &[]);
    assert!(matches!(
        draft,
        Err(DraftError::GrantedTwice { epoch: 1, .. })
    ));
    let wrong = Changes {
        recovery: Some(Recovery {
            revealed: set.clone(),
            commitment: None,
        }),
        ..Changes::default()
    };
    assert!(matches!(
        Draft::new(folder.own(), &wrong, &[]),
        Err(DraftError::WrongRecovery)
    ));
    let wide = Changes {
        delegations: vec![Delegation {
            last: 257,
            ..grant(2, set)
        }],
        ..Changes::default()
    };
    assert!(matches!(
        Draft::new(folder.own(), &wide, &[]),
        Err(DraftError::Statement(_))
    ));
    assert!(matches!(
        Draft::of_notes(folder.own(), &[]),
        Err(DraftError::Nothing)
    ));
    let mut draft = Draft::new(folder.own(), &cadence(7), &[]).unwrap();
    assert!(matches!(
        draft.sign(&desk.key("signer-1.key")),
        Err(DraftError::SignersKey)
    ));
    assert!(matches!(
        draft.sign(&desk.key("recovery-1.key")),
        Err(DraftError::NotAsked)
    ));
    let stranger = SecretKey::generate(Role::Root).unwrap();
    assert!(matches!(draft.sign(&stranger), Err(DraftError::NotAsked)));
}

#[test]
fn a_request_that_was_tampered_with_is_refused() {
    let desk = Desk::new();
    let folder = desk.folder();
    let mut draft = Draft::new(folder.own(), &cadence(7), &[desk.public("signer-1.key")]).unwrap();
    draft.sign(&desk.key("root-1.key")).unwrap();
    let text = Request(draft.clone()).to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(text.parse::<Request>().is_ok());
    // Every letter of it counts.
    for (at, _) in text
        .char_indices()
        .filter(|(_, c)| c.is_ascii_alphanumeric())
        .step_by(7)
    {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'B' { b'C' } else { b'B' };
        let changed = String::from_utf8(bytes).unwrap();
        if changed.parse::<Request>().is_ok() {
            panic!("letter {at} of {changed}");
        }
    }
    for cut in [0, 10, text.len() / 2, text.len() - 20] {
        assert!(text[..cut].parse::<Request>().is_err(), "{cut}");
    }
    let twice = format!("{text}{}\n", lines[2]);
    assert!(matches!(
        twice.parse::<Request>(),
        Err(RequestError::Line { line: 5, .. })
    ));
    let without = text.replace(lines[1], "");
    assert!(without.parse::<Request>().is_err());
    // The statement of one publisher on the history of another.
    let other = Desk::new();
    let theirs = Request(Draft::new(other.folder().own(), &cadence(7), &[]).unwrap()).to_string();
    let mixed = text.replace(lines[1], theirs.lines().nth(1).unwrap());
    assert!(matches!(
        mixed.parse::<Request>(),
        Err(RequestError::Draft(DraftError::DoesNotFollow { .. }))
    ));
    assert!(matches!(
        "varaq contact 1\n".parse::<Request>(),
        Err(RequestError::Header)
    ));
    assert!(matches!(
        "x".repeat(2_000_000).parse::<Request>(),
        Err(RequestError::TooLong(_))
    ));
}

#[test]
fn a_folder_takes_only_what_goes_on_from_it() {
    let desk = Desk::new();
    let early = desk.folder();
    let mut draft = Draft::new(early.own(), &cadence(7), &[]).unwrap();
    draft.sign(&desk.key("root-1.key")).unwrap();
    draft.sign(&desk.key("root-2.key")).unwrap();
    let finished = draft.finish().unwrap();
    desk.say(&cadence(14));
    let before = desk.names();
    let refused = desk.folder().install(&Disk, &finished.own, &[]);
    assert!(matches!(
        refused,
        Err(FolderError::AnotherBase { newest: 2 })
    ));
    assert_eq!(
        (desk.names(), desk.folder().chain().cadence()),
        (before, 14)
    );
}

#[test]
fn a_key_file_in_the_way_stops_everything() {
    let desk = Desk::new();
    let folder = desk.folder();
    let mut draft = Draft::new(folder.own(), &cadence(7), &[]).unwrap();
    draft.sign(&desk.key("root-1.key")).unwrap();
    draft.sign(&desk.key("root-2.key")).unwrap();
    let own = draft.finish().unwrap().own;
    let file = |name: &str| NewFile {
        name: name.into(),
        bytes: b"new".to_vec().into(),
        private: true,
    };
    let (before, contact) = (
        desk.names(),
        fs::read(desk.path("publisher.contact")).unwrap(),
    );
    let refused = folder.install(&Disk, &own, &[file("fresh.key"), file("root-1.key")]);
    assert!(matches!(refused, Err(FolderError::Exists(_))));
    assert_eq!(desk.names(), before);
    assert_eq!(fs::read(desk.path("publisher.contact")).unwrap(), contact);
    // The disk refuses the contact: the keys go again.
    fs::create_dir(desk.path("publisher.contact.part")).unwrap();
    let refused = folder.install(&Disk, &own, &[file("fresh.key")]);
    assert!(matches!(refused, Err(FolderError::Io { .. })));
    fs::remove_dir(desk.path("publisher.contact.part")).unwrap();
    assert_eq!(desk.names(), before);
    assert_eq!(fs::read(desk.path("publisher.contact")).unwrap(), contact);
}

#[test]
fn a_root_key_approves_one_history() {
    let desk = Desk::new();
    let folder = desk.folder();
    let one = Draft::new(folder.own(), &cadence(7), &[]).unwrap();
    let other = Draft::new(folder.own(), &cadence(14), &[]).unwrap();
    let notes = Draft::of_notes(folder.own(), &[desk.public("signer-1.key")]).unwrap();
    let home = tempfile::tempdir().unwrap();
    let place: &Path = home.path();
    remember(&Disk, &one, place, false).unwrap();
    remember(&Disk, &one, place, false).unwrap();
    assert!(matches!(
        refuse_second(&Disk, &other, place),
        Err(ApprovalError::Second { version: 2 })
    ));
    assert!(matches!(
        remember(&Disk, &other, place, false),
        Err(ApprovalError::Second { version: 2 })
    ));
    // Of notes there may be many, and another publisher is another story.
    remember(&Disk, &notes, place, false).unwrap();
    let stranger = Desk::new();
    remember(
        &Disk,
        &Draft::new(stranger.folder().own(), &cadence(9), &[]).unwrap(),
        place,
        false,
    )
    .unwrap();
    remember(&Disk, &other, place, true).unwrap();
    assert!(matches!(
        refuse_second(&Disk, &one, place),
        Err(ApprovalError::Second { .. })
    ));
    // A list that is not understood is no empty list.
    for text in ["", "varaq approved 2\n", "varaq approved 1\nstatement x\n"] {
        fs::write(place.join("approved"), text).unwrap();
        assert!(
            matches!(
                remember(&Disk, &other, place, true),
                Err(ApprovalError::Io(_))
            ),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_publishers_folder_is_told() {
    let desk = Desk::new();
    assert!(matches!(
        PublisherFolder::open(&Disk, Path::new("/nowhere")),
        Err(FolderError::Io { .. })
    ));
    let text = fs::read_to_string(desk.path("publisher.contact")).unwrap();
    let bare: String = text
        .lines()
        .filter(|line| !line.starts_with("own"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(desk.path("publisher.contact"), bare).unwrap();
    assert!(matches!(
        PublisherFolder::open(&Disk, &desk.path("")),
        Err(FolderError::Bare)
    ));
    fs::write(desk.path("publisher.contact"), "hello").unwrap();
    assert!(matches!(
        PublisherFolder::open(&Disk, &desk.path("")),
        Err(FolderError::Contact(_))
    ));
}
