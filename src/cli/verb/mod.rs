//! The verbs: one file each, with its options, its examples and its words.

pub mod catalog;
pub mod check;
pub mod clean;
pub mod completions;
pub mod copy;
pub mod delta;
pub mod export;
pub mod extract;
pub mod info;
pub mod list;
pub mod lite;
#[cfg(feature = "press-import")]
pub mod notice;
#[cfg(feature = "press-import")]
pub mod pack;
#[cfg(feature = "press-import")]
pub mod preview;
pub mod publisher;
#[cfg(feature = "shelf")]
pub mod search;
#[cfg(feature = "shelf")]
pub mod shelf;
pub mod show;
pub mod sign;
pub mod torrent;
pub mod trust;
