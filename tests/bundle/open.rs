//! Opening costs the same for any size, and any bytes are opened without a panic.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod common;

use common::*;
use proptest::prelude::*;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use varaq_bundle::*;

fn flaw(bytes: Vec<u8>) -> HeadError {
    Bundle::open(Cursor::new(bytes), &Limits::default())
        .err()
        .unwrap()
}

#[test]
fn an_issue_of_100_000_articles_opens_reading_less_than_a_megabyte() {
    let options = PackOptions {
        level: 1,
        ..PackOptions::default()
    };
    let articles = (1..=100_000).map(|number| article(number, 60)).collect();
    let (bytes, packed) = pack_with(options, articles);
    assert_eq!(packed.manifest.counts.catalog, 391);
    let read = Arc::new(AtomicU64::new(0));
    let source = Counting {
        inner: Cursor::new(bytes),
        read: Arc::clone(&read),
    };
    let bundle = Bundle::open(source, &Limits::default()).unwrap();
    let head = read.load(Ordering::Relaxed);
    assert!(head < 1_000, "{head} bytes read for the head");
    #[expect(
        clippy::disallowed_methods,
        reason = "the tests of the container know no signatures"
    )]
    let content = bundle.into_content().unwrap();
    assert_eq!(read.load(Ordering::Relaxed), head);
    let front = content.front().unwrap();
    assert_eq!((front.article_count, front.first.len()), (100_000, 200));
    let first = content.article_bytes(&front.first[0]).unwrap();
    assert_eq!(first, words(1, 60));
    let opened = read.load(Ordering::Relaxed);
    assert!(
        opened < 1 << 20,
        "{opened} bytes read for the first article"
    );
    // The last article costs its catalog page, its page of TABLE and its piece.
    let last = content.entry(100_000).unwrap().unwrap();
    assert_eq!(content.article_bytes(&last).unwrap(), words(100_000, 60));
    let both = read.load(Ordering::Relaxed);
    assert!(
        both - opened < 1 << 20,
        "{} bytes read for the last article",
        both - opened
    );
}

#[test]
fn a_file_that_is_no_bundle_is_told_from_a_damaged_one() {
    let (bytes, _) = sample();
    assert!(matches!(flaw(Vec::new()), HeadError::NotABundle));
    assert!(matches!(flaw(bytes[..7].to_vec()), HeadError::NotABundle));
    assert!(matches!(flaw(vec![0; 100]), HeadError::NotABundle));
    assert!(matches!(
        flaw(bytes[..8].to_vec()),
        HeadError::Damaged(HeadFlaw::Truncated)
    ));
    assert!(matches!(
        flaw(bytes[..63].to_vec()),
        HeadError::Damaged(HeadFlaw::Truncated)
    ));
    // A text transfer that changed the line ends.
    let spoilt = [&bytes[..4], b"\n\x1a\n", &bytes[8..]].concat();
    assert!(matches!(flaw(spoilt), HeadError::NotABundle));
}

#[test]
fn lengths_outside_their_range_are_a_damaged_head() {
    let (bytes, packed) = sample();
    let with = |at: usize, value: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at..at + value.len()].copy_from_slice(value);
        flaw(bytes)
    };
    let damaged = |error: HeadError| match error {
        HeadError::Damaged(flaw) => flaw,
        error => panic!("{error}"),
    };
    assert_eq!(damaged(with(8, &[0, 0])), HeadFlaw::Length("major"));
    assert_eq!(damaged(with(11, &[1])), HeadFlaw::NotZero);
    assert_eq!(damaged(with(47, &[1])), HeadFlaw::NotZero);
    for (at, name, most) in [
        (20, "manifest_len", 4_096u32),
        (24, "signatures_len", 65_536),
        (28, "own_len", 196_608),
        (32, "runs_len", 262_144),
        (36, "notes_len", 262_144),
    ] {
        assert_eq!(
            damaged(with(at, &(most + 16).to_be_bytes())),
            HeadFlaw::Length(name)
        );
        assert_eq!(
            damaged(with(at, &u32::MAX.to_be_bytes())),
            HeadFlaw::Length(name)
        );
    }
    assert_eq!(damaged(with(20, &[0; 4])), HeadFlaw::Length("manifest_len"));
    assert_eq!(damaged(with(28, &[0; 4])), HeadFlaw::Length("own_len"));
    assert_eq!(
        damaged(with(32, &17u32.to_be_bytes())),
        HeadFlaw::Length("runs_len")
    );
    let end = packed.head.prefix.sections_end();
    assert_eq!(
        damaged(with(12, &(end - 1).to_be_bytes())),
        HeadFlaw::Length("body_at")
    );
    assert_eq!(
        damaged(with(12, &(1_048_577u64).to_be_bytes())),
        HeadFlaw::Length("body_at")
    );
    assert_eq!(
        damaged(with(12, &u64::MAX.to_be_bytes())),
        HeadFlaw::Length("body_at")
    );
}

