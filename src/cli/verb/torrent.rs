//! `varaq torrent`: one bundle as a torrent, for others to fetch and to seed.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_carry::{FolderAddress, Torrent as Made, TorrentError, TorrentOptions, TrackerAddress};
use varaq_storage::{Disk, Storage};

use crate::digits::hex;
use crate::exit;
use crate::failure::Failure;
use crate::file;
use crate::progress::Progress;
use crate::session::Session;
use crate::vetted::vetted;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq torrent news.varaq --web-seed https://mirror.example/varaq/
  varaq torrent news.varaq --hybrid --tracker udp://tracker.example:6969/announce -o /srv/news.torrent

The file is checked first: what is forged or damaged gets no torrent. A web seed is the
folder on a server that holds the file under this very name. The same file and options
give the same bytes, so everybody who makes the torrent joins one swarm. A hybrid is read
by clients of today; transmission before 4.0 and aria2 before 1.37 cannot read one.";

/// Makes a torrent.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Torrent {
    /// The bundle
    file: PathBuf,
    /// Where to write [default: FILE.torrent]
    #[arg(short, long, value_name = "FILE.torrent")]
    output: Option<PathBuf>,
    /// A tracker; without any, peers find each other by themselves
    #[arg(long, value_name = "URL")]
    tracker: Vec<TrackerAddress>,
    /// A folder on a server that holds the file
    #[arg(long, value_name = "URL")]
    web_seed: Vec<FolderAddress>,
    /// BitTorrent version 2 beside version 1
    #[arg(long)]
    hybrid: bool,
}

impl Torrent {
    /// Checks the file, makes the torrent, writes it unless the same is there.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        vetted(session, &self.file)?;
        let made = self.make(session)?;
        let target = self.output.clone().unwrap_or_else(|| beside(&self.file));
        let written = write(&target, &made.bytes)?;
        tell(session, &target, &made, written)?;
        Ok(exit::GOOD)
    }

    fn make(&self, session: &mut Session<'_, '_>) -> Result<Made, Failure> {
        let options = TorrentOptions {
            trackers: self.tracker.clone(),
            web_seeds: self.web_seed.clone(),
            hybrid: self.hybrid,
        };
        let mut progress = Progress::new(session, "torrent");
        let made = varaq_carry::torrent(&Disk, &self.file, &options, &mut |done, total| {
            progress.at(session, done, total);
            if session.io.is_interrupted() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        made.map_err(|error| failure(&self.file, &error))
    }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".torrent");
    PathBuf::from(name)
}

/// False if the same bytes were there already.
fn write(target: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    if Disk.facts(target).is_ok() {
        let most = bytes.len() as u64;
        if varaq_storage::read(&Disk, target, most).is_ok_and(|there| there == bytes) {
            return Ok(false);
        }
    }
    file::write_new(target, bytes).map(|()| true)
}

fn tell(
    session: &mut Session<'_, '_>,
    target: &Path,
    made: &Made,
    written: bool,
) -> Result<(), Failure> {
    if session.json {
        return session.object(&json!({
            "type": "torrent", "path": target.to_string_lossy(), "written": written, "name": made.name,
            "bytes": made.len_bytes, "piece_bytes": made.piece_bytes, "pieces": made.pieces,
            "infohash": hex(&made.v1), "infohash_v2": made.v2.map(|hash| hex(&hash)), "magnet": made.magnet,
        }));
    }
    let state = if written { "" } else { ", as it was" };
    session.line(&format!(
        "{}: {} of {} KiB{state}",
        words::path(target),
        words::count(made.pieces, "piece"),
        made.piece_bytes.div_euclid(1_024),
    ))?;
    session.line(&format!("v1 {}", hex(&made.v1)))?;
    if let Some(v2) = &made.v2 {
        session.line(&format!("v2 {}", hex(v2)))?;
    }
    session.line(&made.magnet)
}

fn failure(path: &Path, error: &TorrentError) -> Failure {
    let failure = Failure::failed(format!("{} has got no torrent", words::path(path)));
    match error {
        TorrentError::Cancelled => Failure::interrupted(),
        TorrentError::Name => failure.because(error).hint("give the file a plain name"),
        TorrentError::Changed { .. } => failure
            .because(error)
            .hint("try again when nobody writes the file"),
        _ => failure.because(error),
    }
}
