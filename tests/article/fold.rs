//! What words become, what a question asks for, and which places it hits.

use proptest::prelude::*;
use varaq_article::fold::{Expression, Query, words};

fn folded(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(text, |_, word| all.push(word.to_owned()));
    all
}

fn hits<'t>(typed: &str, text: &'t str) -> Vec<&'t str> {
    let hits = Query::parse(typed, false).hits(text);
    hits.into_iter().map(|hit| &text[hit]).collect()
}

fn leaves(expression: &Expression) -> Vec<(String, bool)> {
    match expression {
        Expression::Phrase { words, prefix } => vec![(words.join(" "), *prefix)],
        Expression::All(held) | Expression::Any(held) => held.iter().flat_map(leaves).collect(),
    }
}

#[test]
fn every_word_comes_with_its_place_and_its_parts() {
    let text = "«می\u{200c}خواهم» 1,234 well-known İŞÇİLƏR";
    let mut found = Vec::new();
    words(text, |range, word| {
        found.push((&text[range], word.to_owned()))
    });
    assert_eq!(
        found,
        [
            ("می\u{200c}خواهم", "می خواهم".to_owned()),
            ("1,234", "1234".to_owned()),
            ("well-known", "well known".to_owned()),
            ("İŞÇİLƏR", "isciler".to_owned()),
        ]
    );
}

#[test]
fn numbers_fold_by_their_groups_and_split_at_their_points() {
    assert_eq!(
        folded("۱٬۲۳۴٬۵۶۷ ١٬٢٣٤ 1.234 1\u{a0}234"),
        ["1234567", "1234", "1234", "1234"]
    );
    assert_eq!(
        folded("2.5 ۲٫۵ 0.125 1,234.567"),
        ["2", "5", "2", "5", "0", "125", "1234", "567"]
    );
    assert_eq!(
        folded("1404/05/06 2026-11-23 05.06"),
        ["1404", "05", "06", "2026", "11", "23", "05", "06"]
    );
    assert_eq!(
        folded("in 2020,300 COVID-19 1990-95"),
        ["in", "2020", "300", "covid 19", "1990", "95"]
    );
}

#[test]
fn what_cannot_be_seen_or_stands_for_a_vowel_is_dropped() {
    assert_eq!(
        folded("كِتَابٌ کـــتاب \u{202b}کتاب\u{202c} کتا\u{ad}ب رحمٰن"),
        ["کتاب", "کتاب", "کتاب", "کتاب", "رحمن"]
    );
    assert_eq!(
        folded("za\u{301}mok замо\u{301}к и\u{306}од йод і\u{308}жа їжа"),
        ["zamok", "замок", "йод", "йод", "їжа", "їжа"]
    );
    assert_eq!(
        folded("ﻛﺘﺎﺏ ﷲ ﻻ ﷺ Ａｚ１ ﬁn"),
        ["کتاب", "الله", "لا", "صلی الله علیه وسلم", "az1", "fin"]
    );
}

#[test]
fn marks_without_a_letter_are_no_word() {
    assert!(folded("ـــ \u{64b} — … \u{200c} ' - \u{feff} ™ 🙂").is_empty());
}

#[test]
fn short_words_keep_their_hamza_and_long_ones_lose_it() {
    assert_eq!(folded("ماء اعضاء أعضاء"), ["ماء", "اعضا", "اعضا"]);
}

#[test]
fn a_dash_of_two_hyphens_parts_words_and_initials_join() {
    assert_eq!(
        folded("now--then U.S.A. e.g. bbc.com -x- 'y'"),
        ["now", "then", "u s a", "e g", "bbc", "com", "x", "y"]
    );
}

#[test]
fn a_question_without_a_word_is_empty_and_asks_for_nothing() {
    for typed in ["", "  ", "«»", "?!", "\"", "\u{200c}"] {
        let query = Query::parse(typed, true);
        assert!(
            query.is_empty() && query.expression().is_none(),
            "{typed:?}"
        );
        assert!(query.matches("anything") && query.hits("anything").is_empty());
        assert_eq!(query, Query::default());
    }
}

