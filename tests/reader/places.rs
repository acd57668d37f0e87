//! Settings, help, the palette and the page that hides everything.
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
use eframe::egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use varaq_reader::{
    drives::Drive,
    home::{Decision, Home},
    place::Place,
    screens::TOPICS,
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_trust::State;

const TITLE: &str = "آب پس از یازده سال به قنات نارون برگشت";

fn window(language: Language) -> Window {
    Window::of(Setup {
        language,
        size: vec2(1180.0, 1_300.0),
        ..Setup::default()
    })
}

#[test]
fn what_is_set_holds_at_once_and_at_the_next_start() {
    let words = Words::new(Language::English);
    let mut window = window(Language::English);
    window.press_with(Modifiers::COMMAND, Key::Comma);
    assert_eq!(window.app().here(), Place::Settings);
    for key in ["theme-sepia", "lines-loose", "measure-wide", "justify-on"] {
        window.click(&words, key);
    }
    window.click_on("21");
    window.click_on(&words.with("percent", &[("number", "150".into())]));
    window.click_on(Language::Persian.own_name());
    assert_eq!(window.app().language(), Language::Persian);
    let file = window.folder.path().join("settings");
    let kept = "language fa\ntheme sepia\ntext-size 21\nlines loose\nmeasure wide\njustify yes\nzoom 150\nfront columns\n";
    window.wait(|_| std::fs::read_to_string(&file).is_ok_and(|text| text == kept));
    let home = Decision::Decided(Home::computer(window.folder.path().to_path_buf()));
    window.start_again(home, Language::English);
    assert_eq!(window.app().language(), Language::Persian);
    let look = window.app().look();
    assert!(look.justify && (look.size - 21.0).abs() < 0.1);
}

#[test]
fn the_window_goes_into_the_dark_with_the_computer_until_a_theme_is_chosen() {
    let words = Words::new(Language::English);
    let mut window = Window::of(Setup {
        theme: None,
        size: vec2(1180.0, 1_300.0),
        ..Setup::default()
    });
    let dark = |window: &mut Window| {
        let canvas = window.picture();
        let light: usize = canvas.rgb.iter().map(|part| usize::from(*part)).sum();
        light / canvas.rgb.len() < 128
    };
    assert!(!dark(&mut window));
    window.computer_is(Theme::Dark);
    assert!(dark(&mut window));
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click(&words, "theme-light");
    assert!(!dark(&mut window));
    window.click(&words, "theme-computer");
    assert!(dark(&mut window));
    window.computer_is(Theme::Light);
    assert!(!dark(&mut window));
}

#[test]
fn a_damaged_file_of_settings_costs_a_choice_at_most() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "theme purple\nlanguage fa\ntext-size 9000\n\u{0}x",
        "",
        "\u{feff}theme dark",
    ] {
        std::fs::write(folder.path().join("settings"), text).unwrap();
        let home = Home::computer(folder.path().to_path_buf());
        let window = Window::of(Setup {
            decision: Some(Decision::Decided(home)),
            ..Setup::default()
        });
        assert!((window.app().look().size - 19.0).abs() < 0.1);
        let language = if text.contains("fa") {
            Language::Persian
        } else {
            Language::English
        };
        assert_eq!(window.app().language(), language);
    }
}

#[test]
fn help_answers_every_question_in_every_language_and_shows_every_verdict() {
    for language in Language::ALL {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            size: vec2(1180.0, 2_600.0),
            ..Setup::default()
        });
        window.press(Key::F1);
        for topic in TOPICS {
            assert!(window.says(&words.text(topic)), "{topic}");
            assert!(
                window.says_text(&words.text(&format!("{topic}-text"))),
                "{topic}"
            );
        }
        for verdict in ["verified", "pinned", "unknown", "bad-signature", "damaged"] {
            assert!(window.says(&words.text(&format!("verdict-{verdict}-seal"))));
        }
    }
}

#[test]
fn the_palette_finds_a_command_by_a_part_of_its_name() {
    for (language, typed) in [(Language::English, "settin"), (Language::Persian, "تنظيم")] {
        let mut window = window(language);
        window.press_with(Modifiers::COMMAND, Key::K);
        window.type_text(typed);
        window.press(Key::Enter);
        assert_eq!(window.app().here(), Place::Settings, "{typed}");
        window.press_with(Modifiers::COMMAND, Key::K);
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Settings);
    }
}

