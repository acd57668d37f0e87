//! Every kind of point as key and as R (FORMAT.md section 3): only the ordinary ones are accepted.
//!
//! The cases are those of C2SP/CCTV `ed25519/ed25519vectors.json` (914) and some more, made from
//! its README instead of kept (350 KB): 14 encodings of the eight points of small order, and a
//! point of the large subgroup plus each of those eight; with and without a remainder that only a
//! factor of eight removes; hashed as written and as they should be written.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod support;

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT as BASE, EIGHT_TORSION};
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sha2::{Digest, Sha512};
use varaq_trust::PublicKey;

/// A point, how it is written, and its part in the large subgroup.
struct Point {
    written: [u8; 32],
    canonical: [u8; 32],
    small: EdwardsPoint,
    scalar: Scalar,
}

/// Other ways to write points of small order: y not below 2²⁵⁵-19, or x = -0.
const NOT_CANONICAL: [&str; 6] = [
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

impl Point {
    fn of(scalar: Scalar, small: EdwardsPoint) -> Point {
        let canonical = (BASE * scalar + small).compress().to_bytes();
        Point {
            written: canonical,
            canonical,
            small,
            scalar,
        }
    }

    /// The point that those bytes stand for, in spite of how they are written.
    fn not_canonical(hex: &str) -> Point {
        let written: [u8; 32] = support::hex(hex).try_into().unwrap();
        let y_below = curve25519_dalek::edwards::CompressedEdwardsY(written);
        let small = y_below.decompress().unwrap();
        Point {
            written,
            ..Point::of(Scalar::ZERO, small)
        }
    }

    /// All 22, of a secret scalar.
    fn all(secret: u64) -> Vec<Point> {
        let small = EIGHT_TORSION
            .iter()
            .map(|&small| Point::of(Scalar::ZERO, small));
        let other = NOT_CANONICAL.iter().map(|hex| Point::not_canonical(hex));
        let secret = Scalar::from(secret);
        let mixed = EIGHT_TORSION.iter().map(|&small| Point::of(secret, small));
        small.chain(other).chain(mixed).collect()
    }

    fn is_ordinary(&self) -> bool {
        self.small.is_identity() && self.scalar != Scalar::ZERO
    }
}

fn challenge(r: &[u8; 32], a: &[u8; 32], message: &[u8]) -> Scalar {
    let hash = Sha512::new()
        .chain_update(r)
        .chain_update(a)
        .chain_update(message);
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

/// A signature that holds up to a factor of eight; the remainder is what it leaves without.
fn sign(a: &Point, r: &Point, message: &[u8], canonical: bool) -> ([u8; 64], bool) {
    let hashed = |point: &Point| {
        if canonical {
            point.canonical
        } else {
            point.written
        }
    };
    let k = challenge(&hashed(r), &hashed(a), message);
    let s = r.scalar + k * a.scalar;
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&r.written);
    signature[32..].copy_from_slice(s.as_bytes());
    // What is left of R + kA beside the large subgroup; k times a point of order eight.
    let eighths = usize::from(k.as_bytes()[0] & 7);
    let remainder = (0..eighths).fold(r.small, |sum, _| sum + a.small);
    (signature, !remainder.is_identity())
}

#[test]
fn of_every_kind_of_point_only_ordinary_ones_sign() {
    let (mut made, mut taken) = (0, 0);
    for a in &Point::all(0x5eed_0001) {
        for r in &Point::all(0x5eed_0002) {
            let both_canonical = a.written == a.canonical && r.written == r.canonical;
            for canonical in [false, true] {
                if canonical && both_canonical {
                    continue; // nothing to write in another way
                }
                for wanted in [false, true] {
                    let cases = (0..64u32).map(|n| format!("message {n}").into_bytes());
                    let mut cases = cases.map(|message| (sign(a, r, &message, canonical), message));
                    let Some(((signature, remainder), message)) =
                        cases.find(|((_, remainder), _)| *remainder == wanted)
                    else {
                        continue; // these two never leave, or always leave, a remainder
                    };
                    let key = PublicKey::new(1, &a.written);
                    let accepted = key.is_ok_and(|key| key.verifies(&message, &signature));
                    let ordinary = a.is_ordinary() && r.is_ordinary() && both_canonical;
                    assert_eq!(
                        accepted,
                        ordinary && !remainder,
                        "{:x?} {signature:x?}",
                        a.written
                    );
                    made += 1;
                    taken += u32::from(accepted);
                }
            }
        }
    }
    assert_eq!((made, taken), (1_112, 1));
}
