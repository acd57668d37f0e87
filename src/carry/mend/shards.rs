//! The code over shards: any `data` of `data + spare` shards give all of them back (FORMAT.md
//! section 13.3).
//!
//! In: shards of one length, a multiple of 64 bytes, and which of them are there. Out: spare
//! shards, or the data shards that were not there. It is told what is missing and never finds a wrong byte by itself:
//! callers hash. Worked on in columns, on all cores.

use std::io;
use std::ops::Range;

use rayon::prelude::*;
use reed_solomon_simd::engine::DefaultEngine;
use reed_solomon_simd::rate::{HighRateDecoder, HighRateEncoder, RateDecoder, RateEncoder};

/// Bytes of a shard that are worked on at a time.
const ENCODE_COLUMN: usize = 4 << 10;
/// Wider, because a decoder first works out where the gaps are.
const DECODE_COLUMN: usize = 16 << 10;

/// Shards of one length, back to back, and which of them are there.
#[derive(Debug, Default)]
pub(crate) struct Shards {
    /// Bytes of a shard.
    pub(crate) len: usize,
    /// All of them; what is not there is not looked at.
    pub(crate) bytes: Vec<u8>,
    /// Whether each is there.
    pub(crate) here: Vec<bool>,
}

impl Shards {
    /// `count` shards of zeros, none of them there.
    pub(crate) fn new(count: usize, len: usize) -> Shards {
        Shards {
            len,
            bytes: vec![0; count.saturating_mul(len)],
            here: vec![false; count],
        }
    }

    /// The place of a shard.
    pub(crate) fn range(&self, shard: usize) -> Range<usize> {
        let from = shard.saturating_mul(self.len);
        from..from.saturating_add(self.len)
    }

    pub(crate) fn get(&self, shard: usize) -> &[u8] {
        self.bytes.get(self.range(shard)).unwrap_or_default()
    }

    pub(crate) fn get_mut(&mut self, shard: usize) -> &mut [u8] {
        let range = self.range(shard);
        self.bytes.get_mut(range).unwrap_or_default()
    }

    /// Says that a shard is there.
    pub(crate) fn mark(&mut self, shard: usize) {
        if let Some(here) = self.here.get_mut(shard) {
            *here = true;
        }
    }

    /// How many are there.
    pub(crate) fn count(&self) -> usize {
        self.here.iter().filter(|here| **here).count()
    }

    fn column(&self, shard: usize, column: &Range<usize>) -> &[u8] {
        self.get(shard).get(column.clone()).unwrap_or_default()
    }
}

/// Spare shards over data shards that are all there.
pub(crate) fn encode(data: &Shards, spare: usize) -> io::Result<Shards> {
    let count = data.here.len();
    let mut made = Shards::new(spare, data.len);
    made.here.fill(true);
    if spare == 0 {
        return Ok(made);
    }
    let columns = columns(data.len, ENCODE_COLUMN);
    let encoded: Vec<Vec<u8>> = columns
        .par_iter()
        .map(|column| {
            let engine = DefaultEngine::new();
            let mut encoder = HighRateEncoder::new(count, spare, column.len(), engine, None)
                .map_err(io::Error::other)?;
            for shard in 0..count {
                let bytes = data.column(shard, column);
                encoder
                    .add_original_shard(bytes)
                    .map_err(io::Error::other)?;
            }
            let encoded = encoder.encode().map_err(io::Error::other)?;
            Ok(encoded.recovery_iter().flatten().copied().collect())
        })
        .collect::<io::Result<_>>()?;
    for (column, bytes) in columns.iter().zip(encoded) {
        let parts = bytes.chunks_exact(column.len());
        parts
            .zip(0..)
            .for_each(|(part, shard)| put(&mut made, shard, column, part));
    }
    Ok(made)
}

/// Gives back the data shards that are not there. At least as many spare shards must be there.
pub(crate) fn decode(data: &mut Shards, spare: &Shards) -> io::Result<()> {
    let missing: Vec<usize> = (0..data.here.len())
        .filter(|&shard| data.here.get(shard) == Some(&false))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let columns = columns(data.len, DECODE_COLUMN);
    let known: &Shards = data;
    let decoded: Vec<Vec<u8>> = columns
        .par_iter()
        .map(|column| decode_column(known, spare, &missing, column))
        .collect::<io::Result<_>>()?;
    for (column, bytes) in columns.iter().zip(decoded) {
        let parts = bytes.chunks_exact(column.len());
        parts
            .zip(&missing)
            .for_each(|(part, &shard)| put(data, shard, column, part));
    }
    Ok(())
}

fn decode_column(
    data: &Shards,
    spare: &Shards,
    missing: &[usize],
    column: &Range<usize>,
) -> io::Result<Vec<u8>> {
    let (count, spares) = (data.here.len(), spare.here.len());
    let engine = DefaultEngine::new();
    let mut decoder = HighRateDecoder::new(count, spares, column.len(), engine, None)
        .map_err(io::Error::other)?;
    for (shard, _) in data.here.iter().enumerate().filter(|(_, here)| **here) {
        let bytes = data.column(shard, column);
        decoder
            .add_original_shard(shard, bytes)
            .map_err(io::Error::other)?;
    }
    for (shard, _) in spare.here.iter().enumerate().filter(|(_, here)| **here) {
        let bytes = spare.column(shard, column);
        decoder
            .add_recovery_shard(shard, bytes)
            .map_err(io::Error::other)?;
    }
    let decoded = decoder.decode().map_err(io::Error::other)?;
    let mut restored = Vec::with_capacity(missing.len().saturating_mul(column.len()));
    for &shard in missing {
        let bytes = decoded.restored_original(shard);
        restored
            .extend_from_slice(bytes.ok_or_else(|| io::Error::other("a shard was not restored"))?);
    }
    Ok(restored)
}

fn put(shards: &mut Shards, shard: usize, column: &Range<usize>, bytes: &[u8]) {
    if let Some(place) = shards.get_mut(shard).get_mut(column.clone()) {
        place.copy_from_slice(bytes);
    }
}

fn columns(len: usize, width: usize) -> Vec<Range<usize>> {
    let starts = (0..len).step_by(width);
    starts
        .map(|start| start..start.saturating_add(width).min(len))
        .collect()
}
