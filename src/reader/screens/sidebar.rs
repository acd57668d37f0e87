//! The places of the window, and at its foot what must always be seen: where things are kept, and the way out.
use super::Action;
use crate::{
    command::{Command, printed},
    icon::Icon,
    place::Place,
    theme::size,
    widgets::{
        self, Button, Text, View, button, hairline, hairline_down, label, middle, text_height,
        text_size,
    },
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};
use varaq_shelf::Mode;

/// Width with words, and with icons alone.
const WIDE: f32 = 208.0;
const NARROW: f32 = 56.0;

/// What the sidebar says.
pub struct Sidebar {
    /// Where the reader is.
    pub here: Place,
    /// Unread articles on the shelf.
    pub unread: u64,
    /// Where things are kept.
    pub mode: Mode,
    /// Whether the theme is the dark one.
    pub dark: bool,
}

/// Draws the sidebar at the start of `rect`, which loses its width.
pub fn sidebar(view: &View<'_>, ui: &mut Ui, rect: &mut Rect, bar: &Sidebar) -> Vec<Action> {
    let mut actions = Vec::new();
    let c = view.colours;
    let wide = rect.width() >= 900.0;
    let side = view.take_start(rect, if wide { WIDE } else { NARROW });
    ui.painter().rect_filled(side, 0, c.chrome);
    let edge = if view.rtl { side.left() } else { side.right() };
    hairline_down(view, ui.painter(), edge, side.top()..=side.bottom());
    let mut column = side.shrink2(vec2(size::S[3], 0.0));
    if !wide {
        column = side.shrink2(vec2(size::S[1], 0.0));
    }
    nameplate(view, ui, &mut column, wide);
    for (command, icon, place, count) in [
        (Command::ShowShelf, "shelf", Place::Shelf, bar.unread),
        (Command::ShowSearch, "search", Place::Search, 0),
        (Command::OpenFile, "stick", Place::Files, 0),
        (Command::ShowPublishers, "people", Place::Publishers, 0),
        (Command::ShowSettings, "settings", Place::Settings, 0),
        (Command::ShowHelp, "help", Place::Help, 0),
    ] {
        let row = widgets::take_top(&mut column, size::ROW);
        let on = bar.here == place;
        if place_row(view, ui, row, (command, icon), (on, count), wide) {
            actions.push(Action::Do(command));
        }
        let _ = widgets::take_top(&mut column, 2.0);
    }
    foot(view, ui, column, bar, wide, &mut actions);
    actions
}

fn nameplate(view: &View<'_>, ui: &mut Ui, column: &mut Rect, wide: bool) {
    let c = view.colours;
    let mut row = widgets::take_top(column, 68.0);
    if wide {
        view.take_start(&mut row, size::S[3]);
    }
    let place = if wide {
        view.take_start(&mut row, 24.0)
    } else {
        row
    };
    let square = Rect::from_center_size(place.center(), Vec2::splat(24.0));
    Icon::new("sheet")
        .turning(view.rtl)
        .paint(ui.painter(), square, c.accent, c.chrome);
    if wide {
        view.take_start(&mut row, size::S[3]);
        let name = view.words.text("app-name");
        let text = Text::new(&name, size::HEADING, c.ink).weight(800);
        let height = text_height(view, &text, row.width());
        label(view, ui, middle(row, height), &text);
    }
}

fn place_row(
    view: &View<'_>,
    ui: &mut Ui,
    row: Rect,
    (command, icon): (Command, &'static str),
    (on, count): (bool, u64),
    wide: bool,
) -> bool {
    let c = view.colours;
    let response = ui.interact(row, Id::unique("place").with(command), Sense::click());
    let name = view.words.text(command.place());
    let counted = view.words.number(count);
    let said = match count {
        0 => name.clone(),
        _ => format!("{name} · {}", view.words.counted("shelf-unread", count)),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, &said));
    let (ground, ink) = match (on, response.hovered()) {
        (true, _) => (c.accent_soft, c.accent),
        (false, true) => (c.hover, c.ink),
        (false, false) => (Color32::TRANSPARENT, c.ink2),
    };
    ui.painter().rect_filled(row, CornerRadius::same(6), ground);
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, c.focus);
        ui.painter()
            .rect_stroke(row, CornerRadius::same(6), ring, StrokeKind::Inside);
    }
    let mut inside = if wide {
        row.shrink2(vec2(size::S[3], 0.0))
    } else {
        row
    };
    let place = if wide {
        view.take_start(&mut inside, size::ICON)
    } else {
        inside
    };
    let square = Rect::from_center_size(place.center(), Vec2::splat(size::ICON));
    Icon::new(icon).paint(ui.painter(), square, ink, ground);
    if wide {
        view.take_start(&mut inside, size::S[3]);
        if count > 0 {
            let text = Text::new(&counted, size::SMALL, ink).weight(600).lines(1);
            let wide = text_size(view, &text, f32::INFINITY);
            let place = view.take_end(&mut inside, wide.x + 1.0);
            widgets::paint(view, ui, middle(place, wide.y), &text);
        }
        let role = if on { size::STRONG } else { size::BODY };
        let text = Text::new(&name, role, ink).lines(1);
        let height = text_height(view, &text, inside.width());
        widgets::paint(view, ui, middle(inside, height), &text);
    }
    response.clicked()
}

