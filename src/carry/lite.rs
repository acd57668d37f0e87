//! A smaller copy of a bundle: text alone, some sections, without the biggest pictures.
//!
//! In: a valid bundle and what is wanted. Out: a partial copy (FORMAT.md section 1.3) under
//! the same signatures, and how much was left out. The same input gives the same bytes.
//! Memory grows with the number of pictures, by some 60 bytes each, and of pieces, by 4.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use varaq_bundle::{Content, Entry, MediumClass};
use varaq_storage::{Access, Beside, Storage};
use varaq_trust::View;

use crate::selected::{self, Chosen, Original, SelectError, Stored, Watch};

/// What a smaller copy shall hold.
#[derive(Clone, Debug, Default)]
pub struct LiteOptions {
    /// No pictures and no attachments.
    pub text_only: bool,
    /// Names of the sections that are kept, as FRONT has them; empty = all.
    pub sections: Vec<String>,
    /// Most bytes of the copy.
    pub max_bytes: Option<u64>,
}

/// A number of things and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// How long they are, decoded.
    pub bytes: u64,
}

/// What a smaller copy holds and lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiteReport {
    /// Length of the copy.
    pub len_bytes: u64,
    /// Articles in it.
    pub articles: u64,
    /// Articles left out.
    pub articles_out: Tally,
    /// Pictures in it.
    pub pictures: u64,
    /// Pictures left out.
    pub pictures_out: Tally,
    /// Attachments left out.
    pub attachments_out: Tally,
    /// Pieces in it.
    pub pieces: u32,
    /// Pieces of the issue.
    pub piece_count: u32,
}

/// Why there is no smaller copy.
#[derive(Debug, thiserror::Error)]
pub enum LiteError {
    /// It cannot be copied.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The issue has no such section.
    #[error("the issue has no section {0:?}")]
    NoSection(String),
    /// Even without pictures it is too long.
    #[error("expected at most {max} bytes, without any picture it takes {needed}")]
    TooLong {
        /// What was asked for.
        max: u64,
        /// What it takes at least.
        needed: u64,
    },
}

/// A picture or an attachment that is wanted.
struct Wanted {
    len: u64,
    pieces: Range<u32>,
    class: MediumClass,
}

/// What is wanted of an issue.
struct Wish {
    base: Chosen,
    media: Vec<Wanted>,
    report: LiteReport,
}

/// Writes a smaller copy of `source` as `target`, which must not be there.
///
/// # Errors
/// See [`LiteError`]; then there is no `target`.
pub fn lite<'v>(
    storage: &dyn Storage,
    source: &Path,
    target: &Path,
    view: impl Into<View<'v>>,
    options: &LiteOptions,
    watch: &mut Watch<'_>,
) -> Result<LiteReport, LiteError> {
    let original = Original::open(storage, source, view.into())?;
    let mut wish = wish(&original.content, options)?;
    // The biggest go first; of two that are as big the later one.
    wish.media.sort_by_key(|one| (one.len, one.pieces.start));
    let (chosen, plan) = fit(&original, &mut wish, options.max_bytes)?;
    let mut report = wish.report;
    report.len_bytes = plan.len_bytes;
    report.pieces = chosen.len();
    report.piece_count = original.content.manifest().piece_count;
    let io = SelectError::Io;
    let mut file = Beside::new(storage, target, Access::Usual).map_err(io)?;
    selected::write(&original.content, &plan, &chosen, &mut file, watch)?;
    file.keep_as_new(target).map_err(io)?;
    Ok(report)
}

/// The pieces that fit, and the plan of their copy.
fn fit(
    original: &Original,
    wish: &mut Wish,
    max: Option<u64>,
) -> Result<(Chosen, selected::Plan), LiteError> {
    let content = &original.content;
    let planned = |kept: &[Wanted]| -> Result<_, SelectError> {
        let mut chosen = wish.base.clone();
        for piece in kept.iter().flat_map(|one| one.pieces.clone()) {
            add_listed(content, &mut chosen, piece)?;
        }
        let listed = |piece| content.is_listed(piece).unwrap_or(false);
        chosen.bridge(&listed);
        let plan = selected::plan(content, &original.head, &chosen)?;
        Ok((chosen, plan))
    };
    let fits = |plan: &selected::Plan| max.is_none_or(|max| plan.len_bytes <= max);
    // A copy grows with each picture, so the most that fit are found by halving.
    let (mut least, mut most) = (0, wish.media.len());
    let mut best = planned(&wish.media)?;
    if !fits(&best.1) {
        best = planned(&[])?;
        if let Some(max) = max.filter(|max| best.1.len_bytes > *max) {
            let needed = best.1.len_bytes;
            return Err(LiteError::TooLong { max, needed });
        }
        while least < most {
            let middle = least.saturating_add(most.saturating_sub(least).div_ceil(2));
            let tried = planned(wish.media.get(..middle).unwrap_or_default())?;
            if fits(&tried.1) {
                (least, best) = (middle, tried);
            } else {
                most = middle.saturating_sub(1);
            }
        }
        most = least;
    }
    for (at, one) in wish.media.iter().enumerate() {
        count(&mut wish.report, one.class, one.len, at < most);
    }
    Ok(best)
}

