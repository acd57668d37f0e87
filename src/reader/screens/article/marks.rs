//! Corrections and retractions above the heading of the article that they are about.
//!
//! They are rows of the page like all others: they can be selected and copied, and a screen reader meets them
//! first. They mark; the text below stays, but for one that endangers somebody: that is folded until it is asked for.
use super::ArticleScreen;
use crate::{
    day,
    issue::Mark,
    theme::size,
    words::{Language, Words},
};
use varaq_page::{Direction, Paragraph, Row, RowKind, Style};

impl ArticleScreen {
    /// A heading and a text for each mark, and the warning of a folded article.
    pub(super) fn mark_rows(&self, words: &Words) -> Vec<Row> {
        let mut rows: Vec<_> = self
            .entry
            .marks
            .iter()
            .flat_map(|mark| self.rows_of(mark, words))
            .collect();
        if self.is_folded() {
            rows.push(self.row_in_words(&words.text("harm-folded"), words, 500));
        }
        rows
    }

    fn rows_of(&self, mark: &Mark, words: &Words) -> [Row; 2] {
        let when = day::words_of(mark.day, words);
        let heading = format!("{} · \u{2068}{when}\u{2069}", words.text(mark.key()));
        let (tag, text) = mark.text(words.language(), &self.entry.language);
        let rtl = Language::from_tag(tag).map_or(self.entry.rtl, Language::is_rtl);
        let direction = if rtl { Direction::Rtl } else { Direction::Ltr };
        let said = self.row(text, direction, tag, 400, 2.0);
        [self.row_in_words(&heading, words, 700), said]
    }

    /// A row in the language of the window.
    fn row_in_words(&self, text: &str, words: &Words, weight: u16) -> Row {
        let language = words.language();
        let direction = if language.is_rtl() {
            Direction::Rtl
        } else {
            Direction::Ltr
        };
        self.row(text, direction, language.tag(), weight, 14.0)
    }

    fn row(
        &self,
        text: &str,
        direction: Direction,
        language: &str,
        weight: u16,
        above: f32,
    ) -> Row {
        let scale = self.look.size / size::READING.0;
        let style = Style::new(16.0 * scale, 1.7).weight(weight);
        Row {
            kind: RowKind::Attribution,
            paragraph: Paragraph::plain(text, direction, language, style),
            indent: 18.0 * scale,
            above,
            marker: None,
            quotes: 1,
        }
    }
}
