//! How much a file may ask of the machine that reads it.

/// Bounds on what a reader accepts. The defaults are those of FORMAT.md; a program for a
/// small machine may lower them, and then refuses what it cannot hold.
///
/// Every bound stands against one attack, named beside it. What is not bounded here is
/// bounded by them: a sum by its parts, a list by the bytes it is encoded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes before the body (`body_at`): opening a forged file reads no more.
    pub head_bytes: u64,
    /// Most bytes of MANIFEST: it is parsed before any signature is checked.
    pub manifest_bytes: u32,
    /// Most bytes of SIGNATURES: thousands of listed signatures would stall the verdict.
    pub signatures_bytes: u32,
    /// Most bytes of OWN: a chain of statements is verified one by one.
    pub own_bytes: u32,
    /// Most bytes of RUNS: unsigned, and looked through for every piece.
    pub runs_bytes: u32,
    /// Most bytes of NOTES: anybody may add notes.
    pub notes_bytes: u32,
    /// Most bytes of a piece, stored or decoded: a frame of 32,000:1 stops here.
    pub piece_bytes: u32,
    /// Most decoded bytes of FRONT: it is read before anything is on screen.
    pub front_bytes: u32,
    /// Most decoded bytes of a notices piece: all of them are read before an old issue is shown.
    pub notices_bytes: u32,
    /// Most notices of an issue: a reader applies each to what is on the shelf.
    pub notices: usize,
    /// Most bytes of an article: it is laid out from memory.
    pub article_bytes: u64,
    /// Most bytes of a picture or an attachment.
    pub medium_bytes: u64,
    /// Most runs that are tried for one piece: unsigned RUNS could name thousands of wrong
    /// places, each of which costs reading and hashing a piece.
    pub tries: usize,
    /// Decoded catalog pages kept in memory, in bytes of their encoding.
    pub cached_catalog_bytes: usize,
    /// Pages of TABLE kept in memory; each holds 1,024 pieces in about 64 KiB.
    pub cached_pages: usize,
    /// Damaged parts named in a report; more are counted only.
    pub named_parts: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head_bytes: 1 << 20,
            manifest_bytes: 4_096,
            signatures_bytes: 65_536,
            own_bytes: 196_608,
            runs_bytes: 262_144,
            notes_bytes: 262_144,
            piece_bytes: 1 << 20,
            front_bytes: 262_144,
            notices_bytes: 65_536,
            notices: 4_096,
            article_bytes: 16 << 20,
            medium_bytes: 256 << 20,
            tries: 64,
            cached_catalog_bytes: 8 << 20,
            cached_pages: 128,
            named_parts: 4_096,
        }
    }
}
