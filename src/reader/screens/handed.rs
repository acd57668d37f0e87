//! The sheet of a file that is no bundle: what it says, what taking it in changes, and only then the button.
//!
//! In: what a worker made of the file. Out: actions. Nothing of the file counts before the reader agrees.
use super::{
    Action,
    publishers::short,
    scrolled,
    verdict::{
        Row, SIDE, VerdictState, ask, banner, closing, digits_of, draw, file_line, foot, head,
        on_sheet, show_code,
    },
};
use crate::{
    command::Command,
    face::{Face, Rule, Steps, Tone},
    handed::{Contact, Effect, Fault, Handing, Note},
    icon::Icon,
    theme::size,
    widgets::{self, Button, Text, View, button, hairline, label, middle, text_height},
    words::Language,
};
use eframe::egui::{Id, Rect, Ui, vec2};
use varaq_trust::Name;

fn face(icon: &'static str, stem: &'static str) -> Face {
    Face {
        icon: Icon::new(icon),
        rule: Rule::Hairline,
        tone: Tone::Plain,
        stem,
        steps: Steps::None,
    }
}

/// The sheet while a QR code is looked for in a picture.
pub fn searching(view: &View<'_>, ui: &mut Ui, rect: Rect, file: &str) -> Vec<Action> {
    let (words, face) = (view.words, face("qr", "searching"));
    let mut actions = Vec::new();
    scrolled(ui, rect, "searching", |ui, page| {
        on_sheet(view, ui, page, &face, |ui, inside| {
            let mut y = inside;
            let (title, text) = (words.text("searching-title"), words.text("searching-text"));
            head(view, ui, &mut y, &face, &title, &text);
            file_line(view, ui, &mut y, file);
            let cancel = words.text("cancel");
            let mut row = foot(&mut y);
            let cancels = Button::normal(&cancel);
            let place = view.take_start(&mut row, cancels.width(view));
            if button(view, ui, place, Id::unique("cancel"), &cancels).clicked() {
                actions.push(Action::Do(Command::Leave));
            }
            y.top()
        })
    });
    actions
}

/// Draws the sheet of a file that was read.
pub fn handed(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    (file, handing): (&str, &Handing),
    state: &mut VerdictState,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let face = match handing {
        Handing::Contact(_) => face("people", "contact"),
        Handing::Code(_) => face("qr", "shown-code"),
        Handing::Note(_) => face("alert", "note"),
        Handing::Fault(fault) => face("notbundle", fault.stem()),
    };
    scrolled(ui, rect, "handed", |ui, page| {
        on_sheet(view, ui, page, &face, |ui, inside| {
            let mut y = inside;
            let (title, text) = said(view, &face, handing);
            head(view, ui, &mut y, &face, &title, &text);
            match handing {
                Handing::Contact(contact) => {
                    of_contact(view, ui, &mut y, (contact, state), &mut actions);
                }
                Handing::Code(code) => {
                    show_code(view, ui, &mut y, &digits_of(code), false);
                    let take = view.words.text("type-take");
                    agreeing(view, ui, &mut y, (Some(&take), state), &mut actions);
                }
                Handing::Note(note) => {
                    of_note(view, ui, &mut y, (note, state), &mut actions);
                }
                Handing::Fault(_) => {
                    file_line(view, ui, &mut y, file);
                    let first = !std::mem::replace(&mut state.focused, true);
                    let mut row = foot(&mut y);
                    closing(view, ui, &mut row, first, &mut actions);
                }
            }
            y.top()
        })
    });
    actions
}

fn said(view: &View<'_>, face: &Face, handing: &Handing) -> (String, String) {
    let words = view.words;
    let title = words.text(&face.key("title"));
    let text = match handing {
        Handing::Fault(Fault::NoteDamaged(Some(group))) => {
            let group = words.number(*group as u64);
            words.with("fault-note-damaged-group", &[("group", group.into())])
        }
        Handing::Contact(contact) if contact.known.is_some() => words.text("contact-text-known"),
        Handing::Note(note) => words.with("note-text", &[("name", note.name.as_str().into())]),
        _ => words.text(&face.key("text")),
    };
    (title, text)
}

fn rows(view: &View<'_>, ui: &mut Ui, y: &mut Rect, rows: &[Row]) {
    let column = y.shrink2(vec2(SIDE, 0.0));
    let across = column.left()..=column.right();
    hairline(view, ui.painter(), across, column.top());
    for row in rows {
        let column = y.shrink2(vec2(SIDE, 0.0));
        y.min.y = draw(view, ui, column, row);
    }
}

fn of_contact(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    (contact, state): (&Contact, &mut VerdictState),
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    rows(view, ui, y, &contact_rows(view, contact));
    for (title, more) in warnings(view, contact) {
        let _ = widgets::take_top(y, size::S[3]);
        let outer = y.shrink2(vec2(SIDE, 0.0));
        y.min.y = banner(view, ui, outer, &title, &more);
    }
    if let Some(field) = &mut state.field {
        let before = field.digits().to_owned();
        ask(view, ui, y, field, state.compared, actions);
        if field.digits() != before {
            state.compared = None;
        }
    } else {
        show_code(view, ui, y, &digits_of(&contact.who.code), contact.checked);
    }
    if state.field.is_none() && !contact.checked {
        checking(view, ui, y, state, actions);
    }
    let take = match contact.known {
        Some(_) => words.text("contact-take-known"),
        None => words.text("contact-take"),
    };
    agreeing(view, ui, y, (Some(&take), state), actions);
}

