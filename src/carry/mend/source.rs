//! The files that a repair takes from, and the repair data in them (FORMAT.md section 13.1).

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use varaq_bundle::{Bundle, Limits, MAGIC, Manifest, TRAILER_MAGIC};
use varaq_storage::{Storage, StoredFile};

use super::block::read_at;
use super::repair_data::{Hashes, RepairHeader};
use super::scan::{Finds, scan};
use super::table::{index_len, table_len};

/// Repair data that is looked at; more is a stranger's game.
const MOST_REPAIRS: usize = 16;

/// A file to take from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: Box<dyn StoredFile>,
    pub(crate) len: u64,
    pub(crate) finds: Finds,
}

/// Repair data, in one or more places.
#[derive(Debug)]
pub(crate) struct Repair {
    pub(crate) header: RepairHeader,
    pub(crate) hashes: Hashes,
    /// Source, and where it begins there; before the file if its beginning was cut off.
    pub(crate) places: Vec<(usize, i128)>,
}

impl Source {
    /// Opens a file and finds out where something begins in it; `None` if `tick` stopped it. The whole
    /// file is only searched when its beginning does not say.
    pub(crate) fn open(
        storage: &dyn Storage,
        path: &Path,
        tick: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> io::Result<Option<Source>> {
        let mut file = storage.open(path)?;
        let len = file.len_bytes()?;
        let mut finds = Finds::default();
        let mut magic = [0; 8];
        let begins = read_at(&mut *file, 0, &mut magic).is_ok();
        let tail = len.saturating_sub(RepairHeader::LEN as u64);
        let tailed = header_at(&mut *file, tail).is_some();
        if tailed {
            finds.repairs.push(tail);
        }
        let known = if begins && magic == MAGIC {
            body_end(&mut *file).inspect(|_| finds.bundles.push(0))
        } else if begins && magic == TRAILER_MAGIC && header_at(&mut *file, 0).is_some() {
            finds.repairs.push(0);
            Some(len)
        } else {
            None
        };
        // What ends with a whole header has nothing else behind its pieces.
        let from = match known {
            Some(_) if tailed => len,
            Some(from) => from,
            None => 0,
        };
        let Some(found) = scan(&mut *file, from, tick)? else {
            return Ok(None);
        };
        finds.bundles.extend(found.bundles);
        finds.repairs.extend(found.repairs);
        finds.repairs.sort_unstable();
        finds.repairs.dedup();
        Ok(Some(Source { file, len, finds }))
    }

    /// A part of the file as if it were a file.
    pub(crate) fn window(&mut self, base: u64) -> Window<'_> {
        Window {
            len: self.len.saturating_sub(base),
            file: &mut *self.file,
            base,
            at: 0,
        }
    }
}

/// The end of pieces that a head with a right hint vouches for. `None`: search everything.
fn body_end(file: &mut dyn StoredFile) -> Option<u64> {
    let len = file.len_bytes().ok()?;
    let window = Window {
        file,
        base: 0,
        len,
        at: 0,
    };
    let bundle = Bundle::open(window, &Limits::default()).ok()?;
    if !bundle.head().hint_matches() {
        return None;
    }
    let manifest = Manifest::decode(&bundle.head().manifest).ok()?;
    let pieces_at = bundle
        .head()
        .prefix
        .body_at
        .checked_add(index_len(&manifest))?
        .checked_add(table_len(&manifest))?;
    // Behind a lite copy the end comes earlier; then more is searched.
    let full = pieces_at.checked_add(manifest.stored_total)?;
    Some(if full <= len {
        full
    } else {
        pieces_at.min(len)
    })
}

fn header_at(file: &mut dyn StoredFile, at: u64) -> Option<(RepairHeader, bool)> {
    let mut bytes = [0; RepairHeader::LEN];
    read_at(file, at, &mut bytes).ok()?;
    RepairHeader::decode(&bytes)
}

/// The repair data in all sources.
pub(crate) fn repairs_in(sources: &mut [Source]) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    for (number, source) in sources.iter_mut().enumerate() {
        for at in source.finds.repairs.clone() {
            let Some((header, last)) = header_at(&mut *source.file, at) else {
                continue;
            };
            let place = (number, start_of(at, last, &header));
            let known = repairs.iter().position(|one| one.header == header);
            if known.is_none() {
                if repairs.len() >= MOST_REPAIRS {
                    continue;
                }
                repairs.push(Repair {
                    header,
                    hashes: Hashes::default(),
                    places: Vec::new(),
                });
            }
            let at = known.unwrap_or(repairs.len().saturating_sub(1));
            let Some(repair) = repairs.get_mut(at) else {
                continue;
            };
            if repair.places.contains(&place) {
                continue;
            }
            repair.places.push(place);
            let (file, len) = (&mut *source.file, source.len);
            repair.hashes.read(file, len, place.1, &header);
        }
    }
    repairs
}

/// Where the repair data begins whose first or last header lies at `at`.
fn start_of(at: u64, last: bool, header: &RepairHeader) -> i128 {
    let at = i128::from(at);
    if !last {
        return at;
    }
    let end = at.saturating_add(RepairHeader::LEN as i128);
    end.saturating_sub(header.len().into())
}

/// A file from a place on.
#[derive(Debug)]
pub(crate) struct Window<'a> {
    file: &'a mut dyn StoredFile,
    base: u64,
    len: u64,
    at: u64,
}

impl Read for Window<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = self.base.saturating_add(self.at);
        self.file.seek(SeekFrom::Start(at))?;
        let read = self.file.read(buffer)?;
        self.at = self.at.saturating_add(read as u64);
        Ok(read)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
