//! Every vector, and every flipped bit, cut and tail of a small bundle, through the window's own opening path.
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
use varaq_trust::{Consent, Name, Pin, Pins, State};

struct Bench {
    desk: Desk,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            desk: Desk::new(Arc::new(|| {})).unwrap(),
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
            std::thread::yield_now();
        }
        panic!("the worker did not answer");
    }

    fn checked(&self, bytes: &[u8], pins: &Pins) -> Checked {
        std::fs::write(&self.file, bytes).unwrap();
        let state = State::from(pins.clone());
        self.desk
            .open(Source::Path(self.file.clone()), &state, None);
        self.news(|news| match news {
            News::Checked(checked, _) => Some(*checked),
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
            News::Front(front, _) => {
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
        let name = Name::new("en", words.next().unwrap()).unwrap();
        pins.add(Pin::new(id, &[name], checked, None));
    }
    pins
}

#[test]
fn every_vector_gets_its_verdict_and_nothing_is_shown_of_the_invalid() {
    let bench = Bench::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors");
    let mut seen = 0;
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
                .any(|news| matches!(news, News::Front(..)));
            assert!(!front, "{name}");
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen} vectors");
}

/// A copy that differs from the signed one shows the signed headline, or none.
fn never_another_headline(what: &str, bench: &Bench, bytes: &[u8], pins: &Pins) {
    let checked = bench.checked(bytes, pins);
    if let Some(titles) = bench.titles(&checked) {
        let same = titles.iter().all(|title| title == "One");
        assert!(same, "{what}: {titles:?}");
    }
}

/// A bundle of one article, as small as bundles get.
fn small() -> (Vec<u8>, Pins) {
    let mint = Mint::default();
    let draft = mint.issue(7).article("One", "First words.").slack(256);
    let bytes = draft.signed(&[0, 1]);
    assert!(bytes.len() < 2_500, "{} bytes", bytes.len());
    (bytes, mint.pins(true))
}

/// Runs `look` for every number below `count`, on every core with a bench of its own.
fn on_all_cores(count: usize, look: impl Fn(&Bench, usize) + Sync) {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for core in 0..cores {
            let look = &look;
            scope.spawn(move || {
                let bench = Bench::new();
                (core..count)
                    .step_by(cores)
                    .for_each(|number| look(&bench, number));
            });
        }
    });
}

#[test]
fn a_flipped_bit_never_shows_another_headline() {
    let (bytes, pins) = small();
    on_all_cores(bytes.len() * 8, |bench, bit| {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        never_another_headline(&format!("bit {bit}"), bench, &flipped, &pins);
    });
}

#[test]
fn a_cut_copy_never_shows_another_headline() {
    let (bytes, pins) = small();
    on_all_cores(bytes.len(), |bench, end| {
        never_another_headline(&format!("cut at {end}"), bench, &bytes[..end], &pins);
    });
}

#[test]
fn a_tail_changes_no_headline_and_is_told() {
    let (bytes, pins) = small();
    let bench = Bench::new();
    for tail in [&[0][..], &[0xff; 7], &[0; 4_096], &bytes] {
        let mut longer = bytes.clone();
        longer.extend_from_slice(tail);
        let checked = bench.checked(&longer, &pins);
        assert_eq!(checked.verdict.name(), "VERIFIED");
        assert!(checked.extra_bytes, "{} bytes behind the end", tail.len());
        assert_eq!(bench.titles(&checked).unwrap(), ["One"]);
    }
}
