//! The order of names in a list: by the alphabet of the window's language.
//!
//! In: a name and a language. Out: a key that sorts as a reader of that language expects. Digits come first, then
//! the language's own letters, then everything else in the order of its code points. Capitals and vowel marks
//! make no difference. Nothing can go wrong. Why no ICU: ARCHITECTURE.md.
use crate::words::Language;

const PERSIAN: &str = "ءآاأإبپتثجچحخدذرزژسشصضطظعغفقکگلمنوؤهیئ";
const SORANI: &str = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ";
const ARABIC: &str = "ءآأإاؤئبتثجحخدذرزسشصضطظعغفقكلمنهوىي";
const AZERI: &str = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz";
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const ENGLISH: &str = "abcdefghijklmnopqrstuvwxyz";

/// What a name sorts by.
pub type Key = Vec<(u8, u32)>;

/// The key of `name` for a reader of `language`.
#[must_use]
pub fn key(name: &str, language: Language) -> Key {
    let lower = lower(name, language);
    let signs = lower.chars().filter(|c| !is_silent(*c));
    signs
        .map(|c| weight(letter(c, language), language))
        .collect()
}

/// Azeri I is ı with no dot, İ is i.
fn lower(name: &str, language: Language) -> String {
    let name = match language {
        Language::Azeri => name.replace('I', "ı").replace('İ', "i"),
        _ => name.to_owned(),
    };
    name.to_lowercase()
}

/// Vowel marks, tatweel, joiners and signs of direction.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}')
}

/// One letter for what keyboards write in several ways.
fn letter(c: char, language: Language) -> char {
    match (c, language) {
        ('ك', Language::Persian | Language::Sorani) => 'ک',
        ('ي' | 'ى', Language::Persian | Language::Sorani) => 'ی',
        ('ک', Language::Arabic) => 'ك',
        ('ی', Language::Arabic) => 'ي',
        ('ة', _) => 'ه',
        _ => c,
    }
}

fn weight(c: char, language: Language) -> (u8, u32) {
    let digit = match c {
        '۰'..='۹' => Some(u32::from(c) - u32::from('۰')),
        '٠'..='٩' => Some(u32::from(c) - u32::from('٠')),
        _ => c.to_digit(10),
    };
    let place = alphabet(language).chars().position(|l| l == c);
    match (digit, place.and_then(|at| u32::try_from(at).ok())) {
        (Some(digit), _) => (1, digit),
        (None, Some(place)) => (2, place),
        (None, None) if c.is_alphabetic() => (3, u32::from(c)),
        (None, None) => (0, u32::from(c)),
    }
}

fn alphabet(language: Language) -> &'static str {
    match language {
        Language::Persian => PERSIAN,
        Language::Sorani => SORANI,
        Language::Arabic => ARABIC,
        Language::Azeri => AZERI,
        Language::Russian => RUSSIAN,
        Language::English => ENGLISH,
    }
}
