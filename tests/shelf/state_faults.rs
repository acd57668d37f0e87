//! Whatever a disk does, a state that was said to be kept is there, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use varaq_kit::FaultStorage;
use varaq_kit::storage::{After, Case, Fault, Figures, Sweep, Times, for_every_fault};
use varaq_shelf::{StateFile, StateFileError};
use varaq_trust::{Name, Pin, PublisherId, State};

const FOLDER: &str = "home/reader";
type Outcome = Result<(), StateFileError>;

fn pin(byte: u8) -> Pin {
    let names = [Name::new("fa", "نمونه").unwrap()];
    Pin::new(PublisherId([byte; 32]), &names, true, None)
}

fn file(disk: &FaultStorage) -> StateFile {
    StateFile::new(Arc::new(disk.clone()), Path::new(FOLDER))
}

fn add(disk: &FaultStorage, byte: u8) -> Outcome {
    let add = |state: &mut State| drop(state.pins.add(pin(byte)));
    file(disk).update(add).map(drop)
}

fn has(state: &State, byte: u8) -> bool {
    let mut with = state.clone();
    with.pins.add(pin(byte));
    with.encode() == state.encode()
}

/// Both kinds of disk, with nothing on them.
fn disks() -> [FaultStorage; 2] {
    [FaultStorage::new(), FaultStorage::fat()]
}

/// A disk on which `pins` are kept.
fn with_pins(mut disk: FaultStorage, pins: &[u8]) -> FaultStorage {
    for byte in pins {
        add(&disk, *byte).unwrap();
    }
    // No part of what is about to be tried.
    for (path, bytes) in disk.snapshot() {
        if let Some(bytes) = bytes {
            disk.put(path, &bytes);
        }
    }
    disk = disk.healed();
    disk
}

/// The pins of `kept` are there, those of `perhaps` may be, and no others.
fn assert_pins(disk: &FaultStorage, kept: &[u8], perhaps: &[u8]) {
    let state = file(disk).load().unwrap();
    for byte in kept {
        assert!(has(&state, *byte), "{byte} was kept, and is lost");
    }
    let known: BTreeSet<&u8> = kept.iter().chain(perhaps).collect();
    let found = known.into_iter().filter(|byte| has(&state, **byte)).count();
    assert_eq!(state.pins.len(), found);
}

/// Two changes one after the other: the pins 1 and 2.
fn two_changes(disk: &FaultStorage) -> [Outcome; 2] {
    [add(disk, 1), add(disk, 2)]
}

/// What two changes said that they keep, and what they may have kept.
fn said(outcome: &[Outcome; 2], before: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let with = |good: bool| {
        let numbered = outcome.iter().zip([1, 2]);
        let these = numbered.filter(move |(one, _)| one.is_ok() == good);
        these.map(|(_, byte)| byte)
    };
    let kept = before.iter().copied().chain(with(true)).collect();
    (kept, with(false).collect())
}

#[test]
fn a_change_that_was_said_to_be_kept_is_kept_whatever_fails() {
    let mut figures = Figures::default();
    for disk in disks() {
        for before in [&[][..], &[7], &[7, 8, 9]] {
            let start = with_pins(disk.healed(), before);
            figures += for_every_fault(&start, two_changes, |_, _, disk, outcome| {
                let (kept, perhaps) = said(outcome, before);
                assert_pins(disk, &kept, &perhaps);
            });
        }
    }
    println!("two changes: {figures}");
    assert!(figures.faults > 500 && figures.crashes == figures.operations);
}

#[test]
fn a_state_that_outgrows_its_file_is_kept_whatever_fails() {
    let many: Vec<u8> = (10..250).collect();
    let names: Vec<Name> = (0..8)
        .map(|n| Name::new(&format!("x-{n}"), &"n".repeat(60)).unwrap())
        .collect();
    let grow = |disk: &FaultStorage| {
        let outcome = file(disk).update(|state| {
            for byte in &many {
                let id = PublisherId([*byte; 32]);
                state.pins.add(Pin::new(id, &names, true, None));
            }
        });
        outcome.map(drop)
    };
    let mut figures = Figures::default();
    for disk in disks() {
        let start = with_pins(disk, &[7, 8]);
        let sweep = Sweep { seeds: 1, step: 3 };
        figures += sweep.run(&start, grow, |case, after, disk, outcome| {
            let state = file(disk).load().unwrap();
            let grown = state.pins.len() == 2 + many.len();
            let as_before = state.pins.len() == 2 && outcome.is_err();
            assert!(grown || as_before, "{case:?} {after:?} {outcome:?}");
            assert!(has(&state, 7) && has(&state, 8));
        });
        grow(&start).unwrap();
        let file = start.bytes(Path::new(FOLDER).join("state")).unwrap();
        assert!(file.len() > 128 << 10, "the file is not made anew");
    }
    println!("a longer file: {figures}");
}

