//! INDEX, TABLE, pieces and runs of a signed issue.

use super::{Vector, sound};
use crate::parts::{body_at, pieces_at, with_head};
use crate::{Flaws, Mint, Parts};
use varaq_bundle::{Run, TableEntry};

pub(super) fn all() -> Vec<Vector> {
    let (mint, whole, texts) = sound();
    let parts = Parts::of(&whole);
    let bytes = parts.put(&mint, &[0, 1]);
    let flip = |at: usize| {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        changed
    };
    let (body, at) = (body_at(&bytes), pieces_at(&bytes));
    let starts: Vec<usize> = parts
        .pieces
        .iter()
        .scan(at, |at, piece| {
            let start = *at;
            *at += piece.stored.len();
            Some(start)
        })
        .collect();
    let count = parts.pieces.len();
    // FRONT, one catalog page, the prefix of each script: English holds articles 1 and 3, Persian 2.
    assert_eq!(count, 4);
    let english = [texts[0].clone(), texts[2].clone()];
    let persian = [texts[1].clone()];
    let open =
        |name: &str, section: &'static str, bytes: Vec<u8>, texts: &[Vec<u8>], purpose: &str| {
            Vector::open(name, section, bytes, texts, purpose)
        };
    let mut all = vec![
        open(
            "index_flipped",
            "1.2",
            flip(body),
            &[],
            "One bit of INDEX: nothing can be proven any more.",
        )
        .found(23, &["DAMAGED(index)"], 0, None),
        open(
            "table_flipped",
            "1.2",
            flip(body + 40),
            &[],
            "One bit of TABLE: its page can no longer be proven.",
        )
        .found(23, &["DAMAGED(table page 0)"], 0, None),
        open(
            "front_flipped",
            "1.4",
            flip(starts[0]),
            &texts,
            "One bit of FRONT: how many articles there are is not known.",
        )
        .found(23, &["DAMAGED(piece 0)"], 3, None),
        open(
            "catalog_flipped",
            "1.4",
            flip(starts[1]),
            &[],
            "One bit of the catalog page: its articles cannot be found.",
        )
        .found(23, &["DAMAGED(piece 1)"], 0, Some(3)),
        open(
            "text_flipped",
            "1.4",
            flip(starts[2]),
            &persian,
            "One bit of a text piece: the two articles in it are lost, the third is read.",
        )
        .found(23, &["DAMAGED(piece 2)"], 1, Some(3)),
        open(
            "last_byte_flipped",
            "1.4",
            flip(bytes.len() - 1),
            &english,
            "One bit of the last piece.",
        )
        .found(23, &["DAMAGED(piece 3)"], 2, Some(3)),
        open(
            "cut_in_last_piece",
            "1.3",
            bytes[..bytes.len() - 1].to_vec(),
            &english,
            "The last byte is missing: the last piece is not in this copy.",
        )
        .found(3, &["PARTIAL(2 of 3 articles)"], 2, Some(3)),
        open(
            "piece_of_other_issue",
            "1.4",
            swapped(&mint, &bytes, starts[3]),
            &english,
            "The last piece is that of another issue of the same publisher.",
        )
        .found(23, &["DAMAGED(piece 3)"], 2, Some(3)),
    ];
    all.extend(foreign_tables(&mint, &parts, &bytes));
    all.extend(entries(&mint, &parts));
    all.extend(runs(&mint, &parts, &texts));
    all
}

