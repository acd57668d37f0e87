//! First contact: a publisher handed on as a file, as a QR picture, as digits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod desk;

use desk::Desk;
use std::fs;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.publisher("desk", "Example");
    desk
}

/// The code with the digit `at` changed.
fn mistyped(code: &str, at: usize) -> String {
    let other = |c: char| if c == '7' { '8' } else { '7' };
    let changed = |(n, c)| if n == at { other(c) } else { c };
    code.chars().enumerate().map(changed).collect()
}

#[test]
fn a_qr_picture_of_a_publisher_is_trusted_like_its_contact() {
    let desk = desk();
    desk.varaq("publisher contact desk -o example.contact --qr example.png")
        .expect(0);
    let shown = desk.varaq("trust add example.png").expect(0);
    assert!(shown.out.starts_with("PINNED"), "{shown:?}");
    assert!(shown.err.contains("will prove them"), "{shown:?}");
    let listed = desk.varaq("trust list").expect(0).out;
    desk.varaq("trust remove example.png").expect(0);
    desk.varaq("trust add example.contact").expect(0);
    assert_eq!(desk.varaq("trust list").expect(0).out, listed);
}

#[test]
fn a_contact_with_a_code_from_another_road_is_verified() {
    let desk = desk();
    let code = desk.code("desk");
    desk.varaq("publisher contact desk --qr example.png")
        .expect(0);
    let shown = desk.varaq_args(["trust", "add", &code, "example.png"]);
    assert!(shown.expect(0).out.starts_with("VERIFIED"));
}

#[test]
fn the_short_contact_leaves_the_statements_out_and_keeps_the_floor() {
    let desk = desk();
    let full = desk.varaq("publisher contact desk").expect(0).out;
    let short = desk.varaq("publisher contact desk --short").expect(0).out;
    assert_eq!(
        full,
        fs::read_to_string(desk.path("desk/publisher.contact")).unwrap()
    );
    let begins = |text: &str, kind: &str| text.lines().any(|line| line.starts_with(kind));
    assert!(begins(&full, "own ") && !begins(&short, "own "));
    assert!(begins(&short, "root 0 1 ") && begins(&short, "name fa "));
    assert!(short.len() <= 450, "{} bytes", short.len());
    let told = desk
        .varaq("publisher contact desk --qr q.png --json")
        .expect(0);
    assert!(told.objects()[0]["modules"].as_u64().unwrap() <= 69);
}

#[test]
fn a_contact_is_never_written_over_another_file() {
    let desk = desk();
    fs::write(desk.path("kept"), "mine").unwrap();
    for option in ["-o", "--qr"] {
        let shown = desk
            .varaq(&format!("publisher contact desk {option} kept"))
            .expect(1);
        assert!(shown.err.contains("nothing is overwritten"), "{shown:?}");
    }
    assert_eq!(fs::read(desk.path("kept")).unwrap(), b"mine");
    assert_eq!(desk.names("."), ["desk", "kept"]);
}

#[test]
fn a_wrong_code_is_a_slip_or_another_publisher_and_nothing_finer() {
    let desk = desk();
    desk.publisher("other", "Other");
    let (code, other) = (desk.code("desk"), desk.code("other"));
    let add = |code: &str| desk.varaq_args(["trust", "add", code, "desk"]);
    let slips: Vec<_> = [0, 7, 12, 23, 28]
        .map(|at| add(&mistyped(&code, at)).expect(2).err)
        .into();
    assert!(slips[0].contains("mistyped"), "{slips:?}");
    assert!(slips.iter().all(|slip| *slip == slips[0]), "{slips:?}");
    let stranger = add(&other).expect(20).err;
    assert!(stranger.contains("different publisher"), "{stranger}");
    assert!(!stranger.contains("group"), "{stranger}");
    assert!(add(&code[..20]).expect(2).err.contains("16 of 24 digits"));
    assert!(add(&format!("{code} 5")).expect(2).err.contains("found 25"));
    let letter = format!("O{}", &code[1..]);
    let letter = add(&letter).expect(2).err;
    assert!(
        letter.contains("'O', which looks like the digit 0"),
        "{letter}"
    );
    assert!(desk.varaq("trust list").expect(0).out.is_empty());
    let typed = code.replace(' ', " / ");
    assert!(add(&typed).expect(0).out.starts_with("VERIFIED"));
}

