//! What was read, starred and noted: one encoding, and every form that was ever written opens.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use varaq_bundle::{ArticleId, Hash};
use varaq_shelf::{Arrival, ArticleKey, NOTE_CHARACTERS, Position, Reading, Status};
use varaq_trust::PublisherId;

fn key(publisher: u8, article: u64) -> ArticleKey {
    ArticleKey {
        publisher: PublisherId([publisher; 32]),
        article: ArticleId(article.to_be_bytes()),
    }
}

/// One of everything.
fn full() -> Reading {
    let mut reading = Reading::default();
    reading.change(key(1, 7), |status| {
        status.read = Some(2);
        status.position = Some(Position {
            paragraph: 41,
            permille: 333,
        });
    });
    reading.change(key(2, 7), |status| {
        "نگاه کن\nدوباره".clone_into(&mut status.note)
    });
    reading.star(key(1, 9), true);
    reading.star(key(2, 3), true);
    let arrival = Arrival {
        visit: 4,
        whole: true,
    };
    reading.arrived(Hash([5; 32]), arrival);
    reading
}

#[test]
fn every_form_that_was_ever_written_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/shelf/old");
    let path = folder.join("reading-1");
    if std::env::var_os("VARAQ_UPDATE").is_some() && !path.exists() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, full().encode()).unwrap();
    }
    assert_eq!(Reading::decode(&fs::read(path).unwrap()).unwrap(), full());
}

#[test]
fn a_later_star_stands_after_an_earlier_one_and_a_second_star_changes_nothing() {
    let mut reading = full();
    reading.star(key(1, 9), true);
    let star = |reading: &Reading, key| reading.status(&key).unwrap().star;
    assert!(star(&reading, key(1, 9)) < star(&reading, key(2, 3)));
    reading.star(key(1, 9), false);
    assert_eq!(reading.status(&key(1, 9)), None);
}

#[test]
fn a_note_without_end_is_cut_and_controls_leave_it() {
    let mut reading = Reading::default();
    reading.change(key(1, 1), |status| {
        status.note = "\u{202e}ab\u{0}".repeat(9_000)
    });
    let note = &reading.status(&key(1, 1)).unwrap().note;
    assert_eq!(note.chars().count(), NOTE_CHARACTERS);
    assert!(note.starts_with("abab"));
    assert_eq!(Reading::decode(&reading.encode()).unwrap(), reading);
}

#[test]
fn a_hundred_thousand_read_articles_take_less_than_two_megabytes() {
    let mut reading = Reading::default();
    for article in 0..100_000 {
        reading.change(key(1, article), |status| status.read = Some(1));
    }
    let bytes = reading.encode();
    assert!(bytes.len() < 2_000_000, "{}", bytes.len());
    assert_eq!(Reading::decode(&bytes).unwrap(), reading);
}

fn statuses() -> impl Strategy<Value = Vec<(u8, u64, Status)>> {
    let position = proptest::option::of((any::<u32>(), 0..=1_000u16));
    let number = || proptest::option::of(1..u64::MAX);
    let status = (number(), number(), position, ".{0,40}");
    let status = status.prop_map(|(read, star, position, note)| Status {
        read,
        star,
        position: position.map(|(paragraph, permille)| Position {
            paragraph,
            permille,
        }),
        note,
    });
    proptest::collection::vec((0..3u8, 0..20u64, status), 0..30)
}

proptest! {
    #[test]
    fn what_was_kept_comes_back(statuses in statuses()) {
        let mut reading = full();
        for (publisher, article, status) in statuses {
            reading.change(key(publisher, article), |kept| *kept = status);
        }
        prop_assert_eq!(Reading::decode(&reading.encode()).unwrap(), reading);
    }

    #[test]
    fn any_bytes_are_refused_or_mean_one_thing(at in 0..400usize, byte: u8) {
        let mut bytes = full().encode();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(reading) = Reading::decode(&bytes) {
            prop_assert_eq!(reading.encode(), bytes);
        }
    }
}
