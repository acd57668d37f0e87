//! The disk in memory behaves as the worst honest disk does, and `Beside` bears it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::thread;

use varaq_kit::storage::{Case, Fault, Operation, Sweep, Times};
use varaq_kit::{FaultStorage, for_every_fault};
use varaq_storage::{
    Access, Beside, Disk, Facts, Storage, make_folder, read, remove_parts, replace,
};

const MOST: u64 = 1 << 20;

fn path() -> &'static Path {
    Path::new("a/file")
}

fn with_file(bytes: &[u8]) -> FaultStorage {
    let storage = FaultStorage::new();
    storage.put(path(), bytes);
    storage
}

/// What a hundred power cuts leave of the file.
fn cuts(storage: &FaultStorage) -> Vec<Option<Vec<u8>>> {
    let cut = |seed| storage.after_crash_by(seed).bytes(path());
    (0..100).map(cut).collect()
}

fn write(storage: &FaultStorage, bytes: &[u8]) -> Box<dyn varaq_storage::StoredFile> {
    let mut file = storage.open_to_change(path()).unwrap();
    file.write_all(bytes).unwrap();
    file
}

#[test]
fn it_reads_and_writes_as_the_real_disk_does() {
    let home = tempfile::tempdir().unwrap();
    let memory = FaultStorage::new();
    for (storage, home) in [
        (&Disk as &dyn Storage, home.path()),
        (&memory, Path::new("home")),
    ] {
        let (one, two) = (home.join("in/deep/one"), home.join("in/two"));
        storage
            .create_folder(&home.join("in/deep"), Access::Usual)
            .unwrap();
        storage
            .create_folder(&home.join("in/deep"), Access::Owner)
            .unwrap();
        let mut file = storage.create_new(&one, Access::Owner).unwrap();
        file.write_all(b"0123456789").unwrap();
        file.seek(SeekFrom::End(-4)).unwrap();
        file.write_all(b"ab").unwrap();
        file.set_len(9).unwrap();
        file.seek(SeekFrom::Start(12)).unwrap();
        file.write_all(b"z").unwrap();
        file.sync().unwrap();
        assert_eq!(file.len_bytes().unwrap(), 13);
        assert_eq!(read(storage, &one, MOST).unwrap(), b"012345ab8\0\0\0z");
        assert_eq!(
            read(storage, &one, 12).unwrap_err().kind(),
            ErrorKind::FileTooLarge
        );
        assert_eq!(storage.facts(&one).unwrap(), Facts::File { len: 13 });
        assert_eq!(storage.facts(home).unwrap(), Facts::Folder);
        let again = storage.create_new(&one, Access::Usual).unwrap_err();
        assert_eq!(again.kind(), ErrorKind::AlreadyExists);
        storage.rename(&one, &two).unwrap();
        assert_eq!(storage.open(&one).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(storage.list(&home.join("in")).unwrap(), ["deep", "two"]);
        let full = storage.remove_folder(&home.join("in")).unwrap_err();
        assert_eq!(full.kind(), ErrorKind::DirectoryNotEmpty);
        storage.remove_folder(&home.join("in/deep")).unwrap();
        storage.rename(&home.join("in"), &home.join("out")).unwrap();
        storage.sync_folder(home).unwrap();
        storage.remove(&home.join("out/two")).unwrap();
        assert!(storage.list(&home.join("out")).unwrap().is_empty());
    }
}

#[test]
fn a_file_opened_to_be_read_cannot_be_written() {
    let storage = with_file(b"old");
    assert!(storage.open(path()).unwrap().write(b"new").is_err());
    assert_eq!(storage.bytes(path()).unwrap(), b"old");
}

#[test]
fn a_synced_write_survives_every_crash() {
    let storage = with_file(b"old");
    write(&storage, b"new and longer").sync().unwrap();
    assert!(
        cuts(&storage)
            .iter()
            .all(|left| left.as_deref() == Some(b"new and longer"))
    );
}

#[test]
fn an_unsynced_write_is_lost_or_kept() {
    let storage = with_file(b"old");
    drop(write(&storage, b"new"));
    assert_eq!(storage.bytes(path()).unwrap(), b"new");
    let left = cuts(&storage);
    for one in [b"old", b"new"] {
        assert!(left.iter().any(|left| left.as_deref() == Some(one)));
    }
    assert!(
        left.iter()
            .flatten()
            .all(|left| left == b"old" || left == b"new")
    );
}

#[test]
fn a_write_tears_between_sectors_and_not_within_one() {
    let storage = with_file(&[0; 2_000]);
    drop(write(&storage, &[1; 2_000]));
    let left: Vec<_> = cuts(&storage).into_iter().flatten().collect();
    let pure = |bytes: &[u8]| bytes.iter().all(|byte| *byte == bytes[0]);
    assert!(left.iter().any(|bytes| !pure(bytes)), "nothing is torn");
    assert!(left.iter().all(|bytes| bytes.chunks(512).all(pure)));
}

#[test]
fn a_later_write_may_survive_without_the_one_before_it() {
    let storage = with_file(&[0; 1_024]);
    let mut file = write(&storage, &[1; 512]);
    file.write_all(&[2; 512]).unwrap();
    assert!(
        cuts(&storage)
            .iter()
            .flatten()
            .any(|left| left[0] == 0 && left[512] == 2)
    );
}

#[test]
fn room_that_nobody_wrote_to_holds_zeros_or_what_others_left() {
    let storage = with_file(b"");
    drop(write(&storage, &[1; 1_024]));
    let lost = |left: &Vec<u8>, byte| left.len() == 1_024 && left[0] == byte;
    let left: Vec<_> = cuts(&storage).into_iter().flatten().collect();
    for byte in [0, 0xe5] {
        assert!(left.iter().any(|left| lost(left, byte)), "{byte}");
    }
}

#[test]
fn a_length_lasts_when_it_was_synced() {
    let storage = with_file(&[1; 900]);
    let mut file = storage.open_to_change(path()).unwrap();
    file.set_len(100).unwrap();
    let lens = |storage| {
        cuts(storage)
            .iter()
            .map(|left| left.as_ref().unwrap().len())
            .collect()
    };
    let left: Vec<usize> = lens(&storage);
    assert!(left.contains(&100) && left.contains(&900));
    file.sync().unwrap();
    assert!(lens(&storage).iter().all(|len| *len == 100));
}

#[test]
fn a_new_name_lasts_when_its_folder_was_synced() {
    let storage = FaultStorage::new();
    storage.put_folder("a");
    storage
        .create_new(path(), Access::Usual)
        .unwrap()
        .sync()
        .unwrap();
    let left = cuts(&storage);
    assert!(left.iter().any(Option::is_none) && left.iter().any(Option::is_some));
    storage.sync_folder(Path::new("a")).unwrap();
    assert!(cuts(&storage).iter().all(Option::is_some));
}

#[test]
fn a_file_in_a_folder_whose_name_was_not_synced_is_lost_with_it() {
    let storage = FaultStorage::new();
    storage
        .create_folder(Path::new("a"), Access::Usual)
        .unwrap();
    storage
        .create_new(path(), Access::Usual)
        .unwrap()
        .sync()
        .unwrap();
    storage.sync_folder(Path::new("a")).unwrap();
    assert!(cuts(&storage).iter().any(Option::is_none));
    storage.sync_folder(Path::new("")).unwrap();
    assert!(cuts(&storage).iter().all(Option::is_some));
}

#[test]
fn a_removed_name_may_come_back_until_the_folder_is_synced() {
    let storage = with_file(b"old");
    storage.remove(path()).unwrap();
    let left = cuts(&storage);
    assert!(left.iter().any(Option::is_none) && left.iter().flatten().any(|left| left == b"old"));
    storage.sync_folder(Path::new("a")).unwrap();
    assert!(cuts(&storage).iter().all(Option::is_none));
}

#[test]
fn a_rename_leaves_one_of_both_names_and_on_fat_perhaps_both() {
    for (storage, fat) in [(FaultStorage::new(), false), (FaultStorage::fat(), true)] {
        storage.put(path(), b"old");
        storage.rename(path(), Path::new("a/other")).unwrap();
        let left: Vec<_> = (0..200)
            .map(|seed| {
                let after = storage.after_crash_by(seed);
                [path(), Path::new("a/other")].map(|name| after.bytes(name).is_some())
            })
            .collect();
        assert!(left.contains(&[true, false]) && left.contains(&[false, true]));
        assert!(!left.contains(&[false, false]), "the file is lost");
        assert_eq!(left.contains(&[true, true]), fat);
    }
}

/// What the textbook says is enough.
fn rename_by_the_book(storage: &FaultStorage) {
    let mut file = storage
        .create_new(Path::new("a/file.part"), Access::Usual)
        .unwrap();
    file.write_all(b"new").unwrap();
    file.sync().unwrap();
    storage.rename(Path::new("a/file.part"), path()).unwrap();
    storage.sync_folder(Path::new("a")).unwrap();
}

#[test]
fn fat_loses_a_renamed_file_that_was_not_synced_again() {
    for (storage, fat) in [(FaultStorage::new(), false), (FaultStorage::fat(), true)] {
        storage.put(path(), b"old");
        rename_by_the_book(&storage);
        let lost = |storage| cuts(storage).iter().flatten().any(Vec::is_empty);
        assert_eq!(lost(&storage), fat);
        storage.open_to_change(path()).unwrap().sync().unwrap();
        assert!(!lost(&storage));
    }
}

#[test]
fn a_sync_that_failed_has_forgotten_what_it_should_have_written() {
    let storage = with_file(b"old");
    let mut file = write(&storage, b"new");
    storage.fail(
        storage.operations().len() as u64,
        Fault::Failing,
        Times::Once,
    );
    file.sync().unwrap_err();
    file.sync().unwrap();
    assert!(cuts(&storage).iter().flatten().any(|left| left == b"old"));
    file.rewind().unwrap();
    file.write_all(b"new").unwrap();
    file.sync().unwrap();
    assert!(cuts(&storage).iter().flatten().all(|left| left == b"new"));
}

#[test]
fn what_was_synced_lies_over_what_a_sync_has_forgotten_before() {
    let storage = with_file(b"old");
    let mut file = write(&storage, b"bad");
    let n = storage.operations().len() as u64;
    storage.fail(n, Fault::Failing, Times::Once);
    file.sync().unwrap_err();
    for bytes in [b"old", b"new"] {
        file.rewind().unwrap();
        file.write_all(bytes).unwrap();
        file.sync().unwrap();
    }
    assert!(cuts(&storage).iter().flatten().all(|left| left == b"new"));
}

#[test]
fn every_operation_counts_but_moving_about_does_not() {
    let storage = with_file(b"old");
    let mut file = storage.open_to_change(path()).unwrap();
    file.rewind().unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    file.write_all(b"more").unwrap();
    file.rewind().unwrap();
    file.read_exact(&mut [0; 2]).unwrap();
    file.set_len(2).unwrap();
    file.len_bytes().unwrap();
    file.sync().unwrap();
    storage.list(Path::new("a")).unwrap();
    storage.rename(path(), Path::new("a/b")).unwrap();
    storage.sync_folder(Path::new("a")).unwrap();
    storage.remove(Path::new("a/b")).unwrap();
    storage.free_space(Path::new("a")).unwrap();
    drop(storage.lock(Path::new("a/lock")).unwrap());
    use Operation::{Lock, Look, Name, OpenToChange, Read, SetLen, Sync, SyncFolder, Write};
    let done = [
        OpenToChange,
        Write,
        Read,
        SetLen,
        Look,
        Sync,
        Look,
        Name,
        SyncFolder,
        Name,
        Look,
        Lock,
    ];
    assert_eq!(storage.operations(), done);
}

#[test]
fn a_fault_strikes_once_or_for_ever() {
    for (times, later) in [(Times::Once, true), (Times::ForEver, false)] {
        let storage = with_file(b"old");
        storage.fail(1, Fault::Failing, times);
        assert!(storage.open(path()).is_ok());
        assert!(storage.open(path()).is_err());
        assert_eq!(storage.open(path()).is_ok(), later);
        assert!(storage.struck());
        assert!(storage.healed().open(path()).is_ok());
    }
}

#[test]
fn a_full_disk_writes_half_and_takes_nothing_new_but_lets_remove() {
    let storage = with_file(b"");
    storage.fail(1, Fault::Full, Times::ForEver);
    let mut file = storage.open_to_change(path()).unwrap();
    let error = file.write_all(b"four").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageFull);
    assert_eq!(storage.bytes(path()).unwrap(), b"fo");
    let error = storage
        .create_new(Path::new("a/b"), Access::Usual)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageFull);
    assert_eq!(read(&storage, path(), MOST).unwrap(), b"fo");
}

