//! The hash tree of a file in BitTorrent's version 2 (BEP 52).
//!
//! Leaves are the SHA-256 of blocks of 16 KiB. A layer above them has one hash for each
//! piece; it is what a torrent carries of the tree beside the root. What is missing at the
//! right is filled with leaves of zeros.

use sha2::{Digest, Sha256};

type Node = [u8; 32];

const ZERO: Node = [0; 32];

/// The part of the tree that a torrent carries.
pub(super) struct Tree {
    /// The root.
    pub(super) root: Node,
    /// The hashes of the pieces in a row; empty for a file of a single piece.
    pub(super) layer: Vec<u8>,
}

/// A tree that is being made. Never more than the leaves of one piece are held.
pub(super) struct TreeBuilder {
    blocks_of_piece: u64,
    leaves: Vec<Node>,
    layer: Vec<Node>,
}

impl TreeBuilder {
    /// `blocks_of_piece` is a power of two.
    pub(super) fn new(blocks_of_piece: u64) -> TreeBuilder {
        TreeBuilder {
            blocks_of_piece,
            leaves: Vec::new(),
            layer: Vec::new(),
        }
    }

    pub(super) fn block(&mut self, block: &[u8]) {
        // A piece that is full is closed when another block follows it: a file of exactly
        // one piece has no layer.
        if self.leaves.len() as u64 == self.blocks_of_piece {
            self.end_piece();
        }
        self.leaves.push(Sha256::digest(block).into());
    }

    fn end_piece(&mut self) {
        let leaves = std::mem::take(&mut self.leaves);
        self.layer.push(root(leaves, ZERO, self.blocks_of_piece));
    }

    pub(super) fn finish(mut self) -> Tree {
        if self.layer.is_empty() {
            let layer = Vec::new();
            return Tree {
                root: root(self.leaves, ZERO, 1),
                layer,
            };
        }
        self.end_piece();
        let nothing = root(Vec::new(), ZERO, self.blocks_of_piece);
        let layer = self.layer.concat();
        Tree {
            root: root(self.layer, nothing, 1),
            layer,
        }
    }
}

/// The root over a level of nodes; the level is filled up with `filler` to a power of two,
/// and to `width`, which is one.
fn root(mut level: Vec<Node>, mut filler: Node, mut width: u64) -> Node {
    while level.len() > 1 || width > 1 {
        level = level.chunks(2).map(|pair| joined(pair, &filler)).collect();
        filler = joined(&[], &filler);
        width = width.div_ceil(2);
    }
    level.first().copied().unwrap_or(filler)
}

/// The node above two; those that are not there are `filler`.
fn joined(pair: &[Node], filler: &Node) -> Node {
    let mut hash = Sha256::new();
    hash.update(pair.first().unwrap_or(filler));
    hash.update(pair.get(1).unwrap_or(filler));
    hash.finalize().into()
}
