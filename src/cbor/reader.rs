//! Bytes to values.

use crate::text::first_refused;
use crate::{CborError, Kind};
use std::ops::RangeInclusive;

/// An open array or map.
#[derive(Clone, Debug)]
struct Open {
    /// Items that are still to come; keys and values of a map count one each.
    left: usize,
    /// The key read last, if this is a map.
    map: Option<Option<u64>>,
}

/// Reads items one after another and refuses every encoding but the only one.
///
/// Keeps count of the items of each open container, so a caller can neither run
/// out of one nor leave it early unnoticed: see [`finish`](Reader::finish).
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    input: &'a [u8],
    at: usize,
    open: Vec<Open>,
    max_depth: usize,
    done: bool,
}

impl<'a> Reader<'a> {
    /// A reader of one outermost item, whose containers nest at most `max_depth` deep.
    #[must_use]
    pub fn new(input: &'a [u8], max_depth: usize) -> Reader<'a> {
        Reader {
            input,
            at: 0,
            open: Vec::new(),
            max_depth,
            done: false,
        }
    }

    /// Offset of the next item.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// The kind of the next item, which stays unread.
    ///
    /// # Errors
    /// If there is no next item, or it is of a refused kind.
    pub fn kind(&self) -> Result<Kind, CborError> {
        let at = self.at;
        let first = *self.input.get(at).ok_or(CborError::Truncated { at })?;
        match (first >> 5, first) {
            (0, _) => Ok(Kind::Uint),
            (1, _) => Err(CborError::Refused {
                at,
                what: "a negative number",
            }),
            (2, _) => Ok(Kind::Bytes),
            (3, _) => Ok(Kind::Text),
            (4, _) => Ok(Kind::Array),
            (5, _) => Ok(Kind::Map),
            (6, _) => Err(CborError::Refused { at, what: "a tag" }),
            (_, 0xf4 | 0xf5) => Err(CborError::Refused {
                at,
                what: "a boolean",
            }),
            (_, 0xf6) => Ok(Kind::Null),
            (_, 0xf9..=0xfb) => Err(CborError::Refused {
                at,
                what: "a float",
            }),
            (_, 0xff) => Err(CborError::Refused {
                at,
                what: "a break",
            }),
            _ => Err(CborError::Refused {
                at,
                what: "a simple value",
            }),
        }
    }

    /// A number. Where a key of a map comes next, keys must ascend.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn uint(&mut self) -> Result<u64, CborError> {
        let at = self.at;
        let (value, next) = self.head(Kind::Uint)?;
        self.take(at, Some(value))?;
        self.at = next;
        self.close();
        Ok(value)
    }

