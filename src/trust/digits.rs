//! Decimal digits of every script.
//!
//! A code is read out, printed and typed in the reader's own digits.

/// The zeros of all decimal digit ranges (general category Nd, Unicode 17); the
/// digits 1 to 9 follow each. From the Unicode Character Database; U+1D7CE and the
/// four behind it are the mathematical styles.
const ZEROS: [u32; 77] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11de0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce,
    0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit, 0 … 9, of whatever script.
pub(crate) fn value(c: char) -> Option<u8> {
    let c = u32::from(c);
    let at = ZEROS.partition_point(|&zero| zero <= c);
    let zero = ZEROS.get(at.checked_sub(1)?)?;
    u8::try_from(c.checked_sub(*zero)?)
        .ok()
        .filter(|&value| value <= 9)
}

/// The digit that a letter is taken for, by eye or by a careless scanner: Latin, Greek and
/// Cyrillic letters beside Latin digits, and letters beside Persian and Arabic digits.
pub(crate) fn looks_like(letter: char) -> Option<u8> {
    Some(match letter {
        'O' | 'o' | 'Q' | 'D' | 'Ο' | 'ο' | 'О' | 'о' => 0,
        'I' | 'i' | 'l' | 'ı' | 'Ι' | 'ι' | 'І' | 'і' | 'ا' | 'أ' => 1,
        'Z' | 'z' | 'Ζ' => 2,
        'З' | 'з' => 3,
        'Ч' | 'ч' => 4,
        'S' | 's' | 'Ѕ' | 'ѕ' | 'ه' | 'ة' | 'ھ' | 'ە' => 5,
        'G' | 'b' | 'б' => 6,
        'V' | 'v' => 7,
        'B' | 'В' | 'Β' | 'Λ' => 8,
        'g' | 'q' | 'و' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_ascend_so_that_the_search_finds_them() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for digit in 0..10 {
                let c = char::from_u32(zero + digit).unwrap();
                assert_eq!(value(c), Some(digit as u8), "{c}");
                assert!(c.is_numeric(), "U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn every_other_character_is_no_digit() {
        let found = (0..=0x0010_ffff)
            .filter_map(char::from_u32)
            .filter(|&c| value(c).is_some());
        assert_eq!(found.count(), 10 * ZEROS.len());
        for c in ['a', '٪', '²', '½', '〇', '/', ':'] {
            assert_eq!(value(c), None);
        }
    }
}
