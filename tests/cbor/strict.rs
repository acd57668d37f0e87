//! One value has one encoding: every leniency of CBOR is refused.
#![allow(clippy::expect_used)]

use proptest::prelude::*;
use varaq_cbor::{CborError, DEPTH, Kind, Reader, Writer, is_lines, is_text};

fn refused(bytes: &[u8]) -> CborError {
    let mut reader = Reader::new(bytes, DEPTH);
    let error = reader
        .item()
        .and_then(|_| reader.finish())
        .expect_err("must be refused");
    assert!(!error.to_string().is_empty());
    error
}

fn uint(bytes: &[u8]) -> Result<u64, CborError> {
    let mut reader = Reader::new(bytes, DEPTH);
    let value = reader.uint()?;
    reader.finish()?;
    Ok(value)
}

#[test]
fn numbers_at_every_width_are_written_shortest() {
    for (value, hex) in [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (255, "18ff"),
        (256, "190100"),
        (65_535, "19ffff"),
        (65_536, "1a00010000"),
        (u64::from(u32::MAX), "1affffffff"),
        (1 << 32, "1b0000000100000000"),
        (u64::MAX, "1bffffffffffffffff"),
    ] {
        let mut writer = Writer::new();
        writer.uint(value);
        let bytes = writer.into_bytes();
        assert_eq!(
            bytes.iter().map(|b| format!("{b:02x}")).collect::<String>(),
            hex
        );
        assert_eq!(uint(&bytes), Ok(value));
    }
}

#[test]
fn longer_forms_of_a_number_are_refused() {
    for bytes in [
        &[0x18, 23][..],
        &[0x19, 0, 255],
        &[0x1a, 0, 0, 255, 255],
        &[0x1b, 0, 0, 0, 0, 255, 255, 255, 255],
    ] {
        assert_eq!(refused(bytes), CborError::NotShortest { at: 0 });
    }
}

#[test]
fn longer_forms_of_a_length_are_refused() {
    assert_eq!(refused(&[0x58, 1, 9]), CborError::NotShortest { at: 0 });
    assert_eq!(refused(&[0x78, 1, b'a']), CborError::NotShortest { at: 0 });
    assert_eq!(refused(&[0x98, 1, 0]), CborError::NotShortest { at: 0 });
    assert_eq!(refused(&[0xb8, 1, 0, 0]), CborError::NotShortest { at: 0 });
}

#[test]
fn indefinite_lengths_are_refused() {
    for first in [0x5f, 0x7f, 0x9f, 0xbf] {
        let bytes = [first, 0xff];
        assert_eq!(
            refused(&bytes),
            CborError::Refused {
                at: 0,
                what: "an indefinite length"
            }
        );
    }
}

#[test]
fn reserved_lengths_are_refused() {
    for major in 0..6u8 {
        for low in 28..31u8 {
            if major != 1 {
                let bytes = [major << 5 | low, 0, 0];
                assert_eq!(
                    refused(&bytes),
                    CborError::Refused {
                        at: 0,
                        what: "a reserved length"
                    }
                );
            }
        }
    }
}

#[test]
fn everything_outside_the_subset_is_refused() {
    for (bytes, what) in [
        (&[0x20][..], "a negative number"),
        (&[0x3b, 0, 0, 0, 0, 0, 0, 0, 0], "a negative number"),
        (&[0xc0, 0x60], "a tag"),
        (&[0xd9, 0xd9, 0xf7, 0x00], "a tag"),
        (&[0xf4], "a boolean"),
        (&[0xf5], "a boolean"),
        (&[0xf7], "a simple value"),
        (&[0xe0], "a simple value"),
        (&[0xf8, 32], "a simple value"),
        (&[0xf9, 0, 0], "a float"),
        (&[0xfa, 0, 0, 0, 0], "a float"),
        (&[0xfb, 0, 0, 0, 0, 0, 0, 0, 0], "a float"),
        (&[0xfc], "a simple value"),
        (&[0xff], "a break"),
    ] {
        assert_eq!(refused(bytes), CborError::Refused { at: 0, what });
    }
}

#[test]
fn keys_that_do_not_ascend_are_refused() {
    assert_eq!(refused(&[0xa2, 1, 0, 0, 0]), CborError::KeyOrder { at: 3 });
    assert_eq!(refused(&[0xa2, 1, 0, 1, 0]), CborError::KeyOrder { at: 3 });
}

#[test]
fn keys_that_are_no_numbers_are_refused() {
    for key in [&[0x60][..], &[0x40], &[0x80], &[0xa0], &[0xf6]] {
        let bytes = [&[0xa1], key, &[0]].concat();
        assert_eq!(
            refused(&bytes),
            CborError::Refused {
                at: 1,
                what: "a key that is no number"
            }
        );
    }
}

