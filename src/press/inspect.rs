//! Decoding everything again, before anybody signs it.
//!
//! A signature says "this is what we wanted to publish". So every piece is read, hashed
//! and decoded as a reader would do it, every catalog entry and article is checked, and
//! every picture must be what the catalog says. What a reader would refuse is never signed.

use crate::disk::Stored;
use crate::header::picture_header;
use std::collections::HashSet;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use varaq_article::{Article, Block, DecodeError, decode};
use varaq_bundle::{
    Bundle, Content, Entry, HeadError, Limits, Medium, MediumClass, Notice, PieceError,
};
use varaq_cbor::CborError;
use varaq_storage::Storage;

/// Why a bundle is not fit to be signed.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The head cannot be read.
    #[error("its head cannot be read")]
    Head(#[from] HeadError),
    /// The manifest breaks a rule.
    #[error("its manifest breaks a rule")]
    Manifest(#[source] CborError),
    /// A piece is missing, damaged, or not what it should be.
    #[error("part of it is missing or wrong")]
    Piece(#[from] PieceError),
    /// An article breaks a rule of the format.
    #[error("article {number} breaks a rule of the format")]
    Article {
        /// Its number, from 1.
        number: u32,
        /// The rule.
        source: DecodeError,
    },
    /// An article shows a picture that it does not have.
    #[error("article {number} shows picture {medium}, which it does not have")]
    NoSuchPicture {
        /// Its number, from 1.
        number: u32,
        /// Index of the picture, from 0.
        medium: u32,
    },
    /// A picture is not what the catalog says.
    #[error("picture {name} of article {number} is not what the catalog says")]
    Picture {
        /// Number of the article, from 1.
        number: u32,
        /// Name of the picture.
        name: String,
    },
    /// The catalog lists another number of articles than FRONT says.
    #[error("expected {expected} articles, found {found}")]
    Count {
        /// What FRONT says.
        expected: u32,
        /// What the catalog lists.
        found: u32,
    },
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
    /// The file cannot be read.
    #[error("cannot read the file")]
    Io(#[from] io::Error),
}

/// How far the decoding has come, in pieces and articles.
pub(crate) type Step<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// Reads and decodes everything in a bundle; returns the notices that it carries.
pub(crate) fn inspect(
    storage: &dyn Storage,
    path: &Path,
    step: &mut Step<'_>,
) -> Result<Vec<Notice>, InspectError> {
    let bundle = Bundle::open(storage.open(path)?, &Limits::default())?;
    #[expect(
        clippy::disallowed_methods,
        reason = "what is about to be signed cannot be verified yet; nothing of it is shown"
    )]
    let content = bundle.into_content().map_err(InspectError::Manifest)?;
    let front = content.front()?;
    let pieces = u64::from(content.manifest().piece_count);
    let total = pieces + u64::from(front.article_count);
    for piece in 0..content.manifest().piece_count {
        content.piece(piece)?;
        go_on(step, u64::from(piece), total)?;
    }
    // What a reader would leave out, readers would miss for ever.
    let mut carried = content.notices();
    if let Some((_, error)) = carried.unread.pop() {
        return Err(error.into());
    }
    let mut found = 0;
    let mut seen = HashSet::new();
    for entry in content.entries() {
        let (number, entry) = entry?;
        check_article(&content, number, &entry)?;
        for medium in &entry.media {
            let span = &medium.span;
            let what = (
                span.first,
                span.offset,
                span.len,
                medium.width,
                medium.height,
            );
            if seen.insert((what, medium.media_type.clone())) {
                check_medium(&content, number, medium)?;
            }
        }
        found += 1;
        go_on(step, pieces + u64::from(found), total)?;
    }
    if found != front.article_count {
        return Err(InspectError::Count {
            expected: front.article_count,
            found,
        });
    }
    Ok(carried.notices)
}

fn go_on(step: &mut Step<'_>, done: u64, total: u64) -> Result<(), InspectError> {
    match step(done, total) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(InspectError::Cancelled),
    }
}

fn check_article(
    content: &Content<Stored>,
    number: u32,
    entry: &Entry,
) -> Result<(), InspectError> {
    let bytes = content.article_bytes(entry)?;
    let article = decode(&bytes).map_err(|source| InspectError::Article { number, source })?;
    each_picture(&article, &mut |medium| {
        let index = usize::try_from(medium).unwrap_or(usize::MAX);
        match entry.media.get(index) {
            Some(found) if found.class == MediumClass::Picture => Ok(()),
            _ => Err(InspectError::NoSuchPicture { number, medium }),
        }
    })
}

fn check_medium(
    content: &Content<Stored>,
    number: u32,
    medium: &Medium,
) -> Result<(), InspectError> {
    if medium.class == MediumClass::Attachment {
        content.medium_into(medium, &mut io::sink())?;
        return Ok(());
    }
    let bytes = content.medium(medium)?;
    let header = picture_header(&bytes);
    if header == Some((medium.media_type.as_str(), medium.width, medium.height)) {
        Ok(())
    } else {
        Err(InspectError::Picture {
            number,
            name: medium.name.clone(),
        })
    }
}

/// Calls `see` with the index of every picture that an article shows.
fn each_picture<E>(article: &Article, see: &mut dyn FnMut(u32) -> Result<(), E>) -> Result<(), E> {
    let mut left: Vec<&Block> = article.blocks.iter().collect();
    while let Some(block) = left.pop() {
        match block {
            Block::Image { medium, .. } => see(*medium)?,
            Block::Quote(blocks)
            | Block::Footnote { blocks, .. }
            | Block::Other {
                fallback: blocks, ..
            } => left.extend(blocks),
            Block::List { items, .. } => left.extend(items.iter().flatten()),
            _ => {}
        }
    }
    Ok(())
}
