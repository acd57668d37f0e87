//! `varaq pack`: what a newsroom has becomes an unsigned issue.

mod asked;
mod exports;
mod told;

use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use varaq_press::import::ImportError;
use varaq_press::{IssueFile, PackError, PackOptions, PackReport, PackStep, pack};

use asked::Asked;

use crate::carried;
use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::verb::notice;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq pack articles -o news.varaq --publisher desk --number 1 --day 2026-03-01 --lang fa
  varaq pack content/ -o weekly.varaq --publisher desk --number 7 --day 2026-03-01 --channel weekly --title \"Week 9\"

  varaq pack export.xml --media wp-content/uploads -o news.varaq --publisher desk --number 2 --day 2026-03-08
  varaq pack saved.html --from page --article .story -o news.varaq --publisher desk --number 3 --day 2026-03-09
  varaq pack result.json --telegram-channel \"Our channel\" --tail @our_channel -o news.varaq --publisher desk --number 4 --day 2026-03-10

  varaq pack --init weekly
  varaq pack --issue weekly/issue.toml --number 7 --day 2026-03-01 --since 2026-02-22 -o issue-7.varaq
  varaq pack feed.xml -o small.varaq --publisher desk --number 4 --day 2026-03-10 --section News --max-size 5M

Sources are known by what they hold, and several may be given: the same article from two is
packed once. WordPress exports (only what was published), posts.json of its REST API, RSS,
Atom and JSON Feed, channels of Telegram, EPUB books, pages saved as one HTML file or MHTML,
and folders of Markdown with YAML, TOML or JSON above it, as Hugo, Jekyll and Zola keep it. Drafts are
left out. Everything left out or changed is named. Same input, same flags, same bytes.
Before anything is written, a preflight looks for what could identify somebody, and refuses: names in bylines, e-mail
addresses, telephone numbers, paths of a computer, rows of hidden characters. It warns of what is only ugly.
All corrections and retractions of the channel (varaq notice) go with it. With --carry a partner's new keys, newest
issue or suspension note reach your readers too: each is believed by that partner's signatures alone.
Then: varaq sign.";

/// Packs articles into an unsigned issue.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Pack {
    #[command(flatten)]
    asked: Asked,
    /// Write DIR/issue.toml, a file for --issue with every key explained, and do nothing else
    #[arg(long, value_name = "DIR", exclusive = true)]
    init: Option<PathBuf>,
    /// What to carry about another publisher: its contact file, an issue or a suspension note of it; several times
    #[arg(long, value_name = "FILE")]
    carry: Vec<PathBuf>,
}

impl Pack {
    /// Writes the issue beside its place and gives it its name when all of it decodes again.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        if let Some(folder) = &self.init {
            return init(session, folder);
        }
        let file = match &self.asked.issue {
            Some(path) => IssueFile::read(&Disk, path).map_err(|error| {
                Failure::failed("the issue file is not understood")
                    .because(&error)
                    .hint("varaq pack --init DIR writes one with every key explained")
            })?,
            None => IssueFile::default(),
        };
        let mut options = self.asked.options(file)?;
        options.stop = Arc::clone(&session.io.interrupted);
        options.notes = carried::notes(session, &self.carry)?;
        let report = packed(session, &options)?;
        told::warnings(session, &report.warnings);
        told::findings(session, &report.findings, report.more_findings)?;
        told::removed(session, &report.removed)?;
        tell(session, &options, &report)?;
        Ok(exit::GOOD)
    }
}

fn init(session: &mut Session<'_, '_>, folder: &Path) -> Result<u8, Failure> {
    let path = IssueFile::init(&Disk, folder).map_err(|error| {
        let failure = Failure::failed(format!(
            "{} was not written",
            words::path(&folder.join("issue.toml"))
        ));
        match error.kind() {
            ErrorKind::AlreadyExists => failure
                .because(&error)
                .hint("it is there already, and stays as it is"),
            _ => failure.because(&error),
        }
    })?;
    if session.json {
        session.object(&json!({ "type": "written", "path": path.to_string_lossy() }))?;
    } else {
        session.line(&words::path(&path))?;
    }
    session.note("write into it what stays the same, then: varaq pack --issue FILE --number 1 --day YYYY-MM-DD -o FILE");
    Ok(exit::GOOD)
}

