//! `varaq collect`: recordings of a one-way stream back to bundles.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_carry::{CollectError, Collector, Kept, Waiting};
use varaq_storage::{Disk, Facts, Storage};

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq collect monday.packets tuesday.packets -o received
  receiver | varaq collect - -o received

Recordings may be cut, shifted, doubled and full of noise: what is there of an issue is
put together. A partial bundle appears early, and is replaced when more has come. Nothing
gets a name that its publisher has not signed. Exit code 3: something is still missing;
give all recordings together, also those of later rounds.";

/// Puts bundles together.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Collect {
    /// The recordings; - is standard input
    #[arg(required = true)]
    recordings: Vec<PathBuf>,
    /// The folder for the bundles
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Most streams that are followed at once
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1_024))]
    streams: u16,
}

impl Collect {
    /// Reads all recordings; once more if some of what they said was wrong.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let mut total = 0;
        for path in self.recordings.iter().filter(|path| !is_pipe(path)) {
            match Disk.facts(path) {
                Ok(Facts::File { len }) => total += len,
                Ok(Facts::Other) => {}
                Ok(Facts::Folder) => {
                    return Err(Failure::usage(format!("{} is a folder", words::path(path))));
                }
                Err(error) => return Err(unread(path, &error)),
            }
        }
        let view = state::view(session, &kept);
        let streams = usize::from(self.streams);
        let collector = Collector::new(&Disk, &self.output, view, streams);
        let mut collector = collector.map_err(|error| {
            let what = format!("cannot write into {}", words::path(&self.output));
            Failure::failed(what).because(&error)
        })?;
        self.listen(session, &mut collector, total)?;
        let again = collector.received().forgotten > 0 && !collector.waiting().is_empty();
        if again && !self.recordings.iter().any(|path| is_pipe(path)) {
            session.note("some packets were not what was signed: the recordings are read again");
            self.listen(session, &mut collector, total)?;
        }
        tell(session, &collector)
    }

    fn listen(
        &self,
        session: &mut Session<'_, '_>,
        collector: &mut Collector<'_>,
        total: u64,
    ) -> Result<(), Failure> {
        for path in &self.recordings {
            let mut recording: Box<dyn Read> = match is_pipe(path) {
                true => Box::new(io::stdin().lock()),
                false => Box::new(Disk.open(path).map_err(|error| unread(path, &error))?),
            };
            let mut progress = Progress::new(session, "collect");
            let cancel = std::sync::Arc::clone(&session.io.interrupted);
            let mut came = Vec::new();
            let fed = collector.feed(
                &mut recording,
                &mut |done| {
                    progress.at(session, done, total);
                    match cancel.load(std::sync::atomic::Ordering::Relaxed) {
                        true => ControlFlow::Break(()),
                        false => ControlFlow::Continue(()),
                    }
                },
                &mut |kept| came.push(kept),
            );
            drop(progress);
            for kept in &came {
                told(session, kept)?;
            }
            fed.map_err(|error| self.failure(path, &error))?;
        }
        Ok(())
    }

    fn failure(&self, path: &Path, error: &CollectError) -> Failure {
        let into = || format!("cannot write into {}", words::path(&self.output));
        match error {
            CollectError::Cancelled => Failure::interrupted(),
            CollectError::Recording(error) => unread(path, error),
            CollectError::NameTaken { .. } => Failure::failed(into())
                .because(error)
                .hint("take another folder, or move that file away"),
            _ => Failure::failed(into()).because(error),
        }
    }
}

fn is_pipe(path: &Path) -> bool {
    path == Path::new("-")
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("cannot read {}", words::path(path))).because(error)
}

/// A bundle that was written.
fn told(session: &mut Session<'_, '_>, kept: &Kept) -> Result<(), Failure> {
    if session.json {
        return session.object(&json!({
            "type": "collected", "path": kept.path.to_string_lossy(), "manifest": kept.manifest.to_string(),
            "bytes": kept.len_bytes, "pieces": kept.pieces, "piece_count": kept.piece_count,
            "whole": kept.is_whole,
        }));
    }
    let state = match kept.is_whole {
        true => "whole, as it was sent".to_owned(),
        false => format!("{} of {} pieces", kept.pieces, kept.piece_count),
    };
    session.line(&format!(
        "{}: {}, {state}",
        words::path(&kept.path),
        words::size(kept.len_bytes)
    ))
}

/// What came in, and what is missing.
fn tell(session: &mut Session<'_, '_>, collector: &Collector<'_>) -> Result<u8, Failure> {
    let (received, waiting) = (collector.received(), collector.waiting());
    if session.json {
        session.object(&json!({
            "type": "collect_summary", "bytes": received.bytes, "packets": received.packets,
            "known": received.known, "dropped": received.dropped, "forgotten": received.forgotten,
            "whole": collector.whole(), "incomplete": waiting.len(),
        }))?;
    } else {
        session.note(&format!(
            "{} in {}, {} known already, {} dropped",
            words::count(received.packets, "packet"),
            words::size(received.bytes),
            received.known,
            received.dropped
        ));
    }
    if received.packets == 0 {
        return Err(Failure::new(exit::NOT_A_BUNDLE, "no packet was found")
            .hint("a recording must hold the bytes of packets as varaq carousel wrote them"));
    }
    for stream in &waiting {
        missing(session, stream)?;
    }
    Ok(if waiting.is_empty() {
        exit::GOOD
    } else {
        exit::INCOMPLETE
    })
}

fn missing(session: &mut Session<'_, '_>, stream: &Waiting) -> Result<(), Failure> {
    let lost = stream.block_count.saturating_sub(stream.blocks);
    if session.json {
        return session.object(&json!({
            "type": "incomplete", "blocks": stream.blocks, "block_count": stream.block_count,
            "kept": stream.is_kept, "verdict": stream.refused.map(|verdict| verdict.name()),
        }));
    }
    session.line(&match (stream.refused, stream.is_kept) {
        (Some(verdict), _) => format!("a stream whose head is not accepted: {}", verdict.name()),
        (None, true) => format!("still missing: {lost} of {} blocks", stream.block_count),
        (None, false) => format!(
            "a stream of which too little came for a bundle: {} of {} blocks",
            stream.blocks, stream.block_count
        ),
    })
}
