//! Lists a folder: sub-folders and what the window opens (bundles, contacts, notes, pictures), nothing hidden.
//!
//! What a file is, its first bytes say. A name that ends in `.varaq` is listed all the same: its bytes may be damaged,
//! and the verdict says so.
use super::{News, Post, handed};
use crate::{
    drives,
    handed::Kind,
    screens::{FileRow, Folder},
};
use std::{io, path::PathBuf, sync::mpsc, time::Duration};

/// How often drives are looked for.
const DRIVES: Duration = Duration::from_secs(2);

/// Says which drives there are whenever that has changed, until nobody listens.
pub(super) fn watch_drives(post: &Post, listens: &mpsc::Receiver<()>) {
    let mut known = None;
    loop {
        let drives = drives::list();
        // Room changes all the time, and is nothing to wake a window for.
        let now: Vec<_> = drives.iter().map(|it| it.path.clone()).collect();
        if known.as_ref() != Some(&now) {
            known = Some(now);
            post.send(u64::MAX, News::Drives(drives));
        }
        if listens.recv_timeout(DRIVES) != Err(mpsc::RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Most rows that are listed.
const MOST: usize = 2_000;

/// Reads a folder; what goes wrong is in the answer.
pub(super) fn list(folder: Option<PathBuf>) -> Folder {
    let path = folder
        .map_or_else(std::env::current_dir, Ok)
        .unwrap_or_else(|_| PathBuf::from("/"));
    match rows(&path) {
        Ok((rows, cut)) => Folder {
            path,
            rows,
            cut,
            refused: None,
        },
        Err(error) => Folder {
            path,
            refused: Some(error.to_string()),
            ..Folder::default()
        },
    }
}

fn rows(path: &std::path::Path) -> io::Result<(Vec<FileRow>, bool)> {
    let mut rows: Vec<FileRow> = std::fs::read_dir(path)?
        .flatten()
        .filter_map(|entry| row(&entry))
        .collect();
    rows.sort_by(|a, b| {
        (a.size.is_some(), a.name.to_lowercase()).cmp(&(b.size.is_some(), b.name.to_lowercase()))
    });
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    Ok((rows, cut))
}

fn row(entry: &std::fs::DirEntry) -> Option<FileRow> {
    let name = entry.file_name().to_string_lossy().into_owned();
    let path = entry.path();
    let meta = std::fs::metadata(&path).ok()?;
    if name.starts_with('.') {
        return None;
    }
    let named = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("varaq"));
    let kind = match meta.is_file() {
        true => handed::kind(&path).or(named.then_some(Kind::Bundle)),
        false => None,
    };
    (meta.is_dir() || kind.is_some()).then(|| FileRow {
        name,
        path,
        size: kind.map(|_| meta.len()),
        kind,
    })
}
