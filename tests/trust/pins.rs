//! Pins and contact files as text.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod mint;
mod support;

use mint::{DESK, Press, named, revocation};
use proptest::prelude::*;
use varaq_bundle::Day;
use varaq_trust::{
    Code, Contact, ContactError, ContactMismatch, Name, Pin, Pins, PinsError, PublisherId,
    SHORT_BYTES,
};

fn pins() -> Pins {
    let mut pins = Pins::new();
    let names = [
        Name::new("en", "Example News").unwrap(),
        Name::new("fa", "خبرنامه").unwrap(),
    ];
    pins.add(Pin::new(
        PublisherId([9; 32]),
        &names,
        true,
        Some(Day(20_000)),
    ));
    pins.add(Pin::new(PublisherId([1; 32]), &named("Other"), false, None));
    pins
}

#[test]
fn pins_read_back_and_are_the_same_bytes_each_time() {
    let text = pins().encode();
    assert_eq!(Pins::decode(&text).unwrap(), pins());
    assert_eq!(Pins::decode(&text).unwrap().encode(), text);
    assert!(text.find("0101").unwrap() < text.find("0909").unwrap());
    assert_eq!(Pins::decode(&Pins::new().encode()).unwrap(), Pins::new());
}

#[test]
fn every_cut_and_every_flipped_bit_of_pins_is_noticed() {
    let text = pins().encode();
    for at in 0..text.len() {
        if let Some(cut) = text.get(..at) {
            assert!(Pins::decode(cut).is_err(), "cut at {at}");
        }
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(flipped) = String::from_utf8(bytes) {
            assert!(Pins::decode(&flipped).is_err(), "flipped at {at}");
        }
    }
    assert_eq!(Pins::decode("varaq pins 2\n"), Err(PinsError::Header));
    assert_eq!(Pins::decode("varaq pins 1\n"), Err(PinsError::Checksum));
}

#[test]
fn a_name_cannot_smuggle_in_a_line() {
    let mut pins = Pins::new();
    let mut pin = Pin::new(PublisherId([9; 32]), &named("x"), false, None);
    pin.name = format!(
        "evil\npublisher {} checked -\nname evil",
        PublisherId([7; 32])
    );
    pins.add(pin);
    let read = Pins::decode(&pins.encode()).unwrap();
    assert_eq!(read.len(), 1);
    assert!(read.find(&PublisherId([7; 32])).is_none());
}

#[test]
fn look_alike_searches_every_name_of_every_pin() {
    let pins = pins();
    for name in ["EXAMPLE NEWS", "خبر‌نامه", "0ther"] {
        assert!(pins.look_alike(&named(name)).is_some(), "{name}");
    }
    assert!(pins.look_alike(&named("Third")).is_none());
}

#[test]
fn a_short_contact_keeps_the_floor_and_leaves_the_statements_out() {
    let contact = contact();
    let short = contact.short();
    assert!(short.own.is_empty() && contact.root.is_some());
    assert_eq!((short.code, short.id), (contact.code, contact.id));
    assert_eq!((short.root, &short.names), (contact.root, &contact.names));
    assert_eq!(short.to_string().parse::<Contact>().unwrap(), short);
    assert!(short.verify().unwrap().is_none());
}

#[test]
fn a_short_contact_holds_as_many_names_as_fit_and_the_first_always() {
    let name = |at: usize| Name::new(&format!("x{at:02}"), &"نام".repeat(10)).unwrap();
    let many = Contact {
        names: (0..16).map(name).collect(),
        ..contact()
    };
    let short = many.short();
    assert!(short.to_string().len() <= SHORT_BYTES);
    assert!((2..16).contains(&short.names.len()));
    let long = Contact {
        names: vec![Name::new("x", &"𐎠".repeat(64)).unwrap(); 3],
        ..contact()
    };
    assert_eq!(long.short().names.len(), 1);
}

fn contact() -> Contact {
    let mut press = Press::new();
    press.add(|next| next.revoked = vec![revocation(DESK[0], &[])]);
    Contact::of_own(&press.own.encode().unwrap()).unwrap()
}

#[test]
fn a_contact_reads_back_and_holds() {
    let contact = contact();
    let text = contact.to_string();
    assert_eq!(text.parse::<Contact>().unwrap(), contact);
    assert_eq!(
        text.replace('\n', "\r\n").parse::<Contact>().unwrap(),
        contact
    );
    assert_eq!(
        format!("\u{feff}{text}\n\n").parse::<Contact>().unwrap(),
        contact
    );
    let chain = contact.verify().unwrap().unwrap();
    assert_eq!(chain.publisher(), contact.id);
    let short = Contact {
        own: Vec::new(),
        root: None,
        ..contact
    };
    assert_eq!(short.to_string().parse::<Contact>().unwrap(), short);
    assert!(short.verify().unwrap().is_none());
}

#[test]
fn a_contact_whose_parts_do_not_belong_together_is_refused() {
    let good = contact();
    let mut wrong_code = good.clone();
    wrong_code.code = Code::of(&PublisherId([1; 32])).unwrap();
    assert_eq!(wrong_code.verify().unwrap_err(), ContactMismatch::Code);
    let mut renamed = good.clone();
    renamed.names = named("Somebody Famous");
    assert!(matches!(renamed.verify(), Err(ContactMismatch::Own(_))));
    let mut ahead = good.clone();
    ahead.root.as_mut().unwrap().version = 3;
    assert!(matches!(ahead.verify(), Err(ContactMismatch::Own(_))));
    let mut other = good.clone();
    other.own = Press::named("Other").own.encode().unwrap();
    assert!(matches!(other.verify(), Err(ContactMismatch::Own(_))));
    let mut broken = good;
    broken.own[100] ^= 1;
    assert!(matches!(broken.verify(), Err(ContactMismatch::Chain(_))));
}

#[test]
fn a_contact_with_wrong_lines_says_which() {
    let text = contact().to_string();
    let lines: Vec<_> = text.lines().collect();
    let without = |kind: &str| {
        let kept: Vec<_> = lines
            .iter()
            .filter(|line| !line.starts_with(kind))
            .copied()
            .collect();
        kept.join("\n").parse::<Contact>().unwrap_err()
    };
    assert_eq!(without("varaq"), ContactError::Header);
    assert_eq!(without("code"), ContactError::Missing("code"));
    assert_eq!(without("id"), ContactError::Missing("id"));
    assert_eq!(without("name"), ContactError::Missing("name"));
    for (extra, line) in [
        ("code 1", 7),
        ("color red", 7),
        ("id 12", 7),
        ("root 0 1", 7),
        ("name en", 7),
        (lines[1], 7),
        ("own *", 7),
        ("x", 7),
    ] {
        match format!("{text}{extra}\n").parse::<Contact>().unwrap_err() {
            ContactError::Line { line: found, .. } | ContactError::Code { line: found, .. } => {
                assert_eq!(found, line, "{extra}");
            }
            other => panic!("{extra}: {other}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_any_text_never_panics(text in "(varaq contact 1\n|varaq pins 1\n)?(\\PC|\n){0,200}") {
        let _ = text.parse::<Contact>();
        let _ = Pins::decode(&text);
    }
}
