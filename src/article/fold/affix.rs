//! What is written to a word in one piece, with a ZWNJ or apart: Persian prefixes and suffixes, the Arabic article.
//!
//! Folded letters come in and go out. The lists are short on purpose: each entry is a habit of many writers, and
//! each spelling that is tried costs a look into the index.

/// Never words of their own, so they belong to the next word even after a space.
const BOUND_PREFIXES: &[&str] = &["می", "نمی"];
/// Never words of their own, so they belong to the word before.
const BOUND_SUFFIXES: &[&str] = &[
    "ها",
    "های",
    "هایی",
    "هایم",
    "هایت",
    "هایش",
    "هایمان",
    "هایتان",
    "هایشان",
    "تر",
    "ترین",
    "ترها",
];
/// Also words of their own: they are tried at a word, and not taken for a part of it.
const LOOSE_PREFIXES: &[&str] = &["بی", "هم", "نا", "پیش", "پس", "ابر", "فرا"];
const LOOSE_SUFFIXES: &[&str] = &[
    "شان",
    "مان",
    "تان",
    "شده",
    "شدن",
    "شدگان",
    "کننده",
    "کنندگان",
    "کردن",
    "گذار",
    "گذاری",
    "ساز",
    "سازی",
    "نامه",
    "خانه",
    "پذیر",
    "پذیری",
    "امیز",
    "بندی",
    "دار",
    "داری",
    "پرداز",
    "پردازی",
    "شناس",
    "شناسی",
    "گیری",
    "دهنده",
    "دهندگان",
    "نشین",
    "رسانی",
    "گرایی",
    "گرا",
    "محور",
];
/// After a silent ه only: رفته‌اند, خانه‌ای. Elsewhere they end too many words.
const AFTER_HEH: &[&str] = &["ام", "ات", "اش", "ای", "اند", "ایم", "اید", "ی"];
/// Two spellings of one word that no letter-for-letter fold makes equal: hamza on yeh, waw or alef, old and new letters.
const TWINS: &[(&str, &str)] = &[
    ("مسیول", "مسوول"),
    ("شیون", "شوون"),
    ("ریوف", "رووف"),
    ("هییت", "هیات"),
    ("جریت", "جرات"),
    ("نشیت", "نشات"),
    ("مسیله", "مساله"),
    ("سیوال", "سوال"),
    ("بلیط", "بلیت"),
    ("اطاق", "اتاق"),
    ("باطری", "باتری"),
    ("امپراطور", "امپراتور"),
    ("طهران", "تهران"),
];
/// What ال would turn into another word: آلمان, آلبوم, الماس, الهام, الیاس, البته, الگو.
const NO_ARTICLE: &[&str] = &["مان", "بوم", "ماس", "هام", "یاس", "بته", "گو"];

/// Whether the parts of a word go on in the next word, although a space lies between: می خواهم, کتاب ها, خانه ی.
pub(super) fn belongs(before: &[String], word: &[String]) -> bool {
    let (Some(last), Some(first)) = (before.last(), word.first()) else {
        return false;
    };
    let prefix = before.len() == 1 && BOUND_PREFIXES.contains(&last.as_str());
    let suffix = word.len() == 1 && BOUND_SUFFIXES.contains(&first.as_str());
    let izafe = word.len() == 1 && first == "ی" && last.ends_with('ه');
    is_arabic(last) && is_arabic(first) && (prefix || suffix || izafe)
}

/// Whether one of the two is an affix of the other.
pub(super) fn is_pair(before: &str, word: &str) -> bool {
    BOUND_PREFIXES.contains(&before)
        || LOOSE_PREFIXES.contains(&before)
        || BOUND_SUFFIXES.contains(&word)
        || LOOSE_SUFFIXES.contains(&word)
        || (AFTER_HEH.contains(&word) && before.ends_with('ه'))
}

