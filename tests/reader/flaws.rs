//! Every vector with one flaw, and every flipped bit of a small bundle's head, through the window's own opening path.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use varaq_kit::Mint;
use varaq_reader::{
    desk::{Desk, News, Source},
    issue::Checked,
};
use varaq_trust::{Consent, Pin, Pins};

struct Bench {
    desk: Desk,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            desk: Desk::new(Arc::new(|| {})),
            file: folder.path().join("file.varaq"),
            _folder: folder,
        }
    }

    fn news<T>(&self, mut take: impl FnMut(News) -> Option<T>) -> T {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Some(found) = self.desk.news().into_iter().find_map(&mut take) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("the worker did not answer");
    }

    fn checked(&self, bytes: &[u8], pins: &Pins) -> Checked {
        std::fs::write(&self.file, bytes).unwrap();
        self.desk.open(Source::Path(self.file.clone()), pins);
        self.news(|news| match news {
            News::Checked(checked) => Some(*checked),
            News::Refused(cause) => panic!("{cause}"),
            _ => None,
        })
    }

    /// Titles that the window would show after the boldest consent; `None` when it shows none.
    fn titles(&self, checked: &Checked) -> Option<Vec<String>> {
        self.desk.read(Consent::DifferentPublisher);
        if !checked.verdict.is_valid() {
            // Nothing may come: the next answer must be that of the next file.
            return None;
        }
        Some(self.news(|news| match news {
            News::Front(front) => {
                Some(front.entries.into_iter().map(|entry| entry.title).collect())
            }
            _ => None,
        }))
    }
}

/// Value of a field in an `.expect` file.
fn field<'t>(expectation: &'t str, name: &str) -> Option<&'t str> {
    expectation
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The pins that a vector is to be opened with: `ID checked|unchecked NAME`, or none.
fn pins_of(expectation: &str) -> Pins {
    let mut pins = Pins::new();
    if let Some(line) = field(expectation, "pin") {
        let mut words = line.splitn(3, ' ');
        let id = words.next().unwrap().parse().unwrap();
        let checked = words.next() == Some("checked");
        let name = words.next().unwrap().to_owned();
        pins.add(Pin {
            id,
            name,
            other_names: Vec::new(),
            checked,
            day: None,
        });
    }
    pins
}

#[test]
fn every_vector_gets_its_verdict_and_nothing_is_shown_of_the_invalid() {
    let bench = Bench::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors");
    let mut seen = 0;
    let mut valid = 0;
    for path in std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if path.extension().is_none_or(|ending| ending != "expect") {
            continue;
        }
        let name = path.display().to_string();
        let expectation = std::fs::read_to_string(&path).unwrap();
        let wanted = field(&expectation, "verdict").unwrap();
        let wanted = wanted.split('(').next().unwrap();
        // A valid issue's code takes 64 MiB and a while to stretch: every tenth is enough here.
        valid += usize::from(wanted == "VERIFIED");
        if wanted == "VERIFIED" && !valid.is_multiple_of(10) {
            continue;
        }
        let bytes = std::fs::read(path.with_extension("varaq")).unwrap();
        let checked = bench.checked(&bytes, &pins_of(&expectation));
        assert_eq!(checked.verdict.name(), wanted, "{name}");
        assert_eq!(
            checked.facts.is_some(),
            checked.verdict.is_valid(),
            "{name}"
        );
        if bench.titles(&checked).is_none() {
            std::thread::sleep(Duration::from_millis(2));
            let front = bench
                .desk
                .news()
                .iter()
                .any(|news| matches!(news, News::Front(_)));
            assert!(!front, "{name}");
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen} vectors");
}

#[test]
fn a_flipped_bit_never_shows_another_headline() {
    let bench = Bench::new();
    let mint = Mint::default();
    let bytes = mint.issue(7).article("One", "First words.").signed(&[0, 1]);
    let pins = mint.pins(true);
    // A prime step meets every section of the file; `check` and `show` flip every bit.
    for bit in (0..bytes.len() * 8).step_by(97) {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let checked = bench.checked(&flipped, &pins);
        if let Some(titles) = bench.titles(&checked) {
            assert!(
                titles.iter().all(|title| title == "One"),
                "bit {bit}: {titles:?}"
            );
        }
    }
}
