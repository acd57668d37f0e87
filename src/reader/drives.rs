//! The drives of this computer.
//!
//! In: what the system says of its disks. Out: where they can be found, how much room is on them, and which of them
//! are made to be carried. Nothing on them is opened here.
use std::path::{Path, PathBuf};
use sysinfo::{Disk, DiskRefreshKind, Disks};

/// A drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drive {
    /// What people call it: its label, else where it is found.
    pub name: String,
    /// Where it is found.
    pub path: PathBuf,
    /// Bytes that can be written.
    pub free: u64,
    /// It is made to be carried.
    pub is_removable: bool,
    /// Nothing can be written.
    pub is_read_only: bool,
    /// It takes no file of 4 GiB.
    pub is_fat: bool,
}

/// Whether a folder lies on a medium that is made to be carried, as far as the system says so.
#[must_use]
pub fn is_removable(folder: &Path) -> bool {
    // Neither kind nor room is asked: a network drive that does not answer must not hold up the start.
    let nothing = DiskRefreshKind::nothing();
    let Ok(disks) = Disks::new_with_refreshed_list_specifics(nothing) else {
        return false;
    };
    let holding = disks
        .iter()
        .filter(|disk| folder.starts_with(disk.mount_point()));
    let nearest = holding.max_by_key(|disk| disk.mount_point().components().count());
    nearest.is_some_and(Disk::is_removable)
}

/// The drives that people know of: sticks first, then by where they are found.
#[must_use]
pub fn list() -> Vec<Drive> {
    let Ok(disks) = Disks::new_with_refreshed_list() else {
        return Vec::new();
    };
    let mut drives: Vec<Drive> = disks
        .iter()
        .filter(|disk| disk.is_removable() || is_known(disk.mount_point()))
        .map(drive)
        .collect();
    drives.sort_by_key(|drive| (!drive.is_removable, drive.path.clone()));
    drives.dedup_by(|a, b| a.path == b.path);
    drives
}

/// Mounts that are no part of the system: the root, and where desktops and people mount.
fn is_known(mount: &Path) -> bool {
    let homes = ["/media", "/run/media", "/mnt", "/Volumes"];
    cfg!(windows) || mount == Path::new("/") || homes.iter().any(|home| mount.starts_with(home))
}

/// `vfat`, `FAT32`, `msdos`; exFAT has no such limit.
fn is_fat(system: &str) -> bool {
    let system = system.to_ascii_lowercase();
    system.contains("fat") && !system.contains("exfat") || system == "msdos"
}

fn drive(disk: &Disk) -> Drive {
    let path = disk.mount_point().to_path_buf();
    let named = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let label = disk.name().to_string_lossy().into_owned();
    let is_label = !label.is_empty() && !label.contains(['/', '\\']);
    Drive {
        name: match named {
            Some(named) => named,
            None if is_label => label,
            None => path.display().to_string(),
        },
        free: disk.available_space(),
        is_removable: disk.is_removable(),
        is_read_only: disk.is_read_only(),
        is_fat: is_fat(&disk.file_system().to_string_lossy()),
        path,
    }
}
