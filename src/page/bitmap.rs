//! From an outline to grey pixels.

use crate::lines::Run;
use std::hash::{DefaultHasher, Hash, Hasher};
use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::{Angle, Format, Transform, Vector};
use swash::{FontRef, GlyphId};

/// Horizontal positions that a glyph is drawn at within a pixel.
const STEPS: f32 = 4.0;

/// Names one bitmap: glyph, font, size, position within the pixel, variation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlyphKey {
    font: u64,
    id: GlyphId,
    size: u32,
    step: u8,
    variation: u64,
}

/// Coverage of one glyph, 0-255 a pixel, `width × height`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Pixels from the whole-pixel origin to the left edge.
    pub left: i32,
    /// Pixels from the baseline up to the upper edge.
    pub top: i32,
    /// Rows from the top, no gaps.
    pub coverage: Vec<u8>,
}

/// Draws glyphs; keeps the scaler's scratch space.
pub struct Rasteriser {
    scaler: ScaleContext,
}

impl std::fmt::Debug for Rasteriser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rasteriser")
    }
}

impl Default for Rasteriser {
    fn default() -> Rasteriser {
        Rasteriser {
            scaler: ScaleContext::new(),
        }
    }
}

impl Run<'_> {
    /// The bitmap to use for glyph `id` at the horizontal position `x`, and the whole pixel that it starts from.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes are positive and small; glyph ids of the bundled fonts fit 16 bits"
    )]
    pub fn key(&self, id: u32, x: f32) -> (GlyphKey, f32) {
        let snapped = (x * STEPS).round() / STEPS;
        let whole = snapped.floor();
        let mut variation = DefaultHasher::new();
        self.coords().hash(&mut variation);
        let synthesis = self.run.run().synthesis();
        synthesis.embolden().hash(&mut variation);
        synthesis.skew().is_some().hash(&mut variation);
        let key = GlyphKey {
            font: self.font().data.id(),
            id: id as GlyphId,
            size: (self.size() * 64.0) as u32,
            step: ((snapped - whole) * STEPS) as u8,
            variation: variation.finish(),
        };
        (key, whole)
    }

    fn coords(&self) -> Vec<i16> {
        self.run
            .run()
            .normalized_coords()
            .iter()
            .map(|c| c.to_bits())
            .collect()
    }
}

impl Rasteriser {
    /// Draws a glyph of a run; `None` for one without ink, such as a space.
    pub fn draw(&mut self, run: &Run<'_>, key: GlyphKey) -> Option<Bitmap> {
        let font = run.font();
        let index = usize::try_from(font.index).ok()?;
        let face = FontRef::from_index(font.data.as_ref(), index)?;
        let coords = run.coords();
        let mut scaler = self
            .scaler
            .builder_with_id(face, [font.data.id(), u64::from(font.index)])
            .size(run.size())
            .hint(false)
            .normalized_coords(coords.iter())
            .build();
        let mut render = Render::new(&[Source::Outline]);
        render
            .format(Format::Alpha)
            .offset(Vector::new(f32::from(key.step) / STEPS, 0.0));
        let synthesis = run.run.run().synthesis();
        if synthesis.embolden() {
            render.embolden(run.size() / 28.0);
        }
        if let Some(degrees) = synthesis.skew() {
            render.transform(Some(Transform::skew(
                Angle::from_degrees(degrees),
                Angle::ZERO,
            )));
        }
        let image = render.render(&mut scaler, key.id)?;
        let (width, height) = (
            image.placement.width as usize,
            image.placement.height as usize,
        );
        (width > 0 && height > 0 && image.data.len() >= width * height).then_some(Bitmap {
            width,
            height,
            left: image.placement.left,
            top: image.placement.top,
            coverage: image.data,
        })
    }
}