#[test]
fn a_newer_format_gives_its_head_and_its_first_keys() {
    let (mut bytes, packed) = sample();
    bytes[9] = 2;
    let HeadError::NewerFormat {
        major: 2,
        head: Some(head),
    } = flaw(bytes.clone())
    else {
        panic!()
    };
    assert_eq!(head.manifest, packed.head.manifest);
    let first = FirstKeys::decode(&head.manifest).unwrap();
    assert_eq!((first.publisher, first.number), (Hash([7; 32]), 12));
    bytes.truncate(100);
    assert!(matches!(
        flaw(bytes),
        HeadError::NewerFormat {
            major: 2,
            head: None
        }
    ));
}

#[test]
fn a_manifest_outside_the_rules_is_refused() {
    let (_, packed) = sample();
    let good = packed.manifest;
    assert_eq!(Manifest::decode(&good.encode()).unwrap(), good);
    for wrong in [
        Manifest {
            format: 2,
            ..good.clone()
        },
        Manifest {
            channel: "a b".into(),
            ..good.clone()
        },
        Manifest {
            channel: "x".repeat(33),
            ..good.clone()
        },
        Manifest {
            epoch: 0,
            ..good.clone()
        },
        Manifest {
            number: 0,
            ..good.clone()
        },
        Manifest {
            prev: Some(IssueRef {
                epoch: 0,
                number: 1,
                id: Hash([0; 32]),
            }),
            ..good.clone()
        },
        Manifest {
            day: Day(2_932_897),
            ..good.clone()
        },
        Manifest {
            root: RootRef {
                version: 0,
                ..good.root
            },
            ..good.clone()
        },
        Manifest {
            piece_count: 1,
            ..good.clone()
        },
        Manifest {
            piece_count: 16_777_217,
            ..good.clone()
        },
        Manifest {
            stored_total: 1 << 63,
            ..good.clone()
        },
        Manifest {
            raw_total: 1 << 63,
            ..good.clone()
        },
        Manifest {
            counts: Counts {
                catalog: 0,
                ..good.counts
            },
            ..good.clone()
        },
        Manifest {
            counts: Counts {
                catalog: 16_385,
                ..good.counts
            },
            ..good.clone()
        },
        Manifest {
            counts: Counts {
                notices: 1_025,
                ..good.counts
            },
            ..good.clone()
        },
        Manifest {
            counts: Counts {
                notices: 1,
                ..good.counts
            },
            ..good.clone()
        },
        Manifest {
            prefixes: vec![good.prefixes[1]],
            ..good.clone()
        },
        Manifest {
            prefixes: vec![good.prefixes[0], good.prefixes[0]],
            ..good.clone()
        },
        Manifest {
            prefixes: (0..9).map(|at| good.prefixes[0] + at).collect(),
            ..good.clone()
        },
        Manifest {
            piece_count: good.prefixes[1],
            ..good.clone()
        },
        Manifest {
            extras: vec![0; 1_025],
            ..good.clone()
        },
    ] {
        assert!(Manifest::decode(&wrong.encode()).is_err(), "{wrong:?}");
    }
}