/// Mode in words, the tools of the window, and the key that closes it at once.
fn foot(
    view: &View<'_>,
    ui: &mut Ui,
    column: Rect,
    bar: &Sidebar,
    wide: bool,
    actions: &mut Vec<Action>,
) {
    let mut rest = column;
    rest.max.y -= size::S[4];
    if wide {
        quick_close(view, ui, &mut rest, actions);
        mode(view, ui, &mut rest, bar.mode);
    }
    tools(view, ui, &mut rest, bar.dark, wide, actions);
}

fn take_bottom(rect: &mut Rect, height: f32) -> Rect {
    let cut = Rect::from_min_max(
        eframe::egui::pos2(rect.left(), rect.bottom() - height),
        rect.max,
    );
    rect.max.y = cut.top();
    cut
}

fn quick_close(view: &View<'_>, ui: &mut Ui, rest: &mut Rect, actions: &mut Vec<Action>) {
    let words = view.words.text("quit-short");
    let key = Command::Quit.keys(view.rtl).first().map(printed);
    let closes = Button::quiet(&words).key(key.as_deref().unwrap_or_default());
    let place = take_bottom(rest, size::BUTTON);
    let place = view.start(place, closes.width(view).min(place.width()));
    if button(view, ui, place, Id::unique("quick-close"), &closes).clicked() {
        actions.push(Action::Do(Command::Quit));
    }
}

/// Stem of the keys that say where things are kept.
pub(super) fn stem(mode: Mode) -> &'static str {
    match mode {
        Mode::Memory => "mode-memory",
        Mode::Portable => "mode-portable",
        Mode::Computer => "mode-computer",
    }
}

/// Where things are kept, in words that are true.
fn mode(view: &View<'_>, ui: &mut Ui, rest: &mut Rect, mode: Mode) {
    let c = view.colours;
    let icon = match mode {
        Mode::Memory => "memory",
        Mode::Portable => "stick",
        Mode::Computer => "drive",
    };
    let stem = stem(mode);
    let (name, more) = (
        view.words.text(stem),
        view.words.text(&format!("{stem}-short")),
    );
    let text = Text::new(&more, size::CAPTION, c.ink2);
    let inside = rest.shrink2(vec2(size::S[3], 0.0));
    let height = text_height(view, &text, inside.width());
    let place = take_bottom(rest, height + size::S[2]).shrink2(vec2(size::S[3], 0.0));
    label(view, ui, place, &text);
    let title = Text::new(&name, size::SMALL, c.ink).weight(600);
    let mut row = take_bottom(rest, 26.0).shrink2(vec2(size::S[3], 0.0));
    let square = view.take_start(&mut row, size::ICON_SMALL);
    let square = Rect::from_center_size(square.center(), Vec2::splat(size::ICON_SMALL));
    Icon::new(icon).paint(ui.painter(), square, c.ink2, c.chrome);
    view.take_start(&mut row, size::S[2]);
    let height = text_height(view, &title, row.width());
    label(view, ui, middle(row, height), &title);
    let line = take_bottom(rest, size::S[3]);
    hairline(
        view,
        ui.painter(),
        line.left()..=line.right(),
        line.center().y,
    );
}

fn tools(
    view: &View<'_>,
    ui: &mut Ui,
    rest: &mut Rect,
    dark: bool,
    wide: bool,
    actions: &mut Vec<Action>,
) {
    let mut row = take_bottom(rest, size::BUTTON + size::S[2]);
    for (icon, command) in [("sun", Command::SwitchTheme), ("keys", Command::ShowKeys)] {
        let place = if wide {
            view.take_end(&mut row, size::BUTTON)
        } else {
            let place = row;
            row = take_bottom(rest, size::BUTTON);
            place
        };
        let on = dark && command == Command::SwitchTheme;
        if widgets::icon_button(view, ui, place, Icon::new(icon), command, on).clicked() {
            actions.push(Action::Do(command));
        }
    }
    if !wide {
        return;
    }
    let switch = Button::quiet(view.words.language().own_name());
    let place = view.start(row, switch.width(view).min(row.width()));
    let place = middle(place, size::BUTTON);
    if button(view, ui, place, Id::unique("language"), &switch).clicked() {
        actions.push(Action::Do(Command::SwitchLanguage));
    }
}
