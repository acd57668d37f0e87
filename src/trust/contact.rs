//! The contact file: how one reader hands a publisher to another.
//!
//! Some lines of text that survive mail, chat and a notice board. It carries the code
//! to read aloud, the id that the code stands for, and the newest statement known, so
//! that a copy with an older, since revoked chain is noticed. Pure: no file is opened
//! here. Nothing in it is proven by being in it: see [`Contact::verify`].

use crate::id::hex_32;
use crate::own::MAX_OWN_BYTES;
use crate::{Chain, ChainError, Code, CodeError, Name, PublisherId, StretchError};
use base64ct::{Base64, Encoding};
use std::fmt;
use std::str::FromStr;
use varaq_bundle::{Hash, RootRef};

const HEADER: &str = "varaq contact 1";
const MAX_NAMES: usize = 16;
/// Longest short contact, but for a first name that is longer by itself: a QR code of 81
/// modules, which any phone reads.
pub const SHORT_BYTES: usize = 450;
/// Base64 of the longest OWN, and room for the other lines.
const MAX_BYTES: usize = MAX_OWN_BYTES / 3 * 4 + 16_384;

/// A publisher, as one reader hands it to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The code; that it belongs to the id is not checked by parsing.
    pub code: Code,
    /// Who.
    pub id: PublisherId,
    /// The newest statement known to whoever wrote the file.
    pub root: Option<RootRef>,
    /// What the publisher calls itself.
    pub names: Vec<Name>,
    /// OWN, as in a bundle; may be left out of a file that must be short.
    pub own: Vec<u8>,
}

/// Why a text is no contact file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// The first line is another than expected.
    #[error("expected the first line `varaq contact 1`")]
    Header,
    /// Longer than any contact can be.
    #[error("expected at most {MAX_BYTES} bytes, found {0}")]
    TooLong(usize),
    /// The line `code` holds no code.
    #[error("line {line}: code: {source}")]
    Code {
        /// Its number, counted from 1.
        line: usize,
        /// What is wrong with the digits.
        source: CodeError,
    },
    /// A line is not understood, or stands there twice.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, counted from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
    /// A line that every contact has is not there.
    #[error("the line `{0}` is missing")]
    Missing(&'static str),
}

/// Why a contact is not what it says.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactMismatch {
    /// The code is not the id's.
    #[error("the code does not belong to the publisher's id")]
    Code,
    /// The statements are not a history.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The statements are another publisher's, do not reach the statement named, or
    /// give other names.
    #[error("{0}")]
    Own(&'static str),
    /// The code could not be computed.
    #[error(transparent)]
    Stretch(#[from] StretchError),
}

impl Contact {
    /// The contact of a publisher, from its chain.
    ///
    /// # Errors
    /// If the chain does not hold, or the code cannot be computed.
    pub fn of_own(own: &[u8]) -> Result<Contact, ContactMismatch> {
        let chain = Chain::decode(own)?;
        Ok(Contact {
            code: Code::of(&chain.publisher())?,
            id: chain.publisher(),
            root: chain.newest(),
            names: chain.names().to_vec(),
            own: own.to_vec(),
        })
    }

    /// The contact for a QR picture: without OWN, and of the names as many as [`SHORT_BYTES`]
    /// hold, the first always. `root` stays: it is the floor below which no history is
    /// believed.
    #[must_use]
    pub fn short(&self) -> Contact {
        let mut short = Contact {
            names: Vec::new(),
            own: Vec::new(),
            ..self.clone()
        };
        for name in &self.names {
            short.names.push(name.clone());
            if short.names.len() > 1 && short.to_string().len() > SHORT_BYTES {
                short.names.pop();
            }
        }
        short
    }

    /// Checks that the parts belong together: code and id, id and statements, names and
    /// statements. Takes as long as computing a code. A contact that holds says who a
    /// publisher is, not whether to trust it: that is decided by comparing the code.
    ///
    /// # Errors
    /// If something in the file is not what it says.
    pub fn verify(&self) -> Result<Option<Chain>, ContactMismatch> {
        if Code::of(&self.id)? != self.code {
            return Err(ContactMismatch::Code);
        }
        if self.own.is_empty() {
            return Ok(None);
        }
        let chain = Chain::decode(&self.own)?;
        if chain.publisher() != self.id {
            return Err(ContactMismatch::Own(
                "the statements are another publisher's",
            ));
        }
        if self.root.is_some_and(|root| !chain.contains(&root)) {
            return Err(ContactMismatch::Own(
                "the statements do not reach the one that `root` names",
            ));
        }
        if !same_names(chain.names(), &self.names) {
            return Err(ContactMismatch::Own("the statements give other names"));
        }
        Ok(Some(chain))
    }
}

/// Equal but for spaces at the ends of lines, which mail takes away.
fn same_names(one: &[Name], two: &[Name]) -> bool {
    let bare = |name: &Name| (name.language.clone(), name.name.trim_end().to_owned());
    one.iter().map(bare).eq(two.iter().map(bare))
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\ncode {}\nid {}", self.code, self.id)?;
        if let Some(root) = &self.root {
            writeln!(f, "root {} {} {}", root.generation, root.version, root.id)?;
        }
        for name in &self.names {
            writeln!(f, "name {} {}", name.language, name.name)?;
        }
        if !self.own.is_empty() {
            writeln!(f, "own {}", Base64::encode_string(&self.own))?;
        }
        Ok(())
    }
}

