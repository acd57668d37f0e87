//! The window through its accessibility tree: what a screen reader finds is what is drawn.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#[path = "common/mod.rs"]
mod common;

use common::window::Window;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::time::Duration;
use varaq_article::Article;
use varaq_reader::{
    desk::Source,
    issue::{Entry, Story},
    place::Place,
    screens::ArticleScreen,
    words::{Language, Words},
};
use varaq_shelf::StateFile;
use varaq_trust::{Pins, Verdict};

const TITLE: &str = "آب پس از یازده سال به قنات نارون برگشت";

#[test]
fn nothing_of_a_forged_bundle_is_drawn() {
    let coast = common::coast();
    let bytes = common::forged(common::issue(&coast).signed(&[0, 1]));
    for language in common::PAIR {
        let mut window = Window::opened(language, &bytes, &coast.pins(true));
        assert_eq!(window.app().verdict(), Some(Verdict::BadSignature));
        for secret in [TITLE, "کرانه", "Coast", "41", "۴۱", "Science"] {
            assert!(!window.says(secret), "{secret}: {:?}", window.said());
        }
        assert!(window.says("BAD_SIGNATURE") && window.says("file.varaq"));
        // Enter presses what has the focus, and that is "close".
        window.press(Key::Enter);
        assert_eq!(window.app().here(), Place::Shelf);
    }
}

#[test]
fn an_unknown_publisher_needs_consent_and_keeps_its_strip() {
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut window = Window::opened(Language::Persian, &bytes, &Pins::new());
    assert_eq!(window.app().verdict(), Some(Verdict::UnknownPublisher));
    assert!(!window.says(TITLE), "a headline before consent");
    // The field has the first focus: Enter can never mean "read anyway".
    window.press(Key::Enter);
    assert_eq!(window.app().here(), Place::Verdict);
    let words = Words::new(Language::Persian);
    window
        .harness
        .get_by_label(&words.text("read-without-trusting"))
        .click();
    window.until(|app| app.here() == Place::Front);
    assert!(window.says(TITLE) && window.says(&words.text("strip-unknown")));
}

#[test]
fn the_right_code_makes_the_publisher_verified_and_only_a_request_writes_it_down() {
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut window = Window::opened(Language::Persian, &bytes, &Pins::new());
    let code = varaq_trust::Code::of(&coast.id()).unwrap().in_digits('۰');
    window.harness.event(eframe::egui::Event::Paste(code));
    window.step();
    window.press(Key::Enter);
    window.until(|app| app.verdict() == Some(Verdict::Verified));
    let kept = |window: &Window| {
        StateFile::in_folder(window.folder.path())
            .load()
            .unwrap()
            .pins
            .len()
    };
    assert_eq!(kept(&window), 0, "nothing is written without a request");
    let words = Words::new(Language::Persian);
    window.click(&words, "remember");
    window.until_said(&words.text("remembered"));
    assert_eq!(kept(&window), 1);
}

#[test]
fn a_wrong_code_is_refused_and_nothing_is_cleared() {
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let other = varaq_trust::Code::of(&varaq_kit::Mint::default().id())
        .unwrap()
        .in_digits('0');
    let mut window = Window::opened(Language::English, &bytes, &Pins::new());
    window.harness.event(eframe::egui::Event::Paste(other));
    window.step();
    window.press(Key::Enter);
    // The code is stretched on a worker: the answer comes by itself, without a second press.
    for _ in 0..1_000 {
        if window.says("not that publisher’s code") {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
        window.step();
    }
    assert_eq!(window.app().verdict(), Some(Verdict::UnknownPublisher));
    assert!(
        window.says("not that publisher’s code"),
        "{:?}",
        window.said()
    );
    for hint in ["groups", "1 of 6", "6 of 6"] {
        assert!(!window.says(hint), "how close it comes: {hint}");
    }
}

#[test]
fn the_keyboard_leads_from_verdict_to_article_and_back() {
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    for (language, back) in [
        (Language::Persian, Key::ArrowRight),
        (Language::English, Key::ArrowLeft),
    ] {
        let mut window = Window::opened(language, &bytes, &coast.pins(true));
        assert_eq!(window.app().verdict(), Some(Verdict::Verified));
        window.press(Key::Enter);
        window.until(|app| app.here() == Place::Front);
        assert!(window.says(TITLE));
        window.press(Key::J);
        window.press(Key::Enter);
        window.until(|app| app.article().is_some_and(|article| article.row_count() > 0));
        assert_eq!(window.app().here(), Place::Article(1));
        assert!(window.says("چند نفر ایستاده بودند"));
        window.press_with(Modifiers::ALT, back);
        assert_eq!(window.app().here(), Place::Front);
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Verdict);
    }
}

