//! Find in page: what is typed, where it stands, and the step from one match to the next.
use super::ArticleScreen;
use crate::{widgets::Input, words::Words};
use varaq_page::{Hit, find};

/// Find in page.
pub struct Finding {
    /// What is typed.
    pub input: Input,
    pub(super) hits: Vec<Hit>,
    at: usize,
}

impl ArticleScreen {
    /// Opens find in page.
    pub fn open_find(&mut self) {
        let finding = self.finding.get_or_insert_with(|| Finding {
            input: Input::new(),
            hits: Vec::new(),
            at: 0,
        });
        finding.input.take_focus();
    }

    /// What is being looked for, for the bar.
    pub fn finding(&mut self) -> Option<&mut Finding> {
        self.finding.as_mut()
    }

    /// Looks for what is typed, from the place that is read on.
    pub fn search(&mut self) {
        let from = self.row_at(self.offset);
        let Some(finding) = &mut self.finding else {
            return;
        };
        let texts = self.rows.rows.iter().map(|row| row.paragraph.text.as_str());
        finding.hits = find(texts, finding.input.text());
        finding.at = finding
            .hits
            .iter()
            .position(|hit| hit.text >= from)
            .unwrap_or(0);
        self.reveal = finding
            .hits
            .get(finding.at)
            .map(|hit| (hit.text, hit.range.start));
    }

    /// Goes to the next match, or the one before.
    pub fn next_hit(&mut self, forward: bool) {
        let Some(finding) = &mut self.finding else {
            return;
        };
        let count = finding.hits.len();
        if count == 0 {
            return;
        }
        finding.at = if forward {
            (finding.at + 1) % count
        } else {
            (finding.at + count - 1) % count
        };
        self.reveal = finding
            .hits
            .get(finding.at)
            .map(|hit| (hit.text, hit.range.start));
    }

    /// Looks for words when the text comes, from its first row on.
    pub(crate) fn find_first(&mut self, words: &str) {
        self.finding = Some(Finding {
            input: Input::with(words),
            hits: Vec::new(),
            at: 0,
        });
        self.search();
    }
}

impl Finding {
    /// `3 of 17`, or that there is nothing.
    #[must_use]
    pub fn count(&self, words: &Words) -> String {
        match (self.input.text().trim().is_empty(), self.hits.len()) {
            (true, _) => String::new(),
            (false, 0) => words.text("find-none"),
            (false, total) => {
                let numbers = [
                    ("at", words.number(self.at as u64 + 1).into()),
                    ("total", words.number(total as u64).into()),
                ];
                words.with("find-count", &numbers)
            }
        }
    }

    pub(super) fn of_row(
        &self,
        row: usize,
    ) -> impl Iterator<Item = (bool, std::ops::Range<usize>)> + '_ {
        let from = self.hits.partition_point(|hit| hit.text < row);
        let hits = self
            .hits
            .iter()
            .enumerate()
            .skip(from)
            .take_while(move |(_, hit)| hit.text == row);
        hits.map(|(index, hit)| (index == self.at, hit.range.clone()))
    }
}
