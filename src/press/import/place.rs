//! Where the pictures of an article are, and which of them may be taken.
//!
//! A path in an article is somebody's words: `../../private/photo.jpg` in a guest's
//! text must not put that photo into an issue. A picture is taken only from inside
//! the source folder, or from a picture folder beside it.

use super::page::is_picture_name;
use std::path::{Component, Path, PathBuf};
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

/// What became of a picture's path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The file.
    File(PathBuf),
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
}

impl Places<'_> {
    /// Finds the picture that an article names.
    pub(super) fn find(&self, source: &str) -> Found {
        let source = source.trim();
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

/// `%20` to a space; what is no UTF-8 afterwards stays as it was.
fn decoded(path: &str) -> String {
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
