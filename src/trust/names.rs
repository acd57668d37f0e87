//! Names that look alike (FORMAT.md section 7, IMPOSTOR_NAME).
//!
//! A name is a claim that anybody can make. Before an unknown publisher's name is
//! shown, it is compared with the names of the publishers this reader trusts, not
//! letter by letter but by what an eye takes it for.

use crate::digits;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_security::skeleton;

/// What a name looks like.
///
/// Two forms, because letters are confused across scripts as they are written ("lran"
/// with a small L) and across case ("IRAN"), and folding one away hides the other. Two
/// names look alike if either form is equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    as_written: String,
    lower_case: String,
}

impl Skeleton {
    /// The skeleton of a name.
    #[must_use]
    pub fn of(name: &str) -> Skeleton {
        let letters: String = name.nfkc().collect();
        Skeleton {
            as_written: look(&letters).to_lowercase(),
            lower_case: look(&letters.to_lowercase()),
        }
    }

    /// True if an eye may take one name for the other.
    #[must_use]
    pub fn looks_like(&self, other: &Skeleton) -> bool {
        self.as_written == other.as_written || self.lower_case == other.lower_case
    }

    /// True if the two differ by one letter: too little to be sure of, too much to call it
    /// the same. Names of less than four letters differ by one all the time.
    #[must_use]
    pub fn resembles(&self, other: &Skeleton) -> bool {
        one_letter_apart(&self.lower_case, &other.lower_case)
    }
}

/// One letter is exchanged, added or missing.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.len() < 4 || long.len().saturating_sub(short.len()) > 1 {
        return false;
    }
    let same = |(a, b): &(&char, &char)| a == b;
    let head = short.iter().zip(&long).take_while(same).count();
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(same);
    head < long.len() && head.saturating_add(tail.count()) >= long.len().saturating_sub(1)
}

/// True if an eye may take one name for the other: equal skeletons.
#[must_use]
pub fn look_alike(one: &str, other: &str) -> bool {
    Skeleton::of(one).looks_like(&Skeleton::of(other))
}

/// Strips what decides nothing about a name's look, folds the letters that Persian,
/// Arabic, Kurdish and Urdu keyboards share, and takes the skeleton of UTS #39.
fn look(name: &str) -> String {
    // Accents, harakat and hamza above a letter go; vowel signs that are letters in
    // their script (class 0) stay. Tatweel only stretches a word.
    let bare: String = name
        .nfkd()
        .filter(|&c| canonical_combining_class(c) == 0 && c != '\u{640}')
        .map(fold)
        .collect();
    let looks: String = skeleton(&bare).collect();
    // Spaces, joiners, dots and dashes are set differently by everyone. What the
    // skeleton writes as a mark on a letter (the dots of sheen) must stay.
    let letters: String = looks
        .chars()
        .filter(|&c| c.is_alphanumeric() || is_combining_mark(c))
        .collect();
    // A name of signs only keeps its signs: "★" and "☆" are not the same nothing.
    if letters.is_empty() { looks } else { letters }
}

/// One letter for each that a keyboard of another language writes in its place.
fn fold(c: char) -> char {
    if let Some(value) = digits::value(c) {
        return char::from(b'0'.saturating_add(value));
    }
    match c {
        // ي ى ې ێ ے → ی
        '\u{64a}' | '\u{649}' | '\u{6d0}' | '\u{6ce}' | '\u{6d2}' => '\u{6cc}',
        // ك ڪ → ک; gaf is another letter
        '\u{643}' | '\u{6aa}' => '\u{6a9}',
        // ة ە ہ ھ ۃ → ه
        '\u{629}' | '\u{6d5}' | '\u{6c1}' | '\u{6be}' | '\u{6c3}' => '\u{647}',
        // ٱ → ا
        '\u{671}' => '\u{627}',
        _ => c,
    }
}