#[test]
fn a_disk_has_the_room_it_was_given() {
    let storage = with_file(b"1234");
    storage.set_free_space(10);
    assert_eq!(storage.free_space(path()).unwrap(), 10);
    let mut file = storage.open_to_change(path()).unwrap();
    file.write_all(&[1; 14]).unwrap();
    assert_eq!(file.write(b"x").unwrap_err().kind(), ErrorKind::StorageFull);
    assert_eq!(file.set_len(15).unwrap_err().kind(), ErrorKind::StorageFull);
    file.set_len(2).unwrap();
    assert_eq!(storage.free_space(path()).unwrap(), 12);
    storage.remove(path()).unwrap();
    assert_eq!(storage.free_space(path()).unwrap(), 14);
}

#[test]
fn a_read_only_disk_reads_and_changes_nothing() {
    let storage = with_file(b"old");
    storage.set_read_only(true);
    assert_eq!(read(&storage, path(), MOST).unwrap(), b"old");
    assert_eq!(storage.list(Path::new("a")).unwrap(), ["file"]);
    let (before, other) = (storage.snapshot(), Path::new("a/other"));
    let refused = [
        storage.open_to_change(path()).map(drop),
        storage.create_new(other, Access::Usual).map(drop),
        storage.rename(path(), other),
        storage.remove(path()),
        storage.create_folder(other, Access::Usual),
        storage.lock(other).map(drop),
    ];
    for refused in refused {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::ReadOnlyFilesystem);
    }
    assert_eq!(storage.snapshot(), before);
}

