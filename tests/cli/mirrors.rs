//! Catalogues and torrents by the real program, and mirrors by the programs of others.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use desk::Desk;

fn bundles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bundles")
}

/// A folder `m` with two of the samples, and a key.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("m/a b")).unwrap();
    fs::copy(
        bundles().join("samples.varaq"),
        desk.path("m/samples.varaq"),
    )
    .unwrap();
    fs::copy(
        bundles().join("unknown.varaq"),
        desk.path("m/a b/نان.varaq"),
    )
    .unwrap();
    let made = desk
        .varaq("publisher key mirror.key --role signer --no-passphrase")
        .expect(0);
    fs::write(desk.path("mirror.pub"), made.out).unwrap();
    desk
}

#[test]
fn a_folder_is_listed_signed_and_held_against_its_list() {
    let desk = desk();
    let told = desk
        .varaq("catalog m --base-url https://a.example/v --key mirror.key")
        .expect(0);
    assert!(told.out.starts_with("2 bundles, "), "{told:?}");
    assert!(
        told.out
            .contains("wrote catalog.atom, catalog.atom.sig, catalog.meta4, catalog.meta4.sig"),
        "{told:?}"
    );
    let again = desk
        .varaq("catalog m --base-url https://a.example/v --key mirror.key --json")
        .expect(0);
    assert_eq!(
        again.objects()[0]["written"],
        serde_json::json!([]),
        "{again:?}"
    );
    let checked = desk
        .varaq("catalog m --check --signer mirror.pub")
        .expect(0);
    assert!(
        checked
            .out
            .contains("2 of 2 bundles whole; the list is signed by "),
        "{checked:?}"
    );
    let stranger = desk.varaq("catalog m --check").expect(0);
    assert!(
        stranger.out.contains("signed by a stranger"),
        "{stranger:?}"
    );
    desk.varaq("catalog m --check --require-trusted").expect(21);
    // A copy elsewhere is as good, and a stick has no other rules.
    fs::create_dir_all(desk.path("stick")).unwrap();
    for name in [
        "catalog.atom",
        "catalog.atom.sig",
        "catalog.meta4",
        "samples.varaq",
    ] {
        fs::copy(desk.path("m").join(name), desk.path("stick").join(name)).unwrap();
    }
    let part = desk
        .varaq("catalog stick --check --signer mirror.pub --json")
        .expect(3);
    let objects = part.objects();
    assert_eq!(objects[0]["state"], "missing");
    assert_eq!(
        (&objects[2]["type"], &objects[2]["signature"]),
        (&"catalog_check".into(), &"good".into())
    );
    // A byte is another.
    let mut bytes = fs::read(desk.path("m/samples.varaq")).unwrap();
    bytes[60_000] ^= 4;
    fs::write(desk.path("m/samples.varaq"), bytes).unwrap();
    let spoilt = desk
        .varaq("catalog m --check --signer mirror.pub")
        .expect(23);
    assert!(spoilt.out.contains("altered     "), "{spoilt:?}");
    // It is not listed any more, and the list that was signed is not replaced by one that is not.
    let refused = desk
        .varaq("catalog m --base-url https://a.example/v")
        .expect(1);
    assert!(
        refused.err.contains("hint: sign it again with --key"),
        "{refused:?}"
    );
    let left = desk
        .varaq("catalog m --base-url https://a.example/v --key mirror.key")
        .expect(23);
    assert!(
        left.err
            .contains("left out: m/samples.varaq: UNKNOWN_PUBLISHER, damaged"),
        "{left:?}"
    );
    assert!(
        !fs::read_to_string(desk.path("m/catalog.atom"))
            .unwrap()
            .contains("samples.varaq")
    );
}

#[test]
fn what_is_no_folder_no_list_and_no_key_is_told() {
    let desk = desk();
    desk.varaq("catalog none").expect(1);
    desk.varaq("catalog m/samples.varaq").expect(1);
    let none = desk.varaq("catalog m --check").expect(1);
    assert!(
        none.err.contains("hint: varaq catalog DIR writes one"),
        "{none:?}"
    );
    fs::write(
        desk.path("m/catalog.atom"),
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>",
    )
    .unwrap();
    desk.varaq("catalog m --check").expect(10);
    for wrong in [
        "--base-url file:///etc",
        "--mirror a.example",
        "--check --key mirror.key",
        "--signer mirror.pub",
        "--check --signer none.pub",
        "--check --signer 12ab",
    ] {
        desk.varaq(&format!("catalog m {wrong}")).expect(2);
    }
    desk.varaq("publisher key root.key --role root --no-passphrase")
        .expect(0);
    let root = desk.varaq("catalog m --key root.key").expect(1);
    assert!(root.err.contains("signed with a signer's key"), "{root:?}");
    let untouched = fs::read_to_string(desk.path("m/catalog.atom")).unwrap();
    assert!(untouched.ends_with("/>"), "a refused run wrote something");
    fs::create_dir(desk.path("empty")).unwrap();
    desk.varaq("catalog empty").expect(0);
    desk.varaq("catalog empty --check").expect(0);
}

#[test]
fn sound_bundles_get_torrents_and_others_do_not() {
    let desk = desk();
    let made = desk
        .varaq("torrent m/samples.varaq --web-seed http://a.example/v --json")
        .expect(0);
    let first = &made.objects()[0];
    assert_eq!(
        (&first["written"], &first["name"]),
        (&true.into(), &"samples.varaq".into())
    );
    let again = desk
        .varaq("torrent m/samples.varaq --web-seed http://a.example/v --json")
        .expect(0);
    assert_eq!(again.objects()[0]["written"], false);
    assert_eq!(again.objects()[0]["infohash"], first["infohash"]);
    let other = desk.varaq("torrent m/samples.varaq").expect(1);
    assert!(other.err.contains("nothing is overwritten"), "{other:?}");
    let hybrid = desk
        .varaq("torrent m/samples.varaq --hybrid -o h.torrent")
        .expect(0);
    assert!(
        hybrid.out.contains("\nv2 ") && hybrid.out.contains("btmh:1220"),
        "{hybrid:?}"
    );
    for (name, code) in [("altered", 20), ("damaged", 23)] {
        let path = bundles().join(format!("{name}.varaq"));
        let refused = desk
            .varaq_args(["torrent", path.to_str().unwrap(), "-o", "no.torrent"])
            .expect(code);
        assert!(refused.err.contains("is not handed on"), "{refused:?}");
    }
    let partial = bundles().join("partial.varaq");
    desk.varaq_args([
        "torrent",
        partial.to_str().unwrap(),
        "-o",
        "partial.torrent",
    ])
    .expect(0);
    desk.varaq("torrent m -o no.torrent").expect(2);
    desk.varaq("torrent none -o no.torrent").expect(1);
    desk.varaq("torrent m/samples.varaq --tracker file:///x -o no.torrent")
        .expect(2);
    desk.varaq("torrent mirror.pub -o no.torrent").expect(10);
    assert!(!desk.path("no.torrent").exists());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the programs of others")]
fn nginx_aria2_transmission_and_rsync_carry_what_is_listed() {
    let desk = Desk::new();
    fs::create_dir(desk.path("net")).unwrap();
    let script = bundles().join("../tests/carry/mirrors.sh");
    let run = Command::new("bash")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_varaq"))
        .arg(desk.path("net"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    print!("{told}");
    assert!(
        run.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let all = std::env::var_os("VARAQ_REQUIRE_ALL").is_some();
    assert!(!all || !told.contains("not tested here"), "{told}");
}
