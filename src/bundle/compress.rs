//! Decoded bytes to stored bytes, on all cores.

use crate::{Codec, WriteError, decode};
use rayon::prelude::*;
use zstd_safe::{CCtx, CDict, CParameter};

/// Pieces compressed one after another in one context. Fixed, so that the bytes of an issue
/// do not depend on the number of cores: a context may carry traces of the piece before.
const IN_A_ROW: usize = 8;

/// Pieces in memory at a time; with [`IN_A_ROW`] at most eight contexts live at once,
/// whatever the number of cores.
pub(crate) const BATCH: usize = 64;

/// A piece, ready to be written.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) bytes: Vec<u8>,
    pub(crate) raw: u32,
    pub(crate) codec: Codec,
}

/// A prefix piece, made ready once for the hundreds of pieces that share it. Digesting it
/// anew for each piece takes ten times as long.
pub(crate) struct Shared<'a> {
    raw: &'a [u8],
    digested: Option<CDict<'static>>,
    /// Position in the manifest's list, from 1.
    position: u8,
}

impl<'a> Shared<'a> {
    pub(crate) fn new(raw: &'a [u8], position: u8, level: i32) -> Result<Shared<'a>, WriteError> {
        // Content that zstd would misread cannot be digested; it is used as it is.
        let digested = if raw.starts_with(&decode::DICTIONARY_MAGIC) {
            None
        } else {
            Some(CDict::try_create(raw, level).ok_or(WriteError::Compress)?)
        };
        Ok(Shared {
            raw,
            digested,
            position,
        })
    }
}

/// Compresses a batch; the order stays.
pub(crate) fn compress(
    batch: &[Vec<u8>],
    prefix: Option<&Shared<'_>>,
    level: i32,
) -> Result<Vec<Stored>, WriteError> {
    let rows: Result<Vec<Vec<Stored>>, WriteError> = batch
        .par_chunks(IN_A_ROW)
        .map(|row| compress_row(row, prefix, level))
        .collect();
    Ok(rows?.into_iter().flatten().collect())
}

fn compress_row(
    row: &[Vec<u8>],
    prefix: Option<&Shared<'_>>,
    level: i32,
) -> Result<Vec<Stored>, WriteError> {
    let mut context = CCtx::try_create().ok_or(WriteError::Compress)?;
    let digested = prefix.and_then(|prefix| prefix.digested.as_ref());
    for parameter in [
        CParameter::CompressionLevel(level),
        CParameter::ChecksumFlag(true),
        CParameter::ContentSizeFlag(true),
        CParameter::DictIdFlag(false),
    ] {
        context
            .set_parameter(parameter)
            .map_err(|_| WriteError::Compress)?;
    }
    if let Some(digested) = digested {
        context
            .ref_cdict(digested)
            .map_err(|_| WriteError::Compress)?;
    }
    let mut pieces = Vec::with_capacity(row.len());
    for raw in row {
        if let (Some(prefix), None) = (prefix, digested) {
            context
                .ref_prefix(prefix.raw)
                .map_err(|_| WriteError::Compress)?;
        }
        let mut bytes = Vec::with_capacity(zstd_safe::compress_bound(raw.len()));
        context
            .compress2(&mut bytes, raw)
            .map_err(|_| WriteError::Compress)?;
        let len = u32::try_from(raw.len()).map_err(|_| WriteError::TooMany("bytes in a piece"))?;
        // What does not shrink is stored as it is; so is what a reader would refuse.
        let fits = bytes.len() < raw.len() && decode::check_frame(&bytes, len).is_ok();
        let prefix = prefix.map_or(0, |prefix| prefix.position);
        pieces.push(if fits {
            bytes.shrink_to_fit();
            Stored {
                bytes,
                raw: len,
                codec: Codec::Zstd { prefix },
            }
        } else {
            Stored {
                bytes: raw.clone(),
                raw: len,
                codec: Codec::Stored,
            }
        });
    }
    Ok(pieces)
}
