//! A picture in its frame, or the reason why it is not there.
use super::{ArticleScreen, Shown};
use crate::{
    theme::size,
    widgets::{Text, View, label, middle, text_height},
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2,
};
use varaq_page::{Row, RowKind};

impl ArticleScreen {
    pub(super) fn picture(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        rect: Rect,
        index: usize,
        place: Rect,
    ) {
        let Some(Row {
            kind: RowKind::Image { medium, alt },
            ..
        }) = self.rows.rows.get(index)
        else {
            return;
        };
        let Some(frame) = self.laid.get(&index).and_then(|laid| laid.picture) else {
            return;
        };
        let medium = usize::try_from(*medium).unwrap_or(usize::MAX);
        let frame = frame.translate(place.min.to_vec2());
        let painter = ui.painter().with_clip_rect(rect);
        let c = view.colours;
        let response = ui.interact(
            frame.intersect(rect),
            Id::unique("picture").with(index),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, alt));
        let enlarged = response.clicked().then(|| alt.clone());
        match self.pictures.get(&medium) {
            Some(Shown::Texture(texture)) => {
                // Dark pages dim pictures by 18 %.
                let tint = if c.page == Color32::WHITE {
                    Color32::WHITE
                } else {
                    Color32::from_gray(209)
                };
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), frame, uv, tint);
            }
            Some(Shown::Asked) => {
                painter.rect_filled(frame, CornerRadius::same(3), c.sunken);
            }
            Some(Shown::Failed(key)) => missing(view, ui, frame, rect, key),
            None => {
                painter.rect_filled(frame, CornerRadius::same(3), c.sunken);
                self.pictures.insert(medium, Shown::Asked);
                self.wanted.push(medium);
            }
        }
        if let Some(alt) = enlarged {
            self.enlarge(medium, &alt);
        }
    }
}

/// A frame of the same size with a dashed edge and the reason.
fn missing(view: &View<'_>, ui: &mut Ui, frame: Rect, clip: Rect, key: &str) {
    let c = view.colours;
    let painter = ui.painter().with_clip_rect(clip);
    let corners = [
        frame.left_top(),
        frame.right_top(),
        frame.right_bottom(),
        frame.left_bottom(),
        frame.left_top(),
    ];
    painter.extend(Shape::dashed_line(
        &corners,
        Stroke::new(1.0, c.missing),
        5.0,
        4.0,
    ));
    let words = view.words.text(key);
    let text = Text::new(&words, size::SMALL, c.missing).centred();
    let height = text_height(view, &text, frame.width());
    if clip.contains_rect(middle(frame, height)) {
        label(view, ui, middle(frame, height), &text);
    }
}
