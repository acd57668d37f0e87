//! Exports: one file, or folder, that holds many articles.
//!
//! Each kind of export is a module with a `survey` that looks through it once, keeping only
//! an [`Entry`] of each article, and an [`Export`] that later reads one article after
//! another. So memory grows with the number of articles, not with their length.

use super::front::Front;
use super::kind::SourceKind;
use super::page::Page;
use super::place::Found;
use super::survey::ImportOptions;
use super::warning::Warning;
use super::{epub, feed, page_file, rest, telegram, wordpress};
use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use varaq_storage::Storage;

/// An article of an export, known by what stands above it. What is empty was not told.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// How warnings call it: the export's file name and a number, `posts.xml#12`.
    pub(super) label: String,
    /// Where the export finds it again: offset or number, as the export likes.
    pub(super) at: u64,
    /// How long it is there.
    pub(super) len: u64,
    /// Entities may still be in it.
    pub(super) title: String,
    pub(super) byline: String,
    /// Shown above the article unless the article begins with it.
    pub(super) standfirst: String,
    /// Days since 1970-01-01.
    pub(super) day: Option<u32>,
    pub(super) section: String,
    /// A language tag.
    pub(super) language: Option<String>,
    /// What stays the same from export to export: its own id or address. The article's id
    /// is made of it.
    pub(super) key: String,
    /// Its address on the web, to know it again in another source; never written.
    pub(super) address: String,
    pub(super) lead: bool,
    /// Day by which it is put in order; none: its own. A book keeps its order.
    pub(super) order_day: Option<u32>,
}

impl Entry {
    /// The number after the export's name, by which articles of one day are put in order.
    pub(super) fn number(&self) -> u64 {
        let number = self.label.rsplit_once('#').map(|(_, number)| number);
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// What the issue asks about it, as front matter would tell it.
    pub(super) fn front(&self) -> Front {
        let mut front = Front::default();
        let told = [
            ("title", &self.title),
            ("byline", &self.byline),
            ("summary", &self.standfirst),
            ("section", &self.section),
            ("address", &self.address),
        ];
        for (name, words) in told {
            front.tell(name, words);
        }
        if self.lead {
            front.tell("lead", "true");
        }
        front
    }
}

/// Reads the articles of an export that was surveyed.
pub(super) trait Export: Debug + Send + Sync {
    /// Tells `page` the blocks of one article; warnings go to `page.notes`. The words of an
    /// error end in ": left out" when they are shown.
    fn read(&self, storage: &dyn Storage, entry: &Entry, page: &mut Page<'_>)
    -> Result<(), String>;

    /// A picture that lies inside the export; none: look for a file.
    fn picture(&self, _storage: &dyn Storage, _entry: &Entry, _source: &str) -> Option<Found> {
        None
    }
}

/// What a survey of an export found.
#[derive(Debug)]
pub(super) struct Surveyed {
    pub(super) export: Arc<dyn Export>,
    pub(super) entries: Vec<Entry>,
    pub(super) warnings: Vec<Warning>,
}

/// Looks through an export. An error is one line: why nothing of it can be read.
pub(super) fn survey(
    storage: &dyn Storage,
    kind: SourceKind,
    path: &Path,
    options: &ImportOptions,
) -> Result<Option<Surveyed>, String> {
    match kind {
        SourceKind::Folder => Ok(None),
        SourceKind::WordPress => wordpress::survey(storage, path).map(Some),
        SourceKind::WordPressRest => rest::survey(storage, path).map(Some),
        SourceKind::Feed => feed::survey(storage, path).map(Some),
        SourceKind::Telegram => telegram::survey(storage, path, &options.exports).map(Some),
        SourceKind::Epub => epub::survey(storage, path, &options.exports).map(Some),
        SourceKind::Page => page_file::survey(storage, path, options).map(Some),
    }
}

/// The name of an export, for warnings.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
