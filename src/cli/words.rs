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

/// A day as `YYYY-MM-DD` in the Gregorian calendar, which scripts can sort.
///
/// Counts days from 0000-03-01, so that a leap day is the last of its year, and years in
/// 400-year cycles of 146,097 days.
pub fn day(day: Day) -> String {
    let from_march = u64::from(day.0) + 719_468;
    let (cycle, day_of_cycle) = (from_march / 146_097, from_march % 146_097);
    let year_of_cycle = (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524
        - day_of_cycle / 146_096)
        / 365;
    let day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let (month, next_year) = if month_from_march < 10 {
        (month_from_march + 3, 0)
    } else {
        (month_from_march - 9, 1)
    };
    format!(
        "{:04}-{month:02}-{day_of_month:02}",
        cycle * 400 + year_of_cycle + next_year
    )
}

/// The day that `YYYY-MM-DD` names, 1970-01-01 to 9999-12-31.
pub fn parse_day(text: &str) -> Result<Day, &'static str> {
    const EXPECTED: &str = "expected a day between 1970-01-01 and 9999-12-31, as YYYY-MM-DD";
    let mut fields = text.split('-').map(|field| {
        field
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| field.parse::<u32>().ok())
            .flatten()
    });
    let (Some(Some(year)), Some(Some(_)), Some(Some(_)), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(EXPECTED);
    };
    // Years have at most 366 days: start early and let the day itself say when it is right.
    let first = u32::try_from((u64::from(year.saturating_sub(1970)) * 365).min(Day::LAST.0.into()))
        .unwrap_or_default();
    (first..=first.saturating_add(2_400).min(Day::LAST.0))
        .map(Day)
        .find(|&candidate| day(candidate) == text)
        .ok_or(EXPECTED)
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
    fn days_are_written_and_read() {
        for (number, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_514, "2026-03-02"),
            (Day::LAST.0, "9999-12-31"),
        ] {
            assert_eq!(day(Day(number)), text);
            assert_eq!(parse_day(text), Ok(Day(number)));
        }
        for wrong in [
            "",
            "2026-3-2",
            "2026-02-29",
            "1969-12-31",
            "2026-03-02-",
            "+2026-03-02",
            "20260302",
            "10000-01-01",
        ] {
            assert!(parse_day(wrong).is_err(), "{wrong}");
        }
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
