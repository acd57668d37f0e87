//! Texts, tokens, icons, commands, days: everything that is data.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
use varaq_reader::{
    command::Command,
    day,
    face::{EVERY_VERDICT, Face},
    place::{History, Place},
    theme::{Colours, ThemeName},
    words::{Language, Words},
};

#[test]
fn every_key_in_the_source_exists() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let keys = Language::English.keys();
    let mut unknown = Vec::new();
    for file in sources(std::path::Path::new(root)) {
        let text = std::fs::read_to_string(&file).unwrap();
        for call in [".text(", ".with("] {
            for (at, _) in text.match_indices(call) {
                // Egui has methods of these names too; ours are called on words.
                if !text[..at].trim_end().ends_with("words") {
                    continue;
                }
                let rest = text[at + call.len()..].trim_start();
                let Some(rest) = rest.strip_prefix('"') else {
                    continue;
                };
                let key: String = rest.chars().take_while(|c| *c != '"').collect();
                if !keys.contains(&key.as_str()) {
                    unknown.push(key);
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

#[test]
fn every_command_has_text_hint_and_key_of_its_own() {
    let mut seen = Vec::new();
    for command in Command::ALL {
        for language in Language::ALL {
            let words = Words::new(language);
            assert!(!words.text(command.text()).starts_with('['), "{command:?}");
            assert!(!words.text(&command.hint()).starts_with('['), "{command:?}");
        }
        let keys = command.keys(false);
        assert!(!keys.is_empty(), "{command:?}");
        for key in keys {
            assert!(!seen.contains(&key), "{command:?} shares {key:?}");
            seen.push(key);
        }
    }
}

#[test]
fn every_verdict_has_words_icon_and_a_way_on() {
    for language in Language::ALL {
        let words = Words::new(language);
        for verdict in EVERY_VERDICT {
            let face = Face::of(verdict);
            assert!(face.icon.exists(), "{verdict:?}");
            for ending in ["title", "text", "seal"] {
                assert!(
                    !words.text(&face.key(ending)).starts_with('['),
                    "{verdict:?} {ending}"
                );
            }
            if !verdict.is_valid() {
                for ending in ["reason", "works"] {
                    let text = words.text(&face.key(ending));
                    assert!(!text.starts_with('['), "{verdict:?} {ending}");
                }
                assert!(!face.steps.keys().is_empty(), "{verdict:?}");
                for key in face.steps.keys() {
                    let more = format!("{key}-more");
                    assert!(!words.text(key).starts_with('['), "{key}");
                    assert!(!words.text(&more).starts_with('['), "{key}");
                }
            }
        }
        for ending in ["title", "text", "seal"] {
            let texts = EVERY_VERDICT.map(|verdict| words.text(&Face::of(verdict).key(ending)));
            for (at, text) in texts.iter().enumerate() {
                assert!(!texts[..at].contains(text), "two verdicts say {text}");
            }
        }
        for face in [Face::PARTIAL, Face::DAMAGED] {
            assert!(face.icon.exists());
            assert!(!words.text(&face.key("text-some")).starts_with('['));
        }
    }
}

#[test]
fn damaged_unknown_and_forged_share_no_sign() {
    use varaq_trust::Verdict;
    let faces = [
        Verdict::DamagedHead,
        Verdict::UnknownPublisher,
        Verdict::BadSignature,
        Verdict::Verified,
        Verdict::Pinned,
    ]
    .map(Face::of);
    for (i, one) in faces.iter().enumerate() {
        for other in &faces[i + 1..] {
            assert_ne!(one.icon.name(), other.icon.name());
            assert_ne!(one.rule, other.rule);
            assert_ne!(one.tone, other.tone);
        }
    }
}

#[test]
fn every_colour_role_is_in_both_themes_and_can_be_read() {
    let luminance = |c: eframe::egui::Color32| {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(c.r()) + 0.7152 * part(c.g()) + 0.0722 * part(c.b())
    };
    let contrast = |a, b| {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    for theme in [ThemeName::Light, ThemeName::Dark] {
        let c: Colours = theme.colours();
        assert!(
            !format!("{c:?}").contains("(255, 0, 255"),
            "a role is missing in {theme:?}"
        );
        for ink in [
            c.ink, c.ink2, c.ink3, c.accent, c.verified, c.same, c.unknown, c.forged, c.missing,
        ] {
            assert!(
                contrast(ink, c.page) >= 4.5,
                "{ink:?} on the page of {theme:?}"
            );
        }
        for ink in [c.ink, c.ink2, c.ink3] {
            assert!(contrast(ink, c.desk) >= 4.5 && contrast(ink, c.unknown_soft) >= 4.5);
        }
        assert!(contrast(c.on_verdict, c.forged) >= 4.5 && contrast(c.on_accent, c.accent) >= 4.5);
    }
}

#[test]
fn sizes_are_those_of_the_tokens() {
    use varaq_reader::theme::size as s;
    let tokens = include_str!("../../assets/theme/tokens.toml");
    let value = |section: &str, key: &str| -> String {
        let head = format!("[{section}]");
        let mut lines = tokens
            .lines()
            .skip_while(|line| !line.starts_with(&head))
            .skip(1)
            .take_while(|line| !line.starts_with('['));
        let line = lines
            .find(|line| line.split('=').next().is_some_and(|k| k.trim() == key))
            .unwrap_or_else(|| panic!("{section} {key}"));
        line.split_once('=')
            .unwrap()
            .1
            .split('#')
            .next()
            .unwrap()
            .trim()
            .to_owned()
    };
    let number = |section: &str, key: &str| value(section, key).parse::<f32>().unwrap();
    for (key, role) in [
        ("masthead", s::MASTHEAD),
        ("display", s::DISPLAY),
        ("title", s::TITLE),
        ("heading", s::HEADING),
        ("subheading", s::SUBHEADING),
        ("body", s::BODY),
        ("strong", s::STRONG),
        ("small", s::SMALL),
        ("caption", s::CAPTION),
        ("code_digits", s::CODE_DIGITS),
    ] {
        let expected = format!(
            "{{ size = {}, line = {:.2}, weight = {} }}",
            role.size, role.line, role.weight
        );
        assert_eq!(value("type", key), expected);
    }
    assert_eq!(number("reading", "size_default"), s::READING.0);
    assert_eq!(
        (
            number("reading", "size_min"),
            number("reading", "size_max"),
            number("reading", "size_step")
        ),
        (s::READING.1, s::READING.2, s::READING.3)
    );
    assert_eq!(
        (
            number("reading", "line_arabic"),
            number("reading", "line_latin")
        ),
        s::READING_LINE
    );
    for (key, size) in [
        ("top_bar", s::TOP_BAR),
        ("row", s::ROW),
        ("button", s::BUTTON),
        ("input", s::INPUT),
        ("icon", s::ICON),
        ("sheet_width", s::SHEET),
    ] {
        assert_eq!(number("size", key), size, "{key}");
    }
}

#[test]
fn days_are_told_in_both_calendars() {
    let (fa, en) = (Words::new(Language::Persian), Words::new(Language::English));
    let day_of = |y, m, d| {
        let date = jiff::civil::date(y, m, d);
        u32::try_from(
            date.since(jiff::civil::date(1970, 1, 1))
                .unwrap()
                .get_days(),
        )
        .unwrap()
    };
    let day = day_of(2026, 11, 23);
    assert_eq!(day::words_of(day, &fa), "دوشنبه ۲ آذر ۱۴۰۵");
    assert_eq!(day::words_of(day, &en), "Monday 23 November 2026");
    assert_eq!(day::beside(day, &en).unwrap(), "2 Azar 1405");
    // Days that the official calendar publishes, leap years on both sides among them.
    for (gregorian, jalali) in [
        ((2021, 3, 20), (1399, 12, 30)),
        ((2021, 3, 21), (1400, 1, 1)),
        ((2025, 3, 20), (1403, 12, 30)),
        ((2025, 3, 21), (1404, 1, 1)),
        ((2024, 3, 19), (1402, 12, 29)),
        ((2024, 3, 20), (1403, 1, 1)),
        ((1979, 2, 11), (1357, 11, 22)),
    ] {
        let civil = day::jalali(day_of(gregorian.0, gregorian.1, gregorian.2)).unwrap();
        assert_eq!((civil.year, civil.month, civil.day), jalali);
    }
    for day in [0, 1, 2_932_896] {
        assert!(!day::words_of(day, &fa).is_empty() && !day::words_of(day, &en).is_empty());
    }
}

#[test]
fn names_in_sentences_stand_between_isolates() {
    let words = Words::new(Language::Persian);
    let text = words.with("verdict-verified-text", &[("publisher", "Coast".into())]);
    assert!(text.contains("\u{2068}Coast\u{2069}"), "{text}");
    assert_eq!(words.size(14_200_000), "۱۴٫۲ مگابایت");
}

#[test]
fn a_new_file_takes_the_places_of_the_old_one_out_of_history() {
    let mut history = History::default();
    history.go(Place::Files);
    history.open_file();
    history.go(Place::Front);
    history.go(Place::Article(3));
    assert!(history.back() && history.here() == Place::Front);
    assert!(history.forward() && history.here() == Place::Article(3));
    history.open_file();
    assert_eq!(history.here(), Place::Verdict);
    assert!(history.back());
    assert_eq!(history.here(), Place::Files);
}
