//! Elements, as Markdown or HTML open and close them, to the closed block model.
//!
//! Markdown and raw HTML drive the same builder, so `<div>`, Markdown, `</div>` is
//! one piece of work. It forgives everything: what is not closed is closed for
//! it, what was never opened is not closed, what stands where it cannot stand
//! gives its words to the place around it. Depth is bounded here, and only here.

use super::clean::clean_words;
use super::runs::{Leaf, Run, collapse, nested};
use super::table::table;
use varaq_article::{Alignment, Article, Block, Inline, Role};

/// Most containers around a block. A paragraph below them, with a link, strong
/// and emphasis around its words, still stays within the 16 levels of an article.
const MAX_CONTAINERS: usize = 11;
/// Most open elements. A tower of `<div>` costs time with every closing tag.
const MAX_OPEN: usize = 256;

/// Who opened an element. Closing tags of HTML never close what Markdown opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Markdown,
    Html,
}

/// What an element becomes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Nothing: its blocks belong to the place around it.
    Plain,
    Paragraph(Role),
    Heading(u8),
    Quote,
    List(Option<u32>),
    Item,
    Footnote(u32),
    Pre(String),
    Table(Vec<Alignment>),
    Row,
    Cell {
        header: bool,
    },
    Figure,
    Caption,
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Strong,
    Emphasis,
    Code,
    Link,
}

#[derive(Debug)]
struct Open {
    kind: Kind,
    by: By,
    tag: String,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    rows: Vec<(bool, Vec<Vec<Inline>>)>,
    cells: Vec<Vec<Inline>>,
    headers: usize,
    raw: String,
    caption: Vec<Inline>,
    /// Styles that were on when it was opened; what was turned on inside ends with it.
    styles: usize,
}

#[derive(Debug)]
pub(super) struct Builder {
    open: Vec<Open>,
    runs: Vec<Run>,
    styles: Vec<(Style, String)>,
    links: Vec<String>,
    current_link: Vec<usize>,
    /// Blocks that cannot stand in a cell: they follow their table.
    after_table: Vec<Block>,
    /// True if something had to be flattened because it nested too deep.
    pub(super) flattened: bool,
}

impl Open {
    fn new(kind: Kind, by: By, tag: &str, styles: usize) -> Open {
        Open {
            kind,
            by,
            tag: tag.to_owned(),
            blocks: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            headers: 0,
            raw: String::new(),
            caption: Vec::new(),
            styles,
        }
    }
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
            flattened: false,
        }
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

    /// Which kind fits at this place: parts of lists and tables need their whole,
    /// and containers end somewhere.
    fn placed(&mut self, by: By, kind: Kind) -> Kind {
        let parent = self.open.last().map(|open| open.kind.clone());
        match (&kind, parent) {
            // `<li>`, `<p>` and the like close what came before them.
            (Kind::Item, Some(Kind::List(_))) => kind,
            (Kind::Item, _) if by == By::Html => {
                let list = self
                    .open
                    .iter()
                    .rposition(|o| matches!(o.kind, Kind::List(_)));
                let wall = self
                    .open
                    .iter()
                    .rposition(|o| o.by == By::Markdown)
                    .unwrap_or(0);
                match list {
                    Some(list) if list > wall => {
                        while self.open.len() > list + 1 {
                            self.close_last();
                        }
                        kind
                    }
                    _ => Kind::Plain,
                }
            }
            (Kind::Item, _) => Kind::Plain,
            (Kind::Row, _) => self.row_place(by),
            (Kind::Cell { .. }, _) => self.cell_place(by, kind),
            (
                Kind::Paragraph(_) | Kind::Heading(_),
                Some(Kind::Paragraph(_) | Kind::Heading(_)),
            ) if by == By::Html && self.open.last().is_some_and(|open| open.by == By::Html) => {
                self.close_last();
                kind
            }
            (Kind::Quote | Kind::List(_) | Kind::Footnote(_), _)
                if self.containers() >= MAX_CONTAINERS =>
            {
                self.flattened = true;
                Kind::Plain
            }
            (Kind::Caption, _) if !self.open.iter().any(|o| o.kind == Kind::Figure) => {
                Kind::Paragraph(Role::Attribution)
            }
            _ => kind,
        }
    }

    fn row_place(&mut self, by: By) -> Kind {
        match self.table_inside(by) {
            Some(table) => {
                while self.open.len() > table + 1
                    && !self.open.last().is_some_and(|o| {
                        o.kind == Kind::Plain
                            && matches!(o.tag.as_str(), "thead" | "tbody" | "tfoot")
                    })
                {
                    self.close_last();
                }
                Kind::Row
            }
            None => Kind::Plain,
        }
    }

    fn cell_place(&mut self, by: By, kind: Kind) -> Kind {
        let Some(table) = self.table_inside(by) else {
            return Kind::Plain;
        };
        let row = self.open.iter().rposition(|open| open.kind == Kind::Row);
        match row.filter(|&row| row > table) {
            Some(row) => {
                while self.open.len() > row + 1 {
                    self.close_last();
                }
            }
            None => {
                let styles = self.styles.len();
                self.open.push(Open::new(Kind::Row, by, "tr", styles));
            }
        }
        kind
    }

    /// Where the innermost table lies, if nothing of Markdown lies in between.
    fn table_inside(&self, by: By) -> Option<usize> {
        let table = self
            .open
            .iter()
            .rposition(|open| matches!(open.kind, Kind::Table(_)))?;
        let above = self.open.get(table + 1..).unwrap_or_default();
        let free = by == By::Markdown || above.iter().all(|open| open.by == By::Html);
        free.then_some(table)
    }

    fn containers(&self) -> usize {
        let holds = |open: &&Open| {
            matches!(
                open.kind,
                Kind::Quote | Kind::List(_) | Kind::Footnote(_) | Kind::Table(_)
            )
        };
        self.open.iter().filter(holds).count()
    }

    fn in_cell(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open.kind, Kind::Cell { .. }))
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

    fn run(&self, leaf: Leaf) -> Run {
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

/// The last picture of a figure gets its caption; a figure without one keeps the
/// words as an attribution.
fn captioned(blocks: &mut Vec<Block>, words: Vec<Inline>) {
    if words.is_empty() {
        return;
    }
    for block in blocks.iter_mut().rev() {
        if let Block::Image { caption, .. } = block
            && caption.is_empty()
        {
            *caption = words;
            return;
        }
    }
    blocks.push(Block::Paragraph {
        role: Role::Attribution,
        text: words,
    });
}
