//! FRONT, catalog and articles that break a rule, signed as if nothing were wrong.

use super::{Vector, sound};
use crate::{Mint, Parts, Piece, splice};
use varaq_bundle::{Codec, Entry, Front, decode_catalog_page, encode_catalog_page};

pub(super) fn all() -> Vec<Vector> {
    [fronts(), catalogs(), articles()].concat()
}

/// FRONT and the entries of the sound issue, decoded by what the kit knows of them.
fn decoded() -> (Mint, Parts, Vec<Vec<u8>>, Vec<Entry>) {
    let (mint, whole, texts) = sound();
    let opening = varaq_trust::open(
        std::io::Cursor::new(whole.clone()),
        &mint.pins(true),
        &Default::default(),
    )
    .unwrap();
    let content = opening.into_content(varaq_trust::Consent::Pinned).unwrap();
    let entries = content.entries().map(|entry| entry.unwrap().1).collect();
    (mint, Parts::of(&whole), texts, entries)
}

fn plain(bytes: Vec<u8>) -> Piece {
    Piece {
        raw: u32::try_from(bytes.len()).unwrap(),
        stored: bytes,
        codec: Codec::Stored,
    }
}

fn front_of(entries: &[Entry]) -> Front {
    Front {
        title: "Issue 42".into(),
        language: "en".into(),
        sections: vec!["News".into()],
        lead: None,
        article_count: 3,
        first: entries.to_vec(),
        directory: vec![3],
        extras: Vec::new(),
    }
}

fn fronts() -> Vec<Vector> {
    let (mint, parts, texts, entries) = decoded();
    let make = |name: &str, bytes: Vec<u8>, purpose: &str| {
        let mut parts = parts.clone();
        parts.pieces[0] = plain(bytes);
        Vector::open(name, "5.1", parts.put(&mint, &[0, 1]), &texts, purpose)
    };
    let sound = front_of(&entries);
    let unreadable = |vector: Vector| vector.found(0, &["COMPLETE"], 3, None);
    vec![
        make("front_stored", sound.encode(), "FRONT stored as it is."),
        unreadable(make(
            "front_trailing_byte",
            [sound.encode(), vec![0]].concat(),
            "A byte follows FRONT's map.",
        )),
        unreadable(make(
            "front_count_not_directory",
            Front {
                article_count: 4,
                ..sound.clone()
            }
            .encode(),
            "article_count is not the sum of the directory.",
        )),
        unreadable(make(
            "front_directory_too_long",
            Front {
                directory: vec![2, 1],
                ..sound.clone()
            }
            .encode(),
            "The directory has two pages, the manifest one.",
        )),
        unreadable(make(
            "front_title_with_bidi_control",
            bidi(sound.encode()),
            "The title holds a bidi control.",
        )),
    ]
}

/// Replaces a letter of the title by U+202E.
fn bidi(mut front: Vec<u8>) -> Vec<u8> {
    splice(&mut front, b"\x68Issue 42", b"\x68Iss\xe2\x80\xae42");
    front
}

