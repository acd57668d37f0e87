//! What goes into an issue, as its maker hands it over.

use crate::{ArticleId, Day, Entry, Hash, IssueRef, Medium, Part, PieceError, RootRef};
use std::io::{self, Read};
use varaq_cbor::CborError;

/// What an issue says about itself, beside its articles.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Publisher id.
    pub publisher: Hash,
    /// Channel, 1-32 of `a-z 0-9 -`.
    pub channel: String,
    /// Epoch, from 1.
    pub epoch: u32,
    /// Number, from 1.
    pub number: u32,
    /// The issue before.
    pub prev: Option<IssueRef>,
    /// Day of the issue.
    pub day: Day,
    /// The statement that granted the delegation.
    pub root: RootRef,
    /// Title, ≤ 256 characters, may be empty.
    pub title: String,
    /// Language tag (BCP 47) of the issue.
    pub language: String,
    /// Names of the sections, ≤ 256.
    pub sections: Vec<String>,
    /// The article that leads.
    pub lead: Option<ArticleId>,
    /// OWN: the publisher's statements, encoded.
    pub own: Vec<u8>,
    /// NOTES, encoded; empty = none.
    pub notes: Vec<u8>,
}

/// How an issue is packed. The defaults are measured: `benches/README.md`, "Piece sizes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackOptions {
    /// Decoded bytes of a text piece, 1 … 1,048,576.
    pub piece_bytes: u32,
    /// Most decoded bytes of a prefix piece, 0 … 1,048,576; 0 = no prefixes. Text is cut into
    /// up to eight sections of about twice as many bytes; each has a prefix of its own.
    pub prefix_bytes: u32,
    /// zstd level, 1 … 22.
    pub level: i32,
    /// Room for signatures and notes.
    pub slack: Slack,
    /// Second copies at the end of the file.
    pub spares: Spares,
    /// Most articles of a catalog page, 1 … 1,024.
    pub page_entries: u16,
}

/// Which pieces have a second copy at the end of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spares {
    /// None.
    None,
    /// FRONT; and the prefixes, if that costs at most a sixteenth of all stored bytes. In a
    /// small issue the prefixes are a good part of the text, and would be stored twice.
    Cheap,
    /// FRONT and the prefixes.
    Always,
}

/// Room between the head and the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slack {
    /// 8 KiB, and more for larger issues, up to 256 KiB.
    Sensible,
    /// At least that many bytes.
    Bytes(u32),
}

impl Default for PackOptions {
    fn default() -> PackOptions {
        PackOptions {
            piece_bytes: 64 << 10,
            prefix_bytes: 1 << 20,
            level: 19,
            slack: Slack::Sensible,
            spares: Spares::Cheap,
            page_entries: 256,
        }
    }
}

/// An article to be packed.
#[derive(Debug)]
pub struct NewArticle {
    /// Its catalog entry. `span` and `media` are filled in by the writer.
    pub entry: Entry,
    /// Its encoded text.
    pub body: Vec<u8>,
    /// Its pictures and attachments, in the order that the text counts them.
    pub media: Vec<NewMedium>,
    /// Articles with the same key share prefix pieces: one key for each script or language.
    /// The first eight keys get them.
    pub prefix_group: u32,
}

/// A picture or an attachment to be packed.
#[derive(Debug)]
pub struct NewMedium {
    /// What the catalog says about it. `span` is filled in by the writer.
    pub medium: Medium,
    /// Its bytes.
    pub source: MediumSource,
}

/// Where the bytes of a medium come from.
pub enum MediumSource {
    /// From memory; they are spooled.
    Bytes(Vec<u8>),
    /// From something that can be opened twice: once to be hashed, once to be packed, and
    /// its bytes must not change in between.
    Reopen(Box<dyn Fn() -> io::Result<Box<dyn Read>> + Send>),
}

impl std::fmt::Debug for MediumSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MediumSource::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            MediumSource::Reopen(_) => f.write_str("Reopen"),
        }
    }
}

/// Why an issue cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// What the issue says about itself breaks a rule.
    #[error("the issue does not fit the format")]
    Issue(#[source] CborError),
    /// A section is longer than any reader accepts.
    #[error("{0} is too long")]
    TooLong(Part),
    /// OWN is empty or too long.
    #[error("the publisher's statements take {len} bytes, which no reader accepts")]
    Own {
        /// Bytes of OWN.
        len: usize,
    },
    /// A catalog entry breaks a rule.
    #[error("article {number} does not fit the format")]
    Article {
        /// Number of the article, from 1.
        number: u32,
        /// The rule.
        #[source]
        flaw: CborError,
    },
    /// Two articles have one id.
    #[error("article {number} has the id {id} of an earlier one")]
    SameId {
        /// Number of the later article, from 1.
        number: u32,
        /// The id.
        id: ArticleId,
    },
    /// The text of an article is empty or too long.
    #[error("the text of article {number} has {len} bytes, expected 1 to 16,777,216")]
    Text {
        /// Number of the article, from 1.
        number: u32,
        /// Bytes of its text.
        len: u64,
    },
    /// A medium is empty or too long.
    #[error("medium {name} has {len} bytes, expected 1 to 268,435,456")]
    Medium {
        /// Its name.
        name: String,
        /// Its bytes.
        len: u64,
    },
    /// A medium was not the same when it was read again.
    #[error("medium {name} changed while it was packed")]
    MediumChanged {
        /// Its name.
        name: String,
    },
    /// A piece of the former issue cannot be read.
    #[error("the former issue cannot be read")]
    Former(#[source] PieceError),
    /// The former issue was not the same when it was read again.
    #[error("the former issue changed while it was used")]
    FormerChanged,
    /// A notice breaks a rule.
    #[error("a notice about article {article} does not fit the format")]
    Notice {
        /// The article that it is about.
        article: ArticleId,
        /// The rule.
        #[source]
        flaw: CborError,
    },
    /// Two notices are alike in all but their text.
    #[error("two notices of one kind, day and language about article {0}")]
    SameNotice(ArticleId),
    /// The article that leads is not in the issue.
    #[error("the leading article {0} is not in the issue")]
    Lead(ArticleId),
    /// There is no article.
    #[error("the issue has no article")]
    Empty,
    /// More than the format can hold.
    #[error("too many {0}")]
    TooMany(&'static str),
    /// An option is outside its range.
    #[error("{0} is outside its range")]
    Option(&'static str),
    /// zstd has no memory.
    #[error("cannot compress")]
    Compress,
    /// The caller stopped.
    #[error("cancelled")]
    Cancelled,
    /// A spool, a medium or the target cannot be read or written.
    #[error("cannot read or write")]
    Io(#[from] io::Error),
}
