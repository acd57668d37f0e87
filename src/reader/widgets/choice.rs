//! One of several that exclude each other, in a box of its own.
use super::{Text, View, middle, paint, text_height};
use crate::theme::size;
use eframe::egui::{
    CornerRadius, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

/// Draws a box with a name in it; true when it was chosen.
pub fn choice(view: &View<'_>, ui: &mut Ui, rect: Rect, id: Id, name: &str, on: bool) -> bool {
    let c = view.colours;
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, name));
    super::follow_focus(ui, &response);
    choice_frame(view, ui, rect, on, &response);
    let ink = if on { c.accent } else { c.ink };
    let text = Text::new(name, size::BODY, ink)
        .weight(if on { 600 } else { 400 })
        .centred()
        .lines(1);
    let height = text_height(view, &text, rect.width());
    paint(view, ui, middle(rect, height), &text);
    response.clicked()
}

/// The box: what is chosen has a thicker edge too, not another colour alone.
pub fn choice_frame(view: &View<'_>, ui: &Ui, rect: Rect, on: bool, response: &Response) {
    let c = view.colours;
    let (ground, edge) = match (on, response.hovered()) {
        (true, _) => (c.accent_soft, Stroke::new(2.0, c.accent)),
        (false, true) => (c.hover, Stroke::new(1.0, c.stroke)),
        (false, false) => (c.page, Stroke::new(1.0, c.stroke)),
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(6),
        ground,
        edge,
        StrokeKind::Inside,
    );
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(2.0),
            CornerRadius::same(8),
            Stroke::new(size::FOCUS, c.focus),
            StrokeKind::Outside,
        );
    }
}
