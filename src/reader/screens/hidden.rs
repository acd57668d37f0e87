//! The page that stands there when everything was put away: an empty text, and nothing of what was read.
use crate::{
    theme::size,
    widgets::{Input, View},
};
use eframe::egui::{Rect, Ui, vec2};

/// The lines of the text; what is typed is kept as long as the page is.
#[derive(Default)]
pub struct HiddenState {
    input: Input,
    begun: bool,
}

/// Draws the page.
pub fn hidden(view: &View<'_>, ui: &mut Ui, rect: Rect, state: &mut HiddenState) {
    ui.painter().rect_filled(rect, 0, view.colours.page);
    if !std::mem::replace(&mut state.begun, true) {
        state.input.take_focus();
    }
    let line = rect.shrink2(vec2(size::S[5], size::S[4]));
    let line = Rect::from_min_size(line.min, vec2(line.width(), size::INPUT));
    let _ = state.input.show(view, ui, line, "");
}
