//! The blocks of an article as a flat list of rows: only the visible ones are ever set.

use crate::paragraph::{Align, Direction, Face, Ink, Paragraph, Span, Style};
use crate::row::{Cell, Marker, Row, RowKind};
use crate::set_text::floor_boundary;
use varaq_article::{Alignment, Article, Block, Inline, Role};

/// Longest text of a row, in bytes. Setting this much takes a few milliseconds: a frame never waits for one
/// endless paragraph.
const LONGEST: usize = 16 * 1024;
/// Most cells of a table in a row.
const CELLS: usize = 600;
/// Most lines of code in a row.
const CODE_LINES: usize = 60;

/// How an article is set. Lengths are in points.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Size of running text.
    pub size: f32,
    /// Line factor of running text.
    pub line: f32,
    /// Both sides straight.
    pub justify: bool,
    /// Direction that the catalog declares.
    pub direction: Direction,
    /// Language that the catalog declares.
    pub language: String,
    /// The digits 0-9 as the article's language writes them.
    pub digits: [char; 10],
}

/// The rows of an article and the targets of its links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// In reading order.
    pub rows: Vec<Row>,
    /// `Ink::link` n means `links[n - 1]`.
    pub links: Vec<String>,
}

impl Rows {
    /// Flattens an article. Costs one pass over its text; nothing is shaped.
    #[must_use]
    pub fn of(article: &Article, setting: &Setting) -> Rows {
        let mut flattening = Flattening {
            setting,
            out: Rows::default(),
            place: Place::default(),
        };
        flattening.blocks(&article.blocks);
        flattening.out
    }

    /// The words of row `index`, as they are copied and found.
    #[must_use]
    pub fn text(&self, index: usize) -> Option<&str> {
        self.rows.get(index).map(|row| row.paragraph.text.as_str())
    }

    /// Target of the link numbered `link` by an ink.
    #[must_use]
    pub fn target(&self, link: u32) -> Option<&str> {
        let index = usize::try_from(link).ok()?.checked_sub(1)?;
        self.links.get(index).map(String::as_str)
    }

    /// The row in which the text of footnote `label` begins.
    #[must_use]
    pub fn footnote(&self, label: u32) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| row.kind == RowKind::Footnote(label))
    }
}

impl Row {
    /// Height in points when the row is `width` points wide, guessed without shaping.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a guess")]
    pub fn guess_height(&self, width: f32) -> f32 {
        let style = &self.paragraph.style;
        let line = style.size * style.line;
        let lines = |text: &str, width: f32| {
            let per_line = (width / (style.size * 0.44)).max(1.0);
            text.split('\n')
                .map(|part| (part.chars().count() as f32 / per_line).ceil().max(1.0))
                .sum::<f32>()
        };
        match &self.kind {
            RowKind::Rule => style.size,
            RowKind::Image { .. } => width * 0.6 + line,
            RowKind::Table { rows, .. } => rows
                .iter()
                .map(|row| {
                    let column = width / (row.len().max(1) as f32);
                    row.iter()
                        .map(|cell| lines(&cell.paragraph.text, column))
                        .fold(1.0, f32::max)
                        * line
                })
                .sum(),
            _ => {
                lines(
                    &self.paragraph.text,
                    (width - self.indent).max(style.size * 4.0),
                ) * line
            }
        }
    }
}

/// Where the flattening stands: inside which lists and quotes.
#[derive(Clone, Debug, Default)]
struct Place {
    indent: f32,
    quotes: u8,
    marker: Option<Marker>,
    item: bool,
    note: Option<u32>,
}

struct Flattening<'a> {
    setting: &'a Setting,
    out: Rows,
    place: Place,
}

