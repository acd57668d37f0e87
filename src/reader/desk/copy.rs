//! Copies a bundle to a stick: written, read back past the system's memory, and only then under its name.
//!
//! In: a file, and a name on the stick. Out: [`Copying`]. What went wrong leaves nothing half-written; a file that lies
//! there under the same name is compared and never replaced.
use super::{News, OFTEN, Post};
use crate::shelf::{Copying, NotCopied};
use std::{
    io::{self, Read, Seek, SeekFrom, Write as _},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};
use varaq_storage::{Access, Beside, Storage};

const STEP: usize = 1 << 20;
/// Room that is left for the stick's own tables.
const SPARE_BYTES: u64 = 1 << 20;
/// The longest file of a FAT32 stick.
const MAX_FAT_BYTES: u64 = (1 << 32) - 1;

/// Where to, and how.
pub(super) struct Target<'a> {
    pub(super) storage: &'a dyn Storage,
    pub(super) path: &'a Path,
    /// The stick takes no file of 4 GiB.
    pub(super) is_fat: bool,
}

/// Copies, and says how it goes.
pub(super) fn copy(
    source: io::Result<Box<dyn varaq_shelf::Source>>,
    target: &Target<'_>,
    stop: &AtomicBool,
    post: &Post,
) {
    let mut told = Instant::now();
    let mut tell = |now: Copying| {
        if told.elapsed() >= OFTEN {
            told = Instant::now();
            post.send(u64::MAX, News::Copying(now));
        }
        !stop.load(Ordering::SeqCst)
    };
    let copied = source
        .map_err(Failure::Io)
        .and_then(|mut source| copied(&mut source, target, &mut tell));
    let news = match copied {
        Ok(true) => Copying::Done,
        Ok(false) => Copying::There,
        Err(Failure::Stopped) => Copying::Cancelled,
        Err(Failure::Known(why)) => Copying::Failed(why),
        Err(Failure::Io(error)) => Copying::Failed(NotCopied::Refused(error.to_string())),
    };
    post.send(u64::MAX, News::Copying(news));
}

enum Failure {
    Stopped,
    Known(NotCopied),
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

type Tell<'a> = dyn FnMut(Copying) -> bool + 'a;
/// Bytes, and how many there were with them; answers whether to go on.
type Each<'a> = dyn FnMut(&[u8], u64) -> Result<bool, Failure> + 'a;

/// Answers whether anything had to be written.
fn copied(
    source: &mut (impl Read + Seek),
    target: &Target<'_>,
    tell: &mut Tell<'_>,
) -> Result<bool, Failure> {
    let total = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(0))?;
    if target.storage.facts(target.path).is_ok() {
        return there(source, total, target, tell);
    }
    has_room(total, target)?;
    let mut beside = Beside::new(target.storage, target.path, Access::Usual)?;
    let mut written = blake3::Hasher::new();
    steps(source, &mut |bytes, done| {
        written.update(bytes);
        beside
            .write_all(bytes)
            .map_err(|error| full(error, total))?;
        Ok(tell(Copying::Writing(done, total)))
    })?;
    beside.sync().map_err(|error| full(error, total))?;
    let file = beside.file()?;
    file.forget_cached();
    file.seek(SeekFrom::Start(0))?;
    let back = hash(file, total, tell)?;
    if back != written.finalize() {
        return Err(Failure::Known(NotCopied::NotAsWritten));
    }
    beside.keep_as_new(target.path)?;
    Ok(true)
}

/// What lies there under the name already: the same, or something else.
fn there(
    source: &mut impl Read,
    total: u64,
    target: &Target<'_>,
    tell: &mut Tell<'_>,
) -> Result<bool, Failure> {
    let mut other = target.storage.open(target.path)?;
    let ours = hash(source, total, tell)?;
    let theirs = hash(&mut other, total, tell)?;
    if ours == theirs {
        return Ok(false);
    }
    Err(Failure::Known(NotCopied::Other))
}

fn has_room(total: u64, target: &Target<'_>) -> Result<(), Failure> {
    if target.is_fat && total > MAX_FAT_BYTES {
        return Err(Failure::Known(NotCopied::TooLarge));
    }
    let folder = target.path.parent().unwrap_or(target.path);
    let needed = total.saturating_add(SPARE_BYTES);
    // A stick that does not say how much is free will say when it is full.
    match target.storage.free_space(folder) {
        Ok(free) if free < needed => Err(Failure::Known(NotCopied::NoRoom(needed, free))),
        _ => Ok(()),
    }
}

fn full(error: io::Error, needed: u64) -> Failure {
    match error.kind() {
        io::ErrorKind::StorageFull => Failure::Known(NotCopied::NoRoom(needed, 0)),
        io::ErrorKind::FileTooLarge => Failure::Known(NotCopied::TooLarge),
        _ => Failure::Io(error),
    }
}

fn hash(source: &mut impl Read, total: u64, tell: &mut Tell<'_>) -> Result<blake3::Hash, Failure> {
    let mut hasher = blake3::Hasher::new();
    steps(source, &mut |bytes, done| {
        hasher.update(bytes);
        Ok(tell(Copying::Reading(done, total)))
    })?;
    Ok(hasher.finalize())
}

/// Goes through a file; `each` gets the bytes and how many there were by then, and says whether to go on.
fn steps(source: &mut impl Read, each: &mut Each<'_>) -> Result<(), Failure> {
    let mut buffer = vec![0; STEP];
    let mut done = 0_u64;
    loop {
        let len = match source.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let Some(bytes) = buffer.get(..len).filter(|bytes| !bytes.is_empty()) else {
            return Ok(());
        };
        done = done.saturating_add(len as u64);
        if !each(bytes, done)? {
            return Err(Failure::Stopped);
        }
    }
}
