//! Search in the window: live, forgiving, over what is kept and what is merely open.
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
use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use varaq_bundle::{Day, IssueName, Notice, NoticeKind};
use varaq_kit::article_id;
use varaq_reader::{
    home::{Decision, Home},
    place::Place,
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_trust::State;

const WATER: &str = "آب پس از یازده سال به قنات نارون برگشت";
const BIRDS: &str = "The small birds that ask the stars for directions";

fn window(language: Language, theme: ThemeName) -> Window {
    let coast = coast();
    let mut window = Window::of(Setup {
        language,
        theme: Some(theme),
        state: State::from(coast.pins(true)),
        ..Setup::default()
    });
    window.keep_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
    window.until(|app| app.shelf().is_some_and(|it| it.counts.articles == 13));
    window.until(|app| app.is_indexed());
    window.press(Key::Slash);
    assert_eq!(window.app().here(), Place::Search);
    window
}

fn titles(window: &Window) -> Vec<String> {
    let found = window.app().found();
    found.map_or(Vec::new(), |found| {
        found.hits.iter().map(|hit| hit.title.clone()).collect()
    })
}

#[test]
fn hits_come_while_one_types_and_enter_opens_the_first_at_its_word() {
    for language in common::PAIR {
        let mut window = window(language, ThemeName::Light);
        // Another keyboard's letters, and only the beginning of the word.
        window.type_text("قنا");
        window.wait(|window| titles(window).contains(&WATER.to_owned()));
        assert!(window.says(WATER));
        window.press(Key::Enter);
        window.until(|app| matches!(app.here(), Place::Article(_)));
        window.until(|app| app.article().is_some_and(|article| article.row_count() > 3));
        window.step();
        assert_eq!(window.app().article().unwrap().entry.title, WATER);
        // The place of the first hit is what find in page stands on.
        let words = Words::new(language);
        let first = words.with(
            "find-count",
            &[
                ("at", words.number(1).into()),
                ("total", words.number(4).into()),
            ],
        );
        assert!(window.says(&first), "{:?}", window.said());
    }
}

#[test]
fn the_arrows_move_through_the_hits_while_the_field_keeps_the_focus() {
    let mut window = window(Language::Persian, ThemeName::Light);
    window.type_text("کتاب");
    window.wait(|window| titles(window).len() > 3);
    let third = titles(&window)[2].clone();
    for _ in 0..3 {
        window.press(Key::ArrowDown);
    }
    window.press(Key::Enter);
    window.until(|app| matches!(app.here(), Place::Article(_)));
    assert_eq!(window.app().article().unwrap().entry.title, third);
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert_eq!(window.app().here(), Place::Search);
}

#[test]
fn escape_clears_the_field_first_and_then_leaves() {
    let mut window = window(Language::English, ThemeName::Light);
    window.type_text("birds");
    window.wait(|window| titles(window).contains(&BIRDS.to_owned()));
    window.press(Key::Escape);
    assert_eq!(window.app().here(), Place::Search);
    let words = Words::new(Language::English);
    assert!(window.says(&words.text("search-begin")));
    window.press(Key::Escape);
    assert_ne!(window.app().here(), Place::Search);
}

#[test]
fn no_hit_is_said_with_a_way_on() {
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = window(language, ThemeName::Light);
        window.type_text("zzzzzz");
        let none = words.with("search-none", &[("words", "zzzzzz".into())]);
        window.until_said(&none);
        assert!(window.says(&words.text("search-none-more")));
        // Narrowed by a chip, there is a button that widens it again.
        window.click(&words, "list-starred");
        window.until_said(&words.text("search-none-narrow"));
        window.click(&words, "search-everywhere");
        window.until_said(&words.text("search-none-more"));
    }
}

#[test]
fn chips_narrow_the_hits() {
    let words = Words::new(Language::English);
    let mut window = window(Language::English, ThemeName::Light);
    window.type_text("the");
    window.wait(|window| titles(window).contains(&BIRDS.to_owned()));
    window.click(&words, "language-all");
    window.click_on("Русский");
    window.wait(|window| titles(window).is_empty());
    window.click_on("Русский");
    // The bar shows the present language too.
    let chips = window.harness.get_all_by_label("English");
    chips.last().unwrap().click();
    window.step();
    window.step();
    window.wait(|window| titles(window) == [BIRDS]);
    window.click(&words, "list-unread");
    window.wait(|window| titles(window) == [BIRDS]);
}

