//! What a reader keeps: for now the publishers that it trusts.
//!
//! In: a folder. Out: [`Pins`](varaq_trust::Pins), and the promise that a pull of the
//! plug leaves the list as it was before or as it is after, never in between.

mod folder;
mod pin_file;

pub use folder::data_folder;
pub use pin_file::{PinFile, PinFileError};
