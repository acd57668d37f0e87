//! Days in words: Jalali first in Persian, Gregorian first in English, the other one beside it.
//!
//! In: days since 1970-01-01, as bundles carry them. The Jalali year follows the published table of leap-year
//! breaks (it agrees with the official calendar for the years 1206-1498); where the table ends, only the
//! Gregorian day is given.
use crate::words::{Language, Words};
use jiff::{ToSpan as _, civil::Date};

const GREGORIAN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GREGORIAN_SHORT: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const JALALI: [&str; 12] = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];
const JALALI_LATIN: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];
const WEEK: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const WEEK_PERSIAN: [&str; 7] = [
    "دوشنبه",
    "سه‌شنبه",
    "چهارشنبه",
    "پنج‌شنبه",
    "جمعه",
    "شنبه",
    "یکشنبه",
];

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
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    match (words.language(), jalali(day)) {
        (Language::Persian, Some(civil)) => {
            let text = format!(
                "{} {} {} {}",
                at(&WEEK_PERSIAN, weekday),
                civil.day,
                month(&JALALI, civil.month),
                civil.year
            );
            words.digits(&text)
        }
        _ => {
            let name = month(&GREGORIAN, date.month().unsigned_abs());
            format!(
                "{} {} {name} {}",
                at(&WEEK, weekday),
                date.day(),
                date.year()
            )
        }
    }
}

/// The day without its weekday: `۲ آذر ۱۴۰۵`, `23 November 2026`.
#[must_use]
pub fn short(day: u32, words: &Words) -> String {
    let long = words_of(day, words);
    let (_, rest) = long.split_once(' ').unwrap_or(("", &long));
    rest.to_owned()
}

/// The same day in the other calendar, short: `23 Nov 2026`, `2 Azar 1405`.
#[must_use]
pub fn beside(day: u32, words: &Words) -> Option<String> {
    match words.language() {
        Language::Persian => {
            let date = date_of(day)?;
            // A date in Latin letters keeps its own order inside a line from right to left.
            Some(format!(
                "\u{2066}{} {} {}\u{2069}",
                date.day(),
                month(&GREGORIAN_SHORT, date.month().unsigned_abs()),
                date.year()
            ))
        }
        Language::English => {
            let civil = jalali(day)?;
            Some(format!(
                "{} {} {}",
                civil.day,
                month(&JALALI_LATIN, civil.month),
                civil.year
            ))
        }
    }
}

fn at<'a>(names: &[&'a str], index: usize) -> &'a str {
    names.get(index).copied().unwrap_or_default()
}

fn month<'a>(names: &[&'a str], month: u8) -> &'a str {
    at(names, usize::from(month).wrapping_sub(1))
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
