//! `varaq carousel`: bundles as a stream of packets for a channel that leads one way.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_carry::{CarouselError, CarouselOptions, CarouselReport, SelectError};
use varaq_storage::{Access, Beside, Disk};

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
  varaq carousel news.varaq -o news.packets
  varaq carousel news.varaq other.varaq -o - --rounds 0 --overhead 40 | modulator
  varaq carousel news.varaq -o night.packets --rounds 0 --size 4G

Whoever records the stream, or a part of it, makes bundles of it again with varaq collect;
packets may be lost, doubled or cut. Of all bundles the front page and the list of
articles go first, then texts, then pictures. More --overhead helps when much is lost in
one round; more --rounds help whoever tunes in late.";

/// Sends bundles.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Carousel {
    /// The bundles, the most important first
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where to write the packets; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Stop before the stream is longer than this, such as 4G
    #[arg(long, value_name = "SIZE")]
    size: Option<Amount>,
    /// How often everything is sent; 0 is for ever, or until --size
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: u32,
    /// Packets that repair lost ones, for each 100 packets of a round
    #[arg(long, value_name = "PERCENT", default_value_t = 25, value_parser = clap::value_parser!(u8).range(0..=100))]
    overhead: u8,
    /// Bytes of a packet: an even number from 128 to 8192
    #[arg(long, value_name = "BYTES", default_value_t = 1_316)]
    packet: u16,
}

impl Carousel {
    /// Checks the files, writes the stream.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let is_pipe = self.output == Path::new("-");
        if is_pipe && session.json {
            return Err(Failure::usage(
                "--json and the packets cannot both go to standard output",
            ));
        }
        if !is_pipe && self.rounds == 0 && self.size.is_none() {
            return Err(Failure::usage("a file without an end")
                .hint("add --size, or write to a pipe with -o -"));
        }
        for path in &self.files {
            vetted(session, path)?;
        }
        let made = match is_pipe {
            true => self.send(session, &mut io::stdout().lock()),
            false => self.to_file(session),
        };
        match made {
            Ok(report) if is_pipe => session.note(&told("standard output", &report)),
            Ok(report) => self.tell(session, &report)?,
            // The program behind the pipe has heard enough.
            Err(CarouselError::Select(SelectError::Io(error)))
                if is_pipe && error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => return Err(self.failure(&error)),
        }
        Ok(exit::GOOD)
    }

    fn to_file(&self, session: &mut Session<'_, '_>) -> Result<CarouselReport, CarouselError> {
        let io = |error| CarouselError::Select(SelectError::Io(error));
        let mut file = Beside::new(&Disk, &self.output, Access::Usual).map_err(io)?;
        let mut buffer = io::BufWriter::with_capacity(1 << 20, &mut file);
        let report = self.send(session, &mut buffer)?;
        buffer.flush().map_err(io)?;
        drop(buffer);
        file.keep_as_new(&self.output).map_err(io)?;
        Ok(report)
    }

    fn send(
        &self,
        session: &mut Session<'_, '_>,
        out: &mut dyn Write,
    ) -> Result<CarouselReport, CarouselError> {
        let unread = |failure: Failure| {
            CarouselError::Select(SelectError::Io(io::Error::other(failure.what)))
        };
        let kept = state::load(session).map_err(unread)?;
        let view = state::view(session, &kept);
        let options = CarouselOptions {
            packet_bytes: self.packet,
            rounds: self.rounds,
            overhead_percent: self.overhead,
            max_bytes: self.size.map(|size| size.0),
        };
        let files: Vec<&Path> = self.files.iter().map(PathBuf::as_path).collect();
        let mut progress = Progress::new(session, "carousel");
        let mut watch = |done, total| {
            progress.at(session, done, total);
            match session.io.is_interrupted() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        varaq_carry::carousel(&Disk, &files, view, &options, out, &mut watch)
    }

    fn tell(&self, session: &mut Session<'_, '_>, made: &CarouselReport) -> Result<(), Failure> {
        if session.json {
            return session.object(&json!({
                "type": "carousel", "path": self.output.to_string_lossy(), "packets": made.packets,
                "bytes": made.bytes, "rounds": made.rounds, "file_bytes": made.file_bytes,
                "packet_bytes": self.packet,
            }));
        }
        session.line(&told(&words::path(&self.output), made))
    }

    fn failure(&self, error: &CarouselError) -> Failure {
        match error {
            CarouselError::Select(error) => not_made(&self.output, error),
            CarouselError::PacketSize(_) => Failure::usage(error.to_string()),
            CarouselError::TooLong => Failure::failed("nothing was sent")
                .because(error)
                .hint("take larger packets with --packet"),
        }
    }
}

fn told(name: &str, made: &CarouselReport) -> String {
    format!(
        "{name}: {} ({}), {} of {}",
        words::count(made.packets, "packet"),
        words::size(made.bytes),
        words::count(made.rounds.into(), "round"),
        words::size(made.file_bytes),
    )
}
