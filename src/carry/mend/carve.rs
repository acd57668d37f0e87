//! Pieces in the image of a stick whose folders are gone, also where a file lay in several places.
//!
//! Compressed pieces are zstd frames: each frame in an image is hashed and looked up among the
//! missing pieces. A piece that was found says where its neighbours are; one that lies across two
//! places is put together at a border of sectors. Pictures, which have no magic, are found beside a
//! neighbour only.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem;
use varaq_bundle::{Hash, Run};

use super::piece::Batch;
use super::rebuild::{Rebuild, Stop};
use super::scan::read_lenient;

const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Bytes read at a time; a piece has at most a quarter of it.
const STEP: usize = 4 << 20;
const MOST_PIECE: usize = 1 << 20;
/// Bytes hashed for a step at most: in an image made to harm, frames lie in frames.
const MOST_HASHED: usize = 64 * STEP;
/// Files begin and break at multiples of this.
const SECTOR: u64 = 512;

/// Where pieces were found: source and place.
type Hits = BTreeMap<u32, (usize, u64)>;

impl Rebuild<'_, '_> {
    /// Looks for missing pieces anywhere in the sources.
    pub(crate) fn carve(&mut self) -> Result<(), Stop> {
        let wanted = self.wanted()?;
        if wanted.is_empty() {
            return Ok(());
        }
        let mut hits = Hits::new();
        for source in 0..self.sources.len() {
            self.find_frames(source, &wanted, &mut hits)?;
        }
        self.add_neighbours(&mut hits)
    }

    fn find_frames(
        &mut self,
        number: usize,
        wanted: &HashMap<Hash, u32>,
        hits: &mut Hits,
    ) -> Result<(), Stop> {
        let len = self.sources.get(number).map_or(0, |source| source.len);
        let mut buffer = Vec::new();
        let mut at = 0_u64;
        while at < len {
            let left = len.saturating_sub(at);
            buffer.resize(left.min(STEP as u64) as usize, 0);
            if let Some(source) = self.sources.get_mut(number) {
                read_lenient(&mut *source.file, at, &mut buffer);
            }
            let mut hashed = 0_usize;
            for start in memmem::find_iter(&buffer, &ZSTD_MAGIC) {
                let Some(frame) = buffer.get(start..).and_then(frame) else {
                    continue;
                };
                hashed = hashed.saturating_add(frame.len());
                if hashed > MOST_HASHED {
                    break;
                }
                if let Some(&piece) = wanted.get(&Hash::of(frame)) {
                    self.put(piece, frame)?;
                    hits.insert(piece, (number, at.saturating_add(start as u64)));
                }
            }
            self.advance(0)?;
            if left <= STEP as u64 {
                break;
            }
            // A frame that the step cuts off is found whole in the next one.
            at = at.saturating_add((STEP as u64).saturating_sub(MOST_PIECE as u64));
        }
        Ok(())
    }

    /// From each piece that is there to its neighbours, forwards and then backwards.
    fn add_neighbours(&mut self, hits: &mut Hits) -> Result<(), Stop> {
        let count = self.manifest().piece_count;
        for backwards in [false, true] {
            for step in 0..count {
                let piece = if backwards {
                    count.saturating_sub(step).saturating_sub(1)
                } else {
                    step
                };
                if self.whole.get(piece as usize) == Some(&false) {
                    self.beside(piece, hits)?;
                }
            }
        }
        Ok(())
    }

    fn beside(&mut self, piece: u32, hits: &mut Hits) -> Result<(), Stop> {
        let Some(entry) = self.piece(piece)? else {
            return Ok(());
        };
        let stored = u64::from(entry.stored);
        let behind = match piece.checked_sub(1) {
            Some(before) => self.found_at(before, hits)?.zip(self.piece(before)?),
            None => None,
        };
        let behind =
            behind.map(|((source, at), before)| (source, at.saturating_add(before.stored.into())));
        let before = self.found_at(piece.saturating_add(1), hits)?;
        let before = before.and_then(|(source, at)| Some((source, at.checked_sub(stored)?)));
        for place in [behind, before].into_iter().flatten() {
            let mut bytes = vec![0; entry.stored as usize];
            if self.read_source(place.0, place.1.into(), &mut bytes)
                && Hash::of(&bytes) == entry.hash
            {
                self.put(piece, &bytes)?;
                hits.insert(piece, place);
                return Ok(());
            }
        }
        match behind.zip(before) {
            Some((first, second)) if first.0 == second.0 => {
                self.across(piece, entry.hash, first, second, hits)
            }
            _ => Ok(()),
        }
    }

