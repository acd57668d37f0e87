//! Issues with sections and pictures, and what a check says of a file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its part"
)]

use std::io::Cursor;
use std::ops::ControlFlow;

use varaq_article::{Article, Block, Inline, Role};
use varaq_bundle::{Limits, Medium, MediumClass, Span};
use varaq_kit::{Dice, Mint};
use varaq_trust::Consent;

pub fn go_on(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Bytes that do not compress.
pub fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    (0..len).map(|_| dice.roll().to_be_bytes()[0]).collect()
}

pub fn text(seed: u64, len: usize) -> Article {
    let words: String = noise(seed, len)
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    let paragraph = Block::Paragraph {
        role: Role::Body,
        text: vec![Inline::Text(words)],
    };
    Article {
        blocks: vec![paragraph],
    }
}

pub fn picture(seed: u64, len: usize) -> (Medium, Vec<u8>) {
    let medium = Medium {
        class: MediumClass::Picture,
        media_type: "image/png".into(),
        name: "picture".into(),
        span: Span::default(),
        width: 4,
        height: 3,
    };
    (medium, noise(seed, len))
}

/// Issue `number` of twelve articles in two sections, each with a picture of 4 to 48 kB. The
/// articles before `changed` are those of every other issue too.
pub fn issue(number: u32, changed: u64) -> Vec<u8> {
    let mint = Mint::default();
    let mut draft = mint.issue(number);
    draft.issue.sections = vec!["News".into(), "Science".into()];
    draft.options.piece_bytes = 4 << 10;
    draft.options.prefix_bytes = 4 << 10;
    draft.options.page_entries = 4;
    for at in 0..12 {
        let seed = if at < changed {
            at
        } else {
            at + 100 * u64::from(number)
        };
        let len = 4_000 * (at as usize + 1);
        let media = vec![picture(seed, len)];
        draft = draft.blocks(
            "en",
            &format!("Article {seed}"),
            &text(seed + 50, 3_000),
            media,
        );
    }
    for (at, article) in draft.articles_mut().iter_mut().enumerate() {
        article.entry.section = u32::from(at % 3 == 2);
    }
    draft.signed(&[0, 1])
}

/// Verdict, pieces that are whole, pieces of the issue, and articles that can be read.
pub fn look(bytes: &[u8]) -> (String, u32, u32, u64) {
    let pins = Mint::default().pins(true);
    let opening = varaq_trust::open(Cursor::new(bytes), &pins, &Limits::default()).unwrap();
    let verdict = opening.verdict().to_string();
    let Ok(content) = opening.into_content(Consent::Pinned) else {
        return (verdict, 0, 0, 0);
    };
    let count = content.manifest().piece_count;
    let whole = (0..count)
        .filter(|&piece| content.stored(piece).is_ok())
        .count();
    let entries = content.entries().flatten();
    let readable = entries
        .filter(|(_, entry)| content.article_bytes(entry).is_ok())
        .count();
    (
        verdict,
        u32::try_from(whole).unwrap(),
        count,
        readable as u64,
    )
}
