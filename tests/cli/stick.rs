//! A stick by the real program: laid out, laid out again, and refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::{Path, PathBuf};

use desk::Desk;

fn bundles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bundles")
}

/// A desk with an empty stick, two samples, a contact and what begins like a program for Linux.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("stick")).unwrap();
    for name in [
        "samples.varaq",
        "unknown.varaq",
        "altered.varaq",
        "samples.contact",
    ] {
        fs::copy(bundles().join(name), desk.path(name)).unwrap();
    }
    let mut program = b"\x7fELF\x02\x01\x01".to_vec();
    program.resize(18, 0);
    program.extend([0x3e, 0]);
    program.resize(4_000, 7);
    fs::write(desk.path("varaq-reader"), program).unwrap();
    desk
}

const ARGUMENTS: &str =
    "stick stick samples.varaq unknown.varaq --reader varaq-reader --contact samples.contact";

#[test]
fn a_stick_is_laid_out_and_checked_and_the_same_again() {
    let desk = desk();
    fs::write(desk.path("stick/holiday.jpg"), "somebody's").unwrap();
    let told = desk.varaq(ARGUMENTS).expect(0);
    assert!(told.err.contains("no program for Windows"), "{told:?}");
    assert!(
        told.err.contains("wait until the stick's light is still"),
        "{told:?}"
    );
    let expected = [
        "Read-Linux",
        "START.html",
        "bundles",
        "contacts",
        "holiday.jpg",
    ];
    assert_eq!(desk.names("stick"), expected);
    assert_eq!(
        desk.names("stick/bundles"),
        ["samples.varaq", "unknown.varaq"]
    );
    desk.varaq("check stick").expect(0);
    let again = desk.varaq(&format!("{ARGUMENTS} --json")).expect(0);
    let last = again.objects().pop().unwrap();
    assert_eq!(
        (&last["type"], &last["missing"][0]),
        (&"stick".into(), &"Windows".into())
    );
    assert!(
        again
            .objects()
            .iter()
            .filter(|one| one["type"] == "copied")
            .all(|one| one["was_there"] == true)
    );
    // A newer program does not take the place of the one that is there without a word.
    fs::write(desk.path("stick/Read-Linux"), "older").unwrap();
    let other = desk.varaq(ARGUMENTS).expect(1);
    assert!(other.err.contains("nothing is overwritten"), "{other:?}");
    assert_eq!(fs::read(desk.path("stick/Read-Linux")).unwrap(), b"older");
}

#[test]
fn what_is_not_sound_puts_nothing_on_a_stick() {
    let desk = desk();
    let refused = desk
        .varaq("stick stick samples.varaq altered.varaq")
        .expect(20);
    assert!(refused.err.contains("is not handed on"), "{refused:?}");
    fs::write(desk.path("no.contact"), "varaq contact 1\n").unwrap();
    desk.varaq("stick stick samples.varaq --contact no.contact")
        .expect(1);
    desk.varaq("stick stick samples.varaq --reader samples.contact")
        .expect(1);
    desk.varaq("stick none samples.varaq").expect(1);
    desk.varaq("stick stick").expect(2);
    desk.varaq("stick stick samples.varaq --neutral --shelf")
        .expect(2);
    assert!(desk.names("stick").is_empty());
    fs::write(desk.path("stick/START.html"), "mine").unwrap();
    let page = desk.varaq("stick stick samples.varaq").expect(1);
    assert!(page.err.contains("none of ours"), "{page:?}");
}

#[test]
fn neutral_sticks_open_too() {
    let desk = desk();
    desk.varaq(&format!("{ARGUMENTS} --neutral")).expect(0);
    assert_eq!(
        desk.names("stick"),
        ["Open-Linux", "START.html", "files", "texts"]
    );
    assert_eq!(desk.names("stick/files"), ["001.dat", "002.dat"]);
    let checked = desk.varaq("check stick --json").expect(0);
    assert_eq!(
        checked
            .objects()
            .iter()
            .filter(|one| one["type"] == "bundle")
            .count(),
        2
    );
}

#[test]
fn a_shelf_beside_the_program_is_prepared_on_demand() {
    let desk = desk();
    desk.varaq(&format!("{ARGUMENTS} --shelf")).expect(0);
    assert!(desk.path("stick/varaq-shelf").is_dir());
}
