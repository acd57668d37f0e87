//! A copy of an issue with some of its pieces (FORMAT.md section 1.3).
//!
//! In: a valid bundle, and which pieces. Out: a bundle with the same MANIFEST, INDEX and
//! TABLE whole, and runs over these pieces. Each piece is hashed on its way, so nothing
//! that is not signed is copied. Memory: a bit for each piece, 40 bytes for 1,024.

use std::io::{self, Read, Seek, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use varaq_bundle::{
    Bundle, Content, Context, Hash, Head, HeadError, Index, Limits, PIECES_PER_PAGE, PieceError,
    Run, TableEntry,
};
use varaq_storage::{Storage, StoredFile};
use varaq_trust::{Consent, Verdict, Verified, View};

/// An open bundle on a disk.
pub(crate) type Stored = Box<dyn StoredFile>;
/// Told bytes done and total; `Break` cancels.
pub type Watch<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// Most runs that are written: more are not counted when a copy is opened.
const MAX_RUNS: usize = 1_024;

/// Why a copy cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SelectError {
    /// A file cannot be read, or the copy not be written.
    #[error("cannot read or write")]
    Io(#[from] io::Error),
    /// The bundle is not validly signed.
    #[error("it is not validly signed: {verdict}")]
    Closed {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        verdict: Verdict,
    },
    /// Another file lies there than a moment ago.
    #[error("the file has changed while it was read")]
    Changed,
    /// A part cannot be had.
    #[error(transparent)]
    Piece(#[from] PieceError),
    /// The head would not fit.
    #[error("the head of the copy would be too long")]
    TooLong,
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

/// A valid bundle and its head.
pub(crate) struct Original {
    pub(crate) content: Verified<Content<Stored>>,
    pub(crate) head: Head,
}

impl Original {
    /// Opens a bundle, with the consent of whoever only carries it.
    pub(crate) fn open(
        storage: &dyn Storage,
        path: &Path,
        view: View<'_>,
    ) -> Result<Original, SelectError> {
        let limits = Limits::default();
        let opening = varaq_trust::open(storage.open(path)?, view, &limits)?;
        let content = opening.into_content(Consent::DifferentPublisher);
        let content = content.map_err(|refused| SelectError::Closed {
            path: path.to_owned(),
            verdict: refused.verdict,
        })?;
        let bundle = match Bundle::open(storage.open(path)?, &limits) {
            Ok(bundle) => bundle,
            Err(HeadError::Io(error)) => return Err(error.into()),
            Err(_) => return Err(SelectError::Changed),
        };
        let head = bundle.head().clone();
        if head.manifest_id() != content.manifest().id() {
            return Err(SelectError::Changed);
        }
        Ok(Original { content, head })
    }
}

/// A set of pieces.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    bits: Vec<u64>,
    count: u32,
}

impl Chosen {
    /// None of `count` pieces: the caller has a signed manifest that says so.
    pub(crate) fn none(count: u32) -> Chosen {
        let words = (count as usize).div_ceil(64);
        Chosen {
            bits: vec![0; words],
            count,
        }
    }

    pub(crate) fn has(&self, piece: u32) -> bool {
        let word = self.bits.get((piece / 64) as usize);
        word.is_some_and(|word| word & (1 << (piece % 64)) != 0)
    }

    pub(crate) fn add(&mut self, piece: u32) {
        if let Some(word) = self.bits.get_mut((piece / 64) as usize) {
            *word |= 1 << (piece % 64);
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.bits.iter().map(|word| word.count_ones()).sum()
    }

    /// The pieces, as ranges `first .. end`.
    pub(crate) fn ranges(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for piece in (0..self.count).filter(|&piece| self.has(piece)) {
            let end = piece.saturating_add(1);
            match ranges.last_mut() {
                Some(last) if last.1 == piece => last.1 = end,
                _ => ranges.push((piece, end)),
            }
        }
        ranges
    }

    /// Adds pieces between the nearest ranges that `may` be added, until there are few
    /// enough ranges for RUNS.
    pub(crate) fn bridge(&mut self, may: &dyn Fn(u32) -> bool) {
        let ranges = self.ranges();
        let too_many = ranges.len().saturating_sub(MAX_RUNS);
        let mut gaps: Vec<(u32, u32)> = ranges
            .windows(2)
            .filter_map(|pair| Some((pair.first()?.1, pair.get(1)?.0)))
            .collect();
        gaps.sort_by_key(|(from, to)| (to.saturating_sub(*from), *from));
        let bridged = gaps.into_iter().filter(|(from, to)| (*from..*to).all(may));
        for (from, to) in bridged.take(too_many) {
            (from..to).for_each(|piece| self.add(piece));
        }
    }
}

/// INDEX, and where a new copy puts its pieces.
pub(crate) struct Plan {
    pub(crate) head: Head,
    pub(crate) len_bytes: u64,
}

/// The head of a copy with the chosen pieces, and the length of the copy.
pub(crate) fn plan<R: Read + Seek>(
    content: &Content<R>,
    head: &Head,
    chosen: &Chosen,
) -> Result<Plan, SelectError> {
    let ranges = chosen.ranges();
    let slack = head
        .prefix
        .body_at
        .saturating_sub(head.prefix.sections_end());
    let runs_len = ranges.len().saturating_mul(Run::LEN) as u64;
    let sections = head
        .prefix
        .sections_end()
        .saturating_sub(head.prefix.runs_len.into())
        .saturating_add(runs_len);
    let limits = Limits::default();
    let body_at = sections.saturating_add(slack).min(limits.head_bytes);
    if runs_len > limits.runs_bytes.into() || sections > body_at {
        return Err(SelectError::TooLong);
    }
    let mut at = pieces_at(content, body_at);
    let mut runs = Vec::with_capacity(ranges.len());
    for (first, end) in ranges {
        let count = end.saturating_sub(first);
        runs.push(Run {
            first,
            count,
            offset: at,
        });
        at = at.saturating_add(stored_bytes(content, first, end)?);
    }
    Ok(Plan {
        head: head_with(head, body_at, &runs),
        len_bytes: at,
    })
}

/// The same head with other runs.
pub(crate) fn head_with(head: &Head, body_at: u64, runs: &[Run]) -> Head {
    Head::new(
        body_at,
        head.manifest.clone(),
        head.signatures.clone(),
        head.own.clone(),
        Run::encode_all(runs),
        head.notes.clone(),
    )
}

/// Where the first piece may lie.
pub(crate) fn pieces_at<R: Read + Seek>(content: &Content<R>, body_at: u64) -> u64 {
    let manifest = content.manifest();
    let index = u64::from(manifest.pages()).saturating_mul(Index::ROW_LEN as u64);
    let table = u64::from(manifest.piece_count).saturating_mul(TableEntry::LEN as u64);
    body_at.saturating_add(index).saturating_add(table)
}

/// Stored bytes of the pieces `first .. end`.
pub(crate) fn stored_bytes<R: Read + Seek>(
    content: &Content<R>,
    first: u32,
    end: u32,
) -> Result<u64, PieceError> {
    (first..end).try_fold(0u64, |sum, piece| {
        let stored = content.table_entry(piece)?.stored;
        Ok(sum.saturating_add(stored.into()))
    })
}

/// Writes head, SLACK, INDEX and TABLE.
pub(crate) fn write_front<R: Read + Seek>(
    content: &Content<R>,
    head: &Head,
    file: &mut dyn Write,
) -> Result<(), SelectError> {
    file.write_all(&head.to_slack())?;
    let pages = content.manifest().pages();
    let mut index = Vec::new();
    for page in 0..pages {
        let (bytes, sum) = table_page(content, page)?;
        index.extend_from_slice(&Hash::derived(Context::Page, &bytes).0);
        index.extend_from_slice(&sum.to_be_bytes());
    }
    // It was decoded from these very bytes: another hash would be a fault of ours.
    if Hash::derived(Context::Index, &index) != content.manifest().index {
        return Err(SelectError::Changed);
    }
    file.write_all(&index)?;
    for page in 0..pages {
        file.write_all(&table_page(content, page)?.0)?;
    }
    Ok(())
}

/// A page of TABLE as it was signed, and the sum of its `stored` fields.
fn table_page<R: Read + Seek>(
    content: &Content<R>,
    page: u32,
) -> Result<(Vec<u8>, u64), PieceError> {
    let first = page.saturating_mul(PIECES_PER_PAGE);
    let count = content.manifest().piece_count;
    let end = first.saturating_add(PIECES_PER_PAGE).min(count);
    let (mut bytes, mut sum) = (Vec::new(), 0u64);
    for piece in first..end {
        let entry = content.table_entry(piece)?;
        sum = sum.saturating_add(entry.stored.into());
        bytes.extend_from_slice(&entry.encode());
    }
    Ok((bytes, sum))
}

/// Writes a planned copy.
pub(crate) fn write<R: Read + Seek>(
    content: &Content<R>,
    plan: &Plan,
    chosen: &Chosen,
    file: &mut dyn Write,
    watch: &mut Watch<'_>,
) -> Result<(), SelectError> {
    write_front(content, &plan.head, file)?;
    let mut done = pieces_at(content, plan.head.prefix.body_at);
    for (first, end) in chosen.ranges() {
        for piece in first..end {
            let stored = content.stored(piece)?;
            file.write_all(&stored)?;
            done = done.saturating_add(stored.len() as u64);
            if watch(done, plan.len_bytes).is_break() {
                return Err(SelectError::Cancelled);
            }
        }
    }
    Ok(())
}
