//! A stick that changes, or is pulled out, while somebody reads from it: what is shown was
//! hashed from the very bytes that are shown, and what cannot be read is no verdict.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods
)]

use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;
use varaq_bundle::{Limits, PieceError};
use varaq_kit::Mint;
use varaq_trust::{Consent, Opening};

/// What the stick does at the moment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// It gives the genuine file.
    Genuine,
    /// It gives another file of the same length.
    Other,
    /// Each reading gives the other one of the two.
    Alternating,
    /// It was pulled out.
    Gone,
}

/// Two files of one length, one of which it gives.
struct Stick {
    files: [Vec<u8>; 2],
    at: u64,
    mood: Rc<Cell<Mood>>,
    readings: usize,
}

impl Read for Stick {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.readings += 1;
        let file = match self.mood.get() {
            Mood::Genuine => 0,
            Mood::Other => 1,
            Mood::Alternating => self.readings % 2,
            Mood::Gone => return Err(io::Error::other("no such device")),
        };
        let mut source = Cursor::new(&self.files[file]);
        source.set_position(self.at);
        // A few bytes at a time, so that one piece takes several readings.
        let room = buffer.len().min(64);
        let read = source.read(&mut buffer[..room])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Stick {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let len = self.files[0].len() as u64;
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => len.saturating_add_signed(by),
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

const GENUINE: &str = "The ferry did not leave the harbour on Tuesday.";
const OTHER: &str = "The ferry has not left the harbour on a Monday.";

fn issue(text: &str) -> Vec<u8> {
    let text = format!("{text} ").repeat(9);
    Mint::default()
        .issue(7)
        .article("One", &text)
        .signed(&[0, 1])
}

fn stick() -> (Stick, Rc<Cell<Mood>>) {
    let files = [issue(GENUINE), issue(OTHER)];
    assert_eq!(files[0].len(), files[1].len());
    let mood = Rc::new(Cell::new(Mood::Genuine));
    let stick = Stick {
        files,
        at: 0,
        mood: mood.clone(),
        readings: 0,
    };
    (stick, mood)
}

fn open(stick: Stick) -> io::Result<Opening<Stick>> {
    varaq_trust::open(stick, &Mint::default().pins(true), &Limits::default())
}

fn shows(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn a_file_swapped_behind_the_verdict_shows_nothing_of_the_other() {
    let (stick, mood) = stick();
    let content = open(stick).unwrap().into_content(Consent::Pinned).unwrap();
    let entry = content.entry(1).unwrap().unwrap();
    mood.set(Mood::Other);
    let article = content.article_bytes(&entry);
    assert!(
        matches!(article, Err(PieceError::Damaged { .. })),
        "{article:?}"
    );
    mood.set(Mood::Genuine);
    assert!(shows(&content.article_bytes(&entry).unwrap(), GENUINE));
}

#[test]
fn a_file_swapped_before_the_catalog_is_read_lists_nothing_of_the_other() {
    let (stick, mood) = stick();
    let content = open(stick).unwrap().into_content(Consent::Pinned).unwrap();
    mood.set(Mood::Other);
    let report = content.check(&mut |_| ControlFlow::Continue(())).unwrap();
    assert!(!report.is_complete());
    for entry in content.entries().flatten() {
        let article = content.article_bytes(&entry.1);
        assert!(!article.is_ok_and(|bytes| shows(&bytes, OTHER)));
    }
}

#[test]
fn a_stick_that_changes_at_each_reading_shows_the_signed_words_or_none() {
    let (stick, mood) = stick();
    let content = open(stick).unwrap().into_content(Consent::Pinned).unwrap();
    let entry = content.entry(1).unwrap().unwrap();
    mood.set(Mood::Alternating);
    for _ in 0..50 {
        let article = content.article_bytes(&entry);
        assert!(article.is_err() || shows(&article.unwrap(), GENUINE));
    }
}

#[test]
fn a_stick_pulled_out_while_it_is_read_is_an_error_and_no_damage() {
    let (stick, mood) = stick();
    let content = open(stick).unwrap().into_content(Consent::Pinned).unwrap();
    let entry = content.entry(1).unwrap().unwrap();
    mood.set(Mood::Gone);
    assert!(matches!(
        content.article_bytes(&entry),
        Err(PieceError::Io(_))
    ));
    let report = content.check(&mut |_| ControlFlow::Continue(())).unwrap();
    assert!(!report.is_complete() && report.articles_whole == 0);
    mood.set(Mood::Genuine);
    assert!(shows(&content.article_bytes(&entry).unwrap(), GENUINE));
}

#[test]
fn a_stick_pulled_out_before_the_verdict_has_none() {
    let (stick, mood) = stick();
    mood.set(Mood::Gone);
    assert!(open(stick).is_err());
}
