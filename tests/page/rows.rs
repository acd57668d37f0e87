//! Articles become rows, and guessed heights are near the true ones.

use varaq_article::{Alignment, Article, Block, Inline, Role};
use varaq_page::{Direction, Fonts, Lines, Marker, Paragraph, RowKind, Rows, Setting};

const PERSIAN: &str = "روزنامه‌نگاران در شهرهای کوچک هر هفته دفترچه‌ای کوچک چاپ می‌کنند و آن را دست به دست می‌رسانند، زیرا شبکه همیشه در دسترس نیست و خبر باید به همه برسد. ";
const ENGLISH: &str = "Reporters in small towns print a booklet every week and pass it from hand to hand, because the network is not always there and the news has to reach everybody. ";

fn setting(language: &str, direction: Direction) -> Setting {
    Setting {
        size: 18.0,
        line: if direction == Direction::Rtl {
            1.9
        } else {
            1.62
        },
        justify: false,
        direction,
        language: language.to_owned(),
        digits: if language == "fa" {
            ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹']
        } else {
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
        },
    }
}

fn body(words: &str) -> Block {
    Block::Paragraph {
        role: Role::Body,
        text: vec![Inline::Text(words.to_owned())],
    }
}

#[test]
fn a_list_in_a_quote_keeps_its_markers_and_its_quote() {
    let item = |words: &str| vec![body(words), body("دنباله")];
    let article = Article {
        blocks: vec![Block::Quote(vec![Block::List {
            start: Some(9),
            items: vec![item("یک"), item("دو")],
        }])],
    };
    let rows = Rows::of(&article, &setting("fa", Direction::Rtl)).rows;
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].marker, Some(Marker::Number("۹".to_owned())));
    assert_eq!(rows[1].marker, None);
    assert_eq!(rows[2].marker, Some(Marker::Number("۱۰".to_owned())));
    assert!(rows.iter().all(|row| row.quotes == 1 && row.indent > 40.0));
}

#[test]
fn an_empty_item_still_shows_its_marker() {
    let article = Article {
        blocks: vec![Block::List {
            start: None,
            items: vec![vec![], vec![body("two")]],
        }],
    };
    let rows = Rows::of(&article, &setting("en", Direction::Ltr)).rows;
    assert_eq!(
        rows.iter()
            .filter(|row| row.marker == Some(Marker::Bullet))
            .count(),
        2
    );
}

#[test]
fn a_reference_leads_to_its_footnote() {
    let article = Article {
        blocks: vec![
            Block::Paragraph {
                role: Role::Body,
                text: vec![Inline::Text("متن".to_owned()), Inline::FootnoteRef(3)],
            },
            Block::Footnote {
                label: 3,
                blocks: vec![body("یادداشت")],
            },
        ],
    };
    let rows = Rows::of(&article, &setting("fa", Direction::Rtl));
    assert_eq!(rows.rows[0].paragraph.text, "متن۳");
    assert_eq!(rows.rows[0].paragraph.spans[0].ink.note, 4);
    assert_eq!(rows.footnote(3), Some(1));
    assert_eq!(rows.footnote(4), None);
}

#[test]
fn a_link_keeps_its_target() {
    let article = Article {
        blocks: vec![Block::Paragraph {
            role: Role::Body,
            text: vec![Inline::Link {
                target: "https://example.org/".to_owned(),
                text: vec![Inline::Strong(vec![Inline::Text("here".to_owned())])],
            }],
        }],
    };
    let rows = Rows::of(&article, &setting("en", Direction::Ltr));
    let link = rows.rows[0].paragraph.spans[0].ink.link;
    assert_eq!(rows.target(link), Some("https://example.org/"));
    assert_eq!(rows.target(0), None);
}

#[test]
fn what_is_not_known_shows_its_fallback_and_code_its_lines() {
    let article = Article {
        blocks: vec![
            Block::Other {
                kind: "map".to_owned(),
                fallback: vec![body("a map")],
            },
            Block::Code {
                language: "rust".to_owned(),
                text: "a\n\tb\n".to_owned(),
            },
        ],
    };
    let rows = Rows::of(&article, &setting("fa", Direction::Rtl)).rows;
    assert_eq!(rows[0].paragraph.text, "a map");
    assert_eq!(
        (&rows[1].kind, rows[1].paragraph.text.as_str()),
        (&RowKind::Code, "a\n\tb")
    );
    assert_eq!(
        rows[1].paragraph.direction,
        Direction::Ltr,
        "code is always left to right"
    );
}

