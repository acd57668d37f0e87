//! A line that says what has happened, with at most one thing to do about it.
use super::Action;
use crate::{
    icon::Icon,
    shelf::{Copying, Keeping, NotCopied, NotKept},
    theme::size,
    widgets::{self, Button, Text, View, button, label, middle, text_height},
    words::Words,
};
use eframe::egui::{CornerRadius, Id, Rect, Stroke, StrokeKind, Ui, Vec2, vec2};

/// What is said, and what can be done.
pub(super) struct Notice {
    icon: &'static str,
    words: String,
    /// How much is done, 0-1.
    done: Option<f32>,
    button: Option<(&'static str, Action)>,
}

impl Notice {
    pub(super) fn new(icon: &'static str, words: String) -> Self {
        Self {
            icon,
            words,
            done: None,
            button: None,
        }
    }

    /// With a button of this text.
    pub(super) fn button(self, key: &'static str, action: Action) -> Self {
        Self {
            button: Some((key, action)),
            ..self
        }
    }

    fn done(self, done: u64, total: u64) -> Self {
        Self {
            done: Some(done as f32 / total.max(1) as f32),
            ..self
        }
    }
}

/// How far a bundle is on its way to the shelf.
pub(super) fn of_keeping(words: &Words, keeping: &Keeping, name: &str) -> Notice {
    let stop = |notice: Notice| notice.button("cancel", Action::StopKeeping);
    let with = |key: &str| words.with(key, &[("name", name.into())]);
    let bytes = |key: &str, done: u64, total: u64| {
        let values = [
            ("name", name.into()),
            ("done", words.size(done).into()),
            ("total", words.size(total).into()),
        ];
        Notice::new("copy", words.with(key, &values)).done(done, total)
    };
    let close = |notice: Notice| notice.button("close", Action::DismissNotice);
    match keeping {
        Keeping::Waiting => stop(Notice::new("clock", with("keep-waiting"))),
        Keeping::Copying(done, total) => stop(bytes("keep-copying", *done, *total)),
        Keeping::Checking(done, total) => stop(bytes("keep-checking", *done, *total)),
        Keeping::Kept { new: true } => close(Notice::new("check", with("keep-done"))),
        Keeping::Kept { new: false } => close(Notice::new("check", with("keep-known"))),
        Keeping::Cancelled => close(Notice::new("close", with("keep-cancelled"))),
        Keeping::Failed(why) => close(Notice::new("alert", failed(words, why, name))),
    }
}

/// How far a bundle is on its way to a stick.
pub(super) fn of_copying(words: &Words, copying: &Copying, name: &str) -> Notice {
    let with = |key: &str| words.with(key, &[("name", name.into())]);
    let bytes = |key: &str, done: u64, total: u64| {
        let values = [
            ("name", name.into()),
            ("done", words.size(done).into()),
            ("total", words.size(total).into()),
        ];
        let notice = Notice::new("stick", words.with(key, &values)).done(done, total);
        notice.button("cancel", Action::StopCopying)
    };
    let close = |notice: Notice| notice.button("close", Action::DismissNotice);
    let failed = |said: String| close(Notice::new("alert", said));
    match copying {
        Copying::Writing(done, total) => bytes("copy-writing", *done, *total),
        Copying::Reading(done, total) => bytes("copy-reading", *done, *total),
        Copying::Done => close(Notice::new("check", with("copy-done"))),
        Copying::There => close(Notice::new("check", with("copy-there"))),
        Copying::Cancelled => close(Notice::new("close", with("copy-cancelled"))),
        Copying::Failed(NotCopied::NoRoom(needed, free)) => {
            let values = [
                ("name", name.into()),
                ("needed", words.size(*needed).into()),
                ("free", words.size(*free).into()),
            ];
            failed(words.with("copy-no-room", &values))
        }
        Copying::Failed(NotCopied::TooLarge) => failed(with("copy-too-large")),
        Copying::Failed(NotCopied::NotAsWritten) => failed(with("copy-not-as-written")),
        Copying::Failed(NotCopied::Other) => failed(with("copy-other")),
        Copying::Failed(NotCopied::Refused(cause)) => {
            let values = [("name", name.into()), ("cause", cause.as_str().into())];
            failed(words.with("copy-failed", &values))
        }
    }
}

fn failed(words: &Words, why: &NotKept, name: &str) -> String {
    let cause =
        |key: &str, cause: &str| words.with(key, &[("name", name.into()), ("cause", cause.into())]);
    match why {
        NotKept::NoRoom(needed, free) => {
            let values = [
                ("name", name.into()),
                ("needed", words.size(*needed).into()),
                ("free", words.size(*free).into()),
            ];
            words.with("keep-no-room", &values)
        }
        NotKept::NotAsWritten => words.with("keep-not-as-written", &[("name", name.into())]),
        NotKept::Verdict(verdict) => {
            let said = words.text(&crate::face::Face::of(*verdict).key("seal"));
            words.with(
                "keep-verdict",
                &[("name", name.into()), ("verdict", said.into())],
            )
        }
        NotKept::Unreadable(why) => cause("keep-unreadable", why),
        NotKept::Refused(why) => cause("keep-refused", why),
    }
}

/// What is on its way to the shelf or to a stick, below the bar of an issue.
pub fn keeping(
    view: &View<'_>,
    ui: &mut Ui,
    rect: &mut Rect,
    keeping: Option<&(Keeping, String)>,
    copying: Option<&(Copying, String)>,
    told: Option<&'static str>,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    let keeping = keeping.map(|(keeping, name)| of_keeping(words, keeping, name));
    let copying = copying.map(|(copying, name)| of_copying(words, copying, name));
    let told = told.map(|key| {
        let notice = Notice::new("check", words.text(key));
        notice.button("close", Action::DismissNotice)
    });
    for one in keeping.into_iter().chain(copying).chain(told) {
        let _ = widgets::take_top(rect, size::S[2]);
        let mut column = rect.shrink2(vec2(size::S[4], 0.0));
        notice(view, ui, &mut column, &one, actions);
        rect.min.y = column.top() - size::S[1];
    }
}

/// Draws the notice from the top of `column`, which moves below it.
pub(super) fn notice(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    notice: &Notice,
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let named = notice.button.as_ref().map(|(key, _)| view.words.text(key));
    let pushes = named.as_deref().map(Button::normal);
    let wide = pushes.map_or(0.0, |it| it.width(view) + size::S[4]);
    let inner = column.width() - 2.0 * size::S[4] - size::ICON - size::S[3] - wide;
    let text = Text::new(&notice.words, size::BODY, c.ink);
    let height = text_height(view, &text, inner).max(size::BUTTON) + 2.0 * size::S[2];
    let card = widgets::take_top(column, height);
    ui.painter().rect(
        card,
        CornerRadius::same(8),
        c.page,
        Stroke::new(1.0, c.stroke),
        StrokeKind::Inside,
    );
    let mut row = card.shrink2(vec2(size::S[4], 0.0));
    let square = view.take_start(&mut row, size::ICON);
    let square = Rect::from_center_size(square.center(), Vec2::splat(size::ICON));
    Icon::new(notice.icon).paint(ui.painter(), square, c.ink2, c.page);
    view.take_start(&mut row, size::S[3]);
    if let (Some(pushes), Some((key, action))) = (&pushes, &notice.button) {
        let place = middle(view.take_end(&mut row, pushes.width(view)), size::BUTTON);
        view.take_end(&mut row, size::S[4]);
        if button(
            view,
            ui,
            place,
            Id::unique("notice").with((key, &notice.words)),
            pushes,
        )
        .clicked()
        {
            actions.push(action.clone());
        }
    }
    let height = text_height(view, &text, row.width());
    label(view, ui, middle(row, height), &text);
    if let Some(done) = notice.done {
        let line = Rect::from_min_max(
            eframe::egui::pos2(card.left() + 8.0, card.bottom() - 3.0),
            eframe::egui::pos2(card.right() - 8.0, card.bottom()),
        );
        let filled = view.start(line, line.width() * done.clamp(0.0, 1.0));
        ui.painter().rect_filled(filled, 0, c.accent);
    }
    let _ = widgets::take_top(column, size::S[3]);
}
