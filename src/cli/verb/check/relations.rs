//! What a check says of files that are no bundles, and of what bundles are to each other.

use std::path::{Path, PathBuf};

use serde_json::json;
use varaq_carry::{Oddity, Same, Series};

use crate::failure::Failure;
use crate::session::{Session, Tone};
use crate::words;

/// A line names no more; `--json` has them all.
const NAMED: usize = 3;

/// A file that is no bundle. A harmless one is only named with `-v`.
pub(super) fn foreign(
    session: &mut Session<'_, '_>,
    path: &Path,
    odd: &[Oddity],
) -> Result<(), Failure> {
    if odd.is_empty() {
        session.detail(&format!("not a bundle: {}", words::path(path)));
        return Ok(());
    }
    let names: Vec<&str> = odd.iter().map(|odd| odd.name()).collect();
    if session.json {
        let path = path.to_string_lossy();
        return session.object(&json!({ "type": "foreign", "path": path, "odd": names }));
    }
    let meanings: Vec<&str> = odd.iter().map(|odd| odd.meaning()).collect();
    let place = format!(
        "{}  {}: {}",
        words::path(path),
        names.join(" "),
        meanings.join("; ")
    );
    line(session, "FOREIGN", Tone::Careful, "-", &place)
}

/// Files that hold the same issue.
pub(super) fn same(session: &mut Session<'_, '_>, same: &Same) -> Result<(), Failure> {
    let (epoch, number) = same.place;
    if session.json {
        return session.object(&json!({
            "type": "same", "manifest": same.manifest.to_string(), "channel": same.channel,
            "epoch": epoch, "number": number, "identical": same.identical, "paths": texts(&same.paths),
        }));
    }
    let how = if same.identical {
        "files byte for byte the same"
    } else {
        "copies of one issue in other bytes"
    };
    let place = format!("{} {how}: {}", same.paths.len(), listed(&same.paths));
    let issue = format!("{} {epoch}/{number}", same.channel);
    line(session, "SAME", Tone::Good, &issue, &place)
}

/// A channel of which there are older issues than the newest.
pub(super) fn series(session: &mut Session<'_, '_>, series: &Series) -> Result<(), Failure> {
    let ((epoch, number), newest) = &series.newest;
    if session.json {
        let one = |(epoch, number): &(u32, u32), path: &PathBuf| json!({ "epoch": epoch, "number": number, "path": path.to_string_lossy() });
        let older: Vec<_> = series
            .older
            .iter()
            .map(|(place, path)| one(place, path))
            .collect();
        return session.object(&json!({
            "type": "series", "publisher": series.publisher.to_string(), "channel": series.channel,
            "newest": one(&series.newest.0, newest), "older": older,
        }));
    }
    let paths: Vec<PathBuf> = series.older.iter().map(|(_, path)| path.clone()).collect();
    let place = format!(
        "{} older than {}: {}",
        words::count(paths.len() as u64, "file"),
        words::path(newest),
        listed(&paths)
    );
    let issue = format!("{} {epoch}/{number}", series.channel);
    line(session, "OLDER", Tone::Good, &issue, &place)
}

fn texts(paths: &[PathBuf]) -> Vec<String> {
    let text = |path: &PathBuf| path.to_string_lossy().into_owned();
    paths.iter().map(text).collect()
}

fn listed(paths: &[PathBuf]) -> String {
    let mut names: Vec<String> = paths
        .iter()
        .take(NAMED)
        .map(|path| words::path(path))
        .collect();
    if let Some(more) = paths.len().checked_sub(NAMED).filter(|more| *more > 0) {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

/// As a line of a verdict, with nothing to say of articles.
fn line(
    session: &mut Session<'_, '_>,
    word: &str,
    tone: Tone,
    issue: &str,
    place: &str,
) -> Result<(), Failure> {
    let word = session.out_word(&format!("{word:<17}"), tone);
    session.line(&format!("{word}  {issue:<16}  {:>13}  {place}", "-"))
}
