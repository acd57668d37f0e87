//! The fuzzer's targets hold over every input that is kept, whole, cut and changed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)] // a test that cannot go on has failed

mod targets;

use std::fs;
use std::path::{Path, PathBuf};
use varaq_kit::Dice;

/// Tries of each target; with `VARAQ_EVERY_FAULT` a hundred times as many.
const TRIES: usize = 150;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests")
        .join(name)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = names.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

/// What is kept of a target: found by a fuzzer or written by hand, and the exports of the tests.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let mut paths = files(&folder("fuzz/corpus").join(target));
    let ours = files(&folder("press/inputs"));
    paths.extend(ours.into_iter().filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let of = match name {
            "wordpress.xml" => "wordpress",
            "rest.json" => "wordpress_rest",
            "feed.xml" | "atom.xml" | "feed.json" => "feed",
            "page.html" | "page.mht" => "page",
            "telegram.json" | "account.json" => "telegram",
            "book.epub" | "book-2.epub" => "epub",
            _ => return false,
        };
        of == target
    }));
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A cut, a changed byte, a piece that comes twice, or a piece of another input.
fn changed(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(out.len() + 1);
        let to = (at + dice.below(64)).min(out.len());
        match dice.below(5) {
            0 => out.truncate(at),
            1 if at < out.len() => out[at] ^= 1 << dice.below(8),
            2 if at < out.len() => out[at] = *dice.pick(b"<>&;\"'{}[]\\/=-:\0\xff"),
            3 => drop(out.splice(at..at, out[at..to].to_vec())),
            _ => {
                let from = dice.below(other.len() + 1);
                let end = (from + dice.below(256)).min(other.len());
                drop(out.splice(at..to, other[from..end].iter().copied()));
            }
        }
    }
    out
}

#[test]
fn every_target_holds_over_what_is_kept_and_over_changes_of_it() {
    let many = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    let tries = if many { TRIES * 100 } else { TRIES };
    for (number, (target, ..)) in targets::TARGETS.into_iter().enumerate() {
        let start = std::time::Instant::now();
        let kept = kept(target);
        assert!(!kept.is_empty(), "{target} has no input");
        for bytes in &kept {
            targets::import(target, bytes);
        }
        let mut dice = Dice::new(number as u64);
        for _ in 0..tries {
            let (one, other) = (dice.below(kept.len()), dice.below(kept.len()));
            let bytes = changed(&kept[one], &kept[other], &mut dice);
            targets::import(target, &bytes);
        }
        println!(
            "{target}: {} kept, {tries} changes, {:.1?}",
            kept.len(),
            start.elapsed()
        );
    }
}

#[test]
fn a_changed_picture_is_a_picture_or_an_error() {
    let bed = fs::read(folder("press/inputs/photos/bed.png")).unwrap();
    let mut dice = Dice::new(7);
    for _ in 0..TRIES {
        targets::picture_bytes(&changed(&bed, &bed, &mut dice));
    }
}

/// Each target has its file for the fuzzer, so that neither can be forgotten.
#[test]
fn a_fuzzer_finds_every_target() {
    for name in targets::TARGETS
        .map(|(name, ..)| name)
        .into_iter()
        .chain(["picture"])
    {
        let file = folder("fuzz/fuzz_targets").join(format!("{name}.rs"));
        assert!(file.is_file(), "{}", file.display());
        let manifest = fs::read_to_string(folder("fuzz/Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
