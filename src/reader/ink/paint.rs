//! From lines to one mesh of textured quads.
use super::{Inner, atlas::Atlas};
use eframe::egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, pos2, vec2};
use varaq_page::{Ink as PageInk, Lines};

/// The colours of a paragraph by role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    /// Plain words.
    pub plain: Color32,
    /// Links and references.
    pub link: Color32,
    /// Code inside a line.
    pub code: Color32,
    /// Second voice.
    pub quiet: Color32,
}

impl Inks {
    /// One colour for everything.
    #[must_use]
    pub fn plain(colour: Color32) -> Self {
        Self {
            plain: colour,
            link: colour,
            code: colour,
            quiet: colour,
        }
    }

    fn of(&self, ink: PageInk) -> Color32 {
        match ink.role {
            PageInk::LINK => self.link,
            PageInk::CODE => self.code,
            PageInk::QUIET => self.quiet,
            _ => self.plain,
        }
    }
}

/// Quads of glyphs, collected for one shape.
#[derive(Default)]
pub struct Quads {
    mesh: Mesh,
}

impl Quads {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds quads that were made with their origin at zero.
    pub(crate) fn append_at(&mut self, other: &Quads, at: Pos2) {
        let base = u32::try_from(self.mesh.vertices.len()).unwrap_or(0);
        self.mesh
            .indices
            .extend(other.mesh.indices.iter().map(|index| index + base));
        self.mesh
            .vertices
            .extend(other.mesh.vertices.iter().map(|vertex| {
                let mut vertex = *vertex;
                vertex.pos += at.to_vec2();
                vertex
            }));
    }

    /// Paints them; `atlas` must be the one they were made with.
    pub(crate) fn paint(mut self, painter: &Painter, atlas: &Atlas) {
        if !self.mesh.is_empty() {
            self.mesh.texture_id = atlas.texture();
            painter.add(Shape::mesh(self.mesh));
        }
    }
}

impl Inner {
    /// Adds the glyphs of `lines`, whose layout begins at `at` (points). Glyphs stand on whole pixels.
    pub(crate) fn add(&mut self, quads: &mut Quads, lines: &Lines, at: Pos2, inks: &Inks) {
        let scale = self.scale;
        let origin = pos2((at.x * scale).round(), (at.y * scale).round());
        let atlas = &mut self.atlas;
        lines.each_run(|run| {
            let colour = inks.of(run.ink());
            let rise = run.rise();
            let size = run.size();
            for glyph in run.glyphs() {
                if glyph.id == 0 {
                    tofu(
                        quads,
                        atlas,
                        origin,
                        glyph.x,
                        glyph.y - rise,
                        size,
                        scale,
                        colour,
                    );
                    continue;
                }
                let (key, whole) = run.key(glyph.id, glyph.x);
                let Some(slot) = atlas.slot(&run, key) else {
                    continue;
                };
                let min = origin + vec2(whole + slot.left, (glyph.y - rise).round() - slot.top);
                let rect = Rect::from_min_size(min, vec2(slot.width, slot.height));
                quads
                    .mesh
                    .add_rect_with_uv(scaled(rect, scale), slot.uv, colour);
            }
            if let Some(line) = run.underline() {
                let rect = Rect::from_min_size(
                    origin + vec2(line.x, line.y),
                    vec2(line.width, line.thickness),
                );
                quads.mesh.add_rect_with_uv(
                    scaled(rect, scale),
                    atlas.opaque(),
                    colour.gamma_multiply(0.55),
                );
            }
        });
    }
}

fn scaled(rect: Rect, scale: f32) -> Rect {
    Rect::from_min_max(
        (rect.min.to_vec2() / scale).to_pos2(),
        (rect.max.to_vec2() / scale).to_pos2(),
    )
}

/// A box for a character that no font has: seen, unlike a blank.
#[allow(clippy::too_many_arguments)] // a glyph's place is all of these
fn tofu(
    quads: &mut Quads,
    atlas: &Atlas,
    origin: Pos2,
    x: f32,
    y: f32,
    size: f32,
    scale: f32,
    colour: Color32,
) {
    let frame = Rect::from_min_max(
        origin + vec2(x.round() + 1.0, (y - size * 0.7).round()),
        origin + vec2((x + size * 0.5).round(), y.round()),
    );
    let (l, r, t, b) = (frame.left(), frame.right(), frame.top(), frame.bottom());
    for side in [
        Rect::from_min_max(pos2(l, t), pos2(r, t + 1.0)),
        Rect::from_min_max(pos2(l, b - 1.0), pos2(r, b)),
        Rect::from_min_max(pos2(l, t), pos2(l + 1.0, b)),
        Rect::from_min_max(pos2(r - 1.0, t), pos2(r, b)),
    ] {
        quads
            .mesh
            .add_rect_with_uv(scaled(side, scale), atlas.opaque(), colour);
    }
}