impl Flattening<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let size = self.setting.size;
        match block {
            Block::Heading { level, text } => {
                let factor = match level {
                    1 => 1.45,
                    2 => 1.25,
                    3 => 1.1,
                    _ => 1.0,
                };
                let style = Style::new(size * factor, self.setting.line.min(1.5)).weight(700);
                let paragraph = self.paragraph(text, style);
                self.push(RowKind::Heading(*level), paragraph, size * 1.6);
            }
            Block::Paragraph { role, text } => self.words(*role, text),
            Block::Quote(blocks) => self.within(blocks, |place| {
                place.indent += size * 1.4;
                place.quotes = place.quotes.saturating_add(1);
            }),
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
            } => {
                let style = Style::new((size * 0.75).max(13.0), 1.5);
                let paragraph = self.paragraph(caption, style);
                let kind = RowKind::Image {
                    medium: *medium,
                    alt: alt.clone(),
                };
                self.push(kind, paragraph, size);
            }
            Block::Code { text, .. } => {
                let mut style = Style::new(size * 0.85, 1.5);
                style.face = Face::Mono;
                let parts = code_parts(text.trim_end_matches('\n'));
                for (number, part) in parts.iter().enumerate() {
                    let paragraph = Paragraph::plain(part, Direction::Ltr, "", style.clone());
                    let above = if number == 0 { size } else { 0.0 };
                    self.push(RowKind::Code, paragraph, above);
                }
            }
            Block::Rule => {
                let paragraph = self.paragraph(&[], Style::new(size, self.setting.line));
                self.push(RowKind::Rule, paragraph, size);
            }
            Block::Footnote { label, blocks } => {
                let marker = Marker::Note(self.number(*label));
                self.within(blocks, |place| {
                    place.indent += size * 1.6;
                    place.note = Some(*label);
                    place.marker = Some(marker);
                });
            }
            Block::Other { fallback, .. } => self.blocks(fallback),
        }
    }

    fn words(&mut self, role: Role, text: &[Inline]) {
        let Setting {
            size,
            line,
            justify,
            ..
        } = *self.setting;
        let body = Style::new(size, line).align(if justify {
            Align::Justify
        } else {
            Align::Start
        });
        let note = self.place.note.take();
        let (kind, style) = match (role, note) {
            (_, Some(label)) => (
                RowKind::Footnote(label),
                Style::new((size * 0.85).max(13.0), line),
            ),
            (Role::Standfirst, _) => (
                RowKind::Standfirst,
                Style::new(size * 1.06, line).weight(500),
            ),
            (Role::Attribution, _) => (RowKind::Attribution, Style::new(size * 0.85, line)),
            (Role::Body, _) if self.place.item => (RowKind::Item, body),
            (Role::Body, _) => (RowKind::Paragraph, body),
        };
        let above = if self.place.item {
            size * 0.35
        } else {
            size * 0.85
        };
        let paragraph = self.paragraph(text, style);
        for (number, part) in split(paragraph).into_iter().enumerate() {
            let above = if number == 0 { above } else { 0.0 };
            self.push(kind.clone(), part, above);
        }
    }

    fn list(&mut self, start: Option<u32>, items: &[Vec<Block>]) {
        let step = self.setting.size * 1.6;
        for (count, item) in (0..).zip(items) {
            let marker = match start {
                None => Marker::Bullet,
                Some(first) => Marker::Number(self.number(first.saturating_add(count))),
            };
            self.within(item, |place| {
                place.indent += step;
                place.item = true;
                place.marker = Some(marker);
            });
        }
    }

    fn table(&mut self, alignments: &[Alignment], headers: u32, rows: &[Vec<Vec<Inline>>]) {
        let size = self.setting.size * 0.9;
        let mut cells = Vec::with_capacity(rows.len());
        for (index, row) in (0..).zip(rows) {
            let weight = if index < headers { 700 } else { 400 };
            let style = Style::new(size, self.setting.line.min(1.6)).weight(weight);
            let mut one = |(inlines, alignment): (&Vec<Inline>, &Alignment)| {
                let align = match alignment {
                    Alignment::Start => Align::Start,
                    Alignment::Centre => Align::Centre,
                    Alignment::End => Align::End,
                };
                let paragraph = self.paragraph(inlines, style.clone().align(align));
                Cell { paragraph, align }
            };
            cells.push(row.iter().zip(alignments).map(&mut one).collect());
        }
        // A table of a hundred thousand cells is set part by part too; only such a one has several parts, so
        // that the columns of a usual table keep one width.
        let most = (CELLS / alignments.len().max(1)).max(1);
        let mut cells = cells.into_iter().peekable();
        let mut first = true;
        while first || cells.peek().is_some() {
            let kind = RowKind::Table {
                rows: cells.by_ref().take(most).collect(),
                headers: if first { headers } else { 0 },
            };
            let empty = self.paragraph(&[], Style::new(size, self.setting.line));
            let above = if first { self.setting.size } else { 0.0 };
            self.push(kind, empty, above);
            first = false;
        }
    }

    /// Flattens blocks that stand inside another one.
    fn within(&mut self, blocks: &[Block], enter: impl FnOnce(&mut Place)) {
        let outside = self.place.clone();
        enter(&mut self.place);
        self.blocks(blocks);
        if self.place.marker.is_some() {
            // An empty item shows its marker all the same.
            self.words(Role::Body, &[]);
        }
        self.place = outside;
    }

    fn push(&mut self, kind: RowKind, paragraph: Paragraph, above: f32) {
        self.out.rows.push(Row {
            kind,
            paragraph,
            indent: self.place.indent,
            above,
            marker: self.place.marker.take(),
            quotes: self.place.quotes,
        });
    }

    fn paragraph(&mut self, inlines: &[Inline], style: Style) -> Paragraph {
        let mut paragraph = Paragraph {
            text: String::new(),
            spans: Vec::new(),
            direction: self.setting.direction,
            language: self.setting.language.clone(),
            style,
        };
        self.inlines(inlines, &Span::over(0..0), &mut paragraph);
        paragraph
    }

    /// Appends inlines; `outer` is the look of what stands around them.
    fn inlines(&mut self, inlines: &[Inline], outer: &Span, out: &mut Paragraph) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => append(out, words, outer),
                Inline::Strong(inner) => self.inlines(
                    inner,
                    &Span {
                        strong: true,
                        ..outer.clone()
                    },
                    out,
                ),
                Inline::Emphasis(inner) => self.inlines(
                    inner,
                    &Span {
                        emphasis: true,
                        ..outer.clone()
                    },
                    out,
                ),
                Inline::Code(words) => {
                    let ink = if outer.ink.link == 0 {
                        Ink {
                            role: Ink::CODE,
                            ..outer.ink
                        }
                    } else {
                        outer.ink
                    };
                    // Code runs left to right whatever stands around it.
                    let isolated = format!("\u{2066}{words}\u{2069}");
                    append(
                        out,
                        &isolated,
                        &Span {
                            code: true,
                            ink,
                            ..outer.clone()
                        },
                    );
                }
                Inline::Link { target, text } => {
                    self.out.links.push(target.clone());
                    let link = u32::try_from(self.out.links.len()).unwrap_or(0);
                    let ink = Ink {
                        role: Ink::LINK,
                        link,
                        note: 0,
                    };
                    self.inlines(
                        text,
                        &Span {
                            ink,
                            ..outer.clone()
                        },
                        out,
                    );
                }
                Inline::Break => append(out, "\n", outer),
                Inline::FootnoteRef(label) => {
                    let ink = Ink {
                        role: Ink::LINK,
                        link: 0,
                        note: label.saturating_add(1),
                    };
                    let number = self.number(*label);
                    append(
                        out,
                        &number,
                        &Span {
                            raised: true,
                            ink,
                            ..outer.clone()
                        },
                    );
                }
                Inline::Other { fallback, .. } => self.inlines(fallback, outer, out),
            }
        }
    }

    fn number(&self, number: u32) -> String {
        let digit = |c: char| {
            c.to_digit(10)
                .and_then(|d| self.setting.digits.get(d as usize))
                .copied()
        };
        number
            .to_string()
            .chars()
            .map(|c| digit(c).unwrap_or(c))
            .collect()
    }
}

