//! The scenarios of tuf-conformance (theupdateframework/tuf-conformance, `tuf_conformance/test_*.py`)
//! re-enacted under their own names. How each maps, and where this format deviates, stands in
//! CONFORMANCE.md; a row there needs its test here.
//!
//! Root metadata are statements; timestamp, snapshot and targets are one manifest by the keys of
//! one delegation; a refresh is a bundle that somebody hands over.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

#[path = "conformance/basic.rs"]
mod basic;
#[path = "conformance/delegations.rs"]
mod delegations;
#[path = "conformance/download.rs"]
mod download;
#[path = "conformance/expiration.rs"]
mod expiration;
#[path = "conformance/keys.rs"]
mod keys;
#[path = "conformance/rollback.rs"]
mod rollback;
#[path = "conformance/rotations.rs"]
mod rotations;
#[path = "conformance/scene.rs"]
mod scene;

const TABLE: &str = include_str!("CONFORMANCE.md");

const FILES: [&str; 7] = [
    include_str!("conformance/basic.rs"),
    include_str!("conformance/delegations.rs"),
    include_str!("conformance/download.rs"),
    include_str!("conformance/expiration.rs"),
    include_str!("conformance/keys.rs"),
    include_str!("conformance/rollback.rs"),
    include_str!("conformance/rotations.rs"),
];

/// The scenarios of the table: (name, how it fares).
fn rows() -> Vec<(&'static str, &'static str)> {
    let cells = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<_>>();
    let rows = TABLE.lines().map(cells);
    let rows = rows.filter(|row| row.len() > 3 && row[1].starts_with("`test_"));
    rows.map(|row| (row[1].trim_matches('`'), row[2])).collect()
}

/// The tests of these files.
fn tests() -> Vec<&'static str> {
    let lines = FILES.iter().flat_map(|file| file.lines());
    let tests = lines.filter_map(|line| line.strip_prefix("fn test_"));
    tests.map(|line| line.split_once('(').unwrap().0).collect()
}

#[test]
fn every_scenario_of_the_table_has_its_test_and_every_test_its_row() {
    let (rows, tests) = (rows(), tests());
    for (name, fares) in &rows {
        let there = tests.contains(&name.strip_prefix("test_").unwrap());
        match *fares {
            "same" | "deviates" => assert!(there, "{name} has no test"),
            "cannot exist" => assert!(!there, "{name} has a test"),
            other => panic!("{name}: {other}"),
        }
    }
    for name in tests {
        let row = rows.iter().filter(|row| row.0 == format!("test_{name}"));
        assert_eq!(row.count(), 1, "test_{name} in the table");
    }
}
