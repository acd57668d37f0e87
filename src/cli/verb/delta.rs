//! `varaq delta`: what an issue has that another has not, and the way back.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_carry::{DeltaError, DeltaReport};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::vetted::{not_made, vetted};
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq delta news-8.varaq --base news-7.varaq -o news-8.delta.varaq
  varaq delta --apply news-8.delta.varaq --base news-7.varaq -o news-8.varaq

A delta is a partial copy: varaq check calls it authentic and incomplete, and a reader
shows what is in it. With the same bases it becomes the whole file again, byte for byte.";

/// Makes or applies a delta.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Delta {
    /// The bundle, or with --apply the delta
    file: PathBuf,
    /// A bundle that the receiver has; may be given several times
    #[arg(long, value_name = "FILE", required = true)]
    base: Vec<PathBuf>,
    /// Where to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// FILE is a delta: put the whole together again
    #[arg(long)]
    apply: bool,
}

impl Delta {
    /// Checks what goes in, writes what comes out.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        for path in std::iter::once(&self.file).chain(&self.base) {
            vetted(session, path)?;
        }
        let made = self.make(session);
        let made = made.map_err(|error| self.failure(&error))?;
        self.tell(session, &made)?;
        Ok(exit::GOOD)
    }

    fn make(&self, session: &mut Session<'_, '_>) -> Result<Made, Fault> {
        let kept = state::load(session).map_err(Fault::State)?;
        let view = state::view(session, &kept);
        let mut progress = Progress::new(session, "delta");
        let mut watch = |done, total| {
            progress.at(session, done, total);
            match session.io.is_interrupted() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let bases: Vec<&Path> = self.base.iter().map(PathBuf::as_path).collect();
        let (file, output) = (&self.file, &self.output);
        let made = if self.apply {
            varaq_carry::apply(&Disk, file, &bases, output, view, &mut watch).map(Made::Whole)
        } else {
            varaq_carry::delta(&Disk, file, &bases, output, view, &mut watch).map(Made::Delta)
        };
        made.map_err(Fault::Delta)
    }

    fn tell(&self, session: &mut Session<'_, '_>, made: &Made) -> Result<(), Failure> {
        let path = self.output.to_string_lossy();
        let name = words::path(&self.output);
        match made {
            Made::Whole(bytes) if session.json => session
                .object(&json!({ "type": "whole", "path": path, "bytes": bytes, "identical": true })),
            Made::Whole(bytes) => session.line(&format!(
                "{name}: {}, byte for byte the file that the delta was made of",
                words::size(*bytes)
            )),
            Made::Delta(made) if session.json => session.object(&json!({
                "type": "delta", "path": path, "bytes": made.delta_bytes, "whole_bytes": made.whole_bytes,
                "pieces": made.pieces, "shared_pieces": made.shared,
            })),
            Made::Delta(made) => session.line(&format!(
                "{name}: {} instead of {} ({} %), {} shared",
                words::size(made.delta_bytes),
                words::size(made.whole_bytes),
                made.delta_bytes.saturating_mul(100) / made.whole_bytes.max(1),
                words::count(made.shared.into(), "piece"),
            )),
        }
    }

    fn failure(&self, fault: &Fault) -> Failure {
        let error = match fault {
            Fault::State(failure) => return failure.clone(),
            Fault::Delta(DeltaError::Select(error)) => return not_made(&self.output, error),
            Fault::Delta(error) => error,
        };
        let what = format!("cannot make {}", words::path(&self.output));
        let failure = Failure::failed(what).because(error);
        match error {
            DeltaError::NotCanonical => failure.hint("varaq check says what is in it"),
            DeltaError::NoLayout => failure.hint("--apply wants a file that varaq delta has made"),
            DeltaError::Missing { .. } => Failure {
                code: exit::INCOMPLETE,
                ..failure
            }
            .hint("name the same bases that the delta was made with; the delta alone can be read"),
            _ => failure,
        }
    }
}

enum Made {
    Delta(DeltaReport),
    Whole(u64),
}

enum Fault {
    State(Failure),
    Delta(DeltaError),
}
