//! A chip: one thing that narrows a search, on or off.
use crate::{
    icon::Icon,
    theme::size,
    widgets::{self, Text, View, middle, text_height, text_size},
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

/// What a chip says.
pub(super) struct Chip {
    name: String,
    on: bool,
    count: Option<String>,
    opens: bool,
}

impl Chip {
    pub(super) fn new(name: String, on: bool) -> Self {
        Self {
            name,
            on,
            count: None,
            opens: false,
        }
    }

    /// With a number behind its name.
    pub(super) fn count(self, count: String, shown: bool) -> Self {
        Self {
            count: shown.then_some(count),
            ..self
        }
    }

    /// It opens a row of choices.
    pub(super) fn opening(self) -> Self {
        Self {
            opens: true,
            ..self
        }
    }

    pub(super) fn width(&self, view: &View<'_>) -> f32 {
        let words = |text: &str| {
            let text = Text::new(text, size::SMALL, Color32::BLACK).weight(600);
            text_size(view, &text, f32::INFINITY).x + 1.0
        };
        let count = self
            .count
            .as_deref()
            .map_or(0.0, |it| words(it) + size::S[2]);
        let arrow = if self.opens {
            size::ICON_SMALL + size::S[1]
        } else {
            0.0
        };
        words(&self.name) + count + arrow + 2.0 * size::S[3]
    }
}

/// Draws a chip; true when it was pressed.
pub(super) fn chip(view: &View<'_>, ui: &mut Ui, rect: Rect, chip: &Chip) -> bool {
    let c = view.colours;
    let id = Id::unique("chip").with((&chip.name, chip.opens));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chip.on, &chip.name));
    let (ground, ink, edge) = match (chip.on, response.hovered()) {
        (true, _) => (c.accent_soft, c.accent, c.accent),
        (false, true) => (c.hover, c.ink, c.stroke),
        (false, false) => (c.page, c.ink, c.stroke),
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(6),
        ground,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(2.0),
            CornerRadius::same(8),
            Stroke::new(size::FOCUS, c.focus),
            StrokeKind::Outside,
        );
    }
    let mut inside = rect.shrink2(vec2(size::S[3], 0.0));
    if chip.opens {
        let square = view.take_end(&mut inside, size::ICON_SMALL);
        let square = Rect::from_center_size(square.center(), Vec2::splat(size::ICON_SMALL));
        Icon::new("down").paint(ui.painter(), square, ink, ground);
        view.take_end(&mut inside, size::S[1]);
    }
    let weight = if chip.on { 600 } else { 400 };
    let text = Text::new(&chip.name, size::SMALL, ink)
        .weight(weight)
        .lines(1);
    let wide = text_size(view, &text, inside.width());
    let place = view.take_start(&mut inside, wide.x + 1.0);
    widgets::paint(view, ui, middle(place, wide.y), &text);
    if let Some(count) = &chip.count {
        view.take_start(&mut inside, size::S[2]);
        let text = Text::new(count, size::CAPTION, ink).lines(1);
        let height = text_height(view, &text, inside.width());
        widgets::paint(view, ui, middle(inside, height), &text);
    }
    response.clicked()
}
