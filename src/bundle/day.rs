//! Days, as they are signed and as they are written: `2026-03-02`.

use std::{fmt, str};

/// A day: the number of days since 1970-01-01, up to 9999-12-31. No clock time is ever kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl Day {
    /// 9999-12-31.
    pub const LAST: Day = Day(2_932_896);
}

/// `YYYY-MM-DD` in the Gregorian calendar, which scripts can sort.
impl fmt::Display for Day {
    /// Counts days from 0000-03-01, so that a leap day is the last of its year, and years in
    /// 400-year cycles of 146,097 days.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from_march = u64::from(self.0) + 719_468;
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
        let year = cycle * 400 + year_of_cycle + next_year;
        write!(f, "{year:04}-{month:02}-{day_of_month:02}")
    }
}

/// As [`Day`] is displayed, and in no other way.
impl str::FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Day, NotADay> {
        let mut fields = text.split('-').map(|field| {
            let digits = field.bytes().all(|byte| byte.is_ascii_digit());
            field.parse::<u32>().ok().filter(|_| digits)
        });
        let (Some(Some(year)), Some(Some(_)), Some(Some(_)), None) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Err(NotADay);
        };
        // Years have at most 366 days: start early and let the day itself say when it is right.
        let first = (u64::from(year.saturating_sub(1970)) * 365).min(Day::LAST.0.into());
        let first = u32::try_from(first).unwrap_or_default();
        (first..=first.saturating_add(2_400).min(Day::LAST.0))
            .map(Day)
            .find(|candidate| candidate.to_string() == text)
            .ok_or(NotADay)
    }
}

/// A text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a day between 1970-01-01 and 9999-12-31, as YYYY-MM-DD")]
pub struct NotADay;
