//! Words on screen.
use super::View;
use crate::{
    ink::{Laid, Setting},
    theme::Type,
};
use eframe::egui::{
    Align, Color32, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use std::rc::Rc;

/// Words with the way they are set.
#[derive(Clone, Debug)]
pub struct Text<'t> {
    words: &'t str,
    role: Type,
    colour: Color32,
    rtl: Option<bool>,
    align: Align,
    up_to: usize,
}

impl<'t> Text<'t> {
    /// Words in a role of type and a colour.
    #[must_use]
    pub fn new(words: &'t str, role: Type, colour: Color32) -> Self {
        Self {
            words,
            role,
            colour,
            rtl: None,
            align: Align::Min,
            up_to: usize::MAX,
        }
    }

    /// Another weight than the role's.
    #[must_use]
    pub fn weight(mut self, weight: u16) -> Self {
        self.role.weight = weight;
        self
    }

    /// Direction of the words themselves, when it is not the window's.
    #[must_use]
    pub fn facing(mut self, rtl: bool) -> Self {
        self.rtl = Some(rtl);
        self
    }

    /// In the middle of the rectangle.
    #[must_use]
    pub fn centred(mut self) -> Self {
        self.align = Align::Center;
        self
    }

    /// At the end side of the rectangle.
    #[must_use]
    pub fn at_end(mut self) -> Self {
        self.align = Align::Max;
        self
    }

    /// At most so many lines; what is longer ends in an ellipsis.
    #[must_use]
    pub fn lines(mut self, up_to: usize) -> Self {
        self.up_to = up_to;
        self
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn colour(&self) -> Color32 {
        self.colour
    }

    pub(super) fn setting(&self, view: &View<'_>, width: Option<f32>) -> Setting<'t> {
        Setting {
            text: self.words,
            size: self.role.size,
            line: self.role.line,
            weight: self.role.weight,
            width,
            rtl: self.rtl.unwrap_or(view.rtl),
            up_to: self.up_to,
        }
    }
}

/// Size of the words when they may be `width` wide.
#[must_use]
pub fn text_size(view: &View<'_>, text: &Text<'_>, width: f32) -> Vec2 {
    view.ink.lay(&text.setting(view, Some(width))).size
}

/// Height of the words when they may be `width` wide.
#[must_use]
pub fn text_height(view: &View<'_>, text: &Text<'_>, width: f32) -> f32 {
    text_size(view, text, width).y
}

/// Paints words from the top of `rect`; the response covers what they take.
pub fn label(view: &View<'_>, ui: &mut Ui, rect: Rect, text: &Text<'_>) -> Response {
    let taken = paint(view, ui, rect, text);
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(taken, id, Sense::hover());
    let words = text.words;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// Paints words without telling AccessKit (the widget around them does), and says what they take.
pub fn paint(view: &View<'_>, ui: &Ui, rect: Rect, text: &Text<'_>) -> Rect {
    let (laid, at) = placed(view, rect, text);
    view.ink.paint(ui.painter(), &laid, at, text.colour);
    Rect::from_min_size(at, vec2(laid.size.x, laid.size.y))
}

/// Words laid out, and where they stand in `rect`.
pub(super) fn placed(view: &View<'_>, rect: Rect, text: &Text<'_>) -> (Rc<Laid>, Pos2) {
    let laid = view.ink.lay(&text.setting(view, Some(rect.width())));
    let free = (rect.width() - laid.size.x).max(0.0);
    let start = if view.rtl { free } else { 0.0 };
    let shift = match text.align {
        Align::Min => start,
        Align::Center => free / 2.0,
        Align::Max => free - start,
    };
    (laid, pos2(rect.left() + shift, rect.top()))
}