fn append(out: &mut Paragraph, words: &str, look: &Span) {
    let start = out.text.len();
    out.text.push_str(words);
    let span = Span {
        range: start..out.text.len(),
        ..look.clone()
    };
    if span != Span::over(span.range.clone()) {
        out.spans.push(span);
    }
}

/// Cuts a very long paragraph after a space, so that no row is longer than [`LONGEST`].
fn split(whole: Paragraph) -> Vec<Paragraph> {
    if whole.text.len() <= LONGEST {
        return vec![whole];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(rest) = whole.text.get(start..).filter(|rest| !rest.is_empty()) {
        let end = start + cut(rest);
        let spans = whole.spans.iter().map(|span| Span {
            range: span.range.start.clamp(start, end) - start
                ..span.range.end.clamp(start, end) - start,
            ..span.clone()
        });
        parts.push(Paragraph {
            text: whole.text.get(start..end).unwrap_or_default().to_owned(),
            spans: spans.filter(|span| !span.range.is_empty()).collect(),
            direction: whole.direction,
            language: whole.language.clone(),
            style: whole.style.clone(),
        });
        start = end;
    }
    parts
}

/// Length of the first part of a text: all of it, or up to and with the last space that fits.
fn cut(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let room = floor_boundary(text, LONGEST);
    let head = text.get(..room).unwrap_or_default();
    head.rfind([' ', '\n']).map_or(room, |at| at + 1)
}

/// Cuts a long listing between lines.
fn code_parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut lines = 0;
    for line in text.split('\n') {
        if lines > 0 && (lines == CODE_LINES || part.len() + line.len() >= LONGEST) {
            parts.push(std::mem::take(&mut part));
            lines = 0;
        }
        if lines > 0 {
            part.push('\n');
        }
        let mut rest = line;
        while rest.len() > LONGEST {
            let (head, tail) = rest.split_at(floor_boundary(rest, LONGEST));
            parts.push(std::mem::take(&mut part) + head);
            rest = tail;
        }
        part.push_str(rest);
        lines += 1;
    }
    parts.push(part);
    parts
}
