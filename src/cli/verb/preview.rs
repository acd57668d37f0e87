//! `varaq preview`: a draft as plain HTML, for a colleague who looks it over.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_press::{PreviewError, preview};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq preview news.varaq --html news.html
  varaq preview news.varaq --html pages

One file holds its pictures; a folder has a page for each article. Nothing in the copy is fetched, followed
or run, and every page says that it is a draft. A signed issue is no draft: varaq list, varaq show.";

/// Writes a draft as plain HTML.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Preview {
    /// The unsigned bundle
    file: PathBuf,
    /// Where to write: a name that ends in .html, or a folder
    #[arg(long, value_name = "FILE|DIR")]
    html: PathBuf,
}

impl Preview {
    /// Writes the copy when all of the draft decodes.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let mut progress = Progress::new(session, "preview");
        let written = preview(&Disk, &self.file, &self.html, &mut |done, total| {
            if total > 0 {
                progress.count(session, "articles", done, total);
            }
            if session.io.is_interrupted() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        drop(progress);
        let report = written.map_err(|error| self.failure(&error))?;
        if session.json {
            session.object(&json!({
                "type": "preview", "path": self.html.to_string_lossy(),
                "articles": report.articles, "pictures": report.pictures,
            }))?;
        } else {
            session.line(&format!(
                "{}: {}, {}",
                words::path(&self.html),
                words::count(report.articles.into(), "article"),
                words::count(report.pictures.into(), "picture"),
            ))?;
        }
        session.note("a draft: everybody who gets this copy can read and change it");
        Ok(exit::GOOD)
    }

    fn failure(&self, error: &PreviewError) -> Failure {
        let what = format!("there is no preview of {}", words::path(&self.file));
        match error {
            PreviewError::Cancelled => Failure::interrupted(),
            PreviewError::Signed => Failure::failed(what)
                .because(error)
                .hint("read it with varaq list and varaq show, or in the app"),
            PreviewError::Head(varaq_bundle::HeadError::NotABundle) => {
                Failure::new(exit::NOT_A_BUNDLE, what).because(error)
            }
            PreviewError::AlreadyThere => Failure::failed(what)
                .because(error)
                .hint("an earlier preview is replaced, anything else is not: name another file"),
            PreviewError::Unfit(_) => Failure::new(exit::DAMAGED, what)
                .because(error)
                .hint("pack it again"),
            _ => Failure::failed(what).because(error),
        }
    }
}
