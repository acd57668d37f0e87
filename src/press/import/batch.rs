//! How many articles are read at once.

use super::survey::Source;

/// Most articles.
const MOST: usize = 64;
/// Most bytes of them together, unless it is one: blocks take many times as much.
const MOST_BYTES: u64 = 8 << 20;

/// How many of the first of these sources may be in memory together; 0 only if there are none.
#[must_use]
pub fn batch(sources: &[Source]) -> usize {
    let mut bytes = 0_u64;
    let fits = sources.iter().take(MOST).take_while(|source| {
        bytes = bytes.saturating_add(source.len_bytes);
        bytes <= MOST_BYTES
    });
    fits.count().max(1).min(sources.len())
}