#[test]
fn a_contact_that_is_not_what_it_says_is_refused_as_a_picture_too() {
    let desk = desk();
    desk.publisher("other", "Other");
    let text = desk.varaq("publisher contact desk --short").expect(0).out;
    let forged = text.replace(&desk.code("desk"), &desk.code("other"));
    fs::write(
        desk.path("forged.png"),
        varaq_qr::draw(&forged).unwrap().png,
    )
    .unwrap();
    let shown = desk.varaq("trust add forged.png").expect(20);
    assert!(shown.err.contains("not what it says"), "{shown:?}");
    for (name, text, expected) in [
        ("web.png", "https://example.org/", "no contact and no code"),
        ("cut.png", &text[..60], "is no contact"),
        ("slip.png", &mistyped(&desk.code("desk"), 3), "mistyped"),
    ] {
        fs::write(desk.path(name), varaq_qr::draw(text).unwrap().png).unwrap();
        let shown = desk.varaq(&format!("trust add {name}")).expect(1);
        assert!(shown.err.contains(expected), "{shown:?}");
    }
    assert!(desk.varaq("trust list").expect(0).out.is_empty());
}

#[test]
fn a_picture_of_a_bare_code_counts_as_the_code() {
    let desk = desk();
    let code = desk.code("desk");
    fs::write(desk.path("code.png"), varaq_qr::draw(&code).unwrap().png).unwrap();
    assert!(
        desk.varaq("trust add code.png")
            .expect(0)
            .out
            .starts_with("AWAITED")
    );
    assert!(
        desk.varaq("trust add code.png desk")
            .expect(0)
            .out
            .starts_with("VERIFIED")
    );
    let shown = desk.varaq("publisher show code.png").expect(1);
    assert!(shown.err.contains("a code alone"), "{shown:?}");
}

#[test]
fn the_floor_of_a_qr_picture_is_kept_and_an_older_history_noticed() {
    let desk = Desk::with_issue();
    desk.varaq("publisher cadence desk 7").expect(0);
    desk.varaq("publisher contact desk --qr newer.png")
        .expect(0);
    desk.varaq("trust add newer.png").expect(0);
    let shown = desk.varaq("check issue.varaq").expect(0);
    assert!(
        shown.out.contains("STATEMENTS_MISSING(1 of 2)"),
        "{shown:?}"
    );
}

#[test]
fn names_that_nothing_proves_do_not_replace_proven_ones() {
    let desk = desk();
    desk.varaq("trust add desk").expect(0);
    let before = desk.varaq("trust list --json").expect(0).out;
    let text = desk.varaq("publisher contact desk --short").expect(0).out;
    let renamed = text
        .replace("Example", "Somebody Else")
        .replace("نمونه", "دیگری");
    fs::write(
        desk.path("renamed.png"),
        varaq_qr::draw(&renamed).unwrap().png,
    )
    .unwrap();
    desk.varaq("trust add renamed.png").expect(0);
    assert_eq!(desk.varaq("trust list --json").expect(0).out, before);
}

#[test]
fn a_broken_picture_is_an_error_with_a_way_out() {
    let desk = desk();
    desk.varaq("publisher contact desk --qr example.png")
        .expect(0);
    let whole = fs::read(desk.path("example.png")).unwrap();
    fs::write(desk.path("cut.png"), &whole[..whole.len() / 3]).unwrap();
    fs::write(desk.path("jpeg"), b"\xff\xd8\xff\xe0 and nothing more").unwrap();
    for name in ["cut.png", "jpeg"] {
        let shown = desk.varaq(&format!("trust add {name}")).expect(1);
        assert!(shown.err.contains("24 digits"), "{shown:?}");
        assert!(!shown.err.contains("panicked"), "{shown:?}");
    }
}
