//! What a publisher says about itself over the years, from the terminal: each verb, the way over an offline machine, and
//! what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;

use desk::{Desk, Ran};

/// A run that must fail with `code`, change nothing in `desk`, and tell what to do.
fn refused(desk: &Desk, args: &str, code: i32, words: &str) {
    let before = (
        desk.names("desk"),
        fs::read(desk.path("desk/publisher.contact")).unwrap(),
    );
    let ran = desk.varaq(args).expect(code);
    assert!(ran.err.contains(words), "{args}: {}", ran.err);
    let after = (
        desk.names("desk"),
        fs::read(desk.path("desk/publisher.contact")).unwrap(),
    );
    assert_eq!(after, before, "{args}");
}

fn says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.out.contains(word), "{word}:\n{}\n{}", ran.out, ran.err);
    }
}

fn shown(desk: &Desk) -> serde_json::Value {
    desk.varaq("publisher show desk --json").expect(0).objects()[0].clone()
}

#[test]
fn a_dry_run_tells_everything_and_writes_nothing() {
    let desk = Desk::with_issue();
    let before = (
        desk.names("."),
        desk.names("desk"),
        fs::read(desk.path("desk/publisher.contact")).unwrap(),
    );
    let code = desk.code("desk");
    for (verb, words) in [
        (
            "rotate desk --roots 3 --root-threshold 2",
            "signed by 2 of 3 root keys; before, it was the one root key",
        ),
        (
            "delegate desk --signers 4 --threshold 3",
            "epoch 2: 3 of 4 signers must sign; numbers 2 to 257",
        ),
        (
            "revoke desk --signer 2",
            "signer 2 of main, epoch 1 is STOLEN: 1 issue listed as genuine",
        ),
        ("revoke desk --signer 2 --keep-none", "LOST  main 1/1"),
        ("revoke desk --signer 2 --reason retired", "is retired"),
        ("clear desk --signer 1", "counts again"),
        ("settle desk issue.varaq", "call themselves main 1/1"),
        ("name desk ku=Nimûne", "Nimûne"),
        ("cadence desk 7", "an issue is promised every 7 days"),
        (
            "suspend desk --signer 3",
            "a suspension note for signer 3 of main, epoch 1",
        ),
    ] {
        let ran = desk.varaq(&format!("publisher {verb} --dry-run")).expect(0);
        says(&ran, &[&code, words]);
        let object = desk
            .varaq(&format!("publisher {verb} --dry-run --json"))
            .expect(0);
        let object = object.objects().pop().unwrap();
        assert_eq!(
            (object["type"].as_str(), object["in_force"].as_bool()),
            (Some("statement"), Some(false)),
            "{verb}"
        );
    }
    let after = (
        desk.names("."),
        desk.names("desk"),
        fs::read(desk.path("desk/publisher.contact")).unwrap(),
    );
    assert_eq!(after, before);
}

#[test]
fn one_statement_after_the_other_and_the_code_stays() {
    let desk = Desk::with_issue();
    let code = desk.code("desk");
    for verb in [
        "cadence desk 7",
        "name desk en=New --drop fa",
        "settle desk issue.varaq",
        "clear desk --signer 1",
        "rotate desk --roots 2 --root-threshold 2 --no-passphrase",
        "delegate desk --channel weekly --signers 1 --threshold 1 --days 2026-01-01 2026-12-31 --no-passphrase",
        "revoke desk --signer 2 --channel main --reason retired",
    ] {
        desk.varaq(&format!("publisher {verb}")).expect(0);
    }
    let object = shown(&desk);
    assert_eq!(object["code"].as_str(), Some(code.as_str()));
    assert_eq!(
        (object["version"].as_u64(), object["cadence"].as_u64()),
        (Some(8), Some(7))
    );
    assert_eq!(object["root"]["threshold"], 2);
    assert_eq!(object["names"], serde_json::json!({ "en": "New" }));
    assert_eq!(
        object["delegations"][0]["states"],
        serde_json::json!(["", "retired", ""])
    );
    assert_eq!(object["delegations"][1]["channel"], "weekly");
    let names = desk.names("desk");
    for name in [
        "weekly-epoch-1-signer-1.key",
        "weekly-epoch-1-signer-1.stop",
        "version-6-root-2.key",
        "publisher-7.contact",
        "root-1.key",
    ] {
        assert!(names.contains(&name.to_owned()), "{name}: {names:?}");
    }
    // The issue stays what it was: it is kept.
    desk.varaq("check issue.varaq").expect(0);
}