    /// Where a piece that is there lies in a source; also one that came from a copy whose head says where.
    fn found_at(&mut self, piece: u32, hits: &mut Hits) -> Result<Option<(usize, u64)>, Stop> {
        if let Some(place) = hits.get(&piece) {
            return Ok(Some(*place));
        }
        if self.whole.get(piece as usize) != Some(&true) {
            return Ok(None);
        }
        let Some(entry) = self.piece(piece)? else {
            return Ok(None);
        };
        for copy in 0..self.copies.len() {
            let batch = Batch {
                first: piece,
                pieces: vec![entry],
                done: vec![false],
            };
            for (source, at) in self.batch_places(copy, &batch)? {
                let mut bytes = vec![0; entry.stored as usize];
                if self.read_source(source, at, &mut bytes)
                    && Hash::of(&bytes) == entry.hash
                    && let Ok(at) = u64::try_from(at)
                {
                    hits.insert(piece, (source, at));
                    return Ok(Some((source, at)));
                }
            }
        }
        Ok(None)
    }

    /// A piece whose beginning lies at `first`, and whose end lies as if it began at `second`.
    fn across(
        &mut self,
        piece: u32,
        hash: Hash,
        first: (usize, u64),
        second: (usize, u64),
        hits: &mut Hits,
    ) -> Result<(), Stop> {
        let Some(entry) = self.piece(piece)? else {
            return Ok(());
        };
        let (mut bytes, mut tail) = (
            vec![0; entry.stored as usize],
            vec![0; entry.stored as usize],
        );
        let Some(source) = self.sources.get_mut(first.0) else {
            return Ok(());
        };
        // What lies beyond the end of the image is zeros.
        read_lenient(&mut *source.file, first.1, &mut bytes);
        read_lenient(&mut *source.file, second.1, &mut tail);
        // Sector by sector less from the second place.
        let border = first.1.next_multiple_of(SECTOR).saturating_sub(first.1);
        let mut split = border as usize;
        let mut joined = tail.clone();
        let mut copied = 0;
        while split < bytes.len() {
            let more = joined.get_mut(copied..split).zip(bytes.get(copied..split));
            if let Some((place, more)) = more {
                place.copy_from_slice(more);
            }
            copied = split;
            if Hash::of(&joined) == hash {
                self.put(piece, &joined)?;
                // Where it lies is two places; its neighbours are known already.
                hits.remove(&piece);
                return self.advance(0);
            }
            split = split.saturating_add(SECTOR as usize);
        }
        self.advance(0)
    }

    /// Writes a piece whose hash was compared.
    fn put(&mut self, piece: u32, bytes: &[u8]) -> Result<(), Stop> {
        let Some((_, at)): Option<(Run, u64)> = self.place(piece)? else {
            return Ok(());
        };
        self.write(at, bytes)?;
        if let Some(whole) = self.whole.get_mut(piece as usize) {
            *whole = true;
        }
        Ok(())
    }
}

/// The zstd frame that these bytes begin with, if it is of the one form that pieces have
/// (FORMAT.md section 1.4) and ends in them.
fn frame(bytes: &[u8]) -> Option<&[u8]> {
    let descriptor = *bytes.get(4)?;
    // Single_Segment and Content_Checksum set, no dictionary, reserved bit zero.
    if descriptor & 0b0011_1111 != 0b0010_0100 {
        return None;
    }
    let size_bytes = match descriptor >> 6 {
        0 => 1,
        1 => 2,
        2 => 4,
        _ => return None,
    };
    let mut at = 5_usize.checked_add(size_bytes)?;
    loop {
        let [low, middle, high] = *bytes.get(at..)?.first_chunk::<3>()?;
        let header = u32::from_le_bytes([low, middle, high, 0]);
        let size = match (header >> 1) & 3 {
            // A byte that is repeated.
            1 => 1,
            0 | 2 => (header >> 3) as usize,
            _ => return None,
        };
        at = at.checked_add(3)?.checked_add(size)?;
        if at > MOST_PIECE {
            return None;
        }
        if header & 1 == 1 {
            break;
        }
    }
    bytes.get(..at.checked_add(4)?)
}

#[cfg(test)]
mod tests {
    use super::frame;

    #[test]
    fn a_frame_ends_where_its_last_block_and_its_checksum_do() {
        let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0b0010_0100, 5];
        // One last raw block of five bytes.
        bytes.extend([0b0010_1001, 0, 0]);
        bytes.extend(*b"words");
        bytes.extend([1, 2, 3, 4]);
        let len = bytes.len();
        bytes.extend([9; 40]);
        assert_eq!(frame(&bytes).map(<[u8]>::len), Some(len));
        assert_eq!(frame(bytes.get(..len - 1).unwrap_or_default()), None);
    }
}
