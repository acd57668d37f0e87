//! Markdown events to elements.

use super::build::{By, Kind, Style};
use super::clean::MARK;
use super::page::Page;
use pulldown_cmark::{
    Alignment as Side, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};
use std::collections::HashMap;
use varaq_article::{Alignment, Block, Role};

/// Most quotes and lists that one line opens.
const MAX_MARKS: usize = 64;

/// Source text after the shortcode pass, and the line that each of its lines came from.
pub(super) struct Lines {
    pub(super) text: String,
    pub(super) from: Vec<u32>,
}

impl Lines {
    /// Line in the source file of line `number` (from 0) of the text.
    fn source(&self, number: usize) -> u32 {
        let last = self.from.last().copied().unwrap_or(0);
        self.from.get(number).copied().unwrap_or(last)
    }
}

/// Counts lines on the way through the text: events come in order of their places.
struct LineCounter<'a> {
    lines: &'a Lines,
    at: usize,
    number: usize,
}

impl LineCounter<'_> {
    fn number(&mut self, offset: usize) -> usize {
        if offset < self.at {
            (self.at, self.number) = (0, 0);
        }
        let passed = self.lines.text.as_bytes().get(self.at..offset);
        self.number += passed
            .unwrap_or_default()
            .iter()
            .filter(|&&b| b == b'\n')
            .count();
        self.at = offset;
        self.number
    }
}

pub(super) fn read(page: &mut Page<'_>, lines: &Lines) {
    let shallow = shallow(lines);
    page.builder.flattened |= shallow.is_some();
    let lines = shallow.as_ref().unwrap_or(lines);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut counter = LineCounter {
        lines,
        at: 0,
        number: 0,
    };
    let mut reader = Reader {
        page,
        labels: HashMap::new(),
        image: None,
        in_head: false,
        html: None,
    };
    for (event, range) in Parser::new_ext(&lines.text, options).into_offset_iter() {
        if reader.page.builder.is_full() {
            return;
        }
        let number = counter.number(range.start);
        reader.event(event, number, lines);
    }
}

/// The same lines without quotes and lists that nest deeper than anybody writes: the cost of
/// parsing grows with the square of the depth, so it is bounded before.
fn shallow(lines: &Lines) -> Option<Lines> {
    let mut text = String::new();
    let mut cut = false;
    for line in lines.text.split_inclusive('\n') {
        match beyond(line) {
            Some((from, to)) => {
                text.push_str(line.get(..from).unwrap_or_default());
                text.push_str(line.get(to..).unwrap_or_default());
                cut = true;
            }
            None => text.push_str(line),
        }
    }
    cut.then(|| Lines {
        text,
        from: lines.from.clone(),
    })
}

/// The marks at the start of a line that are too many.
fn beyond(line: &str) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let is_mark = |at: usize, byte: u8| match byte {
        b'>' => true,
        b'-' | b'+' | b'*' => bytes.get(at + 1).is_some_and(|next| b" \t".contains(next)),
        _ => false,
    };
    let mut marks = 0;
    let mut from = None;
    for (at, &byte) in bytes.iter().enumerate() {
        if is_mark(at, byte) {
            marks += 1;
            if marks > MAX_MARKS {
                from = from.or(Some(at));
            }
        } else if !b" \t".contains(&byte) {
            return from.map(|from| (from, at));
        }
    }
    from.map(|from| (from, line.trim_end_matches('\n').len()))
}

