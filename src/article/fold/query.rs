//! What a person typed, as a question.

use super::expression::Expression;
use super::spelling;
use super::tokens::Tokens;
use super::typed::{Item, items};
use std::ops::Range;

/// What a person typed: words that must all occur, and "phrases" in any quotation marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    expression: Option<Expression>,
}

impl Query {
    /// Parses what was typed. While `typing`, the last word may be the beginning of one, unless white space or a
    /// quotation mark follows it. Never fails: of a very long question the first 16 words count, and a question
    /// without a word is empty.
    #[must_use]
    pub fn parse(typed: &str, typing: bool) -> Self {
        let (items, open) = items(typed);
        let going_on = (typing && open).then(|| items.len().saturating_sub(1));
        let all = (0..items.len()).filter_map(|at| item(&items, at, going_on));
        Self {
            expression: Expression::one_or(all.collect(), Expression::All),
        }
    }

    /// Whether it holds no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expression.is_none()
    }

    /// As a tree, for FTS5; `None` if it is empty.
    #[must_use]
    pub fn expression(&self) -> Option<&Expression> {
        self.expression.as_ref()
    }

    /// The places in `text` that the question hits: byte ranges, in order, apart from each other. Words are hit one
    /// by one, a phrase as a whole; a word is hit even where the rest of the question is missing.
    #[must_use]
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let mut hits = Vec::new();
        if let Some(expression) = &self.expression {
            expression.hits(&Tokens::of(text), &mut hits);
        }
        merged(hits)
    }

    /// Whether `text` as a whole satisfies the question: all words, in any order, and phrases as they stand. An
    /// empty question asks for nothing, so every text satisfies it.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let expression = self.expression.as_ref();
        expression.is_none_or(|expression| expression.matches(&Tokens::of(text)))
    }
}

/// One word, however it is spelled or joined to a neighbour; or a phrase. The last word of the item `going_on` may
/// be the beginning of one.
fn item(items: &[Item], at: usize, going_on: Option<usize>) -> Option<Expression> {
    let (item, prefix) = (items.get(at)?, going_on == Some(at));
    let Some(word) = item.word() else {
        let phrases = Expression::phrases(spelling::of_phrase(&item.words), prefix);
        return Expression::one_or(phrases, Expression::Any);
    };
    let neighbour = |at: Option<usize>| at.and_then(|at| items.get(at)).and_then(Item::word);
    let mut spellings = spelling::of_word(word);
    if let Some(before) = neighbour(at.checked_sub(1)) {
        spellings.extend(spelling::of_pair(before, word));
    }
    let mut any = Expression::phrases(spellings, prefix);
    if let Some(after) = neighbour(at.checked_add(1)) {
        let prefix = going_on == Some(at + 1);
        any.extend(Expression::phrases(spelling::of_pair(word, after), prefix));
    }
    Expression::one_or(any, Expression::Any)
}

/// In order; what overlaps or touches becomes one.
fn merged(mut hits: Vec<Range<usize>>) -> Vec<Range<usize>> {
    hits.sort_by_key(|hit| (hit.start, hit.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(hits.len());
    for hit in hits {
        match apart.last_mut() {
            Some(last) if hit.start <= last.end => last.end = last.end.max(hit.end),
            _ => apart.push(hit),
        }
    }
    apart
}
