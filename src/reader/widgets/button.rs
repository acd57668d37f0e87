//! Buttons: primary, normal, quiet.
use super::{Text, View, label, middle};
use crate::{icon::Icon, theme::size};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

/// What a button says and how loud.
#[derive(Clone, Copy, Debug)]
pub struct Button<'t> {
    /// Its name, also for AccessKit.
    pub text: &'t str,
    /// In front of the name.
    pub icon: Option<Icon>,
    /// Key printed inside, such as `Enter`.
    pub key: Option<&'t str>,
    loud: Loud,
    enabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loud {
    Primary,
    Normal,
    Quiet,
}

impl<'t> Button<'t> {
    /// An ordinary button.
    #[must_use]
    pub fn normal(text: &'t str) -> Self {
        Self {
            text,
            icon: None,
            key: None,
            loud: Loud::Normal,
            enabled: true,
        }
    }

    /// The one that Enter presses; one on a screen.
    #[must_use]
    pub fn primary(text: &'t str) -> Self {
        Self {
            loud: Loud::Primary,
            ..Self::normal(text)
        }
    }

    /// Words only.
    #[must_use]
    pub fn quiet(text: &'t str) -> Self {
        Self {
            loud: Loud::Quiet,
            ..Self::normal(text)
        }
    }

    /// With an icon in front.
    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// With a key printed inside.
    #[must_use]
    pub fn key(self, key: &'t str) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    /// Grey and deaf unless `enabled`.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    fn padding(&self) -> f32 {
        if self.loud == Loud::Quiet {
            size::S[3]
        } else {
            18.0
        }
    }

    /// Width it needs.
    #[must_use]
    pub fn width(&self, view: &View<'_>) -> f32 {
        let words = super::text_size(
            view,
            &Text::new(self.text, size::STRONG, Color32::BLACK),
            f32::INFINITY,
        )
        .x;
        let icon = self.icon.map_or(0.0, |_| size::ICON + size::S[2]);
        words + icon + self.key_width(view) + 2.0 * self.padding()
    }

    fn key_width(&self, view: &View<'_>) -> f32 {
        let width = |key| {
            super::text_size(
                view,
                &Text::new(key, size::CAPTION, Color32::BLACK).facing(false),
                f32::INFINITY,
            )
            .x
        };
        self.key.map_or(0.0, |key| width(key) + 14.0 + size::S[2])
    }
}

/// Paints a button; true `clicked()` by pointer, Space or Enter.
pub fn button(view: &View<'_>, ui: &mut Ui, rect: Rect, id: Id, button: &Button<'_>) -> Response {
    let sense = if button.enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, button.enabled, button.text));
    follow_focus(ui, &response);
    let (ground, ink, edge) = colours(view, button, &response);
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(6),
        ground,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    focus_ring(view, ui, &response, 6);

    let mut inside = rect.shrink2(eframe::egui::vec2(button.padding(), 0.0));
    // The text is centred in what is free when the button is wider than it needs.
    let slack = (rect.width() - button.width(view)).max(0.0) / 2.0;
    view.take_start(&mut inside, slack);
    if let Some(icon) = button.icon {
        let place = view.take_start(&mut inside, size::ICON);
        icon.paint(
            ui.painter(),
            Rect::from_center_size(place.center(), eframe::egui::Vec2::splat(size::ICON)),
            ink,
            ground,
        );
        view.take_start(&mut inside, size::S[2]);
    }
    let text = Text::new(button.text, size::STRONG, ink).lines(1);
    let words = super::text_size(view, &text, f32::INFINITY);
    let place = view.take_start(&mut inside, words.x + 1.0);
    label::paint(view, ui, middle(place, words.y), &text);
    if let Some(key) = button.key {
        view.take_start(&mut inside, size::S[2]);
        key_cap(
            view,
            ui,
            view.start(inside, button.key_width(view) - size::S[2]),
            key,
            ink,
        );
    }
    response
}

/// A key as it looks on the keyboard.
pub(super) fn key_cap(view: &View<'_>, ui: &Ui, rect: Rect, key: &str, ink: Color32) {
    let cap = middle(rect, 22.0);
    ui.painter().rect_stroke(
        cap,
        CornerRadius::same(3),
        Stroke::new(1.0, ink),
        StrokeKind::Inside,
    );
    let text = Text::new(key, size::CAPTION, ink).facing(false).centred();
    let height = super::text_height(view, &text, f32::INFINITY);
    label::paint(view, ui, middle(cap, height), &text);
}

fn colours(
    view: &View<'_>,
    button: &Button<'_>,
    response: &Response,
) -> (Color32, Color32, Color32) {
    let c = view.colours;
    if !button.enabled {
        return match button.loud {
            Loud::Quiet => (Color32::TRANSPARENT, c.ink3, Color32::TRANSPARENT),
            _ => (c.sunken, c.ink3, c.hairline),
        };
    }
    let (down, over) = (response.is_pointer_button_down_on(), response.hovered());
    match button.loud {
        Loud::Primary if over || down => (c.accent_hover, c.on_accent, c.accent_hover),
        Loud::Primary => (c.accent, c.on_accent, c.accent),
        Loud::Normal if down => (c.select, c.ink, c.stroke),
        Loud::Normal if over => (c.hover, c.ink, c.stroke),
        Loud::Normal => (c.raised, c.ink, c.stroke),
        Loud::Quiet if down => (c.select, c.accent, Color32::TRANSPARENT),
        Loud::Quiet if over => (c.hover, c.accent, Color32::TRANSPARENT),
        Loud::Quiet => (Color32::TRANSPARENT, c.accent, Color32::TRANSPARENT),
    }
}

/// The ring outside a control that has the focus.
pub(super) fn focus_ring(view: &View<'_>, ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        let ring = response.rect.expand(size::FOCUS);
        let stroke = Stroke::new(size::FOCUS, view.colours.focus);
        ui.painter().rect_stroke(
            ring,
            CornerRadius::same(radius.saturating_add(2)),
            stroke,
            StrokeKind::Outside,
        );
    }
}

/// Keeps a control that Tab reached inside the view.
pub fn follow_focus(ui: &Ui, response: &Response) {
    if response.gained_focus() {
        ui.scroll_to_rect(response.rect.expand(size::S[4]), None);
    }
}
