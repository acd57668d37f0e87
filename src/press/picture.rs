//! Pictures as a bundle carries them: decoded, turned upright, made small, encoded anew.
//!
//! Nothing but pixels survives: EXIF with its place and camera, XMP, colour profiles,
//! comments and thumbnails are gone because nothing copies them. What comes in is
//! hostile (a guest's picture, a reader's photo), so its size is bounded before it is decoded.

use crate::import::Inside;
use crate::palette::Palette;
use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
};
use std::io::{self, Cursor};
use std::path::Path;
use std::sync::Mutex;
use varaq_storage::Storage;

/// Longest side after packing, in pixels.
pub const MAX_SIDE: u32 = 1_600;
/// Quality of JPEG, 1 … 100.
const QUALITY: u8 = 80;
/// Largest picture file.
const MAX_FILE: u64 = 64 << 20;
/// Longest side of a source picture, in pixels.
const MAX_SOURCE_SIDE: u32 = 20_000;
/// Most memory for one decoded picture.
const MAX_MEMORY: u64 = 192 << 20;
/// A PNG compressed in a hurry that is more than so many times as long as the JPEG will not
/// be shorter when compressed well.
const HOPELESS: usize = 4;
/// Pictures of more pixels are decoded one at a time, so that two cores do not hold two.
const LARGE: u64 = 8_000_000;

static ONE_LARGE: Mutex<()> = Mutex::new(());

/// A picture ready to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The encoded picture.
    pub bytes: Vec<u8>,
}

/// Why a picture is left out.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("cannot be read: {}", .0.kind())]
    Io(#[from] io::Error),
    /// The file is larger than 64 MiB.
    #[error("larger than 64 MiB")]
    TooLong,
    /// It is no JPEG, PNG, GIF or WebP.
    #[error("not a JPEG, PNG, GIF or WebP picture")]
    Unknown,
    /// It has too many pixels.
    #[error("{width} × {height} pixels are too many")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// It is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
}

/// Reads a picture file, at most 64 MiB of it.
///
/// # Errors
/// If it cannot be read or is longer.
pub fn read_file(storage: &dyn Storage, path: &Path) -> Result<Vec<u8>, PictureError> {
    match varaq_storage::read(storage, path, MAX_FILE) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Err(PictureError::TooLong),
        read => Ok(read?),
    }
}

/// Unpacks a picture of an archive, at most 64 MiB of it.
///
/// # Errors
/// If it is damaged or longer.
pub fn read_inside(storage: &dyn Storage, inside: &Inside) -> Result<Vec<u8>, PictureError> {
    inside
        .read(storage, MAX_FILE)
        .map_err(PictureError::Damaged)
}

/// Makes a picture of a JPEG, PNG, GIF (its first frame) or WebP file. The same bytes give
/// the same picture.
///
/// # Errors
/// If it is none, too large, or damaged.
pub fn picture(bytes: &[u8]) -> Result<Picture, PictureError> {
    let format = image::guess_format(bytes).map_err(|_| PictureError::Unknown)?;
    let known = matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP
    );
    if !known {
        return Err(PictureError::Unknown);
    }
    let damaged = |error: image::ImageError| PictureError::Damaged(error.to_string());
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SOURCE_SIDE);
    limits.max_image_height = Some(MAX_SOURCE_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let too_large =
        width > MAX_SOURCE_SIDE || height > MAX_SOURCE_SIDE || decoder.total_bytes() > MAX_MEMORY;
    if too_large {
        return Err(PictureError::TooLarge { width, height });
    }
    let large = u64::from(width) * u64::from(height) > LARGE;
    let turn = large.then(|| ONE_LARGE.lock());
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut decoded = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    decoded.apply_orientation(orientation);
    let pixels = Pixels::of(decoded)?.fit(MAX_SIDE)?;
    drop(turn);
    pixels.encode(format != ImageFormat::Jpeg)
}

/// Pixels of eight bits a channel.
struct Pixels {
    width: u32,
    height: u32,
    kind: PixelType,
    bytes: Vec<u8>,
}

