//! What a check reports of sound, damaged, partial and doubled copies.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;
use varaq_carry::{CheckOptions, Event, Interrupted, check};
use varaq_kit::Mint;
use varaq_storage::Disk;
use varaq_trust::Pins;

/// A folder with files, and a line for each event that says something.
fn told(files: &[(&str, Vec<u8>)], pins: &Pins, options: &CheckOptions) -> (u8, Vec<String>) {
    let dir = folder(files);
    let mut lines = Vec::new();
    let summary = check(
        &Disk,
        &[dir.path().to_owned()],
        pins,
        options,
        &AtomicBool::new(false),
        &mut |event| match event {
            Event::File(report) => {
                let name = name(&report.path);
                let articles = report.found.map_or("-".to_owned(), |found| {
                    format!("{}/{:?}", found.articles_whole, found.articles_listed)
                });
                lines.push(format!(
                    "{name} {} {articles} {}",
                    report.verdict, report.code
                ));
            }
            Event::Issue(report) => {
                lines.push(format!(
                    "{} copies {}/{:?} {}",
                    report.copies.len(),
                    report.found.articles_whole,
                    report.found.articles_listed,
                    report.code
                ));
            }
            Event::Unreadable(path, _) => lines.push(format!("{} unreadable", name(&path))),
            Event::Foreign(path, _) => lines.push(format!("{} other", name(&path))),
            Event::Begin { .. } | Event::Progress { .. } | Event::Same(_) | Event::Series(_) => {}
        },
    );
    (summary.unwrap().code, lines)
}

fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn issue(number: u32) -> Vec<u8> {
    Mint::default()
        .issue(number)
        .article("One", "First words.")
        .article("Two", "Second words.")
        .signed(&[0, 1])
}

/// PREFIX to NOTES: a copy without any piece.
fn head_copy(bundle: &[u8]) -> Vec<u8> {
    let length = |at: usize| u32::from_be_bytes(bundle[at..at + 4].try_into().unwrap()) as usize;
    bundle[..64 + length(20) + length(24) + length(28) + length(32) + length(36)].to_vec()
}

#[test]
fn each_file_has_its_line_and_the_worst_code_wins() {
    let whole = issue(1);
    let mut forged = issue(2);
    // A bit of the manifest, with the hint left as it was: damaged, not forged.
    forged[80] ^= 1;
    let files = [
        ("a.varaq", whole.clone()),
        ("b.varaq", forged),
        ("c.txt", b"nothing to do with it".to_vec()),
        ("d.varaq", b"no bundle".to_vec()),
    ];
    let (code, lines) = told(
        &files,
        &Mint::default().pins(true),
        &CheckOptions::default(),
    );
    assert_eq!(
        lines,
        [
            "c.txt other",
            "a.varaq VERIFIED 2/Some(2) 0",
            "b.varaq DAMAGED_HEAD - 23",
            "d.varaq NOT_A_BUNDLE - 10"
        ]
    );
    assert_eq!(code, 23);
}

#[test]
fn an_unknown_publisher_is_a_failure_only_when_trust_is_required() {
    let files = [("a.varaq", issue(1))];
    assert_eq!(
        told(&files, &Pins::new(), &CheckOptions::default()),
        (0, vec!["a.varaq UNKNOWN_PUBLISHER 2/Some(2) 0".to_owned()])
    );
    let strict = CheckOptions {
        require_trusted: true,
        ..CheckOptions::default()
    };
    assert_eq!(told(&files, &Pins::new(), &strict).0, 21);
}

#[test]
fn a_head_copy_is_partial_and_a_whole_copy_beside_it_makes_the_issue_whole() {
    let whole = issue(1);
    let pins = Mint::default().pins(false);
    let (code, lines) = told(
        &[("head.varaq", head_copy(&whole))],
        &pins,
        &CheckOptions::default(),
    );
    assert_eq!(
        (code, lines),
        (3, vec!["head.varaq PINNED 0/None 3".to_owned()])
    );
    let files = [
        ("head.varaq", head_copy(&whole)),
        ("whole.varaq", whole),
        ("z.varaq", issue(2)),
    ];
    let (code, lines) = told(&files, &pins, &CheckOptions::default());
    assert_eq!(lines.last().unwrap(), "2 copies 2/Some(2) 0");
    assert_eq!((code, lines.len()), (3, 4));
}

#[test]
fn a_cancelled_check_ends_at_the_next_step() {
    let dir = folder(&[("a.varaq", issue(1)), ("b.varaq", issue(2))]);
    let cancel = AtomicBool::new(false);
    let mut files = 0;
    let ended = check(
        &Disk,
        &[dir.path().to_owned()],
        &Pins::new(),
        &CheckOptions::default(),
        &cancel,
        &mut |event| {
            if let Event::File(_) = event {
                files += 1;
                cancel.store(true, Ordering::Relaxed);
            }
        },
    );
    assert_eq!((ended, files), (Err(Interrupted), 1));
}

#[test]
fn progress_reaches_the_end_and_never_goes_back() {
    let dir = folder(&[
        ("a.varaq", issue(1)),
        ("b.varaq", issue(2)),
        ("c.varaq", b"no".to_vec()),
    ]);
    let (mut last, mut sum) = (0, 0);
    let paths: Vec<PathBuf> = vec![dir.path().to_owned()];
    check(
        &Disk,
        &paths,
        &Pins::new(),
        &CheckOptions::default(),
        &AtomicBool::new(false),
        &mut |event| match event {
            Event::Begin { bytes, files } => {
                assert_eq!(files, 3);
                sum = bytes;
            }
            Event::Progress { done, total } => {
                assert!(done >= last && done <= total && total == sum);
                last = done;
            }
            _ => {}
        },
    )
    .unwrap();
    assert_eq!(last, sum);
}

#[test]
fn a_file_that_vanishes_is_an_error_and_the_rest_goes_on() {
    let dir = folder(&[
        ("a.varaq", issue(1)),
        ("b.varaq", issue(2)),
        ("c.varaq", issue(3)),
    ]);
    let mut lines = Vec::new();
    let summary = check(
        &Disk,
        &[dir.path().to_owned()],
        &Pins::new(),
        &CheckOptions::default(),
        &AtomicBool::new(false),
        &mut |event| match event {
            Event::Begin { .. } => fs::remove_file(dir.path().join("b.varaq")).unwrap(),
            Event::File(report) => lines.push(name(&report.path)),
            Event::Unreadable(path, _) => lines.push(format!("{} unreadable", name(&path))),
            _ => {}
        },
    );
    assert_eq!(lines, ["a.varaq", "b.varaq unreadable", "c.varaq"]);
    assert_eq!(summary.unwrap().code, 1);
}
