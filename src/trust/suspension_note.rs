//! Suspension notes: "do not count this key", as a partner abroad keeps it (FORMAT.md
//! section 6.2).
//!
//! In: a file, or letters that somebody read out. Out: a [`SignedSuspension`] that holds in
//! the chain of whoever received it. What can go wrong while it is read is a [`NoteError`]
//! (a slip of the pen is told as one), and afterwards a [`NoteRefused`] (forged, or about
//! something that this copy does not know). Pure: no file is opened here.

mod compact;

use crate::id::{hex_32, write_hex};
use crate::{Chain, Fault, OwnError, PublisherId, SignedSuspension, Suspension};
use base64ct::{Base64, Encoding};
pub use compact::CompactNote;
use std::fmt;
use std::str::FromStr;
use varaq_cbor::{DEPTH, Reader, Writer};

const HEADER: &str = "varaq suspension 1";
/// Sixteen signatures of an unknown, long-winded algorithm, in base64.
const MAX_BYTES: usize = 262_144;

/// A note in either of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuspensionNote {
    /// A file: the whole signed suspension.
    Whole(SignedSuspension),
    /// A text that can be read out: all but what the receiver's chain says anyway.
    Compact(CompactNote),
}

/// Why a text is no suspension note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than any note.
    #[error("expected at most {MAX_BYTES} bytes, found {0}")]
    TooLong(usize),
    /// A letter that no note has.
    #[error("expected letters and digits, found {0:?}")]
    Foreign(char),
    /// A group of eight was mistyped: its last letter checks it.
    #[error("group {group} of eight letters is mistyped: its check does not fit")]
    Typo {
        /// Its number, from 1.
        group: usize,
    },
    /// Several slips hide each other; the check over everything does not fit.
    #[error("something is mistyped: the check over the whole note does not fit")]
    Check,
    /// Groups are missing, or there are too many.
    #[error("expected {expected} letters, found {found}")]
    Length {
        /// Letters of a note like this.
        expected: usize,
        /// Letters found.
        found: usize,
    },
    /// A later program's form.
    #[error("a suspension note of a newer form")]
    Form,
    /// A line of a note's file is not understood, or stands there twice.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
    /// A line that every note has is not there.
    #[error("the line `{0}` is missing")]
    Missing(&'static str),
    /// The lines do not belong together.
    #[error("the line `{0}` is not that of the suspension")]
    Mismatch(&'static str),
    /// The suspension is malformed.
    #[error(transparent)]
    Suspension(#[from] OwnError),
}

/// Why a note that was read well says nothing in a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteRefused {
    /// It is about another publisher.
    #[error("the note is about another publisher")]
    OtherPublisher,
    /// It names a statement that this copy of the chain does not reach.
    #[error("the note names statement {version}, which this copy does not hold")]
    NoSuchStatement {
        /// Version of that statement.
        version: u16,
    },
    /// It names a key that this copy of the chain does not know.
    #[error("the note names a key that no statement of this copy grants")]
    NoSuchKey,
    /// The root keys did not sign it.
    #[error("the note is not signed by the publisher's root keys: {0}")]
    Forged(Fault),
}

impl SuspensionNote {
    /// The signed suspension itself, proven against a chain: what may be put into OWN or
    /// NOTES.
    ///
    /// # Errors
    /// If it is about somebody else, about something this chain does not know, or forged.
    pub fn resolve(&self, chain: &Chain) -> Result<SignedSuspension, NoteRefused> {
        match self {
            SuspensionNote::Whole(signed) => whole(signed, chain),
            SuspensionNote::Compact(note) => note.resolve(chain),
        }
    }

    /// The text to read out, print as a picture or send; none for signatures of an algorithm
    /// that is too long to be read out.
    #[must_use]
    pub fn compact(&self) -> Option<String> {
        match self {
            SuspensionNote::Whole(signed) => {
                CompactNote::of(signed).map(|compact| compact.to_string())
            }
            SuspensionNote::Compact(note) => Some(note.to_string()),
        }
    }
}

fn whole(signed: &SignedSuspension, chain: &Chain) -> Result<SignedSuspension, NoteRefused> {
    let forged = |fault| NoteRefused::Forged(fault);
    let body = Suspension::decode(&signed.bytes).map_err(|error| forged(error.into()))?;
    if body.publisher != chain.publisher() {
        return Err(NoteRefused::OtherPublisher);
    }
    let version = body.version;
    let mut statements = chain.statements();
    if !statements.any(|one| (one.generation, one.version) == (body.generation, version)) {
        return Err(NoteRefused::NoSuchStatement { version });
    }
    chain.suspension(signed).map_err(forged)?;
    Ok(signed.clone())
}

/// The file's text, or the compact text where there is nothing more.
impl fmt::Display for SuspensionNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = match self {
            SuspensionNote::Compact(note) => return note.fmt(f),
            SuspensionNote::Whole(signed) => signed,
        };
        writeln!(f, "{HEADER}")?;
        if let Ok(body) = Suspension::decode(&signed.bytes) {
            write!(f, "id {}\nkey ", body.publisher)?;
            write_hex(f, body.key.bytes())?;
            f.write_str("\n")?;
        }
        if let Some(text) = CompactNote::of(signed) {
            writeln!(f, "text {text}")?;
        }
        let mut out = Writer::new();
        signed.write(&mut out);
        writeln!(f, "suspension {}", Base64::encode_string(&out.into_bytes()))
    }
}

