//! The first look at the sources: which articles there are, and in which order.

use super::choices::ExportOptions;
use super::clean::clean_line;
use super::export::{self, Entry, Export};
use super::front::{self, Front};
use super::identity::{Named, short_hash};
use super::kind::SourceKind;
use super::language;
use super::name_place::NamePlace;
use super::walk::{File, Walk};
use super::warning::Warning;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_bundle::{ArticleId, Day};
use varaq_storage::Storage;

/// Largest source file: the longest article that a bundle can hold.
pub(super) const MAX_SOURCE: u64 = 16 << 20;
/// Most sections of an issue (FORMAT.md 5.1).
const MAX_SECTIONS: usize = 256;

/// How sources are read.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Language of articles that do not tell their own; none: by their letters.
    pub language: Option<String>,
    /// Day of the issue: of articles without a date, and the last day that is not future.
    pub day: Day,
    /// What the sources are; none: by what they hold.
    pub from: Option<SourceKind>,
    /// A folder with copies of pictures that are on the web, as a site's folder of uploads.
    pub media: Option<PathBuf>,
    /// Which element of a saved page is the article (`article`, `.story`, `#text`); none: the
    /// one with most of the words.
    pub selector: Option<String>,
    /// How exports of other programs are read.
    pub exports: ExportOptions,
}

impl ImportOptions {
    /// Everything by what the sources hold.
    #[must_use]
    pub fn new(day: Day) -> ImportOptions {
        ImportOptions {
            language: None,
            day,
            from: None,
            media: None,
            selector: None,
            exports: ExportOptions::default(),
        }
    }
}

/// Why sources cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A source is not there or cannot be read.
    #[error("cannot read source {}", path.display())]
    Source {
        /// The source as it was given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An export is not what it seems to be, or nothing of it can be read.
    #[error("cannot read {} as {kind}: {why}", path.display())]
    Export {
        /// The source as it was given.
        path: PathBuf,
        /// What it was read as.
        kind: SourceKind,
        /// Why.
        why: String,
    },
    /// The folder of pictures is not there.
    #[error("cannot read the folder of pictures {}", path.display())]
    Media {
        /// The folder as it was given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The language given is no language tag.
    #[error("expected a language such as fa or en, found {0}")]
    Language(String),
}

/// An article that will be in the issue, not yet read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its file, relative to the source folder.
    pub file: String,
    /// Its id in the issue.
    pub id: ArticleId,
    /// Shared by translations of one piece.
    pub group: Option<[u8; 8]>,
    /// Index into [`Survey::sections`].
    pub section: u32,
    /// True if its front matter says that it leads.
    pub lead: bool,
    /// Its title above it; empty: it is found when it is read.
    pub(super) title: String,
    pub(super) path: PathBuf,
    pub(super) root: PathBuf,
    pub(super) day: Day,
    /// Language told by front matter, file name, folder or option.
    pub(super) language: Option<String>,
    pub(super) media: Option<Arc<Path>>,
    /// Its place in an export; none: it is a file of its own.
    pub(super) item: Option<Item>,
    /// How many bytes are read for it, its pictures aside.
    pub(super) len_bytes: u64,
}

impl Source {
    /// Its day; the day of the issue if it has none.
    #[must_use]
    pub fn day(&self) -> Day {
        self.day
    }

    /// The language that it, its place or the publisher tells; none: it is known by its letters.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Whether somebody may mean it by these words: its file, its title or its id.
    #[must_use]
    pub fn is_named(&self, words: &str) -> bool {
        let words = words.trim();
        words == self.file || words == self.title || words == self.id.to_string()
    }
}

/// An article of an export.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) export: Arc<dyn Export>,
    pub(super) entry: Entry,
}

/// What there is to pack.
#[derive(Debug, Default)]
pub struct Survey {
    /// Articles in the order of the issue.
    pub sources: Vec<Source>,
    /// Names of the sections; the first article of each decides their order.
    pub sections: Vec<String>,
    /// Everything that was left out so far.
    pub warnings: Vec<Warning>,
}

impl Survey {
    /// The article that leads, if one says so.
    #[must_use]
    pub fn lead(&self) -> Option<ArticleId> {
        let lead = self.sources.iter().find(|source| source.lead);
        lead.map(|source| source.id)
    }
}

/// An article, known by what stands above it.
struct Known {
    file: File,
    front: Front,
    warnings: Vec<Warning>,
    day: Option<u32>,
    language: Option<String>,
    /// Its place without language: folder and stem.
    key: String,
    folder: String,
    skip: Option<String>,
    section_page: bool,
    item: Option<Item>,
    len_bytes: u64,
}

