//! A second opinion: stock ssh-keygen and b3sum on what `varaq export` writes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use desk::Desk;
use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use varaq_bundle::{Bundle, Limits};
use varaq_kit::Mint;
use varaq_trust::{KeySet, Namespace, Reason, Revocation, Set, sshsig};

/// A command for a program that the tests compare with; none if the machine lacks it.
#[expect(
    clippy::disallowed_methods,
    reason = "stock programs give the second opinion"
)]
fn program(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    if found {
        return Some(Command::new(name));
    }
    assert!(
        std::env::var_os("VARAQ_REQUIRE_ALL").is_none(),
        "{name} is missing, and VARAQ_REQUIRE_ALL is set"
    );
    println!("not tested here: {name} is not installed");
    None
}

/// A question to `ssh-keygen -Y verify`, as README.txt writes it.
#[derive(Clone, Debug)]
struct Question {
    signers: String,
    identity: String,
    namespace: String,
    signature: String,
    signed: String,
}

impl Question {
    /// The commands of a README.
    fn all(readme: &str) -> Vec<Question> {
        let lines = readme
            .lines()
            .filter(|line| line.starts_with("  ssh-keygen"));
        lines
            .filter(|line| !line.contains("news.varaq"))
            .map(|line| {
                let words: Vec<&str> = line.split_whitespace().collect();
                let [
                    _,
                    _,
                    _,
                    _,
                    signers,
                    _,
                    identity,
                    _,
                    namespace,
                    _,
                    signature,
                    _,
                    signed,
                ] = words[..]
                else {
                    panic!("{line}");
                };
                Question {
                    signers: signers.to_owned(),
                    identity: identity.to_owned(),
                    namespace: namespace.to_owned(),
                    signature: signature.to_owned(),
                    signed: signed.to_owned(),
                }
            })
            .collect()
    }

    fn is_accepted(&self, mut ssh_keygen: Command, folder: &Path) -> bool {
        ssh_keygen
            .current_dir(folder)
            .args(["-Y", "verify", "-f", &self.signers, "-I", &self.identity])
            .args(["-n", &self.namespace, "-s", &self.signature])
            .stdin(File::open(folder.join(&self.signed)).unwrap())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .success()
    }
}

/// A publisher with a history: its root key was changed, and a signer is suspended.
fn mint() -> Mint {
    let mut mint = Mint::default();
    let root = KeySet::new(1, vec![varaq_kit::public(2)]).unwrap();
    let next = mint.next_statement(|statement| statement.root = root);
    mint.append(
        next,
        Namespace::Root,
        &[(Set::Before, 0, 1), (Set::Own, 0, 2)],
    );
    mint.plan.root = (1, vec![2]);
    mint.suspend(2);
    mint
}

/// The key that a list of allowed signers has for somebody.
fn listed_key(folder: &Path, question: &Question) -> String {
    let list = fs::read_to_string(folder.join(&question.signers)).unwrap();
    let begin = format!("{} ", question.identity);
    let line = list.lines().find(|line| line.starts_with(&begin)).unwrap();
    line.rsplit(' ').next().unwrap().to_owned()
}

/// A desk with `issue.varaq` of a mint, exported into `opinion`.
fn exported(bytes: &[u8], options: &str) -> (Desk, String) {
    let desk = Desk::new();
    fs::write(desk.path("issue.varaq"), bytes).unwrap();
    desk.varaq(&format!("export issue.varaq opinion --untrusted {options}"))
        .expect(0);
    let readme = fs::read_to_string(desk.path("opinion/README.txt")).unwrap();
    (desk, readme)
}

fn issue(mint: &Mint, slots: &[u8]) -> Vec<u8> {
    mint.issue(3)
        .article("One", "Some words.")
        .article("Two", "Other words.")
        .signed(slots)
}