impl FromStr for Contact {
    type Err = ContactError;

    fn from_str(text: &str) -> Result<Contact, ContactError> {
        if text.len() > MAX_BYTES {
            return Err(ContactError::TooLong(text.len()));
        }
        // Mail and editors of other systems add these; they mean nothing.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().map(str::trim_end).enumerate();
        if lines.next().map(|(_, line)| line) != Some(HEADER) {
            return Err(ContactError::Header);
        }
        let mut draft = Draft::default();
        for (at, line) in lines {
            if line.is_empty() {
                continue;
            }
            draft.take(at.saturating_add(1), line)?;
        }
        Ok(Contact {
            code: draft.code.ok_or(ContactError::Missing("code"))?,
            id: draft.id.ok_or(ContactError::Missing("id"))?,
            root: draft.root,
            names: if draft.names.is_empty() {
                return Err(ContactError::Missing("name"));
            } else {
                draft.names
            },
            own: draft.own.unwrap_or_default(),
        })
    }
}

/// What was read so far.
#[derive(Default)]
struct Draft {
    code: Option<Code>,
    id: Option<PublisherId>,
    root: Option<RootRef>,
    names: Vec<Name>,
    own: Option<Vec<u8>>,
}

impl Draft {
    fn take(&mut self, line: usize, text: &str) -> Result<(), ContactError> {
        let fault = |what| ContactError::Line { line, what };
        let (kind, rest) = text.split_once(' ').ok_or(fault("expected a kind"))?;
        // A second line of a kind could hide the first from whoever reads along.
        let fresh = match kind {
            "code" => {
                let code = rest
                    .parse()
                    .map_err(|source| ContactError::Code { line, source })?;
                self.code.replace(code).is_none()
            }
            "id" => {
                let id = rest.parse().map_err(|_| fault("expected 64 hex digits"))?;
                self.id.replace(id).is_none()
            }
            "root" => {
                let root = root_line(rest).ok_or(fault("expected generation, version and id"))?;
                self.root.replace(root).is_none()
            }
            "name" => {
                let (language, name) = rest
                    .split_once(' ')
                    .ok_or(fault("expected a language and a name"))?;
                let name = Name::new(language, name)
                    .map_err(|_| fault("expected a language tag and a name"))?;
                self.names.push(name);
                self.names.len() <= MAX_NAMES
            }
            "own" => {
                let own = Base64::decode_vec(rest).map_err(|_| fault("expected base64"))?;
                self.own.replace(own).is_none()
            }
            _ => return Err(fault("expected code, id, root, name or own")),
        };
        if fresh {
            Ok(())
        } else {
            Err(fault("one line too many of its kind"))
        }
    }
}

fn root_line(rest: &str) -> Option<RootRef> {
    let mut fields = rest.split(' ');
    let root = RootRef {
        generation: fields.next()?.parse().ok()?,
        version: fields.next()?.parse().ok()?,
        id: Hash(hex_32(fields.next()?)?),
    };
    (fields.next().is_none() && root.version > 0).then_some(root)
}
