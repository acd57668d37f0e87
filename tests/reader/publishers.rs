//! The list of trusted publishers: what is known of each, and trusting one no longer.
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
use std::io::Cursor;
use varaq_bundle::{Bundle, Day, Head, Limits};
use varaq_kit::{Mint, Reader, revocation};
use varaq_reader::{
    app::App,
    place::Place,
    words::{Language, Words},
};
use varaq_shelf::StateFile;
use varaq_trust::{Code, Contact, State};

fn head(mint: &Mint, number: u32) -> Head {
    let draft = mint.issue(number).article_in("fa", "خبر", "متن کوتاه.");
    let bytes = draft.signed(&[0, 1]);
    let bundle = Bundle::open(Cursor::new(&bytes), &Limits::default()).unwrap();
    bundle.head().clone()
}

/// A reader who met issue 7 with a key that was revoked later, other root keys, a suspension and a weekly promise;
/// and another publisher whose code was never checked.
fn state(mint: &mut Mint) -> State {
    let mut reader = Reader::of(&[mint]);
    reader.meet(&head(mint, 7));
    mint.rotate(&(2, vec![2, 3, 4]), |_| ());
    mint.add(|next| next.revoked.push(revocation(12, &[])));
    let desk = (2, vec![21, 22, 23]);
    mint.begin_epoch(2, &desk, (8, 90));
    mint.add(|next| next.cadence = 7);
    mint.suspend(2);
    let mut next = mint.issue(8).article_in("fa", "خبر", "متن کوتاه.");
    next.issue.epoch = 2;
    let bytes = next.signed(&[0, 1]);
    let bundle = Bundle::open(Cursor::new(&bytes), &Limits::default()).unwrap();
    reader.meet(bundle.head());
    let mut state = reader.state();
    let mut pin = state.pins.find(&mint.id()).unwrap().clone();
    pin.day = Some(Day(20_000));
    state.pins.add(pin);
    let other = Mint::other("Harbour Weekly", 60);
    let other = other.pins(false).iter().next().unwrap().clone();
    state.pins.add(other);
    state
}

fn shown(language: Language, state: State) -> Window {
    let mut window = Window::of(Setup {
        language,
        state,
        size: vec2(1180.0, 1_400.0),
        ..Setup::default()
    });
    window.press_with(Modifiers::COMMAND, Key::P);
    assert_eq!(window.app().here(), Place::Publishers);
    window
}

fn kept(window: &Window) -> State {
    StateFile::in_folder(window.folder.path()).load().unwrap()
}

#[test]
fn who_trusts_nobody_is_told_what_a_code_is() {
    for language in common::PAIR {
        let words = Words::new(language);
        let window = shown(language, State::default());
        for key in [
            "publishers-none",
            "publishers-none-code",
            "publishers-none-where",
        ] {
            assert!(window.says_text(&words.text(key)), "{key}");
        }
    }
}

#[test]
fn the_start_screen_leads_to_the_publishers() {
    let words = Words::new(Language::English);
    let mut window = Window::new(Language::English, None, &coast().pins(true));
    window.click(&words, "show-publishers");
    assert_eq!(window.app().here(), Place::Publishers);
    assert!(window.says("Coast Paper") && window.says(&words.text("publisher-met-none")));
    window.press(Key::Escape);
    assert_eq!(window.app().here(), Place::Shelf);
}

#[test]
fn a_publisher_shows_its_history_and_how_its_issues_stand() {
    let mut mint = coast();
    let state = state(&mut mint);
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = shown(language, state.clone());
        let keys = |key, threshold, of| {
            let number = |n| words.number(n).into();
            words.with(key, &[("threshold", number(threshold)), ("of", number(of))])
        };
        for text in [
            keys("event-founded", 1, 1),
            keys("event-roots", 2, 3),
            keys("publisher-signs", 2, 3),
            words.text("event-revoked-stolen"),
            words.text("event-kept-none"),
            words.text("standing-stands"),
            words.text("standing-void"),
            words.text("publisher-checked"),
        ] {
            assert!(window.says(&text), "{text} in {:?}", window.said());
        }
        let days = [("count", 7.into()), ("shown", words.number(7).into())];
        assert!(window.says(&words.with("publisher-cadence", &days)));
        let name = match language {
            Language::Persian => "کرانه",
            _ => "Coast Paper",
        };
        assert!(window.says(name));
        let none = words.text("publisher-met-none");
        window.click_on(&format!("Harbour Weekly · {none}"));
        assert!(window.says(&words.text("publisher-unchecked")));
        assert!(!window.says(&words.text("standing-void")));
    }
}