#[test]
fn the_old_list_is_taken_over_or_still_there() {
    let mut figures = Figures::default();
    for start in disks() {
        let mut old = State::default();
        old.pins.add(pin(7));
        start.put(Path::new(FOLDER).join("pins"), old.pins.encode().as_bytes());
        figures += for_every_fault(&start, two_changes, |_, _, disk, outcome| {
            let (kept, perhaps) = said(outcome, &[7]);
            assert_pins(disk, &kept, &perhaps);
        });
    }
    println!("taking over the old list: {figures}");
}

#[test]
fn what_was_learned_and_said_to_be_kept_is_kept() {
    let mint = varaq_kit::Mint::default();
    let issue = mint.issue(7).article("One", "Words.").signed(&[0, 2]);
    let pins = mint.pins(true);
    let limits = varaq_bundle::Limits::default();
    let opening = varaq_trust::open(std::io::Cursor::new(issue), &pins, &limits).unwrap();
    let learned = opening.learned().clone();
    let mut before = State {
        pins,
        ..State::default()
    };
    let start = FaultStorage::fat();
    file(&start).save(&before).unwrap();
    let start = with_pins(start, &[]);
    let learn = |disk: &FaultStorage| file(disk).learn(&learned);
    let old = before.encode();
    before.evidence.learn(&learned);
    let new = before.encode();
    assert!(old != new);
    let figures = for_every_fault(&start, learn, |_, _, disk, outcome| {
        let state = file(disk).load().unwrap().encode();
        assert!(state == new || (outcome.is_err() && state == old));
    });
    println!("learning: {figures}");
}

/// Where a damaged file is now.
fn holds(disk: &FaultStorage, damage: &[u8]) -> bool {
    let files = disk.snapshot().into_values().flatten();
    files.into_iter().any(|bytes| bytes == damage)
}

#[test]
fn a_damaged_state_is_set_aside_whatever_fails_and_nothing_of_it_is_lost() {
    let mut figures = Figures::default();
    for (disk, name) in disks().into_iter().zip(["state", "pins"]) {
        for damage in [&b"varaq pins 1\npublisher"[..], &[0xff; 9_000], b""] {
            let start = disk.healed();
            start.put(Path::new(FOLDER).join(name), damage);
            let session = |disk: &FaultStorage| {
                let loaded = file(disk).load().map(drop);
                (loaded, two_changes(disk))
            };
            figures += for_every_fault(&start, session, |case, _, disk, outcome| {
                assert!(holds(disk, damage), "the damaged file is lost");
                let (loaded, changes) = outcome;
                let (kept, perhaps) = said(changes, &[]);
                if case == Case::Sound {
                    let Err(StateFileError::Damaged { aside, .. }) = loaded else {
                        panic!("{loaded:?}");
                    };
                    let n = format!("{name}.damaged-1");
                    assert_eq!(*aside, Path::new(FOLDER).join(n));
                }
                // It may not have come as far as to set it aside.
                if let Err(error) = file(disk).load() {
                    assert!(matches!(error, StateFileError::Damaged { .. }), "{error}");
                    assert!(kept.is_empty());
                }
                assert!(holds(disk, damage));
                assert_pins(disk, &kept, &perhaps);
            });
        }
    }
    println!("setting aside: {figures}");
}

#[test]
fn a_disk_that_reads_one_bit_wrong_does_not_bring_an_old_state_back() {
    let start = with_pins(FaultStorage::new(), &[7, 8]);
    let mut wrong = 0;
    let session = |disk: &FaultStorage| file(disk).load();
    for_every_fault(&start, session, |case, _, disk, outcome| {
        if let Case::Fault(_, Fault::WrongData, times) = case {
            wrong += 1;
            assert!(outcome.is_ok() || times == Times::ForEver);
        }
        if let Ok(state) = outcome {
            assert!(has(state, 7) && has(state, 8), "an old state is shown");
        }
        assert_pins(disk, &[7, 8], &[]);
    });
    assert!(wrong > 0);
}

#[test]
fn a_second_start_that_fails_too_loses_nothing() {
    let mut figures = Figures::default();
    for disk in disks() {
        let start = with_pins(disk, &[7]);
        let outer = Sweep { seeds: 1, step: 2 };
        outer.run(&start, two_changes, |case, after, disk, outcome| {
            let Case::Crash(n) = case else { return };
            let (mut kept, mut perhaps) = said(outcome, &[7]);
            perhaps.push(3);
            let inner = Sweep { seeds: 1, step: 9 };
            let third = |disk: &FaultStorage| {
                let loaded = file(disk).load().map(drop);
                loaded.and_then(|()| add(disk, 3))
            };
            // Some of them at one step, some at another.
            let again = if n % 2 == 0 {
                disk.healed()
            } else {
                disk.after_crash_by(n)
            };
            figures += inner.run(&again, third, |_, _, disk, outcome| {
                if outcome.is_ok() {
                    kept.push(3);
                }
                assert_pins(disk, &kept, &perhaps);
                kept.retain(|byte| *byte != 3);
            });
            assert_ne!(after, After::Running);
        });
    }
    println!("a second start: {figures}");
}

