//! `copy`, `clean` and the newer parts of `check`, as a person or a script meets them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;

use desk::Desk;
use varaq_kit::Mint;

/// A desk with `1.varaq`, `2.varaq` and a folder `stick`.
fn with_issues() -> Desk {
    let desk = Desk::new();
    let mint = Mint::default();
    for number in [1, 2] {
        let issue = mint.issue(number).article("One", "First words.");
        fs::write(desk.path(&format!("{number}.varaq")), issue.signed(&[0, 1])).unwrap();
    }
    fs::create_dir(desk.path("stick")).unwrap();
    desk
}

#[test]
fn a_copy_says_what_it_did_and_how_to_take_the_stick_out() {
    let desk = with_issues();
    let ran = desk.varaq("copy 1.varaq 2.varaq stick").expect(0);
    assert_eq!(
        ran.out.matches("copied and read back").count(),
        2,
        "{ran:?}"
    );
    assert!(
        ran.err.contains("light") && ran.err.contains("eject"),
        "{ran:?}"
    );
    let again = desk.varaq("copy 1.varaq 2.varaq stick").expect(0);
    assert_eq!(again.out.matches("already there").count(), 2, "{again:?}");
    assert_eq!(again.err, "");
    assert_eq!(desk.names("stick"), ["1.varaq", "2.varaq"]);
    let same = |name| fs::read(desk.path(name)).unwrap();
    assert_eq!(same("stick/1.varaq"), same("1.varaq"));
    let objects = desk.varaq("copy --json 1.varaq stick").expect(0).objects();
    let types: Vec<_> = objects
        .iter()
        .map(|one| one["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["copied", "copy"]);
    assert_eq!(objects[0]["blake3"].as_str().unwrap().len(), 64);
}

#[test]
fn a_copy_refuses_with_a_hint_and_leaves_nothing() {
    let desk = with_issues();
    fs::write(desk.path("note.txt"), b"no bundle").unwrap();
    fs::write(desk.path("stick/1.varaq"), b"something of mine").unwrap();
    let ran = desk.varaq("copy note.txt 1.varaq stick").expect(10);
    assert_eq!(ran.err.matches("hint:").count(), 2, "{ran:?}");
    assert!(ran.err.contains("NOT_A_BUNDLE") && ran.err.contains("another file has its name"));
    assert_eq!(desk.names("stick"), ["1.varaq"]);
    assert_eq!(
        fs::read(desk.path("stick/1.varaq")).unwrap(),
        b"something of mine"
    );
    desk.varaq("copy --any note.txt stick").expect(0);
    assert_eq!(desk.names("stick"), ["1.varaq", "note.txt"]);
    for (args, code) in [
        ("copy 1.varaq 2.varaq nowhere", 1),
        ("copy 1.varaq nowhere/deep/1.varaq", 1),
        ("copy missing.varaq stick", 1),
        ("copy 1.varaq ./1.varaq stick", 2),
        ("copy 1.varaq", 2),
        ("clean 1.varaq", 2),
        ("clean missing.varaq -o out.varaq", 1),
        ("clean note.txt -o out.varaq", 10),
        ("clean 1.varaq -o 1.varaq", 1),
        ("check 1.varaq --sample 0", 2),
        ("check 1.varaq --sample 101", 2),
        ("check 1.varaq --seed 3", 2),
        ("check 1.varaq --against missing", 1),
    ] {
        let ran = desk.varaq(args).expect(code);
        assert!(ran.err.contains("error:"), "{args}: {ran:?}");
    }
    assert!(!desk.path("out.varaq").exists());
}

#[test]
fn a_clean_file_is_the_publishers_own_and_the_dropped_bytes_are_counted() {
    let desk = with_issues();
    let whole = fs::read(desk.path("1.varaq")).unwrap();
    fs::write(desk.path("3.varaq"), [&whole[..], b"carried by"].concat()).unwrap();
    desk.varaq("check 3.varaq").expect(22);
    let ran = desk.varaq("clean 3.varaq -o 4.varaq").expect(0);
    assert!(ran.out.contains("left out 10 foreign bytes"), "{ran:?}");
    assert_eq!(fs::read(desk.path("4.varaq")).unwrap(), whole);
    let objects = desk
        .varaq("clean --json 3.varaq -o 5.varaq")
        .expect(0)
        .objects();
    assert_eq!(objects[0]["dropped_extra_bytes"], 10);
}

#[test]
fn a_check_of_a_stick_names_what_does_not_belong_there() {
    let desk = with_issues();
    for name in ["1.varaq", "2.varaq"] {
        fs::copy(desk.path(name), desk.path("stick").join(name)).unwrap();
    }
    fs::copy(desk.path("1.varaq"), desk.path("stick/copy.varaq")).unwrap();
    for name in [
        "news.varaq.exe",
        "autorun.inf",
        "n\u{435}ws.txt",
        "a\u{202e}cod.exe",
    ] {
        fs::write(desk.path("stick").join(name), b"MZ").unwrap();
    }
    let ran = desk.varaq("check stick").expect(0);
    assert_eq!(ran.out.matches("FOREIGN").count(), 4, "{ran:?}");
    assert!(!ran.out.contains('\u{202e}'), "{ran:?}");
    assert!(
        ran.out.contains("SAME  ") && ran.out.contains("OLDER  "),
        "{ran:?}"
    );
    let objects = desk.varaq("check --json stick").expect(0).objects();
    let of = |kind: &str| objects.iter().filter(|one| one["type"] == kind).count();
    assert_eq!(
        ["foreign", "bundle", "issue", "same", "series"].map(of),
        [4, 3, 1, 1, 1]
    );
    // No title, unless it is asked for.
    assert!(!ran.out.contains("Issue 1"));
    let titled = desk.varaq("check stick --titles --sample 50").expect(0);
    assert!(titled.out.contains("Issue 1"), "{titled:?}");
    let against = desk.varaq("check 1.varaq --against stick").expect(0);
    assert!(
        against.out.contains("IDENTICAL to stick/1.varaq"),
        "{against:?}"
    );
}

/// Ctrl-C while a file is written: nothing is left, or with `--resume` what the next run goes
/// on from.
#[cfg(unix)]
#[test]
fn an_interrupted_copy_leaves_nothing_or_a_part_to_go_on_from() {
    use std::process::Stdio;
    let desk = with_issues();
    // No bundle, but long enough to be met under way.
    let long: Vec<u8> = (0..48 << 20).map(|n: u32| (n >> 8) as u8).collect();
    fs::write(desk.path("long.bin"), &long).unwrap();
    for (resume, left) in [(false, vec![]), (true, vec!["long.bin.part".to_owned()])] {
        let mut command = desk.command();
        command.args(["copy", "--any", "long.bin", "stick"]);
        command.args(resume.then_some("--resume"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        while !desk.path("stick/long.bin.part").exists() {
            std::thread::yield_now();
        }
        press_ctrl_c(child.id());
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(0) {
            println!("not tested here: the copy was done before it was interrupted");
            return;
        }
        assert_eq!(output.status.code(), Some(130));
        assert_eq!(desk.names("stick"), left);
    }
    let ran = desk.varaq("copy --any long.bin stick").expect(0);
    assert!(ran.out.contains("copied and read back"), "{ran:?}");
    assert!(fs::read(desk.path("stick/long.bin")).unwrap() == long);
}

#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "sends the signal that Ctrl-C sends"
)]
fn press_ctrl_c(id: u32) {
    let kill = format!("kill -INT {id}");
    let sent = std::process::Command::new("sh")
        .args(["-c", &kill])
        .status();
    assert!(sent.unwrap().success());
}
