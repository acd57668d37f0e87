//! What is drawn is read again, by us and by stock programs.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test that cannot go on has failed

use proptest::prelude::*;
use std::process::Command;
use varaq_qr::{DrawError, draw, read};

/// Of the length and letters of a contact with two names.
const CONTACT: &str = "varaq contact 1\ncode 4157 0437 5753 2742 5906 0880\n\
    id 0707070707070707070707070707070707070707070707070707070707070707\n\
    root 0 1 a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8\n\
    name en Example Post\nname fa پست نمونه\n";

#[test]
fn a_contact_comes_back_letter_by_letter() {
    let drawn = draw(CONTACT).unwrap();
    assert_eq!(read(&drawn.png).unwrap(), [CONTACT]);
    println!(
        "{} bytes of text: {} modules, {} pixels, {} bytes of PNG",
        CONTACT.len(),
        drawn.modules,
        drawn.side,
        drawn.png.len()
    );
    assert!(drawn.modules <= 69, "a cheap phone must read it");
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    assert_eq!(draw(CONTACT).unwrap(), draw(CONTACT).unwrap());
}

#[test]
fn codes_of_every_size_come_back() {
    for bytes in [1, 14, 100, 250, 450, 1_000, 1_700, 2_331] {
        let text: String = "varaq 0123456789 abcdefghijklmnop "
            .chars()
            .cycle()
            .take(bytes)
            .collect();
        assert_eq!(read(&draw(&text).unwrap().png).unwrap(), [text], "{bytes}");
    }
}

#[test]
fn a_text_too_long_for_any_code_is_refused() {
    let text = "x".repeat(2_332);
    assert!(matches!(draw(&text), Err(DrawError::TooLong(2_332))));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a second reader to compare with")]
fn a_stock_reader_reads_what_we_draw() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("contact.png");
    std::fs::write(&path, draw(CONTACT).unwrap().png).unwrap();
    let ran = Command::new("zbarimg")
        .args(["--quiet", "--raw", "--oneshot"])
        .arg(&path)
        .output();
    let Ok(output) = ran else {
        assert!(
            std::env::var_os("VARAQ_REQUIRE_ALL").is_none(),
            "zbarimg is missing, and VARAQ_REQUIRE_ALL is set"
        );
        println!("not tested here: zbarimg is not installed");
        return;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.trim_end(), CONTACT.trim_end());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(text in "\\PC{1,220}") {
        let drawn = draw(&text).unwrap();
        prop_assert_eq!(read(&drawn.png).unwrap(), [text]);
    }
}
