//! What texts stand for, and the pin that comes of a contact.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use varaq_bundle::Day;
use varaq_kit::{Mint, Plan};
use varaq_trust::{Contact, Handed, HandedError, Introduced, Pins, SuspensionNote};

fn mint() -> Mint {
    Mint::of(Plan {
        names: vec![("ckb", "کەنار"), ("en", "Coast Paper")],
        ..Plan::default()
    })
}

fn contact() -> Contact {
    Contact::of_own(&mint().own.encode().unwrap()).unwrap()
}

fn who() -> Introduced {
    Introduced::of_contact(&contact()).unwrap().0
}

#[test]
fn texts_are_told_apart_by_what_they_say() {
    let note = SuspensionNote::Whole(mint().suspension_of(mint().plan.desk.1[0]));
    let (file, code) = (contact().to_string(), contact().code.to_string());
    assert!(matches!(file.parse(), Ok(Handed::Contact(_))));
    assert!(matches!(code.parse(), Ok(Handed::Code(_))));
    for text in [note.to_string(), note.compact().unwrap()] {
        assert!(matches!(text.parse(), Ok(Handed::Note(_))), "{text}");
    }
    for text in ["", "Dear friend, good news.", "https://example.org/"] {
        assert_eq!(text.parse::<Handed>(), Err(HandedError::Strange), "{text}");
    }
    let cut = file.get(..60).unwrap();
    let damaged = cut.parse::<Handed>();
    assert!(matches!(damaged, Err(HandedError::Contact(_))));
}

#[test]
fn of_a_contact_and_its_own_code_it_is_the_contact() {
    let (file, code) = (contact().to_string(), contact().code.to_string());
    let all = Handed::all(&[code.clone(), file.clone(), file.clone()]);
    assert!(matches!(all.as_slice(), [Handed::Contact(_)]), "{all:?}");
    let other = Mint::other("Harbour Weekly", 60);
    let other = Contact::of_own(&other.own.encode().unwrap()).unwrap();
    let all = Handed::all(&[other.code.to_string(), file]);
    assert_eq!(all.len(), 2);
    assert_eq!(
        Handed::fault(&["12".into(), code]),
        Handed::fault(&["12".into()])
    );
}

#[test]
fn a_contact_is_pinned_by_its_english_name_and_not_checked() {
    let mut pins = Pins::new();
    let pin = pins.introduce(&who(), false, Some(Day(20_000)));
    assert_eq!((pin.name.as_str(), pin.checked), ("Coast Paper", false));
    assert_eq!(pin.other_names, ["کەنار"]);
    assert_eq!(pins.find(&who().id), Some(&pin));
}

#[test]
fn a_code_that_was_awaited_checks_the_contact() {
    let mut pins = Pins::new();
    pins.await_code(who().code);
    assert!(pins.introduce(&who(), false, None).checked);
    assert_eq!(pins.awaited().count(), 0);
}

#[test]
fn a_contact_takes_away_neither_check_nor_name() {
    let mut pins = Pins::new();
    let mut pin = pins.introduce(&who(), true, None);
    pin.rename("The paper my aunt reads".into());
    pins.add(pin);
    let bare = contact().short();
    let bare = Introduced::of_contact(&bare).unwrap().0;
    for again in [who(), bare] {
        let pin = pins.introduce(&again, false, None);
        assert!(pin.checked);
        assert_eq!(pin.name, "The paper my aunt reads");
        assert!(
            pin.other_names.contains(&"Coast Paper".to_owned()),
            "{pin:?}"
        );
    }
}

#[test]
fn a_contact_that_comes_again_moves_no_day_and_takes_no_name_off_the_guard() {
    let mut pins = Pins::new();
    let mut pin = pins.introduce(&who(), false, Some(Day(20_000)));
    pin.other_names.push("Shore Paper".into());
    pins.add(pin);
    let pin = pins.introduce(&who(), false, Some(Day(20_400)));
    assert_eq!(pin.day, Some(Day(20_000)));
    assert_eq!(pin.other_names, ["کەنار", "Shore Paper"]);
    assert_eq!(pins.introduce(&who(), false, None).day, Some(Day(20_000)));
}
