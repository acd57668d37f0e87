//! What a whole session in the window leaves behind, as the system's own tracer sees it: no file outside its own folder
//! is written, no socket but those of the desktop is opened, and no program is started.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods
)]
#[path = "common/mod.rs"]
mod common;

use common::coast;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};
use varaq_shelf::StateFile;
use varaq_trust::State;

/// A display without a screen; gone when it is dropped.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Option<Self> {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1180x800x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut line = String::new();
        BufReader::new(server.stdout.take()?)
            .read_line(&mut line)
            .ok()?;
        let name = format!(":{}", line.trim());
        Some(Self { server, name })
    }

    /// Sends keys to the window.
    fn keys(&self, keys: &[&str]) {
        for key in keys {
            let tool = match key.strip_prefix("type:") {
                Some(text) => vec!["type", "--delay", "20", text],
                None => vec!["key", key],
            };
            let mut pressing = Command::new("xdotool");
            pressing.env("DISPLAY", &self.name).args(tool);
            assert!(pressing.status().unwrap().success());
            sleep(Duration::from_millis(400));
        }
    }

    fn has_window(&self) -> bool {
        let mut looking = Command::new("xdotool");
        looking.env("DISPLAY", &self.name);
        looking.args(["search", "--onlyvisible", "--name", "Varaq", "windowfocus"]);
        looking.stdout(Stdio::null()).stderr(Stdio::null());
        looking.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn can_run(program: &str, argument: &str) -> bool {
    let mut asked = Command::new(program);
    asked.arg(argument);
    asked.stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok()
}

/// Files, a home of the user, and a folder that the shelf may use.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Calls of a session with these arguments and keys, which ends by the quick key.
fn session(desk: &Desk, arguments: &[&str], keys: &[&str]) -> Option<Vec<String>> {
    for (program, argument) in [("strace", "-V"), ("xdotool", "version"), ("Xvfb", "-help")] {
        if !can_run(program, argument) {
            println!("not tested here: what the window leaves behind, no {program}");
            return None;
        }
    }
    let display = Display::start().expect("Xvfb starts");
    let trace = desk.path("trace");
    let home = desk.path("home");
    fs::create_dir_all(&home).unwrap();
    let mut tracer = Command::new("strace");
    tracer.args(["-f", "-qq", "-y", "-s", "4096"]);
    tracer.args(["-e", "trace=%file,%network,%process,ftruncate"]);
    tracer
        .arg("-o")
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_varaq-reader"));
    tracer.args(arguments).current_dir(desk.folder.path());
    tracer.env("DISPLAY", &display.name).env("HOME", &home);
    tracer.env("LIBGL_ALWAYS_SOFTWARE", "1");
    for name in [
        "WAYLAND_DISPLAY",
        "VARAQ_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
    ] {
        tracer.env_remove(name);
    }
    let mut running = tracer.spawn().unwrap();
    for _ in 0..300 {
        if display.has_window() {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    sleep(Duration::from_millis(1_500));
    display.keys(keys);
    display.keys(&["F9"]);
    for _ in 0..200 {
        if running.try_wait().unwrap().is_some() {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    if running.try_wait().unwrap().is_none() {
        let _ = running.kill();
        panic!("F9 did not close the window");
    }
    let calls = fs::read_to_string(&trace).unwrap();
    Some(calls.lines().map(str::to_owned).collect())
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
    // Reading where a link leads writes nothing; the second half of a call has its path in the first.
    let counts = !call.contains("readlink") && !call.contains(" resumed>");
    counts && WRITING.iter().any(|word| call.contains(word))
}

/// What the desktop itself needs and what no file system keeps: devices, memory without a name.
fn of_the_desktop(call: &str) -> bool {
    [
        "\"/dev/null\"",
        "\"/dev/dri",
        "\"/dev/shm/",
        "\"/proc/self",
        "/memfd:",
    ]
    .iter()
    .any(|word| call.contains(word))
}

/// Fails unless what was written lies in `folder`; answers with how many such calls there were.
fn stays_in(calls: &[String], folder: Option<&Path>) -> usize {
    let started: Vec<_> = calls
        .iter()
        .filter(|call| call.contains("execve("))
        .collect();
    assert_eq!(
        started.len(),
        1,
        "another program was started: {started:#?}"
    );
    let mut inside = 0;
    let mut outside = Vec::new();
    for call in calls {
        let network = call.contains("socket(") && !call.contains("AF_UNIX");
        if network {
            outside.push(call);
        }
        if !writes(call) || of_the_desktop(call) {
            continue;
        }
        let here = folder.is_some_and(|folder| call.contains(folder.to_str().unwrap()));
        if here {
            inside += 1;
        } else {
            outside.push(call);
        }
    }
    assert!(outside.is_empty(), "{outside:#?}");
    inside
}

fn desk() -> Desk {
    let desk = Desk {
        folder: tempfile::tempdir().unwrap(),
    };
    let bytes = common::issue(&coast()).signed(&[0, 1]);
    fs::write(desk.path("file.varaq"), bytes).unwrap();
    desk
}

#[test]
fn a_session_in_memory_writes_nothing_at_all() {
    let desk = desk();
    let file = desk.path("file.varaq");
    let code = varaq_trust::Code::of(&coast().id()).unwrap().in_digits('0');
    let typed = format!("type:{}", code.replace(' ', ""));
    let keys = [
        &*typed, "Return", // the publisher's code
    ];
    let more = [
        "Return",
        "j",
        "Return",
        "space",
        "s",
        "Escape",
        "slash",
        "type:stars",
        "Return",
        "Escape",
        "Escape",
        "Escape",
        "1",
        "ctrl+p",
        "Escape",
        "ctrl+o",
        "Escape",
    ];
    let keys: Vec<&str> = keys.into_iter().chain(more).collect();
    let arguments = ["--memory", "--lang", "en", file.to_str().unwrap()];
    let Some(calls) = session(&desk, &arguments, &keys) else {
        return;
    };
    assert!(calls.len() > 200, "{}", calls.len());
    assert_eq!(stays_in(&calls, None), 0);
    assert_eq!(fs::read_dir(desk.path("home")).unwrap().count(), 0);
}

#[test]
fn a_session_on_a_stick_writes_only_to_its_folder() {
    let desk = desk();
    let shelf = desk.path("varaq-shelf");
    fs::create_dir_all(&shelf).unwrap();
    let state = State::from(coast().pins(true));
    StateFile::in_folder(&shelf).save(&state).unwrap();
    let file = desk.path("file.varaq");
    let arguments = [
        "--shelf",
        shelf.to_str().unwrap(),
        "--lang",
        "en",
        file.to_str().unwrap(),
    ];
    let keys = [
        "Return",
        "ctrl+s",
        "j",
        "Return",
        "s",
        "Escape",
        "slash",
        "type:stars",
        "Down",
        "Return",
        "Escape",
        "Escape",
        "Escape",
        "1",
        "ctrl+d",
    ];
    let Some(calls) = session(&desk, &arguments, &keys) else {
        return;
    };
    assert!(stays_in(&calls, Some(&shelf)) > 10);
    assert_eq!(fs::read_dir(desk.path("home")).unwrap().count(), 0);
    // It did what it was told: the issue is kept, and no database lies beside it.
    assert_eq!(fs::read_dir(shelf.join("bundles")).unwrap().count(), 1);
    assert!(shelf.join("reading").exists() && !shelf.join("index.sqlite").exists());
}
