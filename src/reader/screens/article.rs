//! An article on the page: only what is seen is laid out, whatever its length.
//!
//! Rows below each other have a measured or a guessed height. When a guess above the window turns out wrong, the
//! scroll offset moves by the difference, so the line that is being read stays where it is.
use super::Action;
use crate::{
    command::Command,
    day,
    issue::{Entry, Picture, Story},
    look::Look,
    theme::size,
    widgets::View,
    words::{Language, Words},
};
use eframe::egui::{Context, Rect, TextureHandle, TextureOptions, Ui, vec2};
use std::collections::HashMap;
use varaq_article::Article;
use varaq_page::{Direction, Paragraph, Row, RowKind, Rows, Setting, Style, copied};
use varaq_shelf::Position;

mod columns;
mod draw;
mod figure;
mod finding;
mod foot;
mod ground;
mod laid;
mod margin;
mod marks;
mod pointer;
mod popover;
mod sheets;
mod spoken;

pub use finding::Finding;
use laid::LaidRow;
pub use popover::Popover;

/// Rows that stay laid out; what is more is dropped, farthest first.
const KEEP: usize = 60;
/// Decoded pictures that stay in memory.
const KEEP_PICTURES: usize = 12;

/// A place in the text: row and byte.
pub(crate) type Spot = (usize, usize);

/// What is known of a picture.
pub(crate) enum Shown {
    Asked,
    Texture(TextureHandle),
    Failed(&'static str),
}

/// Articles around this one, by number and headline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The one before.
    pub previous: Option<(u32, String)>,
    /// The one after.
    pub next: Option<(u32, String)>,
    /// Others of the same section, the unread first.
    pub related: Vec<(u32, String)>,
    /// Name of the section.
    pub section: String,
}

/// An article that is open.
pub struct ArticleScreen {
    /// Its entry on the front page.
    pub entry: Entry,
    story: Option<Story>,
    rows: Rows,
    /// Rows before the article's own: section, title, byline.
    head: usize,
    heights: Vec<f32>,
    laid: HashMap<usize, LaidRow>,
    offset: f32,
    /// Width of the column, size of the text and pixels per point that the heights belong to.
    key: (u32, u32, u32),
    look: Look,
    selection: Option<(Spot, Spot)>,
    finding: Option<Finding>,
    pictures: HashMap<usize, Shown>,
    popover: Option<Popover>,
    around: Around,
    /// What lies over the page.
    over: Option<sheets::Over>,
    /// What the next frame must bring into view.
    reveal: Option<Spot>,
    view_height: f32,
    frame: u64,
    /// Pictures to ask for.
    wanted: Vec<usize>,
    /// The reader asked for a text that was taken back because it endangers somebody.
    unfolded: bool,
}

impl ArticleScreen {
    /// The page of an entry whose text is still to come.
    #[must_use]
    pub fn new(entry: Entry, look: impl Into<Look>) -> Self {
        Self {
            entry,
            story: None,
            rows: Rows::default(),
            head: 0,
            heights: Vec::new(),
            laid: HashMap::new(),
            offset: 0.0,
            key: (0, 0, 0),
            look: look.into(),
            selection: None,
            finding: None,
            pictures: HashMap::new(),
            popover: None,
            around: Around::default(),
            over: None,
            reveal: None,
            view_height: 0.0,
            frame: 0,
            wanted: Vec::new(),
            unfolded: false,
        }
    }

