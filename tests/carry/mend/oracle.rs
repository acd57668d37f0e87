//! What must be left for a repair, told from the original bytes alone.

use std::ops::Range;

use varaq_bundle::{Bundle, Limits, Run, TableEntry};

/// Where everything lies in the original bundle, and in its repair data.
pub struct Original {
    pub bytes: Vec<u8>,
    pub parity: Vec<u8>,
    /// PREFIX without the hint, MANIFEST, SIGNATURES, OWN.
    pub head: Vec<Range<usize>>,
    pub runs: Range<usize>,
    pub index: Range<usize>,
    pub pages: Vec<Range<usize>>,
    /// All places of each piece.
    pub pieces: Vec<Vec<Range<usize>>>,
    pub slack: Range<usize>,
}

fn number(bytes: &[u8], at: usize, len: usize) -> usize {
    bytes[at..at + len]
        .iter()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

impl Original {
    pub fn new(bytes: Vec<u8>, parity: Vec<u8>) -> Original {
        let bundle = Bundle::open(std::io::Cursor::new(&bytes), &Limits::default()).unwrap();
        let (head, manifest) = (bundle.head().clone(), bundle.manifest().unwrap());
        let mut at = 64;
        let lens = [
            &head.manifest,
            &head.signatures,
            &head.own,
            &head.runs,
            &head.notes,
        ];
        let sections: Vec<Range<usize>> = lens
            .iter()
            .map(|section| {
                at += section.len();
                at - section.len()..at
            })
            .collect();
        let body_at = head.prefix.body_at as usize;
        let count = manifest.piece_count as usize;
        let pages = count.div_ceil(1_024);
        let table_at = body_at + 40 * pages;
        let page = |page: usize| {
            let from = table_at + 1_024 * page * TableEntry::LEN;
            from..from + (count - 1_024 * page).min(1_024) * TableEntry::LEN
        };
        let stored: Vec<usize> = (0..count)
            .map(|piece| number(&bytes, table_at + piece * TableEntry::LEN + 32, 4))
            .collect();
        let mut pieces = vec![Vec::new(); count];
        for run in Run::decode_all(&head.runs) {
            let mut at = run.offset as usize;
            for piece in run.first as usize..(run.first + run.count) as usize {
                pieces[piece].push(at..at + stored[piece]);
                at += stored[piece];
            }
        }
        let signed = std::iter::once(0..48).chain(sections[..3].iter().cloned());
        Original {
            head: signed.collect(),
            runs: sections[3].clone(),
            index: body_at..table_at,
            pages: (0..pages).map(page).collect(),
            pieces,
            slack: at..body_at,
            bytes,
            parity,
        }
    }

    fn is_right(&self, copy: &[u8], range: &Range<usize>) -> bool {
        copy.get(range.clone()) == Some(&self.bytes[range.clone()])
    }
}

/// What can be told to be left.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// A head is whole.
    pub head: bool,
    /// INDEX and TABLE are.
    pub table: bool,
    /// Numbers of pieces that are not.
    pub missing: Vec<u32>,
}

impl Left {
    pub fn is_enough(&self) -> bool {
        self.head && self.table && self.missing.is_empty()
    }

    /// `repair`: what is left of the repair data.
    pub fn of(original: &Original, copies: &[Vec<u8>], repair: Option<&[u8]>) -> Left {
        let any = |range: &Range<usize>| copies.iter().any(|copy| original.is_right(copy, range));
        let repair = repair.and_then(|left| Repair::of(original, left));
        let mut known = vec![false; original.bytes.len()];
        let mut know = |range: Range<usize>| known[range].fill(true);
        let from_repair = |at: &dyn Fn(&Repair) -> bool| repair.as_ref().is_some_and(at);
        let head = Self::head(original, copies) || from_repair(&|repair| repair.head);
        if !head {
            return Left::default();
        }
        know(0..original.runs.end);
        know(original.slack.clone());
        let index =
            any(&original.index) || from_repair(&|repair| repair.front(original.index.clone()));
        if index {
            know(original.index.clone());
        }
        for page in &original.pages {
            if any(page) || from_repair(&|repair| repair.front(page.clone())) {
                know(page.clone());
            }
        }
        loop {
            let before = known.iter().filter(|known| **known).count();
            let is_known = |known: &[bool], range: &Range<usize>| {
                known[range.clone()].iter().all(|known| *known)
            };
            let table = is_known(&known, &original.index)
                && original.pages.iter().all(|page| is_known(&known, page));
            for places in original.pieces.iter().filter(|_| table) {
                let right = places
                    .iter()
                    .any(|place| any(place) || is_known(&known, place));
                if right {
                    places
                        .iter()
                        .for_each(|place| known[place.clone()].fill(true));
                }
            }
            if let Some(repair) = &repair {
                repair.mend(original, copies, &mut known);
            }
            if before == known.iter().filter(|known| **known).count() {
                let missing = |(piece, places): (u32, &Vec<Range<usize>>)| {
                    (!is_known(&known, &places[0])).then_some(piece)
                };
                return Left {
                    head,
                    table,
                    missing: (0..).zip(&original.pieces).filter_map(missing).collect(),
                };
            }
        }
    }

