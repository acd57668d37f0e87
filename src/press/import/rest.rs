//! Not read yet.

use super::export::Surveyed;
use std::path::Path;
use varaq_storage::Storage;

pub(super) fn survey(_storage: &dyn Storage, _path: &Path) -> Result<Surveyed, String> {
    Err("this kind of source is not read yet".to_owned())
}