fn packed(session: &mut Session<'_, '_>, options: &PackOptions) -> Result<PackReport, Failure> {
    let mut progress = Progress::new(session, "pack");
    let packed = pack(&Disk, options, &mut |step| {
        match step {
            PackStep::Packing { done, total } => progress.at(session, done, total),
            PackStep::Reading { done, total } => progress.count(session, "articles", done, total),
            // Checking is short beside packing.
            PackStep::Checking { .. } => {}
        }
        if session.io.is_interrupted() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    drop(progress);
    packed.map_err(|error| failure(session, options, &error))
}

fn tell(
    session: &mut Session<'_, '_>,
    options: &PackOptions,
    report: &PackReport,
) -> Result<(), Failure> {
    if session.json {
        let warnings: Vec<_> = report
            .warnings
            .iter()
            .map(|one| json!({ "file": one.file, "line": one.line, "what": one.what, "skipped": one.skipped }))
            .collect();
        carried(session, report.notices);
        return session.object(&json!({
            "type": "packed", "path": options.output.to_string_lossy(), "manifest": report.manifest.to_string(),
            "articles": report.articles, "pictures": report.pictures, "notices": report.notices, "languages": report.languages,
            "bytes": report.len_bytes, "text_bytes": report.text_bytes, "text_stored_bytes": report.text_stored_bytes,
            "media_bytes": report.media_bytes, "need": report.need, "warnings": warnings,
        }));
    }
    session.line(&format!(
        "{}: {}, {}, {} (text {} in {})",
        words::path(&options.output),
        words::count(report.articles.into(), "article"),
        words::count(report.pictures as u64, "picture"),
        words::size(report.len_bytes),
        words::size(report.text_bytes),
        words::size(report.text_stored_bytes),
    ))?;
    carried(session, report.notices);
    session.note(&format!(
        "a draft: {} needed, then it is an issue (varaq sign)",
        words::count(report.need as u64, "signature")
    ));
    Ok(())
}

/// Notices come from the publisher's folder without being asked for, so they are told.
fn carried(session: &mut Session<'_, '_>, notices: usize) {
    if notices > 0 {
        let count = words::count(notices as u64, "notice");
        session.note(&format!("it carries {count} (varaq notice list)"));
    }
}

fn failure(session: &mut Session<'_, '_>, options: &PackOptions, error: &PackError) -> Failure {
    if let PackError::Cancelled = error {
        return Failure::interrupted();
    }
    match error {
        PackError::Nothing(warnings) => told::warnings(session, warnings),
        PackError::Preflight(refusal) => {
            told::warnings(session, &refusal.warnings);
            // Stdout may be gone; the error is told all the same.
            let _ = told::findings(session, &refusal.findings, refusal.more_findings);
            let _ = told::removed(session, &refusal.removed);
        }
        _ => {}
    }
    let failure =
        Failure::failed(format!("{} was not written", words::path(&options.output))).because(error);
    match error {
        PackError::NoContact { .. } => {
            failure.hint("--publisher names the folder that `varaq publisher new` made")
        }
        PackError::OutOfWindow { .. } => failure.hint(
            "number the issue inside the window, or grant more numbers: varaq publisher delegate",
        ),
        PackError::Import(ImportError::Export { .. }) => {
            failure.hint("say what the source is with --from KIND")
        }
        PackError::Notices(error) => notice::hinted(failure, error),
        PackError::Preflight(refusal) => failure.hint(format!(
            "take them out, or say that they are meant to be published: {}",
            told::allowances(&refusal.findings)
        )),
        PackError::NoLead(_) => {
            failure.hint("--lead takes the file, the title or the id of an article that was chosen")
        }
        PackError::TooLarge { .. } => {
            failure.hint("choose fewer articles (--since, --section) or a larger --max-size")
        }
        PackError::Signed(_) => failure.hint("name another file with -o"),
        _ => failure,
    }
}
