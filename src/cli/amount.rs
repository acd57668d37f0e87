//! A number of bytes on the command line: `20M`, `1.9G`, `500000`.

use std::str::FromStr;

/// Bytes; `k`, `M` and `G` are powers of 1,000, as on the label of a stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(pub u64);

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Amount, String> {
        let bad = || "expected a number of bytes, such as 20M or 1.9G".to_owned();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit: u64 = match text.get(digits.len()..).unwrap_or_default() {
            "" | "B" => 1,
            "k" | "K" | "kB" | "KB" => 1_000,
            "M" | "MB" => 1_000_000,
            "G" | "GB" => 1_000_000_000,
            _ => return Err(bad()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let decimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !decimal(whole) || !decimal(part) || part.len() > 9 {
            return Err(bad());
        }
        let whole: u64 = whole.parse().map_err(|_| bad())?;
        let tens = 10_u64.pow(u32::try_from(part.len()).map_err(|_| bad())?);
        let part = part.parse::<u64>().unwrap_or(0).saturating_mul(unit) / tens;
        let bytes = whole
            .checked_mul(unit)
            .and_then(|whole| whole.checked_add(part));
        bytes.filter(|&bytes| bytes > 0).map(Amount).ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_a_number_and_a_unit() {
        let of = |text: &str| text.parse::<Amount>().map(|amount| amount.0);
        assert_eq!(of("500000"), Ok(500_000));
        assert_eq!(of("20M"), Ok(20_000_000));
        assert_eq!(of("1.9G"), Ok(1_900_000_000));
        for bad in [
            "",
            "M",
            "1.G2",
            "-1",
            "0",
            "1T",
            "99999999999999999999",
            "1,5M",
        ] {
            assert!(of(bad).is_err(), "{bad}");
        }
    }
}
