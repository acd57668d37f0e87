//! The panel where a code is typed that came without any file: from a radio, a wall, a person.
use super::say;
use crate::{
    command::Command,
    screens::{Action, Compared, entry::entry, scrolled},
    theme::size,
    widgets::{self, Button, CodeField, View, button},
    words::Words,
};
use eframe::egui::{
    CornerRadius, Id, Rect, Shape, Stroke, StrokeKind, Ui, epaint::RectShape, pos2, vec2,
};
use varaq_trust::Code;

/// A code on its way in.
#[derive(Clone, Debug)]
pub struct Typing {
    /// What is typed.
    pub field: CodeField,
    /// What came of it.
    pub compared: Option<Compared>,
}

impl Typing {
    /// An empty panel whose field takes the focus.
    #[must_use]
    pub fn new() -> Self {
        Self {
            field: CodeField::focused(),
            compared: None,
        }
    }

    /// A panel with a code that a file showed, which is being looked up.
    #[must_use]
    pub fn with(code: &Code) -> Self {
        let mut typing = Self::new();
        typing.field.insert(&code.in_digits('0'));
        typing.compared = Some(Compared::Waiting);
        typing
    }
}

impl Default for Typing {
    fn default() -> Self {
        Self::new()
    }
}

/// What came of the last thing that was taken in, with the name of the publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The code is on the clipboard.
    Copied,
    /// The code waits for a bundle.
    Awaited,
    /// It is the code of a publisher that was not checked before.
    Checked(String),
    /// It is the code of a publisher that was checked before.
    CheckedBefore(String),
    /// The publisher stands on the list from now on, its code not compared.
    Introduced(String),
    /// A key of the publisher is stopped.
    Stopped(String),
}

impl Told {
    /// The sentence of it.
    pub(super) fn in_words(&self, words: &Words) -> String {
        let named = |key, name: &String| words.with(key, &[("name", name.as_str().into())]);
        match self {
            Self::Copied => words.text("copied"),
            Self::Awaited => words.text("told-awaited"),
            Self::Checked(name) => named("told-checked", name),
            Self::CheckedBefore(name) => named("told-checked-before", name),
            Self::Introduced(name) => named("told-introduced", name),
            Self::Stopped(name) => named("told-stopped", name),
        }
    }
}

/// Draws the panel in the place of the list.
pub(super) fn panel(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    typing: &mut Typing,
    actions: &mut Vec<Action>,
) {
    scrolled(ui, rect, "typing", |ui, page| {
        let width = (page.width() - 2.0 * size::S[5]).min(size::SHEET);
        let mut sheet = Rect::from_center_size(page.center(), vec2(width, page.height()));
        sheet.min.y = page.top() + size::S[6];
        let ground = ui.painter().add(Shape::Noop);
        let mut inside = sheet.shrink2(vec2(28.0, size::S[5]));
        content(view, ui, &mut inside, typing, actions);
        let bottom = inside.top() + size::S[5];
        let paper = Rect::from_min_max(sheet.min, pos2(sheet.right(), bottom.round()));
        let edge = Stroke::new(1.0, view.colours.hairline);
        let corner = CornerRadius::same(8);
        let paper = RectShape::new(paper, corner, view.colours.page, edge, StrokeKind::Inside);
        ui.painter().set(ground, paper);
        bottom + size::S[6]
    });
}

fn content(
    view: &View<'_>,
    ui: &mut Ui,
    inside: &mut Rect,
    typing: &mut Typing,
    actions: &mut Vec<Action>,
) {
    let (c, words) = (view.colours, view.words);
    let (title, take, cancel) = (
        words.text("type-title"),
        words.text("type-take"),
        words.text("cancel"),
    );
    say(view, ui, inside, &title, (size::TITLE, c.ink));
    inside.min.y += size::S[1];
    let explain = words.text("type-explain");
    say(view, ui, inside, &explain, (size::BODY, c.ink2));
    inside.min.y += size::S[3];
    let before = typing.field.digits().to_owned();
    let entered = (&mut typing.field, typing.compared);
    let taken = entry(view, ui, inside, entered, (&title, &take), |ui, row| {
        let cancels = Button::quiet(&cancel);
        let place = view.take_start(row, cancels.width(view));
        let place = widgets::middle(place, size::BUTTON);
        if button(view, ui, place, Id::unique("cancel"), &cancels).clicked() {
            actions.push(Action::Do(Command::Leave));
        }
    });
    if typing.field.digits() != before {
        typing.compared = None;
    }
    if taken && typing.compared != Some(Compared::Waiting) {
        actions.push(Action::TakeCode);
    }
}
