//! Prints the table of `benches/README.md`, "Search": `cargo bench -p varaq-shelf --bench search`.
//! Ours against plain SQLite FTS5 (`unicode61`, text kept in the table) in one run, over the
//! articles of the corpora, repeated with their paragraphs shuffled.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot go on has failed, and prints"
)]

use std::fs;
use std::hint::black_box;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rusqlite::Connection;
use varaq_article::fold::Query;
use varaq_kit::{Mint, Plan};
use varaq_shelf::{Filter, ImportOptions, Library, Mode, StateFile};
use varaq_storage::Disk;
use varaq_trust::{Evidence, State, View};

/// Title and paragraphs of each Markdown file.
type Texts = Vec<(String, Vec<String>)>;

fn texts(folder: &Path, texts: &mut Texts) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            self::texts(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let body = text.splitn(3, "---\n").last().unwrap_or_default();
            let title = text.lines().find_map(|line| line.strip_prefix("title:"));
            let paragraphs = body.split("\n\n").map(str::to_owned).collect();
            let title = title.unwrap_or("Untitled").trim().trim_matches('"');
            texts.push((title.chars().take(500).collect(), paragraphs));
        }
    }
}

/// So many articles: each from the paragraphs of two others.
fn many(texts: &Texts, count: usize) -> Vec<(String, String)> {
    let mut state = 7u64;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..count)
        .map(|number| {
            let (title, first) = &texts[random(texts.len())];
            let (_, second) = &texts[random(texts.len())];
            let first = first.iter().skip(random(first.len()));
            let second = second.iter().take(1 + random(second.len()));
            let all: Vec<&str> = first.chain(second).map(String::as_str).collect();
            (format!("{title} {number}"), all.join("\n\n"))
        })
        .collect()
}

fn milliseconds(times: u32, mut work: impl FnMut()) -> (f64, f64) {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    all.sort_by(f64::total_cmp);
    (all[all.len() / 2], all[all.len() * 95 / 100])
}

fn main() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let mut found = Texts::new();
    texts(&corpora, &mut found);
    if found.is_empty() {
        println!("not measured here: search (the corpora are not there)");
        return;
    }
    let sizes = std::env::var("VARAQ_ARTICLES").unwrap_or_else(|_| "11241 100000".into());
    for count in sizes.split(' ').map(|count| count.parse().unwrap()) {
        measure(&many(&found, count));
    }
}

