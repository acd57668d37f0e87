//! The form of repair data (FORMAT.md section 13.1): header, front, hashes, blocks, and the first three once
//! more at the end.
//!
//! In: bytes of a stranger. Out: a header whose numbers follow from length and percentage, and
//! hashes page by page. No number costs memory before the file was found to be as long.

use std::collections::HashMap;
use std::io::{Read, Seek};

use varaq_bundle::{Fields, Hash, TRAILER_MAGIC};

use super::block::{BlockHash, HASH_LEN, read_at, short};

const HEADER_CONTEXT: &str = "varaq 2026 repair-data v1";
const PAGE_CONTEXT: &str = "varaq 2026 repair-page v1";
const FILE_CONTEXT: &str = "varaq 2026 repair-file v1";
const VERSION: u16 = 1;
/// Data blocks of a stripe at most; a stripe is held in memory.
const STRIPE_BLOCKS: u64 = 512;
const LEAST_BLOCK: u64 = 512;
const GREATEST_BLOCK: u64 = 64 << 10;
const HASHES_PER_PAGE: u64 = 1_024;
/// Pages of hashes kept in memory, 64 MiB: enough for bundles of 250 GB.
const MOST_PAGES: usize = 4_096;
/// Bytes that a bundle can have: its counts are bounded, and lengths must not overflow.
const MOST_BYTES: u64 = 1 << 46;
const MOST_HEAD: u64 = 1 << 20;

/// What repair data says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RepairHeader {
    /// Repair blocks for a hundred data blocks.
    pub(crate) percent: u16,
    /// Bytes of the file.
    pub(crate) file_len: u64,
    /// PREFIX to NOTES.
    pub(crate) head_len: u64,
    /// INDEX and TABLE.
    pub(crate) table_len: u64,
    /// Manifest id.
    pub(crate) manifest: Hash,
    /// Over the hashes of all data blocks.
    pub(crate) file: Hash,
    /// Over PREFIX to NOTES.
    pub(crate) head: Hash,
    /// Bytes of a block.
    pub(crate) block: u64,
    /// Stripes; block i belongs to stripe i mod stripes.
    pub(crate) stripes: u64,
    /// Data blocks of a stripe.
    pub(crate) data: u64,
    /// Repair blocks of a stripe.
    pub(crate) spare: u64,
}

impl RepairHeader {
    /// Bytes of a header.
    pub(crate) const LEN: usize = 192;
    const CHECKED: usize = 160;

    /// The header whose numbers follow from length and percentage.
    pub(crate) fn new(
        percent: u16,
        file_len: u64,
        (head_len, table_len): (u64, u64),
        [manifest, file, head]: [Hash; 3],
    ) -> Option<RepairHeader> {
        let fits = (1..=100).contains(&percent)
            && (1..=MOST_BYTES).contains(&file_len)
            && head_len <= MOST_HEAD
            && head_len.checked_add(table_len)? <= file_len;
        if !fits {
            return None;
        }
        let mut block = LEAST_BLOCK;
        while block < GREATEST_BLOCK && file_len.div_ceil(block) > STRIPE_BLOCKS {
            block = block.saturating_mul(2);
        }
        let blocks = file_len.div_ceil(block);
        let stripes = blocks.div_ceil(STRIPE_BLOCKS);
        let data = blocks.div_ceil(stripes);
        // One more: a burst that begins inside of a block touches one more.
        let spare = data
            .saturating_mul(percent.into())
            .div_ceil(100)
            .saturating_add(1);
        Some(RepairHeader {
            percent,
            file_len,
            head_len,
            table_len,
            manifest,
            file,
            head,
            block,
            stripes,
            data,
            spare,
        })
    }

