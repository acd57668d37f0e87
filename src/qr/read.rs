//! A picture file to the texts of its codes.

use crate::finder::marks;
use crate::grey::{Grey, format};
use crate::mask::Mask;
use crate::square::squares;

/// Longest sides at which a picture is searched: the first finds most, the second what is
/// large or noisy, the third what is small in a large photograph.
const SIDES: [u32; 3] = [1_600, 800, 3_200];
/// Most texts that are taken out of one picture.
const MAX_TEXTS: usize = 16;

/// Why a picture gives no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is neither a PNG nor a JPEG.
    #[error("expected a PNG or JPEG picture")]
    Unknown,
    /// The file is longer than 32 MiB.
    #[error("expected at most 32 MiB")]
    TooLong,
    /// It has too many pixels.
    #[error("expected at most 32 million pixels")]
    TooLarge,
    /// It is cut short or broken.
    #[error("damaged: {0}")]
    Damaged(String),
    /// There is no code in it, or none that can be made out.
    #[error("no QR code can be made out in it")]
    NoCode,
}

/// True if bytes begin like a picture that [`read`] takes.
#[must_use]
pub fn is_picture(first: &[u8]) -> bool {
    format(first).is_some()
}

/// The texts of the codes in a picture, each once; at least one. Text that is not UTF-8 is
/// left out.
///
/// # Errors
/// If it is no picture, too large, damaged, or holds no code.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let grey = Grey::decode(bytes)?;
    let mut texts = search(&grey);
    if texts.is_empty() {
        texts = search(&grey.inverted());
    }
    if texts.is_empty() {
        return Err(ReadError::NoCode);
    }
    Ok(texts)
}

/// Every size is searched although one has found something: there may be a second code.
fn search(grey: &Grey) -> Vec<String> {
    let mut texts = Vec::new();
    let mut searched = Vec::new();
    for side in SIDES {
        let grey = grey.within(side);
        if searched.contains(&grey.longest()) {
            continue;
        }
        searched.push(grey.longest());
        let mask = Mask::of(&grey.stretched());
        squares(&mask, &marks(&mask), &mut |grid| {
            let Some(text) = decode(grid) else {
                return false;
            };
            if !texts.contains(&text) && texts.len() < MAX_TEXTS {
                texts.push(text);
            }
            true
        });
    }
    texts
}

/// The text of a grid, if its error correction finds one.
fn decode(grid: rqrr::SimpleGrid) -> Option<String> {
    let mut bytes = Vec::new();
    rqrr::Grid::new(grid).decode_to(&mut bytes).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    (!text.is_empty()).then_some(text)
}
