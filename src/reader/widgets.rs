//! The controls of the window. Every text in them goes through the page layout, never through egui's own.
//!
//! A widget gets its rectangle, paints itself there, tells AccessKit its role and name, and answers with a
//! `Response`. Rectangles are cut with [`View::take_start`] and the like, so nothing here says left or right.
mod bar;
mod button;
mod choice;
mod code;
mod input;
mod label;
mod marked;
mod seal;
mod sheet;

pub use bar::{icon_button, strip, top_bar};
pub use button::{Button, button, follow_focus};
pub use choice::{choice, choice_frame};
pub use code::{CodeField, HEIGHT as CODE_HEIGHT, code_cells};
pub use input::Input;
pub use label::{Text, label, paint, text_height, text_size};
pub use marked::marked;
pub use seal::{rule, seal_chip, seal_width};
pub use sheet::{hairline, hairline_down, over, sheet};

use crate::{ink::Ink, theme::Colours, words::Words};
use eframe::egui::{Rect, pos2};

/// What every widget needs to draw itself.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Text layout and glyphs.
    pub ink: &'a Ink,
    /// Texts of the window.
    pub words: &'a Words,
    /// Colours of the theme.
    pub colours: &'a Colours,
    /// Whether start is at the right. The window's direction, or that of a part of it.
    pub rtl: bool,
}

impl<'a> View<'a> {
    /// The same view for a part of the page that runs the other way.
    #[must_use]
    pub fn facing(self, rtl: bool) -> Self {
        Self { rtl, ..self }
    }

    /// The first `width` points of `rect`, at the side where lines begin.
    #[must_use]
    pub fn start(&self, rect: Rect, width: f32) -> Rect {
        let width = width.min(rect.width()).max(0.0);
        if self.rtl {
            Rect::from_min_max(pos2(rect.right() - width, rect.top()), rect.max)
        } else {
            Rect::from_min_max(rect.min, pos2(rect.left() + width, rect.bottom()))
        }
    }

    /// The last `width` points of `rect`, at the side where lines end.
    #[must_use]
    pub fn end(&self, rect: Rect, width: f32) -> Rect {
        self.facing(!self.rtl).start(rect, width)
    }

    /// Cuts `width` points off the start of `rect`.
    pub fn take_start(&self, rect: &mut Rect, width: f32) -> Rect {
        let cut = self.start(*rect, width);
        if self.rtl {
            rect.max.x = cut.left();
        } else {
            rect.min.x = cut.right();
        }
        cut
    }

    /// Cuts `width` points off the end of `rect`.
    pub fn take_end(&self, rect: &mut Rect, width: f32) -> Rect {
        self.facing(!self.rtl).take_start(rect, width)
    }
}

/// Cuts `height` points off the top of `rect`.
pub fn take_top(rect: &mut Rect, height: f32) -> Rect {
    let cut = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + height));
    rect.min.y = cut.bottom();
    cut
}

/// A rectangle of `height` in the middle of `rect`.
#[must_use]
pub fn middle(rect: Rect, height: f32) -> Rect {
    let top = rect.center().y - height / 2.0;
    Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + height))
}
