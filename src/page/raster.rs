//! A page drawn into memory, without a window: for snapshots, and for whoever wants a picture of a page.

use crate::bitmap::Rasteriser;
use crate::geometry::Area;
use crate::lines::Lines;
use crate::paragraph::Ink;

/// An RGBA picture that lines are drawn into.
#[derive(Debug)]
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    rasteriser: Rasteriser,
}

impl Canvas {
    /// An opaque sheet of one colour.
    #[must_use]
    pub fn new(width: usize, height: usize, ground: [u8; 3]) -> Canvas {
        let [r, g, b] = ground;
        Canvas {
            width,
            height,
            pixels: [r, g, b, 255].repeat(width * height),
            rasteriser: Rasteriser::default(),
        }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// Rows from the top, four bytes a pixel.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Draws lines with their top left at (`x`, `y`); `colour` tells the colour of each ink.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "positions are pixels of a picture"
    )]
    pub fn draw(&mut self, lines: &Lines, x: f32, y: f32, colour: impl Fn(Ink) -> [u8; 3]) {
        let mut rasteriser = std::mem::take(&mut self.rasteriser);
        lines.each_run(|run| {
            let ink = colour(run.ink());
            for glyph in run.glyphs().filter(|glyph| glyph.id != 0) {
                let (key, whole) = run.key(glyph.id, x + glyph.x);
                let Some(bitmap) = rasteriser.draw(&run, key) else {
                    continue;
                };
                let left = (whole as i32).saturating_add(bitmap.left);
                let baseline = (y + glyph.y - run.rise()).round() as i32;
                let top = baseline.saturating_sub(bitmap.top);
                for (row, coverage) in bitmap
                    .coverage
                    .chunks(bitmap.width)
                    .take(bitmap.height)
                    .enumerate()
                {
                    for (column, alpha) in coverage.iter().enumerate() {
                        let x = left.saturating_add(column as i32);
                        self.blend(x, top.saturating_add(row as i32), ink, *alpha);
                    }
                }
            }
            for hole in run.missing() {
                self.frame(hole, x, y, ink);
            }
            if let Some(line) = run.underline() {
                let area = Area {
                    left: x + line.x,
                    top: y + line.y,
                    right: x + line.x + line.width,
                    bottom: y + line.y + line.thickness,
                };
                self.fill(area, ink);
            }
        });
        self.rasteriser = rasteriser;
    }

    /// Fills a rectangle.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "positions are pixels of a picture"
    )]
    pub fn fill(&mut self, area: Area, colour: [u8; 3]) {
        let pixels = |from: f32, to: f32, most: usize| {
            let most = most as f32;
            from.round().clamp(0.0, most) as i32..to.round().clamp(0.0, most) as i32
        };
        for y in pixels(area.top, area.bottom, self.height) {
            for x in pixels(area.left, area.right, self.width) {
                self.blend(x, y, colour, 255);
            }
        }
    }

    /// Draws the sides of a rectangle, one pixel wide.
    fn frame(&mut self, area: Area, x: f32, y: f32, colour: [u8; 3]) {
        let (left, top) = (area.left + x, area.top + y);
        let (right, bottom) = (area.right + x, area.bottom + y);
        for (left, top, right, bottom) in [
            (left, top, right, top + 1.0),
            (left, bottom - 1.0, right, bottom),
            (left, top, left + 1.0, bottom),
            (right - 1.0, top, right, bottom),
        ] {
            let side = Area {
                left,
                top,
                right,
                bottom,
            };
            self.fill(side, colour);
        }
    }

    fn blend(&mut self, x: i32, y: i32, colour: [u8; 3], alpha: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x >= self.width {
            return;
        }
        let at = (y * self.width + x) * 4;
        let Some(pixel) = self.pixels.get_mut(at..at + 3) else {
            return;
        };
        for (channel, ink) in pixel.iter_mut().zip(colour) {
            let mixed =
                u32::from(*channel) * u32::from(255 - alpha) + u32::from(ink) * u32::from(alpha);
            *channel = u8::try_from((mixed + 127) / 255).unwrap_or(255);
        }
    }
}
