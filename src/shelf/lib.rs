//! What a reader keeps: the publishers that it trusts, and what it has met of them.
//!
//! In: a folder. Out: a [`State`](varaq_trust::State), and the promise that a pull of the
//! plug leaves it as it was before or as it is after, never in between.

mod folder;
mod slots;
mod state_file;

pub use folder::data_folder;
pub use state_file::{StateFile, StateFileError};
