//! What a reader keeps: whom it trusts and what it has met of them ([`StateFile`]), and the
//! issues on its shelf with what was read of them ([`Library`]).
//!
//! In: a folder, bundles, the trust of today. Out: verdict-checked issues, hits, lists, and
//! the promise that a pull of the plug leaves everything as it was before or as it is after,
//! never in between. Without the feature `library` there is the state alone, and no SQLite.

#[cfg(feature = "library")]
mod bundles;
mod folder;
#[cfg(feature = "library")]
mod index;
#[cfg(feature = "library")]
mod kept;
#[cfg(feature = "library")]
mod library;
#[cfg(feature = "library")]
mod reading;
#[cfg(feature = "library")]
mod reading_file;
mod slots;
mod state_file;

#[cfg(feature = "library")]
pub use bundles::CopyProgress;
pub use folder::data_folder;
#[cfg(feature = "library")]
pub use index::{Counts, FillProgress, Filled, Filter, Found, Index, IndexError, Row};
#[cfg(feature = "library")]
pub use kept::{Closed, ClosedReason, Issue, Kept, Source};
#[cfg(feature = "library")]
pub use library::{
    Hit, ImportError, ImportOptions, ImportProgress, Imported, Library, LibraryError, Mode,
    Outcome, Snippet, Taken,
};
#[cfg(feature = "library")]
pub use reading::{Arrival, ArticleKey, NOTE_CHARACTERS, Position, Reading, ReadingError, Status};
#[cfg(feature = "library")]
pub use reading_file::{ReadingFile, ReadingFileError};
pub use state_file::{StateFile, StateFileError};
