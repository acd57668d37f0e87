//! Every text of an article, with the place where it stands.

use varaq_article::{Article, Block, Inline, inline_text};

/// Called with a place, in words, and the text there.
pub(super) type See<'a> = dyn FnMut(&str, &str) + 'a;

/// Calls `see` with every text of an article: words, code, captions, targets of links.
pub(super) fn each_text(article: &Article, see: &mut See<'_>) {
    for (number, block) in (1..).zip(&article.blocks) {
        in_block(number, block, see);
    }
}

fn in_block(number: usize, block: &Block, see: &mut See<'_>) {
    let all = |blocks: &[Block], see: &mut See<'_>| {
        blocks.iter().for_each(|block| in_block(number, block, see));
    };
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => words(number, text, see),
        Block::Image { alt, caption, .. } => {
            see(&format!("words of the picture in block {number}"), alt);
            words(number, caption, see);
        }
        Block::Code { text, .. } => see(&format!("code in block {number}"), text),
        Block::Table { rows, .. } => {
            rows.iter()
                .flatten()
                .for_each(|cell| words(number, cell, see));
        }
        Block::List { items, .. } => items.iter().for_each(|item| all(item, see)),
        Block::Quote(blocks)
        | Block::Footnote { blocks, .. }
        | Block::Other {
            fallback: blocks, ..
        } => all(blocks, see),
        Block::Rule => {}
    }
}

fn words(number: usize, text: &[Inline], see: &mut See<'_>) {
    see(&format!("block {number}"), &inline_text(text));
    targets(number, text, see);
}

fn targets(number: usize, text: &[Inline], see: &mut See<'_>) {
    for one in text {
        match one {
            Inline::Link { target, text } => {
                // What stands there in words was seen already.
                if inline_text(text) != *target {
                    see(&format!("link in block {number}"), target);
                }
                targets(number, text, see);
            }
            Inline::Strong(text)
            | Inline::Emphasis(text)
            | Inline::Other { fallback: text, .. } => targets(number, text, see),
            Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::FootnoteRef(_) => {}
        }
    }
}