#[test]
fn a_stopped_key_is_named() {
    let mut mint = coast();
    let state = state(&mut mint);
    let window = shown(Language::English, state);
    assert!(window.says("is stopped for now"), "{:?}", window.said());
}

#[test]
fn two_histories_and_old_keys_are_warned_of() {
    let mint = coast();
    let (mut one, mut other) = (mint.clone(), mint.clone());
    one.add(|next| next.cadence = 7);
    other.add(|next| next.cadence = 1);
    let mut further = one.clone();
    further.add(|next| next.cadence = 14);
    for (first, key) in [(&one, "publisher-split"), (&further, "publisher-rival")] {
        let mut reader = Reader::of(&[&mint]);
        reader.meet(&head(first, 8));
        reader.meet(&head(&other, 9));
        for language in common::PAIR {
            let window = shown(language, reader.state());
            let words = Words::new(language).text(key);
            assert!(window.says(&words), "{key}: {:?}", window.said());
        }
    }
}

#[test]
fn awaited_codes_stand_on_the_list() {
    let mut state = State::default();
    let code = Code::of(&coast().id()).unwrap();
    state.pins.await_code(code);
    for language in common::PAIR {
        let words = Words::new(language);
        let window = shown(language, state.clone());
        assert!(window.says(&words.text("publishers-awaited")));
        assert!(window.says(&words.digits(&code.in_digits('0'))));
        assert!(!window.says(&words.text("publishers-none")));
    }
}

#[test]
fn the_question_comes_into_view_in_a_small_window() {
    let mut mint = coast();
    let state = state(&mut mint);
    let words = Words::new(Language::Persian);
    let mut window = Window::of(Setup {
        language: Language::Persian,
        state,
        size: vec2(640.0, 480.0),
        ..Setup::default()
    });
    window.press_with(Modifiers::COMMAND, Key::P);
    let remove = words.text("publisher-remove");
    window.harness.get_by_label(&remove).focus();
    window.step();
    window.press(Key::Enter);
    window.step();
    assert!(window.says(&words.text("publisher-really")));
    let keep = words.text("publisher-keep");
    let keep = window.harness.get_by_label(&keep);
    assert!(keep.is_focused(), "{:?}", keep.rect());
    assert!(keep.rect().bottom() < 480.0, "{:?}", keep.rect());
    window.press(Key::Enter);
    assert!(!window.says(&words.text("publisher-really")));
    assert!(window.says("کرانه"));
}

#[test]
fn removing_asks_once_and_removes_from_the_session_and_the_file() {
    let mut mint = coast();
    let state = state(&mut mint);
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = shown(language, state.clone());
        window.click(&words, "publisher-remove");
        assert!(window.says(&words.text("publisher-really-more")));
        assert!(kept(&window).pins.find(&mint.id()).is_some());
        window.click(&words, "publisher-keep");
        assert!(!window.says(&words.text("publisher-really")));
        window.click(&words, "publisher-remove");
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Publishers);
        assert!(!window.says(&words.text("publisher-really")));
        window.click(&words, "publisher-remove");
        window.click(&words, "publisher-remove-now");
        assert!(!window.says("Coast Paper") && !window.says("کرانه"));
        assert!(window.says("Harbour Weekly"));
        window.wait(|window| kept(window).pins.find(&mint.id()).is_none());
        let kept = kept(&window);
        assert!(kept.evidence.dossier(&mint.id()).is_none());
        assert_eq!(kept.pins.len(), 1);
    }
}

#[test]
fn an_open_issue_is_closed_when_its_publisher_is_removed() {
    let words = Words::new(Language::English);
    let mint = coast();
    let bytes = common::issue(&mint).signed(&[0, 1]);
    let mut window = Window::opened_of(Setup {
        bytes: Some(&bytes),
        state: mint.pins(true).into(),
        size: vec2(1180.0, 1_400.0),
        ..Setup::default()
    });
    window.press_with(Modifiers::COMMAND, Key::P);
    window.click(&words, "publisher-remove");
    window.click(&words, "publisher-remove-now");
    assert!(window.app().verdict().is_none());
    window.press(Key::Escape);
    assert_eq!(window.app().here(), Place::Shelf);
}

#[test]
fn a_removal_that_the_disk_refuses_is_told() {
    let words = Words::new(Language::English);
    let mut window = shown(Language::English, coast().pins(true).into());
    let file = StateFile::in_folder(window.folder.path()).path().to_owned();
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    window.click(&words, "publisher-remove");
    window.click(&words, "publisher-remove-now");
    window.until_said("still stands in the list on this computer");
}

