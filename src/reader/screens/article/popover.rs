//! A raised note beside a word: the whole address of a link, or a footnote. Addresses are copied, never opened.
use super::Action;
use crate::{
    theme::size,
    widgets::{self, Button, Text, View, button, label, text_height},
};
use eframe::egui::{
    CornerRadius, Id, Rect, Sense, Shape, Stroke, StrokeKind, Ui, epaint::RectShape, pos2, vec2,
};

/// What is shown, and beside what.
#[derive(Clone, Debug)]
pub struct Popover {
    title: Title,
    text: String,
    rtl: bool,
    beside: Rect,
    copied: bool,
}

#[derive(Clone, Copy, Debug)]
enum Title {
    Link,
    Note(u32),
}

impl Popover {
    pub(super) fn link(target: &str, beside: Rect) -> Self {
        Self {
            title: Title::Link,
            text: target.to_owned(),
            rtl: false,
            beside,
            copied: false,
        }
    }

    pub(super) fn note(label: u32, text: &str, rtl: bool, beside: Rect) -> Self {
        Self {
            title: Title::Note(label),
            text: text.to_owned(),
            rtl,
            beside,
            copied: false,
        }
    }
}

/// Draws the popover that is open, if any.
pub(super) fn show(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    open: &mut Option<Popover>,
    actions: &mut Vec<Action>,
) {
    let Some(popover) = open else { return };
    let c = view.colours;
    let is_link = matches!(popover.title, Title::Link);
    let width = if is_link {
        size::POPOVER + 100.0
    } else {
        size::POPOVER
    }
    .min(rect.width() - 2.0 * size::S[3]);
    let title = match popover.title {
        Title::Link => view.words.text("link-target"),
        Title::Note(label) => view.words.with(
            "footnote-number",
            &[("number", view.words.number(label.into()).into())],
        ),
    };
    let title = Text::new(&title, size::SMALL, c.ink).weight(600);
    let text = Text::new(&popover.text, size::SMALL, c.ink2).facing(popover.rtl);
    let inner = width - 2.0 * size::S[4];
    let foot = if is_link {
        size::BUTTON + size::S[2]
    } else {
        0.0
    };
    let height = text_height(view, &title, inner)
        + text_height(view, &text, inner)
        + foot
        + 2.0 * size::S[3]
        + size::S[1];
    let left = (popover.beside.center().x - width / 2.0).clamp(
        rect.left() + size::S[3],
        (rect.right() - width - size::S[3]).max(rect.left()),
    );
    let below = popover.beside.bottom() + size::S[2];
    let top = if below + height > rect.bottom() {
        popover.beside.top() - height - size::S[2]
    } else {
        below
    };
    let place = Rect::from_min_size(pos2(left, top.max(rect.top())), vec2(width, height));
    ui.interact(place, Id::unique("popover"), Sense::click());
    let shadow = eframe::egui::Shadow {
        offset: [0, 6],
        blur: 20,
        spread: 0,
        color: c.shadow.gamma_multiply(0.16),
    };
    ui.painter()
        .add(shadow.as_shape(place, CornerRadius::same(8)));
    let shape = RectShape::new(
        place,
        CornerRadius::same(8),
        c.raised,
        Stroke::new(1.0, c.stroke),
        StrokeKind::Inside,
    );
    ui.painter().add(Shape::Rect(shape));
    let mut inside = place.shrink2(vec2(size::S[4], size::S[3]));
    label(view, ui, inside, &title);
    let used = text_height(view, &title, inner);
    let _ = widgets::take_top(&mut inside, used + size::S[1]);
    label(view, ui, inside, &text);
    let used = text_height(view, &text, inner);
    let _ = widgets::take_top(&mut inside, used + size::S[2]);
    if is_link {
        let mut row = widgets::take_top(&mut inside, size::BUTTON);
        let copy = view.words.text("link-copy");
        let copies = Button::normal(&copy);
        let at = view.take_start(&mut row, copies.width(view));
        if button(view, ui, at, Id::unique("copy-link"), &copies).clicked() {
            actions.push(Action::Copy(popover.text.clone()));
            popover.copied = true;
        }
        view.take_start(&mut row, size::S[3]);
        let note = view.words.text(if popover.copied {
            "copied"
        } else {
            "link-note"
        });
        let note = Text::new(&note, size::CAPTION, c.ink3).lines(1);
        let height = text_height(view, &note, row.width());
        label(view, ui, widgets::middle(row, height), &note);
    }
}
