//! Repair, join, split and repair data on a disk that fails: no half file, no false success.

use std::path::{Path, PathBuf};

use varaq_carry::mend::{RepairOptions, SplitOptions, add_parity, join, repair, split};
use varaq_kit::FaultStorage;
use varaq_kit::storage::{Case, Fault, Sweep};

use crate::{issue, on, parity_of, parts_of, pins};

/// Every operation of so many is tried; `VARAQ_EVERY_FAULT=1` tries all.
fn sweep(usual: usize) -> Sweep {
    let all = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    Sweep {
        seeds: 1,
        step: if all { 1 } else { usual },
    }
}

/// What is under a final name is right, and what was answered for is there.
fn judge(case: Case, disk: &FaultStorage, answered: bool, wanted: &[(PathBuf, Vec<u8>)]) {
    for (name, bytes) in wanted {
        match disk.bytes(name) {
            Some(found) => assert!(found == *bytes, "{case:?}: {name:?} is wrong"),
            None => assert!(!answered, "{case:?}: {name:?} was answered for"),
        }
    }
}

#[test]
fn repair_leaves_the_whole_file_or_none() {
    let bundle = issue(1, 6);
    let parity = parity_of(&bundle, 30);
    let mut hurt = bundle.clone();
    let middle = hurt.len() / 2;
    hurt[middle..middle + 1_000].fill(0);
    let start = FaultStorage::new();
    start.put("s/hurt", &hurt);
    start.put("s/parity", &parity);
    let files: Vec<PathBuf> = vec!["s/hurt".into(), "s/parity".into()];
    let wanted = [(PathBuf::from("s/out.varaq"), bundle)];
    let run = |disk: &FaultStorage| {
        let report = repair(
            disk,
            &files,
            &wanted[0].0,
            &RepairOptions::default(),
            &pins(),
            &mut on,
        );
        report.is_ok_and(|report| report.written)
    };
    let figures = sweep(7).run(&start, run, |case, _, disk, answered| {
        judge(case, disk, *answered, &wanted);
        assert!(disk.bytes("s/hurt").as_ref() == Some(&hurt));
    });
    println!("repair: {figures}, 0 half files, 0 false successes");
    assert!(figures.operations > 50, "{figures}");
}

#[test]
fn join_leaves_the_whole_file_or_none() {
    let bundle = issue(1, 6);
    let options = SplitOptions {
        parts: Some(4),
        need: Some(2),
        size: None,
    };
    let (_, parts) = parts_of(&bundle, options);
    let start = FaultStorage::new();
    let files: Vec<PathBuf> = (1..4).map(|part| format!("s/{part}").into()).collect();
    files
        .iter()
        .zip(&parts[1..])
        .for_each(|(name, part)| start.put(name, part));
    let wanted = [(PathBuf::from("s/out.varaq"), bundle)];
    let run = |disk: &FaultStorage| {
        let report = join(disk, &files, &wanted[0].0, &pins(), &mut on);
        report.is_ok_and(|report| report.written.is_some())
    };
    let figures = sweep(3).run(&start, run, |case, _, disk, answered| {
        judge(case, disk, *answered, &wanted);
    });
    println!("join: {figures}, 0 half files, 0 false successes");
    assert!(figures.operations > 50, "{figures}");
}

#[test]
fn repair_data_and_parts_are_written_whole_or_not_at_all() {
    let bundle = issue(1, 4);
    let parity = parity_of(&bundle, 10);
    let options = SplitOptions {
        parts: Some(3),
        need: Some(2),
        size: None,
    };
    let (report, parts) = parts_of(&bundle, options);
    let start = FaultStorage::new();
    start.put("a.varaq", &bundle);
    let mut wanted: Vec<(PathBuf, Vec<u8>)> = report.files.into_iter().zip(parts).collect();
    wanted.push(("a.parity".into(), parity.clone()));
    let run = |disk: &FaultStorage| {
        let (file, target) = (Path::new("a.varaq"), Path::new("a.parity"));
        let made = add_parity(disk, file, Some(target), 10, &pins(), &mut on).is_ok();
        made && split(disk, file, Path::new("parts"), &options, &pins(), &mut on).is_ok()
    };
    let figures = sweep(9).run(&start, run, |case, _, disk, answered| {
        // A bit that a disk reads wrong while a part is made is found by whoever reads it.
        if !matches!(case, Case::Fault(_, Fault::WrongData, _)) {
            judge(case, disk, *answered, &wanted);
        }
    });
    println!("parity and split: {figures}, 0 half files");
    let append = |disk: &FaultStorage| {
        add_parity(disk, Path::new("a.varaq"), None, 10, &pins(), &mut on).is_ok()
    };
    let both = [bundle.clone(), parity].concat();
    sweep(9).run(&start, append, |case, _, disk, answered| {
        if matches!(case, Case::Fault(_, Fault::WrongData, _)) {
            return;
        }
        let found = disk.bytes("a.varaq").unwrap();
        assert!(found == both || !answered && found == bundle, "{case:?}");
    });
}
