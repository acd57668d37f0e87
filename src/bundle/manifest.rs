//! MANIFEST: the signed bytes (FORMAT.md section 2).

use crate::{Context, Day, Hash};
use std::ops::Range;
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Most pieces of an issue.
pub(crate) const MAX_PIECES: u32 = 1 << 24;
const MAX_NOTICES: u32 = 1_024;
const MAX_CATALOG: u32 = 16_384;
const MAX_PREFIXES: usize = 8;
const MAX_TOTAL: u64 = (1 << 63) - 1;
const U32: u64 = u32::MAX as u64;

/// An issue of the same channel, named by its manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueRef {
    /// Epoch, from 1.
    pub epoch: u32,
    /// Number, from 1.
    pub number: u32,
    /// Manifest id.
    pub id: Hash,
}

/// The root statement that granted the delegation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootRef {
    /// Generation, 0 … 65,535.
    pub generation: u16,
    /// Version, 1 … 65,535.
    pub version: u16,
    /// Statement id.
    pub id: Hash,
}

/// How many pieces come before the articles' text. FRONT is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Notices pieces, ≤ 1,024.
    pub notices: u32,
    /// Catalog pages, 1 … 16,384.
    pub catalog: u32,
}

/// The keys of MANIFEST that keep their shape in every future major.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstKeys {
    /// Format; equals the major version.
    pub format: u64,
    /// Publisher id.
    pub publisher: Hash,
    /// Channel, 1-32 of `a-z 0-9 -`.
    pub channel: String,
    /// Epoch, from 1.
    pub epoch: u32,
    /// Number, from 1.
    pub number: u32,
    /// The issue before.
    pub prev: Option<IssueRef>,
    /// Day of the issue, as the publisher says.
    pub day: Day,
}

/// The decoded MANIFEST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Format; 1.
    pub format: u64,
    /// Publisher id.
    pub publisher: Hash,
    /// Channel, 1-32 of `a-z 0-9 -`.
    pub channel: String,
    /// Epoch, from 1.
    pub epoch: u32,
    /// Number, from 1.
    pub number: u32,
    /// The issue before.
    pub prev: Option<IssueRef>,
    /// Day of the issue, as the publisher says.
    pub day: Day,
    /// The statement that granted the delegation.
    pub root: RootRef,
    /// Pieces, 2 … 16,777,216.
    pub piece_count: u32,
    /// Stored bytes of all pieces.
    pub stored_total: u64,
    /// Decoded bytes of all pieces.
    pub raw_total: u64,
    /// Hash of INDEX.
    pub index: Hash,
    /// Pieces before the text.
    pub counts: Counts,
    /// The prefix pieces, consecutive, ≤ 8.
    pub prefixes: Vec<u32>,
    /// ≤ 1,024 bytes; ignored.
    pub extras: Vec<u8>,
}

impl FirstKeys {
    /// Reads keys 0-6 of a manifest of any major; what follows them must be well-formed.
    ///
    /// # Errors
    /// If one of these keys is missing or out of its range, or the bytes are not one map.
    pub fn decode(bytes: &[u8]) -> Result<FirstKeys, CborError> {
        let mut reader = Reader::new(bytes, DEPTH);
        let pairs = reader.map()?;
        let first = FirstKeys::read(&mut reader)?;
        for _ in 7..pairs {
            reader.uint()?;
            reader.item()?;
        }
        reader.finish()?;
        Ok(first)
    }

    fn read(reader: &mut Reader<'_>) -> Result<FirstKeys, CborError> {
        reader.key(0)?;
        let format = reader.uint_in(1..=u64::from(u16::MAX), "format")?;
        reader.key(1)?;
        let publisher = Hash(reader.fixed("publisher")?);
        reader.key(2)?;
        let at = reader.position();
        let channel = reader.text()?;
        if !is_channel(channel) {
            return Err(CborError::Range {
                at,
                what: "channel",
            });
        }
        reader.key(3)?;
        let epoch = number(reader, 1..=U32, "epoch")?;
        reader.key(4)?;
        let issue = number(reader, 1..=U32, "number")?;
        reader.key(5)?;
        let prev = if reader.is_null() {
            reader.null()?;
            None
        } else {
            reader.array_of(3)?;
            Some(IssueRef {
                epoch: number(reader, 1..=U32, "prev epoch")?,
                number: number(reader, 1..=U32, "prev number")?,
                id: Hash(reader.fixed("prev id")?),
            })
        };
        reader.key(6)?;
        let day = Day(number(reader, 0..=u64::from(Day::LAST.0), "day")?);
        Ok(FirstKeys {
            format,
            publisher,
            channel: channel.to_owned(),
            epoch,
            number: issue,
            prev,
            day,
        })
    }
}

