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

/// Looks at every letter once and keeps nothing: a search runs with each key that is typed, over the whole article.
fn matches(text: &str, wanted: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.char_indices() {
        if at < from {
            continue;
        }
        if let Some(len) = match_len(text.get(at..).unwrap_or_default(), wanted) {
            from = at + len;
            found.push(at..from);
        }
    }
    found
}

/// How many bytes of `rest` are the wanted letters, if it begins with them.
fn match_len(rest: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (at, character) in rest.char_indices() {
        for letter in folded(character) {
            match left.split_first() {
                Some((want, more)) if *want == letter => left = more,
                Some(_) => return None,
                None => break,
            }
        }
        if left.is_empty() {
            return Some(at + character.len_utf8());
        }
        if left.len() == wanted.len() {
            return None; // a match does not begin with a mark
        }
    }
    None
}

/// The letters that a character is compared as: one, none for marks and controls, or several.
fn folded(character: char) -> impl Iterator<Item = char> {
    let letter = unified(character);
    let shown = !is_mark(letter) && !is_control(letter);
    // ASCII, and the scripts from Arabic up to Georgian, which have no case: nearly every letter goes this way.
    let simple = letter.is_ascii() || ('\u{600}'..'\u{10a0}').contains(&letter);
    let one = (shown && simple).then(|| letter.to_ascii_lowercase());
    let several = (shown && !simple).then(|| letter.to_lowercase());
    let several = several.into_iter().flatten();
    one.into_iter()
        .chain(several.filter(|letter| !is_mark(*letter)))
}

fn unified(character: char) -> char {
    match character {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ة' => 'ه',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        '٠'..='٩' => digit(character, '٠'),
        '۰'..='۹' => digit(character, '۰'),
        '\n' | '\t' | '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    }
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
