//! What one character becomes.
//!
//! Where keyboards and habits write one letter in several ways, all ways become one. Letters that tell words apart
//! for the people who write them stay apart: گ is not ک, й is not и.

/// The fold of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// One letter or digit.
    One(char),
    /// Several letters.
    Several(&'static str),
    /// Dropped; belongs to the letter before it (harakat, accents, tatweel).
    Mark,
    /// Dropped; cannot be seen (bidi controls, soft hyphen, ZWJ).
    Invisible,
    /// Splits a word into parts if letters stand on both sides.
    Joiner(Joiner),
    /// Ends a word, unless it groups the digits of a number.
    Point,
    /// Ends a word.
    Break,
    /// To be decomposed first; no letter of the languages we fold with care.
    Rare,
}

/// What holds the parts of one word together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joiner {
    /// ZWNJ, and what stands for it in old texts.
    Unseen,
    /// Well-known.
    Hyphen,
    /// Don’t, п'ять.
    Apostrophe,
    /// U.S., after a single letter.
    Dot,
}

use Letter::{Break, Invisible, Mark, One, Point, Rare, Several};

/// Most characters of most texts become one letter: those are looked up. `None` for all others.
#[inline]
pub(super) fn plain(c: char) -> Option<char> {
    let folded = PLAIN.get(c as usize).copied();
    folded.filter(|folded| *folded != NOT_PLAIN)
}

const NOT_PLAIN: char = '\0';

/// Up to the end of the Arabic block.
#[expect(
    clippy::indexing_slicing,
    reason = "made by the compiler, which refuses a wrong index"
)]
static PLAIN: [char; 0x700] = {
    let mut table = [NOT_PLAIN; 0x700];
    let mut at = 0;
    while at < table.len() {
        if let Some(c) = char::from_u32(at as u32)
            && let One(folded) = letter(c)
        {
            table[at] = folded;
        }
        at += 1;
    }
    table
};

/// Folds one character.
pub(super) const fn letter(c: char) -> Letter {
    match c {
        'a'..='z' | '0'..='9' => One(c),
        'A'..='Z' => One(c.to_ascii_lowercase()),
        '.' | ',' => Point,
        '-' => Letter::Joiner(Joiner::Hyphen),
        '\'' => Letter::Joiner(Joiner::Apostrophe),
        '\0'..='\u{7f}' => Break,
        '\u{80}'..='\u{24f}' => latin(c),
        'а'..='я' => One(c),
        '\u{400}'..='\u{45f}' => cyrillic(c),
        '\u{600}'..='\u{6ff}' => arabic(c),
        '\u{2000}'..='\u{206f}' => punctuation(c),
        _ => other(c),
    }
}

/// Azeri typed without its letters is the common case: ə is e, ı and İ are i in every locale.
const fn latin(c: char) -> Letter {
    match c {
        'ə' | 'Ə' | 'ǝ' | 'é' | 'É' | 'è' | 'È' | 'ê' | 'ë' => One('e'),
        'ı' | 'İ' | 'í' | 'î' | 'ï' => One('i'),
        'ş' | 'Ş' => One('s'),
        'ç' | 'Ç' => One('c'),
        'ğ' | 'Ğ' => One('g'),
        'ö' | 'Ö' | 'ó' | 'ô' | 'ø' | 'Ø' => One('o'),
        'ü' | 'Ü' | 'ú' | 'û' => One('u'),
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => One('a'),
        'ñ' => One('n'),
        'ł' | 'Ł' => One('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => One('d'),
        'ħ' | 'Ħ' => One('h'),
        'ŧ' | 'Ŧ' => One('t'),
        'ß' => Several("ss"),
        'æ' | 'Æ' => Several("ae"),
        'œ' | 'Œ' => Several("oe"),
        'þ' | 'Þ' => Several("th"),
        '\u{a0}' => Point,
        '\u{ad}' => Invisible,
        '¬' => Letter::Joiner(Joiner::Unseen), // what old Persian keyboard layouts put for ZWNJ
        '´' => Letter::Joiner(Joiner::Apostrophe),
        _ => Rare,
    }
}

/// ё is written е in most print; й is a letter of its own, and so are і, ї, є, ґ and ў.
const fn cyrillic(c: char) -> Letter {
    match c {
        'ё' | 'Ё' | 'ѐ' | 'Ѐ' => One('е'),
        'ѝ' | 'Ѝ' => One('и'),
        'ѓ' | 'Ѓ' => One('г'),
        'ќ' | 'Ќ' => One('к'),
        'А'..='Я' => below(c, 0x20),
        '\u{400}'..='\u{40f}' => below(c, 0x50),
        _ => One(c),
    }
}

const fn below(c: char, distance: u32) -> Letter {
    match char::from_u32(c as u32 + distance) {
        Some(lower) => One(lower),
        None => One(c),
    }
}

const fn arabic(c: char) -> Letter {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => One('ا'),
        'ي' | 'ى' | 'ئ' | 'ێ' | 'ې' | 'ۍ' | 'ے' | 'ۓ' | 'ؽ'..='ؿ' | 'ٸ' => One('ی'),
        'ك' | 'ڪ' | 'ػ' | 'ؼ' => One('ک'),
        'ة' | 'ۀ' | 'ۂ' | 'ە' | 'ھ' | 'ہ' | 'ۃ' => One('ه'),
        'ؤ' | 'ٶ' | 'ٷ' | 'ۄ'..='ۈ' | 'ۊ' | 'ۋ' | 'ۏ' => One('و'),
        'ڕ' => One('ر'),
        'ڵ' => One('ل'),
        'ڤ' => One('ف'),
        'ګ' => One('گ'),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => match digit(c) {
            Some(digit) => One(digit),
            None => Break,
        },
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => Mark,
        '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' => Mark,
        '٬' | '،' => Point,
        '\u{61c}' => Invisible,
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6ee}'..='\u{6ef}' => One(c),
        '\u{6fa}'..='\u{6fc}' | '\u{6ff}' => One(c),
        _ => Break,
    }
}

/// ASCII, Arabic-Indic and Persian digits.
pub(super) const fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

const fn punctuation(c: char) -> Letter {
    match c {
        '\u{200b}' | '\u{200c}' => Letter::Joiner(Joiner::Unseen), // zero-width space: misused as ZWNJ
        '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Invisible,
        '\u{2010}' | '\u{2011}' => Letter::Joiner(Joiner::Hyphen),
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => Letter::Joiner(Joiner::Apostrophe),
        '\u{2009}' | '\u{202f}' => Point, // thin spaces between the digits of a number
        _ => Break,
    }
}

const fn other(c: char) -> Letter {
    match c {
        'ə' => One('e'),
        'ς' => One('σ'),
        '\u{2b9}' | '\u{2bb}'..='\u{2bd}' | '\u{5f3}' | '\u{ff07}' => {
            Letter::Joiner(Joiner::Apostrophe)
        }
        '\u{5be}' | '\u{fe63}' | '\u{ff0d}' => Letter::Joiner(Joiner::Hyphen),
        '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{483}'..='\u{489}' => Mark,
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' => Mark,
        '\u{5c7}' | '\u{897}'..='\u{89f}' | '\u{8ca}'..='\u{8ff}' => Mark,
        '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => Mark,
        '\u{fe20}'..='\u{fe2f}' => Mark,
        '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => Invisible,
        '\u{e0000}'..='\u{e0fff}' => Invisible,
        _ => Rare,
    }
}
