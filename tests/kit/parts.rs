//! A bundle taken apart, so that one part of it can be made wrong and the rest fits again.

use crate::Mint;
use std::io::Cursor;
use varaq_bundle::{Bundle, Codec, Context, Hash, Head, Index, Limits, Manifest, Run, TableEntry};

/// A stored piece and what TABLE says about it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Bytes in the file.
    pub stored: Vec<u8>,
    /// Bytes after decoding, as TABLE says.
    pub raw: u32,
    /// How it is stored, as TABLE says.
    pub codec: Codec,
}

/// The parts of a full bundle. Put together again they are consistent and signed.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Counts, totals and the index hash are made to fit when the parts are put together.
    pub manifest: Manifest,
    /// In piece order.
    pub pieces: Vec<Piece>,
    /// OWN.
    pub own: Vec<u8>,
    /// NOTES.
    pub notes: Vec<u8>,
    /// Zero bytes before the body.
    pub slack: u64,
}

/// A change to the bytes of one section.
pub type Change<'f> = &'f dyn Fn(&mut Vec<u8>);

/// What differs from the sound bundle when parts are put together. Each function gets the sound bytes.
#[derive(Default)]
pub struct Flaws<'f> {
    /// TABLE before it is hashed.
    pub table: Option<Change<'f>>,
    /// MANIFEST before it is signed.
    pub manifest: Option<Change<'f>>,
    /// SIGNATURES.
    pub signatures: Option<Change<'f>>,
    /// RUNS, given where the pieces begin and their stored total.
    pub runs: Option<&'f dyn Fn(u64, u64) -> Vec<Run>>,
}

impl Parts {
    /// Takes a bundle apart that the kit made: one run over everything comes first.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Parts {
        let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap();
        let head = bundle.head().clone();
        let manifest = bundle.manifest().unwrap().clone();
        let count = manifest.piece_count as usize;
        let table_at = usize::try_from(head.prefix.body_at).unwrap() + 40 * count.div_ceil(1_024);
        let mut at = table_at + TableEntry::LEN * count;
        let entries = bytes[table_at..at].to_vec();
        let pieces = entries
            .chunks(TableEntry::LEN)
            .map(|entry| {
                let number =
                    |from: usize| u32::from_be_bytes(entry[from..from + 4].try_into().unwrap());
                let stored = bytes[at..at + number(32) as usize].to_vec();
                at += stored.len();
                let codec = if entry[40] == 0 {
                    Codec::Stored
                } else {
                    Codec::Zstd { prefix: entry[41] }
                };
                Piece {
                    stored,
                    raw: number(36),
                    codec,
                }
            })
            .collect();
        Parts {
            manifest,
            pieces,
            own: head.own,
            notes: head.notes,
            slack: 64,
        }
    }

    /// Puts the parts together, signed by these slots.
    #[must_use]
    pub fn put(&self, mint: &Mint, slots: &[u8]) -> Vec<u8> {
        self.put_with(mint, slots, &Flaws::default())
    }

    /// Puts the parts together with flaws.
    #[must_use]
    pub fn put_with(&self, mint: &Mint, slots: &[u8], flaws: &Flaws<'_>) -> Vec<u8> {
        let (index, table, index_hash) = self.table(flaws);
        let stored = self
            .pieces
            .iter()
            .map(|piece| piece.stored.len() as u64)
            .sum();
        let manifest = Manifest {
            piece_count: u32::try_from(self.pieces.len()).unwrap(),
            stored_total: stored,
            raw_total: self.pieces.iter().map(|piece| u64::from(piece.raw)).sum(),
            index: index_hash,
            ..self.manifest.clone()
        };
        let mut manifest = manifest.encode();
        if let Some(change) = flaws.manifest {
            change(&mut manifest);
        }
        let mut signatures = mint.signatures(&manifest, slots);
        if let Some(change) = flaws.signatures {
            change(&mut signatures);
        }
        let runs = |pieces_at: u64| match flaws.runs {
            Some(make) => make(pieces_at, stored),
            None => vec![Run {
                first: 0,
                count: u32::try_from(self.pieces.len()).unwrap(),
                offset: pieces_at,
            }],
        };
        let sections = 64
            + manifest.len()
            + signatures.len()
            + self.own.len()
            + Run::LEN * runs(0).len()
            + self.notes.len();
        let body_at = sections as u64 + self.slack;
        let runs = runs(body_at + (index.len() + table.len()) as u64);
        let head = Head::new(
            body_at,
            manifest,
            signatures,
            self.own.clone(),
            Run::encode_all(&runs),
            self.notes.clone(),
        );
        let mut file = head.to_slack();
        file.extend(index);
        file.extend(table);
        self.pieces
            .iter()
            .for_each(|piece| file.extend(&piece.stored));
        file
    }

    fn table(&self, flaws: &Flaws<'_>) -> (Vec<u8>, Vec<u8>, Hash) {
        let entry = |piece: &Piece| TableEntry {
            hash: Hash::of(&piece.stored),
            stored: u32::try_from(piece.stored.len()).unwrap(),
            raw: piece.raw,
            codec: piece.codec,
        };
        let entries: Vec<_> = self.pieces.iter().map(entry).collect();
        let (mut index, mut table, mut hash) = Index::encode(&entries);
        if let Some(change) = flaws.table {
            change(&mut table);
            // The vectors have one page: its hash, the sum of its stored fields, then INDEX's hash.
            index[..32].copy_from_slice(&Hash::derived(Context::Page, &table).0);
            let stored =
                |entry: &[u8]| u64::from(u32::from_be_bytes(entry[32..36].try_into().unwrap()));
            let sum: u64 = table.chunks(TableEntry::LEN).map(stored).sum();
            index[32..40].copy_from_slice(&sum.to_be_bytes());
            hash = Hash::derived(Context::Index, &index);
        }
        (index, table, hash)
    }
}

/// A bundle with another head section; lengths and hint fit, nothing else does.
#[must_use]
pub fn with_head(bytes: &[u8], change: impl FnOnce(&mut Head)) -> Vec<u8> {
    let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap();
    let mut head = bundle.head().clone();
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

/// Where the body begins.
#[must_use]
pub fn body_at(bytes: &[u8]) -> usize {
    usize::try_from(u64::from_be_bytes(bytes[12..20].try_into().unwrap())).unwrap()
}

/// Where the pieces begin.
#[must_use]
pub fn pieces_at(bytes: &[u8]) -> usize {
    let count = Parts::of(bytes).pieces.len();
    body_at(bytes) + 40 * count.div_ceil(1_024) + TableEntry::LEN * count
}

/// Replaces the first place where `old` stands by `new`.
///
/// CBOR counts items and not bytes, so an item may be exchanged for one of another length.
pub fn splice(bytes: &mut Vec<u8>, old: &[u8], new: &[u8]) {
    let at = bytes
        .windows(old.len())
        .position(|window| window == old)
        .expect("what is to be replaced is there");
    bytes.splice(at..at + old.len(), new.iter().copied());
}
