//! Whatever is done to signed bytes, no content comes of it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod mint;
mod support;

use mint::{DESK, Press, bundle, opening, revocation, whole};
use proptest::prelude::*;
use std::sync::OnceLock;
use varaq_bundle::{Hash, Head, Prefix};
use varaq_trust::{Consent, Pins, Verdict};

/// A bundle with a longer chain and a suspension, its pins, and where its sections end.
struct Sample {
    file: Vec<u8>,
    pins: Pins,
    signed_end: usize,
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let mut press = Press::new();
        press.suspend(DESK[2]);
        press.add(|next| next.revoked = vec![revocation(DESK[2], &[])]);
        let file = bundle(&press, 15, &[(0, DESK[0]), (1, DESK[1])], whole);
        let (prefix, _) = Prefix::decode(&file[..64].try_into().unwrap());
        let sections = prefix.manifest_len + prefix.signatures_len + prefix.own_len;
        Sample {
            pins: press.pinned(true),
            signed_end: 64 + sections as usize,
            file,
        }
    })
}

/// Makes the hint fit again, as whoever alters a head on purpose would.
fn mend_hint(file: &mut [u8]) {
    let (prefix, _) = Prefix::decode(&file[..64].try_into().unwrap());
    let mut at = 64;
    let mut section = |len: u32| {
        let bytes = file.get(at..at + len as usize).map(<[u8]>::to_vec);
        at += len as usize;
        bytes
    };
    let (Some(manifest), Some(signatures), Some(own)) = (
        section(prefix.manifest_len),
        section(prefix.signatures_len),
        section(prefix.own_len),
    ) else {
        return;
    };
    let mut hasher = file[..48].to_vec();
    hasher.extend([manifest, signatures, own].concat());
    file[48..64].copy_from_slice(&Hash::of(&hasher).0[..16]);
}

/// True if the file gives its three pieces to a reader who trusts the publisher.
fn shows(file: &[u8], pins: &Pins) -> bool {
    let opened = opening(file, pins);
    let verdict = opened.verdict();
    match opened.into_content(Consent::DifferentPublisher) {
        Ok(content) => {
            assert!(verdict.is_valid());
            let pieces: Vec<_> = (0..3).filter_map(|n| content.piece(n).ok()).collect();
            let sound: [&[u8]; 3] = [b"front", b"catalog page", b"the text of an article"];
            assert!(pieces.iter().all(|piece| sound.contains(&piece.as_slice())));
            true
        }
        Err(_) => false,
    }
}

#[test]
fn every_flipped_bit_of_manifest_signatures_and_own_closes_the_content() {
    let sample = sample();
    assert!(shows(&sample.file, &sample.pins));
    for mend in [false, true] {
        for at in 64..sample.signed_end {
            let bit = at % 8;
            let mut file = sample.file.clone();
            file[at] ^= 1 << bit;
            if mend {
                mend_hint(&mut file);
            }
            assert!(!shows(&file, &sample.pins), "byte {at}, bit {bit}");
            let verdict = opening(&file, &sample.pins).verdict();
            let expected = if mend {
                // The last: an algorithm that became an unknown one is skipped.
                vec![
                    Verdict::BadSignature,
                    Verdict::ChainIncomplete,
                    Verdict::BelowThreshold,
                ]
            } else {
                vec![Verdict::DamagedHead]
            };
            assert!(expected.contains(&verdict), "{verdict} at {at}");
        }
    }
}

#[test]
fn every_flipped_bit_of_the_file_gives_a_verdict_and_never_other_content() {
    let sample = sample();
    for at in 0..sample.file.len() {
        for bit in 0..8 {
            let in_own = (64..sample.signed_end).contains(&at);
            if in_own && bit != at % 8 {
                continue; // the test above does these
            }
            let mut file = sample.file.clone();
            file[at] ^= 1 << bit;
            shows(&file, &sample.pins);
        }
    }
}

#[test]
fn every_truncation_gives_a_verdict_and_never_other_content() {
    let sample = sample();
    for len in 0..sample.file.len() {
        let shown = shows(&sample.file[..len], &sample.pins);
        assert_eq!(shown, len >= sample.signed_end + 16, "cut at {len}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_splice_of_signed_bytes_yields_content(
        at in any::<prop::sample::Index>(),
        removed in 0usize..40,
        inserted in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let sample = sample();
        let at = 64 + at.index(sample.signed_end - 64);
        let end = (at + removed).min(sample.signed_end);
        let mut file = sample.file.clone();
        let before = file[at..end].to_vec();
        file.splice(at..end, inserted.clone());
        mend_hint(&mut file);
        prop_assume!(before != inserted);
        // A splice may leave the same bytes in the same place only if it changed none.
        prop_assume!(file[..sample.signed_end.min(file.len())] != sample.file[..sample.signed_end]);
        prop_assert!(!shows(&file, &sample.pins));
    }

    #[test]
    fn random_heads_never_panic_and_never_open(
        manifest in proptest::collection::vec(any::<u8>(), 1..200),
        signatures in proptest::collection::vec(any::<u8>(), 0..200),
        own in proptest::collection::vec(any::<u8>(), 1..200),
        notes in proptest::collection::vec(any::<u8>(), 0..50),
    ) {
        let head = Head::new(8_192, manifest, signatures, own, Vec::new(), notes);
        prop_assert!(!shows(&head.to_bytes(), &sample().pins));
    }
}
