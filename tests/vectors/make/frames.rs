//! zstd frames that must not decode, and some that must (FORMAT.md section 1.4).
//!
//! `check` hashes and does not decode articles: such a bundle is complete, and an article less is readable.

use super::frame::{Frame, pack};
use super::sample::{PREFIX, SECOND, THIRD, first, sample, second, third};
use super::{Found, List};
use varaq_kit::{RawPiece, Sample};

/// The sample with another frame for a piece; its `raw` stays.
fn with(piece: usize, frame: Vec<u8>) -> Sample {
    let mut sample = sample();
    sample.tail[piece - PREFIX].stored = frame;
    sample
}

pub fn add(list: &mut List) {
    let text = third();
    let frame = Frame::of(&text);
    let mut bad = |name: &str, purpose: &str, change: &dyn Fn(&mut Frame)| {
        let mut frame = frame.clone();
        change(&mut frame);
        let sample = with(THIRD, frame.bytes());
        list.found(
            name,
            "1.4",
            purpose,
            sample.seal().file(),
            Found::whole(&sample).readable(&[0, 1]),
        );
    };
    let proper = frame.bytes();
    bad(
        "frame-of-the-legacy-format",
        "legacy decoders are not for hostile input",
        &|f| f.magic = vec![0x27, 0xb5, 0x2f, 0xfd],
    );
    bad("frame-without-a-magic", "the magic is there", &|f| {
        f.magic.clear()
    });
    bad(
        "frame-with-a-window",
        "a single segment: memory is what raw says",
        &|f| {
            f.descriptor &= !0x20;
            f.window = vec![0];
        },
    );
    bad(
        "frame-with-a-dictionary-id-of-0",
        "no dictionary is named",
        &|f| {
            f.descriptor |= 1;
            f.dictionary = vec![0];
        },
    );
    bad(
        "frame-with-the-reserved-bit",
        "the reserved bit is zero",
        &|f| f.descriptor |= 8,
    );
    bad("frame-without-a-checksum", "the checksum is there", &|f| {
        f.descriptor &= !4;
        f.checksum.clear();
    });
    bad(
        "frame-with-a-wrong-checksum",
        "the checksum is right",
        &|f| f.checksum[0] ^= 1,
    );
    bad("frame-with-half-a-checksum", "the frame is not cut", &|f| {
        f.checksum.truncate(2)
    });
    bad(
        "frame-and-a-byte",
        "the frame fills the stored bytes",
        &|f| f.after = vec![0],
    );
    bad("frame-and-an-empty-frame", "there is one frame", &|f| {
        f.after = pack(&[], None)
    });
    bad("frame-and-a-skippable-frame", "there is one frame", &|f| {
        f.after = vec![0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]
    });
    bad("skippable-frame-first", "there is one frame", &|f| {
        f.magic = [&[0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0], &f.magic[..]].concat();
    });
    bad(
        "frame-that-says-one-more",
        "the content size is raw",
        &|f| f.size[0] = f.size[0].wrapping_add(1),
    );
    bad(
        "frame-that-says-a-gigabyte",
        "the content size is raw",
        &|f| {
            f.descriptor = 0xa4;
            f.size = vec![0, 0, 0, 0x40];
        },
    );
    bad(
        "frame-that-unfolds-to-more",
        "no byte more than raw is written",
        &|f| {
            let again = [2, 0, 16, b'a'].repeat(8);
            f.blocks = [again, f.blocks.clone()].concat();
        },
    );
    bad(
        "frame-that-unfolds-to-less",
        "no byte less than raw is written",
        &|f| {
            let len = f.blocks.len();
            f.blocks[len - 4] -= 8;
        },
    );
    bad(
        "frame-with-a-reserved-block",
        "three kinds of blocks",
        &|f| {
            let len = f.blocks.len();
            f.blocks[len - 4] |= 6;
        },
    );
    bad(
        "frame-without-a-last-block",
        "a frame has a last block",
        &|f| {
            let len = f.blocks.len();
            f.blocks[len - 4] &= !1;
        },
    );

    let mut good = |name: &str, purpose: &str, frame: Vec<u8>| {
        let sample = with(THIRD, frame);
        list.found(
            name,
            "1.4",
            purpose,
            sample.seal().file(),
            Found::whole(&sample),
        );
    };
    good(
        "frame-with-the-unused-bit",
        "RFC 8878 lets decoders ignore it",
        {
            let mut unused = frame.clone();
            unused.descriptor |= 0x10;
            unused.bytes()
        },
    );
    good(
        "frame-with-a-size-of-4-bytes",
        "any width of the content size",
        {
            let mut wide = frame.clone();
            wide.descriptor = 0xa4;
            wide.size = (text.len() as u32).to_le_bytes().to_vec();
            wide.bytes()
        },
    );
    good(
        "frame-with-a-size-of-8-bytes",
        "any width of the content size",
        {
            let mut wide = frame.clone();
            wide.descriptor = 0xe4;
            wide.size = (text.len() as u64).to_le_bytes().to_vec();
            wide.bytes()
        },
    );
    good(
        "frame-with-an-empty-block",
        "a raw block of no bytes is a block",
        {
            let mut empty = frame.clone();
            empty.blocks = [vec![0, 0, 0], empty.blocks].concat();
            empty.bytes()
        },
    );

    let mut listed = |name: &str, piece: &str, at: usize, change: &dyn Fn(&mut Frame)| {
        let mut sample = sample();
        sample
            .page
            .iter_mut()
            .for_each(|entry| entry.byline = "a".repeat(200));
        let mut sealed = sample.seal();
        let raw = sealed.pieces[at].stored.clone();
        let packed = pack(&raw, None);
        let mut frame = Frame {
            magic: packed[..packed.len() - 4].to_vec(),
            descriptor: 0,
            window: Vec::new(),
            dictionary: Vec::new(),
            size: Vec::new(),
            blocks: Vec::new(),
            checksum: packed[packed.len() - 4..].to_vec(),
            after: Vec::new(),
        };
        change(&mut frame);
        let mut stored = frame.magic.clone();
        stored.extend_from_slice(&frame.checksum);
        stored.extend_from_slice(&frame.after);
        sealed.pieces[at] = RawPiece::zstd(stored, raw.len(), 0);
        sealed.table[at] = sealed.pieces[at].entry();
        sealed.relist();
        let found = Found::whole(&sample);
        let found = match (
            piece,
            frame.after.is_empty() && frame.checksum == packed[packed.len() - 4..],
        ) {
            (_, true) => found,
            ("piece 0", false) => found.unlisted().damaged(&[piece], 23),
            (_, false) => found.only(&[]).damaged(&[piece], 23),
        };
        list.found(
            name,
            "7",
            "`check` decodes FRONT and the catalog",
            sealed.file(),
            found,
        );
    };
    listed("front-compressed", "piece 0", 0, &|_| {});
    listed("catalog-compressed", "piece 1", 1, &|_| {});
    listed("front-and-a-byte", "piece 0", 0, &|f| f.after = vec![0]);
    listed("catalog-and-a-byte", "piece 1", 1, &|f| f.after = vec![0]);
    listed("front-with-a-wrong-checksum", "piece 0", 0, &|f| {
        f.checksum[3] ^= 1
    });
    listed("catalog-with-a-wrong-checksum", "piece 1", 1, &|f| {
        f.checksum[3] ^= 1
    });

    // Prefixes.
    let two = second();
    let mut forgotten = sample();
    forgotten.tail[SECOND - PREFIX] = RawPiece::zstd(pack(&two, Some(&first())), two.len(), 0);
    list.found(
        "prefix-not-named",
        "1.4",
        "a frame that needs a prefix does not decode without",
        forgotten.seal().file(),
        Found::whole(&forgotten).readable(&[0, 2]),
    );
    let mut another = sample();
    another.tail[SECOND - PREFIX] = RawPiece::zstd(
        pack(&two, Some(&[&b"another"[..], &first()[..280]].concat())),
        two.len(),
        1,
    );
    list.found(
        "prefix-of-other-bytes",
        "1.4",
        "decoded with other bytes the checksum is wrong",
        another.seal().file(),
        Found::whole(&another).readable(&[0, 2]),
    );
    let mut needless = sample();
    needless.tail[THIRD - PREFIX] = RawPiece::zstd(proper, text.len(), 1);
    list.found(
        "prefix-not-needed",
        "1.4",
        "a frame may make no use of its prefix",
        needless.seal().file(),
        Found::whole(&needless),
    );
    let mut dictionary = sample();
    let prefix = [&[0x37, 0xa4, 0x30, 0xec][..], &first()].concat();
    dictionary.tail[0] = RawPiece::zstd(pack(&prefix, None), prefix.len(), 0);
    dictionary.page[0].span.offset = 4;
    dictionary.tail[SECOND - PREFIX] = RawPiece::zstd(pack(&two, Some(&prefix)), two.len(), 1);
    list.found(
        "prefix-that-looks-like-a-dictionary",
        "1.4",
        "a prefix is raw content, whatever it begins with",
        dictionary.seal().file(),
        Found::whole(&dictionary),
    );
    let mut broken = sample();
    *broken.tail[0].stored.last_mut().unwrap() ^= 1;
    list.found(
        "prefix-that-does-not-decode",
        "7",
        "n counts whole pieces; readable is another matter",
        broken.seal().file(),
        Found::whole(&broken).readable(&[2]),
    );
}
