//! What the reader calls a publisher, and the field to call it something else.
use super::{Known, say};
use crate::{
    screens::Action,
    theme::size,
    widgets::{self, Button, Input, Text, View, button, hairline, label, text_height},
};
use eframe::egui::{Id, Key, Rect, Ui};

/// A name on its way in.
#[derive(Clone, Debug)]
pub struct Naming {
    /// What is typed.
    pub input: Input,
    /// The other publisher that is called so, or nearly so.
    pub taken: Option<String>,
}

impl Naming {
    /// The field with the name as it is; it takes the focus.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut input = Input::with(name);
        input.take_focus();
        Self { input, taken: None }
    }
}

/// Draws the row, or the field while the name is being typed.
pub(super) fn name(
    view: &View<'_>,
    ui: &mut Ui,
    inside: &mut Rect,
    (known, naming): (&Known, Option<&mut Naming>),
    actions: &mut Vec<Action>,
) {
    let across = inside.left()..=inside.right();
    hairline(view, ui.painter(), across, inside.top());
    match naming {
        Some(naming) => field(view, ui, inside, naming, actions),
        None => row(view, ui, inside, known, actions),
    }
}

fn row(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, known: &Known, actions: &mut Vec<Action>) {
    let (c, words) = (view.colours, view.words);
    let (title, change) = (words.text("name-yours"), words.text("name-change"));
    let value = match known.is_own_name() {
        true => words.text("name-own"),
        false => known.pin.name.clone(),
    };
    let mut row = *inside;
    let changes = Button::quiet(&change);
    let button_place = view.take_end(&mut row, changes.width(view));
    let title = Text::new(&title, size::SMALL, c.ink3);
    let mut labels = view.take_start(&mut row, super::detail::LABELS);
    let value = Text::new(&value, size::STRONG, c.ink);
    let height = text_height(view, &value, row.width()) + 20.0;
    labels.max.y = labels.top() + height;
    label(
        view,
        ui,
        widgets::middle(labels, text_height(view, &title, labels.width())),
        &title,
    );
    let taken = widgets::take_top(inside, height);
    row.max.y = taken.bottom();
    label(view, ui, widgets::middle(row, height - 20.0), &value);
    let place = Rect::from_x_y_ranges(button_place.x_range(), taken.y_range());
    let place = widgets::middle(place, size::BUTTON);
    if button(view, ui, place, Id::unique("name-change"), &changes).clicked() {
        actions.push(Action::AskName);
    }
}

fn field(
    view: &View<'_>,
    ui: &mut Ui,
    inside: &mut Rect,
    naming: &mut Naming,
    actions: &mut Vec<Action>,
) {
    let (c, words) = (view.colours, view.words);
    inside.min.y += 10.0;
    let (title, more) = (words.text("name-yours"), words.text("name-more"));
    say(view, ui, inside, &title, (size::SMALL, c.ink3));
    inside.min.y += size::S[1];
    let place = widgets::take_top(inside, size::INPUT);
    let response = naming.input.show(view, ui, place, &title);
    if response.changed() {
        naming.taken = None;
    }
    let entered = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    inside.min.y += size::S[1];
    let (said, ink) = match &naming.taken {
        Some(name) => (
            words.with("name-taken", &[("name", name.as_str().into())]),
            c.ink,
        ),
        None => (more, c.ink2),
    };
    say(view, ui, inside, &said, (size::SMALL, ink));
    inside.min.y += size::S[2];
    let mut row = widgets::take_top(inside, size::BUTTON);
    let (save, cancel) = (words.text("name-save"), words.text("cancel"));
    let saves = Button::normal(&save);
    let place = view.take_start(&mut row, saves.width(view));
    let clicked = button(view, ui, place, Id::unique("name-save"), &saves).clicked();
    if clicked || entered {
        actions.push(Action::Rename(naming.input.text().to_owned()));
    }
    view.take_start(&mut row, size::S[3]);
    let cancels = Button::quiet(&cancel);
    let place = view.take_start(&mut row, cancels.width(view));
    if button(view, ui, place, Id::unique("cancel"), &cancels).clicked() {
        actions.push(Action::Do(crate::command::Command::Leave));
    }
    inside.min.y += size::S[3];
}
