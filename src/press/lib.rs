//! The publisher's side: sources to articles, packing, signing.

#[cfg(feature = "import")]
pub mod import;
