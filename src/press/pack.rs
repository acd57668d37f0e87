//! Sources to an unsigned draft of an issue.
//!
//! Articles are read in the order of the issue, a few at a time on all cores, and handed
//! to the writer of `varaq-bundle`, which spools; memory does not grow with the issue. The
//! file appears under its name only when it was decoded again from beginning to end. It
//! holds no clock time and nothing about the machine: the same sources, options and ledger
//! give the same bytes.

use crate::disk::{self, Stored};
use crate::import::{
    ImportError, ImportOptions, SourceArticle, SourceKind, Survey, Warning, language_tag, survey,
};
use crate::inspect::{InspectError, inspect};
use crate::ledger::Ledger;
use crate::notice_file::{NoticeFile, NoticeFileError};
use crate::store::PictureStore;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::{
    Bundle, Day, Entry, Hash, HeadError, Issue, IssueWriter, Limits, NewArticle, Span, WriteError,
};
use varaq_storage::{Access, Beside, Facts, Storage, folder_of};
use varaq_trust::{ChainError, Contact, ContactError, MAX_OWN_BYTES};

/// OWN in base64, and a few lines.
const MAX_CONTACT_BYTES: u64 = MAX_OWN_BYTES as u64 * 2;
/// Articles that are in memory at once.
const BATCH: usize = 64;

/// What to pack, and as what.
#[derive(Clone, Debug)]
pub struct PackOptions {
    /// Folders and files.
    pub sources: Vec<PathBuf>,
    /// What the sources are; none: by what they hold.
    pub from: Option<SourceKind>,
    /// A folder with copies of pictures that are on the web.
    pub media: Option<PathBuf>,
    /// Which element of a saved page is the article; none: the one with most of the words.
    pub selector: Option<String>,
    /// The bundle to be written.
    pub output: PathBuf,
    /// The publisher's folder, which holds `publisher.contact`, or a contact file.
    pub publisher: PathBuf,
    /// Channel, `main` as a rule.
    pub channel: String,
    /// Number of the issue.
    pub number: u32,
    /// Day of the issue.
    pub day: Day,
    /// Language of the issue, and of articles that do not tell theirs; none: by their letters.
    pub language: Option<String>,
    /// Title of the issue; may be empty.
    pub title: String,
    /// NOTES: what it carries about other publishers.
    pub notes: Vec<u8>,
    /// How it is compressed.
    pub format: varaq_bundle::PackOptions,
}

impl PackOptions {
    /// Channel `main`, no title, the measured way to compress.
    #[must_use]
    pub fn new(
        sources: Vec<PathBuf>,
        output: PathBuf,
        publisher: PathBuf,
        number: u32,
        day: Day,
    ) -> PackOptions {
        PackOptions {
            sources,
            from: None,
            media: None,
            selector: None,
            output,
            publisher,
            channel: "main".to_owned(),
            number,
            day,
            language: None,
            title: String::new(),
            notes: Vec::new(),
            format: varaq_bundle::PackOptions::default(),
        }
    }
}

/// How far packing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackStep {
    /// Articles read, of how many.
    Reading {
        /// Articles read.
        done: u64,
        /// Articles found.
        total: u64,
    },
    /// Bytes packed, of how many.
    Packing {
        /// Bytes packed.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Pieces and articles decoded again, of how many.
    Checking {
        /// Decoded.
        done: u64,
        /// In all.
        total: u64,
    },
}

/// What was packed.
#[derive(Clone, Debug)]
pub struct PackReport {
    /// Manifest id.
    pub manifest: Hash,
    /// Articles in the issue.
    pub articles: u32,
    /// Different pictures in the issue.
    pub pictures: usize,
    /// Notices that the issue carries: all that the publisher's folder keeps of its channel.
    pub notices: usize,
    /// Articles by language.
    pub languages: BTreeMap<String, u32>,
    /// Bytes of the file.
    pub len_bytes: u64,
    /// Bytes of all articles before compression.
    pub text_bytes: u64,
    /// Bytes that they take in the file.
    pub text_stored_bytes: u64,
    /// Bytes of all pictures.
    pub media_bytes: u64,
    /// Signatures that the issue will need.
    pub need: usize,
    /// Everything that was left out or changed on the way.
    pub warnings: Vec<Warning>,
}

