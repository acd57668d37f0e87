//! First contact: a code that came without a file, and files that are no bundles.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#[path = "common/mod.rs"]
mod common;

use common::{
    coast,
    window::{Setup, Window},
};
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use std::io::Cursor;
use varaq_bundle::{Bundle, Limits};
use varaq_kit::{Mint, Reader};
use varaq_reader::{
    desk::Source,
    place::Place,
    words::{Language, Words},
};
use varaq_shelf::StateFile;
use varaq_trust::{Code, Contact, State, SuspensionNote, Verdict};

/// The list of publishers of a reader.
fn shown(language: Language, state: State) -> Window {
    let mut window = Window::of(Setup {
        language,
        state,
        size: vec2(1180.0, 1_200.0),
        ..Setup::default()
    });
    window.press_with(Modifiers::COMMAND, Key::P);
    window
}

/// The panel for a code.
fn typing(language: Language, state: State) -> Window {
    let mut window = shown(language, state);
    window.click(&Words::new(language), "publishers-type");
    window
}

fn kept(window: &Window) -> State {
    StateFile::in_folder(window.folder.path()).load().unwrap()
}

fn code() -> Code {
    Code::of(&coast().id()).unwrap()
}

fn awaits(state: &State, code: &Code) -> bool {
    state.pins.awaited().any(|one| one == code)
}

#[test]
fn a_typed_code_waits_and_verifies_the_first_bundle() {
    let mint = coast();
    let bytes = common::issue(&mint).signed(&[0, 1]);
    for (language, zero) in [(Language::Persian, '۰'), (Language::English, '0')] {
        let words = Words::new(language);
        let mut window = typing(language, State::default());
        assert!(
            window
                .harness
                .get_by_role_and_label(
                    eframe::egui::accesskit::Role::TextInput,
                    &words.text("type-title")
                )
                .is_focused()
        );
        window.paste(&code().in_digits(zero));
        window.press(Key::Enter);
        window.until_said(&words.text("told-awaited"));
        assert!(window.says(&words.digits(&code().in_digits('0'))));
        let path = window.folder.path().join("later.varaq");
        std::fs::write(&path, &bytes).unwrap();
        window.app_mut().open(Source::Path(path));
        window.until(|app| app.verdict() == Some(Verdict::Verified));
        window.press_with(Modifiers::COMMAND, Key::P);
        assert!(!window.says(&words.text("publishers-awaited")));
    }
}

#[test]
fn a_code_of_fewer_digits_or_with_a_slip_is_not_taken() {
    let right = code().in_digits('0');
    let digits: String = right.chars().filter(char::is_ascii_digit).collect();
    let slip = format!("{}{}", (digits.as_bytes()[0] - b'0' + 1) % 10, &digits[1..]);
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = typing(language, State::default());
        window.paste(&digits[..20]);
        window.press(Key::Enter);
        let left = [("count", words.number(4).into())];
        assert!(window.says(&words.with("code-left", &left)));
        window.press(Key::Backspace);
        let left = [("count", words.number(5).into())];
        assert!(window.says(&words.with("code-left", &left)));
        for _ in 0..19 {
            window.press(Key::Backspace);
        }
        window.paste(&slip);
        window.press(Key::Enter);
        assert!(window.says(&words.text("code-typo")));
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Publishers);
        assert!(window.says(&words.text("publishers-none")));
        assert!(kept(&window).pins.awaited().next().is_none());
    }
}

#[test]
fn the_code_of_a_publisher_that_is_known_verifies_it() {
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = typing(language, coast().pins(false).into());
        window.paste(&code().in_digits('0'));
        window.click(&words, "type-take");
        window.until_said(&words.text("publisher-checked"));
        let name = kept(&window).pins.iter().next().unwrap().name.clone();
        assert!(window.says(&words.with("told-checked", &[("name", name.into())])));
        window.wait(|window| kept(window).pins.iter().all(|pin| pin.checked));
        assert!(kept(&window).pins.awaited().next().is_none());
    }
}

#[test]
fn a_code_for_the_bundle_that_is_open_shows_its_sheet_verified() {
    let words = Words::new(Language::English);
    let bytes = common::issue(&coast()).signed(&[0, 1]);
    let mut window = Window::opened(Language::English, &bytes, &varaq_trust::Pins::new());
    window.until(varaq_reader::app::App::has_code);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.click(&words, "publishers-type");
    window.paste(&code().in_digits('0'));
    window.press(Key::Enter);
    window.until(|app| app.verdict() == Some(Verdict::Verified));
    assert_eq!(window.app().here(), Place::Verdict);
}

