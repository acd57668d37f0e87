//! First contact: a code that came without a file, and files that are no bundles.
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
use varaq_reader::{
    place::Place,
    words::{Language, Words},
};
use varaq_shelf::StateFile;
use varaq_trust::{Code, State, Verdict};

/// The list of publishers of a reader.
fn shown(language: Language, state: State) -> Window {
    let mut window = Window::of(Setup {
        language,
        state,
        size: vec2(1180.0, 1_200.0),
        ..Setup::default()
    });
    window.press_with(Modifiers::COMMAND, Key::P);
    window
}

/// The panel for a code.
fn typing(language: Language, state: State) -> Window {
    let mut window = shown(language, state);
    window.click(&Words::new(language), "publishers-type");
    window
}

fn kept(window: &Window) -> State {
    StateFile::in_folder(window.folder.path()).load().unwrap()
}

fn code() -> Code {
    Code::of(&coast().id()).unwrap()
}

fn awaits(state: &State, code: &Code) -> bool {
    state.pins.awaited().any(|one| one == code)
}

#[test]
fn a_typed_code_waits_and_verifies_the_first_bundle() {
    let mint = coast();
    let bytes = common::issue(&mint).signed(&[0, 1]);
    for (language, zero) in [(Language::Persian, '۰'), (Language::English, '0')] {
        let words = Words::new(language);
        let mut window = typing(language, State::default());
        assert!(
            window
                .harness
                .get_by_role_and_label(
                    eframe::egui::accesskit::Role::TextInput,
                    &words.text("type-title")
                )
                .is_focused()
        );
        window.paste(&code().in_digits(zero));
        window.press(Key::Enter);
        window.until_said(&words.text("told-awaited"));
        assert!(window.says(&words.digits(&code().in_digits('0'))));
        let path = window.folder.path().join("later.varaq");
        std::fs::write(&path, &bytes).unwrap();
        window
            .app_mut()
            .open(varaq_reader::desk::Source::Path(path));
        window.until(|app| app.verdict() == Some(Verdict::Verified));
        window.press_with(Modifiers::COMMAND, Key::P);
        assert!(!window.says(&words.text("publishers-awaited")));
    }
}

#[test]
fn a_code_of_fewer_digits_or_with_a_slip_is_not_taken() {
    let right = code().in_digits('0');
    let digits: String = right.chars().filter(char::is_ascii_digit).collect();
    let slip = format!("{}{}", (digits.as_bytes()[0] - b'0' + 1) % 10, &digits[1..]);
    for language in Language::ALL {
        let words = Words::new(language);
        let mut window = typing(language, State::default());
        window.paste(&digits[..20]);
        window.press(Key::Enter);
        let left = [("count", words.number(4).into())];
        assert!(window.says(&words.with("code-left", &left)));
        window.press(Key::Backspace);
        let left = [("count", words.number(5).into())];
        assert!(window.says(&words.with("code-left", &left)));
        for _ in 0..19 {
            window.press(Key::Backspace);
        }
        window.paste(&slip);
        window.press(Key::Enter);
        assert!(window.says(&words.text("code-typo")));
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Publishers);
        assert!(window.says(&words.text("publishers-none")));
        assert!(kept(&window).pins.awaited().next().is_none());
    }
}

#[test]
fn the_code_of_a_publisher_that_is_known_verifies_it() {
    for language in Language::ALL {
        let words = Words::new(language);
        let mut window = typing(language, coast().pins(false).into());
        window.paste(&code().in_digits('0'));
        window.click(&words, "type-take");
        window.until_said(&words.text("publisher-checked"));
        let name = kept(&window).pins.iter().next().unwrap().name.clone();
        assert!(window.says(&words.with("told-checked", &[("name", name.into())])));
        window.wait(|window| kept(window).pins.iter().all(|pin| pin.checked));
        assert!(kept(&window).pins.awaited().next().is_none());
    }
}

#[test]
fn a_code_for_the_bundle_that_is_open_shows_its_sheet_verified() {
    let words = Words::new(Language::English);
    let bytes = common::issue(&coast()).signed(&[0, 1]);
    let mut window = Window::opened(Language::English, &bytes, &varaq_trust::Pins::new());
    window.until(varaq_reader::app::App::has_code);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.click(&words, "publishers-type");
    window.paste(&code().in_digits('0'));
    window.press(Key::Enter);
    window.until(|app| app.verdict() == Some(Verdict::Verified));
    assert_eq!(window.app().here(), Place::Verdict);
}

#[test]
fn nothing_is_written_before_the_reader_asks_for_it() {
    for language in Language::ALL {
        let words = Words::new(language);
        let mut window = typing(language, State::default());
        window.paste(&code().in_digits('0'));
        window.press(Key::Enter);
        window.until_said(&words.text("publishers-unkept"));
        assert!(!awaits(&kept(&window), &code()));
        window.click(&words, "publishers-remember");
        window.wait(|window| awaits(&kept(window), &code()));
        window.wait(|window| !window.says(&words.text("publishers-unkept")));
        let shown = words.digits(&code().in_digits('0'));
        let forget = words.with("publishers-awaited-forget", &[("code", shown.into())]);
        window.click_on(&forget);
        assert!(window.says(&words.text("publishers-none")));
        window.wait(|window| !awaits(&kept(window), &code()));
    }
}

#[test]
fn a_code_that_the_disk_refuses_is_told() {
    let words = Words::new(Language::English);
    let mut window = typing(Language::English, State::default());
    let file = StateFile::in_folder(window.folder.path()).path().to_owned();
    let _ = std::fs::remove_file(&file);
    std::fs::create_dir(&file).unwrap();
    window.paste(&code().in_digits('0'));
    window.press(Key::Enter);
    window.until_said(&words.text("told-awaited"));
    window.click(&words, "publishers-remember");
    window.until_said("could not be written to this computer");
}

#[test]
fn a_code_being_typed_and_one_that_waits_look_as_kept() {
    let mut wrong = Vec::new();
    for language in [Language::Persian, Language::English] {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            size: vec2(900.0, 640.0),
            ..Setup::default()
        });
        window.press_with(Modifiers::COMMAND, Key::P);
        window.click(&words, "publishers-type");
        window.paste(&code().in_digits('0')[..14]);
        let name = format!("code-typed-{}", language.tag());
        wrong.extend(window.picture().trimmed(72).compare(&name).err());
        window.press(Key::End);
        window.paste(&code().in_digits('0')[14..]);
        window.press(Key::Enter);
        window.until_said(&words.text("told-awaited"));
        let name = format!("code-awaited-{}", language.tag());
        wrong.extend(window.picture().trimmed(72).compare(&name).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
