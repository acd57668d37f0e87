//! The tables of spellings, put to a real index: it answers as the fold says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

mod common;

use common::{Trust, bundle, fill, mint};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use varaq_article::fold::Query;
use varaq_bundle::{ArticleId, Limits};
use varaq_kit::article_id;
use varaq_shelf::{Filter, Kept, Library, Source};
use varaq_trust::Consent;

/// Question, text, and whether it finds it.
fn pairs() -> Vec<(String, String, bool)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/article/spellings");
    let mut pairs = Vec::new();
    for script in ["arabic", "latin", "cyrillic"] {
        for table in fs::read_dir(folder.join(script)).unwrap() {
            let path = table.unwrap().path();
            let finds = path.to_str().unwrap().ends_with("-finds.tsv");
            for line in fs::read_to_string(&path).unwrap().lines() {
                if let Some((question, text)) =
                    line.split_once('\t').filter(|_| !line.starts_with("# "))
                {
                    pairs.push((question.to_owned(), text.to_owned(), finds));
                }
            }
        }
    }
    // No bundle holds a text with controls that turn lines round.
    pairs.retain(|(_, text, _)| varaq_cbor::is_text(text));
    assert!(pairs.len() > 900, "{}", pairs.len());
    pairs
}

/// A title of its own that no question means.
fn title(number: usize) -> String {
    let number = number.to_string();
    let letters = number.bytes().map(|digit| char::from(digit - b'0' + b'q'));
    format!("zzz{}", letters.collect::<String>())
}

#[test]
fn a_real_index_answers_as_the_tables_say() {
    let pairs = pairs();
    let texts: BTreeSet<&str> = pairs.iter().map(|(_, text, _)| &**text).collect();
    let texts: Vec<&str> = texts.into_iter().collect();
    let titles: Vec<String> = (0..texts.len()).map(title).collect();
    let articles: Vec<(&str, &str)> = titles
        .iter()
        .map(|t| &**t)
        .zip(texts.iter().copied())
        .collect();
    let ids: HashMap<&str, ArticleId> = articles
        .iter()
        .map(|(t, text)| (*text, article_id(t)))
        .collect();
    let mint = mint();
    let trust = Trust::of(&mint);
    let source: Box<dyn Source> = Box::new(Cursor::new(bundle(&mint, 1, &articles)));
    let opening = varaq_trust::open(source, trust.view(), &Limits::default()).unwrap();
    let kept = Kept::of(&opening, 0).unwrap();
    let issue = Arc::new(opening.into_content(Consent::Pinned).unwrap());
    let mut library = Library::in_memory().unwrap();
    library.lend(kept, issue).unwrap();
    fill(&library, &trust).unwrap();
    for (number, (typed, text, finds)) in pairs.iter().enumerate() {
        let question = Query::parse(typed, false);
        let found = library
            .index()
            .search(&question, &Filter::default(), 2_000)
            .unwrap();
        let found_ids: BTreeSet<ArticleId> = found.rows.iter().map(|row| row.article).collect();
        assert_eq!(
            found_ids.contains(&ids[&**text]),
            *finds,
            "«{typed}» in «{text}»"
        );
        if number % 8 == 0 && !found.more {
            for text in &texts {
                let matches = question.matches(text);
                assert_eq!(
                    found_ids.contains(&ids[text]),
                    matches,
                    "«{typed}» in «{text}»"
                );
            }
        }
    }
}
