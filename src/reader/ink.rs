//! Ink: the page layout and its glyphs, painted by egui.
//!
//! One texture holds every glyph that was drawn; a label's layout is kept as long as it is on screen. Nothing else in
//! the window draws text.
mod atlas;
mod paint;

use atlas::Atlas;
use eframe::egui::{Color32, Context, Painter, Pos2, Rect, Vec2, vec2};
pub use paint::{Inks, Quads};
use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Range,
    rc::Rc,
};
use varaq_page::{Area, Direction, Fonts, Lines, Paragraph, Style};

/// How words of the window are to be laid out. Sizes in points.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'t> {
    /// The words.
    pub text: &'t str,
    /// Size.
    pub size: f32,
    /// Line height as a factor.
    pub line: f32,
    /// 100-900.
    pub weight: u16,
    /// Where lines break; `None` or infinite = never.
    pub width: Option<f32>,
    /// Whether the words run from right to left.
    pub rtl: bool,
    /// Most lines.
    pub up_to: usize,
}

/// Words on their lines.
#[derive(Clone)]
pub struct Laid {
    lines: Lines,
    /// Points: the widest line, and all lines.
    pub size: Vec2,
    /// Where the widest line's ink begins inside the layout, pixels.
    left: f32,
}

struct Kept {
    laid: Rc<Laid>,
    frame: u64,
}

/// The page layout of the window. Cheap to clone; lives on the window's thread.
#[derive(Clone)]
pub struct Ink {
    inner: Rc<RefCell<Inner>>,
}

pub(crate) struct Inner {
    pub(crate) fonts: Fonts,
    pub(crate) atlas: Atlas,
    kept: HashMap<u64, Kept>,
    frame: u64,
    /// Pixels per point.
    pub(crate) scale: f32,
    /// Paragraphs laid out in this frame.
    laid_now: usize,
    missing: usize,
}

/// Frames after which a label that nobody drew is forgotten.
const FORGET: u64 = 30;

impl Ink {
    /// Loads the bundled fonts.
    ///
    /// # Errors
    /// If the bundled fonts do not hold what they must: the program is broken.
    pub fn new(ctx: &Context) -> Result<Self, varaq_page::FontError> {
        let inner = Inner {
            fonts: Fonts::bundled()?,
            atlas: Atlas::new(ctx),
            kept: HashMap::new(),
            frame: 0,
            scale: ctx.pixels_per_point(),
            laid_now: 0,
            missing: 0,
        };
        Ok(Self {
            inner: Rc::new(RefCell::new(inner)),
        })
    }

    /// A new frame begins: what was not drawn for a while is forgotten.
    pub fn begin(&self, ctx: &Context) {
        let mut inner = self.inner.borrow_mut();
        let scale = ctx.pixels_per_point();
        if (scale - inner.scale).abs() > f32::EPSILON {
            inner.kept.clear();
            inner.scale = scale;
        }
        inner.frame += 1;
        inner.laid_now = 0;
        inner.atlas.make_room();
        let frame = inner.frame;
        inner.kept.retain(|_, kept| kept.frame + FORGET > frame);
    }

    /// The frame is drawn: new glyphs go to the texture.
    pub fn end(&self) {
        self.inner.borrow_mut().atlas.upload();
    }

    /// Lays words out, or remembers how they were laid out.
    #[must_use]
    pub fn lay(&self, setting: &Setting<'_>) -> Rc<Laid> {
        let mut inner = self.inner.borrow_mut();
        let inner = &mut *inner;
        let width = setting
            .width
            .filter(|width| width.is_finite())
            .map(|width| width.max(1.0));
        let mut hasher = DefaultHasher::new();
        (
            setting.text,
            setting.size.to_bits(),
            setting.line.to_bits(),
            setting.weight,
        )
            .hash(&mut hasher);
        (width.map(f32::to_bits), setting.rtl, setting.up_to).hash(&mut hasher);
        let key = hasher.finish();
        let frame = inner.frame;
        if let Some(kept) = inner.kept.get_mut(&key) {
            kept.frame = frame;
            return kept.laid.clone();
        }
        let direction = if setting.rtl {
            Direction::Rtl
        } else {
            Direction::Ltr
        };
        let style = Style::new(setting.size, setting.line).weight(setting.weight);
        let language = if setting.rtl { "fa" } else { "en" };
        let paragraph = Paragraph::plain(setting.text, direction, language, style);
        let pixels = width.map(|width| (width * inner.scale).ceil());
        let lines = match pixels {
            Some(pixels) if setting.up_to < usize::MAX => {
                inner
                    .fonts
                    .set_within(&paragraph, pixels, inner.scale, setting.up_to)
            }
            _ => inner.fonts.set(&paragraph, pixels, inner.scale),
        };
        inner.laid_now += 1;
        inner.missing += lines.missing();
        let laid = Rc::new(Laid::new(lines, inner.scale));
        inner.kept.insert(
            key,
            Kept {
                laid: laid.clone(),
                frame,
            },
        );
        laid
    }

    /// Paints words with the top left of their ink's box at a point.
    pub fn paint(&self, painter: &Painter, laid: &Laid, at: Pos2, colour: Color32) {
        let mut inner = self.inner.borrow_mut();
        let at = at - vec2(laid.left / inner.scale, 0.0);
        let mut quads = Quads::new();
        inner.add(&mut quads, &laid.lines, at, &Inks::plain(colour));
        quads.paint(painter, &inner.atlas);
    }

    /// Where bytes of words stand that are [painted](Ink::paint) at a point.
    #[must_use]
    pub fn areas(&self, laid: &Laid, at: Pos2, bytes: Range<usize>) -> Vec<Rect> {
        let scale = self.inner.borrow().scale;
        let len = laid.lines.text().len();
        let bytes = bytes.start.min(len)..bytes.end.min(len);
        let at = at - vec2(laid.left / scale, 0.0);
        let areas = laid.lines.areas(bytes).into_iter();
        let place = |area: Area| {
            Rect::from_min_max(
                at + vec2(area.left, area.top) / scale,
                at + vec2(area.right, area.bottom) / scale,
            )
        };
        areas.map(place).collect()
    }

    /// How many paragraphs this frame has laid out; for tests and measurements.
    #[must_use]
    pub fn laid_now(&self) -> usize {
        self.inner.borrow().laid_now
    }

    /// Characters without a glyph in all chrome laid out so far; for tests.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.inner.borrow().missing
    }

    /// Lends layout and glyphs to a part that keeps its own lines.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.inner.borrow_mut())
    }
}

impl Inner {
    /// Sets a paragraph in a width in points.
    pub(crate) fn set(&mut self, paragraph: &Paragraph, width: f32) -> Lines {
        self.laid_now += 1;
        self.fonts
            .set(paragraph, Some((width * self.scale).max(1.0)), self.scale)
    }
}

impl Laid {
    fn new(lines: Lines, scale: f32) -> Self {
        let len = lines.text().len();
        let areas = lines.areas(0..len);
        let left = areas
            .iter()
            .map(|area| area.left)
            .fold(f32::INFINITY, f32::min);
        let left = if left.is_finite() { left } else { 0.0 };
        let right = areas.iter().map(|area| area.right).fold(0.0, f32::max);
        let width = (right - left).max(lines.width());
        let size = vec2(width, lines.height()) / scale;
        Self { lines, size, left }
    }
}
