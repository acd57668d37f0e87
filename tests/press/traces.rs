//! Nothing about the machine and nothing from inside pictures comes into an issue, whatever the
//! source; and two machines make the same bytes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

#[path = "../cli/desk/mod.rs"]
mod desk;

use desk::Desk;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// What a machine is called, and what cameras and programs write into pictures.
const TRACES: [&str; 9] = [
    "kestrel-user",
    "kestrel-host",
    "kestrel-home",
    "kestrel-folder",
    "Pacific/Kestrel",
    "KestrelCam",
    "GPSLatitude",
    "xmpmeta",
    "Exif",
];

/// One source of each kind, beside the folder of Markdown.
const KINDS: [&str; 8] = [
    "wordpress.xml",
    "rest.json",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "page.html",
    "account.json",
    "book.epub",
];

fn inputs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/press/inputs")
}

/// A JPEG with EXIF (maker, a place), XMP and a comment in front of its pixels.
fn marked(plain: &[u8]) -> Vec<u8> {
    let mut segments = Vec::new();
    let mut add = |mark: u8, words: &[u8]| {
        let len = u16::try_from(words.len() + 2).unwrap();
        segments.extend([0xff, mark]);
        segments.extend(len.to_be_bytes());
        segments.extend(words);
    };
    // One entry: maker, ASCII, 11 bytes at 26.
    add(0xe1, b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x0f\x01\x02\0\x0b\0\0\0\x1a\0\0\0\0\0\0\0KestrelCam\0GPSLatitude 35.7");
    add(
        0xe1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>KestrelCam</x:xmpmeta>",
    );
    add(0xfe, b"kestrel-user at kestrel-host");
    [&plain[..2], &segments, &plain[2..]].concat()
}

/// Copies of all inputs, with marked pictures, in a folder of a telling name.
fn sources(desk: &Desk) {
    let folder = desk.path("kestrel-folder");
    fs::create_dir_all(folder.join("photos")).unwrap();
    fs::create_dir_all(folder.join("uploads/2026/01")).unwrap();
    for entry in fs::read_dir(inputs()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|ending| ending != "txt") {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
    let mut jpeg = Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 99]));
    pixels
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let jpeg = marked(&jpeg.into_inner());
    // What is in the file counts, not how it is called.
    for name in ["photos/bed.png", "uploads/2026/01/bed.png", "photo.jpg"] {
        fs::write(folder.join(name), &jpeg).unwrap();
    }
    let article =
        "---\ntitle: Marked\ndate: 2026-01-02T03:04:05+03:30\n---\nwords\n\n![a](photo.jpg)\n";
    fs::write(folder.join("article.md"), article).unwrap();
}

/// The program on a machine of that name, home, zone and folder.
fn pack(desk: &Desk, machine: &str, output: &str) -> String {
    let folder = desk.path("kestrel-folder");
    let mut command = desk.command();
    command.arg("pack").arg(&folder);
    for name in KINDS {
        command.arg(folder.join(name));
    }
    command.arg("--media").arg(folder.join("uploads"));
    command.args(["-o", output, "--publisher", "desk", "--number", "1"]);
    command.args(["--day", "2026-03-20", "--telegram-channel", "777002"]);
    // The inputs name people and a telephone, which is what they are for; the preflight has tests of its own.
    for kind in ["author", "email", "phone", "path", "watermark"] {
        command.args(["--allow", kind]);
    }
    let home = desk.path(&format!("{machine}-home"));
    command
        .env("USER", format!("{machine}-user"))
        .env("LOGNAME", format!("{machine}-user"));
    command
        .env("HOSTNAME", format!("{machine}-host"))
        .env("HOME", &home);
    command
        .env("TZ", "Pacific/Kestrel")
        .env("LANG", "fa_IR.UTF-8");
    let ran = command.output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success(), "{said}");
    said
}

/// Every file below a folder, with its name.
fn files(folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, out),
            false => out.push((
                path.to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            )),
        }
    }
}

#[test]
fn no_machine_and_no_camera_can_be_told_from_an_issue() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    sources(&desk);
    let said = pack(&desk, "kestrel", "issue.varaq");
    pack(&desk, "heron", "again.varaq");
    let draft = fs::read(desk.path("issue.varaq")).unwrap();
    assert!(
        draft == fs::read(desk.path("again.varaq")).unwrap(),
        "two machines differ"
    );
    for key in [1, 3] {
        desk.varaq(&format!("sign issue.varaq --key desk/signer-{key}.key"))
            .expect(0);
    }
    desk.trust();
    desk.varaq("extract issue.varaq out").expect(0);
    let mut all = vec![("the draft".to_owned(), draft)];
    files(&desk.path("out"), &mut all);
    for words in ["list issue.varaq --json", "info issue.varaq --json"] {
        all.push((words.to_owned(), desk.varaq(words).out.into_bytes()));
    }
    let pictures = all
        .iter()
        .filter(|(name, _)| name.ends_with(".jpg") || name.ends_with(".png"));
    assert!(pictures.count() > 0, "no picture came along: {said}");
    let articles = all.iter().filter(|(name, _)| name.ends_with(".md")).count();
    assert!(articles >= KINDS.len(), "{articles} articles: {said}");
    for (name, bytes) in &all {
        for trace in TRACES {
            let found = bytes
                .windows(trace.len())
                .any(|part| part == trace.as_bytes());
            assert!(!found, "{trace} is in {name}");
        }
    }
}