impl Pixels {
    /// The smallest kind that holds the picture: grey, colours, or colours that let
    /// something shine through.
    fn of(image: DynamicImage) -> Result<Pixels, PictureError> {
        let (width, height) = (image.width(), image.height());
        if width == 0 || height == 0 {
            return Err(PictureError::Damaged("it has no pixels".to_owned()));
        }
        let color = image.color();
        let (kind, bytes) = if color.has_alpha() {
            let rgba = image.into_rgba8();
            if rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
                let (quads, _) = rgba.as_raw().as_chunks::<4>();
                let rgb = quads.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]);
                (PixelType::U8x3, rgb.collect())
            } else {
                (PixelType::U8x4, rgba.into_raw())
            }
        } else if color.has_color() {
            (PixelType::U8x3, image.into_rgb8().into_raw())
        } else {
            (PixelType::U8, image.into_luma8().into_raw())
        };
        Ok(Pixels {
            width,
            height,
            kind,
            bytes,
        })
    }

    /// Shrinks the longer side to at most `max`.
    fn fit(self, max: u32) -> Result<Pixels, PictureError> {
        let longer = self.width.max(self.height);
        if longer <= max {
            return Ok(self);
        }
        let side = |side: u32| {
            let scaled =
                (u64::from(side) * u64::from(max) + u64::from(longer) / 2) / u64::from(longer);
            u32::try_from(scaled).unwrap_or(max).clamp(1, max)
        };
        let (width, height) = (side(self.width), side(self.height));
        let damaged = |error: &dyn std::fmt::Display| PictureError::Damaged(error.to_string());
        let source = Image::from_vec_u8(self.width, self.height, self.bytes, self.kind)
            .map_err(|error| damaged(&error))?;
        let mut target = Image::new(width, height, self.kind);
        Resizer::new()
            .resize(&source, &mut target, &ResizeOptions::new())
            .map_err(|error| damaged(&error))?;
        Ok(Pixels {
            width,
            height,
            kind: self.kind,
            bytes: target.into_vec(),
        })
    }

    /// The smaller of PNG and JPEG; PNG for what lets something shine through. Of a JPEG
    /// file (`sharp` is false) only a PNG of few colours can be worth its bytes.
    fn encode(self, sharp: bool) -> Result<Picture, PictureError> {
        let Pixels { width, height, .. } = self;
        let picture = |media_type, bytes| Picture {
            media_type,
            width,
            height,
            bytes,
        };
        if self.kind == PixelType::U8x4 {
            return Ok(picture("image/png", self.png(CompressionType::Best)?));
        }
        let damaged = |error: png::EncodingError| PictureError::Damaged(error.to_string());
        let mut best = self.jpeg()?;
        let mut media_type = "image/jpeg";
        let indexed = self.palette().map(|palette| palette.png(width, height));
        let plain =
            (sharp && self.may_be_drawn(best.len())?).then(|| self.png(CompressionType::Best));
        let exact = plain
            .into_iter()
            .chain(indexed.map(|png| png.map_err(damaged)));
        for png in exact {
            let png = png?;
            if png.len() <= best.len() {
                (best, media_type) = (png, "image/png");
            }
        }
        Ok(picture(media_type, best))
    }

    /// Whether PNG can come close to `jpeg` bytes. The quickest way to compress tells: of a
    /// photograph it leaves many times as much, and the best way, which takes many
    /// times as long, would not catch up.
    fn may_be_drawn(&self, jpeg: usize) -> Result<bool, PictureError> {
        let quick = self.png(CompressionType::Fast)?;
        Ok(quick.len() / HOPELESS <= jpeg)
    }

    /// The colours, if they are few.
    fn palette(&self) -> Option<Palette> {
        match self.kind {
            PixelType::U8 => {
                let rgb: Vec<u8> = self.bytes.iter().flat_map(|&grey| [grey; 3]).collect();
                Palette::of(&rgb)
            }
            PixelType::U8x3 => Palette::of(&self.bytes),
            _ => None,
        }
    }

    fn color(&self) -> ExtendedColorType {
        match self.kind {
            PixelType::U8x4 => ExtendedColorType::Rgba8,
            PixelType::U8 => ExtendedColorType::L8,
            _ => ExtendedColorType::Rgb8,
        }
    }

    fn jpeg(&self) -> Result<Vec<u8>, PictureError> {
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, QUALITY)
            .write_image(&self.bytes, self.width, self.height, self.color())
            .map_err(|error| PictureError::Damaged(error.to_string()))?;
        Ok(out)
    }

    fn png(&self, compression: CompressionType) -> Result<Vec<u8>, PictureError> {
        let mut out = Vec::new();
        PngEncoder::new_with_quality(&mut out, compression, FilterType::Adaptive)
            .write_image(&self.bytes, self.width, self.height, self.color())
            .map_err(|error| PictureError::Damaged(error.to_string()))?;
        Ok(out)
    }
}
