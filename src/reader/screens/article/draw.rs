//! Lays out what is on screen, paints it, and takes the mouse.
use super::{Action, ArticleScreen, KEEP, KEEP_PICTURES, LaidRow, column, foot, margin, popover};
use crate::look::Look;
use crate::{
    ink::{Inks, Quads},
    theme::size,
    widgets::{self, Text, View, label, text_height},
};
use eframe::egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use varaq_page::{Row, RowKind};

/// Room above the first row and below the last one.
pub(super) const ABOVE: f32 = 26.0;
pub(super) const BELOW: f32 = 340.0;
/// Rows this far outside the window are laid out too, for the screen reader.
pub(super) const BEYOND: f32 = 240.0;

/// A row on screen.
pub(super) struct Seen {
    pub(super) index: usize,
    pub(super) rect: Rect,
}

impl ArticleScreen {
    pub(super) fn draw(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        rect: Rect,
        actions: &mut Vec<Action>,
    ) {
        let column = column(rect, self.look);
        self.view_height = rect.height();
        self.measure(view, column.width());
        let page = ui.interact(rect, Id::unique("page"), Sense::click_and_drag());
        page.widget_info(|| WidgetInfo::labeled(Role::Document, true, &self.entry.title));
        if page.contains_pointer() && self.popover.is_none() {
            self.offset -= ui.input(|input| input.smooth_scroll_delta().y);
        }
        self.bring_into_view(view, column.width());
        let seen = self.lay_seen(view, rect, column);
        self.decorate(view, ui, rect, &seen);
        self.paint(view, ui, rect, &seen);
        self.nodes(ui, rect, &seen);
        self.mouse(view, ui, &page, &seen);
        self.links(view, ui, rect, &seen);
        self.foot(view, ui, rect, column, actions);
        if let Some(row) = margin::contents(
            view,
            ui,
            rect,
            column,
            &self.rows.rows,
            self.head,
            self.row_at(self.offset + 80.0),
        ) {
            self.reveal = None;
            self.offset = self.top_of(row) - size::S[4];
            ui.ctx().request_repaint();
        }
        foot::bar(
            view,
            ui,
            rect,
            self.progress(),
            self.view_height / self.total().max(1.0),
        );
        popover::show(view, ui, rect, &mut self.popover, actions);
        self.forget();
    }

    /// Heights for this width: guesses, until rows are laid out.
    fn measure(&mut self, view: &View<'_>, width: f32) {
        let scale = view.ink.with(|ink| ink.scale);
        let key = (width.to_bits(), self.look.size.to_bits(), scale.to_bits());
        if key == self.key {
            return;
        }
        let top = self.row_at(self.offset);
        let inside = self.offset
            - if self.heights.is_empty() {
                0.0
            } else {
                self.top_of(top)
            };
        let sides = |row: &Row| self.sides(row);
        let guess = |row: &Row| match (&row.kind, sides(row)) {
            (RowKind::Image { .. }, Some([w, h])) => {
                row.above + width.min(w.max(200) as f32) * h as f32 / w.max(1) as f32 + 40.0
            }
            _ => row.above + row.guess_height(width),
        };
        self.heights = self.rows.rows.iter().map(guess).collect();
        self.laid.clear();
        if self.key != (0, 0, 0) {
            self.offset = self.top_of(top) + inside;
        }
        self.key = key;
    }

    fn sides(&self, row: &Row) -> Option<[u32; 2]> {
        let RowKind::Image { medium, .. } = &row.kind else {
            return None;
        };
        self.entry
            .media
            .get(usize::try_from(*medium).ok()?)
            .copied()
            .flatten()
    }

    fn lay(&mut self, view: &View<'_>, index: usize, width: f32) -> f32 {
        if let Some(row) = self.rows.rows.get(index)
            && !self.laid.contains_key(&index)
        {
            let sides = self.sides(row);
            let laid = view.ink.with(|ink| LaidRow::new(ink, row, width, sides));
            self.laid.insert(index, laid);
        }
        let Some(laid) = self.laid.get_mut(&index) else {
            return 0.0;
        };
        laid.used = self.frame;
        laid.height
    }