    /// The 192 bytes; `last` is the one at the end.
    pub(crate) fn encode(&self, last: bool) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(RepairHeader::LEN);
        bytes.extend_from_slice(&TRAILER_MAGIC);
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&self.percent.to_be_bytes());
        bytes.extend_from_slice(&(self.block as u32).to_be_bytes());
        bytes.extend_from_slice(&self.file_len.to_be_bytes());
        for count in [self.stripes, self.data, self.spare, self.head_len] {
            bytes.extend_from_slice(&(count as u32).to_be_bytes());
        }
        bytes.extend_from_slice(&self.table_len.to_be_bytes());
        for hash in [self.manifest, self.file, self.head] {
            bytes.extend_from_slice(&hash.0);
        }
        bytes.extend_from_slice(&u32::from(last).to_be_bytes());
        bytes.resize(RepairHeader::CHECKED, 0);
        let check = blake3::derive_key(HEADER_CONTEXT, &bytes);
        bytes.extend_from_slice(&check);
        bytes
    }

    /// Reads a header, and whether it is the one at the end. `None` if a bit is wrong or a number lies.
    pub(crate) fn decode(bytes: &[u8; RepairHeader::LEN]) -> Option<(RepairHeader, bool)> {
        let mut fields = Fields(bytes.strip_prefix(&TRAILER_MAGIC)?);
        if fields.u16() != VERSION {
            return None;
        }
        let (percent, _, file_len) = (fields.u16(), fields.u32(), fields.u64());
        let (_, _, _, head_len) = (fields.u32(), fields.u32(), fields.u32(), fields.u32());
        let table_len = fields.u64();
        let hashes = [(); 3].map(|()| Hash(fields.take()));
        let last = fields.u32() == 1;
        let lens = (u64::from(head_len), table_len);
        let header = RepairHeader::new(percent, file_len, lens, hashes)?;
        // One encoding of each: numbers that do not follow, zeros that are not, and a wrong check differ.
        (header.encode(last) == bytes).then_some((header, last))
    }

    /// Names this repair data: the check of its first header.
    pub(crate) fn id(&self) -> [u8; 32] {
        let bytes = self.encode(false);
        bytes.last_chunk().copied().unwrap_or_default()
    }

    /// Data blocks of the file.
    pub(crate) fn blocks(&self) -> u64 {
        self.file_len.div_ceil(self.block)
    }

    /// Repair blocks of all stripes.
    pub(crate) fn spare_blocks(&self) -> u64 {
        self.spare.saturating_mul(self.stripes)
    }

    /// Pages of hashes.
    pub(crate) fn pages(&self) -> u64 {
        self.hashes().div_ceil(HASHES_PER_PAGE)
    }

    /// Hashes: of the data blocks, then of the repair blocks.
    pub(crate) fn hashes(&self) -> u64 {
        self.blocks().saturating_add(self.spare_blocks())
    }

    /// Where a page lies in a list of hashes, and how many it has.
    fn page(&self, page: u64) -> (u64, usize) {
        let full = HASHES_PER_PAGE
            .saturating_add(1)
            .saturating_mul(HASH_LEN as u64);
        let first = page.saturating_mul(HASHES_PER_PAGE);
        let count = self.hashes().saturating_sub(first).min(HASHES_PER_PAGE);
        (page.saturating_mul(full), count as usize)
    }

    fn hashes_len(&self) -> u64 {
        let entries = self.hashes().saturating_add(self.pages());
        entries.saturating_mul(HASH_LEN as u64)
    }

    /// Where the front lies in its two copies, from the start of the repair data.
    pub(crate) fn fronts_at(&self) -> [u64; 2] {
        let tail = (RepairHeader::LEN as u64).saturating_add(self.front_len());
        [RepairHeader::LEN as u64, self.len().saturating_sub(tail)]
    }

    fn front_len(&self) -> u64 {
        self.head_len.saturating_add(self.table_len)
    }

    /// Where the hashes lie in their two copies.
    pub(crate) fn hashes_at(&self) -> [u64; 2] {
        let first = (RepairHeader::LEN as u64).saturating_add(self.front_len());
        let tail = first.saturating_add(self.hashes_len());
        [first, self.len().saturating_sub(tail)]
    }

    /// Where repair block `number` of `stripe` lies.
    pub(crate) fn spare_at(&self, stripe: u64, number: u64) -> u64 {
        let blocks_at = (RepairHeader::LEN as u64)
            .saturating_add(self.front_len())
            .saturating_add(self.hashes_len());
        let block = number.saturating_mul(self.stripes).saturating_add(stripe);
        blocks_at.saturating_add(block.saturating_mul(self.block))
    }

    /// The hash of repair block `number` of `stripe` in the list.
    pub(crate) fn spare_hash(&self, stripe: u64, number: u64) -> u64 {
        let block = number.saturating_mul(self.stripes).saturating_add(stripe);
        self.blocks().saturating_add(block)
    }

    /// Bytes of all of it.
    pub(crate) fn len(&self) -> u64 {
        let ends = (RepairHeader::LEN as u64)
            .saturating_add(self.front_len())
            .saturating_add(self.hashes_len());
        let blocks = self.spare_blocks().saturating_mul(self.block);
        ends.saturating_mul(2).saturating_add(blocks)
    }
}

