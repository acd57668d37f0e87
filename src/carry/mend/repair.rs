//! Repair: damaged, truncated and partial copies, other issues, repair data and images in; one
//! whole file out, or what is missing.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use varaq_bundle::{Hash, Report};
use varaq_storage::{Access, Beside, Storage, StoredFile};
use varaq_trust::{Facts, Verdict, View};

use super::block::{block_hash, read_at};
use super::heads::{Candidate, Heads};
use super::judge::{JudgeError, Judged, Tick, judge};
use super::layout::Layout;
use super::lend::Lender;
use super::rebuild::{Rebuild, Stop, copies_of};
use super::repair_data::FileHash;
use super::source::{Repair, Source, repairs_in};
use super::stripes::place;
use super::table::{Page, Rows, index_len, page_place};

/// What is wanted of a repair.
#[derive(Clone, Copy, Debug, Default)]
pub struct RepairOptions {
    /// The issue to rebuild; none: that of the first file that has a valid head.
    pub manifest: Option<Hash>,
    /// Write a valid partial bundle when not everything is left.
    pub partial: bool,
}

/// What came out of a repair.
#[derive(Debug)]
pub struct RepairReport {
    /// The verdict of the rebuilt file.
    pub verdict: Verdict,
    /// Publisher and issue.
    pub facts: Facts,
    /// What was found when it was read from end to end; of a file that could not be made whole, what there
    /// would be.
    pub report: Report,
    /// Ranges of missing pieces, first and last.
    pub missing: Vec<(u32, u32)>,
    /// INDEX, or pages of TABLE, are missing.
    pub table_missing: bool,
    /// Whether something has the target's name now: the whole file, or what is left of it.
    pub written: bool,
    /// Everything that the original had is there.
    pub whole: bool,
    /// The layout is the original's; otherwise the issue is whole, and its spare copies are left out.
    pub exact: bool,
    /// Files that could not be opened, and why.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

/// Why nothing could be repaired.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// No bundle, no piece of one, no repair data.
    #[error("no bundle and no repair data was found")]
    NothingFound,
    /// No head is whole, in no copy and no repair data.
    #[error("no copy has a head that is whole")]
    NoHead,
    /// Heads are whole, and what they say is not valid.
    #[error("its verdict is {}", .0.name())]
    Refused(Verdict),
    /// The list of pieces is lost, and so is the length of the file.
    #[error("the list of pieces is lost in every copy")]
    NoTable,
    /// Something has the target's name.
    #[error("a file of that name is there already")]
    AlreadyThere,
    /// What was written does not read back as it should.
    #[error("what was written does not read back right")]
    ReadBack,
    /// The caller stopped it.
    #[error("interrupted")]
    Cancelled,
    /// A file cannot be read, and there is no other.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or disk failed.
    #[error("a file or disk failed")]
    Io(#[from] io::Error),
}

impl From<Stop> for RepairError {
    fn from(stop: Stop) -> RepairError {
        match stop {
            Stop::Cancelled => RepairError::Cancelled,
            Stop::Io(error) => RepairError::Io(error),
        }
    }
}

impl From<JudgeError> for RepairError {
    fn from(error: JudgeError) -> RepairError {
        match error {
            JudgeError::Refused(verdict) => RepairError::Refused(verdict),
            JudgeError::Damaged => RepairError::ReadBack,
            JudgeError::Cancelled => RepairError::Cancelled,
            JudgeError::Io(error) => RepairError::Io(error),
        }
    }
}

/// What was opened.
struct Found {
    sources: Vec<Source>,
    repairs: Vec<Repair>,
    heads: Heads,
    unreadable: Vec<(PathBuf, io::Error)>,
}

impl Found {
    fn open(
        storage: &dyn Storage,
        files: &[PathBuf],
        view: View<'_>,
        tick: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Found, RepairError> {
        let mut sources = Vec::new();
        let mut unreadable = Vec::new();
        for path in files {
            match Source::open(storage, path, tick) {
                Ok(Some(source)) => sources.push(source),
                Ok(None) => return Err(RepairError::Cancelled),
                Err(error) => unreadable.push((path.clone(), error)),
            }
        }
        let repairs = repairs_in(&mut sources);
        let heads = Heads::find(&mut sources, &repairs, view)?;
        Ok(Found {
            sources,
            repairs,
            heads,
            unreadable,
        })
    }

    fn nothing(&mut self) -> RepairError {
        let found = |source: &Source| !source.finds.bundles.is_empty();
        match (self.heads.refused, self.unreadable.pop()) {
            (Some(verdict), _) => RepairError::Refused(verdict),
            (None, Some((path, source))) if self.sources.is_empty() => {
                RepairError::Unreadable { path, source }
            }
            _ if self.sources.iter().any(found) || !self.repairs.is_empty() => RepairError::NoHead,
            _ => RepairError::NothingFound,
        }
    }
}

/// The issues that lie in files, whole or not, in the order of the files.
///
/// # Errors
/// If nothing valid is found, a disk fails, or `tick` stops it.
pub fn issues_in<'v>(
    storage: &dyn Storage,
    files: &[PathBuf],
    view: impl Into<View<'v>>,
    tick: &mut Tick<'_>,
) -> Result<Vec<Facts>, RepairError> {
    let mut found = Found::open(storage, files, view.into(), &mut |_| tick(0, 0))?;
    let issues = found.heads.issues().into_iter();
    let facts: Vec<Facts> = issues.map(|one| one.facts.clone()).collect();
    if facts.is_empty() {
        return Err(found.nothing());
    }
    Ok(facts)
}

/// Rebuilds one issue from files and gives it the name `target`, which nothing may have.
///
/// # Errors
/// See [`RepairError`]. That something is missing is no error but a report; nothing has the
/// target's name then, unless a partial bundle was asked for.
pub fn repair<'v>(
    storage: &dyn Storage,
    files: &[PathBuf],
    target: &Path,
    options: &RepairOptions,
    view: impl Into<View<'v>>,
    tick: &mut Tick<'_>,
) -> Result<RepairReport, RepairError> {
    let view = view.into();
    match storage.facts(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(RepairError::AlreadyThere),
    }
    let mut found = Found::open(storage, files, view, &mut |_| tick(0, 0))?;
    let issues = found.heads.issues();
    let wanted = |one: &&Candidate| options.manifest.is_none_or(|id| one.facts.issue.id == id);
    let Some(issue) = issues.into_iter().find(wanted).cloned() else {
        return Err(found.nothing());
    };
    let id = issue.facts.issue.id;
    found.repairs.retain(|repair| repair.header.manifest == id);
    let goal = goal(&mut found, &issue)?;
    let mut done = 0_u64;
    let total = goal.len;
    let mut bytes_done = |bytes: u64| {
        done = done.saturating_add(bytes).min(total);
        tick(done, total)
    };
    let manifest = goal.layout.manifest.clone();
    let copies = copies_of(
        &found.heads.valid,
        &found.repairs,
        found.sources.len(),
        &goal.layout,
    );
    let lenders = lenders(&found.heads, &goal.layout);
    let mut rebuild = Rebuild {
        sources: &mut found.sources,
        repairs: &found.repairs,
        out: Beside::new(storage, target, Access::Usual)?,
        copies,
        lenders,
        layout: goal.layout,
        rows: None,
        pages: vec![false; manifest.pages() as usize],
        whole: vec![false; manifest.piece_count as usize],
        page: None,
        len: goal.len,
        tick: &mut bytes_done,
    };
    rebuild.run()?;
    let (missing, table_missing) = (rebuild.missing(), rebuild.table_missing());
    let partial = if rebuild.is_whole() || !options.partial {
        None
    } else {
        rebuild.write_partial(storage, target)?
    };
    let whole = rebuild.is_whole();
    let mut out = rebuild.out;
    out.sync()?;
    out.file()?.forget_cached();
    let mut judged = judge(storage, out.part(), view, tick)?;
    let mut written = whole;
    if whole {
        read_back(
            &judged,
            &mut **out.file()?,
            goal.repair.map(|at| found.repairs.get(at)),
            id,
        )?;
        out.keep_as_new(target)?;
    } else if let Some(mut partial) = partial {
        partial.file()?.forget_cached();
        judged = judge(storage, partial.part(), view, tick)?;
        // Pages of TABLE may be missing; what is written of pieces must be right.
        let found = &judged.report;
        if judged.facts.issue.id != id || found.pieces.damaged > 0 || found.read_errors > 0 {
            return Err(RepairError::ReadBack);
        }
        drop(out);
        partial.keep_as_new(target)?;
        written = true;
    }
    Ok(RepairReport {
        verdict: judged.verdict,
        facts: judged.facts,
        report: judged.report,
        missing,
        table_missing,
        written,
        whole,
        exact: goal.exact,
        unreadable: found.unreadable,
    })
}

