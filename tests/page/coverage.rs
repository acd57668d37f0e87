//! Every letter of the window and of the samples has a glyph, and a letter without one is shown as a box.

use std::path::{Path, PathBuf};
use varaq_page::{Canvas, Direction, Fonts, Paragraph, Style};

const ALPHABETS: &[(&str, &str)] = &[
    (
        "fa",
        "آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی ء أ إ ؤ ئ ۀ ة هٔ می‌خواهم ۰۱۲۳۴۵۶۷۸۹ ٪ ٫ ٬ ﷼ « » ؛ ، ؟",
    ),
    (
        "ckb",
        "ئ ا ب پ ت ج چ ح خ د ر ڕ ز ژ س ش ع غ ف ڤ ق ک گ ل ڵ م ن ه ە و ۆ وو ی ێ ٠١٢٣٤٥٦٧٨٩",
    ),
    (
        "ar",
        "ء آ أ ؤ إ ئ ا ب ة ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ى ي ٱ ً ٌ ٍ َ ُ ِ ّ ْ ٰ ٓ ٔ ـ",
    ),
    (
        "az",
        "Aa Bb Cc Çç Dd Ee Əə Ff Gg Ğğ Hh Xx Iı İi Jj Kk Qq Ll Mm Nn Oo Öö Pp Rr Ss Şş Tt Uu Üü Vv Yy Zz ₼",
    ),
    ("az-Arab", "گؤزل یوْل اۇزاق ایْلیق ائو"),
    (
        "ru",
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя № ₽ и́",
    ),
    (
        "en",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 “quotes” ‘single’ – — … • · † § © ® ™ € £ $ ½ × ÷ ± − ≈ ≤ ≥",
    ),
    (
        "",
        "→ ← ↑ ↓ ↔ ↗ ✓ ✔ ✗ ✕ ● ○ ■ □ ▲ ▼ ◀ ▶ ★ ☆ ⚠ \u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{202A}\u{202C}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{FEFF}",
    ),
];

fn missing(fonts: &mut Fonts, text: &str, language: &str) -> usize {
    let paragraph = Paragraph::plain(text, Direction::Auto, language, Style::new(18.0, 1.5));
    fonts.set(&paragraph, None, 1.0).missing()
}

/// The letters of a text that have no glyph.
fn absent(fonts: &mut Fonts, text: &str, language: &str) -> String {
    if missing(fonts, text, language) == 0 {
        return String::new();
    }
    let letters = text.chars().filter(|c| !c.is_whitespace());
    letters
        .filter(|c| missing(fonts, &c.to_string(), language) > 0)
        .collect()
}

#[test]
fn alphabets_and_signs_have_all_their_glyphs() {
    let mut fonts = Fonts::bundled().unwrap();
    for (language, letters) in ALPHABETS {
        for asked in [language, "fa", "en", "ru"] {
            assert_eq!(absent(&mut fonts, letters, asked), "", "{letters}");
        }
    }
}

#[test]
fn code_has_its_glyphs_in_the_face_for_code() {
    let mut fonts = Fonts::bundled().unwrap();
    let mut style = Style::new(16.0, 1.5);
    style.face = varaq_page::Face::Mono;
    let text = "fn main() {\n\tprintln!(\"{} → سلام, привет\", 1 << 2); // ├── │ └\n}";
    let lines = fonts.set(
        &Paragraph::plain(text, Direction::Ltr, "", style),
        None,
        1.0,
    );
    assert_eq!(lines.missing(), 0);
    let width = |range| lines.areas(range)[0].right - lines.areas(0..1)[0].left;
    assert_eq!(width(0..4), 4.0 * width(0..1), "letters are equally wide");
}

#[test]
fn texts_of_the_window_and_samples_have_all_their_glyphs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["assets/text", "bundles"] {
        walk(&root.join(folder), &mut files);
    }
    let mut fonts = Fonts::bundled().unwrap();
    let (mut read, mut letters) = (0, 0);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let language = file.iter().filter_map(|part| part.to_str());
        let language = language
            .rev()
            .find(|part| part.len() < 4)
            .unwrap_or_default();
        for line in text.lines() {
            assert_eq!(
                absent(&mut fonts, line, language),
                "",
                "{}: {line}",
                file.display()
            );
            letters += line.chars().count();
        }
        read += 1;
    }
    println!("{letters} letters of {read} files have glyphs");
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "md" || kind == "ftl" || kind == "toml")
        {
            files.push(path);
        }
    }
}

#[test]
fn a_letter_without_a_glyph_is_counted_and_boxed() {
    let mut fonts = Fonts::bundled().unwrap();
    let text = "پیش漢پس";
    let paragraph = Paragraph::plain(text, Direction::Rtl, "fa", Style::new(30.0, 1.9));
    let lines = fonts.set(&paragraph, None, 1.0);
    assert_eq!(lines.missing(), 1);
    let mut boxes = Vec::new();
    lines.each_run(|run| boxes.extend(run.missing()));
    assert_eq!(boxes.len(), 1);
    assert!(boxes[0].right - boxes[0].left > 5.0);
    let mut canvas = Canvas::new(200, 60, [255; 3]);
    canvas.draw(&lines, 0.0, 0.0, |_| [0; 3]);
    let x = ((boxes[0].left + boxes[0].right) / 2.0) as usize;
    let top = boxes[0].top.round() as usize;
    assert_eq!(
        canvas.pixels()[(top * 200 + x) * 4],
        0,
        "the upper side of the box is drawn"
    );
}

#[test]
fn fonts_are_together_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    let sizes = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.metadata().unwrap().len());
    let whole: u64 = sizes.sum();
    assert!(whole < 600 * 1024, "{whole} bytes");
}
