//! Test kit: mints publishers with fixed seeds, and small bundles in memory; and a disk in
//! memory that fails when it is told to.
//!
//! Never part of a program: every secret in it is public. A test that cannot
//! make what it needs has failed, so everything here panics rather than returns errors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout, // a failing case is named
    clippy::missing_panics_doc
)]

mod dice;
mod draft;
mod file;
mod history;
mod mint;
pub mod raw;
mod reader;
pub mod storage;
mod value;

pub use dice::Dice;
pub use draft::{Draft, article_id, tight};
pub use file::{pieces_at, with_head};
pub use history::{Keys, delegation, key_set, revocation, signed_by, signers};
pub use mint::{Mint, Plan, key, public, sign, signed};
pub use raw::{RawPiece, Sample, Sealed, body, rehint, signatures_value, statement_value};
pub use reader::Reader;
pub use storage::{FaultStorage, for_every_fault};
pub use value::Value;

#[cfg(test)]
mod tests {
    use super::Mint;
    use std::io::Cursor;
    use varaq_bundle::Limits;
    use varaq_trust::Consent;

    #[test]
    fn a_minted_issue_is_verified_and_read() {
        let mint = Mint::default();
        let bytes = mint
            .issue(7)
            .article("One", "First words.\n\nSecond words.")
            .signed(&[0, 2]);
        assert!(bytes.len() < 4_000, "{} bytes", bytes.len());
        let opening =
            varaq_trust::open(Cursor::new(bytes), &mint.pins(true), &Limits::default()).unwrap();
        assert_eq!(opening.verdict().name(), "VERIFIED");
        let content = opening.into_content(Consent::Pinned).unwrap();
        let entry = content.entry(1).unwrap().unwrap();
        assert_eq!(entry.title, "One");
        let article = varaq_article::decode(&content.article_bytes(&entry).unwrap()).unwrap();
        assert_eq!(
            varaq_article::plain_text(&article).trim(),
            "First words.\nSecond words."
        );
    }
}
