//! The words of a text as the index keeps them: parts in the body, and split words once more as one.

use super::letter::{Joiner, Letter, letter};
use super::scan::{Word, scan};
use std::ops::Range;

/// A folded word of a text and its place.
struct Token {
    folded: Range<usize>,
    range: Range<usize>,
}

/// The folded words of one text.
pub(super) struct Tokens {
    folded: String,
    body: Vec<Token>,
    joined: Vec<Token>,
}

impl Tokens {
    pub(super) fn of(text: &str) -> Self {
        let mut tokens = Self {
            folded: String::with_capacity(text.len()),
            body: Vec::new(),
            joined: Vec::new(),
        };
        scan(text, |word| tokens.add(text, word));
        tokens
    }

    /// Whether the words stand side by side, in the body or in the joined list; the last one may go on.
    pub(super) fn contain(&self, words: &[String], prefix: bool) -> bool {
        let lists = [&self.body, &self.joined];
        lists
            .iter()
            .any(|list| self.find(list, words, prefix).next().is_some())
    }

    /// Adds the places where the words stand: a phrase of the body as a whole. Neighbours in the joined list may be
    /// far apart in the text, so there each word is a place of its own.
    pub(super) fn hits(&self, words: &[String], prefix: bool, hits: &mut Vec<Range<usize>>) {
        for found in self.find(&self.body, words, prefix) {
            if let [first, .., last] | [first @ last] = found {
                hits.push(first.range.start..last.range.end);
            }
        }
        for found in self.find(&self.joined, words, prefix) {
            hits.extend(found.iter().map(|token| token.range.clone()));
        }
    }

    fn find<'a>(
        &'a self,
        list: &'a [Token],
        words: &'a [String],
        prefix: bool,
    ) -> impl Iterator<Item = &'a [Token]> {
        let (last, before) = words.split_last().unwrap_or((EMPTY, &[]));
        list.windows(words.len().max(1)).filter(move |found| {
            let Some((end, start)) = found.split_last() else {
                return false;
            };
            let goes_on = prefix && self.text(end).starts_with(last.as_str());
            (goes_on || self.text(end) == last)
                && start.iter().zip(before).all(|(t, w)| self.text(t) == w)
        })
    }

    fn text(&self, token: &Token) -> &str {
        self.folded.get(token.folded.clone()).unwrap_or_default()
    }

    fn add(&mut self, text: &str, word: &Word<'_>) {
        let from = self.folded.len();
        let mut rest = word.parts.iter().peekable();
        for folded in word.folded.split(' ') {
            let Some(part) = rest.next() else { break };
            let end = match rest.peek() {
                Some(next) if is_unseen(text, part.end..next.start) => next.start,
                _ => part.end,
            };
            let at = self.folded.len();
            self.folded.push_str(folded);
            self.body.push(Token {
                folded: at..self.folded.len(),
                range: part.start..end,
            });
        }
        if word.parts.len() > 1 {
            self.joined.push(Token {
                folded: from..self.folded.len(),
                range: word.range(),
            });
        }
    }
}

const EMPTY: &String = &String::new();

/// Nothing to see between two parts: then the mark of a hit runs over it, or the last letter of the first part
/// would lose its shape on screen.
fn is_unseen(text: &str, gap: Range<usize>) -> bool {
    let is = |c| {
        matches!(
            letter(c),
            Letter::Joiner(Joiner::Unseen) | Letter::Invisible | Letter::Mark
        )
    };
    text.get(gap).is_some_and(|gap| gap.chars().all(is))
}
