//! Handing the chosen publisher on: its code as text, or as a picture that another Varaq reads.
use super::{Picture, PublishersState, say};
use crate::{
    icon::Icon,
    issue::Stretched,
    screens::Action,
    theme::size,
    widgets::{self, Button, View, button},
};
use eframe::egui::{Color32, Id, Rect, Role, Sense, TextureHandle, Ui, WidgetInfo, pos2, vec2};

/// Longest side of the picture: a phone reads it from the screen at arm's length.
const SIDE: f32 = 300.0;

/// Draws the buttons, once the code is there, and the picture below them while it is shown.
pub(super) fn pass(
    view: &View<'_>,
    ui: &mut Ui,
    inside: &mut Rect,
    state: &PublishersState,
    actions: &mut Vec<Action>,
) {
    let Stretched::Done(code) = state.code else {
        // They keep their place, so that nothing below them jumps.
        return inside.min.y += size::BUTTON + size::S[4];
    };
    let words = view.words;
    let shown = !matches!(state.picture, Picture::Hidden);
    let (copy, show) = (
        words.text("pass-copy"),
        words.text(if shown { "pass-hide" } else { "pass-show" }),
    );
    let mut row = widgets::take_top(inside, size::BUTTON);
    for (id, text, icon, action) in [
        ("pass-copy", &copy, "copy", Action::Copy(code.to_string())),
        ("pass-show", &show, "qr", Action::ShowPicture(!shown)),
    ] {
        let one = Button::normal(text).icon(Icon::new(icon));
        let width = one.width(view);
        if width > row.width() {
            inside.min.y += size::S[2];
            row = widgets::take_top(inside, size::BUTTON);
        }
        let place = view.take_start(&mut row, width);
        view.take_start(&mut row, size::S[3]);
        if button(view, ui, place, Id::unique(id), &one).clicked() {
            actions.push(action);
        }
    }
    inside.min.y += size::S[4];
    picture(view, ui, inside, &state.picture);
}

fn picture(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, picture: &Picture) {
    let (c, words) = (view.colours, view.words);
    let said = match picture {
        Picture::Hidden => return,
        Picture::Drawing => words.text("pass-drawing"),
        Picture::Failed => words.text("pass-failed"),
        Picture::Here {
            is_contact: true, ..
        } => words.text("pass-contact"),
        Picture::Here { .. } => words.text("pass-code"),
    };
    if let Picture::Here { texture, .. } = picture {
        let side = SIDE.min(inside.width());
        let strip = widgets::take_top(inside, side);
        square(view, ui, view.start(strip, side), texture);
        inside.min.y += size::S[2];
    }
    say(view, ui, inside, &said, (size::SMALL, c.ink2));
    inside.min.y += size::S[4];
}

/// Black on white in every theme: that is what is read best.
fn square(view: &View<'_>, ui: &mut Ui, rect: Rect, texture: &TextureHandle) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let painter = ui.painter();
    painter.image(texture.id(), rect, whole, Color32::WHITE);
    let name = view.words.text("pass-picture");
    let response = ui.interact(rect, Id::unique("pass-picture"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    // As soon as it is there it is in view.
    let first = Id::unique("pass-picture-seen").with(texture.id());
    let seen = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or(first, false), true));
    if !seen {
        ui.scroll_to_rect(rect.expand2(vec2(0.0, size::S[5])), None);
    }
}
