//! Six languages: the same texts in each, their plurals, days, digits, order of names, and how they look.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#[path = "common/mod.rs"]
mod common;

use common::window::{Setup, Window};
use eframe::egui::{Key, vec2};
use std::collections::{BTreeMap, BTreeSet};
use varaq_page::{Direction, Fonts, Paragraph, Style};
use varaq_reader::{
    day, order,
    place::Place,
    words::{Language, Words},
};
use varaq_trust::State;

/// Text of each key, as it stands in the file.
fn texts(language: Language) -> BTreeMap<&'static str, String> {
    let mut found: BTreeMap<&'static str, String> = BTreeMap::new();
    let mut now = None;
    for line in language.source().lines() {
        match line.split_once(" =") {
            Some((key, text)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                assert!(
                    !found.contains_key(key),
                    "{} has {key} twice",
                    language.tag()
                );
                found.insert(key, text.to_owned());
                now = Some(key);
            }
            _ if line.starts_with([' ', '}']) => {
                let text = found.get_mut(now.unwrap()).unwrap();
                text.push('\n');
                text.push_str(line);
            }
            _ => now = None,
        }
    }
    found
}

fn variables(text: &str) -> BTreeSet<&str> {
    let parts = text.split("{ $").skip(1);
    let names = parts.map(|part| part.split([' ', '}']).next().unwrap());
    // What chooses the plural form need not be chosen by.
    names.filter(|name| *name != "count").collect()
}

#[test]
fn every_language_has_the_same_texts_and_no_fault() {
    let english: BTreeSet<_> = Language::English.keys().into_iter().collect();
    for language in Language::ALL {
        let own: BTreeSet<_> = language.keys().into_iter().collect();
        let missing: Vec<_> = english.difference(&own).collect();
        let surplus: Vec<_> = own.difference(&english).collect();
        assert!(missing.is_empty(), "{} lacks {missing:?}", language.tag());
        assert!(surplus.is_empty(), "{} has {surplus:?} too", language.tag());
        let words = Words::new(language);
        assert!(words.faults().is_empty(), "{:?}", words.faults());
        for key in language.keys() {
            let text = words.text(key);
            assert!(!text.starts_with('[') && !text.is_empty(), "{key}");
        }
    }
}

#[test]
fn every_text_has_the_variables_of_the_english_one() {
    let english = texts(Language::English);
    for language in Language::ALL {
        for (key, text) in texts(language) {
            let (mut own, mut wanted) = (variables(&text), variables(&english[key]));
            // A count that decides nothing is a word like any other.
            if !english[key].contains("$count ->") && english[key].contains("$count") {
                assert!(text.contains("{ $count }"), "{} {key}", language.tag());
            }
            if english[key].contains("$count ->") && text.contains("{ $shown }") {
                own.remove("shown");
                wanted.remove("shown");
            }
            assert_eq!(own, wanted, "{} {key}", language.tag());
        }
    }
}

/// Plural categories of CLDR. Persian nouns do not change after a number, so a plain text will do there.
fn categories(language: Language) -> &'static [&'static str] {
    match language {
        Language::Arabic => &["zero", "one", "two", "few", "many", "other"],
        Language::Russian => &["one", "few", "many", "other"],
        Language::Sorani | Language::Azeri | Language::English => &["one", "other"],
        Language::Persian => &["other"],
    }
}

#[test]
fn every_plural_has_the_categories_of_its_language() {
    let english = texts(Language::English);
    for language in Language::ALL {
        for (key, text) in texts(language) {
            let chosen = text.contains("$count ->");
            let must = language != Language::Persian && english[key].contains("$count ->");
            assert!(chosen || !must, "{} {key} has no plural", language.tag());
            for category in categories(language).iter().filter(|_| chosen) {
                let there = text.contains(&format!("[{category}]"));
                assert!(there, "{} {key} lacks [{category}]", language.tag());
            }
        }
    }
    let said = |language, count: u64| {
        let words = Words::new(language);
        let shown = words.number(count);
        words.with(
            "minutes",
            &[("count", count.into()), ("shown", shown.into())],
        )
    };
    let bare = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    for (count, text) in [
        (1, "1 минута"),
        (3, "3 минуты"),
        (11, "11 минут"),
        (21, "21 минута"),
    ] {
        assert_eq!(bare(said(Language::Russian, count)), text);
    }
    for (count, text) in [
        (1, "دقيقة واحدة"),
        (2, "دقيقتان"),
        (3, "٣ دقائق"),
        (11, "١١ دقيقة"),
        (100, "١٠٠ دقيقة"),
    ] {
        assert_eq!(bare(said(Language::Arabic, count)), text);
    }
}

#[test]
fn every_language_is_written_with_its_own_letters() {
    let wrong = |language| match language {
        Language::Persian => "يىكەێۆڕڵ",
        Language::Sorani => "يىكةؤأإثذصضظط",
        Language::Arabic => "یکەێۆڕڵپچژگ,;?",
        _ => "",
    };
    for language in Language::ALL {
        for (key, text) in texts(language) {
            // This one names letters of other keyboards.
            if key == "search-forgives" {
                continue;
            }
            let found = text.chars().find(|c| wrong(language).contains(*c));
            // Arabic keeps ASCII marks inside variables and commands; those have none of these.
            assert_eq!(found, None, "{} {key}: {text}", language.tag());
        }
    }
}