#[test]
fn what_is_short_makes_half_its_way_and_then_fails() {
    let storage = with_file(b"");
    storage.fail(1, Fault::Short, Times::Once);
    let mut file = storage.open_to_change(path()).unwrap();
    file.write_all(b"12345678").unwrap_err();
    assert_eq!(storage.bytes(path()).unwrap(), b"1234");
    let storage = with_file(b"12345678");
    storage.fail(1, Fault::Short, Times::Once);
    let mut bytes = Vec::new();
    let mut file = storage.open(path()).unwrap();
    file.read_to_end(&mut bytes).unwrap_err();
    assert_eq!(bytes, b"1234");
}

#[test]
fn wrong_data_is_one_bit_and_the_file_keeps_the_right_one() {
    let storage = with_file(&[7; 100]);
    storage.fail(1, Fault::WrongData, Times::Once);
    let bytes = read(&storage, path(), MOST).unwrap();
    let wrong: u32 = bytes.iter().map(|byte| (byte ^ 7).count_ones()).sum();
    assert_eq!(wrong, 1);
    assert_eq!(read(&storage, path(), MOST).unwrap(), [7; 100]);
}

#[test]
fn a_pulled_medium_answers_nothing_any_more() {
    let storage = with_file(b"old");
    let mut file = write(&storage, b"new");
    storage.fail(2, Fault::Pulled, Times::Once);
    file.sync().unwrap_err();
    for failed in [
        file.write(b"x").is_err(),
        storage.list(Path::new("a")).is_err(),
    ] {
        assert!(failed);
    }
    assert!(storage.gone());
    assert!(cuts(&storage).iter().flatten().any(|left| left == b"old"));
}

