//! What the tool says and where: stdout, stderr, JSON Lines, exit codes, odd inputs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::process::Stdio;

use desk::{Desk, SECRETS};

/// A run that must fail with `code`, print no result and tell one error in our style.
fn refused(desk: &Desk, args: &str, code: i32) {
    let ran = desk.varaq(args).expect(code);
    assert_eq!(ran.out, "", "{args}");
    assert!(ran.err.starts_with("varaq: error: "), "{args}: {}", ran.err);
    let what = ran.err.lines().next().unwrap();
    assert!(!what.ends_with('.'), "{what}");
    let json = desk.varaq(&format!("{args} --json")).expect(code).objects();
    let error = json.last().unwrap();
    assert_eq!(
        (error["type"].as_str(), error["exit_code"].as_i64()),
        (Some("error"), Some(code.into())),
        "{args}"
    );
}

#[test]
fn odd_inputs_are_told_and_never_read_as_content() {
    let desk = Desk::new();
    fs::write(desk.path("empty.varaq"), b"").unwrap();
    fs::write(desk.path("text.varaq"), b"hello, this is no bundle").unwrap();
    fs::create_dir(desk.path("folder")).unwrap();
    for verb in ["list", "info", "show", "extract"] {
        let more = match verb {
            "show" => " 1",
            "extract" => " out",
            _ => "",
        };
        refused(&desk, &format!("{verb} missing.varaq{more}"), 1);
        refused(&desk, &format!("{verb} folder{more}"), 1);
        if verb != "info" {
            refused(&desk, &format!("{verb} empty.varaq{more}"), 10);
            refused(&desk, &format!("{verb} text.varaq{more}"), 10);
        }
    }
    assert!(!desk.path("out").exists());
    assert!(
        desk.varaq("info text.varaq")
            .expect(10)
            .out
            .contains("NOT_A_BUNDLE")
    );
    refused(&desk, "sign missing.varaq --key missing.key", 1);
    refused(&desk, "trust remove missing.contact", 1);
    for wrong in [
        "",
        "nonsense",
        "show",
        "check",
        "trust add",
        "publisher new x",
        "--frobnicate",
    ] {
        let ran = desk.varaq(wrong).expect(2);
        assert_eq!(ran.out, "", "{wrong}");
    }
    assert!(desk.varaq("show a --json").expect(2).objects()[0]["type"] == "error");
}

