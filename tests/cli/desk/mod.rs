//! A publisher's desk in a folder of its own: runs the real program, and the library in
//! this process, with the same surroundings.
#![allow(dead_code, reason = "each test file uses its part")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use varaq_cli::Io;

/// A folder with a home for pins.
pub struct Desk {
    dir: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The JSON Lines on stdout; every line must be an object with a type.
    pub fn objects(&self) -> Vec<Value> {
        let objects: Vec<Value> = self
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(
            objects.iter().all(|object| object["type"].is_string()),
            "{self:?}"
        );
        objects
    }

    /// Fails with the whole story unless the exit code is `code`.
    pub fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "out:\n{}\nerr:\n{}", self.out, self.err);
        self
    }
}

impl Desk {
    pub fn new() -> Desk {
        Desk {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The real program, in the desk's folder, with `args` separated by spaces.
    pub fn varaq(&self, args: &str) -> Ran {
        self.varaq_args(args.split_whitespace())
    }

    #[expect(clippy::disallowed_methods, reason = "the program under test")]
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_varaq"));
        command.current_dir(self.dir.path());
        command.env("VARAQ_HOME", self.path("home"));
        command.env_remove("VARAQ_PASSPHRASE_FILE");
        command
    }

    pub fn varaq_args<S: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let output = self.command().args(args).output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The library in this process; paths must be whole.
    pub fn run(&self, args: &[&str]) -> Ran {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut io = Io::new(&mut out, &mut err);
        io.home = Some(self.path("home"));
        let args = std::iter::once("varaq")
            .chain(args.iter().copied())
            .map(OsString::from);
        let code = i32::from(varaq_cli::run(args, &mut io));
        Ran {
            code,
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        }
    }

    /// Makes the publisher `desk` (2 of 3), and packs our articles into `draft.varaq`.
    pub fn pack(&self) {
        self.publisher("desk", "Example");
        self.varaq_args(
            ["pack", articles().to_str().unwrap(), "-o", "draft.varaq"]
                .into_iter()
                .chain(ISSUE.split(' ')),
        )
        .expect(0);
    }

    /// Makes a publisher with three keys, two of which must sign.
    pub fn publisher(&self, dir: &str, name: &str) {
        let name = format!("en={name}");
        let args = [
            "publisher",
            "new",
            dir,
            "--name",
            &name,
            "--name",
            "fa=نمونه",
            "--signers",
            "3",
            "--threshold",
            "2",
            "--no-passphrase",
        ];
        self.varaq_args(args).expect(0);
    }

    /// `issue.varaq`, signed by two.
    pub fn sign(&self) {
        self.pack();
        fs::copy(self.path("draft.varaq"), self.path("issue.varaq")).unwrap();
        self.varaq("sign issue.varaq --key desk/signer-1.key")
            .expect(0);
        self.varaq("sign issue.varaq --key desk/signer-3.key")
            .expect(0);
    }

    /// A desk with `issue.varaq`, signed by two, the publisher unknown.
    pub fn with_issue() -> Desk {
        let desk = Desk::new();
        desk.sign();
        desk
    }

    /// The publisher's code, as `publisher show` prints it.
    pub fn code(&self, dir: &str) -> String {
        let shown = self
            .varaq(&format!("publisher show {dir} --json"))
            .expect(0);
        shown.objects()[0]["code"].as_str().unwrap().to_owned()
    }

    /// Trusts the publisher of `issue.varaq`, code compared.
    pub fn trust(&self) {
        let code = self.code("desk");
        self.varaq_args(["trust", "add", &code, "issue.varaq"])
            .expect(0);
    }
}

const ISSUE: &str =
    "--publisher desk --number 1 --day 2026-03-03 --lang en --title Test --allow author";

/// Our own articles.
pub fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/articles")
}

/// Words of our articles that nothing unverified may print.
pub const SECRETS: [&str; 5] = ["lamp", "corner", "نان", "Rain", "Example"];
