//! The first start: language, where things are kept, and the code that the reader has heard. One page, no wizard.
use super::{Action, scrolled, sidebar::stem, start};
use crate::{
    home::Home,
    theme::size,
    widgets::{
        self, Button, CODE_HEIGHT, CodeField, Text, View, button, choice, choice_frame, label,
        middle, text_height, text_size,
    },
    words::{Language, Words},
};
use eframe::egui::{Id, Key, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use varaq_shelf::Mode;

const PANEL: f32 = 352.0;
const COLUMN: f32 = 716.0;

/// What the page knows and what was chosen on it.
pub struct FirstState {
    /// Chosen mode.
    pub mode: Mode,
    /// Modes that can be had here.
    pub modes: Vec<Mode>,
    /// The code, as far as it is typed.
    pub code: CodeField,
    /// Whether a code was typed that cannot be one.
    pub typo: bool,
    /// It was answered before, and the reader may turn back.
    pub again: bool,
    /// Why the choice could not be kept.
    pub failed: Option<String>,
}

impl FirstState {
    /// The question about these homes, the first of which is proposed; none without a choice.
    #[must_use]
    pub fn of(homes: &[Home]) -> Option<Self> {
        Some(Self {
            mode: homes.first()?.mode,
            modes: homes.iter().map(|home| home.mode).collect(),
            code: CodeField::default(),
            typo: false,
            again: false,
            failed: None,
        })
    }
}

/// Draws the page.
pub fn first(view: &View<'_>, ui: &mut Ui, rect: Rect, state: &mut FirstState) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.painter().rect_filled(rect, 0, view.colours.page);
    let mut rest = rect;
    if rect.width() >= 900.0 {
        let side = view.take_start(&mut rest, PANEL);
        start::panel(view, ui, side);
    }
    scrolled(ui, rest, "first", |ui, page| {
        let width = (page.width() - 2.0 * size::S[6]).min(COLUMN);
        let mut column = Rect::from_center_size(page.center(), vec2(width, page.height()));
        let _ = widgets::take_top(&mut column, size::S[7]);
        languages(view, ui, &mut column, &mut actions);
        modes(view, ui, &mut column, state, &mut actions);
        code(view, ui, &mut column, state, &mut actions);
        foot(view, ui, &mut column, state, &mut actions);
        column.top() + size::S[6]
    });
    actions
}

/// A numbered heading.
fn heading(view: &View<'_>, ui: &mut Ui, column: &mut Rect, number: u64, key: &str) -> Rect {
    let c = view.colours;
    let mut row = widgets::take_top(column, 32.0);
    let place = view.take_start(&mut row, 24.0);
    let centre = place.center();
    ui.painter()
        .circle_stroke(centre, 11.5, Stroke::new(1.0, c.accent));
    let shown = view.words.number(number);
    let text = Text::new(&shown, size::CAPTION, c.accent)
        .weight(600)
        .centred();
    let height = text_height(view, &text, place.width());
    widgets::paint(view, ui, middle(place, height), &text);
    view.take_start(&mut row, size::S[3]);
    let words = view.words.text(key);
    let text = Text::new(&words, size::SUBHEADING, c.ink).lines(1);
    let wide = text_size(view, &text, row.width());
    let place = view.take_start(&mut row, wide.x + 1.0);
    label(view, ui, middle(place, wide.y), &text);
    let _ = widgets::take_top(column, size::S[2]);
    view.take_start(&mut row, size::S[3]);
    row
}

/// Each language in its own script; the window changes at once.
fn languages(view: &View<'_>, ui: &mut Ui, column: &mut Rect, actions: &mut Vec<Action>) {
    heading(view, ui, column, 1, "first-language");
    let gap = size::S[2];
    let across = 3.0_f32;
    let width = ((column.width() - gap * (across - 1.0)) / across).min(180.0);
    for line in Language::ALL.chunks(across as usize) {
        let mut row = widgets::take_top(column, size::BUTTON);
        for language in line {
            let place = view.take_start(&mut row, width);
            view.take_start(&mut row, gap);
            let on = view.words.language() == *language;
            let name = language.own_name();
            let id = Id::unique("language").with(*language);
            if choice(view, ui, place, id, name, on) {
                actions.push(Action::Speak(*language));
            }
        }
        let _ = widgets::take_top(column, gap);
    }
    let _ = widgets::take_top(column, size::S[5]);
}

fn modes(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &mut FirstState,
    actions: &mut Vec<Action>,
) {
    heading(view, ui, column, 2, "first-mode");
    let gap = size::S[3];
    let many = state.modes.len() as f32;
    let stacked = column.width() < 560.0;
    let width = if stacked {
        column.width()
    } else {
        (column.width() - gap * (many - 1.0)) / many
    };
    let height = state
        .modes
        .iter()
        .map(|mode| card_height(view, *mode, width))
        .fold(0.0, f32::max);
    let mut row = widgets::take_top(column, height);
    for mode in state.modes.clone() {
        let mut place = view.take_start(&mut row, width);
        view.take_start(&mut row, gap);
        if stacked {
            let _ = widgets::take_top(column, gap);
            row = widgets::take_top(column, height);
            place.max.y = place.top() + height;
        }
        if card(view, ui, place, mode, state) {
            actions.push(Action::ChooseMode(mode));
        }
    }
    let _ = widgets::take_top(column, size::S[2]);
    let note = view.words.text("first-mode-note");
    let text = Text::new(&note, size::CAPTION, view.colours.ink3);
    let height = text_height(view, &text, column.width());
    label(view, ui, widgets::take_top(column, height), &text);
    let _ = widgets::take_top(column, size::S[5]);
}

fn card_height(view: &View<'_>, mode: Mode, width: f32) -> f32 {
    let more = view.words.text(&format!("{}-more", stem(mode)));
    let text = Text::new(&more, size::SMALL, view.colours.ink2);
    text_height(view, &text, width - 2.0 * size::S[4]) + 34.0 + 2.0 * size::S[3]
}

fn card(view: &View<'_>, ui: &mut Ui, rect: Rect, mode: Mode, state: &FirstState) -> bool {
    let c = view.colours;
    let (stem, on) = (stem(mode), state.mode == mode);
    let (name, more) = (
        view.words.text(stem),
        view.words.text(&format!("{stem}-more")),
    );
    let response = ui.interact(rect, Id::unique("mode").with(stem), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, true, on, format!("{name}. {more}"))
    });
    choice_frame(view, ui, rect, on, &response);
    let mut inside = rect.shrink2(vec2(size::S[4], size::S[3]));
    let mut row = widgets::take_top(&mut inside, 34.0);
    let ring = view.take_start(&mut row, 20.0).center();
    let ink = if on { c.accent } else { c.stroke };
    ui.painter()
        .circle_stroke(ring, 9.0, Stroke::new(if on { 2.0 } else { 1.0 }, ink));
    if on {
        ui.painter().circle_filled(ring, 5.0, c.accent);
    }
    view.take_start(&mut row, size::S[2]);
    let text = Text::new(&name, size::STRONG, c.ink).lines(1);
    let height = text_height(view, &text, row.width());
    widgets::paint(view, ui, middle(row, height), &text);
    let text = Text::new(&more, size::SMALL, c.ink2);
    widgets::paint(view, ui, inside, &text);
    response.clicked()
}