#[test]
fn putting_away_leaves_nothing_of_what_was_read_and_leads_back() {
    let coast = coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut window = Window::opened_of(Setup {
        language: Language::Persian,
        bytes: Some(&bytes),
        state: State::from(coast.pins(true)),
        ..Setup::default()
    });
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
    assert!(window.says(TITLE));
    window.press(Key::F8);
    assert_eq!(window.app().here(), Place::Hidden);
    for secret in [TITLE, "ورق", "کرانه", "قفسه"] {
        assert!(!window.says(secret), "{secret}: {:?}", window.said());
    }
    assert!(window.app().verdict().is_none() && window.app().shelf().is_none());
    window.type_text("نان، چای، قند");
    window.press(Key::I);
    assert!(window.says("نان، چای، قند"));
    window.press(Key::F8);
    window.until(|app| app.shelf().is_some());
    assert_eq!(window.app().here(), Place::Shelf);
}

#[test]
fn the_keys_that_hide_work_whatever_is_open() {
    for open in [Key::K, Key::L] {
        let mut window = window(Language::English);
        window.press_with(Modifiers::COMMAND, open);
        window.press(Key::F8);
        assert_eq!(window.app().here(), Place::Hidden, "{open:?}");
    }
    // A file that is dropped on the hidden page is not opened.
    let mut window = window(Language::English);
    let path = window.folder.path().join("file.varaq");
    std::fs::write(&path, common::issue(&coast()).signed(&[0, 1])).unwrap();
    window.press(Key::F8);
    window.drop_file(&path);
    assert_eq!(window.app().here(), Place::Hidden);
}

#[test]
fn whoever_turns_back_from_another_place_keeps_the_settings() {
    let words = Words::new(Language::English);
    let mut window = window(Language::English);
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click(&words, "set-elsewhere");
    assert_eq!(window.app().here(), Place::First);
    window.press(Key::F8);
    assert_eq!(window.app().here(), Place::Hidden, "from there too");
    window.press(Key::F8);
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click(&words, "set-elsewhere");
    window.press(Key::Escape);
    window.click(&words, "theme-dark");
    let file = window.folder.path().join("settings");
    window.wait(|_| std::fs::read_to_string(&file).is_ok_and(|it| it.contains("theme dark")));
}

#[test]
fn the_list_of_files_says_of_each_bundle_who_signed_it() {
    let coast = coast();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            state: State::from(coast.pins(true)),
            ..Setup::default()
        });
        let write = |name: &str, bytes: &[u8]| {
            std::fs::write(window.folder.path().join(name), bytes).unwrap();
        };
        let good = common::issue(&coast).signed(&[0, 1]);
        write("a.varaq", &good);
        write("b.varaq", &common::forged(good));
        write("c.varaq", b"something else");
        let folder = window.folder.path().to_path_buf();
        window.app_mut().list(Some(folder));
        window.press_with(Modifiers::COMMAND, Key::O);
        let folder = window.folder.path().to_path_buf();
        window.app_mut().list(Some(folder));
        let seal = |verdict: &str| words.text(&format!("verdict-{verdict}-seal"));
        window.until_said(&format!(
            "a.varaq · {}",
            words.with(
                "seal-words",
                &[
                    (
                        "name",
                        if language == Language::Persian {
                            "کرانه"
                        } else {
                            "Coast Paper"
                        }
                        .into()
                    ),
                    ("verdict", seal("verified").into()),
                ]
            )
        ));
        window.until_said(&format!("b.varaq · {}", seal("bad-signature")));
        assert!(window.says(&words.text("drives-title")));
    }
}

fn stick(folder: &std::path::Path) -> Drive {
    Drive {
        name: "NORA".to_owned(),
        path: folder.to_path_buf(),
        free: 4_000_000_000,
        is_removable: true,
        is_read_only: false,
        is_fat: true,
    }
}

#[test]
fn a_copy_on_a_stick_is_read_back_and_replaces_nothing() {
    let coast = coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let target = tempfile::tempdir().unwrap();
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = Window::opened_of(Setup {
            language,
            bytes: Some(&bytes),
            state: State::from(coast.pins(true)),
            ..Setup::default()
        });
        let copy = |window: &mut Window| {
            window.app_mut().plug(vec![stick(target.path())]);
            window.press_with(Modifiers::COMMAND, Key::E);
            let free = words.with("drive-free", &[("free", words.size(4_000_000_000).into())]);
            window.click_on(&format!("\u{2068}NORA\u{2069} · {free}"));
        };
        let said = |key: &str| words.with(key, &[("name", "file.varaq".into())]);
        copy(&mut window);
        window.until_said(&said("copy-done"));
        let there = target.path().join("file.varaq");
        assert_eq!(std::fs::read(&there).unwrap(), bytes);
        copy(&mut window);
        window.until_said(&said("copy-there"));
        std::fs::write(&there, b"something of somebody else").unwrap();
        copy(&mut window);
        window.until_said(&said("copy-other"));
        assert_eq!(
            std::fs::read(&there).unwrap(),
            b"something of somebody else"
        );
        window.click(&words, "close");
        std::fs::remove_file(&there).unwrap();
        assert_eq!(
            std::fs::read_dir(target.path()).unwrap().count(),
            0,
            "a part is left"
        );
    }
}

