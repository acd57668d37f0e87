//! MANIFEST: every rule of its encoding, signed as if nothing were wrong.

use super::{Vector, sound};
use crate::{Flaws, Parts, splice};

pub(super) fn all() -> Vec<Vector> {
    let (mint, whole, texts) = sound();
    let parts = Parts::of(&whole);
    let put = |change: &dyn Fn(&mut Vec<u8>)| {
        let flaws = Flaws {
            manifest: Some(change),
            ..Default::default()
        };
        parts.put_with(&mint, &[0, 1], &flaws)
    };
    let flawed = |name: &str,
                  section: &'static str,
                  verdict: &'static str,
                  change: &dyn Fn(&mut Vec<u8>),
                  purpose: &str| {
        let exit = if verdict == "OUT_OF_WINDOW" { 24 } else { 20 };
        Vector::closed(name, section, verdict, exit, put(change), purpose)
    };
    let bad = |name: &str, change: &dyn Fn(&mut Vec<u8>), purpose: &str| {
        flawed(name, "2", "BAD_SIGNATURE", change, purpose)
    };
    let channel: &[u8] = &[0x02, 0x64, b'm', b'a', b'i', b'n'];
    let numbered = |tail: &'static [u8]| {
        move |manifest: &mut Vec<u8>| splice(manifest, &[0x04, 0x18, 42, 0x05, 0xf6], tail)
    };
    let counts: &[u8] = &[0x0c, 0x83, 0x01, 0x00, 0x01];
    vec![
        bad(
            "manifest_number_not_shortest",
            &numbered(&[0x04, 0x19, 0, 42, 0x05, 0xf6]),
            "The number is written with one byte too many.",
        ),
        bad(
            "manifest_keys_swapped",
            &numbered(&[0x05, 0xf6, 0x04, 0x18, 42]),
            "Keys 4 and 5 stand in the wrong order.",
        ),
        bad(
            "manifest_key_twice",
            &numbered(&[0x04, 0x18, 42, 0x04, 0x18, 42]),
            "Key 4 stands twice, key 5 is missing.",
        ),
        bad(
            "manifest_number_tagged",
            &numbered(&[0x04, 0xc1, 0x18, 42, 0x05, 0xf6]),
            "The number carries a tag.",
        ),
        bad(
            "manifest_number_negative",
            &numbered(&[0x04, 0x29, 0x05, 0xf6]),
            "The number is negative.",
        ),
        bad(
            "manifest_number_float",
            &numbered(&[0x04, 0xf9, 0x51, 0x40, 0x05, 0xf6]),
            "The number is a float.",
        ),
        bad(
            "manifest_number_null",
            &numbered(&[0x04, 0xf6, 0x05, 0xf6]),
            "null stands where none is allowed.",
        ),
        bad(
            "manifest_number_zero",
            &numbered(&[0x04, 0x00, 0x05, 0xf6]),
            "The number is 0.",
        ),
        bad(
            "manifest_prev_undefined",
            &numbered(&[0x04, 0x18, 42, 0x05, 0xf7]),
            "prev is undefined instead of null.",
        ),
        bad(
            "manifest_prev_false",
            &numbered(&[0x04, 0x18, 42, 0x05, 0xf4]),
            "prev is false instead of null.",
        ),
        bad(
            "manifest_channel_indefinite",
            &|m| {
                splice(
                    m,
                    channel,
                    &[0x02, 0x7f, 0x64, b'm', b'a', b'i', b'n', 0xff],
                )
            },
            "The channel has no definite length.",
        ),
        bad(
            "manifest_channel_as_bytes",
            &|m| splice(m, channel, &[0x02, 0x44, b'm', b'a', b'i', b'n']),
            "The channel is a byte string.",
        ),
        bad(
            "manifest_channel_capital",
            &|m| splice(m, channel, &[0x02, 0x64, b'M', b'a', b'i', b'n']),
            "The channel holds a capital letter.",
        ),
        bad(
            "manifest_channel_empty",
            &|m| splice(m, channel, &[0x02, 0x60]),
            "The channel is empty.",
        ),
        bad(
            "manifest_channel_not_utf8",
            &|m| splice(m, channel, &[0x02, 0x64, 0xc3, 0x28, b'i', b'n']),
            "The channel is not UTF-8.",
        ),
        bad(
            "manifest_of_other_channel",
            &|m| splice(m, channel, &[0x02, 0x65, b'o', b't', b'h', b'e', b'r']),
            "The publisher granted nobody this channel.",
        ),
        bad(
            "manifest_map_indefinite",
            &|m| {
                m[0] = 0xbf;
                m.push(0xff);
            },
            "The map has no definite length.",
        ),
        bad(
            "manifest_unknown_key",
            &|m| {
                m[0] = 0xb0;
                m.extend([0x0f, 0x00]);
            },
            "A sixteenth key, 15.",
        ),
        bad(
            "manifest_key_missing",
            &|m| {
                m[0] = 0xae;
                m.truncate(m.len() - 2);
            },
            "Key 14 is missing.",
        ),
        bad(
            "manifest_trailing_byte",
            &|m| m.push(0x00),
            "A byte follows the map.",
        ),
        bad(
            "manifest_format_two",
            &|m| m[2] = 2,
            "The signed format is 2, major is 1.",
        ),
        bad(
            "manifest_other_publisher",
            &|m| m[6] ^= 1,
            "The publisher id is not that of OWN.",
        ),
        bad(
            "manifest_day_out_of_range",
            &|m| {
                splice(
                    m,
                    &[0x06, 0x19, 0x4f, 0xe6],
                    &[0x06, 0x1a, 0x00, 0x2c, 0xbd, 0xb5],
                )
            },
            "The day is one after the last.",
        ),
        bad(
            "manifest_two_fronts",
            &|m| splice(m, counts, &[0x0c, 0x83, 0x02, 0x00, 0x01]),
            "Two FRONT pieces.",
        ),
        bad(
            "manifest_no_catalog",
            &|m| splice(m, counts, &[0x0c, 0x83, 0x01, 0x00, 0x00]),
            "No catalog page.",
        ),
        bad(
            "manifest_extras_too_long",
            &|m| {
                m.truncate(m.len() - 1);
                m.extend([0x59, 0x04, 0x01]);
                m.extend([0; 1_025]);
            },
            "extras has 1,025 bytes.",
        ),
        Vector::open(
            "number_last_of_window",
            "4.5",
            put(&numbered(&[0x04, 0x18, 200, 0x05, 0xf6])),
            &texts,
            "The last number of the window is allowed.",
        ),
        flawed(
            "number_above_window",
            "4.5",
            "OUT_OF_WINDOW",
            &numbered(&[0x04, 0x18, 201, 0x05, 0xf6]),
            "One above the last number of the window.",
        ),
        flawed(
            "epoch_not_granted",
            "4.5",
            "BAD_SIGNATURE",
            &|m| splice(m, &[0x03, 0x01, 0x04], &[0x03, 0x02, 0x04]),
            "The publisher granted nobody this epoch.",
        ),
        flawed(
            "root_of_other_statement",
            "4.2",
            "CHAIN_INCOMPLETE",
            &|m| {
                let at = root_at(m);
                m[at] ^= 1;
            },
            "root names a statement that OWN does not hold.",
        ),
    ]
}

/// Where the statement id in `root` begins: key 7, an array of three, generation 0, version 1, 32 bytes.
fn root_at(manifest: &[u8]) -> usize {
    let head = [0x07, 0x83, 0x00, 0x01, 0x58, 0x20];
    manifest
        .windows(head.len())
        .position(|window| window == head)
        .unwrap()
        + head.len()
}