/// A word in two, where an affix may have been written apart.
pub(super) fn splits(word: &str) -> Vec<Vec<String>> {
    if !is_arabic(word) {
        return Vec::new();
    }
    let two = |(first, last): (&str, &str)| vec![first.to_owned(), last.to_owned()];
    let all = prefix(word).into_iter().chain(suffix(word));
    all.chain(inner_article(word)).map(two).collect()
}

fn prefix(word: &str) -> Option<(&str, &str)> {
    let cut = |prefix: &&'static str, least: usize| {
        let rest = word.strip_prefix(prefix)?;
        (rest.chars().count() >= least).then_some((*prefix, rest))
    };
    let bound = BOUND_PREFIXES.iter().find_map(|prefix| cut(prefix, 2));
    bound.or_else(|| LOOSE_PREFIXES.iter().find_map(|prefix| cut(prefix, 3)))
}

/// عبدالله, دارالفنون: others write the second word apart.
fn inner_article(word: &str) -> Option<(&str, &str)> {
    let (stem, rest) = word.split_at_checked(word.find("ال")?)?;
    (stem.chars().count() >= 3 && rest.chars().count() >= 4).then_some((stem, rest))
}

/// The longest suffix that leaves a stem of three letters.
fn suffix(word: &str) -> Option<(&str, &str)> {
    let cut = |suffix: &'static str| Some((word.strip_suffix(suffix)?, suffix));
    let after_heh = AFTER_HEH.iter().filter_map(|suffix| cut(suffix));
    let after_heh = after_heh.filter(|(stem, _)| stem.ends_with('ه'));
    let all = BOUND_SUFFIXES.iter().chain(LOOSE_SUFFIXES);
    let all = all.filter_map(|suffix| cut(suffix)).chain(after_heh);
    all.filter(|(stem, _)| stem.chars().count() >= 3)
        .max_by_key(|(_, suffix)| suffix.len())
}

/// خانه‌ی without its ی: others write خانهٔ or خانه.
pub(super) fn without_izafe(parts: &[String]) -> Option<Vec<String>> {
    let (last, stem) = parts.split_last()?;
    let silent = stem.last().is_some_and(|part| part.ends_with('ه'));
    (silent && last == "ی").then(|| stem.to_vec())
}

/// The same word with its other spelling, if it is one of the [`TWINS`].
pub(super) fn twin(part: &str) -> Option<String> {
    TWINS.iter().find_map(|(one, other)| {
        if part.contains(one) {
            Some(part.replace(one, other))
        } else {
            part.contains(other).then(|| part.replace(other, one))
        }
    })
}

/// The word with an Arabic article, or without the one that was typed.
///
/// The letters that were typed tell the keyboard: پ, گ or ە are in no Arabic word, ی and ک are on no Arabic
/// keyboard. وال, بال and لل are tried for words of four letters and more, or والدین (parents) would be دین (faith).
pub(super) fn articles(word: &str, typed: &str) -> Vec<String> {
    let foreign = typed.contains(['پ', 'چ', 'ژ', 'گ', 'ە', 'ێ', 'ۆ', 'ڕ', 'ڵ']);
    let letters = word.chars().count();
    if foreign || letters < 3 || !is_arabic(word) || NO_ARTICLE.contains(&word) {
        return Vec::new();
    }
    let persian = typed.contains(['ی', 'ک']);
    match word.strip_prefix("ال") {
        Some(bare) if NO_ARTICLE.contains(&bare) => Vec::new(),
        Some(bare) if !persian && typed.starts_with("ال") && letters >= 5 => {
            vec![bare.to_owned()]
        }
        Some(_) => Vec::new(),
        None if !persian && letters >= 4 => with(&["ال", "وال", "بال", "لل"], word),
        None => with(&["ال"], word),
    }
}

fn with(prefixes: &[&str], word: &str) -> Vec<String> {
    let with = prefixes.iter().map(|prefix| format!("{prefix}{word}"));
    with.collect()
}

/// Whether a folded word starts with a letter of the Arabic script.
pub(super) fn is_arabic(word: &str) -> bool {
    word.starts_with(|c: char| matches!(c, '\u{600}'..='\u{6ff}'))
}
