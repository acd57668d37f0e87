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
    for len in 0..whole.len() {
        fs::write(file.path(), &whole[..len]).unwrap();
        assert!(
            matches!(file.load(), Err(PinFileError::Damaged { .. })),
            "cut at {len}"
        );
    }
    fs::write(file.path(), [&whole[..], b"\xff"].concat()).unwrap();
    assert!(file.load().is_err());
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
