//! Keys and key sets that must be refused wherever they stand (FORMAT.md section 3).

use super::sample::sample;
use super::{Found, List};
use varaq_bundle::RootRef;
use varaq_kit::{Sample, Value, statement_value};
use varaq_trust::{Namespace, PublisherId, statement_id};

/// The key with seed 11 plus a point of order 8.
const MIXED_ORDER: &str = "e996f4ea4724575852e3dbf6b5669f0accf709b66472198bfa14e6f030f43553";
const ORDER_8: &str = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
const ORDER_4: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const ORDER_2: &str = "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
const IDENTITY: &str = "0100000000000000000000000000000000000000000000000000000000000000";
/// y = 2²⁵⁵ - 19 + 3, which is on the curve when it is reduced.
const NOT_REDUCED: &str = "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
/// y = 2 is not on the curve.
const NO_POINT: &str = "0200000000000000000000000000000000000000000000000000000000000000";

/// The sample's file by a publisher whose first statement is changed and signed again.
pub fn with_statement(sample: &Sample, change: &dyn Fn(&mut Value)) -> Vec<u8> {
    let mut statement = Value::parse(&sample.mint.own.statements[0].bytes);
    change(&mut statement);
    let statement = statement.encode();
    let signed = statement_value(&statement, Namespace::Root, &[(1, 0, 1)]);
    let own = Value::Array(vec![Value::Array(vec![signed]), Value::Array(Vec::new())]);
    with_own(sample, &statement, (0, 1, &statement), own.encode())
}

/// The sample's file with another OWN: its first statement, the one that the manifest names
/// (generation, version, bytes), and all of it.
pub fn with_own(sample: &Sample, first: &[u8], named: (u16, u16, &[u8]), own: Vec<u8>) -> Vec<u8> {
    let mut sealed = sample.seal();
    sealed.manifest.publisher = PublisherId::of_statement(first).into();
    sealed.manifest.root = RootRef {
        generation: named.0,
        version: named.1,
        id: statement_id(named.2),
    };
    let mut parts = sealed.parts();
    parts.own = own;
    parts.bytes()
}

/// An Ed25519 key of a key set.
fn key(hex: &str) -> Value {
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    let bytes = (0..hex.len()).step_by(2).map(byte).collect();
    Value::Array(vec![Value::Uint(1), Value::Bytes(bytes)])
}

pub fn add(list: &mut List) {
    let sample = sample();
    let mut bad = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        list.refused(
            name,
            "3",
            purpose,
            with_statement(&sample, change),
            "BAD_SIGNATURE",
        );
    };
    // The third key of the desk: two sound ones are enough to sign, and yet it is refused.
    for (name, hex, purpose) in [
        (
            "key-of-mixed-order",
            MIXED_ORDER,
            "verifiers disagree about what it has signed",
        ),
        ("key-of-order-8", ORDER_8, "anybody can sign for it"),
        ("key-of-order-4", ORDER_4, "anybody can sign for it"),
        ("key-of-order-2", ORDER_2, "anybody can sign for it"),
        ("key-the-identity", IDENTITY, "anybody can sign for it"),
        (
            "key-not-reduced",
            NOT_REDUCED,
            "one key would have two encodings",
        ),
        ("key-no-point", NO_POINT, "not on the curve"),
    ] {
        bad(name, purpose, &|s| {
            *s.at(5).at(0).at(2).at(1).at(2) = key(hex)
        });
    }
    bad(
        "root-key-of-small-order",
        "root keys are checked too",
        &|s| s.at(4).at(1).items().push(key(ORDER_8)),
    );
    bad(
        "cleared-key-of-small-order",
        "keys are checked wherever they stand",
        &|s| s.at(7).items().push(key(ORDER_8)),
    );
    bad("key-of-31-bytes", "an Ed25519 key has 32 bytes", &|s| {
        *s.at(5).at(0).at(2).at(1).at(2) = key(&NO_POINT[..62])
    });
    bad(
        "unknown-key-of-no-bytes",
        "a key of an unknown algorithm has at least one byte",
        &|s| {
            *s.at(5).at(0).at(2).at(1).at(2) =
                Value::Array(vec![Value::Uint(9), Value::Bytes(Vec::new())]);
        },
    );
    bad("threshold-0", "somebody must sign", &|s| {
        *s.at(5).at(0).at(2).at(0) = Value::Uint(0)
    });
    bad("threshold-above-the-keys", "nobody could sign", &|s| {
        *s.at(5).at(0).at(2).at(0) = Value::Uint(4)
    });
    bad("root-threshold-0", "somebody must sign", &|s| {
        *s.at(4).at(0) = Value::Uint(0)
    });
    bad("no-keys", "a key set has a key", &|s| {
        *s.at(5).at(0).at(2) = Value::Array(vec![Value::Uint(1), Value::Array(Vec::new())])
    });
    bad("key-twice", "two slots of one person are one vote", &|s| {
        let first = s.at(5).at(0).at(2).at(1).at(0).clone();
        *s.at(5).at(0).at(2).at(1).at(2) = first;
    });
    bad("seventeen-keys", "at most 16 keys", &|s| {
        let more = (20..34).map(|seed| Value::parse(&encoded(seed)));
        s.at(5).at(0).at(2).at(1).items().extend(more);
    });
    let good = with_statement(&sample, &|s| {
        *s.at(5).at(0).at(2).at(1).at(2) =
            Value::Array(vec![Value::Uint(9), Value::Bytes(vec![7; 100])]);
    });
    list.found(
        "key-of-an-unknown-algorithm",
        "3",
        "room for keys that do not exist yet",
        good,
        Found::whole(&sample),
    );
    list.read_by(Vec::new(), "UNKNOWN_PUBLISHER", 0);
}

fn encoded(seed: u8) -> Vec<u8> {
    let key = varaq_kit::public(seed);
    Value::Array(vec![Value::Uint(1), Value::Bytes(key.bytes().to_vec())]).encode()
}
