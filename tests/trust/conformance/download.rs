//! test_file_download.py

use crate::scene::newsroom;
use std::io::Cursor;
use varaq_bundle::Limits;
use varaq_kit::{Mint, Reader};
use varaq_trust::{Consent, View, open};

/// The text of article `number`, if the file gives it to this reader.
fn text(reader: &Reader, file: &[u8], number: u32) -> Option<String> {
    let view = View::new(&reader.pins, &reader.evidence);
    let opening = open(Cursor::new(file.to_vec()), view, &Limits::default()).unwrap();
    let content = opening.into_content(Consent::Pinned).ok()?;
    let entry = content.entry(number).ok()??;
    let article = varaq_article::decode(&content.article_bytes(&entry).ok()?).ok()?;
    Some(varaq_article::plain_text(&article).trim().to_owned())
}

fn file(mint: &Mint, number: u32, texts: &[&str]) -> Vec<u8> {
    let mut draft = mint.issue(number);
    for (at, text) in texts.iter().enumerate() {
        draft = draft.article(&format!("Article {at}"), text);
    }
    draft.signed(&[0, 1])
}

/// What was published is what is read.
#[test]
fn test_client_downloads_expected_file() {
    let mint = newsroom();
    let file = file(&mint, 1, &["The first.", "The second."]);
    let reader = Reader::of(&[&mint]);
    assert_eq!(text(&reader, &file, 1).unwrap(), "The first.");
    assert_eq!(text(&reader, &file, 2).unwrap(), "The second.");
}

/// Other bytes in the place of a piece are never shown, whichever byte is another.
#[test]
fn test_repository_substitutes_target_file() {
    let mint = newsroom();
    let reader = Reader::of(&[&mint]);
    let sound = file(&mint, 1, &["The first.", "The second."]);
    let pieces_at = varaq_kit::pieces_at(&sound);
    for at in pieces_at..sound.len() {
        let mut altered = sound.clone();
        altered[at] ^= 0x20;
        for (number, words) in [(1, "The first."), (2, "The second.")] {
            let shown = text(&reader, &altered, number);
            assert!(shown.is_none_or(|shown| shown == words), "byte {at}");
        }
    }
}

/// Each issue brings its own words, and words that no issue signed are never shown.
#[test]
fn test_multiple_changes_to_target() {
    let mint = newsroom();
    let reader = Reader::of(&[&mint]);
    let mut before: Option<Vec<u8>> = None;
    for number in 1..=11 {
        let words = format!("The words of issue {number:02}.");
        let sound = file(&mint, number, &[&words]);
        assert_eq!(text(&reader, &sound, 1).unwrap(), words);
        if let Some(before) = before {
            let body_at = u64::from_be_bytes(sound[12..20].try_into().unwrap()) as usize;
            let mixed = [&sound[..body_at], &before[body_at..]].concat();
            assert_eq!(text(&reader, &mixed, 1), None);
        }
        before = Some(sound);
    }
}
