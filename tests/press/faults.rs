//! Whatever a disk does while a publisher works: a key is whole or not there, a draft is the
//! old or the new one, a signed issue does not lose a signature, and no part is left behind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use varaq_bundle::{ArticleId, Day, Limits, Notice, NoticeKind};
use varaq_kit::FaultStorage;
use varaq_kit::storage::{After, Case, Fault, Figures, Sweep, Times};
use varaq_press::keys::{
    KeyFile, NewPublisher, Role, SecretKey, Stretch, new_publisher, write_key,
};
use varaq_press::statement::{Changes, Draft, NewFile, PublisherFolder};
use varaq_press::{KeptNotice, NoticeFile, PackOptions, pack, recover, side_file, sign};
use varaq_trust::{Contact, Delegation, KeySet, Own, Pins, Reason, Revocation, Verdict};

const KEYS: &str = "press/keys";
const OUTPUT: &str = "press/out.varaq";

fn plan() -> NewPublisher {
    NewPublisher {
        names: vec![("en".into(), "Example Weekly".into())],
        signers: 2,
        threshold: 2,
        stretch: Stretch {
            memory_kib: 64,
            passes: 1,
        },
        ..NewPublisher::default()
    }
}

/// A publisher and one article on a sound disk.
fn desk(disk: &FaultStorage) -> FaultStorage {
    disk.put_folder("press");
    new_publisher(disk, Path::new(KEYS), &plan(), None).unwrap();
    let article = "---\ntitle: The river\ndate: 2026-03-01\n---\nThe river **fell** again.\n";
    disk.put("press/site/one.md", article.as_bytes());
    settled(disk)
}

/// The same disk with nothing on it that is not synced.
fn settled(disk: &FaultStorage) -> FaultStorage {
    for (path, bytes) in disk.snapshot() {
        if let Some(bytes) = bytes {
            disk.put(path, &bytes);
        }
    }
    disk.healed()
}

fn options(title: &str) -> PackOptions {
    let mut options = PackOptions::new(
        vec!["press/site".into()],
        OUTPUT.into(),
        KEYS.into(),
        1,
        Day(20_530),
    );
    options.title = title.into();
    options
}

fn draft(disk: &FaultStorage, title: &str) -> bool {
    pack(disk, &options(title), &mut |_| ControlFlow::Continue(())).is_ok()
}

fn key(disk: &FaultStorage, number: u32) -> Option<SecretKey> {
    let path = format!("{KEYS}/signer-{number}.key");
    KeyFile::read(disk, Path::new(&path))
        .ok()?
        .unlock(None)
        .ok()
}

fn signed(disk: &FaultStorage, number: u32) -> bool {
    let Some(key) = key(disk, number) else {
        return false;
    };
    let go = &mut |_, _| ControlFlow::Continue(());
    sign(disk, Path::new(OUTPUT), &key, Path::new(KEYS), go).is_ok()
}

fn verdict(bytes: Vec<u8>) -> Verdict {
    let opening = varaq_trust::open(Cursor::new(bytes), &Pins::default(), &Limits::default());
    opening.unwrap().verdict()
}

/// A bit that is read wrong from a text that has no checksum cannot be told from what a
/// person wrote there.
fn is_wrong_text(case: Case) -> bool {
    matches!(case, Case::Fault(_, Fault::WrongData, _))
}

/// Whether the disk did everything else that was asked of it: what is left behind then has
/// no excuse.
fn works(case: Case, after: After) -> bool {
    let once = match case {
        Case::Sound => true,
        Case::Fault(_, _, times) => times == Times::Once,
        Case::Crash(_) => false,
    };
    once && after == After::Running
}

fn assert_no_part(case: Case, after: After, disk: &FaultStorage) {
    // A disk that is gone or takes no changes cannot be tidied.
    if works(case, after) {
        let names = disk.snapshot();
        let part = names
            .keys()
            .find(|path| path.extension().is_some_and(|end| end == "part"));
        assert_eq!(part, None, "{case:?}");
    }
}

/// Every operation of so many is tried; `VARAQ_EVERY_FAULT=1` tries all.
fn sweep(usual: usize) -> Sweep {
    let all = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    Sweep {
        seeds: 2,
        step: if all { 1 } else { usual },
    }
}

#[test]
fn a_new_publisher_has_all_its_keys_or_is_not_there() {
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        disk.put_folder("press");
        let session = |disk: &FaultStorage| {
            new_publisher(disk, Path::new(KEYS), &plan(), None)
                .map(drop)
                .is_ok()
        };
        let figures = sweep(5).run(&disk, session, |case, after, disk, made| {
            assert_no_part(case, after, disk);
            let sound = (1..=2)
                .filter(|number| key(disk, *number).is_some())
                .count();
            if *made {
                assert_eq!(sound, 2, "{case:?} {after:?}");
            }
            let there = disk.snapshot().keys().any(|path| path.starts_with(KEYS));
            let none_or_all = !there || sound == 2;
            // What was taken back and then lost its power is the one case of a part of them.
            let taken_back = !*made && matches!(case, Case::Fault(..)) && after != After::Running;
            assert!(none_or_all || taken_back, "{case:?} {after:?}");
            assert!(*made || !there || !works(case, after), "{case:?}");
        });
        println!("new publisher: {figures}, 0 keys lost that were said to be there");
    }
}

