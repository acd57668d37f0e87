//! OWN: statements, chains, revocations, suspensions.

use super::file::varaq_article_bytes;
use super::{Known, Vector};
use crate::{Mint, Plan, public, sign, signed, splice};
use varaq_bundle::Hash;
use varaq_trust::{KeySet, Namespace, Reason, Revocation, Set, Statement};

const TEXT: &str = "Words.";

/// An issue of a publisher whom the reader of the vectors does not know.
fn issue(mint: &Mint) -> Vec<u8> {
    mint.issue(42)
        .article("One", TEXT)
        .slack(1_024)
        .signed(&[0, 1])
}

fn bad(name: &str, section: &'static str, mint: &Mint, purpose: &str) -> Vector {
    Vector::closed(name, section, "BAD_SIGNATURE", 20, issue(mint), purpose)
}

fn good(name: &str, section: &'static str, mint: &Mint, purpose: &str) -> Vector {
    Vector::open(
        name,
        section,
        issue(mint),
        &[varaq_article_bytes(TEXT)],
        purpose,
    )
}

/// The publisher with other bytes of its first statement, signed all the same.
fn first(change: impl FnOnce(&mut Vec<u8>)) -> Mint {
    let sound = Mint::default();
    let mut bytes = sound.own.statements[0].bytes.clone();
    change(&mut bytes);
    Mint::with_bytes(Plan::default(), sound.last, bytes)
}

/// The CBOR of a key set that may break the rules of one.
fn key_set(threshold: u8, keys: &[Vec<u8>]) -> Vec<u8> {
    let count = u8::try_from(keys.len()).unwrap();
    let mut bytes = vec![0x82, threshold];
    bytes.extend(if count < 24 {
        vec![0x80 | count]
    } else {
        vec![0x98, count]
    });
    keys.iter()
        .for_each(|key| bytes.extend([&[0x82, 0x01, 0x58, 0x20][..], key].concat()));
    bytes
}

fn raw(seed: u8) -> Vec<u8> {
    public(seed).bytes().to_vec()
}

/// The publisher whose delegation has this key set in place of its own.
fn desk(threshold: u8, keys: &[Vec<u8>]) -> Mint {
    let sound = Mint::default().last.delegations[0].keys.encode();
    first(|bytes| splice(bytes, &sound, &key_set(threshold, keys)))
}

fn keys_of_desk() -> [Vec<u8>; 3] {
    [raw(11), raw(12), raw(13)]
}

/// Rotates to the root key with this seed; `signers` sign.
fn rotated(signers: &[(Set, u64, u8)]) -> Mint {
    let mut mint = Mint::default();
    let next = mint.next_statement(|next| next.root = KeySet::new(1, vec![public(2)]).unwrap());
    mint.append(next, Namespace::Root, signers);
    mint
}

fn revoking(slot: u8, kept: &[Hash]) -> Mint {
    let mut mint = Mint::default();
    let key = public(mint.plan.desk.1[usize::from(slot)]);
    let mut kept = kept.to_vec();
    kept.sort();
    mint.add(|next| {
        next.revoked = vec![Revocation {
            key,
            reason: Reason::Stolen,
            kept,
        }]
    });
    mint
}

/// An issue signed before the statement was made, with the longer OWN of `mint` put in its place.
fn later_own(mint: &Mint, slots: &[u8]) -> Vec<u8> {
    let before = Mint::default()
        .issue(42)
        .article("One", TEXT)
        .slack(2_048)
        .signed(slots);
    crate::with_head(&before, |head| head.own = mint.own.encode().unwrap())
}

fn manifest_id(bytes: &[u8]) -> Hash {
    varaq_bundle::Bundle::open(
        std::io::Cursor::new(bytes),
        &varaq_bundle::Limits::default(),
    )
    .unwrap()
    .head()
    .manifest_id()
}

pub(super) fn all() -> Vec<Vector> {
    [first_statements(), chains(), revocations(), suspensions()].concat()
}

