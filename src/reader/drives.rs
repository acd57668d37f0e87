//! The drives of this computer.
use std::path::Path;
use sysinfo::{Disk, Disks};

/// Whether a folder lies on a medium that is made to be carried, as far as the system says so.
#[must_use]
pub fn is_removable(folder: &Path) -> bool {
    let Ok(disks) = Disks::new_with_refreshed_list() else {
        return false;
    };
    let holding = disks
        .iter()
        .filter(|disk| folder.starts_with(disk.mount_point()));
    let nearest = holding.max_by_key(|disk| disk.mount_point().components().count());
    nearest.is_some_and(Disk::is_removable)
}