#[test]
fn a_draft_is_the_old_or_the_new_one() {
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        let start = desk(&disk);
        assert!(draft(&start, "First"));
        let start = settled(&start);
        let old = start.bytes(OUTPUT).unwrap();
        let other = start.healed();
        assert!(draft(&other, "Second"));
        let new = other.bytes(OUTPUT).unwrap();
        let session = |disk: &FaultStorage| draft(disk, "Second");
        let figures = sweep(3).run(&start, session, |case, after, disk, packed| {
            assert_no_part(case, after, disk);
            if is_wrong_text(case) {
                return;
            }
            let found = disk.bytes(OUTPUT).unwrap();
            assert!(
                found == new || (found == old && !*packed),
                "{case:?} {after:?}"
            );
        });
        println!("pack: {figures}, 0 half drafts");
    }
}

#[test]
fn a_signature_is_there_or_not_and_the_one_before_it_stays() {
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        let start = desk(&disk);
        assert!(draft(&start, "First") && signed(&start, 1));
        let start = settled(&start);
        let session = |disk: &FaultStorage| signed(disk, 2);
        let figures = sweep(3).run(&start, session, |case, after, disk, done| {
            assert_no_part(case, after, disk);
            // What a cut has left half-written is mended from the copy beside it.
            recover(disk, Path::new(OUTPUT)).unwrap();
            let found = verdict(disk.bytes(OUTPUT).unwrap());
            let whole = found == Verdict::UnknownPublisher;
            assert!(
                whole || (found == Verdict::BelowThreshold && !*done),
                "{case:?} {after:?} {found}"
            );
            assert!(key(disk, 1).is_some() && key(disk, 2).is_some());
        });
        println!("sign: {figures}, 0 signatures lost");
    }
}

#[test]
fn a_second_fault_while_a_signature_is_mended_costs_nothing() {
    let start = desk(&FaultStorage::new());
    assert!(draft(&start, "First") && signed(&start, 1));
    let start = settled(&start);
    let copy = "press/out.varaq.head";
    let mut cut: Vec<FaultStorage> = Vec::new();
    let crashes = Sweep { seeds: 40, step: 1 };
    crashes.run(
        &start,
        |disk| signed(disk, 2),
        |case, _, disk, _| {
            let known = |one: &FaultStorage| one.snapshot() == disk.snapshot();
            let is_new = disk.bytes(copy).is_some() && !cut.iter().any(known);
            if matches!(case, Case::Crash(_)) && is_new {
                cut.push(disk.clone());
            }
        },
    );
    let mut figures = Figures::default();
    for disk in &cut {
        let session = |disk: &FaultStorage| recover(disk, Path::new(OUTPUT)).is_ok();
        figures += sweep(1).run(disk, session, |case, after, disk, _| {
            recover(disk, Path::new(OUTPUT)).unwrap();
            let found = verdict(disk.bytes(OUTPUT).unwrap());
            let sound = [Verdict::UnknownPublisher, Verdict::BelowThreshold].contains(&found);
            assert!(sound, "{case:?} {after:?} {found}");
        });
    }
    println!("mend: {} disks, {figures}, 0 signatures lost", cut.len());
    assert!(cut.len() > 3);
}

/// A folder's next statement: another signer, whose key comes with it.
fn next(start: &FaultStorage) -> (PublisherFolder, Own, SecretKey) {
    let folder = PublisherFolder::open(start, Path::new(KEYS)).unwrap();
    let new = SecretKey::generate(Role::Signer).unwrap();
    let gone = key(start, 1).unwrap().public().unwrap();
    let changes = Changes {
        delegations: vec![Delegation {
            channel: "main".into(),
            epoch: 2,
            keys: KeySet::new(1, vec![new.public().unwrap()]).unwrap(),
            first: 1,
            last: 256,
            days: None,
        }],
        revoked: vec![Revocation {
            key: gone,
            reason: Reason::Stolen,
            kept: Vec::new(),
        }],
        ..Changes::default()
    };
    let root = KeyFile::read(start, Path::new("press/keys/root-1.key"));
    let root = root.unwrap().unlock(None).unwrap();
    let mut draft = Draft::new(folder.own(), &changes, &[]).unwrap();
    draft.sign(&root).unwrap();
    (folder, draft.finish().unwrap().own, new)
}

