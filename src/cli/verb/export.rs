//! `varaq export`: the signed parts of an issue as files for a second opinion, by
//! `ssh-keygen` and `b3sum` (FORMAT.md section 8.2).

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_bundle::{Bundle, Head, Limits, PieceError};
use varaq_carry::Export as Files;
use varaq_trust::Facts;

use crate::exit;
use crate::failure::Failure;
use crate::folder::NewFolder;
use crate::progress::Progress;
use crate::reading::{self, Consenting, Reading, piece_failure};
use crate::session::Session;
use crate::verb::info::slot_name;
use crate::words;

mod readme;

const EXAMPLES: &str = "\
Examples:
  varaq export news.varaq opinion/             (then read opinion/README.txt)
  varaq export news.varaq opinion/ --pieces    (so that b3sum can check them)
  varaq export unknown.varaq opinion/ --untrusted

README.txt in the folder lists the commands to run, and says what they prove and what not.";

/// The list of pieces for `b3sum --check`.
const PIECES_FILE: &str = "pieces.b3";

/// Writes what was signed as files that stock programs check.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Export {
    /// The bundle, or a head copy of it
    file: PathBuf,
    /// A folder that is not there yet
    dir: PathBuf,
    /// Write the stored pieces too
    #[arg(long)]
    pieces: bool,
    #[command(flatten)]
    consenting: Consenting,
}

impl Export {
    /// Writes the folder, all of it or nothing. Pieces that are not in this copy are named.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let opening = reading::open_bundle(&self.file, session)?;
        let facts = opening.facts().cloned();
        let reading = Reading::of(&self.file, opening, self.consenting, session)?;
        let facts = facts.ok_or_else(|| reading::refusal(&self.file, reading.verdict, ""))?;
        let files = Files::of(&head(&self.file)?, &facts).map_err(|error| {
            let what = format!("{} was not exported", words::path(&self.file));
            Failure::new(exit::NOT_AUTHENTIC, what).because(&error)
        })?;
        let folder = NewFolder::begin(&self.dir)?;
        folder.folder("history")?;
        for (name, bytes) in &files.files {
            folder.write(name, |file| file.write_all(bytes))?;
        }
        let pieces = Pieces::write(&folder, &reading, self.pieces, session)?;
        let text = readme::text(&facts, &files, &pieces)?;
        folder.write("README.txt", |file| file.write_all(text.as_bytes()))?;
        folder.keep()?;
        self.tell(session, &facts, &files, &pieces)?;
        Ok(pieces.code)
    }

    fn tell(
        &self,
        session: &mut Session<'_, '_>,
        facts: &Facts,
        files: &Files,
        pieces: &Pieces,
    ) -> Result<(), Failure> {
        let signers = &facts.issue.signers;
        if session.json {
            let left_out = files.left_out.iter();
            let left_out =
                left_out.map(|one| json!({ "whose": one.whose, "reason": slot_name(one.reason) }));
            return session.object(&json!({
                "type": "export", "path": self.file.to_string_lossy(), "folder": self.dir.to_string_lossy(),
                "manifest": facts.issue.id.to_string(), "signatures": files.issue.len(),
                "threshold": signers.threshold, "history_signatures": files.history.len(),
                "left_out": left_out.collect::<Vec<_>>(), "pieces_listed": pieces.listed,
                "pieces_written": pieces.written, "pieces_missing": pieces.missing, "exit_code": pieces.code,
            }));
        }
        session.line(&format!(
            "{} of the issue, {} of its publisher's history, {} listed",
            words::count(files.issue.len() as u64, "signature"),
            files.history.len(),
            words::count(pieces.listed.into(), "piece"),
        ))?;
        for one in &files.left_out {
            session.warn(&format!(
                "left out: {}, {}",
                one.whose,
                slot_name(one.reason)
            ));
        }
        if pieces.missing > 0 {
            session.warn(&format!(
                "{} cannot be had from this copy",
                words::count(pieces.missing.into(), "piece")
            ));
        }
        session.note(&format!(
            "the commands to run are in {}",
            words::path(&self.dir.join("README.txt"))
        ));
        Ok(())
    }
}

