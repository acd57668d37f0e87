//! Which files a check looks at, in which order, and what it says about the rest.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use varaq_carry::{MAGIC, Sight, walk};
use varaq_storage::Disk;

fn seen(paths: &[PathBuf], root: &Path) -> Vec<String> {
    let mut told = Vec::new();
    walk(&Disk, paths, &AtomicBool::new(false), &mut |sight| {
        let (kind, path) = match sight {
            Sight::Candidate(candidate) => ("candidate", candidate.path),
            Sight::Other(path, _) => ("other", path),
            Sight::Unreadable(path, _) => ("unreadable", path),
        };
        let path = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .display()
            .to_string();
        told.push(format!("{kind} {path}"));
    });
    told
}

#[test]
fn a_folder_is_walked_by_name_and_bundles_are_known_by_their_first_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::create_dir_all(root.join("b/deep")).unwrap();
    fs::write(root.join("z.bin"), [&MAGIC[..], b"rest"].concat()).unwrap();
    fs::write(root.join("b/deep/claims.varaq"), b"no").unwrap();
    fs::write(root.join("b/note.txt"), b"hello, this is long enough").unwrap();
    fs::write(root.join("a.empty"), b"").unwrap();
    assert_eq!(
        seen(&[root.to_owned()], root),
        [
            "other a.empty",
            "candidate b/deep/claims.varaq",
            "other b/note.txt",
            "candidate z.bin"
        ]
    );
}

#[test]
fn a_named_file_is_always_a_candidate_and_a_missing_one_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::write(root.join("note.txt"), b"x").unwrap();
    let paths = [root.join("missing"), root.join("note.txt")];
    assert_eq!(
        seen(&paths, root),
        ["unreadable missing", "candidate note.txt"]
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end_and_dangling_links_are_told() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::create_dir(root.join("a")).unwrap();
    symlink("..", root.join("a/up")).unwrap();
    symlink("nowhere", root.join("a/dangling")).unwrap();
    fs::write(root.join("a/x.varaq"), MAGIC).unwrap();
    assert_eq!(
        seen(&[root.to_owned()], root),
        ["unreadable a/dangling", "candidate a/x.varaq"]
    );
}

#[cfg(unix)]
#[test]
fn sockets_in_a_folder_are_not_opened() {
    let dir = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s.varaq")).unwrap();
    assert_eq!(seen(&[dir.path().to_owned()], dir.path()), [""; 0]);
    assert_eq!(
        seen(&[dir.path().join("s.varaq")], dir.path()),
        ["unreadable s.varaq"]
    );
}

#[test]
fn cancelling_ends_the_walk() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("x.varaq"), MAGIC).unwrap();
    let mut sights = 0;
    walk(
        &Disk,
        &[dir.path().to_owned()],
        &AtomicBool::new(true),
        &mut |_| sights += 1,
    );
    assert_eq!(sights, 0);
}
