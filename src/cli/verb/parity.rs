//! `varaq parity`: repair data for a bundle.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;
use varaq_carry::mend::{ParityError, add_parity, check_parity};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::mended::{judge_failure, parity_line, ticking};
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

const ADD_EXAMPLES: &str = "\
Examples:
  varaq parity add news.varaq                    (10 percent, in news.varaq.parity)
  varaq parity add news.varaq --percent 25 -o spare/news.parity
  varaq parity add news.varaq --append           (behind the bundle, in one file)

Ten percent mend any one hole of a tenth of the file, wherever it is, and many small ones. The
same file and percentage give the same bytes. --append writes the file anew and needs room for both.";

const CHECK_EXAMPLES: &str = "\
Examples:
  varaq parity check news.varaq.parity
  varaq parity check news.varaq      (with --append)";

/// Makes and checks repair data.
#[derive(Debug, Subcommand)]
pub enum Parity {
    /// Make repair data for a bundle
    Add(Add),
    /// Tell what is left of repair data
    Check(Check),
}

/// Makes repair data.
#[derive(Args, Debug)]
#[command(after_help = ADD_EXAMPLES)]
pub struct Add {
    /// The bundle
    file: PathBuf,
    /// How much repair data, in percent of the bundle
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    percent: u16,
    /// The file to write [default: FILE.parity]
    #[arg(short, long, value_name = "FILE", conflicts_with = "append")]
    output: Option<PathBuf>,
    /// Put it behind the bundle itself
    #[arg(long)]
    append: bool,
}

/// Checks repair data.
#[derive(Args, Debug)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    /// Files with repair data
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl Parity {
    /// Runs the verb.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        match self {
            Parity::Add(verb) => verb.run(session),
            Parity::Check(verb) => verb.run(session),
        }
    }
}

impl Add {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let beside = self.output.clone().unwrap_or_else(|| {
            let mut name = self.file.as_os_str().to_owned();
            name.push(".parity");
            PathBuf::from(name)
        });
        let target = (!self.append).then_some(beside.as_path());
        let mut progress = Progress::new(session, "parity");
        let made = add_parity(
            &Disk,
            &self.file,
            target,
            self.percent,
            view,
            &mut |done, total| ticking(session, &mut progress, done, total),
        );
        drop(progress);
        let report = made.map_err(|error| self.failure(&error))?;
        let written = target.unwrap_or(&self.file);
        if session.json {
            session.object(&json!({
                "type": "repair_data_made", "path": written.to_string_lossy(), "manifest": report.manifest.to_string(),
                "file_bytes": report.file_bytes, "repair_bytes": report.repair_bytes, "burst_bytes": report.burst_bytes,
            }))?;
        } else {
            session.line(&format!(
                "{}: {} of repair data for {}; mends up to {} in one place",
                words::path(written),
                words::size(report.repair_bytes),
                words::size(report.file_bytes),
                words::size(report.burst_bytes)
            ))?;
        }
        Ok(exit::GOOD)
    }

    fn failure(&self, error: &ParityError) -> Failure {
        let what = format!("no repair data was made for {}", words::path(&self.file));
        match error {
            ParityError::Judge(error) => judge_failure(what, &self.file, error),
            ParityError::AlreadyThere => Failure::failed(what)
                .because(error)
                .hint("nothing is overwritten: name another file with -o"),
            ParityError::Already => Failure::failed(what)
                .because(error)
                .hint("varaq clean takes it away, or -o puts more beside"),
            error => Failure::failed(what).because(error),
        }
    }
}

impl Check {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let mut code = exit::GOOD;
        for file in &self.files {
            code = exit::worse(code, check(session, file)?);
        }
        Ok(code)
    }
}

fn check(session: &mut Session<'_, '_>, file: &Path) -> Result<u8, Failure> {
    let mut progress = Progress::new(session, "parity");
    let found = check_parity(&Disk, file, &mut |done, total| {
        ticking(session, &mut progress, done, total)
    });
    drop(progress);
    let found = match found {
        Ok(found) => found,
        Err(ParityError::Judge(_)) => return Err(Failure::interrupted()),
        Err(error) => {
            let what = format!("{} was not checked", words::path(file));
            let code = if let ParityError::None = error {
                exit::NOT_A_BUNDLE
            } else {
                exit::FAILED
            };
            session.fail(&Failure::new(code, what).because(&error));
            return Ok(code);
        }
    };
    let mut code = exit::GOOD;
    for one in &found {
        parity_line(session, file, one)?;
        code = exit::worse(
            code,
            match one.blocks_whole {
                _ if one.is_whole() => exit::GOOD,
                0 => exit::DAMAGED,
                _ => exit::MENDABLE,
            },
        );
    }
    Ok(code)
}
