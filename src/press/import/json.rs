//! JSON as programs really write it: found in one pass, and mended where it is no JSON.
//!
//! In: a file of any length. Out: where its objects lie, told to a visitor with what is open
//! around them, and one of them as a [`Value`]. Nesting beyond 8 is only counted here; the
//! parser itself refuses more than 128.

use super::spans;
use serde_json::Value;
use std::path::Path;
use varaq_storage::Storage;

/// Deepest level of which the names are kept.
const MAX_OPEN: usize = 8;
/// Longest name or value that is told whole.
const MAX_TOLD: usize = 1_024;

/// A list or an object that is open.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) list: bool,
    /// Of an object: the name of the member that is read.
    pub(super) name: Vec<u8>,
    start: u64,
}

impl Open {
    /// Whether it is an object, at the member of that name.
    pub(super) fn at(&self, name: &str) -> bool {
        !self.list && self.name == name.as_bytes()
    }
}

/// What is told to a visitor, with what is open around it.
pub(super) enum Event<'e> {
    /// An object ended; offset and length, its brackets included.
    Object(u64, u64),
    /// A word, number or name for true, false and null.
    Scalar(&'e [u8]),
}

/// Where in a text of JSON one is.
#[derive(Debug, Default)]
pub(super) struct Scan {
    open: Vec<Open>,
    /// How many levels are open, those that are not kept too.
    pub(super) depth: u64,
    in_string: bool,
    escaped: bool,
    told: Vec<u8>,
}

impl Scan {
    /// Goes on with these bytes, which begin at `base` in the file.
    pub(super) fn bytes(
        &mut self,
        bytes: &[u8],
        base: u64,
        visit: &mut dyn FnMut(&[Open], Event<'_>),
    ) {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                self.string(byte);
            } else {
                self.byte(byte, base + at as u64, visit);
            }
        }
    }

    fn shallow(&self) -> bool {
        self.depth <= MAX_OPEN as u64
    }

    fn string(&mut self, byte: u8) {
        let ends = !self.escaped && byte == b'"';
        self.escaped = !self.escaped && byte == b'\\';
        self.in_string = !ends;
        if !ends {
            self.tell(byte);
        }
    }

    fn tell(&mut self, byte: u8) {
        if self.shallow() && self.told.len() < MAX_TOLD {
            self.told.push(byte);
        }
    }

    fn byte(&mut self, byte: u8, at: u64, visit: &mut dyn FnMut(&[Open], Event<'_>)) {
        match byte {
            b'"' => {
                self.in_string = true;
                self.told.clear();
            }
            b'[' | b'{' => {
                self.told.clear();
                self.depth += 1;
                if self.shallow() {
                    let list = byte == b'[';
                    self.open.push(Open {
                        list,
                        start: at,
                        ..Open::default()
                    });
                }
            }
            b']' | b'}' => {
                self.scalar(visit);
                self.close(at, visit);
            }
            b',' => self.scalar(visit),
            b':' if self.shallow() => {
                if let Some(open) = self.open.last_mut() {
                    open.name = std::mem::take(&mut self.told);
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            byte => self.tell(byte),
        }
    }

    fn scalar(&mut self, visit: &mut dyn FnMut(&[Open], Event<'_>)) {
        if self.shallow() && !self.told.is_empty() {
            visit(&self.open, Event::Scalar(&self.told));
        }
        self.told.clear();
    }

    fn close(&mut self, at: u64, visit: &mut dyn FnMut(&[Open], Event<'_>)) {
        if self.shallow()
            && let Some(open) = self.open.pop()
            && !open.list
        {
            visit(&self.open, Event::Object(open.start, at + 1 - open.start));
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// One object of a file, and whether it had to be mended.
pub(super) fn object(
    storage: &dyn Storage,
    path: &Path,
    span: (u64, u64),
) -> Result<(Value, bool), String> {
    let bytes = spans::bytes(storage, path, span)?;
    let text = String::from_utf8_lossy(&bytes);
    let plain: String = text
        .chars()
        .map(|c| if c < ' ' { ' ' } else { c })
        .collect();
    if let Ok(value) = serde_json::from_str(&plain) {
        return Ok((value, plain.as_bytes() != bytes));
    }
    let mended = mended(&plain);
    let value = serde_json::from_str(&mended);
    value
        .map(|value| (value, true))
        .map_err(|error| format!("no JSON ({error})"))
}

/// Escapes that JSON does not know (`\x0B`, `\'`), halves of a pair of surrogates, and commas
/// before a closing bracket.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match (in_string, c) {
            (true, '\\') => escape(after, &mut out),
            (false, ',') if after.trim_start().starts_with([']', '}']) => after,
            _ => {
                in_string ^= c == '"';
                out.push(c);
                after
            }
        };
    }
    out
}

/// What follows a backslash, and what is left after it.
fn escape<'s>(after: &'s str, out: &mut String) -> &'s str {
    let next = after.chars().next().unwrap_or(' ');
    let rest = after.get(next.len_utf8()..).unwrap_or_default();
    match next {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {
            out.push('\\');
            out.push(next);
            rest
        }
        'u' => unicode(rest, out),
        'x' if number(rest, 2).is_some() => {
            out.push(' ');
            rest.get(2..).unwrap_or_default()
        }
        next => {
            out.push(next);
            rest
        }
    }
}

fn number(text: &str, len: usize) -> Option<u32> {
    u32::from_str_radix(text.get(..len)?, 16).ok()
}

/// `\uXXXX`, here without its first two characters.
fn unicode<'s>(rest: &'s str, out: &mut String) -> &'s str {
    let Some(first) = number(rest, 4) else {
        out.push('\u{fffd}');
        return rest;
    };
    let after = rest.get(4..).unwrap_or_default();
    let low = after.strip_prefix("\\u").and_then(|low| number(low, 4));
    let whole =
        (0xd800..0xdc00).contains(&first) && low.is_some_and(|low| (0xdc00..0xe000).contains(&low));
    if whole {
        out.push_str("\\u");
        out.push_str(rest.get(..10).unwrap_or_default());
        return rest.get(10..).unwrap_or_default();
    }
    match (0xd800..0xe000).contains(&first) {
        true => out.push('\u{fffd}'),
        false => {
            out.push_str("\\u");
            out.push_str(rest.get(..4).unwrap_or_default());
        }
    }
    after
}
