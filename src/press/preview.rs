//! A draft as a plain HTML copy, for a colleague who looks it over.
//!
//! In: an unsigned bundle. Out: one file with its pictures inside, or a folder with a page
//! for each article. Nothing in it moves, fetches or leads anywhere, and every page says
//! that it is a draft. A signed issue is refused: it is opened where its signatures are
//! checked. The publisher is not named, for nobody has proven that it is from there.

mod html;
mod words;

use crate::disk::Stored;
use crate::inspect::{InspectError, inspect};
use base64ct::{Base64, Encoding};
use html::escaped;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::{
    Bundle, Content, Direction, Entry, Front, HeadError, Limits, Medium, MediumClass, PieceError,
};
use varaq_cbor::CborError;
use varaq_storage::{Access, Beside, PART, Storage};

/// What the title of every page begins with.
const TITLE: &str = "<title>DRAFT: ";
const STYLE: &str = include_str!("preview/page.css");
/// Larger pictures stay words: a page is held in memory.
const MAX_PICTURE: u64 = 32 << 20;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PreviewReport {
    /// Articles.
    pub articles: u32,
    /// Pictures shown.
    pub pictures: u32,
}

/// Why there is no copy. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The file is signed.
    #[error("it is signed, and no draft any more")]
    Signed,
    /// It cannot be read, or is no bundle.
    #[error("it cannot be read")]
    Head(#[from] HeadError),
    /// A reader would refuse it, or part of it.
    #[error("a reader would refuse it")]
    Unfit(#[from] InspectError),
    /// A part cannot be read.
    #[error("part of it cannot be read")]
    Piece(#[from] PieceError),
    /// The manifest breaks a rule.
    #[error("its manifest breaks a rule")]
    Manifest(#[source] CborError),
    /// Something that is no preview has the name.
    #[error("a file of that name is there already, and is no preview")]
    AlreadyThere,
    /// The copy cannot be written.
    #[error("cannot write {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

/// Answers with the `src` of a picture.
type Source<'a> = dyn FnMut(&Content<Stored>, &Medium) -> Result<String, PreviewError> + 'a;

type Step<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// Writes the copy of the draft `bundle`: one file, if the name of `target` ends in `.html`,
/// else a folder, which must be empty or not there. `step` is told articles done, of how many.
///
/// # Errors
/// See [`PreviewError`].
pub fn preview(
    storage: &dyn Storage,
    bundle: &Path,
    target: &Path,
    step: &mut Step<'_>,
) -> Result<PreviewReport, PreviewError> {
    let opened = Bundle::open(
        storage.open(bundle).map_err(HeadError::Io)?,
        &Limits::default(),
    )?;
    if !opened.head().signatures.is_empty() {
        return Err(PreviewError::Signed);
    }
    inspect(storage, bundle, &mut |_, _| step(0, 0)).map_err(|error| match error {
        InspectError::Cancelled => PreviewError::Cancelled,
        error => PreviewError::Unfit(error),
    })?;
    #[expect(
        clippy::disallowed_methods,
        reason = "an unsigned draft has nothing to verify; it is shown to its own newsroom, marked on every page"
    )]
    let content = opened.into_content().map_err(PreviewError::Manifest)?;
    let front = content.front()?;
    let mut draft = Draft {
        content: &content,
        front: &front,
        step,
        report: PreviewReport::default(),
    };
    let name = target
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    if name.ends_with(".html") || name.ends_with(".htm") {
        draft.file(storage, target)?;
    } else {
        draft.folder(storage, target)?;
    }
    Ok(draft.report)
}

/// Whether nothing has the name, or an earlier preview.
fn is_free(storage: &dyn Storage, target: &Path) -> io::Result<bool> {
    let mut file = match storage.open(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        opened => opened?,
    };
    let mut head = Vec::new();
    Read::take(&mut file, 2_048).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).contains(TITLE))
}

struct Draft<'a, 's> {
    content: &'a Content<Stored>,
    front: &'a Front,
    step: &'a mut Step<'s>,
    report: PreviewReport,
}

