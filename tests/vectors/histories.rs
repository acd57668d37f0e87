//! Our crates agree with every history, also when their state goes through a file in between
//! and, where the order makes no difference, in every order; so does the oracle.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code
)]

#[path = "make/mod.rs"]
mod make;
mod oracle;
mod ours;
mod reader;
#[path = "make/histories/mod.rs"]
mod stories;

use make::PinLine;
use reader::Reader;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/histories")
}

/// A history as it is in the folder.
struct Told {
    name: String,
    reader: Reader,
    free: bool,
    one_session: bool,
    files: Vec<Vec<u8>>,
    names: Vec<String>,
    answers: Vec<String>,
    /// After which of them the program is started again.
    restarts: Vec<bool>,
}

fn told(path: &Path) -> Told {
    let text = std::fs::read_to_string(path).unwrap();
    let of = |key: &str| -> Vec<_> {
        let values = text.lines().filter_map(|line| line.strip_prefix(key));
        values.map(str::to_owned).collect()
    };
    let names = of("file: ");
    let files = names.iter().map(|name| folder().join(name));
    let pins = of("pin: ").iter().map(|line| pin_line(line)).collect();
    Told {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        reader: Reader::new(pins, &of("root: "), &of("today: "), &of("released: ")),
        free: !of("order: free").is_empty(),
        one_session: !of("session: one").is_empty(),
        files: files.map(|path| std::fs::read(path).unwrap()).collect(),
        names,
        answers: text.split("file: ").skip(1).map(answer).collect(),
        restarts: text.split("file: ").skip(1).map(restarts).collect(),
    }
}

/// What follows the line with the file's name.
fn answer(text: &str) -> String {
    let (_, answer) = text.split_once('\n').unwrap();
    let lines = answer.split_inclusive('\n');
    lines.filter(|line| !line.starts_with(RESTART)).collect()
}

const RESTART: &str = "restart: ";

fn restarts(text: &str) -> bool {
    text.contains(RESTART)
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

fn all() -> Vec<Told> {
    let items = std::fs::read_dir(folder()).unwrap();
    let mut paths: Vec<_> = items.map(|item| item.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|of| of == "history"));
    paths.sort();
    assert!(paths.len() >= 100, "only {} histories", paths.len());
    paths.iter().map(|path| told(path)).collect()
}

fn agree(said: impl Fn(&Told) -> Vec<String>) {
    let mut wrong = String::new();
    for history in all() {
        let said = said(&history);
        for (at, expected) in history.answers.iter().enumerate() {
            if said[at] != *expected {
                wrong += &format!(
                    "--- {} {}\nexpected:\n{expected}said:\n{}",
                    history.name, history.names[at], said[at]
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn our_crates_agree_with_every_history() {
    agree(|history| history.reader.read(&history.files, &history.restarts));
}

#[test]
fn a_state_that_went_through_a_file_gives_the_same_answers() {
    agree(|history| {
        let always = vec![true; history.files.len()];
        let turns = if history.one_session {
            &history.restarts
        } else {
            &always
        };
        history.reader.read(&history.files, turns)
    });
}

/// The order of arrival decides what section 4.7 says at its end, and nothing else.
#[test]
fn files_whose_order_is_free_get_the_same_verdicts_in_the_end() {
    for history in all().into_iter().filter(|history| history.free) {
        let files: BTreeSet<_> = history.files.iter().cloned().collect();
        let files: Vec<_> = files.into_iter().collect();
        let verdicts = |order: &[usize]| history.reader.verdicts_after(&files, order);
        let orders = orders(files.len());
        let first = verdicts(&orders[0]);
        for order in &orders {
            assert_eq!(verdicts(order), first, "{} as {order:?}", history.name);
        }
    }
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for at in 0..count {
        orders = orders
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |place| {
                    let mut longer = order.clone();
                    longer.insert(place, at);
                    longer
                })
            })
            .collect();
    }
    orders
}

#[test]
fn the_folder_holds_what_the_generator_makes() {
    let made = stories::all();
    let names = stories::names(&made);
    let mut expected: BTreeSet<_> = names.values().cloned().collect();
    for (bytes, name) in &names {
        let stored = std::fs::read(folder().join(name));
        assert!(
            stored.is_ok_and(|stored| stored == *bytes),
            "{name} is another one"
        );
    }
    for history in &made {
        let name = format!("{}.history", history.name);
        let stored = std::fs::read_to_string(folder().join(&name));
        let text = history.text(&names);
        assert!(
            stored.is_ok_and(|stored| stored == text),
            "{name} is another one"
        );
        assert!(
            expected.insert(name),
            "two histories are called {}",
            history.name
        );
    }
    let items = std::fs::read_dir(folder()).unwrap();
    let stored: BTreeSet<_> = items
        .map(|item| item.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(stored, expected, "a file that nothing makes");
}

#[test]
fn the_folder_stays_small() {
    let items = std::fs::read_dir(folder()).unwrap();
    let bytes: u64 = items
        .map(|item| item.unwrap().metadata().unwrap().len())
        .sum();
    assert!(bytes < 1_500_000, "{bytes} bytes");
}

#[test]
fn the_oracle_agrees_with_every_history() {
    let Some(lines) = oracle::run(&["history", "--json"], &[folder()]) else {
        return;
    };
    let said: BTreeMap<_, _> = lines.lines().map(oracle_said).collect();
    agree(|history| said[&format!("{}.history", history.name)].clone());
}

/// What the oracle says of the files of one history, by its file name.
fn oracle_said(line: &str) -> (String, Vec<String>) {
    let value: Value = serde_json::from_str(line).unwrap();
    let answer = |file: &Value| {
        let lines = file["lines"].as_array().unwrap();
        let lines: String = lines
            .iter()
            .map(|line| format!("line: {}\n", line.as_str().unwrap()))
            .collect();
        let (verdict, exit) = (file["verdict"].as_str().unwrap(), &file["exit"]);
        format!("verdict: {verdict}\n{lines}exit: {exit}\n")
    };
    let answers = value["files"].as_array().unwrap().iter().map(answer);
    (
        value["history"].as_str().unwrap().to_owned(),
        answers.collect(),
    )
}
