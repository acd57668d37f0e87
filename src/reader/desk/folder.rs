//! Lists a folder: sub-folders and bundles, nothing else, nothing hidden.
use crate::screens::{FileRow, Folder};
use std::{io, path::PathBuf};

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
    let bundle = meta.is_file()
        && path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("varaq"));
    let shown = !name.starts_with('.') && (meta.is_dir() || bundle);
    shown.then(|| FileRow {
        name,
        path,
        size: bundle.then_some(meta.len()),
    })
}
