//! Smaller copies: authentic, partial, as long as was asked for; deltas become the very
//! same file again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test that cannot go on has failed

#[path = "common/mod.rs"]
mod common;

use std::ops::ControlFlow;
use std::path::Path;

use common::{go_on, issue, look, picture, text};
use varaq_carry::{
    DeltaError, DeltaReport, LiteError, LiteOptions, LiteReport, SelectError, apply, delta, lite,
};
use varaq_kit::storage::Sweep;
use varaq_kit::{FaultStorage, Mint, with_head};

const WHOLE: &str = "in/whole.varaq";
const SMALL: &str = "out/small.varaq";

fn disk() -> FaultStorage {
    let storage = FaultStorage::new();
    storage.put(WHOLE, &issue(2, 8));
    storage.put("in/base.varaq", &issue(1, 8));
    storage.put_folder("out");
    storage
}

fn made(storage: &FaultStorage, options: &LiteOptions) -> Result<LiteReport, LiteError> {
    let pins = Mint::default().pins(true);
    let (from, to) = (Path::new(WHOLE), Path::new(SMALL));
    lite(storage, from, to, &pins, options, &mut go_on)
}

fn text_only() -> LiteOptions {
    LiteOptions {
        text_only: true,
        ..LiteOptions::default()
    }
}

#[test]
fn a_copy_of_the_text_has_every_article_and_no_picture() {
    let storage = disk();
    let report = made(&storage, &text_only()).unwrap();
    let small = storage.bytes(SMALL).unwrap();
    let (verdict, whole, count, readable) = look(&small);
    assert_eq!((verdict.as_str(), readable), ("VERIFIED", 12));
    assert!(whole < count);
    assert_eq!((report.articles, report.pictures), (12, 0));
    assert_eq!(
        (report.pictures_out.count, report.pictures_out.bytes),
        (12, 312_000)
    );
    assert_eq!(report.len_bytes, small.len() as u64);
    assert_eq!(report.pieces, whole);
}

#[test]
fn a_section_is_kept_with_its_pictures_and_the_others_go() {
    let storage = disk();
    let sections = vec!["Science".to_owned()];
    let options = LiteOptions {
        sections,
        ..LiteOptions::default()
    };
    let report = made(&storage, &options).unwrap();
    assert_eq!(
        (report.articles, report.articles_out.count, report.pictures),
        (4, 8, 4)
    );
    let (_, _, _, readable) = look(&storage.bytes(SMALL).unwrap());
    assert!((4..12).contains(&readable), "{readable}");
}

#[test]
fn a_picture_that_two_articles_show_is_one_picture() {
    let storage = disk();
    let mint = Mint::default();
    let mut draft = mint.issue(3);
    draft.issue.sections = vec!["News".into(), "Science".into()];
    for (at, title) in [(1, "One"), (2, "Two")] {
        draft = draft.blocks("en", title, &text(at, 300), vec![picture(7, 9_000)]);
    }
    if let Some(second) = draft.articles_mut().last_mut() {
        second.entry.section = 1;
    }
    storage.put(WHOLE, &draft.signed(&[0, 1]));
    let report = made(&storage, &text_only()).unwrap();
    let out = report.pictures_out;
    assert_eq!((out.count, out.bytes), (1, 9_000));

    // It stays with the article that stays.
    storage.put_folder("again");
    let options = LiteOptions {
        sections: vec!["Science".to_owned()],
        ..LiteOptions::default()
    };
    let (from, to) = (Path::new(WHOLE), Path::new("again/small.varaq"));
    let pins = mint.pins(true);
    let report = lite(&storage, from, to, &pins, &options, &mut go_on).unwrap();
    assert_eq!((report.pictures, report.pictures_out.count), (1, 0));
}

#[test]
fn the_biggest_pictures_go_first_until_the_copy_fits() {
    let storage = disk();
    let text = made(&storage, &text_only()).unwrap().len_bytes;
    let mut before = 0;
    for room in [0, 5_000, 20_000, 60_000, 200_000, 400_000] {
        let storage = disk();
        let max = text + room;
        let options = LiteOptions {
            max_bytes: Some(max),
            ..LiteOptions::default()
        };
        let report = made(&storage, &options).unwrap();
        let small = storage.bytes(SMALL).unwrap();
        assert!(small.len() as u64 <= max, "{room}");
        assert!(report.pictures >= before && look(&small).3 == 12);
        // n small pictures are 4,000 × (1 + … + n) bytes.
        let kept = report.pictures * (report.pictures + 1) / 2 * 4_000;
        assert_eq!(kept + report.pictures_out.bytes, 312_000);
        before = report.pictures;
    }
    assert_eq!(before, 12);
}

