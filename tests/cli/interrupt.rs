//! Ctrl-C in the middle of the work: exit code 130, and nothing half-written.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use desk::Desk;

/// Enough articles that packing takes a while, of words that compress badly.
fn many_articles(desk: &Desk) {
    fs::create_dir(desk.path("source")).unwrap();
    let mut state = 1_u64;
    let mut word = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        format!("{:x} ", state >> 24)
    };
    for number in 0..200 {
        let text: String = (0..2_000).map(|_| word()).collect();
        let article =
            format!("---\ntitle: Article {number}\ndate: 2026-03-02\nlang: en\n---\n{text}\n");
        fs::write(desk.path(&format!("source/{number:03}.md")), article).unwrap();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "sends the signal that Ctrl-C sends"
)]
fn press_ctrl_c(child: &Child) {
    assert!(
        Command::new("sh")
            .args(["-c", &format!("kill -INT {}", child.id())])
            .status()
            .unwrap()
            .success()
    );
}

/// Waits until `done` says so; the program under test must not take a minute for it.
fn wait(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn an_interrupted_pack_leaves_nothing() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    many_articles(&desk);
    let before = (desk.names("."), desk.names("desk"), desk.names("source"));
    let args = "pack source -o issue.varaq --publisher desk --number 1 --day 2026-03-03 --lang en";
    let mut child = desk
        .command()
        .args(args.split(' '))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait("pack never began to write", || {
        desk.names(".") != before.0 || child.try_wait().unwrap().is_some()
    });
    press_ctrl_c(&child);
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains("varaq: error: interrupted"), "{err}");
    assert_eq!(
        (desk.names("."), desk.names("desk"), desk.names("source")),
        before
    );
}

#[test]
fn an_interrupted_extract_leaves_whole_files_only() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    many_articles(&desk);
    desk.varaq("pack source -o issue.varaq --publisher desk --number 1 --day 2026-03-03 --lang en")
        .expect(0);
    desk.varaq("sign issue.varaq --key desk/signer-1.key")
        .expect(0);
    desk.varaq("sign issue.varaq --key desk/signer-2.key")
        .expect(0);
    desk.trust();
    desk.varaq("extract issue.varaq whole").expect(0);
    let mut child = desk
        .command()
        .args(["extract", "issue.varaq", "half"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = |desk: &Desk| desk.path("half").is_dir() && desk.names("half").len() > 3;
    wait("extract never began to write", || {
        begun(&desk) || child.try_wait().unwrap().is_some()
    });
    press_ctrl_c(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(130),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names: Vec<String> = desk
        .names("half")
        .into_iter()
        .filter(|name| name != "media")
        .collect();
    assert!(names.len() < 200);
    for name in names {
        let (half, whole) = (
            desk.path("half").join(&name),
            desk.path("whole").join(&name),
        );
        assert!(
            fs::read(half).unwrap() == fs::read(whole).unwrap(),
            "{name}"
        );
    }
}
