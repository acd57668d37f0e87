//! The 24 digits by which people recognise a publisher (FORMAT.md section 6).
//!
//! Read out on the radio, printed, typed. The program compares, not the person, and
//! it tells a slip of the finger from another publisher: calling a typo an impostor
//! would teach people to ignore the word.

use crate::PublisherId;
use crate::digits;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::fmt;
use std::str::FromStr;

/// Number of digits of a code.
pub const DIGITS: usize = 24;

const SALT: &[u8; 17] = b"varaq code v1....";
const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// 10²²: what the stretched hash is reduced to.
const MODULUS: u128 = 10_000_000_000_000_000_000_000;

/// The code of a publisher: 22 digits of a stretched hash and two that check them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u128);

/// There was not enough memory to compute a code: it takes 64 MiB.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("computing a code takes 64 MiB of memory, which are not there")]
pub struct StretchError;

/// Why a text is no code. None of these says anything about a publisher.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Digits are missing.
    #[error("incomplete: {digits} of 24 digits")]
    Incomplete {
        /// Number of digits found.
        digits: usize,
    },
    /// There are more than 24 digits.
    #[error("expected 24 digits, found {digits}")]
    TooLong {
        /// Number of digits found.
        digits: usize,
    },
    /// Something that is neither a digit nor a space or dash between digits.
    #[error("expected digits, found {0:?}")]
    Foreign(char),
    /// The two check digits do not fit the others: something was mistyped.
    #[error("a digit is mistyped: the check digits do not fit")]
    Typo,
}

/// How a typed code relates to another. Nothing finer is told: a code that is almost
/// right is as wrong as any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same publisher.
    Equal,
    /// Another publisher.
    Different,
}

impl Code {
    /// The code of a publisher. Takes 64 MiB of memory and some tenths of a second:
    /// stretching makes a look-alike a million times dearer. Compute it when it is
    /// shown or compared, and keep it.
    ///
    /// # Errors
    /// If the memory is not there.
    pub fn of(publisher: &PublisherId) -> Result<Code, StretchError> {
        let mut hash = [0; 16];
        let params =
            Params::new(MEMORY_KIB, PASSES, LANES, Some(hash.len())).map_err(|_| StretchError)?;
        // Reserved by hand: on an old PC this may fail, and must not end the program.
        let mut memory = Vec::new();
        memory
            .try_reserve_exact(params.block_count())
            .map_err(|_| StretchError)?;
        memory.resize(params.block_count(), Block::default());
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(&publisher.0, SALT, &mut hash, &mut memory)
            .map_err(|_| StretchError)?;
        Ok(Code::from_number(u128::from_be_bytes(hash) % MODULUS))
    }

    /// Appends the check pair of ISO 7064 MOD 97-10 to 22 digits.
    fn from_number(number: u128) -> Code {
        let shifted = number * 100;
        Code(shifted + (98 - shifted % 97))
    }

    /// Says whether two codes are the same. How close they are is not told: whoever makes
    /// codes that look alike would learn from it, and a reader would be reassured by it.
    #[must_use]
    pub fn compare(&self, other: &Code) -> Comparison {
        if self == other {
            Comparison::Equal
        } else {
            Comparison::Different
        }
    }

    /// The six groups of four digits, as numbers 0 … 9999.
    #[must_use]
    pub fn groups(&self) -> [u16; 6] {
        let mut rest = self.0;
        let mut groups = [0; 6];
        for group in groups.iter_mut().rev() {
            *group = u16::try_from(rest % 10_000).unwrap_or_default();
            rest /= 10_000;
        }
        groups
    }

    /// Six groups in the digits that begin with `zero`: `'۰'` for Persian, `'٠'` for
    /// Arabic, `'0'` for Latin. A character that is no zero gives Latin digits.
    #[must_use]
    pub fn in_digits(&self, zero: char) -> String {
        let zero = if digits::value(zero) == Some(0) {
            u32::from(zero)
        } else {
            u32::from('0')
        };
        let local = |c: char| {
            c.to_digit(10)
                .and_then(|digit| char::from_u32(zero.saturating_add(digit)))
                .unwrap_or(c)
        };
        self.to_string().chars().map(local).collect()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, group) in self.groups().into_iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            write!(f, "{gap}{group:04}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

impl FromStr for Code {
    type Err = CodeError;

    /// Reads 24 digits of any script, in any grouping by spaces and dashes.
    fn from_str(text: &str) -> Result<Code, CodeError> {
        let mut number: u128 = 0;
        let mut digits = 0;
        for c in text.chars() {
            if let Some(value) = digits::value(c) {
                digits += 1;
                // More than 24 are counted for the message, but not taken.
                if digits <= DIGITS {
                    number = number * 10 + u128::from(value);
                }
            } else if !is_separator(c) {
                return Err(CodeError::Foreign(c));
            }
        }
        match digits {
            0..DIGITS => Err(CodeError::Incomplete { digits }),
            DIGITS => {
                let code = Code(number);
                // Only the pair that packing gives is right: 00, 01 and 99 would pass
                // the division too.
                if code == Code::from_number(number / 100) {
                    Ok(code)
                } else {
                    Err(CodeError::Typo)
                }
            }
            digits => Err(CodeError::TooLong { digits }),
        }
    }
}

/// Spaces, dashes and the invisible marks that come along when text is copied out of
/// a right-to-left line.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
            | '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{640}')
}
