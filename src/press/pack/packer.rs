//! Articles on their way from a survey into a writer.

use super::{PackError, PackOptions, PackStep, Progress, Refusal, Removed, on_disk};
use crate::disk::Stored;
use crate::import::{SourceArticle, Survey, Warning, batch, language_tag};
use crate::preflight::{Finding, Preflight};
use crate::store::PictureStore;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use varaq_bundle::{
    Bundle, Content, Entry, Hash, HeadError, Issue, IssueWriter, Limits, NewArticle, NewMedium,
    Span, WriteError, encode_catalog_page,
};
use varaq_storage::{Storage, folder_of};

/// What a file has beside articles: head, slack, the beginnings of tables.
const FIXED: u64 = 12 << 10;
/// Bytes of a row of TABLE.
const ROW: u64 = 44;

pub(super) struct Packer<'s> {
    pub(super) storage: &'s dyn Storage,
    pub(super) options: &'s PackOptions,
    found: Arc<Survey>,
    store: PictureStore,
    preflight: Preflight,
    names: Vec<String>,
    pub(super) warnings: Vec<Warning>,
    /// Primary languages in order of appearance: each shares a prefix.
    languages: Vec<String>,
    pub(super) counts: BTreeMap<String, u32>,
    /// Pictures of the issue, by their number in the store.
    pub(super) shown: HashSet<usize>,
    pub(super) removed: Removed,
    /// Bytes that may still be filled; none: any number.
    room: Option<u64>,
    /// Something was left out for want of room.
    pub(super) cut: bool,
}

