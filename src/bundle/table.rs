//! INDEX and TABLE: what every piece must hash to (FORMAT.md section 1.2).

use crate::prefix::Fields;
use crate::{Context, Hash, Manifest};

/// Pieces of a full page of TABLE.
pub const PIECES_PER_PAGE: u32 = 1_024;

/// How a piece is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// As it is.
    Stored,
    /// One zstd frame; `prefix` 1 … 8 names the raw content before it, 0 none.
    Zstd {
        /// Position in the manifest's list of prefix pieces, from 1; 0 = none.
        prefix: u8,
    },
}

/// An entry of TABLE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableEntry {
    /// Plain BLAKE3 of the stored bytes.
    pub hash: Hash,
    /// Bytes in the file, 1 … 1,048,576.
    pub stored: u32,
    /// Bytes after decoding, 1 … 1,048,576.
    pub raw: u32,
    /// How it is stored.
    pub codec: Codec,
}

impl TableEntry {
    /// Bytes of an entry.
    pub const LEN: usize = 44;

    /// The 44 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; TableEntry::LEN] {
        let (codec, prefix) = match self.codec {
            Codec::Stored => (0, 0),
            Codec::Zstd { prefix } => (1, prefix),
        };
        let mut bytes = Vec::with_capacity(TableEntry::LEN);
        bytes.extend_from_slice(&self.hash.0);
        bytes.extend_from_slice(&self.stored.to_be_bytes());
        bytes.extend_from_slice(&self.raw.to_be_bytes());
        bytes.extend_from_slice(&[codec, prefix, 0, 0]);
        bytes.try_into().unwrap_or([0; TableEntry::LEN])
    }

    /// Reads the entry of `piece`, or says which rule it breaks.
    fn decode(
        bytes: &[u8],
        piece: u32,
        manifest: &Manifest,
        piece_bytes: u32,
    ) -> Result<TableEntry, &'static str> {
        let mut fields = Fields(bytes);
        let hash = Hash(fields.take());
        let (stored, raw) = (fields.u32(), fields.u32());
        let (codec, prefix, zero) = (fields.u8(), fields.u8(), fields.u16());
        if zero != 0 {
            return Err("a zero field is not zero");
        }
        if !(1..=piece_bytes).contains(&stored) || !(1..=piece_bytes).contains(&raw) {
            return Err("a length is outside its range");
        }
        let codec = match (codec, prefix) {
            (0, 0) if stored == raw => Codec::Stored,
            (1, _) if stored < raw => Codec::Zstd { prefix },
            _ => return Err("codec, prefix and lengths contradict each other"),
        };
        // A prefix of a prefix would make one damaged piece spoil everything behind it.
        let text_from = manifest
            .articles()
            .start
            .saturating_add(manifest.prefixes.len() as u32);
        if prefix != 0 && (usize::from(prefix) > manifest.prefixes.len() || piece < text_from) {
            return Err("a prefix that this piece may not have");
        }
        Ok(TableEntry {
            hash,
            stored,
            raw,
            codec,
        })
    }
}

/// A page of TABLE whose hash is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The entries.
    pub entries: Vec<TableEntry>,
    /// Stored bytes of the page before each entry.
    pub before: Vec<u64>,
}

impl Page {
    /// Decodes page `number`, whose hash the caller has compared.
    pub(crate) fn decode(
        bytes: &[u8],
        number: u32,
        row: &IndexRow,
        manifest: &Manifest,
        piece_bytes: u32,
    ) -> Result<Page, &'static str> {
        let mut page = Page {
            entries: Vec::new(),
            before: Vec::new(),
        };
        let mut sum = 0u64;
        let first = number.saturating_mul(PIECES_PER_PAGE);
        for (entry, piece) in bytes.chunks_exact(TableEntry::LEN).zip(first..) {
            let entry = TableEntry::decode(entry, piece, manifest, piece_bytes)?;
            page.before.push(sum);
            sum = sum.saturating_add(u64::from(entry.stored));
            page.entries.push(entry);
        }
        if sum != row.stored_sum {
            return Err("the stored sum is not that of INDEX");
        }
        Ok(page)
    }
}

/// What INDEX says about a page of TABLE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexRow {
    /// Hash of the page.
    pub page: Hash,
    /// Sum of its `stored` fields.
    pub stored_sum: u64,
    /// Stored bytes of all pages before it.
    pub before: u64,
}

/// INDEX, whose hash is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// A row for each page.
    pub rows: Vec<IndexRow>,
}

impl Index {
    /// Bytes of a row.
    pub const ROW_LEN: usize = 40;

    /// Decodes INDEX, whose hash the caller has compared. Its sum must be the manifest's.
    pub(crate) fn decode(bytes: &[u8], stored_total: u64) -> Result<Index, &'static str> {
        let mut rows = Vec::with_capacity(bytes.len() / Index::ROW_LEN);
        let mut before = 0u64;
        for row in bytes.chunks_exact(Index::ROW_LEN) {
            let mut fields = Fields(row);
            let row = IndexRow {
                page: Hash(fields.take()),
                stored_sum: fields.u64(),
                before,
            };
            before = before
                .checked_add(row.stored_sum)
                .ok_or("the sum of INDEX overflows")?;
            rows.push(row);
        }
        if before != stored_total {
            return Err("the sum of INDEX is not stored_total");
        }
        Ok(Index { rows })
    }

    /// INDEX and TABLE over `entries`: their bytes, and the hash of INDEX.
    #[must_use]
    pub fn encode(entries: &[TableEntry]) -> (Vec<u8>, Vec<u8>, Hash) {
        let mut index = Vec::new();
        let mut table = Vec::with_capacity(entries.len().saturating_mul(TableEntry::LEN));
        for page in entries.chunks(PIECES_PER_PAGE as usize) {
            let bytes: Vec<u8> = page.iter().flat_map(|entry| entry.encode()).collect();
            let sum = page.iter().fold(0u64, |sum, entry| {
                sum.saturating_add(u64::from(entry.stored))
            });
            index.extend_from_slice(&Hash::derived(Context::Page, &bytes).0);
            index.extend_from_slice(&sum.to_be_bytes());
            table.extend_from_slice(&bytes);
        }
        let hash = Hash::derived(Context::Index, &index);
        (index, table, hash)
    }
}
