//! A page as a browser saved it, taken apart: its HTML and the pictures that came with it.
//!
//! In: single-file HTML, whose pictures are written into it as `data:`, or MHTML, whose
//! pictures are parts of their own. Out: HTML in which every such picture has a short name
//! (`varaq-inside:3`), and their bytes.

use base64ct::{Base64, Encoding};
use std::sync::Arc;

/// How a picture inside a page is called once it is taken out.
pub(super) const INSIDE: &str = "varaq-inside:";
/// Most pictures of a page.
const MAX_PICTURES: usize = 1_024;

/// A page without its pictures, and they.
#[derive(Debug, Default)]
pub(super) struct Saved {
    pub(super) html: String,
    /// Of the file, pictures and all.
    pub(super) len_bytes: u64,
    /// Where the browser found it; empty if it did not write that down.
    pub(super) address: String,
    pub(super) pictures: Vec<Arc<[u8]>>,
    /// Where a part of MHTML was on the web, or its `cid:`, by the number of its picture.
    pub(super) places: Vec<(String, usize)>,
}

/// Takes a page apart.
pub(super) fn saved(bytes: Vec<u8>) -> Result<Saved, String> {
    let mut out = Saved {
        len_bytes: bytes.len() as u64,
        ..Saved::default()
    };
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let html = if !head.trim_start().starts_with('<') && head.contains("multipart/related") {
        parts(&bytes, &mut out)?
    } else {
        bytes
    };
    let html = String::from_utf8(html);
    let html = html.map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("not UTF-8 (byte {at})")
    })?;
    if out.address.is_empty() {
        out.address = saved_from(&html);
    }
    out.html = without_data(&html, &mut out.pictures);
    Ok(out)
}

/// The address in the comment that browsers (`saved from url=(0020)…`) and SingleFile (`url: …`)
/// write on top.
fn saved_from(html: &str) -> String {
    let end = html
        .char_indices()
        .nth(4_096)
        .map_or(html.len(), |(at, _)| at);
    let head = html.get(..end).unwrap_or_default();
    let told = head.split_once("saved from url=").map(|(_, rest)| {
        let rest = rest.trim_start_matches(|c: char| matches!(c, '(' | ')') || c.is_ascii_digit());
        rest.split_whitespace().next().unwrap_or_default()
    });
    let told = told.or_else(|| {
        let (_, rest) = head.split_once("Page saved with SingleFile")?;
        rest.split_once("url:")?.1.split_whitespace().next()
    });
    told.unwrap_or_default().to_owned()
}

impl Saved {
    /// A picture by its short name, or by the address that it had in MHTML.
    pub(super) fn picture(&self, source: &str) -> Option<Arc<[u8]>> {
        let number = match source.strip_prefix(INSIDE) {
            Some(number) => number.parse().ok()?,
            None => self.places.iter().find(|(place, _)| place == source)?.1,
        };
        self.pictures.get::<usize>(number).cloned()
    }
}

/// Takes `data:image/…;base64,…` out; a tag with a whole picture in it is no tag any more.
fn without_data(html: &str, pictures: &mut Vec<Arc<[u8]>>) -> String {
    let mut out = String::with_capacity(html.len().min(1 << 20));
    let mut rest = html;
    while let Some(at) = rest.find("data:image/") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(['"', '\'', ')', '>', '<']).unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        rest = after;
        let bytes = address
            .split_once(";base64,")
            .and_then(|(_, words)| base64(words.as_bytes()));
        match bytes {
            Some(bytes) if pictures.len() < MAX_PICTURES => {
                out.push_str(&format!("{INSIDE}{}", pictures.len()));
                pictures.push(Arc::from(bytes));
            }
            _ => out.push_str("data:,"),
        }
    }
    out.push_str(rest);
    out
}

