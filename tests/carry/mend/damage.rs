//! Random damage of many kinds: repaired exactly when enough is left, never a wrong byte, and what is missing
//! is named.

use varaq_carry::mend::{RepairError, RepairOptions};
use varaq_kit::Dice;

use crate::oracle::{Left, Original};
use crate::{issue, parity_of, repaired};

/// Patterns in the gate; `VARAQ_EVERY_FAULT=1` tries a thousand.
fn patterns() -> u64 {
    if std::env::var_os("VARAQ_EVERY_FAULT").is_some() {
        1_000
    } else {
        60
    }
}

/// One kind of damage.
fn damage(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let len = bytes.len();
    if len == 0 {
        return;
    }
    match dice.below(6) {
        0 => (0..dice.within(1, 12)).for_each(|_| {
            let at = dice.below(len);
            bytes[at] ^= 1 << dice.below(8);
        }),
        1 => {
            let burst = dice.below(len / 8) + 1;
            let from = dice.below(len - burst.min(len - 1));
            let hurt = &mut bytes[from..(from + burst).min(len)];
            hurt.iter_mut().for_each(|byte| *byte = dice.roll() as u8);
        }
        2 => (0..dice.within(1, 30)).for_each(|_| {
            let from = dice.below(len / 512 + 1) * 512;
            bytes[from.min(len)..(from + 512).min(len)].fill(0);
        }),
        3 => bytes.truncate(len - dice.below(len / 3)),
        // The beginning, where all that is precious stands.
        4 => {
            let burst = dice.below(3_000.min(len));
            bytes[..burst].fill(0);
        }
        _ => {
            let burst = dice.below(len * 2 / 3) + 1;
            let from = dice.below(len);
            bytes[from..(from + burst).min(len)].fill(0xa5);
        }
    }
}

#[test]
fn a_copy_is_mended_exactly_when_enough_is_left() {
    let bundle = issue(1, 40);
    let originals: Vec<Original> = [3, 10, 40]
        .map(|percent| Original::new(bundle.clone(), parity_of(&bundle, percent)))
        .into();
    let (mut whole, mut not, mut no_head, mut plain, mut partial, mut better) = (0, 0, 0, 0, 0, 0);
    for seed in 0..patterns() {
        let mut dice = Dice::new(seed);
        let original = dice.pick(&originals);
        let mut copies = vec![bundle.clone(); dice.within(1, 3) as usize];
        for copy in &mut copies {
            (0..dice.within(1, 3)).for_each(|_| damage(&mut dice, copy));
        }
        let mut repair = dice.says(2, 3).then(|| original.parity.clone());
        if let Some(repair) = repair.as_mut().filter(|_| dice.says(1, 2)) {
            damage(&mut dice, repair);
        }
        let appended = repair.is_some() && dice.says(1, 2) && copies[0].len() == bundle.len();
        let left = Left::of(original, &copies, repair.as_deref());
        if let Some(repair) = repair.as_ref().filter(|_| appended) {
            copies[0].extend_from_slice(repair);
        }
        let mut files: Vec<&[u8]> = copies.iter().map(Vec::as_slice).collect();
        files.extend(repair.as_deref().filter(|_| !appended));
        let options = RepairOptions {
            partial: dice.says(1, 2),
            ..RepairOptions::default()
        };
        let (report, out) = repaired(&files, &options);
        let report = match report {
            Ok(report) => report,
            Err(RepairError::NoHead | RepairError::NothingFound | RepairError::Refused(_)) => {
                assert!(!left.head && out.is_none(), "seed {seed}: a head was left");
                no_head += 1;
                continue;
            }
            Err(error) => panic!("seed {seed}: {error:?}"),
        };
        assert!(
            report.whole || !left.is_enough(),
            "seed {seed}: {left:?} {report:?}"
        );
        // Two damaged copies of a piece may still be put together at a border of sectors.
        better += u32::from(report.whole && !left.is_enough());
        assert_eq!(report.written, out.is_some(), "seed {seed}");
        if report.whole {
            let out = out.unwrap();
            if report.exact {
                assert!(out == bundle, "seed {seed}: a wrong byte");
                whole += 1;
            } else {
                // No copy has RUNS left: everything but the spare copies of pieces.
                let from = original.index.start;
                let end = original
                    .pieces
                    .iter()
                    .map(|places| places[0].end)
                    .max()
                    .unwrap();
                assert!(
                    out[from..] == bundle[from..end],
                    "seed {seed}: a wrong byte"
                );
                plain += 1;
            }
            continue;
        }
        not += 1;
        if left.table {
            let named = report.missing.iter();
            let named: Vec<u32> = named.flat_map(|&(first, last)| first..=last).collect();
            let lost = named.iter().all(|piece| left.missing.contains(piece));
            assert!(lost, "seed {seed}: {named:?} {left:?}");
            better += u32::from(named != left.missing);
            let found = report.report.pieces;
            assert_eq!(
                (found.damaged + found.missing) as usize,
                named.len(),
                "seed {seed}"
            );
            assert_eq!(report.written, options.partial, "seed {seed}");
            partial += u32::from(report.written);
        }
    }
    println!(
        "{} patterns of damage: {whole} mended byte for byte, {plain} without spares, {not} named what is missing \
         ({partial} partial bundles), {no_head} without a head; {better} better than asked, 0 wrong bytes",
        patterns()
    );
    assert!(
        whole > 10 && not > 5 && better * 20 < whole + not,
        "{whole} {not} {better}"
    );
}

#[test]
fn ten_percent_survive_any_burst_of_nine() {
    let bundle = issue(3, 60);
    let parity = parity_of(&bundle, 10);
    let burst = bundle.len() * 9 / 100;
    let mut both = bundle.clone();
    both.extend_from_slice(&parity);
    for step in 0..24 {
        let from = step * (both.len() - burst) / 23;
        let mut hurt = both.clone();
        hurt[from..from + burst].fill(0x5a);
        let (report, out) = repaired(&[&hurt], &RepairOptions::default());
        assert!(report.unwrap().whole, "a burst at {from}");
        assert!(out.as_ref() == Some(&bundle), "a burst at {from}");
    }
}
