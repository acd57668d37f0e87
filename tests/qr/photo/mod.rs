//! Takes photographs: of a flat picture, from somewhere, in some light. The same settings
//! give the same pixels.
#![allow(clippy::unwrap_used)]

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, Luma};
use std::io::Cursor;

/// How a photograph is taken.
pub struct Photo {
    pub width: u32,
    pub height: u32,
    /// Where the middle of the picture comes to lie, as parts of width and height.
    pub at: (f64, f64),
    pub degrees: f64,
    pub scale: f64,
    /// Seen from the side: how much one edge is nearer.
    pub tilt: f64,
    /// 1 = black on white, 0 = grey on grey.
    pub contrast: f64,
    /// Darkness of the right edge.
    pub shadow: f64,
    /// Largest change of a pixel.
    pub noise: f64,
}

impl Default for Photo {
    fn default() -> Photo {
        Photo {
            width: 1_400,
            height: 1_200,
            at: (0.5, 0.5),
            degrees: 0.0,
            scale: 1.0,
            tilt: 0.0,
            contrast: 0.9,
            shadow: 0.1,
            noise: 4.0,
        }
    }
}

impl Photo {
    pub fn of(&self, flat: &GrayImage) -> GrayImage {
        let (sin, cos) = self.degrees.to_radians().sin_cos();
        let mut seed = 0x9e37_79b9_u32;
        GrayImage::from_fn(self.width, self.height, |x, y| {
            let right = f64::from(x) / f64::from(self.width);
            let (dx, dy) = (
                f64::from(x) - self.at.0 * f64::from(self.width),
                f64::from(y) - self.at.1 * f64::from(self.height),
            );
            let depth = (1.0 + self.tilt * dx / f64::from(self.width)) * self.scale;
            let (u, v) = ((dx * cos + dy * sin) / depth, (dy * cos - dx * sin) / depth);
            let paper = shade(
                flat,
                u + f64::from(flat.width()) / 2.0,
                v + f64::from(flat.height()) / 2.0,
            );
            let ink = 128.0 + (paper - 128.0) * self.contrast;
            let lit = ink * (1.0 - self.shadow * right);
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (f64::from(seed >> 16) / 32_768.0 - 1.0) * self.noise;
            Luma([(lit + noise).clamp(0.0, 255.0) as u8])
        })
    }
}

/// The paper at a place, between its pixels too; light grey beside it.
fn shade(flat: &GrayImage, x: f64, y: f64) -> f64 {
    let (left, top) = ((x - 0.5).floor(), (y - 0.5).floor());
    let (fx, fy) = (x - 0.5 - left, y - 0.5 - top);
    let at = |x: f64, y: f64| {
        let inside = x >= 0.0 && y >= 0.0;
        let pixel = flat.get_pixel_checked(x as u32, y as u32);
        pixel
            .filter(|_| inside)
            .map_or(225.0, |pixel| f64::from(pixel.0[0]))
    };
    let row = |y: f64| at(left, y) * (1.0 - fx) + at(left + 1.0, y) * fx;
    row(top) * (1.0 - fy) + row(top + 1.0) * fy
}

pub fn jpeg(grey: &GrayImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode_image(grey).unwrap();
    bytes
}

pub fn png(grey: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    grey.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}
