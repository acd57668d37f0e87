//! An article to bytes (FORMAT.md 5.3).

use crate::{Alignment, Article, Block, Inline, Role};
use varaq_cbor::Writer;

/// The version of the block model, the first item of every article.
pub(crate) const VERSION: u64 = 1;

/// The only encoding of `article`.
///
/// Nothing is checked here: a packer passes what it wrote through
/// [`decode`](crate::decode), which knows every rule, before anybody signs it.
#[must_use]
pub fn encode(article: &Article) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(2).uint(VERSION);
    blocks(&mut writer, &article.blocks);
    writer.into_bytes()
}

fn blocks(writer: &mut Writer, blocks: &[Block]) {
    writer.array(blocks.len());
    for one in blocks {
        block(writer, one);
    }
}

fn block(writer: &mut Writer, block: &Block) {
    match block {
        Block::Heading { level, text } => {
            writer.array(3).uint(1).uint(u64::from(*level));
            inlines(writer, text);
        }
        Block::Paragraph { role, text } => {
            writer.array(3).uint(2).uint(role_number(*role));
            inlines(writer, text);
        }
        Block::Quote(held) => {
            writer.array(2).uint(3);
            blocks(writer, held);
        }
        Block::List { start, items } => {
            writer.array(3).uint(4);
            match start {
                None => writer.null(),
                Some(first) => writer.uint(u64::from(*first)),
            };
            writer.array(items.len());
            for item in items {
                blocks(writer, item);
            }
        }
        Block::Table {
            alignments,
            header_rows,
            rows,
        } => table(writer, alignments, *header_rows, rows),
        Block::Image {
            medium,
            alt,
            caption,
        } => {
            writer.array(4).uint(6).uint(u64::from(*medium)).text(alt);
            inlines(writer, caption);
        }
        Block::Code { language, text } => {
            writer.array(3).uint(7).text(language).text(text);
        }
        Block::Rule => {
            writer.array(1).uint(8);
        }
        Block::Footnote {
            label,
            blocks: held,
        } => {
            writer.array(3).uint(9).uint(u64::from(*label));
            blocks(writer, held);
        }
        Block::Other { kind, fallback } => {
            writer.array(3).uint(10).text(kind);
            blocks(writer, fallback);
        }
    }
}

fn table(writer: &mut Writer, alignments: &[Alignment], headers: u32, rows: &[Vec<Vec<Inline>>]) {
    writer.array(4).uint(5).array(alignments.len());
    for alignment in alignments {
        writer.uint(alignment_number(*alignment));
    }
    writer.uint(u64::from(headers)).array(rows.len());
    for row in rows {
        writer.array(row.len());
        for cell in row {
            inlines(writer, cell);
        }
    }
}

fn inlines(writer: &mut Writer, inlines: &[Inline]) {
    writer.array(inlines.len());
    for one in inlines {
        inline(writer, one);
    }
}

fn inline(writer: &mut Writer, inline: &Inline) {
    match inline {
        Inline::Text(text) => {
            writer.text(text);
        }
        Inline::Strong(held) => {
            writer.array(2).uint(1);
            inlines(writer, held);
        }
        Inline::Emphasis(held) => {
            writer.array(2).uint(2);
            inlines(writer, held);
        }
        Inline::Code(text) => {
            writer.array(2).uint(3).text(text);
        }
        Inline::Link { target, text } => {
            writer.array(3).uint(4).text(target);
            inlines(writer, text);
        }
        Inline::Break => {
            writer.array(1).uint(5);
        }
        Inline::FootnoteRef(label) => {
            writer.array(2).uint(6).uint(u64::from(*label));
        }
        Inline::Other { kind, fallback } => {
            writer.array(3).uint(7).text(kind);
            inlines(writer, fallback);
        }
    }
}

fn role_number(role: Role) -> u64 {
    match role {
        Role::Body => 0,
        Role::Standfirst => 1,
        Role::Attribution => 2,
    }
}

fn alignment_number(alignment: Alignment) -> u64 {
    match alignment {
        Alignment::Start => 0,
        Alignment::Centre => 1,
        Alignment::End => 2,
    }
}