    /// A number inside `range`; `what` names the field in the error.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn uint_in(
        &mut self,
        range: RangeInclusive<u64>,
        what: &'static str,
    ) -> Result<u64, CborError> {
        let at = self.at;
        let value = self.uint()?;
        if range.contains(&value) {
            Ok(value)
        } else {
            Err(CborError::Range { at, what })
        }
    }

    /// Reads the key `expected` of a map.
    ///
    /// # Errors
    /// If another key or anything else comes next.
    pub fn key(&mut self, expected: u64) -> Result<(), CborError> {
        let at = self.at;
        let found = self.uint()?;
        if found == expected {
            Ok(())
        } else {
            Err(CborError::Key {
                at,
                expected,
                found,
            })
        }
    }

    /// A byte string.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn bytes(&mut self) -> Result<&'a [u8], CborError> {
        self.string(Kind::Bytes)
    }

    /// A byte string of exactly `N` bytes; `what` names the field in the error.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn fixed<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], CborError> {
        let at = self.at;
        self.bytes()?
            .try_into()
            .map_err(|_| CborError::Range { at, what })
    }

    /// A byte string whose length is inside `len`; `what` names the field in the error.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn bytes_in(
        &mut self,
        len: RangeInclusive<usize>,
        what: &'static str,
    ) -> Result<&'a [u8], CborError> {
        let at = self.at;
        let bytes = self.bytes()?;
        if len.contains(&bytes.len()) {
            Ok(bytes)
        } else {
            Err(CborError::Range { at, what })
        }
    }

    /// A text (see [`is_text`](crate::is_text)).
    ///
    /// # Errors
    /// If the next item is anything else, or the text holds a refused character.
    pub fn text(&mut self) -> Result<&'a str, CborError> {
        self.characters(false)
    }

    /// A text with a number of characters inside `chars`; `what` names the field in the error.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn text_in(
        &mut self,
        chars: RangeInclusive<usize>,
        what: &'static str,
    ) -> Result<&'a str, CborError> {
        let at = self.at;
        let text = self.text()?;
        if chars.contains(&text.chars().count()) {
            Ok(text)
        } else {
            Err(CborError::Range { at, what })
        }
    }

    /// A text that may also hold line feeds and tabs (see [`is_lines`](crate::is_lines)).
    ///
    /// # Errors
    /// If the next item is anything else, or the text holds a refused character.
    pub fn lines(&mut self) -> Result<&'a str, CborError> {
        self.characters(true)
    }

    /// Opens an array and returns its number of items, which is never greater
    /// than the number of bytes that are left: room may be reserved for it.
    ///
    /// # Errors
    /// If the next item is anything else, or nests too deep.
    pub fn array(&mut self) -> Result<usize, CborError> {
        self.container(Kind::Array)
    }

    /// Opens an array of exactly `expected` items.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn array_of(&mut self, expected: usize) -> Result<(), CborError> {
        let at = self.at;
        let found = self.array()?;
        if found == expected {
            Ok(())
        } else {
            Err(CborError::Length {
                at,
                expected,
                found,
            })
        }
    }

    /// Opens an array whose number of items is inside `len`; `what` names the field in the error.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn array_in(
        &mut self,
        len: RangeInclusive<usize>,
        what: &'static str,
    ) -> Result<usize, CborError> {
        let at = self.at;
        let found = self.array()?;
        if len.contains(&found) {
            Ok(found)
        } else {
            Err(CborError::Range { at, what })
        }
    }

    /// Opens a map and returns its number of pairs.
    ///
    /// # Errors
    /// If the next item is anything else, or nests too deep.
    pub fn map(&mut self) -> Result<usize, CborError> {
        self.container(Kind::Map)
    }

    /// Opens a map of exactly `expected` pairs.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn map_of(&mut self, expected: usize) -> Result<(), CborError> {
        let at = self.at;
        let found = self.map()?;
        if found == expected {
            Ok(())
        } else {
            Err(CborError::Length {
                at,
                expected,
                found,
            })
        }
    }

    /// `null`.
    ///
    /// # Errors
    /// If the next item is anything else.
    pub fn null(&mut self) -> Result<(), CborError> {
        let at = self.at;
        self.expect(Kind::Null)?;
        self.take(at, None)?;
        self.at = at.saturating_add(1);
        self.close();
        Ok(())
    }

    /// True if `null` comes next; it stays unread.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Ok(Kind::Null)
    }

    /// Reads one whole item of any kind and returns its bytes. Everything in it
    /// keeps the rules of the subset; texts need only be UTF-8.
    ///
    /// # Errors
    /// If the next item is not well-formed.
    pub fn item(&mut self) -> Result<&'a [u8], CborError> {
        let from = self.at;
        let outside = self.open.len();
        loop {
            match self.kind()? {
                Kind::Uint => drop(self.uint()?),
                Kind::Bytes => drop(self.string(Kind::Bytes)?),
                Kind::Text => {
                    let at = self.at;
                    std::str::from_utf8(self.string(Kind::Text)?)
                        .map_err(|_| CborError::NotUtf8 { at })?;
                }
                Kind::Array => drop(self.array()?),
                Kind::Map => drop(self.map()?),
                Kind::Null => self.null()?,
            }
            // Closing the item may also have closed containers around it.
            if self.open.len() <= outside {
                break;
            }
        }
        Ok(self.input.get(from..self.at).unwrap_or_default())
    }

    /// Ends reading: the outermost item must be complete and nothing follow it.
    ///
    /// # Errors
    /// [`CborError::Unfinished`] or [`CborError::Trailing`].
    pub fn finish(self) -> Result<(), CborError> {
        if !self.done || !self.open.is_empty() {
            return Err(CborError::Unfinished { at: self.at });
        }
        if self.at != self.input.len() {
            return Err(CborError::Trailing { at: self.at });
        }
        Ok(())
    }

    fn expect(&self, expected: Kind) -> Result<(), CborError> {
        let found = self.kind()?;
        if found == expected {
            Ok(())
        } else {
            Err(CborError::Unexpected {
                at: self.at,
                expected,
                found,
            })
        }
    }

    /// The number in the head of the next item, and where the head ends.
    fn head(&self, expected: Kind) -> Result<(u64, usize), CborError> {
        self.expect(expected)?;
        let at = self.at;
        let truncated = CborError::Truncated { at };
        let rest = self.input.get(at..).ok_or(truncated.clone())?;
        let (&first, rest) = rest.split_first().ok_or(truncated.clone())?;
        let (width, least) = match first & 0x1f {
            short @ 0..=23 => return Ok((u64::from(short), at.saturating_add(1))),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            31 => {
                return Err(CborError::Refused {
                    at,
                    what: "an indefinite length",
                });
            }
            _ => {
                return Err(CborError::Refused {
                    at,
                    what: "a reserved length",
                });
            }
        };
        let number = rest.get(..width).ok_or(truncated)?;
        let value = number
            .iter()
            .fold(0, |value: u64, &byte| value << 8 | u64::from(byte));
        if value < least {
            return Err(CborError::NotShortest { at });
        }
        Ok((value, at.saturating_add(1).saturating_add(width)))
    }

    /// The bytes of a string of that kind.
    fn string(&mut self, kind: Kind) -> Result<&'a [u8], CborError> {
        let at = self.at;
        let (len, start) = self.head(kind)?;
        let end = usize::try_from(len)
            .ok()
            .and_then(|len| start.checked_add(len));
        let end = end.ok_or(CborError::Truncated { at })?;
        let bytes = self
            .input
            .get(start..end)
            .ok_or(CborError::Truncated { at })?;
        self.take(at, None)?;
        self.at = end;
        self.close();
        Ok(bytes)
    }

    fn characters(&mut self, lines: bool) -> Result<&'a str, CborError> {
        let at = self.at;
        let text =
            std::str::from_utf8(self.string(Kind::Text)?).map_err(|_| CborError::NotUtf8 { at })?;
        match first_refused(text, lines) {
            None => Ok(text),
            Some(character) => Err(CborError::Character { at, character }),
        }
    }

    fn container(&mut self, kind: Kind) -> Result<usize, CborError> {
        let at = self.at;
        let (len, next) = self.head(kind)?;
        // Every item takes a byte at least: a length beyond that is a lie, and is
        // refused before anybody makes room for it.
        let rest = self.input.len().saturating_sub(next);
        let items = usize::try_from(len)
            .ok()
            .filter(|&len| len <= rest)
            .ok_or(CborError::Truncated { at })?;
        let left = if kind == Kind::Map {
            items.saturating_mul(2)
        } else {
            items
        };
        if left > rest {
            return Err(CborError::Truncated { at });
        }
        self.take(at, None)?;
        if self.open.len() >= self.max_depth {
            return Err(CborError::TooDeep {
                at,
                max: self.max_depth,
            });
        }
        self.at = next;
        self.open.push(Open {
            left,
            map: (kind == Kind::Map).then_some(None),
        });
        self.close();
        Ok(items)
    }

    /// Counts the item at `at` in the container that holds it. `key` is its value
    /// if it is a number.
    fn take(&mut self, at: usize, key: Option<u64>) -> Result<(), CborError> {
        let Some(open) = self.open.last_mut() else {
            if self.done {
                return Err(CborError::Unfinished { at });
            }
            self.done = true;
            return Ok(());
        };
        open.left = open
            .left
            .checked_sub(1)
            .ok_or(CborError::Unfinished { at })?;
        if let Some(last) = &mut open.map
            && open.left % 2 == 1
        {
            let key = key.ok_or(CborError::Refused {
                at,
                what: "a key that is no number",
            })?;
            if last.is_some_and(|last| key <= last) {
                return Err(CborError::KeyOrder { at });
            }
            *last = Some(key);
        }
        Ok(())
    }

    /// Leaves the containers whose last item was read.
    fn close(&mut self) {
        while self.open.last().is_some_and(|open| open.left == 0) {
            self.open.pop();
        }
    }
}
