//! A file that begins like a bundle: its head is read, nothing is decoded.

use crate::source::{read_at, read_vec};
use crate::{Content, Head, Limits, MAGIC, MAJOR, Manifest, Prefix};
use std::io::{self, Read, Seek, SeekFrom};
use varaq_cbor::CborError;

/// Why a file has no head that could be judged.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// Fewer than eight bytes, or another magic.
    #[error("not a bundle")]
    NotABundle,
    /// A bundle of a later major version. `head` is there if its sections lie where every
    /// future major keeps them; whether it is signed is for `varaq-trust` to say.
    #[error("expected format {MAJOR}, found {major}")]
    NewerFormat {
        /// The major version.
        major: u16,
        /// The sections, as far as they are there.
        head: Option<Box<Head>>,
    },
    /// The head is cut off, or its lengths contradict FORMAT.md section 1.1.
    #[error("damaged head: {0}")]
    Damaged(#[source] HeadFlaw),
    /// The source cannot be read.
    #[error("cannot read")]
    Io(#[from] io::Error),
}

/// What is wrong with PREFIX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadFlaw {
    /// The file ends inside the head.
    #[error("the file ends inside the head")]
    Truncated,
    /// A field that must be zero is not.
    #[error("a zero field is not zero")]
    NotZero,
    /// A length is outside its range.
    #[error("{0} is outside its range")]
    Length(&'static str),
}

/// A file with a well-formed PREFIX. Everything else about it is unproven.
#[derive(Debug)]
pub struct Bundle<R> {
    pub(crate) source: R,
    pub(crate) len: u64,
    pub(crate) head: Head,
    pub(crate) limits: Limits,
}

impl<R: Read + Seek> Bundle<R> {
    /// Reads the head: PREFIX to NOTES, at most a megabyte, whatever the size of the issue.
    ///
    /// # Errors
    /// See [`HeadError`].
    pub fn open(mut source: R, limits: &Limits) -> Result<Bundle<R>, HeadError> {
        let len = source.seek(SeekFrom::End(0))?;
        if len < MAGIC.len() as u64 {
            return Err(HeadError::NotABundle);
        }
        let mut magic = [0; MAGIC.len()];
        read_at(&mut source, 0, &mut magic)?;
        if magic != MAGIC {
            return Err(HeadError::NotABundle);
        }
        if len < Prefix::LEN as u64 {
            return Err(HeadError::Damaged(HeadFlaw::Truncated));
        }
        let mut prefix = [0; Prefix::LEN];
        read_at(&mut source, 0, &mut prefix)?;
        let (prefix, zeros) = Prefix::decode(&prefix);
        let head = match flaw(&prefix, zeros, len, limits) {
            None => Ok(read_head(&mut source, prefix)?),
            Some(flaw) => Err(flaw),
        };
        if prefix.major > MAJOR {
            return Err(HeadError::NewerFormat {
                major: prefix.major,
                head: head.ok().map(Box::new),
            });
        }
        let head = head.map_err(HeadError::Damaged)?;
        Ok(Bundle {
            source,
            len,
            head,
            limits: *limits,
        })
    }

    /// The sections of the head.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Bytes of the file.
    #[must_use]
    pub fn len_bytes(&self) -> u64 {
        self.len
    }

    /// Decodes MANIFEST. Its claims are unproven until a threshold of signatures is checked.
    ///
    /// # Errors
    /// If MANIFEST breaks a rule of FORMAT.md section 2.
    pub fn manifest(&self) -> Result<Manifest, CborError> {
        Manifest::decode(&self.head.manifest)
    }

    /// The content, whole or in part. The caller vouches that the manifest is signed:
    /// only `varaq-trust` may call this, and `varaq-press` for what it is about to sign.
    ///
    /// # Errors
    /// If MANIFEST breaks a rule of FORMAT.md section 2.
    pub fn into_content(self) -> Result<Content<R>, CborError> {
        let manifest = self.manifest()?;
        Ok(Content::new(manifest, self))
    }

    /// The source, when nothing more is wanted of the bundle.
    #[must_use]
    pub fn into_source(self) -> R {
        self.source
    }
}

/// The first rule of FORMAT.md section 1.1 that PREFIX breaks.
fn flaw(prefix: &Prefix, zeros: bool, len: u64, limits: &Limits) -> Option<HeadFlaw> {
    let lengths = [
        (
            "manifest_len",
            prefix.manifest_len,
            1,
            limits.manifest_bytes,
        ),
        (
            "signatures_len",
            prefix.signatures_len,
            0,
            limits.signatures_bytes,
        ),
        ("own_len", prefix.own_len, 1, limits.own_bytes),
        ("runs_len", prefix.runs_len, 0, limits.runs_bytes),
        ("notes_len", prefix.notes_len, 0, limits.notes_bytes),
    ];
    if !zeros {
        return Some(HeadFlaw::NotZero);
    }
    if prefix.major == 0 {
        return Some(HeadFlaw::Length("major"));
    }
    for (name, value, least, most) in lengths {
        if !(least..=most).contains(&value) {
            return Some(HeadFlaw::Length(name));
        }
    }
    if !prefix.runs_len.is_multiple_of(16) {
        return Some(HeadFlaw::Length("runs_len"));
    }
    if prefix.body_at < prefix.sections_end() || prefix.body_at > limits.head_bytes {
        return Some(HeadFlaw::Length("body_at"));
    }
    (len < prefix.sections_end()).then_some(HeadFlaw::Truncated)
}

/// Reads the sections. The lengths were checked: each against its limit, all against the file.
fn read_head<R: Read + Seek>(source: &mut R, prefix: Prefix) -> io::Result<Head> {
    let mut at = Prefix::LEN as u64;
    let mut section = |len: u32| {
        let bytes = read_vec(source, at, len as usize);
        at = at.saturating_add(u64::from(len));
        bytes
    };
    Ok(Head {
        prefix,
        manifest: section(prefix.manifest_len)?,
        signatures: section(prefix.signatures_len)?,
        own: section(prefix.own_len)?,
        runs: section(prefix.runs_len)?,
        notes: section(prefix.notes_len)?,
    })
}