#[test]
fn nothing_is_written_before_the_reader_asks_for_it() {
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = typing(language, State::default());
        window.paste(&code().in_digits('0'));
        window.press(Key::Enter);
        window.until_said(&words.text("publishers-unkept"));
        assert!(!awaits(&kept(&window), &code()));
        window.click(&words, "publishers-remember");
        window.wait(|window| awaits(&kept(window), &code()));
        window.wait(|window| !window.says(&words.text("publishers-unkept")));
        let shown = words.digits(&code().in_digits('0'));
        let forget = words.with("publishers-awaited-forget", &[("code", shown.into())]);
        window.click_on(&forget);
        assert!(window.says(&words.text("publishers-none")));
        window.wait(|window| !awaits(&kept(window), &code()));
    }
}

#[test]
fn a_code_that_the_disk_refuses_is_told() {
    let words = Words::new(Language::English);
    let mut window = typing(Language::English, State::default());
    let file = StateFile::in_folder(window.folder.path()).path().to_owned();
    let _ = std::fs::remove_file(&file);
    std::fs::create_dir(&file).unwrap();
    window.paste(&code().in_digits('0'));
    window.press(Key::Enter);
    window.until_said(&words.text("told-awaited"));
    window.click(&words, "publishers-remember");
    window.until_said("could not be written to this computer");
}