impl Manifest {
    /// Decodes and checks MANIFEST.
    ///
    /// # Errors
    /// If a rule of FORMAT.md section 2 is broken.
    pub fn decode(bytes: &[u8]) -> Result<Manifest, CborError> {
        let mut reader = Reader::new(bytes, DEPTH);
        reader.map_of(15)?;
        let first = FirstKeys::read(&mut reader)?;
        if first.format != u64::from(crate::MAJOR) {
            return Err(CborError::Range {
                at: 0,
                what: "format",
            });
        }
        reader.key(7)?;
        reader.array_of(3)?;
        let root = RootRef {
            generation: small(&mut reader, 0, "root generation")?,
            version: small(&mut reader, 1, "root version")?,
            id: Hash(reader.fixed("root id")?),
        };
        reader.key(8)?;
        let piece_count = number(&mut reader, 2..=u64::from(MAX_PIECES), "piece_count")?;
        reader.key(9)?;
        let stored_total = reader.uint_in(0..=MAX_TOTAL, "stored_total")?;
        reader.key(10)?;
        let raw_total = reader.uint_in(0..=MAX_TOTAL, "raw_total")?;
        reader.key(11)?;
        let index = Hash(reader.fixed("index")?);
        reader.key(12)?;
        let counts = Counts::read(&mut reader)?;
        reader.key(13)?;
        let prefixes = read_prefixes(&mut reader, counts)?;
        reader.key(14)?;
        let extras = reader.bytes_in(0..=1_024, "extras")?.to_vec();
        let before_text = u64::from(counts.before_text()).saturating_add(prefixes.len() as u64);
        if before_text > u64::from(piece_count) {
            return Err(CborError::Range {
                at: reader.position(),
                what: "counts",
            });
        }
        reader.finish()?;
        Ok(Manifest {
            format: first.format,
            publisher: first.publisher,
            channel: first.channel,
            epoch: first.epoch,
            number: first.number,
            prev: first.prev,
            day: first.day,
            root,
            piece_count,
            stored_total,
            raw_total,
            index,
            counts,
            prefixes,
            extras,
        })
    }

    /// The signed bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(15);
        writer.uint(0).uint(self.format);
        writer.uint(1).bytes(&self.publisher.0);
        writer.uint(2).text(&self.channel);
        writer.uint(3).uint(self.epoch.into());
        writer.uint(4).uint(self.number.into());
        writer.uint(5);
        match &self.prev {
            None => writer.null(),
            Some(prev) => writer
                .array(3)
                .uint(prev.epoch.into())
                .uint(prev.number.into())
                .bytes(&prev.id.0),
        };
        writer.uint(6).uint(self.day.0.into());
        writer
            .uint(7)
            .array(3)
            .uint(self.root.generation.into())
            .uint(self.root.version.into());
        writer.bytes(&self.root.id.0);
        writer.uint(8).uint(self.piece_count.into());
        writer.uint(9).uint(self.stored_total);
        writer.uint(10).uint(self.raw_total);
        writer.uint(11).bytes(&self.index.0);
        writer
            .uint(12)
            .array(3)
            .uint(1)
            .uint(self.counts.notices.into())
            .uint(self.counts.catalog.into());
        writer.uint(13).array(self.prefixes.len());
        for &piece in &self.prefixes {
            writer.uint(piece.into());
        }
        writer.uint(14).bytes(&self.extras);
        writer.into_bytes()
    }

    /// The manifest id.
    #[must_use]
    pub fn id(&self) -> Hash {
        Hash::derived(Context::ManifestId, &self.encode())
    }

    /// The notices pieces.
    #[must_use]
    pub fn notices(&self) -> Range<u32> {
        1..self.counts.first_catalog()
    }

    /// The catalog pages.
    #[must_use]
    pub fn catalog(&self) -> Range<u32> {
        self.counts.first_catalog()..self.counts.before_text()
    }

    /// The pieces that articles and media may lie in: prefixes, text, pictures, attachments.
    #[must_use]
    pub fn articles(&self) -> Range<u32> {
        self.counts.before_text()..self.piece_count
    }

    /// Pages of TABLE: ⌈piece_count / 1,024⌉.
    #[must_use]
    pub fn pages(&self) -> u32 {
        self.piece_count.div_ceil(crate::PIECES_PER_PAGE)
    }
}

impl Counts {
    fn read(reader: &mut Reader<'_>) -> Result<Counts, CborError> {
        reader.array_of(3)?;
        reader.uint_in(1..=1, "FRONT count")?;
        Ok(Counts {
            notices: number(reader, 0..=u64::from(MAX_NOTICES), "notices count")?,
            catalog: number(reader, 1..=u64::from(MAX_CATALOG), "catalog count")?,
        })
    }

    fn first_catalog(self) -> u32 {
        self.notices.saturating_add(1)
    }

    fn before_text(self) -> u32 {
        self.first_catalog().saturating_add(self.catalog)
    }
}

fn read_prefixes(reader: &mut Reader<'_>, counts: Counts) -> Result<Vec<u32>, CborError> {
    let len = reader.array_in(0..=MAX_PREFIXES, "prefixes")?;
    let mut prefixes = Vec::with_capacity(len);
    let mut next = counts.before_text();
    for _ in 0..len {
        prefixes.push(number(
            reader,
            u64::from(next)..=u64::from(next),
            "prefix piece",
        )?);
        next = next.saturating_add(1);
    }
    Ok(prefixes)
}

/// True if `channel` is 1-32 of `a-z 0-9 -`.
pub(crate) fn is_channel(channel: &str) -> bool {
    (1..=32).contains(&channel.len())
        && channel
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A number in a range whose end fits 32 bits.
pub(crate) fn number(
    reader: &mut Reader<'_>,
    range: std::ops::RangeInclusive<u64>,
    what: &'static str,
) -> Result<u32, CborError> {
    let at = reader.position();
    u32::try_from(reader.uint_in(range, what)?).map_err(|_| CborError::Range { at, what })
}

fn small(reader: &mut Reader<'_>, least: u64, what: &'static str) -> Result<u16, CborError> {
    let at = reader.position();
    let value = reader.uint_in(least..=u64::from(u16::MAX), what)?;
    u16::try_from(value).map_err(|_| CborError::Range { at, what })
}
