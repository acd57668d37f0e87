//! Which files of a source folder are articles.
//!
//! A site's own folder is recognised by its configuration or its folders, and only its
//! articles are read; any other folder is read whole. Symbolic links to folders are
//! not followed: a loop has no end, and a link may lead anywhere.

use super::page::is_picture_name;
use super::warning::Warning;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use varaq_storage::{Facts, Storage};

/// Deepest folder below the source folder.
const MAX_DEPTH: usize = 32;
/// Most files of all sources together.
const MAX_FILES: usize = 1_000_000;

/// A file that may be an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct File {
    /// Relative to its source folder, `/` between folders.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The source folder, resolved.
    pub(super) root: PathBuf,
}

/// Everything found, articles in the order of their names.
#[derive(Debug)]
pub(super) struct Walk<'s> {
    storage: &'s dyn Storage,
    pub(super) files: Vec<File>,
    pub(super) warnings: Vec<Warning>,
}

impl<'s> Walk<'s> {
    pub(super) fn new(storage: &'s dyn Storage) -> Walk<'s> {
        Walk {
            storage,
            files: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Reads a source: a folder, or one file.
    pub(super) fn source(&mut self, source: &Path) -> Result<(), std::io::Error> {
        let path = self.storage.canonical(source)?;
        if let Facts::File { .. } = self.storage.facts(&path)? {
            let root = path.parent().unwrap_or(&path).to_owned();
            let name = file_name(&path);
            self.file(name, path, root);
            return Ok(());
        }
        let site = Site::of(self.storage, &path);
        let from = match site {
            Site::Content => path.join("content"),
            _ => path.clone(),
        };
        if site == Site::Content {
            let what = "a site: only its folder content was read";
            self.warnings.push(Warning::whole("content", what));
        }
        self.folder(&from, "", &path, site, 0);
        Ok(())
    }

    fn folder(&mut self, folder: &Path, name: &str, root: &Path, site: Site, depth: usize) {
        let shown = if name.is_empty() { "." } else { name };
        let names = match self.storage.list(folder) {
            Ok(names) => names,
            Err(error) => {
                let what = format!("folder cannot be read: {}", error.kind());
                self.warnings.push(Warning::skipped(shown, what));
                return;
            }
        };
        for entry in names {
            let path = folder.join(&entry);
            let own = file_name(&path);
            let inner = if name.is_empty() {
                own.clone()
            } else {
                format!("{name}/{own}")
            };
            match self.kind(&path, &entry) {
                Err(why) => self.warnings.push(Warning::skipped(&inner, why)),
                Ok(Kind::Link) => self.link(path, inner, root),
                Ok(Kind::Folder) => self.inner_folder(&path, &own, &inner, root, site, depth),
                Ok(Kind::File) => self.file(inner, path, root.to_owned()),
            }
        }
    }

    /// What an entry of a folder is, or why it is left out.
    fn kind(&self, path: &Path, name: &OsStr) -> Result<Kind, &'static str> {
        if name.to_str().is_none() {
            return Err("its name is not UTF-8: left out");
        }
        match self.storage.is_link(path) {
            Ok(true) => return Ok(Kind::Link),
            Ok(false) => {}
            Err(_) => return Err("cannot be read: left out"),
        }
        match self.storage.facts(path) {
            Ok(Facts::Folder) => Ok(Kind::Folder),
            Ok(Facts::File { .. }) => Ok(Kind::File),
            Ok(Facts::Other) => Err("no ordinary file: left out"),
            Err(_) => Err("cannot be read: left out"),
        }
    }

    fn inner_folder(
        &mut self,
        path: &Path,
        own: &str,
        name: &str,
        root: &Path,
        site: Site,
        depth: usize,
    ) {
        let why = if own.starts_with('.') {
            Some("hidden folder left out")
        } else if own == "_drafts" {
            Some("folder of drafts left out")
        } else if (own.starts_with('_') && own != "_posts" && own != "_articles")
            || (site == Site::Jekyll && matches!(own, "vendor" | "node_modules"))
        {
            Some("folder of a site's machinery left out")
        } else if depth >= MAX_DEPTH {
            Some("folder nested too deep: left out")
        } else {
            None
        };
        match why {
            Some(why) => self.warnings.push(Warning::skipped(name, why)),
            None => self.folder(path, name, root, site, depth + 1),
        }
    }

    /// A link to a file inside the source folder is the file; anything else is left out.
    fn link(&mut self, path: PathBuf, name: String, root: &Path) {
        match self.storage.canonical(&path) {
            Ok(target) if is_file(self.storage, &target) && target.starts_with(root) => {
                self.file(name, path, root.to_owned());
            }
            _ => {
                let what = "symbolic link not followed: left out";
                self.warnings.push(Warning::skipped(&name, what));
            }
        }
    }

    fn file(&mut self, name: String, path: PathBuf, root: PathBuf) {
        let own = name.rsplit('/').next().unwrap_or_default();
        let ending = own.rsplit_once('.').map_or("", |(_, ending)| ending);
        let ending = ending.to_ascii_lowercase();
        let article = matches!(
            ending.as_str(),
            "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "html" | "htm" | "xhtml"
        );
        if own.starts_with('.') {
            self.warnings
                .push(Warning::skipped(&name, "hidden file left out"));
        } else if article && self.files.len() >= MAX_FILES {
            self.warnings.push(Warning::skipped(
                &name,
                "more than a million files: left out",
            ));
        } else if article {
            self.files.push(File { name, path, root });
        } else if !is_picture_name(own) {
            let what = "neither an article nor a picture: left out";
            self.warnings.push(Warning::skipped(&name, what));
        }
    }
}

/// What an entry of a folder is.
enum Kind {
    Link,
    Folder,
    File,
}

fn is_file(storage: &dyn Storage, path: &Path) -> bool {
    matches!(storage.facts(path), Ok(Facts::File { .. }))
}

/// Whose habits a folder follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Site {
    /// Hugo or Zola: articles are in `content`.
    Content,
    /// Jekyll: articles are in `_posts` and beside it.
    Jekyll,
    /// Just a folder.
    Plain,
}

impl Site {
    fn of(storage: &dyn Storage, folder: &Path) -> Site {
        let is_folder = |name| storage.facts(&folder.join(name)).ok() == Some(Facts::Folder);
        let is_file = |name| is_file(storage, &folder.join(name));
        let configured = [
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config.toml",
            "config.yaml",
            "config.yml",
            "config.json",
            "zola.toml",
        ];
        if is_folder("content")
            && (configured.into_iter().any(is_file) || is_folder("static") || is_folder("config"))
        {
            return Site::Content;
        }
        if is_file("_config.yml") || is_folder("_posts") {
            return Site::Jekyll;
        }
        Site::Plain
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