#[test]
fn the_last_word_goes_on_only_while_it_is_typed() {
    assert!(Query::parse("journ", true).matches("The journalist"));
    assert!(!Query::parse("journ", false).matches("The journalist"));
    for ended in ["journ ", "\"journ\"", "journ\n", "nalist jour"] {
        assert!(
            !Query::parse(ended, true).matches("The journalist"),
            "{ended:?}"
        );
    }
    assert!(Query::parse("\"the journ", true).matches("The journalist"));
    assert!(Query::parse("روزنامه‌نگ", true).matches("روزنامه‌نگاران آزاد"));
    assert!(Query::parse("میخواه", true).matches("نمی‌دانم چه می خواهند"));
}

#[test]
fn a_single_letter_is_not_taken_for_a_beginning() {
    assert!(!Query::parse("j", true).matches("The journalist"));
    assert!(Query::parse("vitamin c", true).matches("Vitamin C"));
}

#[test]
fn all_words_must_occur_and_phrases_as_they_stand() {
    let text = "The council of the city met before the strike";
    assert!(Query::parse("strike council", false).matches(text));
    assert!(!Query::parse("strike mayor", false).matches(text));
    for marks in [("«", "»"), ("“", "”"), ("\"", "\""), ("„", "“"), ("»", "«")] {
        let phrase = |words: &str| format!("{}{words}{}", marks.0, marks.1);
        assert!(Query::parse(&phrase("city met"), false).matches(text));
        assert!(!Query::parse(&phrase("met city"), false).matches(text));
    }
    assert!(Query::parse("\"council of\" strike", false).matches(text));
    assert!(!Query::parse("\"council strike\"", false).matches(text));
}

#[test]
fn words_are_hit_one_by_one_and_phrases_as_a_whole() {
    let text = "Water, water: the cleanest WATER of the river.";
    assert_eq!(
        hits("river water", text),
        ["Water", "water", "WATER", "river"]
    );
    assert_eq!(
        hits("\"water the cleanest\"", text),
        ["water: the cleanest"]
    );
    assert_eq!(hits("water lake", text), ["Water", "water", "WATER"]);
    assert!(hits("wat", text).is_empty());
}

#[test]
fn a_hit_covers_the_marks_and_joiners_of_its_letters() {
    assert_eq!(hits("كتاب", "قرأتُ كِتَابًا جديدًا").len(), 0);
    assert_eq!(hits("كتابا", "قرأتُ كِتَابًا جديدًا"), ["كِتَابًا"]);
    assert_eq!(
        hits("میخواهم", "من می\u{200c}خواهم بروم"),
        ["می\u{200c}خواهم"]
    );
    assert_eq!(
        hits("می خواهم", "من می\u{200c}خواهم بروم"),
        ["می\u{200c}خواهم"]
    );
    assert_eq!(hits("می\u{200c}خواهم", "من می خواهم بروم"), ["می خواهم"]);
    assert_eq!(hits("کتاب", "کتاب\u{200c}ها را"), ["کتاب\u{200c}"]);
    assert_eq!(hits("known", "a well-known man"), ["known"]);
}

#[test]
fn neighbours_in_the_joined_list_are_hit_apart() {
    let text = "می\u{200c}رود و خانه و کتاب\u{200c}ها";
    assert_eq!(
        hits("\"میرود کتابها\"", text),
        ["می\u{200c}رود", "کتاب\u{200c}ها"]
    );
}

#[test]
fn a_question_stays_cheap() {
    let long = "می‌خواهم ۲۰میلیون كتاب هيئت مسئوليت ".repeat(500);
    let phrase = format!("\"{long}\"");
    for typed in [
        long.as_str(),
        phrase.as_str(),
        &"a-".repeat(9000),
        &"x".repeat(90_000),
    ] {
        let query = Query::parse(typed, true);
        let leaves = leaves(query.expression().unwrap());
        assert!(leaves.len() <= 16 * 12, "{}", leaves.len());
        let words = leaves.iter().map(|(words, _)| words.split(' ').count());
        assert!(words.max().unwrap() <= 32);
    }
    for typed in [
        "كتاب",
        "حرب",
        "مسئوليت",
        "میخواهم",
        "12345",
        "روزنامه‌نگار",
        "journalist",
    ] {
        let query = Query::parse(typed, false);
        let leaves = leaves(query.expression().unwrap());
        assert!(leaves.len() <= 8, "{typed}: {leaves:?}");
    }
}