/// What is to be rebuilt.
struct Goal {
    layout: Layout,
    len: u64,
    exact: bool,
    /// The repair data that it is from.
    repair: Option<usize>,
}

/// The layout of the original: what repair data says, else the fullest head whose runs fit.
fn goal(found: &mut Found, issue: &Candidate) -> Result<Goal, RepairError> {
    let id = issue.facts.issue.id;
    let mut candidates: Vec<Candidate> = found.heads.valid.clone();
    candidates.retain(|one| one.facts.issue.id == id);
    let rows = rows(found, &candidates);
    let mut goals = Vec::new();
    for one in &candidates {
        let length = length(found, one, rows.as_ref());
        // The numbers of repair data count among those of this issue.
        let of_repair = one.repair.and_then(|_| {
            let head = Hash::of(&one.layout.head.to_bytes());
            found
                .repairs
                .iter()
                .position(|repair| repair.header.head == head)
        });
        let claimed = of_repair
            .and_then(|at| found.repairs.get(at))
            .map(|repair| repair.header.file_len);
        let len = match (length, claimed) {
            (Some(len), Some(claimed)) if len == claimed => len,
            // Without INDEX the length is bounded by what the signed manifest says of the issue.
            (None, Some(claimed)) if claimed <= most(&one.layout) => claimed,
            (Some(len), None) => len,
            _ => continue,
        };
        let fits_file = one.place.is_some_and(|(source, base)| {
            let source = found.sources.get(source);
            source.is_some_and(|source| base == 0 && source.len == len)
        });
        let exact = of_repair.is_some() || one.layout.is_usual() || fits_file;
        let rank = (of_repair.is_some(), one.layout.is_full(), exact, one.hinted);
        let pieces: u64 = one.layout.runs.iter().map(|run| u64::from(run.count)).sum();
        let layout = one.layout.clone();
        let goal = Goal {
            layout,
            len,
            exact,
            repair: of_repair,
        };
        goals.push((rank, pieces, goal));
    }
    let best = goals
        .into_iter()
        .max_by_key(|(rank, pieces, _)| (*rank, *pieces));
    match best {
        Some((rank, _, goal)) if rank.0 || rank.1 => Ok(goal),
        // Partial copies make up a whole issue; how the whole file lay is not known.
        _ => plain(issue),
    }
}

