//! A check of a folder: hundreds of bundles, what they are to each other, samples, and another
//! copy to compare with.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tempfile::TempDir;
use varaq_bundle::Sample;
use varaq_carry::{Against, CheckOptions, Event, FileReport, Same, Series, Summary, check};
use varaq_kit::{Mint, pieces_at};
use varaq_storage::Disk;

/// What a check said.
#[derive(Debug, Default)]
struct Said {
    summary: Option<Summary>,
    files: Vec<FileReport>,
    same: Vec<Same>,
    series: Vec<Series>,
    unreadable: Vec<PathBuf>,
}

fn said(folder: &Path, options: &CheckOptions) -> Said {
    let mut said = Said::default();
    let pins = Mint::default().pins(true);
    let cancel = AtomicBool::new(false);
    let paths = [folder.to_owned()];
    let summary = check(
        &Disk,
        &paths,
        &pins,
        options,
        &cancel,
        &mut |event| match event {
            Event::File(report) => said.files.push(*report),
            Event::Same(same) => said.same.push(same),
            Event::Series(series) => said.series.push(series),
            Event::Unreadable(path, _) => said.unreadable.push(path),
            _ => {}
        },
    );
    said.summary = summary.ok();
    said
}

fn issue(number: u32) -> Vec<u8> {
    let mint = Mint::default();
    let issue = mint.issue(number);
    issue.article("One", "First words.").signed(&[0, 1])
}

/// An issue of many pieces.
fn long_issue() -> Vec<u8> {
    let mint = Mint::default();
    let mut draft = mint.issue(1);
    draft.options.piece_bytes = 1_024;
    let mut state = 1_u64;
    for number in 0..60 {
        let mut word = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            format!("{:x} ", state >> 20)
        };
        let text: String = (0..400).map(|_| word()).collect();
        draft = draft.article(&format!("Article {number}"), &text);
    }
    draft.signed(&[0, 1])
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(name).collect()
}

#[test]
fn hundreds_of_bundles_are_told_in_their_order_and_the_damaged_one_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let bundles: Vec<Vec<u8>> = (1..=8).map(issue).collect();
    for number in 0..400 {
        let mut bytes = bundles[number % bundles.len()].clone();
        if number == 250 {
            *bytes.last_mut().unwrap() ^= 1;
            let at = pieces_at(&bytes);
            bytes[at] ^= 1;
        }
        // Each in a folder of its own: nothing is read as one.
        let place = dir.path().join(format!("{number:03}"));
        fs::create_dir(&place).unwrap();
        fs::write(place.join("news.varaq"), bytes).unwrap();
    }
    let options = |threads| CheckOptions {
        threads,
        ..CheckOptions::default()
    };
    let one = said(dir.path(), &options(1));
    let many = said(dir.path(), &options(7));
    assert_eq!(one.summary, many.summary);
    assert_eq!(one.summary.unwrap().files, 400);
    let told = |said: &Said| -> Vec<_> {
        let files = said.files.iter();
        files
            .map(|file| (file.path.clone(), file.code, file.verdict))
            .collect()
    };
    assert_eq!(told(&one), told(&many));
    assert!(told(&one).is_sorted_by_key(|(path, ..)| path.clone()));
    let bad: Vec<_> = told(&one)
        .into_iter()
        .filter(|(_, code, _)| *code != 0)
        .collect();
    assert_eq!(bad.len(), 1, "{bad:?}");
    assert!(bad[0].0.to_string_lossy().contains("250"), "{bad:?}");
    // Copies of one issue in many folders, and all older than the eighth.
    assert_eq!((many.same.len(), many.series.len()), (9, 1));
    assert_eq!(many.series[0].older.len(), 350);
}

#[test]
fn the_same_bytes_and_the_same_issue_are_told_apart() {
    let whole = issue(2);
    let mint = Mint::default();
    let signed_by_three = mint
        .issue(2)
        .article("One", "First words.")
        .signed(&[0, 1, 2]);
    let dir = folder(&[
        ("a/one.varaq", &whole),
        ("a/two.varaq", &whole),
        ("b/three.varaq", &signed_by_three),
    ]);
    let said = said(dir.path(), &CheckOptions::default());
    let told: Vec<_> = said
        .same
        .iter()
        .map(|same| (same.identical, names(&same.paths)))
        .collect();
    let all = ["one.varaq", "two.varaq", "three.varaq"].map(str::to_owned);
    assert_eq!(told, [(true, all[..2].to_vec()), (false, all.to_vec())]);
}

#[test]
fn a_damaged_twin_is_not_called_the_same_bytes() {
    let whole = issue(2);
    let mut damaged = whole.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let dir = folder(&[("a.varaq", &whole), ("b.varaq", &damaged)]);
    assert_eq!(said(dir.path(), &CheckOptions::default()).same, []);
}

#[test]
fn older_issues_are_named_with_the_newest() {
    let dir = folder(&[
        ("a.varaq", &issue(3)),
        ("b.varaq", &issue(1)),
        ("c.varaq", &issue(2)),
    ]);
    let said = said(dir.path(), &CheckOptions::default());
    let series = &said.series[0];
    assert_eq!(series.newest, ((1, 3), dir.path().join("a.varaq")));
    let older: Vec<_> = series.older.iter().map(|(place, _)| *place).collect();
    assert_eq!(older, [(1, 1), (1, 2)]);
}

