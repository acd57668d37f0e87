//! The tables of spellings: what a person types, and what it must or must not find. `varaq-shelf` puts the same
//! tables to a real index.
//!
//! A line is a question, a tab and a text; a line that starts with `# ` says what the next ones are about.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test that cannot go on has failed

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use varaq_article::fold::Query;

const SCRIPTS: [&str; 3] = ["arabic", "latin", "cyrillic"];

struct Pair {
    place: String,
    query: String,
    text: String,
}

/// All pairs of a script from the tables whose names end so: `finds` or `misses`.
fn pairs(script: &str, kind: &str) -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/article/spellings");
    let mut tables: Vec<PathBuf> = std::fs::read_dir(folder.join(script))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(&format!("-{kind}.tsv")))
        .collect();
    tables.sort();
    assert!(!tables.is_empty());
    tables.iter().flat_map(|table| read(table)).collect()
}

fn read(table: &Path) -> Vec<Pair> {
    let name = table.file_name().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(table).unwrap();
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.starts_with("# "));
    let pair = |(at, line): (usize, &str)| {
        let (query, text) = line
            .split_once('\t')
            .unwrap_or_else(|| panic!("{name}:{}: no tab", at + 1));
        Pair {
            place: format!("{name}:{}", at + 1),
            query: query.to_owned(),
            text: text.to_owned(),
        }
    };
    lines.map(pair).collect()
}

/// The pairs for which the question does not answer as the table says.
fn wrong(kind: &str, finds: bool) -> Vec<String> {
    let all = SCRIPTS.iter().flat_map(|script| pairs(script, kind));
    let wrong = all.filter(|pair| Query::parse(&pair.query, false).matches(&pair.text) != finds);
    let shown = wrong.map(|pair| format!("{} «{}» in «{}»", pair.place, pair.query, pair.text));
    shown.collect()
}

#[test]
fn every_spelling_finds_its_word() {
    let wrong = wrong("finds", true);
    assert!(wrong.is_empty(), "not found:\n{}", wrong.join("\n"));
}

#[test]
fn no_spelling_finds_a_word_that_only_looks_like_it() {
    let wrong = wrong("misses", false);
    assert!(wrong.is_empty(), "found:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_found_is_also_found_while_it_is_typed() {
    for pair in SCRIPTS.iter().flat_map(|script| pairs(script, "finds")) {
        let Pair { place, query, text } = pair;
        assert!(
            Query::parse(&query, true).matches(&text),
            "{place} «{query}»"
        );
    }
}

#[test]
fn what_is_found_can_be_marked() {
    for pair in SCRIPTS.iter().flat_map(|script| pairs(script, "finds")) {
        let Pair { place, query, text } = pair;
        assert!(
            !Query::parse(&query, false).hits(&text).is_empty(),
            "{place} «{query}»"
        );
    }
}

#[test]
fn each_script_has_enough_pairs_and_none_twice() {
    for script in SCRIPTS {
        for (kind, least) in [("finds", 200), ("misses", 100)] {
            let all = pairs(script, kind);
            let once: HashSet<_> = all.iter().map(|pair| (&pair.query, &pair.text)).collect();
            println!("{script} {kind}: {}", all.len());
            assert!(all.len() >= least, "{script} {kind}: {}", all.len());
            assert_eq!(
                once.len(),
                all.len(),
                "{script} {kind}: a pair stands there twice"
            );
        }
    }
}

/// The titles of a corpus that lies beside the repository, or where the environment says.
fn titles(corpus: &str) -> Vec<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("VARAQ_SHARED").map_or(beside, PathBuf::from);
    let list = shared.join("corpora").join(corpus).join("list.tsv");
    let Ok(list) = std::fs::read_to_string(list) else {
        println!("not tested here: the corpus {corpus} is not on this machine");
        return Vec::new();
    };
    let title = |line: &str| line.split('\t').next_back().unwrap_or_default().to_owned();
    list.lines().map(title).collect()
}

#[test]
fn every_title_of_the_corpora_finds_itself_in_each_spelling() {
    let spellings: [fn(&str) -> String; 6] = [
        str::to_owned,
        |title| title.replace('ی', "ي").replace('ک', "ك"),
        |title| title.replace('ي', "ی").replace('ك', "ک"),
        |title| title.replace('\u{200c}', " "),
        |title| title.replace(['آ', 'أ', 'إ'], "ا").replace('ة', "ه"),
        str::to_uppercase,
    ];
    for corpus in ["rtl", "news-en"] {
        for title in titles(corpus) {
            for spelling in spellings {
                let typed = spelling(&title);
                assert!(
                    Query::parse(&typed, false).matches(&title),
                    "«{typed}» in «{title}»"
                );
            }
        }
    }
}
