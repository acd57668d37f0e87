//! The bytes of one file: as they are seen, and what of them is on the medium.

use crate::Dice;

const SECTOR_BYTES: usize = 512;

#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    now: Vec<u8>,
    durable: Vec<u8>,
    changes: Vec<Change>,
    /// FAT: the entry that a rename made says that the file is empty.
    pub(super) size_unwritten: bool,
}

#[derive(Clone, Debug)]
struct Change {
    what: What,
    synced: bool,
    /// A sync of it failed: systems then forget it, and a later sync says nothing of it.
    doomed: bool,
}

#[derive(Clone, Debug)]
enum What {
    Write { at: usize, bytes: Vec<u8> },
    Len(usize),
}

impl Content {
    /// On the medium as it is.
    pub(super) fn of(bytes: Vec<u8>) -> Content {
        Content {
            durable: bytes.clone(),
            now: bytes,
            ..Content::default()
        }
    }

    pub(super) fn now(&self) -> &[u8] {
        &self.now
    }

    pub(super) fn write(&mut self, at: usize, bytes: &[u8]) {
        put(&mut self.now, at, bytes);
        let bytes = bytes.to_vec();
        self.change(What::Write { at, bytes });
    }

    pub(super) fn set_len(&mut self, len: usize) {
        self.now.resize(len, 0);
        self.change(What::Len(len));
    }

    fn change(&mut self, what: What) {
        self.changes.push(Change {
            what,
            synced: false,
            doomed: false,
        });
    }

    pub(super) fn sync(&mut self) {
        self.size_unwritten = false;
        for change in &mut self.changes {
            change.synced |= !change.doomed;
        }
        if self.changes.iter().all(|change| change.synced) {
            self.durable.clone_from(&self.now);
            self.changes.clear();
        }
    }

    pub(super) fn fail_to_sync(&mut self) {
        for change in &mut self.changes {
            change.doomed |= !change.synced;
        }
    }

    /// What may be found of it after a power cut.
    pub(super) fn after_crash(&self, dice: &mut Dice) -> Content {
        if self.size_unwritten && dice.says(1, 2) {
            return Content::default();
        }
        let mut found = self.durable.clone();
        let mode = dice.below(4);
        for change in &self.changes {
            let mut kept = || match mode {
                0 => true,
                1 => false,
                _ => dice.says(1, 2),
            };
            match &change.what {
                What::Write { at, bytes } if change.synced => put(&mut found, *at, bytes),
                What::Write { at, bytes } => tear(&mut found, *at, bytes, &mut kept),
                What::Len(len) if change.synced || kept() => found.resize(*len, 0),
                What::Len(_) => {}
            }
        }
        Content::of(found)
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[at..end].copy_from_slice(bytes);
}

/// Some sectors of a write; perhaps also the length that it gave the file.
fn tear(file: &mut Vec<u8>, at: usize, bytes: &[u8], kept: &mut dyn FnMut() -> bool) {
    let end = at + bytes.len();
    let mut from = at;
    while from < end {
        let to = end.min((from / SECTOR_BYTES + 1) * SECTOR_BYTES);
        if kept() {
            put(file, from, &bytes[from - at..to - at]);
        }
        from = to;
    }
    if file.len() < end && kept() {
        file.resize(end, 0);
    }
}