fn plain(issue: &Candidate) -> Result<Goal, RepairError> {
    let layout = issue.layout.plain();
    let total = layout.manifest.stored_total;
    let len = layout.end(|piece| Some(if piece == 0 { 0 } else { total }));
    Ok(Goal {
        layout,
        len: len.ok_or(RepairError::NoTable)?,
        exact: false,
        repair: None,
    })
}

fn most(layout: &Layout) -> u64 {
    let pieces = layout.manifest.stored_total.saturating_mul(5);
    layout.pieces_at().saturating_add(pieces)
}

/// INDEX from any copy or repair data.
fn rows(found: &mut Found, candidates: &[Candidate]) -> Option<Rows> {
    let manifest = candidates.first()?.layout.manifest.clone();
    let mut bytes = vec![0; index_len(&manifest) as usize];
    let mut places: Vec<(usize, i128)> = Vec::new();
    for one in candidates {
        let Some((source, base)) = one.place else {
            continue;
        };
        places.push((
            source,
            i128::from(base).saturating_add(one.layout.index_at().into()),
        ));
    }
    for repair in &found.repairs {
        for &(source, start) in &repair.places {
            for front in repair.header.fronts_at() {
                let at = front.saturating_add(repair.header.head_len);
                places.push((source, start.saturating_add(at.into())));
            }
        }
    }
    places.into_iter().find_map(|(source, at)| {
        let file = &mut *found.sources.get_mut(source)?.file;
        read_at(file, at.try_into().ok()?, &mut bytes).ok()?;
        Rows::decode(&bytes, &manifest)
    })
}

