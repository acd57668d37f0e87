//! Copying to a stick: what is refused, what is there already, resuming, and what a reader or
//! another program finds afterwards.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use varaq_carry::{CopyError, CopyEvent, CopyOptions, CopySummary, NotCopied, Stage, copy};
use varaq_kit::storage::{Fault, Times};
use varaq_kit::{FaultStorage, Mint};
use varaq_storage::Storage;

/// What became of each file, and of all.
type Told = (Result<CopySummary, CopyError>, Vec<String>);

fn told_with(
    storage: &dyn Storage,
    files: &[&str],
    dest: &str,
    options: CopyOptions,
    each: &mut dyn FnMut(&CopyEvent, &AtomicBool),
) -> Told {
    let cancel = AtomicBool::new(false);
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let pins = Mint::default().pins(true);
    let mut lines = Vec::new();
    let mut sink = |event: CopyEvent| {
        each(&event, &cancel);
        match event {
            CopyEvent::Copied(copied) => {
                let how = if copied.was_there { "there" } else { "copied" };
                let name = copied.target.display();
                lines.push(format!("{name} {how} {}", copied.resumed_bytes));
            }
            CopyEvent::Failed(target, why) => lines.push(format!("{} {why}", target.display())),
            CopyEvent::Begin { .. } | CopyEvent::Progress { .. } => {}
        }
    };
    let dest = Path::new(dest);
    let ended = copy(storage, &files, dest, &pins, &options, &cancel, &mut sink);
    (ended, lines)
}

fn told(storage: &dyn Storage, files: &[&str], dest: &str) -> Told {
    told_with(storage, files, dest, CopyOptions::default(), &mut |_, _| {})
}

fn issue(number: u32) -> Vec<u8> {
    let mint = Mint::default();
    let issue = mint.issue(number);
    issue.article("One", "First words.").signed(&[0, 1])
}

/// A bundle of several steps: incompressible media.
fn large(number: u32) -> Vec<u8> {
    let mint = Mint::default();
    let mut state = u64::from(number) + 7;
    let mut noise = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let bytes: Vec<u8> = (0..3_500_000).map(|_| noise()).collect();
    let medium = varaq_bundle::NewMedium {
        medium: varaq_bundle::Medium {
            class: varaq_bundle::MediumClass::Attachment,
            media_type: "application/octet-stream".into(),
            name: "noise.bin".into(),
            span: varaq_bundle::Span::default(),
            width: 0,
            height: 0,
        },
        source: varaq_bundle::MediumSource::Bytes(bytes),
    };
    let body = varaq_article::encode(&varaq_article::Article { blocks: Vec::new() });
    let draft = mint.issue(number).raw("en", "One", body, 0, vec![medium]);
    draft.signed(&[0, 1])
}

fn desk(files: &[(&str, &[u8])]) -> FaultStorage {
    let storage = FaultStorage::fat();
    storage.put_folder("stick");
    for (name, bytes) in files {
        storage.put(name, bytes);
    }
    storage
}

fn names(storage: &FaultStorage) -> Vec<String> {
    let all = storage.snapshot();
    let on_stick = all
        .keys()
        .filter(|path| path.parent() == Some(Path::new("stick")));
    on_stick.map(|path| path.display().to_string()).collect()
}

#[test]
fn bundles_are_copied_byte_for_byte_and_nothing_else_is_left() {
    let storage = desk(&[("home/1.varaq", &issue(1)), ("home/2.varaq", &large(2))]);
    let (ended, lines) = told(&storage, &["home/1.varaq", "home/2.varaq"], "stick");
    assert_eq!(lines, ["stick/1.varaq copied 0", "stick/2.varaq copied 0"]);
    let expected = CopySummary {
        code: 0,
        copied: 2,
        there: 0,
        failed: 0,
    };
    assert_eq!(ended.unwrap(), expected);
    assert_eq!(names(&storage), ["stick/1.varaq", "stick/2.varaq"]);
    assert_eq!(
        storage.bytes("stick/2.varaq"),
        storage.bytes("home/2.varaq")
    );
    // And a power cut right afterwards loses nothing of it.
    for seed in 0..50 {
        let left = storage.after_crash_by(seed);
        assert_eq!(left.bytes("stick/2.varaq"), storage.bytes("home/2.varaq"));
    }
}