impl<'s> Packer<'s> {
    /// `names` are the publisher's.
    pub(super) fn new(
        storage: &'s dyn Storage,
        options: &'s PackOptions,
        found: Survey,
        scratch: Stored,
        names: Vec<String>,
    ) -> Packer<'s> {
        Packer {
            storage,
            options,
            found: Arc::new(found),
            store: PictureStore::new(scratch),
            preflight: Preflight::new(options.rules.clone(), names.clone()),
            names,
            warnings: Vec::new(),
            languages: Vec::new(),
            counts: BTreeMap::new(),
            shown: HashSet::new(),
            removed: Removed::default(),
            room: None,
            cut: false,
        }
    }

    /// Reads every article that there is room for into a writer. Pictures that are encoded
    /// stay so for the next time.
    pub(super) fn fill(
        &mut self,
        issue: &Issue,
        room: Option<u64>,
        progress: &mut Progress<'_>,
    ) -> Result<IssueWriter<Stored>, PackError> {
        self.begin(issue, room);
        let found = Arc::clone(&self.found);
        let total = found.sources.len() as u64;
        let mut writer: Option<IssueWriter<Stored>> = None;
        let mut done = 0;
        let mut rest = found.sources.as_slice();
        while !rest.is_empty() {
            let (now, after) = rest.split_at(batch(rest));
            rest = after;
            let articles = self.read(now);
            self.pictures(&articles)?;
            if writer.is_none() && !articles.is_empty() {
                writer = Some(self.writer(issue, &articles)?);
            }
            if let Some(writer) = &mut writer {
                for article in articles {
                    self.take(writer, article)?;
                }
            }
            done += now.len() as u64;
            if progress(PackStep::Reading { done, total }).is_break() {
                return Err(PackError::Cancelled);
            }
        }
        self.report();
        self.refuse()?;
        match writer {
            Some(writer) if writer.article_count() > 0 => Ok(writer),
            _ => Err(PackError::Nothing(std::mem::take(&mut self.warnings))),
        }
    }

    /// What was found, and how much more.
    pub(super) fn take_findings(&mut self) -> (Vec<Finding>, u64) {
        let fresh = Preflight::new(self.options.rules.clone(), self.names.clone());
        std::mem::replace(&mut self.preflight, fresh).finish()
    }

    fn begin(&mut self, issue: &Issue, room: Option<u64>) {
        let head = (issue.own.len() + issue.notes.len()) as u64 + FIXED;
        self.room = room.map(|room| room.saturating_sub(head));
        self.cut = false;
        self.warnings.clone_from(&self.found.warnings);
        self.languages.clear();
        self.counts.clear();
        self.shown.clear();
        self.removed = Removed::default();
        self.take_findings();
        self.preflight.issue(&issue.title, &self.found.sections);
    }

    fn read(&mut self, batch: &[crate::import::Source]) -> Vec<SourceArticle> {
        let storage = self.storage;
        let read: Vec<_> = batch
            .par_iter()
            .map(|source| source.read(storage))
            .collect();
        let mut articles = Vec::new();
        for one in read {
            match one {
                Ok(article) => articles.push(article),
                Err(warning) => self.warnings.push(warning),
            }
        }
        articles
    }

    /// Encodes the pictures of a batch that are not known yet.
    fn pictures(&mut self, articles: &[SourceArticle]) -> Result<(), PackError> {
        let paths = articles.iter().flat_map(|article| &article.pictures);
        let stored = self.store.add(self.storage, paths);
        stored.map_err(on_disk(self.options))
    }

    /// The writer, once the first articles have told the language of the issue.
    fn writer(
        &self,
        issue: &Issue,
        first: &[SourceArticle],
    ) -> Result<IssueWriter<Stored>, PackError> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for article in first {
            *counts.entry(&article.language).or_default() += 1;
        }
        let most = counts.iter().max_by_key(|(_, count)| **count);
        let most = most.map_or("en", |(language, _)| *language).to_owned();
        let told = self.options.language.as_deref().and_then(language_tag);
        let mut issue = issue.clone();
        issue.language = told.unwrap_or(most);
        issue.sections.clone_from(&self.found.sections);
        // The lead comes first; one that could not be read does not lead.
        let lead = self.found.lead();
        issue.lead = lead.filter(|lead| first.iter().any(|article| article.source.id == *lead));
        let (storage, folder) = (self.storage, folder_of(&self.options.output));
        let publisher = issue.publisher;
        let mut writer = IssueWriter::new(issue, self.options.format, || storage.scratch(folder))?;
        if let Some(path) = &self.options.previous {
            writer.reuse(previous(storage, path, publisher)?);
        }
        Ok(writer)
    }

    /// Looks through an article and adds it, if there is room.
    fn take(
        &mut self,
        writer: &mut IssueWriter<Stored>,
        mut article: SourceArticle,
    ) -> Result<(), PackError> {
        let entry = entry(&article);
        if !self.has_room(&mut article, &entry) {
            return Ok(());
        }
        self.preflight.article(&article);
        self.preflight.warnings(&article.warnings);
        self.warnings.append(&mut article.warnings);
        self.pass_pictures(&article);
        if self.options.rules.no_bylines && !article.byline.is_empty() {
            article.byline.clear();
            self.removed.bylines += 1;
        }
        let before = self.warnings.len();
        let media = self.store.media(&mut article, &mut self.warnings);
        let media = media.map_err(WriteError::Io)?;
        self.preflight
            .warnings(self.warnings.get(before..).unwrap_or_default());
        let entry = Entry {
            byline: article.byline.clone(),
            ..entry
        };
        self.add(writer, &article, entry, media)
    }

    fn add(
        &mut self,
        writer: &mut IssueWriter<Stored>,
        article: &SourceArticle,
        entry: Entry,
        media: Vec<NewMedium>,
    ) -> Result<(), PackError> {
        let new = NewArticle {
            entry,
            body: varaq_article::encode(&article.article),
            media,
            prefix_group: self.group(&article.language),
        };
        match writer.add(new) {
            Ok(()) => *self.counts.entry(article.language.clone()).or_default() += 1,
            Err(error @ WriteError::Io(_)) => return Err(error.into()),
            Err(error) => {
                let what = format!("does not fit into an issue ({error}): left out");
                self.leave_out(article, what, true);
            }
        }
        Ok(())
    }

    fn group(&mut self, language: &str) -> u32 {
        let primary = language.split('-').next().unwrap_or_default();
        let known = self.languages.iter().position(|one| one == primary);
        let group = known.unwrap_or_else(|| {
            self.languages.push(primary.to_owned());
            self.languages.len() - 1
        });
        u32::try_from(group).unwrap_or(u32::MAX)
    }

    /// Whether an article still fits. Its pictures go before its words do, and the words of
    /// the lead, and of the first article, always stay.
    fn has_room(&mut self, article: &mut SourceArticle, entry: &Entry) -> bool {
        let Some(room) = self.room else { return true };
        let words = self.words_cost(article, entry);
        let pictures = self.pictures_cost(article);
        if words + pictures <= room {
            self.room = Some(room - words - pictures);
            return true;
        }
        self.cut = true;
        if words > room && !article.source.lead && !self.counts.is_empty() {
            self.leave_out(article, "no room: left out".to_owned(), true);
            return false;
        }
        self.room = Some(room.saturating_sub(words));
        let count = article.pictures.len();
        if count > 0 {
            PictureStore::words_only(article);
            self.leave_out(
                article,
                format!("no room for its pictures: {count} left out"),
                false,
            );
        }
        true
    }

    /// About what the words take in the file: half of their bytes, and the entry.
    fn words_cost(&self, article: &SourceArticle, entry: &Entry) -> u64 {
        let text = varaq_article::encode(&article.article).len() as u64;
        let entry = encode_catalog_page(std::slice::from_ref(entry)).len() as u64;
        text / 2 + entry
    }

    /// What its pictures add that no article before it has.
    fn pictures_cost(&self, article: &SourceArticle) -> u64 {
        let mut own = HashSet::new();
        let known = article
            .pictures
            .iter()
            .filter_map(|one| self.store.known(one));
        let new = known.filter(|one| !self.shown.contains(&one.number) && own.insert(one.number));
        new.map(|one| one.len + ROW * (1 + (one.len >> 20)) + 24)
            .sum()
    }

    /// Notes which pictures are shown, and what their files told.
    fn pass_pictures(&mut self, article: &SourceArticle) {
        for picture in &article.pictures {
            let Some(known) = self.store.known(picture) else {
                continue;
            };
            let name = picture.file().and_then(|path| path.file_name());
            if let Some(name) = name {
                let name = name.to_string_lossy();
                self.preflight
                    .picture(&article.source.file, &name, known.traces);
            }
            if self.shown.insert(known.number) {
                self.removed.names += usize::from(name.is_some());
                for trace in known.traces {
                    *self.removed.pictures.entry(*trace).or_default() += 1;
                }
            }
        }
    }

    fn leave_out(&mut self, article: &SourceArticle, what: String, skipped: bool) {
        let (file, line) = (article.source.file.clone(), None);
        self.warnings.push(Warning {
            file,
            line,
            what,
            skipped,
        });
    }

    /// Counts what was removed from pages, and gives scripts the survey's warnings.
    fn report(&mut self) {
        let tells = |one: &&Warning| one.what.starts_with("tracking parameters");
        self.removed.tracking = self.warnings.iter().filter(tells).count();
        let found = Arc::clone(&self.found);
        // Not of articles that were not chosen.
        let files: HashSet<&str> = found.sources.iter().map(|one| one.file.as_str()).collect();
        let chosen = found
            .warnings
            .iter()
            .filter(|one| files.contains(one.file.as_str()));
        self.preflight
            .warnings(&chosen.cloned().collect::<Vec<_>>());
    }

    fn refuse(&mut self) -> Result<(), PackError> {
        if !self.preflight.refuses() {
            return Ok(());
        }
        let (findings, more_findings) = self.take_findings();
        Err(PackError::Preflight(Box::new(Refusal {
            findings,
            more_findings,
            warnings: std::mem::take(&mut self.warnings),
            removed: std::mem::take(&mut self.removed),
        })))
    }
}