#[test]
fn a_sample_says_what_it_did_not_read_and_never_calls_it_whole() {
    let bytes = long_issue();
    let dir = folder(&[("a.varaq", &bytes)]);
    let with = |percent, seed| CheckOptions {
        sample: Some(Sample { percent, seed }),
        ..CheckOptions::default()
    };
    let all = said(dir.path(), &CheckOptions::default());
    let count = all.files[0].found.as_ref().unwrap().pieces.whole;
    assert!(count > 100, "{count}");
    let mut unread = Vec::new();
    for (percent, seed) in [(1, 0), (30, 0), (30, 0), (30, 1), (100, 0)] {
        let said = said(dir.path(), &with(percent, seed));
        let found = said.files[0].found.clone().unwrap();
        let pieces = found.pieces;
        assert_eq!(pieces.whole + pieces.unread, count, "{pieces:?}");
        assert_eq!(found.is_complete(), pieces.unread == 0);
        assert_eq!(found.unread_bytes > 0, pieces.unread > 0);
        assert_eq!((said.files[0].code, found.extra_bytes), (0, 0));
        unread.push(pieces.unread);
    }
    assert!(unread[0] > unread[1] && unread[1] > 0, "{unread:?}");
    assert_eq!((unread[1], unread[4]), (unread[2], 0));
}

#[test]
fn a_sample_finds_damage_only_where_it_reads() {
    let bytes = long_issue();
    let mut found = (0, 0);
    let start = pieces_at(&bytes) + 3_000;
    for at in (start..bytes.len()).step_by(8_191) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        let dir = folder(&[("a.varaq", &damaged)]);
        let sample = Some(Sample {
            percent: 40,
            seed: 0,
        });
        let options = CheckOptions {
            sample,
            ..CheckOptions::default()
        };
        let said = said(dir.path(), &options);
        match said.files[0].code {
            0 => found.0 += 1,
            _ => found.1 += 1,
        }
    }
    assert!(found.0 > 0 && found.1 > 0, "{found:?}");
}

#[test]
fn each_bundle_is_told_how_it_stands_to_another_copy() {
    let mint = Mint::default();
    let rival = mint.issue(4).article("Two", "Other words.").signed(&[0, 1]);
    let more = mint
        .issue(4)
        .article("One", "First words.")
        .signed(&[0, 1, 2]);
    let other = Mint::other("Another", 40);
    let stranger = other.issue(9).article("One", "Words.").signed(&[0, 1]);
    let mut flipped = issue(4);
    *flipped.last_mut().unwrap() ^= 1;
    let dir = folder(&[
        ("stick/1.varaq", &issue(4)),
        ("stick/2.varaq", &more),
        ("stick/3.varaq", &issue(5)),
        ("stick/4.varaq", &issue(2)),
        ("stick/5.varaq", &stranger),
        ("stick/6.varaq", &flipped),
        ("stick/7.varaq", b"no bundle"),
        ("home/issue.varaq", &issue(4)),
        ("home/older.varaq", &issue(3)),
        ("rivals/issue.varaq", &rival),
        ("none/note.txt", b"nothing here"),
    ]);
    let against = |place: &str| {
        let options = CheckOptions {
            against: Some(dir.path().join(place)),
            ..CheckOptions::default()
        };
        let said = said(&dir.path().join("stick"), &options);
        let told: Vec<_> = said
            .files
            .iter()
            .map(|file| file.against.as_ref().map(Against::name))
            .collect();
        (told, said.unreadable.len(), said.summary.unwrap().code)
    };
    let some = |names: [&'static str; 6]| -> Vec<_> {
        names.into_iter().map(Some).chain([None]).collect()
    };
    let (told, unreadable, _) = against("home");
    let expected = [
        "identical",
        "same issue",
        "newer",
        "older",
        "none there",
        "same issue",
    ];
    assert_eq!((told, unreadable), (some(expected), 0));
    let (told, ..) = against("home/issue.varaq");
    assert_eq!(told, some(expected));
    let (told, ..) = against("rivals");
    let expected = ["rival", "rival", "newer", "older", "none there", "rival"];
    assert_eq!(told, some(expected));
    // Nothing to compare with is an error, and no bundle is told to be anything.
    let (told, unreadable, code) = against("none");
    assert_eq!(told, some(["none there"; 6]));
    assert_eq!((unreadable, code), (1, 22));
    assert_eq!(against("missing").1, 2);
}

#[test]
fn a_title_is_in_a_report_only_when_it_is_asked_for() {
    let dir = folder(&[("a.varaq", &issue(1))]);
    let title = |titles| {
        let options = CheckOptions {
            titles,
            ..CheckOptions::default()
        };
        said(dir.path(), &options).files[0].title.clone()
    };
    assert_eq!((title(false), title(true)), (None, Some("Issue 1".into())));
}
