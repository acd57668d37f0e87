//! Words as a bundle may hold them: NFC, without the characters that FORMAT.md
//! section 2 refuses, and without entities.

use pulldown_cmark::{Event, Parser};
use unicode_normalization::UnicodeNormalization;

/// The mark that the shortcode pass puts before a tag that must not begin a line.
/// A noncharacter, so that no text can mean it.
pub(super) const MARK: char = '\u{fdd0}';

/// NFC; what no text may hold is dropped, except white space, which stays white space.
pub(super) fn clean_words(words: &str) -> String {
    let kept = words.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if refused(c) => None,
        c => Some(c),
    });
    kept.nfc().collect()
}

/// Words that somebody typed, as one line that a bundle may hold: NFC, white space collapsed.
#[must_use]
pub fn plain_line(words: &str) -> String {
    let words = clean_words(words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a code block: line feeds and tabs stay.
pub(super) fn clean_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text
        .chars()
        .filter(|&c| matches!(c, '\n' | '\t') || !refused(c));
    let text: String = kept.nfc().collect();
    let text = text.strip_prefix('\n').unwrap_or(&text);
    text.trim_end().to_owned()
}

/// One line: entities decoded, white space collapsed, at most `max` characters.
pub(super) fn clean_line(text: &str, max: usize) -> (String, bool) {
    let decoded = decode_entities(text);
    let line = clean_words(&decoded);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(max) {
        None => (line, false),
        Some((end, _)) => (
            line.get(..end).unwrap_or_default().trim_end().to_owned(),
            true,
        ),
    }
}

/// Entities such as `&amp;`, `&#8217;` and `&zwnj;` to the characters they stand for.
/// The Markdown parser knows the whole table of HTML, so there is no second one here.
pub(super) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let body = from.get(1..).unwrap_or_default();
        let len = body.find(|c| !name(c)).unwrap_or(body.len());
        if (2..=32).contains(&len) && body.get(len..).is_some_and(|tail| tail.starts_with(';')) {
            let (entity, tail) = from.split_at(len + 2);
            for event in Parser::new(entity) {
                if let Event::Text(text) = event {
                    out.push_str(&text);
                }
            }
            rest = tail;
        } else {
            out.push('&');
            rest = body;
        }
    }
    out.push_str(rest);
    out
}

fn refused(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}' | '\u{feff}' | MARK)
}
