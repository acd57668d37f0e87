//! From recordings of a one-way stream back to bundles (FORMAT.md section 12).
//!
//! In: bytes in which packets lie anywhere, in any order, some of them lost, doubled or
//! forged. Out: bundles in a folder, partial ones early, each replaced by a better one.
//! Only what hashes to a validly signed head gets a name: a packet can delay a bundle, and
//! never change one. Memory: some 200 bytes for each block of 160 kB that is not complete;
//! what was received lies in a file without a name.

mod look;
mod scan;
mod stream;

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use varaq_bundle::Hash;
use varaq_storage::{Access, Storage, make_folder};
use varaq_trust::{Verdict, View};

use crate::carousel::packet::{Packet, blocks_of};
use crate::selected::SelectError;
use scan::Scan;
use stream::{Fate, Stream};

/// Told bytes read; `Break` cancels.
pub type Listen<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

/// A bundle that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies.
    pub path: PathBuf,
    /// Which issue it is.
    pub manifest: Hash,
    /// Its length in bytes.
    pub len_bytes: u64,
    /// Pieces in it.
    pub pieces: u32,
    /// Pieces of the issue.
    pub piece_count: u32,
    /// It is the file that was sent, byte for byte.
    pub is_whole: bool,
}

/// A stream of which the file that was sent is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Complete blocks.
    pub blocks: u32,
    /// Blocks of the file that was sent.
    pub block_count: u32,
    /// Why its head is not believed, if it is there.
    pub refused: Option<Verdict>,
    /// A partial bundle was written.
    pub is_kept: bool,
}

/// What recordings brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Bytes read.
    pub bytes: u64,
    /// Packets with a right check.
    pub packets: u64,
    /// Packets that brought nothing new.
    pub known: u64,
    /// Packets that contradict others, or that there was no room for.
    pub dropped: u64,
    /// How often blocks were forgotten because a piece in them was not the signed one.
    pub forgotten: u64,
}

