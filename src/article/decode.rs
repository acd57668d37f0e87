//! Bytes to an article: every rule of FORMAT.md 5.3, or no article.
//!
//! The bytes were signed, but a signing key can be stolen: what comes in here is
//! as hostile as anything else. Depth, number of blocks and number of inlines are
//! bounded before anything is kept, so neither stack nor memory can be exhausted.

use crate::encode::VERSION;
use crate::{Alignment, Article, Block, Inline, Role};
use varaq_cbor::{ARTICLE_DEPTH, CborError, Kind, Reader};

/// Deepest level of a block or inline. A block of the article has level 1; what a
/// block or inline holds has one level more than it.
pub const MAX_LEVEL: usize = 16;
/// Most blocks of an article; an item of a list counts as one.
pub const MAX_BLOCKS: usize = 200_000;
/// Most inlines of an article; a cell of a table counts as one.
pub const MAX_INLINES: usize = 1_000_000;
/// Longest target of a link, in characters.
pub const MAX_TARGET: usize = 2_048;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 64;

const NUMBER: std::ops::RangeInclusive<u64> = 0..=u32::MAX as u64;

/// Why bytes are not an article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes are not in the strict subset, or a field is out of its range.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A block or inline of a number that this version does not define.
    #[error("unknown kind of {what} {kind} at byte {at}")]
    UnknownKind {
        /// `block` or `inline`.
        what: &'static str,
        /// Its number.
        kind: u64,
        /// Offset of the block or inline.
        at: usize,
    },
    /// Blocks and inlines nest too deep.
    #[error("blocks and inlines nest deeper than {MAX_LEVEL} levels at byte {at}")]
    TooDeep {
        /// Offset of what is too deep.
        at: usize,
    },
    /// The article has too many parts.
    #[error("more than {max} {what} in the article")]
    TooMany {
        /// `blocks` or `inlines`.
        what: &'static str,
        /// Most that are allowed.
        max: usize,
    },
    /// An item that is neither a text nor an array stands among inlines.
    #[error("expected an inline at byte {at}, found {found}")]
    NotAnInline {
        /// Offset of the item.
        at: usize,
        /// What is there.
        found: Kind,
    },
}

/// Reads an article and checks everything that FORMAT.md 5.3 says about it.
/// Whatever is accepted encodes to the same bytes again.
///
/// # Errors
/// If a single rule is broken.
pub fn decode(bytes: &[u8]) -> Result<Article, DecodeError> {
    let mut decoder = Decoder {
        reader: Reader::new(bytes, ARTICLE_DEPTH),
        blocks: 0,
        inlines: 0,
    };
    decoder.reader.array_of(2)?;
    decoder
        .reader
        .uint_in(VERSION..=VERSION, "article version")?;
    let blocks = decoder.blocks(1)?;
    decoder.reader.finish()?;
    Ok(Article { blocks })
}

struct Decoder<'a> {
    reader: Reader<'a>,
    blocks: usize,
    inlines: usize,
}

