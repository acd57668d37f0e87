//! The contents of the article in the start margin, where there is room for it.
use crate::{
    theme::size,
    widgets::{self, Text, View, label, text_height},
};
use eframe::egui::{Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};
use varaq_page::{Row, RowKind};

/// Least width of the window for contents beside the text.
const WIDE: f32 = 1_100.0;
const MOST: usize = 16;

/// Draws the headings; answers with the row of one that was clicked.
pub(super) fn contents(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    column: Rect,
    rows: &[Row],
    head: usize,
    here: usize,
) -> Option<usize> {
    let headings: Vec<(usize, &str)> = rows
        .iter()
        .enumerate()
        .skip(head)
        .filter(|(_, row)| matches!(row.kind, RowKind::Heading(1..=3)))
        .map(|(index, row)| (index, row.paragraph.text.as_str()))
        .take(MOST)
        .collect();
    if rect.width() < WIDE || headings.is_empty() {
        return None;
    }
    let c = view.colours;
    let room = ((rect.width() - column.width()) / 2.0 - 80.0).min(220.0);
    let mut margin = view.start(rect.shrink2(eframe::egui::vec2(40.0, 44.0)), room);
    let title = view.words.text("in-this-article");
    let text = Text::new(&title, size::CAPTION, c.ink3);
    label(view, ui, margin, &text);
    let _ = widgets::take_top(&mut margin, 30.0);
    let opening = view.words.text("opening");
    let first = headings.first().map_or(0, |(index, _)| *index);
    let current = headings
        .iter()
        .rev()
        .find(|(index, _)| *index <= here)
        .map_or(0, |(index, _)| *index);
    let mut clicked = None;
    let entries = std::iter::once((0, opening.as_str(), here < first)).chain(
        headings
            .iter()
            .map(|&(i, t)| (i, t, i == current && here >= first)),
    );
    let line = if view.rtl {
        margin.right()
    } else {
        margin.left()
    };
    let top = margin.top();
    for (index, words, on) in entries {
        let mut place = margin;
        view.take_start(&mut place, 16.0);
        let text = Text::new(words, size::SMALL, if on { c.ink } else { c.ink2 })
            .weight(if on { 600 } else { 400 })
            .lines(2);
        let height = text_height(view, &text, place.width());
        let row = widgets::take_top(&mut margin, height + 10.0);
        if row.bottom() > rect.bottom() {
            break;
        }
        let response = ui.interact(row, Id::unique("contents").with(index), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Link, true, on, words));
        let painted = Rect::from_min_max(
            pos2(place.left(), row.top() + 5.0),
            pos2(place.right(), row.bottom()),
        );
        widgets::paint(view, ui, painted, &text);
        if on || response.hovered() || response.has_focus() {
            ui.painter().vline(
                line,
                row.top()..=row.bottom(),
                Stroke::new(2.0, if on { c.accent } else { c.stroke }),
            );
        }
        if response.clicked() {
            clicked = Some(index);
        }
    }
    ui.painter()
        .vline(line, top..=margin.top(), Stroke::new(1.0, c.hairline));
    clicked
}
