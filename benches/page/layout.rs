//! What setting costs: words, a new width, a long article of which only the visible rows are set.

#![allow(missing_docs)] // criterion's macros write functions without any

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use varaq_article::{Article, Block, Inline, Role};
use varaq_page::{Direction, Fonts, Paragraph, Rows, Setting, Style};

/// 25 words.
const WORDS: &str = "روزنامه‌نگاران در شهرهای کوچک هر هفته دفترچه‌ای کوچک چاپ می‌کنند و آن را دست به دست می‌رسانند، زیرا شبکه همیشه در دسترس نیست و خبر باید برسد. ";

fn article(words: usize) -> Article {
    let paragraph = |_| Block::Paragraph {
        role: Role::Body,
        text: vec![Inline::Text(WORDS.repeat(4))],
    };
    Article {
        blocks: (0..words / 100).map(paragraph).collect(),
    }
}

fn setting() -> Setting {
    Setting {
        size: 18.0,
        line: 1.9,
        justify: false,
        direction: Direction::Rtl,
        language: "fa".to_owned(),
        digits: ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹'],
    }
}

fn layout(c: &mut Criterion) {
    let Ok(mut fonts) = Fonts::bundled() else {
        return;
    };
    let paragraphs: Vec<Paragraph> = (0..10)
        .map(|_| {
            Paragraph::plain(
                &WORDS.repeat(4),
                Direction::Rtl,
                "fa",
                Style::new(18.0, 1.9),
            )
        })
        .collect();
    c.bench_function("set 1,000 Persian words", |b| {
        b.iter(|| {
            for paragraph in &paragraphs {
                black_box(fonts.set(paragraph, Some(680.0), 1.0));
            }
        });
    });
    let mut lines: Vec<_> = paragraphs
        .iter()
        .map(|p| fonts.set(p, Some(680.0), 1.0))
        .collect();
    c.bench_function("break 1,000 Persian words again", |b| {
        b.iter(|| {
            lines
                .iter_mut()
                .for_each(|lines| lines.break_again(Some(500.0)))
        });
    });
    c.bench_function("start the fonts", |b| {
        b.iter(|| black_box(Fonts::bundled().is_ok()))
    });
    let long = article(200_000);
    c.bench_function("200,000 words to rows with guessed heights", |b| {
        b.iter(|| {
            let rows = Rows::of(&long, &setting());
            black_box(
                rows.rows
                    .iter()
                    .map(|row| row.guess_height(680.0))
                    .sum::<f32>(),
            )
        });
    });
    let rows = Rows::of(&long, &setting());
    c.bench_function("find a word in 200,000 words", |b| {
        b.iter(|| {
            let texts = rows.rows.iter().map(|row| row.paragraph.text.as_str());
            black_box(varaq_page::find(texts, "كوچك هر").len())
        });
    });
    c.bench_function("set the 12 rows that are visible of 200,000 words", |b| {
        b.iter(|| {
            for row in rows.rows.iter().skip(900).take(12) {
                black_box(fonts.set(&row.paragraph, Some(680.0), 1.0));
            }
        });
    });
}

criterion_group!(benches, layout);
criterion_main!(benches);