#[test]
fn one_file_may_get_another_name() {
    let storage = desk(&[("home/1.varaq", &issue(1))]);
    let (_, lines) = told(&storage, &["home/1.varaq"], "stick/holiday.jpg");
    assert_eq!(lines, ["stick/holiday.jpg copied 0"]);
}

#[test]
fn what_is_not_authentic_or_damaged_is_refused_and_the_rest_goes_on() {
    let mint = Mint::default();
    let draft = mint.issue(3).article("One", "Words.").unsigned();
    let mut damaged = large(4);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let mut extra = issue(5);
    extra.extend_from_slice(b"something foreign");
    let files = [
        ("home/draft.varaq", draft.as_slice()),
        ("home/damaged.varaq", &damaged),
        ("home/extra.varaq", &extra),
        ("home/note.txt", b"no bundle"),
        ("home/good.varaq", &issue(1)),
    ];
    let storage = desk(&files);
    storage.put_folder("home/folder");
    let mut paths: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    paths.extend(["home/folder", "home/missing.varaq"]);
    let (ended, lines) = told(&storage, &paths, "stick");
    let refused = "not authentic, or damaged";
    assert_eq!(
        lines,
        [
            "stick/folder not a file".to_owned(),
            "stick/missing.varaq cannot read it".to_owned(),
            format!("stick/draft.varaq {refused}"),
            format!("stick/damaged.varaq {refused}"),
            format!("stick/extra.varaq {refused}"),
            format!("stick/note.txt {refused}"),
            "stick/good.varaq copied 0".to_owned(),
        ]
    );
    let ended = ended.unwrap();
    assert_eq!((ended.code, ended.copied, ended.failed), (23, 1, 6));
    assert_eq!(names(&storage), ["stick/good.varaq"]);
    let options = CopyOptions {
        any: true,
        ..CopyOptions::default()
    };
    let (ended, _) = told_with(&storage, &paths[..4], "stick", options, &mut |_, _| {});
    assert_eq!(ended.unwrap().copied, 4);
}

#[test]
fn an_incomplete_copy_of_an_issue_may_be_carried() {
    let whole = large(1);
    let mut cut = whole.clone();
    cut.truncate(whole.len() / 2);
    let storage = desk(&[("home/cut.varaq", &cut)]);
    let (ended, lines) = told(&storage, &["home/cut.varaq"], "stick");
    assert_eq!((ended.unwrap().code, lines.len()), (0, 1));
}

#[test]
fn what_is_there_already_is_said_and_another_file_is_never_replaced() {
    let storage = desk(&[
        ("home/1.varaq", &issue(1)),
        ("home/2.varaq", &issue(2)),
        ("stick/1.varaq", &issue(1)),
        ("stick/2.varaq", b"something else"),
    ]);
    let before = storage.snapshot();
    let (ended, lines) = told(&storage, &["home/1.varaq", "home/2.varaq"], "stick");
    assert_eq!(
        lines,
        [
            "stick/1.varaq there 0",
            "stick/2.varaq another file has its name"
        ]
    );
    assert_eq!(ended.unwrap().code, 1);
    assert!(storage.snapshot() == before);
}

#[test]
fn what_cannot_fit_is_known_before_anything_is_written() {
    let storage = desk(&[("home/1.varaq", &large(1)), ("home/2.varaq", &large(2))]);
    storage.set_free_space(5_000_000);
    let files = ["home/1.varaq", "home/2.varaq"];
    let (ended, lines) = told(&storage, &files, "stick");
    let Err(CopyError::NoRoom {
        needed_bytes,
        free_bytes: 5_000_000,
    }) = ended
    else {
        panic!("{ended:?}");
    };
    assert!(needed_bytes > 7_000_000 && lines.is_empty());
    assert_eq!(names(&storage), [""; 0]);
    // A file that is too long for FAT is named, and the others go.
    storage.set_free_space(1 << 30);
    storage.set_longest_file(1_000_000);
    storage.put("home/3.varaq", &issue(3));
    let (_, lines) = told(&storage, &["home/1.varaq", "home/3.varaq"], "stick");
    assert!(
        lines[0].contains("expected at most 1000000 bytes"),
        "{lines:?}"
    );
    assert_eq!(lines[1], "stick/3.varaq copied 0");
}