#[test]
fn what_cannot_be_made_smaller_is_refused_and_leaves_nothing() {
    let storage = disk();
    let small = LiteOptions {
        max_bytes: Some(1_000),
        ..LiteOptions::default()
    };
    assert!(matches!(
        made(&storage, &small),
        Err(LiteError::TooLong { max: 1_000, .. })
    ));
    let strange = LiteOptions {
        sections: vec!["Sport".into()],
        ..LiteOptions::default()
    };
    assert!(matches!(
        made(&storage, &strange),
        Err(LiteError::NoSection(_))
    ));
    let forged = with_head(&issue(2, 8), |head| head.signatures[20] ^= 1);
    for bad in [&b"no bundle"[..], &forged, &[]] {
        storage.put(WHOLE, bad);
        let refused = made(&storage, &text_only());
        assert!(matches!(
            refused,
            Err(LiteError::Select(SelectError::Closed { .. }))
        ));
    }
    storage.put(WHOLE, &issue(2, 8));
    let pins = Mint::default().pins(true);
    let mut stop = |_, _| ControlFlow::Break(());
    let (from, to) = (Path::new(WHOLE), Path::new(SMALL));
    let stopped = lite(&storage, from, to, &pins, &text_only(), &mut stop);
    assert!(matches!(
        stopped,
        Err(LiteError::Select(SelectError::Cancelled))
    ));
    assert_eq!(
        storage
            .snapshot()
            .keys()
            .filter(|path| path.starts_with("out") && path.components().count() > 1)
            .count(),
        0
    );
}

#[test]
fn a_copy_of_a_copy_is_that_copy_and_no_file_is_overwritten() {
    let storage = disk();
    made(&storage, &text_only()).unwrap();
    let first = storage.bytes(SMALL).unwrap();
    assert!(made(&storage, &text_only()).is_err());
    let again = disk();
    again.put(WHOLE, &first);
    made(&again, &text_only()).unwrap();
    assert!(again.bytes(SMALL).unwrap() == first);
}

fn changed(storage: &FaultStorage) -> Result<DeltaReport, DeltaError> {
    let pins = Mint::default().pins(true);
    let base = [Path::new("in/base.varaq")];
    let (from, to) = (Path::new(WHOLE), Path::new(SMALL));
    delta(storage, from, &base, to, &pins, &mut go_on)
}

fn rebuilt(storage: &FaultStorage, bases: &[&Path]) -> Result<u64, DeltaError> {
    let pins = Mint::default().pins(true);
    let (from, to) = (Path::new(SMALL), Path::new("out/again.varaq"));
    apply(storage, from, bases, to, &pins, &mut go_on)
}

#[test]
fn a_delta_lacks_what_the_base_has_and_becomes_the_same_file_again() {
    let storage = disk();
    let report = changed(&storage).unwrap();
    let small = storage.bytes(SMALL).unwrap();
    assert_eq!(report.delta_bytes, small.len() as u64);
    assert!(
        report.delta_bytes < report.whole_bytes * 7 / 10,
        "{report:?}"
    );
    let (verdict, whole, count, _) = look(&small);
    assert_eq!(verdict, "VERIFIED");
    assert_eq!((whole, whole + report.shared), (report.pieces, count));
    rebuilt(&storage, &[Path::new("in/base.varaq")]).unwrap();
    assert!(storage.bytes("out/again.varaq") == storage.bytes(WHOLE));
}

#[test]
fn a_delta_without_its_base_or_without_its_layout_is_refused() {
    let storage = disk();
    changed(&storage).unwrap();
    assert!(matches!(
        rebuilt(&storage, &[]),
        Err(DeltaError::Missing { missing: 1.. })
    ));
    let base = [Path::new("in/base.varaq")];
    let small = storage.bytes(SMALL).unwrap();
    for cut in [1, 40, 200] {
        storage.put(SMALL, &small[..small.len() - cut]);
        assert!(rebuilt(&storage, &base).is_err(), "{cut}");
    }
    for at in 1..100 {
        let mut bad = small.clone();
        let at = bad.len() - at;
        bad[at] ^= 0x10;
        storage.put(SMALL, &bad);
        assert!(matches!(
            rebuilt(&storage, &base),
            Err(DeltaError::NoLayout)
        ));
    }
    assert!(storage.bytes("out/again.varaq").is_none());
}

#[test]
fn whichever_operation_fails_there_is_no_half_copy() {
    let sound = disk();
    made(&sound, &text_only()).unwrap();
    let small = sound.bytes(SMALL).unwrap();
    let every = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    let step = if every { 1 } else { 7 };
    let seeds = if every { 3 } else { 0 };
    let sweep = Sweep { seeds, step };
    let figures = sweep.run(
        &disk(),
        |storage| made(storage, &text_only()).is_ok(),
        |case, after, disk, done| {
            let there = disk.bytes(SMALL);
            assert!(
                there.is_none() || there.as_ref() == Some(&small),
                "{case:?} {after:?}"
            );
            assert!(!done || there.is_some(), "{case:?} {after:?}");
        },
    );
    println!("lite: {figures}, 0 half copies");
}

#[test]
fn whichever_operation_fails_no_wrong_file_is_rebuilt() {
    let start = disk();
    changed(&start).unwrap();
    let whole = start.bytes(WHOLE).unwrap();
    let every = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    let (step, seeds) = if every { (1, 3) } else { (29, 0) };
    let figures = Sweep { seeds, step }.run(
        &start,
        |storage| rebuilt(storage, &[Path::new("in/base.varaq")]).is_ok(),
        |case, after, disk, done| {
            let there = disk.bytes("out/again.varaq");
            assert!(
                there.is_none() || there.as_ref() == Some(&whole),
                "{case:?} {after:?}"
            );
            assert!(!done || there.is_some(), "{case:?} {after:?}");
        },
    );
    println!("delta: {figures}, 0 wrong files");
}
