//! A check on a disk that fails: what cannot be read is told, and is never called damage.
#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on has failed

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use varaq_carry::{CheckOptions, Event, check};
use varaq_kit::storage::{Case, Fault, Sweep};
use varaq_kit::{FaultStorage, Mint};

const CUT_BYTES: usize = 100;

/// What is said about a file: its verdict, whether all is there, and whether its disk failed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    File(String, bool),
    ReadErrors,
    Unreadable,
}

fn stick() -> FaultStorage {
    let storage = FaultStorage::new();
    let mint = Mint::default();
    let bundle = |number| {
        let issue = mint.issue(number);
        issue.article("One", "First words.").signed(&[0, 1])
    };
    let (one, two) = (bundle(1), bundle(2));
    storage.put("stick/cut.varaq", one.get(..one.len() - CUT_BYTES).unwrap());
    storage.put("stick/deep/no.varaq", b"not a bundle");
    storage.put("stick/deep/note.txt", b"words that nobody asks for");
    storage.put("stick/one.varaq", &one);
    storage.put("stick/one.varaq.sig", b"no signature");
    storage.put("stick/two", &two);
    storage
}

fn told(storage: &FaultStorage) -> (u8, BTreeMap<PathBuf, Told>) {
    let mut lines = BTreeMap::new();
    let summary = check(
        storage,
        &[PathBuf::from("stick")],
        &Mint::default().pins(true),
        // One thread: every run does the same operations in the same order.
        &CheckOptions {
            threads: 1,
            ..CheckOptions::default()
        },
        &AtomicBool::new(false),
        &mut |event| match event {
            Event::File(report) => {
                let failed = report
                    .found
                    .as_ref()
                    .is_some_and(|found| found.read_errors > 0);
                let whole = report.found.is_some_and(|found| found.is_whole());
                let told = if failed {
                    Told::ReadErrors
                } else {
                    Told::File(report.verdict.to_string(), whole)
                };
                lines.insert(report.path, told);
            }
            Event::Unreadable(path, _) => drop(lines.insert(path, Told::Unreadable)),
            _ => {}
        },
    );
    (summary.unwrap().code, lines)
}

#[test]
fn a_file_is_told_as_it_is_or_as_unreadable_whichever_read_fails() {
    let mut sound = None;
    let figures =
        Sweep { seeds: 0, step: 1 }.run(&stick(), told, |case, _, disk, (code, lines)| {
            let (sound_code, sound) = sound.get_or_insert_with(|| (*code, lines.clone()));
            assert!(disk.snapshot() == stick().snapshot(), "a check has written");
            let cut = lines.get(Path::new("stick/cut.varaq"));
            assert!(
                !matches!(cut, Some(Told::File(_, true))),
                "a wrong bit made it whole"
            );
            if matches!(case, Case::Fault(_, Fault::WrongData, _)) {
                return;
            }
            for (path, told) in lines {
                let fails = matches!(told, Told::Unreadable | Told::ReadErrors);
                assert!(fails || sound.get(path) == Some(told), "{path:?} {told:?}");
                assert!(!fails || *code != 0, "{path:?} {told:?} and all is well");
            }
            // What is not told lies in a folder that cannot be read.
            for path in sound.keys().filter(|path| !lines.contains_key(*path)) {
                let above = path.ancestors().find(|above| lines.contains_key(*above));
                assert_eq!(
                    above.and_then(|above| lines.get(above)),
                    Some(&Told::Unreadable)
                );
            }
            assert!(
                lines != sound || *code == 1 || code == sound_code,
                "{code} {sound_code} {lines:?}"
            );
        });
    println!("check: {figures}, 0 files called damaged for a disk that failed");
    assert!(figures.operations > 30, "{figures}");
}
