//! The disk in memory loses what an honest disk may lose, and nothing else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use varaq_kit::{Fault, FaultStorage, Times, for_every_fault};
use varaq_storage::{Access, Facts, Storage};

const A: &str = "/a";

fn path(path: &str) -> &Path {
    Path::new(path)
}

fn write(disk: &FaultStorage, at: &str, bytes: &[u8]) {
    let mut file = disk.create_new(path(at), Access::Usual).unwrap();
    file.write_all(bytes).unwrap();
}

fn sync(disk: &FaultStorage, at: &str) {
    disk.open_to_change(path(at)).unwrap().sync().unwrap();
}

/// Everything that `at` may hold after a power cut.
fn found(disk: &FaultStorage, at: &str) -> BTreeSet<Option<Vec<u8>>> {
    (0..200)
        .map(|seed| disk.after_crash(seed).file(at))
        .collect()
}

#[test]
fn what_was_synced_with_its_name_is_found_again() {
    let disk = FaultStorage::new();
    write(&disk, A, b"whole");
    sync(&disk, A);
    disk.sync_folder(path("/")).unwrap();
    assert_eq!(found(&disk, A), [Some(b"whole".to_vec())].into());
}

#[test]
fn a_file_whose_folder_was_not_synced_may_be_gone() {
    let disk = FaultStorage::new();
    write(&disk, A, b"whole");
    sync(&disk, A);
    assert_eq!(found(&disk, A), [None, Some(b"whole".to_vec())].into());
}

#[test]
fn what_was_not_synced_is_lost_sector_by_sector_in_any_order() {
    let disk = FaultStorage::new();
    disk.put(A, &[0; 1_536]);
    let mut file = disk.open_to_change(path(A)).unwrap();
    file.write_all(&[1; 1_536]).unwrap();
    let sectors = |bytes: Vec<u8>| {
        let one = |sector: &[u8]| {
            assert!(sector.iter().all(|byte| *byte == sector[0]));
            sector[0]
        };
        bytes.chunks(512).map(one).collect::<Vec<u8>>()
    };
    let found: BTreeSet<Vec<u8>> = found(&disk, A)
        .into_iter()
        .map(|found| sectors(found.unwrap()))
        .collect();
    assert_eq!(found.len(), 8, "{found:?}");
}

#[test]
fn a_later_write_can_be_kept_without_an_earlier_one() {
    let disk = FaultStorage::new();
    disk.put(A, &[0; 1_024]);
    let mut file = disk.open_to_change(path(A)).unwrap();
    file.write_all(&[1; 10]).unwrap();
    file.seek(SeekFrom::Start(600)).unwrap();
    file.write_all(&[2; 10]).unwrap();
    let found = found(&disk, A);
    let firsts = |first, second| {
        let mut bytes = vec![0; 1_024];
        bytes[..10].fill(first);
        bytes[600..610].fill(second);
        Some(bytes)
    };
    let all = [firsts(0, 0), firsts(1, 0), firsts(0, 2), firsts(1, 2)];
    assert_eq!(found, all.into());
}

#[test]
fn a_new_length_is_lost_until_it_is_synced() {
    let disk = FaultStorage::new();
    disk.put(A, b"1234");
    let mut file = disk.open_to_change(path(A)).unwrap();
    file.set_len(2).unwrap();
    let both = [Some(b"12".to_vec()), Some(b"1234".to_vec())];
    assert_eq!(found(&disk, A), both.into());
    file.sync().unwrap();
    assert_eq!(found(&disk, A), [Some(b"12".to_vec())].into());
}

#[test]
fn after_a_sync_that_failed_a_good_one_says_nothing_of_what_was_written_before() {
    let disk = FaultStorage::new();
    disk.put(A, b"old");
    let mut file = disk.open_to_change(path(A)).unwrap();
    file.write_all(b"new").unwrap();
    disk.fail(3, Fault::Io, Times::Once);
    assert!(file.sync().is_err());
    file.sync().unwrap();
    let both = [Some(b"new".to_vec()), Some(b"old".to_vec())];
    assert_eq!(found(&disk, A), both.into());
}

