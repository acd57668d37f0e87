//! Title and ways in, and below them what has to be said about the list as a whole.
use super::{PublishersState, say};
use crate::{
    command::Command,
    desk::Change,
    icon::Icon,
    screens::Action,
    theme::size,
    widgets::{self, Button, Text, View, button, label, middle, text_height, text_size},
};
use eframe::egui::{Id, Rect, Ui, vec2};

/// Title, and at the end of its row, or below it where that is narrow, the two ways to a publisher.
pub(super) fn head(view: &View<'_>, ui: &mut Ui, column: &mut Rect, actions: &mut Vec<Action>) {
    let words = view.words;
    let (title, types, opens) = (
        words.text("publishers-title"),
        words.text("publishers-type"),
        words.text("publishers-open"),
    );
    let title = Text::new(&title, size::TITLE, view.colours.ink);
    let asked = text_size(view, &title, column.width());
    let types = Button::primary(&types).icon(Icon::new("plus"));
    let opens = Button::normal(&opens).icon(Icon::new("qr"));
    let needed = asked.x + types.width(view) + opens.width(view) + size::S[3] + size::S[4];
    let mut row = widgets::take_top(column, asked.y.max(size::BUTTON));
    label(view, ui, middle(row, asked.y), &title);
    let narrow = needed > row.width();
    if narrow {
        column.min.y += size::S[2];
        row = widgets::take_top(column, size::BUTTON);
    }
    for (id, one, action) in [
        ("publishers-type", types, Action::TypeCode),
        ("publishers-open", opens, Action::Do(Command::OpenFile)),
    ] {
        let width = one.width(view);
        if narrow && width > row.width() {
            row = widgets::take_top(column, size::BUTTON + size::S[2]);
            row.min.y += size::S[2];
        }
        let cut = if narrow {
            View::take_start
        } else {
            View::take_end
        };
        let place = middle(cut(view, &mut row, width), size::BUTTON);
        cut(view, &mut row, size::S[3]);
        if button(view, ui, place, Id::unique(id), &one).clicked() {
            actions.push(action);
        }
    }
}

/// What came of the last change, what could not be read or written, and whether anything is kept at all.
pub(super) fn remarks(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &PublishersState,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    if state.unread {
        remark(view, ui, column, &words.text("pins-unread"));
    }
    if let Some((change, cause)) = &state.failed {
        let key = match change {
            Change::Added => "publisher-write-failed",
            Change::Removed => "publisher-remove-failed",
        };
        let failed = words.with(key, &[("cause", cause.as_str().into())]);
        remark(view, ui, column, &failed);
    }
    if let Some(told) = &state.told {
        remark(view, ui, column, &told.in_words(words));
    }
    if state.unkept {
        unkept(view, ui, column, actions);
    }
}

fn remark(view: &View<'_>, ui: &mut Ui, column: &mut Rect, words: &str) {
    let c = view.colours;
    column.min.y += size::S[3];
    let text = Text::new(words, size::STRONG, c.ink);
    let pad = vec2(size::S[3], size::S[2]);
    let height = text_height(view, &text, column.width() - 2.0 * pad.x) + 2.0 * pad.y;
    let ground = widgets::take_top(column, height);
    widgets::sheet(view, ui, ground, c.hairline);
    label(view, ui, ground.shrink2(pad), &text);
}

/// The list lives in memory alone, and the way to write it down.
fn unkept(view: &View<'_>, ui: &mut Ui, column: &mut Rect, actions: &mut Vec<Action>) {
    let words = view.words;
    column.min.y += size::S[3];
    let note = words.text("publishers-unkept");
    say(view, ui, column, &note, (size::SMALL, view.colours.ink2));
    column.min.y += size::S[2];
    let text = words.text("publishers-remember");
    let remembers = Button::normal(&text);
    let mut row = widgets::take_top(column, size::BUTTON);
    let place = view.take_start(&mut row, remembers.width(view));
    if button(view, ui, place, Id::unique("remember-all"), &remembers).clicked() {
        actions.push(Action::RememberAll);
    }
}
