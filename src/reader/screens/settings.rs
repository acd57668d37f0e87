//! Settings: language, theme, the article's page with a sample of it, and where things are kept.
use super::{Action, scrolled};
use crate::{
    home::Home,
    look::{Lines, Look, Measure},
    settings::Settings,
    theme::{ThemeName, Type, size},
    widgets::{self, Button, Text, View, button, choice, hairline, label, middle, text_height},
    words::Language,
};
use eframe::egui::{Id, Rect, Ui, vec2};

/// What the screen shows.
pub struct SettingsState<'a> {
    /// The theme that was chosen; none = that of the computer.
    pub theme: Option<ThemeName>,
    /// The article's page.
    pub look: Look,
    /// Size of everything in the window, in percent.
    pub zoom: u16,
    /// Where things are kept.
    pub home: &'a Home,
}

/// Draws the screen.
pub fn settings(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &SettingsState<'_>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    scrolled(ui, rect, "settings", |ui, page| {
        let width = (page.width() - 2.0 * size::S[6]).min(size::SHEET);
        let mut column = view.start(page.shrink2(vec2(size::S[6], 0.0)), width);
        let _ = widgets::take_top(&mut column, size::S[4]);
        title(view, ui, &mut column);
        languages(view, ui, &mut column, &mut actions);
        themes(view, ui, &mut column, state, &mut actions);
        zoom(view, ui, &mut column, state, &mut actions);
        reading(view, ui, &mut column, state, &mut actions);
        kept(view, ui, &mut column, state, &mut actions);
        column.top() + size::S[6]
    });
    actions
}

fn title(view: &View<'_>, ui: &mut Ui, column: &mut Rect) {
    let words = view.words.text("show-settings");
    let text = Text::new(&words, size::TITLE, view.colours.ink);
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(column, height + size::S[2]);
    label(view, ui, place, &text);
}

fn heading(view: &View<'_>, ui: &mut Ui, column: &mut Rect, key: &str) {
    let _ = widgets::take_top(column, size::S[4]);
    let words = view.words.text(key);
    let text = Text::new(&words, size::SUBHEADING, view.colours.ink);
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(column, height + size::S[2]);
    label(view, ui, place, &text);
}

/// A row of boxes of which one is chosen; answers with the one that was pressed.
fn row(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    id: &str,
    names: &[(String, bool)],
) -> Option<usize> {
    let gap = size::S[2];
    let many = names.len().max(1);
    let across = if column.width() > 560.0 {
        many
    } else {
        many.min(3)
    };
    let width = ((column.width() - gap * (across as f32 - 1.0)) / across as f32).min(180.0);
    let mut pressed = None;
    for (line, part) in names.chunks(across).enumerate() {
        let mut place = widgets::take_top(column, size::BUTTON);
        for (at, (name, on)) in part.iter().enumerate() {
            let one = view.take_start(&mut place, width);
            view.take_start(&mut place, gap);
            let index = line * across + at;
            if choice(view, ui, one, Id::unique(id).with(index), name, *on) {
                pressed = Some(index);
            }
        }
        let _ = widgets::take_top(column, gap);
    }
    pressed
}

fn languages(view: &View<'_>, ui: &mut Ui, column: &mut Rect, actions: &mut Vec<Action>) {
    heading(view, ui, column, "first-language");
    let here = view.words.language();
    let names = Language::ALL.map(|it| (it.own_name().to_owned(), it == here));
    if let Some(language) =
        row(view, ui, column, "set-language", &names).and_then(|at| Language::ALL.get(at).copied())
    {
        actions.push(Action::Speak(language));
    }
}

fn themes(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &SettingsState<'_>,
    actions: &mut Vec<Action>,
) {
    heading(view, ui, column, "set-theme");
    let choices = std::iter::once(None).chain(ThemeName::ALL.map(Some));
    let names = choices.clone().map(|it| {
        let word = it.map_or("computer", ThemeName::word);
        (view.words.text(&format!("theme-{word}")), it == state.theme)
    });
    let names: Vec<(String, bool)> = names.collect();
    let pressed = row(view, ui, column, "set-theme", &names);
    if let Some(theme) = pressed.and_then(|at| choices.clone().nth(at)) {
        actions.push(Action::Dress(theme));
    }
}

fn zoom(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &SettingsState<'_>,
    actions: &mut Vec<Action>,
) {
    heading(view, ui, column, "set-zoom");
    let names = Settings::ZOOMS.map(|percent| {
        let number = view.words.number(percent.into());
        let sign = view.words.with("percent", &[("number", number.into())]);
        (sign, percent == state.zoom)
    });
    if let Some(percent) =
        row(view, ui, column, "set-zoom", &names).and_then(|at| Settings::ZOOMS.get(at))
    {
        actions.push(Action::Zoom(*percent));
    }
}

