//! Each rule of FORMAT.md 5.3, broken once.

use varaq_article::{
    Alignment, Article, Block, DecodeError, Inline, MAX_LEVEL, Role, decode, encode,
};
use varaq_cbor::{CborError, Writer};

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph {
        role: Role::Body,
        text: text(words),
    }
}

fn decoded(block: Block) -> Result<Article, DecodeError> {
    decode(&encode(&Article {
        blocks: vec![block],
    }))
}

/// An article of one block that `write` writes.
fn written(write: impl FnOnce(&mut Writer)) -> Result<Article, DecodeError> {
    let mut writer = Writer::new();
    writer.array(2).uint(1).array(1);
    write(&mut writer);
    decode(&writer.into_bytes())
}

#[test]
fn an_empty_article_is_four_bytes_of_nothing() {
    assert_eq!(encode(&Article::default()), [0x82, 0x01, 0x80]);
    assert_eq!(decode(&[0x82, 0x01, 0x80]), Ok(Article::default()));
}

#[test]
fn another_article_version_is_refused() {
    assert!(decode(&[0x82, 0x02, 0x80]).is_err());
    assert!(decode(&[0x82, 0x00, 0x80]).is_err());
}

#[test]
fn unknown_kinds_are_refused() {
    assert!(matches!(
        written(|w| {
            w.array(1).uint(11);
        }),
        Err(DecodeError::UnknownKind { kind: 11, .. })
    ));
    assert!(matches!(
        written(|w| {
            w.array(1).uint(0);
        }),
        Err(DecodeError::UnknownKind { kind: 0, .. })
    ));
    assert!(matches!(
        written(|w| {
            w.array(3).uint(2).uint(0).array(1).array(1).uint(8);
        }),
        Err(DecodeError::UnknownKind { kind: 8, .. })
    ));
}

#[test]
fn a_block_with_a_field_too_many_or_too_few_is_refused() {
    for len in [1, 2, 4] {
        assert!(
            written(|w| {
                w.array(len).uint(1).uint(1);
                for _ in 2..len {
                    w.array(0);
                }
            })
            .is_err()
        );
    }
}

#[test]
fn heading_levels_go_from_one_to_six() {
    for level in [1, 6] {
        let heading = Block::Heading {
            level,
            text: text("x"),
        };
        assert!(decoded(heading).is_ok());
    }
    for level in [0, 7, 255] {
        let heading = Block::Heading {
            level,
            text: text("x"),
        };
        assert!(decoded(heading).is_err());
    }
}

#[test]
fn texts_hold_no_control_characters() {
    for bad in [
        "a\nb",
        "a\tb",
        "a\u{0}",
        "\u{202e}x",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
    ] {
        assert!(
            matches!(
                decoded(paragraph(bad)),
                Err(DecodeError::Cbor(CborError::Character { .. }))
            ),
            "{bad:?}"
        );
    }
    for good in ["a\u{200c}b", "a\u{200d}b", "\u{2068}x\u{2069}", "\u{200f}"] {
        assert!(decoded(paragraph(good)).is_ok(), "{good:?}");
    }
}

#[test]
fn only_the_text_of_a_code_block_holds_lines_and_tabs() {
    let code = |language: &str, text: &str| Block::Code {
        language: language.to_owned(),
        text: text.to_owned(),
    };
    assert!(decoded(code("", "a\n\tb\n")).is_ok());
    assert!(decoded(code("", "a\r\n")).is_err());
    assert!(decoded(code("a\n", "")).is_err());
    assert!(
        decoded(Block::Paragraph {
            role: Role::Body,
            text: vec![Inline::Code("a\nb".to_owned())],
        })
        .is_err()
    );
}

#[test]
fn a_link_target_has_at_most_2048_characters() {
    let link = |chars: usize| Block::Paragraph {
        role: Role::Body,
        text: vec![Inline::Link {
            target: "ß".repeat(chars),
            text: text("x"),
        }],
    };
    assert!(decoded(link(2_048)).is_ok());
    assert!(decoded(link(2_049)).is_err());
}

#[test]
fn table_rows_are_as_long_as_the_alignments() {
    let table = |columns: usize, header_rows: u32, rows: Vec<usize>| Block::Table {
        alignments: vec![Alignment::Start; columns],
        header_rows,
        rows: rows
            .into_iter()
            .map(|cells| vec![text("x"); cells])
            .collect(),
    };
    assert!(decoded(table(2, 1, vec![2, 2])).is_ok());
    assert!(decoded(table(64, 0, vec![])).is_ok());
    assert!(decoded(table(2, 1, vec![2, 3])).is_err());
    assert!(decoded(table(2, 1, vec![2, 1])).is_err());
    assert!(decoded(table(2, 3, vec![2, 2])).is_err());
    assert!(decoded(table(0, 0, vec![])).is_err());
    assert!(decoded(table(65, 0, vec![])).is_err());
}

#[test]
fn sixteen_levels_are_allowed_and_seventeen_are_not() {
    let nested =
        |quotes: usize| (0..quotes).fold(paragraph("deep"), |inside, _| Block::Quote(vec![inside]));
    // The text has one level more than the paragraph that holds it.
    assert!(decoded(nested(MAX_LEVEL - 2)).is_ok());
    assert!(matches!(
        decoded(nested(MAX_LEVEL - 1)),
        Err(DecodeError::TooDeep { .. })
    ));
    let lists = |lists: usize| {
        (0..lists).fold(paragraph("deep"), |inside, _| Block::List {
            start: None,
            items: vec![vec![inside]],
        })
    };
    assert!(decoded(lists(MAX_LEVEL - 2)).is_ok());
    assert!(decoded(lists(MAX_LEVEL - 1)).is_err());
}

#[test]
fn a_tower_of_brackets_is_refused_before_the_stack_is() {
    let mut bytes = vec![0x82, 0x01, 0x81];
    bytes.extend(std::iter::repeat_n([0x82, 0x03, 0x81], 300_000).flatten());
    assert!(decode(&bytes).is_err());
}

#[test]
fn more_parts_than_allowed_are_refused_before_room_is_made() {
    let rules = |count: usize| Article {
        blocks: vec![Block::Rule; count],
    };
    assert!(decode(&encode(&rules(200_000))).is_ok());
    assert!(matches!(
        decode(&encode(&rules(200_001))),
        Err(DecodeError::TooMany { what: "blocks", .. })
    ));
    let breaks = |count: usize| Block::Paragraph {
        role: Role::Body,
        text: vec![Inline::Break; count],
    };
    assert!(decoded(breaks(1_000_000)).is_ok());
    assert!(decoded(breaks(1_000_001)).is_err());
    // Empty items and cells are parts too, or sixteen million bytes of nothing
    // would ask for four hundred million bytes of memory.
    assert!(
        decoded(Block::List {
            start: None,
            items: vec![Vec::new(); 200_000],
        })
        .is_err()
    );
    assert!(
        decoded(Block::Table {
            alignments: vec![Alignment::Start],
            header_rows: 0,
            rows: vec![vec![Vec::new()]; 1_000_001],
        })
        .is_err()
    );
}

#[test]
fn a_number_among_inlines_is_refused() {
    assert!(matches!(
        written(|w| {
            w.array(3).uint(2).uint(0).array(1).uint(5);
        }),
        Err(DecodeError::NotAnInline { .. })
    ));
}

#[test]
fn bytes_behind_the_article_are_refused() {
    let mut bytes = encode(&Article::default());
    bytes.push(0x80);
    assert!(decode(&bytes).is_err());
}
