//! Why nothing is shown, what still works, and the file's own name, with the word of the format for telling someone.
use super::{SIDE, shortened};
use crate::{
    face::Face,
    issue::Checked,
    theme::size,
    widgets::{self, Text, View, label, text_height, text_size},
};
use eframe::egui::{CornerRadius, Rect, Shape, Ui, epaint::RectShape, pos2, vec2};

const LABELS: f32 = 128.0;

/// Draws the grey box of reasons.
pub(super) fn reason(view: &View<'_>, ui: &mut Ui, y: &mut Rect, checked: &Checked) {
    let _ = widgets::take_top(y, size::S[2]);
    let outer = y.shrink2(vec2(SIDE, 0.0));
    let ground = ui.painter().add(Shape::Noop);
    let mut inside = outer.shrink2(vec2(18.0, 0.0));
    let _ = widgets::take_top(&mut inside, 10.0);
    let face = Face::of(checked.verdict);
    for (name, key) in [("fact-reason", "reason"), ("fact-works", "works")] {
        let said = view.words.text(&face.key(key));
        let row = named(view, ui, &inside, name);
        let text = Text::new(&said, size::SMALL, view.colours.ink);
        label(view, ui, row, &text);
        let height = text_height(view, &text, row.width());
        let _ = widgets::take_top(&mut inside, height + size::S[1]);
    }
    let row = named(view, ui, &inside, "fact-file");
    let height = file(view, ui, row, checked);
    let _ = widgets::take_top(&mut inside, height + size::S[1]);
    let box_ = Rect::from_min_max(outer.min, pos2(outer.right(), inside.top() + 6.0));
    ui.painter().set(
        ground,
        RectShape::filled(box_, CornerRadius::same(6), view.colours.sunken),
    );
    y.min.y = box_.bottom();
}

/// Draws the name of a row and gives back the room beside it.
fn named(view: &View<'_>, ui: &mut Ui, inside: &Rect, name: &str) -> Rect {
    let mut row = *inside;
    let key = view.words.text(name);
    let mut place = view.take_start(&mut row, LABELS);
    view.take_end(&mut place, size::S[2]);
    label(
        view,
        ui,
        place,
        &Text::new(&key, size::SMALL, view.colours.ink3),
    );
    row
}

/// Name and size of the file, and the verdict's name in the format; answers with the height.
fn file(view: &View<'_>, ui: &mut Ui, mut row: Rect, checked: &Checked) -> f32 {
    let c = view.colours;
    let word = Text::new(checked.verdict.name(), size::SMALL, c.ink3)
        .facing(false)
        .lines(1)
        .at_end();
    let width = text_size(view, &word, f32::INFINITY).x + size::S[3];
    let place = view.take_end(&mut row, width);
    label(view, ui, place, &word);
    let bytes = view.words.size(checked.size);
    let weight = Text::new(&bytes, size::SMALL, c.ink3).lines(1);
    let weight_width = text_size(view, &weight, f32::INFINITY).x;
    let name = shortened(&checked.file, 44);
    let name = Text::new(&name, size::SMALL, c.ink).facing(false).lines(1);
    let room = (row.width() - weight_width - size::S[4]).max(40.0);
    let taken = text_size(view, &name, room);
    let place = view.take_start(&mut row, taken.x + 1.0);
    label(view, ui, place, &name);
    view.take_start(&mut row, size::S[3]);
    label(view, ui, row, &weight);
    taken.y
}