#[test]
fn without_a_stick_the_window_says_what_to_do_and_a_stick_shows_itself_on_the_shelf() {
    let bytes = common::issue(&coast()).signed(&[0, 1]);
    let words = Words::new(Language::Persian);
    let mut window = Window::opened_of(Setup {
        language: Language::Persian,
        bytes: Some(&bytes),
        ..Setup::default()
    });
    window.app_mut().plug(Vec::new());
    window.press_with(Modifiers::COMMAND, Key::E);
    assert!(window.says(&words.text("copy-none")));
    window.press(Key::Escape);
    assert!(!window.says(&words.text("copy-none")));
    window.press(Key::Escape);
    assert_eq!(window.app().here(), Place::Shelf);
    let folder = window.folder.path().to_path_buf();
    window.app_mut().plug(vec![stick(&folder)]);
    window.step();
    assert!(window.says(&words.with("stick-in", &[("name", "NORA".into())])));
    window.click(&words, "stick-look");
    window.until_said("file.varaq");
    assert_eq!(window.app().here(), Place::Files);
}

#[test]
fn a_whole_article_is_copied_with_its_source() {
    let coast = coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut window = Window::opened_of(Setup {
        bytes: Some(&bytes),
        state: State::from(coast.pins(true)),
        ..Setup::default()
    });
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
    window.press(Key::J);
    window.press(Key::Enter);
    window.until(|app| app.article().is_some_and(|article| article.row_count() > 3));
    let text = window.app().article().unwrap().whole_text().unwrap();
    assert!(text.starts_with("شهر") && text.contains(TITLE), "{text}");
    assert!(text.contains("راهی زیر زمین"), "the footnote is at the end");
    window.press_with(Modifiers::COMMAND, Key::J);
    let words = Words::new(Language::English);
    assert!(window.says(&words.text("copied-article")));
    // And saved as a file on a stick.
    let target = tempfile::tempdir().unwrap();
    window.app_mut().plug(vec![stick(target.path())]);
    window.press_with(Modifiers::COMMAND, Key::T);
    let free = words.with("drive-free", &[("free", words.size(4_000_000_000).into())]);
    window.click_on(&format!("\u{2068}NORA\u{2069} · {free}"));
    window.until_said(&words.with("copy-done", &[("name", "41-1.txt".into())]));
    let saved = std::fs::read_to_string(target.path().join("41-1.txt")).unwrap();
    assert!(saved.starts_with(&text) && saved.contains("Coast Paper"));
    window.press(Key::Escape);
    assert!(!window.says(&words.text("copied-article")));
}

fn reading(language: Language) -> Window {
    let coast = coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut window = Window::opened_of(Setup {
        language,
        bytes: Some(&bytes),
        state: State::from(coast.pins(true)),
        ..Setup::default()
    });
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
    window
}

fn open_article(window: &mut Window, steps: usize) {
    for _ in 0..steps {
        window.press(Key::J);
    }
    window.press(Key::Enter);
    window.until(|app| app.article().is_some_and(|article| article.row_count() > 3));
    window.step();
}

#[test]
fn an_article_leads_to_the_ones_around_it_and_to_its_own_headings() {
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = reading(language);
        open_article(&mut window, 1);
        window.press(Key::T);
        assert!(window.says(&words.text("in-this-article")) && window.says("نوبت تقسیم"));
        let before = window.app().article().unwrap().progress();
        let heading = window
            .harness
            .get_all_by_label("نوبت تقسیم")
            .last()
            .unwrap();
        heading.click();
        window.step();
        window.step();
        assert!(window.app().article().unwrap().progress() > before);
        for _ in 0..8 {
            let at_end = window.app().article().unwrap().at_end();
            if !at_end {
                window.press(Key::PageDown);
            }
        }
        let next = "The small birds that ask the stars for directions";
        let next = words.with("next-article", &[("title", next.into())]);
        let related = words.with("related-title", &[("section", "شهر".into())]);
        assert!(
            window.says(&next) && window.says(&related),
            "{:?}",
            window.said()
        );
        window.click_on(&next);
        window.until(|app| app.here() == Place::Article(2));
        window.until(|app| app.article().is_some_and(|article| article.row_count() > 3));
        for _ in 0..4 {
            if !window.app().article().unwrap().at_end() {
                window.press(Key::PageDown);
            }
        }
        let previous = words.with("previous-article", &[("title", TITLE.into())]);
        assert!(window.says(&previous), "{:?}", window.said());
    }
}

