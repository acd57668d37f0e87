//! The bytes of a picture file as shades of grey, of bounded size. Which way is up does not
//! matter: a code says it itself.

use crate::ReadError;
use image::imageops;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Largest picture file.
pub const MAX_FILE_BYTES: u64 = 32 << 20;
/// Most pixels: more than a phone takes unless asked. A progressive JPEG takes nine bytes of
/// memory for each.
pub const MAX_PIXELS: u64 = 32_000_000;
/// Longest side in pixels.
const MAX_SIDE: u32 = 16_384;
/// Most memory of the decoded picture.
const MAX_MEMORY: u64 = 128 << 20;
/// Longest side that is searched.
const MAX_SEARCHED: u32 = 3_200;

/// Shades of grey: 0 is black.
#[derive(Clone, Debug)]
pub(crate) struct Grey(GrayImage);

impl Grey {
    /// Decodes a PNG or JPEG.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Grey, ReadError> {
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(ReadError::TooLong);
        }
        let format = format(bytes).ok_or(ReadError::Unknown)?;
        let damaged = |error: image::ImageError| match error {
            image::ImageError::Limits(_) => ReadError::TooLarge,
            error => ReadError::Damaged(error.to_string()),
        };
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_MEMORY);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits);
        let decoder = reader.into_decoder().map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        let pixels = u64::from(width).saturating_mul(height.into());
        if pixels > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
            return Err(ReadError::TooLarge);
        }
        let decoded = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        Ok(Grey(flat(decoded)).within(MAX_SEARCHED))
    }

    pub(crate) fn width(&self) -> usize {
        self.0.width() as usize
    }

    pub(crate) fn height(&self) -> usize {
        self.0.height() as usize
    }

    pub(crate) fn longest(&self) -> u32 {
        self.0.width().max(self.0.height())
    }

    /// The rows, from the top.
    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = &[u8]> + Clone {
        self.0.as_raw().chunks(self.width().max(1))
    }

    /// The same with its longest side at most `side`.
    pub(crate) fn within(&self, side: u32) -> Grey {
        let longest = self.longest();
        if longest <= side {
            return self.clone();
        }
        let scaled = |length: u32| {
            let length = u64::from(length).saturating_mul(side.into()) / u64::from(longest);
            u32::try_from(length).unwrap_or(side).max(1)
        };
        let (width, height) = (scaled(self.0.width()), scaled(self.0.height()));
        Grey(imageops::thumbnail(&self.0, width, height))
    }

    /// White on black becomes black on white: screens at night.
    pub(crate) fn inverted(&self) -> Grey {
        let mut inverted = self.0.clone();
        imageops::invert(&mut inverted);
        Grey(inverted)
    }

    /// The shades that are there drawn apart to the whole range; the outermost hundredths do
    /// not count, or one glint would hide a faint code.
    pub(crate) fn stretched(&self) -> Grey {
        let mut counts = [0_u64; 256];
        for shade in self.0.as_raw() {
            if let Some(count) = counts.get_mut(usize::from(*shade)) {
                *count += 1;
            }
        }
        let hundredth = self.0.as_raw().len() as u64 / 100;
        let low = beyond(hundredth, (0..).zip(counts));
        let high = beyond(hundredth, (0..256).zip(counts).rev());
        let range = high.saturating_sub(low).max(1);
        let mut stretched = self.0.clone();
        for pixel in stretched.iter_mut() {
            let above = u32::from(*pixel).saturating_sub(low).min(range);
            *pixel = u8::try_from(above * 255 / range).unwrap_or(u8::MAX);
        }
        Grey(stretched)
    }
}

/// The first shade at which more than so many pixels have been passed.
fn beyond(count: u64, shades: impl Iterator<Item = (u32, u64)>) -> u32 {
    let mut passed = 0;
    for (shade, pixels) in shades {
        passed += pixels;
        if passed > count {
            return shade;
        }
    }
    0
}

/// PNG or JPEG by the first bytes: other formats are more attack surface than use.
pub(crate) fn format(bytes: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(bytes).ok()?;
    matches!(format, ImageFormat::Png | ImageFormat::Jpeg).then_some(format)
}

/// Grey, with what is transparent on white paper.
fn flat(decoded: DynamicImage) -> GrayImage {
    if !decoded.color().has_alpha() {
        return decoded.into_luma8();
    }
    let pixels = decoded.into_luma_alpha8();
    let (width, height) = pixels.dimensions();
    let shade = |[grey, alpha]: &[u8; 2]| {
        let over = u32::from(*grey) * u32::from(*alpha) + 255 * (255 - u32::from(*alpha));
        u8::try_from(over / 255).unwrap_or(u8::MAX)
    };
    let (pairs, _) = pixels.as_raw().as_chunks::<2>();
    let shades = pairs.iter().map(shade).collect();
    GrayImage::from_raw(width, height, shades).unwrap_or_default()
}
