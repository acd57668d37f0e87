//! The issue that the vectors are made of.

use super::frame::{Frame, pack};
use varaq_kit::{Mint, RawPiece, Sample, body};

/// Piece of the prefix, which is the first article.
pub const PREFIX: usize = 2;
/// Piece of the second article, which needs the prefix.
pub const SECOND: usize = 3;
/// Piece of the third article, a frame put together by hand.
pub const THIRD: usize = 4;
/// Piece of the picture.
pub const PICTURE: usize = 5;

/// The text of the first article.
pub fn first() -> Vec<u8> {
    let sentence = "The ferry did not leave the harbour on Tuesday, and nobody said why. ";
    body(&sentence.repeat(4))
}

/// The text of the second article: most of it stands in the first.
pub fn second() -> Vec<u8> {
    let sentence = "The ferry did not leave the harbour on Tuesday, and nobody said why. ";
    body(&format!("{sentence}On Friday it did. {sentence}"))
}

/// The text of the third: ends in one letter many times.
pub fn third() -> Vec<u8> {
    body(&format!("A name that is only a sound: {}", "a".repeat(600)))
}

/// Three articles, a prefix and a picture, by the default publisher.
pub fn sample() -> Sample {
    sample_by(Mint::default())
}

/// The same by another publisher.
pub fn sample_by(mint: Mint) -> Sample {
    fill(Sample::empty(mint))
}

/// The same with notices pieces between FRONT and the catalog.
pub fn sample_with(notices: Vec<RawPiece>) -> Sample {
    let mut sample = Sample::empty(Mint::default());
    sample.notices = notices;
    fill(sample)
}

fn fill(mut sample: Sample) -> Sample {
    let prefix = first();
    sample.prefixes = 1;
    sample.article(
        "en",
        "One",
        &prefix,
        RawPiece::zstd(pack(&prefix, None), prefix.len(), 0),
    );
    let text = second();
    sample.article(
        "en",
        "Two",
        &text,
        RawPiece::zstd(pack(&text, Some(&prefix)), text.len(), 1),
    );
    let text = third();
    sample.article(
        "en",
        "Three",
        &text,
        RawPiece::zstd(Frame::of(&text).bytes(), text.len(), 0),
    );
    sample.picture(b"not really a picture, but nobody looks");
    sample
}
