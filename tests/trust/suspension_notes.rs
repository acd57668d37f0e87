//! Suspension notes survive being copied out by hand, and a slip is told from a forgery.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod mint;
mod support;

use mint::{Press, ROOT, suspended};
use proptest::prelude::*;
use varaq_trust::{
    Chain, CompactNote, NoteError, NoteRefused, OwnError, RootSignature, SignedSuspension,
    SuspensionNote,
};

fn chain(press: &Press) -> Chain {
    Chain::verify(&press.own).unwrap()
}

/// The note about the signing key with that seed, by these (slot, seed) of root keys.
fn note(press: &Press, seed: u8, signers: &[(u64, u8)]) -> SignedSuspension {
    suspended(&press.suspension(seed).encode(), signers)
}

fn two(press: &Press) -> SignedSuspension {
    note(press, 12, &[(0, ROOT[0]), (2, ROOT[2])])
}

fn text(signed: &SignedSuspension) -> String {
    CompactNote::of(signed).unwrap().to_string()
}

#[test]
fn a_note_read_out_becomes_the_signed_suspension_again() {
    let press = Press::new();
    let signed = two(&press);
    let read: SuspensionNote = text(&signed).parse().unwrap();
    assert!(matches!(read, SuspensionNote::Compact(_)));
    assert_eq!(read.resolve(&chain(&press)), Ok(signed));
}

#[test]
fn a_note_of_one_signature_fits_into_a_short_message() {
    let press = Press::new();
    let text = text(&note(&press, 11, &[(0, ROOT[0])]));
    assert_eq!(text.len(), 152);
    assert!(
        text.bytes()
            .all(|b| b == b' ' || b.is_ascii_uppercase() || b.is_ascii_digit())
    );
    assert!(!text.contains(['I', 'L', 'O', 'U']));
}

#[test]
fn a_file_holds_the_whole_suspension_and_reads_back() {
    let press = Press::new();
    let whole = SuspensionNote::Whole(two(&press));
    let file = whole.to_string();
    for line in [
        "varaq suspension 1\n",
        &format!("id {}\n", press.id()),
        "\ntext ",
    ] {
        assert!(file.contains(line), "{file}");
    }
    assert_eq!(file.parse(), Ok(whole.clone()));
    let carried = format!("\u{feff}{}\r\n\r\n", file.replace('\n', "\r\n"));
    assert_eq!(carried.parse(), Ok(whole.clone()));
    assert_eq!(whole.resolve(&chain(&press)), Ok(two(&press)));
    assert_eq!(whole.compact(), Some(text(&two(&press))));
}

#[test]
fn lower_case_spaces_and_look_alikes_are_forgiven() {
    let press = Press::new();
    let text = text(&two(&press));
    let read: CompactNote = text.parse().unwrap();
    let typed = [
        text.to_lowercase(),
        text.replace(' ', ""),
        text.replace(' ', " - \u{200f}\n"),
        text.replace('0', "O").replace('1', "l"),
        text.replace('0', "o").replace('1', "I"),
        text.replace('4', "۴").replace('7', "٧"),
    ];
    for typed in typed {
        assert_eq!(typed.parse(), Ok(read.clone()), "{typed}");
    }
}

#[test]
fn every_slip_is_told_with_its_group() {
    let press = Press::new();
    let letters: Vec<char> = text(&two(&press)).chars().filter(|c| *c != ' ').collect();
    for at in 0..letters.len() {
        let group = at / 8 + 1;
        let mut slipped = letters.clone();
        slipped[at] = if letters[at] == '7' { '8' } else { '7' };
        let typed: String = slipped.iter().collect();
        assert_eq!(typed.parse::<CompactNote>(), Err(NoteError::Typo { group }));
        // Two neighbours in the wrong order; across groups either may be named.
        let mut swapped = letters.clone();
        if at + 1 < letters.len() && letters[at] != letters[at + 1] {
            swapped.swap(at, at + 1);
            let typed: String = swapped.iter().collect();
            let error = typed.parse::<CompactNote>().unwrap_err();
            assert_eq!(error, NoteError::Typo { group });
        }
        let mut missing = letters.clone();
        missing.remove(at);
        let typed: String = missing.iter().collect();
        assert!(typed.parse::<CompactNote>().is_err(), "{at}");
    }
    for at in 1..letters.len() / 8 {
        let mut exchanged = letters.clone();
        for more in 0..8 {
            exchanged.swap(at * 8 - 8 + more, at * 8 + more);
        }
        let typed: String = exchanged.iter().collect();
        assert!(typed.parse::<CompactNote>().is_err(), "groups {at}");
    }
}

#[test]
fn what_is_missing_or_too_much_is_counted() {
    let press = Press::new();
    let text = text(&note(&press, 11, &[(0, ROOT[0])]));
    let (expected, groups) = (136, text.split(' ').collect::<Vec<_>>());
    let parse = |text: &str| text.parse::<CompactNote>();
    assert_eq!(parse(""), Err(NoteError::Length { expected, found: 0 }));
    assert_eq!(
        parse(&groups[..9].join("")),
        Err(NoteError::Length {
            expected,
            found: 72
        })
    );
    let typed = format!("{text} {}", groups[0]);
    assert_eq!(parse(&typed), Err(NoteError::Typo { group: 18 }));
    assert_eq!(parse("hello!"), Err(NoteError::Foreign('!')));
    assert_eq!(parse("ü"), Err(NoteError::Foreign('ü')));
}

