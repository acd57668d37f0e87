//! While a word is typed, its beginning is asked. The beginning of a very common word is answered from a few common
//! words, as long as those are enough; nothing that is rare may be lost by that.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod common;

use common::{Trust, draft, import, mint, open};
use varaq_article::fold::Query;
use varaq_shelf::{Filter, Found, Library, Mode};

/// Enough for a word in each of them to count as very common.
const ARTICLES: usize = 2_200;

/// All articles hold "there"; the third from the beginning bears it in its title; of two
/// in Persian one holds "there" and one "thermal".
fn library(trust: &Trust, folder: &std::path::Path) -> Library {
    let mint = mint();
    let titles: Vec<String> = (0..ARTICLES).map(|at| format!("Number {at}")).collect();
    let mut articles: Vec<(&str, &str)> = titles
        .iter()
        .map(|title| (title.as_str(), "And there it is."))
        .collect();
    articles[2] = ("Over there", "A title.");
    let mut draft = draft(&mint, 1, &articles);
    draft.options.level = 1;
    let issue = draft
        .article_in("fa", "Cold", "A bath there.")
        .article_in("fa", "Heat", "A thermal bath.")
        .signed(&[0, 1]);
    let mut library = open(folder, Mode::Computer, trust);
    import(&mut library, &issue, trust).unwrap();
    library
}

fn typed(library: &Library, typed: &str, filter: &Filter, trust: &Trust) -> Found {
    let question = Query::parse(typed, true);
    library
        .search(&question, filter, 1_000, trust.view())
        .unwrap()
}

#[test]
fn the_beginning_of_a_very_common_word_loses_nothing_that_is_looked_for() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let library = library(&trust, home.path());
    let all = Filter::default();

    // More than are ranked: the one with the word in its title is among them, and before the others.
    let found = typed(&library, "ther", &all, &trust);
    assert!(found.more);
    assert_eq!(found.rows[0].number, 3);
    assert!(found.rows.len() > 500);

    // What one more letter tells apart is found, and so is what a filter leaves.
    let found = typed(&library, "therm", &all, &trust);
    assert_eq!((found.total, found.more), (1, false));
    let persian = Filter {
        language: Some("fa".to_owned()),
        ..Filter::default()
    };
    assert_eq!(typed(&library, "ther", &persian, &trust).total, 2);

    // So is what another word leaves.
    assert_eq!(typed(&library, "bath ther", &all, &trust).total, 2);
    assert!(typed(&library, "it the", &all, &trust).more);
}
