//! Whatever a disk does while issues are kept, taken off and marked: what was said to be kept
//! is there, what is shown is what was signed, and nothing panics.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

mod common;

use common::{Trust, bundle, fill, go, hits, import, mint, open_in, search};
use std::path::Path;
use std::sync::Arc;
use varaq_kit::FaultStorage;
use varaq_kit::storage::{After, Case, Fault, Figures, Sweep, Times};
use varaq_shelf::{Filter, Library, LibraryError, Mode, ReadingFileError};
use varaq_trust::Pins;

const FOLDER: &str = "stick/varaq-shelf";
const WATER: (&str, &str) = ("The river is back", "After eleven years water runs again.");
const BREAD: (&str, &str) = ("Bread", "The price of bread has not changed.");

fn open(disk: &FaultStorage, trust: &Trust) -> Result<Library, LibraryError> {
    open_in(
        Arc::new(disk.clone()),
        Path::new(FOLDER),
        Mode::Portable,
        trust,
    )
}

/// Opens what a fault has left; a reading state that could not be read is set aside once.
fn reopen(disk: &FaultStorage, trust: &Trust) -> Library {
    open(disk, trust).unwrap()
}

/// Every operation of so many is tried; `VARAQ_EVERY_FAULT=1` tries all (some minutes).
fn step(usual: usize) -> usize {
    let all = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    if all { 1 } else { usual }
}

/// Both kinds of disk, with nothing on them.
fn disks() -> [FaultStorage; 2] {
    [FaultStorage::new(), FaultStorage::fat()]
}

/// A disk on which an issue is kept, with a star.
fn with_issue(disk: &FaultStorage, bytes: &[u8], trust: &Trust) -> FaultStorage {
    let mut library = open(disk, trust).unwrap();
    import(&mut library, bytes, trust).unwrap();
    let hit = hits(&library, "", &Filter::default(), trust).remove(0);
    library.star(hit.kept.key(hit.entry.id), true).unwrap();
    drop(library);
    for (path, bytes) in disk.snapshot() {
        if let Some(bytes) = bytes {
            disk.put(path, &bytes);
        }
    }
    disk.healed()
}

/// Everything that a library shows is what was signed.
fn shows_only_what_was_signed(library: &Library, trust: &Trust) {
    for hit in hits(library, "", &Filter::default(), trust) {
        let text = hit.snippet.map(|snippet| snippet.text);
        let signed = [WATER, BREAD]
            .iter()
            .any(|(title, words)| hit.entry.title == *title && text.as_deref() == Some(*words));
        assert!(signed || text.is_none(), "{:?} {text:?}", hit.entry.title);
    }
}

fn titles(library: &Library, trust: &Trust) -> Vec<String> {
    let mut titles = search(library, "", &Filter::default(), trust);
    titles.sort();
    titles
}

#[test]
fn an_import_that_was_said_to_be_kept_is_kept_and_any_other_has_left_nothing_wrong() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let (first, second) = (bundle(&mint, 1, &[WATER]), bundle(&mint, 2, &[BREAD]));
    let mut figures = Figures::default();
    for disk in disks() {
        let start = with_issue(&disk, &first, &trust);
        let session = |disk: &FaultStorage| -> bool {
            let Ok(mut library) = open(disk, &trust) else {
                return false;
            };
            import(&mut library, &second, &trust).is_ok()
        };
        let sweep = Sweep {
            seeds: 2,
            step: step(7),
        };
        figures += sweep.run(&start, session, |case, after, disk, kept| {
            let library = reopen(disk, &trust);
            let found = titles(&library, &trust);
            assert!(
                found.contains(&WATER.0.to_owned()),
                "{case:?} {after:?} {found:?}"
            );
            if *kept {
                assert!(
                    found.contains(&BREAD.0.to_owned()),
                    "{case:?} {after:?} {found:?}"
                );
            }
            shows_only_what_was_signed(&library, &trust);
            assert_eq!(
                library.index().counts().unwrap().starred,
                1,
                "{case:?} {after:?}"
            );
            assert!(library.closed().is_empty(), "{case:?} {after:?}");
        });
    }
    println!("import: {figures}, 0 acknowledged losses, 0 wrong texts");
}

