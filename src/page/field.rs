//! A line of text that a person edits.

use crate::fonts::Fonts;
use crate::geometry::Area;
use crate::lines::Lines;
use crate::paragraph::{Direction, Paragraph, Style};
use crate::set_text::floor_boundary;
use std::ops::Range;

/// What a key or an input method asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Put words in the place of the selection.
    Insert(String),
    /// Delete the selection, or the letter before the caret.
    Backspace,
    /// Delete the selection, or the letter after the caret.
    Delete,
    /// Move the caret to what is shown at its left; true = and select.
    Left(bool),
    /// Move the caret to what is shown at its right; true = and select.
    Right(bool),
    /// To where the text begins.
    Home(bool),
    /// To where the text ends.
    End(bool),
    /// Select everything.
    SelectAll,
    /// Words that an input method is still composing; empty = none.
    Compose(String),
}

/// The text of a one-line field and its selection. Offsets are bytes, always on character boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    anchor: usize,
    caret: usize,
    composing: Option<Range<usize>>,
}

impl Field {
    /// A field that holds `text`, with the caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Field {
        Field {
            text: text.to_owned(),
            anchor: text.len(),
            caret: text.len(),
            composing: None,
        }
    }

    /// What it holds.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the caret stands.
    #[must_use]
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// The selected bytes.
    #[must_use]
    pub fn selection(&self) -> Range<usize> {
        self.anchor.min(self.caret)..self.anchor.max(self.caret)
    }

    /// The selected words.
    #[must_use]
    pub fn selected(&self) -> &str {
        self.text.get(self.selection()).unwrap_or_default()
    }

    /// Sets the text in one line.
    #[must_use]
    pub fn set(
        &self,
        fonts: &mut Fonts,
        direction: Direction,
        language: &str,
        style: Style,
        scale: f32,
    ) -> Lines {
        fonts.set(
            &Paragraph::plain(&self.text, direction, language, style),
            None,
            scale,
        )
    }

    /// The caret in `lines`, which [`set`](Field::set) made of this field.
    #[must_use]
    pub fn caret_area(&self, lines: &Lines, width: f32) -> Area {
        lines.caret(self.caret, width)
    }

    /// Puts the caret at `offset`; selects up to there when `select`.
    pub fn place(&mut self, offset: usize, select: bool) {
        // What was being composed stays as it is: its place would be wrong from here on.
        self.composing = None;
        self.caret = floor_boundary(&self.text, offset);
        if !select {
            self.anchor = self.caret;
        }
    }

    /// Carries out an edit. `lines` are those of the present text: left and right are what the eye sees.
    /// Returns whether the text changed.
    pub fn apply(&mut self, edit: &Edit, lines: &Lines) -> bool {
        match edit {
            Edit::Insert(words) => self.insert(words),
            Edit::Compose(words) => self.compose(words),
            Edit::Backspace => self.erase(|field| before(&field.text, field.caret)),
            Edit::Delete => self.erase(|field| after(&field.text, field.caret)),
            Edit::Left(select) => self.step(lines, true, *select),
            Edit::Right(select) => self.step(lines, false, *select),
            Edit::Home(select) => self.go(0, *select),
            Edit::End(select) => self.go(self.text.len(), *select),
            Edit::SelectAll => {
                self.composing = None;
                self.anchor = 0;
                self.caret = self.text.len();
                false
            }
        }
    }

    fn insert(&mut self, words: &str) -> bool {
        if let Some(range) = self.composing.take() {
            self.replace(range, "");
        }
        self.replace(self.selection(), &in_one_line(words));
        true
    }

    fn compose(&mut self, words: &str) -> bool {
        let range = self.composing.take().unwrap_or_else(|| self.selection());
        let start = range.start;
        let words = in_one_line(words);
        self.replace(range, &words);
        self.composing = (!words.is_empty()).then(|| start..start + words.len());
        true
    }

    fn erase(&mut self, to: impl Fn(&Field) -> usize) -> bool {
        self.composing = None;
        let mut range = self.selection();
        if range.is_empty() {
            let other = to(self);
            range = other.min(self.caret)..other.max(self.caret);
        }
        let changes = !range.is_empty();
        self.replace(range, "");
        changes
    }

    fn replace(&mut self, range: Range<usize>, words: &str) {
        self.text.replace_range(range.clone(), words);
        self.caret = range.start + words.len();
        self.anchor = self.caret;
    }

    fn step(&mut self, lines: &Lines, left: bool, select: bool) -> bool {
        let range = self.selection();
        if !select && !range.is_empty() {
            let to = if left != lines.is_rtl() {
                range.start
            } else {
                range.end
            };
            return self.go(to, false);
        }
        self.go(lines.beside(self.caret, left), select)
    }

    fn go(&mut self, to: usize, select: bool) -> bool {
        self.place(to, select);
        false
    }
}

impl Lines {
    /// The offset one letter to the left or right on screen of `offset`.
    #[must_use]
    pub fn beside(&self, offset: usize, left: bool) -> usize {
        let at = self.text.to_set(offset);
        let cursor =
            parley::Cursor::from_byte_index(&self.layout, at, parley::Affinity::Downstream);
        let next = if left {
            cursor.previous_visual(&self.layout)
        } else {
            cursor.next_visual(&self.layout)
        };
        self.text.to_own(next.index())
    }
}

/// Line ends, tabs and other controls are spaces in a field of one line.
fn in_one_line(words: &str) -> String {
    let is_space = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    words
        .chars()
        .map(|c| if is_space(c) { ' ' } else { c })
        .collect()
}

fn before(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|head| head.char_indices().next_back())
        .map_or(0, |(index, _)| index)
}

/// The end of the letter at `at`, with the marks that sit on it.
fn after(text: &str, at: usize) -> usize {
    let next = text
        .get(at..)
        .and_then(|tail| tail.chars().next())
        .map_or(at, |c| at + c.len_utf8());
    crate::find::extend_match(text, next)
}
