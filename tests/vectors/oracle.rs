//! Runs the verifier in Python, if the machine has what it needs.

use crate::make::Expect;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the oracle says of each file, by file name; none if Python or a package is missing.
pub fn check(options: &[&str], paths: &[PathBuf]) -> Option<BTreeMap<String, Expect>> {
    let options = [&["check", "--json"], options].concat();
    let lines = run(&options, paths)?;
    Some(lines.lines().map(answer).collect())
}

/// Runs the oracle, and answers with what it prints.
///
/// `VARAQ_PYTHON` names a Python that has the packages of `tests/oracle/requirements.txt`.
#[allow(clippy::disallowed_methods)] // the tests may start programs, the program may not
pub fn run(options: &[&str], paths: &[PathBuf]) -> Option<String> {
    let python = std::env::var_os("VARAQ_PYTHON").unwrap_or_else(|| OsString::from("python3"));
    let imports = "import blake3, cryptography, zstandard, argon2";
    let ready = Command::new(&python).args(["-c", imports]).output();
    if !ready.is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os("VARAQ_REQUIRE_ALL").is_none(),
            "python3 with the packages of tests/oracle/requirements.txt is missing, and VARAQ_REQUIRE_ALL is set"
        );
        println!("not tested here: python3 lacks the packages of tests/oracle/requirements.txt");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../oracle/oracle.py");
    let output = Command::new(&python)
        .arg("-B")
        .arg(script)
        .args(options)
        .args(paths)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(complaint.is_empty(), "the oracle says: {complaint}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn answer(line: &str) -> (String, Expect) {
    let value: Value = serde_json::from_str(line).unwrap();
    let text = |field: &Value| field.as_str().unwrap_or_default().to_owned();
    let number = |field: &Value| u32::try_from(field.as_u64().unwrap_or_default()).unwrap();
    let articles = value["articles"].as_array().map(|both| {
        (
            number(&both[0]),
            both[1].as_u64().map(|m| u32::try_from(m).unwrap()),
        )
    });
    let expect = Expect {
        verdict: text(&value["verdict"]),
        lines: value["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect(),
        exit: u8::try_from(value["exit"].as_u64().unwrap()).unwrap(),
        articles,
        readable: (number(&value["readable"]), number(&value["refused"])),
        digest: text(&value["digest"]),
        notices: (!value["notices"].is_null()).then(|| number(&value["notices"])),
    };
    (text(&value["file"]), expect)
}
