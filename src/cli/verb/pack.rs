//! `varaq pack`: a folder of articles becomes an unsigned issue.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_bundle::Day;
use varaq_press::import::{ImportError, SourceKind};
use varaq_press::{PackError, PackOptions, PackReport, PackStep, pack};

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

Sources are known by what they hold, and several may be given: the same article from two is
packed once. WordPress exports (only what was published), posts.json of its REST API, RSS,
Atom and JSON Feed, pages saved as one HTML file or MHTML, and folders of
Markdown with YAML, TOML or JSON above it, as Hugo, Jekyll and Zola keep it. Drafts are
left out. Everything left out or changed is named. Same input, same flags, same bytes.
All corrections and retractions of the channel (varaq notice) go with it. With --carry a partner's new keys, newest
issue or suspension note reach your readers too: each is believed by that partner's signatures alone.
Then: varaq sign.";

/// Packs articles into an unsigned issue.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Pack {
    /// Folders and files of articles
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// What the sources are: folder, wordpress, wordpress-rest, feed, page, telegram [default: by what they hold]
    #[arg(long, value_name = "KIND")]
    from: Option<SourceKind>,
    /// A folder with copies of the pictures, such as wp-content/uploads
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// Which element of a saved page is the article: a name, .class or #id [default: the one with most words]
    #[arg(long, value_name = "ELEMENT")]
    article: Option<String>,
    /// The bundle to write; a signed issue is never overwritten
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The folder made by `publisher new`, or its contact file
    #[arg(long, value_name = "DIR")]
    publisher: PathBuf,
    /// The number of the issue
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    number: u32,
    /// The day of the issue
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Day,
    /// The channel
    #[arg(long, default_value = "main")]
    channel: String,
    /// The language of the issue, and of articles that do not say theirs
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The title of the issue
    #[arg(long, default_value = "")]
    title: String,
    /// What to carry about another publisher: its contact file, an issue or a suspension note of it; several times
    #[arg(long, value_name = "FILE")]
    carry: Vec<PathBuf>,
}

impl Pack {
    /// Writes the issue beside its place and gives it its name when all of it decodes again.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let mut options = PackOptions::new(
            self.sources,
            self.output,
            self.publisher,
            self.number,
            self.day,
        );
        options.from = self.from;
        options.media = self.media;
        options.selector = self.article;
        options.channel = self.channel;
        options.language = self.lang;
        options.title = self.title;
        options.notes = carried::notes(session, &self.carry)?;
        let mut progress = Progress::new(session, "pack");
        let packed = pack(&Disk, &options, &mut |step| {
            let (done, total) = match step {
                PackStep::Packing { done, total } => (done, total),
                // The bar counts bytes; reading and checking are short beside packing.
                PackStep::Reading { .. } | PackStep::Checking { .. } => (0, 0),
            };
            if total > 0 {
                progress.at(session, done, total);
            }
            if session.io.is_interrupted() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        drop(progress);
        let report = packed.map_err(|error| failure(session, &options, &error))?;
        warn(session, &report.warnings);
        tell(session, &options, &report)?;
        Ok(exit::GOOD)
    }
}

/// Names what was left out or changed; `-q` counts it only.
fn warn(session: &mut Session<'_, '_>, warnings: &[varaq_press::import::Warning]) {
    for warning in warnings {
        let kind = if warning.skipped { "left out: " } else { "" };
        let text = words::harmless(&format!("{kind}{warning}"), false);
        if !session.quiet {
            session.warn(&text);
        }
    }
    if session.quiet && !warnings.is_empty() {
        session.warn(&format!(
            "{} (named without -q)",
            words::count(warnings.len() as u64, "remark")
        ));
    }
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
    if let PackError::Nothing(warnings) = error {
        warn(session, warnings);
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
        PackError::Signed(_) => failure.hint("name another file with -o"),
        _ => failure,
    }
}