/// The length of the file that a layout describes. Pages of TABLE are read where a run begins
/// or ends inside of one.
fn length(found: &mut Found, one: &Candidate, rows: Option<&Rows>) -> Option<u64> {
    let manifest = one.layout.manifest.clone();
    let total = manifest.stored_total;
    let mut places: Vec<(usize, i128, u64)> = Vec::new();
    for other in found
        .heads
        .valid
        .iter()
        .filter(|other| other.facts.issue.id == one.facts.issue.id)
    {
        let Some((source, base)) = other.place else {
            continue;
        };
        places.push((source, base.into(), other.layout.table_at()));
    }
    for repair in &found.repairs {
        for &(source, start) in &repair.places {
            for front in repair.header.fronts_at() {
                let at = front
                    .saturating_add(repair.header.head_len)
                    .saturating_add(index_len(&manifest));
                places.push((source, start, at));
            }
        }
    }
    let mut cached: Option<(u32, Page)> = None;
    one.layout.end(|piece| {
        if piece == 0 || piece == manifest.piece_count {
            return Some(if piece == 0 { 0 } else { total });
        }
        let rows = rows?;
        let number = piece / varaq_bundle::PIECES_PER_PAGE;
        if cached.as_ref().is_none_or(|(page, _)| *page != number) {
            let (offset, len) = page_place(&manifest, number);
            let mut bytes = vec![0; len];
            let page = places.iter().find_map(|&(source, base, table)| {
                let at = base
                    .saturating_add(table.into())
                    .saturating_add(offset.into());
                let file = &mut *found.sources.get_mut(source)?.file;
                read_at(file, at.try_into().ok()?, &mut bytes).ok()?;
                rows.page(&bytes, number)
            })?;
            cached = Some((number, page));
        }
        let at = (piece % varaq_bundle::PIECES_PER_PAGE) as usize;
        cached.as_ref()?.1.pieces.get(at).map(|piece| piece.before)
    })
}

/// Bundles of other issues, valid or not.
fn lenders(heads: &Heads, wanted: &Layout) -> Vec<Lender> {
    let others = heads
        .parsed
        .iter()
        .filter(|(_, _, head)| head.manifest != wanted.head.manifest);
    let lender = |(source, base, head): &(usize, u64, _)| {
        Some(Lender {
            source: *source,
            base: *base,
            layout: Layout::of(head)?,
        })
    };
    others.filter_map(lender).collect()
}

/// What was written must be the issue, sound, and with repair data byte for byte the file it is of.
fn read_back(
    judged: &Judged,
    out: &mut dyn StoredFile,
    repair: Option<Option<&Repair>>,
    id: Hash,
) -> Result<(), RepairError> {
    if judged.facts.issue.id != id || !judged.is_sound() {
        return Err(RepairError::ReadBack);
    }
    let Some(Some(repair)) = repair else {
        return Ok(());
    };
    let (header, mut file) = (&repair.header, FileHash::new());
    let mut bytes = vec![0; header.block as usize];
    for block in 0..header.blocks() {
        let (at, inside) = place(header, block, header.file_len);
        bytes.fill(0);
        read_at(out, at, bytes.get_mut(..inside).unwrap_or_default())?;
        file.add(&block_hash(&bytes));
    }
    if file.finish() == header.file {
        Ok(())
    } else {
        Err(RepairError::ReadBack)
    }
}

impl Rebuild<'_, '_> {
    /// Ranges of pieces of the layout that are not there.
    fn missing(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        let listed = |piece| self.layout.runs.iter().any(|run| run.covers(piece));
        for (piece, _) in (0..).zip(&self.whole).filter(|(_, whole)| !**whole) {
            match ranges.last_mut() {
                _ if !listed(piece) => {}
                Some((_, last)) if last.saturating_add(1) == piece => *last = piece,
                _ => ranges.push((piece, piece)),
            }
        }
        ranges
    }

    fn table_missing(&self) -> bool {
        self.rows.is_none() || self.pages.iter().any(|right| !*right)
    }
}
