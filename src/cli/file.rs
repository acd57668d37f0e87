//! Writing one file: whole or not at all, and never over another.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

use crate::failure::Failure;
use crate::words;

/// Writes a new file for everybody to read: beside, sync, rename, and sync once more for the
/// sake of FAT.
///
/// # Errors
/// If a file of that name is there, or the disk fails; then nothing is left behind.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: &io::Error| {
        let failure = Failure::failed(format!("cannot write {}", words::path(path))).because(error);
        if error.kind() == io::ErrorKind::AlreadyExists {
            failure.hint("nothing is overwritten: name another file, or remove that one")
        } else {
            failure
        }
    };
    write(path, bytes).map_err(|error| failed(&error))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".varaq-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    let file = beside
        .persist_noclobber(path)
        .map_err(|error| error.error)?;
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = fs::metadata(folder)?;
    file.sync_all()
}