#[test]
fn places_that_make_no_sense_are_refused() {
    let storage = desk(&[("a/1.varaq", &issue(1)), ("b/1.VARAQ", &issue(2))]);
    let two = ["a/1.varaq", "b/1.VARAQ"];
    for (files, dest) in [
        (&two[..], "stick"),
        (&two[..], "stick/new.varaq"),
        (&two[..1], "nowhere/new.varaq"),
        (&two[..1], "stick/new/"),
    ] {
        let (ended, _) = told(&storage, files, dest);
        let expected = matches!(
            ended,
            Err(CopyError::TwoOfOneName(_) | CopyError::NotAFolder(_))
        );
        assert!(expected, "{dest} {ended:?}");
    }
    assert_eq!(names(&storage), [""; 0]);
}

/// Cancels at the `n`th piece of progress of a stage.
fn cancel_at(stage: Stage, n: u32) -> impl FnMut(&CopyEvent, &AtomicBool) {
    let mut seen = 0;
    move |event, cancel| {
        if matches!(event, CopyEvent::Progress { stage: now, .. } if *now == stage) {
            seen += 1;
            cancel.store(seen >= n, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_cancelled_copy_leaves_nothing_and_with_parts_kept_the_next_one_goes_on() {
    for stage in [Stage::Checking, Stage::Writing, Stage::ReadingBack] {
        for keep_parts in [false, true] {
            let storage = desk(&[("home/1.varaq", &large(1)), ("home/2.varaq", &large(2))]);
            let files = ["home/1.varaq", "home/2.varaq"];
            let options = CopyOptions {
                keep_parts,
                ..CopyOptions::default()
            };
            let (ended, lines) =
                told_with(&storage, &files, "stick", options, &mut cancel_at(stage, 6));
            if stage == Stage::Checking && ended.is_ok() {
                continue;
            }
            assert!(matches!(ended, Err(CopyError::Interrupted)), "{ended:?}");
            let left = names(&storage);
            let told_copied = lines.iter().filter(|line| line.contains("copied")).count();
            let named = left.iter().filter(|name| name.ends_with(".varaq")).count();
            assert_eq!(named, told_copied, "{stage:?} {left:?}");
            assert!(keep_parts || named == left.len(), "{left:?}");
            let (ended, lines) = told(&storage, &files, "stick");
            assert_eq!(ended.unwrap().failed, 0);
            if keep_parts && stage != Stage::Checking {
                assert!(
                    lines.iter().any(|line| !line.ends_with(" 0")),
                    "{stage:?} {lines:?}"
                );
            }
            for file in ["1.varaq", "2.varaq"] {
                let there = storage.bytes(format!("stick/{file}"));
                assert_eq!(there, storage.bytes(format!("home/{file}")));
            }
            assert_eq!(names(&storage).len(), 2);
        }
    }
}

#[test]
fn a_part_is_gone_on_with_as_far_as_it_proves_equal() {
    let whole = large(1);
    let mut wrong = whole[..2_500_000].to_vec();
    wrong[2_200_000] ^= 1;
    let longer = [&whole[..], b"and more"].concat();
    for (part, resumed) in [
        (&whole[..2_500_000], 2_500_000),
        (&wrong[..], 2 << 20),
        (&whole[..], whole.len()),
        (&longer[..], whole.len()),
        (&b"something else"[..], 0),
        (&b""[..], 0),
    ] {
        let storage = desk(&[("home/1.varaq", &whole), ("stick/1.varaq.part", part)]);
        let (_, lines) = told(&storage, &["home/1.varaq"], "stick");
        assert_eq!(lines, [format!("stick/1.varaq copied {resumed}")]);
        assert_eq!(storage.bytes("stick/1.varaq").unwrap(), whole);
        assert_eq!(names(&storage), ["stick/1.varaq"]);
    }
}

#[test]
fn a_stick_that_is_pulled_and_put_back_is_gone_on_with() {
    let whole = large(1);
    let start = desk(&[("home/1.varaq", &whole)]);
    let sound = start.healed();
    told(&sound, &["home/1.varaq"], "stick").0.unwrap();
    let operations = sound.operations();
    let writes = operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| matches!(operation, varaq_kit::storage::Operation::Write));
    let third = writes.map(|(n, _)| n as u64).nth(2).unwrap();
    let storage = start.healed();
    storage.fail(third, Fault::Pulled, Times::ForEver);
    let (ended, lines) = told(&storage, &["home/1.varaq"], "stick");
    assert_eq!((ended.unwrap().code, lines.len()), (1, 1));
    let back = storage.healed();
    assert_eq!(names(&back), ["stick/1.varaq.part"]);
    let (_, lines) = told(&back, &["home/1.varaq"], "stick");
    assert_eq!(lines, [format!("stick/1.varaq copied {}", 2 << 20)]);
    assert_eq!(back.bytes("stick/1.varaq").unwrap(), whole);
}

#[test]
fn a_file_that_grows_or_changes_while_it_is_copied_gets_no_name() {
    for (stage, change) in [
        (Stage::Writing, &b"longer"[..]),
        (Stage::ReadingBack, &b"other bytes"[..]),
    ] {
        let whole = large(1);
        let storage = desk(&[("home/1.varaq", &whole)]);
        let other = [&whole[..], change].concat();
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let changer = storage.clone();
        let mut done = false;
        let mut each = |event: &CopyEvent, _: &AtomicBool| {
            if matches!(event, CopyEvent::Progress { stage: now, .. } if *now == stage) && !done {
                done = true;
                let bytes = if stage == Stage::Writing {
                    &other
                } else {
                    &flipped
                };
                changer.put("home/1.varaq", bytes);
            }
        };
        let options = CopyOptions::default();
        let (_, lines) = told_with(&storage, &["home/1.varaq"], "stick", options, &mut each);
        assert_eq!(lines, ["stick/1.varaq it changed while it was copied"]);
        assert_eq!(names(&storage), [""; 0]);
    }
}

#[test]
fn reasons_have_codes() {
    assert_eq!(
        (NotCopied::Full.code(), NotCopied::OtherThere.code()),
        (1, 1)
    );
}

#[cfg(unix)]
#[test]
fn a_part_that_is_a_link_or_a_pipe_is_not_gone_on_with() {
    use std::fs;
    use std::os::unix::{fs::symlink, net::UnixListener};
    let desk = tempfile::tempdir().unwrap();
    let path = |name: &str| desk.path().join(name);
    fs::create_dir(path("stick")).unwrap();
    let whole = large(1);
    for name in ["link.varaq", "socket.varaq"] {
        fs::write(path(name), &whole).unwrap();
    }
    // To the source itself: its bytes prove equal, and the stick would hold a name only.
    symlink(path("link.varaq"), path("stick/link.varaq.part")).unwrap();
    let _socket = UnixListener::bind(path("stick/socket.varaq.part")).unwrap();
    for name in ["link.varaq", "socket.varaq"] {
        let (from, to) = (path(name), path("stick"));
        let files = [from.to_str().unwrap()];
        let (ended, _) = told(&varaq_storage::Disk, &files, to.to_str().unwrap());
        assert_eq!(ended.unwrap().copied, 1, "{name}");
        let copy = to.join(name);
        assert!(fs::symlink_metadata(&copy).unwrap().is_file(), "{name}");
        assert!(fs::read(copy).unwrap() == whole && fs::read(from).unwrap() == whole);
    }
    assert_eq!(fs::read_dir(path("stick")).unwrap().count(), 2);
}

#[test]
fn a_long_file_is_synced_while_it_is_written() {
    let storage = desk(&[("home/1.varaq", &[7; 17 << 20])]);
    let options = CopyOptions {
        any: true,
        ..CopyOptions::default()
    };
    let (ended, _) = told_with(
        &storage,
        &["home/1.varaq"],
        "stick",
        options,
        &mut |_, _| {},
    );
    assert_eq!(ended.unwrap().copied, 1);
    let operations = storage.operations();
    let syncs = operations
        .iter()
        .filter(|operation| **operation == varaq_kit::storage::Operation::Sync);
    // One on the way, one at the end, and one more under the name.
    assert_eq!(syncs.count(), 3);
}