#[test]
fn a_forged_note_is_not_called_a_slip() {
    let press = Press::new();
    let mut forged = two(&press);
    forged.signatures[1].signature[9] ^= 1;
    let read: CompactNote = text(&forged).parse().unwrap();
    assert!(matches!(
        read.resolve(&chain(&press)),
        Err(NoteRefused::Forged(_))
    ));
    // Too few root keys.
    let short: CompactNote = text(&note(&press, 12, &[(0, ROOT[0])])).parse().unwrap();
    assert!(matches!(
        short.resolve(&chain(&press)),
        Err(NoteRefused::Forged(_))
    ));
    let whole = SuspensionNote::Whole(forged);
    assert!(matches!(
        whole.resolve(&chain(&press)),
        Err(NoteRefused::Forged(_))
    ));
}

#[test]
fn a_note_says_nothing_in_a_chain_it_is_not_about() {
    let press = Press::new();
    let mut newer = press.clone();
    newer.add(|_| {});
    let (old, new) = (two(&press), two(&newer));
    let other = Press::named("Somebody Else");
    for (signed, chain, refused) in [
        (&old, chain(&other), NoteRefused::OtherPublisher),
        (
            &new,
            chain(&press),
            NoteRefused::NoSuchStatement { version: 2 },
        ),
    ] {
        let read: CompactNote = text(signed).parse().unwrap();
        assert_eq!(read.resolve(&chain), Err(refused.clone()));
        assert_eq!(
            SuspensionNote::Whole(signed.clone()).resolve(&chain),
            Err(refused)
        );
    }
    // An older note still speaks in a longer chain.
    let read: CompactNote = text(&old).parse().unwrap();
    assert_eq!(read.resolve(&chain(&newer)), Ok(old));
    let stranger: CompactNote = text(&note(&press, 99, &[(0, 1), (1, 2)])).parse().unwrap();
    assert_eq!(
        stranger.resolve(&chain(&press)),
        Err(NoteRefused::NoSuchKey)
    );
}

#[test]
fn a_file_whose_lines_do_not_belong_together_is_refused() {
    let press = Press::new();
    let file = SuspensionNote::Whole(two(&press)).to_string();
    let other = SuspensionNote::Whole(note(&press, 13, &[(0, 1), (1, 2)])).to_string();
    for (at, kind) in [(2, "key"), (3, "text")] {
        let (mine, theirs) = (
            file.lines().nth(at).unwrap(),
            other.lines().nth(at).unwrap(),
        );
        let mixed = file.replace(mine, theirs);
        assert_eq!(
            mixed.parse::<SuspensionNote>(),
            Err(NoteError::Mismatch(kind))
        );
    }
    for (at, line) in file.lines().enumerate().skip(1) {
        let twice = format!("{file}{line}\n");
        assert!(twice.parse::<SuspensionNote>().is_err(), "{line}");
        let without = file.replace(&format!("{line}\n"), "");
        assert_eq!(without.parse::<SuspensionNote>().is_ok(), at == 3, "{line}");
    }
    assert!(
        format!("{file}remark x\n")
            .parse::<SuspensionNote>()
            .is_err()
    );
    assert!(
        "varaq suspension 1\nsuspension AAAA\n"
            .parse::<SuspensionNote>()
            .is_err()
    );
    let long = "A".repeat(300_000);
    assert!(matches!(
        long.parse::<SuspensionNote>(),
        Err(NoteError::TooLong(_))
    ));
}

#[test]
fn a_note_that_cannot_be_read_out_has_no_letters() {
    let press = Press::new();
    let mut signed = two(&press);
    signed.signatures.push(RootSignature {
        slot: 3,
        alg: 9,
        signature: vec![1; 3_000],
    });
    assert_eq!(CompactNote::of(&signed), None);
    assert_eq!(
        SuspensionNote::Whole(signed.clone()).to_string().parse(),
        Ok(SuspensionNote::Whole(signed))
    );
    assert_eq!(CompactNote::of(&note(&press, 12, &[])), None);
}

proptest! {
    #[test]
    fn letters_read_back_whatever_they_carry(
        slots in proptest::collection::btree_set(0_u64..16, 1..=16),
        version in 1_u16..=256,
        seed in 1_u8..=255,
        fill in any::<[u8; 64]>(),
    ) {
        let press = Press::new();
        let mut body = press.suspension(seed);
        body.version = version;
        let signatures = slots.iter().map(|&slot| {
            let mut signature = fill.to_vec();
            signature[0] = slot as u8;
            RootSignature { slot, alg: 1, signature }
        });
        let signed = SignedSuspension { bytes: body.encode(), signatures: signatures.collect() };
        let compact = CompactNote::of(&signed).unwrap();
        prop_assert_eq!(compact.to_string().parse::<CompactNote>(), Ok(compact));
        let whole = SuspensionNote::Whole(signed);
        prop_assert_eq!(whole.to_string().parse::<SuspensionNote>(), Ok(whole));
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused_quietly(text in "\\PC{0,200}") {
        prop_assert!(text.parse::<SuspensionNote>().is_err());
    }

    #[test]
    fn letters_with_right_checks_and_wrong_content_are_refused(values in proptest::collection::vec(0_usize..32, 100..300)) {
        let letters: Vec<char> = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().collect();
        let text: String = values.iter().map(|&at| letters[at]).collect();
        let refused = matches!(
            text.parse::<CompactNote>(),
            Err(NoteError::Typo { .. } | NoteError::Check | NoteError::Form | NoteError::Length { .. } | NoteError::Suspension(OwnError::Order))
        );
        prop_assert!(refused);
    }
}
