//! The field for a code with its button, and what is said about what was typed.
use super::Compared;
use crate::{
    theme::size,
    widgets::{
        self, Button, CODE_HEIGHT, CodeField, Text, View, button, label, middle, text_height,
    },
};
use eframe::egui::{Id, Key, Rect, Ui};

/// Draws field and button at the top of `inside`, which goes on below them; true when the reader wants the code
/// taken. `more` draws further buttons beside the first.
pub(super) fn entry(
    view: &View<'_>,
    ui: &mut Ui,
    inside: &mut Rect,
    (field, compared): (&mut CodeField, Option<Compared>),
    (name, take): (&str, &str),
    more: impl FnOnce(&mut Ui, &mut Rect),
) -> bool {
    let cells = widgets::take_top(inside, CODE_HEIGHT);
    let response = field.show(view, ui, cells, Id::unique("code"), name);
    let whole = field.missing() == 0;
    let entered = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let _ = widgets::take_top(inside, size::S[3]);
    let mut row = widgets::take_top(inside, size::BUTTON);
    let takes = Button::normal(take).enabled(whole);
    let place = view.take_start(&mut row, takes.width(view));
    let pressed = button(view, ui, place, Id::unique("compare"), &takes).clicked();
    view.take_start(&mut row, size::S[3]);
    more(ui, &mut row);
    view.take_start(&mut row, size::S[1]);
    say(view, ui, row, field.missing(), compared);
    pressed || (entered && whole)
}

fn say(view: &View<'_>, ui: &mut Ui, row: Rect, missing: usize, compared: Option<Compared>) {
    let (c, words) = (view.colours, view.words);
    let (said, ink) = match (missing, compared) {
        (1.., _) => {
            let count = words.number(missing as u64).into();
            (words.with("code-left", &[("count", count)]), c.ink2)
        }
        (0, None) => return,
        (0, Some(Compared::Waiting)) => (words.text("code-waiting"), c.ink2),
        (0, Some(Compared::NoMemory)) => (words.text("code-no-memory"), c.ink),
        (0, Some(Compared::Typo)) => (words.text("code-typo"), c.ink),
        (0, Some(Compared::Another)) => (words.text("code-wrong"), c.ink),
    };
    let weight = if ink == c.ink { 600 } else { 400 };
    let text = Text::new(&said, size::SMALL, ink).weight(weight);
    let height = text_height(view, &text, row.width());
    label(view, ui, middle(row, height), &text);
}
