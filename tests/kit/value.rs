//! CBOR that may be wrong: for structures that no encoder of ours would write.

/// An item of CBOR, free to be changed. What [`Value::parse`] reads encodes to the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An unsigned integer.
    Uint(u64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// A map, its pairs in any order.
    Map(Vec<(Value, Value)>),
    /// Null.
    Null,
    /// Bytes that are written as they are: any other encoding.
    Raw(Vec<u8>),
}

impl Value {
    /// The value that fills `bytes`, which an encoder of ours has written.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Value {
        let mut rest = bytes;
        let value = item(&mut rest);
        assert!(rest.is_empty(), "bytes behind the outermost item");
        value
    }

    /// The encoding.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    /// An item of an array, or the value of the pair at this place of a map.
    pub fn at(&mut self, place: usize) -> &mut Value {
        match self {
            Value::Array(items) => &mut items[place],
            Value::Map(pairs) => &mut pairs[place].1,
            _ => panic!("neither an array nor a map"),
        }
    }

    /// The items of an array.
    pub fn items(&mut self) -> &mut Vec<Value> {
        match self {
            Value::Array(items) => items,
            _ => panic!("not an array"),
        }
    }

    /// The pairs of a map.
    pub fn pairs(&mut self) -> &mut Vec<(Value, Value)> {
        match self {
            Value::Map(pairs) => pairs,
            _ => panic!("not a map"),
        }
    }

    /// The bytes of a byte string.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Value::Bytes(bytes) => bytes,
            _ => panic!("not a byte string"),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Uint(number) => head(out, 0, *number),
            Value::Bytes(bytes) => {
                head(out, 2, bytes.len() as u64);
                out.extend_from_slice(bytes);
            }
            Value::Text(text) => {
                head(out, 3, text.len() as u64);
                out.extend_from_slice(text.as_bytes());
            }
            Value::Array(items) => {
                head(out, 4, items.len() as u64);
                items.iter().for_each(|item| item.write(out));
            }
            Value::Map(pairs) => {
                head(out, 5, pairs.len() as u64);
                for (key, value) in pairs {
                    key.write(out);
                    value.write(out);
                }
            }
            Value::Null => out.push(0xf6),
            Value::Raw(bytes) => out.extend_from_slice(bytes),
        }
    }
}

fn head(out: &mut Vec<u8>, kind: u8, number: u64) {
    let kind = kind << 5;
    let bytes = number.to_be_bytes();
    match number {
        0..24 => out.push(kind | bytes[7]),
        24..0x100 => out.extend_from_slice(&[kind | 24, bytes[7]]),
        0x100..0x1_0000 => {
            out.push(kind | 25);
            out.extend_from_slice(&bytes[6..]);
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(kind | 26);
            out.extend_from_slice(&bytes[4..]);
        }
        _ => {
            out.push(kind | 27);
            out.extend_from_slice(&bytes);
        }
    }
}

fn item(rest: &mut &[u8]) -> Value {
    let first = take(rest, 1)[0];
    if first == 0xf6 {
        return Value::Null;
    }
    let number = match first & 31 {
        small @ 0..24 => u64::from(small),
        width => take(rest, 1 << (width - 24))
            .iter()
            .fold(0, |number, &byte| number << 8 | u64::from(byte)),
    };
    match first >> 5 {
        0 => Value::Uint(number),
        2 => Value::Bytes(take(rest, number).to_vec()),
        3 => Value::Text(String::from_utf8(take(rest, number).to_vec()).unwrap()),
        4 => Value::Array((0..number).map(|_| item(rest)).collect()),
        5 => Value::Map((0..number).map(|_| (item(rest), item(rest))).collect()),
        kind => panic!("kind {kind} is outside the subset"),
    }
}

fn take<'a>(rest: &mut &'a [u8], count: u64) -> &'a [u8] {
    let (taken, after) = rest.split_at(usize::try_from(count).unwrap());
    *rest = after;
    taken
}
