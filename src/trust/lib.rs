//! Who says so: keys, statements, verdicts (FORMAT.md sections 3, 4, 6 and 7).
//!
//! In: a bundle, and the publishers that a reader trusts. Out: one [`Verdict`], some
//! [`Line`]s, and, only if the verdict allows it, the content as [`Verified`]. Every way
//! to fail is a verdict. Nothing here signs, reads a clock or opens a file.

mod chain;
mod code;
mod conflict;
mod contact;
mod digits;
mod dossier;
mod evidence;
mod handed;
mod history;
mod id;
mod introduced;
mod judge;
mod key;
mod lines;
mod marks;
mod names;
mod notes;
mod opening;
mod own;
mod pins;
mod proof;
mod record;
pub mod sshsig;
mod state;
mod statement;
mod suspension_note;
mod verdict;
mod verified;
mod view;

pub use chain::{Chain, ChainError, Fault};
pub use code::{Code, CodeError, Comparison, DIGITS, StretchError};
pub use conflict::Conflict;
pub use contact::{Contact, ContactError, ContactMismatch, SHORT_BYTES};
pub use dossier::{Dossier, Event, Met, Standing};
pub use evidence::{Evidence, Learned};
pub use handed::{Handed, HandedError};
pub use id::{NotAnId, PublisherId, recovery_commitment, statement_id};
pub use introduced::{Introduced, claimed_name};
pub use judge::{Facts, Issue, Judgement, Publisher, Signers, Slot, judge};
pub use key::{KeyError, KeySet, MAX_KEY_BYTES, MAX_KEYS, MAX_SIGNATURE_BYTES, PublicKey};
pub use marks::read_notices;
pub use names::{Skeleton, look_alike};
pub use notes::{MAX_NOTES_BYTES, Note, decode_notes, encode_notes};
pub use opening::{Opening, open, open_bundle};
pub use own::{
    MAX_OWN_BYTES, MAX_STATEMENTS, MAX_SUSPENSIONS, Own, OwnError, RootSignature, Set,
    SignedStatement, SignedSuspension, StatementSignature, Suspension,
};
pub use pins::{Pin, Pins, PinsError};
pub use sshsig::Namespace;
pub use state::{Imported, State, StateError};
pub use statement::{
    Delegation, MAX_REVOKING_BYTES, MAX_STATEMENT_BYTES, Name, Reason, Revocation, Settled,
    Statement, StatementError,
};
pub use suspension_note::{CompactNote, NoteError, NoteRefused, SuspensionNote};
pub use varaq_bundle::{ED25519, RootRef};
pub use verdict::{Line, Verdict};
pub use verified::{Consent, Refused, Verified};
pub use view::{RELEASED, View};