#[test]
fn two_offline_root_keys_sign_one_after_the_other() {
    let desk = Desk::new();
    desk.varaq_args([
        "publisher",
        "new",
        "desk",
        "--name",
        "en=Example",
        "--roots",
        "3",
        "--root-threshold",
        "2",
        "--no-passphrase",
    ])
    .expect(0);
    for number in 1..=3 {
        fs::create_dir(desk.path(&format!("safe-{number}"))).unwrap();
        let key = format!("root-{number}.key");
        fs::rename(
            desk.path("desk").join(&key),
            desk.path(&format!("safe-{number}")).join(&key),
        )
        .unwrap();
    }
    let lacking = desk.varaq("publisher cadence desk 7").expect(1);
    assert!(
        lacking.err.contains("root keys: 0 of 2") && lacking.err.contains("--request FILE"),
        "{}",
        lacking.err
    );
    let asked = desk
        .varaq(
            "publisher delegate desk --signers 2 --threshold 2 --no-passphrase --request r.request",
        )
        .expect(0);
    assert!(
        asked
            .err
            .contains("missing signatures of root keys: 0 of 2"),
        "{}",
        asked.err
    );
    // The new keys are here already, their notes come with the signatures.
    assert!(desk.path("desk/epoch-2-signer-2.key").exists());
    assert!(!desk.path("desk/epoch-2-signer-2.stop").exists());
    assert_eq!(shown(&desk)["version"], 1);

    // Without a word nothing is signed, and nobody is there to be asked.
    let request = fs::read(desk.path("r.request")).unwrap();
    let told = desk.varaq("publisher approve r.request").expect(0);
    says(
        &told,
        &["epoch 2: 2 of 2 signers must sign", &desk.code("desk")],
    );
    let mute = desk
        .varaq("publisher approve r.request --key safe-2/root-2.key")
        .expect(1);
    assert!(mute.err.contains("--yes"), "{}", mute.err);
    assert_eq!(fs::read(desk.path("r.request")).unwrap(), request);
    refused(
        &desk,
        "publisher approve r.request --key desk/signer-1.key --yes",
        1,
        "signer's key",
    );
    refused(
        &desk,
        "publisher accept desk r.request",
        1,
        "not signed yet",
    );

    let once = desk
        .varaq("publisher approve r.request --key safe-2/root-2.key --yes")
        .expect(0);
    assert!(
        once.err.contains("1 of 2") && once.err.contains("next root key"),
        "{}",
        once.err
    );
    refused(&desk, "publisher accept desk r.request", 1, "1 of 2");
    let twice = desk
        .varaq("publisher approve r.request --key safe-3/root-3.key --yes")
        .expect(0);
    assert!(twice.err.contains("complete"), "{}", twice.err);
    let accepted = desk.varaq("publisher accept desk r.request").expect(0);
    says(&accepted, &["epoch 2: 2 of 2 signers must sign"]);
    assert_eq!(shown(&desk)["version"], 2);
    assert!(desk.path("desk/epoch-2-signer-2.stop").exists());
    let again = desk.varaq("publisher accept desk r.request").expect(0);
    assert!(again.err.contains("already"), "{}", again.err);

    // A root key that was asked for a second history refuses it.
    fs::copy(
        desk.path("desk/publisher-1.contact"),
        desk.path("old.contact"),
    )
    .unwrap();
    fs::create_dir(desk.path("fork")).unwrap();
    fs::copy(
        desk.path("old.contact"),
        desk.path("fork/publisher.contact"),
    )
    .unwrap();
    desk.varaq("publisher cadence fork 7 --request fork.request")
        .expect(0);
    let split = desk
        .varaq("publisher approve fork.request --key safe-2/root-2.key --yes")
        .expect(1);
    assert!(
        split.err.contains("would split the publisher in two"),
        "{}",
        split.err
    );
    // One that was not asked yet cannot know.
    desk.varaq("publisher approve fork.request --key safe-1/root-1.key --yes")
        .expect(0);
}