#[test]
fn every_exported_signature_is_accepted_and_every_wrong_question_refused() {
    let (desk, readme) = exported(&issue(&mint(), &[0, 1]), "");
    let folder = desk.path("opinion");
    let questions = Question::all(&readme);
    // Two of the issue, one and two of the statements, one of the suspension.
    assert_eq!(questions.len(), 6, "{readme}");
    let mut refused = 0;
    for question in &questions {
        let ask = |question: &Question| {
            let accepted = question.is_accepted(program("ssh-keygen")?, &folder);
            Some(accepted)
        };
        let Some(accepted) = ask(question) else {
            return;
        };
        assert!(accepted, "{question:?}");
        let mut wrong: Vec<Question> = Vec::new();
        for namespace in Namespace::ALL {
            if namespace.as_str() != question.namespace {
                let namespace = namespace.as_str().to_owned();
                wrong.push(Question {
                    namespace,
                    ..question.clone()
                });
            }
        }
        for other in &questions {
            // Who holds one key in two statements answers to both names.
            let of_list = other.signers == question.signers;
            if of_list && listed_key(&folder, other) != listed_key(&folder, question) {
                let identity = other.identity.clone();
                wrong.push(Question {
                    identity,
                    ..question.clone()
                });
            }
        }
        let mut changed = fs::read(folder.join(&question.signed)).unwrap();
        let at = changed.len() / 2;
        changed[at] ^= 1;
        fs::write(folder.join("changed"), changed).unwrap();
        wrong.push(Question {
            signed: "changed".to_owned(),
            ..question.clone()
        });
        let stranger = sshsig::allowed_signers_line(
            &question.identity,
            Namespace::ALL
                .into_iter()
                .find(|namespace| namespace.as_str() == question.namespace)
                .unwrap(),
            &varaq_kit::public(99),
        );
        fs::write(folder.join("stranger"), stranger.unwrap()).unwrap();
        wrong.push(Question {
            signers: "stranger".to_owned(),
            ..question.clone()
        });
        for wrong in &wrong {
            assert_eq!(ask(wrong), Some(false), "{wrong:?}");
            refused += 1;
        }
    }
    assert!(refused >= 6 * 7, "{refused}");
}

#[test]
fn suspended_and_revoked_slots_are_left_out_and_named() {
    let mut mint = mint();
    mint.add(|statement| {
        statement.revoked.push(Revocation {
            key: varaq_kit::public(13),
            reason: Reason::Stolen,
            kept: Vec::new(),
        });
    });
    let (desk, readme) = exported(&issue(&mint, &[0, 1, 2]), "");
    assert!(readme.contains("slot 2: revoked"), "{readme}");
    let names = desk.names("opinion");
    assert!(
        !names.iter().any(|name| name.contains("slot2")),
        "{names:?}"
    );
    for list in ["allowed_signers", "allowed_signers.file"] {
        let list = fs::read_to_string(desk.path("opinion").join(list)).unwrap();
        assert_eq!(list.lines().count(), 2, "{list}");
    }
    let suspended = issue(&self::mint(), &[0, 1, 2]);
    let (_, readme) = exported(&suspended, "");
    assert!(readme.contains("slot 2: suspended"), "{readme}");
}

#[test]
fn the_ids_in_the_readme_are_what_b3sum_prints() {
    let mint = mint();
    let (desk, readme) = exported(&issue(&mint, &[0, 1]), "");
    for (context, file, label) in [
        ("varaq 2026 manifest-id v1", "manifest.bin", "manifest"),
        (
            "varaq 2026 publisher-id v1",
            "history/statement1.bin",
            "publisher",
        ),
    ] {
        assert!(readme.contains(&format!("b3sum --derive-key '{context}' {file}")));
        let Some(mut b3sum) = program("b3sum") else {
            return;
        };
        let output = b3sum
            .current_dir(desk.path("opinion"))
            .args(["--no-names", "--derive-key", context, file])
            .output()
            .unwrap();
        let hash = String::from_utf8(output.stdout).unwrap();
        assert!(hash.len() > 60, "{hash}");
        assert!(
            readme.contains(&format!("{label:<10} {}", hash.trim())),
            "{hash} {readme}"
        );
    }
}

fn b3sum_accepts(folder: &Path) -> Option<bool> {
    let mut b3sum = program("b3sum")?;
    let ran = b3sum
        .current_dir(folder)
        .args(["--check", "pieces.b3"])
        .output()
        .unwrap();
    Some(ran.status.success())
}

#[test]
fn b3sum_checks_the_pieces_and_finds_a_changed_one() {
    let (desk, readme) = exported(&issue(&mint(), &[0, 1]), "--pieces");
    let folder = desk.path("opinion");
    assert!(readme.contains("b3sum --check pieces.b3"), "{readme}");
    let Some(accepted) = b3sum_accepts(&folder) else {
        return;
    };
    assert!(accepted);
    let first = folder.join("pieces/00000000");
    let mut changed = fs::read(&first).unwrap();
    changed[0] ^= 1;
    fs::write(&first, changed).unwrap();
    assert_eq!(b3sum_accepts(&folder), Some(false));
}