/// The button for the code, which has the first focus, and what stays true without it.
fn checking(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    state: &mut VerdictState,
    actions: &mut Vec<Action>,
) {
    let (check, note) = (
        view.words.text("code-check"),
        view.words.text("contact-unchecked"),
    );
    let _ = widgets::take_top(y, size::S[3]);
    let mut row = widgets::take_top(y, size::ROW).shrink2(vec2(SIDE, 0.0));
    let checks = Button::normal(&check);
    let place = middle(view.take_start(&mut row, checks.width(view)), size::BUTTON);
    let response = button(view, ui, place, Id::unique("check-code"), &checks);
    if !std::mem::replace(&mut state.focused, true) {
        response.request_focus();
    }
    if response.clicked() {
        actions.push(Action::AskCode);
    }
    view.take_start(&mut row, size::S[3]);
    let text = Text::new(&note, size::SMALL, view.colours.ink2);
    let height = text_height(view, &text, row.width());
    label(view, ui, middle(row, height), &text);
}

fn contact_rows(view: &View<'_>, contact: &Contact) -> Vec<Row> {
    let words = view.words;
    let who = &contact.who;
    let name = spoken(&who.names, words.language());
    let quoted = words.with("fact-claimed-quoted", &[("name", name.into())]);
    let proven = match who.is_proven {
        true => words.text("contact-proven"),
        false => words.text("fact-not-checked"),
    };
    let mut rows = vec![Row::new("fact-claimed-name", quoted, proven)];
    if let Some((name, checked)) = &contact.known {
        let how = match checked {
            true => words.text("publisher-checked"),
            false => words.text("publisher-unchecked"),
        };
        rows.push(Row::new("contact-known", name.clone(), how));
    }
    if let Some(root) = &who.root {
        let number = words.number(root.version.into());
        let newest = words.with("contact-newest", &[("number", number.into())]);
        let here = match who.is_proven {
            true => words.text("contact-statements-here"),
            false => words.text("contact-statements-later"),
        };
        rows.push(Row::new("contact-statements", newest, here));
    }
    rows
}

/// The name in the language of the window, else the first.
fn spoken(names: &[Name], language: Language) -> &str {
    let spoken = |name: &&Name| Language::from_tag(&name.language) == Some(language);
    let name = names.iter().find(spoken).or(names.first());
    name.map_or("", |name| name.name.as_str())
}

fn warnings(view: &View<'_>, contact: &Contact) -> Vec<(String, String)> {
    let words = view.words;
    let mut warnings = Vec::new();
    if let Some(name) = &contact.alike {
        let title = words.with("banner-resembles", &[("name", name.as_str().into())]);
        warnings.push((title, words.text("contact-alike-more")));
    }
    if let Some((named, held)) = contact.missing {
        let number = |number: u16| words.number(number.into()).into();
        let values = [("named", number(named)), ("held", number(held))];
        let title = words.text("banner-statements");
        warnings.push((title, words.with("banner-statements-more", &values)));
    }
    if contact.split {
        let title = words.text("banner-frozen");
        warnings.push((title, words.text("publisher-split")));
    }
    warnings
}

fn of_note(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    (note, state): (&Note, &mut VerdictState),
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    let number = words.number(note.version.into());
    let since = words.with("note-since-value", &[("number", number.into())]);
    let key = words.with("key-short", &[("key", short(&note.key).into())]);
    let effect = match note.effect {
        Effect::Stops => words.text("note-effect-stops"),
        Effect::Known => words.text("note-effect-known"),
        Effect::Over => words.text("note-effect-over"),
    };
    let table = [
        Row::new("fact-publisher", note.name.clone(), String::new()),
        Row::new("note-key", key, String::new()),
        Row::new("note-since", since, words.text("note-since-more")),
        Row::new("note-effect", String::new(), effect),
    ];
    rows(view, ui, y, &table);
    let take = words.text("note-take");
    let take = (note.effect == Effect::Stops).then_some(take.as_str());
    agreeing(view, ui, y, (take, state), actions);
}

/// The buttons that take in and close. The first of them has the focus unless something above has it.
fn agreeing(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    (take, state): (Option<&str>, &mut VerdictState),
    actions: &mut Vec<Action>,
) {
    let close = view.words.text("close");
    let mut row = foot(y);
    let mut first = !std::mem::replace(&mut state.focused, true) && state.field.is_none();
    if let Some(take) = take {
        let takes = Button::normal(take);
        let place = view.take_start(&mut row, takes.width(view));
        let response = button(view, ui, place, Id::unique("take-handed"), &takes);
        if std::mem::take(&mut first) {
            response.request_focus();
        }
        if response.clicked() {
            actions.push(Action::TakeHanded);
        }
        view.take_start(&mut row, size::S[3]);
    }
    let closes = match take {
        Some(_) => Button::quiet(&close),
        None => Button::normal(&close),
    };
    let place = view.take_start(&mut row, closes.width(view));
    let response = button(view, ui, place, Id::unique("close"), &closes);
    if first {
        response.request_focus();
    }
    if response.clicked() {
        actions.push(Action::Do(Command::Leave));
    }
}
