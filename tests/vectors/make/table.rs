//! INDEX, TABLE, pieces and runs (FORMAT.md sections 1.2 and 1.3).

use super::sample::{PICTURE, PREFIX, SECOND, THIRD, sample};
use super::{Found, List};
use varaq_kit::raw::Parts;
use varaq_kit::{Sample, Sealed};

pub fn add(list: &mut List) {
    let sample = sample();
    let whole = Found::whole(&sample);
    tables(list, &sample, &whole);
    pieces(list, &sample.seal(), &whole);
    runs(list, &sample.seal(), &whole);
}

/// Rules of TABLE and INDEX, broken under a good signature, and bytes that are not the signed ones.
fn tables(list: &mut List, sample: &Sample, whole: &Found) {
    let sealed = sample.seal();
    let nothing = |part: &str| {
        whole
            .clone()
            .only(&[])
            .unlisted()
            .incomplete()
            .damaged(&[part], 23)
    };
    let mut page = |name: &str, purpose: &str, piece: usize, change: &dyn Fn(&mut [u8; 44])| {
        let file = sealed.clone().entry(piece, |entry| change(entry)).file();
        list.found(name, "1.2", purpose, file, nothing("table page 0"));
    };
    page("entry-stored-0", "a piece has a byte", PICTURE, &|e| {
        e[32..36].fill(0)
    });
    page("entry-raw-0", "a piece has a byte", PICTURE, &|e| {
        e[36..40].fill(0)
    });
    page(
        "entry-raw-above-a-megabyte",
        "what a piece unfolds to is bounded",
        SECOND,
        &|e| e[36..40].copy_from_slice(&0x10_0001u32.to_be_bytes()),
    );
    page("entry-codec-2", "there are two codecs", SECOND, &|e| {
        e[40] = 2
    });
    page(
        "entry-as-is-of-another-length",
        "as it is means as long as it is",
        PICTURE,
        &|e| e[39] += 1,
    );
    page(
        "entry-as-is-with-a-prefix",
        "a prefix needs codec 1",
        PICTURE,
        &|e| e[41] = 1,
    );
    page(
        "entry-zstd-that-does-not-shrink",
        "stored is below raw",
        SECOND,
        &|e| {
            let stored: [u8; 4] = e[32..36].try_into().unwrap();
            e[36..40].copy_from_slice(&stored);
        },
    );
    page(
        "entry-prefix-beyond-the-list",
        "the manifest lists one prefix",
        SECOND,
        &|e| e[41] = 2,
    );
    page(
        "entry-prefix-of-a-prefix",
        "one damaged piece would spoil everything",
        PREFIX,
        &|e| e[41] = 1,
    );
    page("entry-front-with-a-prefix", "FRONT stands alone", 0, &|e| {
        e[40..42].copy_from_slice(&[1, 1])
    });
    page(
        "entry-zero-field",
        "a zero field must be zero",
        PICTURE,
        &|e| e[43] = 1,
    );

    let mut sum = sealed.clone();
    sum.index[39] ^= 1;
    sum.reindex();
    list.found(
        "index-sum-is-not-the-total",
        "2",
        "the sums of INDEX add up to stored_total",
        sum.file(),
        nothing("index"),
    );
    let mut sum = sealed.clone();
    sum.index[39] += 1;
    sum.manifest.stored_total += 1;
    sum.reindex();
    list.found(
        "index-sum-is-not-the-page's",
        "1.2",
        "a page's stored fields add up to its sum",
        sum.file(),
        nothing("table page 0"),
    );
    for (name, change) in [
        ("entry-stored-one-more", 1i32),
        ("entry-stored-one-less", -1),
    ] {
        let shifted = sealed.clone().entry(PICTURE, |entry| {
            for at in [35, 39] {
                entry[at] = (i32::from(entry[at]) + change) as u8;
            }
        });
        let found = if change < 0 {
            whole
                .clone()
                .incomplete()
                .damaged(&["piece 5"], 23)
                .extra(1)
        } else {
            whole.clone().incomplete().damaged(&["piece 5"], 23)
        };
        let mut parts = shifted.parts();
        parts.runs.truncate(1);
        let end = parts.pieces_at as usize + sealed.offset(PICTURE + 1) as usize;
        parts.body.truncate(end);
        if change > 0 {
            parts.body.push(0);
        }
        list.found(
            name,
            "1.2",
            "a signed length that is not the piece's",
            parts.bytes(),
            found,
        );
    }

    let mut other = sample.clone();
    other.number = 8;
    other.front.title = "Eight".into();
    let other = other.seal().parts();
    let mut mixed = sealed.parts();
    mixed.body[..40].copy_from_slice(&other.body[..40]);
    list.found(
        "index-of-another-issue",
        "1.2",
        "INDEX is not the signed one",
        mixed.bytes(),
        nothing("index"),
    );
    let mut mixed = sealed.parts();
    let end = mixed.pieces_at as usize;
    mixed.body[40..end].copy_from_slice(&other.body[40..end]);
    list.found(
        "table-of-another-issue",
        "1.2",
        "TABLE is not the signed one",
        mixed.bytes(),
        nothing("table page 0"),
    );
    let mut mixed = sealed.parts();
    mixed.body[..end].copy_from_slice(&other.body[..end]);
    list.found(
        "index-and-table-of-another-issue",
        "1.2",
        "a page proves nothing, INDEX is asked first",
        mixed.bytes(),
        nothing("index"),
    );
    let mut flipped = sealed.parts();
    flipped.body[44 + 40] ^= 0x80;
    list.found(
        "bit-flipped-in-table",
        "1.2",
        "TABLE is not the signed one",
        flipped.bytes(),
        nothing("table page 0"),
    );
    let mut swapped = sealed.parts();
    let (first, second) = (40 + 44 * PREFIX, 40 + 44 * SECOND);
    let entry = swapped.body[first..first + 44].to_vec();
    swapped.body.copy_within(second..second + 44, first);
    swapped.body[second..second + 44].copy_from_slice(&entry);
    list.found(
        "entries-swapped",
        "1.2",
        "the order of pieces is signed",
        swapped.bytes(),
        nothing("table page 0"),
    );
}

