//! Forgiving search: text and question are folded alike, so that a word is found however it was typed.
//!
//! Text comes in; folded words ([`words`]), a question as a tree ([`Query::expression`]) and the places that it
//! hits go out. Nothing can go wrong: any string has a fold, and any string is a question, perhaps an empty one.
//!
//! An index keeps two lists of words for each text. The *body* holds every part of every word: می‌خواهم, written
//! with a ZWNJ, is two parts. The *joined* list holds the parts of each such word as one, میخواهم. A question names
//! the few spellings that remain (with a space, joined, with an article), so the index needs no code of its own.
//! Why it is so: ARCHITECTURE.md, "Search folds the text and the question alike".

mod affix;
mod expression;
mod letter;
mod query;
mod scan;
mod spelling;
mod tokens;
mod typed;

use std::ops::Range;

pub use expression::Expression;
pub use query::Query;

/// Calls `word` for each word of `text`, in order: its byte range in the original, and its folded parts, joined by
/// single spaces (more than one part where a ZWNJ, a hyphen or an apostrophe splits it). Never empty; the parts
/// contain no space, and no ASCII other than a-z and 0-9.
pub fn words(text: &str, mut word: impl FnMut(Range<usize>, &str)) {
    scan::scan(text, |found| word(found.range(), found.folded));
}
