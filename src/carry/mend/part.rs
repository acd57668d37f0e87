//! The form of a part (FORMAT.md section 13.2): header, roots, hashes, head, shard.
//!
//! In: bytes of a stranger. Out: a header whose numbers agree with each other and with the length
//! of the file that it stands in.

use std::io::{Read, Seek};

use varaq_bundle::{Fields, Hash};

use super::block::{BlockHash, HASH_LEN, read_at};

/// The first eight bytes of a part.
pub const PART_MAGIC: [u8; 8] = [0x89, b'V', b'R', b'P', 0x0d, 0x0a, 0x1a, 0x0a];

const HEADER_CONTEXT: &str = "varaq 2026 part-header v1";
const ROOT_CONTEXT: &str = "varaq 2026 part v1";
const VERSION: u16 = 1;
/// Parts of a set at most.
pub(crate) const MOST_PARTS: u16 = 1_000;
const SHORT_BLOCK: u64 = 4 << 10;
const LONG_BLOCK: u64 = 64 << 10;
const LONG_SHARD: u64 = 1 << 20;
const MOST_BYTES: u64 = 1 << 46;
const MOST_HEAD: u64 = 1 << 20;

/// What all parts of a set have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set {
    pub(crate) parts: u16,
    pub(crate) need: u16,
    pub(crate) file_len: u64,
    pub(crate) head_len: u64,
    pub(crate) manifest: Hash,
    pub(crate) head: Hash,
    /// What the hashes of each part come to.
    pub(crate) roots: Vec<Hash>,
}

impl Set {
    const LEN: usize = 192;

    /// A set whose numbers are in range.
    pub(crate) fn new(
        (parts, need): (u16, u16),
        file_len: u64,
        head_len: u64,
        [manifest, head]: [Hash; 2],
    ) -> Option<Set> {
        let fits = (1..=MOST_PARTS).contains(&parts)
            && (1..=parts).contains(&need)
            && (1..=MOST_BYTES).contains(&file_len)
            && head_len <= MOST_HEAD.min(file_len);
        fits.then_some(Set {
            parts,
            need,
            file_len,
            head_len,
            manifest,
            head,
            roots: Vec::new(),
        })
    }

    /// Bytes of a shard: a multiple of 64.
    pub(crate) fn shard(&self) -> u64 {
        self.file_len
            .div_ceil(self.need.into())
            .next_multiple_of(64)
    }

    /// Bytes of a block; the last one of a shard may be shorter.
    pub(crate) fn block(&self) -> u64 {
        if self.shard() > LONG_SHARD {
            LONG_BLOCK
        } else {
            SHORT_BLOCK
        }
    }

    /// Blocks of a shard.
    pub(crate) fn blocks(&self) -> u64 {
        self.shard().div_ceil(self.block())
    }

    /// Where a block lies in a shard, and its bytes.
    pub(crate) fn column(&self, block: u64) -> (u64, usize) {
        let at = block.saturating_mul(self.block());
        (
            at,
            self.shard().saturating_sub(at).min(self.block()) as usize,
        )
    }

    fn hashes_at(&self) -> u64 {
        (Set::LEN as u64).saturating_add(u64::from(self.parts).saturating_mul(32))
    }

    /// Where the head lies in a part.
    pub(crate) fn head_at(&self) -> u64 {
        let hashes = self.blocks().saturating_mul(HASH_LEN as u64);
        self.hashes_at().saturating_add(hashes)
    }

    /// Where the shard lies in a part.
    pub(crate) fn shard_at(&self) -> u64 {
        self.head_at().saturating_add(self.head_len)
    }

    /// Bytes of a part.
    pub(crate) fn len(&self) -> u64 {
        self.shard_at().saturating_add(self.shard())
    }

    /// Everything before the head: header, roots, hashes.
    pub(crate) fn encode(&self, part: u16, hashes: &[BlockHash]) -> Vec<u8> {
        let mut bytes = self.encode_header(part);
        self.roots
            .iter()
            .for_each(|root| bytes.extend_from_slice(&root.0));
        bytes.extend_from_slice(&hashes.concat());
        bytes
    }

    fn encode_header(&self, part: u16) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Set::LEN);
        bytes.extend_from_slice(&PART_MAGIC);
        for number in [VERSION, part, self.parts, self.need] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        for len in [self.file_len, self.shard(), self.head_len, self.block()] {
            bytes.extend_from_slice(&len.to_be_bytes());
        }
        bytes.extend_from_slice(&self.manifest.0);
        bytes.extend_from_slice(&self.head.0);
        bytes.resize(Set::LEN.saturating_sub(32), 0);
        let mut check = blake3::Hasher::new_derive_key(HEADER_CONTEXT);
        check.update(&bytes);
        for root in &self.roots {
            check.update(&root.0);
        }
        bytes.extend_from_slice(check.finalize().as_bytes());
        bytes
    }

    /// Reads header and roots, and which part it is (from 0). `None` if a bit is wrong or a number lies.
    pub(crate) fn read<R: Read + Seek + ?Sized>(file: &mut R) -> Option<(Set, u16)> {
        let mut bytes = [0; Set::LEN];
        read_at(file, 0, &mut bytes).ok()?;
        let mut fields = Fields(bytes.strip_prefix(&PART_MAGIC)?);
        if fields.u16() != VERSION {
            return None;
        }
        let (part, parts, need) = (fields.u16(), fields.u16(), fields.u16());
        let (file_len, _, head_len, _) = (fields.u64(), fields.u64(), fields.u64(), fields.u64());
        let hashes = [(); 2].map(|()| Hash(fields.take()));
        let mut set = Set::new((parts, need), file_len, head_len, hashes)?;
        let mut roots = vec![0; usize::from(parts).saturating_mul(32)];
        read_at(file, Set::LEN as u64, &mut roots).ok()?;
        let (roots, _) = roots.as_chunks::<32>();
        set.roots = roots.iter().map(|root| Hash(*root)).collect();
        // One encoding of each: numbers that do not follow from others, and a wrong check, differ.
        (part < parts && set.encode_header(part) == bytes).then_some((set, part))
    }

    /// The hashes of a part, if they come to its root. The file is as long as they say.
    pub(crate) fn hashes<R: Read + Seek + ?Sized>(
        &self,
        file: &mut R,
        part: u16,
        len: u64,
    ) -> Option<Vec<BlockHash>> {
        if len < self.head_at() {
            return None;
        }
        let mut bytes = vec![0; self.head_at().saturating_sub(self.hashes_at()) as usize];
        read_at(file, self.hashes_at(), &mut bytes).ok()?;
        if Some(&root(&bytes)) != self.roots.get(usize::from(part)) {
            return None;
        }
        Some(bytes.as_chunks::<HASH_LEN>().0.to_vec())
    }
}

/// What the hashes of a part come to.
pub(crate) fn root(hashes: &[u8]) -> Hash {
    Hash(blake3::derive_key(ROOT_CONTEXT, hashes))
}