fn base64(words: &[u8]) -> Option<Vec<u8>> {
    let mut kept: Vec<u8> = words
        .iter()
        .copied()
        .filter(|b| !b.is_ascii_whitespace())
        .collect();
    while kept.last() == Some(&b'=') {
        kept.pop();
    }
    while !kept.len().is_multiple_of(4) {
        kept.push(b'=');
    }
    Base64::decode_vec(std::str::from_utf8(&kept).ok()?).ok()
}

/// The first page of a message of parts; its pictures are kept.
fn parts(bytes: &[u8], out: &mut Saved) -> Result<Vec<u8>, String> {
    let (fields, _) = fields(bytes);
    out.address = field(&fields, "snapshot-content-location")
        .unwrap_or_default()
        .to_owned();
    let kind = field(&fields, "content-type").unwrap_or_default();
    let boundary = kind
        .split("boundary=")
        .nth(1)
        .ok_or("the message names no boundary")?;
    let boundary = boundary.trim().trim_start_matches('"');
    let boundary = boundary.split(['"', ';']).next().unwrap_or_default().trim();
    if boundary.is_empty() {
        return Err("the message names no boundary".to_owned());
    }
    let line = format!("--{boundary}");
    let mut page = None;
    for part in between(bytes, line.as_bytes())
        .into_iter()
        .skip(1)
        .take(8 * MAX_PICTURES)
    {
        let (fields, body) = self::fields(part);
        let kind = field(&fields, "content-type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let wanted =
            kind.starts_with("image/") || (page.is_none() && kind.starts_with("text/html"));
        let decoded = if wanted { decoded(&fields, body) } else { None };
        match decoded {
            Some(bytes) if kind.starts_with("text/html") => page = Some(bytes),
            Some(bytes) if out.pictures.len() < MAX_PICTURES => {
                let number = out.pictures.len();
                let place = field(&fields, "content-location").map(str::to_owned);
                let id = field(&fields, "content-id");
                let id = id.map(|id| format!("cid:{}", id.trim_matches(['<', '>'])));
                out.places
                    .extend(place.into_iter().chain(id).map(|place| (place, number)));
                out.pictures.push(Arc::from(bytes));
            }
            _ => {}
        }
    }
    page.ok_or_else(|| "the message holds no page of HTML, or ends before it".to_owned())
}

/// What stands between lines that begin with `line`.
fn between<'b>(bytes: &'b [u8], line: &[u8]) -> Vec<&'b [u8]> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    for row in bytes.split_inclusive(|&byte| byte == b'\n') {
        if row.starts_with(line) {
            out.push(bytes.get(start..at).unwrap_or_default());
            start = at + row.len();
        }
        at += row.len();
    }
    out.push(bytes.get(start..).unwrap_or_default());
    out
}

/// Fields of a header, names in small letters, and what follows it.
fn fields(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for row in bytes.split_inclusive(|&byte| byte == b'\n').take(1_000) {
        at += row.len();
        let words = String::from_utf8_lossy(row);
        if words.trim().is_empty() {
            break;
        }
        match (words.starts_with([' ', '\t']), out.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(words.trim());
            }
            _ => {
                if let Some((name, value)) = words.split_once(':') {
                    out.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
    (out, bytes.get(at..).unwrap_or_default())
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    let found = fields.iter().find(|(one, _)| one == name);
    found.map(|(_, value)| value.as_str())
}

fn decoded(fields: &[(String, String)], body: &[u8]) -> Option<Vec<u8>> {
    let how = field(fields, "content-transfer-encoding").unwrap_or_default();
    match how.to_ascii_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => Some(unquoted(body)),
        _ => Some(body.to_vec()),
    }
}

/// Quoted-printable; what is no escape stays.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let rest = body.get(at..).unwrap_or_default();
        let value = digit(rest.first())
            .zip(digit(rest.get(1)))
            .map(|(a, b)| a * 16 + b);
        match value.and_then(|value| u8::try_from(value).ok()) {
            Some(value) => {
                out.push(value);
                at += 2;
            }
            None if rest.starts_with(b"\r\n") => at += 2,
            None if rest.starts_with(b"\n") => at += 1,
            None => out.push(byte),
        }
    }
    out
}
