//! "Our laptop was seized", and "our root key was stolen", played from beginning to end: the commands are those of
//! docs/seizure-drill.md, run word for word with the real program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::Path;
use std::process::Command;

use desk::{Desk, Ran, articles};

/// The commands of the drill's steps.
fn steps() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/seizure-drill.md");
    let page = fs::read_to_string(page).unwrap();
    let mut blocks = page.split("```");
    blocks.next();
    blocks
        .step_by(2)
        .map(|block| block.strip_prefix("sh\n").unwrap().to_owned())
        .collect()
}

/// Runs one step in the desk's folder, as a person would type it.
#[expect(
    clippy::disallowed_methods,
    reason = "the program under test, from a shell"
)]
fn play(desk: &Desk, step: &str) -> Ran {
    let program = Path::new(env!("CARGO_BIN_EXE_varaq"));
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", step])
        .current_dir(desk.path("."))
        .env(
            "PATH",
            format!("{}:{path}", program.parent().unwrap().display()),
        )
        .env("VARAQ_HOME", desk.path("home"))
        .env_remove("VARAQ_PASSPHRASE_FILE")
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
    .expect(0)
}

fn copy_articles(desk: &Desk) {
    fs::create_dir(desk.path("articles")).unwrap();
    for entry in fs::read_dir(articles()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            // Its articles name nobody.
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter(|line| !line.starts_with("byline: "));
            let text: String = lines.map(|line| format!("{line}\n")).collect();
            fs::write(desk.path("articles").join(path.file_name().unwrap()), text).unwrap();
        }
    }
}

fn says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.out.contains(word), "{word}:\n{}\n{}", ran.out, ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_newsroom_survives_the_loss_of_its_laptop_and_of_its_root_key() {
    let desk = Desk::new();
    copy_articles(&desk);
    let steps = steps();
    let [
        beforehand,
        issues,
        theft,
        hour,
        day,
        week,
        root_theft,
        recovery,
    ] = steps.as_slice()
    else {
        panic!("{} steps", steps.len());
    };

    play(&desk, beforehand);
    let code = desk.code("desk");
    let told = play(&desk, issues);
    says(&told, &["PINNED", "2 of 2, complete"]);

    // Nobody can know better yet: the thief has enough keys.
    let told = play(&desk, theft);
    says(&told, &["PINNED"]);
    assert!(!told.err.contains("stopped"), "{}", told.err);

    // The first hour: letters that came over the telephone stop both keys in our own issues.
    let told = play(&desk, hour);
    says(
        &told,
        &[
            "signer 1 of main, epoch 1 is suspended",
            "signer 2 of main, epoch 1 is suspended",
            "SEEN_BEFORE_SUSPENSION",
            "SUSPENDED_KEY",
            "refused with code 24",
        ],
    );
    says(&desk.varaq("publisher show desk").expect(0), &["SUSPENDED"]);
    pack(&desk, "early.varaq", 3);
    let refused = desk
        .varaq("sign early.varaq --key desk/signer-1.key")
        .expect(1);
    assert!(
        refused.err.contains("revoked or suspended"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("hint: "), "{}", refused.err);

    // The first day: what was ours stays, and the words of the request are those of the approval.
    let told = play(&desk, day);
    says(
        &told,
        &[
            "kept  main 1/1",
            "kept  main 1/2",
            "STOLEN: 2 issues listed as genuine stay readable",
            "can sign NOTHING NEW: 1 of 2",
        ],
    );
    assert_eq!(
        told.out
            .matches("signer 1 of main, epoch 1 is STOLEN")
            .count(),
        4,
        "{}",
        told.out
    );
    // An issue that was packed before cannot be signed with the revoked key after.
    fs::copy(desk.path("issue-2.varaq"), desk.path("again.varaq")).unwrap();
    desk.varaq("sign early.varaq --key desk/signer-2.key")
        .expect(1);

    // The first week.
    let told = play(&desk, week);
    says(
        &told,
        &[
            "main 2/3: signed by",
            "PINNED",
            "every issue of epoch 2 is newer than all of them",
            "STOLEN",
            "REVOKED_KEY",
            "refused with code 24",
            "main 1/1, 2026-04-01: stands",
            "main 1/3, 2026-04-03: void",
        ],
    );
    assert!(told.out.contains("OLDER_THAN_SEEN(2/3)"), "{}", told.out);
    assert!(desk.path("abroad/epoch-2-signer-3.stop").exists());
    assert_eq!(desk.code("desk"), code);
    assert_eq!(code_of(&desk, "issue-3.varaq"), code);

    // The root key is stolen: the thief's history holds in itself, and our folder takes none of it. A reader who
    // meets it cannot know.
    play(&desk, root_theft);
    assert_eq!(desk.code("thief-2"), code);
    let refused = desk
        .varaq("publisher accept thief-2 desk/publisher.contact")
        .expect(1);
    assert!(
        refused.err.contains("goes on from other statements"),
        "{}",
        refused.err
    );

    let told = play(&desk, recovery);
    says(
        &told,
        &[
            "RECOVERY: the root keys of before are void",
            "2 of 3 root keys",
            "new recovery keys are committed to",
            "statement 4 (generation 1)",
            "main 3/4: signed by",
            "PINNED",
            "REVOKED_KEY",
            "refused with code 24",
        ],
    );
    assert_eq!(code_of(&desk, "issue-4.varaq"), code);
    desk.varaq("publisher accept desk thief-2/publisher.contact")
        .expect(1);
    // The old root key says nothing more, the new ones do.
    desk.varaq("publisher cadence desk 7 --key safe/root-1.key")
        .expect(1);
    desk.varaq(
        "publisher cadence desk 7 --key desk/version-4-root-1.key --key desk/version-4-root-3.key",
    )
    .expect(0);

    // A reader who met both histories keeps the recovered one, also when the thief's comes again.
    desk.varaq("trust add thief-2/publisher.contact").expect(0);
    desk.varaq("check --require-trusted issue-4.varaq")
        .expect(0);
    desk.varaq("list false-5.varaq").expect(24);
    let known = desk.varaq("trust show desk/publisher.contact").expect(0);
    says(&known, &["recovered with the keys put by"]);
}

fn pack(desk: &Desk, file: &str, number: u32) {
    let args = format!(
        "pack articles -o {file} --publisher desk --number {number} --day 2026-03-03 --lang en"
    );
    desk.varaq(&args).expect(0);
}

fn code_of(desk: &Desk, file: &str) -> String {
    let shown = desk
        .varaq(&format!("publisher show {file} --json"))
        .expect(0);
    shown.objects()[0]["code"].as_str().unwrap().to_owned()
}
