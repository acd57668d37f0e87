//! Finding words in paragraphs.

use std::ops::Range;

/// A match in one of several texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which text.
    pub text: usize,
    /// Which bytes of it.
    pub range: Range<usize>,
}

/// All matches of `words` in `texts`, in order. Upper and lower case are the same, and so are the letters that
/// keyboards confuse (ي ی, ك ک); joiners and vowel marks in the text are passed over.
#[must_use]
pub fn find<'t>(texts: impl Iterator<Item = &'t str>, words: &str) -> Vec<Hit> {
    let wanted: Vec<char> = words.trim().chars().flat_map(folded).collect();
    let mut hits = Vec::new();
    if wanted.is_empty() {
        return hits;
    }
    for (text, words) in texts.enumerate() {
        hits.extend(
            matches(words, &wanted)
                .into_iter()
                .map(|range| Hit { text, range }),
        );
    }
    hits
}

/// The end of a match, moved over the joiners and marks that belong to its last letter: without them the letter
/// would lose its place on screen.
#[must_use]
pub fn extend_match(text: &str, end: usize) -> usize {
    let mut at = crate::set_text::floor_boundary(text, end);
    for character in text.get(at..).unwrap_or_default().chars() {
        if !is_mark(character) {
            break;
        }
        at += character.len_utf8();
    }
    at
}

fn matches(text: &str, wanted: &[char]) -> Vec<Range<usize>> {
    // Folded letters with the bytes they come from; one letter may fold to several.
    let letters: Vec<(char, usize, usize)> = text
        .char_indices()
        .flat_map(|(at, character)| {
            folded(character).map(move |letter| (letter, at, at + character.len_utf8()))
        })
        .collect();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(window) = letters.get(from..from + wanted.len()) {
        let same = window
            .iter()
            .zip(wanted)
            .all(|((letter, ..), want)| letter == want);
        match (same, window.first(), window.last()) {
            (true, Some((_, start, _)), Some((.., end))) => {
                found.push(*start..*end);
                from += wanted.len();
            }
            _ => from += 1,
        }
    }
    found
}

fn folded(character: char) -> impl Iterator<Item = char> {
    let letter = match character {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ة' => 'ه',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        '٠'..='٩' => digit(character, '٠'),
        '۰'..='۹' => digit(character, '۰'),
        other => other,
    };
    letter
        .to_lowercase()
        .filter(|letter| !is_mark(*letter) && !is_control(*letter))
}

fn digit(character: char, zero: char) -> char {
    char::from_digit(u32::from(character) - u32::from(zero), 10).unwrap_or(character)
}

/// Controls of direction: isolates stand around code and names, and nobody types them.
fn is_control(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}')
}
