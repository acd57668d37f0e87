//! A part of an issue, drawn for a quick look: which pieces a check reads when it need not
//! read all.
//!
//! In: a share and a seed. Out: for each piece, whether it is read. The same share, seed and
//! issue draw the same pieces on every computer. FRONT, notices, catalog and prefixes are
//! always read: everything else hangs on them.

use crate::Manifest;

/// Pieces that are drawn together: a disk reads neighbours at once.
const STRETCH: u32 = 16;

/// How much of an issue a check reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Of 100 stretches of pieces, so many are read on average; 100 and more is all.
    pub percent: u8,
    /// Another seed draws others.
    pub seed: u64,
}

impl Sample {
    /// Whether a piece is read.
    pub(crate) fn takes(&self, manifest: &Manifest, piece: u32) -> bool {
        let articles = manifest.articles().start;
        let text = articles.saturating_add(manifest.prefixes.len() as u32);
        if piece < text {
            return true;
        }
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(&manifest.index.0)
            .update(&self.seed.to_be_bytes())
            .update(&(piece / STRETCH).to_be_bytes());
        let drawn = hasher.finalize();
        let number = drawn.as_bytes().first_chunk().copied();
        u32::from_be_bytes(number.unwrap_or_default()) % 100 < u32::from(self.percent)
    }
}