/// Why collecting stopped.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// A recording cannot be read.
    #[error("cannot read the recording")]
    Recording(#[source] io::Error),
    /// What was received cannot be kept.
    #[error("cannot keep what was received")]
    Keeping(#[from] io::Error),
    /// A bundle cannot be put together.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// Something else has the name of a bundle.
    #[error("{} is there, and is no copy of this issue", path.display())]
    NameTaken {
        /// The name.
        path: PathBuf,
    },
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

/// Puts bundles together.
#[derive(Debug)]
pub struct Collector<'a> {
    storage: &'a dyn Storage,
    folder: PathBuf,
    view: View<'a>,
    most: usize,
    held: Vec<Held>,
    /// Streams of which everything is there.
    whole: Vec<[u8; 16]>,
    received: Received,
}

/// A stream, and what was made of it.
#[derive(Debug)]
struct Held {
    stream: Stream,
    /// Packets at the last look.
    looked: u64,
    /// Pieces of the bundle that was written.
    best: Option<u32>,
    refused: Option<Verdict>,
}

impl<'a> Collector<'a> {
    /// Bundles go into `folder`, which is made; at most `most` streams are followed at once.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn new(
        storage: &'a dyn Storage,
        folder: &Path,
        view: impl Into<View<'a>>,
        most: usize,
    ) -> io::Result<Collector<'a>> {
        make_folder(storage, folder, Access::Usual)?;
        Ok(Collector {
            storage,
            folder: folder.to_owned(),
            view: view.into(),
            most: most.max(1),
            held: Vec::new(),
            whole: Vec::new(),
            received: Received::default(),
        })
    }

    /// Takes in a recording, from its beginning to its end. `kept` is told each bundle.
    ///
    /// # Errors
    /// See [`CollectError`]; bundles that were written stay.
    pub fn feed(
        &mut self,
        recording: &mut dyn Read,
        listen: &mut Listen<'_>,
        kept: &mut dyn FnMut(Kept),
    ) -> Result<(), CollectError> {
        let mut scan = Scan::default();
        loop {
            let read = scan.fill(recording).map_err(CollectError::Recording)?;
            self.received.bytes = self.received.bytes.saturating_add(read as u64);
            scan.each(read == 0, &mut |packet| self.take(&packet))?;
            self.look(read == 0, kept)?;
            if listen(self.received.bytes).is_break() {
                return Err(CollectError::Cancelled);
            }
            if read == 0 {
                return Ok(());
            }
        }
    }

    /// What came in so far.
    #[must_use]
    pub fn received(&self) -> Received {
        self.received
    }

    /// Number of files that are there as they were sent.
    #[must_use]
    pub fn whole(&self) -> usize {
        self.whole.len()
    }

    /// The streams that are not whole.
    #[must_use]
    pub fn waiting(&self) -> Vec<Waiting> {
        let waiting = self.held.iter().map(|held| Waiting {
            blocks: held.stream.complete,
            block_count: blocks_of(held.stream.file_bytes, held.stream.data_bytes).unwrap_or(0),
            refused: held.refused,
            is_kept: held.best.is_some(),
        });
        waiting.collect()
    }

    fn take(&mut self, packet: &Packet<'_>) -> Result<(), CollectError> {
        self.received.packets = self.received.packets.saturating_add(1);
        if self.whole.contains(&packet.stream) {
            self.received.known = self.received.known.saturating_add(1);
            return Ok(());
        }
        let at = self.held.iter().position(|held| held.stream.is_of(packet));
        let at = match at {
            Some(at) => Some(at),
            None => self.admit(packet)?,
        };
        let held = at.and_then(|at| self.held.get_mut(at));
        let fate = match held {
            Some(held) => held.stream.take(packet)?,
            None => Fate::Dropped,
        };
        match fate {
            Fate::Known => self.received.known = self.received.known.saturating_add(1),
            Fate::Dropped => self.received.dropped = self.received.dropped.saturating_add(1),
            Fate::New | Fate::Completed => {}
        }
        Ok(())
    }

    /// Makes room for another stream. Of streams without a verified head the one with the
    /// fewest packets goes, the newest of them first: a flood of ids drives out itself.
    fn admit(&mut self, packet: &Packet<'_>) -> Result<Option<usize>, CollectError> {
        if blocks_of(packet.file_bytes, packet.data.len()).is_none() {
            return Ok(None);
        }
        if self.held.len() >= self.most {
            let unproven = self.held.iter().enumerate().rev();
            let unproven = unproven.filter(|(_, held)| !held.stream.is_proven);
            let Some((least, _)) = unproven.min_by_key(|(_, held)| held.stream.packets) else {
                return Ok(None);
            };
            self.held.remove(least);
        }
        let scratch = self.storage.scratch(&self.folder)?;
        self.held.push(Held {
            stream: Stream::new(packet, scratch),
            looked: 0,
            best: None,
            refused: None,
        });
        Ok(self.held.len().checked_sub(1))
    }

    /// Looks at the streams that have grown by a quarter, or at all that have grown.
    fn look(&mut self, at_end: bool, kept: &mut dyn FnMut(Kept)) -> Result<(), CollectError> {
        let mut at = 0;
        while let Some(held) = self.held.get_mut(at) {
            let packets = held.stream.packets;
            let due = held
                .looked
                .saturating_add(held.looked / 4)
                .saturating_add(16);
            let is_due = packets >= due || held.stream.is_complete();
            if !(is_due || at_end && packets > held.looked) {
                at = at.saturating_add(1);
                continue;
            }
            held.looked = packets;
            let found = look::look(self.storage, &self.folder, self.view, held)?;
            self.received.forgotten = self.received.forgotten.saturating_add(found.forgotten);
            let is_whole = found.kept.as_ref().is_some_and(|kept| kept.is_whole);
            found.kept.into_iter().for_each(&mut *kept);
            if is_whole {
                self.whole.push(self.held.remove(at).stream.id);
            } else {
                at = at.saturating_add(1);
            }
        }
        Ok(())
    }
}