#[test]
fn no_row_is_too_long_to_set_within_a_frame() {
    let words = PERSIAN.repeat(2_000);
    let code = "let x = 1;\n".repeat(20_000);
    let article = Article {
        blocks: vec![
            body(&words),
            Block::Code {
                language: String::new(),
                text: code.clone(),
            },
        ],
    };
    let rows = Rows::of(&article, &setting("fa", Direction::Rtl)).rows;
    let longest = rows
        .iter()
        .map(|row| row.paragraph.text.len())
        .max()
        .unwrap();
    assert!(longest <= 16 * 1024, "{longest}");
    let held = |code: bool| -> usize {
        let kept = rows
            .iter()
            .filter(|row| (row.kind == RowKind::Code) == code);
        kept.map(|row| row.paragraph.text.len() + usize::from(code))
            .sum()
    };
    assert_eq!(
        held(false),
        words.len(),
        "nothing is lost between the parts"
    );
    assert_eq!(held(true), code.len());
}

#[test]
fn a_table_of_many_cells_is_cut_and_a_usual_one_is_not() {
    let cell = || vec![Inline::Text("x".to_owned())];
    for (rows, parts) in [(0, 1), (100, 1), (1_000, 5)] {
        let article = Article {
            blocks: vec![Block::Table {
                alignments: vec![Alignment::Start; 3],
                header_rows: 1,
                rows: (0..rows).map(|_| vec![cell(), cell(), cell()]).collect(),
            }],
        };
        let set = Rows::of(&article, &setting("en", Direction::Ltr)).rows;
        assert_eq!(set.len(), parts, "{rows} rows");
        let mut held = 0;
        for (number, row) in set.iter().enumerate() {
            let RowKind::Table { rows, headers } = &row.kind else {
                panic!("a table stays one")
            };
            held += rows.len();
            assert_eq!(*headers, u32::from(number == 0));
        }
        assert_eq!(held, rows);
    }
}

#[test]
fn guessed_heights_are_near_the_true_ones() {
    let mut fonts = Fonts::bundled().unwrap();
    for (language, direction, words) in [
        ("fa", Direction::Rtl, PERSIAN),
        ("en", Direction::Ltr, ENGLISH),
    ] {
        let article = Article {
            blocks: (1..12).map(|times| body(&words.repeat(times))).collect(),
        };
        let rows = Rows::of(&article, &setting(language, direction)).rows;
        let (mut guessed, mut true_height) = (0.0, 0.0);
        for row in &rows {
            guessed += row.guess_height(680.0);
            true_height += fonts.set(&row.paragraph, Some(680.0), 1.0).height();
        }
        let ratio = guessed / true_height;
        println!("{language}: guessed heights are {ratio:.2} of the true ones");
        assert!((0.8..1.25).contains(&ratio), "{language} {ratio}");
    }
}

#[test]
fn everything_can_be_sent_to_a_worker() {
    fn sendable<T: Send>() {}
    sendable::<Fonts>();
    sendable::<Lines>();
    sendable::<Rows>();
    sendable::<Paragraph>();
    let paragraph = Paragraph::plain(
        "سلام",
        Direction::Rtl,
        "fa",
        varaq_page::Style::new(18.0, 1.9),
    );
    let worker = std::thread::spawn({
        let paragraph = paragraph.clone();
        move || Fonts::bundled().unwrap().set(&paragraph, None, 1.0)
    });
    let far = worker.join().unwrap();
    let near = Fonts::bundled().unwrap().set(&paragraph, None, 1.0);
    let font = |lines: &Lines| {
        let mut id = None;
        lines.each_run(|run| id = Some(run.font().data.id()));
        id
    };
    assert_eq!(
        font(&far),
        font(&near),
        "a worker's glyphs fit the window's atlas"
    );
}
