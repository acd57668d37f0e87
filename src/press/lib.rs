//! The publisher's side: sources to articles, packing, signing.
//!
//! The only crate that can hold a secret key ([`keys`]). It opens files, reads no clock and
//! prints nothing: days, passphrases and progress come from the program that uses it.
//! Without the feature `import` it only makes keys and signs.

mod catalog;
mod disk;
mod header;
#[cfg(feature = "import")]
pub mod import;
mod inspect;
#[cfg(feature = "import")]
mod issue_file;
pub mod keys;
mod ledger;
mod notice_file;
#[cfg(feature = "import")]
mod pack;
#[cfg(feature = "import")]
mod palette;
#[cfg(feature = "import")]
pub mod picture;
#[cfg(feature = "import")]
pub mod preflight;
#[cfg(feature = "import")]
mod preview;
#[cfg(feature = "import")]
mod select;
mod side_file;
mod sign;
pub mod statement;
#[cfg(feature = "import")]
mod store;
#[cfg(feature = "import")]
mod traces;
#[cfg(feature = "import")]
mod watched;

pub use catalog::{SignCatalogError, sign_catalog};
pub use inspect::InspectError;
#[cfg(feature = "import")]
pub use issue_file::{IssueFile, IssueFileError, NotASize, Size};
pub use ledger::LedgerLine;
pub use notice_file::{KeptNotice, NoticeFile, NoticeFileError, kind_word};
#[cfg(feature = "import")]
pub use pack::{PackError, PackOptions, PackReport, PackStep, Refusal, Removed, pack};
#[cfg(feature = "import")]
pub use preview::{PreviewError, PreviewReport, preview};
#[cfg(feature = "import")]
pub use select::{NoLead, Selection};
pub use side_file::{SideFileError, SideFileReport, side_file};
pub use sign::{SignError, SignReport, merge_signatures, recover, sign};
#[cfg(feature = "import")]
pub use traces::{Trace, traces};
