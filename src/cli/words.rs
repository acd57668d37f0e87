//! How things are written on a terminal: strange text without its tricks, sizes, days.

use std::borrow::Cow;
use std::path::Path;

use varaq_bundle::Day;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Text of a bundle for the middle of one of our lines: whatever its direction, it
/// cannot reorder the words around it. Isolates inside it are balanced, so it cannot
/// break out; controls, which FORMAT.md 2 refuses anyway, become U+FFFD.
pub fn isolated(text: &str) -> String {
    format!(
        "{FIRST_STRONG_ISOLATE}{}{POP_ISOLATE}",
        harmless(text, false)
    )
}

/// Text of a bundle on lines of its own; LF and TAB stay when `layout` says so.
pub fn harmless(text: &str, layout: bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut open = 0_u32;
    for c in text.chars() {
        match c {
            '\n' => {
                // An isolate ends with its paragraph (UAX #9, X8).
                open = 0;
                clean.push(if layout { c } else { ' ' });
            }
            '\t' => clean.push(if layout { c } else { ' ' }),
            '\u{2066}'..='\u{2068}' => {
                open += 1;
                clean.push(c);
            }
            POP_ISOLATE if open == 0 => {}
            POP_ISOLATE => {
                open -= 1;
                clean.push(c);
            }
            c if is_control(c) => clean.push(char::REPLACEMENT_CHARACTER),
            c => clean.push(c),
        }
    }
    clean.extend((0..open).map(|_| POP_ISOLATE));
    clean
}

/// What a stranger calls itself: in quotation marks, because it is a claim.
pub fn claim(name: &str) -> String {
    format!("“{}”", isolated(name))
}

/// A path as one line of safe text. Bytes that are not UTF-8 show as U+FFFD.
pub fn path(path: &Path) -> String {
    let text: Cow<'_, str> = path.to_string_lossy();
    text.chars()
        .map(|c| {
            if is_control(c) || is_isolate(c) {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}

/// A size in the unit that gives three digits: `512 B`, `17.7 MB` (powers of 1,000).
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut scaled = bytes as f64;
    let mut unit = "B";
    for next in UNITS {
        if scaled < 999.5 {
            break;
        }
        scaled /= 1000.0;
        unit = next;
    }
    if scaled < 99.95 {
        format!("{scaled:.1} {unit}")
    } else {
        format!("{scaled:.0} {unit}")
    }
}

/// A day as `YYYY-MM-DD`.
pub fn day(day: Day) -> String {
    day.to_string()
}

/// `1 article`, `12 articles`.
pub fn count(n: u64, one: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {one}s")
    }
}

/// C0, C1, line separators, the deprecated embeddings and U+FEFF (FORMAT.md 2).
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{feff}'
        )
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_break_out_of_its_isolate() {
        assert_eq!(isolated("a\u{2069}b"), "\u{2068}ab\u{2069}");
        assert_eq!(isolated("a\u{2067}b"), "\u{2068}a\u{2067}b\u{2069}\u{2069}");
    }

    #[test]
    fn terminal_escapes_become_boxes() {
        assert_eq!(
            isolated("\u{1b}[31mred\r\n"),
            "\u{2068}\u{fffd}[31mred\u{fffd} \u{2069}"
        );
        assert_eq!(harmless("a\tb\nc", true), "a\tb\nc");
        assert_eq!(
            path(Path::new("a\u{1b}]0;x\u{7}\u{202e}b")),
            "a\u{fffd}]0;x\u{fffd}\u{fffd}b"
        );
    }

    #[test]
    fn sizes_have_three_digits_or_fewer() {
        let told: Vec<String> = [
            0,
            999,
            1000,
            17_690_000,
            999_400,
            999_600,
            123_456_789,
            u64::MAX,
        ]
        .map(size)
        .into();
        assert_eq!(
            told,
            [
                "0 B", "999 B", "1.0 kB", "17.7 MB", "999 kB", "1.0 MB", "123 MB", "18447 PB"
            ]
        );
    }
}
