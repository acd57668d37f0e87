//! Small issues in memory.
#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use varaq_bundle::*;

pub fn issue() -> Issue {
    Issue {
        publisher: Hash([7; 32]),
        channel: "main".into(),
        epoch: 1,
        number: 12,
        prev: Some(IssueRef {
            epoch: 1,
            number: 11,
            id: Hash([9; 32]),
        }),
        day: Day(20_000),
        root: RootRef {
            generation: 0,
            version: 1,
            id: Hash([8; 32]),
        },
        title: "شماره دوازده".into(),
        language: "fa".into(),
        sections: vec!["News".into(), "Culture".into()],
        lead: Some(id(1)),
        own: vec![0x82, 0x80, 0x80],
        notes: Vec::new(),
    }
}

/// Small pieces, so that a small issue has many.
pub fn options() -> PackOptions {
    PackOptions {
        piece_bytes: 2_000,
        prefix_bytes: 30_000,
        level: 3,
        slack: Slack::Bytes(1_000),
        spares: Spares::Always,
        page_entries: 8,
    }
}

pub fn id(number: u64) -> ArticleId {
    ArticleId(number.to_be_bytes())
}

/// Words that are the same for the same seed, and compress like words.
pub fn words(seed: u64, len: usize) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "river ", "bread ", "ورق ", "street ", "editor ", "خبر ", "signal ", "winter ", "paper ",
        "شهر ", "open ", "across ", "number ", "letter ", "نان ", "evening ",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::new();
    while bytes.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(WORDS[(state >> 40) as usize % 16].as_bytes());
    }
    bytes.truncate(len);
    bytes
}

/// Bytes that do not compress.
pub fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    let mut reader = blake3::Hasher::new_derive_key("test noise")
        .update(&seed.to_be_bytes())
        .finalize_xof();
    reader.fill(&mut bytes);
    bytes
}

pub fn article(number: u64, len: usize) -> NewArticle {
    NewArticle {
        entry: Entry {
            id: id(number),
            version: 1,
            group: number.is_multiple_of(3).then_some([number as u8; 8]),
            title: format!("Article {number}"),
            byline: "Somebody".into(),
            section: (number % 2) as u32,
            language: "fa".into(),
            direction: Direction::RightToLeft,
            day: Day(19_999),
            words: len as u64 / 5,
            span: Span::default(),
            media: Vec::new(),
            extras: Vec::new(),
        },
        body: words(number, len),
        media: Vec::new(),
        prefix_group: (number % 2) as u32,
    }
}

pub fn picture(seed: u64, len: usize) -> NewMedium {
    NewMedium {
        medium: Medium {
            class: MediumClass::Picture,
            media_type: "image/png".into(),
            name: format!("{seed}.png"),
            span: Span::default(),
            width: 10,
            height: 20,
        },
        source: MediumSource::Bytes(noise(seed, len)),
    }
}

pub fn attachment(seed: u64, len: usize) -> NewMedium {
    NewMedium {
        medium: Medium {
            class: MediumClass::Attachment,
            media_type: "application/pdf".into(),
            name: format!("{seed}.pdf"),
            span: Span::default(),
            width: 0,
            height: 0,
        },
        source: MediumSource::Bytes(noise(seed, len)),
    }
}

pub fn pack_with(options: PackOptions, articles: Vec<NewArticle>) -> (Vec<u8>, Packed) {
    let mut writer = IssueWriter::new(issue(), options, || Ok(Cursor::new(Vec::new()))).unwrap();
    for article in articles {
        writer.add(article).unwrap();
    }
    let mut out = Cursor::new(Vec::new());
    let packed = writer
        .finish(&mut out, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let bytes = out.into_inner();
    assert_eq!(packed.len_bytes, bytes.len() as u64);
    (bytes, packed)
}

/// Forty articles in two groups, pictures and an attachment: every kind of piece, several of each.
pub fn articles() -> Vec<NewArticle> {
    (1..=40)
        .map(|number| {
            let mut article = article(number, 300 + (number as usize * 97) % 1_500);
            match number {
                3 => article.media = vec![picture(1, 5_000), picture(2, 700)],
                5 => article.body = words(5, 9_000),
                9 => article.media = vec![picture(1, 5_000), attachment(3, 1_200_000)],
                _ => {}
            }
            article
        })
        .collect()
}

pub fn sample() -> (Vec<u8>, Packed) {
    pack_with(options(), articles())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests of the container know no signatures"
)]
pub fn content_of<R: Read + Seek>(source: R) -> Content<R> {
    Bundle::open(source, &Limits::default())
        .unwrap()
        .into_content()
        .unwrap()
}

pub fn content(bytes: Vec<u8>) -> Content<Cursor<Vec<u8>>> {
    content_of(Cursor::new(bytes))
}

/// A source that counts the bytes read from it.
pub struct Counting<R> {
    pub inner: R,
    pub read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