#[test]
fn what_is_merely_open_is_searched_too_in_memory() {
    let coast = coast();
    let words = Words::new(Language::English);
    let mut window = Window::of(Setup {
        bytes: Some(&common::issue(&coast).signed(&[0, 1])),
        decision: Some(Decision::Decided(Home::MEMORY)),
        ..Setup::default()
    });
    window.until(|app| app.verdict().is_some());
    let code = varaq_trust::Code::of(&coast.id()).unwrap().in_digits('0');
    window.paste(&code);
    window.press(Key::Enter);
    window.until(|app| app.verdict() == Some(varaq_trust::Verdict::Verified));
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
    window.press(Key::Slash);
    window.type_text("warblers");
    window.wait(|window| titles(window) == [BIRDS]);
    assert!(window.says(&words.text("scope-open")));
    window.press(Key::Enter);
    window.until(|app| matches!(app.here(), Place::Article(2)));
}

#[test]
fn a_file_of_an_unknown_publisher_is_not_searched_before_it_is_read() {
    let coast = coast();
    let words = Words::new(Language::English);
    let mut window = Window::of(Setup {
        bytes: Some(&common::issue(&coast).signed(&[0, 1])),
        ..Setup::default()
    });
    window.until(|app| app.verdict().is_some());
    window.press(Key::Escape);
    // The place is reached from the sidebar of the list of files too.
    window.click(&words, "show-search");
    window.type_text("warblers");
    let none = words.with("search-none", &[("words", "warblers".into())]);
    window.until_said(&none);
}

#[test]
fn a_text_that_endangers_somebody_stands_in_no_snippet() {
    const NAMES: &str = "Who helped";
    let coast = coast();
    let seven = coast
        .issue(7)
        .article(NAMES, "The helper is called by name here.");
    let eight = coast.issue(8).article("News", "Nothing.").notice(Notice {
        article: article_id(NAMES),
        kind: NoticeKind::Harm,
        issue: IssueName {
            channel: "main".to_owned(),
            epoch: 1,
            number: 7,
        },
        language: "en".to_owned(),
        text: "It names somebody in danger.".to_owned(),
        day: Day(20_460),
    });
    let mut window = Window::of(Setup {
        state: State::from(coast.pins(true)),
        ..Setup::default()
    });
    window.keep_bytes("7.varaq", &seven.signed(&[0, 1]));
    window.keep_bytes("8.varaq", &eight.signed(&[0, 1]));
    window.until(|app| app.shelf().is_some_and(|it| it.counts.articles == 2));
    window.press(Key::Slash);
    window.type_text("helper");
    window.wait(|window| titles(window) == [NAMES]);
    assert!(!window.says("called by name"), "{:?}", window.said());
    assert!(window.says(&Words::new(Language::English).text("mark-harm")));
}

#[test]
fn an_index_that_lies_is_made_anew_and_then_finds() {
    let mut window = window(Language::Persian, ThemeName::Light);
    let folder = window.folder.path().to_path_buf();
    window.close();
    let index = rusqlite::Connection::open(folder.join("index.sqlite")).unwrap();
    index
        .execute("UPDATE article SET number = 14 - number", [])
        .unwrap();
    drop(index);
    let home = Decision::Decided(Home::computer(folder));
    window.start_again(home, Language::Persian);
    window.until(|app| app.is_indexed());
    window.press(Key::Slash);
    window.type_text("قنات");
    window.wait(|window| titles(window).contains(&WATER.to_owned()));
}

#[test]
fn the_search_looks_as_kept() {
    let mut wrong = Vec::new();
    for (language, theme) in [
        (Language::Persian, ThemeName::Light),
        (Language::English, ThemeName::Light),
        (Language::Persian, ThemeName::Dark),
    ] {
        let mut window = window(language, theme);
        window.type_text("کتاب آزاد");
        window.wait(|window| titles(window).len() > 3);
        window.press(Key::ArrowDown);
        let ending = if theme == ThemeName::Dark {
            "-dark"
        } else {
            ""
        };
        let name = format!("search-{}{ending}", language.tag());
        wrong.extend(window.picture().compare(&name).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
