//! Copies of one issue, whole and in part (FORMAT.md sections 1.1, 1.3 and 1.6).

use super::sample::{PICTURE, SECOND, THIRD};
use super::{Found, List, sample};

pub fn add(list: &mut List) {
    let sample = sample();
    let whole = Found::whole(&sample);
    let sealed = sample.seal();
    let parts = sealed.parts();
    let file = parts.bytes();
    let (head, start) = (parts.head_len(), parts.body_start());
    let pieces = start + parts.pieces_at as usize;

    list.found(
        "whole",
        "1",
        "a sound bundle with spares, to compare the others with",
        file.clone(),
        whole.clone(),
    );
    list.found(
        "head-copy",
        "1.3",
        "a head copy ends with NOTES",
        {
            let mut copy = parts.clone();
            copy.runs.clear();
            copy.bytes()[..copy.head_len()].to_vec()
        },
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "head-copy-of-a-whole-file",
        "1.3",
        "runs that lie beyond the end are no damage",
        file[..head].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "truncated-in-slack",
        "1.3",
        "a file may end anywhere behind NOTES",
        file[..head + 10].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "truncated-in-index",
        "7",
        "INDEX that is cut off is not in this copy",
        file[..start + 39].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "truncated-behind-index",
        "7",
        "a page of TABLE that is cut off is not in this copy",
        file[..start + 40].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "truncated-in-table",
        "7",
        "a page of TABLE that is cut off is not in this copy",
        file[..pieces - 1].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "truncated-behind-table",
        "1.3",
        "all pieces lie beyond the end",
        file[..pieces].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    let at = |piece: usize| pieces + sealed.offset(piece) as usize;
    list.found(
        "truncated-in-front",
        "1.3",
        "FRONT is cut off: m is not known",
        file[..at(1) - 1].to_vec(),
        whole.clone().only(&[]).unlisted().partial(),
    );
    list.found(
        "truncated-in-catalog",
        "1.3",
        "FRONT is there, the catalog is not",
        file[..at(2) - 1].to_vec(),
        whole.clone().only(&[]).partial(),
    );
    list.found(
        "truncated-in-the-second-article",
        "1.3",
        "a piece whose last byte is missing is not in this copy",
        file[..at(SECOND + 1) - 1].to_vec(),
        whole.clone().only(&[0]).partial(),
    );
    list.found(
        "truncated-behind-the-articles",
        "1.3",
        "the picture is not in this copy, all articles are",
        file[..at(PICTURE)].to_vec(),
        whole.clone().partial(),
    );
    list.found(
        "truncated-in-the-last-spare",
        "1.3",
        "a run that reaches beyond the end although every piece is whole",
        file[..file.len() - 1].to_vec(),
        whole.clone().damaged(&["runs"], 22),
    );
    for (name, len, verdict) in [
        ("empty", 0, "NOT_A_BUNDLE"),
        ("truncated-in-magic", 7, "NOT_A_BUNDLE"),
        ("truncated-behind-magic", 8, "DAMAGED_HEAD"),
        ("truncated-in-prefix", 63, "DAMAGED_HEAD"),
        ("truncated-behind-prefix", 64, "DAMAGED_HEAD"),
        ("truncated-in-manifest", 100, "DAMAGED_HEAD"),
        ("truncated-in-runs", head - 1, "DAMAGED_HEAD"),
    ] {
        list.refused(
            name,
            "7",
            "a file that ends inside the head is damaged, not forged",
            file[..len].to_vec(),
            verdict,
        );
    }

    let mut lite = parts.clone();
    lite.runs = vec![(0, PICTURE as u32, 0)];
    lite.body
        .truncate(parts.pieces_at as usize + sealed.offset(PICTURE) as usize);
    list.found(
        "lite",
        "1.3",
        "a copy without the picture has all articles",
        lite.bytes(),
        whole.clone().partial(),
    );
    let mut delta = parts.clone();
    let behind = sealed.offset(THIRD);
    delta.runs = vec![(0, 2, 0), (THIRD as u32, 1, behind)];
    list.found(
        "delta-with-a-gap",
        "1.6",
        "bytes of pieces that no run lists are extra",
        delta.bytes(),
        whole.clone().only(&[2]).partial().extra(
            parts.body.len() as u64
                - parts.pieces_at
                - sealed.offset(2)
                - sealed.pieces[THIRD].stored.len() as u64,
        ),
    );
    let mut delta = parts.clone();
    let text = delta
        .body
        .split_off(parts.pieces_at as usize + behind as usize);
    delta
        .body
        .truncate(parts.pieces_at as usize + sealed.offset(2) as usize);
    delta
        .body
        .extend_from_slice(&text[..sealed.pieces[THIRD].stored.len()]);
    delta.runs = vec![(0, 2, 0), (THIRD as u32, 1, sealed.offset(2))];
    list.found(
        "delta",
        "1.3",
        "pieces may lie in several runs",
        delta.bytes(),
        whole.clone().only(&[2]).partial(),
    );
    let mut without = delta.clone();
    without.runs = vec![(0, 2, 0), (SECOND as u32, 1, sealed.offset(2))];
    without
        .body
        .truncate(parts.pieces_at as usize + sealed.offset(2) as usize);
    without
        .body
        .extend_from_slice(&sealed.pieces[SECOND].stored);
    list.found(
        "delta-without-the-prefix",
        "7",
        "an article whose prefix is missing is not counted",
        without.bytes(),
        whole.clone().only(&[]).partial(),
    );
    let mut elsewhere = parts.clone();
    elsewhere.runs = vec![(0, 6, 0)];
    let absolute = elsewhere.body_start() as u64 + elsewhere.pieces_at;
    elsewhere.runs = vec![(0, 6, u64::MAX - 40 - absolute)];
    list.found(
        "run-that-overflows",
        "1.3",
        "offset plus length beyond 64 bits must not wrap",
        elsewhere.bytes(),
        whole
            .clone()
            .only(&[])
            .unlisted()
            .partial()
            .extra(parts.body.len() as u64 - parts.pieces_at),
    );

    let extra = |bytes: &[u8]| [&file[..], bytes].concat();
    list.found(
        "appended-byte",
        "1.6",
        "a byte behind everything is extra",
        extra(&[0]),
        whole.clone().extra(1),
    );
    list.found(
        "appended-trailer",
        "1.6",
        "repair data behind everything is no extra bytes",
        extra(b"\x89VRT\r\n\x1a\nrepair data"),
        whole.clone(),
    );
    list.found(
        "appended-almost-a-trailer",
        "1.6",
        "another magic is extra bytes",
        extra(b"\x89VRX\r\n\x1a\nrepair data"),
        whole.clone().extra(19),
    );
    list.found(
        "appended-trailer-behind-a-byte",
        "1.6",
        "TRAILER must be the first thing behind everything else",
        extra(b"x\x89VRT\r\n\x1a\n"),
        whole.clone().extra(9),
    );
    let mut slack = file.clone();
    slack[head + 5] = 7;
    slack[start - 1] = 7;
    list.found(
        "slack-not-zero",
        "1.6",
        "bytes of SLACK that are not zero are extra",
        slack,
        whole.clone().extra(2),
    );
    let mut none = parts.clone();
    none.slack = 0;
    list.found(
        "no-slack",
        "1",
        "the body may begin where NOTES end",
        none.bytes(),
        whole.clone(),
    );
    let mut notes = parts;
    notes.notes = vec![0x81, 0x83, 0x01, 0x02, 0xf6];
    list.found(
        "note-of-another-kind",
        "4.6",
        "an entry of NOTES that does not fit is ignored",
        notes.bytes(),
        whole.clone(),
    );
    for (name, bytes) in [
        ("notes-not-an-array", &[0xa0u8][..]),
        ("notes-with-a-trailing-byte", &[0x80, 0x00]),
        ("notes-not-in-the-shortest-form", &[0x81, 0x18, 0x01]),
        ("notes-with-a-tag", &[0x81, 0xc0, 0x01]),
    ] {
        notes.notes = bytes.to_vec();
        list.found(
            name,
            "4.6",
            "NOTES that are not one well-formed array are damaged",
            notes.bytes(),
            whole.clone().damaged(&["notes"], 23),
        );
    }
}