#[test]
fn the_publishers_and_their_codes_look_as_kept() {
    let mut mint = coast();
    let state = state(&mut mint);
    let digits = Code::of(&mint.id()).unwrap().in_digits('0');
    let mut wrong = Vec::new();
    for language in [Language::Persian, Language::English] {
        let mut window = shown(language, state.clone());
        window.wait(|window| App::has_chosen_code(window.app()));
        assert!(window.says(&Words::new(language).digits(&digits)));
        let picture = window.picture().trimmed(72);
        let name = format!("publishers-{}", language.tag());
        wrong.extend(picture.compare(&name).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A reader who has met issue 7 of the publisher.
fn met(mint: &Mint) -> State {
    let mut reader = Reader::of(&[mint]);
    reader.meet(&head(mint, 7));
    reader.state()
}

#[test]
fn the_chosen_publisher_is_handed_on_as_text_and_as_a_picture() {
    let mint = coast();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut state = met(&mint);
        let mut pin = state.pins.find(&mint.id()).unwrap().clone();
        pin.rename("My aunt’s paper".into());
        state.pins.add(pin);
        let mut window = shown(language, state);
        window.until(App::has_chosen_code);
        window.click(&words, "pass-copy");
        assert!(window.says(&words.text("copied")));
        window.click(&words, "pass-show");
        window.until_said(&words.text("pass-contact"));
        let canvas = window.picture();
        let texts = varaq_qr::read(&canvas.png()).unwrap();
        let handed: Contact = texts.first().unwrap().parse().unwrap();
        assert_eq!(
            (handed.id, handed.code),
            (mint.id(), Code::of(&coast().id()).unwrap())
        );
        assert!(
            handed
                .names
                .iter()
                .all(|name| name.name != "My aunt’s paper")
        );
        assert_eq!(handed.root, Some(mint.root()));
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Publishers);
        assert!(!window.says(&words.text("pass-contact")));
    }
}

#[test]
fn of_a_publisher_that_was_never_met_the_code_alone_is_handed_on() {
    let words = Words::new(Language::English);
    let mut window = shown(Language::English, coast().pins(false).into());
    window.until(App::has_chosen_code);
    window.click(&words, "pass-show");
    window.until_said(&words.text("pass-code"));
    let texts = varaq_qr::read(&window.picture().png()).unwrap();
    assert_eq!(texts, [Code::of(&coast().id()).unwrap().to_string()]);
}

#[test]
fn the_reader_calls_a_publisher_as_it_likes_and_back() {
    let mint = coast();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = shown(language, met(&mint));
        window.click(&words, "name-change");
        window.press_with(Modifiers::COMMAND, Key::A);
        // Letters belong to the field: none of them is a shortcut.
        window.paste("kiosk?");
        window.press(Key::Enter);
        assert!(window.says("kiosk?"), "{:?}", window.said());
        assert!(!window.says(&words.text("name-save")));
        window.wait(|window| kept(window).pins.iter().any(|pin| pin.name == "kiosk?"));
        window.click(&words, "name-change");
        window.press_with(Modifiers::COMMAND, Key::A);
        window.press(Key::Backspace);
        window.click(&words, "name-save");
        assert!(window.says(&words.text("name-own")));
        window.wait(|window| {
            kept(window)
                .pins
                .iter()
                .any(|pin| pin.name == "Coast Paper")
        });
    }
}

#[test]
fn no_two_publishers_are_called_alike() {
    let mint = coast();
    let mut state = met(&mint);
    let other = Mint::other("Harbour Weekly", 60);
    state
        .pins
        .add(other.pins(true).iter().next().unwrap().clone());
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = shown(language, state.clone());
        window.until(App::has_chosen_code);
        let none = words.text("publisher-met-none");
        window.click_on(&format!("Harbour Weekly · {none}"));
        window.click(&words, "name-change");
        window.press_with(Modifiers::COMMAND, Key::A);
        window.paste("coast paper");
        window.press(Key::Enter);
        let taken = [("name", "Coast Paper".into())];
        assert!(
            window.says(&words.with("name-taken", &taken)),
            "{:?}",
            window.said()
        );
        window.press(Key::Escape);
        assert!(!window.says(&words.text("name-save")));
        assert!(window.says("Harbour Weekly"));
    }
}

#[test]
fn handing_on_and_naming_look_as_kept() {
    let mut wrong = Vec::new();
    for language in [Language::Persian, Language::English] {
        let words = Words::new(language);
        let mut window = shown(language, met(&coast()));
        window.until(App::has_chosen_code);
        window.click(&words, "pass-show");
        window.until_said(&words.text("pass-contact"));
        window.click(&words, "name-change");
        let name = format!("pass-on-{}", language.tag());
        wrong.extend(window.picture().trimmed(72).compare(&name).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
