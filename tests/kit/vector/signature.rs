//! SIGNATURES: slots, thresholds, namespaces, strictness.

use super::file::varaq_article_bytes;
use super::{Known, Vector, sound};
use crate::parts::with_head;
use crate::{Mint, Parts, Plan, key, public, sign};
use ed25519_dalek::Signer;
use std::io::Cursor;
use varaq_bundle::{Bundle, ED25519, Limits, SlotSignature, encode_signatures};
use varaq_trust::{KeySet, Namespace, PublicKey};

pub(super) fn all() -> Vec<Vector> {
    let (mint, whole, texts) = sound();
    let parts = Parts::of(&whole);
    // Each vector is the sound issue with other signatures over its manifest.
    let signed = |make: &dyn Fn(&[u8]) -> Vec<u8>| {
        with_head(&parts.put(&mint, &[0, 1, 2]), |head| {
            head.signatures = make(&head.manifest)
        })
    };
    let slot = |slot: u8, signature: Vec<u8>| SlotSignature {
        slot,
        alg: ED25519,
        signature,
    };
    let good = |number: u8, manifest: &[u8]| {
        slot(number, sign(11 + number, Namespace::Manifest, manifest))
    };
    let bad = |name: &str, make: &dyn Fn(&[u8]) -> Vec<u8>, purpose: &str| {
        Vector::closed(name, "3", "BAD_SIGNATURE", 20, signed(make), purpose)
    };
    vec![
        Vector::closed(
            "unsigned_draft",
            "7",
            "UNSIGNED_DRAFT",
            20,
            parts.put(&mint, &[]),
            "Nobody has signed.",
        ),
        Vector::closed(
            "one_of_two",
            "4.5",
            "BELOW_THRESHOLD",
            20,
            parts.put(&mint, &[1]),
            "One signature, and two are needed.",
        ),
        Vector::open(
            "slots_two_and_three",
            "4.5",
            parts.put(&mint, &[1, 2]),
            &texts,
            "Any two of the three slots are enough.",
        ),
        Vector::open(
            "three_of_two",
            "4.5",
            parts.put(&mint, &[0, 1, 2]),
            &texts,
            "One signature more than needed.",
        ),
        bad(
            "same_slot_twice",
            &|m| encode_signatures(&[good(0, m), good(0, m)]),
            "Slot 0 signs twice.",
        ),
        bad(
            "slots_out_of_order",
            &|m| encode_signatures(&[good(1, m), good(0, m)]),
            "Slot 1 stands before slot 0.",
        ),
        bad(
            "slot_beyond_keys",
            &|m| {
                encode_signatures(&[
                    good(0, m),
                    good(1, m),
                    slot(3, sign(14, Namespace::Manifest, m)),
                ])
            },
            "A fourth slot, and three keys.",
        ),
        bad(
            "signature_of_other_key",
            &|m| encode_signatures(&[good(0, m), slot(1, sign(11, Namespace::Manifest, m))]),
            "Slot 1 carries slot 0's signature.",
        ),
        bad(
            "signature_flipped",
            &|m| {
                let mut one = good(1, m);
                one.signature[5] ^= 4;
                encode_signatures(&[good(0, m), one])
            },
            "One bit of a signature.",
        ),
        bad(
            "third_signature_wrong",
            &|m| {
                let mut one = good(2, m);
                one.signature[5] ^= 4;
                encode_signatures(&[good(0, m), good(1, m), one])
            },
            "Two good signatures do not excuse a third that is wrong.",
        ),
        bad(
            "signature_of_other_issue",
            &|m| {
                encode_signatures(&[
                    good(0, m),
                    slot(1, sign(12, Namespace::Manifest, &other_manifest(&mint))),
                ])
            },
            "A signature made for another issue.",
        ),
        bad(
            "signature_in_root_namespace",
            &|m| encode_signatures(&[good(0, m), slot(1, sign(12, Namespace::Root, m))]),
            "A signature made for a root statement.",
        ),
        bad(
            "signature_in_file_namespace",
            &|m| encode_signatures(&[good(0, m), slot(1, sign(12, Namespace::File, m))]),
            "A signature made for a whole file.",
        ),
        bad(
            "signature_without_preimage",
            &|m| encode_signatures(&[good(0, m), slot(1, key(12).sign(m).to_bytes().to_vec())]),
            "A signature over the manifest's bytes themselves.",
        ),
        bad(
            "signature_s_not_reduced",
            &|m| {
                let mut one = good(1, m);
                add_order(&mut one.signature);
                encode_signatures(&[good(0, m), one])
            },
            "S is the same number plus the order of the group.",
        ),
        bad(
            "signature_short",
            &|m| {
                let mut one = good(1, m);
                one.signature.pop();
                encode_signatures(&[good(0, m), one])
            },
            "A signature of 63 bytes.",
        ),
        bad(
            "signatures_empty_array",
            &|_| vec![0x80],
            "An empty array is not the absence of signatures: too few have signed.",
        )
        .with("BELOW_THRESHOLD"),
        bad(
            "signatures_trailing_byte",
            &|m| [encode_signatures(&[good(0, m), good(1, m)]), vec![0]].concat(),
            "A byte follows the array.",
        ),
        bad(
            "signatures_not_shortest",
            &|m| {
                let mut bytes = encode_signatures(&[good(0, m), good(1, m)]);
                bytes.splice(0..1, [0x98, 0x02]);
                bytes
            },
            "The length of the array is written with one byte too many.",
        ),
        unknown_alg(&whole, &texts, false),
        unknown_alg(&whole, &texts, true),
        Vector::open(
            "sixteen_of_sixteen",
            "3",
            many(),
            &[varaq_article_bytes("Words.")],
            "Sixteen keys, and all must sign.",
        )
        .known(Known::Nobody)
        .verdict("UNKNOWN_PUBLISHER"),
        Vector::closed(
            "fifteen_of_sixteen",
            "4.5",
            "BELOW_THRESHOLD",
            20,
            many_but_one(),
            "Sixteen keys must sign, and one has not.",
        ),
    ]
}