fn reading(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &SettingsState<'_>,
    actions: &mut Vec<Action>,
) {
    heading(view, ui, column, "set-reading");
    let look = state.look;
    let (_, least, most, step) = size::READING;
    let sizes = [-step * 2.0, -step, 0.0, step, step * 2.0];
    let names = sizes.map(|more| {
        let size = (look.size + more).clamp(least, most);
        (view.words.number(size as u64), more == 0.0)
    });
    caption(view, ui, column, "set-size");
    if let Some(more) = row(view, ui, column, "set-size", &names).and_then(|at| sizes.get(at)) {
        let size = (look.size + more).clamp(least, most);
        actions.push(Action::Look(Look { size, ..look }));
    }
    caption(view, ui, column, "set-lines");
    let names = Lines::ALL.map(|it| {
        let name = view.words.text(&format!("lines-{}", it.word()));
        (name, it == look.lines)
    });
    if let Some(lines) =
        row(view, ui, column, "set-lines", &names).and_then(|at| Lines::ALL.get(at))
    {
        let lines = *lines;
        actions.push(Action::Look(Look { lines, ..look }));
    }
    caption(view, ui, column, "set-measure");
    let names = Measure::ALL.map(|it| {
        let name = view.words.text(&format!("measure-{}", it.word()));
        (name, it == look.measure)
    });
    if let Some(measure) =
        row(view, ui, column, "set-measure", &names).and_then(|at| Measure::ALL.get(at))
    {
        let measure = *measure;
        actions.push(Action::Look(Look { measure, ..look }));
    }
    caption(view, ui, column, "set-justify");
    let names = [false, true].map(|on| {
        let key = if on { "justify-on" } else { "justify-off" };
        (view.words.text(key), on == look.justify)
    });
    if let Some(at) = row(view, ui, column, "set-justify", &names) {
        let justify = at == 1;
        actions.push(Action::Look(Look { justify, ..look }));
    }
    sample(view, ui, column, look);
}

fn caption(view: &View<'_>, ui: &mut Ui, column: &mut Rect, key: &str) {
    let words = view.words.text(key);
    let text = Text::new(&words, size::SMALL, view.colours.ink2);
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(column, height + size::S[1]);
    label(view, ui, place, &text);
}

/// A few lines of an article as it would look.
fn sample(view: &View<'_>, ui: &mut Ui, column: &mut Rect, look: Look) {
    let c = view.colours;
    let _ = widgets::take_top(column, size::S[2]);
    let words = view.words.text("set-sample");
    let factor = if view.rtl {
        size::READING_LINE.0
    } else {
        size::READING_LINE.1
    };
    let role = Type {
        size: look.size,
        line: factor + look.lines.more(),
        weight: 400,
    };
    let text = Text::new(&words, role, c.ink);
    let wide = (look.measure.points() * look.size / size::READING.0).min(column.width() - 48.0);
    let height = text_height(view, &text, wide);
    let sheet = widgets::take_top(column, height + 2.0 * size::S[4]);
    widgets::sheet(view, ui, sheet, c.hairline);
    let inside = view.start(sheet.shrink2(vec2(size::S[5], size::S[4])), wide);
    label(view, ui, inside, &text);
}

fn kept(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &SettingsState<'_>,
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    heading(view, ui, column, "first-mode");
    let stem = super::sidebar::stem(state.home.mode);
    let (name, more) = (
        view.words.text(stem),
        view.words.text(&format!("{stem}-more")),
    );
    let folder = state.home.folder.as_ref();
    let folder = folder.map(|folder| folder.display().to_string());
    let folder = folder.unwrap_or_default();
    for text in [
        Text::new(&name, size::STRONG, c.ink),
        Text::new(&more, size::SMALL, c.ink2),
        Text::new(&folder, size::CAPTION, c.ink3).facing(false),
    ] {
        if text.is_empty() {
            continue;
        }
        let height = text_height(view, &text, column.width());
        let place = widgets::take_top(column, height + size::S[1]);
        label(view, ui, place, &text);
    }
    let _ = widgets::take_top(column, size::S[2]);
    let words = view.words.text("set-elsewhere");
    let changes = Button::normal(&words);
    let place = widgets::take_top(column, size::BUTTON);
    let place = view.start(middle(place, size::BUTTON), changes.width(view));
    if button(view, ui, place, Id::unique("elsewhere"), &changes).clicked() {
        actions.push(Action::ChooseHome);
    }
    let line = widgets::take_top(column, size::S[5]);
    hairline(
        view,
        ui.painter(),
        line.left()..=line.right(),
        line.center().y,
    );
}
