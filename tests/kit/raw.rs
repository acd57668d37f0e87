//! A bundle laid out by hand, so that each of its parts can be made wrong.
//!
//! Nothing here asks whether what it writes is sound. Three steps, each free to be changed
//! before the next: [`Sample`] (articles, catalog, FRONT), [`Sealed`] (pieces, TABLE, INDEX,
//! manifest), [`Parts`] (the sections of the file).

use crate::{Mint, Value, article_id};
use varaq_article::{Article, Block, Inline, Role};
use varaq_bundle::{
    Counts, Day, Direction, Entry, Front, Hash, Manifest, Medium, MediumClass, Prefix, Span,
    encode_catalog_page,
};

/// A piece as it stands in the file, and what TABLE says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPiece {
    /// The stored bytes.
    pub stored: Vec<u8>,
    /// Bytes after decoding.
    pub raw: u32,
    /// 0 = as it is, 1 = zstd.
    pub codec: u8,
    /// 0 = none.
    pub prefix: u8,
}

impl RawPiece {
    /// A piece with codec 0.
    #[must_use]
    pub fn as_is(bytes: &[u8]) -> RawPiece {
        RawPiece {
            stored: bytes.to_vec(),
            raw: bytes.len() as u32,
            codec: 0,
            prefix: 0,
        }
    }

    /// A piece with codec 1, whose frame is made elsewhere.
    #[must_use]
    pub fn zstd(frame: Vec<u8>, raw: usize, prefix: u8) -> RawPiece {
        RawPiece {
            stored: frame,
            raw: raw as u32,
            codec: 1,
            prefix,
        }
    }

    /// The entry of TABLE.
    #[must_use]
    pub fn entry(&self) -> [u8; 44] {
        let mut entry = [0; 44];
        entry[..32].copy_from_slice(&Hash::of(&self.stored).0);
        entry[32..36].copy_from_slice(&(self.stored.len() as u32).to_be_bytes());
        entry[36..40].copy_from_slice(&self.raw.to_be_bytes());
        entry[40] = self.codec;
        entry[41] = self.prefix;
        entry
    }
}

/// The bytes of an article of one paragraph.
#[must_use]
pub fn body(text: &str) -> Vec<u8> {
    varaq_article::encode(&Article {
        blocks: vec![Block::Paragraph {
            role: Role::Body,
            text: vec![Inline::Text(text.to_owned())],
        }],
    })
}

/// A small issue: FRONT, notices, one catalog page, `prefixes` prefix pieces and further pieces.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The publisher.
    pub mint: Mint,
    /// Its number.
    pub number: u32,
    /// FRONT.
    pub front: Front,
    /// The notices pieces; they come before all articles, so they are set first.
    pub notices: Vec<RawPiece>,
    /// The catalog page.
    pub page: Vec<Entry>,
    /// The pieces behind the catalog, the prefixes first.
    pub tail: Vec<RawPiece>,
    /// How many of them are prefixes.
    pub prefixes: u32,
    /// The bytes of the articles, in catalog order.
    pub bodies: Vec<Vec<u8>>,
}

impl Sample {
    /// An issue without articles.
    #[must_use]
    pub fn empty(mint: Mint) -> Sample {
        Sample {
            mint,
            number: 7,
            front: Front {
                title: "Seven".into(),
                language: "en".into(),
                sections: vec!["News".into()],
                lead: None,
                article_count: 0,
                first: Vec::new(),
                directory: Vec::new(),
                extras: Vec::new(),
            },
            notices: Vec::new(),
            page: Vec::new(),
            tail: Vec::new(),
            prefixes: 0,
            bodies: Vec::new(),
        }
    }

    /// Number of the next piece; FRONT is 0, and without notices the catalog page 1.
    #[must_use]
    pub fn next_piece(&self) -> u32 {
        2 + (self.notices.len() + self.tail.len()) as u32
    }

    /// Adds an article that fills the next piece.
    pub fn article(&mut self, language: &str, title: &str, body: &[u8], piece: RawPiece) {
        let span = Span {
            first: self.next_piece(),
            offset: 0,
            len: body.len() as u64,
        };
        self.page.push(Entry {
            id: article_id(title),
            version: 1,
            group: None,
            title: title.into(),
            byline: String::new(),
            section: 0,
            language: language.into(),
            direction: if matches!(language, "fa" | "ar") {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            },
            day: Day(20_454),
            words: 10,
            span,
            media: Vec::new(),
            extras: Vec::new(),
        });
        self.tail.push(piece);
        self.bodies.push(body.to_vec());
    }

