//! Where the articles of a large export lie, found in one pass with flat memory.
//!
//! In: a file of XML or JSON. Out: byte ranges of its items, and what stands before the
//! first one. Nothing is parsed here but what tells where an item ends; entities that a
//! file declares itself are refused, so none can grow.

use super::json::{Event, Open, Scan};
use super::survey::MAX_SOURCE;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use varaq_storage::{Storage, StoredFile};

/// What is read at once.
const CHUNK: usize = 262_144;
/// What is kept of what stands before the first item.
const MAX_HEAD: usize = 1 << 20;
/// Most items of an export.
pub(super) const MAX_ITEMS: usize = 1_000_000;

/// What was found in a file.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// Offset and length of each item, its own brackets included.
    pub(super) items: Vec<(u64, u64)>,
    /// What stands before the first item.
    pub(super) head: String,
    /// True if the file ends inside an item.
    pub(super) cut: bool,
}

/// A file, a piece at a time.
struct Window {
    file: Box<dyn StoredFile>,
    bytes: Vec<u8>,
    /// Offset of the first byte in the file.
    base: u64,
    end: bool,
}

impl Window {
    fn open(storage: &dyn Storage, path: &Path) -> Result<Window, String> {
        let file = storage.open(path).map_err(|error| unread(&error))?;
        Ok(Window {
            file,
            bytes: Vec::new(),
            base: 0,
            end: false,
        })
    }

    /// Forgets the first `passed` bytes and reads on.
    fn more(&mut self, passed: usize) -> Result<(), String> {
        self.bytes.drain(..passed.min(self.bytes.len()));
        self.base += passed as u64;
        let limit = CHUNK as u64;
        let read = (&mut self.file).take(limit).read_to_end(&mut self.bytes);
        self.end = read.map_err(|error| unread(&error))? == 0;
        Ok(())
    }
}

fn unread(error: &io::Error) -> String {
    format!("cannot be read: {}", error.kind())
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let next = at + rest.iter().position(|&byte| byte == first)?;
        if bytes.get(next..)?.starts_with(what) {
            return Some(next);
        }
        at = next + 1;
    }
}

/// The items of a file of XML: elements of one of these names.
pub(super) fn xml_items(
    storage: &dyn Storage,
    path: &Path,
    names: &[&str],
) -> Result<Spans, String> {
    let mut window = Window::open(storage, path)?;
    window.more(0)?;
    let mut out = Spans::default();
    let mut head = Vec::new();
    let mut open: Option<u64> = None;
    let mut at = 0;
    // What ends a part in which brackets mean nothing.
    let mut until: Option<&[u8]> = None;
    loop {
        let what = until.unwrap_or(b"<");
        let found = find(&window.bytes, at, what);
        // Enough must follow to tell what it is.
        let short = found.is_none_or(|next| until.is_none() && next + 32 > window.bytes.len());
        if short && !window.end {
            let keep = found.unwrap_or_else(|| at.max(window.bytes.len().saturating_sub(3)));
            remember(&mut head, &window.bytes, keep, &out, open);
            window.more(keep)?;
            at = 0;
            continue;
        }
        let Some(next) = found else { break };
        if let Some(end) = until.take() {
            at = next + end.len();
            continue;
        }
        let rest = window.bytes.get(next..).unwrap_or_default();
        if rest.starts_with(b"<![CDATA[") {
            until = Some(b"]]>");
        } else if rest.starts_with(b"<!--") {
            until = Some(b"-->");
        } else if rest.starts_with(b"<!ENTITY") {
            return Err("it declares entities of its own, which are refused".to_owned());
        } else if let (Some(start), true) = (open, is_tag(rest, b"</", names)) {
            let end = find(rest, 0, b">").map_or(rest.len(), |end| end + 1);
            out.items
                .push((start, window.base + (next + end) as u64 - start));
            open = None;
        } else if open.is_none() && is_tag(rest, b"<", names) {
            if out.items.len() >= MAX_ITEMS {
                return Err(too_many());
            }
            if out.items.is_empty() {
                remember(&mut head, &window.bytes, next, &out, open);
            }
            open = Some(window.base + next as u64);
        }
        at = next + 1;
    }
    out.cut = open.is_some();
    out.head = String::from_utf8_lossy(&head).into_owned();
    Ok(out)
}

fn remember(head: &mut Vec<u8>, bytes: &[u8], to: usize, out: &Spans, open: Option<u64>) {
    if out.items.is_empty() && open.is_none() {
        let room = MAX_HEAD.saturating_sub(head.len());
        head.extend(bytes.iter().take(to.min(room)));
    }
}

fn is_tag(rest: &[u8], before: &[u8], names: &[&str]) -> bool {
    names.iter().any(|name| {
        let after = rest
            .strip_prefix(before)
            .and_then(|rest| rest.strip_prefix(name.as_bytes()));
        after
            .and_then(<[u8]>::first)
            .is_some_and(|byte| b"> \t\r\n".contains(byte))
    })
}

/// Reads a file of JSON once, a piece at a time, and tells a visitor what is in it. True if the
/// file ends inside it.
pub(super) fn json(
    storage: &dyn Storage,
    path: &Path,
    visit: &mut dyn FnMut(&[Open], Event<'_>),
) -> Result<bool, String> {
    let mut window = Window::open(storage, path)?;
    let mut scan = Scan::default();
    loop {
        window.more(window.bytes.len())?;
        scan.bytes(&window.bytes, window.base, visit);
        if window.end {
            return Ok(scan.depth > 0);
        }
    }
}

/// The objects of a list in a file of JSON: of the outermost list, or of the list that the
/// outermost object calls `list`. There is no head.
pub(super) fn json_items(
    storage: &dyn Storage,
    path: &Path,
    list: Option<&str>,
) -> Result<Spans, String> {
    let mut out = Spans::default();
    let mut many = false;
    out.cut = json(storage, path, &mut |open, event| {
        let place = match (list, open) {
            (None, [outer]) => outer.list,
            (Some(list), [outer, inner]) => outer.at(list) && inner.list,
            _ => false,
        };
        if let (true, Event::Object(at, len)) = (place, event) {
            many |= out.items.len() >= MAX_ITEMS;
            if !many {
                out.items.push((at, len));
            }
        }
    })?;
    match many {
        true => Err(too_many()),
        false => Ok(out),
    }
}

pub(super) fn too_many() -> String {
    "more than a million items".to_owned()
}

/// The text of one item.
pub(super) fn item(
    storage: &dyn Storage,
    path: &Path,
    (at, len): (u64, u64),
) -> Result<String, String> {
    String::from_utf8(bytes(storage, path, (at, len))?).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        format!("not UTF-8 (byte {})", at + good as u64)
    })
}

/// The bytes of one item.
pub(super) fn bytes(
    storage: &dyn Storage,
    path: &Path,
    (at, len): (u64, u64),
) -> Result<Vec<u8>, String> {
    if len > MAX_SOURCE {
        return Err("longer than 16 MiB".to_owned());
    }
    let mut file = storage.open(path).map_err(|error| unread(&error))?;
    let mut bytes = Vec::new();
    let read = file
        .seek(SeekFrom::Start(at))
        .and_then(|_| (&mut file).take(len).read_to_end(&mut bytes));
    read.map_err(|error| unread(&error))?;
    Ok(bytes)
}
