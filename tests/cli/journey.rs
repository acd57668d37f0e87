//! From a folder of articles to a page that a stranger can read: the whole way, with the
//! real program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;

use desk::{Desk, SECRETS};

#[test]
fn two_of_three_sign_and_a_reader_reads() {
    let desk = Desk::new();
    desk.pack();

    // A draft is nobody's word.
    let draft = desk.varaq("check draft.varaq").expect(20);
    assert!(draft.out.starts_with("UNSIGNED_DRAFT"), "{}", draft.out);
    let shown = desk.varaq("show draft.varaq 1 --untrusted").expect(20);
    assert_eq!(shown.out, "");

    // The first signature is not enough.
    fs::copy(desk.path("draft.varaq"), desk.path("issue.varaq")).unwrap();
    let signed = desk
        .varaq("sign issue.varaq --key desk/signer-1.key")
        .expect(0);
    assert!(signed.out.contains("1 of 2"), "{}", signed.out);
    let checked = desk.varaq("check issue.varaq").expect(20);
    assert!(
        checked.out.starts_with("BELOW_THRESHOLD"),
        "{}",
        checked.out
    );
    assert!(
        SECRETS.iter().all(|secret| !checked.out.contains(secret)),
        "{}",
        checked.out
    );

    // Nobody signs twice.
    let before = fs::read(desk.path("issue.varaq")).unwrap();
    let again = desk
        .varaq("sign issue.varaq --key desk/signer-1.key")
        .expect(1);
    assert!(again.err.starts_with("varaq: error: "), "{}", again.err);
    assert_eq!(fs::read(desk.path("issue.varaq")).unwrap(), before);

    desk.varaq("sign issue.varaq --key desk/signer-3.key")
        .expect(0);
    let checked = desk.varaq("check issue.varaq").expect(0);
    assert!(
        checked.out.starts_with("UNKNOWN_PUBLISHER"),
        "{}",
        checked.out
    );
    assert!(checked.out.contains("3/3"), "{}", checked.out);
    assert!(checked.out.contains("calls itself “"), "{}", checked.out);
    desk.varaq("check issue.varaq --require-trusted").expect(21);

    // A stranger's articles need consent, and the output says whose they are.
    let refused = desk.varaq("list issue.varaq").expect(21);
    assert_eq!(refused.out, "");
    let listed = desk.varaq("list issue.varaq --untrusted").expect(0);
    assert!(listed.out.starts_with("NOT TRUSTED: "), "{}", listed.out);
    assert!(
        listed.out.contains("A lamp for the corner shop"),
        "{}",
        listed.out
    );
    assert!(!listed.out.contains("Not finished"), "{}", listed.out);

    // Compared by the program, not by the eye.
    let wrong = desk.varaq_args([
        "trust",
        "add",
        &another_code(&desk.code("desk")),
        "issue.varaq",
    ]);
    assert_ne!(wrong.code, 0, "{}", wrong.out);
    desk.trust();
    let checked = desk.varaq("check issue.varaq --require-trusted").expect(0);
    assert!(checked.out.starts_with("VERIFIED"), "{}", checked.out);
    assert!(!checked.out.contains("calls itself"), "{}", checked.out);

    let info = desk.varaq("info issue.varaq").expect(0);
    for told in [
        "VERIFIED",
        "2 of 2 needed, 3 may sign",
        "signer 1, signer 3",
        "main 1/1, 2026-03-03",
    ] {
        assert!(info.out.contains(told), "{told}: {}", info.out);
    }
    assert!(info.out.contains(&desk.code("desk")), "{}", info.out);
    let listed = desk.varaq("list issue.varaq").expect(0);
    assert!(!listed.out.contains("NOT TRUSTED"), "{}", listed.out);
    assert_eq!(listed.out.lines().count(), 3, "{}", listed.out);
}

/// A well-formed code of somebody else.
fn another_code(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let first: u128 = digits[..22].parse().unwrap();
    let other = (first + 1) % 10_u128.pow(22);
    format!("{other:022}{:02}", 98 - other % 97 * 100 % 97)
}