fn first_statements() -> Vec<Vector> {
    let [one, two, three] = keys_of_desk();
    let small_order: Vec<u8> = [vec![0xec], vec![0xff; 30], vec![0x7f]].concat();
    let identity: Vec<u8> = [vec![1], vec![0; 31]].concat();
    let not_canonical: Vec<u8> = [vec![0xee], vec![0xff; 30], vec![0x7f]].concat();
    let many: Vec<Vec<u8>> = (20..37).map(raw).collect();
    let root = Mint::default().last.root.encode();
    vec![
        bad(
            "threshold_zero",
            "3",
            &desk(0, &keys_of_desk()),
            "Nobody must sign.",
        ),
        bad(
            "threshold_above_keys",
            "3",
            &desk(4, &keys_of_desk()),
            "Four of three must sign.",
        ),
        bad("no_keys", "3", &desk(1, &[]), "One of no keys must sign."),
        bad(
            "seventeen_keys",
            "3",
            &desk(2, &many),
            "One key more than allowed.",
        ),
        bad(
            "same_key_twice",
            "3",
            &desk(2, &[one.clone(), two.clone(), one.clone()]),
            "One key holds two slots.",
        ),
        bad(
            "key_small_order",
            "3",
            &desk(2, &[one.clone(), two.clone(), small_order]),
            "A key of small order.",
        ),
        bad(
            "key_identity",
            "3",
            &desk(2, &[one.clone(), two.clone(), identity]),
            "The identity as a key.",
        ),
        bad(
            "key_not_canonical",
            "3",
            &desk(2, &[one.clone(), two.clone(), not_canonical]),
            "A key that is not in its canonical encoding.",
        ),
        bad(
            "key_mixed_order",
            "3",
            &desk(2, &[one, two, mixed_order(&three)]),
            "A key with a part of small order.",
        ),
        bad(
            "root_threshold_zero",
            "3",
            &first(|bytes| splice(bytes, &root, &key_set(0, &[raw(1)]))),
            "No root key must sign.",
        ),
        bad(
            "statement_signature_wrong",
            "4.2",
            &{
                let mut mint = Mint::default();
                mint.own.statements[0].signatures[0].signature[0] ^= 1;
                mint
            },
            "The root signature is wrong.",
        ),
        bad(
            "statement_in_manifest_namespace",
            "4.2",
            &{
                let mut mint = Mint::default();
                let bytes = mint.own.statements[0].bytes.clone();
                mint.own.statements[0].signatures[0].signature =
                    sign(1, Namespace::Manifest, &bytes);
                mint
            },
            "A root signature made for a manifest.",
        ),
        bad(
            "statement_unsigned",
            "4.2",
            &{
                let mut mint = Mint::default();
                mint.own.statements[0].signatures.clear();
                mint
            },
            "Statement 1 carries no signature.",
        ),
        bad(
            "statement_version_two_first",
            "4.2",
            &first(|bytes| splice(bytes, &[0x02, 0x01, 0x03, 0xf6], &[0x02, 0x02, 0x03, 0xf6])),
            "The first statement says that it is the second.",
        ),
        bad(
            "statement_trailing_byte",
            "2",
            &first(|bytes| bytes.push(0)),
            "A byte follows the statement.",
        ),
        bad(
            "statement_without_names",
            "4.1",
            &first(|bytes| {
                let names = encoded_names();
                splice(bytes, &names, &[0x09, 0x80]);
            }),
            "Statement 1 names nobody.",
        ),
        bad(
            "window_too_wide",
            "4.1",
            &first(|bytes| {
                splice(
                    bytes,
                    &[0x01, 0x18, 200, 0xf6],
                    &[0x01, 0x19, 0x01, 0x01, 0xf6],
                )
            }),
            "A window of 257 numbers.",
        ),
        bad(
            "window_reversed",
            "4.1",
            &first(|bytes| splice(bytes, &[0x01, 0x18, 200, 0xf6], &[0x18, 50, 0x18, 49, 0xf6])),
            "A window that ends before it begins.",
        ),
        bad(
            "window_from_zero",
            "4.1",
            &first(|bytes| splice(bytes, &[0x01, 0x18, 200, 0xf6], &[0x00, 0x18, 200, 0xf6])),
            "A window that begins at 0.",
        ),
    ]
}

/// Key 9 of the sound first statement.
fn encoded_names() -> Vec<u8> {
    let mut bytes = vec![0x09, 0x82];
    for (language, name) in Plan::default().names {
        bytes.push(0x82);
        for text in [language, name] {
            bytes.push(0x60 | u8::try_from(text.len()).unwrap());
            bytes.extend(text.as_bytes());
        }
    }
    bytes
}

