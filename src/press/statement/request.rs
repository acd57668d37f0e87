//! A draft on its way between machines.
//!
//! Text, so that it passes through mail and chat as well as on a stick:
//! ```text
//! varaq request 1
//! own <base64>          the statements that it goes on from
//! statement <base64>    the new one with the signatures so far; at most one
//! note <base64>         a suspension with the signatures so far; up to 64
//! ```
//! Nothing in it is for a person to read: whoever signs is shown what these bytes say, not
//! what somebody wrote beside them.

use super::{Draft, DraftError};
use crate::disk;
use base64ct::{Base64, Encoding};
use std::fmt;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;
use varaq_cbor::{DEPTH, Reader, Writer};
use varaq_storage::{Access, Storage};
use varaq_trust::{
    MAX_OWN_BYTES, MAX_SUSPENSIONS, Own, OwnError, SignedStatement, SignedSuspension,
};

const HEADER: &str = "varaq request 1";
/// OWN, a statement that revokes, and 64 notes, in base64.
const MAX_BYTES: usize = (MAX_OWN_BYTES + 65_536 + 8_192 + MAX_SUSPENSIONS * 2_048) / 3 * 4 + 4_096;

/// A draft as text.
#[derive(Clone, Debug)]
pub struct Request(pub Draft);

/// Why a text is no request.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The file cannot be read.
    #[error("cannot read the request")]
    Io(#[from] io::Error),
    /// The first line is another than expected.
    #[error("expected the first line `varaq request 1`")]
    Header,
    /// Longer than any request.
    #[error("expected at most {MAX_BYTES} bytes, found {0}")]
    TooLong(usize),
    /// A line is not understood, or stands there too often.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
    /// A part of it is malformed.
    #[error("a part of the request is malformed")]
    Own(#[from] OwnError),
    /// It would not hold.
    #[error("what it asks for would not hold")]
    Draft(#[from] DraftError),
}

impl Request {
    /// Reads a request's file.
    ///
    /// # Errors
    /// If it cannot be read, or is no request that could hold.
    pub fn read(storage: &dyn Storage, path: &Path) -> Result<Request, RequestError> {
        let mut text = String::new();
        storage
            .open(path)?
            .take(MAX_BYTES as u64 + 1)
            .read_to_string(&mut text)?;
        text.parse()
    }

    /// Writes a file that is not there yet.
    ///
    /// # Errors
    /// If it is there, or the disk fails.
    pub fn write_new(&self, storage: &dyn Storage, path: &Path) -> io::Result<()> {
        disk::write_new(storage, path, self.to_string().as_bytes(), Access::Usual)
    }

    /// Replaces the file that it was read from.
    ///
    /// # Errors
    /// If the disk fails: the file is then as it was.
    pub fn replace(&self, storage: &dyn Storage, path: &Path) -> io::Result<()> {
        disk::replace(storage, path, self.to_string().as_bytes())
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Request(draft) = self;
        // A draft holds a chain that was verified, so it can be encoded.
        let own = draft.base().encode().map_err(|_| fmt::Error)?;
        writeln!(f, "{HEADER}\nown {}", Base64::encode_string(&own))?;
        let mut line = |kind, write: &dyn Fn(&mut Writer)| {
            let mut out = Writer::new();
            write(&mut out);
            writeln!(f, "{kind} {}", Base64::encode_string(&out.into_bytes()))
        };
        if let Some(signed) = draft.signed() {
            line("statement", &|out| signed.write(out))?;
        }
        for note in draft.notes() {
            line("note", &|out| note.write(out))?;
        }
        Ok(())
    }
}

impl FromStr for Request {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Request, RequestError> {
        if text.len() > MAX_BYTES {
            return Err(RequestError::TooLong(text.len()));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().map(str::trim_end).enumerate();
        if lines.next().map(|(_, line)| line) != Some(HEADER) {
            return Err(RequestError::Header);
        }
        let mut parts = Parts::default();
        for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
            parts.take(at.saturating_add(1), line)?;
        }
        let own = parts.own.ok_or(RequestError::Line {
            line: 2,
            what: "expected own",
        })?;
        Ok(Request(Draft::of_parts(own, parts.statement, parts.notes)?))
    }
}

#[derive(Default)]
struct Parts {
    own: Option<Own>,
    statement: Option<SignedStatement>,
    notes: Vec<SignedSuspension>,
}

impl Parts {
    fn take(&mut self, line: usize, text: &str) -> Result<(), RequestError> {
        let fault = |what| RequestError::Line { line, what };
        let (kind, rest) = text.split_once(' ').ok_or(fault("expected a kind"))?;
        let bytes = Base64::decode_vec(rest).map_err(|_| fault("expected base64"))?;
        let mut reader = Reader::new(&bytes, DEPTH);
        let fresh = match kind {
            "own" => return self.own(&bytes, line),
            "statement" => {
                let signed = SignedStatement::read(&mut reader)?;
                self.statement.replace(signed).is_none()
            }
            "note" => {
                self.notes.push(SignedSuspension::read(&mut reader)?);
                self.notes.len() <= MAX_SUSPENSIONS
            }
            _ => return Err(fault("expected own, statement or note")),
        };
        reader.finish().map_err(OwnError::from)?;
        fresh
            .then_some(())
            .ok_or(fault("one line too many of its kind"))
    }

    fn own(&mut self, bytes: &[u8], line: usize) -> Result<(), RequestError> {
        let what = "one line too many of its kind";
        let fresh = self.own.replace(Own::decode(bytes)?).is_none();
        fresh.then_some(()).ok_or(RequestError::Line { line, what })
    }
}
