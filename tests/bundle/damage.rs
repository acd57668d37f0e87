//! Wrong, missing and extra bytes: a whole check names each, and reading refuses each.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod common;

use common::*;
use std::io::Cursor;
use std::ops::ControlFlow;
use varaq_bundle::*;

fn check(content: &Content<Cursor<Vec<u8>>>) -> Report {
    content.check(&mut |_| ControlFlow::Continue(())).unwrap()
}

fn report(bytes: Vec<u8>) -> Report {
    check(&content(bytes))
}

fn parts(report: &Report) -> Vec<String> {
    report
        .parts
        .iter()
        .map(|damage| damage.part.to_string())
        .collect()
}

/// The sample, its head, and where INDEX, TABLE and the pieces begin.
fn places() -> (Vec<u8>, Packed, usize, usize, usize) {
    let (bytes, packed) = sample();
    let index = packed.head.prefix.body_at as usize;
    let table = index + packed.manifest.pages() as usize * Index::ROW_LEN;
    let pieces = table + packed.manifest.piece_count as usize * TableEntry::LEN;
    (bytes, packed, index, table, pieces)
}

/// The sample with other runs, and with nothing behind `len`.
fn with_runs(runs: &[Run], len: Option<usize>) -> Vec<u8> {
    let (mut bytes, packed, index, ..) = places();
    let head = &packed.head;
    let head = Head::new(
        head.prefix.body_at,
        head.manifest.clone(),
        head.signatures.clone(),
        head.own.clone(),
        Run::encode_all(runs),
        head.notes.clone(),
    );
    bytes[..index].copy_from_slice(&head.to_slack());
    bytes.truncate(len.unwrap_or(usize::MAX));
    bytes
}

fn offset_of(piece: u32) -> usize {
    let (bytes, packed, _, _, pieces) = places();
    let content = content(bytes);
    let stored = (0..piece).map(|piece| content.table_entry(piece).unwrap().stored as usize);
    assert!(piece < packed.manifest.piece_count);
    pieces + stored.sum::<usize>()
}

#[test]
fn a_whole_issue_is_whole() {
    let (bytes, packed) = sample();
    let report = report(bytes);
    assert!(
        report.is_whole() && report.is_complete() && !report.is_partial(),
        "{report:?}"
    );
    assert_eq!(report.pieces.whole, packed.manifest.piece_count);
    assert_eq!(
        (report.articles_whole, report.articles_listed),
        (40, Some(40))
    );
    assert!(!report.truncated);
}

#[test]
fn every_flipped_byte_is_found() {
    let mut articles = articles();
    articles.truncate(12);
    articles[8].media.truncate(1);
    let (bytes, packed) = pack_with(options(), articles);
    let signed = 64..64 + packed.head.manifest.len();
    let head = packed.head.prefix.body_at as usize;
    // Flips in the manifest are for signatures to find. Of the pieces, every seventh byte.
    let flips = (0..64)
        .chain(signed.end..head + 1_500)
        .chain((head + 1_500..bytes.len()).step_by(7));
    for at in flips {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        let Ok(bundle) = Bundle::open(Cursor::new(flipped.clone()), &Limits::default()) else {
            assert!(at < 64, "{at}");
            continue;
        };
        // A flipped length moves the sections: then the manifest is no longer the signed one.
        if bundle.head().manifest == packed.head.manifest {
            assert!(!report(flipped).is_whole(), "byte {at}");
        }
    }
}

#[test]
fn a_wrong_piece_hides_its_own_articles_only() {
    let (bytes, packed, ..) = places();
    let piece = packed.manifest.prefixes[1] + 1;
    let mut wrong = bytes;
    wrong[offset_of(piece)] ^= 1;
    let report = report(wrong.clone());
    assert_eq!(parts(&report), [format!("piece {piece}")]);
    assert_eq!(report.pieces.damaged, 1);
    assert!(report.articles_whole > 30 && report.articles_whole < 40);
    let content = content(wrong);
    assert!(
        matches!(content.piece(piece), Err(PieceError::Damaged { part: Part::Piece(p) }) if p == piece)
    );
    let readable = content
        .entries()
        .filter(|entry| content.article_bytes(&entry.as_ref().unwrap().1).is_ok());
    assert_eq!(readable.count(), report.articles_whole as usize);
}

