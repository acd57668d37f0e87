//! Mending: repair data, merging of damaged copies, and parts (FORMAT.md sections 13.1 to 13.3).
//!
//! In come damaged copies, repair data and parts; out comes one file that was verified against its
//! signed manifest before it got its name, or an account of what is missing. Nothing that a
//! stranger wrote is believed: a length is checked against the file that it stands in or against the signed table before
//! it costs memory, and every piece is hashed once more when it was rebuilt.

mod block;
mod carve;
mod heads;
mod join;
mod judge;
mod layout;
mod lend;
mod parity;
mod part;
mod partial;
mod piece;
mod rebuild;
mod recognise;
mod repair;
mod repair_data;
mod scan;
mod shards;
mod source;
mod split;
mod stripes;
mod table;

pub use join::{JoinError, JoinReport, NamedPart, join};
pub use judge::{JudgeError, Tick};
pub use parity::{ParityCheck, ParityError, ParityReport, add_parity, check_parity};
pub use part::PART_MAGIC;
pub use recognise::{Recognised, appended, recognise};
pub use repair::{RepairError, RepairOptions, RepairReport, issues_in, repair};
pub use split::{SplitError, SplitOptions, SplitReport, split};
