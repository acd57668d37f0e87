//! The publisher's code: six cells of four digits, always from left to right as on a bank card, because people read it aloud.
use super::{Text, View, label, middle};
use crate::theme::size;
use eframe::egui::{
    CornerRadius, Event, EventFilter, Id, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

/// Digits of a code.
pub const DIGITS: usize = 24;
const GAP: f32 = 10.0;
const ORDINAL: f32 = 22.0;
const CELL: f32 = 46.0;

/// Height of the six cells with the ordinals above them.
pub const HEIGHT: f32 = ORDINAL + CELL;

/// Paints a code that can only be read. `digits` are 24 ASCII digits.
pub fn code_cells(view: &View<'_>, ui: &mut Ui, rect: Rect, digits: &str) {
    let name = view.words.text("fact-code");
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::hover());
    let spoken = spaced(&view.words.digits(digits));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {spoken}")));
    for group in 0..6 {
        let cell = cell(rect, group);
        ordinal(view, ui, cell, group);
        ui.painter()
            .rect_filled(cell, CornerRadius::same(6), view.colours.sunken);
        paint_digits(
            view,
            ui,
            cell,
            digits.get(group * 4..group * 4 + 4).unwrap_or_default(),
        );
    }
}

fn spaced(digits: &str) -> String {
    let letters: Vec<char> = digits.chars().collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

fn cell(rect: Rect, group: usize) -> Rect {
    let width = (rect.width() - 5.0 * GAP) / 6.0;
    let left = rect.left() + group as f32 * (width + GAP);
    Rect::from_min_size(pos2(left, rect.top() + ORDINAL), vec2(width, CELL))
}

fn ordinal(view: &View<'_>, ui: &Ui, cell: Rect, group: usize) {
    let number = view.words.number(group as u64 + 1);
    let text = Text::new(&number, size::CAPTION, view.colours.ink3)
        .facing(false)
        .centred();
    let above = Rect::from_min_max(
        pos2(cell.left(), cell.top() - ORDINAL),
        pos2(cell.right(), cell.top()),
    );
    label::paint(view, ui, above, &text);
}

fn paint_digits(view: &View<'_>, ui: &Ui, cell: Rect, digits: &str) {
    let shown = view.words.digits(digits);
    let text = Text::new(&shown, size::CODE_DIGITS, view.colours.ink)
        .facing(false)
        .centred();
    let height = super::text_height(view, &text, cell.width());
    label::paint(view, ui, middle(cell, height), &text);
}

/// A code being typed. Accepts three sets of digits, spaces, dashes and a paste of all 24.
#[derive(Clone, Debug, Default)]
pub struct CodeField {
    typed: String,
    at: usize,
    wants_focus: bool,
}

impl CodeField {
    /// An empty field that takes the focus when it is drawn next.
    #[must_use]
    pub fn focused() -> Self {
        Self {
            wants_focus: true,
            ..Self::default()
        }
    }

    /// The digits typed so far, in ASCII.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.typed
    }

    /// How many digits are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        DIGITS.saturating_sub(self.typed.len())
    }

    /// Types or pastes text at the cursor; what is no digit is passed over.
    pub fn insert(&mut self, text: &str) {
        for digit in text.chars().filter_map(ascii_digit) {
            if self.typed.len() < DIGITS {
                self.typed.insert(self.at, digit);
                self.at += 1;
            } else if self.at < DIGITS {
                self.typed
                    .replace_range(self.at..=self.at, digit.encode_utf8(&mut [0; 4]));
                self.at += 1;
            }
        }
    }

    fn key(&mut self, key: Key) {
        match key {
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.typed.remove(self.at);
            }
            Key::Delete if self.at < self.typed.len() => {
                self.typed.remove(self.at);
            }
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight => self.at = (self.at + 1).min(self.typed.len()),
            Key::Home => self.at = 0,
            Key::End => self.at = self.typed.len(),
            _ => {}
        }
    }

    /// Draws the cells and takes what is typed; `lost_focus()` with Enter means "compare".
    pub fn show(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        rect: Rect,
        id: Id,
        name: &str,
    ) -> Response {
        let response = ui.interact(rect, id, Sense::click());
        if std::mem::take(&mut self.wants_focus) || response.clicked() {
            response.request_focus();
        }
        if let Some(p) = response
            .interact_pointer_pos()
            .filter(|_| response.clicked())
        {
            let group = (0..6)
                .rfind(|&g| p.x >= cell(rect, g).left() - GAP / 2.0)
                .unwrap_or(0);
            self.at = (group * 4 + 4).min(self.typed.len());
        }
        super::button::follow_focus(ui, &response);
        if response.has_focus() {
            self.take_keys(ui, id);
        }
        let value = view.words.digits(&self.typed);
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, value.clone(), value.clone(), "");
            info.label = Some(name.to_owned());
            info.role = Role::TextInput;
            info
        });
        self.paint(view, ui, rect, response.has_focus());
        response
    }

    fn take_keys(&mut self, ui: &Ui, id: Id) {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Text(text) | Event::Paste(text) => self.insert(&text),
                Event::Key {
                    key, pressed: true, ..
                } => self.key(key),
                _ => {}
            }
        }
    }

    fn paint(&self, view: &View<'_>, ui: &Ui, rect: Rect, focus: bool) {
        let c = view.colours;
        let here = (self.at.min(DIGITS - 1)) / 4;
        for group in 0..6 {
            let cell = cell(rect, group);
            ordinal(view, ui, cell, group);
            let active = focus && group == here;
            let edge = if active {
                Stroke::new(size::FOCUS, c.focus)
            } else {
                Stroke::new(1.0, c.stroke)
            };
            ui.painter().rect(
                cell,
                CornerRadius::same(6),
                c.page,
                edge,
                StrokeKind::Inside,
            );
            let from = (group * 4).min(self.typed.len());
            let to = (group * 4 + 4).min(self.typed.len());
            let digits = self.typed.get(from..to).unwrap_or_default();
            paint_digits(view, ui, cell, digits);
            if active {
                let before = self
                    .typed
                    .get(from..self.at.clamp(from, to))
                    .unwrap_or_default();
                let width = |digits: &str| {
                    let shown = view.words.digits(digits);
                    super::text_size(
                        view,
                        &Text::new(&shown, size::CODE_DIGITS, c.ink).facing(false),
                        f32::INFINITY,
                    )
                    .x
                };
                let x = cell.center().x - width(digits) / 2.0
                    + if before.is_empty() {
                        0.0
                    } else {
                        width(before)
                    };
                let caret = Rect::from_center_size(pos2(x + 1.0, cell.center().y), vec2(2.0, 22.0));
                ui.painter().rect_filled(caret, 0, c.accent);
            }
        }
    }
}

fn ascii_digit(c: char) -> Option<char> {
    let digit = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        _ => return None,
    };
    char::from_digit(digit, 10)
}
