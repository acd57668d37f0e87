//! The hashes of a file's pieces, for both versions in one pass.
//!
//! In: blocks of 16 KiB in order. Out: the SHA-1 of each piece, and the tree of version 2.

use sha1::{Digest, Sha1};

use super::tree::{Tree, TreeBuilder};

/// The unit of both versions.
pub(super) const BLOCK_BYTES: usize = 16 * 1024;

/// A file that is being taken in.
pub(super) struct Pieces {
    piece_bytes: u64,
    piece: Sha1,
    in_piece: u64,
    hashes: Vec<u8>,
    tree: Option<TreeBuilder>,
}

impl Pieces {
    /// `piece_bytes` is a power of two and at least a block.
    pub(super) fn new(piece_bytes: u64, with_tree: bool) -> Pieces {
        let blocks = piece_bytes.div_euclid(BLOCK_BYTES as u64);
        Pieces {
            piece_bytes,
            piece: Sha1::new(),
            in_piece: 0,
            hashes: Vec::new(),
            tree: with_tree.then(|| TreeBuilder::new(blocks)),
        }
    }

    pub(super) fn piece_bytes(&self) -> u64 {
        self.piece_bytes
    }

    /// The next block; only the last one of a file is shorter than [`BLOCK_BYTES`].
    pub(super) fn block(&mut self, block: &[u8]) {
        self.piece.update(block);
        self.in_piece = self.in_piece.saturating_add(block.len() as u64);
        if self.in_piece >= self.piece_bytes {
            self.end_piece();
        }
        if let Some(tree) = &mut self.tree {
            tree.block(block);
        }
    }

    fn end_piece(&mut self) {
        self.hashes.extend_from_slice(&self.piece.finalize_reset());
        self.in_piece = 0;
    }

    /// The SHA-1 of all pieces in a row, and the tree if it was wanted.
    pub(super) fn finish(mut self) -> (Vec<u8>, Option<Tree>) {
        if self.in_piece > 0 {
            self.end_piece();
        }
        (self.hashes, self.tree.map(TreeBuilder::finish))
    }
}
