//! A file of two slots: a write never touches what was there before.
//!
//! In: bytes to keep. Out: the bytes that were kept last, or those before if the power went
//! while they were written. A stick loses what a rename did, and what SQLite did, but not
//! what lies in sectors that nobody writes to: the file is as long as it will be from the
//! beginning, and a new state goes into the slot that does not hold the newest one.
//!
//! Each slot is half of the file: magic 8 bytes | counter u64 | length u64 | BLAKE3 of
//! counter, length and content, 32 bytes | content | zeros. Numbers are big-endian.

use std::io::{self, Read, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use varaq_bundle::Hash;
use varaq_storage::{Access, Facts, Storage, StoredFile, folder_of, replace};

const MAGIC: [u8; 8] = *b"VRQSLOT\n";
const HEADER_BYTES: usize = 56;
/// A sector of one slot is never a sector of the other.
const ALIGN_BYTES: usize = 4_096;
/// Room for some hundred issues; then the file is made anew, twice as long.
const FIRST_SLOT_BYTES: usize = 64 << 10;
/// Far more than a reader collects in years.
pub(crate) const MAX_FILE_BYTES: u64 = 256 << 20;
/// Damaged files that are kept under names of their own; then the last name is used again.
const MAX_ASIDE: u32 = 100;
/// How often a file is read that does not read the same twice.
const MAX_READS: u32 = 4;

/// What a file of slots holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is no file.
    NoFile,
    /// Neither slot holds anything sound.
    Damaged,
    /// What was kept last.
    Content(Vec<u8>),
}

/// A file of slots on a disk. Whoever writes holds a lock of its own.
#[derive(Clone, Debug)]
pub(crate) struct SlotFile {
    storage: Arc<dyn Storage>,
    path: PathBuf,
}

impl SlotFile {
    pub(crate) fn new(storage: Arc<dyn Storage>, path: PathBuf) -> SlotFile {
        SlotFile { storage, path }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What was kept last.
    pub(crate) fn read(&self) -> io::Result<Found> {
        let file = match self.bytes() {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::NoFile),
            Err(error) => return Err(error),
        };
        Ok(match newest(&file) {
            None => Found::Damaged,
            Some(newest) => Found::Content(newest.content.to_vec()),
        })
    }

    /// Keeps `content` in place of what was kept before; also where nothing sound was.
    ///
    /// If it fails, the file has what it had before, or `content`.
    pub(crate) fn write(&self, content: &[u8]) -> io::Result<()> {
        let file = match self.bytes() {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let [first, second] = halves(&file);
        match newest(&file) {
            Some(newest) if fits(first.len(), content) => {
                let (at, other) = match newest.slot {
                    0 => (first.len(), second),
                    _ => (0, first),
                };
                let bytes = encode(newest.counter.saturating_add(1), content);
                self.overwrite(at, other, &bytes)
            }
            Some(newest) => self.create(newest.counter.saturating_add(1), content),
            None => self.create(1, content),
        }
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        read_surely(&*self.storage, &self.path, |file| {
            halves(file).iter().all(|slot| is_plain(slot))
        })
    }

    /// Writes into the slot at `at`, which held `before`.
    fn overwrite(&self, at: usize, before: &[u8], bytes: &[u8]) -> io::Result<()> {
        let mut file = self.storage.open_to_change(&self.path)?;
        // The name as well: that the file was made anew may have failed half-way.
        let written = put(&mut *file, at, bytes)
            .and_then(|()| self.storage.sync_folder(folder_of(&self.path)));
        if written.is_err() {
            // A system forgets what it could not sync, and shows it all the same: the next
            // write would then go over the slot that alone is on the medium.
            let before = before.get(..bytes.len()).unwrap_or(before);
            let _ = put(&mut *file, at, before);
        }
        written
    }

    /// Makes the file anew, with room to grow.
    fn create(&self, counter: u64, content: &[u8]) -> io::Result<()> {
        let mut half = FIRST_SLOT_BYTES;
        while !fits(half, content) {
            half = half.saturating_mul(2);
        }
        if (half as u64).saturating_mul(2) > MAX_FILE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = encode(counter, content);
        bytes.resize(half.saturating_mul(2), 0);
        replace(&*self.storage, &self.path, &bytes, Access::Owner)
    }
}

fn put(file: &mut dyn StoredFile, at: usize, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at as u64))?;
    file.write_all(bytes)?;
    file.sync()
}

/// All bytes of a file. If they are not `sound`, they are read again past the cache: a disk
/// that read one bit wrong must not make a sound file a damaged one, or an old state the
/// newest. What another program is writing just now is sound a moment later.
pub(crate) fn read_surely(
    storage: &dyn Storage,
    path: &Path,
    sound: impl Fn(&[u8]) -> bool,
) -> io::Result<Vec<u8>> {
    let mut before = varaq_storage::read(storage, path, MAX_FILE_BYTES)?;
    for _ in 1..MAX_READS {
        if sound(&before) {
            return Ok(before);
        }
        let mut again = Vec::new();
        let mut file = storage.open(path)?;
        file.forget_cached();
        file.take(MAX_FILE_BYTES).read_to_end(&mut again)?;
        if again == before {
            return Ok(before);
        }
        before = again;
    }
    if sound(&before) {
        return Ok(before);
    }
    Err(io::Error::other("the file does not read the same twice"))
}