#[test]
fn space_at_the_end_of_an_article_goes_on_to_one_that_was_not_read() {
    let mut window = reading(Language::English);
    // The second one counts as read.
    for key in [Key::J, Key::J, Key::M, Key::K] {
        window.press(key);
    }
    open_article(&mut window, 0);
    assert_eq!(window.app().here(), Place::Article(1));
    let to_the_end = |window: &mut Window| {
        for _ in 0..30 {
            if !window.app().article().is_some_and(|it| it.at_end()) {
                window.press(Key::Space);
            }
        }
        window.press(Key::Space);
    };
    to_the_end(&mut window);
    window.until(|app| app.here() == Place::Article(3));
}

#[test]
fn a_picture_is_enlarged_and_escape_closes_it_first() {
    let mut window = reading(Language::Persian);
    open_article(&mut window, 1);
    let alt = "دره در صبح نخستین روز آب";
    window.until_said(alt);
    let pictures = |window: &Window| window.said().iter().filter(|said| *said == alt).count();
    let before = pictures(&window);
    window.harness.get_all_by_label(alt).next().unwrap().click();
    window.step();
    window.step();
    assert_eq!(pictures(&window), before + 1);
    window.press(Key::Escape);
    assert_eq!(pictures(&window), before);
    assert!(matches!(window.app().here(), Place::Article(_)));
}

#[test]
fn the_front_page_can_be_a_list_and_be_read_at_once() {
    let words = Words::new(Language::English);
    let mut window = reading(Language::English);
    let unread = |window: &Window| {
        let word = words.text("unread");
        window
            .said()
            .iter()
            .filter(|said| said.contains(&word))
            .count()
    };
    assert!(unread(&window) > 5);
    window.press(Key::L);
    // Without the columns every article stands once, under its section.
    let heads = window
        .said()
        .iter()
        .filter(|said| said.contains(TITLE))
        .count();
    assert_eq!(heads, 1);
    window.press_with(Modifiers::SHIFT, Key::M);
    assert_eq!(unread(&window), 0, "{:?}", window.said());
}

#[test]
fn everything_grows_to_three_times_its_size_and_nothing_is_lost() {
    let words = Words::new(Language::Persian);
    let mut window = window(Language::Persian);
    window.press_with(Modifiers::COMMAND, Key::Comma);
    let largest = words.with("percent", &[("number", words.number(300).into())]);
    window.click_on(&largest);
    window.step();
    assert!((window.harness.ctx.zoom_factor() - 3.0).abs() < 0.01);
    assert!(window.says(&words.text("show-settings")));
    window.press(Key::F1);
    assert!(window.says(&words.text("help-begin")));
}

#[test]
fn the_places_look_as_kept() {
    let mut wrong = Vec::new();
    for (language, theme) in [
        (Language::Persian, ThemeName::Sepia),
        (Language::English, ThemeName::Contrast),
    ] {
        let mut window = Window::of(Setup {
            language,
            theme: Some(theme),
            size: vec2(1180.0, 1_000.0),
            ..Setup::default()
        });
        window.press_with(Modifiers::COMMAND, Key::Comma);
        let mut keep = |window: &mut Window, name: &str| {
            let name = format!("{name}-{}", language.tag());
            wrong.extend(window.picture().compare(&name).err());
        };
        // The folder of the test is another one each time.
        let words = Words::new(language);
        assert!(window.says(&words.text("mode-computer")));
        window.press(Key::F1);
        keep(&mut window, "help");
        window.press_with(Modifiers::COMMAND, Key::K);
        keep(&mut window, "palette");
        let mut window = Window::of(Setup {
            language,
            theme: Some(theme),
            decision: Some(Decision::Decided(Home::MEMORY)),
            size: vec2(1180.0, 1_000.0),
            ..Setup::default()
        });
        window.press_with(Modifiers::COMMAND, Key::Comma);
        keep(&mut window, "settings");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
