//! Text on a page: bidi, shaping, line breaking, selection geometry.
//!
//! In: paragraphs with a declared direction and language, or the blocks of an
//! article. Out: positioned glyphs, rectangles and bitmaps, all in physical
//! pixels. What can go wrong: nothing; a character without a glyph is a box and
//! is counted. Knows fonts, not the window: the reader paints what stands here.
//!
//! Bidi is UAX #9, line breaking UAX #14, shaping HarfBuzz's (through parley).

mod bitmap;
mod copy;
mod field;
mod find;
mod fonts;
mod geometry;
mod lines;
mod paragraph;
mod raster;
mod row;
mod rows;
mod set_text;

pub use bitmap::{Bitmap, GlyphKey, Rasteriser};
pub use copy::copied;
pub use field::{Edit, Field};
pub use find::{Hit, extend_match, find};
pub use fonts::{FontError, Fonts};
pub use geometry::Area;
pub use lines::{Lines, Run, Underline};
pub use paragraph::{Align, Direction, Face, Ink, Paragraph, Span, Style, is_rtl_language};
pub use raster::Canvas;
pub use row::{Cell, Marker, Row, RowKind};
pub use rows::{Rows, Setting};
