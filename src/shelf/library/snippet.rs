//! The part of a text that fits a question best, in its own spelling.

use std::ops::Range;
use varaq_article::fold::Query;

/// Characters of a snippet, give or take a word.
const CHARACTERS: usize = 180;
/// Characters before its first hit.
const BEFORE: usize = 40;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The part; line breaks are spaces.
    pub text: String,
    /// Words of the question in it.
    pub hits: Vec<Range<usize>>,
    /// The text goes on before it.
    pub cut_before: bool,
    /// The text goes on after it.
    pub cut_after: bool,
    /// Words of the question in the whole text.
    pub count: usize,
}

impl Snippet {
    /// The part with the most words of the question; the beginning, if there are none.
    #[must_use]
    pub fn of(text: &str, question: &Query) -> Snippet {
        let hits = question.hits(text);
        let first = densest(&hits);
        let at = hits.get(first).map_or(0, |hit| hit.start);
        let start = before(text, at);
        let end = after(text, start);
        let part = text.get(start..end).unwrap_or_default();
        let inside = |hit: &Range<usize>| hit.start >= start && hit.end <= end;
        let moved = |hit: &Range<usize>| hit.start - start..hit.end - start;
        Snippet {
            text: part.replace(['\n', '\t'], " "),
            hits: hits.iter().filter(|hit| inside(hit)).map(moved).collect(),
            cut_before: start > 0,
            cut_after: end < text.trim_end().len(),
            count: hits.len(),
        }
    }
}

/// The hit from which the most others are near.
fn densest(hits: &[Range<usize>]) -> usize {
    let mut best = (0, 0);
    let mut end = 0;
    for (at, hit) in hits.iter().enumerate() {
        // Most letters of our scripts take one or two bytes.
        let reach = hit.start.saturating_add(CHARACTERS);
        while hits.get(end).is_some_and(|last| last.end <= reach) {
            end += 1;
        }
        let near = end.saturating_sub(at);
        if near > best.0 {
            best = (near, at);
        }
    }
    best.1
}

/// A start of a word some characters before a place; not in an earlier line if the place is
/// near the start of its own.
fn before(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    let mut start = at;
    for (index, c) in head.char_indices().rev().take(BEFORE) {
        if c == '\n' {
            return index + 1;
        }
        if c == ' ' {
            start = index + 1;
        }
        if index == 0 {
            start = 0;
        }
    }
    start
}

/// An end of a word, so many characters on.
fn after(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let Some((limit, _)) = rest.char_indices().nth(CHARACTERS) else {
        return start + rest.trim_end().len();
    };
    let whole = rest.get(..limit).and_then(|part| part.rfind([' ', '\n']));
    start + whole.filter(|end| *end > 0).unwrap_or(limit)
}
