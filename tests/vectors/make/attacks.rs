//! What the table of attacks asks for and no section of its own does.

use super::sample::sample;
use super::{Found, List};
use varaq_bundle::{Context, Hash};
use varaq_kit::RawPiece;

/// A ZIP file with one empty member called `a`.
const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0aPK\x01\x02\x14\x03\x14\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x80\x01\0\0\0\0aPK\x05\x06\0\0\0\0\x01\0\x01\0/\0\0\0\x1f\0\0\0\0\0";

pub fn add(list: &mut List) {
    let sample = sample();
    let sealed = sample.seal();
    let (file, whole) = (sealed.file(), Found::whole(&sample));
    list.found(
        "appended-zip",
        "1.6",
        "a file that another program takes for a ZIP",
        [&file[..], ZIP].concat(),
        whole.clone().extra(ZIP.len() as u64),
    );
    let head = &file[..sealed.parts().body_start()];
    list.found(
        "head-repeated",
        "1.6",
        "a second head behind the body is not looked at",
        [&file[..], head].concat(),
        whole.extra(head.len() as u64),
    );
    list.found(
        "table-pages-swapped",
        "1.2",
        "a page is at its place in INDEX",
        pages_swapped(),
        Found::whole(&sample)
            .only(&[])
            .unlisted()
            .incomplete()
            .damaged(&["table page 0", "table page 1"], 23),
    );
}

/// An issue of 1,025 pieces, whose TABLE has two pages, with the second page first.
fn pages_swapped() -> Vec<u8> {
    let mut sample = sample();
    while sample.tail.len() < 1_022 {
        sample.tail.push(RawPiece::as_is(b"-"));
    }
    sample.tail.push(RawPiece::as_is(b"last"));
    let mut sealed = sample.seal();
    let table = sealed.table.clone();
    let (first, second) = table.split_at(1_024);
    let row = |page: &[[u8; 44]]| {
        let stored = |entry: &[u8; 44]| u32::from_be_bytes(entry[32..36].try_into().unwrap());
        let sum: u64 = page.iter().map(|entry| u64::from(stored(entry))).sum();
        let hash = Hash::derived(Context::Page, &page.concat());
        [&hash.0[..], &sum.to_be_bytes()].concat()
    };
    sealed.index = [row(first), row(second)].concat();
    sealed.reindex();
    sealed.table = [second, first].concat();
    sealed.file()
}