/// Looks through files and folders.
///
/// # Errors
/// If a source is not there. A file that cannot be read is a warning.
pub fn survey(
    storage: &dyn Storage,
    sources: &[PathBuf],
    options: &ImportOptions,
) -> Result<Survey, ImportError> {
    let default = match &options.language {
        None => None,
        Some(given) => {
            let tag = language::tag(given);
            Some(tag.ok_or_else(|| ImportError::Language(given.clone()))?)
        }
    };
    let media = media(storage, options)?;
    let mut walk = Walk::new(storage);
    let mut exports = Vec::new();
    for source in sources {
        let unread = |error| ImportError::Source {
            path: source.clone(),
            source: error,
        };
        let kind = match options.from {
            Some(kind) => kind,
            None => SourceKind::recognise(storage, source).map_err(unread)?,
        };
        match exported(storage, kind, source, options)? {
            Some(export) => exports.push(export),
            None => walk.source(source).map_err(unread)?,
        }
    }
    let mut seen = HashSet::new();
    walk.files.retain(|file| seen.insert(file.path.clone()));
    let mut known: Vec<Known> = walk
        .files
        .into_par_iter()
        .map(|file| look(storage, file, options.day))
        .collect();
    let mut survey = Survey {
        warnings: walk.warnings,
        ..Survey::default()
    };
    for (root, found) in exports {
        survey.warnings.extend(found.warnings);
        for entry in found.entries {
            let export = Arc::clone(&found.export);
            known.push(look_at_entry(&root, Item { export, entry }, options.day));
        }
    }
    let known = once(known, &mut survey.warnings);
    arrange(
        known,
        options,
        default.as_deref(),
        media.as_ref(),
        &mut survey,
    );
    Ok(survey)
}

/// The folder of pictures, resolved.
fn media(storage: &dyn Storage, options: &ImportOptions) -> Result<Option<Arc<Path>>, ImportError> {
    let Some(folder) = &options.media else {
        return Ok(None);
    };
    let resolved = storage.canonical(folder);
    let resolved = resolved.map_err(|source| ImportError::Media {
        path: folder.clone(),
        source,
    })?;
    Ok(Some(Arc::from(resolved)))
}

/// An export and its folder; none: it is for the walk.
fn exported(
    storage: &dyn Storage,
    kind: SourceKind,
    source: &Path,
    options: &ImportOptions,
) -> Result<Option<(PathBuf, export::Surveyed)>, ImportError> {
    let path = storage.canonical(source);
    let path = path.map_err(|error| ImportError::Source {
        path: source.to_owned(),
        source: error,
    })?;
    let found = export::survey(storage, kind, &path, options);
    let found = found.map_err(|why| ImportError::Export {
        path: source.to_owned(),
        kind,
        why,
    })?;
    let root = path.parent().unwrap_or(&path).to_owned();
    Ok(found.map(|found| (root, found)))
}

fn look_at_entry(root: &Path, item: Item, issue: Day) -> Known {
    let entry = &item.entry;
    let mut known = Known {
        file: File {
            name: entry.label.clone(),
            path: root.join(&entry.label),
            root: root.to_owned(),
        },
        front: entry.front(),
        warnings: Vec::new(),
        day: entry.day,
        language: entry.language.clone(),
        key: format!("{}\n{}", entry.label, entry.key),
        folder: String::new(),
        skip: None,
        section_page: false,
        item: None,
        len_bytes: entry.len,
    };
    if known.day.is_some_and(|day| day > issue.0) {
        known.skip = Some("dated after the day of the issue: left out".to_owned());
    } else if known.day.is_none() {
        let what = "no date: the day of the issue was used";
        known.warnings.push(Warning::whole(&known.file.name, what));
    }
    known.item = Some(item);
    known
}

