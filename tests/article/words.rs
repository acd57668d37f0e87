//! Plain text, word count and Markdown of an article.

use varaq_article::{Alignment, Article, Block, Inline, Role, markdown, plain_text, word_count};

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph {
        role: Role::Body,
        text: text(words),
    }
}

fn sample() -> Article {
    Article {
        blocks: vec![
            Block::Heading {
                level: 2,
                text: text("Water"),
            },
            Block::Paragraph {
                role: Role::Body,
                text: vec![
                    Inline::Text("The ".into()),
                    Inline::Strong(text("river")),
                    Inline::Text(" fell".into()),
                    Inline::FootnoteRef(1),
                    Inline::Text(" again.".into()),
                    Inline::Break,
                    Inline::Link {
                        target: "https://example.org/a(b)".into(),
                        text: text("More"),
                    },
                ],
            },
            Block::List {
                start: Some(3),
                items: vec![vec![paragraph("three")], vec![paragraph("four")]],
            },
            Block::Quote(vec![paragraph("first"), paragraph("second")]),
            Block::Table {
                alignments: vec![Alignment::Start, Alignment::End],
                header_rows: 1,
                rows: vec![vec![text("a|b"), text("c")], vec![text("d"), text("e")]],
            },
            Block::Image {
                medium: 0,
                alt: "A dry bed".into(),
                caption: text("In July"),
            },
            Block::Code {
                language: "sh".into(),
                text: "ls\n".into(),
            },
            Block::Rule,
            Block::Footnote {
                label: 1,
                blocks: vec![paragraph("By two metres.")],
            },
        ],
    }
}

#[test]
fn plain_text_has_every_word_once_and_one_line_for_each_part() {
    assert_eq!(
        plain_text(&sample()),
        "Water\nThe river fell again. More\nthree\nfour\nfirst\nsecond\na|b\nc\nd\ne\n\
         A dry bed\nIn July\nls\nBy two metres.\n"
    );
}

#[test]
fn words_are_counted_in_every_script() {
    assert_eq!(word_count(&sample()), 23);
    let persian = Article {
        blocks: vec![paragraph("می\u{200c}خواهم – یک ورق تازه، ۱۲ برگ")],
    };
    assert_eq!(word_count(&persian), 6);
}

#[test]
fn markdown_shows_every_kind_of_block() {
    assert_eq!(
        markdown(&sample()),
        "## Water\n\n\
         The **river** fell[^1] again.\\\n[More](<https://example.org/a(b)>)\n\n\
         3. three\n4. four\n\n\
         > first\n>\n> second\n\n\
         | a\\|b | c |\n| --- | ---: |\n| d | e |\n\n\
         ![A dry bed](media/1)\n\n*In July*\n\n\
         ```sh\nls\n```\n\n---\n\n[^1]: By two metres.\n"
    );
}

#[test]
fn markdown_marks_in_words_are_escaped() {
    let article = Article {
        blocks: vec![paragraph("1. *not* a [list]"), paragraph("# nor a heading")],
    };
    assert_eq!(
        markdown(&article),
        "1\\. \\*not\\* a \\[list\\]\n\n\\# nor a heading\n"
    );
}