fn measure(articles: &[(String, String)]) {
    let scratch = tempfile::tempdir().unwrap();
    // For `benches/search.sh`, which asks other programs about the same articles.
    let kept = std::env::var_os("VARAQ_KEEP").map(PathBuf::from);
    let home = kept.as_deref().unwrap_or(scratch.path());
    if kept.is_some() {
        pages(home, articles);
    }
    let mint = Mint::of(Plan::default());
    let (pins, evidence) = (mint.pins(true), Evidence::new());
    let view = View::new(&pins, &evidence);
    let mut library = Library::open(std::sync::Arc::new(Disk), home, Mode::Computer).unwrap();
    let bytes: usize = articles.iter().map(|(_, text)| text.len()).sum();
    for (number, part) in articles.chunks(2_000).enumerate() {
        let mut draft = mint.issue(number as u32 + 1);
        draft.options.level = 3;
        draft.issue.day.0 += number as u32;
        for (title, text) in part {
            draft = draft.article(
                title,
                &text
                    .replace(|c: char| c.is_control() && c != '\n', " ")
                    .replace(
                        [
                            '\u{2028}', '\u{feff}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}',
                            '\u{202e}',
                        ],
                        "",
                    )
                    .replace('\n', " "),
            );
        }
        let issue = draft.signed(&[0, 1]);
        let options = ImportOptions::default();
        let go = &mut |_| ControlFlow::Continue(());
        library
            .import(&mut Cursor::new(issue), view, &options, go)
            .unwrap();
    }
    let start = Instant::now();
    for kept in library.unfilled().unwrap() {
        let go = &mut |_| ControlFlow::Continue(());
        library.fill(&kept.id(), view, go).unwrap();
    }
    let ours = start.elapsed().as_secs_f64();
    let size = fs::metadata(home.join("index.sqlite")).unwrap().len();
    let plain_path = home.join("plain.sqlite");
    let start = Instant::now();
    let plain = plain(&plain_path, articles);
    let theirs = start.elapsed().as_secs_f64();
    let plain_size = fs::metadata(&plain_path).unwrap().len();
    println!(
        "{} articles, {:.1} MB of text",
        articles.len(),
        bytes as f64 / 1e6
    );
    println!(
        "index built: ours {:.1} MB/s, {:.1} MB; plain FTS5 {:.1} MB/s, {:.1} MB",
        bytes as f64 / 1e6 / ours,
        size as f64 / 1e6,
        bytes as f64 / 1e6 / theirs,
        plain_size as f64 / 1e6
    );
    println!(
        "| question | hits | ours p50 ms | p95 | with 20 snippets p50 | plain FTS5 p50 | p95 |\n|---|---|---|---|---|---|---|"
    );
    let asked = std::env::var("VARAQ_BUILD_ONLY").is_err();
    for typed in [
        "the",
        "government",
        "internet shutdown",
        "\"human rights\"",
        "gov",
        "tha",
        "th",
        "said",
        "internet the",
        "w",
        "ایران",
        "می‌خواهم",
        "زندان زنان",
        "خبر",
        "م",
    ] {
        if !asked {
            break;
        }
        let question = Query::parse(typed, true);
        let filter = Filter::default();
        let total = library.search(&question, &filter, 20, view).unwrap();
        let (p50, p95) = milliseconds(15, || {
            black_box(library.search(&question, &filter, 20, view).unwrap());
        });
        let (shown, _) = milliseconds(15, || {
            for row in &library.search(&question, &filter, 20, view).unwrap().rows {
                black_box(library.hit(row, &question, view).unwrap());
            }
        });
        let expression = format!("{}*", typed.trim_matches('"'));
        let expression = if typed.starts_with('"') {
            typed.to_owned()
        } else if typed.contains('\u{200c}') {
            format!("\"{typed}\"*")
        } else {
            expression
        };
        let mut query = plain.prepare("SELECT title, snippet(words, 1, '<', '>', '…', 24) FROM words WHERE words MATCH ?1 ORDER BY bm25(words, 8.0, 1.0) LIMIT 20").unwrap();
        let (q50, q95) = milliseconds(9, || {
            let rows = query
                .query_map([&expression], |row| row.get::<_, String>(0))
                .unwrap();
            black_box(rows.count());
        });
        println!(
            "| {typed} | {}{} | {p50:.2} | {p95:.2} | {shown:.2} | {q50:.2} | {q95:.2} |",
            total.total,
            if total.more { "+" } else { "" }
        );
    }
}

/// The articles as pages, and whom the shelf's reader trusts.
fn pages(home: &Path, articles: &[(String, String)]) {
    let folder = home.join("pages");
    fs::create_dir_all(&folder).unwrap();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    for (number, (title, text)) in articles.iter().enumerate() {
        let (title, text) = (escaped(title), escaped(text).replace("\n\n", "<p>"));
        let page = format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><p>{text}</body></html>"
        );
        fs::write(folder.join(format!("{number}.html")), page).unwrap();
    }
    let state = State::from(Mint::of(Plan::default()).pins(true));
    StateFile::in_folder(home).save(&state).unwrap();
}

fn plain(path: &Path, articles: &[(String, String)]) -> Connection {
    let mut connection = Connection::open(path).unwrap();
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .unwrap();
    connection
        .pragma_update(None, "synchronous", "NORMAL")
        .unwrap();
    connection
        .execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5 (title, body, tokenize = 'unicode61')",
        )
        .unwrap();
    for part in articles.chunks(500) {
        let work = connection.transaction().unwrap();
        for (title, text) in part {
            work.execute("INSERT INTO words VALUES (?1, ?2)", [title, text])
                .unwrap();
        }
        work.commit().unwrap();
    }
    connection
}