#[test]
fn the_window_changes_its_language_at_once() {
    let mut window = Window::new(Language::Persian, None, &Pins::new());
    assert!(window.says("ورق"));
    for language in Language::ALL.into_iter().chain([Language::Persian]) {
        window.press_with(Modifiers::COMMAND, Key::L);
        // The bar shows the present language too; the sheet is drawn last.
        let rows = window.harness.get_all_by_label(language.own_name());
        rows.last().unwrap().click();
        window.step();
        window.step();
        let words = Words::new(language);
        assert!(window.says(&words.text("app-name")) && window.says(&words.text("start-drop")));
        window.press_with(Modifiers::SHIFT, Key::Slash);
        assert!(window.says("Ctrl+F") && window.says(&words.text("keys-title")));
        window.press(Key::Escape);
    }
}

#[test]
fn the_sheet_of_languages_is_worked_by_keys_alone() {
    let mut window = Window::new(Language::Persian, None, &Pins::new());
    window.press_with(Modifiers::COMMAND, Key::L);
    window.step();
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.step();
    assert!(window.says(&Words::new(Language::Sorani).text("start-drop")));
    window.press_with(Modifiers::COMMAND, Key::L);
    assert!(window.says("Русский"));
    window.press(Key::Escape);
    assert!(!window.says("Русский"));
    assert!(window.says(&Words::new(Language::Sorani).text("start-drop")));
}

#[test]
fn no_text_of_the_window_lacks_a_glyph() {
    for language in Language::ALL {
        let window = Window::new(language, None, &Pins::new());
        let words = Words::new(language);
        for key in language.keys() {
            let text = words.with(
                key,
                &[("count", 3_u64.into()), ("shown", words.number(3).into())],
            );
            let setting = varaq_reader::ink::Setting {
                text: &text,
                size: 15.0,
                line: 1.7,
                weight: 400,
                width: Some(600.0),
                rtl: language.is_rtl(),
                up_to: usize::MAX,
            };
            let before = window.app().ink().missing();
            let _ = window.app().ink().lay(&setting);
            assert_eq!(window.app().ink().missing(), before, "{key}: {text}");
        }
    }
}

fn entry(title: &str, rtl: bool) -> Entry {
    Entry {
        number: 1,
        title: title.into(),
        byline: String::new(),
        section: 0,
        language: if rtl { "fa".into() } else { "en".into() },
        rtl,
        day: 20_000,
        words: 10,
        media: Vec::new(),
        here: true,
        marks: Vec::new(),
        ..Entry::default()
    }
}

fn reading(window: &mut Window, article: Article, rtl: bool) {
    let mut screen = ArticleScreen::new(entry("سرخط", rtl), 19.0);
    screen.set_story(Story::Here(article), "", &Words::new(Language::Persian));
    window.app_mut().show_article(screen);
    window.step();
    window.step();
}

#[test]
fn a_frame_of_a_very_long_article_lays_out_few_rows() {
    let mut window = Window::new(Language::Persian, None, &Pins::new());
    reading(&mut window, common::long(200_000), true);
    assert!(window.app().article().unwrap().row_count() > 2_000);
    for _ in 0..60 {
        window.press(Key::Space);
        let laid = window.app().ink().laid_now();
        assert!(laid < 20, "{laid} paragraphs in one frame");
        assert!(window.app().article().unwrap().laid_rows() <= 80);
    }
}

#[test]
fn blocks_are_nodes_with_roles_in_reading_order() {
    use eframe::egui::accesskit::Role;
    let mut window = Window::new(Language::Persian, None, &Pins::new());
    reading(&mut window, common::english(), false);
    let root = window.harness.root();
    let roles: Vec<(Role, String)> = root
        .children_recursive()
        .map(|node| {
            (
                node.accesskit_node().role(),
                node.accesskit_node().label().unwrap_or_default(),
            )
        })
        .filter(|(role, _)| matches!(role, Role::Heading | Role::Paragraph | Role::DocFootnote))
        .collect();
    let at = |role, start: &str| {
        roles
            .iter()
            .position(|(r, label)| *r == role && label.starts_with(start))
            .unwrap_or_else(|| panic!("{start}: {roles:?}"))
    };
    let title = at(Role::Heading, "سرخط");
    let heading = at(Role::Heading, "A compass");
    let body = at(Role::Paragraph, "The room had no windows");
    let note = at(Role::DocFootnote, "A cone");
    assert!(title < body && body < heading && heading < note);
}

