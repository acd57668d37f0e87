//! The screens of the window in both directions of writing, in the light and in the dark, held against pictures that
//! were looked at. What other files keep is not kept here again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // a test that cannot go on has failed
#[path = "common/mod.rs"]
mod common;

use common::{
    coast,
    window::{Setup, Window},
};
use eframe::egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::Queryable as _;
use std::time::Duration;
use varaq_kit::Mint;
use varaq_reader::{
    app::App,
    drives::Drive,
    home::{Decision, Home},
    place::Place,
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_trust::State;

/// Pictures that were found to differ.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn compare(&mut self, window: &mut Window, name: &str, ending: &str) {
        self.compare_without(window, Rect::NOTHING, name, ending);
    }

    /// As [`Wrong::compare`], but for a part that is another one at each run. Pictures come when they are decoded, so
    /// a window that differs is looked at again for a while.
    fn compare_without(&mut self, window: &mut Window, part: Rect, name: &str, ending: &str) {
        let name = format!("screen-{name}-{ending}");
        let drawn_anew = std::env::var_os("VARAQ_UPDATE").is_some();
        for turn in (0..if drawn_anew { 1 } else { 20 }).rev() {
            for _ in 0..if drawn_anew { 20 } else { 2 } {
                std::thread::sleep(Duration::from_millis(50));
                window.step();
            }
            let mut canvas = window.picture();
            if part.is_positive() {
                canvas.blank(part);
            }
            match canvas.compare(&name) {
                Ok(()) => return,
                Err(wrong) if turn == 0 => self.0.push(wrong),
                Err(_) => {}
            }
        }
    }
}

fn stick() -> Drive {
    Drive {
        name: "NORA".to_owned(),
        path: "/NORA".into(),
        free: 4_000_000_000,
        is_removable: true,
        is_read_only: false,
        is_fat: true,
    }
}

fn themes() -> impl Iterator<Item = (Language, ThemeName, String)> {
    let themes = [(ThemeName::Light, ""), (ThemeName::Dark, "-dark")];
    common::PAIR.into_iter().flat_map(move |language| {
        themes.map(|(theme, ending)| (language, theme, format!("{}{ending}", language.tag())))
    })
}

/// A window with an issue of a verified publisher, on its sheet.
fn opened(language: Language, theme: ThemeName, coast: &Mint) -> Window {
    let bytes = common::issue(coast).signed(&[0, 1]);
    Window::opened_of(Setup {
        language,
        theme: Some(theme),
        bytes: Some(&bytes),
        state: State::from(coast.pins(true)),
        size: vec2(1180.0, 800.0),
        ..Setup::default()
    })
}

#[test]
fn the_way_from_the_sheet_to_an_article_looks_as_kept() {
    let coast = coast();
    let mut wrong = Wrong::default();
    for (language, theme, ending) in themes() {
        let mut window = opened(language, theme, &coast);
        wrong.compare(&mut window, "sheet", &ending);
        window.press(Key::Enter);
        window.until(|app| app.here() == Place::Front);
        wrong.compare(&mut window, "front", &ending);
        window.press(Key::J);
        window.press(Key::Enter);
        window.until(|app| app.article().is_some_and(|article| article.row_count() > 3));
        window.step();
        wrong.compare(&mut window, "article", &ending);
        window.press_with(Modifiers::COMMAND, Key::F);
        window.type_text("آب");
        wrong.compare(&mut window, "find", &ending);
        window.press(Key::Escape);
        window.press(Key::End);
        for _ in 0..12 {
            if !window.app().article().is_some_and(|it| it.at_end()) {
                window.press(Key::PageDown);
            }
        }
        wrong.compare(&mut window, "article-end", &ending);
    }
    assert!(wrong.0.is_empty(), "{:#?}", wrong.0);
}

#[test]
fn the_other_places_look_as_kept() {
    let coast = coast();
    let mut wrong = Wrong::default();
    for (language, theme, ending) in themes() {
        let mut window = opened(language, theme, &coast);
        window.press(Key::Enter);
        window.until(|app| app.here() == Place::Front);
        window.press(Key::Questionmark);
        wrong.compare(&mut window, "keys", &ending);
        window.press(Key::Escape);
        window.press_with(Modifiers::COMMAND, Key::L);
        wrong.compare(&mut window, "languages", &ending);
        window.press(Key::Escape);
        window.press_with(Modifiers::COMMAND, Key::K);
        wrong.compare(&mut window, "palette", &ending);
        window.press(Key::Escape);
        window.press(Key::F1);
        wrong.compare(&mut window, "help", &ending);
        window.press_with(Modifiers::COMMAND, Key::P);
        window.until(App::has_chosen_code);
        wrong.compare(&mut window, "publishers", &ending);
        window.press(Key::F8);
        wrong.compare(&mut window, "hidden", &ending);
    }
    assert!(wrong.0.is_empty(), "{:#?}", wrong.0);
}

#[test]
fn empty_and_broken_places_look_as_kept() {
    let mut wrong = Wrong::default();
    for (language, theme, ending) in themes() {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            theme: Some(theme),
            size: vec2(1180.0, 800.0),
            decision: Some(Decision::Decided(Home::MEMORY)),
            ..Setup::default()
        });
        wrong.compare(&mut window, "empty-shelf", &ending);
        window.press(Key::Slash);
        window.type_text("nothing of this");
        window.step();
        wrong.compare(&mut window, "empty-search", &ending);
        window.press_with(Modifiers::COMMAND, Key::Comma);
        wrong.compare(&mut window, "settings", &ending);
        window.press_with(Modifiers::COMMAND, Key::O);
        let folder = window.folder.path().to_path_buf();
        std::fs::write(folder.join("news.varaq"), b"not one").unwrap();
        window.app_mut().plug(vec![stick()]);
        window.app_mut().list(Some(folder.clone()));
        let seal = words.text("verdict-not-a-bundle-seal");
        window.until_said(&format!("news.varaq · {seal}"));
        window.app_mut().plug(vec![stick()]);
        let path = folder.display().to_string();
        let place = window.harness.get_by_label(&path).rect();
        wrong.compare_without(&mut window, place, "files", &ending);
        window.app_mut().list(Some(folder.join("gone")));
        window.wait(|window| !window.says("news.varaq"));
        assert!(window.says(&words.text("drives-title")));
    }
    assert!(wrong.0.is_empty(), "{:#?}", wrong.0);
}
