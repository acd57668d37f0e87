//! What is odd about files beside bundles.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use varaq_carry::{CheckOptions, Event, Oddity, check, oddities};
use varaq_kit::{FaultStorage, Mint};

use Oddity::{Autorun, DoubleEnding, HiddenSigns, Lookalike, Program, Shortcut, TurnedName};

const NOTHING: [u8; 8] = [0; 8];

fn odd(name: &str) -> Vec<Oddity> {
    oddities(OsStr::new(name), &NOTHING)
}

#[test]
fn what_a_system_would_run_or_follow_is_named() {
    for name in [
        "reader.exe",
        "READER.EXE",
        "a.scr",
        "b.ps1",
        "c.apk",
        "run.sh",
        "x.hta",
    ] {
        assert_eq!(odd(name), [Program], "{name}");
    }
    for name in ["news.lnk", "news.url", "news.desktop"] {
        assert_eq!(odd(name), [Shortcut], "{name}");
    }
    assert_eq!(odd("AutoRun.inf"), [Program, Autorun]);
    assert_eq!(odd("desktop.ini"), [Autorun]);
}

#[test]
fn a_second_ending_does_not_hide_the_last_one() {
    for name in [
        "news.varaq.exe",
        "news.VARAQ.exe",
        "holiday.jpg.scr",
        "news.varaq                          .exe",
        "news.varaq.exe.",
        "news.varaq.exe ",
        "news.varaq\u{a0}.exe",
        "report.pdf.lnk",
    ] {
        assert!(odd(name).contains(&DoubleEnding), "{name} {:?}", odd(name));
    }
    assert_eq!(odd("news.varaq.txt"), [DoubleEnding]);
    for name in ["news.varaq.sig", "news.varaq.part", "tar.gz", "v1.2.txt"] {
        assert_eq!(odd(name), [], "{name}");
    }
}

#[test]
fn names_that_are_shown_otherwise_than_they_are_written_are_named() {
    assert!(odd("news\u{202e}qarav.exe").contains(&TurnedName));
    assert!(odd("news\u{2067}x\u{2069}.varaq").contains(&TurnedName));
    assert_eq!(odd("ne\u{200b}ws.varaq"), [HiddenSigns]);
    // An ending behind hidden signs counts nevertheless.
    assert!(odd("news.e\u{200b}xe").contains(&Program));
    // Cyrillic letters: in the ending, and in a word of Latin ones.
    assert!(odd("news.v\u{430}raq").contains(&Lookalike));
    assert!(odd("n\u{435}ws.varaq").contains(&Lookalike));
    // A full stop that is none.
    assert!(odd("news\u{2024}varaq").contains(&Lookalike));
}

#[test]
fn honest_names_of_any_language_are_not_odd() {
    for name in [
        "news.varaq",
        "NEWS.VARAQ",
        "روزنامه‌ی ما.varaq",
        "گۆڤار-٣.varaq",
        "Ведомости 12.varaq",
        "ведомости-en.varaq",
        "xəbər.varaq",
        "χρόνος.txt",
        "holiday.jpg",
        "note",
        ".hidden",
        "",
    ] {
        assert_eq!(odd(name), [], "{name}");
    }
}

#[test]
fn a_program_is_known_by_its_first_bytes_whatever_its_name() {
    for first in [b"MZ\x90\0\x03\0\0\0", b"\x7fELF\x02\x01\x01\0", b"#!/bin/s"] {
        assert_eq!(oddities(OsStr::new("holiday.jpg"), first)[0], Program);
    }
    let link = b"\x4c\0\0\0\x01\x14\x02\0";
    assert_eq!(oddities(OsStr::new("news"), link), [Shortcut]);
}

#[test]
fn a_check_names_them_and_changes_no_exit_code() {
    let storage = FaultStorage::new();
    let mint = Mint::default();
    let bundle = mint.issue(1).article("One", "Words.").signed(&[0, 1]);
    storage.put("stick/news.varaq", &bundle);
    storage.put("stick/news.varaq.exe", b"MZ and more");
    storage.put("stick/note.txt", b"harmless");
    let mut told = Vec::new();
    let summary = check(
        &storage,
        &[PathBuf::from("stick")],
        &mint.pins(true),
        &CheckOptions::default(),
        &AtomicBool::new(false),
        &mut |event| {
            if let Event::Foreign(path, odd) = event {
                told.push((path, odd));
            }
        },
    );
    let expected = [
        (
            PathBuf::from("stick/news.varaq.exe"),
            vec![Program, DoubleEnding],
        ),
        (PathBuf::from("stick/note.txt"), vec![]),
    ];
    assert_eq!((told, summary.unwrap().code), (expected.into(), 0));
}

#[test]
fn a_program_that_claims_to_be_a_bundle_is_named_in_its_report() {
    let storage = FaultStorage::new();
    storage.put("stick/news.varaq", b"MZ and more of it");
    let mut odd = None;
    let summary = check(
        &storage,
        &[PathBuf::from("stick")],
        &Mint::default().pins(true),
        &CheckOptions::default(),
        &AtomicBool::new(false),
        &mut |event| {
            if let Event::File(report) = event {
                odd = Some(report.odd);
            }
        },
    );
    assert_eq!((odd, summary.unwrap().code), (Some(vec![Program]), 10));
}