#[test]
fn new_root_keys_are_made_where_they_are_kept() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    refused(
        &desk,
        "publisher rotate desk --request r.request --no-passphrase",
        2,
        "varaq publisher key",
    );
    for name in ["one", "two"] {
        let made = desk
            .varaq(&format!(
                "publisher key {name}.key --role root --no-passphrase"
            ))
            .expect(0);
        assert_eq!(made.out.trim().len(), 64);
        fs::write(desk.path(&format!("{name}.pub")), made.out).unwrap();
    }
    let again = desk
        .varaq("publisher key one.key --role root --no-passphrase")
        .expect(1);
    assert!(again.err.contains("never overwritten"), "{}", again.err);
    desk.varaq("publisher rotate desk --root-key one.pub --root-key two.pub --root-threshold 2 --request r.request").expect(0);
    desk.varaq("publisher approve r.request --key one.key --key two.key --yes")
        .expect(0);
    refused(
        &desk,
        "publisher accept desk r.request",
        1,
        "former root keys: 0 of 1",
    );
    desk.varaq("publisher approve r.request --key desk/root-1.key --yes")
        .expect(0);
    desk.varaq("publisher accept desk r.request").expect(0);
    // The old root key signs no more; the new ones do, wherever they are.
    refused(&desk, "publisher cadence desk 7", 1, "0 of 2");
    refused(
        &desk,
        "publisher cadence desk 7 --key desk/root-1.key",
        1,
        "none of those that sign",
    );
    desk.varaq("publisher cadence desk 7 --key one.key --key two.key")
        .expect(0);
}

#[test]
fn letters_read_over_the_telephone_suspend_a_key() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    let made = desk
        .varaq("publisher suspend-note desk --signer 2")
        .expect(0);
    let letters = made.out.lines().last().unwrap().to_owned();
    assert_eq!(letters.len(), 152, "{}", made.out);
    // The note that came with the key is the same one.
    assert!(!desk.path("desk/signer-2-2.stop").exists());
    assert_eq!(
        fs::read_to_string(desk.path("desk/signer-2.stop"))
            .unwrap()
            .matches(&letters)
            .count(),
        1
    );

    let slip = letters.replacen(
        &letters[30..31],
        if &letters[30..31] == "7" { "8" } else { "7" },
        1,
    );
    fs::write(desk.path("slip.txt"), &slip).unwrap();
    refused(&desk, "publisher accept desk slip.txt", 1, "is mistyped");
    fs::write(
        desk.path("heard.txt"),
        letters.to_lowercase().replace(' ', "\n").replace('0', "o"),
    )
    .unwrap();
    let heard = desk.varaq("publisher accept desk heard.txt").expect(0);
    says(&heard, &["signer 2 of main, epoch 1 is suspended"]);
    assert_eq!(shown(&desk)["delegations"][0]["states"][1], "suspended");
    // The same again changes nothing, and another publisher's note says nothing here.
    desk.varaq("publisher accept desk desk/signer-2.stop")
        .expect(0);
    desk.publisher("other", "Somebody Else");
    refused(
        &desk,
        "publisher accept desk other/signer-1.stop",
        20,
        "another publisher",
    );
    desk.varaq("publisher clear desk --signer 2").expect(0);
    assert_eq!(shown(&desk)["delegations"][0]["states"][1], "");
    let history = desk.varaq("publisher show desk").expect(0);
    says(
        &history,
        &["suspended signer 2 of main, epoch 1, until statement 2"],
    );
}

#[test]
fn the_ledger_is_what_a_revocation_keeps() {
    let desk = Desk::with_issue();
    let listed = desk.varaq("publisher ledger desk").expect(0);
    assert_eq!(listed.out.lines().count(), 1);
    let id = listed.out.split_whitespace().last().unwrap().to_owned();
    fs::remove_file(desk.path("desk/ledger")).unwrap();
    let lost = desk
        .varaq("publisher revoke desk --signer 1 --dry-run")
        .expect(0);
    assert!(lost.err.contains("knows no issue"), "{}", lost.err);
    for keep in ["issue.varaq", &id] {
        let kept = desk
            .varaq(&format!(
                "publisher revoke desk --signer 1 --keep {keep} --dry-run"
            ))
            .expect(0);
        says(
            &kept,
            &[&format!("kept  {id}"), "1 issue listed as genuine"],
        );
    }
    let added = desk
        .varaq("publisher ledger desk --add issue.varaq")
        .expect(0);
    assert_eq!(added.out, listed.out);
    refused(
        &desk,
        "publisher ledger desk --add draft.varaq",
        1,
        "UNSIGNED_DRAFT",
    );
    refused(
        &desk,
        "publisher revoke desk --signer 1 --keep desk/root-1.key",
        1,
        "no issue of this publisher",
    );
    desk.publisher("other", "Somebody Else");
    let foreign = desk
        .varaq("publisher ledger other --add issue.varaq")
        .expect(1);
    assert!(foreign.err.contains("another publisher"), "{}", foreign.err);
}

