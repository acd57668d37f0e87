//! The first pass over an issue: articles come in, one after another, and are spooled.

use crate::catalog::{PAGE_ENTRIES, encode_catalog_page};
use crate::issue::{Issue, MediumSource, NewArticle, NewMedium, PackOptions, WriteError};
use crate::plan::{NO_SECTION, Planned, Slice};
use crate::reuse::Former;
use crate::spool::Spool;
use crate::{
    ArticleId, Content, Counts, Front, Hash, Limits, MAJOR, Manifest, Medium, MediumClass, Notice,
    Part, Span, decode_catalog_page, decode_notices, encode_notices,
};
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, Write};
use varaq_cbor::CborError;

/// Largest encoding of a catalog page: entries are read a page at a time.
const PAGE_BYTES: usize = 256 << 10;

/// Where the bytes of a medium are until they are packed.
pub(crate) enum MediumBytes {
    Spooled(u64),
    Reopen(Box<dyn Fn() -> io::Result<Box<dyn Read>> + Send>),
}

/// A medium on its way into pieces; several articles may show it.
pub(crate) struct PlannedMedium {
    pub(crate) class: MediumClass,
    pub(crate) name: String,
    pub(crate) hash: Hash,
    pub(crate) len: u64,
    pub(crate) bytes: MediumBytes,
    /// Its first piece; known when everything before it is counted.
    pub(crate) piece: u32,
}

/// Packs an issue in two passes. The first, [`add`](IssueWriter::add), only spools; the
/// second, [`finish`](IssueWriter::finish), compresses on all cores and writes the file.
///
/// The same input gives the same bytes, on any number of cores. Memory does not grow with the
/// bytes of the issue, only with the number of its articles, media and text pieces: about
/// 60 bytes for each, and 60 MiB to 180 MiB for compressing, depending on level and cores.
///
/// The issue comes out as an unsigned draft.
pub struct IssueWriter<S> {
    pub(crate) issue: Issue,
    pub(crate) options: PackOptions,
    pub(crate) limits: Limits,
    pub(crate) texts: Spool<S>,
    pub(crate) pictures: Spool<S>,
    pub(crate) entries: Spool<S>,
    pub(crate) articles: Vec<Planned>,
    ids: HashSet<ArticleId>,
    groups: Vec<u32>,
    pub(crate) media: Vec<PlannedMedium>,
    known_media: HashMap<(MediumClass, Hash, u64), u32>,
    /// In their order.
    pub(crate) notices: Vec<Notice>,
    /// Articles of each catalog page.
    pub(crate) pages: Vec<u16>,
    page_bytes: usize,
    pub(crate) raw_media: u64,
    pub(crate) former: Option<Box<dyn Former>>,
    /// Articles by their text, while there is a former issue to look in.
    pub(crate) by_text: HashMap<Hash, usize>,
}

impl<S: Read + Write + Seek> IssueWriter<S> {
    /// Begins an issue. `spool` is called three times, for something empty to write to and read back.
    ///
    /// # Errors
    /// If what the issue says about itself, or an option, is outside its range.
    pub fn new(
        issue: Issue,
        options: PackOptions,
        mut spool: impl FnMut() -> io::Result<S>,
    ) -> Result<IssueWriter<S>, WriteError> {
        let limits = Limits::default();
        check_options(&options, &limits)?;
        check_issue(&issue, &limits)?;
        Ok(IssueWriter {
            issue,
            options,
            limits,
            texts: Spool::new(spool()?),
            pictures: Spool::new(spool()?),
            entries: Spool::new(spool()?),
            articles: Vec::new(),
            ids: HashSet::new(),
            groups: Vec::new(),
            media: Vec::new(),
            known_media: HashMap::new(),
            notices: Vec::new(),
            pages: Vec::new(),
            page_bytes: 0,
            raw_media: 0,
            former: None,
            by_text: HashMap::new(),
        })
    }

