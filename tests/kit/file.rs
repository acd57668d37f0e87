//! Places in a finished file, and other heads before the same body.

use std::io::Cursor;
use varaq_bundle::{Bundle, Head, Limits, TableEntry};

fn open(bytes: &[u8]) -> Bundle<Cursor<&[u8]>> {
    Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap()
}

/// A bundle with other head sections; lengths and hint fit, nothing else does.
#[must_use]
pub fn with_head(bytes: &[u8], change: impl FnOnce(&mut Head)) -> Vec<u8> {
    let mut head = open(bytes).head().clone();
    let body_at = head.prefix.body_at;
    change(&mut head);
    let Head {
        manifest,
        signatures,
        own,
        runs,
        notes,
        ..
    } = head;
    let mut file = Head::new(body_at, manifest, signatures, own, runs, notes).to_slack();
    assert_eq!(file.len() as u64, body_at, "the head outgrew its slack");
    file.extend(&bytes[usize::try_from(body_at).unwrap()..]);
    file
}

/// Where the pieces begin.
#[must_use]
pub fn pieces_at(bytes: &[u8]) -> usize {
    let bundle = open(bytes);
    let count = bundle.manifest().unwrap().piece_count as usize;
    let body_at = usize::try_from(bundle.head().prefix.body_at).unwrap();
    body_at + 40 * count.div_ceil(1_024) + TableEntry::LEN * count
}
