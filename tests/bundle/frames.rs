//! A compressed piece is one zstd frame of one kind: everything else that zstd reads is refused.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod common;

use common::words;
use proptest::prelude::*;
use varaq_bundle::*;
use zstd_safe::{CCtx, CParameter};

fn entry(stored: &[u8], raw: usize, prefix: u8) -> TableEntry {
    let (stored_len, raw) = (stored.len() as u32, raw as u32);
    TableEntry {
        hash: Hash::of(stored),
        stored: stored_len,
        raw,
        codec: Codec::Zstd { prefix },
    }
}

fn decode(stored: &[u8], raw: usize) -> Result<Vec<u8>, FrameFlaw> {
    decode_piece(stored.to_vec(), &entry(stored, raw, 0), None)
}

fn frame_with(raw: &[u8], prefix: Option<&[u8]>, parameters: &[CParameter]) -> Vec<u8> {
    let mut context = CCtx::create();
    context
        .set_parameter(CParameter::ChecksumFlag(true))
        .unwrap();
    for &parameter in parameters {
        context.set_parameter(parameter).unwrap();
    }
    if let Some(prefix) = prefix {
        context.ref_prefix(prefix).unwrap();
    }
    let mut frame = Vec::with_capacity(zstd_safe::compress_bound(raw.len()));
    context.compress2(&mut frame, raw).unwrap();
    frame
}

fn frame(raw: &[u8]) -> Vec<u8> {
    frame_with(raw, None, &[])
}

/// A frame by hand: header with the given descriptor and size bytes, blocks, checksum of nothing known.
fn by_hand(descriptor: u8, size: &[u8], blocks: &[u8]) -> Vec<u8> {
    [&[0x28, 0xb5, 0x2f, 0xfd, descriptor], size, blocks, &[0; 4]].concat()
}

#[test]
fn a_proper_frame_of_any_size_is_decoded() {
    for len in [
        1,
        2,
        255,
        256,
        257,
        65_535,
        65_791,
        65_792,
        65_793,
        131_072,
        131_073,
        1 << 20,
    ] {
        let raw = words(len as u64, len);
        assert!(decode(&frame(&raw), len).unwrap() == raw, "{len}");
    }
}

#[test]
fn a_stored_piece_is_taken_as_it_is() {
    let stored = words(1, 100);
    let entry = TableEntry {
        hash: Hash::of(&stored),
        stored: 100,
        raw: 100,
        codec: Codec::Stored,
    };
    assert_eq!(decode_piece(stored.clone(), &entry, None).unwrap(), stored);
}

#[test]
fn other_magics_are_refused() {
    let raw = words(1, 1_000);
    let good = frame(&raw);
    // Legacy formats 0.1 to 0.7, skippable frames, a dictionary, gzip, nothing.
    for magic in [
        [0x1e, 0xb5, 0x2f, 0xfd],
        [0x22, 0xb5, 0x2f, 0xfd],
        [0x23, 0xb5, 0x2f, 0xfd],
        [0x24, 0xb5, 0x2f, 0xfd],
        [0x25, 0xb5, 0x2f, 0xfd],
        [0x26, 0xb5, 0x2f, 0xfd],
        [0x27, 0xb5, 0x2f, 0xfd],
        [0x50, 0x2a, 0x4d, 0x18],
        [0x5f, 0x2a, 0x4d, 0x18],
        [0x37, 0xa4, 0x30, 0xec],
        [0x1f, 0x8b, 0x08, 0x00],
    ] {
        let stored = [&magic, &good[4..]].concat();
        assert_eq!(decode(&stored, 1_000), Err(FrameFlaw::Magic));
    }
    assert_eq!(decode(&[], 1), Err(FrameFlaw::Magic));
}

#[test]
fn a_skippable_frame_before_or_behind_is_refused() {
    let raw = words(1, 1_000);
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
    assert_eq!(
        decode(&[&skippable, &frame(&raw)[..]].concat(), 1_000),
        Err(FrameFlaw::Magic)
    );
    assert_eq!(
        decode(&[&frame(&raw)[..], &skippable].concat(), 1_000),
        Err(FrameFlaw::Trailing)
    );
}