    /// Takes over pieces of a former issue that still hold nothing but text of this one,
    /// byte for byte. Call it before the first article; what cannot be read there is
    /// packed anew.
    pub fn reuse<R: Read + Seek + 'static>(&mut self, former: Content<R>) {
        self.former = Some(Box::new(former));
    }

    /// Number of articles so far.
    #[must_use]
    pub fn article_count(&self) -> u32 {
        self.articles.len() as u32
    }

    /// Adds the next article of the catalog.
    ///
    /// # Errors
    /// If its entry, its text or one of its media does not fit the format. The article is
    /// then not in the issue, and the writer may go on with the next one.
    pub fn add(&mut self, article: NewArticle) -> Result<(), WriteError> {
        let number = self.article_count().saturating_add(1);
        let NewArticle {
            mut entry,
            body,
            media,
            prefix_group,
        } = article;
        let len = body.len() as u64;
        if len == 0 || len > self.limits.article_bytes {
            return Err(WriteError::Text { number, len });
        }
        if self.ids.contains(&entry.id) {
            return Err(WriteError::SameId {
                number,
                id: entry.id,
            });
        }
        // Where the text and the media will lie is not known yet. The largest numbers stand
        // for it, so that a page planned now cannot turn out too long.
        entry.span = Span {
            first: u32::MAX,
            offset: u32::MAX,
            len,
        };
        entry.media = media
            .iter()
            .map(|new| Medium {
                span: widest(),
                ..new.medium.clone()
            })
            .collect();
        let alone = encode_catalog_page(std::slice::from_ref(&entry));
        decode_catalog_page(&alone, &self.limits)
            .map_err(|flaw| WriteError::Article { number, flaw })?;
        if entry.section as usize >= self.issue.sections.len() {
            let flaw = CborError::Range {
                at: 0,
                what: "section",
            };
            return Err(WriteError::Article { number, flaw });
        }
        if alone.len() > self.limits.piece_bytes as usize {
            return Err(WriteError::TooMany("media in an article"));
        }
        for (medium, new) in entry.media.iter_mut().zip(media) {
            let index = self.add_medium(new)?;
            let len = self
                .media
                .get(index as usize)
                .map_or(0, |medium| medium.len);
            // Until the second pass `first` is the place in the list of media.
            medium.span = Span {
                first: index,
                offset: 0,
                len,
            };
        }
        self.plan_page(alone.len());
        let encoded = encode_catalog_page(std::slice::from_ref(&entry));
        self.entries.append(&(encoded.len() as u32).to_be_bytes())?;
        self.entries.append(&encoded)?;
        let text = Slice {
            offset: self.texts.append(&body)?,
            len: len as u32,
        };
        let section = self.group(prefix_group);
        if self.former.is_some() {
            let number = self.articles.len();
            self.by_text.entry(Hash::of(&body)).or_insert(number);
        }
        self.articles.push(Planned {
            text,
            section,
            piece: u32::MAX,
            at: 0,
        });
        self.ids.insert(entry.id);
        Ok(())
    }

    /// Adds notices, in any order. They are packed sorted, in pieces of their own.
    ///
    /// # Errors
    /// If one breaks a rule of FORMAT.md section 5.4 or is about another channel, two have one
    /// [`key`](Notice::key), or all are more than 4,096. None of them is then added.
    pub fn add_notices(&mut self, notices: Vec<Notice>) -> Result<(), WriteError> {
        let mut all = self.notices.clone();
        all.extend(notices);
        all.sort_by(|one, other| one.key().cmp(&other.key()));
        if all.len() > self.limits.notices {
            return Err(WriteError::TooMany("notices"));
        }
        for notice in &all {
            check_notice(notice, &self.issue.channel)?;
        }
        if let Some([_, twice]) = all.array_windows().find(|[a, b]| a.key() == b.key()) {
            return Err(WriteError::SameNotice(twice.article));
        }
        self.notices = all;
        Ok(())
    }

    /// True if an article with that id was added.
    #[must_use]
    pub fn contains(&self, id: ArticleId) -> bool {
        self.ids.contains(&id)
    }

    fn group(&mut self, key: u32) -> u8 {
        let known = self.groups.iter().position(|&group| group == key);
        let position = known.unwrap_or_else(|| {
            if self.groups.len() < NO_SECTION.into() {
                self.groups.push(key);
                self.groups.len().saturating_sub(1)
            } else {
                NO_SECTION.into()
            }
        });
        u8::try_from(position).unwrap_or(NO_SECTION)
    }

    /// Counts an entry of at most `bytes` bytes into the open catalog page, or into a new one.
    fn plan_page(&mut self, bytes: usize) {
        let most = self.options.page_entries;
        match self.pages.last_mut() {
            Some(count) if *count < most && self.page_bytes.saturating_add(bytes) <= PAGE_BYTES => {
                *count = count.saturating_add(1);
                self.page_bytes = self.page_bytes.saturating_add(bytes);
            }
            _ => {
                self.pages.push(1);
                self.page_bytes = bytes;
            }
        }
    }

    /// Spools or hashes a medium and returns its place in the list; one that is there already
    /// is not packed again.
    fn add_medium(&mut self, new: NewMedium) -> Result<u32, WriteError> {
        let NewMedium { medium, source } = new;
        let (hash, len) = match &source {
            MediumSource::Bytes(bytes) => (Hash::of(bytes), bytes.len() as u64),
            MediumSource::Reopen(open) => hash_reader(&mut *open()?, self.limits.medium_bytes)?,
        };
        if len == 0 || len > self.limits.medium_bytes {
            return Err(WriteError::Medium {
                name: medium.name,
                len,
            });
        }
        let key = (medium.class, hash, len);
        if let Some(&known) = self.known_media.get(&key) {
            return Ok(known);
        }
        let bytes = match source {
            MediumSource::Bytes(bytes) => MediumBytes::Spooled(self.pictures.append(&bytes)?),
            MediumSource::Reopen(open) => MediumBytes::Reopen(open),
        };
        let index = u32::try_from(self.media.len()).map_err(|_| WriteError::TooMany("media"))?;
        self.raw_media = self.raw_media.saturating_add(len);
        let (class, name) = (medium.class, medium.name);
        self.media.push(PlannedMedium {
            class,
            name,
            hash,
            len,
            bytes,
            piece: 0,
        });
        self.known_media.insert(key, index);
        Ok(index)
    }
}