struct Reader<'p, 'a> {
    page: &'p mut Page<'a>,
    /// Numbers of footnotes by their label.
    labels: HashMap<String, u32>,
    /// Alternative text of the picture that is open, its target and title.
    image: Option<(String, String, String)>,
    in_head: bool,
    /// Raw HTML block so far, and the number of its first line.
    html: Option<(String, usize)>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, number: usize, lines: &Lines) {
        if let Some((alt, ..)) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::End(TagEnd::Image) => self.end_image(lines.source(number)),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, number, lines),
            Event::End(tag) => self.end(tag, lines),
            // An indented line with a shortcode looks like code and is none.
            Event::Text(text) if text.contains(MARK) => {
                self.html_part(&text.replace(MARK, ""), number, lines);
            }
            Event::Text(text) => self.page.words(&text),
            Event::Code(text) => self.page.code(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.page.code(&text),
            Event::Html(text) => match &mut self.html {
                Some((html, _)) => html.push_str(&text),
                None => self.html_part(&text, number, lines),
            },
            Event::InlineHtml(text) => self.html_part(&text, number, lines),
            Event::FootnoteReference(label) => {
                let label = self.label(&label);
                self.page.builder.note(label);
            }
            Event::SoftBreak => self.page.words(" "),
            Event::HardBreak => self.page.builder.line_break(),
            Event::Rule => self.page.builder.block(Block::Rule),
            Event::TaskListMarker(done) => self.page.words(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn html_part(&mut self, html: &str, number: usize, lines: &Lines) {
        self.page.html(html, &|inner| lines.source(number + inner));
    }

    fn start(&mut self, tag: Tag<'_>, number: usize, lines: &Lines) {
        let line = lines.source(number);
        let builder = &mut self.page.builder;
        match tag {
            Tag::Paragraph => builder.open(By::Markdown, "p", Kind::Paragraph(Role::Body)),
            Tag::Heading { level, .. } => {
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    HeadingLevel::H5 => 5,
                    HeadingLevel::H6 => 6,
                };
                builder.open(By::Markdown, "h", Kind::Heading(level));
            }
            Tag::BlockQuote(_) => builder.open(By::Markdown, "quote", Kind::Quote),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                builder.open(By::Markdown, "pre", Kind::Pre(language));
            }
            Tag::HtmlBlock => self.html = Some((String::new(), number)),
            Tag::List(start) => {
                let start = start.map(|first| u32::try_from(first).unwrap_or(1));
                builder.open(By::Markdown, "list", Kind::List(start));
            }
            Tag::Item => builder.open(By::Markdown, "item", Kind::Item),
            Tag::FootnoteDefinition(label) => {
                let label = self.label(&label);
                let builder = &mut self.page.builder;
                builder.open(By::Markdown, "footnote", Kind::Footnote(label));
            }
            Tag::Table(sides) => {
                let alignments = sides.iter().map(|side| match side {
                    Side::None | Side::Left => Alignment::Start,
                    Side::Center => Alignment::Centre,
                    Side::Right => Alignment::End,
                });
                builder.open(By::Markdown, "table", Kind::Table(alignments.collect()));
            }
            Tag::TableHead => {
                self.in_head = true;
                builder.open(By::Markdown, "row", Kind::Row);
            }
            Tag::TableRow => builder.open(By::Markdown, "row", Kind::Row),
            Tag::TableCell => {
                let header = self.in_head;
                builder.open(By::Markdown, "cell", Kind::Cell { header });
            }
            Tag::Emphasis => builder.style(Style::Emphasis, ""),
            Tag::Strong => builder.style(Style::Strong, ""),
            Tag::Strikethrough => {
                self.page
                    .notes
                    .add(line, "struck out words are shown plain");
            }
            Tag::Link { dest_url, .. } => {
                self.page.link(&dest_url.replace(MARK, ""), line);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.image = Some((
                    String::new(),
                    dest_url.replace(MARK, ""),
                    title.replace(MARK, ""),
                ));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, lines: &Lines) {
        let builder = &mut self.page.builder;
        match tag {
            TagEnd::Paragraph => {
                builder.close(By::Markdown, "p");
                self.page.end_vanishing();
            }
            TagEnd::Heading(_) => builder.close(By::Markdown, "h"),
            TagEnd::BlockQuote(_) => builder.close(By::Markdown, "quote"),
            TagEnd::CodeBlock => builder.close(By::Markdown, "pre"),
            TagEnd::HtmlBlock => {
                if let Some((html, number)) = self.html.take() {
                    self.html_part(&html, number, lines);
                    // What vanishes must end where its block ends, or an unclosed
                    // `<iframe>` would take the rest of the article with it.
                    self.page.end_vanishing();
                }
            }
            TagEnd::List(_) => builder.close(By::Markdown, "list"),
            TagEnd::Item => builder.close(By::Markdown, "item"),
            TagEnd::FootnoteDefinition => builder.close(By::Markdown, "footnote"),
            TagEnd::Table => builder.close(By::Markdown, "table"),
            TagEnd::TableHead => {
                self.in_head = false;
                builder.close(By::Markdown, "row");
            }
            TagEnd::TableRow => builder.close(By::Markdown, "row"),
            TagEnd::TableCell => builder.close(By::Markdown, "cell"),
            TagEnd::Emphasis => builder.end_style(Style::Emphasis),
            TagEnd::Strong => builder.end_style(Style::Strong),
            TagEnd::Link => builder.end_style(Style::Link),
            _ => {}
        }
    }

    fn end_image(&mut self, line: u32) {
        if let Some((alt, target, title)) = self.image.take() {
            self.page
                .picture(&target, &alt.replace(MARK, ""), &title, line);
        }
    }

    fn label(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.labels.len() + 1).unwrap_or(u32::MAX);
        *self.labels.entry(name.to_owned()).or_insert(next)
    }
}

/// The language of a fence: its first word, without the braces of some dialects.
fn language(info: &str) -> String {
    let first = info
        .split([' ', ',', '{', '\t'])
        .find(|part| !part.is_empty());
    let name = first.unwrap_or_default().trim_matches(['}', '.']);
    super::clean::clean_line(name, 32).0
}
