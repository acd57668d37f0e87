//! MANIFEST: one encoding, every range (FORMAT.md section 2). All are signed properly.

use super::{Found, List, sample};
use varaq_kit::{Sample, Value};

/// The sample's file with another manifest, signed by slots 0 and 1.
pub fn with_manifest(sample: &Sample, manifest: Vec<u8>) -> Vec<u8> {
    let mut parts = sample.seal().parts();
    parts.signatures = sample.mint.signatures(&manifest, &[0, 1]);
    parts.manifest = manifest;
    parts.bytes()
}

pub fn add(list: &mut List) {
    let sample = sample();
    let sound = sample.seal().manifest.encode();
    let mut bad = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        let mut value = Value::parse(&sound);
        change(&mut value);
        list.refused(
            name,
            "2",
            purpose,
            with_manifest(&sample, value.encode()),
            "BAD_SIGNATURE",
        );
    };
    let raw = |bytes: &[u8]| Value::Raw(bytes.to_vec());
    bad(
        "manifest-long-integer",
        "an integer that is not in its shortest form",
        &|m| *m.at(4) = raw(&[0x18, 7]),
    );
    bad(
        "manifest-long-integer-64",
        "an integer that is not in its shortest form",
        &|m| *m.at(3) = raw(&[0x1b, 0, 0, 0, 0, 0, 0, 0, 1]),
    );
    bad(
        "manifest-long-key",
        "a key that is not in its shortest form",
        &|m| m.pairs()[4].0 = raw(&[0x18, 4]),
    );
    bad(
        "manifest-long-text-length",
        "a length that is not in its shortest form",
        &|m| *m.at(2) = raw(b"\x78\x04main"),
    );
    bad(
        "manifest-indefinite-text",
        "indefinite lengths have many encodings",
        &|m| *m.at(2) = raw(b"\x7f\x64main\xff"),
    );
    bad(
        "manifest-indefinite-array",
        "indefinite lengths have many encodings",
        &|m| *m.at(12) = raw(&[0x9f, 1, 0, 1, 0xff]),
    );
    bad("manifest-keys-swapped", "keys ascend", &|m| {
        m.pairs().swap(3, 4)
    });
    bad("manifest-key-twice", "keys ascend strictly", &|m| {
        m.pairs()[14].0 = Value::Uint(13)
    });
    bad("manifest-unknown-key", "no other field is there", &|m| {
        m.pairs().push((Value::Uint(15), Value::Uint(0)))
    });
    bad("manifest-missing-key", "every field is there", &|m| {
        drop(m.pairs().pop())
    });
    bad("manifest-text-key", "keys are unsigned integers", &|m| {
        m.pairs()[14].0 = Value::Text("x".into())
    });
    bad("manifest-tag", "no tags", &|m| *m.at(4) = raw(&[0xc0, 7]));
    bad("manifest-float", "no floats", &|m| {
        *m.at(4) = raw(&[0xf9, 0x47, 0])
    });
    bad("manifest-negative", "no negative numbers", &|m| {
        *m.at(4) = raw(&[0x26])
    });
    bad("manifest-boolean", "no booleans", &|m| {
        *m.at(4) = raw(&[0xf5])
    });
    bad("manifest-undefined", "no simple value but null", &|m| {
        *m.at(5) = raw(&[0xf7])
    });
    bad(
        "manifest-null-number",
        "null only where it is named",
        &|m| *m.at(4) = Value::Null,
    );
    bad("manifest-reserved-length", "28 is no length", &|m| {
        *m.at(4) = raw(&[0x1c, 7])
    });
    bad("manifest-not-utf-8", "texts are UTF-8", &|m| {
        *m.at(2) = raw(b"\x64mai\xff")
    });
    bad("manifest-an-array", "the manifest is a map", &|m| {
        *m = Value::Array(vec![Value::Uint(1)])
    });
    bad("manifest-format-2", "format equals major", &|m| {
        *m.at(0) = Value::Uint(2)
    });
    bad("manifest-format-0", "format equals major", &|m| {
        *m.at(0) = Value::Uint(0)
    });
    bad(
        "manifest-short-publisher",
        "a publisher id has 32 bytes",
        &|m| *m.at(1) = Value::Bytes(vec![1; 31]),
    );
    bad(
        "manifest-channel-upper-case",
        "a channel is of a-z 0-9 -",
        &|m| *m.at(2) = Value::Text("Main".into()),
    );
    bad(
        "manifest-channel-empty",
        "a channel has 1 to 32 characters",
        &|m| *m.at(2) = Value::Text(String::new()),
    );
    bad(
        "manifest-channel-33",
        "a channel has 1 to 32 characters",
        &|m| *m.at(2) = Value::Text("a".repeat(33)),
    );
    bad("manifest-epoch-0", "epochs count from 1", &|m| {
        *m.at(3) = Value::Uint(0)
    });
    bad("manifest-number-0", "numbers count from 1", &|m| {
        *m.at(4) = Value::Uint(0)
    });
    bad(
        "manifest-number-beyond-32-bits",
        "numbers have 32 bits",
        &|m| *m.at(4) = Value::Uint((1 << 32) + 7),
    );
    bad("manifest-prev-short", "prev has three items", &|m| {
        *m.at(5) = Value::Array(vec![Value::Uint(1), Value::Uint(6)])
    });
    bad(
        "manifest-day-beyond-9999",
        "days end with the year 9999",
        &|m| *m.at(6) = Value::Uint(2_932_897),
    );
    bad("manifest-root-version-0", "versions count from 1", &|m| {
        *m.at(7).at(1) = Value::Uint(0)
    });
    bad(
        "manifest-one-piece",
        "FRONT and a catalog page are two pieces",
        &|m| *m.at(8) = Value::Uint(1),
    );
    bad("manifest-too-many-pieces", "at most 2^24 pieces", &|m| {
        *m.at(8) = Value::Uint((1 << 24) + 1)
    });
    bad(
        "manifest-total-beyond-63-bits",
        "totals can be added",
        &|m| *m.at(9) = Value::Uint(1 << 63),
    );
    bad(
        "manifest-raw-total-beyond-63-bits",
        "totals can be added",
        &|m| *m.at(10) = Value::Uint(1 << 63),
    );
    bad("manifest-two-fronts", "there is one FRONT", &|m| {
        *m.at(12).at(0) = Value::Uint(2)
    });
    bad("manifest-no-catalog", "there is a catalog", &|m| {
        *m.at(12).at(2) = Value::Uint(0)
    });
    bad(
        "manifest-catalog-beyond-the-pieces",
        "the counted pieces are there",
        &|m| {
            *m.at(12).at(2) = Value::Uint(7);
            *m.at(13) = Value::Array(Vec::new());
        },
    );
    bad(
        "manifest-prefix-elsewhere",
        "prefixes follow the catalog",
        &|m| *m.at(13) = Value::Array(vec![Value::Uint(3)]),
    );
    bad(
        "manifest-prefixes-apart",
        "prefixes are consecutive",
        &|m| *m.at(13) = Value::Array(vec![Value::Uint(2), Value::Uint(4)]),
    );
    bad(
        "manifest-prefixes-beyond-the-pieces",
        "the counted pieces are there",
        &|m| {
            *m.at(13) = Value::Array((2..7).map(Value::Uint).collect());
        },
    );
    bad(
        "manifest-extras-1025",
        "extras have at most 1,024 bytes",
        &|m| *m.at(14) = Value::Bytes(vec![0; 1_025]),
    );
    let trailing = [&sound[..], &[0]].concat();
    list.refused(
        "manifest-trailing-byte",
        "2",
        "nothing follows the outermost item",
        with_manifest(&sample, trailing),
        "BAD_SIGNATURE",
    );
    let cut = sound[..sound.len() - 1].to_vec();
    list.refused(
        "manifest-cut",
        "2",
        "a manifest that ends inside an item",
        with_manifest(&sample, cut),
        "BAD_SIGNATURE",
    );

    let mut good = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        let mut value = Value::parse(&sound);
        change(&mut value);
        list.found(
            name,
            "2",
            purpose,
            with_manifest(&sample, value.encode()),
            Found::whole(&sample),
        );
    };
    good("manifest-extras-1024", "extras are ignored", &|m| {
        *m.at(14) = Value::Bytes(vec![0xff; 1_024])
    });
    good("manifest-with-prev", "an issue before this one", &|m| {
        *m.at(5) = Value::Array(vec![
            Value::Uint(1),
            Value::Uint(6),
            Value::Bytes(vec![9; 32]),
        ]);
    });
    good("manifest-last-day", "the last day of the year 9999", &|m| {
        *m.at(6) = Value::Uint(2_932_896)
    });
}
