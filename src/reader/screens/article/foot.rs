//! Below the last row: the next article, or that this was the last one. At the side: where the page stands.
use super::{Action, Around, ArticleScreen, draw::BELOW};
use crate::{
    place::Place,
    theme::size,
    widgets::{self, Button, Text, View, button, label},
};
use eframe::egui::{CornerRadius, Id, Rect, Stroke, Ui, Vec2, pos2, vec2};

impl ArticleScreen {
    pub(super) fn foot(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        rect: Rect,
        column: Rect,
        actions: &mut Vec<Action>,
    ) {
        let top = rect.top() - self.offset + self.total() - BELOW + size::S[7];
        if top > rect.bottom() {
            return;
        }
        let c = view.colours;
        let clip = ui.clip_rect();
        ui.set_clip_rect(rect.intersect(clip));
        ui.painter().hline(
            column.left()..=column.right(),
            ui.painter().round_to_pixel_center(top),
            Stroke::new(1.0, c.hairline),
        );
        let mut below = Rect::from_min_max(
            pos2(column.left(), top + size::S[4]),
            pos2(column.right(), top + BELOW),
        );
        let mut row = widgets::take_top(&mut below, size::BUTTON);
        self.go_on(view, ui, &mut row, actions);
        related(view, ui, &mut below, &self.around, actions);
        ui.set_clip_rect(clip);
    }

    /// The article after this one at the end side, the one before at the start.
    fn go_on(&self, view: &View<'_>, ui: &mut Ui, row: &mut Rect, actions: &mut Vec<Action>) {
        let half = row.width() / 2.0 - size::S[2];
        if let Some((number, title)) = &self.around.previous {
            let words = view
                .words
                .with("previous-article", &[("title", title.as_str().into())]);
            let goes = Button::quiet(&words);
            let place = view.start(*row, goes.width(view).min(half));
            if button(view, ui, place, Id::unique("previous-article"), &goes).clicked() {
                actions.push(Action::Go(Place::Article(*number)));
            }
        }
        match &self.around.next {
            Some((number, title)) => {
                let words = view
                    .words
                    .with("next-article", &[("title", title.as_str().into())]);
                let goes = Button::quiet(&words);
                let place = view.end(*row, goes.width(view).min(half));
                if button(view, ui, place, Id::unique("next-article"), &goes).clicked() {
                    actions.push(Action::Go(Place::Article(*number)));
                }
            }
            None => {
                let words = view.words.text("end-of-issue");
                let text = Text::new(&words, size::SMALL, view.colours.ink3).at_end();
                label(view, ui, *row, &text);
            }
        }
    }
}

/// Others of the same section.
fn related(
    view: &View<'_>,
    ui: &mut Ui,
    below: &mut Rect,
    around: &Around,
    actions: &mut Vec<Action>,
) {
    if around.related.is_empty() {
        return;
    }
    let _ = widgets::take_top(below, size::S[4]);
    let section = around.section.as_str();
    let words = view
        .words
        .with("related-title", &[("section", section.into())]);
    let text = Text::new(&words, size::SMALL, view.colours.ink3);
    let place = widgets::take_top(below, 28.0);
    label(view, ui, place, &text);
    for (number, title) in &around.related {
        let row = widgets::take_top(below, size::BUTTON);
        let goes = Button::quiet(title);
        let place = view.start(row, goes.width(view).min(row.width()));
        let id = Id::unique("related").with(*number);
        if button(view, ui, place, id, &goes).clicked() {
            actions.push(Action::Go(Place::Article(*number)));
        }
    }
}

/// Where the page stands in the article.
pub(super) fn bar(view: &View<'_>, ui: &Ui, rect: Rect, progress: f32, share: f32) {
    let track = view.end(rect, 8.0).shrink2(vec2(2.0, 4.0));
    if share < 1.0 {
        let height = (track.height() * share).max(28.0);
        let top = track.top() + (track.height() - height) * progress;
        let thumb = Rect::from_min_size(pos2(track.left(), top), vec2(track.width(), height));
        ui.painter().rect_filled(
            thumb,
            CornerRadius::same(2),
            view.colours.stroke.gamma_multiply(0.6),
        );
    }
    let line = Rect::from_min_size(rect.min, Vec2::new(rect.width(), 3.0));
    ui.painter().rect_filled(line, 0, view.colours.hairline);
    ui.painter().rect_filled(
        view.start(line, line.width() * progress),
        0,
        view.colours.accent,
    );
}