/// The list of hashes as it is written.
pub(crate) fn encode_hashes(id: &[u8; 32], hashes: &[BlockHash]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (page, number) in hashes.chunks(HASHES_PER_PAGE as usize).zip(0..) {
        let entries = page.concat();
        bytes.extend_from_slice(&page_check(id, number, &entries));
        bytes.extend_from_slice(&entries);
    }
    bytes
}

fn page_check(id: &[u8; 32], page: u64, entries: &[u8]) -> BlockHash {
    let mut hasher = blake3::Hasher::new_derive_key(PAGE_CONTEXT);
    hasher
        .update(id)
        .update(&page.to_be_bytes())
        .update(entries);
    short(hasher.finalize().as_bytes())
}

/// What the file's bytes come to: a hash over the hashes of its blocks.
pub(crate) struct FileHash(blake3::Hasher);

impl FileHash {
    pub(crate) fn new() -> FileHash {
        FileHash(blake3::Hasher::new_derive_key(FILE_CONTEXT))
    }

    pub(crate) fn add(&mut self, hash: &BlockHash) {
        self.0.update(hash);
    }

    pub(crate) fn finish(&self) -> Hash {
        Hash(*self.0.finalize().as_bytes())
    }
}

/// The pages of hashes that are right in at least one place.
#[derive(Debug, Default)]
pub(crate) struct Hashes {
    pages: HashMap<u64, Vec<BlockHash>>,
    /// Pages that are wrong in one copy.
    pub(crate) wrong: u64,
}

impl Hashes {
    /// Takes what is right of repair data that begins at `start` of a file of `len` bytes.
    /// Costs memory for pages that are there, whatever the header says.
    pub(crate) fn read<R: Read + Seek + ?Sized>(
        &mut self,
        file: &mut R,
        len: u64,
        start: i128,
        header: &RepairHeader,
    ) {
        let id = header.id();
        for at in header.hashes_at() {
            for page in 0..header.pages() {
                let (offset, count) = header.page(page);
                let at = start
                    .saturating_add(at.into())
                    .saturating_add(offset.into());
                let Ok(at) = u64::try_from(at) else { continue };
                if at >= len {
                    self.wrong = self
                        .wrong
                        .saturating_add(header.pages().saturating_sub(page));
                    break;
                }
                let mut bytes = vec![0; count.saturating_add(1).saturating_mul(HASH_LEN)];
                let read = read_at(file, at, &mut bytes);
                let (check, entries) = bytes.split_at(HASH_LEN.min(bytes.len()));
                if read.is_err() || check != page_check(&id, page, entries) {
                    self.wrong = self.wrong.saturating_add(1);
                    continue;
                }
                if self.pages.len() >= MOST_PAGES {
                    return;
                }
                let (entries, _) = entries.as_chunks::<HASH_LEN>();
                self.pages.entry(page).or_insert_with(|| entries.to_vec());
            }
        }
    }

    /// A hash of the list.
    pub(crate) fn get(&self, number: u64) -> Option<BlockHash> {
        let page = self.pages.get(&(number / HASHES_PER_PAGE))?;
        page.get((number % HASHES_PER_PAGE) as usize).copied()
    }
}