/// The same article from two sources, or twice in one export, appears once: the first stays.
/// It is known by its address, and between sources by title and day.
fn once(known: Vec<Known>, warnings: &mut Vec<Warning>) -> Vec<Known> {
    let mut addresses: HashMap<String, (String, String)> = HashMap::new();
    let mut titles: HashMap<(String, u32, Option<String>), (String, String)> = HashMap::new();
    let mut kept = Vec::new();
    for one in known {
        if one.skip.is_some() || one.section_page {
            kept.push(one);
            continue;
        }
        let own = one.file.name.clone();
        let address = one.front.text(&["address", "canonical", "canonicalURL"]);
        let address = address.as_deref().map(plain_address);
        let title = one.front.text(&["title", "headline"]).unwrap_or_default();
        let title = one
            .day
            .map(|day| (clean_line(&title, 512).0, day, one.language.clone()));
        let title = title.filter(|(words, ..)| !words.is_empty());
        let origin = one.item.as_ref().map_or("", |item| {
            let label = &item.entry.label;
            label
                .rsplit_once('#')
                .map_or(label.as_str(), |(file, _)| file)
        });
        let by_address = address.as_ref().and_then(|address| addresses.get(address));
        // Translations in a folder may name one address.
        let by_address = by_address.filter(|(_, from)| !(from.is_empty() && origin.is_empty()));
        let by_title = title.as_ref().and_then(|title| titles.get(title));
        let by_title = by_title
            .filter(|(_, from)| from != origin)
            .map(|(name, _)| name);
        if let Some(other) = by_address.map(|(name, _)| name).or(by_title) {
            let what = format!("the same article as {other}: left out");
            warnings.push(Warning::skipped(&own, what));
            continue;
        }
        if let Some(address) = address {
            addresses.insert(address, (own.clone(), origin.to_owned()));
        }
        if let Some(title) = title {
            titles.entry(title).or_insert((own, origin.to_owned()));
        }
        kept.push(one);
    }
    kept
}

/// An address without what differs between two ways to write it.
fn plain_address(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let address = address.split('#').next().unwrap_or_default();
    let address = super::page::without_tracking(address);
    address.trim_end_matches('/').to_owned()
}

/// Reads a source file as text.
pub(super) fn read_text(storage: &dyn Storage, path: &Path) -> Result<String, String> {
    let bytes = varaq_storage::read(storage, path, MAX_SOURCE);
    let bytes = bytes.map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => "longer than 16 MiB".to_owned(),
        kind => format!("cannot be read: {kind}"),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let line = good
            .unwrap_or_default()
            .iter()
            .filter(|&&b| b == b'\n')
            .count()
            + 1;
        format!("not UTF-8 (line {line})")
    })
}

fn look(storage: &dyn Storage, file: File, day: Day) -> Known {
    let place = NamePlace::of(&file.name);
    let mut known = Known {
        front: Front::default(),
        warnings: Vec::new(),
        day: None,
        language: None,
        key: place.key,
        folder: place.folder,
        skip: None,
        section_page: place.section_page,
        item: None,
        len_bytes: 0,
        file,
    };
    let text = match read_text(storage, &known.file.path) {
        Ok(text) => text,
        Err(why) => {
            known.skip = Some(format!("{why}: left out"));
            return known;
        }
    };
    known.len_bytes = text.len() as u64;
    let parts = front::split(&text);
    if let Some(flaw) = parts.flaw {
        let what = format!("front matter not understood, only its simple lines were used: {flaw}");
        known.warnings.push(Warning {
            line: Some(1),
            ..Warning::whole(&known.file.name, what)
        });
    }
    let front = parts.front;
    if known.section_page && !parts.body.trim().is_empty() {
        known.skip = Some("text of a section page is no article: left out".to_owned());
    } else if front.is_true("draft") || front.is_false("published") {
        known.skip = Some("draft: left out".to_owned());
    }
    let told = front.text(&["lang", "language", "locale"]);
    known.language = told.as_deref().and_then(language::tag).or(place.language);
    if let (Some(told), None) = (&told, told.as_deref().and_then(language::tag)) {
        let what = format!("language not understood: {told}");
        known.warnings.push(Warning::whole(&known.file.name, what));
    }
    dates(&mut known, &front, place.day, day);
    known.front = front;
    known
}

fn dates(known: &mut Known, front: &Front, from_name: Option<u32>, issue: Day) {
    let told = front.text(&["date", "pubDate", "created", "published_at", "publishDate"]);
    let day = told.as_deref().and_then(front::day);
    if let (Some(told), None) = (&told, day) {
        let told = clean_line(told, 40).0;
        let what = format!("date not understood: {told}");
        known.warnings.push(Warning::whole(&known.file.name, what));
    }
    known.day = day.or(from_name);
    let embargo = front.text(&["publishDate", "publish_date"]);
    let embargo = embargo.as_deref().and_then(front::day);
    let last = known.day.into_iter().chain(embargo).max();
    if known.skip.is_none() && last.is_some_and(|last| last > issue.0) {
        known.skip = Some("dated after the day of the issue: left out".to_owned());
    }
    let expiry = front.text(&["expirydate", "expiry_date", "unpublishdate"]);
    let expired = expiry
        .as_deref()
        .and_then(front::day)
        .is_some_and(|day| day <= issue.0);
    if known.skip.is_none() && expired {
        let what = "its expiry date has passed: packed all the same";
        known.warnings.push(Warning::whole(&known.file.name, what));
    }
    if known.skip.is_none() && known.day.is_none() && !known.section_page {
        let what = "no date: the day of the issue was used";
        known.warnings.push(Warning::whole(&known.file.name, what));
    }
}

