//! A text as a QR picture: black on white, one bit a pixel, the same text the same bytes.

use qrcode::{Color, EcLevel, QrCode};

/// White modules around the code: the standard asks for four.
const QUIET: usize = 4;
/// The picture is about so many pixels wide, so that it is sharp on a screen and on paper.
const TARGET_SIDE: usize = 720;
/// Smallest module in pixels.
const MIN_MODULE: usize = 4;

/// A picture of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The PNG.
    pub png: Vec<u8>,
    /// Modules of a side, without the quiet zone: 21 … 177. Up to about 80 are read by any phone.
    pub modules: usize,
    /// Pixels of a side.
    pub side: usize,
}

/// Why no picture was drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// A code holds at most 2,331 bytes at this level of error correction.
    #[error("{0} bytes are too many for a QR code")]
    TooLong(usize),
    /// The picture cannot be encoded.
    #[error("the picture cannot be encoded")]
    Png(#[from] png::EncodingError),
}

/// Draws a text. A seventh of the code may be lost and it is still read (level M): paper
/// gets creased.
///
/// # Errors
/// If the text is too long.
pub fn draw(text: &str) -> Result<Drawn, DrawError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| DrawError::TooLong(text.len()))?;
    let modules = code.width();
    let with_quiet = modules.saturating_add(2 * QUIET);
    let module = (TARGET_SIDE / with_quiet).max(MIN_MODULE);
    let side = with_quiet.saturating_mul(module);
    Ok(Drawn {
        png: encode(&rows(&code.to_colors(), modules, module), side)?,
        modules,
        side,
    })
}

/// One bit a pixel, 1 = white, each row padded to whole bytes.
fn rows(colors: &[Color], modules: usize, module: usize) -> Vec<u8> {
    let quiet = white(QUIET * module, modules, module);
    let mut bytes = quiet.clone();
    for row in colors.chunks(modules) {
        let blank = |count: usize| std::iter::repeat_n(Color::Light, count);
        let whole = blank(QUIET).chain(row.iter().copied()).chain(blank(QUIET));
        let pixels = whole.flat_map(|color| std::iter::repeat_n(color, module));
        let pixels: Vec<Color> = pixels.collect();
        let packed: Vec<u8> = pixels.chunks(8).map(pack).collect();
        (0..module).for_each(|_| bytes.extend_from_slice(&packed));
    }
    bytes.extend_from_slice(&quiet);
    bytes
}

fn white(rows: usize, modules: usize, module: usize) -> Vec<u8> {
    let side = modules.saturating_add(2 * QUIET).saturating_mul(module);
    vec![0xff; rows.saturating_mul(side.div_ceil(8))]
}

/// Up to eight pixels, the first in the highest bit.
fn pack(pixels: &[Color]) -> u8 {
    let bit = |byte: u8, (at, color): (usize, &Color)| match color {
        Color::Light => byte | 0x80 >> at,
        Color::Dark => byte,
    };
    pixels.iter().enumerate().fold(0, bit)
}

fn encode(rows: &[u8], side: usize) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    // At most 185 × 4 pixels.
    let side = u32::try_from(side).unwrap_or(u32::MAX);
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    encoder.write_header()?.write_image_data(rows)?;
    Ok(bytes)
}
