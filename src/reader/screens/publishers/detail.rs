//! One publisher: how it came to be trusted, what it promised, its code, and the way to trust it no longer.
use super::{Known, Naming, PublishersState, history, issues_met, name, pass, say, seal};
use crate::{
    day,
    issue::Stretched,
    screens::Action,
    theme::size,
    widgets::{
        self, Button, CODE_HEIGHT, Text, View, button, code_cells, hairline, label, text_height,
        text_size,
    },
    words::Words,
};
use eframe::egui::{
    CornerRadius, Id, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, epaint::RectShape, pos2, vec2,
};
use varaq_trust::{Dossier, Event};

pub(super) const LABELS: f32 = 180.0;

/// Draws the sheet of a publisher.
pub(super) fn detail(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    (state, known, naming): (&PublishersState, &Known, Option<&mut Naming>),
    actions: &mut Vec<Action>,
) {
    let ground = ui.painter().add(Shape::Noop);
    let outer = *column;
    let mut inside = outer.shrink2(vec2(28.0, size::S[5]));
    head(view, ui, &mut inside, known);
    code(view, ui, &mut inside, state.code);
    pass::pass(view, ui, &mut inside, state, actions);
    name::name(view, ui, &mut inside, (known, naming), actions);
    for (name, value) in facts(view.words, known) {
        fact(view, ui, &mut inside, &name, &value);
    }
    if let Some(dossier) = &known.dossier {
        warnings(view, ui, &mut inside, dossier);
        history::events(view, ui, &mut inside, dossier);
        history::issues(view, ui, &mut inside, dossier);
    }
    removal(view, ui, &mut inside, state.asking, actions);
    column.min.y = inside.top() + size::S[5];
    let sheet = Rect::from_min_max(outer.min, pos2(outer.right(), column.top().round()));
    let edge = Stroke::new(1.0, view.colours.hairline);
    let corner = CornerRadius::same(8);
    let paper = RectShape::new(sheet, corner, view.colours.page, edge, StrokeKind::Inside);
    ui.painter().set(ground, paper);
}

fn head(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, known: &Known) {
    let (c, words) = (view.colours, view.words);
    let mut row = *inside;
    let (icon, ink) = seal(view, known.pin.checked);
    let place = view.take_start(&mut row, size::S[6]);
    let square = Rect::from_min_size(place.min + vec2(0.0, 4.0), Vec2::splat(28.0));
    icon.paint(ui.painter(), square, ink, c.page);
    view.take_start(&mut row, size::S[2]);
    say(view, ui, &mut row, known.name(words), (size::TITLE, c.ink));
    let key = if known.pin.checked {
        "publisher-checked"
    } else {
        "publisher-unchecked"
    };
    let how = words.text(key);
    say(view, ui, &mut row, &how, (size::STRONG, ink));
    let when = match known.pin.day {
        Some(day) => {
            let day = day::words_of(day.0, words);
            words.with("publisher-since", &[("day", day.into())])
        }
        None => words.text("publisher-since-unknown"),
    };
    say(view, ui, &mut row, &when, (size::SMALL, c.ink2));
    inside.min.y = row.top() + size::S[4];
}

fn code(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, code: Stretched) {
    let (c, words) = (view.colours, view.words);
    let title = match code {
        Stretched::NoMemory => words.text("publisher-code-memory"),
        Stretched::NotYet | Stretched::Done(_) => words.text("publisher-code"),
    };
    say(view, ui, inside, &title, (size::SMALL, c.ink2));
    let digits = match code {
        Stretched::NoMemory => return inside.min.y += size::S[4],
        // Empty cells keep the place, so that nothing below them jumps.
        Stretched::NotYet => String::new(),
        Stretched::Done(code) => code.in_digits('0'),
    };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    code_cells(view, ui, widgets::take_top(inside, CODE_HEIGHT), &digits);
    inside.min.y += size::S[3];
}

/// What it promised and how many sign, each with its label.
fn facts(words: &Words, known: &Known) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(dossier) = &known.dossier {
        let days = u64::from(dossier.cadence);
        let promise = match days {
            0 => words.text("publisher-cadence-none"),
            days => words.counted("publisher-cadence", days),
        };
        facts.push((words.text("publisher-promise"), promise));
        for (threshold, of, channel) in desks(dossier) {
            let mut value = history::of_keys(words, "publisher-signs", (threshold, of));
            if channel != "main" {
                value = format!("{value} · \u{2068}{channel}\u{2069}");
            }
            facts.push((words.text("publisher-signatures"), value));
        }
    }
    let met = issues_met(words, known.met());
    facts.push((words.text("publisher-issues"), met));
    facts
}

