//! The arrows between our crates are those that ARCHITECTURE.md draws, and no crate in any
//! program of ours talks to a network.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod disks;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What Cargo prints.
#[allow(clippy::disallowed_methods)] // the tests may start programs, the program may not
fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The block of ARCHITECTURE.md that begins with "```layers".
fn drawn() -> Arrows {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let block = text.split("```layers\n").nth(1).unwrap();
    let lines = block.split("```").next().unwrap().lines();
    lines
        .map(|line| {
            let (from, to) = line.split_once('→').unwrap();
            let to = to.split_whitespace().map(str::to_owned).collect();
            (from.trim().to_owned(), to)
        })
        .collect()
}

/// The normal dependencies between our crates.
fn real() -> Arrows {
    let text = cargo(&[
        "metadata",
        "--offline",
        "--no-deps",
        "--format-version",
        "1",
    ]);
    let metadata: Value = serde_json::from_str(&text).unwrap();
    let ours = |value: &Value| Some(value.as_str()?.strip_prefix("varaq-")?.to_owned());
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            let normal = dependencies.iter().filter(|one| one["kind"].is_null());
            let to = normal.filter_map(|one| ours(&one["name"])).collect();
            (ours(&package["name"]).unwrap(), to)
        })
        .collect()
}

#[test]
fn the_arrows_are_those_of_the_architecture() {
    let (drawn, real) = (drawn(), real());
    for (from, to) in &real {
        assert_eq!(
            drawn.get(from),
            Some(to),
            "{from}: ARCHITECTURE.md and Cargo.toml differ"
        );
    }
    assert_eq!(
        drawn.len(),
        real.len(),
        "ARCHITECTURE.md draws a crate that is not there"
    );
}

#[test]
fn no_arrow_leads_back() {
    let mut left = drawn();
    while !left.is_empty() {
        let free: Vec<_> = left
            .iter()
            .filter(|(_, to)| to.iter().all(|to| !left.contains_key(to)))
            .map(|(from, _)| from.clone())
            .collect();
        assert!(!free.is_empty(), "a circle among {:?}", left.keys());
        free.iter().for_each(|from| drop(left.remove(from)));
    }
}

#[test]
fn no_crate_of_the_graph_is_a_network_library() {
    let policy = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let denied = policy.split("\ndeny = [").nth(1).unwrap();
    let denied: BTreeSet<&str> = denied
        .lines()
        .take_while(|line| *line != "]")
        .filter(|line| !line.contains("wrappers")) // banned for us, not for those named
        .filter_map(|line| line.split("crate = \"").nth(1)?.split(['"', '@']).next())
        .collect();
    for name in [
        "reqwest", "hyper", "tokio", "mio", "socket2", "rustls", "curl",
    ] {
        assert!(denied.contains(name), "deny.toml does not ban {name}");
    }
    let tree = cargo(&[
        "tree",
        "--offline",
        "--workspace",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let found: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        found.contains("varaq-reader"),
        "the graph is not the workspace's"
    );
    let network: Vec<_> = found.intersection(&denied).collect();
    assert!(network.is_empty(), "{network:?}");
}
