//! What a partner's issue carries about another publisher reaches its readers.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

mod desk;

use std::fs;

use desk::{Desk, articles};

fn issue(desk: &Desk, publisher: &str, number: u32, file: &str, carry: &[&str]) {
    let source = articles();
    let number = number.to_string();
    let mut args = vec!["pack", source.to_str().unwrap(), "-o", file, "--publisher"];
    args.extend([
        publisher,
        "--number",
        &number,
        "--day",
        "2026-03-03",
        "--allow",
        "author",
        "--lang",
        "en",
    ]);
    args.extend(carry.iter().flat_map(|one| ["--carry", one]));
    desk.varaq_args(args).expect(0);
    for signer in [1, 2] {
        desk.varaq(&format!(
            "sign {file} --key {publisher}/signer-{signer}.key"
        ))
        .expect(0);
    }
}

/// A reader trusts both the desk and its partner, and has read one issue of each.
fn two_publishers() -> Desk {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    desk.publisher("partner", "Partner Abroad");
    issue(&desk, "desk", 1, "1.varaq", &[]);
    for publisher in ["desk", "partner"] {
        desk.varaq(&format!("trust add {publisher}/publisher.contact"))
            .expect(0);
    }
    desk.varaq("list 1.varaq").expect(0);
    desk
}

#[test]
fn a_partners_issue_stops_a_key_of_the_desk() {
    let desk = two_publishers();
    issue(&desk, "desk", 2, "2.varaq", &[]);
    issue(
        &desk,
        "partner",
        1,
        "p.varaq",
        &["desk/signer-1.stop", "desk/publisher.contact"],
    );
    desk.varaq("check --require-trusted 2.varaq").expect(0);
    desk.varaq("list p.varaq").expect(0);
    desk.varaq("list 2.varaq").expect(24);
    // What was met before stays, with a warning.
    let shown = desk.varaq("show 1.varaq 1").expect(0);
    assert!(shown.err.contains("has been stopped"), "{shown:?}");
    let known = desk.varaq("trust show desk/publisher.contact").expect(0);
    assert!(known.out.contains("stopped   key "), "{known:?}");
    // The same carried twice gives the same bytes, whatever the order of files.
    let carry = ["desk/publisher.contact", "desk/signer-1.stop"];
    issue(&desk, "partner", 2, "q.varaq", &[]);
    drop(fs::remove_file(desk.path("partner/ledger")));
    issue(&desk, "partner", 1, "r.varaq", &carry);
    assert!(fs::read(desk.path("p.varaq")).unwrap() == fs::read(desk.path("r.varaq")).unwrap());
}

#[test]
fn a_note_about_somebody_unknown_is_not_carried_and_not_taken_in() {
    let desk = two_publishers();
    desk.publisher("other", "Somebody Else");
    let source = articles();
    let pack = |carry: &str| {
        let mut args = vec![
            "pack",
            source.to_str().unwrap(),
            "-o",
            "x.varaq",
            "--publisher",
        ];
        args.extend([
            "partner",
            "--number",
            "1",
            "--day",
            "2026-03-03",
            "--allow",
            "author",
            "--carry",
            carry,
        ]);
        desk.varaq_args(args)
    };
    let refused = pack("other/signer-1.stop").expect(1);
    assert!(
        refused.err.contains("hint: carry the contact file"),
        "{refused:?}"
    );
    let refused = pack("desk/signer-1.key").expect(1);
    assert!(
        refused.err.contains("neither a contact file"),
        "{refused:?}"
    );
    assert!(!desk.path("x.varaq").exists());
    desk.varaq("trust note other/signer-1.stop").expect(20);
    // A slip of the pen is told as one.
    let text = fs::read_to_string(desk.path("desk/signer-1.stop")).unwrap();
    let letters = text
        .lines()
        .find_map(|line| line.strip_prefix("text "))
        .unwrap();
    let swapped = if letters.ends_with('7') { '8' } else { '7' };
    let slip = format!("{}{swapped}", &letters[..letters.len() - 1]);
    let refused = desk.varaq(&format!("trust note {slip}")).expect(1);
    assert!(refused.err.contains("mistyped"), "{refused:?}");
    desk.varaq(&format!("trust note {letters}")).expect(0);
    desk.varaq("check 1.varaq").expect(0);
}

#[cfg(feature = "qr")]
#[test]
fn a_suspension_note_travels_as_a_picture() {
    let desk = two_publishers();
    desk.varaq("publisher picture desk/signer-2.stop stop.png")
        .expect(0);
    // Nothing is overwritten, and a contact is no note.
    desk.varaq("publisher picture desk/signer-2.stop stop.png")
        .expect(1);
    desk.varaq("publisher picture desk/publisher.contact other.png")
        .expect(1);
    let told = desk.varaq("trust note stop.png").expect(0);
    assert!(told.out.contains("SUSPENDED"), "{told:?}");
    issue(&desk, "desk", 2, "2.varaq", &[]);
    desk.varaq("list 2.varaq").expect(24);
}