#[test]
fn find_in_page_counts_and_walks() {
    let mut window = Window::new(Language::English, None, &Pins::new());
    reading(&mut window, common::english(), false);
    window.press_with(Modifiers::COMMAND, Key::F);
    window
        .harness
        .event(eframe::egui::Event::Text("the".into()));
    window.step();
    window.step();
    assert!(
        window.says("1 of ") || window.says("\u{2068}1\u{2069} of "),
        "{:?}",
        window.said()
    );
    window.press(Key::Escape);
    let hint = Words::new(Language::English).text("find-hint");
    assert!(!window.says(&hint), "{:?}", window.said());
}

#[test]
fn a_frame_of_a_long_front_page_touches_few_rows() {
    let coast = common::coast();
    let mut draft = coast.issue(1);
    draft.issue.sections = vec!["News".into()];
    for number in 0..5_000 {
        draft = draft.article(&format!("Headline {number}"), "Words.");
    }
    let bytes = draft.signed(&[0, 1]);
    let mut window = Window::opened(Language::English, &bytes, &coast.pins(true));
    window.press(Key::Enter);
    window.until(|app| app.here() == Place::Front);
    let shown = |window: &Window| {
        let said = window.said();
        let shown: std::collections::BTreeSet<_> = said
            .iter()
            .filter(|said| said.contains("Headline"))
            .collect();
        shown.len()
    };
    assert!(window.says("Headline 0"));
    for _ in 0..30 {
        let shown = shown(&window);
        assert!((1..150).contains(&shown), "{shown} headlines in one frame");
        window.press(Key::J);
    }
    assert!(!window.says("Headline 4999"));
}

#[test]
fn an_idle_window_asks_for_no_frame() {
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut window = Window::opened(Language::English, &bytes, &coast.pins(true));
    window.harness.run_steps(4);
    assert!(
        !window.harness.ctx.has_requested_repaint(),
        "{:?}",
        window.harness.ctx.repaint_causes()
    );
}

#[test]
fn a_file_that_is_gone_is_said_in_words() {
    let mut window = Window::new(Language::English, None, &Pins::new());
    let path = window.folder.path().join("gone.varaq");
    window.app_mut().open(Source::Path(path));
    let title = Words::new(Language::English).text("not-opened-title");
    for _ in 0..200 {
        window.step();
        if window.says(&title) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{:?}", window.said());
}

#[test]
fn a_damaged_list_of_pins_is_said_not_hidden() {
    let mut window = Window::new(Language::English, None, &Pins::new());
    let path = StateFile::in_folder(window.folder.path());
    std::fs::write(path.path(), b"varaq pins 1\nsum nothing\n").unwrap();
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let file = window.folder.path().join("file.varaq");
    std::fs::write(&file, bytes).unwrap();
    window.restart(Some(file), StateFile::in_folder(window.folder.path()));
    window.until(|app| app.verdict().is_some());
    assert_eq!(window.app().verdict(), Some(Verdict::UnknownPublisher));
    assert!(window.says(&Words::new(Language::English).text("pins-unread")));
}

#[test]
fn a_drag_over_two_paragraphs_copies_them_in_logical_order() {
    let mut window = Window::new(Language::Persian, None, &Pins::new());
    reading(&mut window, common::english(), false);
    let rect = |window: &Window, start: &str| {
        let nodes = window.harness.root().children_recursive();
        let mut found = nodes.filter(|node| {
            node.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with(start))
        });
        found.next().unwrap().rect()
    };
    let from = rect(&window, "A compass").left_top() + vec2(1.0, 30.0);
    let to = rect(&window, "A cone").right_bottom() - vec2(20.0, 4.0);
    window.harness.hover_at(from);
    window.step();
    window.harness.drag_at(from);
    window.step();
    window.harness.hover_at(from + vec2(40.0, 20.0));
    window.step();
    window.harness.hover_at(to);
    window.step();
    window.harness.drop_at(to);
    window.step();
    let text = window.app().article().unwrap().selected().unwrap();
    assert!(text.contains("in the sky\n\nThe bird hopped"), "{text}");
    assert!(text.contains("A cone of blotting paper"), "{text}");
}

#[test]
fn a_code_that_was_noted_before_any_bundle_came_verifies_its_publisher() {
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    let mut pins = Pins::new();
    pins.await_code(varaq_trust::Code::of(&coast.id()).unwrap());
    let mut window = Window::opened(Language::Persian, &bytes, &pins);
    assert_eq!(window.app().verdict(), Some(Verdict::Verified));
    // It is kept where the code was kept, which is waited for no longer.
    let file = StateFile::in_folder(window.folder.path());
    window.wait(|_| file.load().unwrap().pins.len() == 1);
    let kept = file.load().unwrap().pins;
    assert!(kept.find(&coast.id()).unwrap().checked);
    assert_eq!(kept.awaited().count(), 0);
}