impl Vector {
    fn with(self, verdict: &'static str) -> Vector {
        Vector { verdict, ..self }
    }
}

fn other_manifest(mint: &Mint) -> Vec<u8> {
    let other = mint
        .issue(43)
        .article("Another", "Other words.")
        .signed(&[0, 1]);
    Bundle::open(Cursor::new(other), &Limits::default())
        .unwrap()
        .head()
        .manifest
        .clone()
}

/// A third slot, or the second signer, uses an algorithm that this version does not know.
fn unknown_alg(whole: &[u8], texts: &[Vec<u8>], instead: bool) -> Vector {
    let mint = with_unknown_key();
    let mut parts = Parts::of(whole);
    parts.own = mint.own.encode().unwrap();
    parts.manifest.publisher = mint.id().into();
    parts.manifest.root = mint.root();
    parts.slack = 512;
    let strange = SlotSignature {
        slot: 2,
        alg: 7,
        signature: vec![1, 2, 3],
    };
    let bytes = with_head(&parts.put(&mint, &[0, 1]), |head| {
        let known = |slot: u8| SlotSignature {
            slot,
            alg: ED25519,
            signature: sign(11 + slot, Namespace::Manifest, &head.manifest),
        };
        let mut slots: Vec<_> = if instead {
            vec![known(0)]
        } else {
            vec![known(0), known(1)]
        };
        slots.push(strange);
        head.signatures = encode_signatures(&slots);
    });
    if instead {
        Vector::closed(
            "unknown_alg_does_not_count",
            "3",
            "BELOW_THRESHOLD",
            20,
            bytes,
            "One known signature and one by an unknown algorithm, and two are needed.",
        )
    } else {
        Vector::open(
            "unknown_alg_is_skipped",
            "3",
            bytes,
            texts,
            "Two known signatures, and a third by an unknown algorithm.",
        )
        .known(Known::Nobody)
        .verdict("UNKNOWN_PUBLISHER")
    }
}

/// The publisher whose third signing key is of an algorithm to come.
fn with_unknown_key() -> Mint {
    let mut first = Mint::default().last;
    let keys = vec![public(11), public(12), PublicKey::new(7, &[9; 40]).unwrap()];
    first.delegations[0].keys = KeySet::new(2, keys).unwrap();
    Mint::with_first(Plan::default(), first)
}

fn sixteen() -> Mint {
    Mint::of(Plan {
        desk: (16, (20..36).collect()),
        ..Plan::default()
    })
}

fn many() -> Vec<u8> {
    let slots: Vec<u8> = (0..16).collect();
    sixteen()
        .issue(42)
        .article("One", "Words.")
        .slack(2_048)
        .signed(&slots)
}

fn many_but_one() -> Vec<u8> {
    let slots: Vec<u8> = (0..15).collect();
    sixteen()
        .issue(42)
        .article("One", "Words.")
        .slack(2_048)
        .signed(&slots)
}

/// Adds the group order L to S, little-endian.
fn add_order(signature: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0u16;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        carry += u16::from(*byte) + u16::from(order);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
}
