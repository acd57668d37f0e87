//! Words with some of them marked: what a search was for, in the text's own spelling.
use super::{Text, View, label};
use eframe::egui::{CornerRadius, Rect, Stroke, Ui, pos2};
use std::ops::Range;

/// Paints words with marks under these bytes: a ground and a line, so that no colour is needed to see them. Words
/// that are cut off take their marks with them.
pub fn marked(
    view: &View<'_>,
    ui: &Ui,
    rect: Rect,
    text: &Text<'_>,
    marks: &[Range<usize>],
) -> Rect {
    let (laid, at) = label::placed(view, rect, text);
    let c = view.colours;
    let under = c.mark.lerp_to_gamma(c.ink, 0.45);
    for range in marks {
        for area in view.ink.areas(&laid, at, range.clone()) {
            let area = area.expand2(eframe::egui::vec2(2.0, -2.0));
            ui.painter()
                .rect_filled(area, CornerRadius::same(3), c.mark);
            let line = [
                pos2(area.left(), area.bottom() - 1.0),
                pos2(area.right(), area.bottom() - 1.0),
            ];
            ui.painter().line_segment(line, Stroke::new(2.0, under));
        }
    }
    label::paint(view, ui, rect, text)
}
