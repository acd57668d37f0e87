//! `shelf`, `carry` and `press` reach a disk through `varaq_storage::Storage` alone: what goes
//! past it, no test can let fail.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Crates that may not.
const CRATES: [&str; 3] = ["shelf", "carry", "press"];

/// What opens or asks a disk without it; a letter before it makes it another word.
const WAYS: [&str; 15] = [
    "fs::",
    "std::fs",
    "File::",
    "OpenOptions",
    "DirBuilder",
    "tempfile",
    "Disk",
    "exists()",
    "is_file()",
    "is_dir()",
    "metadata()",
    "symlink_metadata()",
    "read_dir()",
    "read_link()",
    "canonicalize()",
];

/// File, way and reason.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "shelf/state_file.rs",
    "Disk",
    "the disk of this machine is the one that is meant unless another is named",
)];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The ways that a program takes, comments and the tests behind it aside.
fn ways(text: &str) -> BTreeSet<&'static str> {
    let program = text.split("#[cfg(test)]").next().unwrap();
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let takes = |line: &str, way: &str| {
        let mut before = line.match_indices(way).map(|(at, _)| &line[..at]);
        before.any(|before| !before.ends_with(is_of_word))
    };
    let lines = program.lines().map(|line| line.split("//").next().unwrap());
    lines
        .flat_map(|line| WAYS.into_iter().filter(move |way| takes(line, way)))
        .collect()
}

/// Each way past the trait that is in a file.
fn found() -> BTreeSet<(String, &'static str)> {
    let mut found = BTreeSet::new();
    for path in CRATES.iter().flat_map(|name| sources(&src().join(name))) {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(src()).unwrap().display().to_string();
        let name = name.replace('\\', "/");
        found.extend(ways(&text).into_iter().map(|way| (name.clone(), way)));
    }
    found
}

#[test]
fn no_file_is_opened_past_the_trait() {
    let allowed = EXCEPTIONS.map(|(file, way, _)| (file.to_owned(), way));
    let allowed = BTreeSet::from(allowed);
    let found = found();
    let past: Vec<_> = found.difference(&allowed).collect();
    assert!(past.is_empty(), "past varaq_storage: {past:?}");
    let stale: Vec<_> = allowed.difference(&found).collect();
    assert!(stale.is_empty(), "exceptions that nothing needs: {stale:?}");
}

#[test]
fn a_way_past_the_trait_is_noticed() {
    for line in [
        "use std::fs;",
        "let file = File::open(path)?;",
        "if path.exists() {",
    ] {
        assert!(!ways(line).is_empty(), "{line}");
    }
    for line in [
        "StateFile::new(storage, folder)",
        "Facts::File { len }",
        "// std::fs",
    ] {
        assert_eq!(ways(line), BTreeSet::new(), "{line}");
    }
}