/// The key plus a point of order two: (x, y) becomes (-x, -y).
fn mixed_order(key: &[u8]) -> Vec<u8> {
    // p - y in little-endian, and the other sign of x.
    let mut sum = Vec::with_capacity(32);
    let mut borrow = 0i16;
    for (index, byte) in key.iter().enumerate() {
        let prime: i16 = match index {
            0 => 0xed,
            31 => 0x7f,
            _ => 0xff,
        };
        let byte = if index == 31 { byte & 0x7f } else { *byte };
        let difference = prime - i16::from(byte) - borrow;
        borrow = i16::from(difference < 0);
        sum.push(difference.rem_euclid(256).to_le_bytes()[0]);
    }
    sum[31] |= !key[31] & 0x80;
    sum
}

fn chains() -> Vec<Vector> {
    let both = [(Set::Before, 0, 1), (Set::Own, 0, 2)];
    let skipped = || {
        let mut mint = Mint::default();
        mint.add(|next| next.cadence = 7);
        mint.add(|next| next.cadence = 14);
        mint
    };
    let text = [varaq_article_bytes(TEXT)];
    vec![
        good(
            "chain_of_two",
            "4.2",
            &{
                let mut mint = Mint::default();
                mint.add(|next| next.cadence = 7);
                mint
            },
            "A second statement with the same root key, signed once.",
        ),
        good(
            "root_rotated",
            "4.2",
            &rotated(&both),
            "The root key is exchanged; old and new key have signed.",
        ),
        bad(
            "root_rotated_by_old_only",
            "4.2",
            &rotated(&both[..1]),
            "Only the old root key has signed the exchange.",
        ),
        bad(
            "root_rotated_by_new_only",
            "4.2",
            &rotated(&both[1..]),
            "Only the new root key has signed the exchange: a thief's own key would do.",
        ),
        bad(
            "statement_skipped",
            "4.2",
            &{
                let mut mint = skipped();
                mint.own.statements.remove(1);
                mint
            },
            "Statement 3 follows statement 1.",
        ),
        bad(
            "statements_swapped",
            "4.2",
            &{
                let mut mint = skipped();
                mint.own.statements.swap(1, 2);
                mint
            },
            "Statement 3 stands before statement 2.",
        ),
        bad(
            "statement_of_other_publisher",
            "4.2",
            &{
                let mut mint = Mint::default();
                mint.add(|next| next.cadence = 7);
                let other = {
                    let mut other = Mint::other("Other", 50);
                    other.add(|next| next.cadence = 7);
                    other
                };
                mint.own.statements[1] = other.own.statements[1].clone();
                mint
            },
            "Statement 2 is another publisher's.",
        ),
        Vector::closed(
            "chain_too_short",
            "4.2",
            "CHAIN_INCOMPLETE",
            20,
            stripped(),
            "The statement that the manifest names was cut off.",
        ),
        Vector::closed(
            "chain_of_other_publisher",
            "4.2",
            "CHAIN_INCOMPLETE",
            20,
            foreign(),
            "OWN is another publisher's.",
        ),
        Vector::open(
            "chain_longer_than_root",
            "4.2",
            {
                let mut mint = Mint::default();
                mint.add(|next| next.cadence = 7);
                later_own(&mint, &[0, 1])
            },
            &text,
            "A statement made after the issue travels with it.",
        ),
        bad(
            "granted_twice",
            "4.1",
            &{
                let mut mint = Mint::default();
                let same = mint.last.delegations.clone();
                mint.add(|next| next.delegations = same);
                mint
            },
            "Statement 2 grants a channel and epoch again.",
        ),
        good(
            "root_statement_in_other_order",
            "4.2",
            &{
                let mut mint = Mint::default();
                let next: Statement = mint.next_statement(|next| next.cadence = 7);
                let bytes = next.encode().unwrap();
                mint.own.statements.push(signed(
                    bytes,
                    Namespace::Root,
                    &[(Set::Before, 0, 1), (Set::Own, 0, 1)],
                ));
                mint.last = next;
                mint
            },
            "Unchanged root keys may sign for both sets.",
        ),
    ]
}

