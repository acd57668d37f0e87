//! A line of text that is typed, in any script.
use super::View;
use crate::{
    ink::{Inks, Quads},
    theme::size,
};
use eframe::egui::{
    Context, CornerRadius, Event, EventFilter, IMEPurpose, Id, ImeEvent, Key, Modifiers, Rect,
    Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, output::IMEOutput, pos2, vec2,
};
use varaq_page::{Area, Direction, Edit, Field, Style};

/// A field and whether it wants the focus.
#[derive(Clone, Debug, Default)]
pub struct Input {
    field: Field,
    wants_focus: bool,
    scroll: f32,
}

const ID: &str = "input";

impl Input {
    /// An empty field.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// Takes the focus when it is drawn next, with everything selected.
    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    /// A field with a text.
    #[must_use]
    pub fn with(text: &str) -> Self {
        Self {
            field: Field::new(text),
            ..Self::default()
        }
    }

    /// Whether it has the focus.
    #[must_use]
    pub fn has_focus(&self, ctx: &Context) -> bool {
        Self::is_focused(ctx)
    }

    /// Whether the field on screen, of which there is never more than one, has the focus.
    #[must_use]
    pub fn is_focused(ctx: &Context) -> bool {
        ctx.memory(|memory| memory.has_focus(Id::unique(ID)))
    }

    /// Draws the field; `changed()` when something was typed.
    pub fn show(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect, hint: &str) -> Response {
        let mut response = ui.interact(rect, Id::unique(ID), Sense::click_and_drag());
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        let c = view.colours;
        let focus = response.has_focus();
        let edge = if focus {
            Stroke::new(size::FOCUS, c.focus)
        } else {
            Stroke::new(1.0, c.stroke)
        };
        ui.painter().rect(
            rect,
            CornerRadius::same(6),
            c.page,
            edge,
            StrokeKind::Inside,
        );
        let inside = rect.shrink2(vec2(size::S[3], 4.0));
        let style = Style::new(15.0, 1.6);
        let empty = self.field.text().is_empty();
        let direction = if empty {
            if view.rtl {
                Direction::Rtl
            } else {
                Direction::Ltr
            }
        } else {
            Direction::Auto
        };
        let set = |field: &Field| {
            view.ink.with(|ink| {
                (
                    field.set(&mut ink.fonts, direction, "", style.clone(), ink.scale),
                    ink.scale,
                )
            })
        };
        let (mut lines, scale) = set(&self.field);
        if focus && self.take_events(ui, &lines) {
            response.mark_changed();
        }
        (lines, _) = set(&self.field);
        let width = lines.width() / scale;
        // Text that runs from the right stands at the right end of its layout's own width.
        let base = if lines.is_rtl() {
            inside.right() - width
        } else {
            inside.left()
        };
        let caret = self.field.caret_area(&lines, 1.5 * scale);
        let x = base + caret.left / scale - self.scroll;
        self.scroll += (x - inside.right() + 2.0).max(0.0) - (inside.left() - x).max(0.0);
        if width < inside.width() {
            self.scroll = 0.0;
        }
        let at = pos2(
            base - self.scroll,
            inside.center().y - lines.height() / scale / 2.0,
        );
        self.point(&response, at, scale, &lines);
        let painter = ui.painter().with_clip_rect(inside.expand(2.0));
        let place = |area: Area| {
            Rect::from_min_max(
                at + vec2(area.left, area.top) / scale,
                at + vec2(area.right, area.bottom) / scale,
            )
        };
        for area in lines.areas(self.field.selection()) {
            painter.rect_filled(place(area), 0, c.select);
        }
        view.ink.with(|ink| {
            let mut quads = Quads::new();
            ink.add(&mut quads, &lines, at, &Inks::plain(c.ink));
            quads.paint(&painter, &ink.atlas);
        });
        if empty {
            let text = super::Text::new(hint, size::BODY, c.ink3).lines(1);
            let height = super::text_height(view, &text, inside.width());
            super::paint(view, ui, super::middle(inside, height), &text);
        }
        if focus {
            let caret = place(self.field.caret_area(&lines, 2.0 * scale));
            painter.rect_filled(caret, 0, c.accent);
            ui.output_mut(|output| {
                output.ime = Some(IMEOutput {
                    purpose: IMEPurpose::Normal,
                    rect,
                    cursor_rect: caret,
                    should_interrupt_composition: false,
                });
            });
        }
        let value = self.field.text().to_owned();
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, value.clone(), value.clone(), hint);
            info.label = Some(hint.to_owned());
            info
        });
        response
    }

    fn point(
        &mut self,
        response: &Response,
        at: eframe::egui::Pos2,
        scale: f32,
        lines: &varaq_page::Lines,
    ) {
        let Some(p) = response.interact_pointer_pos() else {
            return;
        };
        let inside = (p - at) * scale;
        let offset = lines.offset_at(inside.x, inside.y);
        if response.double_clicked() {
            let word = lines.word_at(inside.x, inside.y);
            self.field.place(word.start, false);
            self.field.place(word.end, true);
        } else if response.drag_started() || response.clicked() {
            response.request_focus();
            self.field.place(offset, false);
        } else if response.dragged() {
            self.field.place(offset, true);
        }
    }

    fn take_events(&mut self, ui: &Ui, lines: &varaq_page::Lines) -> bool {
        let filter = EventFilter {
            horizontal_arrows: true,
            // Up and down move through what was found; the focus stays.
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Id::unique(ID), filter));
        let mut changed = false;
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Copy | Event::Cut if !self.field.selected().is_empty() => {
                    ui.ctx().copy_text(self.field.selected().to_owned());
                    if matches!(event, Event::Cut) {
                        changed |= self.field.apply(&Edit::Delete, lines);
                    }
                }
                other => {
                    if let Some(edit) = edit(&other) {
                        changed |= self.field.apply(&edit, lines);
                    }
                }
            }
        }
        changed
    }
}

fn edit(event: &Event) -> Option<Edit> {
    Some(match event {
        Event::Text(text) | Event::Paste(text) | Event::Ime(ImeEvent::Commit(text)) => {
            Edit::Insert(text.clone())
        }
        Event::Ime(ImeEvent::Preedit { text, .. }) => Edit::Compose(text.clone()),
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => of_key(*key, *modifiers)?,
        _ => return None,
    })
}

fn of_key(key: Key, modifiers: Modifiers) -> Option<Edit> {
    let select = modifiers.shift;
    Some(match key {
        Key::ArrowLeft => Edit::Left(select),
        Key::ArrowRight => Edit::Right(select),
        Key::Home => Edit::Home(select),
        Key::End => Edit::End(select),
        Key::Backspace => Edit::Backspace,
        Key::Delete => Edit::Delete,
        Key::A if modifiers.command => Edit::SelectAll,
        _ => return None,
    })
}