#[test]
fn plain_words_are_asked_for_plainly() {
    let plain = Query::parse("journalist", true);
    let phrase = Expression::Phrase {
        words: vec!["journalist".to_owned()],
        prefix: true,
    };
    assert_eq!(plain.expression(), Some(&phrase));
}

#[test]
fn every_character_folds_to_what_folds_to_itself() {
    for c in '\0'..=char::MAX {
        for text in [c.to_string(), format!("ا{c}ب"), format!("1{c}234")] {
            let once = folded(&text).join(" ");
            let letters = |c: char| c == ' ' || matches!(c, 'a'..='z' | '0'..='9') || !c.is_ascii();
            assert!(once.chars().all(letters), "{text:?} {once:?}");
            assert_eq!(
                folded(&once).join(" "),
                once,
                "{text:?} U+{:04X}",
                u32::from(c)
            );
        }
    }
}

/// Strings in which everything that the fold treats apart is common.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "می", "ها", "ی", "خانه", "كتاب", "کتاب", "ئ", "ء", "اء", "ال", "ۀ", "لا", "ﷲ", "ـ", "\u{64e}",
            "\u{200c}", "\u{200d}", "\u{200f}", "\u{ad}", "\u{feff}", " ", " ", " ", "-", "'", "’", ".", ",", "٬",
            "٫", "۱", "٢", "3", "234", "567", "0", "é", "e\u{301}", "İ", "I", "ı", "ə", "ß", "Æ", "Ж", "й",
            "и\u{306}", "ё", "\"", "«", "»", "“", "\u{a0}", "_", "/", "\n", "A", "b", "ﺉ", "½", "हिन्दी", "한국", "、",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn words_lie_in_the_text_in_order_on_boundaries(text in text()) {
        let mut end = 0;
        words(&text, |range, word| {
            assert!(range.start >= end && range.start < range.end, "{range:?} after {end}");
            assert!(text.get(range.clone()).is_some());
            assert!(!word.is_empty() && word.split(' ').all(|part| !part.is_empty()));
            end = range.end;
        });
    }

    #[test]
    fn folding_twice_is_folding_once(text in text()) {
        let once = folded(&text).join(" ");
        prop_assert_eq!(folded(&once).join(" "), once);
    }

    #[test]
    fn a_text_of_few_words_finds_itself(text in text(), typing: bool) {
        prop_assert!(Query::parse(&text, typing).matches(&text), "{:?}", Query::parse(&text, typing));
    }

    #[test]
    fn a_text_is_found_from_its_decomposed_form(text in text()) {
        use unicode_normalization::UnicodeNormalization;
        let apart: String = text.nfd().collect();
        prop_assert!(Query::parse(&apart, false).matches(&text), "{:?} {:?}", folded(&apart), folded(&text));
    }

    #[test]
    fn hits_lie_in_the_text_in_order_and_apart(text in text(), typed in text(), typing: bool) {
        let query = Query::parse(&typed, typing);
        let hits = query.hits(&text);
        let mut end = None;
        for hit in &hits {
            prop_assert!(hit.start < hit.end && end.is_none_or(|end| hit.start > end), "{hits:?}");
            prop_assert!(text.get(hit.clone()).is_some());
            end = Some(hit.end);
        }
        if query.matches(&text) {
            prop_assert!(query.is_empty() || !hits.is_empty());
        }
    }

    #[test]
    fn any_string_can_be_folded_asked_and_looked_through(text: String, typed: String, typing: bool) {
        let query = Query::parse(&typed, typing);
        let _ = query.hits(&text);
        let _ = query.matches(&text);
        words(&text, |_, _| {});
    }
}
