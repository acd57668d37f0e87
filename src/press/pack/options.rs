//! What to pack and what was packed.

use crate::import::{ExportOptions, SourceKind, Warning};
use crate::preflight::{Finding, Rules};
use crate::select::Selection;
use crate::traces::Trace;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use varaq_bundle::{Day, Hash};

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
    /// How exports of other programs are read.
    pub exports: ExportOptions,
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
    /// A former issue, whose pieces are taken over where they hold the same texts.
    pub previous: Option<PathBuf>,
    /// NOTES: what it carries about other publishers.
    pub notes: Vec<u8>,
    /// What is meant to be in it although it could identify somebody.
    pub rules: Rules,
    /// Which articles, and in which order.
    pub selection: Selection,
    /// Becomes true when somebody asks to stop; for the time before there is progress to tell.
    pub stop: Arc<AtomicBool>,
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
            exports: ExportOptions::default(),
            output,
            publisher,
            channel: "main".to_owned(),
            number,
            day,
            language: None,
            title: String::new(),
            previous: None,
            notes: Vec::new(),
            stop: Arc::default(),
            rules: Rules::default(),
            selection: Selection::default(),
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
    /// What the preflight found, and the publisher allowed or only was warned of.
    pub findings: Vec<Finding>,
    /// Findings beyond those that are kept.
    pub more_findings: u64,
    /// What was removed.
    pub removed: Removed,
}

/// The privacy report: what the sources told, and the issue does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Kinds of metadata, each with the number of different pictures that had it.
    pub pictures: BTreeMap<Trace, usize>,
    /// Names of picture files; an issue names pictures by their content.
    pub names: usize,
    /// Bylines that were left out.
    pub bylines: usize,
    /// Articles with links that had tracking parameters.
    pub tracking: usize,
}