impl Draft<'_, '_> {
    fn file(&mut self, storage: &dyn Storage, target: &Path) -> Result<(), PreviewError> {
        let on_disk = |source| PreviewError::Io {
            path: target.to_owned(),
            source,
        };
        if !is_free(storage, target).map_err(on_disk)? {
            return Err(PreviewError::AlreadyThere);
        }
        let mut beside = Beside::new(storage, target, Access::Usual).map_err(on_disk)?;
        let head = format!(
            "{}{}",
            self.begin(&self.front.language, &self.front.title),
            self.title()
        );
        beside.write_all(head.as_bytes()).map_err(on_disk)?;
        for entry in self.content.entries() {
            let (_, entry) = entry?;
            let page = self.article(&entry, &mut |content, medium| inline(content, medium))?;
            beside.write_all(page.as_bytes()).map_err(on_disk)?;
            self.count()?;
        }
        beside.write_all(END.as_bytes()).map_err(on_disk)?;
        beside.sync().map_err(on_disk)?;
        beside.keep_as(target).map_err(on_disk)
    }

    /// Pages appear together, under the folder's name, when all of them are on the disk.
    fn folder(&mut self, storage: &dyn Storage, target: &Path) -> Result<(), PreviewError> {
        let on_disk = |source| PreviewError::Io {
            path: target.to_owned(),
            source,
        };
        let mut part = target.as_os_str().to_owned();
        part.push(PART);
        let mut made = Made {
            storage,
            folder: PathBuf::from(part),
            files: Vec::new(),
            kept: false,
        };
        made.begin().map_err(on_disk)?;
        self.pages(&mut made)?;
        made.keep(target).map_err(on_disk)
    }

    fn pages(&mut self, made: &mut Made<'_>) -> Result<(), PreviewError> {
        let mut index = format!(
            "{}{}<ol>\n",
            self.begin(&self.front.language, &self.front.title),
            self.title()
        );
        let mut pictures = HashSet::new();
        for entry in self.content.entries() {
            let (number, entry) = entry?;
            let name = format!("article-{number:05}.html");
            let body = self.article(&entry, &mut |content, medium| {
                let name = picture_name(medium);
                if pictures.insert(name.clone()) {
                    let bytes = content.medium(medium)?;
                    made.write(&name, &bytes)?;
                }
                Ok(name)
            })?;
            let page = format!("{}{body}{END}", self.begin(&entry.language, &entry.title));
            made.write(&name, page.as_bytes())?;
            let _ = writeln!(
                index,
                "<li dir=\"{}\"><a href=\"{name}\">{}</a> <span class=\"facts\">{}</span></li>",
                direction(entry.direction),
                escaped(&entry.title),
                escaped(&self.facts(&entry)),
            );
            self.count()?;
        }
        index.push_str("</ol>\n");
        index.push_str(END);
        made.write("index.html", index.as_bytes())
    }

