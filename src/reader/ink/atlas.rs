//! One texture of white glyphs, filled as they are needed.
use eframe::egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureOptions, pos2, vec2};
use std::collections::HashMap;
use varaq_page::{Bitmap, GlyphKey, Rasteriser, Run};

const SIDE: usize = 2_048;
/// The texture is emptied between two frames when this many rows are in use.
const FULL: usize = SIDE - 256;

/// Where a glyph stands in the texture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) uv: Rect,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) left: f32,
    pub(crate) top: f32,
}

pub(crate) struct Atlas {
    texture: TextureHandle,
    pixels: Vec<u8>,
    slots: HashMap<GlyphKey, Option<Slot>>,
    rasteriser: Rasteriser,
    pen: (usize, usize),
    row: usize,
    dirty: Option<(usize, usize)>,
    /// Changes when slots move; meshes made before are void.
    pub(crate) epoch: u64,
}

const OPTIONS: TextureOptions = TextureOptions::NEAREST;

impl Atlas {
    pub(crate) fn new(ctx: &Context) -> Self {
        let mut atlas = Self {
            texture: ctx.load_texture(
                "glyphs",
                ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT),
                OPTIONS,
            ),
            pixels: vec![0; SIDE * SIDE],
            slots: HashMap::new(),
            rasteriser: Rasteriser::default(),
            pen: (0, 0),
            row: 0,
            dirty: None,
            epoch: 0,
        };
        atlas.clear();
        atlas
    }

    fn clear(&mut self) {
        self.pixels.fill(0);
        // One opaque square for underlines and boxes.
        for y in 0..3 {
            for x in 0..3 {
                if let Some(pixel) = self.pixels.get_mut(y * SIDE + x) {
                    *pixel = 255;
                }
            }
        }
        self.slots.clear();
        self.pen = (4, 0);
        self.row = 4;
        self.dirty = Some((0, SIDE));
        self.epoch += 1;
    }

    pub(crate) fn make_room(&mut self) {
        if self.pen.1 + self.row > FULL {
            self.clear();
        }
    }

    pub(crate) fn texture(&self) -> eframe::egui::TextureId {
        self.texture.id()
    }

    /// A point inside the opaque square.
    pub(crate) fn opaque(&self) -> Rect {
        let at = 1.5 / SIDE as f32;
        Rect::from_min_max(pos2(at, at), pos2(at, at))
    }

    /// The slot of a glyph; `None` for one without ink, or when the texture is full until the next frame.
    pub(crate) fn slot(&mut self, run: &Run<'_>, key: GlyphKey) -> Option<Slot> {
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let slot = match self.rasteriser.draw(run, key) {
            None => None,
            Some(bitmap) => Some(self.place(&bitmap)?),
        };
        self.slots.insert(key, slot);
        slot
    }

    fn place(&mut self, bitmap: &Bitmap) -> Option<Slot> {
        if self.pen.0 + bitmap.width + 1 > SIDE {
            self.pen = (0, self.pen.1 + self.row + 1);
            self.row = 0;
        }
        let (x, y) = self.pen;
        if y + bitmap.height + 1 > SIDE || bitmap.width + 1 > SIDE {
            return None;
        }
        for (line, values) in bitmap
            .coverage
            .chunks(bitmap.width.max(1))
            .take(bitmap.height)
            .enumerate()
        {
            let from = (y + line) * SIDE + x;
            if let Some(target) = self.pixels.get_mut(from..from + values.len()) {
                target.copy_from_slice(values);
            }
        }
        self.pen.0 += bitmap.width + 1;
        self.row = self.row.max(bitmap.height);
        let (first, last) = self.dirty.unwrap_or((y, y));
        self.dirty = Some((first.min(y), last.max(y + bitmap.height)));
        let (side, width, height) = (SIDE as f32, bitmap.width as f32, bitmap.height as f32);
        let uv = Rect::from_min_size(
            pos2(x as f32 / side, y as f32 / side),
            vec2(width / side, height / side),
        );
        Some(Slot {
            uv,
            width,
            height,
            left: bitmap.left as f32,
            top: bitmap.top as f32,
        })
    }

    pub(crate) fn upload(&mut self) {
        let Some((first, last)) = self.dirty.take() else {
            return;
        };
        let rows = self
            .pixels
            .get(first * SIDE..last * SIDE)
            .unwrap_or_default();
        let white = |&a: &u8| Color32::from_rgba_premultiplied(a, a, a, a);
        let image = ColorImage::new([SIDE, last - first], rows.iter().map(white).collect());
        self.texture.set_partial([0, first], image, OPTIONS);
    }
}