/// The span with the longest encoding.
fn widest() -> Span {
    Span {
        first: u32::MAX,
        offset: u32::MAX,
        len: u64::from(u32::MAX) >> 4,
    }
}

/// Hash and length of what a reader gives; stops soon after `most` bytes.
fn hash_reader(reader: &mut dyn Read, most: u64) -> io::Result<(Hash, u64)> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    let mut len = 0u64;
    while len <= most {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hasher.update(buffer.get(..read).unwrap_or_default());
                len = len.saturating_add(read as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((Hash(*hasher.finalize().as_bytes()), len))
}

fn check_options(options: &PackOptions, limits: &Limits) -> Result<(), WriteError> {
    if !(1..=limits.piece_bytes).contains(&options.piece_bytes) {
        return Err(WriteError::Option("piece size"));
    }
    if options.prefix_bytes > limits.piece_bytes {
        return Err(WriteError::Option("prefix size"));
    }
    if !(1..=22).contains(&options.level) {
        return Err(WriteError::Option("level"));
    }
    if !(1..=PAGE_ENTRIES).contains(&options.page_entries.into()) {
        return Err(WriteError::Option("catalog page size"));
    }
    Ok(())
}

/// Finds out at once what would otherwise fail after an hour of packing.
fn check_issue(issue: &Issue, limits: &Limits) -> Result<(), WriteError> {
    if issue.own.is_empty() || issue.own.len() > limits.own_bytes as usize {
        return Err(WriteError::Own {
            len: issue.own.len(),
        });
    }
    if issue.notes.len() > limits.notes_bytes as usize {
        return Err(WriteError::TooLong(Part::Notes));
    }
    let manifest = skeleton(issue);
    Manifest::decode(&manifest.encode()).map_err(WriteError::Issue)?;
    let front = Front {
        title: issue.title.clone(),
        language: issue.language.clone(),
        sections: issue.sections.clone(),
        lead: issue.lead,
        article_count: 1,
        first: Vec::new(),
        directory: vec![1],
        extras: Vec::new(),
    };
    Front::decode(&front.encode(), 1, limits).map_err(WriteError::Issue)?;
    Ok(())
}

fn check_notice(notice: &Notice, channel: &str) -> Result<(), WriteError> {
    let article = notice.article;
    if notice.issue.channel != channel {
        let (at, what) = (0, "channel");
        let flaw = CborError::Range { at, what };
        return Err(WriteError::Notice { article, flaw });
    }
    match decode_notices(&encode_notices(std::slice::from_ref(notice))) {
        Ok(_) => Ok(()),
        Err(flaw) => Err(WriteError::Notice { article, flaw }),
    }
}

/// The manifest of an issue before anything is packed.
pub(crate) fn skeleton(issue: &Issue) -> Manifest {
    Manifest {
        format: u64::from(MAJOR),
        publisher: issue.publisher,
        channel: issue.channel.clone(),
        epoch: issue.epoch,
        number: issue.number,
        prev: issue.prev,
        day: issue.day,
        root: issue.root,
        piece_count: 2,
        stored_total: 0,
        raw_total: 0,
        index: Hash([0; 32]),
        counts: Counts {
            notices: 0,
            catalog: 1,
        },
        prefixes: Vec::new(),
        extras: Vec::new(),
    }
}
