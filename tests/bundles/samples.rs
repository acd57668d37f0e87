//! The table in `bundles/README.md` is true: each sample gets the verdict, the publisher's
//! code and the exit code that stand there.
#![expect(clippy::disallowed_methods, reason = "the real program is run")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// One row of the first table.
struct Sample {
    file: String,
    publisher: String,
    verdict: String,
    exit: i32,
}

fn bundles() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../bundles"))
}

fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    text.lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect()
        })
}

fn readme() -> String {
    fs::read_to_string(bundles().join("README.md")).unwrap()
}

fn samples() -> Vec<Sample> {
    rows(&readme())
        .filter(|row| row[0].ends_with(".varaq"))
        .map(|row| Sample {
            file: row[0].clone(),
            publisher: row[1].clone(),
            verdict: row[2].clone(),
            exit: row[3].parse().unwrap(),
        })
        .collect()
}

fn code_of(publisher: &str) -> String {
    rows(&readme()).find(|row| row[0] == publisher).unwrap()[1].clone()
}

/// The program with a home of its own, in which `samples.contact` is trusted.
struct Reader {
    home: tempfile::TempDir,
}

impl Reader {
    fn new() -> Reader {
        let reader = Reader {
            home: tempfile::tempdir().unwrap(),
        };
        let told = reader.run(&["trust", "add", "samples.contact"]);
        assert!(
            told.status.success(),
            "{}",
            String::from_utf8_lossy(&told.stderr)
        );
        reader
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_varaq"))
            .args(arguments)
            .current_dir(bundles())
            .env("VARAQ_HOME", self.home.path())
            .output()
            .unwrap()
    }

    /// `check --json` of one file: its `bundle` object and the exit code.
    fn check(&self, file: &str) -> (Value, i32) {
        let output = self.run(&["check", "--json", file]);
        let text = String::from_utf8(output.stdout).unwrap();
        let bundle = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .find(|value| value["type"] == "bundle")
            .unwrap_or_else(|| panic!("no line about {file}: {text}"));
        (bundle, output.status.code().unwrap())
    }
}

#[test]
fn every_sample_gets_the_verdict_of_the_table() {
    let reader = Reader::new();
    let samples = samples();
    assert_eq!(samples.len(), 5);
    for sample in samples {
        let (bundle, exit) = reader.check(&sample.file);
        assert_eq!(
            bundle["verdict"],
            sample.verdict.as_str(),
            "{}: {bundle}",
            sample.file
        );
        assert_eq!(exit, sample.exit, "{}: {bundle}", sample.file);
    }
}

#[test]
fn codes_are_those_of_the_table() {
    let reader = Reader::new();
    for sample in samples().iter().filter(|sample| sample.exit != 20) {
        let output = reader.run(&["info", "--json", &sample.file]);
        let bundle: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            bundle["code"],
            code_of(&sample.publisher).as_str(),
            "{}: {bundle}",
            sample.file
        );
    }
}

#[test]
fn an_unknown_publisher_fails_only_when_trust_is_required() {
    let output = Reader::new().run(&["check", "--require-trusted", "unknown.varaq"]);
    assert_eq!(output.status.code(), Some(21));
}

#[test]
fn all_36_articles_are_listed_in_six_languages() {
    let output = Reader::new().run(&["list", "--json", "samples.varaq"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let mut languages: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|value| value["type"] == "article")
        .map(|value| {
            value["language"]
                .as_str()
                .unwrap_or_else(|| panic!("{value}"))
                .to_owned()
        })
        .collect();
    assert_eq!(languages.len(), 36);
    languages.sort();
    languages.dedup();
    assert_eq!(languages, ["ar", "az", "ckb", "en", "fa", "ru"]);
}

#[test]
fn nothing_of_an_altered_sample_is_printed() {
    let reader = Reader::new();
    for arguments in [["list", "altered.varaq"], ["info", "altered.varaq"]] {
        let output = reader.run(&arguments);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            !text.contains("Dickinson") && !text.contains("حافظ"),
            "{arguments:?}: {text}"
        );
    }
    let output = reader.run(&["show", "altered.varaq", "1", "--untrusted"]);
    assert_eq!(output.status.code(), Some(20));
    assert!(output.stdout.is_empty());
}