#[test]
fn a_statement_is_in_force_with_its_keys_or_not_at_all() {
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        let start = desk(&disk);
        let (folder, own, new) = next(&start);
        let text = KeyFile::write(&new, None, Stretch::default()).unwrap();
        let session = |disk: &FaultStorage| {
            let file = NewFile {
                name: "signer-3.key".into(),
                bytes: text.as_bytes().to_vec().into(),
                private: true,
            };
            folder.install(disk, &own, &[file]).is_ok()
        };
        let before = start.snapshot();
        let figures = sweep(1).run(&start, session, |case, after, disk, done| {
            assert_no_part(case, after, disk);
            for (path, bytes) in &before {
                let is_contact = path.ends_with("publisher.contact");
                assert!(
                    is_contact || disk.snapshot().get(path) == Some(bytes),
                    "{path:?}"
                );
            }
            let contact = disk.bytes("press/keys/publisher.contact").unwrap();
            let contact: Contact = String::from_utf8(contact).unwrap().parse().unwrap();
            let changed = contact.own == own.encode().unwrap();
            assert!(
                changed || (contact == *folder.contact() && !*done),
                "{case:?} {after:?}"
            );
            let has_key = disk.bytes("press/keys/signer-3.key").as_deref() == Some(text.as_bytes());
            assert!(
                has_key || !changed,
                "{case:?} {after:?}: in force without its key"
            );
            let former = disk.bytes("press/keys/publisher-1.contact").is_some();
            assert!(former || !changed, "{case:?} {after:?}");
            // What failed once is as it was before, to the last file, or is in force.
            assert!(
                changed || !works(case, after) || disk.snapshot() == before,
                "{case:?}"
            );
        });
        println!("statement: {figures}, 0 keys lost");
    }
}

#[test]
fn a_new_key_never_takes_the_name_of_another() {
    let start = desk(&FaultStorage::new());
    let new = SecretKey::generate(Role::Signer).unwrap();
    let taken = Path::new("press/keys/signer-1.key");
    let before = start.bytes(taken);
    let session = |disk: &FaultStorage| write_key(disk, taken, &new, None).is_ok();
    let figures = sweep(1).run(&start, session, |case, after, disk, written| {
        assert!(
            !*written && disk.bytes(taken) == before,
            "{case:?} {after:?}"
        );
        assert_no_part(case, after, disk);
    });
    println!("taken name: {figures}, 0 keys overwritten");
}

#[test]
fn a_side_file_is_whole_or_not_there() {
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        let start = desk(&disk);
        assert!(draft(&start, "First") && signed(&start, 1) && signed(&start, 2));
        let start = settled(&start);
        let key = key(&start, 1).unwrap();
        let bundle = start.bytes(OUTPUT);
        let session = |disk: &FaultStorage| {
            let go = &mut |_, _| ControlFlow::Continue(());
            side_file(disk, Path::new(OUTPUT), &key, go).is_ok()
        };
        let other = start.healed();
        assert!(session(&other));
        let whole = other.bytes("press/out.varaq.sig");
        let figures = sweep(2).run(&start, session, |case, after, disk, written| {
            assert_no_part(case, after, disk);
            assert!(disk.bytes(OUTPUT) == bundle);
            let found = disk.bytes("press/out.varaq.sig");
            let there = found == whole;
            // A bit that is read wrong while the file is hashed is in what is signed.
            let fits = there || is_wrong_text(case) || (found.is_none() && !*written);
            assert!(fits, "{case:?} {after:?}");
        });
        println!("side file: {figures}, 0 half side files");
    }
}

#[test]
fn a_notice_is_kept_or_not_and_those_before_it_stay() {
    let notice = |article: u64| KeptNotice {
        notice: Notice {
            article: ArticleId(article.to_be_bytes()),
            kind: NoticeKind::Correction,
            issue: "main/1/3".parse().unwrap(),
            language: "en".into(),
            text: "The right number is twelve.".into(),
            day: Day(20_450),
        },
        title: "Bread".into(),
        published: None,
    };
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        let start = desk(&disk);
        let folder = Path::new(KEYS);
        let add = |disk: &FaultStorage, article| {
            NoticeFile::read(disk, folder)
                .and_then(|mut file| file.add(disk, vec![notice(article)]).map(drop))
                .is_ok()
        };
        assert!(add(&start, 1));
        let start = settled(&start);
        let figures = sweep(1).run(
            &start,
            |disk| add(disk, 2),
            |case, after, disk, kept| {
                assert_no_part(case, after, disk);
                if is_wrong_text(case) {
                    return;
                }
                let found = NoticeFile::read(disk, folder).unwrap().kept().to_vec();
                let both = found == [notice(1), notice(2)];
                assert!(
                    both || (found == [notice(1)] && !*kept),
                    "{case:?} {after:?}"
                );
            },
        );
        println!("notice: {figures}, 0 notices lost");
    }
}
