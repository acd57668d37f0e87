//! Blocks to plain HTML: no script, no address that a browser would follow or fetch.

use std::fmt::Write as _;
use varaq_article::{Alignment, Article, Block, Inline, Role};

/// Gives the `src` of a picture of the article; none: it is not shown.
pub(super) type Source<'a> = dyn FnMut(u32) -> Option<String> + 'a;

/// The blocks of an article.
pub(super) fn article(article: &Article, source: &mut Source<'_>) -> String {
    let mut page = Blocks {
        out: String::new(),
        source,
    };
    page.blocks(&article.blocks);
    page.out
}

/// Text as it may stand in HTML, in attributes too.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

struct Blocks<'a, 's> {
    out: String,
    source: &'a mut Source<'s>,
}

impl Blocks<'_, '_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                // The title of the article is the heading above them.
                let level = level.saturating_add(2).min(6);
                self.put(&format!("<h{level}>{}</h{level}>", inlines(text)));
            }
            Block::Paragraph { role, text } => {
                let class = match role {
                    Role::Body => "",
                    Role::Standfirst => " class=\"standfirst\"",
                    Role::Attribution => " class=\"attribution\"",
                };
                self.put(&format!("<p{class}>{}</p>", inlines(text)));
            }
            Block::Quote(blocks) => self.inside("<blockquote>", blocks, "</blockquote>"),
            Block::List { start, items } => self.list(*start, items),
            Block::Table {
                alignments,
                header_rows,
                rows,
            } => self.table(alignments, *header_rows, rows),
            Block::Image {
                medium,
                alt,
                caption,
            } => self.image(*medium, alt, caption),
            Block::Code { text, .. } => {
                self.put(&format!("<pre><code>{}</code></pre>", escaped(text)))
            }
            Block::Rule => self.put("<hr>"),
            Block::Footnote { label, blocks } => {
                self.inside(
                    &format!("<div class=\"note\"><p>[{label}]</p>"),
                    blocks,
                    "</div>",
                );
            }
            Block::Other { fallback, .. } => self.blocks(fallback),
        }
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn inside(&mut self, open: &str, blocks: &[Block], close: &str) {
        self.put(open);
        self.blocks(blocks);
        self.put(close);
    }

    fn list(&mut self, start: Option<u32>, items: &[Vec<Block>]) {
        let (open, close) = match start {
            None => ("<ul>".to_owned(), "</ul>"),
            Some(start) => (format!("<ol start=\"{start}\">"), "</ol>"),
        };
        self.put(&open);
        for item in items {
            self.inside("<li>", item, "</li>");
        }
        self.put(close);
    }

    fn table(&mut self, alignments: &[Alignment], header_rows: u32, rows: &[Vec<Vec<Inline>>]) {
        self.put("<table>");
        for (number, row) in (0u32..).zip(rows) {
            let name = if number < header_rows { "th" } else { "td" };
            self.put("<tr>");
            for (cell, alignment) in row.iter().zip(alignments) {
                let class = match alignment {
                    Alignment::Start => "",
                    Alignment::Centre => " class=\"centre\"",
                    Alignment::End => " class=\"end\"",
                };
                self.put(&format!("<{name}{class}>{}</{name}>", inlines(cell)));
            }
            self.put("</tr>");
        }
        self.put("</table>");
    }

    fn image(&mut self, medium: u32, alt: &str, caption: &[Inline]) {
        let alt = escaped(alt);
        let picture = match (self.source)(medium) {
            Some(source) => format!("<img src=\"{}\" alt=\"{alt}\">", escaped(&source)),
            None => format!("<p>[{alt}]</p>"),
        };
        let caption = match caption {
            [] => String::new(),
            caption => format!("<figcaption>{}</figcaption>", inlines(caption)),
        };
        self.put(&format!("<figure>{picture}{caption}</figure>"));
    }
}

fn inlines(text: &[Inline]) -> String {
    let mut out = String::new();
    for one in text {
        match one {
            Inline::Text(words) => out.push_str(&escaped(words)),
            Inline::Strong(text) => wrap(&mut out, "strong", text),
            Inline::Emphasis(text) => wrap(&mut out, "em", text),
            Inline::Code(words) => {
                let _ = write!(out, "<code dir=\"ltr\">{}</code>", escaped(words));
            }
            Inline::Link { target, text } => link(&mut out, target, text),
            Inline::Break => out.push_str("<br>"),
            Inline::FootnoteRef(label) => {
                let _ = write!(out, "<sup>[{label}]</sup>");
            }
            Inline::Other { fallback, .. } => out.push_str(&inlines(fallback)),
        }
    }
    out
}

fn wrap(out: &mut String, name: &str, text: &[Inline]) {
    let _ = write!(out, "<{name}>{}</{name}>", inlines(text));
}

/// A link is shown whole and never opened: a click on a draft would tell its server of it.
fn link(out: &mut String, target: &str, text: &[Inline]) {
    let _ = write!(out, "<span class=\"words\">{}</span>", inlines(text));
    if !target.is_empty() && varaq_article::inline_text(text) != target {
        let _ = write!(
            out,
            " <bdi class=\"target\" dir=\"ltr\">({})</bdi>",
            escaped(target)
        );
    }
}