/// Why nothing was packed. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A source cannot be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The publisher's contact cannot be read.
    #[error("cannot read the publisher's contact {}", path.display())]
    NoContact {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The publisher's contact is not understood.
    #[error("the publisher's contact is not understood")]
    Contact(#[from] ContactError),
    /// The publisher's statements do not hold.
    #[error("the publisher's statements do not hold")]
    Chain(#[from] ChainError),
    /// No statement grants the channel.
    #[error("the publisher has no channel {0}")]
    NoChannel(String),
    /// The number is outside the window of the newest delegation.
    #[error("number {number} is outside the window {first} to {last} of channel {channel}")]
    OutOfWindow {
        /// The number asked for.
        number: u32,
        /// The channel.
        channel: String,
        /// First number allowed.
        first: u32,
        /// Last number allowed.
        last: u32,
    },
    /// A signed issue is there already.
    #[error("{} is a signed issue and is not overwritten", .0.display())]
    Signed(PathBuf),
    /// The ledger beside the publisher's keys is not readable.
    #[error("cannot read the ledger of signed issues")]
    Ledger(#[source] io::Error),
    /// The notices beside the publisher's keys are not readable: an issue without them would
    /// take back what they say.
    #[error("cannot read the publisher's notices")]
    Notices(#[from] NoticeFileError),
    /// There is no article to pack.
    #[error("no article to pack was found ({} left out)", .0.iter().filter(|w| w.skipped).count())]
    Nothing(Vec<Warning>),
    /// The writer refused.
    #[error("the issue cannot be packed")]
    Write(#[from] WriteError),
    /// What was written does not decode again: a fault of this program or of the disk.
    #[error("what was written does not decode again")]
    SelfCheck(#[from] InspectError),
    /// The disk failed.
    #[error("cannot write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

type Progress<'a> = dyn FnMut(PackStep) -> ControlFlow<()> + 'a;

/// Packs an unsigned draft. `progress` is told how far it is; `Break` cancels.
///
/// # Errors
/// See [`PackError`]. The output is then as it was.
pub fn pack(
    storage: &dyn Storage,
    options: &PackOptions,
    progress: &mut Progress<'_>,
) -> Result<PackReport, PackError> {
    let (mut issue, need) = issue(storage, options)?;
    let notices = NoticeFile::read(storage, folder_of(&contact_path(storage, options)))?;
    let notices = notices.of_channel(&options.channel);
    refuse_signed(storage, &options.output)?;
    let import = ImportOptions {
        language: options.language.clone(),
        day: options.day,
        from: options.from,
        media: options.media.clone(),
        selector: options.selector.clone(),
    };
    let found = survey(storage, &options.sources, &import)?;
    let on_disk = |source| PackError::Io {
        path: options.output.clone(),
        source,
    };
    let folder = folder_of(&options.output);
    let mut beside = Beside::new(storage, &options.output, Access::Usual).map_err(on_disk)?;
    let mut packer = Packer {
        storage,
        found,
        store: PictureStore::new(storage.scratch(folder).map_err(on_disk)?),
        warnings: Vec::new(),
        languages: Vec::new(),
        counts: BTreeMap::new(),
    };
    let mut writer = packer.fill(options, &mut issue, progress)?;
    let (articles, notice_count) = (writer.article_count(), notices.len());
    writer.add_notices(notices)?;
    let packed = writer.finish(beside.file().map_err(on_disk)?, &mut |step| {
        progress(PackStep::Packing {
            done: step.done_bytes,
            total: step.total_bytes,
        })
    });
    let packed = packed.map_err(|error| match error {
        WriteError::Cancelled => PackError::Cancelled,
        error => PackError::Write(error),
    })?;
    beside.sync().map_err(on_disk)?;
    let checked = inspect(storage, beside.part(), &mut |done, total| {
        progress(PackStep::Checking { done, total })
    });
    checked.map_err(|error| match error {
        InspectError::Cancelled => PackError::Cancelled,
        error => PackError::SelfCheck(error),
    })?;
    beside.keep_as(&options.output).map_err(on_disk)?;
    Ok(PackReport {
        manifest: packed.head.manifest_id(),
        articles,
        pictures: packer.store.len(),
        notices: notice_count,
        languages: packer.counts,
        len_bytes: packed.len_bytes,
        text_bytes: packed.text_bytes,
        text_stored_bytes: packed.text_stored_bytes,
        media_bytes: packed.media_bytes,
        need,
        warnings: packer.warnings,
    })
}

/// The issue without its articles, and how many signatures it will need.
fn issue(storage: &dyn Storage, options: &PackOptions) -> Result<(Issue, usize), PackError> {
    let path = contact_path(storage, options);
    let text = disk::read_text(storage, &path, MAX_CONTACT_BYTES);
    let text = text.map_err(|source| PackError::NoContact {
        path: path.clone(),
        source,
    })?;
    let contact: Contact = text.parse()?;
    let chain = varaq_trust::Chain::decode(&contact.own)?;
    let no_channel = || PackError::NoChannel(options.channel.clone());
    let root = chain.newest().ok_or_else(no_channel)?;
    let granted = chain.statements().flat_map(|one| &one.delegations);
    let granted = granted.filter(|one| one.channel == options.channel);
    let newest = granted.max_by_key(|one| one.epoch).ok_or_else(no_channel)?;
    if !newest.allows(options.number) {
        return Err(PackError::OutOfWindow {
            number: options.number,
            channel: options.channel.clone(),
            first: newest.first,
            last: newest.last,
        });
    }
    let publisher = Hash(chain.publisher().0);
    let ledger = Ledger::read(storage, folder_of(&path)).map_err(PackError::Ledger)?;
    let issue = Issue {
        publisher,
        channel: options.channel.clone(),
        epoch: newest.epoch,
        number: options.number,
        prev: ledger.before(&publisher, &options.channel, newest.epoch, options.number),
        day: options.day,
        root,
        title: options.title.clone(),
        language: String::new(),
        sections: Vec::new(),
        lead: None,
        own: contact.own,
        notes: options.notes.clone(),
    };
    Ok((issue, newest.keys.threshold()))
}

/// Ledger and notices lie beside the contact.
fn contact_path(storage: &dyn Storage, options: &PackOptions) -> PathBuf {
    if storage.facts(&options.publisher).ok() == Some(Facts::Folder) {
        options.publisher.join("publisher.contact")
    } else {
        options.publisher.clone()
    }
}

/// A signed issue is somebody's work, and may be the only copy.
fn refuse_signed(storage: &dyn Storage, path: &Path) -> Result<(), PackError> {
    let on_disk = |source| {
        let path = path.to_owned();
        Err(PackError::Io { path, source })
    };
    let file = match storage.open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return on_disk(error),
    };
    match Bundle::open(file, &Limits::default()) {
        Ok(bundle) if !bundle.head().signatures.is_empty() => {
            Err(PackError::Signed(path.to_owned()))
        }
        Err(HeadError::Io(error)) => on_disk(error),
        _ => Ok(()),
    }
}

struct Packer<'s> {
    storage: &'s dyn Storage,
    found: Survey,
    store: PictureStore,
    warnings: Vec<Warning>,
    /// Primary languages in order of appearance: each shares a prefix.
    languages: Vec<String>,
    counts: BTreeMap<String, u32>,
}

impl Packer<'_> {
    /// Reads every article into a writer.
    fn fill(
        &mut self,
        options: &PackOptions,
        issue: &mut Issue,
        progress: &mut Progress<'_>,
    ) -> Result<IssueWriter<Stored>, PackError> {
        self.warnings.append(&mut self.found.warnings);
        let found = std::mem::take(&mut self.found);
        let total = found.sources.len() as u64;
        let mut writer: Option<IssueWriter<Stored>> = None;
        let mut done = 0;
        for batch in found.sources.chunks(BATCH) {
            let storage = self.storage;
            let read = batch.par_iter().map(|source| source.read(storage));
            let read: Vec<_> = read.collect();
            let mut articles = Vec::new();
            for one in read {
                match one {
                    Ok(article) => articles.push(article),
                    Err(warning) => self.warnings.push(warning),
                }
            }
            self.pictures(&articles, options)?;
            if writer.is_none() && !articles.is_empty() {
                writer = Some(begin(self.storage, options, issue, &found, &articles)?);
            }
            if let Some(writer) = &mut writer {
                for article in articles {
                    self.add(writer, article)?;
                }
            }
            done += batch.len() as u64;
            if progress(PackStep::Reading { done, total }).is_break() {
                return Err(PackError::Cancelled);
            }
        }
        match writer {
            Some(writer) if writer.article_count() > 0 => Ok(writer),
            _ => Err(PackError::Nothing(std::mem::take(&mut self.warnings))),
        }
    }

    /// Encodes the pictures of a batch that are not known yet.
    fn pictures(
        &mut self,
        articles: &[SourceArticle],
        options: &PackOptions,
    ) -> Result<(), PackError> {
        let paths = articles.iter().flat_map(|article| &article.pictures);
        let stored = self.store.add(self.storage, paths);
        stored.map_err(|source| PackError::Io {
            path: options.output.clone(),
            source,
        })
    }

    fn add(
        &mut self,
        writer: &mut IssueWriter<Stored>,
        mut article: SourceArticle,
    ) -> Result<(), PackError> {
        let file = article.source.file.clone();
        self.warnings.append(&mut article.warnings);
        let media = self.store.media(&mut article, &mut self.warnings);
        let media = media.map_err(WriteError::Io)?;
        let primary = article.language.split('-').next().unwrap_or_default();
        let known = self.languages.iter().position(|one| one == primary);
        let group = known.unwrap_or_else(|| {
            self.languages.push(primary.to_owned());
            self.languages.len() - 1
        });
        let language = article.language.clone();
        let new = NewArticle {
            entry: Entry {
                id: article.source.id,
                version: 1,
                group: article.source.group,
                title: article.title,
                byline: article.byline,
                section: article.source.section,
                language: article.language,
                direction: article.direction,
                day: article.day,
                words: article.words,
                span: Span::default(),
                media: Vec::new(),
                extras: Vec::new(),
            },
            body: varaq_article::encode(&article.article),
            media,
            prefix_group: u32::try_from(group).unwrap_or(u32::MAX),
        };
        match writer.add(new) {
            Ok(()) => *self.counts.entry(language).or_default() += 1,
            Err(error @ WriteError::Io(_)) => return Err(error.into()),
            Err(error) => {
                let what = format!("does not fit into an issue ({error}): left out");
                self.warnings.push(Warning {
                    file,
                    line: None,
                    what,
                    skipped: true,
                });
            }
        }
        Ok(())
    }
}

/// The writer, once the first articles have told the language of the issue.
fn begin(
    storage: &dyn Storage,
    options: &PackOptions,
    issue: &mut Issue,
    found: &Survey,
    first: &[SourceArticle],
) -> Result<IssueWriter<Stored>, PackError> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for article in first {
        *counts.entry(&article.language).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count);
    let most = most.map_or("en", |(language, _)| *language).to_owned();
    let told = options.language.as_deref().and_then(language_tag);
    issue.language = told.unwrap_or(most);
    issue.sections = found.sections.clone();
    // The lead comes first; one that could not be read does not lead.
    let lead = found.lead();
    issue.lead = lead.filter(|lead| first.iter().any(|article| article.source.id == *lead));
    let folder = folder_of(&options.output).to_owned();
    Ok(IssueWriter::new(issue.clone(), options.format, || {
        storage.scratch(&folder)
    })?)
}
