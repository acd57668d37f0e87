//! Reading back what was written, from the medium and not from the system's memory of it, and
//! only then giving each file its name.
//!
//! Three things must agree: the hash of what was written, what the medium gives back, and the
//! source when it is read once more. So neither a wrong bit on the way from the source nor
//! one on the way to the medium gets a name.

use std::io;

use varaq_bundle::Hash;
use varaq_storage::Storage;

use super::parcel::{Copied, CopyError, Desk, Lie, NotCopied, Stage, Written};
use super::plan::STEP;
use super::write_failure;
use crate::bytes::read_full;

/// Why a file gets no name.
enum Stop {
    File(NotCopied),
    Copy(CopyError),
}

/// Reads all files back, and names those that came back right.
///
/// # Errors
/// If it is not to go on; files that were named before keep their names.
pub(super) fn read_back(
    storage: &dyn Storage,
    written: Vec<Written<'_, '_>>,
    desk: &mut Desk<'_>,
) -> Result<(), CopyError> {
    let lens = written.iter().map(|one| one.plan.len_bytes);
    desk.stage(Stage::ReadingBack, lens.fold(0, u64::saturating_add));
    let mut written = written.into_iter();
    while let Some(one) = written.next() {
        match compare(storage, &one, desk) {
            Ok(()) => name(one, desk),
            Err(Stop::File(why)) => {
                let target = one.plan.parcel.target;
                // What a lying medium holds is worth nothing to the next copy.
                if !matches!(why, NotCopied::NotAsWritten(_)) {
                    desk.give_up(one.beside);
                }
                desk.fail(target, why);
            }
            Err(Stop::Copy(error)) => {
                desk.give_up(one.beside);
                written.for_each(|one| desk.give_up(one.beside));
                return Err(error);
            }
        }
    }
    Ok(())
}

fn compare(storage: &dyn Storage, one: &Written<'_, '_>, desk: &mut Desk<'_>) -> Result<(), Stop> {
    let from_medium = |error| Stop::File(NotCopied::ReadBack(error));
    let from_source = |error| Stop::File(NotCopied::Source(error));
    let mut source = (one.plan.parcel.open)().map_err(from_source)?;
    let mut medium = storage.open(one.beside.part()).map_err(from_medium)?;
    medium.forget_cached();
    let mut hasher = blake3::Hasher::new();
    let (mut ours, mut theirs) = (vec![0; STEP], vec![0; STEP]);
    let (mut at, mut wrong_at) = (0u64, None);
    loop {
        let theirs = read_full(&mut medium, &mut theirs).map_err(from_medium)?;
        let ours = read_full(&mut *source, &mut ours).map_err(from_source)?;
        if wrong_at.is_none() {
            wrong_at = first_difference(ours, theirs).map(|within| at.saturating_add(within));
        }
        if theirs.is_empty() {
            break;
        }
        hasher.update(theirs);
        at = at.saturating_add(theirs.len() as u64);
        desk.count(theirs.len()).map_err(Stop::Copy)?;
    }
    let as_written = Hash(*hasher.finalize().as_bytes()) == one.hash && at == one.plan.len_bytes;
    match (as_written, wrong_at) {
        (true, None) => Ok(()),
        (true, Some(_)) => Err(Stop::File(NotCopied::SourceChanged)),
        (false, at_bytes) => {
            let at_bytes = at_bytes.unwrap_or(0);
            let within = at_bytes.saturating_sub(one.plan.resumed_bytes);
            Err(Stop::File(NotCopied::NotAsWritten(Lie {
                at_bytes,
                written_bytes: one.before.saturating_add(within),
            })))
        }
    }
}

/// Where two steps begin to differ.
fn first_difference(ours: &[u8], theirs: &[u8]) -> Option<u64> {
    if ours == theirs {
        return None;
    }
    let same = ours.iter().zip(theirs).take_while(|(a, b)| a == b);
    Some(same.count() as u64)
}

fn name(one: Written<'_, '_>, desk: &mut Desk<'_>) {
    let target = one.plan.parcel.target;
    match one.beside.keep_as_new(&target) {
        Ok(()) => desk.copied(Copied {
            target,
            len_bytes: one.plan.len_bytes,
            hash: one.hash,
            resumed_bytes: one.plan.resumed_bytes,
            was_there: false,
        }),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            desk.fail(target, NotCopied::OtherThere);
        }
        Err(error) => desk.fail(target, write_failure(error)),
    }
}
