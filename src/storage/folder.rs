//! A folder that is still there when the power comes back.

use crate::{Access, Storage, folder_of};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Makes a folder and those above it, and makes their names last; content with one that is
/// there. A file in a folder whose own name was never synced is lost with it.
///
/// # Errors
/// If the disk refuses; then nothing is left of what was made, so that the next one who
/// comes does not take it for something that lasts.
pub fn make_folder(storage: &dyn Storage, folder: &Path, access: Access) -> io::Result<()> {
    let missing = missing(storage, folder)?;
    let made = storage.create_folder(folder, access).and_then(|()| {
        let mut above = missing.iter().map(|folder| folder_of(folder));
        above.try_for_each(|above| storage.sync_folder(above))
    });
    if made.is_err() {
        for folder in missing {
            let _ = storage.remove_folder(folder);
        }
    }
    made
}

/// Those of a folder and the ones above it that are not there, deepest first.
fn missing<'a>(storage: &dyn Storage, folder: &'a Path) -> io::Result<Vec<&'a Path>> {
    let mut missing = Vec::new();
    for folder in folder.ancestors() {
        // `.` and the root.
        if folder.as_os_str().is_empty() {
            break;
        }
        match storage.facts(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push(folder),
            Err(error) => return Err(error),
            Ok(_) => break,
        }
    }
    Ok(missing)
}
