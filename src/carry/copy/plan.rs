//! Before anything is written: what is there already, what fits, where to go on.

use std::io::{ErrorKind, Seek, SeekFrom};
use std::path::Path;

use varaq_bundle::Hash;
use varaq_storage::{Facts, Storage, StoredFile, folder_of, part_of};

use super::parcel::{Copied, CopyError, Desk, NotCopied, Parcel, Source, Stage};
use super::write_failure;
use crate::bytes::read_full;

/// Bytes read and written at a time.
pub(super) const STEP: usize = 1 << 20;
/// Room that is left for the medium's own tables, and for the last block of each file.
const SPARE_BYTES: u64 = 1 << 20;
const BLOCK_BYTES: u64 = 64 << 10;

/// A file that is to be written.
pub(super) struct Plan<'a> {
    pub(super) parcel: Parcel<'a>,
    pub(super) len_bytes: u64,
    /// The beginning of `NAME.part` that is the beginning of the source, and its hash so far.
    pub(super) resumed_bytes: u64,
    pub(super) hasher: Box<blake3::Hasher>,
    /// Bytes of `NAME.part`, right or not.
    part_bytes: u64,
}

/// What a parcel comes to.
enum Look<'a> {
    Write(Box<Plan<'a>>),
    There(Copied),
    Not(Parcel<'a>, NotCopied),
}

/// Looks at every parcel; tells those that are there, or cannot be copied.
pub(super) fn plan<'a>(
    storage: &dyn Storage,
    parcels: Vec<Parcel<'a>>,
    desk: &mut Desk<'_>,
) -> Result<Vec<Plan<'a>>, CopyError> {
    let mut plans = Vec::new();
    for parcel in parcels {
        match look(storage, parcel, desk)? {
            Look::Write(plan) => plans.push(*plan),
            Look::There(copied) => desk.copied(copied),
            Look::Not(parcel, why) => desk.fail(parcel.target, why),
        }
    }
    has_room(storage, &plans)?;
    Ok(plans)
}

fn look<'a>(
    storage: &dyn Storage,
    parcel: Parcel<'a>,
    desk: &mut Desk<'_>,
) -> Result<Look<'a>, CopyError> {
    let opened = (parcel.open)().and_then(|mut source| {
        let len = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        Ok((source, len))
    });
    let (mut source, len_bytes) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(Look::Not(parcel, NotCopied::Source(error))),
    };
    match storage.facts(&parcel.target) {
        Ok(Facts::File { len }) if len == len_bytes => {
            let there = is_there(storage, &parcel.target, &mut *source, len_bytes, desk)?;
            drop(source);
            return Ok(match there {
                Ok(copied) => Look::There(copied),
                Err(why) => Look::Not(parcel, why),
            });
        }
        Ok(_) => {
            drop(source);
            return Ok(Look::Not(parcel, NotCopied::OtherThere));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => {
            drop(source);
            return Ok(Look::Not(parcel, write_failure(error)));
        }
    }
    // A medium that does not say how long a file can be will say it when one is too long.
    let longest = storage.longest_file(folder_of(&parcel.target));
    if let Some(most_bytes) = longest.ok().flatten().filter(|most| *most < len_bytes) {
        drop(source);
        let why = NotCopied::TooLarge {
            len_bytes,
            most_bytes,
        };
        return Ok(Look::Not(parcel, why));
    }
    let mut plan = Plan {
        len_bytes,
        resumed_bytes: 0,
        hasher: Box::default(),
        part_bytes: 0,
        parcel,
    };
    // A part that cannot be read is written anew.
    if let Some(part) = left_behind(storage, &part_of(&plan.parcel.target)) {
        plan.part_bytes = part.len_bytes().unwrap_or(0);
        prove(part, &mut *source, &mut plan, desk)?;
    }
    drop(source);
    Ok(Look::Write(Box::new(plan)))
}

/// What an earlier copy left behind. Strangers may have put a link there, which leads the
/// writing somewhere else (to the source itself, whose bytes prove equal), or a pipe, which
/// never answers.
fn left_behind(storage: &dyn Storage, part: &Path) -> Option<Box<dyn StoredFile>> {
    let is_link = storage.is_link(part).ok()?;
    let is_file = matches!(storage.facts(part).ok()?, Facts::File { .. });
    (is_file && !is_link)
        .then(|| storage.open(part).ok())
        .flatten()
}

/// Compares what has the name already.
fn is_there(
    storage: &dyn Storage,
    target: &Path,
    source: &mut dyn Source,
    len_bytes: u64,
    desk: &mut Desk<'_>,
) -> Result<Result<Copied, NotCopied>, CopyError> {
    let mut there = match storage.open(target) {
        Ok(there) => there,
        Err(error) => return Ok(Err(NotCopied::ReadBack(error))),
    };
    there.forget_cached();
    desk.stage(Stage::Comparing, len_bytes);
    let mut hasher = blake3::Hasher::new();
    let (mut ours, mut theirs) = (vec![0; STEP], vec![0; STEP]);
    loop {
        let ours = match read_full(source, &mut ours) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(NotCopied::Source(error))),
        };
        let theirs = match read_full(&mut there, &mut theirs) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(NotCopied::ReadBack(error))),
        };
        if ours != theirs {
            return Ok(Err(NotCopied::OtherThere));
        }
        if ours.is_empty() {
            break;
        }
        hasher.update(theirs);
        desk.count(theirs.len())?;
    }
    Ok(Ok(Copied {
        target: target.to_owned(),
        len_bytes,
        hash: Hash(*hasher.finalize().as_bytes()),
        resumed_bytes: 0,
        was_there: true,
    }))
}

/// How much of a part that was left behind is the beginning of the source. What cannot be
/// read proves nothing.
fn prove(
    mut part: Box<dyn StoredFile>,
    source: &mut dyn Source,
    plan: &mut Plan<'_>,
    desk: &mut Desk<'_>,
) -> Result<(), CopyError> {
    part.forget_cached();
    desk.stage(Stage::Comparing, plan.part_bytes.min(plan.len_bytes));
    let (mut ours, mut theirs) = (vec![0; STEP], vec![0; STEP]);
    loop {
        let (Ok(theirs), Ok(ours)) = (
            read_full(&mut part, &mut theirs),
            read_full(source, &mut ours),
        ) else {
            return Ok(());
        };
        let common = ours.len().min(theirs.len());
        let (Some(ours), Some(theirs)) = (ours.get(..common), theirs.get(..common)) else {
            return Ok(());
        };
        if common == 0 || ours != theirs {
            return Ok(());
        }
        plan.hasher.update(theirs);
        plan.resumed_bytes = plan.resumed_bytes.saturating_add(common as u64);
        desk.count(common)?;
    }
}

fn has_room(storage: &dyn Storage, plans: &[Plan<'_>]) -> Result<(), CopyError> {
    let Some(first) = plans.first() else {
        return Ok(());
    };
    let one = |plan: &Plan<'_>| {
        let more = plan.len_bytes.saturating_sub(plan.part_bytes);
        more.saturating_add(BLOCK_BYTES)
    };
    let needed_bytes = plans.iter().map(one).fold(SPARE_BYTES, u64::saturating_add);
    // A medium that does not say how much is free will say when it is full.
    match storage.free_space(folder_of(&first.parcel.target)) {
        Ok(free_bytes) if free_bytes < needed_bytes => Err(CopyError::NoRoom {
            needed_bytes,
            free_bytes,
        }),
        _ => Ok(()),
    }
}
