//! Split and join: any that are enough rebuild the file; what is damaged is named and not used.

use std::path::{Path, PathBuf};

use varaq_carry::mend::{
    JoinError, JoinReport, NamedPart, Recognised, SplitError, SplitOptions, join, recognise, split,
};
use varaq_kit::FaultStorage;

use crate::{issue, on, parts_of, pins};

const FOUR_OF_SEVEN: SplitOptions = SplitOptions {
    size: None,
    parts: Some(7),
    need: Some(4),
};

fn joined(parts: &[Vec<u8>]) -> (Result<JoinReport, JoinError>, Option<Vec<u8>>) {
    let disk = FaultStorage::new();
    let names: Vec<PathBuf> = (0..parts.len()).map(|n| n.to_string().into()).collect();
    names
        .iter()
        .zip(parts)
        .for_each(|(name, part)| disk.put(name, part));
    let out = Path::new("out.varaq");
    let report = join(&disk, &names, out, &pins(), &mut on);
    (report, disk.bytes(out))
}

#[test]
fn every_four_of_seven_rebuild_the_file_and_no_three_do() {
    let bundle = issue(1, 40);
    let (report, parts) = parts_of(&bundle, FOUR_OF_SEVEN);
    assert_eq!((report.files.len(), report.need), (7, 4));
    let mut tried = (0, 0);
    for chosen in 0_u32..128 {
        let some: Vec<Vec<u8>> = (0..7)
            .filter(|part| chosen >> part & 1 == 1)
            .map(|part| parts[part].clone())
            .collect();
        match some.len() {
            4 => {
                let (report, out) = joined(&some);
                assert!(report.unwrap().written.is_some() && out.as_ref() == Some(&bundle));
                tried.0 += 1;
            }
            3 => {
                let (report, out) = joined(&some);
                let report = report.unwrap();
                assert!(report.written.is_none() && out.is_none());
                let absent = (1..=7).filter(|part| chosen >> (part - 1) & 1 == 0);
                assert_eq!(report.missing, absent.collect::<Vec<u16>>());
                tried.1 += 1;
            }
            _ => {}
        }
    }
    assert_eq!(tried, (35, 35));
}

#[test]
fn any_damaged_part_is_named_and_its_damage_not_used() {
    let bundle = issue(1, 40);
    let (_, parts) = parts_of(&bundle, FOUR_OF_SEVEN);
    for hurt in 0..7 {
        let len = parts[hurt].len();
        // Magic, header, roots, hashes, and the shard itself.
        for at in [3, 100, 200, 450, len - 1_000] {
            let mut some = parts.clone();
            some[hurt][at] ^= 4;
            let (report, out) = joined(&some);
            let report = report.unwrap();
            assert!(out.as_ref() == Some(&bundle), "part {hurt}, byte {at}");
            let named = report.named[hurt].1;
            let number = hurt as u16 + 1;
            // Who is not needed is not read to its end.
            let unused = hurt >= 4 && at > 450;
            let wanted = if at <= 450 {
                NamedPart::Unreadable
            } else {
                NamedPart::Damaged(number)
            };
            assert!(
                named == wanted || unused,
                "part {hurt}, byte {at}: {named:?}"
            );
        }
    }
    // Four parts, each with another block damaged: still enough, block by block.
    let mut some = parts.clone();
    for (part, bytes) in some.iter_mut().enumerate().take(5) {
        let at = bytes.len() - 100 - part * 4_096;
        bytes[at] ^= 1;
    }
    assert!(joined(&some[..5]).1.as_ref() == Some(&bundle));
    some.truncate(3);
    some.push(parts[3][..parts[3].len() - 5_000].to_vec());
    some.extend(parts[5..].iter().cloned());
    assert!(
        joined(&some).1.as_ref() == Some(&bundle),
        "a part that was cut off"
    );
}

#[test]
fn parts_of_something_else_doubled_parts_and_other_files_are_named() {
    let bundle = issue(1, 20);
    let (_, mut parts) = parts_of(&bundle, FOUR_OF_SEVEN);
    let (_, other) = parts_of(&issue(2, 20), FOUR_OF_SEVEN);
    parts.truncate(4);
    parts.extend([
        other[0].clone(),
        parts[1].clone(),
        b"nothing of ours".to_vec(),
    ]);
    let (report, out) = joined(&parts);
    let named: Vec<NamedPart> = report
        .unwrap()
        .named
        .into_iter()
        .map(|(_, one)| one)
        .collect();
    use NamedPart::{Doubled, Foreign, Good, Unreadable};
    assert_eq!(
        named,
        [
            Good(1),
            Good(2),
            Good(3),
            Good(4),
            Foreign,
            Doubled(2),
            Unreadable
        ]
    );
    assert!(out.as_ref() == Some(&bundle));
    assert!(matches!(joined(&[bundle]).0, Err(JoinError::NoParts(_))));
}

#[test]
fn parts_are_below_their_size_have_neutral_names_and_are_the_same_each_time() {
    let bundle = issue(1, 40);
    let options = SplitOptions {
        size: Some(20_000),
        ..SplitOptions::default()
    };
    let (report, parts) = parts_of(&bundle, options);
    assert!(
        parts
            .iter()
            .all(|part| part.len() == 20_000.min(part.len()))
    );
    assert_eq!((report.need, parts.len()), (5, 6));
    assert_eq!(report.files[0], Path::new("parts/part-1-of-6.bin"));
    assert!(parts == parts_of(&bundle, options).1);
    for (part, number) in parts.iter().zip(1..) {
        let disk = FaultStorage::new();
        disk.put("part", part);
        let found = recognise(&disk, Path::new("part"), &mut on)
            .unwrap()
            .unwrap();
        assert!(
            matches!(found, Recognised::Part { number: n, parts: 6, need: 5, .. } if n == number)
        );
        assert_eq!(found.code(), 0);
    }
    let disk = FaultStorage::new();
    disk.put("a", &bundle);
    let ask = |options: SplitOptions| {
        split(
            &disk,
            Path::new("a"),
            Path::new("p"),
            &options,
            &pins(),
            &mut on,
        )
    };
    let none = ask(SplitOptions::default());
    assert!(matches!(none, Err(SplitError::Numbers)));
    let small = ask(SplitOptions {
        size: Some(1_000),
        ..FOUR_OF_SEVEN
    });
    assert!(matches!(
        small,
        Err(SplitError::TooLarge { size: 1_000, .. })
    ));
    assert_eq!(disk.snapshot().len(), 1);
}
