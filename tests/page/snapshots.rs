//! Pages as they look, kept as pictures. With `VARAQ_UPDATE=1` they are drawn anew;
//! look at them before you commit them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};
use varaq_article::{Alignment, Article, Block, Inline, Role};
use varaq_page::{
    Align, Area, Canvas, Direction, Fonts, Ink, Marker, Paragraph, Row, RowKind, Rows, Setting,
    Style,
};

const WIDTH: f32 = 640.0;
const EDGE: f32 = 40.0;

fn words(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn body(text: Vec<Inline>) -> Block {
    Block::Paragraph {
        role: Role::Body,
        text,
    }
}

fn plain(text: &str) -> Block {
    body(vec![words(text)])
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: vec![words(text)],
    }
}

fn link(target: &str, text: &str) -> Inline {
    Inline::Link {
        target: target.to_owned(),
        text: vec![words(text)],
    }
}

fn as_said(role: Role, text: &str) -> Block {
    Block::Paragraph {
        role,
        text: vec![words(text)],
    }
}

fn persian() -> Article {
    Article {
        blocks: vec![
            heading(1, "ورقی که دست به دست می‌رود"),
            as_said(
                Role::Standfirst,
                "چگونه یک شمارهٔ کامل روزنامه روی یک حافظهٔ کوچک جا می‌گیرد و از شهری به شهر دیگر می‌رسد.",
            ),
            body(vec![
                words("در پاییز ۱۴۰۴ شبکه در بسیاری از شهرها قطع بود. «ما می‌خواستیم خبر "),
                Inline::Emphasis(vec![words("همان روز")]),
                words(" برسد»، می‌گوید سردبیر؛ "),
                Inline::Strong(vec![words("هر نسخه امضا دارد")]),
                words(" و خواننده می‌تواند با "),
                link("https://example.org/code", "کد ناشر"),
                words(" آن را بسنجد (۲۴ رقم، در شش گروه)."),
                Inline::FootnoteRef(1),
            ]),
            body(vec![
                words("نسخهٔ OpenSSL 3.0 را با دستور "),
                Inline::Code("ssh-keygen -Y verify".to_owned()),
                words(
                    " آزمودیم: از ۱٬۲۰۰ فایل، ۹۹٫۵٪ درست بود و نشانی https://example.org/a?b=1 هم دست‌نخورده ماند.",
                ),
            ]),
            Block::Quote(vec![
                plain("خبر اگر نتواند راه برود، خبر نیست؛ و اگر نتوان دانست از کیست، شایعه است."),
                as_said(Role::Attribution, "— یک توزیع‌کننده، تبریز"),
            ]),
            Block::List {
                start: Some(9),
                items: vec![
                    vec![plain("بسته را باز کنید و رنگ داوری را ببینید.")],
                    vec![plain("کد را با کسی که می‌شناسید مقایسه کنید.")],
                ],
            },
            Block::List {
                start: None,
                items: vec![
                    vec![plain("پرونده‌های بزرگ (تصویر، صدا)")],
                    vec![plain("یادداشت‌ها")],
                ],
            },
            Block::Rule,
            Block::Footnote {
                label: 1,
                blocks: vec![plain("همان کدی که در پایگاه ناشر و روی جلد چاپی آمده است.")],
            },
        ],
    }
}

fn arabic() -> Article {
    Article {
        blocks: vec![
            heading(2, "مُعَلَّقَةُ امْرِئِ القَيْسِ"),
            body(vec![
                words("قِفَا نَبْكِ مِنْ ذِكْرَى حَبِيبٍ ومَنْزِلِ"),
                Inline::Break,
                words("بِسِقْطِ اللِّوَى بَيْنَ الدَّخُولِ فَحَوْمَلِ"),
            ]),
            plain(
                "صدر الإصدار [2.1] سنة ١٤٤٦ هـ (2025 م)، وفيه ٣٬٥٠٠ صفحة؛ راجعوا الموقع example.org قبل النشر.",
            ),
        ],
    }
}

fn sorani() -> Article {
    Article {
        blocks: vec![
            heading(2, "ڕۆژنامەیەک بەبێ ئینتەرنێت"),
            plain(
                "ئەم ژمارەیە ١٢٠ وتاری تێدایە و لەسەر فلاشێکی بچووک دەگوازرێتەوە. هەموو خوێنەرێک دەتوانێت کۆدەکە بپشکنێت، بڵاوی بکاتەوە و بیپارێزێت؛ گەڵاڵەی Varaq بۆ ئەوەیە.",
            ),
        ],
    }
}

fn azeri() -> Article {
    Article {
        blocks: vec![
            heading(2, "Əldən-ələ gəzən qəzet"),
            body(vec![
                words("İstanbulda, Iğdırda və Təbrizdə oxucular eyni nömrəni görür: "),
                Inline::Emphasis(vec![words("imza dəyişməyibsə")]),
                words(
                    ", xəbər də dəyişməyib. Şəhərlər arasında çoxlu yol var, gözəl söz isə öz yolunu tapır.",
                ),
            ]),
        ],
    }
}

