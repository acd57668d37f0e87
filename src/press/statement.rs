//! A publisher's next statement about itself (FORMAT.md section 4), and the notes that go
//! with it.
//!
//! In: the statements so far, what shall change ([`Changes`]), and the keys that are at
//! hand, on one machine or on several. Out: a longer chain that every reader follows, put
//! into the publisher's folder at once or not at all. What can go wrong is a [`DraftError`]
//! (it would not hold) or a [`FolderError`] (the disk, or the folder holds something else).
//!
//! A [`Draft`] that still lacks signatures travels as text, a *request*: the root keys
//! need not be where the newsroom is.

mod changes;
mod draft;
mod folder;
mod memory;
mod request;

pub use changes::{Changes, Recovery, recovery_set};
pub use draft::{Draft, DraftError, Finished, Signers, Want};
pub use folder::{FolderError, NewFile, PublisherFolder};
pub use memory::{ApprovalError, refuse_second, remember};
pub use request::{Request, RequestError};
