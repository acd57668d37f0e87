//! What was typed, as words and phrases; nothing is spelled in other ways here.

use super::affix;
use super::letter::{Joiner, Letter, letter};
use super::scan::{self, scan};

/// More words than this are not looked for.
const MAX_WORDS: usize = 16;
/// Nobody types more; a pasted book must not be folded with every key.
const MAX_LEN_BYTES: usize = 4096;

/// A word as typed.
pub(super) struct Word {
    /// Its folded parts; at least one.
    pub(super) parts: Vec<String>,
    /// Its letters before the fold: they tell the keyboard.
    pub(super) typed: String,
}

impl Word {
    /// Its parts as one.
    pub(super) fn joined(&self) -> String {
        self.parts.concat()
    }

    fn is_number(&self) -> bool {
        let digits = |part: &String| part.bytes().all(|b| b.is_ascii_digit());
        self.parts.iter().all(digits)
    }
}

/// One thing that must occur: a word, or words side by side.
pub(super) struct Item {
    pub(super) words: Vec<Word>,
    quoted: bool,
}

impl Item {
    /// The word, if it is a single one outside quotation marks.
    pub(super) fn word(&self) -> Option<&Word> {
        match self.words.as_slice() {
            [word] if !self.quoted => Some(word),
            _ => None,
        }
    }
}

/// The items in order, and whether the last word may still go on: it is whole, and nothing that ends it follows.
pub(super) fn items(typed: &str) -> (Vec<Item>, bool) {
    let mut reading = Reading {
        items: Vec::new(),
        left: MAX_WORDS,
        cut: typed.len() > MAX_LEN_BYTES,
    };
    let typed = typed
        .get(..typed.floor_char_boundary(MAX_LEN_BYTES))
        .unwrap_or_default();
    let mut quoted = false;
    let mut open = false;
    for segment in typed.split(is_quotation_mark) {
        open = reading.segment(segment, quoted);
        quoted = !quoted;
    }
    (reading.items, open && !reading.cut)
}

/// Whatever mark opens, whatever mark closes: „so“, «so», »so«, "so".
fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '«' | '»' | '“' | '”' | '„' | '‟' | '″' | '\u{ff02}'
    )
}

struct Reading {
    items: Vec<Item>,
    left: usize,
    cut: bool,
}

impl Reading {
    /// Reads what stands before, between or after quotation marks; whether its last word is still open.
    fn segment(&mut self, segment: &str, quoted: bool) -> bool {
        let mut end = None;
        scan(segment, |word| {
            let range = word.range();
            let gap = end.and_then(|end| segment.get(end..range.start));
            end = Some(range.end);
            let typed = segment.get(range).unwrap_or_default();
            if let Some(word) = self.word(word, typed) {
                self.place(word, gap, quoted);
            }
        });
        let tail = end.and_then(|end| segment.get(end..));
        tail.is_some_and(|tail| !tail.contains(char::is_whitespace))
    }

    fn word(&mut self, word: &scan::Word<'_>, typed: &str) -> Option<Word> {
        self.cut |= word.parts.len() > self.left;
        let parts = word.folded.split(' ').take(self.left).map(str::to_owned);
        let parts: Vec<String> = parts.collect();
        self.left -= parts.len();
        let typed = typed.to_owned();
        (!parts.is_empty()).then_some(Word { parts, typed })
    }

    /// `gap` is what stands between the word and the one before it, in the same segment.
    fn place(&mut self, word: Word, gap: Option<&str>, quoted: bool) {
        let before = self.items.last_mut().filter(|_| gap.is_some());
        let gap = gap.unwrap_or_default();
        if let Some(before) = before {
            if let Some(last) = before.words.last_mut()
                && is_blank(gap)
                && affix::belongs(&last.parts, &word.parts)
            {
                return last.parts.extend(word.parts);
            }
            if quoted || !parts_items(gap, before.words.last(), &word) {
                return before.words.push(word);
            }
        }
        let words = vec![word];
        self.items.push(Item { words, quoted });
    }
}

fn is_blank(gap: &str) -> bool {
    let is = |c: char| {
        c.is_whitespace()
            || matches!(
                letter(c),
                Letter::Joiner(Joiner::Unseen) | Letter::Invisible
            )
    };
    gap.chars().all(is)
}

/// White space and commas part what is typed; bbc.com, 1404/05/06, 2,5 and زن_زندگی_آزادی are phrases.
fn parts_items(gap: &str, before: Option<&Word>, word: &Word) -> bool {
    let number = before.is_some_and(Word::is_number) && word.is_number();
    gap.contains(char::is_whitespace) || (!number && gap.contains(['،', '؛', ';', ',']))
}
