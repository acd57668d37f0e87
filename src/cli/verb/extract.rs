//! `varaq extract`: every article as Markdown, every picture and attachment as a file.
//!
//! No name from a bundle becomes a file name: files are called after the article's
//! number and id. Nothing is overwritten, and each file appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use tempfile::NamedTempFile;
use varaq_bundle::{Entry, Medium, PieceError};

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::reading::{Consenting, Reading, piece_failure};
use crate::session::Session;
use crate::verb::show::Head;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq extract news.varaq news/
  varaq extract partial.varaq what-is-here/     (exit code 3: some is not in this copy)";

/// Writes articles as Markdown, with their pictures and attachments.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Extract {
    /// The bundle
    file: PathBuf,
    /// A folder that is new or empty
    dir: PathBuf,
    #[command(flatten)]
    consenting: Consenting,
}

impl Extract {
    /// Writes what is here; what is missing or damaged is named, and the rest goes on.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let reading = Reading::open(&self.file, self.consenting, session)?;
        let total = reading.content.manifest().raw_total;
        let folder = Folder::begin(&self.dir)?;
        let mut progress = Progress::new(session, "extract");
        let mut work = Work {
            reading: &reading,
            folder: &folder,
            code: exit::GOOD,
            bytes: 0,
            articles: 0,
            media: 0,
        };
        for item in reading.content.entries() {
            if session.io.is_interrupted() {
                return Err(Failure::interrupted());
            }
            match item {
                Ok((number, entry)) => work.extract(session, &progress, number, &entry)?,
                Err(error) => work.lost(
                    session,
                    &progress,
                    "a page of the catalog cannot be read".to_owned(),
                    &error,
                ),
            }
            progress.at(session, work.bytes.min(total), total);
        }
        drop(progress);
        let Work {
            code,
            articles,
            media,
            ..
        } = work;
        if session.json {
            session.object(&json!({ "type": "extracted", "articles": articles, "media": media, "trusted": reading.is_trusted() }))?;
        } else {
            if let Some(banner) = reading.banner() {
                session.line(&banner)?;
            }
            session.line(&format!(
                "{}, {}",
                words::count(articles, "article"),
                words::count(media, "media file")
            ))?;
        }
        Ok(code)
    }
}

/// The folder that is filled.
struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// Makes the folder, or takes an empty one.
    fn begin(dir: &Path) -> Result<Folder, Failure> {
        let cannot = |error: &io::Error| {
            Failure::failed(format!("cannot write into {}", words::path(dir))).because(error)
        };
        fs::create_dir_all(dir.join("media")).map_err(|error| cannot(&error))?;
        for folder in [dir.to_owned(), dir.join("media")] {
            for entry in fs::read_dir(&folder).map_err(|error| cannot(&error))? {
                let entry = entry.map_err(|error| cannot(&error))?;
                if entry.path() != dir.join("media") {
                    let what = format!("{} is not empty", words::path(&folder));
                    return Err(
                        Failure::failed(what).hint("name a new folder; nothing is overwritten")
                    );
                }
            }
        }
        Ok(Folder {
            dir: dir.to_owned(),
        })
    }

    /// Writes one file: beside, sync, rename; an existing name is an error.
    fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut File) -> Result<(), PieceError>,
    ) -> Result<(), WriteError> {
        let path = self.dir.join(name);
        let cannot = |error: &io::Error| {
            Failure::failed(format!("cannot write {}", words::path(&path))).because(error)
        };
        let mut file = NamedTempFile::new_in(&self.dir).map_err(|error| cannot(&error))?;
        fill(file.as_file_mut()).map_err(WriteError::Piece)?;
        file.as_file().sync_all().map_err(|error| cannot(&error))?;
        file.persist_noclobber(&path)
            .map_err(|error| cannot(&error.error))?;
        Ok(())
    }
}

/// Why a file was not written: the bundle's fault, or the disk's.
enum WriteError {
    Piece(PieceError),
    Disk(Failure),
}

impl WriteError {
    /// The failure of a file that was filled from memory: it can only be the disk's.
    fn of_disk(self, stem: &str) -> Failure {
        match self {
            WriteError::Disk(failure) => failure,
            WriteError::Piece(error) => {
                Failure::failed(format!("cannot write {stem}.md")).because(&error)
            }
        }
    }
}

impl From<Failure> for WriteError {
    fn from(failure: Failure) -> WriteError {
        WriteError::Disk(failure)
    }
}

/// What was written so far.
struct Work<'w> {
    reading: &'w Reading,
    folder: &'w Folder,
    code: u8,
    /// Decoded bytes of articles and media.
    bytes: u64,
    articles: u64,
    media: u64,
}

impl Work<'_> {
    /// One article and its media. A disk that fails ends the work, a lost piece does not.
    fn extract(
        &mut self,
        session: &mut Session<'_, '_>,
        progress: &Progress,
        number: u32,
        entry: &Entry,
    ) -> Result<(), Failure> {
        let stem = format!("{number:05}-{}", entry.id);
        let article = match self.reading.article(number, entry) {
            Ok(article) => article,
            Err(failure) => {
                self.code = exit::worse(self.code, failure.code);
                progress.aside(|| session.fail(&failure));
                return Ok(());
            }
        };
        let name = |index: usize, medium: &Medium| {
            format!("media/{stem}-{}{}", index + 1, ending(&medium.media_type))
        };
        let body = varaq_article::markdown_with(&article, &|index| {
            entry
                .media
                .get(index as usize)
                .map_or(String::new(), |medium| name(index as usize, medium))
        });
        let text = Head::new(self.reading, entry).markdown(&body);
        let written = self.folder.write(&format!("{stem}.md"), |file| {
            Ok(file.write_all(text.as_bytes())?)
        });
        written.map_err(|error| error.of_disk(&stem))?;
        self.articles += 1;
        self.bytes += entry.span.len;
        for (index, medium) in entry.media.iter().enumerate() {
            if session.io.is_interrupted() {
                return Err(Failure::interrupted());
            }
            let written = self.folder.write(&name(index, medium), |file| {
                self.reading.content.medium_into(medium, file)
            });
            match written {
                Ok(()) => self.media += 1,
                Err(WriteError::Piece(error)) => {
                    let what = format!(
                        "medium {} of article {number} cannot be extracted",
                        index + 1
                    );
                    self.lost(session, progress, what, &error);
                }
                Err(WriteError::Disk(failure)) => return Err(failure),
            }
            self.bytes += medium.span.len;
        }
        Ok(())
    }

    /// Names what cannot be had; the rest goes on.
    fn lost(
        &mut self,
        session: &mut Session<'_, '_>,
        progress: &Progress,
        what: String,
        error: &PieceError,
    ) {
        let failure = piece_failure(what, error);
        self.code = exit::worse(self.code, failure.code);
        progress.aside(|| session.fail(&failure));
    }
}

/// The ending for a media type of the short list that readers' programs know; anything else is `.bin`, so that
/// a strange type cannot choose which program opens it.
fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "audio/mpeg" => ".mp3",
        "audio/ogg" => ".ogg",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        _ => ".bin",
    }
}
