//! Values to bytes.

const UINT: u8 = 0 << 5;
const BYTES: u8 = 2 << 5;
const TEXT: u8 = 3 << 5;
const ARRAY: u8 = 4 << 5;
const MAP: u8 = 5 << 5;
const NULL: u8 = 0xf6;

/// Writes items one after another, each in its only form.
///
/// The caller keeps the structure: `array(2)` is followed by two items, `map(2)` by
/// two pairs with ascending keys. What it writes is checked by the [`Reader`](crate::Reader)
/// that everything signed passes through again.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Writer {
        Writer::default()
    }

    /// A number; also a key of a map.
    pub fn uint(&mut self, value: u64) -> &mut Writer {
        self.head(UINT, value)
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Writer {
        self.head(BYTES, value.len() as u64);
        self.bytes.extend_from_slice(value);
        self
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Writer {
        self.head(TEXT, value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
        self
    }

    /// Opens an array of `len` items.
    pub fn array(&mut self, len: usize) -> &mut Writer {
        self.head(ARRAY, len as u64)
    }

    /// Opens a map of `len` pairs.
    pub fn map(&mut self, len: usize) -> &mut Writer {
        self.head(MAP, len as u64)
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Writer {
        self.bytes.push(NULL);
        self
    }

    /// One item that is encoded already.
    pub fn item(&mut self, encoded: &[u8]) -> &mut Writer {
        self.bytes.extend_from_slice(encoded);
        self
    }

    /// Number of bytes written so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// True if nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The encoded bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn head(&mut self, major: u8, value: u64) -> &mut Writer {
        // The narrowest of five widths; the cast in each arm is exact.
        match value {
            0..=23 => self.bytes.push(major | value as u8),
            24..=0xff => self.bytes.extend_from_slice(&[major | 24, value as u8]),
            0x100..=0xffff => {
                self.bytes.push(major | 25);
                self.bytes.extend_from_slice(&(value as u16).to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 26);
                self.bytes.extend_from_slice(&(value as u32).to_be_bytes());
            }
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend_from_slice(&value.to_be_bytes());
            }
        }
        self
    }
}
