//! Where the pictures of an article are, and which of them may be taken.
//!
//! A path in an article is somebody's words: `../../private/photo.jpg` in a guest's
//! text must not put that photo into an issue. A picture is taken only from inside
//! the source folder, or from a picture folder beside it.

use super::archive::{self, Member};
use super::export::{Entry, Export};
use super::page::is_picture_name;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use varaq_storage::{Facts, Storage};

/// Names of folders that hold pictures, in the source folder or beside an article.
const FOLDERS: [&str; 10] = [
    "static", "assets", "images", "media", "img", "pictures", "uploads", "public", "files",
    "content",
];

/// Folders outside the source folder, beside it, that may be read.
const BESIDE: [&str; 7] = [
    "images", "static", "assets", "media", "img", "pictures", "uploads",
];

/// Where the bytes of a picture are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum PictureSource {
    /// In a file.
    File(PathBuf),
    /// In an article's own source, which is not kept open.
    Bytes(Arc<[u8]>),
    /// In an archive.
    Inside(Inside),
}

/// A picture in an archive, unpacked when it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inside {
    pub(super) archive: PathBuf,
    pub(super) member: Member,
}

impl Inside {
    /// Unpacks it: at most `most` bytes.
    ///
    /// # Errors
    /// Why it cannot be unpacked, in words.
    pub fn read(&self, storage: &dyn Storage, most: u64) -> Result<Vec<u8>, String> {
        archive::read(storage, &self.archive, &self.member, most)
    }
}

impl PictureSource {
    /// Its file, if it has one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            PictureSource::File(path) => Some(path),
            PictureSource::Bytes(_) | PictureSource::Inside(_) => None,
        }
    }
}

impl fmt::Debug for PictureSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureSource::File(path) => write!(f, "File({})", path.display()),
            PictureSource::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            PictureSource::Inside(inside) => write!(f, "Inside({})", inside.member.name),
        }
    }
}

/// What became of a picture's path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The file.
    File(PathBuf),
    /// Its bytes, from inside the source.
    Bytes(Arc<[u8]>),
    /// It lies in an archive.
    Inside(Inside),
    /// It is on some server.
    Remote,
    /// It is not there, or may not be taken; why.
    Missing(String),
}

/// Where to look for the pictures of one article.
#[derive(Debug)]
pub(super) struct Places<'a> {
    pub(super) storage: &'a dyn Storage,
    /// The source folder, resolved.
    pub(super) root: &'a Path,
    /// Folder of the article.
    pub(super) folder: &'a Path,
    /// A folder of uploads, resolved: what is on the web may lie here too.
    pub(super) media: Option<&'a Path>,
    /// The export that the article is in.
    pub(super) export: Option<(&'a dyn Export, &'a Entry)>,
}

impl Places<'_> {
    /// Finds the picture that an article names.
    pub(super) fn find(&self, source: &str) -> Found {
        let source = source.trim();
        if let Some((export, entry)) = self.export
            && let Some(found) = export.picture(self.storage, entry, source)
        {
            return found;
        }
        let found = self.named(source);
        match found {
            Found::File(_) | Found::Bytes(_) | Found::Inside(_) => found,
            other => self.uploaded(source).unwrap_or(other),
        }
    }

    /// The copy of a picture in the folder of uploads: its address without as many folders
    /// from the front as needed, and without a size at its end (`-300x200`).
    fn uploaded(&self, source: &str) -> Option<Found> {
        let media = self.media?;
        let path = source.split(['?', '#']).next().unwrap_or_default();
        let path = decoded(path.split_once("://").map_or(path, |(_, rest)| rest));
        if path.contains('\0') || !is_picture_name(&path) {
            return None;
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let starts = (0..parts.len()).take(16);
        starts.into_iter().find_map(|start| {
            let inner = parts.get(start..)?.join("/");
            [without_size(&inner), Some(inner)]
                .into_iter()
                .flatten()
                .find_map(|name| {
                    let resolved = self.storage.canonical(&media.join(name)).ok()?;
                    let file = matches!(self.storage.facts(&resolved), Ok(Facts::File { .. }));
                    (file && resolved.starts_with(media)).then_some(Found::File(resolved))
                })
        })
    }

    fn named(&self, source: &str) -> Found {
        let lower = source.to_ascii_lowercase();
        if lower.starts_with("http:") || lower.starts_with("https:") || source.starts_with("//") {
            return Found::Remote;
        }
        if lower.starts_with("data:") {
            return Found::Missing("it is written into the text".to_owned());
        }
        let path = source.split(['?', '#']).next().unwrap_or_default();
        let path = decoded(path);
        if path.is_empty() || path.contains('\0') {
            return Found::Missing("it has no address".to_owned());
        }
        if lower.contains(".svg") {
            return Found::Missing("drawings in SVG are not carried".to_owned());
        }
        if !is_picture_name(&path) {
            return Found::Missing("its name is no picture's".to_owned());
        }
        let mut refused = false;
        for candidate in self.candidates(&path) {
            if !matches!(self.storage.facts(&candidate), Ok(Facts::File { .. })) {
                continue;
            }
            match self.storage.canonical(&candidate) {
                Ok(resolved) if self.may_be_read(&resolved) => return Found::File(resolved),
                _ => refused = true,
            }
        }
        Found::Missing(if refused {
            "it lies outside the source folder".to_owned()
        } else {
            "not found".to_owned()
        })
    }

    fn candidates(&self, path: &str) -> Vec<PathBuf> {
        let site = path.starts_with('/');
        let path = path.trim_start_matches('/');
        let name = Path::new(path);
        let mut out = Vec::new();
        if !site {
            out.push(self.folder.join(name));
            out.extend(FOLDERS.map(|folder| self.folder.join(folder).join(name)));
        }
        // The folder of the article, then those above it, up to the source folder.
        let above = self
            .folder
            .ancestors()
            .take_while(|one| one.starts_with(self.root));
        for folder in above.take(16) {
            out.push(folder.join(name));
            out.extend(FOLDERS.map(|inner| folder.join(inner).join(name)));
        }
        if let Some(outside) = self.root.parent() {
            out.extend(BESIDE.map(|inner| outside.join(inner).join(name)));
            // `content` of a site was given: its `static` is beside it.
            out.push(outside.join(name));
        }
        out
    }

    fn may_be_read(&self, resolved: &Path) -> bool {
        if resolved.starts_with(self.root) {
            return true;
        }
        let Some(outside) = self.root.parent() else {
            return false;
        };
        let Ok(inner) = resolved.strip_prefix(outside) else {
            return false;
        };
        match inner.components().next() {
            Some(Component::Normal(first)) => BESIDE.iter().any(|name| first == *name),
            _ => false,
        }
    }
}

/// `a-300x200.jpg` to `a.jpg`: the picture in its own size.
fn without_size(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (stem, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (number(width) && number(height)).then(|| format!("{stem}.{ending}"))
}

/// `%20` to a space; what is no UTF-8 afterwards stays as it was.
pub(super) fn decoded(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut ahead = bytes.clone();
            let digits = [ahead.next(), ahead.next()];
            let value = digits.iter().try_fold(0, |value, digit| {
                let digit = char::from((*digit)?).to_digit(16)?;
                Some(value * 16 + digit)
            });
            if let Some(value) = value.and_then(|value| u8::try_from(value).ok()) {
                out.push(value);
                bytes = ahead;
                continue;
            }
        }
        out.push(byte);
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}