impl Decoder<'_> {
    fn blocks(&mut self, level: usize) -> Result<Vec<Block>, DecodeError> {
        let count = self.reader.array()?;
        self.count_blocks(count)?;
        self.allow(count, level)?;
        (0..count).map(|_| self.block(level)).collect()
    }

    fn block(&mut self, level: usize) -> Result<Block, DecodeError> {
        let at = self.reader.position();
        let len = self.reader.array()?;
        let kind = self.reader.uint()?;
        let below = level + 1;
        let expected = match kind {
            8 => 1,
            3 => 2,
            1 | 2 | 4 | 7 | 9 | 10 => 3,
            5 | 6 => 4,
            _ => {
                return Err(DecodeError::UnknownKind {
                    what: "block",
                    kind,
                    at,
                });
            }
        };
        length(at, expected, len)?;
        Ok(match kind {
            1 => Block::Heading {
                level: self.reader.uint_in(1..=6, "heading level")? as u8,
                text: self.inlines(below)?,
            },
            2 => Block::Paragraph {
                role: match self.reader.uint_in(0..=2, "role of a paragraph")? {
                    0 => Role::Body,
                    1 => Role::Standfirst,
                    _ => Role::Attribution,
                },
                text: self.inlines(below)?,
            },
            3 => Block::Quote(self.blocks(below)?),
            4 => self.list(below)?,
            5 => self.table(below)?,
            6 => Block::Image {
                medium: self.reader.uint_in(NUMBER, "index of a medium")? as u32,
                alt: self.reader.text()?.to_owned(),
                caption: self.inlines(below)?,
            },
            7 => Block::Code {
                language: self.reader.text()?.to_owned(),
                text: self.reader.lines()?.to_owned(),
            },
            8 => Block::Rule,
            9 => Block::Footnote {
                label: self.reader.uint_in(NUMBER, "label of a footnote")? as u32,
                blocks: self.blocks(below)?,
            },
            _ => Block::Other {
                kind: self.reader.text()?.to_owned(),
                fallback: self.blocks(below)?,
            },
        })
    }

    fn list(&mut self, below: usize) -> Result<Block, DecodeError> {
        let start = if self.reader.is_null() {
            self.reader.null()?;
            None
        } else {
            Some(self.reader.uint_in(NUMBER, "first number of a list")? as u32)
        };
        let count = self.reader.array()?;
        self.count_blocks(count)?;
        let items = (0..count).map(|_| self.blocks(below));
        Ok(Block::List {
            start,
            items: items.collect::<Result<_, _>>()?,
        })
    }

    fn table(&mut self, below: usize) -> Result<Block, DecodeError> {
        let columns = self.reader.array_in(1..=MAX_COLUMNS, "columns")?;
        let mut alignments = Vec::with_capacity(columns);
        for _ in 0..columns {
            alignments.push(match self.reader.uint_in(0..=2, "alignment")? {
                0 => Alignment::Start,
                1 => Alignment::Centre,
                _ => Alignment::End,
            });
        }
        let at = self.reader.position();
        let header_rows = self.reader.uint_in(NUMBER, "header rows")?;
        let count = self.reader.array()?;
        if header_rows > count as u64 {
            return Err(CborError::Range {
                at,
                what: "header rows",
            }
            .into());
        }
        let mut rows = Vec::new();
        for _ in 0..count {
            self.reader.array_of(columns)?;
            self.count_inlines(columns)?;
            let cells = (0..columns).map(|_| self.inlines(below));
            rows.push(cells.collect::<Result<_, _>>()?);
        }
        Ok(Block::Table {
            alignments,
            header_rows: header_rows as u32,
            rows,
        })
    }

    fn inlines(&mut self, level: usize) -> Result<Vec<Inline>, DecodeError> {
        let count = self.reader.array()?;
        self.count_inlines(count)?;
        self.allow(count, level)?;
        (0..count).map(|_| self.inline(level)).collect()
    }

    fn inline(&mut self, level: usize) -> Result<Inline, DecodeError> {
        let at = self.reader.position();
        match self.reader.kind()? {
            Kind::Text => return Ok(Inline::Text(self.reader.text()?.to_owned())),
            Kind::Array => {}
            found => return Err(DecodeError::NotAnInline { at, found }),
        }
        let len = self.reader.array()?;
        let kind = self.reader.uint()?;
        let below = level + 1;
        let expected = match kind {
            5 => 1,
            1 | 2 | 3 | 6 => 2,
            4 | 7 => 3,
            _ => {
                return Err(DecodeError::UnknownKind {
                    what: "inline",
                    kind,
                    at,
                });
            }
        };
        length(at, expected, len)?;
        Ok(match kind {
            1 => Inline::Strong(self.inlines(below)?),
            2 => Inline::Emphasis(self.inlines(below)?),
            3 => Inline::Code(self.reader.text()?.to_owned()),
            4 => Inline::Link {
                target: self
                    .reader
                    .text_in(0..=MAX_TARGET, "target of a link")?
                    .to_owned(),
                text: self.inlines(below)?,
            },
            5 => Inline::Break,
            6 => Inline::FootnoteRef(self.reader.uint_in(NUMBER, "label of a footnote")? as u32),
            _ => Inline::Other {
                kind: self.reader.text()?.to_owned(),
                fallback: self.inlines(below)?,
            },
        })
    }

    /// Refuses a row of `count` items on a level that may not exist.
    fn allow(&self, count: usize, level: usize) -> Result<(), DecodeError> {
        if count > 0 && level > MAX_LEVEL {
            return Err(DecodeError::TooDeep {
                at: self.reader.position(),
            });
        }
        Ok(())
    }

    fn count_blocks(&mut self, more: usize) -> Result<(), DecodeError> {
        count(&mut self.blocks, more, MAX_BLOCKS, "blocks")
    }

    fn count_inlines(&mut self, more: usize) -> Result<(), DecodeError> {
        count(&mut self.inlines, more, MAX_INLINES, "inlines")
    }
}

fn count(
    total: &mut usize,
    more: usize,
    max: usize,
    what: &'static str,
) -> Result<(), DecodeError> {
    *total = total.saturating_add(more);
    if *total > max {
        return Err(DecodeError::TooMany { what, max });
    }
    Ok(())
}

fn length(at: usize, expected: usize, found: usize) -> Result<(), CborError> {
    if expected == found {
        return Ok(());
    }
    Err(CborError::Length {
        at,
        expected,
        found,
    })
}
