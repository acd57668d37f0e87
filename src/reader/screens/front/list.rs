//! Sections of the front page: the line of their names, and each as a list.
use super::{FrontState, item};
use crate::{
    screens::Action,
    theme::{Type, size},
    widgets::{self, Text, View, hairline, label, middle, text_height, text_size},
};
use eframe::egui::{Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

const HEIGHT: f32 = 42.0;
/// Height of a row of headlines until it was drawn once.
const GUESS: f32 = 96.0;
/// Rows this far outside the window are drawn too, for the screen reader and the Tab key.
const BEYOND: f32 = 400.0;

/// The line of sections; answers with the one that was clicked (`Some(None)` = the whole front page).
pub(super) fn sections(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &FrontState<'_>,
) -> Option<Option<usize>> {
    let c = view.colours;
    let line = widgets::take_top(column, HEIGHT);
    hairline(
        view,
        ui.painter(),
        line.left()..=line.right(),
        line.bottom(),
    );
    let first = view.words.text("front-page");
    let mut clicked = None;
    let mut rest = line;
    let names = std::iter::once((None, first.as_str(), 0));
    let counted = state.front.sections.iter().enumerate().map(|(i, name)| {
        let count = state
            .front
            .entries
            .iter()
            .filter(|entry| entry.section == i)
            .count();
        (Some(i), name.as_str(), count)
    });
    for (section, name, count) in names.chain(counted) {
        let on = state.section == section;
        let text = Text::new(name, size::BODY, if on { c.ink } else { c.ink2 })
            .weight(if on { 600 } else { 400 })
            .lines(1);
        let number = if section.is_some() {
            view.words.number(count as u64)
        } else {
            String::new()
        };
        let number = Text::new(&number, size::CAPTION, c.ink3);
        let (wide, small) = (
            text_size(view, &text, f32::INFINITY),
            text_size(view, &number, f32::INFINITY),
        );
        let extra = if section.is_some() {
            small.x + size::S[1]
        } else {
            0.0
        };
        if wide.x + extra > rest.width() {
            break;
        }
        let mut place = view.take_start(&mut rest, wide.x + extra + 1.0);
        view.take_start(&mut rest, 28.0);
        let response = ui.interact(place, Id::unique("section").with(section), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
        widgets::follow_focus(ui, &response);
        if response.clicked() {
            clicked = Some(section);
        }
        if on || response.hovered() || response.has_focus() {
            let y = place.bottom() - 1.0;
            let ink = if on { c.ink } else { c.stroke };
            ui.painter().line_segment(
                [pos2(place.left(), y), pos2(place.right(), y)],
                Stroke::new(2.0, ink),
            );
        }
        let word = view.take_start(&mut place, wide.x + 1.0);
        widgets::paint(view, ui, middle(word, wide.y), &text);
        view.take_start(&mut place, size::S[1]);
        widgets::paint(view, ui, middle(place, small.y), &number);
    }
    clicked
}

/// Every section as a list; entries in `shown` stand above already.
pub(super) fn all(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &FrontState<'_>,
    shown: &[usize],
    actions: &mut Vec<Action>,
) {
    for (section, name) in state.front.sections.iter().enumerate() {
        if state.section.is_some_and(|only| only != section) {
            continue;
        }
        let entries: Vec<usize> = (0..state.front.entries.len())
            .filter(|index| !shown.contains(index))
            .filter(|&index| {
                state
                    .front
                    .entries
                    .get(index)
                    .is_some_and(|entry| entry.section == section)
            })
            .collect();
        if entries.is_empty() {
            continue;
        }
        let _ = widgets::take_top(column, size::S[5]);
        let text = Text::new(name, size::HEADING, view.colours.ink).lines(1);
        label(view, ui, *column, &text);
        let height = text_height(view, &text, column.width());
        let _ = widgets::take_top(column, height + size::S[1]);
        let y = ui.painter().round_to_pixel_center(column.top());
        ui.painter().hline(
            column.left()..=column.right(),
            y,
            Stroke::new(1.0, view.colours.ink),
        );
        rows(view, ui, column, state, &entries, actions);
    }
}

/// Two columns of headlines where there is room. Rows out of sight only take their place: a frame must not lay out
/// thousands of headlines.
fn rows(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &FrontState<'_>,
    entries: &[usize],
    actions: &mut Vec<Action>,
) {
    let columns = if column.width() > 700.0 { 2 } else { 1 };
    let gap = size::S[6];
    let width = (column.width() - gap * (columns - 1) as f32) / columns as f32;
    let seen = ui.clip_rect().expand(BEYOND);
    for pair in entries.chunks(columns) {
        let above = column.top();
        let id = Id::unique("row-height").with((pair, width.to_bits()));
        let guess = ui.data(|data| data.get_temp(id)).unwrap_or(GUESS);
        let asked = state.reveal && state.chosen.is_some_and(|chosen| pair.contains(&chosen));
        if !asked && (above > seen.bottom() || above + guess < seen.top()) {
            column.min.y = above + guess;
            continue;
        }
        let top = column.top() + size::S[3];
        let mut rest = Rect::from_min_max(pos2(column.left(), top), column.max);
        let mut bottom = top;
        for &index in pair {
            let cell = view.take_start(&mut rest, width);
            bottom = bottom.max(item(
                view,
                ui,
                cell,
                state,
                index,
                Type {
                    size: 17.0,
                    line: 1.55,
                    weight: 700,
                },
                true,
                actions,
            ));
            view.take_start(&mut rest, gap);
        }
        column.min.y = bottom + size::S[3];
        let height = column.top() - above;
        ui.data_mut(|data| data.insert_temp(id, height));
        hairline(
            view,
            ui.painter(),
            column.left()..=column.right(),
            column.top(),
        );
    }
}
