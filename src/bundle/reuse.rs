//! Pieces of a former issue that the next one takes over, byte for byte (FORMAT.md 1.4, 1.5).
//!
//! Whoever has the former issue then needs little more for the next one. In: the former
//! issue, and the texts of the next. Out: which pieces stay, and where each text lies in
//! them. A piece stays only if every byte of it belongs to an article that is still there,
//! letter for letter: what was taken back must not travel on in the corner of a piece.
//! Prefixes stay in the same way, and new text of their language shares them.
//!
//! The former issue is somebody's file. It decides nothing but which bytes are tried: each
//! piece is decoded and compared with the new texts before it is written.

use crate::plan::{NO_SECTION, Planned, Slice};
use crate::{Codec, Content, Entry, Hash, PieceError, Span};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Read, Seek};

/// What is asked of a former issue.
pub(crate) trait Former {
    fn entries(&self) -> Box<dyn Iterator<Item = Entry> + '_>;
    fn text(&self, entry: &Entry) -> Result<Vec<u8>, PieceError>;
    /// Decoded length and codec of a piece.
    fn facts(&self, piece: u32) -> Result<(u32, Codec), PieceError>;
    fn prefixes(&self) -> Vec<u32>;
    /// Stored and decoded bytes of a piece.
    fn piece(&self, piece: u32) -> Result<(Vec<u8>, Vec<u8>), PieceError>;
}

impl<R: Read + Seek> Former for Content<R> {
    fn entries(&self) -> Box<dyn Iterator<Item = Entry> + '_> {
        // Of a page that cannot be read nothing is taken over.
        Box::new(Content::entries(self).filter_map(|one| one.ok().map(|(_, entry)| entry)))
    }

    fn text(&self, entry: &Entry) -> Result<Vec<u8>, PieceError> {
        self.article_bytes(entry)
    }

    fn facts(&self, piece: u32) -> Result<(u32, Codec), PieceError> {
        let entry = self.table_entry(piece)?;
        Ok((entry.raw, entry.codec))
    }

    fn prefixes(&self) -> Vec<u32> {
        self.manifest().prefixes.clone()
    }

    fn piece(&self, piece: u32) -> Result<(Vec<u8>, Vec<u8>), PieceError> {
        let stored = self.stored(piece)?;
        let raw = Content::piece(self, piece)?;
        Ok((stored, raw.to_vec()))
    }
}

/// A piece that stays.
#[derive(Clone, Debug)]
pub(crate) struct KeptPiece {
    /// Its number in the former issue.
    pub(crate) former: u32,
    pub(crate) slices: Vec<Slice>,
    /// Articles that begin in it, and where: bytes.
    pub(crate) begins: Vec<(usize, u32)>,
    /// Position of its prefix among the kept ones, or [`NO_SECTION`].
    pub(crate) section: u8,
}

/// What stays of a former issue.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Prefixes, in their order, with the group of their first article.
    pub(crate) prefixes: Vec<(KeptPiece, u8)>,
    /// Other pieces, in their order.
    pub(crate) pieces: Vec<KeptPiece>,
}

/// An article of the next issue, where it lies in the former one.
struct Found {
    article: usize,
    /// Piece, offset in it, length there.
    parts: Vec<(u32, u32, u32)>,
}

impl Kept {
    /// Looks for the texts of `articles`, known by their hashes, in a former issue.
    pub(crate) fn find(
        former: &dyn Former,
        articles: &[Planned],
        hashes: &HashMap<Hash, usize>,
    ) -> Kept {
        let mut search = Search::new(former);
        let mut taken = HashSet::new();
        for entry in former.entries() {
            let Ok(text) = former.text(&entry) else {
                continue;
            };
            let Some(&article) = hashes.get(&Hash::of(&text)) else {
                continue;
            };
            let parts = search.parts(&entry.span);
            if let Some(parts) = parts.filter(|_| taken.insert(article)) {
                search.found.push(Found { article, parts });
            }
        }
        search.settle();
        search.kept(articles)
    }
}

struct Search<'f> {
    former: &'f dyn Former,
    prefixes: Vec<u32>,
    facts: HashMap<u32, Option<(u32, Codec)>>,
    found: Vec<Found>,
    /// Which of `found` no longer count.
    gone: HashSet<usize>,
}

