//! Article → bytes → article, and hostile bytes.

use proptest::collection::vec;
use proptest::prelude::*;
use varaq_article::{Alignment, Article, Block, Inline, Role, decode, encode};

fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 ءاآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی\u{200c}.،؟*_\\[\\]`é]{0,24}"
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        words().prop_map(Inline::Text),
        words().prop_map(Inline::Code),
        Just(Inline::Break),
        any::<u32>().prop_map(Inline::FootnoteRef),
    ];
    leaf.prop_recursive(4, 24, 4, |held| {
        let held = vec(held, 0..4);
        prop_oneof![
            held.clone().prop_map(Inline::Strong),
            held.clone().prop_map(Inline::Emphasis),
            (words(), held.clone()).prop_map(|(target, text)| Inline::Link { target, text }),
            (words(), held).prop_map(|(kind, fallback)| Inline::Other { kind, fallback }),
        ]
    })
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 0..4)
}

fn table() -> impl Strategy<Value = Block> {
    (1usize..5).prop_flat_map(|columns| {
        let alignment = prop_oneof![
            Just(Alignment::Start),
            Just(Alignment::Centre),
            Just(Alignment::End)
        ];
        let rows = vec(vec(inlines(), columns), 0..4);
        (vec(alignment, columns), rows, 0u32..5).prop_map(|(alignments, rows, headers)| {
            Block::Table {
                alignments,
                header_rows: headers.min(rows.len() as u32),
                rows,
            }
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        (1u8..=6, inlines()).prop_map(|(level, text)| Block::Heading { level, text }),
        (
            prop_oneof![
                Just(Role::Body),
                Just(Role::Standfirst),
                Just(Role::Attribution)
            ],
            inlines()
        )
            .prop_map(|(role, text)| Block::Paragraph { role, text }),
        (any::<u32>(), words(), inlines()).prop_map(|(medium, alt, caption)| Block::Image {
            medium,
            alt,
            caption
        }),
        (words(), "[a-z\n\t {}]{0,40}").prop_map(|(language, text)| Block::Code { language, text }),
        Just(Block::Rule),
        table(),
    ];
    leaf.prop_recursive(4, 24, 4, |held| {
        let held = vec(held, 0..4);
        prop_oneof![
            held.clone().prop_map(Block::Quote),
            (any::<Option<u32>>(), vec(held.clone(), 0..3))
                .prop_map(|(start, items)| Block::List { start, items }),
            (any::<u32>(), held.clone())
                .prop_map(|(label, blocks)| Block::Footnote { label, blocks }),
            (words(), held).prop_map(|(kind, fallback)| Block::Other { kind, fallback }),
        ]
    })
}

fn article() -> impl Strategy<Value = Article> {
    vec(block(), 0..6).prop_map(|blocks| Article { blocks })
}

proptest! {
    #[test]
    fn article_survives_its_bytes(article in article()) {
        let bytes = encode(&article);
        let again = decode(&bytes);
        prop_assert_eq!(again.as_ref(), Ok(&article));
        // Neither may the views of it fail.
        let _ = varaq_article::markdown(&article);
        let _ = varaq_article::word_count(&article);
    }

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..200)) {
        if let Ok(article) = decode(&bytes) {
            prop_assert_eq!(encode(&article), bytes);
        }
    }

    #[test]
    fn what_is_accepted_after_a_change_encodes_to_the_same_bytes(
        article in article(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = encode(&article);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(article) = decode(&bytes) {
            prop_assert_eq!(encode(&article), bytes);
        }
    }

    #[test]
    fn every_truncation_is_refused(article in article(), at in any::<prop::sample::Index>()) {
        let bytes = encode(&article);
        prop_assert!(decode(&bytes[..at.index(bytes.len())]).is_err());
    }
}
