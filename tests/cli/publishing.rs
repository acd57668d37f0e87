//! The ways of docs/publishing.md, word for word, as somebody new would type them; and what
//! the preflight tells people and scripts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::{Path, PathBuf};

use desk::{Desk, Ran, articles};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The commands below a heading.
fn commands(heading: &str) -> String {
    let text = fs::read_to_string(repository().join("docs/publishing.md")).unwrap();
    let part = text
        .split("\n## ")
        .find(|part| part.starts_with(heading))
        .unwrap();
    let code = part.split("```sh\n").nth(1).unwrap();
    code.split("```").next().unwrap().to_owned()
}

#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "a person types commands into a shell"
)]
fn typed(desk: &Desk, heading: &str) -> Ran {
    let commands = commands(heading);
    let count = commands
        .lines()
        .filter(|line| !line.trim().is_empty())
        .count();
    assert!((5..10).contains(&count), "{heading}: {count} commands");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_varaq"));
    let others = std::env::var_os("PATH").unwrap();
    let path =
        std::iter::once(program.parent().unwrap().to_owned()).chain(std::env::split_paths(&others));
    let output = std::process::Command::new("sh")
        .args(["-euc", &commands])
        .current_dir(desk.path("."))
        .env("PATH", std::env::join_paths(path).unwrap())
        .env("VARAQ_HOME", desk.path("home"))
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

fn inputs() -> PathBuf {
    repository().join("tests/press/inputs")
}

#[cfg(unix)]
#[test]
fn a_wordpress_site_becomes_a_signed_issue() {
    let desk = Desk::new();
    copy(&inputs().join("wordpress.xml"), &desk.path("export.xml"));
    copy(&inputs().join("uploads"), &desk.path("uploads"));
    let ran = typed(&desk, "From a WordPress site").expect(0);
    assert!(ran.out.contains("UNKNOWN_PUBLISHER"), "{}", ran.out);
    let page = fs::read_to_string(desk.path("preview.html")).unwrap();
    assert!(
        page.contains("class=\"draft\"") && !page.contains("گروه رود"),
        "{page}"
    );
    assert!(ran.err.contains("removed: "), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_telegram_channel_becomes_a_signed_issue() {
    let desk = Desk::new();
    copy(&inputs().join("telegram.json"), &desk.path("result.json"));
    copy(&inputs().join("photos"), &desk.path("photos"));
    let ran = typed(&desk, "From a Telegram channel").expect(0);
    assert!(ran.out.contains("UNKNOWN_PUBLISHER"), "{}", ran.out);
    assert!(desk.path("pages/index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_becomes_an_issue_week_after_week() {
    let desk = Desk::new();
    copy(&articles(), &desk.path("articles"));
    let ran = typed(&desk, "From a folder").expect(0);
    assert!(ran.out.contains("UNKNOWN_PUBLISHER"), "{}", ran.out);
    let page = fs::read_to_string(desk.path("preview.html")).unwrap();
    assert!(page.contains("<title>DRAFT: Weekly</title>"), "{page}");
    desk.varaq("preview issue-1.varaq --html again.html")
        .expect(1);
}

#[test]
fn scripts_get_every_finding_and_people_the_way_out() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    fs::create_dir(desk.path("a")).unwrap();
    let head = "---\ntitle: T\ndate: 2026-03-01\nlang: en\nauthor: Maryam Writer\n---\n";
    fs::write(
        desk.path("a/one.md"),
        format!("{head}Write to x@example.org.\n"),
    )
    .unwrap();
    let args = "pack a -o out.varaq --publisher desk --number 1 --day 2026-03-03";
    let refused = desk.varaq(args).expect(1);
    for told in [
        "refused: one.md, byline: name of a person: Maryam Writer",
        "refused: one.md, block 1: e-mail address: Write to x@example.org.",
        "2 of its findings could identify somebody",
        "--allow author (or leave bylines out: --no-bylines), --allow email",
    ] {
        assert!(refused.err.contains(told), "{told}\n{}", refused.err);
    }
    assert!(!desk.path("out.varaq").exists());
    let objects = desk.varaq(&format!("{args} --json")).expect(1).objects();
    let kinds: Vec<_> = objects
        .iter()
        .filter(|one| one["type"] == "finding")
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["author", "email"]);
    assert_eq!(objects.last().unwrap()["type"], "error");
    let objects = desk
        .varaq(&format!(
            "{args} --json --allow author --allow email=X@example.org"
        ))
        .expect(0)
        .objects();
    assert!(
        objects
            .iter()
            .filter(|one| one["type"] == "finding")
            .all(|one| one["allowed"] == true)
    );
    assert_eq!(objects.last().unwrap()["type"], "packed");
    assert!(objects.iter().any(|one| one["type"] == "removed"));
}

#[test]
fn a_slip_is_told_where_it_is() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    fs::write(
        desk.path("issue.toml"),
        "publisher = \"desk\"\nsource = [\"a\"]\n",
    )
    .unwrap();
    let ran = desk
        .varaq("pack --issue issue.toml -o o.varaq --number 1 --day 2026-03-03")
        .expect(1);
    assert!(
        ran.err.contains("issue.toml:2:1: unknown field `source`"),
        "{}",
        ran.err
    );
    fs::write(desk.path("issue.toml"), "publisher = \"desk\"\n").unwrap();
    let ran = desk
        .varaq("pack --issue issue.toml a -o o.varaq --day 2026-03-03")
        .expect(2);
    assert!(
        ran.err.contains("--number is missing") && ran.err.contains("number = "),
        "{}",
        ran.err
    );
    desk.varaq("pack a --publisher desk --number 1 --day 2026-03-03")
        .expect(2);
    for wrong in ["--allow nonsense", "--max-size 50X", "--since yesterday"] {
        let ran = desk
            .varaq(&format!(
                "pack a -o o.varaq --publisher desk --number 1 --day 2026-03-03 {wrong}"
            ))
            .expect(2);
        assert!(
            ran.err.contains("expected")
                || ran.err.contains("known: ")
                || ran.err.contains("invalid"),
            "{}",
            ran.err
        );
    }
    desk.varaq("pack --init new").expect(0);
    let again = desk.varaq("pack --init new").expect(1);
    assert!(again.err.contains("stays as it is"), "{}", again.err);
    // A broken export is named with file and number.
    fs::create_dir(desk.path("a")).unwrap();
    fs::write(desk.path("a/bad.md"), [0xff, 0xfe]).unwrap();
    let ran = desk
        .varaq("pack a -o o.varaq --publisher desk --number 1 --day 2026-03-03")
        .expect(1);
    assert!(
        ran.err.contains("bad.md: not UTF-8 (line 1): left out"),
        "{}",
        ran.err
    );
    assert!(!desk.path("o.varaq").exists());
    desk.varaq("preview issue.toml --html p.html").expect(10);
    desk.varaq("preview missing.varaq --html p.html").expect(1);
}
