//! Hostile sources through the real program: a clear word within seconds, in little memory,
//! and no draft that was not asked for.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic
)] // a test that cannot go on has failed

#[path = "../cli/desk/mod.rs"]
mod desk;

use desk::Desk;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

/// Address space that the program may have, in KiB: with it threads, and their stacks.
const MOST_KIB: u64 = 900_000;
/// How long one source may take, in a debug build on a busy machine.
const MOST_TIME: Duration = Duration::from_secs(60);

/// Packs a file of these bytes under a ceiling of memory; exit code and what was said.
#[expect(
    clippy::disallowed_methods,
    reason = "the program under test, with a ceiling"
)]
fn pack(desk: &Desk, name: &str, kind: &str, bytes: &[u8]) -> (i32, String) {
    fs::write(desk.path(name), bytes).unwrap();
    let _ = fs::remove_file(desk.path("out.varaq"));
    let line = format!(
        "ulimit -v {MOST_KIB}; exec {} pack {name} --from {kind} -o out.varaq --publisher desk \
         --number 1 --day 2026-03-20 --lang en",
        env!("CARGO_BIN_EXE_varaq")
    );
    let start = Instant::now();
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(desk.path("."));
    shell
        .env("VARAQ_HOME", desk.path("home"))
        .env("RAYON_NUM_THREADS", "2");
    let output = shell.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let took = start.elapsed();
    let code = output.status.code().unwrap_or(-1);
    println!(
        "{name}: exit {code} after {took:.1?}: {}",
        said.lines().next().unwrap_or_default()
    );
    assert!(!said.contains("panicked"), "{name}: {said}");
    assert!(took < MOST_TIME, "{name} took {took:?}");
    assert!(code == 0 || code == 1, "{name} ended with {code}: {said}");
    assert_eq!(desk.path("out.varaq").exists(), code == 0, "{name}");
    (code, said)
}

fn item(body: &str) -> String {
    format!(
        "<rss><channel><item><title>t</title><content:encoded><![CDATA[{body}]]>\
         </content:encoded></item></channel></rss>"
    )
}

#[test]
fn what_is_too_deep_or_too_wide_is_flattened_or_refused() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    let deep = "<div><b>".repeat(100_000);
    let quotes = format!("{}words", "> ".repeat(100_000));
    let wide = "<p>x</p>".repeat(6_500_000);
    let tags = "<b>".repeat(5_000_000);
    let cases: [(&str, &str, Vec<u8>); 8] = [
        ("deep.html", "page", format!("{deep}words").into_bytes()),
        (
            "deep.xml",
            "feed",
            item(&format!("{deep}words")).into_bytes(),
        ),
        (
            "deep.json",
            "wordpress-rest",
            "[{\"content\":".repeat(100_000).into_bytes(),
        ),
        (
            "deep.telegram",
            "telegram",
            "{\"messages\":[".repeat(100_000).into_bytes(),
        ),
        ("deep.md", "folder", quotes.into_bytes()),
        ("wide.html", "page", wide.clone().into_bytes()),
        ("wide.xml", "feed", item(&wide).into_bytes()),
        ("tags.html", "page", tags.into_bytes()),
    ];
    for (name, kind, bytes) in cases {
        pack(&desk, name, kind, &bytes);
    }
    let (code, said) = pack(&desk, "wide.html", "page", wide.as_bytes());
    assert!(code == 1 && said.contains("16 MiB"), "{said}");
}

#[test]
fn bombs_of_names_and_lying_bytes_end_in_a_clear_word() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><item><title>&b;</title></item></rss>";
    let (code, said) = pack(&desk, "entities.xml", "feed", entities.as_bytes());
    assert!(code == 1 && said.contains("entities"), "{said}");
    let mut alias = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (before, own) in ('a'..='y').zip('b'..='z') {
        let many = vec![format!("*{before}"); 10].join(",");
        alias.push_str(&format!("{own}: &{own} [{many}]\n"));
    }
    alias.push_str("title: Bomb\n---\nwords enough\n");
    let (_, said) = pack(&desk, "alias.md", "folder", alias.as_bytes());
    assert!(said.contains("front matter"), "{said}");
    let utf16: Vec<u8> = "<rss><item><title>t</title></item></rss>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(pack(&desk, "utf16.xml", "feed", &utf16).0, 1);
    let latin = [
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><item><title>",
        &[0xe9, 0xff][..],
        b"</title></item></rss>",
    ]
    .concat();
    let (code, said) = pack(&desk, "latin.xml", "feed", &latin);
    assert!(code == 1 && said.contains("not UTF-8"), "{said}");
    let control = b"[{\"title\":\"a\x0bb\",\"content\":{\"rendered\":\"x\x01y\"}}]";
    assert_eq!(pack(&desk, "control.json", "wordpress-rest", control).0, 0);
}

