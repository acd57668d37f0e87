//! Codes that were typed before any bundle came, each with the way to wait no longer.
use super::{heading, say};
use crate::{
    icon::Icon,
    screens::Action,
    theme::size,
    widgets::{self, Text, View, label, text_height},
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};
use varaq_trust::Code;

/// Draws the group; nothing when no code is awaited.
pub(super) fn awaited(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    codes: &[Code],
    actions: &mut Vec<Action>,
) {
    if codes.is_empty() {
        return;
    }
    heading(view, ui, column, &view.words.text("publishers-awaited"));
    for code in codes {
        if row(view, ui, widgets::take_top(column, size::ROW), code) {
            actions.push(Action::ForgetCode(*code));
        }
    }
    let more = view.words.text("publishers-awaited-more");
    say(view, ui, column, &more, (size::SMALL, view.colours.ink2));
}

fn row(view: &View<'_>, ui: &mut Ui, mut rect: Rect, code: &Code) -> bool {
    let c = view.colours;
    let shown = view.words.digits(&code.in_digits('0'));
    let cross = Rect::from_center_size(
        view.take_end(&mut rect, size::BUTTON).center(),
        Vec2::splat(size::BUTTON),
    );
    let text = Text::new(&shown, size::STRONG, c.ink)
        .facing(false)
        .lines(1);
    let height = text_height(view, &text, rect.width());
    label(view, ui, widgets::middle(rect, height), &text);
    let id = Id::unique("awaited").with(&shown);
    let response = ui.interact(cross, id, Sense::click());
    let name = view
        .words
        .with("publishers-awaited-forget", &[("code", shown.into())]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    widgets::follow_focus(ui, &response);
    let ground = if response.hovered() {
        c.hover
    } else {
        Color32::TRANSPARENT
    };
    let corner = CornerRadius::same(6);
    ui.painter().rect_filled(cross, corner, ground);
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, c.focus);
        ui.painter()
            .rect_stroke(cross, corner, ring, StrokeKind::Inside);
    }
    let square = Rect::from_center_size(cross.center(), Vec2::splat(size::ICON));
    Icon::new("close").paint(ui.painter(), square, c.ink2, c.desk);
    response.clicked()
}
