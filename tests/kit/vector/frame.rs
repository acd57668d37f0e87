//! Zstd frames of a text piece: hashed and signed, and still refused where they break section 1.4.

use super::Vector;
use crate::{Mint, Parts, Piece};
use varaq_bundle::{Codec, PackOptions};
use zstd_safe::{CCtx, CParameter};

/// The text of the article in the piece, and of the one in the prefix before it.
struct Sample {
    mint: Mint,
    parts: Parts,
    texts: Vec<Vec<u8>>,
    /// Decoded bytes of the prefix piece.
    prefix: Vec<u8>,
    /// Decoded bytes of the last piece.
    raw: Vec<u8>,
}

/// Two articles: the first fills the prefix piece, the second a text piece of its own.
fn sample(first_words: &[u8]) -> Sample {
    let mint = Mint::default();
    let words = |n: usize| {
        (0..n)
            .map(|i| format!("word{} ", i % 37))
            .collect::<String>()
    };
    let (one, two) = (words(300), words(200));
    let mut draft = mint.issue(42).article("One", &one).article("Two", &two);
    draft.options = PackOptions {
        prefix_bytes: 1_024,
        piece_bytes: 1_024,
        spares: varaq_bundle::Spares::None,
        ..draft.options
    };
    let texts: Vec<_> = draft
        .articles_mut()
        .iter()
        .map(|article| article.body.clone())
        .collect();
    let mut parts = Parts::of(&draft.signed(&[0, 1]));
    let raw = texts[1].clone();
    let prefix = [first_words, &texts[0][first_words.len()..]].concat();
    // Laid out anew, so that every byte of it is known: prefix piece, then one text piece.
    parts.pieces.truncate(2);
    parts
        .pieces
        .push(stored_or(&prefix, compress(&prefix, None, |_| {})));
    parts.pieces.push(Piece {
        stored: compress(&raw, Some(&prefix), |_| {}),
        raw: len(&raw),
        codec: Codec::Zstd { prefix: 1 },
    });
    parts.manifest.prefixes = vec![2];
    let texts = vec![prefix.clone(), texts[1].clone()];
    parts.pieces[1] = catalog(&texts);
    parts.pieces[0] = front(&texts);
    Sample {
        mint,
        parts,
        texts,
        prefix,
        raw,
    }
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

fn stored_or(raw: &[u8], packed: Vec<u8>) -> Piece {
    if packed.len() < raw.len() {
        Piece {
            stored: packed,
            raw: len(raw),
            codec: Codec::Zstd { prefix: 0 },
        }
    } else {
        Piece {
            stored: raw.to_vec(),
            raw: len(raw),
            codec: Codec::Stored,
        }
    }
}

fn compress(raw: &[u8], prefix: Option<&[u8]>, set: impl FnOnce(&mut CCtx<'_>)) -> Vec<u8> {
    let mut context = CCtx::create();
    context
        .set_parameter(CParameter::CompressionLevel(3))
        .unwrap();
    context
        .set_parameter(CParameter::ChecksumFlag(true))
        .unwrap();
    context
        .set_parameter(CParameter::DictIdFlag(false))
        .unwrap();
    set(&mut context);
    if let Some(prefix) = prefix {
        context.ref_prefix(prefix).unwrap();
    }
    let mut out = Vec::with_capacity(raw.len() + 512);
    context.compress2(&mut out, raw).unwrap();
    out
}

fn entries(texts: &[Vec<u8>]) -> Vec<varaq_bundle::Entry> {
    let mint = Mint::default();
    let mut draft = mint.issue(42).article("One", "x").article("Two", "x");
    let mut entries: Vec<_> = draft
        .articles_mut()
        .iter()
        .map(|article| article.entry.clone())
        .collect();
    for (index, (entry, text)) in entries.iter_mut().zip(texts).enumerate() {
        entry.span = varaq_bundle::Span {
            first: 2 + u32::try_from(index).unwrap(),
            offset: 0,
            len: text.len() as u64,
        };
    }
    entries
}

fn catalog(texts: &[Vec<u8>]) -> Piece {
    let raw = varaq_bundle::encode_catalog_page(&entries(texts));
    stored_or(&raw, compress(&raw, None, |_| {}))
}

fn front(texts: &[Vec<u8>]) -> Piece {
    let raw = varaq_bundle::Front {
        title: "Issue 42".into(),
        language: "en".into(),
        sections: vec!["News".into()],
        lead: None,
        article_count: 2,
        first: entries(texts),
        directory: vec![2],
        extras: Vec::new(),
    }
    .encode();
    stored_or(&raw, compress(&raw, None, |_| {}))
}

pub(super) fn all() -> Vec<Vector> {
    let sample = sample(&[]);
    let Sample {
        mint,
        parts,
        texts,
        prefix,
        raw,
    } = &sample;
    let good = parts.pieces[3].stored.clone();
    // The last piece is whole by its hash, and nothing can be read from it: only the first article is.
    let refused = |name: &str, frame: Vec<u8>, purpose: &str| {
        let mut parts = parts.clone();
        parts.pieces[3].stored = frame;
        Vector::open(name, "1.4", parts.put(mint, &[0, 1]), &texts[..1], purpose).found(
            0,
            &["COMPLETE"],
            2,
            Some(2),
        )
    };
    let with = |set: &dyn Fn(&mut CCtx<'_>)| compress(raw, Some(prefix), |context| set(context));
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
    let (first, second) = raw.split_at(raw.len() / 2);
    let header = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut frame = good.clone();
        change(&mut frame);
        frame
    };
    let mut wrong_prefix = prefix.clone();
    wrong_prefix.reverse();
    let mut all = vec![
        Vector::open(
            "frame_with_prefix",
            "1.4",
            parts.put(mint, &[0, 1]),
            texts,
            "A text piece that needs its prefix.",
        ),
        refused(
            "frame_without_checksum",
            with(&|context| {
                context
                    .set_parameter(CParameter::ChecksumFlag(false))
                    .unwrap();
            }),
            "The frame has no checksum.",
        ),
        refused(
            "frame_without_content_size",
            with(&|context| {
                context
                    .set_parameter(CParameter::ContentSizeFlag(false))
                    .unwrap();
            }),
            "The frame does not say how long its content is.",
        ),
        refused(
            "frame_two",
            [
                compress(first, None, |_| {}),
                compress(second, None, |_| {}),
            ]
            .concat(),
            "Two frames, one after the other, of the right length together.",
        ),
        refused(
            "frame_skippable_before",
            [&skippable[..], &good].concat(),
            "A skippable frame comes first.",
        ),
        refused(
            "frame_skippable_after",
            [&good[..], &skippable].concat(),
            "A skippable frame follows.",
        ),
        refused(
            "frame_trailing_byte",
            [&good[..], &[0]].concat(),
            "A byte follows the frame.",
        ),
        refused(
            "frame_cut",
            good[..good.len() - 1].to_vec(),
            "The last byte of the frame is missing.",
        ),
        refused(
            "frame_legacy_magic",
            header(&|frame| frame[0] = 0x27),
            "The magic of zstd 0.7.",
        ),
        refused(
            "frame_checksum_wrong",
            header(&|frame| {
                let last = frame.len() - 1;
                frame[last] ^= 1;
            }),
            "The checksum is wrong.",
        ),
        refused(
            "frame_reserved_bit",
            header(&|frame| frame[4] |= 0x08),
            "The reserved bit of the frame header is set.",
        ),
        refused(
            "frame_dictionary_id",
            header(&|frame| {
                frame[4] |= 0x01;
                frame.insert(5, 7);
            }),
            "The frame asks for dictionary 7.",
        ),
        refused(
            "frame_with_window",
            windowed(&good),
            "The frame has a window and is no single segment.",
        ),
        refused(
            "frame_with_huge_window",
            huge_window(&good),
            "The frame wants a window of 2³¹ bytes and more.",
        ),
        refused(
            "frame_of_other_prefix",
            compress(raw, Some(&wrong_prefix), |_| {}),
            "The frame was made with another prefix.",
        ),
        raw_lie("frame_raw_one_less", &sample, -1),
        raw_lie("frame_raw_one_more", &sample, 1),
        bomb(&sample),
    ];
    all.push(dictionary_magic());
    all
}

/// TABLE says another length than the frame.
fn raw_lie(name: &str, sample: &Sample, by: i32) -> Vector {
    let mut parts = sample.parts.clone();
    parts.pieces[3].raw = parts.pieces[3].raw.checked_add_signed(by).unwrap();
    Vector::open(
        name,
        "1.4",
        parts.put(&sample.mint, &[0, 1]),
        &sample.texts[..1],
        "TABLE and frame disagree about the decoded length.",
    )
    .found(0, &["COMPLETE"], 2, Some(2))
}

/// A frame that would grow to 64 MiB: its header says so, and TABLE says a little.
fn bomb(sample: &Sample) -> Vector {
    let mut parts = sample.parts.clone();
    parts.pieces[3].stored = compress(&vec![b'a'; 64 << 20], None, |_| {});
    parts.pieces[3].raw = 1 << 20;
    Vector::open(
        "frame_bomb",
        "1.4",
        parts.put(&sample.mint, &[0, 1]),
        &sample.texts[..1],
        "A frame of a few KB that grows to 64 MiB.",
    )
    .found(0, &["COMPLETE"], 2, Some(2))
}

/// The same frame without Single_Segment: a window descriptor comes before the content size.
fn windowed(good: &[u8]) -> Vec<u8> {
    let mut frame = good.to_vec();
    frame[4] &= !0x20;
    frame.insert(5, 0x20);
    frame
}

fn huge_window(good: &[u8]) -> Vec<u8> {
    let mut frame = windowed(good);
    frame[5] = 0xa8;
    frame
}

/// A prefix that begins like a trained dictionary is raw content all the same.
fn dictionary_magic() -> Vector {
    let sample = sample(&[0x37, 0xa4, 0x30, 0xec]);
    Vector::open(
        "prefix_with_dictionary_magic",
        "1.4",
        sample.parts.put(&sample.mint, &[0, 1]),
        &sample.texts,
        "The prefix begins with the magic of a trained dictionary, and is raw content all the same.",
    )
}
