//! Sample bundles that are part of the program, so that the first start has something to read.
//!
//! A sample's publisher is pinned for the embedded bytes only, and never checked: nobody is behind it. Its secret
//! keys were deleted when the samples were signed, and a file from a stick must stay an unknown publisher's file.

/// A bundle inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// File name.
    pub name: &'static str,
    /// The bundle.
    pub bytes: &'static [u8],
}

const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));
const CONTACTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/contacts.rs"));

/// The one that is whole stands first.
const FIRST: &str = "samples.varaq";

/// Every sample: the whole one, then the others by name.
pub fn all() -> impl Iterator<Item = Sample> {
    let whole = FILES.iter().filter(|(name, _)| *name == FIRST);
    let others = FILES.iter().filter(|(name, _)| *name != FIRST);
    whole
        .chain(others)
        .map(|&(name, bytes)| Sample { name, bytes })
}

/// Contact texts of the samples' publishers.
pub fn contacts() -> impl Iterator<Item = &'static str> {
    CONTACTS
        .iter()
        .filter_map(|(_, text)| std::str::from_utf8(text).ok())
}
