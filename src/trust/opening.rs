//! Opening a file: verdict first, content after (FORMAT.md section 7).
//!
//! In: something to read, the reader's view, limits. Out: an [`Opening`], in which the
//! content waits behind [`Opening::into_content`]. Only what is needed to judge is read:
//! the head, and if no single run holds the issue, INDEX and some pages of TABLE.

use crate::judge::newer_is_signed;
use crate::{Facts, Issue, Judgement, Learned, Line, Publisher, Verdict, View, judge};
use std::io::{self, Read, Seek};
use varaq_bundle::{
    Bundle, Content, Head, HeadError, Index, Limits, Manifest, Part, PieceError, Run, TableEntry,
};
use varaq_cbor::{DEPTH, Reader};

/// A file that was judged.
#[derive(Debug)]
pub struct Opening<R> {
    judgement: Judgement,
    lines: Vec<Line>,
    /// There only if the verdict is a valid one.
    pub(crate) content: Option<Content<R>>,
}

/// Judges a file. Whatever is in it, the answer is a verdict.
///
/// # Errors
/// If the source cannot be read: that says something about the stick and nothing about
/// the file.
pub fn open<'a, R: Read + Seek>(
    source: R,
    view: impl Into<View<'a>>,
    limits: &Limits,
) -> io::Result<Opening<R>> {
    let view = view.into();
    match Bundle::open(source, limits) {
        Ok(bundle) => open_bundle(bundle, view),
        Err(HeadError::NotABundle) => Ok(Verdict::NotABundle.into()),
        Err(HeadError::Damaged(_)) => Ok(Verdict::DamagedHead.into()),
        Err(HeadError::NewerFormat { major, head }) => {
            let signed = head.is_some_and(|head| newer_is_signed(&head, major, view.pins));
            Ok(Verdict::NewerFormat { signed }.into())
        }
        Err(HeadError::Io(error)) => Err(error),
    }
}

/// Judges a bundle whose head is read already.
///
/// # Errors
/// If the source cannot be read.
pub fn open_bundle<'a, R: Read + Seek>(
    bundle: Bundle<R>,
    view: impl Into<View<'a>>,
) -> io::Result<Opening<R>> {
    let mut judgement = judge(bundle.head(), view);
    if !judgement.verdict.is_valid() {
        return Ok(Opening {
            judgement,
            lines: Vec::new(),
            content: None,
        });
    }
    let Ok(manifest) = bundle.manifest() else {
        // Judged valid, so it decodes.
        return Ok(Verdict::BadSignature.into());
    };
    let mut damaged = damaged_parts(bundle.head(), &manifest);
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door: it opens after the verdict, and Opening keeps what is behind it"
    )]
    let Ok(content) = bundle.into_content() else {
        return Ok(Verdict::BadSignature.into());
    };
    let mut lines = Vec::new();
    match content.listed_pieces() {
        Ok(pieces) if pieces == manifest.piece_count => lines.push(Line::ListedComplete),
        Ok(pieces) => lines.push(partial(pieces, &manifest)),
        Err(PieceError::NotInThisCopy { .. }) => lines.push(partial(0, &manifest)),
        Err(PieceError::Damaged { part } | PieceError::Malformed { part, .. }) => {
            damaged.push(part);
        }
        Err(PieceError::Io(error)) => return Err(error),
        Err(PieceError::Outside { .. }) => damaged.push(Part::Index),
    }
    if !damaged.is_empty() {
        lines.push(Line::Damaged(damaged));
    }
    lines.splice(..0, std::mem::take(&mut judgement.lines));
    Ok(Opening {
        judgement,
        lines,
        content: Some(content),
    })
}

fn partial(pieces: u32, manifest: &Manifest) -> Line {
    Line::Partial {
        pieces,
        of: manifest.piece_count,
    }
}

/// Unsigned parts of a valid head that are there but wrong.
fn damaged_parts(head: &Head, manifest: &Manifest) -> Vec<Part> {
    let mut parts = Vec::new();
    if !head.hint_matches() {
        parts.push(Part::Hint);
    }
    let pieces_at = head
        .prefix
        .body_at
        .saturating_add(u64::from(manifest.pages()).saturating_mul(Index::ROW_LEN as u64))
        .saturating_add(u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64));
    let runs = Run::decode_all(&head.runs);
    let usable = |run: &Run| run.is_usable(manifest.piece_count, pieces_at);
    let sorted = runs.is_sorted_by_key(|run| (run.first, run.offset));
    if !sorted || !runs.iter().all(usable) {
        parts.push(Part::Runs);
    }
    if !is_array(&head.notes) {
        parts.push(Part::Notes);
    }
    parts
}

/// True for no notes at all, and for one well-formed array, whatever its entries say.
fn is_array(notes: &[u8]) -> bool {
    if notes.is_empty() {
        return true;
    }
    let mut reader = Reader::new(notes, DEPTH);
    let Ok(entries) = reader.array() else {
        return false;
    };
    (0..entries).all(|_| reader.item().is_ok()) && reader.finish().is_ok()
}

impl<R> Opening<R> {
    /// The one answer.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.judgement.verdict
    }

    /// What is said beside it; empty unless the verdict is a valid one.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What was proven, whatever the verdict: to be added to the reader's evidence.
    #[must_use]
    pub fn learned(&self) -> &Learned {
        &self.judgement.learned
    }

    /// Who it is by; none unless the verdict is a valid one.
    #[must_use]
    pub fn publisher(&self) -> Option<&Publisher> {
        self.facts().map(|facts| &facts.publisher)
    }

    /// Which issue it is; none unless the verdict is a valid one.
    #[must_use]
    pub fn issue(&self) -> Option<&Issue> {
        self.facts().map(|facts| &facts.issue)
    }

    /// Publisher and issue; none unless the verdict is a valid one.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        self.judgement
            .facts
            .as_ref()
            .filter(|_| self.verdict().is_valid())
    }

    /// The same, but also where it is *not* proven: of a draft, or where signatures are
    /// too few or no longer count. For the publisher's and the distributor's tools, which
    /// say how many signatures are missing; a reader shows none of it.
    #[must_use]
    pub fn unproven_facts(&self) -> Option<&Facts> {
        self.judgement.facts.as_ref()
    }
}

impl<R> From<Verdict> for Opening<R> {
    fn from(verdict: Verdict) -> Opening<R> {
        Opening {
            judgement: verdict.into(),
            lines: Vec::new(),
            content: None,
        }
    }
}
