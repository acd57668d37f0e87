//! Notices: a publisher's corrections and retractions (FORMAT.md section 5.4).
//!
//! In: the bytes of one notices piece. Out: its notices, in their one order; and the way
//! back. What can go wrong is a `CborError` that names the field. Which notices an issue
//! carries, over all its pieces, is the business of [`Content::notices`](crate::Content::notices).

use crate::catalog::read_language;
use crate::manifest::{is_channel, number};
use crate::{ArticleId, Day};
use std::{fmt, str};
use varaq_cbor::{CborError, DEPTH, Reader, Writer};

/// Most bytes of a notice's text.
const TEXT_BYTES: usize = 1_024;
/// Bytes of a notices piece that we write, give or take: small, because a damaged one hides
/// all that is in it.
const PIECE_BYTES: usize = 16 << 10;
const U32: u64 = u32::MAX as u64;

/// An issue of a publisher, by its numbers: `CHANNEL/EPOCH/NUMBER`. It need not exist.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueName {
    /// Channel, 1-32 of `a-z 0-9 -`.
    pub channel: String,
    /// Epoch, from 1.
    pub epoch: u32,
    /// Number, from 1.
    pub number: u32,
}

impl fmt::Display for IssueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.channel, self.epoch, self.number)
    }
}

/// As [`IssueName`] is displayed; leading zeros are refused.
impl str::FromStr for IssueName {
    type Err = NotAnIssueName;

    fn from_str(text: &str) -> Result<IssueName, NotAnIssueName> {
        let mut fields = text.split('/');
        let mut field = || fields.next().ok_or(NotAnIssueName);
        let channel = field()?.to_owned();
        let numbers = [field()?, field()?].map(from_one);
        let [Some(epoch), Some(number)] = numbers else {
            return Err(NotAnIssueName);
        };
        if !is_channel(&channel) || fields.next().is_some() {
            return Err(NotAnIssueName);
        }
        Ok(IssueName {
            channel,
            epoch,
            number,
        })
    }
}

/// A number from 1, in the only way to write it.
fn from_one(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

/// A text names no issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected CHANNEL/EPOCH/NUMBER, as in main/1/12")]
pub struct NotAnIssueName;

/// What a notice says about its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// Something in it is wrong; the notice says what is right.
    Correction,
    /// The publisher no longer stands by it.
    Retraction,
    /// It endangers somebody: readers fold the text behind a warning.
    Harm,
}

/// A signed correction or retraction. It marks an article and never erases it: whoever
/// steals a key could otherwise empty the shelves of all readers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notice {
    /// The article.
    pub article: ArticleId,
    /// What is said about it.
    pub kind: NoticeKind,
    /// The issue that the article was published in.
    pub issue: IssueName,
    /// Language tag (BCP 47) of `text`, 1-35 of `A-Z a-z 0-9 -`.
    pub language: String,
    /// 1-1,024 bytes.
    pub text: String,
    /// Day of the notice, as the publisher says.
    pub day: Day,
}

/// What two notices of an issue may not both have; notices are sorted by it. Those that
/// differ in their language alone are translations of each other.
pub type NoticeKey<'a> = (&'a IssueName, ArticleId, Day, NoticeKind, &'a str);

impl Notice {
    /// Issue, article, day, kind and language: the order of notices.
    #[must_use]
    pub fn key(&self) -> NoticeKey<'_> {
        let Notice {
            issue,
            article,
            day,
            ..
        } = self;
        (issue, *article, *day, self.kind, &self.language)
    }

    /// Bytes of the notice in a notices piece.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.len()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Notice, CborError> {
        reader.array_of(6)?;
        let article = ArticleId(reader.fixed("article id")?);
        let kind = match reader.uint_in(1..=3, "kind of notice")? {
            1 => NoticeKind::Correction,
            2 => NoticeKind::Retraction,
            _ => NoticeKind::Harm,
        };
        let issue = read_issue(reader)?;
        let language = read_language(reader)?;
        let text = read_text(reader)?;
        let day = Day(number(reader, 0..=u64::from(Day::LAST.0), "day")?);
        Ok(Notice {
            article,
            kind,
            issue,
            language,
            text,
            day,
        })
    }

    fn write(&self, writer: &mut Writer) {
        let kind = match self.kind {
            NoticeKind::Correction => 1,
            NoticeKind::Retraction => 2,
            NoticeKind::Harm => 3,
        };
        writer.array(6).bytes(&self.article.0).uint(kind);
        writer.array(3).text(&self.issue.channel);
        writer.uint(self.issue.epoch.into());
        writer.uint(self.issue.number.into());
        writer.text(&self.language).text(&self.text);
        writer.uint(self.day.0.into());
    }
}

fn read_issue(reader: &mut Reader<'_>) -> Result<IssueName, CborError> {
    reader.array_of(3)?;
    let at = reader.position();
    let channel = reader.text()?.to_owned();
    if !is_channel(&channel) {
        let what = "channel";
        return Err(CborError::Range { at, what });
    }
    Ok(IssueName {
        channel,
        epoch: number(reader, 1..=U32, "epoch")?,
        number: number(reader, 1..=U32, "number")?,
    })
}

fn read_text(reader: &mut Reader<'_>) -> Result<String, CborError> {
    let at = reader.position();
    let text = reader.text()?;
    if (1..=TEXT_BYTES).contains(&text.len()) {
        Ok(text.to_owned())
    } else {
        let what = "text of a notice";
        Err(CborError::Range { at, what })
    }
}

/// Decodes a notices piece. That all pieces of an issue hold no more than 4,096 notices is
/// for the caller to check.
///
/// # Errors
/// If a rule of FORMAT.md section 5.4 is broken: one of them is that notices strictly
/// ascend by their [`key`](Notice::key).
pub fn decode_notices(bytes: &[u8]) -> Result<Vec<Notice>, CborError> {
    let mut reader = Reader::new(bytes, DEPTH);
    let len = reader.array_in(1..=usize::MAX, "notices piece")?;
    let mut notices: Vec<Notice> = Vec::new();
    for _ in 0..len {
        let at = reader.position();
        let notice = Notice::read(&mut reader)?;
        if notices
            .last()
            .is_some_and(|last| last.key() >= notice.key())
        {
            let what = "order of notices";
            return Err(CborError::Range { at, what });
        }
        notices.push(notice);
    }
    reader.finish()?;
    Ok(notices)
}

/// Encodes a notices piece.
#[must_use]
pub fn encode_notices(notices: &[Notice]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(notices.len());
    for notice in notices {
        notice.write(&mut writer);
    }
    writer.into_bytes()
}

/// Notices, in their order, as the pieces that a packer makes of them.
pub(crate) fn encode_pieces(notices: &[Notice]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let (mut rest, mut count, mut bytes) = (notices, 0usize, 0usize);
    for notice in notices {
        let len = notice.encoded_len();
        if count > 0 && bytes.saturating_add(len) > PIECE_BYTES {
            let (full, after) = rest.split_at(count.min(rest.len()));
            pieces.push(encode_notices(full));
            (rest, count, bytes) = (after, 0, 0);
        }
        count = count.saturating_add(1);
        bytes = bytes.saturating_add(len);
    }
    if !rest.is_empty() {
        pieces.push(encode_notices(rest));
    }
    pieces
}
