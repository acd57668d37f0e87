//! Torrents: the same bytes each time, and the hashes that other programs find.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test that cannot go on has failed

use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use varaq_carry::{Torrent, TorrentError, TorrentOptions, torrent};
use varaq_kit::FaultStorage;
use varaq_kit::storage::{Fault, Times};
use varaq_storage::Disk;

/// Bytes that repeat only after 65,539, which no block or piece does.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    let unit: Vec<u8> = (0..65_539).map(next).collect();
    let mut bytes = unit.repeat(len.div_ceil(unit.len()));
    bytes.truncate(len);
    bytes
}

fn options(hybrid: bool) -> TorrentOptions {
    TorrentOptions {
        trackers: vec![
            "http://a.example/x".parse().unwrap(),
            "udp://b.example:1/".parse().unwrap(),
        ],
        web_seeds: vec!["http://c.example/news".parse().unwrap()],
        hybrid,
    }
}

fn made(bytes: &[u8], options: &TorrentOptions) -> Result<Torrent, TorrentError> {
    let storage = FaultStorage::new();
    storage.put("folder/news.varaq", bytes);
    let path = Path::new("folder/news.varaq");
    torrent(&storage, path, options, &mut |_, _| {
        ControlFlow::Continue(())
    })
}

/// What a program prints, unless it is not here.
#[allow(clippy::disallowed_methods)] // the tests may start programs, the program may not
fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output();
    match output {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Ok(output) if !output.stderr.ends_with(b"No module named 'libtorrent'\n") => {
            panic!("{program}: {output:?}")
        }
        _ => {
            println!("not tested here: {program}, or a module of it, is missing");
            let all = std::env::var_os("VARAQ_REQUIRE_ALL").is_some();
            assert!(!all, "{program} is missing");
            None
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_bytes_are_those_of_the_specification() {
    let made = made(b"four", &options(false)).unwrap();
    let text = String::from_utf8_lossy(&made.bytes).into_owned();
    let begin = "d8:announce18:http://a.example/x13:announce-listll18:http://a.example/xel18:udp://b.example:1/ee\
                 4:infod6:lengthi4e4:name10:news.varaq12:piece lengthi16384e6:pieces20:";
    assert!(text.starts_with(begin), "{text}");
    assert!(
        text.ends_with("e8:url-listl22:http://c.example/news/ee"),
        "{text}"
    );
    assert_eq!(made.pieces, 1);
    assert!(made.magnet.ends_with("&dn=news.varaq&tr=http%3A%2F%2Fa.example%2Fx&tr=udp%3A%2F%2Fb.example%3A1%2F&ws=http%3A%2F%2Fc.example%2Fnews%2Fnews.varaq"), "{}", made.magnet);
}

#[test]
fn the_same_file_gives_the_same_bytes_and_another_byte_another_swarm() {
    let bytes = noise(3 << 20);
    let mut other = bytes.clone();
    *other.last_mut().unwrap() ^= 1;
    for hybrid in [false, true] {
        let one = made(&bytes, &options(hybrid)).unwrap();
        assert_eq!(one, made(&bytes, &options(hybrid)).unwrap());
        assert_ne!(one.v1, made(&other, &options(hybrid)).unwrap().v1);
        // Addresses are not part of what names a swarm.
        let bare = TorrentOptions {
            hybrid,
            ..TorrentOptions::default()
        };
        let bare = made(&bytes, &bare).unwrap();
        assert_eq!((bare.v1, bare.v2), (one.v1, one.v2));
    }
}

#[test]
fn piece_sizes_follow_the_length() {
    let size = |len: usize| made(&noise(len), &TorrentOptions::default()).unwrap();
    assert_eq!((size(1).piece_bytes, size(1).pieces), (16_384, 1));
    assert_eq!(size(16_384).pieces, 1);
    assert_eq!(size(16_385).pieces, 2);
    let limit = 2_048 * 16_384;
    assert_eq!(
        (size(limit).piece_bytes, size(limit).pieces),
        (16_384, 2_048)
    );
    assert_eq!(
        (size(limit + 1).piece_bytes, size(limit + 1).pieces),
        (32_768, 1_025)
    );
}

#[test]
fn what_cannot_be_a_torrent_is_refused() {
    assert!(matches!(
        made(b"", &options(true)),
        Err(TorrentError::Empty)
    ));
    let storage = FaultStorage::new();
    storage.put("a\nb.varaq", b"bytes");
    let go_on = &mut |_, _| ControlFlow::Continue(());
    let named = torrent(&storage, Path::new("a\nb.varaq"), &options(false), go_on);
    assert!(matches!(named, Err(TorrentError::Name)));
    let missing = torrent(&storage, Path::new("none"), &options(false), go_on);
    assert!(matches!(missing, Err(TorrentError::Io(_))));
    storage.put("long", &noise(3 << 20));
    let stopped = torrent(&storage, Path::new("long"), &options(false), &mut |_, _| {
        ControlFlow::Break(())
    });
    assert!(matches!(stopped, Err(TorrentError::Cancelled)));
}

#[test]
fn a_disk_that_fails_never_gives_another_torrent() {
    let bytes = noise((1 << 20) + 5);
    let sound = made(&bytes, &options(true)).unwrap();
    for fault in [Fault::Failing, Fault::Short, Fault::Pulled] {
        for n in 0..6 {
            let storage = FaultStorage::new();
            storage.put("news.varaq", &bytes);
            storage.fail(n, fault, Times::Once);
            let go_on = &mut |_, _| ControlFlow::Continue(());
            let made = torrent(&storage, Path::new("news.varaq"), &options(true), go_on);
            assert!(made.is_err() || made.unwrap() == sound, "{fault:?} {n}");
        }
    }
}

/// Lengths around the edges of blocks, pieces and powers of two.
const LENGTHS: [usize; 8] = [
    1,
    16_384,
    16_385,
    49_152,
    81_920,
    1 << 20,
    (1 << 20) + 1,
    (32 << 20) + 70_000,
];

/// A file and its torrent on the real disk, for other programs.
fn written(folder: &Path, len: usize, hybrid: bool) -> (Torrent, String) {
    let file = folder.join(format!("نان & {len}.varaq"));
    std::fs::write(&file, noise(len)).unwrap();
    let go_on = &mut |_, _| ControlFlow::Continue(());
    let made = torrent(&Disk, &file, &options(hybrid), go_on).unwrap();
    let target = folder.join("made.torrent");
    std::fs::write(&target, &made.bytes).unwrap();
    (made, target.to_str().unwrap().to_owned())
}

#[test]
fn stock_programs_find_the_same_hashes() {
    let folder = tempfile::tempdir().unwrap();
    for len in LENGTHS {
        let (made, target) = written(folder.path(), len, false);
        if let Some(shown) = answer("transmission-show", &[&target]) {
            assert!(shown.contains(&hex(&made.v1)), "{len} {shown}");
        }
        if let Some(shown) = answer("aria2c", &["-S", &target]) {
            assert!(shown.contains(&hex(&made.v1)), "{len} {shown}");
        }
    }
}

/// libtorrent hashes the file by itself, with pieces of the same size.
const LIBTORRENT: &str = "
import libtorrent, os, sys
folder, name, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
files = libtorrent.file_storage()
libtorrent.add_files(files, os.path.join(folder, name))
made = libtorrent.create_torrent(files, piece_size=size)
libtorrent.set_piece_hashes(made, folder)
theirs = made.generate()
ours = libtorrent.bdecode(open(os.path.join(folder, 'made.torrent'), 'rb').read())
assert theirs[b'info'] == ours[b'info']
assert theirs.get(b'piece layers', {}) == ours[b'piece layers']
hashes = libtorrent.torrent_info(theirs).info_hashes()
print(hashes.v1, hashes.v2)
";

#[test]
fn libtorrent_makes_the_same_hybrid() {
    let folder = tempfile::tempdir().unwrap();
    for len in LENGTHS {
        let (made, _) = written(folder.path(), len, true);
        let (place, size) = (
            folder.path().to_str().unwrap(),
            made.piece_bytes.to_string(),
        );
        let arguments = ["-c", LIBTORRENT, place, &made.name, &size];
        if let Some(shown) = answer("/usr/bin/python3", &arguments) {
            let expected = format!("{} {}", hex(&made.v1), hex(&made.v2.unwrap()));
            assert_eq!(shown.trim(), expected, "{len}");
        }
    }
}
