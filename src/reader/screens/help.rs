//! Help, written for somebody who is frightened and has an old PC: what a verdict means, what to do, what cannot be
//! promised.
use super::{Action, scrolled};
use crate::{
    face::{EVERY_VERDICT, Face},
    theme::size,
    widgets::{self, Text, View, label, text_height},
};
use eframe::egui::{Rect, Ui, Vec2, vec2};
use varaq_trust::Verdict;

/// Questions and their answers, by the stem of their keys.
pub const TOPICS: [&str; 8] = [
    "help-begin",
    "help-verdict",
    "help-code",
    "help-stick",
    "help-trace",
    "help-not",
    "help-caught",
    "help-broken",
];

/// Draws the page.
pub fn help(view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
    scrolled(ui, rect, "help", |ui, page| {
        let width = (page.width() - 2.0 * size::S[6]).min(660.0);
        let mut column = view.start(page.shrink2(vec2(size::S[6], 0.0)), width);
        let _ = widgets::take_top(&mut column, size::S[4]);
        let title = view.words.text("show-help");
        say(view, ui, &mut column, &title, size::TITLE, true);
        for stem in TOPICS {
            let _ = widgets::take_top(&mut column, size::S[4]);
            let (question, answer) = (
                view.words.text(stem),
                view.words.text(&format!("{stem}-text")),
            );
            say(view, ui, &mut column, &question, size::SUBHEADING, true);
            for line in answer.lines() {
                say(view, ui, &mut column, line.trim(), size::BODY, false);
            }
            if stem == "help-verdict" {
                verdicts(view, ui, &mut column);
            }
        }
        column.top() + size::S[7]
    });
    Vec::new()
}

fn say(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    words: &str,
    role: crate::theme::Type,
    strong: bool,
) {
    let c = view.colours;
    let text = Text::new(words, role, if strong { c.ink } else { c.ink2 });
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(column, height + size::S[1]);
    label(view, ui, place, &text);
}

/// Every verdict with its sign, as the sheet shows it.
fn verdicts(view: &View<'_>, ui: &mut Ui, column: &mut Rect) {
    let _ = widgets::take_top(column, size::S[2]);
    let partial = [Face::PARTIAL, Face::DAMAGED];
    let shown = EVERY_VERDICT
        .into_iter()
        .rev()
        .filter(|verdict| !matches!(verdict, Verdict::NotABundle))
        .map(Face::of)
        .chain(partial);
    for face in shown {
        let words = view.words.text(&face.key("seal"));
        let title = view.words.text(&face.key("title"));
        let mut row = widgets::take_top(column, 34.0);
        let square = view.take_start(&mut row, size::ICON);
        let square = Rect::from_center_size(square.center(), Vec2::splat(size::ICON));
        let ink = face.tone.paint(view.colours).ink;
        face.icon
            .paint(ui.painter(), square, ink, view.colours.desk);
        view.take_start(&mut row, size::S[3]);
        let said = if words == title {
            words
        } else {
            format!("{words} · {title}")
        };
        let text = Text::new(&said, size::BODY, view.colours.ink).lines(1);
        let height = text_height(view, &text, row.width());
        label(view, ui, widgets::middle(row, height), &text);
    }
}