fn flip(parts: &mut Parts, sealed: &Sealed, piece: usize) {
    let at = parts.pieces_at + sealed.offset(piece);
    parts.body[at as usize] ^= 1;
}

fn pieces(list: &mut List, sealed: &Sealed, whole: &Found) {
    let mut one = |name: &str, purpose: &str, pieces: &[usize], spares: bool, found: Found| {
        let mut parts = sealed.parts();
        for &piece in pieces {
            flip(&mut parts, sealed, piece);
        }
        if !spares {
            parts.runs.truncate(1);
            parts
                .body
                .truncate(parts.pieces_at as usize + sealed.offset(PICTURE + 1) as usize);
        }
        list.found(name, "7", purpose, parts.bytes(), found);
    };
    let broken = |articles: &[usize], part: &str| {
        whole
            .clone()
            .only(articles)
            .incomplete()
            .damaged(&[part], 23)
    };
    one(
        "front-damaged-and-mended",
        "a spare is used, and the damage reported",
        &[0],
        true,
        whole.clone().damaged(&["run of piece 0"], 22),
    );
    one(
        "prefix-damaged-and-mended",
        "a spare is used, and the damage reported",
        &[PREFIX],
        true,
        whole.clone().damaged(&["run of piece 2"], 22),
    );
    one(
        "front-damaged",
        "without FRONT m is not known; the catalog is still readable",
        &[0],
        false,
        broken(&[0, 1, 2], "piece 0").unlisted(),
    );
    one(
        "catalog-damaged",
        "no article can be found, their number is known",
        &[1],
        true,
        broken(&[], "piece 1"),
    );
    one(
        "prefix-damaged",
        "what needs the prefix is lost with it",
        &[PREFIX],
        false,
        broken(&[2], "piece 2"),
    );
    one(
        "second-article-damaged",
        "damage stays with its article",
        &[SECOND],
        true,
        broken(&[0, 2], "piece 3"),
    );
    one(
        "picture-damaged",
        "no article is lost",
        &[PICTURE],
        true,
        broken(&[0, 1, 2], "piece 5"),
    );
    one(
        "two-damaged",
        "every damaged part is listed",
        &[SECOND, PICTURE],
        true,
        whole
            .clone()
            .only(&[0, 2])
            .incomplete()
            .damaged(&["piece 3", "piece 5"], 23),
    );
    let mut both = sealed.parts();
    flip(&mut both, sealed, PREFIX);
    *both.body.last_mut().unwrap() ^= 1;
    list.found(
        "prefix-and-its-spare-damaged",
        "7",
        "a spare can be damaged too",
        both.bytes(),
        broken(&[2], "piece 2"),
    );
    let mut spare = sealed.parts();
    *spare.body.last_mut().unwrap() ^= 1;
    list.found(
        "spare-damaged",
        "7",
        "a damaged spare is reported although nothing is lost",
        spare.bytes(),
        whole.clone().damaged(&["run of piece 2"], 22),
    );

    let mut swapped = sealed.parts();
    let at = |piece: usize| swapped.pieces_at as usize + sealed.offset(piece) as usize;
    let (from, to) = (at(SECOND), at(PICTURE));
    swapped.body[from..to].rotate_left(sealed.pieces[SECOND].stored.len());
    list.found(
        "pieces-swapped",
        "1.2",
        "a sound piece in another's place",
        swapped.bytes(),
        whole
            .clone()
            .only(&[0])
            .incomplete()
            .damaged(&["piece 3", "piece 4"], 23),
    );
}

