//! The container: bytes to pieces (FORMAT.md sections 1, 2, 3, 5.1, 5.2 and 5.4).
//!
//! In: anything that is `Read + Seek`, and [`Limits`]. Out: a [`Bundle`] (the head, nothing
//! decoded), and from it a [`Content`], whose pieces come out whole and hashed or not at all.
//! What can go wrong: [`HeadError`], [`PieceError`], and the [`Report`] of a whole check.
//!
//! This crate answers "is it whole?", never "whose is it?": signatures are only encoded
//! and decoded here. It opens no file, reads no clock and prints nothing.

mod amend;
mod bundle;
mod cache;
mod catalog;
mod check;
mod compress;
mod content;
mod day;
mod decode;
mod entries;
mod extent;
mod front;
mod hash;
mod head;
mod issue;
mod limits;
mod listed;
mod locate;
mod manifest;
mod medium;
mod notice;
mod notices;
mod pack;
mod part;
mod plan;
mod prefix;
mod recopy;
mod report;
mod reuse;
mod run;
mod sample;
mod signatures;
mod sink;
mod source;
mod spool;
mod table;
mod writer;

pub use amend::{AmendError, amend};
pub use bundle::{Bundle, HeadError, HeadFlaw};
pub use catalog::{ArticleId, Direction, Entry, decode_catalog_page, encode_catalog_page};
pub use check::CheckRoom;
pub use content::{AnotherIssue, Content, Presence};
pub use day::{Day, NotADay};
pub use decode::{FrameFlaw, decode_piece};
pub use entries::Entries;
pub use front::Front;
pub use hash::{Context, Hash, NotAHash};
pub use head::Head;
pub use issue::{
    Issue, MediumSource, NewArticle, NewMedium, PackOptions, Slack, Spares, WriteError,
};
pub use limits::Limits;
pub use manifest::{Counts, FirstKeys, IssueRef, Manifest, RootRef};
pub use medium::{Medium, MediumClass, Span};
pub use notice::{
    IssueName, NotAnIssueName, Notice, NoticeKey, NoticeKind, decode_notices, encode_notices,
};
pub use notices::Notices;
pub use pack::{PackProgress, Packed};
pub use part::{Malformed, Part, PieceError};
pub use prefix::{Fields, MAGIC, MAJOR, Prefix, TRAILER_MAGIC};
pub use recopy::{Layout, RecopyError};
pub use report::{CheckError, CheckProgress, Damage, PieceTally, Report};
pub use run::Run;
pub use sample::Sample;
pub use signatures::{ED25519, SlotSignature, decode_signatures, encode_signatures};
pub use table::{Codec, Index, IndexRow, PIECES_PER_PAGE, Page, TableEntry};
pub use writer::IssueWriter;
