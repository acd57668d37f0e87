//! From points to places in the text and back.

use crate::find::extend_match;
use crate::lines::Lines;
use crate::paragraph::Ink;
use parley::{Affinity, Cluster, Cursor, Line, Selection};
use std::ops::Range;

/// A rectangle in physical pixels from the paragraph's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl From<parley::BoundingBox> for Area {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "pixels of a window fit f32"
    )]
    fn from(b: parley::BoundingBox) -> Area {
        Area {
            left: b.x0 as f32,
            top: b.y0 as f32,
            right: b.x1 as f32,
            bottom: b.y1 as f32,
        }
    }
}

impl Lines {
    /// The byte offset nearest to a point.
    #[must_use]
    pub fn offset_at(&self, x: f32, y: f32) -> usize {
        let (x, y) = self.inside(x, y);
        self.text
            .to_own(Cursor::from_point(&self.layout, x, y).index())
    }

    /// The ink under a point: its link and footnote.
    #[must_use]
    pub fn ink_at(&self, x: f32, y: f32) -> Option<Ink> {
        if !(0.0..self.height()).contains(&y) {
            return None;
        }
        Cluster::from_point_exact(&self.layout, x, y).map(|(cluster, _)| cluster.style().brush)
    }

    /// The word under a point: `می‌خواهیم` is one.
    #[must_use]
    pub fn word_at(&self, x: f32, y: f32) -> Range<usize> {
        let (x, y) = self.inside(x, y);
        self.own(Selection::word_from_point(&self.layout, x, y).text_range())
    }

    /// The line under a point, as a range of the text.
    #[must_use]
    pub fn line_at(&self, x: f32, y: f32) -> Range<usize> {
        let (x, y) = self.inside(x, y);
        self.own(Selection::line_from_point(&self.layout, x, y).text_range())
    }

    /// Where the caret stands before the character at `offset`, `width` pixels wide.
    #[must_use]
    pub fn caret(&self, offset: usize, width: f32) -> Area {
        let at = self.text.to_set(offset);
        Cursor::from_byte_index(&self.layout, at, Affinity::Downstream)
            .geometry(&self.layout, width)
            .into()
    }

    /// The rectangles of a range of the text; one range can be several pieces of one line.
    #[must_use]
    pub fn areas(&self, range: Range<usize>) -> Vec<Area> {
        let range = self.text.to_set(range.start)..self.text.to_set(range.end);
        let lines = self.layout.lines();
        let touched = lines.filter(|line| {
            let held = line.text_range();
            held.start < range.end && range.start < held.end
        });
        touched.flat_map(|line| pieces(&line, &range)).collect()
    }

    /// The rectangles of a match, with the joiners and marks that belong to its last letter.
    #[must_use]
    pub fn match_areas(&self, range: Range<usize>) -> Vec<Area> {
        let end = extend_match(self.text(), range.end);
        self.areas(range.start..end)
    }

    /// A point on one of the lines: above and below them hit-testing finds nothing, and what is not a number
    /// could find anything.
    fn inside(&self, x: f32, y: f32) -> (f32, f32) {
        let x = if x.is_nan() { 0.0 } else { x.clamp(-1e6, 1e6) };
        let last = (self.height() - 1.0).max(0.0);
        (x, if y.is_nan() { 0.0 } else { y.clamp(0.0, last) })
    }

    fn own(&self, set: Range<usize>) -> Range<usize> {
        self.text.to_own(set.start)..self.text.to_own(set.end)
    }
}

/// The pieces of a range on one line, letters that touch joined.
fn pieces(line: &Line<'_, Ink>, range: &Range<usize>) -> Vec<Area> {
    let metrics = line.metrics();
    let mut pieces: Vec<Area> = Vec::new();
    let mut left = metrics.inline_min_coord + metrics.offset;
    let mut touches = false;
    for letter in line.runs().flat_map(|run| run.visual_clusters()) {
        let right = left + letter.advance();
        let selected = range.contains(&letter.text_range().start) && right > left;
        match pieces.last_mut() {
            Some(last) if selected && touches => last.right = right,
            _ if selected => pieces.push(Area {
                left,
                top: metrics.block_min_coord,
                right,
                bottom: metrics.block_max_coord,
            }),
            _ => {}
        }
        touches = selected || touches && right == left;
        left = right;
    }
    pieces
}
