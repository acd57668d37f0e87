//! Exit codes: a contract with scripts; they stay (FORMAT.md 7).

/// All good.
pub const GOOD: u8 = 0;
/// A file or a disk failed.
pub const FAILED: u8 = 1;
/// The command line was wrong.
pub const USAGE: u8 = 2;
/// Authentic, but something is not in this copy.
pub const INCOMPLETE: u8 = 3;
/// Not a bundle, or one of a newer format.
pub const NOT_A_BUNDLE: u8 = 10;
/// Altered, forged or signed by too few.
pub const NOT_AUTHENTIC: u8 = 20;
/// Valid, but from a publisher who is not pinned.
pub const UNKNOWN_PUBLISHER: u8 = 21;
/// Damaged, and still of use.
pub const MENDABLE: u8 = 22;
/// Damaged, and this file alone cannot be mended.
pub const DAMAGED: u8 = 23;
/// Stopped by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

pub use varaq_carry::worse;

/// The meaning of every code, for `--help`.
pub const TABLE: &str = "\
Exit codes:
    0  all good
    1  a file or disk failed
    2  wrong usage
    3  authentic, but incomplete
   10  not a bundle, or a newer format
   20  altered, forged, or too few signatures
   21  valid, but the publisher is unknown (check: only with --require-trusted)
   22  damaged, can be mended from this file
   23  damaged, cannot be mended from this file
   24  key revoked or suspended, or number outside its window
  130  interrupted
With several files the worst code wins.";