impl<'f> Search<'f> {
    fn new(former: &'f dyn Former) -> Search<'f> {
        Search {
            former,
            prefixes: former.prefixes(),
            facts: HashMap::new(),
            found: Vec::new(),
            gone: HashSet::new(),
        }
    }

    fn facts(&mut self, piece: u32) -> Option<(u32, Codec)> {
        let former = self.former;
        *self
            .facts
            .entry(piece)
            .or_insert_with(|| former.facts(piece).ok())
    }

    /// The number of the prefix piece that a piece needs.
    fn prefix_of(&self, codec: Codec) -> Option<u32> {
        match codec {
            Codec::Zstd { prefix } => self
                .prefixes
                .get(usize::from(prefix).checked_sub(1)?)
                .copied(),
            Codec::Stored => None,
        }
    }

    /// The parts of a span. None if its pieces are not of one kind: they could not stay
    /// neighbours.
    fn parts(&mut self, span: &Span) -> Option<Vec<(u32, u32, u32)>> {
        let (mut piece, mut offset, mut left) = (span.first, span.offset, span.len);
        let mut parts = Vec::new();
        let mut kind = None;
        while left > 0 {
            let (raw, codec) = self.facts(piece)?;
            let here = (self.prefixes.contains(&piece), self.prefix_of(codec));
            if *kind.get_or_insert(here) != here {
                return None;
            }
            let len = u64::from(raw.checked_sub(offset)?).min(left);
            parts.push((piece, offset, u32::try_from(len).ok()?));
            left -= len;
            piece = piece.checked_add(1)?;
            offset = 0;
        }
        // A prefix that ran on into the next piece could lose it.
        let alone = kind.is_none_or(|(prefix, _)| !prefix) || parts.len() == 1;
        alone.then_some(parts)
    }

    /// Drops articles until every piece of those that are left is whole without the others.
    fn settle(&mut self) {
        let mut by_piece: HashMap<u32, Vec<usize>> = HashMap::new();
        for (number, one) in self.found.iter().enumerate() {
            for (piece, ..) in &one.parts {
                by_piece.entry(*piece).or_default().push(number);
            }
        }
        let mut users: HashMap<u32, Vec<u32>> = HashMap::new();
        for &piece in by_piece.keys() {
            let codec = self
                .facts
                .get(&piece)
                .copied()
                .flatten()
                .map(|(_, codec)| codec);
            if let Some(prefix) = codec.and_then(|codec| self.prefix_of(codec)) {
                users.entry(prefix).or_default().push(piece);
            }
        }
        let mut broken: Vec<u32> = by_piece
            .keys()
            .copied()
            .filter(|&piece| !self.is_covered(piece, &by_piece))
            .collect();
        broken.extend(
            users
                .keys()
                .copied()
                .filter(|prefix| !by_piece.contains_key(prefix)),
        );
        let mut seen: HashSet<u32> = broken.iter().copied().collect();
        while let Some(piece) = broken.pop() {
            for &number in by_piece.get(&piece).into_iter().flatten() {
                if !self.gone.insert(number) {
                    continue;
                }
                let parts = self.found.get(number).map(|one| one.parts.as_slice());
                for (other, ..) in parts.unwrap_or_default() {
                    if seen.insert(*other) {
                        broken.push(*other);
                    }
                }
            }
            for &user in users.get(&piece).into_iter().flatten() {
                if seen.insert(user) {
                    broken.push(user);
                }
            }
        }
    }

    /// Whether the found articles fill a piece, each byte once.
    fn is_covered(&self, piece: u32, by_piece: &HashMap<u32, Vec<usize>>) -> bool {
        let Some(Some((raw, _))) = self.facts.get(&piece) else {
            return false;
        };
        let numbers = by_piece.get(&piece).into_iter().flatten();
        let parts = numbers
            .filter_map(|&number| self.found.get(number))
            .flat_map(|one| &one.parts);
        let mut parts: Vec<(u32, u32)> = parts
            .filter(|part| part.0 == piece)
            .map(|part| (part.1, part.2))
            .collect();
        parts.sort_unstable();
        let end = parts.iter().try_fold(0u32, |end, &(offset, len)| {
            (end == offset).then(|| offset.saturating_add(len))
        });
        end == Some(*raw)
    }

    fn kept(&self, articles: &[Planned]) -> Kept {
        let mut pieces: BTreeMap<u32, Vec<(u32, usize, Slice, bool)>> = BTreeMap::new();
        for (number, one) in self.found.iter().enumerate() {
            let text = articles.get(one.article).map(|article| article.text);
            let Some(text) = text.filter(|_| !self.gone.contains(&number)) else {
                continue;
            };
            let mut at = text.offset;
            for &(piece, offset, len) in &one.parts {
                let slice = Slice { offset: at, len };
                let first = at == text.offset;
                pieces
                    .entry(piece)
                    .or_default()
                    .push((offset, one.article, slice, first));
                at = at.saturating_add(len.into());
            }
        }
        let stay: Vec<u32> = self
            .prefixes
            .iter()
            .copied()
            .filter(|one| pieces.contains_key(one))
            .collect();
        let mut kept = Kept::default();
        for (former, mut parts) in pieces {
            parts.sort_by_key(|part| part.0);
            let codec = self
                .facts
                .get(&former)
                .copied()
                .flatten()
                .map(|(_, codec)| codec);
            let prefix = codec.and_then(|codec| self.prefix_of(codec));
            let section = prefix.and_then(|prefix| stay.iter().position(|&one| one == prefix));
            let piece = KeptPiece {
                former,
                slices: parts.iter().map(|part| part.2).collect(),
                begins: parts
                    .iter()
                    .filter(|part| part.3)
                    .map(|part| (part.1, part.0))
                    .collect(),
                section: section
                    .and_then(|at| u8::try_from(at).ok())
                    .unwrap_or(NO_SECTION),
            };
            if self.prefixes.contains(&former) {
                let first = parts.first().and_then(|part| articles.get(part.1));
                kept.prefixes
                    .push((piece, first.map_or(NO_SECTION, |article| article.section)));
            } else {
                kept.pieces.push(piece);
            }
        }
        kept
    }
}
