//! `varaq split`: a bundle in parts, of which some rebuild it.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_carry::mend::{SplitError, SplitOptions, split};
use varaq_storage::Disk;

use crate::exit;
use crate::failure::Failure;
use crate::mended::{judge_failure, ticking};
use crate::progress::Progress;
use crate::session::Session;
use crate::state;
use crate::words;

/// The longest file of FAT32.
const FAT32: u64 = 4_294_967_295;

const EXAMPLES: &str = "\
Examples:
  varaq split news.varaq parts/ --size 20M              (for a chat; one in ten to spare)
  varaq split news.varaq parts/ --fat32
  varaq split news.varaq parts/ --parts 7 --need 4      (any four of seven rebuild it)
  varaq split news.varaq parts/ --size 1.9G --parts 3

The names of the parts say nothing of what is in them; what is inside names the issue and its publisher.
Every part is checked by itself (varaq check). Then: varaq join.";

/// Splits a bundle.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Split {
    /// The bundle
    file: PathBuf,
    /// The folder for the parts
    dir: PathBuf,
    /// No part is larger than FAT32 can hold
    #[arg(long, conflicts_with = "size")]
    fat32: bool,
    /// No part is larger than this: 1.9G, 20M, 700k (powers of 1,000)
    #[arg(long, value_parser = size)]
    size: Option<u64>,
    /// How many parts [default: one in ten more than needed]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    parts: Option<u16>,
    /// How many of them are needed [default: as few as --size allows]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    need: Option<u16>,
}

/// A size with a unit.
fn size(text: &str) -> Result<u64, String> {
    const SAID: &str = "expected a size such as 1.9G, 20M or 700k";
    let unit = text.trim_end_matches(['B', 'b']);
    let (number, scale) = match unit.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (unit.get(..at), 1_000),
        Some((at, 'm' | 'M')) => (unit.get(..at), 1_000_000),
        Some((at, 'g' | 'G')) => (unit.get(..at), 1_000_000_000),
        _ => (Some(unit), 1),
    };
    let number = number.unwrap_or_default();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.len() > 9 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SAID.to_owned());
    }
    let whole: u64 = whole.parse().map_err(|_| SAID.to_owned())?;
    let tenths = u64::from(
        format!("{part:0<9}")
            .parse::<u32>()
            .map_err(|_| SAID.to_owned())?,
    );
    let bytes = u128::from(whole) * u128::from(scale as u64)
        + u128::from(tenths) * u128::from(scale as u64) / 1_000_000_000;
    u64::try_from(bytes)
        .ok()
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| SAID.to_owned())
}

impl Split {
    /// Writes all parts or none.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let options = SplitOptions {
            size: self.size.or(self.fat32.then_some(FAT32)),
            parts: self.parts,
            need: self.need,
        };
        let mut progress = Progress::new(session, "split");
        let made = split(
            &Disk,
            &self.file,
            &self.dir,
            &options,
            view,
            &mut |done, total| ticking(session, &mut progress, done, total),
        );
        drop(progress);
        let report = made.map_err(|error| self.failure(&error))?;
        let files: Vec<_> = report
            .files
            .iter()
            .map(|file| file.to_string_lossy())
            .collect();
        if session.json {
            session.object(&json!({
                "type": "split", "path": self.file.to_string_lossy(), "manifest": report.manifest.to_string(),
                "parts": files, "need": report.need, "part_bytes": report.part_bytes,
            }))?;
        } else {
            session.line(&format!(
                "{}: {} of {} each; any {} rebuild {}",
                words::path(&self.dir),
                words::count(files.len() as u64, "part"),
                words::size(report.part_bytes),
                report.need,
                words::path(&self.file)
            ))?;
        }
        Ok(exit::GOOD)
    }

    fn failure(&self, error: &SplitError) -> Failure {
        let what = format!("{} was not split", words::path(&self.file));
        match error {
            SplitError::Judge(error) => judge_failure(what, &self.file, error),
            SplitError::Numbers => Failure::usage(what)
                .because(error)
                .hint("--size 20M, --fat32, or --parts 7 --need 4"),
            SplitError::TooLarge { .. } => Failure::usage(what)
                .because(error)
                .hint("ask for more parts, or leave --need out"),
            SplitError::AlreadyThere => Failure::failed(what)
                .because(error)
                .hint("nothing is overwritten: name another folder"),
            SplitError::Io(_) => Failure::failed(what).because(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_a_number_with_a_unit() {
        let read = ["1.9G", "20M", "700k", "4096", "20MB"].map(|text| size(text).ok());
        let wanted = [1_900_000_000, 20_000_000, 700_000, 4_096, 20_000_000].map(Some);
        assert_eq!(read, wanted);
        for wrong in [
            "",
            "G",
            "0",
            "-1",
            "1.G5",
            "1.1.1M",
            "99999999999999999999G",
            "1.٣M",
        ] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
