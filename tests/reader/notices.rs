//! Corrections and retractions appear on the old article that they are about.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#[path = "common/mod.rs"]
mod common;

use common::{
    coast,
    window::{Setup, Window},
};
use eframe::egui::{Key, vec2};
use varaq_bundle::{Day, IssueName, Notice, NoticeKind};
use varaq_kit::{Draft, Mint, article_id};
use varaq_reader::{
    desk::Source,
    place::Place,
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_trust::State;

const WELLS: &str = "Two wells are open";
const NAMES: &str = "Who helped";

fn seven(mint: &Mint) -> Draft<'_> {
    mint.issue(7)
        .article(WELLS, "There are two wells.")
        .article(NAMES, "The helper is called by name here.")
}

fn notice(title: &str, kind: NoticeKind, language: &str, text: &str) -> Notice {
    Notice {
        article: article_id(title),
        kind,
        issue: IssueName {
            channel: "main".to_owned(),
            epoch: 1,
            number: 7,
        },
        language: language.to_owned(),
        text: text.to_owned(),
        day: Day(20_460),
    }
}

/// A reader who has opened issue 8, which corrects one article of issue 7 and takes back another, and then issue 7.
fn reader(language: Language, theme: ThemeName) -> Window {
    let mint = coast();
    let eight = mint
        .issue(8)
        .article("News", "Nothing new.")
        .notice(notice(
            WELLS,
            NoticeKind::Correction,
            "en",
            "There are three wells.",
        ))
        .notice(notice(
            WELLS,
            NoticeKind::Correction,
            "fa",
            "سه چاه باز است.",
        ))
        .notice(notice(
            NAMES,
            NoticeKind::Harm,
            "en",
            "It names somebody in danger.",
        ));
    let mut window = Window::opened_of(Setup {
        language,
        theme: Some(theme),
        bytes: Some(&eight.signed(&[0, 1])),
        state: State::from(mint.pins(true)),
        size: vec2(900.0, 760.0),
        ..Setup::default()
    });
    read(&mut window);
    let path = window.folder.path().join("seven.varaq");
    std::fs::write(&path, seven(&mint).signed(&[0, 1])).unwrap();
    window.app_mut().open(Source::Path(path));
    window.until(|app| app.verdict().is_some());
    read(&mut window);
    window
}

fn read(window: &mut Window) {
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
}

fn go_to(window: &mut Window, number: usize) {
    for _ in 0..number {
        window.press(Key::J);
    }
    window.press(Key::Enter);
    window.until(|app| matches!(app.here(), Place::Article(_)));
    window.wait(|window| {
        window
            .app()
            .article()
            .is_some_and(|article| article.has_text())
    });
    window.step();
}

#[test]
fn a_correction_stands_above_the_old_article_in_the_readers_language() {
    for (language, text) in [
        (Language::English, "There are three wells."),
        (Language::Persian, "سه چاه باز است."),
    ] {
        let words = Words::new(language);
        let mut window = reader(language, ThemeName::Light);
        assert!(
            window.says(&words.text("mark-corrected")),
            "{:?}",
            window.said()
        );
        go_to(&mut window, 1);
        assert!(
            window.says(&words.text("mark-corrected")),
            "{:?}",
            window.said()
        );
        assert!(window.says(text), "{:?}", window.said());
        // It marks; the text itself stays.
        assert!(window.says("There are two wells."), "{:?}", window.said());
        let name = format!("corrected-{}", language.tag());
        window.picture().trimmed(0).compare(&name).unwrap();
    }
}

#[test]
fn a_text_that_endangers_somebody_is_folded_until_it_is_asked_for() {
    for language in [Language::English, Language::Persian] {
        let words = Words::new(language);
        let mut window = reader(language, ThemeName::Light);
        assert!(window.says(&words.text("mark-harm")), "{:?}", window.said());
        go_to(&mut window, 2);
        assert!(
            window.says(&words.text("harm-folded")),
            "{:?}",
            window.said()
        );
        assert!(
            window.says("It names somebody in danger."),
            "{:?}",
            window.said()
        );
        assert!(!window.says("called by name"), "{:?}", window.said());
        let name = format!("harm-{}", language.tag());
        window.picture().trimmed(0).compare(&name).unwrap();
        window.click(&words, "harm-show");
        assert!(window.says("called by name"), "{:?}", window.said());
        assert!(window.says(&words.text("mark-harm")), "{:?}", window.said());
    }
}
