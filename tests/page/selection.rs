//! Selecting, copying, finding and typing are in logical order, whatever the screen shows.

use varaq_page::{
    Direction, Edit, Field, Fonts, Lines, Paragraph, Span, Style, copied, extend_match, find,
};

const MIXED: &str = "ما می‌خواهیم OpenSSL 3.0 را در سال ۱۴۰۴ (با احتیاط) به‌روز کنیم.";

fn set(fonts: &mut Fonts, text: &str, width: Option<f32>) -> Lines {
    let paragraph = Paragraph::plain(text, Direction::Rtl, "fa", Style::new(20.0, 1.9));
    fonts.set(&paragraph, width, 1.0)
}

#[test]
fn a_range_over_a_change_of_direction_is_several_areas() {
    let mut fonts = Fonts::bundled().unwrap();
    let lines = set(&mut fonts, MIXED, None);
    let start = MIXED.find("خواهیم").unwrap();
    let end = MIXED.find("SSL").unwrap();
    let areas = lines.areas(start..end);
    assert_eq!(
        areas.len(),
        2,
        "the end of the word and the beginning of the name do not touch"
    );
    let whole = lines.areas(0..MIXED.len());
    let width: f32 = whole.iter().map(|area| area.right - area.left).sum();
    assert!((width - lines.width()).abs() < 1.0);
}

#[test]
fn every_letter_is_hit_in_its_middle() {
    let mut fonts = Fonts::bundled().unwrap();
    let lines = set(&mut fonts, MIXED, Some(180.0));
    assert!(lines.line_count() > 2);
    for line in 0..lines.line_count() {
        for letter in lines.visual_order(line) {
            let Some(area) = lines.areas(letter.clone()).first().copied() else {
                continue;
            };
            let (x, y) = (
                (area.left + area.right) / 2.0,
                (area.top + area.bottom) / 2.0,
            );
            let hit = lines.offset_at(x, y);
            assert!(hit == letter.start || hit == letter.end, "{letter:?} {hit}");
        }
    }
}

#[test]
fn a_word_with_a_joiner_is_one_word() {
    let mut fonts = Fonts::bundled().unwrap();
    let lines = set(&mut fonts, MIXED, None);
    let start = MIXED.find("می‌خواهیم").unwrap();
    let area = lines.areas(start..start + 2)[0];
    let word = lines.word_at((area.left + area.right) / 2.0, 10.0);
    assert_eq!(&MIXED[word], "می‌خواهیم");
}

#[test]
fn what_is_copied_is_a_slice_of_the_text() {
    let texts = ["بند یکم با نام Ada", "دومین بند", "سوم"];
    let text = |index: usize| texts.get(index).copied();
    let name = texts[0].find("Ada").unwrap();
    assert_eq!(copied(text, (0, name), (1, 6)), "Ada\n\nدوم");
    assert_eq!(
        copied(text, (1, 6), (0, name)),
        "Ada\n\nدوم",
        "ends may come in either order"
    );
    assert_eq!(
        copied(text, (2, 1), (9, 999)),
        "سوم",
        "ends are moved to the text"
    );
    let code = ["نویسهٔ \u{2066}a[0]\u{2069} است"];
    let all = copied(|index| code.get(index).copied(), (0, 0), (0, 99));
    assert_eq!(
        all, "نویسهٔ a[0] است",
        "isolates that the page added are not copied"
    );
}

#[test]
fn lines_break_again_without_being_set_again() {
    let mut fonts = Fonts::bundled().unwrap();
    let mut lines = set(&mut fonts, MIXED, Some(180.0));
    let narrow = (lines.line_count(), lines.height());
    lines.break_again(None);
    assert_eq!(lines.line_count(), 1);
    lines.break_again(Some(180.0));
    assert_eq!((lines.line_count(), lines.height()), narrow);
    let covered: usize = lines
        .line_areas()
        .iter()
        .map(|(range, _)| range.len())
        .sum();
    assert_eq!(covered, MIXED.len());
}

#[test]
fn a_match_takes_the_marks_of_its_last_letter() {
    let text = "خانهٔ ما و می‌خواهیم و كِتابی";
    assert_eq!(
        extend_match(text, text.find('ٔ').unwrap()),
        text.find(" ما").unwrap()
    );
    let hits = find([text].into_iter(), "می");
    assert_eq!(hits.len(), 1);
    let mut fonts = Fonts::bundled().unwrap();
    let lines = set(&mut fonts, text, None);
    let areas = lines.match_areas(hits[0].range.clone());
    let width: f32 = areas.iter().map(|area| area.right - area.left).sum();
    assert!(width > 15.0, "both letters are covered: {width}");
}

