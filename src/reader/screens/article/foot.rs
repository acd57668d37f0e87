//! Below the last row: the next article, or that this was the last one. At the side: where the page stands.
use super::{Action, ArticleScreen, draw::BELOW};
use crate::{
    place::Place,
    theme::size,
    widgets::{Button, Text, View, button, label},
};
use eframe::egui::{CornerRadius, Id, Rect, Stroke, Ui, Vec2, pos2, vec2};

impl ArticleScreen {
    pub(super) fn foot(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        rect: Rect,
        column: Rect,
        next: Option<&str>,
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
        let place = Rect::from_min_size(
            pos2(column.left(), top + size::S[4]),
            vec2(column.width(), size::BUTTON),
        );
        match next {
            Some(title) => {
                let words = view.words.with("next-article", &[("title", title.into())]);
                let next = Button::quiet(&words);
                let width = next.width(view).min(column.width());
                if button(
                    view,
                    ui,
                    view.end(place, width),
                    Id::unique("next-article"),
                    &next,
                )
                .clicked()
                {
                    actions.push(Action::Go(Place::Article(self.entry.number + 1)));
                }
            }
            None => {
                let words = view.words.text("end-of-issue");
                let text = Text::new(&words, size::SMALL, c.ink3).centred();
                label(view, ui, place, &text);
            }
        }
        ui.set_clip_rect(clip);
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