/// The former issue, whose pieces are taken over where they hold the very same texts.
fn previous(
    storage: &dyn Storage,
    path: &Path,
    publisher: Hash,
) -> Result<Content<Stored>, PackError> {
    let unread = |source| PackError::Previous {
        path: path.to_owned(),
        source,
    };
    let file = storage
        .open(path)
        .map_err(|error| unread(HeadError::Io(error)))?;
    let bundle = Bundle::open(file, &Limits::default()).map_err(unread)?;
    #[expect(
        clippy::disallowed_methods,
        reason = "nothing of it is shown: only bytes that decode to this issue's own texts are taken"
    )]
    let content = bundle
        .into_content()
        .map_err(|_| PackError::NotPrevious(path.to_owned()))?;
    if content.manifest().publisher != publisher {
        return Err(PackError::NotPrevious(path.to_owned()));
    }
    Ok(content)
}

/// Its entry in the catalog, without media.
fn entry(article: &SourceArticle) -> Entry {
    Entry {
        id: article.source.id,
        version: 1,
        group: article.source.group,
        title: article.title.clone(),
        byline: article.byline.clone(),
        section: article.source.section,
        language: article.language.clone(),
        direction: article.direction,
        day: article.day,
        words: article.words,
        span: Span::default(),
        media: Vec::new(),
        extras: Vec::new(),
    }
}