    /// Adds a picture of the first article; its bytes are none.
    pub fn picture(&mut self, bytes: &[u8]) {
        let span = Span {
            first: self.next_piece(),
            offset: 0,
            len: bytes.len() as u64,
        };
        self.page[0].media.push(Medium {
            class: MediumClass::Picture,
            media_type: "image/png".into(),
            name: "picture".into(),
            span,
            width: 4,
            height: 3,
        });
        self.tail.push(RawPiece::as_is(bytes));
    }

    /// FRONT as it follows from the catalog page.
    #[must_use]
    pub fn listed(&self) -> Front {
        Front {
            article_count: self.page.len() as u32,
            first: self.page.clone(),
            directory: vec![self.page.len() as u16],
            ..self.front.clone()
        }
    }

    /// The pieces, with FRONT and the catalog as they follow from the articles.
    #[must_use]
    pub fn seal(&self) -> Sealed {
        self.seal_with(&self.listed().encode(), &encode_catalog_page(&self.page))
    }

    /// The pieces, with any FRONT and catalog page.
    #[must_use]
    pub fn seal_with(&self, front: &[u8], page: &[u8]) -> Sealed {
        let mut pieces = vec![RawPiece::as_is(front)];
        pieces.extend(self.notices.iter().cloned());
        pieces.push(RawPiece::as_is(page));
        pieces.extend(self.tail.iter().cloned());
        let notices = self.notices.len() as u32;
        Sealed::new(
            self.mint.clone(),
            self.number,
            pieces,
            notices,
            self.prefixes,
        )
    }
}

/// Pieces, what TABLE and INDEX say about them, and the manifest over it.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The publisher.
    pub mint: Mint,
    /// The pieces.
    pub pieces: Vec<RawPiece>,
    /// TABLE; after a change call [`Sealed::relist`].
    pub table: Vec<[u8; 44]>,
    /// INDEX, which has one row.
    pub index: Vec<u8>,
    /// The manifest.
    pub manifest: Manifest,
}

impl Sealed {
    fn new(mint: Mint, number: u32, pieces: Vec<RawPiece>, notices: u32, prefixes: u32) -> Sealed {
        let manifest = Manifest {
            format: 1,
            publisher: mint.id().into(),
            channel: "main".into(),
            epoch: 1,
            number,
            prev: None,
            day: Day(20_454),
            root: mint.root(),
            piece_count: pieces.len() as u32,
            stored_total: 0,
            raw_total: pieces.iter().map(|piece| u64::from(piece.raw)).sum(),
            index: Hash([0; 32]),
            counts: Counts {
                notices,
                catalog: 1,
            },
            prefixes: (2 + notices..2 + notices + prefixes).collect(),
            extras: Vec::new(),
        };
        let mut sealed = Sealed {
            mint,
            table: pieces.iter().map(RawPiece::entry).collect(),
            pieces,
            index: Vec::new(),
            manifest,
        };
        sealed.relist();
        sealed
    }

    /// Makes INDEX and the manifest fit TABLE, whatever stands in it.
    pub fn relist(&mut self) {
        let bytes = self.table.concat();
        let stored =
            |entry: &[u8; 44]| u64::from(u32::from_be_bytes(entry[32..36].try_into().unwrap()));
        let sum: u64 = self.table.iter().map(stored).sum();
        self.index = Hash::derived(varaq_bundle::Context::Page, &bytes)
            .0
            .to_vec();
        self.index.extend_from_slice(&sum.to_be_bytes());
        self.manifest.stored_total = sum;
        self.reindex();
    }

    /// Makes the manifest fit INDEX.
    pub fn reindex(&mut self) {
        self.manifest.index = Hash::derived(varaq_bundle::Context::Index, &self.index);
    }

    /// Changes the entry of a piece, and has it signed so.
    #[must_use]
    pub fn entry(mut self, piece: usize, change: impl FnOnce(&mut [u8; 44])) -> Sealed {
        change(&mut self.table[piece]);
        self.relist();
        self
    }

    /// Where a piece lies, from the first piece's first byte.
    #[must_use]
    pub fn offset(&self, piece: usize) -> u64 {
        self.pieces[..piece]
            .iter()
            .map(|piece| piece.stored.len() as u64)
            .sum()
    }

