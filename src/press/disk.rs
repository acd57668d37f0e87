//! Writing so that a failure, a pulled stick or a power cut leaves no half a file.
//!
//! A file is written beside its place, synced, renamed, and synced once more: on FAT the
//! rename alone can be lost although the folder was synced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is not there yet under its own name; removed again if it is dropped.
#[derive(Debug)]
pub(crate) struct Beside {
    file: Option<File>,
    part: PathBuf,
    target: PathBuf,
}

impl Beside {
    /// Begins `NAME.part` beside `target`.
    pub(crate) fn new(target: &Path) -> io::Result<Beside> {
        let part = with_suffix(target, ".part");
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&part)?;
        Ok(Beside {
            file: Some(file),
            part,
            target: target.to_owned(),
        })
    }

    /// The name it has until then.
    #[cfg(feature = "import")]
    pub(crate) fn part(&self) -> &Path {
        &self.part
    }

    pub(crate) fn file(&mut self) -> io::Result<&mut File> {
        let gone = || io::Error::other("the file was closed");
        self.file.as_mut().ok_or_else(gone)
    }

    /// Gives the file its name.
    pub(crate) fn keep(mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            file.sync_all()?;
        }
        fs::rename(&self.part, &self.target)?;
        // Nothing is left to be removed.
        self.part = PathBuf::new();
        sync_after_rename(&self.target)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        drop(self.file.take());
        if !self.part.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// `NAME` with something behind its whole name: `issue.varaq.head`.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The folder of a file, `.` for a bare name.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Syncs a file again after its rename, and its folder.
pub(crate) fn sync_after_rename(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()?;
    sync_folder(folder_of(path))
}

/// Syncs a folder, where a folder can be opened at all.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Replaces a small file of text.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = Beside::new(path)?;
    beside.file()?.write_all(bytes)?;
    beside.keep()
}

/// Writes a file that is not there yet; it is whole on the disk, or not there at all.
pub(crate) fn write_new(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let mut file = new_file(path, private)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let written = written.and_then(|()| sync_folder(folder_of(path)));
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes a folder of files that appear together: name, bytes, and whether only the owner
/// may read it. The folder must not be there, or be empty.
pub(crate) fn write_folder(folder: &Path, files: &[(String, Vec<u8>, bool)]) -> io::Result<()> {
    let above = folder_of(folder);
    fs::create_dir_all(above)?;
    let part = with_suffix(folder, ".part");
    // Never anything that is there already: it could be somebody's.
    private_folder(&part)?;
    let written = files.iter().try_for_each(|(name, bytes, private)| {
        let mut file = new_file(&part.join(name), *private)?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| {
        sync_folder(&part)?;
        match fs::remove_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(&part, folder)
    });
    if let Err(error) = placed {
        let _ = fs::remove_dir_all(&part);
        return Err(error);
    }
    for (name, ..) in files {
        OpenOptions::new()
            .write(true)
            .open(folder.join(name))?
            .sync_all()?;
    }
    sync_folder(folder)?;
    sync_folder(above)
}

fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn new_file(path: &Path, private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path)
}