#[test]
fn a_head_copy_is_exported_without_pieces() {
    let whole = issue(&mint(), &[0, 1]);
    let bundle = Bundle::open(Cursor::new(&whole), &Limits::default());
    let end = bundle.unwrap().head().prefix.body_at as usize;
    let (desk, readme) = exported(&whole[..end], "");
    assert!(readme.contains("no list of pieces"), "{readme}");
    assert!(!desk.names("opinion").contains(&"pieces.b3".to_owned()));
    assert_eq!(Question::all(&readme).len(), 6);
    desk.varaq("export issue.varaq more --untrusted --pieces")
        .expect(3);
}

#[test]
fn of_a_partial_copy_the_list_names_what_is_there() {
    let whole = issue(&mint(), &[0, 1]);
    let desk = Desk::new();
    let bundle = Bundle::open(Cursor::new(&whole), &Limits::default()).unwrap();
    let stored = bundle.manifest().unwrap().stored_total as usize;
    let end = varaq_kit::pieces_at(&whole) + stored - 1;
    fs::write(desk.path("cut.varaq"), &whole[..end]).unwrap();
    let shown = desk
        .varaq("export cut.varaq opinion --untrusted --pieces")
        .expect(3);
    assert!(
        shown.err.contains("cannot be had from this copy"),
        "{shown:?}"
    );
    let readme = fs::read_to_string(desk.path("opinion/README.txt")).unwrap();
    assert!(readme.contains("cannot be had from this copy"), "{readme}");
    let Some(accepted) = b3sum_accepts(&desk.path("opinion")) else {
        return;
    };
    assert!(accepted);
}

#[test]
fn nothing_forged_or_unknown_is_exported_and_nothing_left_behind() {
    let desk = Desk::new();
    let good = issue(&mint(), &[0, 1]);
    let mut forged = good.clone();
    forged[70] ^= 1;
    let too_few = issue(&mint(), &[0]);
    for (name, bytes, code, options) in [
        ("forged", forged.as_slice(), 23, "--untrusted"),
        ("few", &too_few, 20, "--untrusted"),
        ("text", b"no bundle at all", 10, "--untrusted"),
        ("unknown", &good, 21, ""),
    ] {
        fs::write(desk.path(name), bytes).unwrap();
        desk.varaq(&format!("export {name} opinion {options}"))
            .expect(code);
    }
    desk.varaq("export absent opinion").expect(1);
    let names = desk.names(".").into_iter().filter(|name| name != "home");
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["few", "forged", "text", "unknown"]
    );
}

#[test]
fn an_export_overwrites_nothing_and_appears_whole_or_not_at_all() {
    let (desk, _) = exported(&issue(&mint(), &[0, 1]), "");
    let before = desk.names("opinion");
    for taken in ["opinion", "issue.varaq"] {
        let shown = desk
            .varaq(&format!("export issue.varaq {taken} --untrusted"))
            .expect(1);
        assert!(shown.err.contains("nothing is overwritten"), "{shown:?}");
    }
    fs::create_dir(desk.path("empty")).unwrap();
    desk.varaq("export issue.varaq empty --untrusted").expect(1);
    desk.varaq("export issue.varaq no/such/folder --untrusted")
        .expect(1);
    assert_eq!(desk.names("opinion"), before);
    let names = desk.names(".").into_iter().filter(|name| name != "home");
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["empty", "issue.varaq", "opinion"]
    );
}

#[test]
fn the_same_issue_gives_the_same_files_and_json_says_what_was_written() {
    let (desk, _) = exported(&issue(&mint(), &[0, 1]), "");
    let told = desk
        .varaq("export issue.varaq again --untrusted --json")
        .expect(0)
        .objects();
    assert_eq!(told[0]["type"], "export");
    assert_eq!(told[0]["signatures"], 2);
    assert_eq!(told[0]["threshold"], 2);
    assert_eq!(told[0]["pieces_missing"], 0);
    for name in desk.names("opinion") {
        let (one, two) = (
            desk.path("opinion").join(&name),
            desk.path("again").join(&name),
        );
        if one.is_file() {
            assert_eq!(fs::read(one).unwrap(), fs::read(two).unwrap(), "{name}");
        }
    }
}

// --- the side file -------------------------------------------------------------

/// A desk with a signed issue and its side file.
fn with_side_file() -> Desk {
    let desk = Desk::with_issue();
    desk.varaq("sign issue.varaq --key desk/signer-2.key --side-file")
        .expect(0);
    desk
}

/// The remark of `check` about the side file, and its exit code.
fn remark(desk: &Desk) -> (Option<String>, i32) {
    let ran = desk.varaq("check issue.varaq --json");
    let said = ran.objects()[0]["side_file"].as_str().map(str::to_owned);
    (said, ran.code)
}

