//! Who says so: keys, statements, verdicts (FORMAT.md sections 3, 4, 6 and 7).
//!
//! In: bytes of a bundle's head, and the publishers that a reader trusts. Out: one
//! [`Verdict`], some [`Line`]s, and, only if the verdict allows it, the content as
//! [`Verified`]. Nothing here signs, reads a clock or opens a file.

mod code;
mod digits;
mod id;
mod key;
mod names;
pub mod sshsig;
mod verdict;

pub use code::{Code, CodeError, Comparison, DIGITS, StretchError};
pub use id::{NotAnId, PublisherId};
pub use key::{ED25519, KeyError, KeySet, MAX_KEY_BYTES, MAX_KEYS, MAX_SIGNATURE_BYTES, PublicKey};
pub use names::{Skeleton, look_alike};
pub use sshsig::Namespace;
pub use verdict::{Line, Part, Verdict};