#[test]
fn unknown_and_missing_keys_are_refused() {
    let mut reader = Reader::new(&[0xa2, 0, 7, 2, 7], DEPTH);
    reader.map_of(2).unwrap();
    reader.key(0).unwrap();
    assert_eq!(reader.uint(), Ok(7));
    assert_eq!(
        reader.key(1),
        Err(CborError::Key {
            at: 3,
            expected: 1,
            found: 2
        })
    );
    let mut reader = Reader::new(&[0xa1, 0, 7], DEPTH);
    assert_eq!(
        reader.map_of(2),
        Err(CborError::Length {
            at: 0,
            expected: 2,
            found: 1
        })
    );
}

#[test]
fn trailing_bytes_are_refused() {
    assert_eq!(uint(&[0, 0]), Err(CborError::Trailing { at: 1 }));
    assert_eq!(refused(&[0x80, 0]), CborError::Trailing { at: 1 });
}

#[test]
fn a_second_outermost_item_is_not_read() {
    let mut reader = Reader::new(&[0, 0], DEPTH);
    reader.uint().unwrap();
    assert_eq!(reader.uint(), Err(CborError::Unfinished { at: 1 }));
}

#[test]
fn a_container_left_early_is_refused() {
    let mut reader = Reader::new(&[0x82, 0, 0], DEPTH);
    reader.array_of(2).unwrap();
    reader.uint().unwrap();
    assert_eq!(reader.finish(), Err(CborError::Unfinished { at: 2 }));
    assert_eq!(
        Reader::new(&[], DEPTH).finish(),
        Err(CborError::Unfinished { at: 0 })
    );
}

#[test]
fn nesting_stops_at_the_given_depth() {
    let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
    let mut reader = Reader::new(Box::leak(nested(16).into_boxed_slice()), 16);
    reader.item().and_then(|_| reader.finish()).unwrap();
    assert_eq!(refused(&nested(17)), CborError::TooDeep { at: 16, max: 16 });
    // A depth bomb is refused at the limit, whatever follows.
    assert_eq!(
        refused(&nested(1_000_000)),
        CborError::TooDeep { at: 16, max: 16 }
    );
}

#[test]
fn lengths_beyond_the_input_are_refused_before_room_is_made() {
    for head in [0x5b, 0x7b, 0x9b, 0xbb] {
        for len in [u64::MAX, 1 << 63, 1 << 32, 1 << 40] {
            let mut bytes = vec![head];
            bytes.extend_from_slice(&len.to_be_bytes());
            bytes.extend_from_slice(&[0; 100]);
            assert_eq!(refused(&bytes), CborError::Truncated { at: 0 });
        }
    }
    // As many pairs as bytes: each needs two.
    assert_eq!(refused(&[0xa3, 0, 0, 1, 0]), CborError::Truncated { at: 0 });
    assert_eq!(refused(&[0x83, 0, 0]), CborError::Truncated { at: 0 });
}

#[test]
fn every_truncation_is_refused() {
    let mut writer = Writer::new();
    writer
        .map(3)
        .uint(0)
        .array(2)
        .text("ورق")
        .null()
        .uint(1)
        .bytes(&[7; 300])
        .uint(24)
        .uint(1 << 40);
    let bytes = writer.into_bytes();
    let mut reader = Reader::new(&bytes, DEPTH);
    assert_eq!(reader.item(), Ok(&bytes[..]));
    reader.finish().unwrap();
    for len in 0..bytes.len() {
        refused(&bytes[..len]);
    }
}

#[test]
fn texts_hold_no_controls_and_no_bidi_overrides() {
    for c in [
        '\0', '\n', '\t', '\u{7f}', '\u{85}', '\u{9f}', '\u{2028}', '\u{2029}', '\u{202a}',
        '\u{202e}', '\u{feff}',
    ] {
        let text = format!("a{c}b");
        assert!(!is_text(&text));
        assert_eq!(is_lines(&text), c == '\n' || c == '\t');
        let mut writer = Writer::new();
        writer.text(&text);
        let bytes = writer.into_bytes();
        assert_eq!(
            Reader::new(&bytes, DEPTH).text(),
            Err(CborError::Character {
                at: 0,
                character: c
            })
        );
        assert_eq!(Reader::new(&bytes, DEPTH).lines().is_ok(), is_lines(&text));
    }
    // Joiners, isolates and marks belong to real text.
    assert!(is_text("می\u{200c}خواهم \u{2067}ab\u{2069} \u{200f}ۀ"));
}

#[test]
fn texts_that_are_not_utf8_are_refused() {
    for text in [
        &[0x61, 0xff][..],
        &[0x62, 0xc0, 0x80],
        &[0x63, 0xed, 0xa0, 0x80],
    ] {
        assert_eq!(refused(text), CborError::NotUtf8 { at: 0 });
        assert_eq!(
            Reader::new(text, DEPTH).text(),
            Err(CborError::NotUtf8 { at: 0 })
        );
    }
}

#[test]
fn another_kind_is_named_with_what_was_expected() {
    let mut reader = Reader::new(&[0x40], DEPTH);
    assert_eq!(
        reader.uint(),
        Err(CborError::Unexpected {
            at: 0,
            expected: Kind::Uint,
            found: Kind::Bytes
        })
    );
}

