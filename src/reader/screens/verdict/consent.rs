//! The lower part of the sheet: the code, and the buttons that follow from the verdict.
//!
//! For an unknown publisher the field has the first focus, so Enter can never mean "read anyway"; reading
//! without trust is an ordinary button, never the primary one.
use super::{Compared, SIDE, VerdictState, foot};
use crate::{
    command::Command,
    face::Tone,
    issue::{Checked, Stretched, Whole},
    screens::{Action, entry::entry},
    theme::size,
    widgets::{
        self, Button, CODE_HEIGHT, CodeField, Text, View, button, label, middle, text_height,
        text_size,
    },
};
use eframe::egui::{
    CornerRadius, Id, Rect, Shape, Stroke, StrokeKind, Ui, epaint::RectShape, pos2, vec2,
};
use varaq_trust::Verdict;

/// Draws code and buttons.
pub(super) fn consent(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    checked: &Checked,
    state: &mut VerdictState,
    actions: &mut Vec<Action>,
) {
    match checked.verdict {
        Verdict::Verified | Verdict::Pinned => known(view, ui, y, checked, state, actions),
        Verdict::UnknownPublisher => {
            let field = state.field.get_or_insert_with(CodeField::focused);
            ask(view, ui, y, field, state.compared, actions);
            unknown_foot(view, ui, y, actions);
        }
        Verdict::ImpostorName => {
            let mut row = foot(y);
            let words = view.words.text("different-publisher");
            closing(
                view,
                ui,
                &mut row,
                !std::mem::replace(&mut state.focused, true),
                actions,
            );
            let different = Button::normal(&words);
            let place = view.take_start(&mut row, different.width(view));
            if button(view, ui, place, Id::unique("different"), &different).clicked() {
                actions.push(Action::Read);
            }
        }
        _ => {
            let mut row = foot(y);
            closing(
                view,
                ui,
                &mut row,
                !std::mem::replace(&mut state.focused, true),
                actions,
            );
        }
    }
}

/// A publisher this reader knows: the code to compare by ear, and "open".
fn known(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    checked: &Checked,
    state: &mut VerdictState,
    actions: &mut Vec<Action>,
) {
    let code = checked.facts.as_ref().and_then(|facts| match facts.code {
        Stretched::Done(code) => Some(digits_of(&code)),
        // Empty cells keep the place, so that the buttons below do not jump.
        Stretched::NotYet => Some(String::new()),
        Stretched::NoMemory => None,
    });
    if let Some(field) = &mut state.field {
        ask(view, ui, y, field, state.compared, actions);
    } else if let Some(digits) = &code {
        show_code(view, ui, y, digits, checked.verdict == Verdict::Verified);
    }
    remember(view, ui, y, state, actions);

    let words = view.words;
    let (open, check, note) = (
        opening(view, checked),
        words.text("code-check"),
        words.text("note-trust"),
    );
    let mut row = foot(y);
    let opens = Button::primary(&open).key("Enter");
    let place = view.take_start(&mut row, opens.width(view) + size::S[2]);
    let response = button(view, ui, place, Id::unique("open"), &opens);
    if state.field.is_none() && !std::mem::replace(&mut state.focused, true) {
        response.request_focus();
    }
    if response.clicked() {
        actions.push(Action::Read);
    }
    view.take_start(&mut row, size::S[3]);
    if checked.verdict == Verdict::Pinned && state.field.is_none() && code.is_some() {
        let checks = Button::normal(&check);
        let place = view.take_start(&mut row, checks.width(view));
        if button(view, ui, place, Id::unique("check-code"), &checks).clicked() {
            actions.push(Action::AskCode);
        }
        view.take_start(&mut row, size::S[3]);
    }
    let text = Text::new(&note, size::CAPTION, view.colours.ink3);
    let place = view.end(row, row.width().min(260.0));
    label(
        view,
        ui,
        middle(place, text_height(view, &text, place.width())),
        &text,
    );
}

fn opening(view: &View<'_>, checked: &Checked) -> String {
    match checked.whole {
        Whole::Partial {
            whole,
            total: Some(_),
        }
        | Whole::Damaged {
            whole,
            total: Some(_),
            ..
        } => view.words.with(
            "read-whole",
            &[("count", view.words.number(whole.into()).into())],
        ),
        Whole::Partial { .. } | Whole::Damaged { .. } => view.words.text("read-what-is-here"),
        _ => view.words.text("open-issue"),
    }
}

pub(in crate::screens) fn show_code(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    digits: &str,
    checked: bool,
) {
    let c = view.colours;
    let _ = widgets::take_top(y, size::S[3]);
    let column = y.shrink2(vec2(SIDE, 0.0));
    let name = view.words.text("fact-code");
    let state = match checked {
        true => view.words.text("fact-code-checked"),
        false => view.words.text("fact-code-unchecked"),
    };
    let name = Text::new(&name, size::CAPTION, c.ink3);
    let height = text_height(view, &name, column.width());
    label(view, ui, column, &name);
    label(
        view,
        ui,
        column,
        &Text::new(&state, size::CAPTION, c.ink3).at_end(),
    );
    let cells = Rect::from_min_size(
        pos2(column.left(), column.top() + height),
        vec2(column.width(), CODE_HEIGHT),
    );
    widgets::code_cells(view, ui, cells, digits);
    y.min.y = cells.bottom();
}

