//! The mouse on the page: selection, links, footnotes. Links show their target and open nothing.
use super::{ArticleScreen, Popover, Spot, draw::Seen, ground::on_page, laid::Block};
use crate::{theme::size, widgets::View};
use eframe::egui::{
    CornerRadius, CursorIcon, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};
use varaq_page::{Ink as PageInk, RowKind};

impl ArticleScreen {
    fn spot_at(&self, view: &View<'_>, seen: &[Seen], p: Pos2) -> Option<Spot> {
        let scale = view.ink.with(|ink| ink.scale);
        let row = seen
            .iter()
            .find(|seen| p.y < seen.rect.bottom())
            .or(seen.last())?;
        let laid = self.laid.get(&row.index)?;
        let distance = |block: &&Block| {
            let at = row.rect.min + vec2(block.left, block.top);
            let size = vec2(block.lines.width(), block.lines.height()) / scale;
            Rect::from_min_size(at, size).distance_to_pos(p)
        };
        let block = laid
            .blocks
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let inside = (p - row.rect.min - vec2(block.left, block.top)) * scale;
        Some((
            row.index,
            block.range.start + block.lines.offset_at(inside.x, inside.y),
        ))
    }

    pub(super) fn mouse(&mut self, view: &View<'_>, ui: &Ui, page: &Response, seen: &[Seen]) {
        if page.contains_pointer() && self.popover.is_none() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        let Some(p) = page.interact_pointer_pos() else {
            return;
        };
        let Some(here) = self.spot_at(view, seen, p) else {
            return;
        };
        if page.drag_started() {
            let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(p);
            let from = self.spot_at(view, seen, origin).unwrap_or(here);
            self.selection = Some((from, here));
            self.popover = None;
        } else if page.dragged() {
            if let Some((_, to)) = &mut self.selection {
                *to = here;
            }
        } else if page.double_clicked() {
            self.select_word(view, seen, p);
        } else if page.clicked() {
            self.selection = None;
            self.popover = None;
            // A click on the page takes the focus from buttons, so that Space pages again.
            if let Some(focused) = ui.memory(|memory| memory.focused()) {
                ui.memory_mut(|memory| memory.surrender_focus(focused));
            }
        }
    }

    fn select_word(&mut self, view: &View<'_>, seen: &[Seen], p: Pos2) {
        let scale = view.ink.with(|ink| ink.scale);
        let Some(row) = seen.iter().find(|seen| seen.rect.contains(p)) else {
            return;
        };
        let Some(laid) = self.laid.get(&row.index) else {
            return;
        };
        for block in &laid.blocks {
            let inside = (p - row.rect.min - vec2(block.left, block.top)) * scale;
            if inside.y >= 0.0 && inside.y < block.lines.height() {
                let word = block.lines.word_at(inside.x, inside.y);
                let spot = |byte: usize| (row.index, block.range.start + byte);
                self.selection = Some((spot(word.start), spot(word.end)));
                return;
            }
        }
    }

    /// Links and references: each can be reached with Tab, shows its whole target, and opens nothing.
    pub(super) fn links(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect, seen: &[Seen]) {
        let scale = view.ink.with(|ink| ink.scale);
        let mut opened = None;
        for Seen { index, rect: place } in seen.iter().filter(|seen| seen.rect.intersects(rect)) {
            let (Some(row), Some(laid)) = (self.rows.rows.get(*index), self.laid.get(index)) else {
                continue;
            };
            let cells: Vec<&varaq_page::Paragraph> = match &row.kind {
                RowKind::Table { rows, .. } => {
                    rows.iter().flatten().map(|cell| &cell.paragraph).collect()
                }
                _ => vec![&row.paragraph],
            };
            for (number, (block, paragraph)) in laid.blocks.iter().zip(cells).enumerate() {
                let at = place.min + vec2(block.left, block.top);
                for (mark, span) in paragraph.spans.iter().enumerate() {
                    if span.ink.link == 0 && span.ink.note == 0 {
                        continue;
                    }
                    let words = paragraph.text.get(span.range.clone()).unwrap_or_default();
                    for (part, area) in block
                        .lines
                        .areas(span.range.clone())
                        .into_iter()
                        .enumerate()
                    {
                        let area = on_page(area, at, scale).intersect(rect);
                        if !area.is_positive() {
                            continue;
                        }
                        let id = Id::unique("link").with((*index, number, mark, part));
                        let response = ui.interact(area, id, Sense::click());
                        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
                        if response.hovered() {
                            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
                        }
                        if response.has_focus() {
                            let ring = Stroke::new(size::FOCUS, view.colours.focus);
                            ui.painter().rect_stroke(
                                area.expand(2.0),
                                CornerRadius::same(3),
                                ring,
                                StrokeKind::Outside,
                            );
                        }
                        if response.clicked() {
                            opened = Some((span.ink, area));
                        }
                    }
                }
            }
        }
        if let Some((ink, area)) = opened {
            self.popover = self.popover_of(ink, area);
        }
    }

    fn popover_of(&self, ink: PageInk, area: Rect) -> Option<Popover> {
        if let Some(target) = self.rows.target(ink.link) {
            return Some(Popover::link(target, area));
        }
        let label = ink.note.checked_sub(1)?;
        let first = self.rows.footnote(label)?;
        let text = self.rows.rows.get(first)?.paragraph.text.clone();
        Some(Popover::note(label, &text, self.entry.rtl, area))
    }
}