#[test]
fn signatures_have_ascending_slots_and_lengths_of_their_kind() {
    let signature = |slot, alg, len| SlotSignature {
        slot,
        alg,
        signature: vec![1; len],
    };
    let encode = |list: &[SlotSignature]| encode_signatures(list);
    let good = [
        signature(0, 1, 64),
        signature(3, 9, 8_192),
        signature(15, 1, 64),
    ];
    assert_eq!(decode_signatures(&encode(&good)).unwrap(), good);
    assert_eq!(decode_signatures(&[]).unwrap(), []);
    assert_eq!(
        encode(&[good[1].clone(), good[0].clone()]),
        encode(&good[..2])
    );
    for wrong in [
        vec![signature(0, 1, 64), signature(0, 1, 64)],
        vec![signature(0, 1, 63)],
        vec![signature(0, 1, 65)],
        vec![signature(0, 2, 0)],
        vec![signature(0, 2, 8_193)],
        vec![signature(16, 1, 64)],
    ] {
        assert!(decode_signatures(&encode(&wrong)).is_err(), "{wrong:?}");
    }
    // The other order on the wire.
    let mut writer = varaq_cbor::Writer::new();
    writer
        .array(2)
        .array(3)
        .uint(1)
        .uint(1)
        .bytes(&[1; 64])
        .array(3)
        .uint(0)
        .uint(1)
        .bytes(&[1; 64]);
    assert!(decode_signatures(&writer.into_bytes()).is_err());
}

#[test]
fn signatures_and_notes_are_put_in_place() {
    let (bytes, packed) = sample();
    let signatures = encode_signatures(&[SlotSignature {
        slot: 0,
        alg: ED25519,
        signature: vec![3; 64],
    }]);
    let head = packed
        .head
        .amended(Some(signatures.clone()), Some(vec![0x80]))
        .unwrap();
    assert!(head.hint_matches());
    let mut file = Cursor::new(bytes.clone());
    amend(&mut file, &head).unwrap();
    let amended = file.into_inner();
    let body_at = packed.head.prefix.body_at as usize;
    assert_eq!(amended.len(), bytes.len());
    assert_eq!(amended[body_at..], bytes[body_at..]);
    let bundle = Bundle::open(Cursor::new(amended.clone()), &Limits::default()).unwrap();
    assert_eq!(
        (&bundle.head().signatures, &bundle.head().notes[..]),
        (&signatures, &[0x80][..])
    );
    assert!(
        content(amended)
            .check(&mut |_| ControlFlow::Continue(()))
            .unwrap()
            .is_whole()
    );
    // Taking them out again leaves no trace in the slack.
    let mut file = Cursor::new(bytes.clone());
    amend(&mut file, &head).unwrap();
    amend(
        &mut file,
        &head.amended(Some(Vec::new()), Some(Vec::new())).unwrap(),
    )
    .unwrap();
    assert!(file.into_inner() == bytes);
}

#[test]
fn what_does_not_fit_before_the_body_is_refused() {
    let (_, packed) = sample();
    let room = packed.head.prefix.body_at - packed.head.prefix.sections_end();
    assert!((1_000..1_020).contains(&room), "{room}");
    assert!(
        packed
            .head
            .amended(None, Some(vec![0; room as usize]))
            .is_ok()
    );
    let error = packed
        .head
        .amended(None, Some(vec![0; room as usize + 1]))
        .unwrap_err();
    assert!(matches!(error, AmendError::NoRoom { .. }), "{error}");
    let error = packed
        .head
        .amended(Some(vec![0; 65_537]), None)
        .unwrap_err();
    assert!(
        matches!(
            error,
            AmendError::TooLong {
                section: "SIGNATURES"
            }
        ),
        "{error}"
    );
}

#[test]
fn a_sensible_slack_holds_sixteen_signatures() {
    let (_, packed) = pack_with(
        PackOptions {
            slack: Slack::Sensible,
            ..options()
        },
        articles(),
    );
    let all: Vec<_> = (0..16)
        .map(|slot| SlotSignature {
            slot,
            alg: ED25519,
            signature: vec![3; 64],
        })
        .collect();
    assert!(packed.head.prefix.body_at.is_multiple_of(4_096));
    packed
        .head
        .amended(Some(encode_signatures(&all)), Some(vec![0; 6_000]))
        .unwrap();
}

