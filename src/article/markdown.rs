//! An article as Markdown: for `varaq show --markdown`, and for people who quote it.

use crate::{Alignment, Article, Block, Inline, Role, inline_text};
use std::fmt::Write as _;

/// The article as CommonMark with tables and footnotes. A picture's target is
/// `media/N`, N counted from 1 in the order of the catalog entry's media.
#[must_use]
pub fn markdown(article: &Article) -> String {
    markdown_with(article, &|medium| {
        format!("media/{}", u64::from(medium) + 1)
    })
}

/// The article as [`markdown`] gives it, with the picture targets that `target` chooses
/// for each index into the catalog entry's media.
#[must_use]
pub fn markdown_with(article: &Article, target: &dyn Fn(u32) -> String) -> String {
    let mut out = blocks(&article.blocks, target).join("\n\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn blocks(held: &[Block], target: &dyn Fn(u32) -> String) -> Vec<String> {
    held.iter().map(|held| block(held, target)).collect()
}

fn block(block: &Block, target: &dyn Fn(u32) -> String) -> String {
    match block {
        Block::Heading { level, text } => {
            format!("{} {}", "#".repeat(usize::from(*level)), inlines(text, " "))
        }
        Block::Paragraph { role, text } => match role {
            Role::Body => inlines(text, "\\\n"),
            Role::Standfirst => format!("**{}**", inlines(text, "\\\n")),
            Role::Attribution => format!("— {}", inlines(text, "\\\n")),
        },
        Block::Quote(held) => indent(&blocks(held, target).join("\n\n"), "> ", "> "),
        Block::List { start, items } => list(*start, items, target),
        Block::Table {
            alignments,
            header_rows,
            rows,
        } => table(alignments, *header_rows, rows),
        Block::Image {
            medium,
            alt,
            caption,
        } => {
            let picture = format!("![{}]({})", escape(alt), target(*medium));
            if caption.is_empty() {
                return picture;
            }
            format!("{picture}\n\n*{}*", escape(&inline_text(caption)))
        }
        Block::Code { language, text } => {
            let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
            let text = text.trim_end_matches('\n');
            format!("{fence}{language}\n{text}\n{fence}")
        }
        Block::Rule => "---".to_owned(),
        Block::Footnote { label, blocks: b } => {
            let words = blocks(b, target).join("\n\n");
            indent(&words, &format!("[^{label}]: "), "    ")
        }
        Block::Other { fallback, .. } => blocks(fallback, target).join("\n\n"),
    }
}

fn list(start: Option<u32>, items: &[Vec<Block>], target: &dyn Fn(u32) -> String) -> String {
    let mut number = start.map(u64::from);
    let mut rows = Vec::new();
    for item in items {
        let mark = match &mut number {
            None => "- ".to_owned(),
            Some(number) => {
                let mark = format!("{number}. ");
                *number += 1;
                mark
            }
        };
        let tight = item.len() <= 1;
        let words = blocks(item, target).join(if tight { "\n" } else { "\n\n" });
        rows.push(indent(&words, &mark, &" ".repeat(mark.len())));
    }
    rows.join("\n")
}

fn table(alignments: &[Alignment], header_rows: u32, rows: &[Vec<Vec<Inline>>]) -> String {
    let mut out = String::new();
    let mut row = |cells: Vec<String>| {
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    };
    // Markdown knows exactly one header row: an empty one stands in where there
    // is none, further ones become ordinary rows.
    let (head, body) = match rows.split_first() {
        Some((head, body)) if header_rows > 0 => (Some(head), body),
        _ => (None, rows),
    };
    let cells = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| cell_text(cell)).collect();
    row(head.map_or_else(|| vec![String::new(); alignments.len()], cells));
    row(alignments
        .iter()
        .map(|alignment| match alignment {
            Alignment::Start => "---".to_owned(),
            Alignment::Centre => ":---:".to_owned(),
            Alignment::End => "---:".to_owned(),
        })
        .collect());
    for one in body {
        row(cells(one));
    }
    out.trim_end().to_owned()
}

fn cell_text(cell: &[Inline]) -> String {
    inlines(cell, " ").replace('|', "\\|")
}

fn inlines(held: &[Inline], line_break: &str) -> String {
    let mut out = String::new();
    for one in held {
        match one {
            Inline::Text(text) => out.push_str(&escape(text)),
            Inline::Strong(held) => around(&mut out, "**", &inlines(held, line_break)),
            Inline::Emphasis(held) => around(&mut out, "*", &inlines(held, line_break)),
            Inline::Code(text) => {
                let fence = "`".repeat(longest_run(text, '`') + 1);
                let pad = if text.starts_with('`') || text.ends_with('`') {
                    " "
                } else {
                    ""
                };
                let _ = write!(out, "{fence}{pad}{text}{pad}{fence}");
            }
            Inline::Link { target, text } => {
                let _ = write!(out, "[{}](<", inlines(text, " "));
                for c in target.chars() {
                    if matches!(c, '<' | '>' | '\\') {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out.push_str(">)");
            }
            Inline::Break => out.push_str(line_break),
            Inline::FootnoteRef(label) => {
                let _ = write!(out, "[^{label}]");
            }
            Inline::Other { fallback, .. } => out.push_str(&inlines(fallback, line_break)),
        }
    }
    out
}

/// Marks around words; spaces at the ends stay outside, where Markdown wants them.
fn around(out: &mut String, mark: &str, words: &str) {
    let inner = words.trim_matches(' ');
    if inner.is_empty() {
        out.push_str(words);
        return;
    }
    let start = words.len() - words.trim_start_matches(' ').len();
    let end = words.len() - words.trim_end_matches(' ').len();
    let spaces = |count| " ".repeat(count);
    let _ = write!(out, "{}{mark}{inner}{mark}{}", spaces(start), spaces(end));
}

/// Puts a backslash before what Markdown would read as a mark.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let mark = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' => true,
            '#' | '+' | '-' | '>' | '=' | '~' | '|' => at == 0,
            '.' | ')' => {
                let before = text.get(..at).unwrap_or_default();
                let after = text.get(at + 1..).unwrap_or_default();
                // The number of a list item, which a space must follow.
                (1..10).contains(&before.len())
                    && before.bytes().all(|b| b.is_ascii_digit())
                    && after.starts_with([' ', '\t'])
            }
            _ => false,
        };
        if mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn indent(words: &str, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() {
                rest.trim_end()
            } else {
                rest
            });
        }
        out.push_str(line);
    }
    out
}

fn longest_run(text: &str, mark: char) -> usize {
    let runs = text.split(|c| c != mark);
    runs.map(str::len).max().unwrap_or(0)
}
