//! Real sites import completely: every article is there, or named as left out.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test that cannot go on has failed

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::{Day, Direction, Limits};
use varaq_press::import::{ImportOptions, SourceArticle, Warning, read_all, survey};
use varaq_press::keys::{KeyFile, NewPublisher, Stretch, new_publisher};
use varaq_press::{PackOptions, pack, sign};
use varaq_storage::Disk;
use varaq_trust::{Pins, Verdict};

/// The corpora lie beside the repository, or where the environment says.
fn corpus(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("VARAQ_SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("corpora").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("not tested here: the corpus {name} is not on this machine");
    None
}

fn import(folder: &Path) -> (Vec<SourceArticle>, Vec<Warning>) {
    let options = ImportOptions::new(Day(20_500));
    let found = survey(&Disk, &[folder.to_owned()], &options).unwrap();
    read_all(&Disk, &found)
}

fn summary(name: &str, articles: &[SourceArticle], warnings: &[Warning]) {
    let skipped: Vec<_> = warnings.iter().filter(|w| w.skipped).collect();
    let pictures: HashSet<_> = articles.iter().flat_map(|a| &a.pictures).collect();
    let words: u64 = articles.iter().map(|a| a.words).sum();
    println!(
        "{name}: {} articles, {} pictures, {words} words, {} left out, {} warnings",
        articles.len(),
        pictures.len(),
        skipped.len(),
        warnings.len()
    );
    for warning in skipped {
        println!("  {warning}");
    }
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for warning in warnings {
        let what: String = warning
            .what
            .chars()
            .take_while(|c| !matches!(c, ':' | '('))
            .take(48)
            .collect();
        *kinds.entry(what).or_default() += 1;
    }
    for (what, count) in kinds {
        println!("  {count:6} {what}");
    }
}

fn languages(articles: &[SourceArticle]) -> BTreeMap<(String, bool), usize> {
    let mut all = BTreeMap::new();
    for one in articles {
        let right_to_left = one.direction == Direction::RightToLeft;
        *all.entry((one.language.clone(), right_to_left))
            .or_default() += 1;
    }
    all
}

#[test]
fn every_persian_and_arabic_article_is_imported_or_named() {
    let Some(folder) = corpus("rtl") else { return };
    let (articles, warnings) = import(&folder.join("articles"));
    summary("rtl", &articles, &warnings);
    println!("{:?}", languages(&articles));
    let skipped = warnings.iter().filter(|w| w.skipped).count();
    assert_eq!(articles.len() + skipped, 1_049);
    // The drafts among them are marked as such by their authors.
    assert!(articles.len() >= 1_040, "{}", articles.len());
}

#[test]
fn every_english_article_is_imported_or_named() {
    let Some(folder) = corpus("news-en") else {
        return;
    };
    let (articles, warnings) = import(&folder.join("articles"));
    summary("news-en", &articles, &warnings);
    println!("{:?}", languages(&articles));
    let skipped = warnings.iter().filter(|w| w.skipped).count();
    assert_eq!(articles.len() + skipped, 1_500);
    assert!(articles.len() >= 1_499, "{}", articles.len());
}

#[test]
fn real_sites_pack_sign_and_open() {
    for (name, articles, pictures) in [("rtl", 1_046, 167), ("news-en", 1_499, 229)] {
        let Some(folder) = corpus(name) else {
            continue;
        };
        let home = tempfile::tempdir().unwrap();
        let keys = home.path().join("keys");
        let plan = NewPublisher {
            names: vec![("en".into(), "Example".into())],
            signers: 3,
            threshold: 2,
            stretch: Stretch {
                memory_kib: 64,
                passes: 1,
            },
            ..NewPublisher::default()
        };
        new_publisher(&Disk, &keys, &plan, None).unwrap();
        let output = home.path().join("out.varaq");
        let mut options = PackOptions::new(
            vec![folder.join("articles")],
            output.clone(),
            keys.clone(),
            1,
            Day(20_500),
        );
        // What real sites hold is looked at elsewhere.
        let kinds = ["author", "email", "phone", "path", "watermark"];
        options.rules.allow = kinds.map(|kind| kind.parse().unwrap()).to_vec();
        // The level decides size and time, nothing that is tested here: the quickest.
        let level = std::env::var("VARAQ_TEST_LEVEL").ok();
        options.format.level = level.and_then(|level| level.parse().ok()).unwrap_or(1);
        let start = std::time::Instant::now();
        let report = pack(&Disk, &options, &mut |_| ControlFlow::Continue(())).unwrap();
        println!(
            "{name}: {} articles, {} pictures, text {} -> {}, pictures {}, file {} bytes, {:?}",
            report.articles,
            report.pictures,
            report.text_bytes,
            report.text_stored_bytes,
            report.media_bytes,
            report.len_bytes,
            start.elapsed()
        );
        for warning in report.warnings.iter().filter(|w| w.skipped) {
            println!("  {warning}");
        }
        assert_eq!((report.articles, report.pictures), (articles, pictures));
        for number in [1, 3] {
            let key = KeyFile::read(&Disk, &keys.join(format!("signer-{number}.key"))).unwrap();
            let key = key.unlock(None).unwrap();
            sign(&Disk, &output, &key, &keys, &mut |_, _| {
                ControlFlow::Continue(())
            })
            .unwrap();
        }
        let file = std::fs::File::open(&output).unwrap();
        let opening = varaq_trust::open(file, &Pins::default(), &Limits::default()).unwrap();
        assert_eq!(opening.verdict(), Verdict::UnknownPublisher);
    }
}
