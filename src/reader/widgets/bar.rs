//! Bars: the one on top with its icon buttons, and the amber strip.
use super::{Text, View, hairline, label, middle};
use crate::{
    command::{Command, printed},
    face::Tone,
    icon::Icon,
    theme::size,
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

/// Paints the bar on top of `rect` and gives back the part for tools.
pub fn top_bar(view: &View<'_>, ui: &Ui, rect: &mut Rect) -> Rect {
    let bar = super::take_top(rect, size::TOP_BAR);
    ui.painter().rect_filled(bar, 0, view.colours.chrome);
    hairline(
        view,
        ui.painter(),
        bar.left()..=bar.right(),
        bar.bottom() - 0.5,
    );
    bar.shrink2(vec2(size::S[4], 0.0))
}

/// A square button with an icon; its name and key stand in a tooltip.
pub fn icon_button(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    icon: Icon,
    command: Command,
    on: bool,
) -> Response {
    let place = Rect::from_center_size(rect.center(), Vec2::splat(size::BUTTON));
    let response = ui.interact(place, ui.make_persistent_id(command), Sense::click());
    let name = view.words.text(command.text());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &name));
    let c = view.colours;
    let (ground, ink) = match (on, response.hovered()) {
        (true, _) => (c.accent_soft, c.accent),
        (false, true) => (c.hover, c.ink),
        (false, false) => (Color32::TRANSPARENT, c.ink2),
    };
    ui.painter()
        .rect_filled(place, CornerRadius::same(6), ground);
    icon.paint(
        ui.painter(),
        Rect::from_center_size(place.center(), Vec2::splat(size::ICON)),
        ink,
        ground,
    );
    super::button::focus_ring(view, ui, &response, 6);
    if response.hovered() || response.has_focus() {
        let key = command
            .keys(view.rtl)
            .first()
            .map(printed)
            .unwrap_or_default();
        tooltip(view, ui, place, &name, &key);
    }
    response
}

/// A small raised note below a control.
fn tooltip(view: &View<'_>, ui: &Ui, below: Rect, name: &str, key: &str) {
    let c = view.colours;
    let name = Text::new(name, size::CAPTION, c.ink);
    let key = Text::new(key, size::CAPTION, c.ink3).facing(false);
    let (first, second) = (
        super::text_size(view, &name, f32::INFINITY),
        super::text_size(view, &key, f32::INFINITY),
    );
    let wide = vec2(
        first.x + second.x + size::S[3] * 3.0,
        first.y + size::S[2] * 1.5,
    );
    let screen = ui.ctx().content_rect().shrink(size::S[2]);
    let left = (below.center().x - wide.x / 2.0)
        .clamp(screen.left(), (screen.right() - wide.x).max(screen.left()));
    let note = Rect::from_min_size(pos2(left, below.bottom() + size::S[1]), wide);
    let painter = ui.ctx().layer_painter(eframe::egui::LayerId::new(
        eframe::egui::Order::Tooltip,
        Id::unique("tooltip"),
    ));
    painter.rect(
        note,
        CornerRadius::same(6),
        c.raised,
        Stroke::new(1.0, c.stroke),
        StrokeKind::Inside,
    );
    let mut inside = middle(note.shrink2(vec2(size::S[3], 0.0)), first.y);
    for text in [&name, &key] {
        let laid = view.ink.lay(&text.setting(view, None));
        let place = view.take_start(&mut inside, laid.size.x);
        view.ink.paint(&painter, &laid, place.min, text.colour());
        view.take_start(&mut inside, size::S[3]);
    }
}

/// A dashed amber strip that stays on the pages of an issue; `rect` loses its height.
pub fn strip(view: &View<'_>, ui: &mut Ui, rect: &mut Rect, icon: Icon, words: &str) {
    let strip = super::take_top(rect, 36.0);
    let paint = Tone::Unknown.paint(view.colours);
    ui.painter().rect_filled(strip, 0, paint.soft);
    let y = strip.bottom() - 0.5;
    let stroke = Stroke::new(1.0, paint.ink);
    ui.painter().extend(Shape::dashed_line(
        &[pos2(strip.left(), y), pos2(strip.right(), y)],
        stroke,
        6.0,
        4.0,
    ));
    let mut inside = strip.shrink2(vec2(size::S[5], 0.0));
    let place = view.take_start(&mut inside, size::ICON_SMALL);
    let square = Rect::from_center_size(place.center(), Vec2::splat(size::ICON_SMALL));
    icon.paint(ui.painter(), square, paint.ink, Color32::TRANSPARENT);
    view.take_start(&mut inside, size::S[2]);
    let text = Text::new(words, size::SMALL, paint.ink)
        .weight(600)
        .lines(1);
    let height = super::text_height(view, &text, inside.width());
    label(view, ui, middle(inside, height), &text);
}
