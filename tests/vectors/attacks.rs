//! Every attack of `ATTACKS.md` has a vector, a history or a test, and each of them exists.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Names of all tests in the sources below a folder.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|of| of == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let after = text.split("fn ").skip(1);
            let names = after.filter_map(|rest| Some(rest.split_once('(')?.0.to_owned()));
            found.extend(names);
        }
    }
}

/// The rows of all tables: what the attack is, and the names in `code` behind it.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(tests().join("vectors/ATTACKS.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let rows = rows.filter(|line| !line.starts_with("| attack"));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").collect();
        let names = cells[1].split('`').skip(1).step_by(2);
        (
            cells[0].trim().to_owned(),
            names.map(str::to_owned).collect(),
        )
    })
    .collect()
}

#[test]
fn every_attack_has_a_vector_or_a_test_that_exists() {
    let mut functions_found = BTreeSet::new();
    functions(&tests(), &mut functions_found);
    let vectors = tests().join("vectors");
    let exists = |name: &str| match name.strip_prefix("fn ") {
        Some(function) => functions_found.contains(function),
        None => {
            vectors.join(format!("{name}.varaq")).is_file()
                || vectors.join(format!("histories/{name}.history")).is_file()
        }
    };
    let rows = rows();
    assert!(rows.len() >= 75, "only {} attacks", rows.len());
    let mut wrong = Vec::new();
    for (attack, names) in &rows {
        if names.is_empty() {
            wrong.push(format!("nothing stands against: {attack}"));
        }
        let missing = names.iter().filter(|name| !exists(name));
        wrong.extend(missing.map(|name| format!("there is no `{name}` ({attack})")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
