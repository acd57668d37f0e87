//! Writing a folder of files: all of it appears at once, or nothing.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use crate::failure::Failure;
use crate::words;

/// A folder that is filled under another name beside its place, and removed again if it is dropped.
pub struct NewFolder {
    beside: TempDir,
    place: PathBuf,
}

impl NewFolder {
    /// Begins a folder that must not be there yet.
    ///
    /// # Errors
    /// If something of that name is there, or the disk fails.
    pub fn begin(place: &Path) -> Result<NewFolder, Failure> {
        if fs::symlink_metadata(place).is_ok() {
            let what = format!("{} is there already", words::path(place));
            return Err(Failure::failed(what).hint("name a new folder; nothing is overwritten"));
        }
        let mut builder = Builder::new();
        builder.prefix(".varaq-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let beside = builder.tempdir_in(above(place)).map_err(|error| {
            Failure::failed(format!("cannot write {}", words::path(place))).because(&error)
        })?;
        Ok(NewFolder {
            beside,
            place: place.to_owned(),
        })
    }

    /// Makes a folder in it.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn folder(&self, name: &str) -> Result<(), Failure> {
        fs::create_dir(self.beside.path().join(name)).map_err(|error| self.cannot(name, &error))
    }

    /// Writes a file in it.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let written = File::create_new(self.beside.path().join(name)).and_then(|mut file| {
            fill(&mut file)?;
            file.sync_all()
        });
        written.map_err(|error| self.cannot(name, &error))
    }

    /// Takes a file away again.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn remove(&self, name: &str) -> Result<(), Failure> {
        fs::remove_file(self.beside.path().join(name)).map_err(|error| self.cannot(name, &error))
    }

    /// Gives the folder its name, and syncs it before and after: on FAT a rename alone can be lost.
    ///
    /// # Errors
    /// If something of that name has come to be there, or the disk fails.
    pub fn keep(self) -> Result<(), Failure> {
        let place = self.place.clone();
        let cannot = |error: io::Error| {
            Failure::failed(format!("cannot write {}", words::path(&place))).because(&error)
        };
        sync(self.beside.path()).map_err(cannot)?;
        // An empty folder would be replaced without a word; a full one is refused by the system.
        if fs::symlink_metadata(&place).is_ok() {
            return Err(cannot(io::ErrorKind::AlreadyExists.into()));
        }
        fs::rename(self.beside.path(), &place).map_err(cannot)?;
        // It has moved: nothing is left to be removed.
        let _ = self.beside.keep();
        sync(&place)
            .and_then(|()| sync(above(&place)))
            .map_err(cannot)
    }

    fn cannot(&self, name: &str, error: &io::Error) -> Failure {
        let path = self.place.join(name);
        Failure::failed(format!("cannot write {}", words::path(&path))).because(error)
    }
}

fn above(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Other systems give no handle to sync a folder with.
fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