/// Of each channel, how many of how many keys sign in its newest epoch.
fn desks(dossier: &Dossier) -> Vec<(usize, usize, &str)> {
    let mut desks: Vec<(u32, (usize, usize, &str))> = Vec::new();
    for (_, event) in &dossier.events {
        let Event::Granted {
            channel,
            epoch,
            threshold,
            of,
            ..
        } = event
        else {
            continue;
        };
        let desk = (*epoch, (*threshold, *of, channel.as_str()));
        match desks.iter_mut().find(|(_, (.., name))| name == channel) {
            Some(known) if known.0 <= *epoch => *known = desk,
            Some(_) => {}
            None => desks.push(desk),
        }
    }
    desks.into_iter().map(|(_, desk)| desk).collect()
}

fn fact(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, name: &str, value: &str) {
    let c = view.colours;
    let across = inside.left()..=inside.right();
    hairline(view, ui.painter(), across, inside.top());
    inside.min.y += 10.0;
    let mut row = *inside;
    let mut place = view.take_start(&mut row, LABELS);
    place.min.y += 1.0;
    label(view, ui, place, &Text::new(name, size::SMALL, c.ink3));
    let value = Text::new(value, size::STRONG, c.ink);
    label(view, ui, row, &value);
    inside.min.y += text_height(view, &value, row.width()) + 10.0;
}

fn warnings(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, dossier: &Dossier) {
    for (said, key) in [
        (dossier.is_split, "publisher-split"),
        (dossier.has_rival, "publisher-rival"),
    ] {
        if said {
            warning(view, ui, inside, &view.words.text(key));
        }
    }
    for key in &dossier.suspended {
        let key = history::short(key);
        let words = view.words.with("publisher-stopped", &[("key", key.into())]);
        warning(view, ui, inside, &words);
    }
}

fn warning(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, words: &str) {
    let c = view.colours;
    inside.min.y += size::S[2];
    let text = Text::new(words, size::STRONG, c.ink);
    let padded = inside.shrink2(vec2(size::S[4], 0.0));
    let height = text_height(view, &text, padded.width()) + 2.0 * size::S[3];
    let ground = widgets::take_top(inside, height);
    ui.painter()
        .rect_filled(ground, CornerRadius::same(6), c.sunken);
    label(
        view,
        ui,
        ground.shrink2(vec2(size::S[4], size::S[3])),
        &text,
    );
}

/// The way to trust it no longer, which asks once and says what changes.
fn removal(
    view: &View<'_>,
    ui: &mut Ui,
    inside: &mut Rect,
    asking: bool,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    inside.min.y += size::S[4];
    let across = inside.left()..=inside.right();
    hairline(view, ui.painter(), across, inside.top());
    inside.min.y += size::S[4];
    let asked = Id::unique("publisher-asked");
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or(asked, false), asking));
    let first = asking && !before;
    if !asking {
        let (note, remove) = (
            words.text("publisher-keys-change"),
            words.text("publisher-remove"),
        );
        let mut row = widgets::take_top(inside, size::BUTTON);
        let removes = Button::quiet(&remove);
        let place = view.take_end(&mut row, removes.width(view));
        let note = Text::new(&note, size::SMALL, view.colours.ink2);
        let height = text_size(view, &note, row.width()).y;
        label(view, ui, widgets::middle(row, height), &note);
        if button(view, ui, place, Id::unique("publisher-remove"), &removes).clicked() {
            actions.push(Action::AskRemoval(true));
        }
        return;
    }
    let ink = view.colours.ink;
    say(
        view,
        ui,
        inside,
        &words.text("publisher-really"),
        (size::SUBHEADING, ink),
    );
    say(
        view,
        ui,
        inside,
        &words.text("publisher-really-more"),
        (size::BODY, ink),
    );
    inside.min.y += size::S[3];
    let mut row = widgets::take_top(inside, size::BUTTON);
    for (key, action) in [
        ("publisher-keep", Action::AskRemoval(false)),
        ("publisher-remove-now", Action::RemovePublisher),
    ] {
        let text = words.text(key);
        let answer = Button::normal(&text);
        let place = view.take_start(&mut row, answer.width(view));
        view.take_start(&mut row, size::S[3]);
        let response = button(view, ui, place, Id::unique(key), &answer);
        if action == Action::AskRemoval(false) && first {
            // The harmless answer has the focus, and the question comes into view.
            response.request_focus();
            widgets::follow_focus(ui, &response);
        }
        if response.clicked() {
            actions.push(action);
        }
    }
}