/// The head, read once more; [`Files::of`] makes sure that it is the one that was judged.
fn head(path: &Path) -> Result<Head, Failure> {
    let bundle = Bundle::open(reading::open_file(path)?, &Limits::default()).map_err(|error| {
        Failure::failed(format!("cannot read {}", words::path(path))).because(&error)
    })?;
    Ok(bundle.head().clone())
}

/// What became of the pieces.
#[derive(Debug, Default)]
struct Pieces {
    /// Lines of the list.
    listed: u32,
    /// Files.
    written: u32,
    /// Not in this copy, damaged in it, or not even known.
    missing: u32,
    /// Whether files were asked for.
    wanted: bool,
    code: u8,
}

impl Pieces {
    /// The list, and if `wanted` the pieces. The list names no piece that was wanted and is
    /// not there, so that `b3sum --check` answers for those that are.
    fn write(
        folder: &NewFolder,
        reading: &Reading,
        wanted: bool,
        session: &mut Session<'_, '_>,
    ) -> Result<Pieces, Failure> {
        let mut pieces = Pieces {
            wanted,
            ..Pieces::default()
        };
        if wanted {
            folder.folder("pieces")?;
        }
        let mut stopped = Ok(());
        folder.write(PIECES_FILE, |file| {
            let mut list = BufWriter::new(file);
            stopped = pieces.fill(folder, reading, session, &mut list);
            list.flush()
        })?;
        stopped?;
        if pieces.listed == 0 {
            folder.remove(PIECES_FILE)?;
        }
        Ok(pieces)
    }

    fn fill(
        &mut self,
        folder: &NewFolder,
        reading: &Reading,
        session: &mut Session<'_, '_>,
        list: &mut dyn Write,
    ) -> Result<(), Failure> {
        let count = reading.content.manifest().piece_count;
        let mut progress = Progress::new(session, "export");
        for piece in 0..count {
            if session.io.is_interrupted() {
                return Err(Failure::interrupted());
            }
            match self.piece(folder, reading, piece)? {
                Ok(line) => {
                    list.write_all(line.as_bytes())
                        .map_err(|error| listing(&error))?;
                    self.listed += 1;
                }
                Err(error) => self.lost(&error)?,
            }
            progress.at(session, u64::from(piece) + 1, count.into());
        }
        Ok(())
    }

    /// The line of one piece, whose file is written if that was asked for.
    fn piece(
        &mut self,
        folder: &NewFolder,
        reading: &Reading,
        piece: u32,
    ) -> Result<Result<String, PieceError>, Failure> {
        let name = format!("pieces/{piece:08}");
        let entry = match reading.content.table_entry(piece) {
            Ok(entry) => entry,
            Err(error) => return Ok(Err(error)),
        };
        if self.wanted {
            match reading.content.stored(piece) {
                Ok(stored) => folder.write(&name, |file| file.write_all(&stored))?,
                Err(error) => return Ok(Err(error)),
            }
            self.written += 1;
        }
        Ok(Ok(format!("{}  {name}\n", entry.hash)))
    }

    /// Counts a piece that cannot be had; a disk that fails ends the work.
    fn lost(&mut self, error: &PieceError) -> Result<(), Failure> {
        let failure = piece_failure("a piece cannot be read".to_owned(), error);
        if matches!(error, PieceError::Io(_)) {
            return Err(failure);
        }
        self.missing += 1;
        // A head copy has no list of pieces: nobody asked for more than it has.
        let code = match error {
            PieceError::NotInThisCopy { .. } if !self.wanted => exit::GOOD,
            _ => failure.code,
        };
        self.code = exit::worse(self.code, code);
        Ok(())
    }
}

fn listing(error: &io::Error) -> Failure {
    Failure::failed(format!("cannot write {PIECES_FILE}")).because(error)
}
