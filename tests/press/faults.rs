//! Whatever a disk does while a publisher works: a key is whole or not there, a draft is the
//! old or the new one, a signed issue does not lose a signature, and no part is left behind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use varaq_bundle::{ArticleId, Day, Limits, Notice, NoticeKind};
use varaq_kit::FaultStorage;
use varaq_kit::storage::{After, Case, Fault, Sweep};
use varaq_press::keys::{KeyFile, NewPublisher, SecretKey, Stretch, new_publisher};
use varaq_press::{KeptNotice, NoticeFile, PackOptions, pack, recover, sign};
use varaq_trust::{Pins, Verdict};

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

fn assert_no_part(case: Case, after: After, disk: &FaultStorage) {
    // A disk that is gone or takes no changes cannot be tidied.
    if case == Case::Sound && after == After::Running {
        let names = disk.snapshot();
        let part = names
            .keys()
            .find(|path| path.extension().is_some_and(|end| end == "part"));
        assert_eq!(part, None);
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