fn arrange(
    known: Vec<Known>,
    options: &ImportOptions,
    default: Option<&str>,
    media: Option<&Arc<Path>>,
    out: &mut Survey,
) {
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let mut articles = Vec::new();
    for mut one in known {
        out.warnings.append(&mut one.warnings);
        if one.section_page {
            if let Some(title) = one.front.text(&["title"]) {
                titles
                    .entry(one.folder.clone())
                    .or_insert(clean_line(&title, 256).0);
            }
            if let Some(why) = one.skip {
                out.warnings.push(Warning::skipped(&one.file.name, why));
            }
            continue;
        }
        match one.skip.take() {
            Some(why) => out.warnings.push(Warning::skipped(&one.file.name, why)),
            None => articles.push(one),
        }
    }
    articles.sort_by_cached_key(|one| {
        let weight = one.front.number("weight").filter(|&weight| weight != 0);
        let entry = one.item.as_ref().map(|item| &item.entry);
        let order_day = entry.and_then(|entry| entry.order_day);
        let name = one.file.name.as_str();
        let of_file = entry
            .and_then(|_| Some(name.rsplit_once('#')?.0))
            .unwrap_or(name);
        let of_file = of_file.to_owned();
        (
            !one.front.is_true("lead"),
            weight.unwrap_or(i64::MAX),
            Reverse(order_day.or(one.day).unwrap_or(options.day.0)),
            of_file,
            entry.map_or(0, Entry::number),
            one.file.path.clone(),
        )
    });
    let mut shared: HashMap<String, u32> = HashMap::new();
    let keys: Vec<String> = articles.iter().map(group_key).collect();
    for key in &keys {
        *shared.entry(key.clone()).or_default() += 1;
    }
    let mut ids = HashSet::new();
    for (one, key) in articles.into_iter().zip(keys) {
        let group = (shared.get(&key).copied() > Some(1)).then(|| short_hash("group", &key));
        let section = section(&one, &titles, out);
        let slug = one.front.text(&["slug"]);
        let named = Named {
            file: &one.file.name,
            language: one.language.as_deref().unwrap_or_default(),
            slug: slug.as_deref(),
            key: one.item.as_ref().map(|item| item.entry.key.as_str()),
        };
        let id = named.id(&mut ids, &mut out.warnings);
        out.sources.push(Source {
            id,
            group,
            section,
            lead: one.front.is_true("lead"),
            title: title(&one),
            day: Day(one.day.unwrap_or(options.day.0)),
            language: one.language.or_else(|| default.map(str::to_owned)),
            file: one.file.name,
            path: one.file.path,
            root: one.file.root,
            media: media.cloned(),
            item: one.item,
            len_bytes: one.len_bytes,
        });
    }
}

fn title(one: &Known) -> String {
    let told = one.front.text(&["title", "headline"]);
    clean_line(&told.unwrap_or_default(), 512).0
}

fn group_key(one: &Known) -> String {
    let told = one.front.text(&["translationKey", "translation_key"]);
    told.unwrap_or_else(|| one.key.clone())
}

/// Where an article stands: its own word, else its folder.
fn section(one: &Known, titles: &BTreeMap<String, String>, out: &mut Survey) -> u32 {
    let taxonomies = one.front.inner("taxonomies");
    let told = one.front.text(&["section", "category"]);
    let told = told.or_else(|| one.front.list(&["categories"]).into_iter().next());
    let told = told.or_else(|| taxonomies.list(&["categories"]).into_iter().next());
    let name = told.unwrap_or_else(|| match titles.get(&one.folder) {
        Some(title) => title.clone(),
        None => one.folder.replace(['-', '_'], " "),
    });
    let (name, _) = clean_line(&name, 128);
    if let Some(at) = out.sections.iter().position(|known| *known == name) {
        return at as u32;
    }
    if out.sections.len() >= MAX_SECTIONS {
        let what = format!("more than {MAX_SECTIONS} sections: put into the first one");
        out.warnings.push(Warning::whole(&one.file.name, what));
        return 0;
    }
    out.sections.push(name);
    (out.sections.len() - 1) as u32
}
