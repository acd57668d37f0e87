//! A file of two slots: a write never touches what was there before.
//!
//! In: bytes to keep. Out: the bytes that were kept last, or those before if the power went
//! while they were written. A stick loses what a rename did, and what SQLite did, but not
//! what lies in sectors that nobody writes to: the file is as long as it will be from the
//! beginning, and a new state goes into the slot that does not hold the newest one.
//!
//! Each slot is half of the file: magic 8 bytes | counter u64 | length u64 | BLAKE3 of
//! counter, length and content, 32 bytes | content | zeros. Numbers are big-endian.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use tempfile::NamedTempFile;
use varaq_bundle::Hash;

const MAGIC: [u8; 8] = *b"VRQSLOT\n";
const HEADER_BYTES: usize = 56;
/// A sector of one slot is never a sector of the other.
const ALIGN_BYTES: usize = 4_096;
/// Room for some hundred issues; then the file is made anew, twice as long.
const FIRST_SLOT_BYTES: usize = 64 << 10;
/// Far more than a reader collects in years.
const MAX_FILE_BYTES: u64 = 256 << 20;

/// What a file of slots holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Neither slot holds anything sound.
    Nothing,
    /// The newest content.
    Newest {
        content: Vec<u8>,
        counter: u64,
        slot: usize,
    },
}

/// The newest sound slot of a file.
pub(crate) fn newest(file: &[u8]) -> Found {
    let half = file.len() / 2;
    let (first, second) = file.split_at_checked(half).unwrap_or_default();
    let slots = [first, second];
    let sound = slots.iter().enumerate().filter_map(|(slot, bytes)| {
        let (counter, content) = content(bytes)?;
        Some((counter, slot, content))
    });
    match sound.max_by_key(|(counter, ..)| *counter) {
        None => Found::Nothing,
        Some((counter, slot, content)) => Found::Newest {
            content: content.to_vec(),
            counter,
            slot,
        },
    }
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

/// All bytes of a file of slots.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps `content`, given what the file holds now.
pub(crate) fn write(path: &Path, file: &[u8], content: &[u8]) -> io::Result<()> {
    let half = file.len() / 2;
    match newest(file) {
        Found::Newest { counter, slot, .. } if fits(half, content) => {
            let bytes = encode(counter.saturating_add(1), content);
            overwrite(path, if slot == 0 { half } else { 0 }, &bytes)
        }
        Found::Newest { counter, .. } => create(path, counter.saturating_add(1), content),
        Found::Nothing => create(path, 1, content),
    }
}

fn fits(half: usize, content: &[u8]) -> bool {
    half.is_multiple_of(ALIGN_BYTES) && content.len().saturating_add(HEADER_BYTES) <= half
}

fn overwrite(path: &Path, at: usize, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(at as u64))?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the file anew, with room to grow: write beside, sync, rename, sync the folder, and
/// sync the file again: on FAT the rename alone loses it when the power goes.
fn create(path: &Path, counter: u64, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut half = FIRST_SLOT_BYTES;
    while !fits(half, content) {
        half = half.saturating_mul(2);
    }
    if (half as u64).saturating_mul(2) > MAX_FILE_BYTES {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    let mut bytes = encode(counter, content);
    bytes.resize(half.saturating_mul(2), 0);
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(&bytes)?;
    beside.as_file().sync_all()?;
    let file = beside.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)?;
    file.sync_all()
}

/// Makes the new name in the folder last.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems give no handle to sync a folder with.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    fn kept(file: &[u8]) -> Vec<u8> {
        match newest(file) {
            Found::Newest { content, .. } => content,
            Found::Nothing => panic!("nothing is left"),
        }
    }

    #[test]
    fn a_write_that_is_torn_anywhere_leaves_the_state_before_or_after() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state");
        write(&path, &[], b"one").unwrap();
        let one = read(&path).unwrap();
        write(&path, &one, b"the second").unwrap();
        let two = read(&path).unwrap();
        write(&path, &two, b"3").unwrap();
        let three = read(&path).unwrap();
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
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state");
        write(&path, &[], b"small").unwrap();
        let large = vec![7; FIRST_SLOT_BYTES * 3];
        write(&path, &read(&path).unwrap(), &large).unwrap();
        let file = read(&path).unwrap();
        assert!(kept(&file) == large);
        write(&path, &file, b"small again").unwrap();
        assert_eq!(kept(&read(&path).unwrap()), b"small again");
    }

    #[test]
    fn any_bytes_are_a_file_with_or_without_content() {
        for len in 0..300 {
            assert_eq!(newest(&vec![0xff; len]), Found::Nothing);
            let lying = [&MAGIC[..], &[0xff; 300]].concat();
            assert_eq!(newest(&lying[..len.min(lying.len())]), Found::Nothing);
        }
    }
}