/// INDEX, TABLE or both taken from another valid issue with as many pieces.
fn foreign_tables(mint: &Mint, parts: &Parts, bytes: &[u8]) -> Vec<Vector> {
    let other = Parts::of(&other(mint)).put(mint, &[0, 1]);
    let (body, len) = (body_at(bytes), 40 + TableEntry::LEN * parts.pieces.len());
    let foreign = body_at(&other);
    let taken = |from: usize, to: usize| {
        let mut changed = bytes.to_vec();
        changed[body + from..body + to].copy_from_slice(&other[foreign + from..foreign + to]);
        changed
    };
    vec![
        Vector::open(
            "index_of_other_issue",
            "1.2",
            taken(0, 40),
            &[],
            "INDEX is another valid issue's.",
        )
        .found(23, &["DAMAGED(index)"], 0, None),
        Vector::open(
            "table_of_other_issue",
            "1.2",
            taken(40, len),
            &[],
            "The page of TABLE is another valid issue's.",
        )
        .found(23, &["DAMAGED(table page 0)"], 0, None),
        Vector::open(
            "index_and_table_of_other_issue",
            "1.2",
            taken(0, len),
            &[],
            "INDEX and TABLE are another valid issue's.",
        )
        .found(23, &["DAMAGED(index)"], 0, None),
    ]
}

fn other(mint: &Mint) -> Vec<u8> {
    mint.issue(43)
        .article("Other news", "Quite another text, also of a few words.")
        .article_in("fa", "خبر دیگر", "متنی دیگر، باز هم کوتاه.")
        .signed(&[0, 1])
}

fn swapped(mint: &Mint, bytes: &[u8], at: usize) -> Vec<u8> {
    let other = Parts::of(&other(mint));
    let piece = &other.pieces.last().unwrap().stored;
    let len = piece.len().min(bytes.len() - at);
    let mut changed = bytes.to_vec();
    changed[at..at + len].copy_from_slice(&piece[..len]);
    changed
}

/// Entries of TABLE that break a rule, signed as if nothing were wrong.
fn entries(mint: &Mint, parts: &Parts) -> Vec<Vector> {
    let last = TableEntry::LEN * (parts.pieces.len() - 1);
    let make = |name: &str, change: &dyn Fn(&mut Vec<u8>), purpose: &str| {
        let flaws = Flaws {
            table: Some(change),
            ..Default::default()
        };
        Vector::open(
            name,
            "1.2",
            parts.put_with(mint, &[0, 1], &flaws),
            &[],
            purpose,
        )
        .found(23, &["DAMAGED(table page 0)"], 0, None)
    };
    let unsummed = |name: &str, change: &dyn Fn(&mut Vec<u8>), purpose: &str| {
        let flaws = Flaws {
            table: Some(change),
            ..Default::default()
        };
        Vector::open(
            name,
            "2",
            parts.put_with(mint, &[0, 1], &flaws),
            &[],
            purpose,
        )
        .found(23, &["DAMAGED(index)"], 0, None)
    };
    let number = |table: &mut Vec<u8>, at: usize, value: u32| {
        table[at..at + 4].copy_from_slice(&value.to_be_bytes())
    };
    vec![
        make(
            "entry_codec_unknown",
            &|table| table[last + 40] = 2,
            "Codec 2.",
        ),
        make(
            "entry_zero_field",
            &|table| table[last + 43] = 1,
            "A zero field is not zero.",
        ),
        make(
            "entry_raw_zero",
            &|table| number(table, last + 36, 0),
            "raw is 0.",
        ),
        make(
            "entry_raw_beyond_limit",
            &|table| number(table, last + 36, 1_048_577),
            "raw is one above its limit.",
        ),
        make(
            "entry_stored_above_raw",
            &|table| number(table, last + 36, 1),
            "A zstd piece that would be smaller as it is.",
        ),
        make(
            "entry_front_with_prefix",
            &|table| table[41] = 1,
            "FRONT wants a prefix.",
        ),
        make(
            "entry_prefix_of_prefix",
            &|table| table[last + 41] = 1,
            "A prefix piece wants a prefix.",
        ),
        make(
            "entry_prefix_not_listed",
            &|table| table[last + 41] = 3,
            "The third of two prefixes.",
        ),
        unsummed(
            "entry_stored_one_less",
            &|table| {
                let stored = u32::from_be_bytes(table[last + 32..last + 36].try_into().unwrap());
                number(table, last + 32, stored - 1);
            },
            "The last piece is one byte longer than TABLE says: the sums do not meet the manifest's.",
        ),
        unsummed(
            "entry_stored_one_more",
            &|table| {
                let stored = u32::from_be_bytes(table[last + 32..last + 36].try_into().unwrap());
                number(table, last + 32, stored + 1);
            },
            "The last piece is one byte shorter than TABLE says: the sums do not meet the manifest's.",
        ),
    ]
}

