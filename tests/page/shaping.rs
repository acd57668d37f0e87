//! Glyphs and their places are those that HarfBuzz gives for the runs of UAX #9.
//!
//! The reference is made without our code: `unicode-bidi` cuts a line into runs and
//! orders them, `hb-shape` shapes each run with the bundled font, and the advances
//! are added up. The line is set at as many pixels as the font has units, so that
//! the places are whole numbers on both sides (but for Russian, which is set at 97 %).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::path::Path;
use std::process::Command;
use unicode_bidi::{BidiInfo, Level};
use varaq_page::{Direction, Fonts, Paragraph, Style};

const LINES: &[(&str, Direction, &str)] = &[
    (
        "fa",
        Direction::Rtl,
        "می‌خواهیم خانهٔ «بزرگ» را ببینیم؛ آیا می‌شود؟",
    ),
    (
        "fa",
        Direction::Rtl,
        "در سال ۱۴۰۴ قیمت ۲٫۵ میلیون (حدود ۳۰٪) شد.",
    ),
    (
        "fa",
        Direction::Rtl,
        "برنامهٔ OpenSSL 3.0 را از https://example.org/a?b=1 بگیرید.",
    ),
    (
        "fa",
        Direction::Rtl,
        "لا إله، لله، ریال ﷼، کتاب‌های پژوهشگران چاپ گردید",
    ),
    (
        "ckb",
        Direction::Rtl,
        "ڕۆژنامەکە هەموو ڕۆژێک بڵاو دەبێتەوە، ژمارە ١٢٣.",
    ),
    (
        "ckb",
        Direction::Rtl,
        "گەلێک ووشە: ێ ۆ ڕ ڵ ە، پێشەکی (بەشی یەکەم) PDF 2.0",
    ),
    ("ar", Direction::Rtl, "قِفَا نَبْكِ مِنْ ذِكْرَى حَبِيبٍ ومَنْزِلِ"),
    ("ar", Direction::Rtl, "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ"),
    (
        "ar",
        Direction::Rtl,
        "الإصدار [2.1] من Linux صدر سنة ١٤٤٦ (2025).",
    ),
    (
        "az",
        Direction::Ltr,
        "Əziz dostlar, İstanbul və ığdır şəhəri: çox gözəl.",
    ),
    ("az-Arab", Direction::Rtl, "گؤزل گونلر، یاخشی یوْل"),
    (
        "en",
        Direction::Ltr,
        "The paper «گزارش روز» (2025) says: ffi, fl, AVATAR.",
    ),
    ("en", Direction::Ltr, "سلام at the start, then 12 words"),
];

type Placed = (u32, i32, i32);

/// Font file, its units, the weight asked for, and the size beside other languages.
struct Font {
    file: &'static str,
    units: f32,
    weight: u16,
    size: f32,
}

const REGULAR: Font = Font {
    file: "Vazirmatn.ttf",
    units: 2048.0,
    weight: 400,
    size: 1.0,
};
const BOLD: Font = Font {
    weight: 700,
    ..REGULAR
};
const RUSSIAN: Font = Font {
    file: "NotoSans-Regular.ttf",
    units: 1000.0,
    weight: 400,
    size: 0.97,
};
const RUSSIAN_LINE: &str = "Проверьте код: 1234 5678, AVATAR № 5 — «Вестник» (и\u{301}).";

#[test]
fn glyphs_and_places_equal_harfbuzz() {
    if !has_harfbuzz() {
        assert!(
            std::env::var_os("VARAQ_REQUIRE_ALL").is_none(),
            "hb-shape is missing"
        );
        println!("not tested here: glyphs against HarfBuzz, no hb-shape");
        return;
    }
    let mut glyphs = 0;
    for (language, direction, text) in LINES {
        glyphs += compare(&REGULAR, language, *direction, text);
        glyphs += compare(&BOLD, language, *direction, text);
    }
    glyphs += compare(&RUSSIAN, "ru", Direction::Ltr, RUSSIAN_LINE);
    let lines = LINES.len() * 2 + 1;
    println!("{glyphs} glyphs of {lines} lines equal HarfBuzz");
}

/// Answers with the number of glyphs.
fn compare(font: &Font, language: &str, direction: Direction, text: &str) -> usize {
    let ours = set(font, language, direction, text);
    let theirs = reference(font, language, direction, text);
    assert_eq!(ours.len(), theirs.len(), "{text}");
    for (at, (own, other)) in ours.iter().zip(&theirs).enumerate() {
        let near = (own.1 - other.1).abs() <= 1 && (own.2 - other.2).abs() <= 1;
        assert!(
            own.0 == other.0 && near,
            "glyph {at} of {text}: {own:?}, HarfBuzz {other:?}"
        );
    }
    ours.len()
}

fn set(font: &Font, language: &str, direction: Direction, text: &str) -> Vec<Placed> {
    let mut fonts = Fonts::bundled().unwrap();
    let style = Style::new(font.units / 8.0, 1.0).weight(font.weight);
    let paragraph = Paragraph::plain(text, direction, language, style);
    let lines = fonts.set(&paragraph, None, 8.0);
    assert_eq!(lines.missing(), 0);
    let baseline = lines.first_baseline();
    let mut placed = Vec::new();
    lines.each_run(|run| {
        placed.extend(run.glyphs().map(|glyph| {
            let up = baseline - glyph.y;
            (glyph.id, glyph.x.round() as i32, up.round() as i32)
        }));
    });
    placed
}

fn reference(font: &Font, language: &str, direction: Direction, text: &str) -> Vec<Placed> {
    let base = match direction {
        Direction::Auto => None,
        Direction::Ltr => Some(Level::ltr()),
        Direction::Rtl => Some(Level::rtl()),
    };
    let info = BidiInfo::new(text, base);
    let paragraph = &info.paragraphs[0];
    let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
    let (mut placed, mut pen) = (Vec::new(), 0);
    let sized = |units: i32| (units as f32 * font.size).round() as i32;
    for run in runs {
        let rtl = levels[run.start].is_rtl();
        for [glyph, advance, dx, dy] in harfbuzz(font, language, rtl, &text[run]) {
            let id = u32::try_from(glyph).unwrap();
            placed.push((id, sized(pen + dx), sized(dy)));
            pen += advance;
        }
    }
    placed
}

/// Glyph, advance and offsets in font units, from left to right.
#[expect(
    clippy::disallowed_methods,
    reason = "the reference is another program"
)]
fn harfbuzz(font: &Font, language: &str, rtl: bool, text: &str) -> Vec<[i32; 4]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    let output = Command::new("hb-shape")
        .arg(folder.join(font.file))
        .args([
            "--no-glyph-names",
            "--no-clusters",
            "--font-size=upem",
            "--output-format=json",
        ])
        .arg(format!("--variations=wght={}", font.weight))
        .arg(format!("--direction={}", if rtl { "rtl" } else { "ltr" }))
        .arg(format!("--language={language}"))
        .arg(format!("--text={text}"))
        .output()
        .unwrap();
    let answer = String::from_utf8(output.stdout).unwrap();
    let glyphs = answer.split('{').skip(1);
    glyphs
        .map(|glyph| {
            ["\"g\":", "\"ax\":", "\"dx\":", "\"dy\":"].map(|key| {
                let value = glyph.split(key).nth(1).unwrap_or("0");
                let end = value.find(|c: char| c != '-' && !c.is_ascii_digit());
                value[..end.unwrap_or(value.len())].parse().unwrap()
            })
        })
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the reference is another program"
)]
fn has_harfbuzz() -> bool {
    Command::new("hb-shape").arg("--version").output().is_ok()
}
