//! Elements, as Markdown or HTML open and close them, to the closed block model.
//!
//! Markdown and raw HTML drive the same builder, so `<div>`, Markdown, `</div>` is
//! one piece of work. It forgives everything: what is not closed is closed for
//! it, what was never opened is not closed, what stands where it cannot stand
//! gives its words to the place around it. Depth is bounded here, and only here.

mod element;
mod nesting;

pub(super) use element::{By, Kind, Style};

use super::clean::clean_words;
use super::runs::{Leaf, Run, collapse, nested};
use super::table::table;
use element::{Open, captioned};
use varaq_article::{Article, Block, Inline, MAX_INLINES, Role};

/// Most open elements. A tower of `<div>` costs time with every closing tag.
const MAX_OPEN: usize = 256;

#[derive(Debug)]
pub(super) struct Builder {
    open: Vec<Open>,
    runs: Vec<Run>,
    styles: Vec<(Style, String)>,
    links: Vec<String>,
    current_link: Vec<usize>,
    /// Blocks that cannot stand in a cell: they follow their table.
    after_table: Vec<Block>,
    /// What was gathered so far, blocks and words alike.
    gathered: usize,
    /// True if something had to be flattened because it nested too deep.
    pub(super) flattened: bool,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder {
            open: vec![Open::new(Kind::Plain, By::Markdown, "", 0)],
            runs: Vec::new(),
            styles: Vec::new(),
            links: Vec::new(),
            current_link: Vec::new(),
            after_table: Vec::new(),
            gathered: 0,
            flattened: false,
        }
    }

    /// True if more was gathered than an article can hold: the rest would only cost memory.
    pub(super) fn is_full(&self) -> bool {
        self.gathered > MAX_INLINES
    }

    /// Opens an element.
    pub(super) fn open(&mut self, by: By, tag: &str, kind: Kind) {
        if self.open.len() >= MAX_OPEN {
            self.flattened = true;
            return;
        }
        let kind = if self.in_cell() && !matches!(kind, Kind::Cell { .. } | Kind::Row) {
            // A cell holds words only: what would be a block begins on a new line.
            self.break_in_cell();
            Kind::Plain
        } else {
            self.flush();
            self.placed(by, kind)
        };
        let styles = self.styles.len();
        self.gathered += 1;
        self.open.push(Open::new(kind, by, tag, styles));
    }

    /// Closes the innermost element that `tag` may close; none: nothing happens.
    pub(super) fn close(&mut self, by: By, tag: &str) {
        let table_part = matches!(
            tag,
            "table" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot"
        );
        let found = self
            .open
            .iter()
            .enumerate()
            .skip(1)
            .rev()
            .find_map(|(at, open)| {
                if open.by == by && open.tag == tag {
                    return Some(Some(at));
                }
                let wall = by == By::Html
                    && (open.by == By::Markdown
                        || (matches!(open.kind, Kind::Cell { .. }) && !table_part));
                wall.then_some(None)
            });
        if let Some(Some(at)) = found {
            while self.open.len() > at {
                self.close_last();
            }
        }
    }

    /// Words as they stand in the source: white space collapses, except in `Pre`.
    pub(super) fn words(&mut self, words: &str) {
        if let Some(pre) = self.pre() {
            pre.push_str(words);
            return;
        }
        let Some(top) = self.open.last() else { return };
        let here = !matches!(
            top.kind,
            Kind::Table(_) | Kind::Row | Kind::List(_) | Kind::Figure
        );
        if !here && words.trim().is_empty() {
            return;
        }
        let space = self.ends_in_space();
        let text = collapse(&clean_words(words), space);
        if !text.is_empty() {
            self.push(Leaf::Text(text));
        }
    }

    /// Code inside a line.
    pub(super) fn code(&mut self, words: &str) {
        if let Some(pre) = self.pre() {
            pre.push_str(words);
            return;
        }
        let text = collapse(&clean_words(words), false);
        if text.is_empty() {
            return;
        }
        let mut run = self.run(Leaf::Text(text));
        run.code = true;
        self.runs.push(run);
    }

    pub(super) fn line_break(&mut self) {
        if let Some(pre) = self.pre() {
            pre.push('\n');
        } else if !self.runs.is_empty() {
            self.push(Leaf::Break);
        }
    }

    pub(super) fn note(&mut self, label: u32) {
        self.push(Leaf::Note(label));
    }

    /// Turns a style on; `target` is a link's.
    pub(super) fn style(&mut self, style: Style, target: &str) {
        if self.styles.len() >= MAX_OPEN {
            return;
        }
        if style == Style::Link {
            self.links.push(target.to_owned());
            self.current_link.push(self.links.len() - 1);
        }
        self.styles.push((style, target.to_owned()));
    }

    /// Turns the last such style off.
    pub(super) fn end_style(&mut self, style: Style) {
        let least = self.open.last().map_or(0, |open| open.styles);
        let at = self.styles.iter().rposition(|(one, _)| *one == style);
        if let Some(at) = at.filter(|&at| at >= least) {
            self.remove_style(at);
        }
    }

    /// A block of its own: a rule, a picture.
    pub(super) fn block(&mut self, block: Block) {
        self.gathered += 1;
        if self.in_cell() {
            self.after_table.push(block);
            return;
        }
        self.flush();
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }

    /// The target of the link around this place.
    pub(super) fn link_here(&self) -> Option<&str> {
        let at = *self.current_link.last()?;
        self.links.get(at).map(String::as_str)
    }

    /// Names the language of the preformatted text around, if it has no name yet.
    pub(super) fn name_language(&mut self, name: &str) {
        let pre = self.open.iter_mut().rev();
        for open in pre {
            if let Kind::Pre(language) = &mut open.kind {
                if language.is_empty() {
                    *language = clean_words(name).trim().to_owned();
                }
                return;
            }
        }
    }

    /// True inside preformatted text.
    pub(super) fn is_pre(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open.kind, Kind::Pre(_)))
    }

    /// Closes everything.
    pub(super) fn finish(mut self) -> Article {
        while self.open.len() > 1 {
            self.close_last();
        }
        self.flush();
        let blocks = self.open.pop().map(|root| root.blocks).unwrap_or_default();
        Article { blocks }
    }

    fn break_in_cell(&mut self) {
        if self.runs.last().is_some_and(|run| run.leaf != Leaf::Break) {
            self.push(Leaf::Break);
        }
    }

    fn pre(&mut self) -> Option<&mut String> {
        let pre = self.open.iter_mut().rev();
        pre.into_iter()
            .find(|open| matches!(open.kind, Kind::Pre(_)))
            .map(|open| &mut open.raw)
    }

    fn ends_in_space(&self) -> bool {
        match self.runs.last() {
            None => true,
            Some(run) => match &run.leaf {
                Leaf::Text(text) => !run.code && text.ends_with(' '),
                Leaf::Break => true,
                Leaf::Note(_) => false,
            },
        }
    }

    fn push(&mut self, leaf: Leaf) {
        let run = self.run(leaf);
        self.runs.push(run);
    }

    fn run(&mut self, leaf: Leaf) -> Run {
        self.gathered += 1;
        let on = |style| self.styles.iter().any(|(one, _)| *one == style);
        Run {
            leaf,
            link: self.current_link.last().copied(),
            strong: on(Style::Strong),
            emphasis: on(Style::Emphasis),
            code: on(Style::Code),
        }
    }

    fn remove_style(&mut self, at: usize) {
        if at < self.styles.len() && self.styles.remove(at).0 == Style::Link {
            self.current_link.pop();
        }
    }

    /// Gathered words become a paragraph, or what the place around makes of them.
    fn flush(&mut self) {
        if self.in_cell() {
            return;
        }
        let text = nested(std::mem::take(&mut self.runs), &self.links);
        let Some(open) = self.open.last_mut() else {
            return;
        };
        if text.is_empty() {
            return;
        }
        open.blocks.push(match open.kind {
            Kind::Heading(level) => Block::Heading { level, text },
            Kind::Paragraph(role) => Block::Paragraph { role, text },
            Kind::Caption => {
                if !open.caption.is_empty() {
                    open.caption.push(Inline::Break);
                }
                open.caption.extend(text);
                return;
            }
            _ => Block::Paragraph {
                role: Role::Body,
                text,
            },
        });
    }

    fn close_last(&mut self) {
        if self.open.len() <= 1 {
            return;
        }
        self.flush();
        let Some(mut open) = self.open.pop() else {
            return;
        };
        while self.styles.len() > open.styles {
            self.remove_style(self.styles.len() - 1);
        }
        let cell_words = if matches!(open.kind, Kind::Cell { .. }) {
            nested(std::mem::take(&mut self.runs), &self.links)
        } else {
            Vec::new()
        };
        let in_cell = self.in_cell();
        if in_cell {
            self.break_in_cell();
        }
        let after_table = if matches!(open.kind, Kind::Table(_)) && !in_cell {
            std::mem::take(&mut self.after_table)
        } else {
            Vec::new()
        };
        let Some(parent) = self.open.last_mut() else {
            return;
        };
        match open.kind {
            Kind::Plain | Kind::Paragraph(_) | Kind::Heading(_) => {
                parent.rows.append(&mut open.rows);
                parent.blocks.append(&mut open.blocks);
            }
            Kind::Quote => {
                if !open.blocks.is_empty() {
                    parent.blocks.push(Block::Quote(open.blocks));
                }
            }
            Kind::Item => parent.items.push(open.blocks),
            Kind::List(start) => {
                // Words between the items stay, in front of them.
                parent.blocks.append(&mut open.blocks);
                open.items.retain(|item| !item.is_empty());
                if !open.items.is_empty() {
                    parent.blocks.push(Block::List {
                        start,
                        items: open.items,
                    });
                }
            }
            Kind::Footnote(label) => parent.blocks.push(Block::Footnote {
                label,
                blocks: open.blocks,
            }),
            Kind::Pre(language) => parent.blocks.push(Block::Code {
                language,
                text: super::clean::clean_lines(&open.raw),
            }),
            Kind::Cell { header } => {
                parent.headers += usize::from(header);
                parent.cells.push(cell_words);
                parent.blocks.append(&mut open.blocks);
            }
            Kind::Row => {
                parent.blocks.append(&mut open.blocks);
                parent
                    .rows
                    .push((open.headers == open.cells.len(), open.cells));
            }
            Kind::Table(alignments) => {
                parent.blocks.append(&mut open.blocks);
                parent.blocks.extend(table(alignments, open.rows));
                parent.blocks.extend(after_table);
            }
            Kind::Figure => {
                captioned(&mut open.blocks, open.caption);
                parent.blocks.append(&mut open.blocks);
            }
            Kind::Caption => {
                parent.blocks.append(&mut open.blocks);
                let words = open.caption;
                match self.open.iter_mut().rfind(|o| o.kind == Kind::Figure) {
                    Some(figure) => figure.caption.extend(words),
                    None => drop(words),
                }
            }
        }
    }
}
