//! What was signed: one line for each issue, in the folder of the keys.
//!
//! Two manifests for one number are a CONFLICT that readers see for ever. Whoever signs
//! therefore remembers, before the signature is written, which manifest it gave its name
//! to. The ledger also tells the packer which issue came before.

use crate::disk;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use varaq_bundle::Hash;
#[cfg(feature = "import")]
use varaq_bundle::IssueRef;
use varaq_storage::Storage;

const NAME: &str = "ledger";
const HEADER: &str = "varaq ledger 1";
/// Far more lines than anybody signs.
const MAX_BYTES: u64 = 64 << 20;

/// An issue that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// Publisher id.
    pub publisher: Hash,
    /// Channel.
    pub channel: String,
    /// Epoch.
    pub epoch: u32,
    /// Number.
    pub number: u32,
    /// Manifest id.
    pub manifest: Hash,
}

/// The ledger of a folder.
#[derive(Debug)]
pub(crate) struct Ledger {
    path: PathBuf,
    lines: Vec<LedgerLine>,
}

impl Ledger {
    /// Reads the ledger of a folder; none yet is an empty one.
    pub(crate) fn read(storage: &dyn Storage, folder: &Path) -> io::Result<Ledger> {
        let path = folder.join(NAME);
        let text = match disk::read_text(storage, &path, MAX_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let lines = Vec::new();
                return Ok(Ledger { path, lines });
            }
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return Err(damaged(&path, 0));
            }
            Err(error) => return Err(error),
        };
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(damaged(&path, 1));
        }
        let mut read = Vec::new();
        for (at, line) in lines.enumerate() {
            // A ledger that is not understood must not look like an empty one.
            read.push(parse(line).ok_or_else(|| damaged(&path, at + 2))?);
        }
        Ok(Ledger { path, lines: read })
    }

    /// Every line, by order of signing.
    pub(crate) fn lines(&self) -> &[LedgerLine] {
        &self.lines
    }

    /// Another manifest that was signed for the same number, if there is one.
    pub(crate) fn other(&self, line: &LedgerLine) -> Option<Hash> {
        let mut same = self.lines.iter().filter(|one| {
            one.publisher == line.publisher
                && one.channel == line.channel
                && one.epoch == line.epoch
                && one.number == line.number
        });
        same.find(|one| one.manifest != line.manifest)
            .map(|one| one.manifest)
    }

    /// The newest issue before a number.
    #[cfg(feature = "import")]
    pub(crate) fn before(
        &self,
        publisher: &Hash,
        channel: &str,
        epoch: u32,
        number: u32,
    ) -> Option<IssueRef> {
        let mine = self.lines.iter().filter(|one| {
            one.publisher == *publisher
                && one.channel == channel
                && (one.epoch, one.number) < (epoch, number)
        });
        mine.max_by_key(|one| (one.epoch, one.number))
            .map(|one| IssueRef {
                epoch: one.epoch,
                number: one.number,
                id: one.manifest,
            })
    }

    /// Remembers an issue; it is on the disk when this returns.
    pub(crate) fn remember(&mut self, storage: &dyn Storage, line: LedgerLine) -> io::Result<()> {
        if self.lines.contains(&line) {
            return Ok(());
        }
        self.lines.push(line);
        let mut text = format!("{HEADER}\n");
        for one in &self.lines {
            let _ = writeln!(
                text,
                "signed {} {} {} {} {}",
                one.publisher, one.channel, one.epoch, one.number, one.manifest
            );
        }
        disk::replace(storage, &self.path, text.as_bytes())
    }
}

fn damaged(path: &Path, line: usize) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("line {line} of {} is not understood", path.display()),
    )
}

fn parse(line: &str) -> Option<LedgerLine> {
    let mut fields = line.strip_prefix("signed ")?.split(' ');
    let line = LedgerLine {
        publisher: fields.next()?.parse().ok()?,
        channel: fields.next()?.to_owned(),
        epoch: fields.next()?.parse().ok()?,
        number: fields.next()?.parse().ok()?,
        manifest: fields.next()?.parse().ok()?,
    };
    fields.next().is_none().then_some(line)
}