/// The amber box that asks for the code. The program compares; nobody is asked "do these match?".
pub(in crate::screens) fn ask(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    field: &mut CodeField,
    compared: Option<Compared>,
    actions: &mut Vec<Action>,
) {
    let (c, paint, words) = (view.colours, Tone::Unknown.paint(view.colours), view.words);
    let _ = widgets::take_top(y, 20.0);
    let outer = y.shrink2(vec2(SIDE, 0.0));
    let ground = ui.painter().add(Shape::Noop);
    let mut inside = outer.shrink2(vec2(20.0, 0.0));
    let _ = widgets::take_top(&mut inside, size::S[4]);
    let (question, explain) = (words.text("code-question"), words.text("code-explain"));
    for text in [
        Text::new(&question, size::SUBHEADING, c.ink),
        Text::new(&explain, size::SMALL, c.ink2),
    ] {
        label(view, ui, inside, &text);
        let height = text_height(view, &text, inside.width());
        let _ = widgets::take_top(&mut inside, height);
    }
    let _ = widgets::take_top(&mut inside, size::S[2]);
    let compare = words.text("code-compare");
    let texts = (question.as_str(), compare.as_str());
    if entry(view, ui, &mut inside, (field, compared), texts, |_, _| ()) {
        actions.push(Action::Compare);
    }
    let box_ = Rect::from_min_max(outer.min, pos2(outer.right(), inside.top() + size::S[4]));
    let edge = Stroke::new(1.0, paint.line);
    ui.painter().set(
        ground,
        RectShape::new(
            box_,
            CornerRadius::same(8),
            paint.soft,
            edge,
            StrokeKind::Inside,
        ),
    );
    y.min.y = box_.bottom();
}

fn unknown_foot(view: &View<'_>, ui: &mut Ui, y: &mut Rect, actions: &mut Vec<Action>) {
    let words = view.words;
    let (read, note, close) = (
        words.text("read-without-trusting"),
        words.text("read-without-trusting-note"),
        words.text("close"),
    );
    let mut row = foot(y);
    let reads = Button::normal(&read);
    let place = view.take_start(&mut row, reads.width(view));
    if button(view, ui, place, Id::unique("read-without-trusting"), &reads).clicked() {
        actions.push(Action::Read);
    }
    view.take_start(&mut row, size::S[3]);
    let closes = Button::quiet(&close);
    let place = view.take_end(&mut row, closes.width(view));
    let last = place;
    let text = Text::new(&note, size::CAPTION, view.colours.ink3);
    let place = view.start(row, row.width().min(300.0));
    label(
        view,
        ui,
        middle(place, text_size(view, &text, place.width()).y),
        &text,
    );
    if button(
        view,
        ui,
        middle(last, size::BUTTON),
        Id::unique("close"),
        &closes,
    )
    .clicked()
    {
        actions.push(Action::Do(Command::Leave));
    }
}

/// After a code matched: the choice to write the publisher to this computer.
fn remember(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    state: &VerdictState,
    actions: &mut Vec<Action>,
) {
    let Some(outcome) = &state.remember else {
        return;
    };
    let _ = widgets::take_top(y, size::S[3]);
    let mut row = widgets::take_top(y, size::BUTTON).shrink2(vec2(SIDE, 0.0));
    let words = view.words;
    let (said, weight) = match outcome {
        None => {
            let text = words.text("remember");
            let remembers = Button::normal(&text);
            let place = view.take_start(&mut row, remembers.width(view));
            if button(view, ui, place, Id::unique("remember"), &remembers).clicked() {
                actions.push(Action::Remember);
            }
            view.take_start(&mut row, size::S[3]);
            (words.text("remember-more"), 400)
        }
        Some(Ok(())) => (words.text("remembered"), 600),
        Some(Err(cause)) => (
            words.with("remember-failed", &[("cause", cause.as_str().into())]),
            600,
        ),
    };
    let text = Text::new(&said, size::CAPTION, view.colours.ink2).weight(weight);
    label(
        view,
        ui,
        middle(row, text_height(view, &text, row.width())),
        &text,
    );
}

/// "Close", and "another file": all there is when nothing can be shown.
pub(in crate::screens) fn closing(
    view: &View<'_>,
    ui: &mut Ui,
    row: &mut Rect,
    take_focus: bool,
    actions: &mut Vec<Action>,
) {
    let (close, other) = (view.words.text("close"), view.words.text("choose-other"));
    let closes = Button::normal(&close);
    let place = view.take_start(row, closes.width(view));
    let response = button(view, ui, place, Id::unique("close"), &closes);
    if take_focus {
        response.request_focus();
    }
    if response.clicked() {
        actions.push(Action::Do(Command::Leave));
    }
    view.take_start(row, size::S[4]);
    let others = Button::quiet(&other);
    let place = view.take_start(row, others.width(view));
    if button(view, ui, place, Id::unique("other"), &others).clicked() {
        actions.push(Action::Do(Command::OpenFile));
    }
    view.take_start(row, size::S[4]);
}

/// The 24 digits without the spaces between groups.
pub(in crate::screens) fn digits_of(code: &varaq_trust::Code) -> String {
    code.in_digits('0')
        .chars()
        .filter(char::is_ascii_digit)
        .collect()
}
