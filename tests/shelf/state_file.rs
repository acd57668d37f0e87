//! The reader's state on disk: what was saved is there, and what is damaged is said.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::fs;
use std::thread;

use varaq_shelf::{StateFile, StateFileError};
use varaq_trust::{Name, Pin, PublisherId, State};

fn pin(byte: u8) -> Pin {
    let names = ["fa", "en"].map(|tag| Name::new(tag, "نمونه").unwrap());
    Pin::new(PublisherId([byte; 32]), &names, true, None)
}

fn one_pin() -> State {
    let mut state = State::default();
    state.pins.add(pin(7));
    state
}

fn load(file: &StateFile) -> Vec<u8> {
    file.load().unwrap().encode()
}

#[test]
fn a_state_comes_back_as_it_was_saved() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(&home.path().join("new/deep"));
    assert!(file.load().unwrap().pins.is_empty());
    file.save(&one_pin()).unwrap();
    assert_eq!(load(&file), one_pin().encode());
    file.save(&State::default()).unwrap();
    assert!(file.load().unwrap().pins.is_empty());
    let names: Vec<_> = fs::read_dir(home.path().join("new/deep"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_change_that_changes_nothing_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    let before = fs::read(file.path()).unwrap();
    file.update(|state| drop(state.pins.add(pin(7)))).unwrap();
    assert!(fs::read(file.path()).unwrap() == before);
}

#[test]
fn a_write_leaves_the_state_before_it_in_the_other_slot() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    let long = fs::metadata(file.path()).unwrap().len();
    file.save(&State::default()).unwrap();
    // The newest slot is struck out, as a stick that lost its last write would do.
    let mut bytes = fs::read(file.path()).unwrap();
    let half = bytes.len() / 2;
    bytes[half + 60] ^= 1;
    fs::write(file.path(), &bytes).unwrap();
    assert_eq!(load(&file), one_pin().encode());
    assert_eq!(fs::metadata(file.path()).unwrap().len(), long);
}

#[test]
fn what_two_programs_add_at_once_is_all_kept() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    thread::scope(|scope| {
        for byte in 0..16 {
            let file = &file;
            scope.spawn(move || {
                file.update(|state| drop(state.pins.add(pin(byte))))
                    .unwrap()
            });
        }
    });
    assert_eq!(file.load().unwrap().pins.len(), 16);
}

#[test]
fn the_list_of_the_first_version_is_taken_over() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    let old = home.path().join("pins");
    fs::write(&old, one_pin().pins.encode()).unwrap();
    assert_eq!(load(&file), one_pin().encode());
    file.update(|state| drop(state.pins.add(pin(8)))).unwrap();
    assert_eq!(file.load().unwrap().pins.len(), 2);
    assert!(!old.exists());
}

#[test]
fn a_damaged_state_is_not_an_empty_one() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    let whole = fs::read(file.path()).unwrap();
    let content = one_pin().encode().len() + 56;
    let cuts = (0..content * 2).step_by(2).map(|len| whole[..len].to_vec());
    let zeros = vec![0; whole.len()];
    for damaged in cuts.chain([zeros, vec![0xff; 4_096]]) {
        fs::write(file.path(), damaged).unwrap();
        let error = file.load().unwrap_err();
        assert!(matches!(error, StateFileError::Damaged { .. }), "{error}");
    }
}

#[test]
fn a_damaged_state_is_set_aside_and_nothing_of_it_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    for (n, damage) in [
        (1, &b"varaq pins 1\npublisher"[..]),
        (2, b""),
        (3, b"\xff\xfe"),
    ] {
        fs::write(file.path(), damage).unwrap();
        let StateFileError::Damaged { aside, .. } = file.load().unwrap_err() else {
            panic!("not set aside");
        };
        assert_eq!(aside, home.path().join(format!("state.damaged-{n}")));
        assert_eq!(fs::read(aside).unwrap(), damage);
        assert!(file.load().unwrap().pins.is_empty());
        file.save(&one_pin()).unwrap();
        assert_eq!(load(&file), one_pin().encode());
        fs::remove_file(file.path()).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_said_so_and_keeps_the_old_state() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    let set_mode = |mode| fs::set_permissions(home.path(), fs::Permissions::from_mode(mode));
    set_mode(0o555).unwrap();
    let heeded = fs::write(home.path().join("probe"), b"").is_err();
    let saved = file.save(&State::default());
    set_mode(0o755).unwrap();
    if !heeded {
        println!("not tested here: this user may write to read-only folders");
        return;
    }
    assert!(matches!(saved, Err(StateFileError::ReadOnly { .. })));
    assert_eq!(load(&file), one_pin().encode());
}

#[test]
fn a_file_in_the_folders_place_is_a_clear_error() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("home");
    fs::write(&path, b"a file").unwrap();
    let error = StateFile::in_folder(&path).save(&one_pin()).unwrap_err();
    assert!(matches!(error, StateFileError::Io { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"a file");
}

#[cfg(unix)]
#[test]
fn only_the_reader_may_read_the_state() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let file = StateFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    assert_eq!(
        fs::metadata(file.path()).unwrap().permissions().mode() & 0o077,
        0
    );
}