#[test]
fn check_reports_every_named_file_and_ignores_strangers_in_folders() {
    let desk = Desk::with_issue();
    fs::create_dir_all(desk.path("stick/deep")).unwrap();
    fs::copy(
        desk.path("issue.varaq"),
        desk.path("stick/deep/holiday.jpg"),
    )
    .unwrap();
    fs::write(desk.path("stick/claims.varaq"), b"no").unwrap();
    fs::write(desk.path("stick/notes.txt"), b"nothing to do with it").unwrap();
    let checked = desk.varaq("check stick").expect(10);
    let lines: Vec<&str> = checked.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", checked.out);
    assert!(
        lines[0].starts_with("NOT_A_BUNDLE") && lines[0].ends_with("claims.varaq"),
        "{}",
        checked.out
    );
    assert!(
        lines[1].starts_with("UNKNOWN_PUBLISHER") && lines[1].contains("holiday.jpg"),
        "{}",
        checked.out
    );
    assert_eq!(checked.err, "");
    assert!(
        desk.varaq("check -v stick")
            .expect(10)
            .err
            .contains("not a bundle: stick/notes.txt")
    );
    desk.varaq("check stick/notes.txt").expect(10);
    // The greatest code wins, and each file keeps its line.
    let both = desk.varaq("check draft.varaq stick missing").expect(20);
    assert_eq!(both.out.lines().count(), 3, "{}", both.out);
    assert!(both.err.contains("cannot read missing"), "{}", both.err);
    let objects = desk
        .varaq("check --json draft.varaq stick missing")
        .expect(20)
        .objects();
    let types: Vec<&str> = objects
        .iter()
        .map(|object| object["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["error", "bundle", "bundle", "bundle"]);
}

#[test]
fn copies_that_miss_different_pieces_are_read_as_one() {
    let desk = Desk::with_issue();
    let whole = fs::read(desk.path("issue.varaq")).unwrap();
    fs::create_dir(desk.path("two")).unwrap();
    let last = whole.len() - 1;
    let middle = u64::from_be_bytes(whole[12..20].try_into().unwrap()) as usize + 40 + 44 * 8 + 40;
    for (name, at) in [("a.varaq", last), ("b.varaq", middle)] {
        let mut copy = whole.clone();
        copy[at] ^= 1;
        fs::write(desk.path("two").join(name), copy).unwrap();
    }
    let checked = desk.varaq("check two");
    assert!(matches!(checked.code, 22 | 23), "{checked:?}");
    assert_eq!(checked.out.lines().count(), 3, "{}", checked.out);
    let together = checked.out.lines().last().unwrap();
    assert!(
        together.contains("2 copies in two read as one") && together.contains(" 3/3 "),
        "{}",
        checked.out
    );
}

#[test]
fn forged_bundles_print_nothing_of_themselves() {
    let desk = Desk::with_issue();
    desk.publisher("other", "Thief");
    let whole = fs::read(desk.path("issue.varaq")).unwrap();
    // A threshold of 1: the signature section of a bundle with one signature.
    let forged = desk.path("forged.varaq");
    fs::copy(desk.path("draft.varaq"), &forged).unwrap();
    desk.varaq("sign forged.varaq --key desk/signer-1.key")
        .expect(0);
    for args in [
        "list forged.varaq --untrusted",
        "show forged.varaq 1 --untrusted",
        "extract forged.varaq out --untrusted",
    ] {
        let ran = desk.varaq(args).expect(20);
        assert_eq!(ran.out, "", "{args}");
        assert!(
            SECRETS.iter().all(|secret| !ran.err.contains(secret)),
            "{args}: {}",
            ran.err
        );
    }
    for args in [
        "check forged.varaq",
        "info forged.varaq",
        "check --json forged.varaq",
        "info --json forged.varaq",
    ] {
        let ran = desk.varaq(args).expect(20);
        assert!(
            SECRETS
                .iter()
                .all(|secret| !ran.out.contains(secret) && !ran.err.contains(secret)),
            "{args}: {}",
            ran.out
        );
    }
    assert!(!desk.path("out").exists());
    // A key of somebody else signs nothing.
    let before = fs::read(&forged).unwrap();
    refused(&desk, "sign forged.varaq --key other/signer-1.key", 1);
    assert_eq!(fs::read(&forged).unwrap(), before);
    assert_eq!(fs::read(desk.path("issue.varaq")).unwrap(), whole);
}

#[test]
fn keys_are_wrapped_and_never_overwritten() {
    let desk = Desk::new();
    fs::write(desk.path("secret"), "correct horse\n").unwrap();
    let new = ["publisher", "new", "desk", "--name", "en=Example"];
    // Without a terminal nobody can be asked.
    let ran = desk.varaq_args(new);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("VARAQ_PASSPHRASE_FILE"), "{}", ran.err);
    assert!(!desk.path("desk").join("signer-1.key").exists());
    let made = desk
        .command()
        .args(new)
        .env("VARAQ_PASSPHRASE_FILE", "secret")
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let key = fs::read(desk.path("desk/signer-1.key")).unwrap();
    let again = desk
        .command()
        .args(new)
        .env("VARAQ_PASSPHRASE_FILE", "secret")
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(fs::read(desk.path("desk/signer-1.key")).unwrap(), key);
    let pack = [
        "pack",
        desk::articles().to_str().unwrap(),
        "-o",
        "one.varaq",
        "--publisher",
        "desk",
        "--number",
        "1",
        "--day",
        "2026-03-03",
        "--allow",
        "author",
    ]
    .map(str::to_owned);
    desk.varaq_args(&pack).expect(0);
    fs::write(desk.path("wrong"), "battery staple\n").unwrap();
    let wrong = desk
        .command()
        .args(["sign", "one.varaq", "--key", "desk/signer-1.key"])
        .env("VARAQ_PASSPHRASE_FILE", "wrong")
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    desk.varaq("check one.varaq").expect(20);
    let right = desk
        .command()
        .args(["sign", "one.varaq", "--key", "desk/signer-1.key"])
        .env("VARAQ_PASSPHRASE_FILE", "secret")
        .output()
        .unwrap();
    assert!(
        right.status.success(),
        "{}",
        String::from_utf8_lossy(&right.stderr)
    );
    desk.varaq("check one.varaq").expect(0);
    // Leaving keys open is said loudly.
    let open = desk
        .varaq_args([
            "publisher",
            "new",
            "open",
            "--name",
            "en=X",
            "--no-passphrase",
        ])
        .expect(0);
    assert!(open.err.contains("warning: "), "{}", open.err);
}

#[test]
fn failing_pack_leaves_nothing() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    fs::create_dir(desk.path("none")).unwrap();
    let before = desk.names(".");
    let ran = desk.varaq("pack none -o x.varaq --publisher desk --number 1 --day 2026-03-03");
    assert_eq!(ran.code, 1, "{ran:?}");
    let ran = desk.varaq("pack none -o x.varaq --publisher desk --number 9999 --day 2026-03-03");
    assert_ne!(ran.code, 0, "{ran:?}");
    desk.varaq("pack none -o x.varaq --publisher desk --number 1 --day 2026-02-30")
        .expect(2);
    assert_eq!(desk.names("."), before);
}