#[test]
fn a_code_being_typed_and_one_that_waits_look_as_kept() {
    let mut wrong = Vec::new();
    for language in [Language::Persian, Language::English] {
        let words = Words::new(language);
        let mut window = Window::of(Setup {
            language,
            size: vec2(900.0, 640.0),
            ..Setup::default()
        });
        window.press_with(Modifiers::COMMAND, Key::P);
        window.click(&words, "publishers-type");
        window.paste(&code().in_digits('0')[..14]);
        let name = format!("code-typed-{}", language.tag());
        wrong.extend(window.picture().trimmed(72).compare(&name).err());
        window.press(Key::End);
        window.paste(&code().in_digits('0')[14..]);
        window.press(Key::Enter);
        window.until_said(&words.text("told-awaited"));
        let name = format!("code-awaited-{}", language.tag());
        wrong.extend(window.picture().trimmed(72).compare(&name).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The contact file of a publisher.
fn contact(mint: &Mint) -> Contact {
    Contact::of_own(&mint.own.encode().unwrap()).unwrap()
}

/// A window that opened these bytes as the program's argument, under a name that says nothing.
fn handed(language: Language, bytes: &[u8], state: State) -> Window {
    let mut window = Window::of(Setup {
        language,
        bytes: Some(bytes),
        state,
        size: vec2(1000.0, 1_000.0),
        ..Setup::default()
    });
    window.until(|app| app.handing().is_some() || app.verdict().is_some());
    window
}

fn qr(text: &str) -> Vec<u8> {
    varaq_qr::draw(text).unwrap().png
}

#[test]
fn a_contact_is_shown_first_and_kept_only_after_a_yes() {
    let mint = coast();
    let file = contact(&mint);
    let short = file.short().to_string();
    let mut files = vec![file.to_string().into_bytes(), qr(&short)];
    files.push(format!("\u{feff}{}", file.to_string().replace('\n', "\r\n")).into_bytes());
    for (language, bytes) in common::PAIR.iter().cycle().zip(files) {
        let words = Words::new(*language);
        let mut window = handed(*language, &bytes, State::default());
        assert!(window.says_text(&words.text("contact-text")));
        let name = match language {
            Language::Persian => "کرانه",
            _ => "Coast Paper",
        };
        assert!(window.says(name), "{:?}", window.said());
        let digits: String = words.digits(&code().in_digits('0'));
        assert!(window.says(&digits));
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Shelf);
        window.press_with(Modifiers::COMMAND, Key::P);
        assert!(window.says(&words.text("publishers-none")));
        let path = window.folder.path().join("file.varaq");
        window.app_mut().open(Source::Path(path));
        window.until(|app| app.handing().is_some());
        window.click(&words, "contact-take");
        assert_eq!(window.app().here(), Place::Publishers);
        assert!(window.says(&words.text("publisher-unchecked")));
        assert!(window.says(&words.text("publishers-unkept")));
        assert!(kept(&window).pins.is_empty());
        window.click(&words, "publishers-remember");
        window.wait(|window| !kept(window).pins.is_empty());
        assert!(!kept(&window).pins.iter().next().unwrap().checked);
    }
}

#[test]
fn the_code_of_a_contact_is_hidden_while_it_is_typed() {
    let file = contact(&coast()).to_string();
    let other = Code::of(&Mint::other("Harbour Weekly", 60).id()).unwrap();
    for language in common::PAIR {
        let words = Words::new(language);
        let digits = words.digits(&code().in_digits('0'));
        let mut window = handed(language, file.as_bytes(), State::default());
        // What Enter presses first asks for the code; it trusts nobody.
        window.press(Key::Enter);
        assert!(!window.says(&digits), "{:?}", window.said());
        window.paste(&other.in_digits('0'));
        window.press(Key::Enter);
        assert!(window.says(&words.text("code-wrong")));
        for _ in 0..24 {
            window.press(Key::Backspace);
        }
        window.paste(&code().in_digits('0'));
        window.press(Key::Enter);
        assert!(window.says(&words.text("fact-code-checked")));
        window.click(&words, "contact-take");
        assert!(window.says(&words.text("publisher-checked")));
    }
}

#[test]
fn a_contact_whose_code_was_awaited_is_checked_and_waits_no_longer() {
    let words = Words::new(Language::English);
    let mut state = State::default();
    state.pins.await_code(code());
    let file = contact(&coast()).to_string();
    let mut window = handed(Language::English, file.as_bytes(), state);
    window.click(&words, "contact-take");
    assert!(window.says(&words.text("publisher-checked")));
    window.wait(|window| !awaits(&kept(window), &code()));
    assert!(kept(&window).pins.iter().all(|pin| pin.checked));
}

#[test]
fn a_contact_never_takes_a_check_away() {
    let words = Words::new(Language::Persian);
    let file = contact(&coast()).to_string();
    let mut window = handed(
        Language::Persian,
        file.as_bytes(),
        coast().pins(true).into(),
    );
    assert!(window.says_text(&words.text("contact-text-known")));
    window.click(&words, "contact-take-known");
    assert!(window.says(&words.text("publisher-checked")));
    assert!(kept(&window).pins.iter().all(|pin| pin.checked));
}

#[test]
fn a_contact_with_the_name_of_somebody_known_warns() {
    let file = contact(&Mint::other("Coast Papers", 90)).to_string();
    for language in common::PAIR {
        let words = Words::new(language);
        let window = handed(language, file.as_bytes(), coast().pins(true).into());
        assert!(window.says(&words.text("contact-alike-more")));
    }
}

/// A reader who has met issue 7 of the publisher.
fn met(mint: &Mint) -> State {
    let mut reader = Reader::of(&[mint]);
    let bytes = mint
        .issue(7)
        .article_in("fa", "خبر", "متن.")
        .signed(&[0, 1]);
    let bundle = Bundle::open(Cursor::new(&bytes), &Limits::default()).unwrap();
    reader.meet(bundle.head());
    reader.state()
}

/// The seed of a signing key of [`coast`].
fn signer(mint: &Mint) -> u8 {
    mint.plan.desk.1[0]
}

#[test]
fn a_note_is_explained_and_stops_the_key_after_a_yes() {
    let mint = coast();
    let note = SuspensionNote::Whole(mint.suspension_of(signer(&mint)));
    let letters = note.compact().unwrap();
    let files = [
        note.to_string().into_bytes(),
        qr(&letters),
        letters.into_bytes(),
    ];
    for (language, bytes) in common::PAIR.iter().cycle().zip(files) {
        let words = Words::new(*language);
        let mut window = handed(*language, &bytes, met(&mint));
        assert!(window.says(&words.text("note-effect-stops")));
        let dossier = |window: &Window| kept(window).evidence.dossier(&mint.id()).unwrap();
        assert!(dossier(&window).suspended.is_empty());
        window.click(&words, "note-take");
        assert_eq!(window.app().here(), Place::Publishers);
        window.wait(|window| !dossier(window).suspended.is_empty());
        let path = window.folder.path().join("file.varaq");
        window.app_mut().open(Source::Path(path));
        window.until(|app| app.handing().is_some());
        assert!(window.says(&words.text("note-effect-known")));
        assert!(
            window
                .harness
                .query_by_label(&words.text("note-take"))
                .is_none()
        );
    }
}

#[test]
fn a_code_in_a_picture_counts_as_typed() {
    for language in common::PAIR {
        let words = Words::new(language);
        let mut window = handed(language, &qr(&code().to_string()), State::default());
        assert!(window.says_text(&words.text("shown-code-text")));
        window.press(Key::Enter);
        window.until_said(&words.text("told-awaited"));
        assert!(window.says(&words.digits(&code().in_digits('0'))));
    }
}

#[test]
fn what_cannot_be_taken_in_is_told_in_plain_words() {
    let mint = coast();
    let file = contact(&mint);
    let whole = file.to_string();
    let other = contact(&Mint::other("Harbour Weekly", 60));
    let lies = Contact {
        code: other.code,
        ..file.clone()
    };
    let stranger = Mint::other("Harbour Weekly", 60);
    let strange = SuspensionNote::Whole(stranger.suspension_of(signer(&stranger)));
    let mut forged = mint.suspension_of(signer(&mint));
    *forged.signatures[0].signature.last_mut().unwrap() ^= 1;
    let mut later = mint.clone();
    later.add(|next| next.cadence = 7);
    let ahead = SuspensionNote::Whole(later.suspension_of(signer(&later)));

    let letters = SuspensionNote::Whole(mint.suspension_of(signer(&mint)))
        .compact()
        .unwrap();
    let mut slip = letters.clone().into_bytes();
    slip[12] = if slip[12] == b'2' { b'3' } else { b'2' };
    let picture = qr(&file.short().to_string());
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("fault-no-code", common::PICTURE.to_vec()),
        ("fault-strange", qr("https://example.org/")),
        (
            "fault-picture-damaged",
            picture[..picture.len() / 2].to_vec(),
        ),
        (
            "fault-picture-large",
            [&picture[..], &vec![0; 33 << 20]].concat(),
        ),
        (
            "fault-too-long",
            [whole.as_bytes(), &vec![b'x'; 2 << 20]].concat(),
        ),
        ("fault-contact-damaged", whole.as_bytes()[..90].to_vec()),
        (
            "fault-contact-damaged",
            b"varaq contact 1\n\xff\xfe".to_vec(),
        ),
        ("fault-contact-false", lies.to_string().into_bytes()),
        ("fault-note-unknown", strange.to_string().into_bytes()),
        (
            "fault-note-forged",
            SuspensionNote::Whole(forged).to_string().into_bytes(),
        ),
        ("fault-note-ahead", ahead.to_string().into_bytes()),
        ("fault-note-damaged", slip),
    ];
    for (at, (stem, bytes)) in cases.into_iter().enumerate() {
        let language = common::PAIR[at % 2];
        let words = Words::new(language);
        let mut window = handed(language, &bytes, met(&mint));
        let title = words.text(&format!("{stem}-title"));
        assert!(window.says(&title), "{stem}: {:?}", window.said());
        window.press(Key::Escape);
        assert_eq!(window.app().here(), Place::Shelf);
    }
}

#[test]
fn what_is_none_of_these_is_judged_as_a_bundle() {
    for bytes in [&b"Dear friend, the news is good."[..], b"", b"\x00\x01\x02"] {
        let window = handed(Language::English, bytes, State::default());
        assert_eq!(window.app().verdict(), Some(Verdict::NotABundle));
    }
}

#[test]
fn the_list_of_files_tells_kinds_by_content() {
    let words = Words::new(Language::English);
    let mut window = Window::of(Setup::default());
    let folder = window.folder.path().join("stick");
    std::fs::create_dir(&folder).unwrap();
    let file = contact(&coast());
    std::fs::write(folder.join("holiday.doc"), file.to_string()).unwrap();
    std::fs::write(folder.join("scan"), qr(&file.short().to_string())).unwrap();
    std::fs::write(folder.join("letter.txt"), "Dear friend").unwrap();
    window.press_with(Modifiers::COMMAND, Key::O);
    window.app_mut().list(Some(folder));
    window.until_said("holiday.doc");
    assert!(window.says("scan") && !window.says("letter.txt"));
    let row = eframe::egui::accesskit::Role::Button;
    let row = window.harness.get_by_role_and_label(row, "holiday.doc");
    row.click();
    window.until(|app| app.handing().is_some());
    assert!(window.says_text(&words.text("contact-text")));
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window reads the file itself".to_owned())
    }
}

