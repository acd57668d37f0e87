//! The 24 digits (FORMAT.md section 6).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use proptest::prelude::*;
use varaq_trust::{Code, CodeError, Comparison, PublisherId};

/// A code that was computed once: everything below is about its digits.
const SAMPLE: &str = "4157 0437 5753 2742 5906 0880";

fn digits() -> Vec<u8> {
    SAMPLE.bytes().filter(u8::is_ascii_digit).collect()
}

fn text(digits: &[u8]) -> String {
    String::from_utf8(digits.to_vec()).unwrap()
}

#[test]
fn code_of_a_publisher_never_changes() {
    assert_eq!(Code::of(&PublisherId([7; 32])).unwrap().to_string(), SAMPLE);
}

#[test]
fn code_reads_back_in_latin_persian_and_arabic_digits() {
    let code: Code = SAMPLE.parse().unwrap();
    for zero in ['0', '۰', '٠', '०', '０'] {
        let shown = code.in_digits(zero);
        assert_eq!(shown.chars().count(), 29);
        assert_eq!(shown.parse(), Ok(code), "{shown}");
        assert!(zero == '0' || !shown.contains(|c: char| c.is_ascii_digit()));
    }
    assert_eq!(code.in_digits('x'), SAMPLE);
}

#[test]
fn spaces_dashes_and_invisible_marks_between_digits_do_not_matter() {
    let code: Code = SAMPLE.parse().unwrap();
    let bare = text(&digits());
    assert_eq!(bare.parse(), Ok(code));
    for gap in [
        "-", " ", "\u{a0}", "\u{2011}", "–", "\u{200e}", "\u{202f}", "\n", " - ", "−",
    ] {
        let spaced: Vec<String> = bare.chars().map(String::from).collect();
        assert_eq!(spaced.join(gap).parse(), Ok(code), "{gap:?}");
    }
}

#[test]
fn mixed_digit_scripts_are_one_code() {
    let code: Code = SAMPLE.parse().unwrap();
    let (persian, latin) = (code.in_digits('۰'), code.to_string());
    let mixed: String = persian
        .chars()
        .take(14)
        .chain(latin.chars().skip(14))
        .collect();
    assert_eq!(mixed.parse(), Ok(code));
}

#[test]
fn a_code_with_missing_digits_is_incomplete_not_wrong() {
    let digits = digits();
    for n in 0..24 {
        let expected = Err(CodeError::Incomplete { digits: n });
        assert_eq!(text(&digits[..n]).parse::<Code>(), expected);
    }
    assert_eq!(
        format!("{SAMPLE} 7").parse::<Code>(),
        Err(CodeError::TooLong { digits: 25 })
    );
    assert_eq!("1234 x".parse::<Code>(), Err(CodeError::Foreign('x')));
}

#[test]
fn every_single_mistyped_digit_is_a_typo() {
    let good = digits();
    for at in 0..24 {
        for digit in b'0'..=b'9' {
            let mut typed = good.clone();
            typed[at] = digit;
            let expected = if typed == good {
                Ok(SAMPLE.parse().unwrap())
            } else {
                Err(CodeError::Typo)
            };
            assert_eq!(text(&typed).parse::<Code>(), expected);
        }
    }
}

#[test]
fn the_other_check_pairs_of_the_same_remainder_are_typos() {
    // 00, 01 and 99 leave the remainder of 97, 98 and 02.
    for (pair, twin) in [("97", "00"), ("98", "01"), ("02", "99")] {
        let found = (0..97u32)
            .map(|n| format!("{n:022}"))
            .find(|n| format!("{n}{pair}").parse::<Code>().is_ok())
            .unwrap();
        assert_eq!(
            format!("{found}{twin}").parse::<Code>(),
            Err(CodeError::Typo)
        );
    }
}

#[test]
fn comparison_tells_nothing_finer_than_the_same_or_another() {
    let one: Code = SAMPLE.parse().unwrap();
    assert_eq!(one.compare(&one), Comparison::Equal);
    let other = Code::of(&PublisherId([8; 32])).unwrap();
    assert_eq!(one.compare(&other), Comparison::Different);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any 22 digits with their pair: found by trying, as a person with a pencil would.
    #[test]
    fn every_typo_and_swap_of_neighbours_is_noticed(number in 0u128..10u128.pow(22)) {
        let body = format!("{number:022}");
        let good = (2..=98).map(|pair| format!("{body}{pair:02}"));
        let good: Vec<_> = good.filter(|text| text.parse::<Code>().is_ok()).collect();
        prop_assert_eq!(good.len(), 1);
        let good = good[0].as_bytes();
        for at in 0..24 {
            for digit in b'0'..=b'9' {
                let mut typed = good.to_vec();
                typed[at] = digit;
                prop_assert_eq!(text(&typed).parse::<Code>().is_ok(), typed == good);
            }
        }
        for at in 0..23 {
            let mut typed = good.to_vec();
            typed.swap(at, at + 1);
            prop_assert_eq!(text(&typed).parse::<Code>().is_ok(), typed == good);
        }
    }

    #[test]
    fn reading_any_text_never_panics(text in "\\PC{0,80}") {
        let _ = text.parse::<Code>();
    }
}
