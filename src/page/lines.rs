//! A paragraph that is set: lines, runs of glyphs, and its text.

use crate::geometry::Area;
use crate::paragraph::{Align, Ink};
use crate::set_text::SetText;
use parley::{
    Alignment, AlignmentOptions, FontData, Glyph, GlyphRun, Layout, PositionedLayoutItem,
};
use std::ops::Range;

/// A paragraph in lines. Positions are in physical pixels from its top left.
#[derive(Clone)]
pub struct Lines {
    pub(crate) text: SetText,
    pub(crate) layout: Layout<Ink>,
    align: Align,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines")
            .field("text", &self.text.own())
            .field("lines", &self.line_count())
            .finish()
    }
}

impl Lines {
    pub(crate) fn new(text: SetText, layout: Layout<Ink>, align: Align) -> Lines {
        Lines {
            text,
            layout,
            align,
        }
    }

    /// The paragraph's text in logical order.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.own()
    }

    /// Width of the longest line, without spaces at its end.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.layout.width()
    }

    /// Height of all lines.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.layout.height()
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.layout.len()
    }

    /// Whether the base direction is right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.layout.is_rtl()
    }

    /// Distance of the first baseline from the top.
    #[must_use]
    pub fn first_baseline(&self) -> f32 {
        self.layout.first_baseline().unwrap_or(0.0)
    }

    /// Byte offset in the text where line `index` ends.
    pub(crate) fn line_end(&self, index: usize) -> usize {
        self.layout.get(index).map_or(self.text().len(), |line| {
            self.text.to_own(line.text_range().end)
        })
    }

    /// Breaks the same glyphs again at another width (about 6 % of the cost of setting).
    pub fn break_again(&mut self, width: Option<f32>) {
        let width = width.filter(|w| w.is_finite()).map(|w| w.max(1.0));
        self.layout.break_all_lines(width);
        align(&mut self.layout, self.align);
    }

    /// Characters for which no bundled font has a glyph; the painter draws a box for each.
    #[must_use]
    pub fn missing(&self) -> usize {
        let mut missing = 0;
        self.each_run(|run| missing += run.glyphs().filter(|glyph| glyph.id == 0).count());
        missing
    }

    /// The range of the text and the area of each line, from the top.
    #[must_use]
    pub fn line_areas(&self) -> Vec<(Range<usize>, Area)> {
        let lines = self.layout.lines().map(|line| {
            let text = line.text_range();
            let m = line.metrics();
            let left = m.inline_min_coord + m.offset;
            let area = Area {
                left,
                top: m.block_min_coord,
                right: left + m.advance,
                bottom: m.block_max_coord,
            };
            (
                self.text.to_own(text.start)..self.text.to_own(text.end),
                area,
            )
        });
        lines.collect()
    }

    /// The letters of a line as they stand from left to right, each with its marks: ranges of the text.
    #[must_use]
    pub fn visual_order(&self, line: usize) -> Vec<Range<usize>> {
        let line = self.layout.get(line);
        let runs = line.iter().flat_map(|line| line.runs());
        let letters = runs.flat_map(|run| run.visual_clusters());
        letters
            .map(|letter| {
                let set = letter.text_range();
                self.text.to_own(set.start)..self.text.to_own(set.end)
            })
            .collect()
    }

    /// Calls `visit` for every run of glyphs, top down, left to right.
    pub fn each_run(&self, mut visit: impl FnMut(Run<'_>)) {
        for line in self.layout.lines() {
            let metrics = line.metrics();
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    visit(Run {
                        top: metrics.block_min_coord,
                        bottom: metrics.block_max_coord,
                        run,
                    });
                }
            }
        }
    }
}

/// A run of glyphs of one font, size and ink on one line.
pub struct Run<'a> {
    top: f32,
    bottom: f32,
    pub(crate) run: GlyphRun<'a, Ink>,
}

/// Where a run is underlined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Underline {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Length.
    pub width: f32,
    /// Thickness, at least 1.
    pub thickness: f32,
}

impl<'a> Run<'a> {
    /// Glyphs with positions on the baseline, in the order in which they stand from left to right.
    pub fn glyphs(&'a self) -> impl Iterator<Item = Glyph> + 'a {
        self.run.positioned_glyphs()
    }

    /// The font file of the run.
    #[must_use]
    pub fn font(&self) -> &FontData {
        self.run.run().font()
    }

    /// Size in pixels per em.
    #[must_use]
    pub fn size(&self) -> f32 {
        self.run.run().font_size()
    }

    /// Top of the line that the run stands on.
    #[must_use]
    pub fn top(&self) -> f32 {
        self.top
    }

    /// Bottom of the line that the run stands on.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.bottom
    }

    /// Colour role, link and footnote.
    #[must_use]
    pub fn ink(&self) -> Ink {
        self.run.style().brush
    }

    /// How far the run lies above its baseline when it is raised, else 0.
    #[must_use]
    pub fn rise(&self) -> f32 {
        if self.ink().note == 0 {
            0.0
        } else {
            self.size() * 0.45
        }
    }

    /// The boxes to draw, hollow, for letters that no font has.
    #[must_use]
    pub fn missing(&self) -> Vec<Area> {
        let size = self.size();
        let absent = self.glyphs().filter(|glyph| glyph.id == 0);
        absent
            .map(|glyph| {
                let width = if glyph.advance > 0.0 {
                    glyph.advance
                } else {
                    size * 0.5
                };
                let inset = (width * 0.1).min(size * 0.08);
                Area {
                    left: glyph.x + inset,
                    top: glyph.y - size * 0.72,
                    right: glyph.x + width - inset,
                    bottom: glyph.y,
                }
            })
            .collect()
    }

    /// Where it is underlined, if it is.
    #[must_use]
    pub fn underline(&self) -> Option<Underline> {
        self.run.style().underline.as_ref()?;
        let metrics = self.run.run().font_metrics();
        Some(Underline {
            x: self.run.offset(),
            y: (self.run.baseline() - metrics.underline_offset).round(),
            width: self.run.advance(),
            thickness: metrics.underline_size.max(1.0).round(),
        })
    }
}

/// Puts broken lines where the style wants them.
fn align(layout: &mut Layout<Ink>, align: Align) {
    let alignment = match align {
        Align::Start => Alignment::Start,
        Align::Centre => Alignment::Center,
        Align::End => Alignment::End,
        Align::Justify => Alignment::Justify,
    };
    layout.align(alignment, AlignmentOptions::default());
}
