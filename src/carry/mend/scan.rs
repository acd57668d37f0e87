//! Where in a file something of ours begins: the magics of bundles, of repair data and of parts,
//! at any byte. What a disk cannot read is zeros here.

use std::io;
use std::ops::ControlFlow;

use memchr::memmem;
use varaq_bundle::{MAGIC, TRAILER_MAGIC};
use varaq_storage::StoredFile;

use super::block::read_at;

/// Bytes read at a time.
const STEP: usize = 4 << 20;
/// Bytes that a bad spot of a disk costs.
const SECTOR: usize = 4 << 10;
/// Places of one kind that are kept; a stranger may write more.
const MOST: usize = 4_096;

/// Places, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finds {
    /// Of bundles.
    pub(crate) bundles: Vec<u64>,
    /// Of headers of repair data.
    pub(crate) repairs: Vec<u64>,
}

/// Fills `buffer`; what cannot be read is zeros. Returns how many bytes that are.
pub(crate) fn read_lenient(file: &mut dyn StoredFile, at: u64, buffer: &mut [u8]) -> u64 {
    if read_at(file, at, buffer).is_ok() {
        return 0;
    }
    let mut lost = 0_u64;
    let mut place = at;
    for sector in buffer.chunks_mut(SECTOR) {
        if read_at(file, place, sector).is_err() {
            sector.fill(0);
            lost = lost.saturating_add(sector.len() as u64);
        }
        place = place.saturating_add(sector.len() as u64);
    }
    lost
}

/// Looks at every byte from `from` on. `tick` hears of bytes read.
pub(crate) fn scan(
    file: &mut dyn StoredFile,
    from: u64,
    tick: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> io::Result<Option<Finds>> {
    let len = file.len_bytes()?;
    let mut finds = Finds::default();
    let mut at = from;
    let mut buffer = Vec::new();
    while at < len {
        let left = len.saturating_sub(at);
        // The last bytes of a step are looked at again: a magic may lie across its end.
        buffer.resize(left.min(STEP as u64) as usize, 0);
        read_lenient(file, at, &mut buffer);
        look(&buffer, at, &mut finds);
        if tick(buffer.len() as u64).is_break() {
            return Ok(None);
        }
        if left <= STEP as u64 {
            break;
        }
        at = at.saturating_add((STEP as u64).saturating_sub(7));
    }
    Ok(Some(finds))
}

fn look(buffer: &[u8], at: u64, finds: &mut Finds) {
    for place in memmem::find_iter(buffer, &[0x89, b'V', b'R']) {
        let magic = buffer.get(place..).and_then(|rest| rest.first_chunk::<8>());
        let kind = match magic {
            Some(magic) if *magic == MAGIC => &mut finds.bundles,
            Some(magic) if *magic == TRAILER_MAGIC => &mut finds.repairs,
            _ => continue,
        };
        let place = at.saturating_add(place as u64);
        if kind.len() < MOST && kind.last() != Some(&place) {
            kind.push(place);
        }
    }
}
