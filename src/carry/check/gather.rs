//! What the files of a check are to each other: the same bytes, the same issue, older ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use varaq_bundle::Hash;
use varaq_trust::PublisherId;

use crate::{FileReport, Same, Series};

/// A valid bundle, as much of it as is kept until the end.
#[derive(Debug)]
struct Kept {
    path: PathBuf,
    publisher: PublisherId,
    channel: String,
    place: (u32, u32),
    manifest: Hash,
    /// Length and hash of the head, if everything else is known to be as it was signed.
    bytes: Option<(u64, Hash)>,
}

/// All valid bundles of a check.
#[derive(Debug, Default)]
pub(super) struct Gathered(Vec<Kept>);

impl Gathered {
    pub(super) fn add(&mut self, report: &FileReport) {
        let (Some(facts), Some(found)) = (&report.facts, &report.found) else {
            return;
        };
        // Every byte is accounted for then, but for those of the head.
        let whole = found.is_whole() && found.trailer_bytes == 0;
        self.0.push(Kept {
            path: report.path.clone(),
            publisher: facts.publisher.id,
            channel: facts.issue.channel.clone(),
            place: (facts.issue.epoch, facts.issue.number),
            manifest: facts.issue.id,
            bytes: report
                .head
                .filter(|_| whole)
                .map(|head| (report.len_bytes, head)),
        });
    }

    /// Files with the same bytes; and copies of one issue in other bytes in several folders
    /// (those of one folder are read as one, and told then).
    pub(super) fn same(&self) -> Vec<Same> {
        let mut issues: BTreeMap<Hash, Vec<&Kept>> = BTreeMap::new();
        for kept in &self.0 {
            issues.entry(kept.manifest).or_default().push(kept);
        }
        let mut found = Vec::new();
        for copies in issues.values().filter(|copies| copies.len() > 1) {
            let mut bytes: BTreeMap<(u64, Hash), Vec<PathBuf>> = BTreeMap::new();
            for copy in copies {
                if let Some(key) = copy.bytes {
                    bytes.entry(key).or_default().push(copy.path.clone());
                }
            }
            let twins = bytes.into_values().filter(|paths| paths.len() > 1);
            let twins: Vec<Vec<PathBuf>> = twins.collect();
            let all_told = twins.iter().any(|paths| paths.len() == copies.len());
            found.extend(
                twins
                    .into_iter()
                    .filter_map(|paths| same(copies, paths, true)),
            );
            let folders: BTreeSet<_> = copies.iter().map(|copy| copy.path.parent()).collect();
            if folders.len() > 1 && !all_told {
                let paths = copies.iter().map(|copy| copy.path.clone()).collect();
                found.extend(same(copies, paths, false));
            }
        }
        found
    }

    /// Publishers' channels of which there are older issues than the newest.
    pub(super) fn series(&self) -> Vec<Series> {
        let mut series: BTreeMap<(PublisherId, &str), Vec<&Kept>> = BTreeMap::new();
        for kept in &self.0 {
            let key = (kept.publisher, kept.channel.as_str());
            series.entry(key).or_default().push(kept);
        }
        let mut found = Vec::new();
        for ((publisher, channel), kept) in series {
            let Some(newest) = kept.iter().max_by_key(|kept| kept.place) else {
                continue;
            };
            let older = kept.iter().filter(|kept| kept.place < newest.place);
            let mut older: Vec<((u32, u32), PathBuf)> =
                older.map(|kept| (kept.place, kept.path.clone())).collect();
            if older.is_empty() {
                continue;
            }
            older.sort();
            found.push(Series {
                publisher,
                channel: channel.to_owned(),
                newest: (newest.place, first_of(&kept, newest.place)),
                older,
            });
        }
        found
    }
}

/// The first of the files with a number.
fn first_of(kept: &[&Kept], place: (u32, u32)) -> PathBuf {
    let first = kept.iter().find(|kept| kept.place == place);
    first
        .map_or(Path::new(""), |kept| kept.path.as_path())
        .to_owned()
}

fn same(copies: &[&Kept], paths: Vec<PathBuf>, identical: bool) -> Option<Same> {
    copies.first().map(|copy| Same {
        manifest: copy.manifest,
        channel: copy.channel.clone(),
        place: copy.place,
        paths,
        identical,
    })
}
