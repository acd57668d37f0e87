//! Whole, cut, lengthened and newer files.

use super::{Known, Vector, sound};
use crate::parts::{body_at, pieces_at};
use crate::{Mint, Parts};

pub(super) fn all() -> Vec<Vector> {
    let (mint, whole, texts) = sound();
    let stranger = Mint::other("Somebody Else", 100);
    let alike = Mint::other("Exаmple  News", 100);
    let by = |mint: &Mint| mint.issue(42).article("One", "Words.").signed(&[0, 1]);
    let one = [varaq_article_bytes("Words.")];
    let at = pieces_at(&whole);
    let cut = |len: usize| whole[..len].to_vec();
    let appended = |tail: &[u8]| [&whole[..], tail].concat();
    let closed = Vector::closed;
    vec![
        Vector::open("whole", "1", whole.clone(), &texts, "A full copy by a publisher whose code was checked."),
        Vector::open("whole_pinned", "7", whole.clone(), &texts, "The same by a publisher whose code was never checked.")
            .known(Known::Pinned)
            .verdict("PINNED"),
        Vector::open("whole_unknown", "7", by(&stranger), &one, "A valid issue by a publisher whom the reader does not know.")
            .verdict("UNKNOWN_PUBLISHER"),
        Vector::open("whole_nobody_known", "7", whole.clone(), &texts, "A valid issue, and the reader knows nobody.")
            .known(Known::Nobody)
            .verdict("UNKNOWN_PUBLISHER"),
        Vector {
            exit: 20,
            ..Vector::open("impostor_name", "7", by(&alike), &one, "An unknown publisher whose name looks like a pinned one's (Cyrillic a, two spaces).")
                .verdict("IMPOSTOR_NAME")
        },
        closed("empty_file", "7", "NOT_A_BUNDLE", 10, Vec::new(), "An empty file."),
        closed("other_magic", "7", "NOT_A_BUNDLE", 10, [b"PK\x03\x04\r\n\x1a\n", &whole[8..]].concat(), "The magic of another format."),
        closed("cut_in_magic", "7", "NOT_A_BUNDLE", 10, cut(7), "Seven bytes."),
        closed("cut_in_prefix", "7", "DAMAGED_HEAD", 23, cut(40), "The file ends inside PREFIX."),
        closed("cut_in_manifest", "7", "DAMAGED_HEAD", 23, cut(120), "The file ends inside MANIFEST."),
        Vector::open("head_copy", "1.3", head_copy(&mint, &whole), &[], "A head copy: no runs, the file ends where the head ends.")
            .found(3, &["PARTIAL(0 of ? articles)"], 0, None),
        Vector::open("cut_at_body", "1.3", cut(body_at(&whole)), &[], "The file ends where INDEX begins.")
            .found(3, &["PARTIAL(0 of ? articles)"], 0, None),
        Vector::open("cut_in_table", "1.3", cut(at - 1), &[], "The file ends inside TABLE.")
            .found(3, &["PARTIAL(0 of ? articles)"], 0, None),
        Vector::open("cut_at_pieces", "1.3", cut(at), &[], "TABLE is whole, and no piece is there.")
            .found(3, &["PARTIAL(0 of ? articles)"], 0, None),
        Vector::open("cut_after_catalog", "1.3", after_catalog(&mint, &whole), &[], "FRONT and catalog are there, the text is not.")
            .found(3, &["PARTIAL(0 of 3 articles)"], 0, Some(3)),
        Vector::open("extra_byte", "1.6", appended(b"!"), &texts, "One byte follows the last piece.")
            .found(22, &["COMPLETE", "EXTRA_BYTES(1)"], 3, Some(3)),
        Vector::open("extra_archive", "1.6", appended(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), &texts, "An empty ZIP archive follows the last piece.")
            .found(22, &["COMPLETE", "EXTRA_BYTES(22)"], 3, Some(3)),
        Vector::open("twice_in_one_file", "1.6", appended(&whole), &texts, "The whole file a second time.")
            .found(22, &["COMPLETE", &format!("EXTRA_BYTES({})", whole.len())], 3, Some(3)),
        Vector::open("slack_not_zero", "1.6", slack_not_zero(&whole), &texts, "One byte of SLACK is not zero.")
            .found(22, &["COMPLETE", "EXTRA_BYTES(1)"], 3, Some(3)),
    ]
}

/// The CBOR of an article of one paragraph.
pub(super) fn varaq_article_bytes(words: &str) -> Vec<u8> {
    use varaq_article::{Article, Block, Inline, Role};
    let text = vec![Inline::Text(words.to_owned())];
    varaq_article::encode(&Article {
        blocks: vec![Block::Paragraph {
            role: Role::Body,
            text,
        }],
    })
}

fn head_copy(mint: &Mint, whole: &[u8]) -> Vec<u8> {
    let flaws = crate::Flaws {
        runs: Some(&|_, _| Vec::new()),
        ..Default::default()
    };
    let mut parts = Parts::of(whole);
    parts.slack = 0;
    let bytes = parts.put_with(mint, &[0, 1], &flaws);
    bytes[..body_at(&bytes)].to_vec()
}

fn after_catalog(mint: &Mint, whole: &[u8]) -> Vec<u8> {
    let parts = Parts::of(whole);
    let bytes = parts.put(mint, &[0, 1]);
    let kept: usize = parts.pieces[..2]
        .iter()
        .map(|piece| piece.stored.len())
        .sum();
    bytes[..pieces_at(&bytes) + kept].to_vec()
}

fn slack_not_zero(whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    bytes[body_at(whole) - 1] = 1;
    bytes
}