    /// One copy has all that is signed, or the sections lie whole in several whose magic is there.
    fn head(original: &Original, copies: &[Vec<u8>]) -> bool {
        let right = |copy: &Vec<u8>, range: &Range<usize>| original.is_right(copy, range);
        let whole = |copy: &Vec<u8>| original.head.iter().all(|range| right(copy, range));
        let places: Vec<&Vec<u8>> = copies.iter().filter(|copy| right(copy, &(0..8))).collect();
        copies.iter().any(whole)
            || places.iter().any(|copy| right(copy, &(0..64)))
                && original.head[1..]
                    .iter()
                    .all(|range| places.iter().any(|copy| right(copy, range)))
    }
}

/// What is left of repair data, read by FORMAT.md section 13.1 and not by our code.
pub struct Repair {
    left: Vec<u8>,
    right: Vec<bool>,
    head: bool,
    front: [usize; 2],
    table_at: usize,
    head_len: usize,
    block: usize,
    stripes: usize,
    data: usize,
    spare: usize,
    blocks_at: usize,
    hashes: [usize; 2],
}

impl Repair {
    fn of(original: &Original, left: &[u8]) -> Option<Repair> {
        let whole = &original.parity;
        let field = |at, len| number(whole, at, len);
        let (block, file_len) = (field(12, 4), field(16, 8));
        let (stripes, data, spare) = (field(24, 4), field(28, 4), field(32, 4));
        let (head_len, table_len) = (field(36, 4), field(40, 8));
        let front = head_len + table_len;
        let count = file_len.div_ceil(block) + spare * stripes;
        let hashes = 16 * (count + count.div_ceil(1_024));
        let end = whole.len();
        let mut padded = left.to_vec();
        padded.resize(end, 0);
        let mut right: Vec<bool> = padded
            .iter()
            .zip(whole)
            .map(|(left, whole)| left == whole)
            .collect();
        right[left.len().min(end)..].fill(false);
        let mut repair = Repair {
            left: padded,
            right,
            head: false,
            front: [192, end - 192 - front],
            table_at: original.index.start,
            head_len,
            block,
            stripes,
            data,
            spare,
            blocks_at: 192 + front + hashes,
            hashes: [192 + front, end - 192 - front - hashes],
        };
        if !repair.is_right(0..192) && !repair.is_right(end - 192..end) {
            return None;
        }
        repair.head = repair
            .front
            .iter()
            .any(|&at| repair.is_right(at..at + head_len));
        Some(repair)
    }

    fn is_right(&self, range: Range<usize>) -> bool {
        debug_assert!(self.left.len() == self.right.len());
        self.right[range].iter().all(|right| *right)
    }

    /// INDEX or a page stands whole in one of the two copies.
    fn front(&self, range: Range<usize>) -> bool {
        self.front.iter().any(|at| {
            let from = at + self.head_len + range.start - self.table_at;
            self.is_right(from..from + range.len())
        })
    }

    fn has_hash(&self, number: usize, count: usize) -> bool {
        let page = number / 1_024;
        let len = 16 * (1 + (count - 1_024 * page).min(1_024));
        self.hashes
            .iter()
            .any(|at| self.is_right(at + page * 1_025 * 16..at + page * 1_025 * 16 + len))
    }

    fn mend(&self, original: &Original, copies: &[Vec<u8>], known: &mut [bool]) {
        let len = original.bytes.len();
        let blocks = len.div_ceil(self.block);
        let count = blocks + self.spare * self.stripes;
        let range = |block: usize| block * self.block..((block + 1) * self.block).min(len);
        for stripe in 0..self.stripes {
            let own: Vec<usize> = (0..self.data)
                .map(|row| row * self.stripes + stripe)
                .filter(|block| *block < blocks)
                .collect();
            let mut lost = Vec::new();
            for block in own {
                let range = range(block);
                let there = known[range.clone()].iter().all(|known| *known)
                    || copies.iter().any(|copy| original.is_right(copy, &range));
                if there && self.has_hash(block, count) {
                    known[range].fill(true);
                } else {
                    lost.push(block);
                }
            }
            let spare = (0..self.spare).filter(|number| {
                let block = number * self.stripes + stripe;
                let at = self.blocks_at + block * self.block;
                self.has_hash(blocks + block, count) && self.is_right(at..at + self.block)
            });
            if lost.len() <= spare.count() {
                lost.into_iter()
                    .for_each(|block| known[range(block)].fill(true));
            }
        }
    }
}