#[test]
fn words_are_found_however_they_were_typed() {
    let texts = [
        "کتابِ یک",
        "Об İstanbul",
        "سال ۱۴۰۴",
        "در \u{2066}a.b\u{2069} بود",
        "ABC",
    ];
    for (words, text) in [
        ("كتاب", 0),
        ("کتاب يک", 0),
        ("istanbul", 1),
        ("1404", 2),
        ("a.b بود", 3),
        ("abc", 4),
    ] {
        let hits = find(texts.into_iter(), words);
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!(hits[0].text, text);
    }
    assert!(find(texts.into_iter(), " ").is_empty());
    assert!(find(texts.into_iter(), "نیست").is_empty());
}

#[test]
fn a_link_is_hit_where_it_stands() {
    let mut fonts = Fonts::bundled().unwrap();
    let mut paragraph = Paragraph::plain(MIXED, Direction::Rtl, "fa", Style::new(20.0, 1.9));
    let start = MIXED.find("OpenSSL").unwrap();
    let mut span = Span::over(start..start + 11);
    span.ink.link = 7;
    paragraph.spans.push(span);
    let lines = fonts.set(&paragraph, None, 1.0);
    let area = lines.areas(start..start + 11)[0];
    let middle = (area.left + area.right) / 2.0;
    assert_eq!(lines.ink_at(middle, 15.0).unwrap().link, 7);
    assert_eq!(lines.ink_at(area.right + 9.0, 15.0).unwrap().link, 0);
    assert_eq!(lines.ink_at(middle, 5_000.0), None);
    let mut underlined = 0.0;
    lines.each_run(|run| underlined += run.underline().map_or(0.0, |line| line.width));
    assert!((underlined - (area.right - area.left)).abs() < 1.0);
}

#[test]
fn a_field_moves_its_caret_as_the_eye_does() {
    let mut fonts = Fonts::bundled().unwrap();
    let mut field = Field::new("سلام abc");
    let lines = field.set(&mut fonts, Direction::Rtl, "fa", Style::new(18.0, 1.5), 1.0);
    let mut seen = Vec::new();
    field.place(0, false);
    for _ in 0..20 {
        seen.push(field.caret_area(&lines, 1.0).left);
        field.apply(&Edit::Left(false), &lines);
    }
    assert!(
        seen.windows(2).all(|pair| pair[1] <= pair[0] + 0.01),
        "{seen:?}"
    );
    assert!(seen[0] - seen[seen.len() - 1] > lines.width() * 0.9);
}

#[test]
fn a_field_types_replaces_and_composes() {
    let mut fonts = Fonts::bundled().unwrap();
    let mut field = Field::default();
    let mut apply = |field: &mut Field, edit: Edit| {
        let lines = field.set(
            &mut fonts,
            Direction::Auto,
            "fa",
            Style::new(18.0, 1.5),
            1.0,
        );
        field.apply(&edit, &lines)
    };
    assert!(apply(&mut field, Edit::Insert("سلام\nabc".to_owned())));
    assert_eq!(
        field.text(),
        "سلام abc",
        "a line end does not enter a field of one line"
    );
    apply(&mut field, Edit::Backspace);
    assert_eq!(field.text(), "سلام ab");
    apply(&mut field, Edit::Compose("に".to_owned()));
    apply(&mut field, Edit::Compose("にほ".to_owned()));
    assert_eq!(field.text(), "سلام abにほ");
    apply(&mut field, Edit::Insert("日本".to_owned()));
    assert_eq!(field.text(), "سلام ab日本");
    apply(&mut field, Edit::SelectAll);
    assert_eq!(field.selected(), "سلام ab日本");
    apply(&mut field, Edit::Delete);
    assert_eq!(field.text(), "");
    assert!(
        !apply(&mut field, Edit::Delete),
        "nothing is left to delete"
    );
    field = Field::new("نَه");
    field.place(0, false);
    apply(&mut field, Edit::Delete);
    assert_eq!(field.text(), "ه", "a letter goes with its marks");
}

#[test]
fn signs_in_code_keep_their_places_around_persian_words() {
    let mut fonts = Fonts::bundled().unwrap();
    let text = "let s = \"ورق سپید\"; // 3\tx";
    let mut style = Style::new(16.0, 1.5);
    style.face = varaq_page::Face::Mono;
    let lines = fonts.set(
        &Paragraph::plain(text, Direction::Ltr, "", style),
        None,
        1.0,
    );
    let left = |sign: &str| {
        let at = text.rfind(sign).unwrap();
        lines.areas(at..at + sign.len())[0].left
    };
    let places = ["=", "سپید", "\";", "//", "3", "x"].map(left);
    assert!(places.is_sorted(), "{places:?}");
    assert!(
        left("ورق") > left("سپید"),
        "words of a string are read from the right"
    );
    for line in lines.visual_order(0) {
        assert!(text.get(line).is_some());
    }
}