fn russian() -> Article {
    Article {
        blocks: vec![
            heading(2, "Газета без сети"),
            body(vec![
                words("Выпуск № 5 помещается на флешку. "),
                Inline::Strong(vec![words("Подпись проверяется")]),
                words(" до того, как показана первая строка, — "),
                Inline::Emphasis(vec![words("иначе это слух")]),
                words(", а не новость. Имя издателя может быть и на другом языке: «ورق»."),
            ]),
        ],
    }
}

fn english() -> Article {
    let cell = |text: &str| vec![words(text)];
    Article {
        blocks: vec![
            heading(1, "A paper that walks"),
            body(vec![
                words("Every copy carries its "),
                Inline::Emphasis(vec![words("own proof")]),
                words(". You read “گزارش روز” and "),
                link("https://example.org/", "its publisher’s code"),
                words(" side by side; 12 of 1,200 files were damaged, and the rest opened — fine."),
            ]),
            Block::Table {
                alignments: vec![Alignment::Start, Alignment::Centre, Alignment::End],
                header_rows: 1,
                rows: vec![
                    vec![cell("Language"), cell("Script"), cell("Words")],
                    vec![cell("Persian (فارسی)"), cell("Arabic"), cell("۱۲۰")],
                    vec![cell("Azerbaijani"), cell("Latin"), cell("1,250")],
                ],
            },
            Block::Code {
                language: "rust".to_owned(),
                text: "fn main() {\n\tlet name = \"ورق\"; // → 3 letters\n}".to_owned(),
            },
            Block::Image {
                medium: 0,
                alt: "A stick".to_owned(),
                caption: vec![words("A stick, as it is carried.")],
            },
        ],
    }
}

fn setting(language: &str, direction: Direction) -> Setting {
    let zero = match language {
        "fa" => '۰',
        "ar" | "ckb" => '٠',
        _ => '0',
    };
    let digit = |n: u32| char::from_u32(u32::from(zero) + n).unwrap();
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
        digits: std::array::from_fn(|n| digit(n as u32)),
    }
}

/// A plain page: enough to see words, sides, markers and distances.
struct Sheet {
    canvas: Canvas,
    fonts: Fonts,
    y: f32,
}

impl Sheet {
    fn new(height: usize) -> Self {
        Self {
            canvas: Canvas::new((WIDTH + 2.0 * EDGE) as usize, height, [250, 248, 243]),
            fonts: Fonts::bundled().unwrap(),
            y: 24.0,
        }
    }

    fn article(&mut self, article: &Article, setting: &Setting) {
        let rtl = setting.direction == Direction::Rtl;
        for row in Rows::of(article, setting).rows {
            self.y += row.above;
            self.row(&row, rtl);
        }
    }

    fn row(&mut self, row: &Row, rtl: bool) {
        let width = WIDTH - row.indent;
        let x = if rtl { EDGE } else { EDGE + row.indent };
        let top = self.y;
        match &row.kind {
            RowKind::Rule => {
                self.bar(x + width / 3.0, top + 8.0, width / 3.0, 1.0);
                self.y += 17.0;
            }
            RowKind::Table { rows, .. } => {
                for cells in rows {
                    let column = WIDTH / cells.len() as f32;
                    let top = self.y;
                    let mut tall = 0.0_f32;
                    for (number, cell) in cells.iter().enumerate() {
                        let number = number as f32;
                        let x = if rtl {
                            EDGE + WIDTH - (number + 1.0) * column
                        } else {
                            EDGE + number * column
                        };
                        tall = tall.max(self.set(&cell.paragraph, x, top, column));
                    }
                    self.y = top + tall + 3.0;
                    self.bar(EDGE, self.y - 2.0, WIDTH, 1.0);
                }
            }
            RowKind::Image { .. } => {
                self.canvas.fill(area(x, top, width, 60.0), [226, 221, 210]);
                self.y += 68.0 + self.set(&row.paragraph, x, top + 66.0, width);
            }
            RowKind::Code => {
                self.canvas
                    .fill(area(x, top - 6.0, width, 90.0), [238, 234, 224]);
                self.y += self.set(&row.paragraph, x + 10.0, top, width - 20.0) + 8.0;
            }
            _ => self.y += self.set(&row.paragraph, x, top, width),
        }
        if row.quotes > 0 {
            let side = if rtl { EDGE + WIDTH - 4.0 } else { EDGE };
            self.bar(side, top, 3.0, self.y - top);
        }
        if let Some(marker) = &row.marker {
            let text = match marker {
                Marker::Bullet => "•".to_owned(),
                Marker::Number(number) => format!("{number}."),
                Marker::Note(number) => number.clone(),
            };
            let mut paragraph = row.paragraph.clone();
            (paragraph.text, paragraph.spans) = (text, Vec::new());
            paragraph.style.align = Align::Centre;
            let x = if rtl { EDGE + width } else { EDGE };
            self.set(&paragraph, x, top, row.indent);
        }
    }

