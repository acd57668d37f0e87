//! The catalogue of a folder of bundles (FORMAT.md section 8.3): an OPDS feed, a Metalink
//! and their signatures, as files that lie beside the bundles.
//!
//! In: a folder, and the addresses of mirrors that hold the same. Out: bytes that depend on
//! nothing else. A catalogue has one encoding: what is read is encoded again, and must come
//! out as it was. It is a list and proves no bundle; its signature says that whoever made it
//! listed these files, so that a mirror can leave none out without being noticed.

mod atom;
mod audit;
mod metalink;
mod parse;
mod publish;
mod survey;
mod xml;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use varaq_bundle::{Day, Hash};
use varaq_trust::PublisherId;

use crate::address::{FolderAddress, is_listable};

pub use audit::{
    Audit, AuditOptions, AuditedFile, CatalogSignature, FileState, MetalinkState, Older,
    audit_catalog,
};
pub use parse::CatalogFault;
pub use publish::{publish_catalog, read_catalog};
pub use survey::{CatalogError, LeftOut, Survey, WhyLeftOut, survey_catalog};

/// The OPDS feed.
pub const CATALOG_FILE: &str = "catalog.atom";
/// The Metalink.
pub const METALINK_FILE: &str = "catalog.meta4";
/// What is put behind the name of either for its signature.
pub const SIGNATURE_SUFFIX: &str = ".sig";
/// No catalogue is longer: some 15,000 bundles.
pub const MAX_CATALOG_BYTES: u64 = 16 << 20;

/// A list of bundles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Where the same folder can be had, the first asked first.
    pub mirrors: Vec<FolderAddress>,
    /// The bundles: newest day first, then by publisher, channel, and newest number first.
    pub entries: Vec<CatalogEntry>,
}

/// One bundle of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    /// Its path in the folder, with `/`.
    pub name: String,
    /// Length in bytes.
    pub len_bytes: u64,
    /// SHA-256 of all its bytes, which programs of others can check.
    pub sha256: [u8; 32],
    /// Manifest id.
    pub manifest: Hash,
    /// Who published it.
    pub publisher: PublisherId,
    /// What the publisher calls itself: a claim.
    pub publisher_name: String,
    /// Channel.
    pub channel: String,
    /// Epoch.
    pub epoch: u32,
    /// Number.
    pub number: u32,
    /// Day of the issue.
    pub day: Day,
    /// Articles that are whole in this copy.
    pub articles: u32,
    /// Articles of the issue, if this copy knows.
    pub articles_of: Option<u32>,
}

impl CatalogEntry {
    /// Which issues follow each other.
    #[must_use]
    pub fn stream(&self) -> (PublisherId, &str) {
        (self.publisher, &self.channel)
    }

    /// Its place in the stream.
    #[must_use]
    pub fn place(&self) -> (u32, u32) {
        (self.epoch, self.number)
    }
}

impl Catalog {
    /// Puts the entries into their order; of two with one name the first stays.
    pub(crate) fn arrange(&mut self) {
        self.entries.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut names = std::collections::BTreeSet::new();
        self.entries
            .retain(|entry| names.insert(entry.name.clone()));
    }

    /// The newest entry of each stream.
    pub(crate) fn newest(&self) -> BTreeMap<(PublisherId, &str), &CatalogEntry> {
        let mut newest = BTreeMap::<_, &CatalogEntry>::new();
        for entry in &self.entries {
            let held = newest.entry(entry.stream()).or_insert(entry);
            if entry.place() > held.place() {
                *held = entry;
            }
        }
        newest
    }

    /// The OPDS feed.
    #[must_use]
    pub fn atom(&self) -> String {
        atom::text(self)
    }

    /// The Metalink.
    #[must_use]
    pub fn metalink(&self) -> String {
        metalink::text(self)
    }

    /// Reads what [`Catalog::atom`] wrote.
    ///
    /// # Errors
    /// If it is anything else, by as much as one byte.
    pub fn parse(text: &str) -> Result<Catalog, CatalogFault> {
        parse::parse(text)
    }
}

/// The order of entries; a name makes it total.
fn key(entry: &CatalogEntry) -> impl Ord + '_ {
    (
        Reverse(entry.day),
        entry.publisher,
        &entry.channel,
        Reverse(entry.place()),
        &entry.name,
    )
}

/// The name of a path in a folder as a catalogue has it; none if it can have none: hidden,
/// not UTF-8, with controls, or with what leads out of the folder elsewhere.
pub(crate) fn listed_name(folder: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = inside
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let name = parts?.join("/");
    is_name(&name).then_some(name)
}

/// True if a name of a catalogue leads to a place inside a folder on every system.
pub(crate) fn is_name(name: &str) -> bool {
    let harmless = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(':');
    is_listable(name) && name.split('/').all(harmless)
}

/// Where an entry lies in a folder.
pub(crate) fn place_of(folder: &Path, name: &str) -> PathBuf {
    let mut place = folder.to_owned();
    place.extend(name.split('/'));
    place
}
