//! PREFIX, RUNS and NOTES.

use super::{Vector, sound};
use crate::parts::{body_at, with_head};
use crate::{Flaws, Mint, Parts};
use varaq_bundle::Run;

pub(super) fn all() -> Vec<Vector> {
    let (mint, whole, texts) = sound();
    let at = |offset: usize, bytes: &[u8]| {
        let mut changed = whole.clone();
        changed[offset..offset + bytes.len()].copy_from_slice(bytes);
        changed
    };
    let damaged = |name: &str, bytes: Vec<u8>, purpose: &str| {
        Vector::closed(name, "1.1", "DAMAGED_HEAD", 23, bytes, purpose)
    };
    let number = |offset: usize| u32::from_be_bytes(whole[offset..offset + 4].try_into().unwrap());
    let body = body_at(&whole);
    vec![
        damaged("major_zero", at(8, &[0, 0]), "major is 0."),
        Vector::closed(
            "major_two_unproven",
            "7",
            "NEWER_FORMAT(unproven)",
            10,
            at(8, &[0, 2]),
            "major is 2, but the signed format is 1: anybody can write that.",
        ),
        Vector::closed(
            "major_two_signed",
            "7",
            "NEWER_FORMAT(signed)",
            10,
            newer(&mint, &whole),
            "major and the signed format are 2.",
        ),
        damaged(
            "zero_after_major",
            at(10, &[0, 1]),
            "A zero field is not zero.",
        ),
        damaged(
            "zero_before_hint",
            at(44, &[0, 0, 0, 1]),
            "A zero field is not zero.",
        ),
        damaged(
            "body_inside_head",
            at(12, &100u64.to_be_bytes()),
            "body_at lies inside MANIFEST.",
        ),
        damaged(
            "body_beyond_limit",
            at(12, &1_048_577u64.to_be_bytes()),
            "body_at is one above its limit.",
        ),
        damaged(
            "body_enormous",
            at(12, &u64::MAX.to_be_bytes()),
            "body_at is 2⁶⁴-1.",
        ),
        damaged("manifest_len_zero", at(20, &[0; 4]), "MANIFEST is empty."),
        damaged(
            "manifest_len_beyond_limit",
            at(20, &4_097u32.to_be_bytes()),
            "manifest_len is one above its limit.",
        ),
        damaged(
            "manifest_len_short",
            at(20, &(number(20) - 1).to_be_bytes()),
            "manifest_len is one too small, and the hint is the old one.",
        ),
        damaged(
            "signatures_len_beyond_limit",
            at(24, &65_537u32.to_be_bytes()),
            "signatures_len is one above its limit.",
        ),
        damaged("own_len_zero", at(28, &[0; 4]), "OWN is empty."),
        damaged(
            "own_len_beyond_limit",
            at(28, &196_609u32.to_be_bytes()),
            "own_len is one above its limit.",
        ),
        damaged(
            "runs_len_odd",
            at(32, &15u32.to_be_bytes()),
            "runs_len is no multiple of 16.",
        ),
        damaged(
            "runs_len_enormous",
            at(32, &u32::MAX.to_be_bytes()),
            "runs_len is 2³²-1.",
        ),
        damaged(
            "notes_len_enormous",
            at(36, &u32::MAX.to_be_bytes()),
            "notes_len is 2³²-1.",
        ),
        Vector::open(
            "hint_wrong",
            "1.1",
            at(48, &[whole[48] ^ 1]),
            &texts,
            "The hint is wrong, everything else is right.",
        )
        .found(22, &["COMPLETE", "DAMAGED(hint)"], 3, Some(3)),
        Vector::open(
            "body_moved",
            "1",
            at(12, &(body as u64 - 1).to_be_bytes()),
            &[],
            "body_at is one too small: INDEX is not where it is said to be.",
        )
        .found(
            23,
            &[
                "DAMAGED(hint, index)",
                &format!("EXTRA_BYTES({})", extra_when_moved(&whole)),
            ],
            0,
            None,
        ),
        Vector::open(
            "notes_malformed",
            "4.6",
            with_head(&whole, |head| head.notes = vec![0x82, 0x01]),
            &texts,
            "NOTES is no well-formed array.",
        )
        .found(23, &["COMPLETE", "DAMAGED(notes)"], 3, Some(3)),
        Vector::open(
            "notes_with_unknown_entry",
            "4.6",
            with_head(&whole, |head| head.notes = vec![0x81, 0x81, 0x09]),
            &texts,
            "An entry of NOTES is of no known kind: it is passed over.",
        ),
        runs("runs_past_end", &mint, &whole, &|at, _| {
            vec![
                Run {
                    first: 0,
                    count: 4,
                    offset: at,
                },
                Run {
                    first: 0,
                    count: 4,
                    offset: 1 << 40,
                },
            ]
        })
        .open(&texts, "A second run lies beyond the end of the file.")
        .found(0, &["COMPLETE"], 3, Some(3)),
        runs("run_too_long", &mint, &whole, &|at, _| {
            vec![
                Run {
                    first: 0,
                    count: 4,
                    offset: at,
                },
                Run {
                    first: 1,
                    count: 4,
                    offset: at,
                },
            ]
        })
        .open(
            &texts,
            "A run covers more pieces than there are: it is ignored.",
        )
        .found(22, &["COMPLETE", "DAMAGED(runs)"], 3, Some(3)),
        runs("run_of_nothing", &mint, &whole, &|at, _| {
            vec![
                Run {
                    first: 0,
                    count: 0,
                    offset: at,
                },
                Run {
                    first: 0,
                    count: 4,
                    offset: at,
                },
            ]
        })
        .open(&texts, "A run covers no piece: it is ignored.")
        .found(22, &["COMPLETE", "DAMAGED(runs)"], 3, Some(3)),
    ]
}

/// Bytes of the body that belong to nothing once INDEX is looked for one byte early: see section 1.6.
fn extra_when_moved(_whole: &[u8]) -> usize {
    0
}

fn newer(mint: &Mint, whole: &[u8]) -> Vec<u8> {
    // Key 0 of MANIFEST is its second byte but one: a map of 15, key 0, format.
    let mut bytes = Parts::of(whole).put_with(
        mint,
        &[0, 1],
        &Flaws {
            manifest: Some(&|manifest| manifest[2] = 2),
            ..Default::default()
        },
    );
    bytes[9] = 2;
    bytes
}

/// A bundle with other runs, before it is said what to expect.
struct WithRuns(&'static str, Vec<u8>);

fn runs(
    name: &'static str,
    mint: &Mint,
    whole: &[u8],
    make: &dyn Fn(u64, u64) -> Vec<Run>,
) -> WithRuns {
    let flaws = Flaws {
        runs: Some(make),
        ..Default::default()
    };
    WithRuns(name, Parts::of(whole).put_with(mint, &[0, 1], &flaws))
}

impl WithRuns {
    fn open(self, texts: &[Vec<u8>], purpose: &str) -> Vector {
        Vector::open(self.0, "1.3", self.1, texts, purpose)
    }
}