#[test]
fn ranges_are_kept() {
    assert!(Reader::new(&[5], DEPTH).uint_in(1..=5, "x").is_ok());
    assert_eq!(
        Reader::new(&[6], DEPTH).uint_in(1..=5, "x"),
        Err(CborError::Range { at: 0, what: "x" })
    );
    assert!(Reader::new(&[0x42, 1, 2], DEPTH).fixed::<2>("x").is_ok());
    assert!(Reader::new(&[0x42, 1, 2], DEPTH).fixed::<3>("x").is_err());
    assert!(
        Reader::new(&[0x42, 1, 2], DEPTH)
            .bytes_in(0..=1, "x")
            .is_err()
    );
    // Characters are counted, not bytes.
    assert!(
        Reader::new(&[0x62, 0xd9, 0x88], DEPTH)
            .text_in(1..=1, "x")
            .is_ok()
    );
    assert!(
        Reader::new(&[0x82, 0, 0], DEPTH)
            .array_in(0..=1, "x")
            .is_err()
    );
}

#[test]
fn an_item_inside_an_array_is_cut_out_whole() {
    let mut writer = Writer::new();
    writer
        .array(3)
        .uint(1)
        .array(2)
        .array(0)
        .text("x")
        .bytes(b"yz");
    let bytes = writer.into_bytes();
    let mut reader = Reader::new(&bytes, DEPTH);
    reader.array_of(3).unwrap();
    assert_eq!(reader.item(), Ok(&[1][..]));
    assert_eq!(reader.item(), Ok(&[0x82, 0x80, 0x61, b'x'][..]));
    assert_eq!(reader.item(), Ok(&[0x42, b'y', b'z'][..]));
    reader.finish().unwrap();
}

/// A value of the subset.
#[derive(Clone, Debug)]
enum Value {
    Uint(u64),
    Bytes(Vec<u8>),
    Text(String),
    Array(Vec<Value>),
    Map(std::collections::BTreeMap<u64, Value>),
    Null,
}

fn write(value: &Value, writer: &mut Writer) {
    match value {
        Value::Uint(n) => drop(writer.uint(*n)),
        Value::Bytes(b) => drop(writer.bytes(b)),
        Value::Text(t) => drop(writer.text(t)),
        Value::Null => drop(writer.null()),
        Value::Array(items) => {
            writer.array(items.len());
            items.iter().for_each(|item| write(item, writer));
        }
        Value::Map(pairs) => {
            writer.map(pairs.len());
            for (key, item) in pairs {
                writer.uint(*key);
                write(item, writer);
            }
        }
    }
}

/// Reads any item and writes it again.
fn copy(reader: &mut Reader<'_>, writer: &mut Writer) -> Result<(), CborError> {
    match reader.kind()? {
        Kind::Uint => drop(writer.uint(reader.uint()?)),
        Kind::Bytes => drop(writer.bytes(reader.bytes()?)),
        Kind::Text => drop(writer.text(reader.lines()?)),
        Kind::Null => {
            reader.null()?;
            writer.null();
        }
        Kind::Array => {
            let len = reader.array()?;
            writer.array(len);
            for _ in 0..len {
                copy(reader, writer)?;
            }
        }
        Kind::Map => {
            let len = reader.map()?;
            writer.map(len);
            for _ in 0..2 * len {
                copy(reader, writer)?;
            }
        }
    }
    Ok(())
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Value::Uint),
        (0u64..70_000).prop_map(Value::Uint),
        prop::collection::vec(any::<u8>(), 0..300).prop_map(Value::Bytes),
        "[a-z ورق]{0,40}".prop_map(Value::Text),
        Just(Value::Null),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            prop::collection::btree_map(any::<u64>(), inner, 0..8).prop_map(Value::Map),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_to_the_same_bytes(value in value()) {
        let mut writer = Writer::new();
        write(&value, &mut writer);
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes, DEPTH);
        let mut again = Writer::new();
        copy(&mut reader, &mut again).unwrap();
        reader.finish().unwrap();
        prop_assert_eq!(again.into_bytes(), bytes);
    }

    #[test]
    fn accepted_bytes_are_the_only_encoding_of_their_value(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let mut reader = Reader::new(&bytes, DEPTH);
        let mut again = Writer::new();
        if copy(&mut reader, &mut again).and_then(|()| reader.finish()).is_ok() {
            prop_assert_eq!(again.into_bytes(), bytes);
        }
    }

    #[test]
    fn a_flipped_bit_never_gives_a_second_encoding(value in value(), at: prop::sample::Index, bit in 0..8u8) {
        let mut writer = Writer::new();
        write(&value, &mut writer);
        let mut bytes = writer.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let mut reader = Reader::new(&bytes, DEPTH);
        let mut again = Writer::new();
        if copy(&mut reader, &mut again).and_then(|()| reader.finish()).is_ok() {
            prop_assert_eq!(again.into_bytes(), bytes);
        }
    }
}