    /// Whether the text has come; for tests.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.story.is_some()
    }

    /// Whether there are rows to be at.
    pub(crate) fn has_rows(&self) -> bool {
        self.rows.rows.len() > self.head && !self.is_folded()
    }

    /// Where the reader is; `None` at the beginning, and at the end, where nothing is left to come back to.
    pub(crate) fn position(&self) -> Option<Position> {
        let permille = (self.progress() * 1_000.0) as u16;
        let row = self.row_at(self.offset);
        let paragraph = u32::try_from(row.saturating_sub(self.head)).unwrap_or(0);
        let inside = row >= self.head && (1..980).contains(&permille) && !self.at_end();
        inside.then_some(Position {
            paragraph,
            permille,
        })
    }

    /// Whether a picture has come, or the reason why it does not; for tests.
    #[must_use]
    pub fn has_picture(&self) -> bool {
        let mut pictures = self.pictures.values();
        pictures.any(|shown| !matches!(shown, Shown::Asked))
    }

    /// Whether the text is folded behind a warning.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        self.entry.is_harmful() && !self.unfolded
    }

    /// Shows a text that was folded.
    pub fn unfold(&mut self, section: &str, words: &Words) {
        self.unfolded = true;
        self.flatten(section, words);
    }

    /// The text has come.
    pub fn set_story(&mut self, story: Story, section: &str, words: &Words) {
        self.story = Some(story);
        self.flatten(section, words);
    }

    /// The text has come, and its rows with it: a long article takes longer than a frame to flatten, so the worker
    /// that reads it does that too. Rows of a size that is no longer wanted are made again.
    pub(crate) fn set_rows(
        &mut self,
        story: Story,
        (setting, rows): (Setting, Rows),
        section: &str,
        words: &Words,
    ) {
        if setting != self.setting() {
            return self.set_story(story, section, words);
        }
        self.story = Some(story);
        self.take_rows(rows, &setting, section, words);
    }

    /// Sets the page in another way; the row at the top stays there.
    pub fn set_look(&mut self, look: Look, section: &str, words: &Words) {
        let top = self.row_at(self.offset);
        self.look = look;
        self.flatten(section, words);
        self.key = (0, 0, 0);
        self.reveal = Some((top, 0));
    }

    /// The window speaks another language.
    pub fn reword(&mut self, section: &str, words: &Words) {
        self.set_look(self.look, section, words);
    }

    fn flatten(&mut self, section: &str, words: &Words) {
        self.laid.clear();
        self.key = (0, 0, 0);
        let Some(Story::Here(article)) = &self.story else {
            return;
        };
        let setting = self.setting();
        let rows = flat(article, &setting);
        self.take_rows(rows, &setting, section, words);
    }

    /// How this article is set at this size.
    pub(crate) fn setting(&self) -> Setting {
        let rtl = self.entry.rtl;
        let latin = !rtl;
        let own = Language::from_tag(&self.entry.language);
        let zero = match (own, self.entry.language.split('-').next()) {
            (Some(language), _) => language.zero(),
            (_, Some("ar" | "ckb")) => '٠',
            _ => '0',
        };
        Setting {
            size: self.look.size,
            line: self.look.lines.more()
                + if latin {
                    size::READING_LINE.1
                } else {
                    size::READING_LINE.0
                },
            justify: self.look.justify,
            direction: if rtl { Direction::Rtl } else { Direction::Ltr },
            language: self.entry.language.clone(),
            digits: std::array::from_fn(|d| {
                char::from_u32(u32::from(zero) + d as u32).unwrap_or('0')
            }),
        }
    }

    fn take_rows(&mut self, mut rows: Rows, setting: &Setting, section: &str, words: &Words) {
        self.laid.clear();
        self.key = (0, 0, 0);
        if self.is_folded() {
            rows = Rows::default();
        }
        let mut head = self.head_rows(section, words, setting);
        let marks = self.mark_rows(words);
        if let Some(first) = head.first_mut().filter(|_| !marks.is_empty()) {
            first.above = size::S[5];
        }
        head.splice(0..0, marks);
        self.head = head.len();
        rows.rows.splice(0..0, head);
        self.rows = rows;
        if let Some(stopped) = self.entry.stopped.take() {
            let row = self.head + stopped.paragraph as usize;
            self.reveal = Some((row.min(self.rows.rows.len().saturating_sub(1)), 0));
        }
        if let Some(finding) = &mut self.finding {
            finding.hits.clear();
        }
        self.search();
    }

    /// Section, title, and who and when.
    fn head_rows(&self, section: &str, words: &Words, setting: &Setting) -> Vec<Row> {
        let minutes = self.entry.minutes();
        let minutes = words.counted("minutes", minutes);
        let by = [
            self.entry.byline.clone(),
            day::words_of(self.entry.day, words),
            minutes,
        ];
        let by: Vec<String> = by.into_iter().filter(|part| !part.is_empty()).collect();
        let scale = self.look.size / size::READING.0;
        let title = if self.entry.rtl { 34.0 } else { 36.0 };
        let row = |kind, text: &str, style: Style, above: f32| Row {
            kind,
            paragraph: Paragraph::plain(text, setting.direction, &setting.language, style),
            indent: 0.0,
            above,
            marker: None,
            quotes: 0,
        };
        let mut rows = Vec::new();
        if !section.is_empty() {
            rows.push(row(
                RowKind::Attribution,
                section,
                Style::new(14.0 * scale, 1.5).weight(700),
                0.0,
            ));
        }
        rows.push(row(
            RowKind::Heading(0),
            &self.entry.title,
            Style::new(title * scale, 1.4).weight(800),
            4.0,
        ));
        // Bylines may run either way, whatever the article's direction; isolates keep each part whole.
        let line = by
            .iter()
            .map(|part| format!("\u{2068}{part}\u{2069}"))
            .collect::<Vec<_>>()
            .join("   ·   ");
        rows.push(row(
            RowKind::Attribution,
            &line,
            Style::new(14.0 * scale, 1.6),
            8.0,
        ));
        rows
    }

    /// A picture has come.
    pub fn set_picture(&mut self, ctx: &Context, medium: usize, picture: Picture) {
        let shown = match picture {
            Picture::Here(image) => {
                Shown::Texture(ctx.load_texture("picture", image, TextureOptions::LINEAR))
            }
            Picture::Missing => Shown::Failed("picture-missing"),
            Picture::Damaged => Shown::Failed("picture-damaged"),
            Picture::TooLarge => Shown::Failed("picture-too-large"),
        };
        self.pictures.insert(medium, shown);
    }

    /// Pictures that came into view and are not asked for yet.
    pub fn take_wanted(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.wanted)
    }

    /// Scrolls by points; positive = down.
    pub fn scroll_by(&mut self, points: f32) {
        self.offset += points;
        self.popover = None;
    }

    /// One screen with two lines of overlap.
    pub fn page(&mut self, down: bool) {
        let overlap = 2.0 * self.look.size * size::READING_LINE.0;
        let step = (self.view_height - overlap).max(self.look.size * 2.0);
        self.scroll_by(if down { step } else { -step });
    }

    /// Whether the end is on screen.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.offset + self.view_height >= self.total() - 2.0
    }

    /// How much of the article is above the lower edge, 0-1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        let room = (self.total() - self.view_height).max(1.0);
        (self.offset / room).clamp(0.0, 1.0)
    }

    fn total(&self) -> f32 {
        self.heights.iter().sum::<f32>() + draw::ABOVE + draw::BELOW
    }

    fn row_at(&self, offset: f32) -> usize {
        let mut y = draw::ABOVE;
        for (index, height) in self.heights.iter().enumerate() {
            y += height;
            if y > offset {
                return index;
            }
        }
        self.heights.len().saturating_sub(1)
    }

    fn top_of(&self, row: usize) -> f32 {
        draw::ABOVE + self.heights.iter().take(row).sum::<f32>()
    }

    /// Closes what is on top; `false` when nothing was.
    pub fn close_top(&mut self) -> bool {
        self.over.take().is_some()
            || self.popover.take().is_some()
            || self.finding.take().is_some()
            || self.selection.take().is_some()
    }

    /// The selected text in logical order.
    #[must_use]
    pub fn selected(&self) -> Option<String> {
        let (one, other) = self.selection.filter(|(one, other)| one != other)?;
        let text = copied(|row| self.rows.text(row), one, other);
        (!text.is_empty()).then_some(text)
    }

    /// The whole text, as it would be copied; none while it is folded or not here.
    #[must_use]
    pub fn whole_text(&self) -> Option<String> {
        let last = self
            .rows
            .rows
            .len()
            .checked_sub(1)
            .filter(|_| self.has_rows())?;
        let end = self.rows.rows.get(last)?.paragraph.text.len();
        let text = copied(|row| self.rows.text(row), (0, 0), (last, end));
        (!text.is_empty()).then_some(text)
    }

    /// How many rows are laid out; a test holds the page to it.
    #[must_use]
    pub fn laid_rows(&self) -> usize {
        self.laid.len()
    }

    /// How many rows there are.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.rows.len()
    }

    /// The foot leads to these.
    pub fn set_around(&mut self, around: Around) {
        self.around = around;
    }

    /// Draws the page, with the articles around it at its foot.
    pub fn show(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        self.frame += 1;
        ui.painter().rect_filled(rect, 0, view.colours.page);
        let mut actions = Vec::new();
        match &self.story {
            None => draw::message(
                view,
                ui,
                rect,
                &self.entry.title,
                self.entry.rtl,
                &[&view.words.text("loading")],
            ),
            Some(Story::Here(_)) => {
                self.draw(view, ui, rect, &mut actions);
                self.over(view, ui, rect);
            }
            Some(story) => {
                let keys: &[&str] = match story {
                    Story::Missing => &["article-missing", "article-missing-more"],
                    Story::Damaged => &["article-damaged", "article-missing-more"],
                    _ => &["article-odd"],
                };
                let words: Vec<String> = keys.iter().map(|key| view.words.text(key)).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                draw::message(view, ui, rect, &self.entry.title, self.entry.rtl, &words);
            }
        }
        if ui.input(|input| {
            input
                .events
                .iter()
                .any(|event| matches!(event, eframe::egui::Event::Copy))
        }) && !self
            .finding
            .as_ref()
            .is_some_and(|finding| finding.input.has_focus(ui.ctx()))
        {
            actions.push(Action::Do(Command::CopySelection));
        }
        actions
    }
}

/// The rows of an article, for any thread.
pub(crate) fn flat(article: &Article, setting: &Setting) -> Rows {
    let mut rows = Rows::of(article, setting);
    rows.rows.iter_mut().for_each(joined_table);
    rows
}

/// A table's words in one text, cells parted by tabs and rows by line feeds, so that they are found and copied.
fn joined_table(row: &mut Row) {
    if let RowKind::Table { rows, .. } = &row.kind {
        let line = |cells: &Vec<varaq_page::Cell>| {
            cells
                .iter()
                .map(|cell| cell.paragraph.text.replace(['\t', '\n'], " "))
                .collect::<Vec<_>>()
                .join("\t")
        };
        row.paragraph.text = rows.iter().map(line).collect::<Vec<_>>().join("\n");
    }
}

/// The column of an article in the page.
fn column(rect: Rect, look: Look) -> Rect {
    let width = (look.measure.points() * look.size / size::READING.0)
        .min(rect.width() - 2.0 * size::S[5])
        .max(120.0);
    Rect::from_center_size(rect.center(), vec2(width.round(), rect.height()))
}