fn code(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &mut FirstState,
    actions: &mut Vec<Action>,
) {
    let rest = heading(view, ui, column, 3, "first-code");
    let optional = view.words.text("first-optional");
    let text = Text::new(&optional, size::SMALL, view.colours.ink3).lines(1);
    let height = text_height(view, &text, rest.width());
    label(view, ui, middle(rest, height), &text);
    let more = view.words.text("first-code-more");
    let text = Text::new(&more, size::SMALL, view.colours.ink2);
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(column, height + size::S[2]);
    label(view, ui, place, &text);
    let cells = widgets::take_top(column, CODE_HEIGHT);
    let name = view.words.text("first-code");
    let response = state.code.show(view, ui, cells, Id::unique("code"), &name);
    if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        actions.push(Action::Begin);
    }
    let said = said(view.words, state);
    let text = Text::new(&said, size::SMALL, view.colours.ink2);
    let height = text_height(view, &text, column.width()).max(24.0);
    let place = widgets::take_top(column, height + size::S[2]);
    label(view, ui, pos_down(place), &text);
}

fn pos_down(rect: Rect) -> Rect {
    Rect::from_min_max(pos2(rect.left(), rect.top() + size::S[1]), rect.max)
}

/// How many digits are still to come, or what is wrong with them.
fn said(words: &Words, state: &FirstState) -> String {
    if state.typo {
        return words.text("code-typo");
    }
    match (state.code.missing(), state.code.digits().is_empty()) {
        (_, true) => String::new(),
        (0, false) => words.text("first-code-whole"),
        (left, false) => {
            let count = words.number(left as u64).into();
            words.with("code-left", &[("count", count)])
        }
    }
}

fn foot(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &FirstState,
    actions: &mut Vec<Action>,
) {
    if let Some(cause) = &state.failed {
        let said = view
            .words
            .with("first-failed", &[("cause", cause.as_str().into())]);
        let text = Text::new(&said, size::SMALL, view.colours.ink).weight(600);
        let height = text_height(view, &text, column.width());
        let place = widgets::take_top(column, height + size::S[3]);
        label(view, ui, place, &text);
    }
    let _ = widgets::take_top(column, size::S[4]);
    let words = view.words.text("first-go");
    let begins = Button::primary(&words).key("Enter");
    let row = widgets::take_top(column, 46.0);
    let place = view.end(row, begins.width(view));
    let response = button(view, ui, place, Id::unique("begin"), &begins);
    let idle = ui.memory(|memory| memory.focused().is_none());
    let entered = idle && ui.input(|input| input.key_pressed(Key::Enter));
    if response.clicked() || entered {
        actions.push(Action::Begin);
    }
}
