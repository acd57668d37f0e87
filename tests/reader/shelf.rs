//! The shelf in the window: what is kept stays, what was read and starred is remembered, and what was taken off can be
//! put back.
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
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use std::{fs, path::Path};
use varaq_kit::Mint;
use varaq_reader::{
    app::App,
    home::{Decision, Home},
    place::Place,
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_shelf::StateFile;
use varaq_trust::State;

const FIRST: &str = "چرا نان سنگک در بازار کهنه ارزان ماند";

fn keeping(language: Language, state: State) -> Window {
    let mut window = Window::of(Setup {
        language,
        state,
        ..Setup::default()
    });
    window.until(|app| app.shelf().is_some());
    window
}

fn home(window: &Window) -> Decision {
    Decision::Decided(Home::computer(window.folder.path().to_path_buf()))
}

fn again(window: &mut Window, language: Language) {
    let home = home(window);
    window.start_again(home, language);
    window.until(|app| app.shelf().is_some());
}

fn shelf(window: &mut Window) {
    // Not the digit: a letter belongs to whatever field has the focus.
    let words = Words::new(window.app().language());
    while window.app().here() != Place::Shelf {
        window.press(Key::Escape);
    }
    window.until_said(&words.text("shelf-title"));
}

fn unread(app: &App) -> Option<u32> {
    app.shelf()?.publishers.first()?.issues.first()?.unread
}

#[test]
fn what_is_kept_is_there_when_the_program_starts_again() {
    let coast = coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = keeping(language, State::default());
        window.open_bytes("file.varaq", &bytes);
        // Trusted in this sitting only, until something of it is kept.
        let code = varaq_trust::Code::of(&coast.id()).unwrap().in_digits('0');
        window.paste(&code);
        window.press(Key::Enter);
        window.until(|app| app.verdict() == Some(varaq_trust::Verdict::Verified));
        window.press(Key::Enter);
        window.until(|app| app.here() == Place::Front);
        window.click(&words, "keep-issue");
        window.until(|app| app.shelf().is_some_and(|shelf| shelf.issues() == 1));
        fs::remove_file(window.folder.path().join("file.varaq")).unwrap();
        again(&mut window, language);
        window.until(|app| unread(app) == Some(13));
        let publisher = if language == Language::Persian {
            "کرانه"
        } else {
            "Coast Paper"
        };
        assert!(window.says(publisher), "{:?}", window.said());
        assert!(window.says(&words.number(41)));
        let kept = StateFile::in_folder(window.folder.path()).load().unwrap();
        assert!(kept.pins.find(&coast.id()).is_some());
    }
}

#[test]
fn a_kept_issue_opens_at_once_under_its_seal_and_leads_back_to_the_shelf() {
    let coast = coast();
    let words = Words::new(Language::English);
    let mut window = keeping(Language::English, coast.pins(true).into());
    window.keep_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
    shelf(&mut window);
    let cover = window
        .said()
        .into_iter()
        .find(|said| said.contains("Issue") && said.contains("unread"));
    window.click_on(&cover.unwrap());
    window.until(|app| app.here() == Place::Front);
    assert!(window.says(&words.text("verdict-verified-seal")));
    window.press(Key::I);
    assert_eq!(window.app().here(), Place::Verdict);
    assert!(window.says(&words.text("verdict-verified-title")));
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert_eq!(window.app().here(), Place::Shelf);
}

#[test]
fn an_article_that_was_opened_is_read_also_after_a_restart() {
    let coast = coast();
    let mut window = keeping(Language::Persian, coast.pins(true).into());
    window.keep_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
    window.until(|app| unread(app) == Some(13));
    window.press(Key::J);
    window.press(Key::Enter);
    window.until(|app| app.article().is_some_and(|article| article.has_text()));
    window.until(|app| unread(app) == Some(12));
    // As unread again: M says so.
    window.press(Key::M);
    window.until(|app| unread(app) == Some(13));
    window.press(Key::M);
    window.until(|app| unread(app) == Some(12));
    again(&mut window, Language::Persian);
    window.until(|app| unread(app) == Some(12));
}

