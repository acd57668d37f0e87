//! The one door to content.
//!
//! [`Verified`] has one constructor, private to this file, and one caller of it: whoever
//! holds a `Verified<T>` holds something whose signatures were checked and whose verdict
//! the reader has seen.

use crate::{Opening, Verdict};
use std::ops::Deref;
use varaq_bundle::Content;

/// Something that a publisher's threshold signed and the reader agreed to see.
///
/// There is no way to reach the value mutably: it could be exchanged for another.
#[derive(Debug)]
pub struct Verified<T>(T);

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What the reader agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consent {
    /// Nothing beyond trusted publishers.
    Pinned,
    /// "Read without trusting": an unknown publisher too.
    ReadWithoutTrusting,
    /// "This is a different publisher": one that uses the name of a trusted one too.
    DifferentPublisher,
}

impl Consent {
    fn covers(self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Pinned | Verdict::Verified => true,
            Verdict::UnknownPublisher => self != Consent::Pinned,
            Verdict::ImpostorName => self == Consent::DifferentPublisher,
            _ => false,
        }
    }
}

/// Content stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing of it is shown: {verdict}")]
pub struct Refused {
    /// The verdict that stands against it.
    pub verdict: Verdict,
}

impl<R> Opening<R> {
    /// The content, if the verdict allows it, given what the reader agreed to.
    ///
    /// # Errors
    /// If it does not. No consent opens what is not validly signed.
    pub fn into_content(self, consent: Consent) -> Result<Verified<Content<R>>, Refused> {
        let refused = Refused {
            verdict: self.verdict(),
        };
        if !consent.covers(self.verdict()) {
            return Err(refused);
        }
        self.content.map(Verified).ok_or(refused)
    }
}
