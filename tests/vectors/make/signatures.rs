//! SIGNATURES and the count of them (FORMAT.md sections 3 and 4.5).

use super::{Found, List, sample};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha512};
use varaq_kit::{Mint, Plan, Value, key, sign, signatures_value};
use varaq_trust::{Namespace, sshsig};

/// The order of the group, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub fn add(list: &mut List) {
    let sample = sample();
    let whole = Found::whole(&sample);
    let parts = sample.seal().parts();
    let by = |seed: u8| sign(seed, Namespace::Manifest, &parts.manifest);
    let file = |signatures: Vec<u8>| {
        let mut parts = parts.clone();
        parts.signatures = signatures;
        parts.bytes()
    };
    let of = |list: &[(u64, u64, Vec<u8>)]| file(signatures_value(list).encode());
    let good = (0, 1, by(11));

    list.found(
        "signed-by-two-of-three",
        "4.5",
        "any two will do",
        of(&[good.clone(), (2, 1, by(13))]),
        whole.clone(),
    );
    list.found(
        "signed-by-three-of-three",
        "4.5",
        "one more than needed",
        of(&[good.clone(), (1, 1, by(12)), (2, 1, by(13))]),
        whole.clone(),
    );
    list.found(
        "signed-with-an-unknown-algorithm-too",
        "3",
        "unknown algorithms are skipped",
        of(&[good.clone(), (1, 1, by(12)), (2, 9, vec![1])]),
        whole.clone(),
    );
    list.found(
        "unknown-signature-of-8192-bytes",
        "3",
        "the longest that an unknown algorithm may have",
        of(&[good.clone(), (1, 1, by(12)), (2, 9, vec![1; 8_192])]),
        whole.clone(),
    );
    for (name, purpose, signatures, verdict) in [
        (
            "unsigned-draft",
            "nobody has signed",
            Vec::new(),
            "UNSIGNED_DRAFT",
        ),
        (
            "signed-by-nobody",
            "an empty list is not a draft",
            vec![0x80],
            "BELOW_THRESHOLD",
        ),
    ] {
        list.refused(name, "7", purpose, file(signatures), verdict);
    }
    let mut refused =
        |name: &str, purpose: &str, signatures: &[(u64, u64, Vec<u8>)], verdict: &str| {
            list.refused(name, "3", purpose, of(signatures), verdict);
        };
    refused(
        "signed-by-one-of-three",
        "one less than needed",
        std::slice::from_ref(&good),
        "BELOW_THRESHOLD",
    );
    refused(
        "unknown-algorithm-is-not-counted",
        "skipped is not counted",
        &[good.clone(), (1, 9, vec![1; 64])],
        "BELOW_THRESHOLD",
    );
    refused(
        "slots-out-of-order",
        "slots increase",
        &[(1, 1, by(12)), good.clone()],
        "BAD_SIGNATURE",
    );
    refused(
        "slot-twice",
        "one key counts once",
        &[good.clone(), good.clone()],
        "BAD_SIGNATURE",
    );
    refused(
        "slot-out-of-range",
        "there are three keys",
        &[good.clone(), (1, 1, by(12)), (3, 1, by(13))],
        "BAD_SIGNATURE",
    );
    refused(
        "slot-out-of-range-of-an-unknown-algorithm",
        "slots are checked before algorithms",
        &[good.clone(), (1, 1, by(12)), (3, 9, vec![1])],
        "BAD_SIGNATURE",
    );
    refused(
        "signature-in-another-slot",
        "a signature belongs to its slot",
        &[good.clone(), (1, 1, by(13))],
        "BAD_SIGNATURE",
    );
    refused(
        "one-bad-among-enough",
        "every listed signature verifies",
        &[good.clone(), (1, 1, by(12)), (2, 1, by(14))],
        "BAD_SIGNATURE",
    );
    refused(
        "signature-of-63-bytes",
        "an Ed25519 signature has 64 bytes",
        &[good.clone(), (1, 1, by(12)[..63].to_vec())],
        "BAD_SIGNATURE",
    );
    refused(
        "signature-of-65-bytes",
        "an Ed25519 signature has 64 bytes",
        &[good.clone(), (1, 1, [&by(12)[..], &[0]].concat())],
        "BAD_SIGNATURE",
    );
    refused(
        "unknown-signature-of-no-bytes",
        "a signature of an unknown algorithm has at least one byte",
        &[good.clone(), (1, 1, by(12)), (2, 9, Vec::new())],
        "BAD_SIGNATURE",
    );
    refused(
        "unknown-signature-of-8193-bytes",
        "and at most 8,192",
        &[good.clone(), (1, 1, by(12)), (2, 9, vec![1; 8_193])],
        "BAD_SIGNATURE",
    );
    let mut next = sample.clone();
    next.number = 8;
    let other = next.seal().manifest.encode();
    refused(
        "signature-of-another-issue",
        "a signature is over these bytes",
        &[good.clone(), (1, 1, sign(12, Namespace::Manifest, &other))],
        "BAD_SIGNATURE",
    );
    for (name, namespace) in [
        ("signature-for-a-statement", Namespace::Root),
        ("signature-for-a-file", Namespace::File),
    ] {
        refused(
            name,
            "a signature is for one purpose",
            &[good.clone(), (1, 1, sign(12, namespace, &parts.manifest))],
            "BAD_SIGNATURE",
        );
    }
    let bare = key(12).sign(&parts.manifest).to_bytes().to_vec();
    refused(
        "signature-over-the-bare-bytes",
        "what is signed is the SSHSIG preimage",
        &[good.clone(), (1, 1, bare)],
        "BAD_SIGNATURE",
    );
    refused(
        "s-plus-the-order",
        "S must be below the order of the group",
        &[good.clone(), (1, 1, plus_order(by(12)))],
        "BAD_SIGNATURE",
    );
    refused(
        "r-is-the-identity",
        "the equation holds, and R is of small order",
        &[
            good.clone(),
            (1, 1, with_identity(&key(12), &parts.manifest)),
        ],
        "BAD_SIGNATURE",
    );

    let two = signatures_value(&[good.clone(), (1, 1, by(12))]);
    let mut changed = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        let mut value = two.clone();
        change(&mut value);
        list.refused(name, "3", purpose, file(value.encode()), "BAD_SIGNATURE");
    };
    changed(
        "signatures-not-in-the-shortest-form",
        "one encoding of each value",
        &|s| *s.at(1).at(0) = Value::Raw(vec![0x18, 1]),
    );
    changed(
        "signatures-with-a-fourth-item",
        "an entry has three items",
        &|s| s.at(1).items().push(Value::Uint(0)),
    );
    changed("signatures-a-text", "a signature is a byte string", &|s| {
        *s.at(1).at(2) = Value::Text("x".repeat(64))
    });
    let trailing = [&two.encode()[..], &[0xf6]].concat();
    list.refused(
        "signatures-trailing-byte",
        "3",
        "nothing follows the outermost item",
        file(trailing),
        "BAD_SIGNATURE",
    );

    let mint = Mint::of(Plan {
        desk: (1, (11..27).collect()),
        ..Plan::default()
    });
    let mut many = sample::sample_by(mint.clone());
    many.number = 7;
    let slots: Vec<u8> = (0..16).collect();
    let sealed = many.seal();
    let mut parts = sealed.parts();
    parts.signatures = mint.signatures(&parts.manifest, &slots);
    list.found(
        "signed-by-sixteen",
        "3",
        "as many as there can be",
        parts.bytes(),
        whole,
    );
    list.read_by(super::PinLine::of(&mint, true), "VERIFIED", 0);
    let mut seventeen: Vec<_> = slots
        .iter()
        .map(|&slot| {
            (
                u64::from(slot),
                1,
                sign(11 + slot, Namespace::Manifest, &parts.manifest),
            )
        })
        .collect();
    seventeen.push((16, 9, vec![1]));
    parts.signatures = signatures_value(&seventeen).encode();
    list.refused(
        "signed-by-seventeen",
        "3",
        "at most 16 entries",
        parts.bytes(),
        "BAD_SIGNATURE",
    );
}

/// The same signature with S + L: lax verifiers take it for a second one.
fn plus_order(mut signature: Vec<u8>) -> Vec<u8> {
    let mut carry = 0u16;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    signature
}

/// A signature with R = identity, S = hash · secret: only somebody with the key can make it,
/// and whoever accepts it lets that person sign with a nonce of zero.
fn with_identity(key: &SigningKey, manifest: &[u8]) -> Vec<u8> {
    let mut identity = [0; 32];
    identity[0] = 1;
    let message = sshsig::preimage(Namespace::Manifest, manifest);
    let hash = Sha512::new()
        .chain_update(identity)
        .chain_update(key.verifying_key().as_bytes())
        .chain_update(message)
        .finalize();
    // The hash modulo the order of the group, doubled and added from its highest bit.
    let secret = key.to_scalar();
    #[expect(clippy::eq_op, reason = "the zero of a type that is not named here")]
    let mut s = secret - secret;
    for byte in hash.iter().rev() {
        for bit in (0..8).rev() {
            s = s + s;
            if byte >> bit & 1 == 1 {
                s += secret;
            }
        }
    }
    [identity, s.to_bytes()].concat()
}