#[test]
fn a_removal_that_was_said_to_be_done_is_done_and_the_rest_stays() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let (first, second) = (bundle(&mint, 1, &[WATER]), bundle(&mint, 2, &[BREAD]));
    let mut figures = Figures::default();
    for disk in disks() {
        let mut library = open(&disk, &trust).unwrap();
        let gone = import(&mut library, &second, &trust).unwrap().issue;
        drop(library);
        let start = with_issue(&disk, &first, &trust);
        let session = |disk: &FaultStorage| -> bool {
            let Ok(mut library) = open(disk, &trust) else {
                return false;
            };
            let taken = library.take(&gone, trust.view(), &mut go);
            taken.is_ok() && library.purge(&mut go).is_ok()
        };
        let sweep = Sweep {
            seeds: 2,
            step: step(7),
        };
        figures += sweep.run(&start, session, |case, after, disk, done| {
            let mut library = reopen(disk, &trust);
            let found = titles(&library, &trust);
            assert!(
                found.contains(&WATER.0.to_owned()),
                "{case:?} {after:?} {found:?}"
            );
            assert!(
                !*done || !found.contains(&BREAD.0.to_owned()),
                "{case:?} {after:?}"
            );
            shows_only_what_was_signed(&library, &trust);
            // What was half taken can be finished.
            library.purge(&mut go).unwrap();
        });
    }
    println!("removal: {figures}, 0 losses of what was to stay, 0 wrong texts");
}

#[test]
fn a_rebuild_loses_nothing_wherever_it_is_stopped() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let (first, second) = (bundle(&mint, 1, &[WATER]), bundle(&mint, 2, &[BREAD]));
    let mut figures = Figures::default();
    for disk in disks() {
        let start = with_issue(&disk, &first, &trust);
        let mut library = open(&start, &trust).unwrap();
        import(&mut library, &second, &trust).unwrap();
        drop(library);
        let start = start.healed();
        let session = |disk: &FaultStorage| -> bool {
            let Ok(mut library) = open(disk, &trust) else {
                return false;
            };
            let kept = library.kept().to_vec();
            let mut checked = kept.iter().map(|kept| {
                let report = library.check(&kept.id(), trust.view(), &mut go);
                report.is_ok_and(|report| report.is_complete())
            });
            let whole = checked.all(|whole| whole);
            whole && library.renew_index().is_ok() && fill(&library, &trust).is_ok()
        };
        let sweep = Sweep {
            seeds: 2,
            step: step(7),
        };
        figures += sweep.run(&start, session, |case, after, disk, _| {
            let library = reopen(disk, &trust);
            assert_eq!(
                titles(&library, &trust),
                [BREAD.0, WATER.0],
                "{case:?} {after:?}"
            );
            shows_only_what_was_signed(&library, &trust);
            assert_eq!(library.index().counts().unwrap().starred, 1);
        });
    }
    println!("rebuild: {figures}, 0 losses, 0 wrong texts");
}

#[test]
fn a_star_that_was_said_to_be_kept_is_kept() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let first = bundle(&mint, 1, &[WATER, BREAD]);
    let mut figures = Figures::default();
    for disk in disks() {
        let start = with_issue(&disk, &first, &trust);
        let session = |disk: &FaultStorage| -> bool {
            let Ok(mut library) = open(disk, &trust) else {
                return false;
            };
            let all = Filter::default();
            let Some(hit) = library
                .search(
                    &varaq_article::fold::Query::default(),
                    &all,
                    9,
                    trust.view(),
                )
                .ok()
                .and_then(|found| found.rows.into_iter().find(|row| !row.starred))
            else {
                return false;
            };
            let Some(kept) = library.find(&hit.issue).cloned() else {
                return false;
            };
            library.star(kept.key(hit.article), true).is_ok()
        };
        let sweep = Sweep {
            seeds: 2,
            step: step(7),
        };
        figures += sweep.run(&start, session, |case, after, disk, kept| {
            let library = reopen(disk, &trust);
            let starred = library.index().counts().unwrap().starred;
            assert!(
                starred == 2 || (starred == 1 && !*kept),
                "{case:?} {after:?} {starred}"
            );
        });
    }
    println!("star: {figures}, 0 acknowledged losses");
}