#[test]
fn the_operation_at_which_the_power_goes_is_done_or_not_and_the_next_is_not() {
    let storage = with_file(b"old");
    storage.crash(0);
    storage.rename(path(), Path::new("a/b")).unwrap_err();
    storage
        .create_new(Path::new("a/c"), Access::Usual)
        .unwrap_err();
    let left: Vec<_> = (0..50).map(|seed| storage.after_crash_by(seed)).collect();
    assert!(left.iter().any(|disk| disk.bytes("a/b").is_some()));
    assert!(left.iter().any(|disk| disk.bytes(path()).is_some()));
    assert!(left.iter().all(|disk| disk.bytes("a/c").is_none()));
    // The sync at which it goes has not answered.
    let storage = with_file(b"old");
    let mut file = write(&storage, b"new");
    storage.crash(2);
    file.sync().unwrap_err();
    assert!(cuts(&storage).iter().flatten().any(|left| left == b"old"));
}

#[test]
fn a_crashed_disk_can_crash_again() {
    let storage = with_file(b"old");
    storage.crash(1);
    let mut file = storage.open_to_change(path()).unwrap();
    file.write_all(b"new").unwrap_err();
    let after = storage.after_crash(&mut |_| 1);
    assert_eq!(after.operations(), []);
    assert_eq!(read(&after, path(), MOST).unwrap(), b"new");
    write(&after, b"old").sync().unwrap();
    after.crash(after.operations().len() as u64);
    after.remove(path()).unwrap_err();
    assert_eq!(after.after_crash(&mut |_| 0).bytes(path()).unwrap(), b"old");
}