#[test]
fn a_rename_is_whole_or_nothing_and_lasts_with_its_folder() {
    let disk = FaultStorage::new();
    disk.put(A, b"old");
    disk.put("/b", b"new");
    disk.rename(path("/b"), path(A)).unwrap();
    let seen: BTreeSet<_> = (0..50)
        .map(|seed| disk.after_crash(seed))
        .map(|disk| (disk.file(A).unwrap(), disk.file("/b")))
        .collect();
    let before = (b"old".to_vec(), Some(b"new".to_vec()));
    let after = (b"new".to_vec(), None);
    assert_eq!(seen, [before, after.clone()].into());
    disk.sync_folder(path("/")).unwrap();
    assert_eq!(found(&disk, A), [Some(after.0)].into());
}

#[test]
fn on_fat_a_renamed_file_is_lost_unless_it_is_synced_again() {
    let disk = FaultStorage::fat();
    disk.put("/b", b"new");
    disk.rename(path("/b"), path(A)).unwrap();
    disk.sync_folder(path("/")).unwrap();
    let both = [Some(Vec::new()), Some(b"new".to_vec())];
    assert_eq!(found(&disk, A), both.into());
    sync(&disk, A);
    assert_eq!(found(&disk, A), [Some(b"new".to_vec())].into());
}

#[test]
fn on_fat_the_halves_of_a_rename_are_lost_by_themselves() {
    let disk = FaultStorage::fat();
    disk.put("/b", b"new");
    disk.rename(path("/b"), path(A)).unwrap();
    let there = |seed| {
        let found = disk.after_crash(seed);
        (found.file(A).is_some(), found.file("/b").is_some())
    };
    let seen: BTreeSet<_> = (0..100).map(there).collect();
    assert_eq!(seen.len(), 4);
}

#[test]
fn a_removed_file_may_be_back_until_its_folder_is_synced() {
    let disk = FaultStorage::new();
    disk.put(A, b"old");
    disk.remove(path(A)).unwrap();
    assert_eq!(disk.file(A), None);
    assert_eq!(found(&disk, A), [None, Some(b"old".to_vec())].into());
    disk.sync_folder(path("/")).unwrap();
    assert_eq!(found(&disk, A), [None].into());
}

#[test]
fn what_lies_in_a_lost_folder_is_lost() {
    let disk = FaultStorage::new();
    disk.create_folder(path("/x/y"), Access::Usual).unwrap();
    write(&disk, "/x/y/a", b"whole");
    sync(&disk, "/x/y/a");
    disk.sync_folder(path("/x/y")).unwrap();
    assert!(found(&disk, "/x/y/a").contains(&None));
    disk.sync_folder(path("/x")).unwrap();
    disk.sync_folder(path("/")).unwrap();
    let there = found(&disk, "/x/y/a");
    assert_eq!(there, [Some(b"whole".to_vec())].into());
}

#[test]
fn the_same_seed_finds_the_same_disk() {
    let disk = FaultStorage::fat();
    write(&disk, A, &[7; 5_000]);
    let once = disk.after_crash(3).snapshot();
    assert_eq!(once, disk.after_crash(3).snapshot());
}

#[test]
fn every_operation_is_counted() {
    let disk = FaultStorage::new();
    disk.create_folder(path("/f"), Access::Usual).unwrap();
    let mut file = disk.create_new(path("/f/a"), Access::Owner).unwrap();
    file.write_all(b"1").unwrap();
    file.set_len(3).unwrap();
    file.sync().unwrap();
    file.len_bytes().unwrap();
    file.rewind().unwrap();
    file.read_exact(&mut [0; 3]).unwrap();
    disk.open(path("/f/a")).unwrap();
    disk.open_to_change(path("/f/a")).unwrap();
    disk.facts(path("/f/a")).unwrap();
    disk.list(path("/f")).unwrap();
    disk.free_space(path("/f")).unwrap();
    drop(disk.lock(path("/f/lock")).unwrap());
    disk.rename(path("/f/a"), path("/f/b")).unwrap();
    disk.sync_folder(path("/f")).unwrap();
    disk.remove(path("/f/b")).unwrap();
    disk.remove(path("/f/lock")).unwrap();
    disk.remove_folder(path("/f")).unwrap();
    let kinds = disk.operations();
    let kinds: BTreeSet<_> = kinds.iter().map(|one| format!("{:?}", one.kind)).collect();
    assert_eq!((disk.operations().len(), kinds.len()), (18, 17));
}

