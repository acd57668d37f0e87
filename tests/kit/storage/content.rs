//! The bytes of one file: what the program sees, and what a power cut leaves of it.

use super::Choose;

/// A disk writes a sector or does not.
const SECTOR_BYTES: usize = 512;
/// What lies in room that was given to a file and never written: another file's bytes.
const STALE: u8 = 0xe5;

/// A change that nobody has synced yet.
#[derive(Clone, Debug)]
struct Change {
    what: What,
    /// A sync of it failed, and no later one will write it.
    forgotten: bool,
    /// It is on the disk, and waits here for the order of what was written before it.
    synced: bool,
}

#[derive(Clone, Debug)]
enum What {
    Write(usize, Vec<u8>),
    SetLen(usize),
}

/// The bytes of one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) now: Vec<u8>,
    durable: Vec<u8>,
    changes: Vec<Change>,
}

impl Content {
    /// A file that is on the disk already.
    pub(super) fn synced(bytes: &[u8]) -> Content {
        Content {
            now: bytes.to_vec(),
            durable: bytes.to_vec(),
            changes: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, at: usize, bytes: &[u8]) {
        if at > self.now.len() {
            self.set_len(at);
        }
        self.change(What::Write(at, bytes.to_vec()));
    }

    pub(super) fn set_len(&mut self, len: usize) {
        self.change(What::SetLen(len));
    }

    fn change(&mut self, what: What) {
        what.apply(&mut self.now, 0);
        self.changes.push(Change {
            what,
            forgotten: false,
            synced: false,
        });
    }

    pub(super) fn sync(&mut self) {
        for change in &mut self.changes {
            change.synced |= !change.forgotten;
        }
        // What was forgotten stands below everything that came later.
        let first = self.changes.iter().position(|change| !change.synced);
        let first = first.unwrap_or(self.changes.len());
        for change in self.changes.drain(..first) {
            change.what.apply(&mut self.durable, STALE);
        }
    }

    /// A sync that fails.
    pub(super) fn forget(&mut self) {
        for change in &mut self.changes {
            change.forgotten |= !change.synced;
        }
    }

    /// What a power cut leaves: any of the changes, whole or by sectors.
    pub(super) fn cut(&self, choose: &mut Choose<'_>) -> Content {
        let mut left = self.durable.clone();
        if self.changes.iter().all(|change| change.synced) {
            return Content::synced(&left);
        }
        let filling = if choose(2) == 0 { 0 } else { STALE };
        for change in &self.changes {
            if change.synced {
                change.what.apply(&mut left, STALE);
            } else {
                change.what.apply_some(&mut left, filling, choose);
            }
        }
        // The length may be there without the bytes.
        if left.len() < self.now.len() && choose(2) == 1 {
            left.resize(self.now.len(), filling);
        }
        Content::synced(&left)
    }

    /// What FAT leaves of a file whose new directory entry was written before its length.
    pub(super) fn lose(&mut self) {
        *self = Content::default();
    }
}

impl What {
    fn apply(&self, bytes: &mut Vec<u8>, filling: u8) {
        match self {
            What::SetLen(len) => bytes.resize(*len, 0),
            What::Write(at, new) => put(bytes, *at, new, filling),
        }
    }

    fn apply_some(&self, bytes: &mut Vec<u8>, filling: u8, choose: &mut Choose<'_>) {
        let ways = if matches!(self, What::Write(..)) {
            3
        } else {
            2
        };
        match (choose(ways), self) {
            (0, _) => {}
            (1, _) => self.apply(bytes, filling),
            (_, What::SetLen(_)) => {}
            (_, What::Write(at, new)) => {
                for (at, sector) in sectors(*at, new) {
                    if choose(2) == 1 {
                        put(bytes, at, sector, filling);
                    }
                }
            }
        }
    }
}

/// The parts of a write that lie in one sector each.
fn sectors(mut at: usize, mut bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let len = bytes.len().min(SECTOR_BYTES - at % SECTOR_BYTES);
        let (part, rest) = bytes.split_at(len);
        parts.push((at, part));
        at += len;
        bytes = rest;
    }
    parts
}

fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8], filling: u8) {
    if bytes.len() < at {
        bytes.resize(at, filling);
    }
    let end = bytes.len().max(at + new.len());
    bytes.resize(end, 0);
    bytes[at..at + new.len()].copy_from_slice(new);
}
