//! What searching and keeping leave behind, as the system's own tracer sees it: no file
//! outside the shelf's folder is written, no socket opened, no program started.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use desk::Desk;

fn sample(name: &str) -> String {
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bundles");
    bundles.join(name).to_str().unwrap().to_owned()
}

#[expect(clippy::disallowed_methods, reason = "the system's tracer is asked")]
fn strace() -> Command {
    Command::new("strace")
}

fn can_trace() -> bool {
    let mut tracer = strace();
    tracer
        .arg("/bin/true")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    tracer.status().is_ok_and(|status| status.success())
}

/// The calls of a run that write, connect or start something; the run must end with `code`.
fn calls(desk: &Desk, args: &[&str], code: i32) -> Vec<String> {
    let trace = desk.path("trace");
    let mut tracer = strace();
    tracer.args([
        "-f",
        "-qq",
        "-y",
        "-s",
        "4096",
        "-e",
        "trace=%file,%network,%process,ftruncate",
    ]);
    tracer
        .arg("-o")
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_varaq"))
        .args(args);
    tracer
        .current_dir(desk.path(""))
        .env("VARAQ_HOME", desk.path("stick"));
    let output = tracer.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    let calls = fs::read_to_string(&trace).unwrap();
    fs::remove_file(trace).unwrap();
    calls.lines().map(str::to_owned).collect()
}

/// Calls that write a file, by name or by how it is opened.
fn writes(call: &str) -> bool {
    const WRITING: [&str; 14] = [
        "O_WRONLY",
        "O_RDWR",
        "O_CREAT",
        "O_TRUNC",
        "mkdir",
        "rename",
        "unlink",
        "rmdir",
        "truncate",
        "link(",
        "linkat(",
        "chmod",
        "utimensat",
        "mknod",
    ];
    WRITING.iter().any(|word| call.contains(word))
}

/// Fails unless what a run wrote lies in `folder`; answers with how many such calls there were.
fn stays_in(calls: &[String], folder: Option<&Path>) -> usize {
    let mut counted = 0;
    let starts = calls.iter().filter(|call| call.contains("execve("));
    assert_eq!(starts.count(), 1, "another program was started");
    for call in calls {
        let network = call.contains("socket(") && !call.contains("AF_UNIX");
        assert!(!network && !call.contains("connect("), "{call}");
        if writes(call) {
            counted += 1;
            let folder = folder.map(|folder| folder.to_str().unwrap());
            let inside =
                folder.is_some_and(|folder| call.contains(folder) || call.contains("\"stick"));
            assert!(inside || call.contains("\"/dev/null\""), "{call}");
        }
    }
    counted
}

#[test]
fn searching_and_keeping_write_nothing_outside_the_shelf() {
    if !can_trace() {
        println!("not tested here: what is written on the way, no strace");
        return;
    }
    let desk = Desk::new();
    let stick = desk.path("stick");
    let mut trust = desk.command();
    trust.env("VARAQ_HOME", &stick);
    trust.args(["trust", "add", &sample("samples.contact")]);
    assert!(trust.output().unwrap().status.success());
    let file = sample("samples.varaq");
    let keep = calls(&desk, &["shelf", "import", &file, "--portable", "stick"], 0);
    assert!(stays_in(&keep, Some(&stick)) > 0);
    let shelf = calls(&desk, &["search", "paper", "--portable", "stick"], 0);
    stays_in(&shelf, Some(&stick));
    // All that this issue proves is known by now, so nothing at all is written.
    let inside = calls(&desk, &["search", "paper", "--in", &file], 0);
    assert_eq!(stays_in(&inside, None), 0, "in memory");
}
