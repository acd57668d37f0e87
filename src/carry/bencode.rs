//! The encoding of BitTorrent's files (BEP 3): numbers, strings, lists, dictionaries.
//!
//! Only written here, never read. A dictionary's keys are sorted by their bytes, so one
//! value has one encoding.

use std::collections::BTreeMap;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bencode {
    Number(u64),
    Bytes(Vec<u8>),
    List(Vec<Bencode>),
    Dictionary(BTreeMap<Vec<u8>, Bencode>),
}

impl Bencode {
    /// A text in UTF-8.
    pub(crate) fn text(text: &str) -> Bencode {
        Bencode::Bytes(text.as_bytes().to_vec())
    }

    /// A dictionary.
    pub(crate) fn dictionary<K: AsRef<[u8]>>(
        entries: impl IntoIterator<Item = (K, Bencode)>,
    ) -> Bencode {
        let entries = entries.into_iter();
        Bencode::Dictionary(
            entries
                .map(|(key, value)| (key.as_ref().to_vec(), value))
                .collect(),
        )
    }

    /// Its bytes.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Bencode::Number(number) => out.extend_from_slice(format!("i{number}e").as_bytes()),
            Bencode::Bytes(bytes) => string(out, bytes),
            Bencode::List(items) => {
                out.push(b'l');
                items.iter().for_each(|item| item.write(out));
                out.push(b'e');
            }
            Bencode::Dictionary(entries) => {
                out.push(b'd');
                for (key, value) in entries {
                    string(out, key);
                    value.write(out);
                }
                out.push(b'e');
            }
        }
    }
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(format!("{}:", bytes.len()).as_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::Bencode;

    #[test]
    fn keys_are_sorted_by_their_bytes_and_lengths_count_bytes() {
        let value = Bencode::dictionary([
            (
                "b",
                Bencode::List(vec![Bencode::Number(0), Bencode::text("نان")]),
            ),
            ("Z", Bencode::Number(42)),
            ("a b", Bencode::dictionary::<&str>([])),
        ]);
        let expected = "d1:Zi42e3:a bde1:bli0e6:نانee";
        assert_eq!(String::from_utf8(value.encode()).unwrap(), expected);
    }
}
