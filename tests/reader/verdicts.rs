//! Every verdict and every line has its words, and looks as kept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#[path = "common/mod.rs"]
mod common;

use common::{
    cases::{Case, face, lines, verdicts},
    window::{Setup, Window},
};
use eframe::egui::vec2;
use varaq_reader::{
    theme::ThemeName,
    words::{Language, Words},
};

const KEPT: [Language; 2] = [Language::Persian, Language::English];

fn shown(case: &Case, language: Language, theme: ThemeName) -> Window {
    let mut window = Window::opened_of(Setup {
        language,
        theme: Some(theme),
        bytes: Some(&case.bytes),
        state: case.state.clone(),
        today: case.today,
        size: vec2(800.0, 1_300.0),
        ..Setup::default()
    });
    assert_eq!(window.app().verdict(), Some(case.verdict), "{}", case.name);
    // The code takes its time; pictures wait for it.
    let coded = case.verdict.shows_content();
    window.wait(|window| !coded || window.app().has_code());
    window
}

#[test]
fn every_verdict_says_what_is_wrong_what_works_and_what_to_do() {
    for case in verdicts() {
        let face = face(&case);
        for language in common::PAIR {
            let words = Words::new(language);
            let window = shown(&case, language, ThemeName::Light);
            assert!(
                window.says(&words.text(&face.key("title"))),
                "{}",
                case.name
            );
            for key in face.steps.keys() {
                for key in [(*key).to_owned(), format!("{key}-more")] {
                    assert!(window.says_text(&words.text(&key)), "{} {key}", case.name);
                }
            }
            if !case.verdict.is_valid() {
                for ending in ["reason", "works"] {
                    let text = words.text(&face.key(ending));
                    assert!(window.says_text(&text), "{} {ending}", case.name);
                }
                assert!(window.says(case.verdict.name()), "{}", case.name);
                assert!(
                    !window.says("کرانه") && !window.says("Coast"),
                    "{}",
                    case.name
                );
            }
        }
    }
}

/// The key of a line's text.
fn key(line: &str) -> &'static str {
    match line {
        "NEWEST_SEEN" => "line-newest",
        "OLDER_THAN_SEEN" => "line-older",
        "GAP" => "line-gap",
        "STALE" => "line-stale",
        "CLOCK_DOUBTFUL" => "line-clock",
        "OUT_OF_DAYS" => "line-days",
        "RIVAL_HISTORY" => "banner-rival",
        "IDENTITY_FROZEN" => "banner-frozen",
        "CONFLICT_SEEN" => "banner-conflict",
        "SEEN_BEFORE_SUSPENSION" => "banner-suspended",
        "STATEMENTS_MISSING" => "banner-statements",
        "NAME_RESEMBLES" => "banner-resembles",
        other => panic!("no words for {other}"),
    }
}

#[test]
fn every_line_has_its_words() {
    for case in lines() {
        for language in common::PAIR {
            let words = Words::new(language);
            let window = shown(&case, language, ThemeName::Light);
            for line in &case.lines {
                let number = match *line {
                    "GAP" => 6,
                    "OLDER_THAN_SEEN" if case.name == "older" => 12,
                    _ => 8,
                };
                let values = [
                    ("number", words.number(number).into()),
                    ("name", "Coast Paper".into()),
                ];
                let text = words.with(key(line), &values);
                assert!(
                    window.says(&text),
                    "{}: {text} in {:?}",
                    case.name,
                    window.said()
                );
            }
        }
    }
}

#[test]
fn every_verdict_and_line_looks_as_kept() {
    let mut wrong = Vec::new();
    for case in verdicts().iter().chain(&lines()) {
        for language in KEPT {
            let mut window = shown(case, language, ThemeName::Light);
            let picture = window.picture().trimmed(60);
            let name = format!("{}-{}", case.name, language.tag());
            wrong.extend(picture.compare(&name).err());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn trust_looks_as_kept_in_the_dark() {
    let mut wrong = Vec::new();
    for case in verdicts().iter().chain(&lines()) {
        let dark = [
            "verified", "revoked", "conflict", "older", "frozen", "unknown",
        ];
        if dark.contains(&case.name) {
            let mut window = shown(case, Language::Persian, ThemeName::Dark);
            let picture = window.picture().trimmed(60);
            wrong.extend(picture.compare(&format!("{}-fa-dark", case.name)).err());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
