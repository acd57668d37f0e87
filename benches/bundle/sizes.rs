//! Prints the table of `benches/README.md`, "Piece sizes": `cargo bench -p varaq-bundle --bench sizes`.
//! With `VARAQ_EXPORT=DIR` it writes the workloads there instead, for `zimwriterfs` and `zstd`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot go on has failed, and prints"
)]

mod corpus;

use corpus::{Article, content, corpus, long, pack};
use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::ops::ControlFlow;
use varaq_bundle::*;

/// User and system seconds of this process.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

/// Milliseconds that this thread was on a core; other programs do not count.
fn thread_milliseconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ')
        .next()
        .and_then(|field| field.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1e6
}

fn export(name: &str, articles: &[Article], folder: &std::path::Path) {
    let html = folder.join(name);
    fs::create_dir_all(&html).unwrap();
    let mut all = fs::File::create(folder.join(format!("{name}.txt"))).unwrap();
    for ((_, text), number) in articles.iter().zip(1..) {
        all.write_all(text).unwrap();
        let text = String::from_utf8_lossy(text)
            .replace('&', "&amp;")
            .replace('<', "&lt;");
        let page = format!(
            "<!doctype html><meta charset=utf-8><title>Article {number}</title><pre>{text}</pre>"
        );
        fs::write(html.join(format!("{number}.html")), page).unwrap();
    }
}

fn measure(name: &str, articles: &[Article], options: PackOptions) {
    let cpu = cpu_seconds();
    let (bytes, packed) = pack(articles, options);
    let cpu = cpu_seconds() - cpu;
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let content = content(file);
    let count = articles.len() as u32;
    content.entries().for_each(|entry| drop(entry.unwrap()));
    let before = thread_milliseconds();
    let mut state = 1u64;
    for _ in 0..1_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let number = (state >> 33) as u32 % count + 1;
        let entry = content.entry(number).unwrap().unwrap();
        assert_eq!(
            content.article_bytes(&entry).unwrap(),
            articles[number as usize - 1].1
        );
    }
    let random = thread_milliseconds() - before;
    const TIMES: u32 = 20;
    let cpu_of = |work: &dyn Fn()| {
        let before = cpu_seconds();
        (0..TIMES).for_each(|_| work());
        (cpu_seconds() - before) * 1e3 / f64::from(TIMES)
    };
    let check = cpu_of(&|| {
        assert!(
            content
                .check(&mut |_| ControlFlow::Continue(()))
                .unwrap()
                .is_whole()
        )
    });
    let plain = cpu_of(&|| assert!(black_box(blake3::hash(&bytes)) != blake3::hash(&[])));
    let share = packed.text_stored_bytes as f64 / packed.text_bytes as f64;
    println!(
        "| {name} | {} KiB | {} KiB × {} | {} | {} | {share:.4} | {} | {cpu:.1} s | {random:.0} ms | {check:.1} ms | {plain:.1} ms |",
        options.piece_bytes >> 10,
        options.prefix_bytes >> 10,
        packed.manifest.prefixes.len(),
        options.level,
        packed.text_stored_bytes,
        packed.len_bytes,
    );
}

fn main() {
    let wanted = std::env::var("VARAQ_WORKLOADS").unwrap_or_else(|_| "M RTL L".into());
    let workloads = [
        ("M", corpus("news-en")),
        ("RTL", corpus("rtl")),
        ("L", long()),
    ];
    let export_to = std::env::var_os("VARAQ_EXPORT");
    let every = std::env::var_os("VARAQ_EVERY").is_some();
    println!(
        "| work | piece | prefix | level | text | share | file | pack CPU | 1,000 random | check CPU | BLAKE3 CPU |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for (name, articles) in workloads {
        let Some(articles) = articles else {
            println!("not measured here: {name} (its corpus is not there)");
            continue;
        };
        if !wanted.split(' ').any(|w| w == name) {
            continue;
        }
        if let Some(folder) = &export_to {
            export(name, &articles, folder.as_ref());
            continue;
        }
        let usual = PackOptions::default();
        measure(name, &articles, usual);
        if every {
            for level in [17, 15, 12] {
                measure(name, &articles, PackOptions { level, ..usual });
            }
            for (piece, prefix) in [
                (16, 1_024),
                (32, 1_024),
                (128, 1_024),
                (256, 1_024),
                (64, 512),
                (64, 256),
                (64, 0),
            ] {
                let options = PackOptions {
                    piece_bytes: piece << 10,
                    prefix_bytes: prefix << 10,
                    ..usual
                };
                measure(name, &articles, options);
            }
        }
    }
}
