//! No text, range, size or point breaks a page.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use proptest::prelude::*;
use std::cell::RefCell;
use varaq_article::{Alignment, Article, Block, Inline, Role};
use varaq_page::{
    Align, Canvas, Direction, Edit, Face, Field, Fonts, Paragraph, Rows, Setting, Span, Style,
    copied, extend_match, find,
};

thread_local! {
    static FONTS: RefCell<Fonts> = RefCell::new(Fonts::bundled().unwrap());
}

/// Letters that interact: both directions, marks, joiners, controls, line ends.
fn text() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(
        "abİəش‌ه‍ئ۱٢3 ().,:/\t\r\n\u{0}\u{7f}\u{85}\u{2028}\u{2029}\u{200e}\u{200f}\u{61c}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}\u{fffc}\u{301}\u{64e}אв漢😀👨‍👩‍👧🏽ﷺ\u{e000}\u{10ffff}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let mixed = prop::collection::vec(letters, 0..60).prop_map(|all| all.into_iter().collect());
    prop_oneof![3 => mixed, 1 => any::<String>()]
}

fn direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(vec![Direction::Auto, Direction::Ltr, Direction::Rtl])
}

fn number() -> impl Strategy<Value = f32> {
    prop_oneof![4 => -50.0_f32..900.0, 1 => any::<f32>()]
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let span = (0..80_usize, 0..80_usize, any::<[bool; 4]>(), 0..3_u32);
    let language =
        prop::sample::select(vec!["", "fa", "ckb", "ru", "en", "az", "x-broken-tag", "؟"]);
    let spans = prop::collection::vec(span, 0..4);
    (
        text(),
        direction(),
        language,
        spans,
        number(),
        number(),
        0..5_u8,
    )
        .prop_map(|(text, direction, language, spans, size, line, look)| {
            let mut style = Style::new(size, line).weight(u16::from(look) * 250);
            style.align = [
                Align::Start,
                Align::Centre,
                Align::End,
                Align::Justify,
                Align::Start,
            ][usize::from(look)];
            style.face = if look == 4 { Face::Mono } else { Face::Text };
            let mut paragraph = Paragraph::plain(&text, direction, language, style);
            for (start, end, [strong, emphasis, code, raised], link) in spans {
                let mut span = Span::over(start..end);
                (span.strong, span.emphasis, span.code, span.raised) =
                    (strong, emphasis, code, raised);
                span.ink.link = link;
                paragraph.spans.push(span);
            }
            paragraph
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_paragraph_is_set_and_measured(
        paragraph in paragraph(), width in prop::option::of(number()), scale in number(),
        ends in (0..90_usize, 0..90_usize), point in (number(), number()),
    ) {
        FONTS.with_borrow_mut(|fonts| {
            let mut lines = fonts.set(&paragraph, width, scale);
            let text = paragraph.text.as_str();
            prop_assert!(lines.line_count() > 0);
            let hit = lines.offset_at(point.0, point.1);
            prop_assert!(text.is_char_boundary(hit));
            for range in [lines.word_at(point.0, point.1), lines.line_at(point.0, point.1)] {
                prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
            }
            let _ = lines.ink_at(point.0, point.1);
            let _ = lines.caret(ends.0, 1.0);
            let _ = lines.areas(ends.0..ends.1);
            let _ = lines.match_areas(ends.0..ends.1);
            let _ = lines.beside(ends.0, true);
            let mut covered = 0;
            for (range, _) in lines.line_areas() {
                prop_assert!(text.get(range.clone()).is_some());
                covered = covered.max(range.end);
            }
            prop_assert!(covered <= text.len());
            let _ = lines.missing();
            lines.break_again(width.map(|width| width / 2.0));
            prop_assert!(lines.height().is_finite());
            Ok(())
        })?;
    }

    #[test]
    fn any_field_takes_any_edit(start in text(), edits in prop::collection::vec((0..9_u8, text(), any::<bool>(), 0..90_usize), 0..12)) {
        FONTS.with_borrow_mut(|fonts| {
            let mut field = Field::new(&start);
            for (kind, words, select, place) in edits {
                let lines = field.set(fonts, Direction::Auto, "fa", Style::new(18.0, 1.5), 1.0);
                let edit = match kind {
                    0 => Edit::Insert(words),
                    1 => Edit::Backspace,
                    2 => Edit::Delete,
                    3 => Edit::Left(select),
                    4 => Edit::Right(select),
                    5 => Edit::Home(select),
                    6 => Edit::End(select),
                    7 => Edit::SelectAll,
                    _ => Edit::Compose(words),
                };
                if kind % 4 == 0 {
                    field.place(place, select);
                }
                field.apply(&edit, &lines);
                prop_assert!(field.text().get(field.selection()).is_some());
            }
            Ok(())
        })?;
    }

    #[test]
    fn finding_and_copying_stay_inside_the_text(a in text(), b in text(), words in text(), ends in any::<[(u8, u8); 2]>()) {
        let texts = [a.as_str(), b.as_str()];
        for hit in find(texts.into_iter(), &words) {
            prop_assert!(texts[hit.text].get(hit.range.clone()).is_some());
            let _ = extend_match(texts[hit.text], hit.range.end);
        }
        let place = |(text, offset): (u8, u8)| (usize::from(text % 4), usize::from(offset));
        let _ = copied(|index| texts.get(index).copied(), place(ends[0]), place(ends[1]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_paragraph_is_drawn(paragraph in paragraph(), x in number(), y in number()) {
        FONTS.with_borrow_mut(|fonts| {
            let mut paragraph = paragraph.clone();
            paragraph.style.size = paragraph.style.size.clamp(1.0, 60.0);
            let lines = fonts.set(&paragraph, Some(200.0), 1.0);
            Canvas::new(120, 80, [255; 3]).draw(&lines, x, y, |_| [0; 3]);
        });
    }

    #[test]
    fn any_article_becomes_rows(words in prop::collection::vec(text(), 6), width in number(), size in 8.0_f32..60.0) {
        let inline = |at: usize| vec![Inline::Strong(vec![Inline::Text(words[at].clone())]), Inline::Break, Inline::Code(words[(at + 1) % 6].clone()), Inline::FootnoteRef(at as u32)];
        let body = |at: usize| Block::Paragraph { role: Role::Body, text: inline(at) };
        let article = Article { blocks: vec![
            Block::Heading { level: 1, text: inline(0) },
            Block::Quote(vec![Block::List { start: Some(u32::MAX), items: vec![vec![body(1)], vec![], vec![Block::Rule]] }]),
            Block::Table { alignments: vec![Alignment::Start; 3], header_rows: 9, rows: vec![vec![inline(2), inline(3), vec![]]] },
            Block::Code { language: words[4].clone(), text: words[5].clone() },
            Block::Footnote { label: 0, blocks: vec![Block::Image { medium: 9, alt: words[0].clone(), caption: inline(5) }] },
        ] };
        let setting = Setting { size, line: 1.9, justify: true, direction: Direction::Rtl, language: "fa".to_owned(), digits: ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹'] };
        let rows = Rows::of(&article, &setting);
        prop_assert!(rows.rows.len() >= 6);
        FONTS.with_borrow_mut(|fonts| {
            for row in &rows.rows {
                prop_assert!(row.guess_height(width).is_finite());
                let _ = fonts.set(&row.paragraph, Some(width), 1.0);
            }
            Ok(())
        })?;
    }
}
