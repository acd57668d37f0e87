//! Histories: files that one reader opens one after the other, and what each is called (FORMAT.md
//! sections 4.6, 4.7 and 7).
//!
//! The expectations are written by hand; only ids of manifests, which nobody could write down,
//! are taken from the files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a history that cannot be made has failed

mod conflicts;
mod forks;
pub mod issue;
mod keys;
mod notes;
mod numbers;
mod strangers;

use crate::make::PinLine;
use issue::{Issue, Publisher};
use std::collections::BTreeMap;
use varaq_bundle::RootRef;
use varaq_kit::Mint;

/// A reader and the files it opens.
#[derive(Clone, Debug)]
pub struct History {
    /// Its name says the flaw.
    pub name: String,
    /// Section of FORMAT.md.
    pub section: String,
    /// What a reader might get wrong.
    pub purpose: String,
    /// Whom the reader knows.
    pub pins: Vec<PinLine>,
    /// The newest statement that a contact named, of a publisher by its id.
    pub roots: Vec<(String, RootRef)>,
    /// The computer's day.
    pub today: Option<String>,
    /// The day of the program's release.
    pub released: Option<String>,
    /// In any order the files get the same verdicts in the end.
    pub free: bool,
    /// What is said of publishers that are not pinned is forgotten with the program's end.
    pub one_session: bool,
    /// The files in order.
    pub files: Vec<Opened>,
}

/// A file, and what is said of it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// It.
    pub bytes: Vec<u8>,
    /// The verdict.
    pub verdict: String,
    /// The lines that come from what was met before.
    pub lines: Vec<String>,
    /// Exit code of `check`.
    pub exit: u8,
    /// Whether the program is started again after it.
    pub restart: bool,
}

/// The histories so far.
#[derive(Debug, Default)]
pub struct List(Vec<History>);

impl List {
    /// A history read by somebody who has checked the code of "Example News".
    fn add(&mut self, name: &str, purpose: &str) -> &mut History {
        self.0.push(History {
            name: name.into(),
            section: "4.7".into(),
            purpose: purpose.into(),
            pins: PinLine::of(&Mint::default(), true),
            roots: Vec::new(),
            today: None,
            released: None,
            free: false,
            one_session: false,
            files: Vec::new(),
        });
        self.0.last_mut().unwrap()
    }
}

impl History {
    /// About another section.
    fn section(&mut self, section: &str) -> &mut History {
        self.section = section.into();
        self
    }

    /// Read by somebody who has checked the codes of these.
    fn pinning(&mut self, publishers: &[&Publisher]) -> &mut History {
        let pins = publishers.iter().flat_map(|one| PinLine::of(one, true));
        self.pins = pins.collect();
        self
    }

    /// The contact of a publisher names its newest statement.
    fn contact(&mut self, publisher: &Publisher) -> &mut History {
        let root = (publisher.id().to_string(), publisher.root());
        self.roots.push(root);
        self
    }

    /// By the computer's clock it is that day; the program was released on the other.
    fn on(&mut self, today: &str, released: &str) -> &mut History {
        self.today = Some(today.into());
        self.released = Some(released.into());
        self
    }

    /// The order makes no difference in the end.
    fn in_any_order(&mut self) -> &mut History {
        self.free = true;
        self
    }

    /// The answers hold while the program runs.
    fn in_one_session(&mut self) -> &mut History {
        self.one_session = true;
        self
    }

    /// Before the next file the program ends, and is started again.
    fn restarts(&mut self) -> &mut History {
        self.files.last_mut().unwrap().restart = true;
        self
    }

    /// The next file, what it is called, and the lines beside that.
    fn opens(&mut self, issue: &Issue, verdict: &str, lines: &[&str]) -> &mut History {
        self.opens_file(issue.file(), verdict, lines)
    }

    /// The same with a file that is no ordinary one.
    fn opens_file(&mut self, bytes: Vec<u8>, verdict: &str, lines: &[&str]) -> &mut History {
        let exit = match verdict {
            "PINNED" | "VERIFIED" | "UNKNOWN_PUBLISHER" => 0,
            "DAMAGED_HEAD" => 23,
            "OUT_OF_WINDOW" | "REVOKED_KEY" | "SUSPENDED_KEY" => 24,
            _ => 20,
        };
        self.files.push(Opened {
            bytes,
            verdict: verdict.into(),
            lines: lines.iter().map(|&line| line.into()).collect(),
            exit,
            restart: false,
        });
        self
    }

    /// The last file has another exit code than its verdict alone would have.
    fn exit(&mut self, exit: u8) -> &mut History {
        self.files.last_mut().unwrap().exit = exit;
        self
    }

    /// The contents of `NAME.history`; `names` says how files are called.
    #[must_use]
    pub fn text(&self, names: &BTreeMap<Vec<u8>, String>) -> String {
        let mut text = format!("purpose: {}\nsection: {}\n", self.purpose, self.section);
        for pin in &self.pins {
            let checked = if pin.checked { "checked" } else { "unchecked" };
            text += &format!("pin: {} {checked} {}\n", pin.id, pin.name);
        }
        for (publisher, root) in &self.roots {
            let (generation, version) = (root.generation, root.version);
            text += &format!("root: {publisher} {generation} {version} {}\n", root.id);
        }
        for (name, day) in [("today", &self.today), ("released", &self.released)] {
            text += &day
                .iter()
                .map(|day| format!("{name}: {day}\n"))
                .collect::<String>();
        }
        if self.free {
            text += "order: free\n";
        }
        if self.one_session {
            text += "session: one\n";
        }
        for file in &self.files {
            text += &format!("file: {}\n{}", names[&file.bytes], file.answer());
            if file.restart {
                text += "restart: what is of pinned publishers is remembered\n";
            }
        }
        text
    }
}

impl Opened {
    /// What is said of the file.
    #[must_use]
    pub fn answer(&self) -> String {
        let lines: String = self
            .lines
            .iter()
            .map(|line| format!("line: {line}\n"))
            .collect();
        format!("verdict: {}\n{lines}exit: {}\n", self.verdict, self.exit)
    }
}

/// All histories.
#[must_use]
pub fn all() -> Vec<History> {
    let mut list = List::default();
    numbers::add(&mut list);
    conflicts::add(&mut list);
    keys::add(&mut list);
    forks::add(&mut list);
    notes::add(&mut list);
    strangers::add(&mut list);
    list.0
}

/// How the files are called: by the first history that opens them, and the place there.
#[must_use]
pub fn names(histories: &[History]) -> BTreeMap<Vec<u8>, String> {
    let mut names = BTreeMap::new();
    for history in histories {
        for (at, file) in history.files.iter().enumerate() {
            let name = || format!("{}-{}.varaq", history.name, at + 1);
            names.entry(file.bytes.clone()).or_insert_with(name);
        }
    }
    names
}
