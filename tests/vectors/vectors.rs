//! Our crates agree with every vector, the vectors are what the generator makes, and the
//! oracle, which was written from FORMAT.md alone, agrees too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "make/mod.rs"]
mod make;
mod oracle;
mod ours;

use make::PinLine;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors")
}

/// The vectors as they are in the folder: name, file, pins, and what must be said of it.
fn stored() -> Vec<(String, Vec<u8>, Vec<PinLine>, String)> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder()).unwrap() {
        let path = item.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "varaq")
        {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(path.with_extension("expect")).unwrap();
        let pins = text
            .lines()
            .filter_map(|line| line.strip_prefix("pin: "))
            .map(pin_line);
        let expect = text[text.find("verdict: ").unwrap()..].to_owned();
        found.push((name, std::fs::read(&path).unwrap(), pins.collect(), expect));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn pin_line(line: &str) -> PinLine {
    let mut fields = line.splitn(3, ' ');
    let mut field = || fields.next().unwrap().to_owned();
    PinLine {
        id: field(),
        checked: field() == "checked",
        name: field(),
    }
}

#[test]
fn our_crates_agree_with_every_vector() {
    let vectors = stored();
    assert!(vectors.len() >= 400, "only {} vectors", vectors.len());
    let wrong: Vec<_> = vectors
        .iter()
        .filter_map(|(name, bytes, pins, expect)| {
            let said = ours::check(bytes, pins).text();
            (said != *expect).then(|| format!("--- {name}\nexpected:\n{expect}said:\n{said}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ\n{}",
        wrong.len(),
        vectors.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_folder_holds_what_the_generator_makes() {
    let mut made = BTreeMap::new();
    for vector in make::all() {
        let twice = made.insert(vector.name.clone(), (vector.text(), vector.bytes));
        assert!(twice.is_none(), "two vectors are called {}", vector.name);
    }
    for (name, (text, bytes)) in &made {
        let path = folder().join(format!("{name}.varaq"));
        assert!(
            std::fs::read(&path).is_ok_and(|stored| stored == *bytes),
            "{name}.varaq is another one"
        );
        let stored = std::fs::read_to_string(path.with_extension("expect"));
        assert!(
            stored.is_ok_and(|stored| stored == *text),
            "{name}.expect is another one"
        );
    }
    assert_eq!(stored().len(), made.len(), "a vector that nothing makes");
}

#[test]
fn the_oracle_agrees_with_every_vector() {
    let Some(said) = oracle::check(&["--beside"], &[folder()]) else {
        return;
    };
    let vectors = stored();
    assert_eq!(said.len(), vectors.len());
    for (name, _, _, expect) in vectors {
        assert_eq!(said[&format!("{name}.varaq")].text(), expect, "{name}");
    }
}
