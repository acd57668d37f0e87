//! INDEX and TABLE as repair reads them: hashes and lengths of pieces, each page held against the signed manifest
//! (FORMAT.md section 1.2).

use varaq_bundle::{Context, Hash, Index, Manifest, PIECES_PER_PAGE, TableEntry};

/// What INDEX says about a page.
#[derive(Clone, Copy, Debug)]
struct Row {
    page: Hash,
    sum: u64,
    before: u64,
}

/// INDEX, whose hash is right.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    total: u64,
}

/// A page of TABLE, whose hash is right: hash and stored length of each piece, and the stored
/// bytes of the issue before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) pieces: Vec<Piece>,
}

/// A piece as TABLE has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Plain BLAKE3 of the stored bytes.
    pub(crate) hash: Hash,
    /// Stored bytes, 1 … 1,048,576.
    pub(crate) stored: u32,
    /// Stored bytes of all pieces before it.
    pub(crate) before: u64,
}

/// Bytes of INDEX.
pub(crate) fn index_len(manifest: &Manifest) -> u64 {
    u64::from(manifest.pages()).saturating_mul(Index::ROW_LEN as u64)
}

/// Bytes of TABLE.
pub(crate) fn table_len(manifest: &Manifest) -> u64 {
    u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64)
}

/// Where page `page` lies in TABLE, and its bytes.
pub(crate) fn page_place(manifest: &Manifest, page: u32) -> (u64, usize) {
    let first = page.saturating_mul(PIECES_PER_PAGE);
    let pieces = manifest
        .piece_count
        .saturating_sub(first)
        .min(PIECES_PER_PAGE);
    let at = u64::from(first).saturating_mul(TableEntry::LEN as u64);
    (at, (pieces as usize).saturating_mul(TableEntry::LEN))
}

impl Rows {
    /// Takes INDEX if it is the signed one.
    pub(crate) fn decode(bytes: &[u8], manifest: &Manifest) -> Option<Rows> {
        if Hash::derived(Context::Index, bytes) != manifest.index {
            return None;
        }
        let mut total = 0_u64;
        let mut rows = Vec::new();
        for row in bytes.chunks_exact(Index::ROW_LEN) {
            let (page, sum) = (row.first_chunk::<32>()?, row.last_chunk::<8>()?);
            let sum = u64::from_be_bytes(*sum);
            rows.push(Row {
                page: Hash(*page),
                sum,
                before: total,
            });
            total = total.checked_add(sum)?;
        }
        (total == manifest.stored_total).then_some(Rows { rows, total })
    }

    /// Takes a page of TABLE if it is the signed one.
    pub(crate) fn page(&self, bytes: &[u8], page: u32) -> Option<Page> {
        let row = self.rows.get(page as usize)?;
        if Hash::derived(Context::Page, bytes) != row.page {
            return None;
        }
        let mut before = row.before;
        let mut pieces = Vec::new();
        for entry in bytes.chunks_exact(TableEntry::LEN) {
            let (hash, rest) = entry.split_first_chunk::<32>()?;
            let stored = u32::from_be_bytes(*rest.first_chunk()?);
            if !(1..=1 << 20).contains(&stored) {
                return None;
            }
            pieces.push(Piece {
                hash: Hash(*hash),
                stored,
                before,
            });
            before = before.checked_add(stored.into())?;
        }
        (before.checked_sub(row.before) == Some(row.sum)).then_some(Page { pieces })
    }

    /// Stored bytes before a page.
    pub(crate) fn before(&self, page: u32) -> u64 {
        self.rows
            .get(page as usize)
            .map_or(self.total, |row| row.before)
    }
}