#[test]
fn a_key_that_ended_after_packing_signs_no_more() {
    let desk = Desk::new();
    desk.pack();
    fs::copy(desk.path("draft.varaq"), desk.path("issue.varaq")).unwrap();
    desk.varaq("publisher revoke desk --signer 1").expect(0);
    let ended = desk
        .varaq("sign issue.varaq --key desk/signer-1.key")
        .expect(1);
    assert!(
        ended.err.contains("by the publisher.contact beside it") && ended.err.contains("hint: "),
        "{}",
        ended.err
    );
    desk.varaq("sign issue.varaq --key desk/signer-2.key")
        .expect(0);
    let outside = desk
        .varaq_args("pack x -o far.varaq --publisher desk --number 257 --day 2026-03-03".split(' '))
        .expect(1);
    assert!(
        outside.err.contains("varaq publisher delegate"),
        "{}",
        outside.err
    );
}

#[test]
fn what_makes_no_sense_is_refused_with_a_hint() {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    for (args, code, words) in [
        ("cadence nowhere 7", 1, "varaq publisher new"),
        ("revoke desk --signer 9", 2, "varaq publisher show"),
        (
            "revoke desk --signer 1 --channel weekly",
            2,
            "no channel weekly",
        ),
        (
            "revoke desk --signer desk/root-1.key",
            1,
            "never allowed to sign",
        ),
        ("revoke desk --signer missing.key", 1, "64 hex digits"),
        (
            "delegate desk --epoch 1 --no-passphrase",
            1,
            "granted already",
        ),
        (
            "delegate desk --threshold 4 --no-passphrase",
            2,
            "--threshold",
        ),
        (
            "delegate desk --first 10 --last 9 --no-passphrase",
            2,
            "256 numbers",
        ),
        (
            "delegate desk --days 2026-02-01 2026-01-01 --no-passphrase",
            2,
            "before they begin",
        ),
        ("rotate desk --roots 17", 2, "--roots"),
        (
            "recover desk --no-passphrase",
            1,
            "committed to no recovery keys",
        ),
        ("name desk --drop ru", 2, "no name in ru"),
        ("name desk --drop en --drop fa", 2, "at least one name"),
        ("cadence desk 7 --key desk/signer-1.key", 1, "signer's key"),
        (
            "accept desk desk/signer-1.key",
            1,
            "expected a signed request",
        ),
        ("accept desk missing", 1, "cannot read missing"),
        (
            "approve desk/publisher.contact --key desk/root-1.key --yes",
            1,
            "varaq request 1",
        ),
        (
            "new x --name en=X --recovery 1 --recovery-threshold 2 --no-passphrase",
            2,
            "--recovery-threshold",
        ),
        (
            "new x --name en=X --roots 1 --root-threshold 2 --no-passphrase",
            2,
            "--root-threshold",
        ),
    ] {
        refused(&desk, &format!("publisher {args}"), code, words);
    }
    assert!(!desk.path("x").exists());
    desk.varaq("publisher revoke desk --signer 1").expect(0);
    refused(&desk, "publisher clear desk --signer 1", 1, "for ever");
}

#[test]
fn keys_are_wrapped_and_unwrapped_with_the_passphrase_file() {
    let desk = Desk::new();
    fs::write(desk.path("secret"), "correct horse\n").unwrap();
    let run = |args: &str| {
        let output = desk
            .command()
            .args(args.split(' '))
            .env("VARAQ_PASSPHRASE_FILE", "secret")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run("publisher new desk --name en=X");
    run("publisher delegate desk");
    let text = fs::read_to_string(desk.path("desk/epoch-2-signer-1.key")).unwrap();
    assert!(text.contains("argon2id"), "{text}");
    refused(&desk, "publisher cadence desk 7", 1, "passphrase");
}