#[test]
fn two_frames_are_refused() {
    let (first, second) = (words(1, 600), words(2, 400));
    let two = [frame(&first), frame(&second)].concat();
    assert_eq!(decode(&two, 600), Err(FrameFlaw::Trailing));
    assert_eq!(
        decode(&two, 1_000),
        Err(FrameFlaw::Size {
            expected: 1_000,
            found: 600
        })
    );
}

#[test]
fn trailing_bytes_are_refused() {
    let mut stored = frame(&words(1, 1_000));
    stored.push(0);
    assert_eq!(decode(&stored, 1_000), Err(FrameFlaw::Trailing));
}

#[test]
fn every_truncation_is_refused() {
    let stored = frame(&words(1, 1_000));
    for len in 0..stored.len() {
        assert!(decode(&stored[..len], 1_000).is_err(), "{len}");
    }
}

#[test]
fn a_frame_with_a_window_is_refused() {
    // More content than window: zstd cannot make it a single segment.
    let raw = words(1, 100_000);
    let stored = frame_with(&raw, None, &[CParameter::WindowLog(10)]);
    assert_eq!(stored[4] & 0x20, 0);
    assert_eq!(decode(&stored, raw.len()), Err(FrameFlaw::Window));
}

#[test]
fn a_frame_without_its_size_is_refused() {
    let raw = words(1, 1_000);
    let stored = frame_with(&raw, None, &[CParameter::ContentSizeFlag(false)]);
    assert_eq!(decode(&stored, raw.len()), Err(FrameFlaw::Window));
}

#[test]
fn a_frame_without_a_checksum_is_refused() {
    let stored = frame_with(&words(1, 1_000), None, &[CParameter::ChecksumFlag(false)]);
    assert_eq!(decode(&stored, 1_000), Err(FrameFlaw::NoChecksum));
}

#[test]
fn a_wrong_checksum_is_refused() {
    let mut stored = frame(&words(1, 1_000));
    *stored.last_mut().unwrap() ^= 1;
    assert_eq!(decode(&stored, 1_000), Err(FrameFlaw::Undecodable));
}

#[test]
fn a_dictionary_id_is_refused() {
    let good = frame(&words(1, 1_000));
    for (bits, id) in [(1, &[7][..]), (2, &[7, 0]), (3, &[7, 0, 0, 0])] {
        let stored = [&good[..4], &[good[4] | bits], id, &good[5..]].concat();
        assert_eq!(decode(&stored, 1_000), Err(FrameFlaw::Dictionary));
    }
}

#[test]
fn the_reserved_bit_is_refused() {
    let mut stored = frame(&words(1, 1_000));
    stored[4] |= 0x08;
    assert_eq!(decode(&stored, 1_000), Err(FrameFlaw::Reserved));
}

#[test]
fn a_reserved_kind_of_block_is_refused() {
    assert_eq!(
        decode(&by_hand(0x24, &[10], &[0b111, 0, 0]), 10),
        Err(FrameFlaw::Block)
    );
}

#[test]
fn a_raw_length_that_lies_is_refused() {
    let stored = frame(&words(1, 1_000));
    for raw in [1, 999, 1_001, 1 << 20] {
        assert_eq!(
            decode(&stored, raw),
            Err(FrameFlaw::Size {
                expected: raw as u32,
                found: 1_000
            })
        );
    }
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    // A megabyte of zeros in a few dozen bytes, and a header that says 100.
    let mut bomb = frame(&vec![0; 1 << 20]);
    assert!(bomb.len() < 100);
    assert!(
        decode(&bomb, 1 << 20)
            .unwrap()
            .iter()
            .all(|&byte| byte == 0)
    );
    assert_eq!(
        decode(&bomb, 100),
        Err(FrameFlaw::Size {
            expected: 100,
            found: 1 << 20
        })
    );
    // The same with the header made to agree: zstd may not write behind the 100 bytes.
    let size_bytes = 1 << (bomb[4] >> 6);
    let blocks = bomb.split_off(5 + size_bytes);
    let lying = [&[0x28, 0xb5, 0x2f, 0xfd, 0x24, 100], &blocks[..]].concat();
    assert_eq!(decode(&lying, 100), Err(FrameFlaw::Undecodable));
    // A header that says 2⁶³ bytes.
    let huge = by_hand(0xe4, &(1u64 << 63).to_le_bytes(), &[1, 0, 0]);
    assert_eq!(
        decode(&huge, 1 << 20),
        Err(FrameFlaw::Size {
            expected: 1 << 20,
            found: 1 << 63
        })
    );
}

