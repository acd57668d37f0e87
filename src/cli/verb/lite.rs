//! `varaq lite`: a smaller copy of a bundle under the same signatures.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_carry::{LiteError, LiteOptions, LiteReport};
use varaq_storage::Disk;

use crate::amount::Amount;
use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::vetted::{not_made, vetted};
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq lite news.varaq -o small.varaq --max-size 20M
  varaq lite news.varaq -o text.varaq --text-only
  varaq lite news.varaq -o science.varaq --section Science --section Health

The publisher's signatures hold for the copy as for the whole: varaq check calls it
authentic and incomplete (exit code 3). Of pictures the biggest are left out first. The
same file and options give the same bytes.";

/// Makes a smaller copy.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Lite {
    /// The bundle
    file: PathBuf,
    /// Where to write the smaller copy
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Leave out all pictures and attachments
    #[arg(long)]
    text_only: bool,
    /// Keep this section only; may be given several times
    #[arg(long, value_name = "NAME")]
    section: Vec<String>,
    /// Most bytes of the copy, such as 20M: the biggest pictures are left out first
    #[arg(long, value_name = "SIZE")]
    max_size: Option<Amount>,
}

impl Lite {
    /// Checks the file, writes the smaller copy, says what is not in it.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        vetted(session, &self.file)?;
        let kept = state::load(session)?;
        let options = LiteOptions {
            text_only: self.text_only,
            sections: self.section.clone(),
            max_bytes: self.max_size.map(|size| size.0),
        };
        let mut progress = Progress::new(session, "lite");
        let view = state::view(session, &kept);
        let mut watch = |done, total| {
            progress.at(session, done, total);
            match session.io.is_interrupted() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let made = varaq_carry::lite(&Disk, &self.file, &self.output, view, &options, &mut watch);
        drop(progress);
        let report = made.map_err(|error| self.failure(&error))?;
        self.tell(session, &report)?;
        Ok(exit::GOOD)
    }

    fn tell(&self, session: &mut Session<'_, '_>, made: &LiteReport) -> Result<(), Failure> {
        if session.json {
            return session.object(&json!({
                "type": "lite", "path": self.output.to_string_lossy(), "bytes": made.len_bytes,
                "articles": made.articles, "pictures": made.pictures,
                "pieces": made.pieces, "piece_count": made.piece_count,
                "articles_left_out": made.articles_out.count, "article_bytes_left_out": made.articles_out.bytes,
                "pictures_left_out": made.pictures_out.count, "picture_bytes_left_out": made.pictures_out.bytes,
                "attachments_left_out": made.attachments_out.count,
                "attachment_bytes_left_out": made.attachments_out.bytes,
            }));
        }
        session.line(&format!(
            "{}: {}, {}, {}",
            words::path(&self.output),
            words::size(made.len_bytes),
            words::count(made.articles, "article"),
            words::count(made.pictures, "picture"),
        ))?;
        let out = [
            (made.articles_out, "article"),
            (made.pictures_out, "picture"),
            (made.attachments_out, "attachment"),
        ];
        for (tally, what) in out.iter().filter(|(tally, _)| tally.count > 0) {
            let size = words::size(tally.bytes);
            session.line(&format!(
                "left out: {} ({size})",
                words::count(tally.count, what)
            ))?;
        }
        Ok(())
    }

    fn failure(&self, error: &LiteError) -> Failure {
        let failure = Failure::failed("there is no smaller copy").because(error);
        match error {
            LiteError::Select(error) => not_made(&self.output, error),
            LiteError::NoSection(_) => Failure {
                code: exit::USAGE,
                ..failure
            }
            .hint("varaq info FILE names the sections, as they must be written"),
            LiteError::TooLong { .. } => {
                failure.hint("choose sections with --section, or allow more with --max-size")
            }
        }
    }
}
