//! The distributor's side: checking, copying and cleaning files, folders and sticks.
//!
//! In come paths and pins; out go one report a file, one for each issue of which a
//! folder holds several copies, and an exit code; and what mirrors need: catalogues and
//! torrents. No title and no text of any article passes through here, but for the title of an
//! issue when it is asked for.

mod address;
mod against;
mod bencode;
mod bytes;
mod carousel;
mod catalog;
mod check;
mod clean;
mod code;
mod collect;
mod copy;
mod delta;
mod export;
mod foreign;
mod lite;
pub mod mend;
mod report;
mod selected;
mod side_file;
mod stick;
mod torrent;
mod walk;

pub use address::{AddressError, FolderAddress, TrackerAddress, is_listable, percent_encoded};
pub use against::Against;
pub use carousel::{CarouselError, CarouselOptions, CarouselReport, PACKET_BYTES, carousel};
pub use catalog::{
    Audit, AuditOptions, AuditedFile, CATALOG_FILE, Catalog, CatalogEntry, CatalogError,
    CatalogFault, CatalogSignature, FileState, LeftOut as LeftOutOfCatalog, MAX_CATALOG_BYTES,
    METALINK_FILE, MetalinkState, Older, SIGNATURE_SUFFIX, Survey, WhyLeftOut, audit_catalog,
    publish_catalog, read_catalog, survey_catalog,
};
pub use check::{CheckOptions, Interrupted, check};
pub use clean::{CleanError, CleanProgress, Cleaned, clean};
pub use code::{Soundness, exit_code, worse};
pub use collect::{CollectError, Collector, Kept, Listen, Received, Waiting};
pub use copy::{
    Copied, CopyError, CopyEvent, CopyOptions, CopySummary, Lie, NotCopied, Parcel, Source, Stage,
    copy, copy_parcels,
};
pub use delta::{DeltaError, DeltaReport, apply, delta};
pub use export::{
    Export, ExportError, FILE_SIGNERS_FILE, HISTORY_SIGNERS_FILE, LeftOut, MANIFEST_FILE, Opinion,
    SIGNERS_FILE,
};
pub use foreign::{Oddity, oddities};
pub use lite::{LiteError, LiteOptions, LiteReport, Tally, lite};
pub use report::{Event, FileReport, IssueReport, Same, Series, Summary};
pub use selected::{SelectError, Watch};
pub use side_file::SideFile;
pub use stick::{
    START_FILE, StickContents, StickError, StickFile, StickOptions, StickPlan, System,
    find_programs, plan_stick, write_start_page,
};
pub use torrent::{Torrent, TorrentError, TorrentOptions, torrent};
pub use varaq_bundle::MAGIC;
pub use walk::{Candidate, Sight, walk};