/// A GIF and a PNG that say 50,000 × 50,000 in some bytes.
#[test]
fn a_picture_of_50_000_by_50_000_is_left_out() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    let gif = b"GIF89a\x50\xc3\x50\xc3\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x50\xc3\x50\xc3\0\x02\x02D\x01\0;";
    fs::write(desk.path("huge.gif"), gif).unwrap();
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0".to_vec();
    png.extend(crc(&png[12..]).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    fs::write(desk.path("huge.png"), png).unwrap();
    let words = b"# T\n\nwords\n\n![a](huge.gif)\n\n![b](huge.png)\n";
    let (code, said) = pack(&desk, "article.md", "folder", words);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("huge.gif") && said.contains("huge.png"),
        "{said}"
    );
}

/// The checksum of PNG and ZIP.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(!0, step)
}

#[test]
fn hostile_books_are_refused_as_a_whole() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    let kept =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus/epub");
    let cases = [
        ("bomb", "grows more than"),
        ("leads-out", "leads out of the archive"),
        ("absolute", "leads out of the archive"),
        ("twice", "two files of one name"),
        ("encrypted", "encrypted"),
        ("locked", "is locked"),
        ("no-package", "missing"),
    ];
    for (name, why) in cases {
        let bytes = fs::read(kept.join(format!("{name}.epub"))).unwrap();
        let (code, said) = pack(&desk, "book.epub", "epub", &bytes);
        assert!(code == 1 && said.contains(why), "{name}: {said}");
    }
    // A list that says 65,000 files, and one whose files lie in one another.
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    end.extend([0xe8, 0xfd, 0xe8, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let (_, said) = pack(&desk, "many.epub", "epub", &end);
    assert!(said.contains("files in it"), "{said}");
    let (_, said) = pack(&desk, "overlap.epub", "epub", &overlapping());
    assert!(said.contains("lie in one another"), "{said}");
}

/// Thousand entries of a list that all mean the same bytes.
fn overlapping() -> Vec<u8> {
    let body = vec![b'x'; 4_096];
    let numbers = |name: &str| {
        let mut out = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        out.extend(crc(&body).to_le_bytes());
        out.extend([0, 16, 0, 0, 0, 16, 0, 0]);
        out.extend([u8::try_from(name.len()).unwrap(), 0, 0, 0]);
        out
    };
    let mut out = [b"PK\x03\x04", numbers("a0000").as_slice(), b"a0000", &body].concat();
    let start = out.len();
    for number in 0..1_000 {
        let name = format!("a{number:04}");
        let entry = [
            b"PK\x01\x02\x14\0",
            numbers(&name).as_slice(),
            &[0; 14],
            name.as_bytes(),
        ]
        .concat();
        out.extend(entry);
    }
    let len = u32::try_from(out.len() - start).unwrap();
    let at = u32::try_from(start).unwrap();
    out.extend(b"PK\x05\x06\0\0\0\0\xe8\x03\xe8\x03");
    out.extend([len.to_le_bytes(), at.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

/// Every kind of export, cut in the middle and near its end.
#[test]
fn a_truncated_export_is_told() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    let inputs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/press/inputs");
    for (name, kind) in [
        ("wordpress.xml", "wordpress"),
        ("rest.json", "wordpress-rest"),
        ("telegram.json", "telegram"),
        ("book.epub", "epub"),
        ("page.mht", "page"),
    ] {
        let bytes = fs::read(inputs.join(name)).unwrap();
        let (_, said) = pack(&desk, name, kind, &bytes[..bytes.len() / 2]);
        assert!(!said.is_empty(), "{name}");
        pack(&desk, name, kind, &bytes[..10]);
        pack(&desk, name, kind, b"");
    }
}
