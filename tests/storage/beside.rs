//! A file has its name when it is whole, whatever fails on the way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;
use varaq_kit::{FaultStorage, for_every_crash, for_every_fault};
use varaq_storage::{Access, remove_parts, replace};

const OLD: &[u8] = b"what was there before";

fn new() -> Vec<u8> {
    (0..3_000_u32).map(|n| n as u8 | 1).collect()
}

fn write(disk: &FaultStorage) -> std::io::Result<()> {
    replace(disk, Path::new("/f/a"), &new(), Access::Usual)
}

/// Before or after; after, if that was said.
fn whole(disk: &FaultStorage, was_there: bool, said: bool) {
    let found = disk.file("/f/a");
    let is_new = found.as_deref() == Some(&new());
    let is_old = found.as_deref() == was_there.then_some(OLD);
    assert!(is_new || (is_old && !said), "{found:?}");
}

fn disks() -> Vec<(FaultStorage, bool)> {
    let mut disks = Vec::new();
    for disk in [FaultStorage::new(), FaultStorage::fat()] {
        disk.put_folder("/f");
        disks.push((disk.copy(), false));
        disk.put("/f/a", OLD);
        disks.push((disk.copy(), true));
        disk.put("/f/a.part", b"of a run that ended early");
        disks.push((disk, true));
    }
    disks
}

#[test]
fn a_file_is_replaced_wholly_or_not_at_all() {
    for (start, was_there) in disks() {
        let left = start.file("/f/a.part");
        let tally = for_every_fault(
            &start,
            |disk| write(&disk),
            |case| {
                whole(&case.disk, was_there, case.outcome.is_ok());
                let part = case.disk.file("/f/a.part");
                assert!(!case.how.disk_works() || part.is_none() || part == left);
            },
        );
        println!("replace: {tally}");
    }
}

#[test]
fn a_second_run_mends_what_the_first_has_left_even_if_the_power_goes_again() {
    for (start, was_there) in disks() {
        for_every_crash(
            &start,
            |disk| write(&disk),
            |case| {
                let said = case.outcome.is_ok();
                for_every_crash(
                    &case.disk,
                    |disk| write(&disk),
                    |again| {
                        whole(&again.disk, was_there, said || again.outcome.is_ok());
                        write(&again.disk).unwrap();
                        whole(&again.disk, was_there, true);
                        assert_eq!(again.disk.file("/f/a.part"), None);
                    },
                );
            },
        );
    }
}

#[test]
fn what_is_left_is_removed_and_nothing_else() {
    let start = FaultStorage::new();
    for name in ["a", "a.part", "b.part", "part", "c.part/d"] {
        start.put(Path::new("/f").join(name), b"1");
    }
    let run = |disk: FaultStorage| remove_parts(&disk, Path::new("/f"));
    for_every_fault(&start, run, |case| {
        remove_parts(&case.disk, Path::new("/f")).unwrap();
        let kept = case.disk.snapshot().into_keys();
        let kept: Vec<_> = kept.map(|path| path.display().to_string()).collect();
        assert_eq!(kept, ["/f/a", "/f/c.part/d", "/f/part"]);
    });
}
