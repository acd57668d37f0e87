//! Where a reader's own files are.

use std::env;
use std::path::PathBuf;

/// The folder for the reader's own files: `VARAQ_HOME`, else the place that the platform
/// gives to programs for data (`$XDG_DATA_HOME/varaq` or `~/.local/share/varaq`,
/// `~/Library/Application Support/Varaq`, `%APPDATA%\Varaq`). `None` if the environment
/// names no home. Nothing is created.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    folder("VARAQ_HOME").or_else(platform)
}

#[cfg(windows)]
fn platform() -> Option<PathBuf> {
    folder("APPDATA").map(|data| data.join("Varaq"))
}

#[cfg(target_os = "macos")]
fn platform() -> Option<PathBuf> {
    folder("HOME").map(|home| home.join("Library/Application Support/Varaq"))
}

#[cfg(not(any(windows, target_os = "macos")))]
fn platform() -> Option<PathBuf> {
    // The base directory specification: a relative path is to be ignored.
    let data = folder("XDG_DATA_HOME").filter(|data| data.is_absolute());
    data.or_else(|| folder("HOME").map(|home| home.join(".local/share")))
        .map(|data| data.join("varaq"))
}

/// An environment variable that names a folder; an empty one counts as not set.
fn folder(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
