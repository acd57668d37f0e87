//! The text as it is set, where that differs from the text as it is.
//!
//! Tabs and control characters have no glyph, line ends have many forms, and signs
//! between right-to-left words would turn a line of code round. All offsets outside
//! this file are those of the paragraph's own text.

use std::ops::Range;

/// A tab is set as this.
const TAB: &str = "    ";
/// Invisible, and strongly left to right.
const MARK: &str = "\u{200E}";

/// A paragraph's own text beside the text that is set.
#[derive(Clone, Debug)]
pub(crate) struct SetText {
    own: String,
    /// `None` when it equals `own`.
    set: Option<String>,
    changes: Vec<Change>,
}

/// Bytes of the own text, and what they are in the set one.
#[derive(Clone, Debug)]
struct Change {
    own: Range<usize>,
    set: Range<usize>,
}

impl SetText {
    /// `code`: signs keep their place in the line, whatever words stand around them.
    pub(crate) fn new(own: &str, code: bool) -> SetText {
        let mut text = SetText {
            own: own.to_owned(),
            set: None,
            changes: Vec::new(),
        };
        let is_changed = |c| replacement(c).is_some() || code && is_rtl_letter(c);
        if own.contains(is_changed) {
            text.change(code);
        }
        text
    }

    fn change(&mut self, code: bool) {
        let mut set = String::with_capacity(self.own.len() + 16);
        for (at, character) in self.own.char_indices() {
            let start = set.len();
            let end = at + character.len_utf8();
            match replacement(character) {
                Some(words) => {
                    set.push_str(words);
                    self.changes.push(Change {
                        own: at..end,
                        set: start..set.len(),
                    });
                }
                None => set.push(character),
            }
            let rest = self.own.get(end..).unwrap_or_default();
            if code && is_rtl_letter(character) && signs_follow(rest) {
                let start = set.len();
                set.push_str(MARK);
                self.changes.push(Change {
                    own: end..end,
                    set: start..set.len(),
                });
            }
        }
        self.set = Some(set);
    }

    pub(crate) fn own(&self) -> &str {
        &self.own
    }

    pub(crate) fn set(&self) -> &str {
        self.set.as_deref().unwrap_or(&self.own)
    }

    /// Byte offset in the set text of a byte offset in the own one, moved down to a character boundary.
    pub(crate) fn to_set(&self, own: usize) -> usize {
        let own = floor_boundary(&self.own, own);
        let before = self.changes.partition_point(|change| change.own.end <= own);
        match before
            .checked_sub(1)
            .and_then(|last| self.changes.get(last))
        {
            Some(change) => change.set.end + (own - change.own.end),
            None => own,
        }
    }

    /// Byte offset in the own text of a byte offset in the set one, moved down to a character boundary.
    pub(crate) fn to_own(&self, set: usize) -> usize {
        let before = self
            .changes
            .partition_point(|change| change.set.start <= set);
        let own = match before
            .checked_sub(1)
            .and_then(|last| self.changes.get(last))
        {
            Some(change) if set < change.set.end => change.own.start,
            Some(change) => change.own.end.saturating_add(set - change.set.end),
            None => set,
        };
        floor_boundary(&self.own, own)
    }
}

/// What is set in the place of a character.
fn replacement(character: char) -> Option<&'static str> {
    match character {
        '\t' => Some(TAB),
        '\r' => Some(""),
        // One form of line end; the shaper's geometry expects no other.
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some("\n"),
        '\n' => None,
        other if other.is_control() => Some(" "),
        _ => None,
    }
}

fn is_rtl_letter(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether more than spaces stands before the next letter: quotes, brackets, operators.
fn signs_follow(rest: &str) -> bool {
    let signs = rest
        .chars()
        .take_while(|c| !is_rtl_letter(*c) && !c.is_alphabetic());
    signs
        .clone()
        .any(|c| !c.is_whitespace() && c != '\u{200C}' && c != '\u{200D}')
}

/// The nearest character boundary at or before `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
