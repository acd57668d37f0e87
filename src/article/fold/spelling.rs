//! The spellings under which a word or a phrase is looked for: lists of folded words side by side.
//!
//! An index is asked for every one of them, so they are few: [`MAX_SPELLINGS`] at most, the likeliest first.

use super::affix;
use super::typed::Word;

/// For a word alone, and for a phrase.
const MAX_SPELLINGS: usize = 8;

/// Words that stand beside any other, so that joining them makes nothing but accidents: به شهر is not بهشهر.
const STOP_WORDS: &[&str] = &[
    "به", "از", "با", "در", "که", "و", "را", "تا", "ما", "من", "تو", "او", "این", "ان", "هر", "یا",
    "بر", "فی", "عن", "لا", "له", "بو", "a", "an", "and", "at", "by", "in", "is", "it", "of", "on",
    "or", "the", "to", "bu", "da", "de", "ve", "ne", "o", "в", "и", "на", "не", "с", "по", "о",
    "у", "к", "за", "от", "из", "а", "до", "но",
];

/// A word: as typed, joined, split, with an article, with its other spelling.
pub(super) fn of_word(word: &Word) -> Vec<Vec<String>> {
    let mut all = vec![word.parts.clone(), vec![word.joined()]];
    all.extend(affix::without_izafe(&word.parts));
    all.extend(twin(&word.parts));
    if let [alone] = word.parts.as_slice() {
        all.extend(affix::splits(alone));
        all.extend(number(alone));
        let articles = affix::articles(alone, &word.typed);
        all.extend(articles.into_iter().map(|one| vec![one]));
    }
    all.extend(partly_joined(&word.parts));
    few(all)
}

/// Words side by side: as typed, all joined, all split, and one of them in another way.
pub(super) fn of_phrase(words: &[Word]) -> Vec<Vec<String>> {
    let every = |way: Way| words.iter().flat_map(way).collect();
    let mut all = vec![every(as_typed), every(joined), every(split)];
    for changed in 0..words.len() {
        for way in [twin_or_joined as Way, split] {
            let one = words.iter().enumerate();
            let one = one.flat_map(|(at, word)| (if at == changed { way } else { as_typed })(word));
            all.push(one.collect());
        }
    }
    few(all)
}

/// One way to spell a word of a phrase.
type Way = fn(&Word) -> Vec<String>;

fn as_typed(word: &Word) -> Vec<String> {
    word.parts.clone()
}

fn joined(word: &Word) -> Vec<String> {
    vec![word.joined()]
}

fn split(word: &Word) -> Vec<String> {
    let alone = match word.parts.as_slice() {
        [alone] => affix::splits(alone).pop(),
        _ => None,
    };
    alone.unwrap_or_else(|| as_typed(word))
}

fn twin_or_joined(word: &Word) -> Vec<String> {
    twin(&word.parts).unwrap_or_else(|| joined(word))
}

/// Two neighbours as one word; nothing if that would be an accident.
pub(super) fn of_pair(before: &Word, word: &Word) -> Vec<Vec<String>> {
    let (Some((last, start)), Some((first, end))) =
        (before.parts.split_last(), word.parts.split_first())
    else {
        return Vec::new();
    };
    if !joins(last, first) {
        return Vec::new();
    }
    let mut seam = start.to_vec();
    seam.push(format!("{last}{first}"));
    seam.extend_from_slice(end);
    let whole = vec![format!("{}{}", before.joined(), word.joined())];
    few(vec![seam, whole])
}

fn joins(before: &str, word: &str) -> bool {
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    if digits(before) && digits(word) {
        return before.len() <= 3 && word.len() == 3; // 12 345
    }
    let stop = STOP_WORDS.contains(&before) || STOP_WORDS.contains(&word);
    let letters = before.chars().count() + word.chars().count();
    let neutral = digits(before) || digits(word);
    match (affix::is_arabic(before), affix::is_arabic(word)) {
        (true, true) if affix::is_pair(before, word) => true,
        (true, false) | (false, true) if !neutral => false,
        _ => !stop && letters >= 5,
    }
}

fn twin(parts: &[String]) -> Option<Vec<String>> {
    let other = |part: &String| affix::twin(part);
    let any = parts.iter().any(|part| other(part).is_some());
    let twins = parts.iter().map(|p| other(p).unwrap_or_else(|| p.clone()));
    any.then(|| twins.collect())
}

/// کتاب‌های‌شان: others leave out the first ZWNJ, or the second.
fn partly_joined(parts: &[String]) -> Vec<Vec<String>> {
    match parts {
        [one, two, three] => vec![
            vec![format!("{one}{two}"), three.clone()],
            vec![one.clone(), format!("{two}{three}")],
        ],
        _ => Vec::new(),
    }
}

/// 12345 as 12 345; covid19 as covid 19, ۲۰میلیون as 20 میلیون.
fn number(word: &str) -> Option<Vec<String>> {
    let is_digit = |c: char| c.is_ascii_digit();
    let digits = word.chars().filter(|c| is_digit(*c)).count();
    if digits == word.len() {
        return (digits >= 4 && !word.starts_with('0')).then(|| thousands(word));
    }
    let at = match word.starts_with(is_digit) {
        true => word.find(|c| !is_digit(c))?,
        false => word.find(is_digit)?,
    };
    let (first, last) = word.split_at_checked(at)?;
    let one_seam = digits == first.len() || digits == last.len();
    one_seam.then(|| vec![first.to_owned(), last.to_owned()])
}

fn thousands(digits: &str) -> Vec<String> {
    let mut groups = Vec::new();
    let mut rest = digits;
    while let Some((before, group)) = rest.split_at_checked(rest.len().saturating_sub(3))
        && !group.is_empty()
    {
        groups.push(group.to_owned());
        rest = before;
    }
    groups.reverse();
    groups
}

/// Each once, and not too many.
fn few(all: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut few: Vec<Vec<String>> = Vec::with_capacity(MAX_SPELLINGS);
    for one in all {
        if few.len() < MAX_SPELLINGS && !one.is_empty() && !few.contains(&one) {
            few.push(one);
        }
    }
    few
}
