//! The publisher's side: sources to articles, packing, signing