#[test]
fn a_lock_is_held_until_it_is_dropped_or_the_power_goes() {
    let storage = with_file(b"");
    let lock = Path::new("a/lock");
    let held = storage.lock(lock).unwrap();
    assert!(storage.try_lock(lock).unwrap().is_none());
    assert!(storage.try_lock(Path::new("a/another")).unwrap().is_some());
    assert!(storage.after_crash_by(1).try_lock(lock).unwrap().is_some());
    thread::scope(|scope| {
        let waiting = scope.spawn(|| storage.lock(lock).map(drop));
        drop(held);
        waiting.join().unwrap().unwrap();
    });
    assert!(storage.try_lock(lock).unwrap().is_some());
    storage.set_knows_locks(false);
    assert_eq!(
        storage.lock(lock).unwrap_err().kind(),
        ErrorKind::Unsupported
    );
}

#[test]
fn a_replaced_file_is_the_old_or_the_new_one_on_every_disk() {
    for storage in [FaultStorage::new(), FaultStorage::fat()] {
        storage.put(path(), b"old");
        let session = |storage: &FaultStorage| replace(storage, path(), b"new", Access::Usual);
        let figures = for_every_fault(&storage, session, |case, after, disk, outcome| {
            let left = disk.bytes(path()).unwrap();
            assert!(
                [&b"old"[..], b"new"].contains(&&left[..]),
                "{case:?} {after:?} {left:?}"
            );
            assert!(outcome.is_err() || left == b"new", "{case:?} {after:?}");
        });
        println!("replace: {figures}");
        assert!(figures.faults > 20 && figures.crashes == figures.operations);
    }
}

#[test]
fn a_part_is_gone_when_its_file_is_not_kept_and_can_be_swept_away_after_a_crash() {
    let session = |storage: &FaultStorage| {
        let mut beside = Beside::new(storage, path(), Access::Usual)?;
        beside.write_all(&[1; 700])?;
        beside.sync()
    };
    let figures = for_every_fault(&with_file(b"old"), session, |case, _, disk, outcome| {
        remove_parts(disk, Path::new("a")).unwrap();
        assert_eq!(disk.list(Path::new("a")).unwrap(), ["file"]);
        assert_eq!(disk.bytes(path()).unwrap(), b"old");
        assert!(outcome.is_ok() || case != Case::Sound);
    });
    println!("beside: {figures}");
}

#[test]
fn a_folder_that_was_made_is_there_after_every_crash() {
    let deep = Path::new("home/new/deep");
    let storage = FaultStorage::new();
    storage.put_folder("home");
    // Whoever is told "made" may rely on it, also when the first try failed.
    let session = |storage: &FaultStorage| {
        let first = make_folder(storage, deep, Access::Owner);
        first.or_else(|_| make_folder(storage, deep, Access::Owner))
    };
    let figures = for_every_fault(&storage, session, |_, _, disk, outcome| {
        assert!(outcome.is_err() || disk.facts(deep).is_ok());
    });
    println!("make_folder: {figures}");
    let root = Path::new("new");
    make_folder(&storage, root, Access::Usual).unwrap();
    assert!(storage.after_crash(&mut |_| 0).facts(root).is_ok());
}