/// Renames a damaged file to the first free `NAME.damaged-N`, so that nothing of it is lost.
pub(crate) fn set_aside(storage: &dyn Storage, path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let named = |n: u32| path.with_file_name(format!("{name}.damaged-{n}"));
    let is_free = |aside: &PathBuf| {
        let facts: io::Result<Facts> = storage.facts(aside);
        facts.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    };
    let aside = (1..MAX_ASIDE).map(named).find(is_free);
    let aside = aside.unwrap_or_else(|| named(MAX_ASIDE));
    storage.rename(path, &aside)?;
    // It has its new name; that a power cut takes the name back loses nothing. But FAT loses
    // what is in it, if its folder is synced for another file and it is not: so once more.
    let last = || storage.open_to_change(&aside)?.sync();
    let _ = last()
        .or_else(|_| last())
        .and_then(|()| storage.sync_folder(folder_of(path)));
    Ok(aside)
}

struct Newest<'a> {
    counter: u64,
    slot: usize,
    content: &'a [u8],
}

/// The newest sound slot of a file.
fn newest(file: &[u8]) -> Option<Newest<'_>> {
    let slots = halves(file).into_iter().enumerate();
    let sound = slots.filter_map(|(slot, bytes)| {
        let (counter, content) = content(bytes)?;
        Some(Newest {
            counter,
            slot,
            content,
        })
    });
    sound.max_by_key(|newest| newest.counter)
}

/// The two slots.
fn halves(file: &[u8]) -> [&[u8]; 2] {
    let (first, second) = file.split_at_checked(file.len() / 2).unwrap_or_default();
    [first, second]
}

/// Whether a slot is as it should be: sound, or never written to.
fn is_plain(slot: &[u8]) -> bool {
    let header = slot.get(..HEADER_BYTES).unwrap_or_default();
    let is_new = !header.is_empty() && header.iter().all(|byte| *byte == 0);
    is_new || content(slot).is_some()
}

/// Counter and content of a slot, if it is sound.
fn content(slot: &[u8]) -> Option<(u64, &[u8])> {
    let rest = slot.strip_prefix(&MAGIC)?;
    let (counter, rest) = rest.split_first_chunk::<8>()?;
    let (len, rest) = rest.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<32>()?;
    let content = rest.get(..usize::try_from(u64::from_be_bytes(*len)).ok()?)?;
    let counter = u64::from_be_bytes(*counter);
    (checksum(counter, content) == Hash(*sum)).then_some((counter, content))
}

fn checksum(counter: u64, content: &[u8]) -> Hash {
    let numbers = [counter, content.len() as u64].map(u64::to_be_bytes);
    Hash::of(&[numbers.as_flattened(), content].concat())
}

/// A slot's bytes, without the zeros behind them.
fn encode(counter: u64, content: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(counter.to_be_bytes());
    bytes.extend((content.len() as u64).to_be_bytes());
    bytes.extend(checksum(counter, content).0);
    bytes.extend(content);
    bytes
}

fn fits(half: usize, content: &[u8]) -> bool {
    half.is_multiple_of(ALIGN_BYTES) && content.len().saturating_add(HEADER_BYTES) <= half
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use varaq_kit::FaultStorage;

    fn file() -> (FaultStorage, SlotFile) {
        let disk = FaultStorage::new();
        disk.put_folder("home");
        let file = SlotFile::new(Arc::new(disk.clone()), PathBuf::from("home/state"));
        (disk, file)
    }

    fn kept(file: &[u8]) -> Vec<u8> {
        newest(file).unwrap().content.to_vec()
    }

    #[test]
    fn a_write_that_is_torn_anywhere_leaves_the_state_before_or_after() {
        let (disk, slots) = file();
        let [one, two, three] = ["one", "the second", "3"].map(|content| {
            slots.write(content.as_bytes()).unwrap();
            disk.bytes("home/state").unwrap()
        });
        assert_eq!(
            [kept(&one), kept(&two), kept(&three)],
            [&b"one"[..], b"the second", b"3"]
        );
        for (before, after) in [(&one, &two), (&two, &three)] {
            for cut in 0..FIRST_SLOT_BYTES * 2 {
                if before[cut] == after[cut] {
                    continue;
                }
                let torn = [&after[..cut], &before[cut..]].concat();
                assert!([kept(before), kept(after)].contains(&kept(&torn)));
                let reordered = [&before[..cut], &after[cut..]].concat();
                assert!([kept(before), kept(after)].contains(&kept(&reordered)));
            }
        }
    }

    #[test]
    fn a_state_that_outgrows_its_slot_gets_a_longer_file() {
        let (_, slots) = file();
        assert_eq!(slots.read().unwrap(), Found::NoFile);
        let large = vec![7; FIRST_SLOT_BYTES * 3];
        for content in [&b"small"[..], &large, b"small again"] {
            slots.write(content).unwrap();
            assert!(slots.read().unwrap() == Found::Content(content.to_vec()));
        }
    }

    #[test]
    fn any_bytes_are_a_file_with_or_without_content() {
        for len in 0..300 {
            assert!(newest(&vec![0xff; len]).is_none());
            let lying = [&MAGIC[..], &[0xff; 300]].concat();
            assert!(newest(&lying[..len.min(lying.len())]).is_none());
        }
    }
}