fn stripped() -> Vec<u8> {
    let mut mint = Mint::default();
    mint.add(|next| next.cadence = 7);
    crate::with_head(&issue(&mint), |head| {
        head.own = Mint::default().own.encode().unwrap()
    })
}

fn foreign() -> Vec<u8> {
    crate::with_head(&issue(&Mint::default()), |head| {
        head.own = Mint::other("Other", 50).own.encode().unwrap()
    })
}

fn revocations() -> Vec<Vector> {
    let text = [varaq_article_bytes(TEXT)];
    let genuine = manifest_id(&later_own(&Mint::default(), &[0, 1]));
    let closed = |name: &str, bytes: Vec<u8>, purpose: &str| {
        Vector::closed(name, "4.3", "REVOKED_KEY", 24, bytes, purpose)
    };
    vec![
        closed(
            "revoked_key",
            later_own(&revoking(1, &[]), &[0, 1]),
            "One of two signing keys was declared stolen.",
        ),
        closed(
            "revoked_key_keeps_another",
            later_own(&revoking(1, &[Hash([7; 32])]), &[0, 1]),
            "The stolen key keeps another issue, not this one.",
        ),
        Vector::open(
            "revoked_key_keeps_this",
            "4.3",
            later_own(&revoking(1, &[Hash([7; 32]), genuine]), &[0, 1]),
            &text,
            "The stolen key keeps this issue.",
        ),
        Vector::open(
            "revoked_key_is_a_third",
            "4.3",
            later_own(&revoking(2, &[]), &[0, 1, 2]),
            &text,
            "A third signature by a stolen key spoils nothing.",
        ),
        Vector::closed(
            "revoked_key_and_one_too_few",
            "7",
            "BELOW_THRESHOLD",
            20,
            later_own(&revoking(2, &[]), &[0]),
            "One signature, and a key that did not sign was revoked.",
        ),
    ]
}

fn suspensions() -> Vec<Vector> {
    let text = [varaq_article_bytes(TEXT)];
    let suspended = |slot: u8| {
        let mut mint = Mint::default();
        mint.suspend(slot);
        mint
    };
    let cleared = {
        let mut mint = suspended(1);
        mint.add(|next| next.cleared = vec![public(12)]);
        mint
    };
    let kept = {
        let mut mint = suspended(1);
        let genuine = manifest_id(&later_own(&Mint::default(), &[0, 1]));
        mint.add(|next| {
            next.revoked = vec![Revocation {
                key: public(12),
                reason: Reason::Retired,
                kept: vec![genuine],
            }]
        });
        mint
    };
    let forged = {
        let mut mint = suspended(1);
        mint.own.suspensions[0].signatures[0].signature[0] ^= 1;
        mint
    };
    let of_other = {
        let mut mint = Mint::default();
        let mut other = Mint::other("Other", 50);
        other.suspend(1);
        mint.own.suspensions = other.own.suspensions;
        mint
    };
    vec![
        Vector::closed(
            "suspended_key",
            "4.4",
            "SUSPENDED_KEY",
            24,
            later_own(&suspended(1), &[0, 1]),
            "One of two signing keys is suspended.",
        ),
        Vector::open(
            "suspended_key_is_a_third",
            "4.4",
            later_own(&suspended(2), &[0, 1, 2]),
            &text,
            "A third signature by a suspended key spoils nothing.",
        ),
        Vector::open(
            "suspended_key_cleared",
            "4.4",
            later_own(&cleared, &[0, 1]),
            &text,
            "A later statement cleared the suspended key.",
        ),
        Vector::open(
            "suspended_key_revoked_and_kept",
            "4.4",
            later_own(&kept, &[0, 1]),
            &text,
            "A later statement revoked the suspended key and keeps this issue.",
        ),
        Vector::closed(
            "suspension_forged",
            "4.4",
            "BAD_SIGNATURE",
            20,
            later_own(&forged, &[0, 1]),
            "A suspension that does not verify.",
        ),
        Vector::closed(
            "suspension_of_other_publisher",
            "4.4",
            "BAD_SIGNATURE",
            20,
            later_own(&of_other, &[0, 1]),
            "A suspension by another publisher stands in OWN.",
        ),
    ]
    .into_iter()
    .map(|vector| vector.known(Known::Verified))
    .collect()
}
