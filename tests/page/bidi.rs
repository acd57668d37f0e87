//! The order of letters on a line is that of UAX #9, and numbers are not turned round.

use std::collections::HashMap;
use varaq_page::{Direction, Fonts, Lines, Paragraph, Style};

/// Where distributions keep the Unicode Character Database.
const CASES: &str = "/usr/share/unicode/BidiCharacterTest.txt";

fn line(fonts: &mut Fonts, text: &str, direction: Direction) -> Lines {
    let paragraph = Paragraph::plain(text, direction, "", Style::new(20.0, 1.5));
    fonts.set(&paragraph, None, 1.0)
}

/// Letters from left to right, each by the number of its first character.
fn order(text: &str, lines: &Lines) -> Vec<Vec<usize>> {
    let numbers: HashMap<usize, usize> = text.char_indices().map(|(at, _)| at).zip(0..).collect();
    let letters = (0..lines.line_count()).flat_map(|line| lines.visual_order(line));
    letters
        .map(|range| {
            let mut held: Vec<usize> = range.filter_map(|at| numbers.get(&at).copied()).collect();
            held.sort_unstable();
            held
        })
        .collect()
}

/// A case of the file as letters: characters that share a letter stand or fall together.
fn expected(
    ours: &[Vec<usize>],
    theirs: &[usize],
    keep: impl Fn(usize) -> bool,
) -> [Vec<usize>; 2] {
    let mut letter_of = HashMap::new();
    for (letter, held) in ours.iter().enumerate() {
        letter_of.extend(held.iter().map(|number| (*number, letter)));
    }
    let letters = |numbers: &mut dyn Iterator<Item = usize>| {
        let mut seen = Vec::new();
        for number in numbers.filter(|number| theirs.contains(number) && keep(*number)) {
            let letter = letter_of.get(&number).copied().unwrap_or(usize::MAX);
            if !seen.contains(&letter) {
                seen.push(letter);
            }
        }
        seen
    };
    let own = letters(&mut ours.iter().flatten().copied());
    let other = letters(&mut theirs.iter().copied());
    [own, other]
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn letters_stand_in_the_order_of_the_unicode_cases() {
    let Ok(cases) = std::fs::read_to_string(CASES) else {
        assert!(
            std::env::var_os("VARAQ_REQUIRE_ALL").is_none(),
            "{CASES} is missing"
        );
        println!("not tested here: order of the Unicode cases, no {CASES}");
        return;
    };
    let mut fonts = Fonts::bundled().unwrap();
    let (mut same, mut spaces, mut tabs, mut wrong) = (0, 0, 0, Vec::new());
    for case in cases
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let fields: Vec<&str> = case.split(';').collect();
        let letter = |code: &str| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
        let text: String = fields[0].split(' ').map(letter).collect();
        let characters: Vec<char> = text.chars().collect();
        let direction =
            [Direction::Ltr, Direction::Rtl, Direction::Auto][fields[1].parse::<usize>().unwrap()];
        let numbers = fields[4].split_whitespace().map(|n| n.parse().unwrap());
        let theirs: Vec<usize> = numbers.collect();
        let ours = order(&text, &line(&mut fonts, &text, direction));
        let [own, other] = expected(&ours, &theirs, |_| true);
        if own == other {
            same += 1;
            continue;
        }
        let visible = |number: usize| {
            let c = characters[number];
            !is_control(c) && !c.is_whitespace()
        };
        let [own, other] = expected(&ours, &theirs, visible);
        if own == other {
            spaces += 1;
        } else if characters.contains(&'\t') {
            // A tab parts a line into segments (rule L1); we set it as spaces, which do not.
            tabs += 1;
        } else if wrong.len() < 20 {
            wrong.push(format!("{case}\n   ours {own:?}\n theirs {other:?}"));
        }
    }
    println!(
        "{same} cases in the same order, {spaces} where only spaces or invisible controls differ, \
         {tabs} where a tab is set as spaces, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(same > 80_000 && spaces == 0 && tabs <= 1);
}

#[test]
fn persian_numbers_are_read_from_left_to_right() {
    let mut fonts = Fonts::bundled().unwrap();
    for (text, number) in [
        ("در سال ۱۴۰۴ بود", "۱۴۰۴"),
        ("۱۴۰۴", "۱۴۰۴"),
        ("سنة ١٩٤٨ كانت", "١٩٤٨"),
        ("شماره 2025 است", "2025"),
    ] {
        for direction in [Direction::Rtl, Direction::Ltr, Direction::Auto] {
            let lines = line(&mut fonts, text, direction);
            let shown: String = lines
                .visual_order(0)
                .into_iter()
                .map(|range| &text[range])
                .collect();
            assert!(shown.contains(number), "{shown} {direction:?}");
            let start = text.find(number).unwrap();
            let mut left = f32::MIN;
            for (at, digit) in number.char_indices() {
                let at = start + at;
                let areas = lines.areas(at..at + digit.len_utf8());
                assert_eq!(areas.len(), 1);
                assert!(areas[0].left > left, "{digit} of {number}");
                left = areas[0].left;
            }
        }
    }
}

#[test]
fn direction_comes_from_what_is_declared() {
    let mut fonts = Fonts::bundled().unwrap();
    let text = "OpenSSL را به‌روز کردیم";
    assert!(line(&mut fonts, text, Direction::Rtl).is_rtl());
    assert!(!line(&mut fonts, text, Direction::Auto).is_rtl());
    assert!(line(&mut fonts, "«گزارش» today", Direction::Auto).is_rtl());
    let first = line(&mut fonts, text, Direction::Rtl).visual_order(0);
    assert_eq!(
        first.last().unwrap().start,
        "OpenSS".len(),
        "the name is at the right, read from left to right"
    );
}

#[test]
fn brackets_are_mirrored_and_keep_their_words() {
    let mut fonts = Fonts::bundled().unwrap();
    let text = "نسخه (beta 2) آمد";
    let lines = line(&mut fonts, text, Direction::Rtl);
    let open = text.find('(').unwrap();
    let close = text.find(')').unwrap();
    let left = |at: usize| lines.areas(at..at + 1)[0].left;
    assert!(
        left(open) > left(close),
        "an opening bracket stands at the right of what it opens"
    );
}