    /// The file, signed by slots 0 and 1, with spares of FRONT and the prefixes.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let manifest = self.manifest.encode();
        let count = self.pieces.len() as u32;
        let mut body = [self.index.clone(), self.table.concat()].concat();
        let table_end = body.len() as u64;
        let mut runs = vec![(0, count, 0)];
        for piece in &self.pieces {
            body.extend_from_slice(&piece.stored);
        }
        for spare in std::iter::once(0).chain(self.manifest.prefixes.iter().copied()) {
            runs.push((spare, 1, body.len() as u64 - table_end));
            body.extend_from_slice(&self.pieces[spare as usize].stored);
        }
        Parts {
            signatures: self.mint.signatures(&manifest, &[0, 1]),
            manifest,
            own: self.mint.own.encode().unwrap(),
            runs,
            notes: Vec::new(),
            slack: 64,
            body_at: None,
            pieces_at: table_end,
            body,
            major: 1,
        }
    }

    /// The file of another publisher's or an older chain: OWN as given.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        self.parts().bytes()
    }
}

/// The sections of a file.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Major version.
    pub major: u16,
    /// MANIFEST.
    pub manifest: Vec<u8>,
    /// SIGNATURES.
    pub signatures: Vec<u8>,
    /// OWN.
    pub own: Vec<u8>,
    /// RUNS: first piece, count, and offset counted from where the pieces begin.
    pub runs: Vec<(u32, u32, u64)>,
    /// NOTES.
    pub notes: Vec<u8>,
    /// Zeros before the body.
    pub slack: usize,
    /// `body_at`, when it is not where the slack ends.
    pub body_at: Option<u64>,
    /// Where the pieces begin, counted from the beginning of the body.
    pub pieces_at: u64,
    /// INDEX, TABLE, pieces, spares, and what else follows.
    pub body: Vec<u8>,
}

impl Parts {
    /// Where the sections of the head end.
    #[must_use]
    pub fn head_len(&self) -> usize {
        let sections = [&self.manifest, &self.signatures, &self.own, &self.notes];
        64 + sections.iter().map(|section| section.len()).sum::<usize>() + 16 * self.runs.len()
    }

    /// Where the body begins in the file.
    #[must_use]
    pub fn body_start(&self) -> usize {
        self.head_len() + self.slack
    }

    /// The file, with a hint that fits.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let body_at = self.body_at.unwrap_or(self.body_start() as u64);
        let prefix = Prefix {
            major: self.major,
            body_at,
            manifest_len: self.manifest.len() as u32,
            signatures_len: self.signatures.len() as u32,
            own_len: self.own.len() as u32,
            runs_len: 16 * self.runs.len() as u32,
            notes_len: self.notes.len() as u32,
            hint: [0; 16],
        };
        let mut file = prefix.encode().to_vec();
        for section in [&self.manifest, &self.signatures, &self.own] {
            file.extend_from_slice(section);
        }
        for &(first, count, offset) in &self.runs {
            let offset = (self.body_start() as u64 + self.pieces_at).wrapping_add(offset);
            file.extend_from_slice(&first.to_be_bytes());
            file.extend_from_slice(&count.to_be_bytes());
            file.extend_from_slice(&offset.to_be_bytes());
        }
        file.extend_from_slice(&self.notes);
        file.resize(file.len() + self.slack, 0);
        file.extend_from_slice(&self.body);
        rehint(&mut file);
        file
    }
}

/// Makes the hint of a file fit its lengths and sections, as far as they are there.
pub fn rehint(file: &mut [u8]) {
    let len = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let end = (64 + len(20) + len(24) + len(28)).min(file.len());
    let hinted = [&file[..48], &file[64..end]].concat();
    let hint = blake3::hash(&hinted);
    file[48..64].copy_from_slice(&hint.as_bytes()[..16]);
}

/// A statement and its signatures as OWN lists them; signers are (set, slot, seed).
#[must_use]
pub fn statement_value(
    bytes: &[u8],
    namespace: varaq_trust::Namespace,
    signers: &[(u64, u64, u8)],
) -> Value {
    let signatures = signers.iter().map(|&(set, slot, seed)| {
        let signature = crate::sign(seed, namespace, bytes);
        Value::Array(vec![
            Value::Uint(set),
            Value::Uint(slot),
            Value::Uint(1),
            Value::Bytes(signature),
        ])
    });
    Value::Array(vec![
        Value::Bytes(bytes.to_vec()),
        Value::Array(signatures.collect()),
    ])
}

/// SIGNATURES from (slot, alg, signature).
#[must_use]
pub fn signatures_value(list: &[(u64, u64, Vec<u8>)]) -> Value {
    let one = |(slot, alg, signature): &(u64, u64, Vec<u8>)| {
        Value::Array(vec![
            Value::Uint(*slot),
            Value::Uint(*alg),
            Value::Bytes(signature.clone()),
        ])
    };
    Value::Array(list.iter().map(one).collect())
}
