//! A page in six languages is set and drawn, and every letter has a glyph.

use varaq_page::{Canvas, Direction, Fonts, Paragraph, Style};

#[test]
fn six_languages_have_all_their_glyphs() {
    let mut fonts = Fonts::bundled().unwrap();
    let mut canvas = Canvas::new(800, 620, [255, 255, 255]);
    let mut y = 20.0;
    for (language, direction, text) in [
        (
            "fa",
            Direction::Rtl,
            "در سال ۱۴۰۴ «OpenSSL 3.0» را به‌روز کردیم؛ می‌خواهیم (نسخهٔ ۲٫۵) را ببینید: https://example.org/a?b=1",
        ),
        (
            "ckb",
            Direction::Rtl,
            "ڕۆژنامەکە هەموو ڕۆژێک بڵاو دەبێتەوە، ژمارە ١٢٣.",
        ),
        ("ar", Direction::Rtl, "قِفَا نَبْكِ مِنْ ذِكْرَى حَبِيبٍ ومَنْزِلِ"),
        (
            "az",
            Direction::Ltr,
            "Əziz dostlar, bu gün çox gözəl bir gündür; İstanbul, ığdır, şəhər.",
        ),
        (
            "ru",
            Direction::Ltr,
            "Проверьте код издателя: 1234 5678, затем откройте выпуск № 5 — «Вестник».",
        ),
        (
            "en",
            Direction::Ltr,
            "The quick brown fox jumps over the lazy dog; then it reads گزارش in Persian.",
        ),
    ] {
        let paragraph = Paragraph::plain(text, direction, language, Style::new(22.0, 1.8));
        let lines = fonts.set(&paragraph, Some(760.0), 1.0);
        assert_eq!(lines.missing(), 0, "{language}");
        canvas.draw(&lines, 20.0, y, |_| [0, 0, 0]);
        y += lines.height() + 8.0;
    }
    let drawn = canvas
        .pixels()
        .chunks(4)
        .filter(|pixel| pixel.first() < Some(&128))
        .count();
    assert!(drawn > 5_000, "{drawn}");
    if let Some(folder) = option_env!("VARAQ_PICTURES") {
        let mut ppm = b"P6 800 620 255\n".to_vec();
        ppm.extend(
            canvas
                .pixels()
                .chunks(4)
                .flat_map(|pixel| pixel[..3].to_vec()),
        );
        std::fs::write(format!("{folder}/smoke.ppm"), ppm).unwrap();
    }
}
