//! The verdict's signs: the rule on top of its sheet, and the chip that stays in the bar.
use super::{Text, View, label, middle};
use crate::{
    face::{Face, Rule, Tone},
    theme::size,
};
use eframe::egui::{
    Color32, CornerRadius, Id, Painter, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, epaint::PathStroke, pos2,
};

/// Paints the rule along the top edge of a sheet. A full band is painted by the sheet itself.
pub fn rule(
    painter: &Painter,
    sheet: Rect,
    rule: Rule,
    ink: Color32,
    grey: Color32,
    desk: Color32,
) {
    let (left, right, top) = (sheet.left(), sheet.right(), sheet.top());
    let bar = |from: f32, to: f32, y: f32, height: f32| {
        Rect::from_min_max(pos2(from, y), pos2(to, y + height))
    };
    // The sheet's round corners go on in its rule: a taller round shape is painted and cut to the rule's height.
    let cut = |y: f32, height: f32| {
        let strip =
            painter.with_clip_rect(bar(left, right, y, height).intersect(painter.clip_rect()));
        strip.rect_filled(bar(left, right, top, 16.0), CornerRadius::same(8), ink);
    };
    match rule {
        Rule::Solid => cut(top, size::VERDICT_RULE),
        Rule::Double => {
            cut(top, 2.0);
            painter.rect_filled(bar(left, right, top + 5.0, 2.0), 0, ink);
        }
        Rule::Dashed => {
            let mut x = left + 5.0;
            while x < right - 5.0 {
                painter.rect_filled(
                    bar(x, (x + 22.0).min(right - 5.0), top, size::VERDICT_RULE),
                    0,
                    ink,
                );
                x += 32.0;
            }
        }
        Rule::Zigzag => zigzag(painter, sheet, ink, desk),
        Rule::Hairline => {
            painter.rect_filled(bar(left + 8.0, right - 8.0, top, 1.0), 0, grey);
        }
        Rule::FullBand => {}
    }
}

fn zigzag(painter: &Painter, sheet: Rect, ink: Color32, desk: Color32) {
    let (step, low, high) = (10.0_f32, 3.5_f32, -1.5_f32);
    let count = (sheet.width() / step).round().max(1.0);
    let step = sheet.width() / count;
    let mut points = Vec::new();
    let mut x = sheet.left();
    let mut up = false;
    while x <= sheet.right() + 0.5 {
        points.push(pos2(x, sheet.top() + if up { high } else { low }));
        up = !up;
        x += step;
    }
    // Teeth between the line and the desk, so that the paper itself ends in a zigzag.
    let mut teeth = eframe::egui::Mesh::default();
    for (i, pair) in points.windows(2).enumerate() {
        if let [a, b] = pair {
            let base = u32::try_from(i).unwrap_or(0) * 4;
            for p in [
                *a,
                *b,
                pos2(b.x, sheet.top() - 3.0),
                pos2(a.x, sheet.top() - 3.0),
            ] {
                teeth.colored_vertex(p, desk);
            }
            teeth.add_triangle(base, base + 1, base + 2);
            teeth.add_triangle(base, base + 2, base + 3);
        }
    }
    painter.add(Shape::mesh(teeth));
    painter.add(Shape::line(points, PathStroke::new(2.5, ink)));
}

/// The seal in bars and lists: icon and words, never the icon alone. Opens the verdict again.
pub fn seal_chip(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    id: Id,
    face: &Face,
    words: &str,
    clickable: bool,
) -> Response {
    let sense = if clickable {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, id, sense);
    let role = if clickable { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    super::button::follow_focus(ui, &response);
    let paint = face.tone.paint(view.colours);
    let (ground, ink) = match face.tone {
        Tone::Forged => (paint.ink, view.colours.on_verdict),
        _ => (paint.soft, paint.ink),
    };
    let radius = CornerRadius::same(6);
    let painter = ui.painter();
    painter.rect_filled(rect, radius, ground);
    match face.rule {
        Rule::Dashed => {
            painter.extend(Shape::dashed_line(
                &outline(rect),
                Stroke::new(1.0, paint.ink),
                4.0,
                3.0,
            ));
        }
        Rule::Double => {
            painter.rect_stroke(
                rect,
                radius,
                Stroke::new(1.0, paint.line),
                StrokeKind::Inside,
            );
            painter.rect_stroke(
                rect.shrink(2.0),
                CornerRadius::same(4),
                Stroke::new(1.0, paint.line),
                StrokeKind::Inside,
            );
        }
        _ => {
            painter.rect_stroke(
                rect,
                radius,
                Stroke::new(1.0, paint.line),
                StrokeKind::Inside,
            );
        }
    }
    super::button::focus_ring(view, ui, &response, 6);
    let mut inside = rect.shrink2(eframe::egui::vec2(size::S[3], 0.0));
    let icon = view.take_start(&mut inside, size::ICON_SMALL);
    face.icon.paint(
        ui.painter(),
        Rect::from_center_size(icon.center(), Vec2::splat(size::ICON_SMALL)),
        ink,
        ground,
    );
    view.take_start(&mut inside, size::S[2]);
    let text = chip_text(words, ink);
    let height = super::text_height(view, &text, inside.width());
    label::paint(view, ui, middle(inside, height), &text);
    response
}

/// Width a seal needs.
#[must_use]
pub fn seal_width(view: &View<'_>, words: &str) -> f32 {
    super::text_size(view, &chip_text(words, Color32::BLACK), f32::INFINITY)
        .x
        .ceil()
        + 1.0
        + size::ICON_SMALL
        + size::S[2]
        + 2.0 * size::S[3]
}

fn chip_text(words: &str, ink: Color32) -> Text<'_> {
    Text::new(words, size::SMALL, ink).weight(600).lines(1)
}

fn outline(rect: Rect) -> Vec<eframe::egui::Pos2> {
    let r = rect.shrink(0.5);
    vec![
        r.left_top(),
        r.right_top(),
        r.right_bottom(),
        r.left_bottom(),
        r.left_top(),
    ]
}