#[test]
fn pack_is_the_same_bytes_each_time() {
    let desk = Desk::new();
    desk.pack();
    let first = fs::read(desk.path("draft.varaq")).unwrap();
    fs::remove_file(desk.path("draft.varaq")).unwrap();
    let args = [
        "pack",
        desk::articles().to_str().unwrap(),
        "-o",
        "draft.varaq",
        "--publisher",
        "desk",
        "--number",
        "1",
        "--day",
        "2026-03-03",
        "--allow",
        "author",
        "--lang",
        "en",
        "--title",
        "Test",
    ]
    .map(str::to_owned);
    desk.varaq_args(&args).expect(0);
    assert!(fs::read(desk.path("draft.varaq")).unwrap() == first);
    // A draft may be packed again, a signed issue is not overwritten.
    desk.varaq_args(&args).expect(0);
    assert!(fs::read(desk.path("draft.varaq")).unwrap() == first);
    desk.varaq("sign draft.varaq --key desk/signer-1.key")
        .expect(0);
    let signed = fs::read(desk.path("draft.varaq")).unwrap();
    desk.varaq_args(&args).expect(1);
    assert!(fs::read(desk.path("draft.varaq")).unwrap() == signed);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::with_issue();
    let mut child = desk
        .command()
        .args(["list", "issue.varaq", "--untrusted"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_ne!(output.status.code(), Some(101));
}

#[test]
fn every_verb_has_help_with_examples_and_no_escape_codes_in_pipes() {
    let desk = Desk::new();
    let verbs = [
        "publisher new",
        "publisher show",
        "pack",
        "sign",
        "check",
        "info",
        "list",
        "show",
        "extract",
        "trust add",
        "trust list",
        "trust remove",
        "completions",
    ];
    for verb in verbs {
        let help = desk.varaq(&format!("{verb} --help")).expect(0);
        assert!(help.out.contains("Examples:"), "{verb}");
        assert!(help.out.contains("--json"), "{verb}");
        assert!(!help.out.contains('\u{1b}'), "{verb}");
    }
    assert!(
        desk.varaq("--help")
            .expect(0)
            .out
            .contains("130  interrupted")
    );
    assert!(desk.varaq("--version").expect(0).out.starts_with("varaq "));
    assert!(
        desk.varaq("completions bash")
            .expect(0)
            .out
            .contains("_varaq")
    );
    for later in ["search", "rotate", "split"] {
        desk.varaq(later).expect(2);
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_and_entries_that_cannot_be_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::with_issue();
    fs::create_dir_all(desk.path("stick")).unwrap();
    let name = OsStr::from_bytes(b"caf\xe9\x1b[31m.varaq");
    fs::copy(desk.path("issue.varaq"), desk.path("stick").join(name)).unwrap();
    let checked = desk.varaq("check stick").expect(0);
    assert!(
        !checked.out.contains('\u{1b}') && checked.out.contains("caf\u{fffd}"),
        "{}",
        checked.out
    );
    desk.varaq("check --json stick").expect(0).objects();
    // A link to itself: unreadable for everybody, root included.
    std::os::unix::fs::symlink("circle", desk.path("stick/circle")).unwrap();
    let checked = desk.varaq("check stick").expect(1);
    assert_eq!(checked.out.lines().count(), 1);
    assert!(
        checked.err.contains("cannot read stick/circle"),
        "{}",
        checked.err
    );
}
