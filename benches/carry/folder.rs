//! A folder of 1,000 bundles and one long bundle: checked in this process by one worker and by
//! all, or with `VARAQ_EXPORT=DIR` written out for `benches/check.sh`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot go on has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use varaq_bundle::{Medium, MediumClass, MediumSource, NewMedium, Span};
use varaq_carry::{CheckOptions, check};
use varaq_kit::Mint;
use varaq_storage::Disk;

const BUNDLES: u32 = 1_000;
/// Issues of each publisher: the window of the kit's keys.
const NUMBERS: u32 = 200;
/// Attachments of the long bundle, and their bytes.
const LONG: (u32, usize) = (3, 200_000_000);
/// The attachment of each of the many.
const SHORT_BYTES: usize = 500_000;

/// Bytes that no program can make smaller.
fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(len + 8);
    while bytes.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(len);
    bytes
}

/// A signed issue of one article with attachments.
fn issue(mint: &Mint, number: u32, attachments: Vec<Vec<u8>>) -> Vec<u8> {
    let media = attachments
        .into_iter()
        .zip(1..)
        .map(|(bytes, n): (_, u32)| NewMedium {
            medium: Medium {
                class: MediumClass::Attachment,
                media_type: "application/octet-stream".into(),
                name: format!("{n}.bin"),
                span: Span::default(),
                width: 0,
                height: 0,
            },
            source: MediumSource::Bytes(bytes),
        });
    let body = varaq_article::encode(&varaq_article::Article { blocks: Vec::new() });
    let draft = mint
        .issue(number)
        .raw("en", "One", body, 0, media.collect());
    draft.signed(&[0, 1])
}

/// Writes the bundles and, for the rivals, what is in the long one.
fn write(folder: &Path) {
    let (many, raw) = (folder.join("many"), folder.join("raw"));
    fs::create_dir_all(&many).unwrap();
    fs::create_dir_all(&raw).unwrap();
    let others = [("Second", 20), ("Third", 40), ("Fourth", 60), ("Fifth", 80)];
    let mut mints = vec![Mint::default()];
    mints.extend(others.map(|(name, seed)| Mint::other(name, seed)));
    for number in 0..BUNDLES {
        let mint = &mints[(number / NUMBERS) as usize];
        let bytes = noise(number.into(), SHORT_BYTES);
        let bundle = issue(mint, number % NUMBERS + 1, vec![bytes]);
        fs::write(many.join(format!("{number:04}.varaq")), bundle).unwrap();
    }
    let long: Vec<Vec<u8>> = (0..LONG.0)
        .map(|n| noise(u64::from(n) + 7, LONG.1))
        .collect();
    for (bytes, n) in long.iter().zip(1..) {
        fs::write(raw.join(format!("{n}.bin")), bytes).unwrap();
    }
    fs::write(folder.join("long.varaq"), issue(&mints[0], 1, long)).unwrap();
}

/// Milliseconds of one check.
fn millis(path: PathBuf, threads: usize) -> f64 {
    let options = CheckOptions {
        threads,
        ..CheckOptions::default()
    };
    let pins = varaq_trust::Pins::new();
    let begun = Instant::now();
    let cancel = AtomicBool::new(false);
    check(&Disk, &[path], &pins, &options, &cancel, &mut |_| {}).unwrap();
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn main() {
    if let Some(folder) = std::env::var_os("VARAQ_EXPORT") {
        write(Path::new(&folder));
        return;
    }
    // `cargo test --benches` only wants to know that it builds.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    for name in ["many", "long.varaq"] {
        for threads in [1, 0] {
            let mut times: Vec<f64> = (0..7)
                .map(|_| millis(dir.path().join(name), threads))
                .collect();
            times.sort_by(f64::total_cmp);
            let workers = if threads == 0 { "all" } else { "one" };
            println!(
                "{name}, {workers}: median {:.1} ms, best {:.1} ms",
                times[3], times[0]
            );
        }
    }
}
