//! Pictures on their way into an issue: each encoded once, kept on disk until it is packed.

use crate::disk::Stored as Scratch;
use crate::import::{Inside, PictureSource, SourceArticle, Warning};
use crate::picture::{Picture, PictureError, picture, read_file, read_inside};
use crate::traces::{Trace, traces};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use varaq_article::{Block, Inline, Role};
use varaq_bundle::{Medium, MediumClass, MediumSource, NewMedium, Span};
use varaq_storage::Storage;

/// Pictures that are encoded at once: each may hold some megabytes.
const BATCH: usize = 16;

/// Where an encoded picture lies.
#[derive(Clone, Debug)]
struct Stored {
    at: u64,
    len: u64,
    media_type: &'static str,
    width: u32,
    height: u32,
    name: String,
    /// What its file told beside its pixels.
    traces: BTreeSet<Trace>,
}

/// What a picture adds to an issue, and what its file told.
pub(crate) struct Known<'s> {
    /// Which picture: the same for one picture under two names.
    pub(crate) number: usize,
    pub(crate) len: u64,
    pub(crate) traces: &'s BTreeSet<Trace>,
}

/// How a picture is known again without its bytes.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Place {
    File(PathBuf),
    Content([u8; 32]),
    Inside(Inside),
}

fn place(picture: &PictureSource) -> Place {
    match picture {
        PictureSource::File(path) => Place::File(path.clone()),
        PictureSource::Inside(inside) => Place::Inside(inside.clone()),
        PictureSource::Bytes(bytes) => Place::Content(*blake3::hash(bytes).as_bytes()),
    }
}

/// Encoded pictures in a file without a name.
pub(crate) struct PictureStore {
    file: Scratch,
    end: u64,
    /// By the hash of the source file.
    by_content: HashMap<[u8; 32], usize>,
    by_place: HashMap<Place, Result<usize, String>>,
    stored: Vec<Stored>,
}

impl PictureStore {
    pub(crate) fn new(file: Scratch) -> PictureStore {
        PictureStore {
            file,
            end: 0,
            by_content: HashMap::new(),
            by_place: HashMap::new(),
            stored: Vec::new(),
        }
    }

