//! ARTICLE on the command line: a number from `list`, or an id in 16 hex digits.

use std::str::FromStr;

use varaq_bundle::ArticleId;

/// How an article is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleName {
    /// Its place in the catalog, from 1.
    Number(u32),
    /// Its id.
    Id(ArticleId),
}

impl FromStr for ArticleName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<ArticleName, &'static str> {
        const EXPECTED: &str = "expected a number from `varaq list`, or an id of 16 hex digits";
        // Sixteen digits are always an id: no issue has that many articles.
        if let Ok(id) = text.parse() {
            return Ok(ArticleName::Id(id));
        }
        match text.parse() {
            Ok(number) if number > 0 => Ok(ArticleName::Number(number)),
            _ => Err(EXPECTED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_an_id_are_told_apart() {
        assert_eq!("12".parse(), Ok(ArticleName::Number(12)));
        assert_eq!(
            "00000000000000ff".parse(),
            Ok(ArticleName::Id(ArticleId([0, 0, 0, 0, 0, 0, 0, 255])))
        );
        for wrong in [
            "0",
            "-1",
            "",
            "x",
            "+0",
            "00000000000000fg",
            "99999999999",
            "../1",
        ] {
            assert!(wrong.parse::<ArticleName>().is_err(), "{wrong}");
        }
    }
}
