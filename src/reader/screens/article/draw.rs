//! Lays out what is on screen, paints it, and takes the mouse.
use super::{Action, ArticleScreen, KEEP, KEEP_PICTURES, LaidRow, Shown, column, margin, popover};
use crate::{
    ink::{Inks, Quads},
    place::Place,
    theme::size,
    widgets::{self, Button, Text, View, button, label, middle, text_height},
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    accesskit, pos2, vec2,
};
use varaq_page::{Area, Direction, Row, RowKind};

/// Room above the first row and below the last one.
pub(super) const ABOVE: f32 = 26.0;
pub(super) const BELOW: f32 = 200.0;
/// Rows this far outside the window are laid out too, for the screen reader.
const BEYOND: f32 = 240.0;

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
        next: Option<&str>,
        actions: &mut Vec<Action>,
    ) {
        let column = column(rect, self.text_size);
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
        self.nodes(view, ui, rect, &seen);
        self.mouse(view, ui, &page, &seen);
        self.links(view, ui, rect, &seen);
        self.foot(view, ui, rect, column, next, actions);
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
        bar(
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
        let key = (width.to_bits(), self.text_size.to_bits(), scale.to_bits());
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

    /// Grounds below the words: quotes, code, tables, selection, matches.
    fn decorate(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect, seen: &[Seen]) {
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

    fn picture(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect, index: usize, place: Rect) {
        let Some(Row {
            kind: RowKind::Image { medium, alt },
            ..
        }) = self.rows.rows.get(index)
        else {
            return;
        };
        let Some(frame) = self.laid.get(&index).and_then(|laid| laid.picture) else {
            return;
        };
        let medium = usize::try_from(*medium).unwrap_or(usize::MAX);
        let frame = frame.translate(place.min.to_vec2());
        let painter = ui.painter().with_clip_rect(rect);
        let c = view.colours;
        let response = ui.interact(
            frame.intersect(rect),
            Id::unique("picture").with(index),
            Sense::hover(),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, alt));
        match self.pictures.get(&medium) {
            Some(Shown::Texture(texture)) => {
                // Dark pages dim pictures by 18 %.
                let tint = if c.page == Color32::WHITE {
                    Color32::WHITE
                } else {
                    Color32::from_gray(209)
                };
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), frame, uv, tint);
            }
            Some(Shown::Asked) => {
                painter.rect_filled(frame, CornerRadius::same(3), c.sunken);
            }
            Some(Shown::Failed(key)) => missing(view, ui, frame, rect, key),
            None => {
                painter.rect_filled(frame, CornerRadius::same(3), c.sunken);
                self.pictures.insert(medium, Shown::Asked);
                self.wanted.push(medium);
            }
        }
    }

    /// One node for each row, so that a screen reader reads the article in its order.
    fn nodes(&self, view: &View<'_>, ui: &mut Ui, rect: Rect, seen: &[Seen]) {
        let _ = view;
        for Seen { index, rect: place } in seen {
            let Some(row) = self
                .rows
                .rows
                .get(*index)
                .filter(|row| !row.paragraph.text.is_empty())
            else {
                continue;
            };
            let id = Id::unique("row").with((self.entry.number, *index));
            let shown = place.intersect(rect.expand(BEYOND));
            let response = ui.interact(shown, id, Sense::hover());
            let text = row.paragraph.text.as_str();
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
            let rtl = row.paragraph.direction == Direction::Rtl;
            ui.ctx().accesskit_node_builder(id, |node| {
                match &row.kind {
                    RowKind::Heading(level) => {
                        node.set_role(Role::Heading);
                        node.set_level(usize::from(*level) + 1);
                    }
                    RowKind::Item => node.set_role(Role::ListItem),
                    RowKind::Code => node.set_role(Role::Code),
                    RowKind::Table { .. } => node.set_role(Role::Table),
                    RowKind::Image { .. } => node.set_role(Role::Caption),
                    RowKind::Footnote(_) => node.set_role(Role::DocFootnote),
                    _ if row.quotes > 0 => node.set_role(Role::Blockquote),
                    _ => node.set_role(Role::Paragraph),
                }
                node.set_label(text);
                let direction = if rtl {
                    accesskit::TextDirection::RightToLeft
                } else {
                    accesskit::TextDirection::LeftToRight
                };
                node.set_text_direction(direction);
            });
        }
    }

    fn foot(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        rect: Rect,
        column: Rect,
        next: Option<&str>,
        actions: &mut Vec<Action>,
    ) {
        let top = rect.top() - self.offset + self.total() - BELOW + size::S[7];
        if top > rect.bottom() {
            return;
        }
        let c = view.colours;
        let clip = ui.clip_rect();
        ui.set_clip_rect(rect.intersect(clip));
        ui.painter().hline(
            column.left()..=column.right(),
            ui.painter().round_to_pixel_center(top),
            Stroke::new(1.0, c.hairline),
        );
        let place = Rect::from_min_size(
            pos2(column.left(), top + size::S[4]),
            vec2(column.width(), size::BUTTON),
        );
        match next {
            Some(title) => {
                let words = view.words.with("next-article", &[("title", title.into())]);
                let next = Button::quiet(&words);
                let width = next.width(view).min(column.width());
                if button(
                    view,
                    ui,
                    view.end(place, width),
                    Id::unique("next-article"),
                    &next,
                )
                .clicked()
                {
                    actions.push(Action::Go(Place::Article(self.entry.number + 1)));
                }
            }
            None => {
                let words = view.words.text("end-of-issue");
                let text = Text::new(&words, size::SMALL, c.ink3).centred();
                label(view, ui, place, &text);
            }
        }
        ui.set_clip_rect(clip);
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

pub(super) fn on_page(area: Area, at: eframe::egui::Pos2, scale: f32) -> Rect {
    Rect::from_min_max(
        at + vec2(area.left, area.top) / scale,
        at + vec2(area.right, area.bottom) / scale,
    )
}

/// A frame of the same size with a dashed edge and the reason.
fn missing(view: &View<'_>, ui: &mut Ui, frame: Rect, clip: Rect, key: &str) {
    let c = view.colours;
    let painter = ui.painter().with_clip_rect(clip);
    let corners = [
        frame.left_top(),
        frame.right_top(),
        frame.right_bottom(),
        frame.left_bottom(),
        frame.left_top(),
    ];
    painter.extend(Shape::dashed_line(
        &corners,
        Stroke::new(1.0, c.missing),
        5.0,
        4.0,
    ));
    let words = view.words.text(key);
    let text = Text::new(&words, size::SMALL, c.missing).centred();
    let height = text_height(view, &text, frame.width());
    if clip.contains_rect(middle(frame, height)) {
        label(view, ui, middle(frame, height), &text);
    }
}

/// Where the page stands in the article.
fn bar(view: &View<'_>, ui: &Ui, rect: Rect, progress: f32, share: f32) {
    let track = view.end(rect, 8.0).shrink2(vec2(2.0, 4.0));
    if share < 1.0 {
        let height = (track.height() * share).max(28.0);
        let top = track.top() + (track.height() - height) * progress;
        let thumb = Rect::from_min_size(pos2(track.left(), top), vec2(track.width(), height));
        ui.painter().rect_filled(
            thumb,
            CornerRadius::same(2),
            view.colours.stroke.gamma_multiply(0.6),
        );
    }
    let line = Rect::from_min_size(rect.min, Vec2::new(rect.width(), 3.0));
    ui.painter().rect_filled(line, 0, view.colours.hairline);
    ui.painter().rect_filled(
        view.start(line, line.width() * progress),
        0,
        view.colours.accent,
    );
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
    let mut column = column(rect, size::READING.0);
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