#[test]
fn a_fault_comes_once_or_stays() {
    let disk = FaultStorage::new();
    disk.put(A, b"old");
    let ask = |disk: &FaultStorage| disk.facts(path(A)).is_ok();
    disk.fail(2, Fault::Io, Times::Once);
    assert_eq!([(); 4].map(|()| ask(&disk)), [true, false, true, true]);
    let disk = disk.copy();
    disk.fail(2, Fault::Io, Times::ForEver);
    assert_eq!([(); 4].map(|()| ask(&disk)), [true, false, false, false]);
}

#[test]
fn a_full_disk_and_a_locked_one_still_read() {
    for (fault, kind) in [
        (Fault::NoSpace, ErrorKind::StorageFull),
        (Fault::ReadOnly, ErrorKind::ReadOnlyFilesystem),
    ] {
        let disk = FaultStorage::new();
        disk.put(A, b"old");
        disk.fail(1, fault, Times::ForEver);
        assert_eq!(varaq_storage::read(&disk, path(A), 9).unwrap(), b"old");
        let made = disk.create_new(path("/b"), Access::Usual);
        assert_eq!(made.unwrap_err().kind(), kind);
        let renamed = disk.rename(path(A), path("/b"));
        assert_eq!(renamed.unwrap_err().kind(), kind);
        assert_eq!(disk.remove(path(A)).is_ok(), fault == Fault::NoSpace);
    }
}

#[test]
fn a_short_write_leaves_half_and_then_an_error() {
    let disk = FaultStorage::new();
    let mut file = disk.create_new(path(A), Access::Usual).unwrap();
    disk.fail(2, Fault::Short, Times::Once);
    assert!(file.write_all(b"1234").is_err());
    assert_eq!(disk.file(A).unwrap(), b"12");
    file.write_all(b"x").unwrap();
}

#[test]
fn a_short_read_gives_half_and_then_an_error() {
    let disk = FaultStorage::new();
    disk.put(A, b"1234");
    let mut file = disk.open(path(A)).unwrap();
    disk.fail(2, Fault::Short, Times::Once);
    let mut four = [0; 4];
    assert_eq!(file.read(&mut four).unwrap(), 2);
    assert!(file.read(&mut four).is_err());
    assert_eq!(file.read(&mut four).unwrap(), 2);
}

#[test]
fn a_wrong_read_has_one_bit_off_and_the_file_none() {
    let disk = FaultStorage::new();
    disk.put(A, &[0; 100]);
    disk.fail(2, Fault::WrongData, Times::Once);
    let wrong = varaq_storage::read(&disk, path(A), 100).unwrap();
    let ones: u32 = wrong.iter().map(|byte| byte.count_ones()).sum();
    assert_eq!(ones, 1);
    assert_eq!(varaq_storage::read(&disk, path(A), 100).unwrap(), [0; 100]);
}

#[test]
fn a_name_can_change_and_the_disk_say_it_failed() {
    let disk = FaultStorage::new();
    disk.put(A, b"old");
    disk.fail(1, Fault::Late, Times::Once);
    assert!(disk.rename(path(A), path("/b")).is_err());
    assert_eq!(
        (disk.file(A), disk.file("/b")),
        (None, Some(b"old".to_vec()))
    );
}

#[test]
fn nothing_answers_once_the_medium_is_pulled_or_the_power_gone() {
    let pulled = FaultStorage::new();
    pulled.fail(2, Fault::Pulled, Times::Once);
    let cut = FaultStorage::new();
    cut.crash(2);
    for disk in [pulled, cut] {
        disk.put(A, b"old");
        let mut file = disk.open(path(A)).unwrap();
        assert!(file.read(&mut [0; 3]).is_err());
        assert!(disk.facts(path(A)).is_err());
        assert!(disk.lock(path("/lock")).is_err());
        assert_eq!(disk.after_crash(0).file(A).unwrap(), b"old");
    }
}