#[test]
fn names_days_and_digits_have_their_glyphs() {
    let mut fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let words = Words::new(language);
        let mut texts = vec![language.own_name().to_owned(), words.digits("0123456789")];
        texts.extend([1, 2_000, 3_500_000, 4_500_000_000].map(|bytes| words.size(bytes)));
        for day in (20_000..20_370).step_by(6) {
            texts.push(day::words_of(day, &words));
            texts.extend(day::beside(day, &words));
        }
        for text in texts {
            let (style, tag) = (Style::new(15.0, 1.7), language.tag());
            let paragraph = Paragraph::plain(&text, Direction::Auto, tag, style);
            assert_eq!(fonts.set(&paragraph, None, 1.0).missing(), 0, "{text}");
        }
    }
}

#[test]
fn days_follow_the_language() {
    let day = 20_780; // 23 November 2026
    for (language, text, beside) in [
        (
            Language::Persian,
            "دوشنبه ۲ آذر ۱۴۰۵",
            Some("\u{2066}23 Nov 2026\u{2069}"),
        ),
        (
            Language::Sorani,
            "دووشەممە، ٢٣ی تشرینی دووەمی ٢٠٢٦",
            Some("٢ی سەرماوەزی ١٤٠٥"),
        ),
        (Language::Arabic, "الاثنين، ٢٣ نوفمبر ٢٠٢٦", None),
        (
            Language::Azeri,
            "23 noyabr 2026, bazar ertəsi",
            Some("2 Azər 1405"),
        ),
        (Language::Russian, "понедельник, 23 ноября 2026 года", None),
        (
            Language::English,
            "Monday 23 November 2026",
            Some("2 Azar 1405"),
        ),
    ] {
        let words = Words::new(language);
        assert_eq!(day::words_of(day, &words), text);
        assert_eq!(day::beside(day, &words).as_deref(), beside);
    }
}

#[test]
fn the_language_of_the_pc_is_the_default() {
    for (tag, language) in [
        ("fa_IR.UTF-8", Language::Persian),
        ("ckb-IQ", Language::Sorani),
        ("ar_SY", Language::Arabic),
        ("az-Latn-AZ", Language::Azeri),
        ("az_IR", Language::Persian),
        ("ru_RU.UTF-8", Language::Russian),
        ("de-DE", Language::English),
        ("C", Language::English),
    ] {
        assert_eq!(Language::of_pc(tag), language, "{tag}");
    }
    // Azeri in other letters runs another way: it must not be taken for ours.
    assert_eq!(Language::from_tag("az-Arab"), None);
}

#[test]
fn names_stand_in_the_order_of_the_alphabet() {
    for (language, names) in [
        (
            Language::Persian,
            ["۲ خبر", "آب", "پیک", "تهران", "گزارش", "یاد"],
        ),
        (
            Language::Sorani,
            ["ئاو", "بەهار", "چیا", "ڕۆژ", "ژیان", "ێوار"],
        ),
        (
            Language::Arabic,
            ["أخبار", "بريد", "تقرير", "خبر", "كتاب", "يوم"],
        ),
        (
            Language::Azeri,
            ["Çay", "Dəniz", "Əsr", "Fikir", "Xəbər", "İl"],
        ),
        (
            Language::Russian,
            ["2 слова", "Ель", "Ёлка", "Жизнь", "Мир", "Эхо"],
        ),
        (
            Language::English,
            ["10", "apple", "Bread", "coast", "Delta", "ورق"],
        ),
    ] {
        let mut sorted = names;
        sorted.reverse();
        sorted.sort_by_cached_key(|name| order::key(name, language));
        assert_eq!(sorted, names);
    }
}

#[test]
fn sorani_and_arabic_look_as_kept() {
    look_as_kept([Language::Sorani, Language::Arabic]);
}

#[test]
fn azeri_and_russian_look_as_kept() {
    look_as_kept([Language::Azeri, Language::Russian]);
}

/// Four screens of each new language, as they were looked at and kept.
fn look_as_kept(new: [Language; 2]) {
    let mut wrong = Vec::new();
    let coast = common::coast();
    let bytes = common::issue(&coast).signed(&[0, 1]);
    for language in new {
        let mut keep = |window: &mut Window, name: &str| {
            let name = format!("{name}-{}", language.tag());
            wrong.extend(window.picture().trimmed(0).compare(&name).err());
        };
        let setup = || Setup {
            language,
            state: State::from(coast.pins(true)),
            size: vec2(1_100.0, 760.0),
            ..Setup::default()
        };
        let mut window = Window::of(setup());
        keep(&mut window, "language-start");
        let mut window = Window::opened_of(Setup {
            bytes: Some(&bytes),
            ..setup()
        });
        window.wait(|window| window.app().has_code());
        keep(&mut window, "language-verdict");
        window.press(Key::Enter);
        window.until(|app| app.here() == Place::Front);
        window.until(|app| app.has_lead_picture());
        keep(&mut window, "language-front");
        window.press(Key::J);
        window.press(Key::Enter);
        window.until(|app| app.article().is_some_and(|article| article.has_picture()));
        keep(&mut window, "language-article");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
