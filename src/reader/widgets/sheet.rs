//! Sheets of paper and the lines between things.
use super::View;
use eframe::egui::{CornerRadius, Painter, Rect, Stroke, StrokeKind, Ui};

/// A white sheet with a hairline around it.
pub fn sheet(view: &View<'_>, ui: &Ui, rect: Rect, edge: eframe::egui::Color32) {
    ui.painter().rect(
        rect,
        CornerRadius::same(8),
        view.colours.page,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
}

/// A raised sheet over the window, which fades behind it.
pub fn over(view: &View<'_>, ui: &Ui, window: Rect, sheet: Rect) {
    let c = view.colours;
    ui.painter()
        .rect_filled(window, 0, c.desk.gamma_multiply(0.8));
    ui.painter().rect(
        sheet,
        CornerRadius::same(8),
        c.raised,
        Stroke::new(1.0, c.stroke),
        StrokeKind::Inside,
    );
}

/// A line across, one pixel thick.
pub fn hairline(view: &View<'_>, painter: &Painter, x: std::ops::RangeInclusive<f32>, y: f32) {
    painter.hline(
        x,
        painter.round_to_pixel_center(y),
        Stroke::new(1.0, view.colours.hairline),
    );
}

/// A line down, one pixel thick.
pub fn hairline_down(view: &View<'_>, painter: &Painter, x: f32, y: std::ops::RangeInclusive<f32>) {
    painter.vline(
        painter.round_to_pixel_center(x),
        y,
        Stroke::new(1.0, view.colours.hairline),
    );
}
