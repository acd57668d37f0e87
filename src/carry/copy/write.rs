//! Writing files beside their places, each synced. The first failure of the medium ends it:
//! what is written whole by then is still read back and gets its name.

use std::io::{Seek, SeekFrom, Write};

use varaq_bundle::Hash;
use varaq_storage::{Access, Beside, Storage};

use super::parcel::{CopyError, CopyEvent, Desk, NotCopied, Stage, Written};
use super::plan::{Plan, STEP};
use super::write_failure;
use crate::bytes::read_full;

/// Bytes between two syncs. Systems take gigabytes into memory and let a stick swallow them
/// afterwards: progress would be a lie, and nobody could stop it.
const SYNC_BYTES: u64 = 16 << 20;

/// Why a file is not written whole.
enum Stop {
    /// This file cannot be had.
    Source(NotCopied),
    /// The medium failed: no file after this one is tried.
    Medium(NotCopied),
    Copy(CopyError),
}

/// Writes all files.
///
/// # Errors
/// If it is not to go on; then nothing is left, or only `NAME.part`s if these are kept.
pub(super) fn write<'s, 'a>(
    storage: &'s dyn Storage,
    plans: Vec<Plan<'a>>,
    desk: &mut Desk<'_>,
) -> Result<Vec<Written<'s, 'a>>, CopyError> {
    let left = |plan: &Plan<'_>| plan.len_bytes.saturating_sub(plan.resumed_bytes);
    let bytes = plans.iter().map(left).fold(0, u64::saturating_add);
    let files = plans.len() as u64;
    if files > 0 {
        (desk.sink)(CopyEvent::Begin { files, bytes });
    }
    desk.stage(Stage::Writing, bytes);
    let mut written: Vec<Written<'s, 'a>> = Vec::new();
    let (mut before, mut failed) = (0u64, false);
    for plan in plans {
        if failed {
            desk.fail(plan.parcel.target, NotCopied::NotBegun);
            continue;
        }
        let more = left(&plan);
        match write_one(storage, plan, before, desk) {
            Ok(one) => written.push(one),
            Err((plan, Stop::Source(why))) => desk.fail(plan.parcel.target, why),
            Err((plan, Stop::Medium(why))) => {
                failed = true;
                desk.fail(plan.parcel.target, why);
            }
            Err((_, Stop::Copy(error))) => {
                written.into_iter().for_each(|one| desk.give_up(one.beside));
                return Err(error);
            }
        }
        before = before.saturating_add(more);
    }
    Ok(written)
}

fn write_one<'s, 'a>(
    storage: &'s dyn Storage,
    mut plan: Plan<'a>,
    before: u64,
    desk: &mut Desk<'_>,
) -> Result<Written<'s, 'a>, (Plan<'a>, Stop)> {
    let target = &plan.parcel.target;
    let begun = match plan.resumed_bytes {
        0 => Beside::new(storage, target, Access::Usual),
        _ => Beside::again(storage, target, Access::Usual),
    };
    let mut beside = match begun {
        Ok(beside) => beside,
        Err(error) => return Err((plan, Stop::Medium(write_failure(error)))),
    };
    match fill(&mut plan, &mut beside, desk) {
        Ok(()) => {
            let hash = Hash(*plan.hasher.finalize().as_bytes());
            Ok(Written {
                plan,
                beside,
                hash,
                before,
            })
        }
        Err(stop) => {
            desk.give_up(beside);
            Err((plan, stop))
        }
    }
}

fn fill(plan: &mut Plan<'_>, beside: &mut Beside<'_>, desk: &mut Desk<'_>) -> Result<(), Stop> {
    let medium = |error| Stop::Medium(write_failure(error));
    let from_source = |error| Stop::Source(NotCopied::Source(error));
    let from = plan.resumed_bytes;
    let mut source = (plan.parcel.open)().map_err(from_source)?;
    source.seek(SeekFrom::Start(from)).map_err(from_source)?;
    if from > 0 {
        // What did not prove equal goes.
        let file = beside.file().map_err(medium)?;
        file.set_len(from).map_err(medium)?;
        file.seek(SeekFrom::Start(from)).map_err(medium)?;
    }
    let (mut done, mut synced) = (from, from);
    let mut buffer = vec![0; STEP];
    loop {
        let bytes = read_full(&mut *source, &mut buffer).map_err(from_source)?;
        if bytes.is_empty() {
            break;
        }
        done = done.saturating_add(bytes.len() as u64);
        if done > plan.len_bytes {
            return Err(Stop::Source(NotCopied::SourceChanged));
        }
        plan.hasher.update(bytes);
        beside.write_all(bytes).map_err(medium)?;
        if done.saturating_sub(synced) >= SYNC_BYTES {
            beside.sync().map_err(medium)?;
            synced = done;
        }
        desk.count(bytes.len()).map_err(Stop::Copy)?;
    }
    if done != plan.len_bytes {
        return Err(Stop::Source(NotCopied::SourceChanged));
    }
    beside.close().map_err(medium)
}
