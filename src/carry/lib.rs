//! The distributor's side: checking files, folders and sticks.
//!
//! In come paths and pins; out go one report a file, one for each issue of which a
//! folder holds several copies, and an exit code; and what mirrors need: torrents. No title
//! and no text of any article passes through here.

mod address;
mod bencode;
mod check;
mod code;
mod export;
mod report;
mod side_file;
mod torrent;
mod walk;

pub use address::{AddressError, FolderAddress, TrackerAddress, is_listable, percent_encoded};
pub use check::{CheckOptions, Interrupted, check};
pub use code::{Soundness, exit_code, worse};
pub use export::{
    Export, ExportError, FILE_SIGNERS_FILE, HISTORY_SIGNERS_FILE, LeftOut, MANIFEST_FILE, Opinion,
    SIGNERS_FILE,
};
pub use report::{Event, FileReport, IssueReport, Summary};
pub use side_file::SideFile;
pub use torrent::{Torrent, TorrentError, TorrentOptions, torrent};
pub use varaq_bundle::MAGIC;
pub use walk::{Candidate, Sight, walk};