#[test]
fn a_wrong_prefix_is_mended_by_its_spare() {
    let (mut bytes, packed, ..) = places();
    let prefix = packed.manifest.prefixes[0];
    bytes[offset_of(prefix)] ^= 1;
    bytes[offset_of(0) + 5] ^= 1;
    let report = report(bytes.clone());
    assert_eq!(
        parts(&report),
        [
            "run of piece 0".to_owned(),
            format!("run of piece {prefix}")
        ]
    );
    assert!(report.is_complete() && !report.is_whole());
    assert_eq!(report.articles_whole, 40);
    let content = content(bytes);
    assert_eq!(content.front().unwrap().article_count, 40);
    for entry in content.entries() {
        content.article_bytes(&entry.unwrap().1).unwrap();
    }
}

#[test]
fn a_wrong_spare_is_named_and_harms_nothing() {
    let (mut bytes, packed, ..) = places();
    *bytes.last_mut().unwrap() ^= 1;
    let report = report(bytes);
    assert_eq!(
        parts(&report),
        [format!("run of piece {}", packed.manifest.prefixes[1])]
    );
    assert_eq!(report.articles_whole, 40);
}

#[test]
fn a_prefix_without_a_spare_takes_its_articles_with_it() {
    let (mut bytes, packed) = pack_with(
        PackOptions {
            spares: Spares::None,
            ..options()
        },
        articles(),
    );
    let prefix = packed.manifest.prefixes[0];
    let content_of_it = content(bytes.clone());
    let pieces_at =
        packed.head.prefix.body_at as usize + 40 + packed.manifest.piece_count as usize * 44;
    let before: usize = (0..prefix)
        .map(|piece| content_of_it.table_entry(piece).unwrap().stored as usize)
        .sum();
    bytes[pieces_at + before] ^= 1;
    let report = report(bytes);
    assert_eq!(parts(&report), [format!("piece {prefix}")]);
    assert_eq!(report.pieces.damaged, 1);
    // Half of the articles share the other prefix.
    assert_eq!(report.articles_whole, 20);
}

#[test]
fn a_wrong_index_proves_nothing() {
    let (mut bytes, packed, index, ..) = places();
    bytes[index] ^= 1;
    let report = report(bytes.clone());
    assert_eq!(parts(&report), ["index"]);
    assert_eq!(report.pieces.unproven, packed.manifest.piece_count);
    assert_eq!((report.articles_whole, report.articles_listed), (0, None));
    assert!(matches!(
        content(bytes).front(),
        Err(PieceError::Damaged { part: Part::Index })
    ));
}

#[test]
fn a_wrong_page_of_the_table_hides_its_own_pieces_only() {
    // Two pages: tiny pieces, no prefixes.
    let options = PackOptions {
        piece_bytes: 20,
        prefix_bytes: 0,
        spares: Spares::None,
        ..options()
    };
    let (mut bytes, packed) = pack_with(options, articles());
    assert!(packed.manifest.pages() >= 2);
    let index = packed.head.prefix.body_at as usize;
    let second = index + packed.manifest.pages() as usize * 40 + 1_024 * 44;
    bytes[second + 33] ^= 1;
    let report = report(bytes.clone());
    assert_eq!(parts(&report), ["table page 1"]);
    assert_eq!(
        report.pieces.unproven,
        (packed.manifest.piece_count - 1_024).min(1_024)
    );
    assert_eq!(
        report.pieces.whole,
        packed.manifest.piece_count - report.pieces.unproven
    );
    assert!(report.articles_whole > 0 && report.articles_whole < 40);
    let content = content(bytes);
    let first = content.entry(1).unwrap().unwrap();
    content.article_bytes(&first).unwrap();
    assert!(matches!(
        content.piece(1_030),
        Err(PieceError::Damaged {
            part: Part::TablePage(1)
        })
    ));
}

