//! Pictures and attachments, and where bytes lie (FORMAT.md section 5.2).

use crate::manifest::number;
use varaq_cbor::{CborError, Reader, Writer};

/// Bytes that start at `offset` in the decoded bytes of piece `first` and run on into the
/// following pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first piece.
    pub first: u32,
    /// Bytes into its decoded bytes.
    pub offset: u32,
    /// Length in bytes.
    pub len: u64,
}

/// What kind of medium it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediumClass {
    /// `image/jpeg` or `image/png`: shown in an article.
    Picture,
    /// Listed and extractable, never opened.
    Attachment,
}

/// A medium of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Picture or attachment.
    pub class: MediumClass,
    /// Media type, such as `image/jpeg`; 1-127 printable ASCII characters.
    pub media_type: String,
    /// File name for extraction, ≤ 255 characters; a claim, never a path to be used as it is.
    pub name: String,
    /// Where its bytes lie.
    pub span: Span,
    /// Width of a picture in pixels, 1 … 16,384; 0 for an attachment.
    pub width: u32,
    /// Height of a picture in pixels, 1 … 16,384; 0 for an attachment.
    pub height: u32,
}

impl Span {
    /// Reads a span of at most `most` bytes.
    pub(crate) fn read(reader: &mut Reader<'_>, most: u64) -> Result<Span, CborError> {
        reader.array_of(3)?;
        Ok(Span {
            first: number(reader, 0..=u64::from(u32::MAX), "span piece")?,
            offset: number(reader, 0..=u64::from(u32::MAX), "span offset")?,
            len: reader.uint_in(0..=most, "span length")?,
        })
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer
            .array(3)
            .uint(self.first.into())
            .uint(self.offset.into())
            .uint(self.len);
    }
}

impl Medium {
    pub(crate) fn read(reader: &mut Reader<'_>, most: u64) -> Result<Medium, CborError> {
        reader.array_of(6)?;
        let class = match reader.uint_in(0..=1, "class")? {
            0 => MediumClass::Picture,
            _ => MediumClass::Attachment,
        };
        let at = reader.position();
        let media_type = reader.text_in(1..=127, "media type")?;
        let fits = match class {
            MediumClass::Picture => media_type == "image/jpeg" || media_type == "image/png",
            MediumClass::Attachment => media_type.bytes().all(|byte| byte.is_ascii_graphic()),
        };
        if !fits {
            return Err(CborError::Range {
                at,
                what: "media type",
            });
        }
        let name = reader.text_in(0..=255, "media name")?;
        let span = Span::read(reader, most)?;
        let sides = if class == MediumClass::Picture {
            1..=16_384
        } else {
            0..=0
        };
        Ok(Medium {
            class,
            media_type: media_type.to_owned(),
            name: name.to_owned(),
            span,
            width: number(reader, sides.clone(), "width")?,
            height: number(reader, sides, "height")?,
        })
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        let class = if self.class == MediumClass::Picture {
            0
        } else {
            1
        };
        writer
            .array(6)
            .uint(class)
            .text(&self.media_type)
            .text(&self.name);
        self.span.write(writer);
        writer.uint(self.width.into()).uint(self.height.into());
    }
}
