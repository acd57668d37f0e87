//! From text to folded words, in one pass and without an allocation for each word.

use super::letter::{Joiner, Letter, digit, letter, plain};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of the text, lent while it is looked at.
pub(super) struct Word<'a> {
    /// The folded parts, joined by single spaces.
    pub(super) folded: &'a str,
    /// Where each part lies in the text.
    pub(super) parts: &'a [Range<usize>],
}

impl Word<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.parts.first().map_or(0, |part| part.start);
        start..self.parts.last().map_or(start, |part| part.end)
    }
}

/// Calls `each` for every word of `text`, in order.
pub(super) fn scan(text: &str, each: impl FnMut(&Word<'_>)) {
    let mut scan = Scan::new(text, each);
    for (at, c) in text.char_indices() {
        match plain(c) {
            Some(folded) => scan.push(at, at + c.len_utf8(), folded),
            None if c == ' ' => scan.finish(),
            None => scan.take(at, c),
        }
    }
    scan.finish();
}

/// Where in a word the scan is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Inside,
    /// After a part and what may join it to the next one.
    After(Joiner),
}

struct Scan<'t, F> {
    text: &'t str,
    each: F,
    place: Place,
    folded: String,
    parts: Vec<Range<usize>>,
    /// The open part: where it starts in the text, where its last letter ends, where it starts in `folded`.
    start: usize,
    end: usize,
    part: usize,
    /// The separator that groups the digits of this part, and where in `folded` the last group starts.
    group: Option<(char, usize)>,
}

impl<'t, F: FnMut(&Word<'_>)> Scan<'t, F> {
    fn new(text: &'t str, each: F) -> Self {
        Self {
            text,
            each,
            place: Place::Outside,
            folded: String::with_capacity(64),
            parts: Vec::with_capacity(4),
            start: 0,
            end: 0,
            part: 0,
            group: None,
        }
    }

    fn take(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        match letter(c) {
            Letter::One(folded) => self.push(at, end, folded),
            Letter::Break => self.finish(),
            Letter::Several(folded) => folded.chars().for_each(|f| self.push(at, end, f)),
            Letter::Mark => self.mark(end, c),
            Letter::Invisible => {}
            Letter::Joiner(joiner) => self.join(joiner),
            Letter::Point => self.point(end, c),
            Letter::Rare => self.rare(at, end, c),
        }
    }

    #[inline]
    fn push(&mut self, at: usize, end: usize, folded: char) {
        if self.place != Place::Inside {
            self.begin(at, folded);
        }
        self.folded.push(folded);
        self.end = end;
    }

    /// Opens a part: of this word if the joiner holds, else of a new one.
    #[inline]
    fn begin(&mut self, at: usize, next: char) {
        if let Place::After(joiner) = self.place {
            if self.holds(joiner, next) {
                self.folded.push(' ');
            } else {
                self.finish();
            }
        }
        self.place = Place::Inside;
        self.start = at;
        self.part = self.folded.len();
        self.group = None;
    }

    /// COVID-19 is one word; 1990-1995 and 1404-05-06 are numbers beside each other.
    fn holds(&self, joiner: Joiner, next: char) -> bool {
        let before = self.folded.ends_with(|c: char| c.is_ascii_digit());
        match joiner {
            Joiner::Unseen | Joiner::Apostrophe => true,
            Joiner::Hyphen => !(before && next.is_ascii_digit()),
            Joiner::Dot => !next.is_ascii_digit(),
        }
    }

    fn join(&mut self, joiner: Joiner) {
        match self.place {
            Place::Outside => {}
            Place::Inside => {
                self.close();
                self.place = Place::After(joiner);
            }
            Place::After(Joiner::Unseen) => self.place = Place::After(joiner),
            Place::After(_) if joiner == Joiner::Unseen => {}
            Place::After(_) => self.finish(), // two hyphens are a dash
        }
    }

    fn mark(&mut self, end: usize, c: char) {
        if self.place != Place::Inside {
            return;
        }
        self.end = end;
        let whole = match (c, self.folded.chars().next_back()) {
            ('\u{306}', Some('и')) => 'й',
            ('\u{306}', Some('у')) => 'ў',
            ('\u{308}', Some('і')) => 'ї',
            _ => return,
        };
        self.folded.pop();
        self.folded.push(whole);
    }

    /// A point or comma: inside a number, inside initials, or an end.
    fn point(&mut self, end: usize, c: char) {
        if self.groups(end, c) {
            self.group = Some((c, self.folded.len()));
        } else if c == '.' && self.is_initial() {
            self.join(Joiner::Dot);
        } else {
            self.finish();
        }
    }

    /// 1,234 and ۱٬۲۳۴ are 1234: one to three digits before, exactly three after. Else it is a decimal point.
    fn groups(&self, end: usize, c: char) -> bool {
        if self.place != Place::Inside {
            return false;
        }
        let (from, first) = match self.group {
            None => (self.part, true),
            Some((separator, from)) if separator == c => (from, false),
            Some(_) => return false,
        };
        let before = self.folded.get(from..).unwrap_or_default();
        let fits = if first {
            matches!(before.len(), 1..=3) && !before.starts_with('0')
        } else {
            before.len() == 3
        };
        let mut after = self.text.get(end..).unwrap_or_default().chars();
        fits && before.bytes().all(|b| b.is_ascii_digit())
            && after.by_ref().take(3).filter_map(digit).count() == 3
            && after.next().and_then(digit).is_none()
    }

    fn is_initial(&self) -> bool {
        let mut part = self.folded.get(self.part..).unwrap_or_default().chars();
        self.place == Place::Inside
            && part.next().is_some_and(|c| !c.is_ascii_digit())
            && part.next().is_none()
    }

    /// Presentation forms, ligatures, full width, accents that the tables do not name.
    #[cold]
    fn rare(&mut self, at: usize, end: usize, c: char) {
        if !c.is_alphanumeric() && !is_combining_mark(c) {
            return self.finish();
        }
        let mut any = false;
        for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
            match letter(c) {
                Letter::One(folded) => self.push(at, end, folded),
                Letter::Several(folded) => folded.chars().for_each(|f| self.push(at, end, f)),
                Letter::Mark => self.mark(end, c),
                Letter::Rare if c.is_alphanumeric() || is_combining_mark(c) => {
                    self.push(at, end, c);
                }
                _ if any => self.join(Joiner::Unseen),
                _ => continue,
            }
            any = true;
        }
    }

    /// Ends the open part. Persian writes اعضا for اعضاء; short words (ماء, water) keep their hamza.
    fn close(&mut self) {
        if self.folded.ends_with("اء") {
            let part = self.folded.get(self.part..).unwrap_or_default();
            if part.chars().nth(3).is_some() {
                self.folded.pop();
            }
        }
        self.parts.push(self.start..self.end);
    }

    #[inline]
    fn finish(&mut self) {
        match self.place {
            Place::Outside => return,
            Place::Inside => self.close(),
            Place::After(_) => {}
        }
        (self.each)(&Word {
            folded: &self.folded,
            parts: &self.parts,
        });
        self.place = Place::Outside;
        self.folded.clear();
        self.parts.clear();
    }
}
