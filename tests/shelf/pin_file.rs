//! Pins on disk: what was saved is there, and what is damaged is said.

use std::fs;

use varaq_shelf::{PinFile, PinFileError};
use varaq_trust::{Pin, Pins, PublisherId};

fn one_pin() -> Pins {
    let mut pins = Pins::new();
    pins.add(Pin {
        id: PublisherId([7; 32]),
        name: "نمونه".to_owned(),
        other_names: vec!["Example".to_owned()],
        checked: true,
        day: None,
    });
    pins
}

#[test]
fn pins_come_back_as_they_were_saved() {
    let home = tempfile::tempdir().unwrap();
    let file = PinFile::in_folder(&home.path().join("new/deep"));
    assert!(file.load().unwrap().is_empty());
    file.save(&one_pin()).unwrap();
    assert_eq!(file.load().unwrap(), one_pin());
    file.save(&Pins::new()).unwrap();
    assert!(file.load().unwrap().is_empty());
    assert_eq!(
        fs::read_dir(home.path().join("new/deep")).unwrap().count(),
        1
    );
}

#[test]
fn a_damaged_list_is_not_an_empty_one() {
    let home = tempfile::tempdir().unwrap();
    let file = PinFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    let whole = fs::read(file.path()).unwrap();
    let longer = [&whole[..], b"\xff"].concat();
    let cuts = (0..whole.len()).map(|len| &whole[..len]);
    for damaged in cuts.chain([&longer[..]]) {
        fs::write(file.path(), damaged).unwrap();
        let error = file.load().unwrap_err();
        assert!(matches!(error, PinFileError::Damaged { .. }), "{error}");
    }
}

#[test]
fn a_damaged_list_is_set_aside_and_nothing_of_it_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let file = PinFile::in_folder(home.path());
    for (n, damage) in [
        (1, &b"varaq pins 1\npublisher"[..]),
        (2, b""),
        (3, b"\xff\xfe"),
    ] {
        fs::write(file.path(), damage).unwrap();
        let PinFileError::Damaged { aside, .. } = file.load().unwrap_err() else {
            panic!("not set aside");
        };
        assert_eq!(aside, home.path().join(format!("pins.damaged-{n}")));
        assert_eq!(fs::read(aside).unwrap(), damage);
        assert!(file.load().unwrap().is_empty());
        file.save(&one_pin()).unwrap();
        assert_eq!(file.load().unwrap(), one_pin());
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_said_so_and_keeps_the_old_list() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let file = PinFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    let set_mode = |mode| fs::set_permissions(home.path(), fs::Permissions::from_mode(mode));
    set_mode(0o555).unwrap();
    let heeded = fs::write(home.path().join("probe"), b"").is_err();
    let saved = file.save(&Pins::new());
    set_mode(0o755).unwrap();
    if !heeded {
        println!("not tested here: this user may write to read-only folders");
        return;
    }
    assert!(matches!(saved, Err(PinFileError::ReadOnly { .. })));
    assert_eq!(file.load().unwrap(), one_pin());
}

#[test]
fn a_file_in_the_folders_place_is_a_clear_error() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("home");
    fs::write(&path, b"a file").unwrap();
    let error = PinFile::in_folder(&path).save(&one_pin()).unwrap_err();
    assert!(matches!(error, PinFileError::Io { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"a file");
}

#[cfg(unix)]
#[test]
fn only_the_reader_may_read_the_list() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let file = PinFile::in_folder(home.path());
    file.save(&one_pin()).unwrap();
    assert_eq!(
        fs::metadata(file.path()).unwrap().permissions().mode() & 0o077,
        0
    );
}