impl FromStr for SuspensionNote {
    type Err = NoteError;

    /// Reads a note's file, or letters in any grouping.
    fn from_str(text: &str) -> Result<SuspensionNote, NoteError> {
        if text.len() > MAX_BYTES {
            return Err(NoteError::TooLong(text.len()));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().map(str::trim_end).enumerate();
        if lines.clone().next().map(|(_, line)| line) != Some(HEADER) {
            return Ok(SuspensionNote::Compact(text.parse()?));
        }
        lines.next();
        let mut draft = Draft::default();
        for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
            draft.take(at.saturating_add(1), line)?;
        }
        draft.finish()
    }
}

/// What was read of a note's file so far.
#[derive(Default)]
struct Draft {
    id: Option<PublisherId>,
    key: Option<String>,
    text: Option<CompactNote>,
    signed: Option<SignedSuspension>,
}

impl Draft {
    fn take(&mut self, line: usize, text: &str) -> Result<(), NoteError> {
        let fault = |what| NoteError::Line { line, what };
        let (kind, rest) = text.split_once(' ').ok_or(fault("expected a kind"))?;
        let fresh = match kind {
            "id" => {
                let id = hex_32(rest).ok_or(fault("expected 64 hex digits"))?;
                self.id.replace(PublisherId(id)).is_none()
            }
            "key" => self.key.replace(rest.to_owned()).is_none(),
            "text" => self.text.replace(rest.parse()?).is_none(),
            "suspension" => {
                let bytes = Base64::decode_vec(rest).map_err(|_| fault("expected base64"))?;
                self.signed.replace(signed(&bytes)?).is_none()
            }
            _ => return Err(fault("expected id, key, text or suspension")),
        };
        if fresh {
            Ok(())
        } else {
            Err(fault("one line too many of its kind"))
        }
    }

    /// What a person reads in the file must be what the file does.
    fn finish(self) -> Result<SuspensionNote, NoteError> {
        let signed = self.signed.ok_or(NoteError::Missing("suspension"))?;
        let body = Suspension::decode(&signed.bytes)?;
        if self.id.ok_or(NoteError::Missing("id"))? != body.publisher {
            return Err(NoteError::Mismatch("id"));
        }
        let mut key = String::new();
        let _ = write_hex(&mut key, body.key.bytes());
        if self.key.ok_or(NoteError::Missing("key"))? != key {
            return Err(NoteError::Mismatch("key"));
        }
        if self.text.is_some() && self.text != CompactNote::of(&signed) {
            return Err(NoteError::Mismatch("text"));
        }
        Ok(SuspensionNote::Whole(signed))
    }
}

fn signed(bytes: &[u8]) -> Result<SignedSuspension, OwnError> {
    let mut reader = Reader::new(bytes, DEPTH);
    let signed = SignedSuspension::read(&mut reader)?;
    reader.finish()?;
    Ok(signed)
}