    fn count(&mut self) -> Result<(), PreviewError> {
        self.report.articles += 1;
        match (self.step)(self.report.articles.into(), self.front.article_count.into()) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(PreviewError::Cancelled),
        }
    }

    /// Everything up to the first word of the page. The policy forbids what is not there anyway.
    fn begin(&self, language: &str, title: &str) -> String {
        let (code, mark) = words::draft(&self.front.language);
        let way = if words::is_rtl(code) { "rtl" } else { "ltr" };
        let english = words::draft("en").1;
        let english = if code == "en" {
            String::new()
        } else {
            format!(" <bdi lang=\"en\">{english}</bdi>")
        };
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data: 'self' file:; style-src 'unsafe-inline'\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             {TITLE}{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <p class=\"draft\" lang=\"{code}\" dir=\"{way}\">{mark}{english}</p>\n",
            escaped(language),
            escaped(title),
        )
    }

    fn title(&self) -> String {
        let manifest = self.content.manifest();
        format!(
            "<h1 dir=\"auto\">{}</h1>\n<p class=\"facts\" dir=\"ltr\">{} {}, {}</p>\n",
            escaped(&self.front.title),
            escaped(&manifest.channel),
            manifest.number,
            manifest.day,
        )
    }

    fn article(&mut self, entry: &Entry, picture: &mut Source<'_>) -> Result<String, PreviewError> {
        let bytes = self.content.article_bytes(entry)?;
        let article = varaq_article::decode(&bytes).map_err(|source| {
            let number = self.report.articles.saturating_add(1);
            InspectError::Article { number, source }
        })?;
        let (content, report) = (self.content, &mut self.report);
        let mut failed = None;
        let body = html::article(&article, &mut |index| {
            let medium = entry.media.get(usize::try_from(index).ok()?)?;
            let shown = medium.class == MediumClass::Picture && medium.span.len <= MAX_PICTURE;
            if !shown || failed.is_some() {
                return None;
            }
            report.pictures += 1;
            picture(content, medium)
                .map_err(|error| failed = Some(error))
                .ok()
        });
        if let Some(error) = failed {
            return Err(error);
        }
        Ok(format!(
            "<article lang=\"{}\" dir=\"{}\">\n<h2>{}</h2>\n<p class=\"facts\">{}</p>\n{body}</article>\n",
            escaped(&entry.language),
            direction(entry.direction),
            escaped(&entry.title),
            escaped(&self.facts(entry)),
        ))
    }

    fn facts(&self, entry: &Entry) -> String {
        let section = usize::try_from(entry.section).ok();
        let section = section.and_then(|at| self.front.sections.get(at));
        let facts = [
            entry.byline.clone(),
            entry.day.to_string(),
            section.cloned().unwrap_or_default(),
        ];
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        facts.join(" · ")
    }
}

const END: &str = "</body>\n</html>\n";

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

/// The media type is the catalog's claim; only the two that were checked get through.
fn ending(medium: &Medium) -> &'static str {
    if medium.media_type == "image/png" {
        "png"
    } else {
        "jpg"
    }
}

/// Never the name in the catalog: whoever made the draft chose it.
fn picture_name(medium: &Medium) -> String {
    format!(
        "picture-{}-{}.{}",
        medium.span.first,
        medium.span.offset,
        ending(medium)
    )
}

fn inline(content: &Content<Stored>, medium: &Medium) -> Result<String, PreviewError> {
    let bytes = content.medium(medium)?;
    let kind = if ending(medium) == "png" {
        "png"
    } else {
        "jpeg"
    };
    Ok(format!(
        "data:image/{kind};base64,{}",
        Base64::encode_string(&bytes)
    ))
}

/// Files on their way into a folder; taken away again unless they are kept.
struct Made<'a> {
    storage: &'a dyn Storage,
    folder: PathBuf,
    files: Vec<String>,
    kept: bool,
}

impl Made<'_> {
    /// What an earlier run that was cut off has left is taken away; anything else stays, and
    /// then the folder cannot be made.
    fn begin(&mut self) -> io::Result<()> {
        if self.storage.facts(&self.folder).is_ok() {
            for name in self.storage.list(&self.folder)? {
                let text = name.to_string_lossy();
                let own = ["article-", "picture-", "index.html"]
                    .iter()
                    .any(|one| text.starts_with(one));
                if own {
                    self.storage.remove(&self.folder.join(&name))?;
                }
            }
            self.storage.remove_folder(&self.folder)?;
        }
        self.storage.create_folder(&self.folder, Access::Usual)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), PreviewError> {
        let path = self.folder.join(name);
        let written = self
            .storage
            .create_new(&path, Access::Usual)
            .and_then(|mut file| {
                self.files.push(name.to_owned());
                file.write_all(bytes)?;
                file.sync()
            });
        written.map_err(|source| PreviewError::Io { path, source })
    }

    fn keep(&mut self, target: &Path) -> io::Result<()> {
        self.storage.sync_folder(&self.folder)?;
        match self.storage.remove_folder(target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        self.storage.rename(&self.folder, target)?;
        self.kept = true;
        self.storage.sync_folder(varaq_storage::folder_of(target))
    }
}

impl Drop for Made<'_> {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        for name in &self.files {
            let _ = self.storage.remove(&self.folder.join(name));
        }
        let _ = self.storage.remove_folder(&self.folder);
    }
}