fn runs(mint: &Mint, parts: &Parts, texts: &[Vec<u8>]) -> Vec<Vector> {
    let lens: Vec<u64> = parts
        .pieces
        .iter()
        .map(|piece| piece.stored.len() as u64)
        .collect();
    let make = |name: &str, make: &dyn Fn(u64, u64) -> Vec<Run>, tail: &[u8]| {
        let flaws = Flaws {
            runs: Some(make),
            ..Default::default()
        };
        (
            name.to_owned(),
            [parts.put_with(mint, &[0, 1], &flaws), tail.to_vec()].concat(),
        )
    };
    let run = |first: u32, count: u32, offset: u64| Run {
        first,
        count,
        offset,
    };
    let open = |(name, bytes): (String, Vec<u8>), texts: &[Vec<u8>], purpose: &str| {
        Vector::open(&name, "1.3", bytes, texts, purpose)
    };
    let front = parts.pieces[0].stored.clone();
    let text_len = lens[3];
    let spared = make(
        "spare_mends_front",
        &|at, stored| vec![run(0, 4, at), run(0, 1, at + stored)],
        &front,
    );
    let damaged_front = {
        let mut bytes = spared.1.clone();
        let at = pieces_at(&bytes);
        bytes[at] ^= 1;
        bytes
    };
    let damaged_spare = {
        let mut bytes = spared.1.clone();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    };
    let lite = {
        let bytes = make("x", &|at, _| vec![run(0, 3, at)], &[]).1;
        let len = bytes.len() - usize::try_from(text_len).unwrap();
        bytes[..len].to_vec()
    };
    let slacked = {
        let mut parts = parts.clone();
        parts.slack = 64;
        parts.put(mint, &[0, 1])
    };
    let later = with_head(&slacked, |head| {
        let at = Run::decode_all(&head.runs)[0].offset;
        head.runs = Run::encode_all(&[run(0, 4, at + 1)]);
    });
    vec![
        open(("spare_of_front".into(), spared.1.clone()), texts, "A second run holds a spare copy of FRONT."),
        open(("spare_mends_front".into(), damaged_front), texts, "FRONT is damaged in its first place and whole in its spare one.")
            .found(22, &["COMPLETE", "DAMAGED(run of piece 0)"], 3, Some(3)),
        open(("spare_damaged".into(), damaged_spare), texts, "FRONT is whole in its first place and damaged in its spare one.")
            .found(22, &["COMPLETE", "DAMAGED(run of piece 0)"], 3, Some(3)),
        open(make("runs_one_each", &|at, _| (0..4u32).map(|piece| run(piece, 1, at + lens[..piece as usize].iter().sum::<u64>())).collect(), &[]), texts, "Each piece has a run of its own."),
        open(("lite".into(), lite), &[texts[0].clone(), texts[2].clone()], "The last piece is left out: a legal copy.")
            .found(3, &["PARTIAL(2 of 3 articles)"], 2, Some(3)),
        open(make("run_leaves_out_what_is_there", &|at, _| vec![run(0, 3, at)], &[]), &[texts[0].clone(), texts[2].clone()], "RUNS does not list the last piece, although its bytes are there.")
            .found(22, &["PARTIAL(2 of 3 articles)", &format!("EXTRA_BYTES({text_len})")], 2, Some(3)),
        open(("run_one_byte_late".into(), later), &[], "The run begins one byte late: no piece hashes right, and the last lies beyond the end.")
            .found(23, &["PARTIAL(0 of ? articles)", "DAMAGED(piece 0, piece 1, piece 2)", "EXTRA_BYTES(1)"], 0, None),
    ]
}
