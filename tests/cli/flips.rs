//! Every single-bit flip, every truncation and appended bytes of a small signed bundle,
//! through `check` and `show`: a listed verdict, a designed exit code, never different content.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use desk::Desk;
use varaq_cli::Io;
use varaq_kit::Mint;
use varaq_shelf::StateFile;
use varaq_trust::State;

const VERDICTS: [&str; 17] = [
    "UNUSABLE", // the beginnings of our three kinds of files are one bit apart
    "NOT_A_BUNDLE",
    "NEWER_FORMAT",
    "DAMAGED_HEAD",
    "CHAIN_INCOMPLETE",
    "BAD_SIGNATURE",
    "UNSIGNED_DRAFT",
    "OUT_OF_WINDOW",
    "REVOKED_KEY",
    "SUSPENDED_KEY",
    "BELOW_THRESHOLD",
    "IDENTITY_SPLIT",
    "CONFLICT",
    "IMPOSTOR_NAME",
    "UNKNOWN_PUBLISHER",
    "PINNED",
    "VERIFIED",
];

/// Threads that share the work; each has its own file.
const THREADS: usize = 2;

/// A signed issue of one short article, whose publisher is trusted.
fn small_issue() -> (Desk, Vec<u8>) {
    let desk = Desk::new();
    let mint = Mint::default();
    StateFile::in_folder(&desk.path("home"))
        .save(&State::from(mint.pins(true)))
        .unwrap();
    let bytes = mint
        .issue(1)
        .article("A kept promise", "The well is open again.")
        .signed(&[0, 2]);
    fs::write(desk.path("issue.varaq"), &bytes).unwrap();
    (desk, bytes)
}

/// One altered file and what the tool says about it.
struct Probe {
    home: PathBuf,
    file: PathBuf,
    shown: String,
}

impl Probe {
    fn new(desk: &Desk, thread: usize) -> Probe {
        let file = desk.path(&format!("probe-{thread}.varaq"));
        fs::copy(desk.path("issue.varaq"), &file).unwrap();
        let probe = Probe {
            home: desk.path("home"),
            file,
            shown: String::new(),
        };
        let (code, shown) = probe.run(&["show", "FILE", "1"]);
        assert_eq!(code, 0);
        assert!(shown.contains("The well is open again."));
        let (code, checked) = probe.run(&["check", "FILE"]);
        assert!(code == 0 && checked.starts_with("VERIFIED"), "{checked}");
        Probe { shown, ..probe }
    }

    fn run(&self, args: &[&str]) -> (u8, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut io = Io::new(&mut out, &mut err);
        io.home = Some(self.home.clone());
        let args = args.iter().map(|&arg| {
            if arg == "FILE" {
                self.file.clone().into_os_string()
            } else {
                OsString::from(arg)
            }
        });
        let code = varaq_cli::run(std::iter::once("varaq".into()).chain(args), &mut io);
        (code, String::from_utf8(out).unwrap())
    }

    /// The altered file is never called good, and never shows anything else.
    fn judge(&self, what: &str) {
        let (code, checked) = self.run(&["check", "FILE"]);
        let verdict = checked.split_whitespace().next().unwrap_or_default();
        assert!(VERDICTS.contains(&verdict), "{what}: {checked}");
        assert!(
            matches!(code, 3 | 10 | 20 | 22 | 23 | 24),
            "{what}: code {code}, {checked}"
        );
        let (code, shown) = self.run(&["show", "FILE", "1"]);
        match code {
            0 => assert_eq!(shown, self.shown, "{what}"),
            3 | 10 | 20 | 21 | 23 | 24 => assert_eq!(shown, "", "{what}"),
            code => panic!("{what}: show ended with {code}"),
        }
    }
}

/// Runs `probe` for each of `cases`, shared between threads.
fn each(desk: &Desk, cases: &[usize], probe: impl Fn(&Probe, usize) + Sync) {
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let probe = &probe;
            scope.spawn(move || {
                let own = Probe::new(desk, thread);
                cases
                    .iter()
                    .skip(thread)
                    .step_by(THREADS)
                    .for_each(|&case| probe(&own, case));
            });
        }
    });
}

fn write_byte(file: &Path, at: usize, byte: u8) {
    use std::io::{Seek, SeekFrom, Write};
    let mut file = fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(at as u64)).unwrap();
    file.write_all(&[byte]).unwrap();
}

#[test]
fn no_flipped_bit_is_called_good_or_shows_other_words() {
    let (desk, bytes) = small_issue();
    let flips: Vec<usize> = (0..bytes.len() * 8).collect();
    println!("{} bytes, {} flips", bytes.len(), flips.len());
    each(&desk, &flips, |probe, flip| {
        let (at, bit) = (flip / 8, flip % 8);
        write_byte(&probe.file, at, bytes[at] ^ 1 << bit);
        probe.judge(&format!("bit {bit} of byte {at}"));
        write_byte(&probe.file, at, bytes[at]);
    });
}

#[test]
fn no_truncation_is_called_good_or_shows_other_words() {
    let (desk, bytes) = small_issue();
    let lengths: Vec<usize> = (0..bytes.len()).collect();
    each(&desk, &lengths, |probe, len| {
        fs::write(&probe.file, &bytes[..len]).unwrap();
        probe.judge(&format!("cut to {len} bytes"));
    });
}

#[test]
fn appended_bytes_are_told_and_change_nothing() {
    let (desk, bytes) = small_issue();
    each(&desk, &[1, 2, 63, 64, 4_096, 1 << 20], |probe, more| {
        for filler in [0x00, 0x89, 0xff] {
            fs::write(&probe.file, [&bytes[..], &vec![filler; more]].concat()).unwrap();
            let (code, checked) = probe.run(&["check", "FILE"]);
            assert_eq!(code, 22, "{checked}");
            assert!(
                checked.starts_with("VERIFIED")
                    && checked.contains(&format!("EXTRA_BYTES({more})")),
                "{checked}"
            );
            probe.judge(&format!("{more} bytes more"));
        }
    });
}