#[test]
fn a_disk_has_as_much_room_as_it_was_given() {
    let disk = FaultStorage::new();
    disk.put(A, b"1234");
    disk.set_free_space(3);
    assert_eq!(disk.free_space(path("/")).unwrap(), 3);
    let mut file = disk.create_new(path("/b"), Access::Usual).unwrap();
    let error = file.write_all(b"1234").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageFull);
    assert_eq!(disk.file("/b").unwrap(), b"123");
    assert!(file.set_len(4).is_err());
    disk.remove(path(A)).unwrap();
    assert_eq!(disk.free_space(path("/")).unwrap(), 4);
    file.write_all(b"4567").unwrap();
}

#[test]
fn a_lock_is_free_when_it_is_dropped_and_after_a_crash() {
    let disk = FaultStorage::new();
    let lock = disk.lock(path("/lock")).unwrap();
    assert!(disk.try_lock(path("/lock")).unwrap().is_none());
    assert!(disk.try_lock(path("/other")).unwrap().is_some());
    let after = disk.after_crash(0);
    assert!(after.try_lock(path("/lock")).unwrap().is_some());
    drop(lock);
    assert!(disk.try_lock(path("/lock")).unwrap().is_some());
    assert!(!disk.is_locked());
}

#[test]
fn who_waits_for_a_lock_gets_it() {
    let disk = FaultStorage::new();
    let lock = disk.lock(path("/lock")).unwrap();
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| disk.lock(path("/lock")).is_ok());
        drop(lock);
        assert!(waits.join().unwrap());
    });
}

#[test]
fn clones_are_one_disk_and_copies_are_two() {
    let disk = FaultStorage::new();
    disk.clone().put(A, b"old");
    let copy = disk.copy();
    copy.put(A, b"new");
    assert_eq!(disk.file(A).unwrap(), b"old");
    assert_ne!(disk.snapshot(), copy.snapshot());
}

#[test]
fn it_answers_like_a_file_system() {
    let disk = FaultStorage::new();
    disk.put("/f/a", b"1");
    let kind = |error: Option<std::io::Error>| error.unwrap().kind();
    assert_eq!(kind(disk.open(path("/b")).err()), ErrorKind::NotFound);
    assert_eq!(kind(disk.open(path("/f")).err()), ErrorKind::IsADirectory);
    assert_eq!(
        kind(disk.open(path("/f/a/b")).err()),
        ErrorKind::NotADirectory
    );
    let again = disk.create_new(path("/f/a"), Access::Usual);
    assert_eq!(kind(again.err()), ErrorKind::AlreadyExists);
    let full = disk.remove_folder(path("/f"));
    assert_eq!(kind(full.err()), ErrorKind::DirectoryNotEmpty);
    disk.rename(path("/f"), path("/g")).unwrap();
    assert_eq!(disk.facts(path("/g/a")).unwrap(), Facts::File { len: 1 });
    assert_eq!(disk.list(path("/./g/../g")).unwrap(), ["a"]);
    let mut file = disk.open(path("/g/a")).unwrap();
    assert!(file.write_all(b"2").is_err());
}

#[test]
fn the_loop_visits_every_operation_and_every_fault() {
    let start = FaultStorage::new();
    start.put(A, b"old");
    let mut cuts = 0;
    let tally = for_every_fault(
        &start,
        |disk| varaq_storage::read(&disk, path(A), 9),
        |case| {
            cuts += u64::from(case.how.fault.is_none());
            assert_eq!(case.disk.file(A).unwrap(), b"old");
            if let Ok(read) = case.outcome {
                let wrong = matches!(case.how.fault, Some((Fault::WrongData, _)));
                assert!(read == b"old" || wrong);
            }
        },
    );
    // Open, and two reads, the second of which finds the end.
    assert_eq!((tally.operations, cuts), (3, 18));
    assert_eq!(tally.sessions, 3 * (2 + 1 + 1) + 2 * (2 + 2));
    assert_eq!(start.operations(), []);
}