    /// Moves to a row or a match that somebody asked for.
    fn bring_into_view(&mut self, view: &View<'_>, width: f32) {
        if let Some((row, byte)) = self.reveal.take() {
            let height = self.lay(view, row, width);
            if let Some(kept) = self.heights.get_mut(row) {
                *kept = height;
            }
            let top = self.top_of(row);
            let scale = view.ink.with(|ink| ink.scale);
            let inside = self.laid.get(&row).and_then(|laid| {
                let block = laid
                    .blocks
                    .iter()
                    .find(|block| block.range.contains(&byte))?;
                let caret = block.lines.caret(byte - block.range.start, 1.0);
                Some(block.top + caret.top / scale)
            });
            let y = top + inside.unwrap_or(0.0);
            if byte == 0 && inside.is_none_or(|inside| inside < 1.0) {
                self.offset = top - size::S[4];
            } else if y < self.offset + 40.0 || y > self.offset + self.view_height - 80.0 {
                self.offset = y - self.view_height / 3.0;
            }
        }
        self.offset = self
            .offset
            .clamp(0.0, (self.total() - self.view_height).max(0.0));
    }

    /// Lays out what is on screen and says where it stands.
    fn lay_seen(&mut self, view: &View<'_>, rect: Rect, column: Rect) -> Vec<Seen> {
        let mut seen = Vec::new();
        let mut y = rect.top() + ABOVE - self.offset;
        for index in 0..self.heights.len() {
            if y > rect.bottom() + BEYOND {
                break;
            }
            let guess = self.heights.get(index).copied().unwrap_or(0.0);
            if y + guess < rect.top() - BEYOND {
                y += guess;
                continue;
            }
            let height = self.lay(view, index, column.width());
            if (height - guess).abs() > 0.1 {
                if let Some(kept) = self.heights.get_mut(index) {
                    *kept = height;
                }
                // What is read stays in place when a guess above it was wrong.
                if y + guess < rect.top() {
                    self.offset += height - guess;
                    y -= height - guess;
                }
            }
            let scale = view.ink.with(|ink| ink.scale);
            let top = (y * scale).round() / scale;
            seen.push(Seen {
                index,
                rect: Rect::from_min_size(pos2(column.left(), top), vec2(column.width(), height)),
            });
            y += height;
        }
        self.offset = self
            .offset
            .clamp(0.0, (self.total() - self.view_height).max(0.0));
        seen
    }

    fn paint(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect, seen: &[Seen]) {
        let painter = ui.painter().with_clip_rect(rect);
        let mut all = Quads::new();
        let c = view.colours;
        for Seen { index, rect: place } in seen {
            if !place.intersects(rect) {
                continue;
            }
            let Some(row) = self.rows.rows.get(*index) else {
                continue;
            };
            let plain = match row.kind {
                RowKind::Attribution if *index == 0 && self.head > 2 => c.accent,
                RowKind::Attribution | RowKind::Image { .. } => c.ink3,
                RowKind::Standfirst | RowKind::Footnote(_) => c.ink2,
                _ => c.ink,
            };
            let inks = Inks {
                plain,
                link: c.accent,
                code: c.ink2,
                quiet: c.ink3,
            };
            if let Some(laid) = self.laid.get_mut(index) {
                view.ink
                    .with(|ink| all.append_at(laid.quads(ink, &inks), place.min));
            }
        }
        view.ink.with(|ink| all.paint(&painter, &ink.atlas));
        for Seen { index, rect: place } in seen {
            self.picture(view, ui, rect, *index, *place);
        }
    }

    fn forget(&mut self) {
        if self.laid.len() > KEEP {
            let frame = self.frame;
            self.laid.retain(|_, laid| laid.used == frame);
        }
        if self.pictures.len() > KEEP_PICTURES {
            let near: Vec<usize> = self
                .laid
                .keys()
                .filter_map(
                    |index| match self.rows.rows.get(*index).map(|row| &row.kind) {
                        Some(RowKind::Image { medium, .. }) => usize::try_from(*medium).ok(),
                        _ => None,
                    },
                )
                .collect();
            self.pictures.retain(|medium, _| near.contains(medium));
        }
    }
}

/// A page without text: headline and what is to be said.
pub(super) fn message(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    title: &str,
    rtl: bool,
    sentences: &[&str],
) {
    let mut column = column(rect, Look::default());
    let _ = widgets::take_top(&mut column, size::S[8]);
    let title = Text::new(title, size::DISPLAY, view.colours.ink).facing(rtl);
    label(&view.facing(rtl), ui, column, &title);
    let height = text_height(view, &title, column.width());
    let _ = widgets::take_top(&mut column, height + size::S[4]);
    for sentence in sentences {
        let text = Text::new(sentence, size::SUBHEADING, view.colours.ink2).weight(400);
        label(view, ui, column, &text);
        let height = text_height(view, &text, column.width());
        let _ = widgets::take_top(&mut column, height);
    }
}
