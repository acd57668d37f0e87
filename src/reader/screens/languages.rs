//! The sheet of languages: each in its own name, the present one marked.
use super::Action;
use crate::{
    icon::Icon,
    theme::size,
    widgets::{self, Button, Text, View, button, label},
    words::Language,
};
use eframe::egui::{Id, Rect, Sense, Ui, vec2};

const WIDTH: f32 = 320.0;

/// Draws the sheet on top of the window. While it is open, the focus is in it.
pub fn languages(view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
    let height = 104.0 + Language::ALL.len() as f32 * size::ROW;
    let sheet = Rect::from_center_size(rect.center(), vec2(WIDTH, height));
    let behind = ui.interact(rect, Id::unique("behind-languages"), Sense::click());
    widgets::over(view, ui, rect, sheet);
    let mut inside = sheet.shrink2(vec2(size::S[5], size::S[5]));
    let title = view.words.text("switch-language");
    let head = widgets::take_top(&mut inside, 52.0);
    label(
        view,
        ui,
        head,
        &Text::new(&title, size::TITLE, view.colours.ink),
    );
    let (mut actions, mut focused) = (Vec::new(), false);
    for language in Language::ALL {
        let row = widgets::take_top(&mut inside, size::ROW).shrink2(vec2(0.0, 2.0));
        let response = one(view, ui, row, language);
        focused |= response.has_focus();
        if response.clicked() {
            actions.push(Action::Speak(language));
        }
    }
    if !focused {
        ui.memory_mut(|memory| memory.request_focus(id(view.words.language())));
    }
    if behind.clicked() && actions.is_empty() {
        actions.push(Action::Do(crate::command::Command::Leave));
    }
    actions
}

fn id(language: Language) -> Id {
    Id::unique(("language", language.tag()))
}

fn one(view: &View<'_>, ui: &mut Ui, row: Rect, language: Language) -> eframe::egui::Response {
    let chosen = language == view.words.language();
    let name = language.own_name();
    let words = if chosen {
        Button::normal(name).icon(Icon::new("check"))
    } else {
        Button::quiet(name)
    };
    button(
        &view.facing(language.is_rtl()),
        ui,
        row,
        id(language),
        &words,
    )
}