    /// Encodes those of `paths` that are not known yet, on all cores.
    pub(crate) fn add<'p>(
        &mut self,
        storage: &dyn Storage,
        pictures: impl Iterator<Item = &'p PictureSource>,
    ) -> io::Result<()> {
        let mut seen = HashSet::new();
        let new = pictures.map(|picture| (place(picture), picture));
        let new: Vec<(Place, &PictureSource)> = new
            .filter(|(place, _)| !self.by_place.contains_key(place) && seen.insert(place.clone()))
            .collect();
        for batch in new.chunks(BATCH) {
            let read: Vec<_> = batch
                .par_iter()
                .map(|(_, picture)| {
                    let bytes = match picture {
                        PictureSource::File(path) => Cow::Owned(read_file(storage, path)?),
                        PictureSource::Bytes(bytes) => Cow::Borrowed(&**bytes),
                        PictureSource::Inside(inside) => Cow::Owned(read_inside(storage, inside)?),
                    };
                    let hash = *blake3::hash(&bytes).as_bytes();
                    Ok::<_, PictureError>((hash, bytes))
                })
                .collect();
            // One picture under two names is encoded once.
            let mut fresh = HashSet::new();
            let encoded: Vec<_> = read
                .iter()
                .map(|one| match one {
                    Ok((hash, _)) => !self.by_content.contains_key(hash) && fresh.insert(*hash),
                    Err(_) => false,
                })
                .collect::<Vec<bool>>()
                .into_par_iter()
                .zip(read)
                .map(|(new, one)| match one {
                    Ok((hash, bytes)) if new => {
                        let encoded = picture(&bytes).map(|new| (new, traces(&bytes)));
                        (Ok(hash), Some(encoded))
                    }
                    Ok((hash, _)) => (Ok(hash), None),
                    Err(error) => (Err(error), None),
                })
                .collect();
            let mut failed: HashMap<[u8; 32], String> = HashMap::new();
            for ((place, _), (hash, encoded)) in batch.iter().zip(encoded) {
                let kept = match (hash, encoded) {
                    (Err(error), _) => Err(error.to_string()),
                    (Ok(hash), Some(Err(error))) => {
                        failed.insert(hash, error.to_string());
                        Err(error.to_string())
                    }
                    (Ok(hash), Some(Ok((new, traces)))) => {
                        let at = self.keep(new, traces)?;
                        self.by_content.insert(hash, at);
                        Ok(at)
                    }
                    (Ok(hash), None) => match self.by_content.get(&hash) {
                        Some(at) => Ok(*at),
                        None => Err(failed.get(&hash).cloned().unwrap_or_default()),
                    },
                };
                self.by_place.insert(place.clone(), kept);
            }
        }
        Ok(())
    }

    /// What is known of a picture; none if it cannot be shown.
    pub(crate) fn known(&self, picture: &PictureSource) -> Option<Known<'_>> {
        let Some(Ok(number)) = self.by_place.get(&place(picture)) else {
            return None;
        };
        let stored = self.stored.get(*number)?;
        Some(Known {
            number: *number,
            len: stored.len,
            traces: &stored.traces,
        })
    }

    /// Takes the pictures out of an article: their words stay.
    pub(crate) fn words_only(article: &mut SourceArticle) {
        article.pictures.clear();
        renumber(&mut article.article.blocks, &[]);
    }

    fn keep(&mut self, new: Picture, traces: BTreeSet<Trace>) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&new.bytes)?;
        let len = new.bytes.len() as u64;
        // Named by content: the file's own name could tell a camera, a person or a day.
        let hash = blake3::hash(&new.bytes).to_hex();
        let ending = if new.media_type == "image/png" {
            "png"
        } else {
            "jpg"
        };
        let short: String = hash.chars().take(12).collect();
        self.stored.push(Stored {
            at: self.end,
            len,
            media_type: new.media_type,
            width: new.width,
            height: new.height,
            name: format!("{short}.{ending}"),
            traces,
        });
        self.end += len;
        Ok(self.stored.len() - 1)
    }

    /// The media of an article. A picture that cannot be shown becomes its words, and the
    /// numbers of the others close the gap.
    pub(crate) fn media(
        &mut self,
        article: &mut SourceArticle,
        warnings: &mut Vec<Warning>,
    ) -> io::Result<Vec<NewMedium>> {
        let mut media = Vec::new();
        let mut numbers = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for picture in &article.pictures {
            match self.by_place.get(&place(picture)) {
                Some(Ok(at)) => {
                    // One picture under two names is one medium.
                    let known = places.iter().position(|place| place == at);
                    let number = known.unwrap_or_else(|| {
                        places.push(*at);
                        places.len() - 1
                    });
                    numbers.push(u32::try_from(number).ok());
                }
                other => {
                    let why = match other {
                        Some(Err(why)) => why.as_str(),
                        _ => "not read",
                    };
                    let name = picture.file().and_then(|path| path.file_name());
                    let name = name
                        .unwrap_or(OsStr::new("inside its source"))
                        .to_string_lossy();
                    warnings.push(Warning {
                        file: article.source.file.clone(),
                        line: None,
                        what: format!("picture left out, {why}: {name}"),
                        skipped: false,
                    });
                    numbers.push(None);
                }
            }
        }
        for at in places {
            if let Some(stored) = self.stored.get(at).cloned() {
                media.push(self.medium(stored)?);
            }
        }
        renumber(&mut article.article.blocks, &numbers);
        Ok(media)
    }

    fn medium(&mut self, stored: Stored) -> io::Result<NewMedium> {
        self.file.seek(SeekFrom::Start(stored.at))?;
        let mut bytes = Vec::new();
        (&mut self.file as &mut dyn Read)
            .take(stored.len)
            .read_to_end(&mut bytes)?;
        Ok(NewMedium {
            medium: Medium {
                class: MediumClass::Picture,
                media_type: stored.media_type.to_owned(),
                name: stored.name,
                span: Span::default(),
                width: stored.width,
                height: stored.height,
            },
            source: MediumSource::Bytes(bytes),
        })
    }
}

/// Gives pictures their new numbers; those without one become their words.
fn renumber(blocks: &mut [Block], numbers: &[Option<u32>]) {
    for block in blocks {
        match block {
            Block::Image {
                medium,
                alt,
                caption,
            } => {
                let index = usize::try_from(*medium).unwrap_or(usize::MAX);
                match numbers.get(index).copied().flatten() {
                    Some(number) => *medium = number,
                    None => {
                        let mut text = Vec::new();
                        if !alt.is_empty() {
                            text.push(Inline::Text(format!("[{alt}]")));
                        }
                        if !alt.is_empty() && !caption.is_empty() {
                            text.push(Inline::Text(" ".to_owned()));
                        }
                        text.append(caption);
                        *block = Block::Paragraph {
                            role: Role::Attribution,
                            text,
                        };
                    }
                }
            }
            Block::Quote(blocks)
            | Block::Footnote { blocks, .. }
            | Block::Other {
                fallback: blocks, ..
            } => renumber(blocks, numbers),
            Block::List { items, .. } => items.iter_mut().for_each(|item| renumber(item, numbers)),
            _ => {}
        }
    }
}
