//! The sheet that asks to which stick a bundle is to be copied.
use super::Action;
use crate::{
    command::Command,
    drives::Drive,
    icon::Icon,
    theme::size,
    widgets::{self, Button, Text, View, button, label, text_height},
};
use eframe::egui::{Id, Rect, Sense, Ui, vec2};

/// Draws the sheet on top of the window. `name` is what is to be copied.
pub fn targets(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    drives: &[Drive],
) -> Vec<Action> {
    let c = view.colours;
    let sticks: Vec<&Drive> = drives
        .iter()
        .filter(|drive| drive.is_removable && !drive.is_read_only)
        .collect();
    let rows = sticks.len().max(1) as f32;
    let width = 480.0_f32.min(rect.width() - 48.0);
    let sheet = Rect::from_center_size(rect.center(), vec2(width, 152.0 + rows * size::INPUT));
    let behind = ui.interact(rect, Id::unique("behind-targets"), Sense::click());
    widgets::over(view, ui, rect, sheet);
    let mut inside = sheet.shrink(size::S[5]);
    let key = if sticks.is_empty() {
        "copy-none"
    } else {
        "copy-choose"
    };
    let words = view.words.with(key, &[("name", name.into())]);
    let text = Text::new(&words, size::SUBHEADING, c.ink);
    let height = text_height(view, &text, inside.width());
    let place = widgets::take_top(&mut inside, height + size::S[3]);
    label(view, ui, place, &text);
    let mut actions = Vec::new();
    for (index, drive) in sticks.iter().enumerate() {
        let row = widgets::take_top(&mut inside, size::INPUT);
        let free = view.words.size(drive.free);
        let free = view.words.with("drive-free", &[("free", free.into())]);
        let words = format!("\u{2068}{}\u{2069} · {free}", drive.name);
        let copies = Button::normal(&words).icon(Icon::new("stick"));
        let place = widgets::middle(row, size::BUTTON);
        if button(view, ui, place, Id::unique("target").with(index), &copies).clicked() {
            actions.push(Action::CopyTo(drive.path.clone(), drive.is_fat));
        }
    }
    let _ = widgets::take_top(&mut inside, size::S[2]);
    let words = view.words.text("cancel");
    let closes = Button::quiet(&words);
    let row = widgets::take_top(&mut inside, size::BUTTON);
    let place = view.end(row, closes.width(view));
    let closed = button(view, ui, place, Id::unique("no-target"), &closes).clicked();
    if (closed || behind.clicked()) && actions.is_empty() {
        actions.push(Action::Do(Command::Leave));
    }
    actions
}
