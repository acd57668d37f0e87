//! One bit flipped, anywhere: a listed verdict, never other content, and the same words from
//! our crates and from the oracle.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

#[allow(dead_code)] // the other test uses the rest
#[path = "make/mod.rs"]
mod make;
mod oracle;
#[allow(dead_code)]
mod ours;

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use varaq_bundle::Hash;
use varaq_kit::{Mint, Sample};
use varaq_trust::Pins;

/// Every such bit goes through the oracle too; together a few thousand.
const STEP: usize = 3;

/// The sample as a file.
fn file() -> (Sample, Vec<u8>) {
    let sample = make::notices::sample_of_two();
    let file = sample.seal().file();
    (sample, file)
}

fn flipped(file: &[u8], bit: usize) -> Vec<u8> {
    let mut file = file.to_vec();
    file[bit / 8] ^= 1 << (bit % 8);
    file
}

/// The digests of every choice of articles, in order: what may be read.
fn allowed(sample: &Sample) -> BTreeSet<String> {
    let choices = 0..1usize << sample.bodies.len();
    choices
        .map(|choice| {
            let chosen = sample.bodies.iter().enumerate();
            let chosen: Vec<_> = chosen.filter(|(at, _)| choice >> at & 1 == 1).collect();
            let bytes: Vec<u8> = chosen
                .iter()
                .flat_map(|(_, body)| body.iter().copied())
                .collect();
            Hash::of(&bytes).to_string()
        })
        .collect()
}

const LISTED: [&str; 8] = [
    "NOT_A_BUNDLE",
    "NEWER_FORMAT(unproven)",
    "DAMAGED_HEAD",
    "CHAIN_INCOMPLETE",
    "BAD_SIGNATURE",
    "UNSIGNED_DRAFT",
    "UNKNOWN_PUBLISHER",
    "VERIFIED",
];

#[test]
fn no_flipped_bit_shows_other_content() {
    let (sample, file) = file();
    let pins: Pins = sample.mint.pins(true);
    let allowed = allowed(&sample);
    (0..8 * file.len()).into_par_iter().for_each(|bit| {
        let said = ours::check_with(&flipped(&file, bit), &pins);
        assert!(
            LISTED.contains(&said.verdict.as_str()),
            "bit {bit}: {}",
            said.verdict
        );
        assert!(
            said.articles.is_none() || allowed.contains(&said.digest),
            "bit {bit} shows other content"
        );
        let notices = said.notices.unwrap_or_default();
        assert!(
            notices == 0 || notices == 2,
            "bit {bit} shows other notices"
        );
        let unnoticed = said.articles.is_some() && said.exit == 0;
        assert!(!unnoticed, "bit {bit} is not reported");
    });
}

#[test]
fn the_oracle_says_the_same_of_flipped_bits() {
    let (sample, file) = file();
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("flips-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let bits: Vec<usize> = (0..8 * file.len()).step_by(STEP).collect();
    for bit in &bits {
        std::fs::write(folder.join(format!("{bit:06}.varaq")), flipped(&file, *bit)).unwrap();
    }
    let known = make::PinLine::of(&sample.mint, true);
    let pin_file = folder.join("pins.txt");
    std::fs::write(
        &pin_file,
        format!("{} checked {}\n", known[0].id, known[0].name),
    )
    .unwrap();
    let said = oracle::check(
        &["--pins", pin_file.to_str().unwrap()],
        std::slice::from_ref(&folder),
    );
    std::fs::remove_dir_all(&folder).unwrap();
    let Some(said) = said else { return };
    assert_eq!(said.len(), bits.len());
    let pins = ours::pins(&known);
    let wrong: Vec<String> = bits
        .par_iter()
        .filter_map(|bit| {
            let ours = ours::check_with(&flipped(&file, *bit), &pins).text();
            let theirs = said[&format!("{bit:06}.varaq")].text();
            (ours != theirs).then(|| format!("bit {bit}\nours:\n{ours}oracle:\n{theirs}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ\n{}",
        wrong.len(),
        bits.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_oracle_finds_what_our_packer_makes_whole() {
    let mint = Mint::default();
    let bytes = mint
        .issue(7)
        .article("One", "First words.")
        .article("Two", "Other words.")
        .signed(&[0, 2]);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("packed-{}.varaq", std::process::id()));
    std::fs::write(&path, &bytes).unwrap();
    let said = oracle::check(&[], std::slice::from_ref(&path));
    std::fs::remove_file(&path).unwrap();
    let Some(said) = said else { return };
    let said = said.values().next().unwrap();
    assert_eq!(said.text(), ours::check_with(&bytes, &Pins::new()).text());
    assert_eq!((said.exit, said.articles), (0, Some((2, Some(2)))));
}