#[test]
fn a_second_fault_while_a_shelf_recovers_loses_nothing() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let (first, second) = (bundle(&mint, 1, &[WATER]), bundle(&mint, 2, &[BREAD]));
    let start = with_issue(&FaultStorage::fat(), &first, &trust);
    let session = |disk: &FaultStorage| {
        open(disk, &trust).is_ok_and(|mut library| import(&mut library, &second, &trust).is_ok())
    };
    let mut figures = Figures::default();
    let sweep = Sweep {
        seeds: 1,
        step: step(41),
    };
    sweep.run(&start, session, |case, after, disk, _| {
        if !matches!(case, Case::Crash(_)) || after == After::Running {
            return;
        }
        // All of both would take a day.
        let again = Sweep { seeds: 0, step: 41 };
        figures += again.run(disk, session, |second, after, disk, kept| {
            let library = reopen(disk, &trust);
            let found = titles(&library, &trust);
            assert!(
                found.contains(&WATER.0.to_owned()),
                "{case:?} {second:?} {after:?}"
            );
            assert!(
                !*kept || found.len() == 2,
                "{case:?} {second:?} {after:?} {found:?}"
            );
            shows_only_what_was_signed(&library, &trust);
        });
    });
    println!("import after a crash: {figures}, 0 acknowledged losses, 0 wrong texts");
}

#[test]
fn a_full_disk_says_how_much_is_missing_and_a_read_only_one_can_be_read() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let (first, second) = (bundle(&mint, 1, &[WATER]), bundle(&mint, 2, &[BREAD]));
    let disk = with_issue(&FaultStorage::new(), &first, &trust);
    disk.set_free_space(1_000);
    let mut library = open(&disk, &trust).unwrap();
    let refused = import(&mut library, &second, &trust).unwrap_err();
    assert!(
        matches!(
            refused,
            varaq_shelf::ImportError::NoRoom { free: 1_000, .. }
        ),
        "{refused:?}"
    );
    drop(library);
    disk.set_read_only(true);
    let mut library = open(&disk, &trust).unwrap();
    assert_eq!(titles(&library, &trust), [WATER.0]);
    assert!(import(&mut library, &second, &trust).is_err());
    let hit = hits(&library, "", &Filter::default(), &trust).remove(0);
    let refused = library.star(hit.kept.key(hit.entry.id), false).unwrap_err();
    assert!(
        matches!(refused, LibraryError::Reading(ReadingFileError::Io { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_pulled_stick_is_an_error_and_never_a_wrong_text() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let first = bundle(&mint, 1, &[WATER, BREAD]);
    let start = with_issue(&FaultStorage::new(), &first, &trust);
    for at in 0..200 {
        let disk = start.healed();
        disk.fail(at, Fault::Pulled, Times::ForEver);
        if let Ok(library) = open(&disk, &trust) {
            let question = varaq_article::fold::Query::parse("eleven", false);
            let found = library
                .search(&question, &Filter::default(), 9, trust.view())
                .unwrap();
            for row in found.rows {
                if let Ok(hit) = library.hit(&row, &question, trust.view()) {
                    let text = hit.snippet.map(|snippet| snippet.text);
                    assert!(text.is_none() || text.as_deref() == Some(WATER.1));
                }
            }
        }
        assert_eq!(
            titles(&reopen(&disk.healed(), &trust), &trust),
            [BREAD.0, WATER.0]
        );
    }
    let nobody = Trust {
        pins: Pins::new(),
        evidence: varaq_trust::Evidence::new(),
    };
    assert!(open(&start, &nobody).unwrap().kept().is_empty());
}

#[test]
fn an_import_opens_no_issue_that_was_there_before() {
    let (mint, disk) = (mint(), FaultStorage::new());
    let trust = Trust::of(&mint);
    let mut library = reopen(&disk, &trust);
    let mut opened = Vec::new();
    for number in 1..=12 {
        let before = disk.operations().len();
        import(
            &mut library,
            &bundle(&mint, number, &[("News", "Nothing.")]),
            &trust,
        )
        .unwrap();
        let operations = disk.operations();
        let opens = operations.iter().skip(before);
        opened.push(
            opens
                .filter(|it| format!("{it:?}").contains("Open"))
                .count(),
        );
    }
    assert_eq!(library.kept().len(), 12);
    assert_eq!(opened.get(3), opened.get(11), "{opened:?}");
    assert!(opened.iter().all(|opens| *opens > 0), "{opened:?}");
}
