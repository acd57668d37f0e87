//! Amber notes below the facts: the issue can be read, and there is something to know about its publisher.
use super::SIDE;
use crate::{
    face::Tone,
    icon::Icon,
    issue::Checked,
    theme::size,
    widgets::{self, Text, View, label, text_height},
    words::Value,
};
use eframe::egui::{
    CornerRadius, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, epaint::RectShape, pos2, vec2,
};
use varaq_trust::Line;

/// Draws one note for each line that calls for it.
pub(super) fn banners(view: &View<'_>, ui: &mut Ui, y: &mut Rect, checked: &Checked) {
    for line in &checked.lines {
        let Some((stem, values)) = said(view, checked, line) else {
            continue;
        };
        let title = view.words.with(stem, &values);
        let more = view.words.with(&format!("{stem}-more"), &values);
        let _ = widgets::take_top(y, size::S[3]);
        let outer = y.shrink2(vec2(SIDE, 0.0));
        y.min.y = banner(view, ui, outer, &title, &more);
    }
}

/// The text of a line and its values; `None` for lines that are rows.
fn said(
    view: &View<'_>,
    checked: &Checked,
    line: &Line,
) -> Option<(&'static str, Vec<(&'static str, Value)>)> {
    let number = |number: u16| view.words.number(number.into()).into();
    Some(match line {
        Line::RivalHistory => ("banner-rival", Vec::new()),
        Line::IdentityFrozen => ("banner-frozen", Vec::new()),
        Line::ConflictSeen(_) => ("banner-conflict", Vec::new()),
        Line::SeenBeforeSuspension => ("banner-suspended", Vec::new()),
        Line::StatementsMissing { named, held } => {
            let both = vec![("named", number(*named)), ("held", number(*held))];
            ("banner-statements", both)
        }
        Line::NameResembles { .. } => {
            let name = checked.resembled.clone().unwrap_or_default();
            ("banner-resembles", vec![("name", name.into())])
        }
        _ => return None,
    })
}

/// An amber box with a bold sentence and a plain one; answers with its bottom.
pub(in crate::screens) fn banner(
    view: &View<'_>,
    ui: &mut Ui,
    outer: Rect,
    title: &str,
    more: &str,
) -> f32 {
    let paint = Tone::Unknown.paint(view.colours);
    let ground = ui.painter().add(Shape::Noop);
    let mut row = outer.shrink2(vec2(size::S[4], 0.0));
    let _ = widgets::take_top(&mut row, size::S[3]);
    let square = view.take_start(&mut row, size::ICON);
    let square = Rect::from_min_size(square.min + vec2(0.0, 3.0), Vec2::splat(size::ICON));
    Icon::new("alert").paint(ui.painter(), square, paint.ink, paint.soft);
    view.take_start(&mut row, size::S[3]);
    for text in [
        Text::new(title, size::STRONG, paint.ink),
        Text::new(more, size::SMALL, view.colours.ink),
    ] {
        label(view, ui, row, &text);
        let height = text_height(view, &text, row.width());
        let _ = widgets::take_top(&mut row, height);
    }
    let box_ = Rect::from_min_max(outer.min, pos2(outer.right(), row.top() + size::S[3]));
    let edge = Stroke::new(1.0, paint.line);
    ui.painter().set(
        ground,
        RectShape::new(
            box_,
            CornerRadius::same(6),
            paint.soft,
            edge,
            StrokeKind::Inside,
        ),
    );
    box_.bottom()
}
