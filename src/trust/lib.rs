//! Who says so: keys, statements, verdicts (FORMAT.md sections 3, 4, 6 and 7).
//!
//! In: a bundle, and the publishers that a reader trusts. Out: one [`Verdict`], some
//! [`Line`]s, and, only if the verdict allows it, the content as [`Verified`]. Every way
//! to fail is a verdict. Nothing here signs, reads a clock or opens a file.

mod chain;
mod code;
mod contact;
mod digits;
mod id;
mod judge;
mod key;
mod names;
mod opening;
mod own;
mod pins;
pub mod sshsig;
mod statement;
mod verdict;
mod verified;

pub use chain::{Chain, ChainError, Fault};
pub use code::{Code, CodeError, Comparison, DIGITS, StretchError};
pub use contact::{Contact, ContactError, ContactMismatch, SHORT_BYTES};
pub use id::{NotAnId, PublisherId, recovery_commitment, statement_id};
pub use judge::{Facts, Issue, Judgement, Publisher, Signers, Slot, judge};
pub use key::{KeyError, KeySet, MAX_KEY_BYTES, MAX_KEYS, MAX_SIGNATURE_BYTES, PublicKey};
pub use names::{Skeleton, look_alike};
pub use opening::{Opening, open, open_bundle};
pub use own::{
    MAX_OWN_BYTES, MAX_STATEMENTS, MAX_SUSPENSIONS, Own, OwnError, RootSignature, Set,
    SignedStatement, SignedSuspension, StatementSignature, Suspension,
};
pub use pins::{Pin, Pins, PinsError};
pub use sshsig::Namespace;
pub use statement::{
    Delegation, MAX_REVOKING_BYTES, MAX_STATEMENT_BYTES, Name, Reason, Revocation, Settled,
    Statement, StatementError,
};
pub use varaq_bundle::{ED25519, RootRef};
pub use verdict::{Line, Verdict};
pub use verified::{Consent, Refused, Verified};
