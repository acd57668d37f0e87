//! What lies below the words: grounds of quotes, code and tables, the selection, and matches.
use super::{ArticleScreen, draw::Seen};
use crate::{theme::size, widgets::View};
use eframe::egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use varaq_page::{Area, RowKind};

impl ArticleScreen {
    /// Grounds below the words: quotes, code, tables, selection, matches.
    pub(super) fn decorate(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect, seen: &[Seen]) {
        let painter = ui.painter().with_clip_rect(rect);
        let c = view.colours;
        let scale = view.ink.with(|ink| ink.scale);
        for Seen { index, rect: place } in seen {
            let (Some(row), Some(laid)) = (self.rows.rows.get(*index), self.laid.get(index)) else {
                continue;
            };
            let rtl = self.entry.rtl;
            let words = Rect::from_min_max(place.min + vec2(0.0, row.above), place.max);
            for depth in 0..row.quotes {
                let inset = f32::from(depth) * 26.0;
                // The rule runs through to the row above when that one is in the quote too.
                let joined = index
                    .checked_sub(1)
                    .and_then(|i| self.rows.rows.get(i))
                    .is_some_and(|above| above.quotes > depth);
                let top = if joined { place.top() } else { words.top() };
                let x = if rtl {
                    place.right() - inset - size::QUOTE_RULE
                } else {
                    place.left() + inset
                };
                painter.rect_filled(
                    Rect::from_min_max(pos2(x, top), pos2(x + size::QUOTE_RULE, place.bottom())),
                    0,
                    c.accent,
                );
            }
            match &row.kind {
                RowKind::Code => {
                    let left = if rtl {
                        words.left()
                    } else {
                        words.left() + row.indent
                    };
                    let right = if rtl {
                        words.right() - row.indent
                    } else {
                        words.right()
                    };
                    let ground =
                        Rect::from_min_max(pos2(left, words.top()), pos2(right, words.bottom()));
                    painter.rect_filled(ground, CornerRadius::same(6), c.sunken);
                }
                RowKind::Rule => {
                    let y = painter.round_to_pixel_center(words.center().y);
                    let x = words.center().x;
                    painter.hline(x - 60.0..=x + 60.0, y, Stroke::new(1.0, c.stroke));
                }
                RowKind::Table { .. } => {
                    for (bottom, header) in &laid.rules {
                        let y = painter.round_to_pixel_center(place.top() + bottom);
                        let ink = if *header { c.ink } else { c.hairline };
                        painter.hline(place.left()..=place.right(), y, Stroke::new(1.0, ink));
                    }
                }
                _ => {}
            }
            for block in &laid.blocks {
                let at = place.min + vec2(block.left, block.top);
                let cut = |range: &std::ops::Range<usize>| {
                    let (from, to) = (
                        range.start.max(block.range.start),
                        range.end.min(block.range.end),
                    );
                    (from < to).then(|| from - block.range.start..to - block.range.start)
                };
                if let Some(range) = self.selected_in(*index).as_ref().and_then(&cut) {
                    for area in block.lines.areas(range) {
                        painter.rect_filled(on_page(area, at, scale), 0, c.select);
                    }
                }
                for (current, range) in self
                    .finding
                    .iter()
                    .flat_map(|finding| finding.of_row(*index))
                {
                    let Some(range) = cut(&range) else { continue };
                    for area in block.lines.match_areas(range) {
                        let area = on_page(area, at, scale)
                            .shrink2(vec2(0.0, 3.0))
                            .expand2(vec2(1.0, 0.0));
                        painter.rect_filled(area, CornerRadius::same(3), c.mark);
                        let under =
                            pos2(area.left(), area.bottom())..pos2(area.right(), area.bottom());
                        painter.line_segment(
                            [under.start, under.end],
                            Stroke::new(2.0, c.unknown_line),
                        );
                        if current {
                            painter.rect_stroke(
                                area,
                                CornerRadius::same(3),
                                Stroke::new(2.0, c.focus),
                                StrokeKind::Outside,
                            );
                        }
                    }
                }
            }
        }
    }

    fn selected_in(&self, row: usize) -> Option<std::ops::Range<usize>> {
        let (one, other) = self.selection?;
        let (from, to) = if one <= other {
            (one, other)
        } else {
            (other, one)
        };
        let inside = from.0 <= row && row <= to.0;
        let start = if row == from.0 { from.1 } else { 0 };
        let end = if row == to.0 { to.1 } else { usize::MAX };
        inside.then_some(start..end)
    }
}

pub(super) fn on_page(area: Area, at: eframe::egui::Pos2, scale: f32) -> Rect {
    Rect::from_min_max(
        at + vec2(area.left, area.top) / scale,
        at + vec2(area.right, area.bottom) / scale,
    )
}
