//! An article for a terminal or a text file: every block on lines of its own, a blank
//! line between them. Nothing is left out: links show their whole target, pictures what
//! they show.

use varaq_article::{Article, Block, Inline, Role, inline_text};

/// The article as text that ends in one line feed; empty if it has no block.
pub fn text(article: &Article) -> String {
    let mut text = blocks(&article.blocks).join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn blocks(held: &[Block]) -> Vec<String> {
    held.iter()
        .map(block)
        .filter(|text| !text.is_empty())
        .collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => heading(*level, &inlines(text)),
        Block::Paragraph {
            role: Role::Attribution,
            text,
        } => format!("— {}", inlines(text)),
        Block::Paragraph { text, .. } => inlines(text),
        Block::Quote(held) => indented(&blocks(held).join("\n\n"), "  | ", "  | "),
        Block::List { start, items } => list(*start, items),
        Block::Table { rows, .. } => {
            let rows: Vec<String> = rows
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|cell| inlines(cell).replace('\n', " "))
                        .collect::<Vec<_>>()
                        .join(" | ")
                })
                .collect();
            rows.join("\n")
        }
        Block::Image { alt, caption, .. } => {
            let words = [alt.clone(), inline_text(caption)];
            let words: Vec<String> = words
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect();
            format!("[picture: {}]", words.join(". "))
        }
        Block::Code { text, .. } => indented(text.trim_end_matches('\n'), "    ", "    "),
        Block::Rule => "* * *".to_owned(),
        Block::Footnote {
            label,
            blocks: held,
        } => indented(&blocks(held).join("\n\n"), &format!("[{label}] "), "    "),
        Block::Other { fallback, .. } => blocks(fallback).join("\n\n"),
    }
}

/// Higher headings are underlined, lower ones stand alone between blank lines.
fn heading(level: u8, words: &str) -> String {
    let stroke = match level {
        1 => "=",
        2 => "-",
        _ => return words.to_owned(),
    };
    format!(
        "{words}\n{}",
        stroke.repeat(words.chars().count().clamp(3, 60))
    )
}

fn list(start: Option<u32>, items: &[Vec<Block>]) -> String {
    let first = u64::from(start.unwrap_or_default());
    let marks = (first..).map(|number| {
        if start.is_some() {
            format!("{number}. ")
        } else {
            "- ".to_owned()
        }
    });
    let rows = items
        .iter()
        .zip(marks)
        .map(|(item, mark)| indented(&blocks(item).join("\n"), &mark, &" ".repeat(mark.len())));
    rows.collect::<Vec<_>>().join("\n")
}

/// Text with a mark before its first line and another before the rest.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut lines = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            lines.push('\n');
        }
        lines.push_str(if at == 0 { first } else { rest });
        lines.push_str(line);
    }
    lines
}

fn inlines(held: &[Inline]) -> String {
    let mut text = String::new();
    for one in held {
        match one {
            Inline::Text(words) | Inline::Code(words) => text.push_str(words),
            Inline::Strong(held)
            | Inline::Emphasis(held)
            | Inline::Other { fallback: held, .. } => text.push_str(&inlines(held)),
            Inline::Link { target, text: held } => {
                let words = inlines(held);
                text.push_str(&words);
                if words != *target {
                    text.push_str(&format!(" <{target}>"));
                }
            }
            Inline::Break => text.push('\n'),
            Inline::FootnoteRef(label) => text.push_str(&format!("[{label}]")),
        }
    }
    text
}
