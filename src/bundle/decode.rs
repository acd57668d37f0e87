//! Stored bytes to decoded bytes (FORMAT.md section 1.4).
//!
//! zstd would also read skippable frames, several frames, other windows and dictionaries.
//! A bundle has one way to store a piece, so the frame is walked by hand first: what is
//! left for the library is one frame that fills the stored bytes exactly.

use crate::{Codec, TableEntry};
use std::cell::RefCell;
use zstd_safe::DCtx;

/// zstd takes content that begins so for a dictionary in its own format.
pub(crate) const DICTIONARY_MAGIC: [u8; 4] = [0x37, 0xa4, 0x30, 0xec];

thread_local! {
    /// Making a context costs as much as decoding a small piece with it.
    static CONTEXT: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// What is wrong with a zstd frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFlaw {
    /// Another magic: a skippable or legacy frame, a dictionary, or no zstd at all.
    #[error("not a standard zstd frame")]
    Magic,
    /// The frame goes on beyond the stored bytes.
    #[error("the frame is cut off")]
    Truncated,
    /// The reserved bit is set.
    #[error("the reserved bit is set")]
    Reserved,
    /// A window instead of a single segment: memory beyond `raw`.
    #[error("not a single segment")]
    Window,
    /// No checksum.
    #[error("no checksum")]
    NoChecksum,
    /// A dictionary is named.
    #[error("a dictionary is named")]
    Dictionary,
    /// The frame says another size than TABLE.
    #[error("expected {expected} decoded bytes, the frame says {found}")]
    Size {
        /// What TABLE says.
        expected: u32,
        /// What the frame says.
        found: u64,
    },
    /// A reserved kind of block.
    #[error("a reserved kind of block")]
    Block,
    /// Something follows the frame.
    #[error("bytes follow the frame")]
    Trailing,
    /// The prefix piece is needed, and not given.
    #[error("the prefix piece is not given")]
    Prefix,
    /// zstd cannot decode it, or the checksum is wrong.
    #[error("the frame does not decode")]
    Undecodable,
}

/// Decodes `stored`, whose hash the caller has compared with `entry`. `prefix` is the
/// decoded prefix piece, if the entry names one.
///
/// # Errors
/// If a compressed piece is not exactly one frame as FORMAT.md section 1.4 wants it.
pub fn decode_piece(
    stored: Vec<u8>,
    entry: &TableEntry,
    prefix: Option<&[u8]>,
) -> Result<Vec<u8>, FrameFlaw> {
    let Codec::Zstd { prefix: named } = entry.codec else {
        return Ok(stored);
    };
    check_frame(&stored, entry.raw)?;
    let prefix = match (named, prefix) {
        (0, _) => None,
        (_, Some(prefix)) => Some(prefix),
        (_, None) => return Err(FrameFlaw::Prefix),
    };
    // TABLE has proven this length, and zstd can write no further.
    let mut raw = vec![0; entry.raw as usize];
    let len = unfold(&mut raw, &stored, prefix)?;
    if len == raw.len() {
        Ok(raw)
    } else {
        Err(FrameFlaw::Undecodable)
    }
}

/// Decodes a frame that was walked; returns the bytes written.
fn unfold(raw: &mut [u8], stored: &[u8], prefix: Option<&[u8]>) -> Result<usize, FrameFlaw> {
    let failed = |_| FrameFlaw::Undecodable;
    // A prefix is raw content by definition. zstd would take one that begins with the magic of
    // its dictionaries for a dictionary, and let an article choose the tables: such a prefix
    // goes another way, which looks at nothing.
    if let Some(prefix) = prefix.filter(|prefix| prefix.starts_with(&DICTIONARY_MAGIC)) {
        let mut context = DCtx::try_create().ok_or(FrameFlaw::Undecodable)?;
        context.ref_prefix(prefix).map_err(failed)?;
        return context.decompress(raw, stored).map_err(failed);
    }
    CONTEXT.with(|context| {
        let mut context = context
            .try_borrow_mut()
            .map_err(|_| FrameFlaw::Undecodable)?;
        let context = match &mut *context {
            Some(context) => context,
            empty => empty.insert(DCtx::try_create().ok_or(FrameFlaw::Undecodable)?),
        };
        match prefix {
            None => context.decompress(raw, stored).map_err(failed),
            Some(prefix) => context
                .decompress_using_dict(raw, stored, prefix)
                .map_err(failed),
        }
    })
}

/// Walks the frame: header, blocks, checksum, end (RFC 8878, section 3.1.1).
pub(crate) fn check_frame(stored: &[u8], raw: u32) -> Result<(), FrameFlaw> {
    let rest = stored
        .strip_prefix(&[0x28, 0xb5, 0x2f, 0xfd])
        .ok_or(FrameFlaw::Magic)?;
    let (&descriptor, rest) = rest.split_first().ok_or(FrameFlaw::Truncated)?;
    if descriptor & 0x08 != 0 {
        return Err(FrameFlaw::Reserved);
    }
    if descriptor & 0x20 == 0 {
        return Err(FrameFlaw::Window);
    }
    if descriptor & 0x04 == 0 {
        return Err(FrameFlaw::NoChecksum);
    }
    if descriptor & 0x03 != 0 {
        return Err(FrameFlaw::Dictionary);
    }
    // With a single segment the content size is always there: 1, 2, 4 or 8 bytes.
    let width = 1usize << (descriptor >> 6);
    let (size, mut rest) = rest.split_at_checked(width).ok_or(FrameFlaw::Truncated)?;
    let size = size
        .iter()
        .rev()
        .fold(0u64, |size, &byte| size << 8 | u64::from(byte));
    let found = if width == 2 {
        size.saturating_add(256)
    } else {
        size
    };
    if found != u64::from(raw) {
        return Err(FrameFlaw::Size {
            expected: raw,
            found,
        });
    }
    loop {
        let (header, after) = rest.split_first_chunk::<3>().ok_or(FrameFlaw::Truncated)?;
        let header = u32::from_le_bytes([header[0], header[1], header[2], 0]);
        let len = match header >> 1 & 3 {
            // A block of one repeated byte stores that byte only.
            1 => 1,
            0 | 2 => (header >> 3) as usize,
            _ => return Err(FrameFlaw::Block),
        };
        rest = after.get(len..).ok_or(FrameFlaw::Truncated)?;
        if header & 1 == 1 {
            break;
        }
    }
    match rest.len() {
        0..4 => Err(FrameFlaw::Truncated),
        4 => Ok(()),
        _ => Err(FrameFlaw::Trailing),
    }
}
