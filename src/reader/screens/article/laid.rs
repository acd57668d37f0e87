//! A row of the article on its lines.
use super::columns::{GAP, columns};
use crate::ink::{Inks, Inner, Quads};
use eframe::egui::{Rect, pos2, vec2};
use std::ops::Range;
use varaq_page::{Align, Direction, Lines, Paragraph, Row, RowKind};

/// Lines somewhere in a row. Points from the row's top left.
pub(super) struct Block {
    pub(super) lines: Lines,
    pub(super) left: f32,
    pub(super) top: f32,
    /// Bytes of the row's text that these lines show.
    pub(super) range: Range<usize>,
}

/// A row that is laid out. Lengths in points.
pub(super) struct LaidRow {
    pub(super) blocks: Vec<Block>,
    /// Bullet, number or label in the indent.
    pub(super) marker: Option<Block>,
    /// Place of the picture.
    pub(super) picture: Option<Rect>,
    /// Lower edges of a table's rows, and whether each is a header.
    pub(super) rules: Vec<(f32, bool)>,
    pub(super) height: f32,
    pub(super) used: u64,
    quads: Option<(u64, Inks, Quads)>,
}

/// Padding of code.
pub(super) const CODE: f32 = 14.0;

impl LaidRow {
    /// Lays a row out in a column of `width` points.
    pub(super) fn new(ink: &mut Inner, row: &Row, width: f32, sides: Option<[u32; 2]>) -> Self {
        let rtl = row.paragraph.direction == Direction::Rtl;
        let mut laid = Self {
            blocks: Vec::new(),
            marker: None,
            picture: None,
            rules: Vec::new(),
            height: row.above,
            used: 0,
            quads: None,
        };
        match &row.kind {
            RowKind::Rule => laid.height += row.paragraph.style.size,
            RowKind::Table { rows, headers } => laid.table(ink, rows, *headers, width, rtl),
            RowKind::Code => {
                let left = if rtl { 0.0 } else { row.indent } + CODE;
                laid.height += CODE;
                laid.text(
                    ink,
                    &row.paragraph,
                    left,
                    (width - row.indent - 2.0 * CODE).max(40.0),
                    0,
                );
                laid.height += CODE;
            }
            RowKind::Image { .. } => {
                let [w, h] = sides.unwrap_or([16, 9]).map(|n| n.max(1) as f32);
                let wide = width.min(w.max(200.0));
                let size = vec2(wide, (wide * h / w).clamp(24.0, 2_400.0)).round();
                laid.picture = Some(Rect::from_min_size(
                    pos2(((width - wide) / 2.0).round(), laid.height),
                    size,
                ));
                laid.height += size.y;
                if !row.paragraph.text.is_empty() {
                    laid.height += 8.0;
                    laid.text(ink, &row.paragraph, 0.0, width, 0);
                }
            }
            _ => {
                let left = if rtl { 0.0 } else { row.indent };
                laid.marker(ink, row, width, rtl);
                laid.text(ink, &row.paragraph, left, (width - row.indent).max(40.0), 0);
            }
        }
        laid
    }

    fn text(&mut self, ink: &mut Inner, paragraph: &Paragraph, left: f32, width: f32, from: usize) {
        let lines = ink.set(paragraph, width);
        let top = self.height;
        self.height += lines.height() / ink.scale;
        let range = from..from + paragraph.text.len();
        self.blocks.push(Block {
            lines,
            left,
            top,
            range,
        });
    }

    fn marker(&mut self, ink: &mut Inner, row: &Row, width: f32, rtl: bool) {
        use varaq_page::Marker;
        let text = match &row.marker {
            None => return,
            Some(Marker::Bullet) => "•".to_owned(),
            Some(Marker::Number(number)) => format!("{number}."),
            Some(Marker::Note(label)) => label.clone(),
        };
        let mut style = row.paragraph.style.clone();
        style.align = Align::Start;
        let paragraph = Paragraph::plain(
            &text,
            row.paragraph.direction,
            &row.paragraph.language,
            style,
        );
        let room = row.indent.min(row.paragraph.style.size * 1.6);
        let lines = ink.set(&paragraph, room);
        let left = if rtl {
            width - row.indent
        } else {
            row.indent - room
        };
        self.marker = Some(Block {
            lines,
            left,
            top: self.height,
            range: 0..0,
        });
    }

    fn table(
        &mut self,
        ink: &mut Inner,
        rows: &[Vec<varaq_page::Cell>],
        headers: u32,
        width: f32,
        rtl: bool,
    ) {
        let columns = columns(rows, width);
        let pad = 8.0;
        let mut from = 0;
        for (index, cells) in (0_u32..).zip(rows) {
            let top = self.height + pad;
            let (mut x, mut tallest) = (0.0_f32, 0.0_f32);
            for (cell, &wide) in cells.iter().zip(&columns) {
                let lines = ink.set(&cell.paragraph, (wide - GAP).max(24.0));
                tallest = tallest.max(lines.height() / ink.scale);
                let left = if rtl { width - x - wide + GAP } else { x };
                let range = from..from + cell.paragraph.text.len();
                from = range.end + 1;
                self.blocks.push(Block {
                    lines,
                    left,
                    top,
                    range,
                });
                x += wide;
            }
            self.height = top + tallest + pad;
            self.rules.push((self.height, index < headers));
        }
    }

    /// Glyphs of the row relative to its top left, made once for each set of colours.
    pub(super) fn quads(&mut self, ink: &mut Inner, inks: &Inks) -> &Quads {
        let epoch = ink.atlas.epoch;
        let fresh = self
            .quads
            .as_ref()
            .is_some_and(|(of, with, _)| *of == epoch && with == inks);
        if !fresh {
            let mut quads = Quads::new();
            for block in self.blocks.iter().chain(&self.marker) {
                ink.add(&mut quads, &block.lines, pos2(block.left, block.top), inks);
            }
            self.quads = Some((epoch, *inks, quads));
        }
        let (.., quads) = self
            .quads
            .get_or_insert_with(|| (epoch, *inks, Quads::new()));
        quads
    }
}