fn runs(list: &mut List, sealed: &Sealed, whole: &Found) {
    let count = sealed.pieces.len() as u32;
    let with = |change: &dyn Fn(&mut Parts)| {
        let mut parts = sealed.parts();
        change(&mut parts);
        parts.bytes()
    };
    let mut mendable = |name: &str, purpose: &str, change: &dyn Fn(&mut Parts)| {
        list.found(
            name,
            "1.3",
            purpose,
            with(change),
            whole.clone().damaged(&["runs"], 22),
        );
    };
    mendable("run-of-no-piece", "count is at least 1", &|p| {
        p.runs.push((3, 0, 0))
    });
    mendable(
        "run-beyond-the-pieces",
        "first plus count is at most piece_count",
        &|p| p.runs.push((count - 1, 2, 0)),
    );
    mendable(
        "run-whose-end-overflows",
        "first plus count must not wrap",
        &|p| p.runs.push((u32::MAX, u32::MAX, 0)),
    );
    mendable("run-into-the-table", "a run lies behind TABLE", &|p| {
        p.runs.push((3, 1, u64::MAX))
    });
    mendable(
        "runs-out-of-order",
        "entries out of order are used, and reported",
        &|p| p.runs.swap(1, 2),
    );
    mendable(
        "runs-out-of-order-by-offset",
        "ties are sorted by offset",
        &|p| p.runs.swap(0, 1),
    );

    mendable(
        "spare-beyond-the-file",
        "a run that reaches beyond the end although every piece is whole",
        &|p| p.runs.push((3, 1, 1 << 40)),
    );

    let mut sound = |name: &str, purpose: &str, change: &dyn Fn(&mut Parts)| {
        list.found(name, "1.3", purpose, with(change), whole.clone());
    };
    sound(
        "runs-that-overlap",
        "a further run over the same bytes is no damage",
        &|p| p.runs.insert(2, (1, 3, sealed.offset(1))),
    );
    sound("run-twice", "equal entries are sorted", &|p| {
        p.runs.insert(0, (0, count, 0))
    });
    sound("run-a-piece", "as many runs as pieces", &|p| {
        let spares = p.runs.split_off(1);
        p.runs = (0..count)
            .map(|piece| (piece, 1, sealed.offset(piece as usize)))
            .chain(spares)
            .collect();
        p.runs.sort_unstable();
    });
    list.found(
        "run-a-byte-off-with-another",
        "1.3",
        "a wrong run inside the bytes of a right one says nothing",
        with(&|p| p.runs.insert(2, (1, 3, sealed.offset(1) + 1))),
        whole.clone(),
    );
    list.found(
        "run-a-byte-off",
        "1.3",
        "a run that lies: every piece of it is wrong",
        with(&|p| {
            p.runs = vec![(0, count, 0)];
            p.body.insert(p.pieces_at as usize, 0);
            p.body
                .truncate(p.pieces_at as usize + sealed.offset(PICTURE + 1) as usize);
        }),
        whole.clone().only(&[]).unlisted().incomplete().damaged(
            &[
                "piece 0", "piece 1", "piece 2", "piece 3", "piece 4", "piece 5",
            ],
            23,
        ),
    );
    list.found(
        "no-runs",
        "1.3",
        "pieces that no run lists are extra bytes",
        with(&|p| p.runs.clear()),
        whole.clone().only(&[]).unlisted().partial().extra({
            let parts = sealed.parts();
            parts.body.len() as u64 - parts.pieces_at
        }),
    );
    list.found(
        "runs-with-a-hole",
        "1.3",
        "the third article is in no run",
        with(&|p| {
            p.runs[0].1 = THIRD as u32;
            p.runs.push((PICTURE as u32, 1, sealed.offset(PICTURE)));
        }),
        whole
            .clone()
            .only(&[0, 1])
            .partial()
            .extra(sealed.pieces[THIRD].stored.len() as u64),
    );
}
