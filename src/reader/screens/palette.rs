//! The palette: every command by its name, for whoever remembers the name and not the key.
use super::Action;
use crate::{
    command::{Command, printed},
    theme::size,
    widgets::{self, Input, Text, View, middle, text_height, text_size},
};
use eframe::egui::{Color32, CornerRadius, Id, Key, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use varaq_article::fold::Query;

const ROW: f32 = 40.0;
const MOST: usize = 9;

/// The palette while it is open.
pub struct PaletteState {
    input: Input,
    chosen: usize,
}

impl Default for PaletteState {
    fn default() -> Self {
        let mut input = Input::new();
        input.take_focus();
        Self { input, chosen: 0 }
    }
}

/// Draws the palette on top of the window; the command that was chosen comes back.
pub fn palette(view: &View<'_>, ui: &mut Ui, rect: Rect, state: &mut PaletteState) -> Vec<Action> {
    let found = found(view, state.input.text());
    let height = size::INPUT + ROW * found.len().max(1) as f32 + 3.0 * size::S[3];
    let width = 560.0_f32.min(rect.width() - 48.0);
    let sheet = Rect::from_min_size(
        eframe::egui::pos2(rect.center().x - width / 2.0, rect.top() + 96.0),
        vec2(width, height),
    );
    widgets::over(view, ui, rect, sheet);
    let mut inside = sheet.shrink(size::S[3]);
    let hint = view.words.text("palette-hint");
    let field = widgets::take_top(&mut inside, size::INPUT);
    if state.input.show(view, ui, field, &hint).changed() {
        state.chosen = 0;
    }
    let _ = widgets::take_top(&mut inside, size::S[2]);
    let last = found.len().saturating_sub(1);
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if pressed(Key::ArrowDown) {
        state.chosen = (state.chosen + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        state.chosen = state.chosen.saturating_sub(1);
    }
    let entered = pressed(Key::Enter);
    let mut actions = Vec::new();
    for (at, command) in found.into_iter().enumerate() {
        let row = widgets::take_top(&mut inside, ROW);
        let on = at == state.chosen;
        if one(view, ui, row, command, on) || (entered && on) {
            actions.push(Action::FromPalette(command));
        }
    }
    actions
}

/// Commands whose names or hints hold the words; all that fit while nothing is typed.
fn found(view: &View<'_>, typed: &str) -> Vec<Command> {
    let query = Query::parse(typed, true);
    let holds = |command: &Command| {
        let name = view.words.text(command.text());
        let hint = view.words.text(&command.hint());
        query.is_empty() || query.matches(&format!("{name} {hint}"))
    };
    let all = Command::ALL.into_iter().filter(holds);
    all.filter(|it| *it != Command::ShowPalette)
        .take(MOST)
        .collect()
}

fn one(view: &View<'_>, ui: &mut Ui, row: Rect, command: Command, on: bool) -> bool {
    let c = view.colours;
    let response = ui.interact(row, Id::unique("palette").with(command), Sense::click());
    let name = view.words.text(command.text());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &name));
    let ground = match (on, response.hovered()) {
        (true, _) => c.accent_soft,
        (false, true) => c.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(row, CornerRadius::same(6), ground);
    let mut inside = row.shrink2(vec2(size::S[3], 0.0));
    let key = command.keys(view.rtl).first().map(printed);
    let key = key.unwrap_or_default();
    let text = Text::new(&key, size::CAPTION, c.ink3)
        .facing(false)
        .lines(1);
    let wide = text_size(view, &text, f32::INFINITY);
    let place = view.take_end(&mut inside, wide.x + 2.0);
    widgets::paint(view, ui, middle(place, wide.y), &text);
    let text = Text::new(&name, size::BODY, c.ink).lines(1);
    let height = text_height(view, &text, inside.width());
    widgets::paint(view, ui, middle(inside, height), &text);
    response.clicked()
}
