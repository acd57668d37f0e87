//! Pictures of few colours: drawings, diagrams, screenshots.
//!
//! What has at most 256 colours is written as indices into a table of them, every pixel
//! as it was. That is a third of the bytes before compression, and compresses better than
//! three channels do; JPEG would be larger and put a haze around every line.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use std::collections::{BTreeSet, HashMap};

/// Most colours of an indexed PNG.
const MOST: usize = 256;

/// The colours of a picture, and which of them each pixel has.
pub(crate) struct Palette {
    colours: Vec<[u8; 3]>,
    pixels: Vec<u8>,
}

impl Palette {
    /// Counts the colours of RGB pixels; none: there are more than 256.
    pub(crate) fn of(rgb: &[u8]) -> Option<Palette> {
        let (pixels, _) = rgb.as_chunks::<3>();
        let mut found = BTreeSet::new();
        let mut last = None;
        for pixel in pixels {
            // Neighbours are mostly alike.
            if last != Some(pixel) {
                last = Some(pixel);
                if found.insert(*pixel) && found.len() > MOST {
                    return None;
                }
            }
        }
        // In the order of the colours, not of the pixels or of a hash: the same picture
        // gives the same bytes.
        let colours: Vec<[u8; 3]> = found.into_iter().collect();
        let index: HashMap<[u8; 3], u8> = colours.iter().copied().zip(0..=u8::MAX).collect();
        let pixels = pixels.iter().map(|pixel| index.get(pixel).copied());
        Some(Palette {
            pixels: pixels.collect::<Option<Vec<u8>>>()?,
            colours,
        })
    }

    /// An indexed PNG of as many bits a pixel as the colours need.
    pub(crate) fn png(&self, width: u32, height: u32) -> Result<Vec<u8>, EncodingError> {
        let (depth, bits) = match self.colours.len() {
            0..=2 => (BitDepth::One, 1),
            3..=4 => (BitDepth::Two, 2),
            5..=16 => (BitDepth::Four, 4),
            _ => (BitDepth::Eight, 8),
        };
        let row = usize::try_from(width).unwrap_or(usize::MAX).max(1);
        let mut packed = Vec::new();
        for row in self.pixels.chunks(row) {
            packed.extend(row.chunks(8 / bits).map(|pixels| {
                let pixels = pixels.iter().enumerate();
                pixels.fold(0, |byte, (at, pixel)| byte | pixel << (8 - bits * (at + 1)))
            }));
        }
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, width, height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(depth);
        encoder.set_palette(self.colours.concat());
        encoder.set_deflate_compression(DeflateCompression::Level(9));
        // The difference of two indices means nothing.
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&packed)?;
        writer.finish()?;
        Ok(out)
    }
}