fn stock(desk: &Desk, namespace: &str) -> Option<bool> {
    let question = Question {
        signers: "opinion/allowed_signers.file".to_owned(),
        identity: "slot1".to_owned(),
        namespace: namespace.to_owned(),
        signature: "issue.varaq.sig".to_owned(),
        signed: "issue.varaq".to_owned(),
    };
    let folder: PathBuf = desk.path(".");
    Some(question.is_accepted(program("ssh-keygen")?, &folder))
}

#[test]
fn a_side_file_is_good_for_us_and_for_openssh() {
    let desk = with_side_file();
    assert_eq!(remark(&desk), (Some("good".to_owned()), 0));
    assert!(
        desk.varaq("check issue.varaq")
            .expect(0)
            .out
            .contains("SIDE_FILE(good)")
    );
    desk.varaq("export issue.varaq opinion --untrusted")
        .expect(0);
    for namespace in Namespace::ALL {
        let Some(accepted) = stock(&desk, namespace.as_str()) else {
            return;
        };
        assert_eq!(accepted, namespace == Namespace::File, "{namespace}");
    }
}

#[test]
fn a_side_file_breaks_when_the_file_changes_and_no_exit_code_does() {
    let desk = with_side_file();
    desk.varaq("export issue.varaq opinion --untrusted")
        .expect(0);
    desk.varaq("sign issue.varaq --key desk/signer-2.key")
        .expect(0);
    assert_eq!(remark(&desk), (Some("wrong".to_owned()), 0));
    if let Some(accepted) = stock(&desk, "varaq-file-v1") {
        assert!(!accepted);
    }
}

#[test]
fn a_side_file_by_another_key_or_of_another_kind_is_told_and_changes_no_exit_code() {
    let desk = with_side_file();
    desk.publisher("other", "Other");
    fs::remove_file(desk.path("issue.varaq.sig")).unwrap();
    assert_eq!(remark(&desk), (None, 0));
    let bytes = fs::read(desk.path("issue.varaq")).unwrap();
    let of = |namespace: Namespace| {
        let signature = varaq_kit::sign(99, namespace, &bytes);
        let signature = signature.as_slice().try_into().unwrap();
        sshsig::armor(namespace, &varaq_kit::public(99), signature).unwrap()
    };
    for (text, said) in [
        (of(Namespace::File), "stranger"),
        (of(Namespace::Manifest), "unreadable"),
        ("nonsense".to_owned(), "unreadable"),
        ("x".repeat(100_000), "unreadable"),
        (String::new(), "unreadable"),
    ] {
        fs::write(desk.path("issue.varaq.sig"), text).unwrap();
        assert_eq!(remark(&desk), (Some(said.to_owned()), 0));
    }
    fs::remove_file(desk.path("issue.varaq.sig")).unwrap();
    fs::create_dir(desk.path("issue.varaq.sig")).unwrap();
    assert_eq!(remark(&desk), (None, 0));
}

#[test]
fn a_side_file_is_only_made_of_a_whole_signed_bundle_by_a_signer() {
    let desk = Desk::with_issue();
    desk.publisher("other", "Other");
    let whole = fs::read(desk.path("issue.varaq")).unwrap();
    fs::write(desk.path("cut.varaq"), &whole[..whole.len() - 9]).unwrap();
    let mut more = whole.clone();
    more.extend_from_slice(b"more");
    fs::write(desk.path("more.varaq"), more).unwrap();
    for (file, key, expected) in [
        ("draft.varaq", "desk/signer-1.key", "not validly signed"),
        ("cut.varaq", "desk/signer-1.key", "not whole"),
        ("more.varaq", "desk/signer-1.key", "not whole"),
        (
            "issue.varaq",
            "other/signer-1.key",
            "does not sign this issue",
        ),
        ("issue.varaq", "desk/root-1.key", "root key"),
    ] {
        let shown = desk
            .varaq(&format!("sign {file} --key {key} --side-file"))
            .expect(1);
        assert!(shown.err.contains(expected), "{shown:?}");
    }
    assert!(
        !desk
            .names(".")
            .iter()
            .any(|name| name.contains(".sig") || name.contains(".part"))
    );
    let sign = "sign issue.varaq --key desk/signer-1.key --side-file";
    desk.varaq(sign).expect(0);
    let first = fs::read(desk.path("issue.varaq.sig")).unwrap();
    assert!(
        desk.varaq(sign)
            .expect(1)
            .err
            .contains("nothing is overwritten")
    );
    assert_eq!(fs::read(desk.path("issue.varaq.sig")).unwrap(), first);
    assert_eq!(fs::read(desk.path("issue.varaq")).unwrap(), whole);
    desk.varaq("sign issue.varaq --merge draft.varaq --side-file")
        .expect(2);
}
