//! Days in words: Jalali first in Persian, Gregorian first elsewhere; beside it the other one where it is used.
//!
//! In: days since 1970-01-01, as bundles carry them. The Jalali year follows the published table of leap-year
//! breaks (it agrees with the official calendar for the years 1206-1498); where the table ends, only the
//! Gregorian day is given.
mod names;

use crate::words::{Language, Words};
use jiff::{ToSpan as _, civil::Date};

/// A day in a calendar: year, month 1-12, day 1-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year of the calendar.
    pub year: i32,
    /// 1-12.
    pub month: u8,
    /// 1-31.
    pub day: u8,
}

/// The day in words, in the language's own calendar: `دوشنبه ۲ آذر ۱۴۰۵`, `Monday 23 November 2026`.
#[must_use]
pub fn words_of(day: u32, words: &Words) -> String {
    let Some(date) = date_of(day) else {
        return words.number(u64::from(day));
    };
    let language = words.language();
    let week = names::weekday(language, date.weekday().to_monday_zero_offset());
    let gregorian = Civil::of(date);
    let text = match (language, jalali(day)) {
        (Language::Persian, Some(civil)) => format!("{week} {}", in_jalali(civil, language)),
        _ => with_weekday(week, &in_gregorian(gregorian, language), language),
    };
    words.digits(&text)
}

/// The day without its weekday: `۲ آذر ۱۴۰۵`, `23 November 2026`.
#[must_use]
pub fn short(day: u32, words: &Words) -> String {
    let Some(date) = date_of(day) else {
        return words.number(u64::from(day));
    };
    let language = words.language();
    let text = match (language, jalali(day)) {
        (Language::Persian, Some(civil)) => in_jalali(civil, language),
        _ => in_gregorian(Civil::of(date), language),
    };
    words.digits(&text)
}

/// The same day in the other calendar, short: `23 Nov 2026`, `2 Azar 1405`. `None` where nobody counts by it.
#[must_use]
pub fn beside(day: u32, words: &Words) -> Option<String> {
    match words.language() {
        Language::Persian => {
            let civil = Civil::of(date_of(day)?);
            // A date in Latin letters keeps its own order inside a line from right to left.
            let text = in_order(civil, names::short(civil.month));
            Some(format!("\u{2066}{text}\u{2069}"))
        }
        Language::Arabic | Language::Russian => None,
        language => Some(words.digits(&in_jalali(jalali(day)?, language))),
    }
}

fn in_order(civil: Civil, month: &str) -> String {
    format!("{} {month} {}", civil.day, civil.year)
}

fn in_jalali(civil: Civil, language: Language) -> String {
    let month = names::jalali(language, civil.month);
    match language {
        Language::Sorani => format!("{}ی {month}ی {}", civil.day, civil.year),
        _ => in_order(civil, month),
    }
}

fn in_gregorian(civil: Civil, language: Language) -> String {
    let month = names::month(language, civil.month);
    match language {
        Language::Sorani => format!("{}ی {month}ی {}", civil.day, civil.year),
        Language::Russian => format!("{} года", in_order(civil, month)),
        _ => in_order(civil, month),
    }
}

fn with_weekday(week: &str, day: &str, language: Language) -> String {
    match language {
        Language::Sorani | Language::Arabic => format!("{week}، {day}"),
        Language::Azeri => format!("{day}, {week}"),
        Language::Russian => format!("{week}, {day}"),
        Language::Persian | Language::English => format!("{week} {day}"),
    }
}

impl Civil {
    fn of(date: Date) -> Self {
        Self {
            year: i32::from(date.year()),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        }
    }
}

fn date_of(day: u32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1)
        .checked_add(i64::from(day).days())
        .ok()
}

/// First years in which the pattern of leap years changes.
const BREAKS: [i32; 20] = [
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324,
    2394, 2456, 3178,
];

/// The Jalali day; `None` after the year 3177.
#[must_use]
pub fn jalali(day: u32) -> Option<Civil> {
    let date = date_of(day)?;
    let mut year = i32::from(date.year()) - 621;
    let (leap, march) = nowruz(year)?;
    let first = jiff::civil::date(date.year(), 3, march);
    let mut k = i64::from(date.since(first).ok()?.get_days());
    if k >= 0 {
        if k <= 185 {
            return civil(year, 1 + k / 31, 1 + k % 31);
        }
        k -= 186;
    } else {
        year -= 1;
        k += 179 + i64::from(leap == 1);
    }
    civil(year, 7 + k / 30, 1 + k % 30)
}

fn civil(year: i32, month: i64, day: i64) -> Option<Civil> {
    Some(Civil {
        year,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
    })
}

/// Years since the last leap year (0 = leap) and the day of March on which `year` begins.
fn nowruz(year: i32) -> Option<(i32, i8)> {
    let gregorian = year + 621;
    let mut leaps = -14;
    let mut from = -61;
    let mut jump = 0;
    let mut found = false;
    for &next in BREAKS.iter().skip(1) {
        jump = next - from;
        if year < next {
            found = true;
            break;
        }
        leaps += jump / 33 * 8 + jump % 33 / 4;
        from = next;
    }
    if !found || year < -61 {
        return None;
    }
    let mut n = year - from;
    leaps += n / 33 * 8 + (n % 33 + 3) / 4;
    if jump % 33 == 4 && jump - n == 4 {
        leaps += 1;
    }
    let gregorian_leaps = gregorian / 4 - (gregorian / 100 + 1) * 3 / 4 - 150;
    let march = 20 + leaps - gregorian_leaps;
    if jump - n < 6 {
        n = n - jump + (jump + 4) / 33 * 33;
    }
    let leap = match ((n + 1) % 33 - 1) % 4 {
        -1 => 4,
        leap => leap,
    };
    Some((leap, i8::try_from(march).ok()?))
}