    fn set(&mut self, paragraph: &Paragraph, x: f32, y: f32, width: f32) -> f32 {
        let lines = self.fonts.set(paragraph, Some(width), 1.0);
        assert_eq!(lines.missing(), 0, "{}", paragraph.text);
        self.canvas.draw(&lines, x.round(), y.round(), colour);
        lines.height()
    }

    fn bar(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.canvas.fill(area(x, y, width, height), [178, 170, 152]);
    }
}

fn area(left: f32, top: f32, width: f32, height: f32) -> Area {
    Area {
        left,
        top,
        right: left + width,
        bottom: top + height,
    }
}

fn colour(ink: Ink) -> [u8; 3] {
    match (ink.role, ink.note) {
        (Ink::LINK, _) => [26, 86, 150],
        (Ink::CODE, _) => [120, 60, 30],
        _ => [33, 31, 28],
    }
}

#[test]
fn a_persian_article_looks_as_kept() {
    let mut sheet = Sheet::new(740);
    sheet.article(&persian(), &setting("fa", Direction::Rtl));
    compare("persian", &sheet);
}

#[test]
fn an_english_article_looks_as_kept() {
    let mut sheet = Sheet::new(500);
    sheet.article(&english(), &setting("en", Direction::Ltr));
    compare("english", &sheet);
}

#[test]
fn five_languages_look_as_kept() {
    let mut sheet = Sheet::new(760);
    for (article, language, direction) in [
        (arabic(), "ar", Direction::Rtl),
        (sorani(), "ckb", Direction::Rtl),
        (azeri(), "az", Direction::Ltr),
        (russian(), "ru", Direction::Ltr),
    ] {
        sheet.article(&article, &setting(language, direction));
    }
    compare("languages", &sheet);
}

#[test]
fn a_selection_and_a_match_look_as_kept() {
    let mut sheet = Sheet::new(150);
    let text =
        "ما می‌خواهیم OpenSSL 3.0 را در سال ۱۴۰۴ (با احتیاط) به‌روز کنیم و خانهٔ خود را بسازیم.";
    let mut style = Style::new(22.0, 1.9);
    style.align = Align::Justify;
    let paragraph = Paragraph::plain(text, Direction::Rtl, "fa", style);
    let lines = sheet.fonts.set(&paragraph, Some(WIDTH - 200.0), 1.0);
    let (x, y) = (EDGE + 100.0, 40.0);
    let start = text.find("خواهیم").unwrap();
    let end = text.find("SSL").unwrap();
    let found = text.find("خانه").unwrap();
    let moved = |a: &Area| area(a.left + x, a.top + y, a.right - a.left, a.bottom - a.top);
    for held in lines.areas(start..end) {
        sheet.canvas.fill(moved(&held), [190, 215, 245]);
    }
    for held in lines.match_areas(found..found + "خانه".len()) {
        sheet.canvas.fill(moved(&held), [255, 224, 120]);
    }
    let caret = lines.caret(text.find("احتیاط").unwrap(), 2.0);
    sheet.canvas.fill(moved(&caret), [200, 40, 40]);
    sheet.canvas.draw(&lines, x, y, colour);
    compare("selection", &sheet);
}

fn kept(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/page/snapshots");
    folder.join(format!("{name}.png"))
}

/// Small differences are let through: another processor rounds another way.
fn compare(name: &str, sheet: &Sheet) {
    let (width, height) = sheet.canvas.size();
    assert!(sheet.y < height as f32, "{name} needs {} rows", sheet.y);
    let grey: Vec<u8> = sheet
        .canvas
        .pixels()
        .chunks(4)
        .flat_map(|pixel| pixel[..3].to_vec())
        .collect();
    if std::env::var_os("VARAQ_UPDATE").is_some() {
        write(name, &grey, width, height);
    }
    let file = std::fs::File::open(kept(name)).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file))
        .read_info()
        .unwrap();
    let mut held = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut held).unwrap();
    assert_eq!(
        (info.width as usize, info.height as usize),
        (width, height),
        "{name}"
    );
    let far = held
        .iter()
        .zip(&grey)
        .filter(|(a, b)| a.abs_diff(**b) > 40)
        .count();
    assert!(
        far * 2_000 < grey.len(),
        "{name}: {far} of {} values differ",
        grey.len()
    );
}

fn write(name: &str, pixels: &[u8], width: usize, height: usize) {
    std::fs::create_dir_all(kept(name).parent().unwrap()).unwrap();
    let file = std::fs::File::create(kept(name)).unwrap();
    let mut encoder = png::Encoder::new(file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(pixels)
        .unwrap();
}