#[test]
fn articles_are_named_by_number_and_by_id() {
    let desk = Desk::with_issue();
    desk.trust();
    let listed = desk.varaq("list issue.varaq --json").expect(0).objects();
    let lamp = listed
        .iter()
        .find(|article| article["title"] == "A lamp for the corner shop")
        .unwrap();
    let (number, id) = (
        lamp["number"].as_u64().unwrap(),
        lamp["id"].as_str().unwrap(),
    );
    assert_eq!(
        (
            lamp["direction"].as_str(),
            lamp["language"].as_str(),
            lamp["day"].as_str()
        ),
        (Some("ltr"), Some("en"), Some("2026-03-02"))
    );
    let by_number = desk
        .varaq(&format!("show issue.varaq {number}"))
        .expect(0)
        .out;
    let by_id = desk.varaq(&format!("show issue.varaq {id}")).expect(0).out;
    assert_eq!(by_number, by_id);
    for told in [
        "A lamp for the corner shop\nThe varaq testers\n2026-03-02",
        "What changed",
        "1. The old lamp",
        "  | “I can see",
        "Mon | 6",
        "[1] The old one was made of glass",
        "[picture: A small square",
    ] {
        assert!(by_number.contains(told), "{told}:\n{by_number}");
    }
    let markdown = desk
        .varaq(&format!("show issue.varaq {number} --markdown"))
        .expect(0)
        .out;
    for told in [
        "# A lamp for the corner shop\n",
        "## What changed",
        "**new lamp**",
        "[^1]",
    ] {
        assert!(markdown.contains(told), "{told}:\n{markdown}");
    }
    let nan = listed
        .iter()
        .find(|article| article["language"] == "fa")
        .unwrap();
    assert_eq!(nan["direction"], "rtl");
    let shown = desk
        .varaq(&format!("show issue.varaq {} --json", nan["number"]))
        .expect(0)
        .objects();
    assert!(shown[0]["text"].as_str().unwrap().contains("همسایه‌ها"));
    let none = desk.varaq("show issue.varaq 99").expect(1);
    assert!(none.err.contains("hint: see `varaq list"), "{}", none.err);
    desk.varaq("show issue.varaq x").expect(2);
}

#[test]
fn extract_writes_neutral_names_and_overwrites_nothing() {
    let desk = Desk::with_issue();
    desk.trust();
    desk.varaq("extract issue.varaq out").expect(0);
    let names = desk.names("out");
    assert_eq!(
        names.iter().filter(|name| name.ends_with(".md")).count(),
        3,
        "{names:?}"
    );
    assert_eq!(names.len(), 4, "{names:?}");
    let media = desk.names("out/media");
    assert_eq!(media.len(), 1);
    assert!(media[0].starts_with("0000"), "{media:?}");
    let name = media[0]
        .trim_end_matches("-1.png")
        .trim_end_matches("-1.jpg");
    let text = fs::read_to_string(desk.path("out").join(format!("{name}.md"))).unwrap();
    assert!(text.contains(&format!("(media/{})", media[0])), "{text}");
    let again = desk.varaq("extract issue.varaq out").expect(1);
    assert!(again.err.contains("is not empty"), "{}", again.err);
    assert_eq!(desk.names("out"), names);
}

#[test]
fn a_typed_code_waits_for_its_bundle() {
    let desk = Desk::with_issue();
    let code = desk.code("desk");
    desk.varaq_args(["trust", "add"].into_iter().chain(code.split(' ')))
        .expect(0);
    let listed = desk.varaq("trust list").expect(0);
    assert!(listed.out.starts_with("AWAITED"), "{}", listed.out);
    assert!(
        desk.varaq("check issue.varaq")
            .expect(0)
            .out
            .starts_with("VERIFIED")
    );
    desk.varaq("show issue.varaq 1").expect(0);
    let listed = desk.varaq("trust list").expect(0);
    assert!(listed.out.starts_with("VERIFIED"), "{}", listed.out);
    assert_eq!(listed.out.lines().count(), 1);
    desk.varaq_args(["trust", "remove", &code]).expect(0);
    assert_eq!(desk.varaq("trust list").expect(0).out, "");
    desk.varaq("list issue.varaq").expect(21);
}

#[test]
fn a_contact_file_pins_without_checking() {
    let desk = Desk::with_issue();
    let added = desk.varaq("trust add desk/publisher.contact").expect(0);
    assert!(added.out.starts_with("PINNED"), "{}", added.out);
    assert!(added.err.contains("compare"), "{}", added.err);
    assert!(
        desk.varaq("check issue.varaq --require-trusted")
            .expect(0)
            .out
            .starts_with("PINNED")
    );
    // A reader's own name for it stays.
    desk.varaq("trust add desk/publisher.contact --name Aunt")
        .expect(0);
    let listed = desk.varaq("trust list --json").expect(0).objects();
    assert_eq!(listed[0]["name"], "Aunt");
    assert_eq!(
        listed[0]["other_names"].as_array().unwrap().len(),
        2,
        "{listed:?}"
    );
    // Comparing the code later is enough.
    let code = desk.code("desk");
    desk.varaq_args(["trust", "add", &code]).expect(0);
    assert!(
        desk.varaq("check issue.varaq")
            .expect(0)
            .out
            .starts_with("VERIFIED")
    );
}

#[test]
fn somebody_elses_use_of_a_trusted_name_is_an_impostor() {
    let desk = Desk::with_issue();
    desk.publisher("other", "Example");
    desk.varaq("trust add other/publisher.contact").expect(0);
    let checked = desk.varaq("check issue.varaq").expect(20);
    assert!(checked.out.starts_with("IMPOSTOR_NAME"), "{}", checked.out);
    assert_eq!(
        desk.varaq("show issue.varaq 1 --untrusted").expect(20).out,
        ""
    );
    let shown = desk
        .varaq("show issue.varaq 1 --untrusted --different-publisher")
        .expect(0);
    assert!(
        shown.out.starts_with("NOT TRUSTED: another publisher"),
        "{}",
        shown.out
    );
}
