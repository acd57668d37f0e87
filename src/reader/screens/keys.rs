//! The `?` sheet: every key, made from the commands themselves.
use crate::{
    command::{Command, printed},
    theme::size,
    widgets::{self, Text, View, label, middle, text_height, text_size},
};
use eframe::egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui, vec2};

/// Draws the sheet on top of the window.
pub fn keys(view: &View<'_>, ui: &mut Ui, rect: Rect) {
    let c = view.colours;
    let rows = Command::ALL.len().div_ceil(2) as f32;
    let sheet = Rect::from_center_size(
        rect.center(),
        vec2(860.0_f32.min(rect.width() - 48.0), rows * 34.0 + 104.0),
    );
    widgets::over(view, ui, rect, sheet);
    let mut inside = sheet.shrink2(vec2(size::S[6], size::S[5]));
    let title = view.words.text("keys-title");
    label(view, ui, inside, &Text::new(&title, size::TITLE, c.ink));
    let _ = widgets::take_top(&mut inside, 52.0);
    let half = (inside.width() - size::S[6]) / 2.0;
    let columns = [view.start(inside, half), view.end(inside, half)];
    for (index, command) in Command::ALL.into_iter().enumerate() {
        let rows = Command::ALL.len().div_ceil(2);
        let Some(column) = columns.get(index / rows) else {
            continue;
        };
        let top = column.top() + (index % rows) as f32 * 34.0;
        let row = Rect::from_min_size(
            eframe::egui::pos2(column.left(), top),
            vec2(column.width(), 34.0),
        );
        one(view, ui, row, command);
    }
}

fn one(view: &View<'_>, ui: &mut Ui, mut row: Rect, command: Command) {
    let c = view.colours;
    let mut printed: Vec<String> = command.keys(view.rtl).iter().map(printed).collect();
    printed.dedup();
    printed.truncate(2);
    for key in printed.iter().rev() {
        let text = Text::new(key, size::CAPTION, c.ink2).facing(false).lines(1);
        let width = text_size(view, &text, f32::INFINITY).x + 14.0;
        let place = view.take_end(&mut row, width);
        let cap = middle(place, 24.0);
        ui.painter().rect(
            cap,
            CornerRadius::same(3),
            c.page,
            Stroke::new(1.0, c.stroke),
            StrokeKind::Inside,
        );
        let height = text_height(view, &text, width);
        label(view, ui, middle(cap, height), &text.centred());
        view.take_end(&mut row, size::S[1]);
    }
    let words = view.words.text(command.text());
    let text = Text::new(&words, size::BODY, c.ink).lines(1);
    let height = text_height(view, &text, row.width());
    label(view, ui, middle(row, height), &text);
}
