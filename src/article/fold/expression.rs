//! A question as a tree of folded words, for FTS5 and for texts in memory.

use super::tokens::Tokens;
use std::ops::Range;

/// What a text must contain. [`matches`](super::Query::matches) is what FTS5 answers over the body and the joined
/// words of the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Folded words side by side; with `prefix` the last one may go on. At least one word.
    Phrase {
        /// The words.
        words: Vec<String>,
        /// The last word is the beginning of one.
        prefix: bool,
    },
    /// Every one of these; at least two.
    All(Vec<Expression>),
    /// At least one of these; at least two.
    Any(Vec<Expression>),
}

impl Expression {
    pub(super) fn matches(&self, tokens: &Tokens) -> bool {
        match self {
            Self::Phrase { words, prefix } => tokens.contain(words, *prefix),
            Self::All(held) => held.iter().all(|one| one.matches(tokens)),
            Self::Any(held) => held.iter().any(|one| one.matches(tokens)),
        }
    }

    pub(super) fn hits(&self, tokens: &Tokens, hits: &mut Vec<Range<usize>>) {
        match self {
            Self::Phrase { words, prefix } => tokens.hits(words, *prefix, hits),
            Self::All(held) | Self::Any(held) => held.iter().for_each(|one| one.hits(tokens, hits)),
        }
    }

    /// A phrase for each of these spellings.
    pub(super) fn phrases(spellings: Vec<Vec<String>>, prefix: bool) -> Vec<Self> {
        let phrases = spellings.into_iter().map(|words| {
            // a single letter begins every tenth word
            let prefix = prefix
                && words
                    .last()
                    .is_some_and(|word| word.chars().nth(1).is_some());
            Self::Phrase { words, prefix }
        });
        phrases.collect()
    }

    /// The only one, or all of them in `many`.
    pub(super) fn one_or(mut held: Vec<Self>, many: fn(Vec<Self>) -> Self) -> Option<Self> {
        match held.len() {
            0 => None,
            1 => held.pop(),
            _ => Some(many(held)),
        }
    }
}
