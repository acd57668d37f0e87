//! The first start: what is chosen is kept where it was chosen to be kept, and nothing is written before.
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
use std::{fs, path::Path};
use varaq_reader::{
    home::{BESIDE, Decision, Home, Surroundings},
    place::Place,
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_shelf::StateFile;

fn surroundings(folder: &Path, from_stick: bool) -> Surroundings {
    Surroundings {
        program: Some(folder.join("program")),
        from_stick,
        data: Some(folder.join("data")),
    }
}

fn asked(language: Language, folder: &Path, from_stick: bool) -> Window {
    Window::of(Setup {
        language,
        decision: Some(surroundings(folder, from_stick).decision()),
        ..Setup::default()
    })
}

fn begin(window: &mut Window) {
    let words = Words::new(window.app().language());
    window.click_on(&words.text("first-go"));
}

#[test]
fn a_stick_proposes_memory_and_a_computer_itself() {
    let folder = tempfile::tempdir().unwrap();
    let Decision::Ask(homes) = surroundings(folder.path(), true).decision() else {
        panic!("not asked");
    };
    assert_eq!(homes[0], Home::MEMORY);
    assert!(homes.contains(&Home::portable(folder.path().join("program").join(BESIDE))));
    let Decision::Ask(homes) = surroundings(folder.path(), false).decision() else {
        panic!("not asked");
    };
    assert_eq!(homes[0], Home::computer(folder.path().join("data")));
    assert_eq!(homes.last(), Some(&Home::MEMORY));
}

#[test]
fn what_was_decided_is_not_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, beside) = (
        folder.path().join("data"),
        folder.path().join("program").join(BESIDE),
    );
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("state"), b"").unwrap();
    let decided = |from_stick| surroundings(folder.path(), from_stick).decision();
    assert_eq!(decided(false), Decision::Decided(Home::computer(data)));
    // A stick in a computer on which somebody once used Varaq asks all the same.
    assert!(matches!(decided(true), Decision::Ask(_)));
    fs::create_dir_all(&beside).unwrap();
    let portable = Decision::Decided(Home::portable(beside));
    assert_eq!(
        (decided(false), decided(true)),
        (portable.clone(), portable)
    );
}

#[test]
fn memory_begins_at_once_and_writes_nothing() {
    for language in common::PAIR {
        let folder = tempfile::tempdir().unwrap();
        let words = Words::new(language);
        let mut window = asked(language, folder.path(), true);
        assert_eq!(window.app().here(), Place::First);
        assert!(window.says(&words.text("first-mode-note")));
        begin(&mut window);
        assert_eq!(window.app().here(), Place::Shelf);
        assert!(window.says(&words.text("mode-memory-short")));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn the_computer_keeps_language_and_code_once_it_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = asked(Language::English, folder.path(), false);
    window.click_on(Language::Persian.own_name());
    let words = Words::new(Language::Persian);
    assert!(window.says(&words.text("first-code-more")));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "too early");
    let code = varaq_trust::Code::of(&coast().id()).unwrap();
    type_code(&mut window, &code.in_digits('۰'));
    window.press(Key::Enter);
    assert_eq!(window.app().here(), Place::Shelf);
    let data = folder.path().join("data");
    window.wait(|_| {
        let kept = StateFile::in_folder(&data).load().unwrap();
        kept.pins.awaited().any(|awaited| *awaited == code)
    });
    let again = surroundings(folder.path(), false).decision();
    assert_eq!(again, Decision::Decided(Home::computer(data)));
    window.start_again(again, Language::English);
    assert_eq!(window.app().language(), Language::Persian);
}

fn type_code(window: &mut Window, digits: &str) {
    use egui_kittest::kittest::Queryable as _;
    let words = Words::new(window.app().language());
    let name = words.text("first-code");
    let fields = window.harness.get_all_by_label(&name);
    fields.last().unwrap().focus();
    window.step();
    window.paste(digits);
}

#[test]
fn a_code_that_is_not_whole_or_cannot_be_one_stays_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let words = Words::new(Language::English);
    let mut window = asked(Language::English, folder.path(), false);
    type_code(&mut window, "1234 5678");
    begin(&mut window);
    assert_eq!(window.app().here(), Place::First);
    assert!(window.says(&words.with("code-left", &[("count", "16".into())])));
    type_code(&mut window, "1234 5678 1234 5678");
    begin(&mut window);
    assert!(window.says(&words.text("code-typo")));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_place_that_cannot_be_written_is_said_and_another_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("data"), b"a file is in the way").unwrap();
    let words = Words::new(Language::English);
    let mut window = asked(Language::English, folder.path(), false);
    begin(&mut window);
    assert_eq!(window.app().here(), Place::First);
    assert!(window.says("It could not be kept there"));
    let memory = format!(
        "{}. {}",
        words.text("mode-memory"),
        words.text("mode-memory-more")
    );
    window.click_on(&memory);
    begin(&mut window);
    assert_eq!(window.app().here(), Place::Shelf);
}

#[test]
fn a_file_that_is_opened_comes_before_any_question() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = common::issue(&coast()).signed(&[0, 1]);
    let mut window = Window::of(Setup {
        bytes: Some(&bytes),
        decision: Some(surroundings(folder.path(), false).decision()),
        ..Setup::default()
    });
    window.until(|app| app.verdict().is_some());
    assert_eq!(window.app().here(), Place::Verdict);
}

#[test]
fn the_first_start_looks_as_kept() {
    let mut wrong = Vec::new();
    for (language, theme) in [
        (Language::Persian, ThemeName::Light),
        (Language::English, ThemeName::Dark),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut window = Window::of(Setup {
            language,
            theme: Some(theme),
            decision: Some(surroundings(folder.path(), true).decision()),
            ..Setup::default()
        });
        type_code(&mut window, "41708295 33");
        let name = format!("first-{}", language.tag());
        wrong.extend(window.picture().compare(&name).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