#[test]
fn a_dropped_contact_is_opened() {
    let words = Words::new(Language::English);
    let mut window = Window::of(Setup::default());
    let path = window.folder.path().join("from-a-friend");
    std::fs::write(&path, contact(&coast()).to_string()).unwrap();
    let dropped = std::sync::Arc::new(Dropped(path));
    window.harness.input_mut().dropped_files.push(dropped);
    window.until(|app| app.handing().is_some());
    assert!(window.says_text(&words.text("contact-text")));
}

#[test]
fn sheets_of_handed_files_look_as_kept() {
    let mint = coast();
    let note = SuspensionNote::Whole(mint.suspension_of(signer(&mint))).to_string();
    let alike = contact(&Mint::other("Coast Papers", 90)).to_string();
    let cases = [
        (
            "contact",
            contact(&mint).to_string().into_bytes(),
            State::default(),
        ),
        (
            "contact-alike",
            alike.into_bytes(),
            coast().pins(true).into(),
        ),
        ("note", note.into_bytes(), met(&mint)),
        ("no-code", common::PICTURE.to_vec(), State::default()),
    ];
    let mut wrong = Vec::new();
    for (name, bytes, state) in cases {
        for language in [Language::Persian, Language::English] {
            let mut window = handed(language, &bytes, state.clone());
            let name = format!("{name}-{}", language.tag());
            wrong.extend(window.picture().trimmed(72).compare(&name).err());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