#[test]
fn a_run_that_begins_in_a_wrong_page_leads_nowhere() {
    let options = PackOptions {
        piece_bytes: 20,
        prefix_bytes: 0,
        spares: Spares::None,
        ..options()
    };
    let (mut bytes, packed) = pack_with(options, articles());
    let count = packed.manifest.piece_count;
    assert!(packed.manifest.pages() >= 3);
    let index = packed.head.prefix.body_at as usize;
    let table = index + packed.manifest.pages() as usize * 40;
    let pieces = (table + count as usize * 44) as u64;
    let whole = content(bytes.clone());
    let before: u64 = (0..1_030)
        .map(|piece| u64::from(whole.table_entry(piece).unwrap().stored))
        .sum();
    let runs = [
        Run {
            first: 0,
            count: 1_030,
            offset: pieces,
        },
        Run {
            first: 1_030,
            count: count - 1_030,
            offset: pieces + before,
        },
    ];
    let old = &packed.head;
    let head = Head::new(
        old.prefix.body_at,
        old.manifest.clone(),
        Vec::new(),
        old.own.clone(),
        Run::encode_all(&runs),
        Vec::new(),
    );
    bytes[..index].copy_from_slice(&head.to_slack());
    assert!(report(bytes.clone()).is_whole());
    bytes[table + 1_024 * 44] ^= 1;
    let report = report(bytes);
    assert_eq!(parts(&report), ["table page 1"]);
    assert_eq!(
        (report.pieces.whole, report.pieces.unproven),
        (1_024, 1_024)
    );
    assert_eq!(report.pieces.missing, count - 2_048);
    assert_eq!(report.extra_bytes, 0);
}