#[test]
fn a_star_is_found_again_in_its_list() {
    let coast = coast();
    let words = Words::new(Language::Persian);
    let mut window = keeping(Language::Persian, coast.pins(true).into());
    window.keep_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
    for _ in 0..3 {
        window.press(Key::J);
    }
    window.press(Key::Enter);
    window.until(|app| app.article().is_some_and(|article| article.has_text()));
    window.press(Key::S);
    let title = window.app().article().unwrap().entry.title.clone();
    assert!(window.app().article().unwrap().entry.starred);
    again(&mut window, Language::Persian);
    window.until(|app| app.shelf().is_some_and(|shelf| shelf.counts.starred == 1));
    let tab = format!("{} {}", words.text("list-starred"), words.number(1));
    window.click_on(&tab);
    window.until_said(&title);
    assert!(!window.says(FIRST) || title == FIRST);
    // The list leads to the article, and the star can be taken away there.
    window.press(Key::J);
    window.press(Key::Enter);
    window.until(|app| matches!(app.here(), Place::Article(_)));
    window.until(|app| app.article().is_some_and(|article| article.has_text()));
    window.press(Key::S);
    shelf(&mut window);
    window.until_said(&words.text("none-starred"));
}

#[test]
fn the_place_in_an_article_is_found_again() {
    let coast = coast();
    let long = coast
        .issue(42)
        .blocks("fa", "بلند", &common::long(6_000), Vec::new());
    let mut window = keeping(Language::Persian, coast.pins(true).into());
    window.keep_bytes("file.varaq", &long.signed(&[0, 1]));
    let open = |window: &mut Window| {
        window.press(Key::J);
        window.press(Key::Enter);
        window.until(|app| app.article().is_some_and(|article| article.row_count() > 3));
        window.step();
    };
    open(&mut window);
    for _ in 0..9 {
        window.press(Key::PageDown);
    }
    let before = window.app().article().unwrap().progress();
    assert!(before > 0.05, "{before}");
    shelf(&mut window);
    again(&mut window, Language::Persian);
    let cover = window
        .said()
        .into_iter()
        .find(|said| said.contains("کرانه ·"));
    window.click_on(&cover.unwrap());
    window.until(|app| app.here() == Place::Front);
    open(&mut window);
    window.step();
    let after = window.app().article().unwrap().progress();
    assert!((after - before).abs() < 0.05, "{before} and {after}");
}

#[test]
fn what_is_taken_off_the_shelf_can_be_put_back_until_the_program_ends() {
    let coast = coast();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = keeping(language, coast.pins(true).into());
        window.keep_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
        shelf(&mut window);
        remove_first(&mut window);
        window.until(|app| app.shelf().is_some_and(|shelf| shelf.issues() == 0));
        window.click(&words, "undo");
        window.until(|app| app.shelf().is_some_and(|shelf| shelf.issues() == 1));
        remove_first(&mut window);
        window.until(|app| app.shelf().is_some_and(|shelf| shelf.issues() == 0));
        again(&mut window, language);
        assert_eq!(window.app().shelf().unwrap().issues(), 0);
        let bundles = window.folder.path().join("bundles");
        assert_eq!(
            fs::read_dir(bundles).unwrap().count(),
            0,
            "it is still there"
        );
    }
}

fn remove_first(window: &mut Window) {
    let number = Words::new(window.app().language()).number(41);
    let is_cover = |said: &String| said.contains(&number) && said.matches(" · ").count() > 2;
    window.wait(|window| window.said().iter().any(is_cover));
    let cover = window.said().into_iter().find(is_cover).unwrap();
    window.harness.get_by_label(&cover).focus();
    window.step();
    window.press(Key::Delete);
}

#[test]
fn numbers_that_are_missing_between_two_issues_are_named() {
    let coast = coast();
    let words = Words::new(Language::English);
    let mut window = keeping(Language::English, coast.pins(true).into());
    for number in [3, 4, 6, 9] {
        let issue = coast.issue(number).article("News", "Nothing new.");
        window.keep_bytes(&format!("{number}.varaq"), &issue.signed(&[0, 1]));
    }
    shelf(&mut window);
    window.until(|app| app.shelf().is_some_and(|shelf| shelf.issues() == 4));
    window.step();
    assert!(window.says(&words.with("gap-one", &[("number", "5".into())])));
    let many = [("first", "7".into()), ("last", "8".into())];
    assert!(window.says(&words.with("gap-many", &many)));
}

