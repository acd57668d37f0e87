//! Makes the vectors: small bundles with one flaw each, and what a verifier must say of them.
//!
//! The expectations are written by hand, from FORMAT.md; only digests are computed here, over
//! the articles that went in.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a vector that cannot be made has failed

mod attacks;
mod content;
mod copies;
mod expect;
mod frame;
mod frames;
mod head;
mod keys;
mod manifest;
pub mod notices;
mod own;
mod sample;
mod signatures;
mod table;
mod whose;

pub use expect::{Expect, Found, PinLine, Vector};

pub use sample::sample;
use varaq_kit::Mint;

/// The vectors so far.
#[derive(Debug, Default)]
pub struct List {
    /// In the order in which they were made.
    pub vectors: Vec<Vector>,
}

impl List {
    /// A file that is valid, read by somebody who has checked the publisher's code.
    fn found(&mut self, name: &str, section: &str, purpose: &str, bytes: Vec<u8>, found: Found) {
        self.vectors.push(Vector {
            name: name.into(),
            section: section.into(),
            purpose: purpose.into(),
            pins: PinLine::of(&Mint::default(), true),
            bytes,
            expect: found.verdict("VERIFIED"),
        });
    }

    /// A file that is refused.
    fn refused(&mut self, name: &str, section: &str, purpose: &str, bytes: Vec<u8>, verdict: &str) {
        self.vectors.push(Vector {
            name: name.into(),
            section: section.into(),
            purpose: purpose.into(),
            pins: PinLine::of(&Mint::default(), true),
            bytes,
            expect: Expect::refused(verdict),
        });
    }

    /// Says who reads the last vector, and the verdict that follows.
    fn read_by(&mut self, pins: Vec<PinLine>, verdict: &str, exit: u8) {
        let last = self.vectors.last_mut().unwrap();
        last.pins = pins;
        last.expect.verdict = verdict.into();
        last.expect.exit = exit;
    }
}

/// All vectors.
#[must_use]
pub fn all() -> Vec<Vector> {
    let mut list = List::default();
    copies::add(&mut list);
    head::add(&mut list);
    manifest::add(&mut list);
    signatures::add(&mut list);
    keys::add(&mut list);
    own::add(&mut list);
    table::add(&mut list);
    frames::add(&mut list);
    content::add(&mut list);
    notices::add(&mut list);
    whose::add(&mut list);
    attacks::add(&mut list);
    list.vectors
}