#[test]
fn a_read_only_disk_shows_the_state_and_says_that_it_takes_no_change() {
    for disk in disks() {
        let disk = with_pins(disk, &[7]);
        disk.set_read_only(true);
        let before = disk.snapshot();
        assert_pins(&disk, &[7], &[]);
        let error = add(&disk, 1).unwrap_err();
        assert!(matches!(error, StateFileError::ReadOnly { .. }), "{error}");
        // What is known already needs no change.
        file(&disk).learn(&Default::default()).unwrap();
        assert_eq!(disk.snapshot(), before);
        let empty = FaultStorage::new();
        empty.set_read_only(true);
        assert!(file(&empty).load().unwrap().pins.is_empty());
        let error = add(&empty, 1).unwrap_err();
        assert!(matches!(error, StateFileError::ReadOnly { .. }), "{error}");
    }
}

#[test]
fn a_damaged_state_on_a_read_only_disk_is_said_and_stays() {
    let disk = FaultStorage::new();
    let path = Path::new(FOLDER).join("state");
    disk.put(&path, b"damage");
    disk.set_read_only(true);
    let error = file(&disk).load().unwrap_err();
    assert!(
        matches!(error, StateFileError::DamagedInPlace { .. }),
        "{error}"
    );
    assert_eq!(disk.bytes(&path).unwrap(), b"damage");
}

#[test]
fn a_full_disk_takes_changes_into_the_room_that_is_there() {
    let disk = with_pins(FaultStorage::new(), &[7]);
    disk.set_free_space(0);
    add(&disk, 1).unwrap();
    assert_pins(&disk, &[7, 1], &[]);
    let empty = FaultStorage::new();
    empty.set_free_space(1_000);
    match add(&empty, 1).unwrap_err() {
        StateFileError::Io { source, .. } => assert_eq!(source.kind(), ErrorKind::StorageFull),
        error => panic!("{error}"),
    }
    assert!(file(&empty).load().unwrap().pins.is_empty());
    let left: Vec<PathBuf> = empty.snapshot().into_keys().collect();
    assert!(left.iter().all(|path| !path.ends_with("state.part")));
}

#[test]
fn a_pulled_medium_is_an_error_and_its_state_is_there_when_it_is_back() {
    let disk = with_pins(FaultStorage::fat(), &[7]);
    disk.fail(0, Fault::Pulled, Times::Once);
    assert!(file(&disk).load().is_err());
    assert!(add(&disk, 1).is_err());
    assert_pins(&disk.after_crash_by(1), &[7], &[1]);
}

#[test]
fn no_part_of_a_file_is_left_on_a_disk_that_works() {
    for start in disks() {
        for_every_fault(&start, two_changes, |case, after, disk, _| {
            let once = matches!(case, Case::Sound | Case::Fault(_, _, Times::Once));
            if once && after == After::Running {
                let mut names = disk.snapshot().into_keys();
                assert!(!names.any(|name| name.ends_with("state.part")));
            }
        });
    }
}

#[test]
fn where_a_file_system_knows_no_locks_the_state_is_kept_all_the_same() {
    let disk = FaultStorage::new();
    disk.set_knows_locks(false);
    add(&disk, 1).unwrap();
    assert_pins(&disk, &[1], &[]);
}

#[test]
fn two_programs_at_once_lose_nothing_of_each_other_when_the_disk_fails() {
    let (mut kept_in_all, mut tried) = (0, 0);
    let faults = [Fault::Failing, Fault::Short, Fault::WrongData, Fault::Full];
    for (n, fault) in (0..90).zip(faults.into_iter().cycle()) {
        let disk = FaultStorage::new();
        if n % 3 == 0 {
            disk.put(Path::new(FOLDER).join("state"), b"damage");
        }
        disk.fail(n, fault, Times::Once);
        let kept: Vec<u8> = thread::scope(|scope| {
            let run = |first: u8| {
                let disk = &disk;
                scope.spawn(move || {
                    let bytes = first..first + 3;
                    bytes
                        .filter(|byte| {
                            let _ = file(disk).load();
                            add(disk, *byte).is_ok()
                        })
                        .collect::<Vec<u8>>()
                })
            };
            let both = [run(10), run(20)];
            both.into_iter()
                .flat_map(|one| one.join().unwrap())
                .collect()
        });
        let disk = disk.after_crash_by(n);
        let _ = file(&disk).load();
        let state = file(&disk).load().unwrap();
        for byte in &kept {
            assert!(has(&state, *byte), "{fault:?} at {n}: {byte} is lost");
        }
        assert!(n % 3 != 0 || holds(&disk, b"damage"));
        (kept_in_all, tried) = (kept_in_all + kept.len(), tried + 6);
    }
    println!("two programs: {kept_in_all} of {tried} changes kept, none lost");
}
