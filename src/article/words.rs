//! The words of an article without its shape: for search, counting and terminals.

use crate::{Article, Block, Inline};

/// All words of the article in reading order, one line for each paragraph,
/// heading, cell, line of code and caption. The alternative text of a picture
/// is part of it.
#[must_use]
pub fn plain_text(article: &Article) -> String {
    let mut out = String::new();
    blocks(&article.blocks, &mut out);
    out
}

/// How many words the article has: runs without white space that hold at least
/// one letter or digit.
#[must_use]
pub fn word_count(article: &Article) -> u64 {
    count_words(&plain_text(article))
}

/// How many words a text has.
#[must_use]
pub fn count_words(text: &str) -> u64 {
    let words = text.split_whitespace();
    words
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count() as u64
}

/// The words of a row of inlines. A line break is a space.
#[must_use]
pub fn inline_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    inline(inlines, &mut out);
    out
}

fn blocks(held: &[Block], out: &mut String) {
    for block in held {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => line(text, out),
            Block::Quote(held) | Block::Footnote { blocks: held, .. } => blocks(held, out),
            Block::Other { fallback, .. } => blocks(fallback, out),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, out)),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| line(cell, out)),
            Block::Image { alt, caption, .. } => {
                words(alt, out);
                line(caption, out);
            }
            Block::Code { text, .. } => words(text.trim_end_matches('\n'), out),
            Block::Rule => {}
        }
    }
}

fn line(text: &[Inline], out: &mut String) {
    words(&inline_text(text), out);
}

fn words(text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(text);
        out.push('\n');
    }
}

fn inline(held: &[Inline], out: &mut String) {
    for one in held {
        match one {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Strong(held) | Inline::Emphasis(held) => inline(held, out),
            Inline::Link { text, .. } => inline(text, out),
            Inline::Other { fallback, .. } => inline(fallback, out),
            Inline::Break => out.push(' '),
            Inline::FootnoteRef(_) => {}
        }
    }
}