#[test]
fn tables_that_break_a_rule_are_refused_although_their_hash_is_right() {
    let (bytes, packed) = sample();
    let body_at = packed.head.prefix.body_at as usize;
    let first = body_at + 40;
    let text = packed.manifest.prefixes[1] as usize + 1;
    let front = packed.manifest.prefixes[0] as usize;
    // (entry, at, bytes)
    for (entry, at, value) in [
        (0, 42, &[1][..]),
        (0, 43, &[1]),
        (0, 40, &[2]),
        (0, 41, &[1]),
        (0, 41, &[9]),
        (front, 41, &[1]),
        (text, 41, &[3]),
        (text, 40, &[0]),
        (0, 36, &[0, 0, 0, 0]),
        (0, 36, &[0, 0x10, 0, 1]),
        (0, 32, &[0xff]),
    ] {
        let mut bytes = bytes.clone();
        let at = first + entry * 44 + at;
        bytes[at..at + value.len()].copy_from_slice(value);
        // A publisher's faulty program: the lie is hashed and would be signed.
        let table = &bytes[first..first + packed.manifest.piece_count as usize * 44];
        let row = [
            &Hash::derived(Context::Page, table).0[..],
            &packed.manifest.stored_total.to_be_bytes(),
        ]
        .concat();
        bytes[body_at..first].copy_from_slice(&row);
        let manifest = Manifest {
            index: Hash::derived(Context::Index, &row),
            ..packed.manifest.clone()
        };
        let head = &packed.head;
        let head = Head::new(
            head.prefix.body_at,
            manifest.encode(),
            Vec::new(),
            head.own.clone(),
            head.runs.clone(),
            Vec::new(),
        );
        bytes[..body_at].copy_from_slice(&head.to_slack());
        let content = content(bytes);
        let error = content.front().unwrap_err();
        assert!(
            matches!(
                error,
                PieceError::Malformed {
                    part: Part::TablePage(0),
                    ..
                }
            ),
            "{entry} {at}: {error}"
        );
        let report = content.check(&mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(
            report.parts,
            [Damage {
                copy: 0,
                part: Part::TablePage(0)
            }]
        );
    }
}

#[test]
fn spans_that_leave_the_issue_are_refused() {
    let (bytes, packed) = sample();
    let content = content(bytes);
    let entry = content.entry(1).unwrap().unwrap();
    let count = packed.manifest.piece_count;
    for span in [
        Span {
            first: 0,
            offset: 0,
            len: 1,
        },
        Span {
            first: packed.manifest.catalog().start,
            offset: 0,
            len: 1,
        },
        Span {
            first: count,
            offset: 0,
            len: 1,
        },
        Span {
            first: u32::MAX,
            offset: u32::MAX,
            len: 1,
        },
        Span {
            first: count - 1,
            offset: 0,
            len: 2 << 20,
        },
        Span {
            offset: 1 << 20,
            ..entry.span
        },
        Span {
            len: 17 << 20,
            ..entry.span
        },
        Span {
            len: u64::MAX,
            ..entry.span
        },
    ] {
        let lying = Entry {
            span,
            ..entry.clone()
        };
        assert!(
            matches!(
                content.article_bytes(&lying),
                Err(PieceError::Outside { .. })
            ),
            "{span:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_head_makes_the_reader_panic(
        flips in prop::collection::vec((0usize..1_400, any::<u8>()), 1..6),
        cut in prop::option::of(0usize..3_000),
    ) {
        let articles = (1..=6).map(|number| article(number, 400)).collect();
        let (mut bytes, _) = pack_with(options(), articles);
        for (at, value) in flips {
            if let Some(byte) = bytes.get_mut(at) { *byte = value; }
        }
        bytes.truncate(cut.unwrap_or(usize::MAX));
        let Ok(bundle) = Bundle::open(Cursor::new(bytes), &Limits::default()) else { return Ok(()) };
        let _ = (bundle.head().hint_matches(), decode_signatures(&bundle.head().signatures));
        #[expect(clippy::disallowed_methods, reason = "the tests of the container know no signatures")]
        let Ok(content) = bundle.into_content() else { return Ok(()) };
        let _ = content.check(&mut |_| ControlFlow::Continue(()));
        for (_, entry) in content.entries().flatten() {
            let _ = (content.article_bytes(&entry), content.presence(&entry));
        }
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let limits = Limits::default();
        let _ = (Manifest::decode(&bytes), FirstKeys::decode(&bytes), decode_signatures(&bytes));
        let _ = (Front::decode(&bytes, 1, &limits), decode_catalog_page(&bytes, &limits), Run::decode_all(&bytes));
    }
}