#[test]
fn issues_of_a_publisher_that_is_not_trusted_any_more_are_only_counted() {
    let coast = coast();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            state: coast.pins(true).into(),
            size: vec2(1180.0, 1_400.0),
            ..Setup::default()
        });
        window.keep_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
        window.press_with(Modifiers::COMMAND, Key::P);
        window.click(&words, "publisher-remove");
        window.click(&words, "publisher-remove-now");
        shelf(&mut window);
        window.until(|app| app.shelf().is_some_and(|shelf| shelf.closed.len() == 1));
        let values = [("count", 1_u64.into()), ("shown", words.number(1).into())];
        assert!(window.says(&words.with("closed-refused", &values)));
        for secret in ["کرانه", "Coast", FIRST] {
            assert!(!window.says(secret), "{secret}: {:?}", window.said());
        }
    }
}

#[test]
fn in_memory_nothing_can_be_kept_and_nothing_is_written() {
    let coast = coast();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            decision: Some(Decision::Decided(Home::MEMORY)),
            ..Setup::default()
        });
        assert!(window.says(&words.text("mode-memory")));
        let before = files(window.folder.path());
        window.open_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
        let code = varaq_trust::Code::of(&coast.id()).unwrap().in_digits('0');
        window.paste(&code);
        window.press(Key::Enter);
        window.until(|app| app.verdict() == Some(varaq_trust::Verdict::Verified));
        window.press(Key::Enter);
        window.until(|app| app.here() == Place::Front);
        assert!(!window.says(&words.text("keep-issue")));
        window.press_with(Modifiers::COMMAND, Key::S);
        // What is read and starred holds for this sitting.
        window.press(Key::J);
        window.press(Key::Enter);
        window.until(|app| app.article().is_some_and(|article| article.has_text()));
        window.press(Key::S);
        window.press(Key::Escape);
        window.press(Key::Enter);
        window.until(|app| app.article().is_some_and(|it| it.entry.starred));
        let mut after = files(window.folder.path());
        after.retain(|name| name != "file.varaq");
        assert_eq!(before, after);
    }
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_disk_that_is_full_of_something_else_is_told_and_the_shelf_goes_on() {
    let coast = coast();
    let words = Words::new(Language::English);
    let mut window = keeping(Language::English, coast.pins(true).into());
    // A file where the folder of bundles must be.
    fs::write(window.folder.path().join("bundles"), b"").unwrap();
    window.open_bytes("file.varaq", &common::issue(&coast).signed(&[0, 1]));
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
    window.click(&words, "keep-issue");
    window.until_said("was not kept:");
    window.click(&words, "close");
    assert!(!window.says("was not kept:"));
    assert_eq!(window.app().here(), Place::Front);
}

#[test]
fn the_shelf_looks_as_kept() {
    let coast = coast();
    let garden = Mint::other("Garden Sheet", 90);
    let mut state: State = coast.pins(true).into();
    for pin in garden.pins(false).iter() {
        state.pins.add(pin.clone());
    }
    let mut wrong = Vec::new();
    for (language, theme) in [
        (Language::Persian, ThemeName::Light),
        (Language::English, ThemeName::Light),
        (Language::Persian, ThemeName::Dark),
    ] {
        let mut window = Window::of(Setup {
            language,
            theme: Some(theme),
            state: state.clone(),
            size: vec2(1180.0, 800.0),
            ..Setup::default()
        });
        window.keep_bytes("a.varaq", &common::issue(&coast).signed(&[0, 1]));
        for number in [38, 40] {
            let issue = coast.issue(number).article_in("fa", FIRST, "متن.");
            window.keep_bytes(&format!("{number}.varaq"), &issue.signed(&[0, 1]));
        }
        let tea = garden
            .issue(3)
            .article("Tea in the shade", "Mint and lemon.");
        window.keep_bytes("tea.varaq", &tea.signed(&[0, 1]));
        shelf(&mut window);
        window.until(|app| app.shelf().is_some_and(|shelf| shelf.counts.articles == 14));
        window.until(|app| app.has_covers() && app.is_indexed());
        window.wait(|window| window.says("Tea in the shade") && window.says(FIRST));
        let ending = if theme == ThemeName::Dark {
            "-dark"
        } else {
            ""
        };
        let name = format!("shelf-{}{ending}", language.tag());
        wrong.extend(window.picture().compare(&name).err());
        let words = Words::new(language);
        let unread = format!("{} {}", words.text("list-unread"), words.number(14));
        if theme == ThemeName::Light {
            window.click_on(&unread);
            window.until_said(FIRST);
            let name = format!("shelf-unread-{}", language.tag());
            wrong.extend(window.picture().compare(&name).err());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