#[test]
fn a_scratch_file_has_no_name_and_is_gone_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let memory = FaultStorage::new();
    for (storage, folder) in [
        (&Disk as &dyn Storage, home.path()),
        (&memory, Path::new("")),
    ] {
        let mut scratch = storage.scratch(folder).unwrap();
        scratch.write_all(b"words").unwrap();
        scratch.rewind().unwrap();
        let mut words = String::new();
        scratch.read_to_string(&mut words).unwrap();
        assert_eq!(words, "words");
        assert!(storage.list(folder).unwrap().is_empty());
    }
}

#[test]
fn the_sweep_tries_each_fault_at_each_operation_that_notices_it() {
    let session = |storage: &FaultStorage| read(storage, path(), MOST).map(drop);
    let sweep = Sweep { seeds: 1, step: 1 };
    let mut cases = Vec::new();
    let figures = sweep.run(&with_file(b"old"), session, |case, _, _, _| {
        if cases.last() != Some(&case) {
            cases.push(case);
        }
    });
    // Opening: failing once and for ever, pulled. Reading, twice: short and wrong as well.
    assert_eq!(figures.operations, 3);
    assert_eq!((figures.faults, figures.crashes), (3 + 7 + 7, 3));
    assert_eq!(cases.len(), 1 + 17 + 3);
}

#[test]
fn a_part_that_was_left_is_gone_on_with_and_kept_when_it_is_whole() {
    let home = tempfile::tempdir().unwrap();
    let memory = FaultStorage::fat();
    memory.put_folder("home");
    for (storage, home) in [
        (&Disk as &dyn Storage, home.path()),
        (&memory, Path::new("home")),
    ] {
        let target = home.join("file");
        let mut beside = Beside::again(storage, &target, Access::Usual).unwrap();
        beside.write_all(b"first ").unwrap();
        beside.leave();
        assert!(storage.facts(&target).is_err());
        let mut beside = Beside::again(storage, &target, Access::Usual).unwrap();
        assert_eq!(beside.part(), varaq_storage::part_of(&target));
        beside.seek(SeekFrom::End(0)).unwrap();
        beside.write_all(b"second").unwrap();
        beside.close().unwrap();
        assert!(beside.write_all(b"third").is_err());
        beside.keep_as_new(&target).unwrap();
        assert_eq!(read(storage, &target, MOST).unwrap(), b"first second");
        assert!(storage.facts(&varaq_storage::part_of(&target)).is_err());
        storage.longest_file(home).unwrap();
    }
}

#[test]
fn a_lying_stick_gives_back_what_it_really_has_once_it_is_not_remembered() {
    use varaq_kit::storage::{Lie, LyingStorage};
    let path = Path::new("stick/file");
    let bytes: Vec<u8> = (0..2_000_u32).map(|n| (n / 512 + 1) as u8).collect();
    for (lie, expected) in [
        (Lie::Loses, [1, 2, 0xff, 0xff]),
        (Lie::WrapsAround, [3, 4, 3, 4]),
    ] {
        let sound = FaultStorage::fat();
        sound.put_folder("stick");
        let liar = LyingStorage::new(sound, "stick", 1_024, lie);
        let mut file = liar.create_new(path, Access::Usual).unwrap();
        file.write_all(&bytes).unwrap();
        // Nothing is forgotten that was not synced.
        file.forget_cached();
        assert_eq!(read(&liar, path, MOST).unwrap(), bytes);
        file.sync().unwrap();
        assert_eq!(read(&liar, path, MOST).unwrap(), bytes);
        file.forget_cached();
        let back = read(&liar, path, MOST).unwrap();
        assert_eq!([0, 512, 1_024, 1_536].map(|at| back[at]), expected);
        assert_eq!(liar.replugged(path).unwrap(), back);
    }
}