fn count(report: &mut LiteReport, class: MediumClass, len: u64, kept: bool) {
    match (class, kept) {
        (MediumClass::Picture, true) => report.pictures = report.pictures.saturating_add(1),
        (MediumClass::Picture, false) => report.pictures_out.add(len),
        (MediumClass::Attachment, true) => {}
        (MediumClass::Attachment, false) => report.attachments_out.add(len),
    }
}

impl Tally {
    fn add(&mut self, len: u64) {
        self.count = self.count.saturating_add(1);
        self.bytes = self.bytes.saturating_add(len);
    }
}

/// Goes through the catalog.
fn wish(content: &Content<Stored>, options: &LiteOptions) -> Result<Wish, LiteError> {
    let sections = sections(content, options)?;
    let manifest = content.manifest();
    let mut base = Chosen::none(manifest.piece_count);
    let text = manifest.articles().start;
    let prefixes = manifest.prefixes.iter().copied();
    for piece in (0..text).chain(prefixes) {
        add_listed(content, &mut base, piece)?;
    }
    let mut wish = Wish {
        base,
        media: Vec::new(),
        report: LiteReport::default(),
    };
    let mut media = Media::new();
    // A page of the catalog that is not in this copy hides its articles, here as everywhere.
    for (_, entry) in content.entries().flatten() {
        let kept = sections
            .as_ref()
            .is_none_or(|kept| kept.contains(&entry.section));
        wish_for(content, &mut wish, &mut media, &entry, kept)?;
    }
    for (one, kept) in media.into_values() {
        if kept && !options.text_only {
            wish.media.push(one);
        } else {
            count(&mut wish.report, one.class, one.len, false);
        }
    }
    Ok(wish)
}

/// Media by where they begin, each once however many articles show it; and whether one of those is kept.
type Media = BTreeMap<(u32, u32), (Wanted, bool)>;

fn wish_for(
    content: &Content<Stored>,
    wish: &mut Wish,
    media: &mut Media,
    entry: &Entry,
    kept: bool,
) -> Result<(), SelectError> {
    if kept {
        for piece in content.pieces_of(&entry.span).unwrap_or(0..0) {
            add_listed(content, &mut wish.base, piece)?;
        }
        wish.report.articles = wish.report.articles.saturating_add(1);
    } else {
        wish.report.articles_out.add(entry.span.len);
    }
    for medium in &entry.media {
        let span = &medium.span;
        let pieces = content.pieces_of(span).ok();
        // A span that leads nowhere holds nothing to copy.
        let kept = kept && pieces.is_some();
        let one = Wanted {
            len: span.len,
            pieces: pieces.unwrap_or(0..0),
            class: medium.class,
        };
        let known = media.entry((span.first, span.offset));
        known.or_insert((one, false)).1 |= kept;
    }
    Ok(())
}

/// A piece that the source lacks cannot be copied.
fn add_listed(
    content: &Content<Stored>,
    chosen: &mut Chosen,
    piece: u32,
) -> Result<(), SelectError> {
    if !chosen.has(piece) && content.is_listed(piece)? {
        chosen.add(piece);
    }
    Ok(())
}

/// The numbers of the sections that are kept; `None` = all.
fn sections(
    content: &Content<Stored>,
    options: &LiteOptions,
) -> Result<Option<BTreeSet<u32>>, LiteError> {
    if options.sections.is_empty() {
        return Ok(None);
    }
    let front = content.front().map_err(SelectError::Piece)?;
    let mut kept = BTreeSet::new();
    for name in &options.sections {
        let found = (0..).zip(&front.sections).find(|(_, one)| *one == name);
        let (number, _) = found.ok_or_else(|| LiteError::NoSection(name.clone()))?;
        kept.insert(number);
    }
    Ok(Some(kept))
}