#[test]
fn a_piece_needs_its_own_prefix() {
    let prefix = words(9, 50_000);
    let raw = [&prefix[10_000..18_000], b"and something new"].concat();
    let stored = frame_with(&raw, Some(&prefix), &[CParameter::CompressionLevel(19)]);
    assert!(stored.len() < 200, "the prefix was not used");
    let entry = entry(&stored, raw.len(), 1);
    assert_eq!(
        decode_piece(stored.clone(), &entry, Some(&prefix)).unwrap(),
        raw
    );
    assert_eq!(
        decode_piece(stored.clone(), &entry, None),
        Err(FrameFlaw::Prefix)
    );
    // Another prefix of the same length gives other bytes, and the checksum finds them.
    assert_eq!(
        decode_piece(stored.clone(), &entry, Some(&words(8, 50_000))),
        Err(FrameFlaw::Undecodable)
    );
    assert_eq!(decode(&stored, raw.len()), Err(FrameFlaw::Undecodable));
}

#[test]
fn a_prefix_that_begins_like_a_dictionary_is_raw_content() {
    // Loaded as a dictionary this would be refused, or choose its own tables.
    let prefix = [&[0x37, 0xa4, 0x30, 0xec][..], &words(9, 50_000)].concat();
    let raw = [&prefix[..9_000], b"and something new"].concat();
    let stored = frame_with(&raw, Some(&prefix), &[CParameter::CompressionLevel(19)]);
    assert!(stored.len() < 200, "the prefix was not used");
    assert_eq!(
        decode_piece(stored.clone(), &entry(&stored, raw.len(), 1), Some(&prefix)).unwrap(),
        raw
    );
}

#[test]
fn an_issue_whose_prefix_begins_like_a_dictionary_is_packed_and_read_back() {
    let mut articles = common::articles();
    let magic = [0x37, 0xa4, 0x30, 0xec];
    for article in &mut articles {
        article.prefix_group = 0;
        article.body = [&magic, &article.body[..]].concat();
    }
    let bodies: Vec<_> = articles
        .iter()
        .map(|article| article.body.clone())
        .collect();
    let (bytes, packed) = common::pack_with(common::options(), articles);
    let content = common::content(bytes);
    assert!(
        content
            .piece(packed.manifest.prefixes[0])
            .unwrap()
            .starts_with(&magic)
    );
    for (entry, body) in content.entries().zip(bodies) {
        assert_eq!(content.article_bytes(&entry.unwrap().1).unwrap(), body);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_decoder_panic(mut stored in prop::collection::vec(any::<u8>(), 0..300), raw in 1usize..5_000) {
        let _ = decode(&stored, raw);
        let header = [0x28, 0xb5, 0x2f, 0xfd, 0x64];
        let len = stored.len().min(5);
        stored[..len].copy_from_slice(&header[..len]);
        let _ = decode(&stored, raw);
        let _ = decode_piece(stored.clone(), &entry(&stored, raw, 1), Some(&[7; 500]));
    }

    #[test]
    fn a_flipped_bit_never_gives_other_bytes(seed: u64, len in 1usize..3_000, at: prop::sample::Index, bit in 0..8u8) {
        let raw = words(seed, len);
        let mut stored = frame(&raw);
        let at = at.index(stored.len());
        stored[at] ^= 1 << bit;
        if let Ok(decoded) = decode(&stored, len) {
            // The unused bit of the descriptor is the only one that says nothing.
            prop_assert!(decoded == raw);
        }
    }
}