#[test]
fn every_truncation_opens_or_is_a_damaged_head_and_lies_about_nothing() {
    let (bytes, packed, index, _, pieces) = places();
    let sections = packed.head.prefix.sections_end() as usize;
    let offset_of_end = pieces + packed.manifest.stored_total as usize;
    let whole: Vec<_> = {
        let content = content(bytes.clone());
        content
            .entries()
            .map(|entry| entry.unwrap().1)
            .map(|entry| content.article_bytes(&entry).unwrap())
            .collect()
    };
    let steps = (0..sections + 2)
        .chain((sections..index).step_by(97))
        .chain((index..pieces).step_by(131));
    for len in steps.chain((pieces..bytes.len()).step_by(30_011)) {
        let cut = bytes[..len].to_vec();
        match Bundle::open(Cursor::new(cut.clone()), &Limits::default()) {
            Err(HeadError::NotABundle) => assert!(len < 8),
            Err(HeadError::Damaged(HeadFlaw::Truncated)) => assert!((8..sections).contains(&len)),
            Err(error) => panic!("{len}: {error}"),
            Ok(_) => {
                assert!(len >= sections);
                let report = report(cut.clone());
                // The spares are the last bytes, and the first to be cut off.
                assert!(report.parts.is_empty(), "{len}: {report:?}");
                assert_eq!(
                    report.is_partial(),
                    len < offset_of_end,
                    "{len}: {report:?}"
                );
                assert!(report.truncated || len < pieces);
                let content = content(cut);
                for (number, article) in (1..).zip(&whole) {
                    if let Ok(Some(entry)) = content.entry(number) {
                        match content.article_bytes(&entry) {
                            Ok(bytes) => assert!(
                                bytes == *article && content.presence(&entry) == Presence::Here
                            ),
                            Err(PieceError::NotInThisCopy { .. }) => {
                                assert_eq!(content.presence(&entry), Presence::NotInThisCopy);
                            }
                            Err(error) => panic!("{len}: {error}"),
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_head_copy_has_no_content_and_no_extra_bytes() {
    let (_, packed, ..) = places();
    for len in [
        packed.head.prefix.sections_end() as usize,
        packed.head.prefix.body_at as usize,
    ] {
        let report = report(with_runs(&[], Some(len)));
        assert_eq!(report.extra_bytes, 0);
        assert!(report.is_partial() && report.parts.is_empty());
        assert_eq!((report.articles_whole, report.articles_listed), (0, None));
    }
}

#[test]
fn two_partial_copies_are_read_as_one() {
    let (bytes, packed, _, _, pieces) = places();
    let count = packed.manifest.piece_count;
    let half = count / 2;
    let first = with_runs(
        &[Run {
            first: 0,
            count: half,
            offset: pieces as u64,
        }],
        Some(offset_of(half)),
    );
    let mut second = with_runs(
        &[Run {
            first: half,
            count: count - half,
            offset: pieces as u64,
        }],
        Some(pieces),
    );
    second.extend_from_slice(&bytes[offset_of(half)..]);
    second.truncate(pieces + packed.manifest.stored_total as usize - (offset_of(half) - pieces));
    let (a, b) = (report(first.clone()), report(second.clone()));
    assert_eq!((a.pieces.whole, a.pieces.missing), (half, count - half));
    assert_eq!((b.pieces.whole, b.pieces.missing), (count - half, half));
    assert!(a.parts.is_empty() && b.parts.is_empty() && a.extra_bytes == 0 && b.extra_bytes == 0);
    assert_eq!(b.articles_listed, None);
    let both = content(first);
    assert!(!both.lists_all());
    both.add_copy(Bundle::open(Cursor::new(second), &Limits::default()).unwrap())
        .unwrap();
    assert!(both.lists_all());
    let report = check(&both);
    assert!(report.is_complete() && report.is_whole(), "{report:?}");
    for entry in both.entries() {
        let entry = entry.unwrap().1;
        assert_eq!(both.presence(&entry), Presence::Here);
        both.article_bytes(&entry).unwrap();
    }
}

#[test]
fn what_is_damaged_in_one_copy_is_taken_from_another() {
    let (bytes, packed, index, table, _) = places();
    let mut wrong = bytes.clone();
    for at in (index..wrong.len()).step_by(500) {
        wrong[at] ^= 0x55;
    }
    wrong[table] ^= 1;
    let both = content(wrong);
    both.add_copy(Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap())
        .unwrap();
    for entry in both.entries() {
        both.article_bytes(&entry.unwrap().1).unwrap();
    }
    let report = check(&both);
    assert!(report.is_complete() && !report.is_whole());
    assert_eq!(report.pieces.whole, packed.manifest.piece_count);
    assert!(report.parts.iter().all(|damage| damage.copy == 0));
    assert!(parts(&report).contains(&"index".to_owned()));
}

#[test]
fn a_copy_of_another_issue_is_not_added() {
    let (bytes, _) = sample();
    let (other, _) = pack_with(options(), vec![article(1, 100)]);
    let content = content(bytes);
    assert_eq!(
        content.add_copy(Bundle::open(Cursor::new(other), &Limits::default()).unwrap()),
        Err(AnotherIssue)
    );
}

#[test]
fn runs_that_lie_make_hashes_fail_and_nothing_else() {
    let (_, packed, _, _, pieces) = places();
    let count = packed.manifest.piece_count;
    let all = Run {
        first: 0,
        count,
        offset: pieces as u64,
    };
    // Unusable entries are ignored, and named.
    for lie in [
        Run {
            first: 0,
            count: 0,
            offset: pieces as u64,
        },
        Run {
            first: 1,
            count,
            offset: pieces as u64,
        },
        Run {
            first: u32::MAX,
            count: u32::MAX,
            offset: pieces as u64,
        },
        Run {
            first: 0,
            count: 1,
            offset: pieces as u64 - 1,
        },
        Run {
            first: 0,
            count: 1,
            offset: 0,
        },
    ] {
        let mut runs = vec![all, lie];
        runs.sort_by_key(|run| (run.first, run.offset));
        let report = report(with_runs(&runs, None));
        assert_eq!(parts(&report)[..1], ["runs"]);
        assert_eq!(report.articles_whole, 40);
        // The run over everything is still there, and the spares are extra bytes now.
        assert!(report.extra_bytes > 0);
    }
    // Entries out of order are used, and named.
    let front = Run {
        first: 0,
        count: 1,
        offset: pieces as u64,
    };
    let report_of = report(with_runs(
        &[
            Run {
                first: 1,
                count: count - 1,
                offset: offset_of(1) as u64,
            },
            front,
        ],
        None,
    ));
    assert_eq!(parts(&report_of), ["runs"]);
    assert_eq!(report_of.articles_whole, 40);
    // One byte off: nothing hashes right, nothing is read.
    let off = report(with_runs(
        &[Run {
            offset: pieces as u64 + 1,
            ..all
        }],
        None,
    ));
    assert_eq!(off.pieces.whole, 0);
    assert_eq!(off.articles_whole, 0);
    // Beyond the end of the file, up to the end of all numbers: not in this copy.
    for offset in [1 << 40, u64::MAX - 1, u64::MAX] {
        let beyond = with_runs(&[Run { offset, ..all }], None);
        let report = report(beyond.clone());
        assert_eq!(report.pieces.missing, count);
        assert!(report.truncated && report.parts.is_empty());
        assert!(matches!(
            content(beyond).piece(0),
            Err(PieceError::NotInThisCopy { .. })
        ));
    }
}

#[test]
fn a_thousand_runs_over_the_same_bytes_cost_no_more_than_a_few_readings() {
    let (bytes, packed, _, _, pieces) = places();
    let count = packed.manifest.piece_count;
    // 16,384 runs do not fit before the body of the sample; some hundreds do.
    let mut runs: Vec<Run> = (0..60)
        .map(|at| Run {
            first: 0,
            count,
            offset: (pieces + at) as u64,
        })
        .collect();
    runs.sort_by_key(|run| (run.first, run.offset));
    let head = &packed.head;
    let encoded = Run::encode_all(&runs);
    let head = Head::new(
        head.prefix.body_at,
        head.manifest.clone(),
        Vec::new(),
        head.own.clone(),
        encoded,
        Vec::new(),
    );
    let mut lying = bytes;
    let slack = head.to_slack();
    assert!(head.prefix.sections_end() <= head.prefix.body_at);
    lying[..slack.len()].copy_from_slice(&slack);
    let read = std::sync::Arc::default();
    let source = Counting {
        inner: Cursor::new(lying.clone()),
        read: std::sync::Arc::clone(&read),
    };
    let report = content_of(source)
        .check(&mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(report.pieces.whole, count);
    let read = read.load(std::sync::atomic::Ordering::Relaxed);
    assert!(read < 8 * lying.len() as u64, "{read} bytes read");
}

#[test]
fn bytes_that_belong_to_nothing_are_counted() {
    let (bytes, packed, index, ..) = places();
    let mut appended = bytes.clone();
    appended.extend_from_slice(b"something else");
    assert_eq!(report(appended.clone()).extra_bytes, 14);
    assert!(report(appended).parts.is_empty());
    let mut slack = bytes.clone();
    slack[packed.head.prefix.sections_end() as usize + 3] = 7;
    slack[index - 1] = 9;
    let slack = report(slack);
    assert_eq!(slack.extra_bytes, 2);
    assert!(slack.is_complete() && !slack.is_whole());
    // A gap between runs: the spares are no longer listed.
    let pieces = offset_of(0);
    let all = Run {
        first: 0,
        count: packed.manifest.piece_count,
        offset: pieces as u64,
    };
    let gap = report(with_runs(&[all], None));
    assert_eq!(
        gap.extra_bytes,
        (bytes.len() - pieces) as u64 - packed.manifest.stored_total
    );
}

#[test]
fn a_trailer_is_not_extra_and_not_looked_at() {
    let (mut bytes, _) = sample();
    bytes.extend_from_slice(&TRAILER_MAGIC);
    bytes.extend_from_slice(&[1; 1_000]);
    let report = report(bytes);
    assert_eq!((report.extra_bytes, report.trailer_bytes), (0, 1_008));
    assert!(report.is_whole());
}

#[test]
fn a_wrong_hint_and_wrong_notes_are_parts() {
    let (mut bytes, packed, ..) = places();
    bytes[48] ^= 1;
    assert_eq!(parts(&report(bytes.clone())), ["hint"]);
    for notes in [&[0x80, 0x80][..], &[0x81], &[0x01], &[0x81, 0xf4]] {
        let head = packed.head.amended(None, Some(notes.to_vec())).unwrap();
        let mut file = Cursor::new(bytes.clone());
        amend(&mut file, &head).unwrap();
        assert_eq!(parts(&report(file.into_inner())), ["notes"]);
    }
}

#[test]
fn a_check_can_be_cancelled_and_tells_how_far_it_is() {
    let (bytes, _) = sample();
    let len = bytes.len() as u64;
    let content = content(bytes);
    let mut last = 0;
    content
        .check(&mut |progress| {
            assert!(progress.done_bytes >= last && progress.done_bytes <= progress.total_bytes);
            assert_eq!(progress.total_bytes, len);
            last = progress.done_bytes;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(last > len / 2);
    assert_eq!(
        content.check(&mut |_| ControlFlow::Break(())),
        Err(CheckError::Cancelled)
    );
}