fn catalogs() -> Vec<Vector> {
    let (mint, parts, texts, entries) = decoded();
    let make = |name: &str, change: &dyn Fn(&mut Vec<Entry>), purpose: &str| {
        let mut entries = entries.clone();
        change(&mut entries);
        raw_catalog(name, &mint, &parts, encode_catalog_page(&entries), purpose)
    };
    let page = encode_catalog_page(&entries);
    assert!(decode_catalog_page(&page, &Default::default()).is_ok());
    let spliced = |name: &str, old: &[u8], new: &[u8], purpose: &str| {
        let mut page = page.clone();
        splice(&mut page, old, new);
        raw_catalog(name, &mint, &parts, page, purpose)
    };
    let _ = &texts;
    vec![
        make(
            "catalog_shorter_than_directory",
            &|entries| {
                entries.pop();
            },
            "The page holds one article less than FRONT's directory says.",
        ),
        make(
            "catalog_same_id_twice",
            &|entries| entries[1].id = entries[0].id,
            "Two articles have one id.",
        ),
        make(
            "span_past_last_piece",
            &|entries| entries[2].span.len += 1 << 20,
            "A span runs on beyond the last piece.",
        ),
        make(
            "span_in_front",
            &|entries| entries[2].span.first = 0,
            "An article's span lies in FRONT.",
        ),
        make(
            "span_beyond_pieces",
            &|entries| entries[2].span.first = 99,
            "A span begins in a piece that does not exist.",
        ),
        make(
            "span_too_long",
            &|entries| entries[2].span.len = 16_777_217,
            "A span one byte longer than an article may be.",
        ),
        make(
            "section_not_listed",
            &|entries| entries[2].section = 1,
            "The second of one sections.",
        ),
        spliced(
            "title_with_control",
            b"\x6fBread is dearer",
            b"\x6fBread\tis dearer",
            "A title holds a tab.",
        ),
        spliced(
            "title_empty",
            b"\x6fBread is dearer",
            b"\x60",
            "A title is empty.",
        ),
        spliced(
            "title_not_utf8",
            b"\x6fBread is dearer",
            b"\x6fBread\xffis dearer",
            "A title is not UTF-8.",
        ),
    ]
}

fn raw_catalog(name: &str, mint: &Mint, parts: &Parts, page: Vec<u8>, purpose: &str) -> Vector {
    let mut parts = parts.clone();
    parts.pieces[1] = plain(page);
    Vector::open(name, "5.2", parts.put(mint, &[0, 1]), &[], purpose).found(
        0,
        &["COMPLETE"],
        0,
        Some(3),
    )
}

/// Articles are signed bytes for the container; what cannot be read as blocks is refused when it is shown.
fn articles() -> Vec<Vector> {
    let mint = Mint::default();
    let make = |name: &str, body: &[u8], purpose: &str| {
        let bytes = mint
            .issue(42)
            .raw("en", "One", body.to_vec(), 1, Vec::new())
            .signed(&[0, 1]);
        Vector::open(name, "5.3", bytes, &[body.to_vec()], purpose)
    };
    vec![
        make(
            "article_not_cbor",
            b"<p>Words.</p>",
            "The article's bytes are HTML: whole, and refused when it is shown.",
        ),
        make(
            "article_version_two",
            &[0x82, 0x02, 0x80],
            "An article of another version.",
        ),
        make(
            "article_unknown_block",
            &[0x82, 0x01, 0x81, 0x82, 0x0b, 0x80],
            "A block of kind 11.",
        ),
        make(
            "article_other_block",
            &[
                0x82, 0x01, 0x81, 0x83, 0x0a, 0x63, b'm', b'a', b'p', 0x81, 0x83, 0x02, 0x00, 0x81,
                0x61, b'x',
            ],
            "A block of a kind to come, with a paragraph to show in its place.",
        ),
        make(
            "article_heading_seven",
            &[0x82, 0x01, 0x81, 0x83, 0x01, 0x07, 0x81, 0x61, b'x'],
            "A heading of level 7.",
        ),
        make(
            "article_with_control",
            &[
                0x82, 0x01, 0x81, 0x83, 0x02, 0x00, 0x81, 0x63, b'a', 0x1b, b'b',
            ],
            "A text with an escape character.",
        ),
        make(
            "article_with_bidi_control",
            &[
                0x82, 0x01, 0x81, 0x83, 0x02, 0x00, 0x81, 0x63, 0xe2, 0x80, 0xae,
            ],
            "A text with U+202E.",
        ),
        make(
            "article_nested_seventeen",
            &nested(17),
            "Quotes nested one level deeper than allowed.",
        ),
        make(
            "article_nested_sixteen",
            &nested(16),
            "Quotes nested as deep as allowed.",
        ),
    ]
}

/// Quotes in quotes: the innermost, at that level, is empty.
fn nested(levels: usize) -> Vec<u8> {
    let mut bytes = vec![0x82, 0x01];
    for _ in 0..levels {
        bytes.extend([0x81, 0x82, 0x03]);
    }
    bytes.push(0x80);
    bytes
}
