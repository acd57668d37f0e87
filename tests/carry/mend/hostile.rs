//! Repair data and parts made to harm: clear answers, flat memory, never a wrong file.

use std::path::Path;

use varaq_carry::mend::{
    NamedPart, ParityError, RepairOptions, SplitOptions, check_parity, join, recognise,
};
use varaq_kit::FaultStorage;

use crate::{issue, on, parity_of, parts_of, pins, repaired};

/// A header with another field, and a check that fits again.
fn forged(file: &[u8], at: usize, field: &[u8]) -> Vec<u8> {
    let mut forged = file.to_vec();
    let end = forged.len() - 192;
    for header in [0, end] {
        forged[header + at..header + at + field.len()].copy_from_slice(field);
        let check = blake3::derive_key("varaq 2026 repair-data v1", &forged[header..header + 160]);
        forged[header + 160..header + 192].copy_from_slice(&check);
    }
    forged
}

#[test]
fn lengths_and_counts_that_lie_are_no_repair_data() {
    let bundle = issue(1, 10);
    let parity = parity_of(&bundle, 10);
    let mut hurt = bundle.clone();
    let middle = hurt.len() / 2;
    hurt[middle] ^= 1;
    let lies: [(usize, &[u8]); 9] = [
        (10, &[0, 0]),
        (10, &[0xff, 0xff]),
        (12, &[0xff; 4]),
        (16, &[0xff; 8]),
        // 2⁴⁶ bytes, with the numbers of the true file.
        (16, &[0, 0, 0x40, 0, 0, 0, 0, 0]),
        (24, &[0, 0, 0, 0]),
        (28, &[0xff; 4]),
        (32, &[0xff; 4]),
        (40, &[0xff; 8]),
    ];
    for (at, field) in lies {
        let lie = forged(&parity, at, field);
        let (report, out) = repaired(&[&hurt, &lie], &RepairOptions::default());
        let report = report.unwrap();
        assert!(!report.whole && out.is_none(), "{at}");
        let disk = FaultStorage::new();
        disk.put("lie", &lie);
        assert!(matches!(
            check_parity(&disk, Path::new("lie"), &mut on),
            Err(ParityError::None)
        ));
        let found = recognise(&disk, Path::new("lie"), &mut on)
            .unwrap()
            .unwrap();
        assert_eq!(found.code(), 23);
    }
}

#[test]
fn a_consistent_header_of_a_huge_file_costs_nothing() {
    // All numbers follow from a length of 2⁴⁵; the file has 192 bytes.
    let (len, block) = (1_u64 << 45, 65_536_u64);
    let stripes = (len / block).div_ceil(512);
    let data = (len / block).div_ceil(stripes);
    let mut header = vec![0x89, b'V', b'R', b'T', 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 0, 10];
    header.extend((block as u32).to_be_bytes());
    header.extend(len.to_be_bytes());
    for count in [stripes, data, (data * 10).div_ceil(100) + 1, 1_000] {
        header.extend((count as u32).to_be_bytes());
    }
    header.extend(50_000_u64.to_be_bytes());
    header.resize(160, 0);
    let check = blake3::derive_key("varaq 2026 repair-data v1", &header);
    header.extend(check);
    let disk = FaultStorage::new();
    disk.put("huge", &header);
    let found = check_parity(&disk, Path::new("huge"), &mut on).unwrap();
    assert_eq!((found[0].blocks_whole, found[0].file_bytes), (0, len));
    let bundle = issue(1, 5);
    let (report, out) = repaired(&[&bundle, &header], &RepairOptions::default());
    assert!(report.unwrap().whole && out.as_ref() == Some(&bundle));
}

#[test]
fn repair_data_of_another_issue_or_with_other_bytes_changes_nothing() {
    let (bundle, other) = (issue(1, 10), issue(2, 10));
    let mut hurt = bundle.clone();
    let middle = hurt.len() / 2;
    hurt[middle] ^= 1;
    // Another issue's, made to name this one.
    let id = &parity_of(&bundle, 20)[48..80];
    for lie in [
        parity_of(&other, 20),
        forged(&parity_of(&other, 20), 48, id),
    ] {
        let (report, out) = repaired(&[&hurt, &lie], &RepairOptions::default());
        let report = report.unwrap();
        assert!(!report.whole && out.is_none());
        let (report, out) = repaired(&[&bundle, &lie], &RepairOptions::default());
        assert!(report.unwrap().whole && out.as_ref() == Some(&bundle));
    }
}

#[test]
fn a_part_that_lies_is_not_used_and_a_set_that_lies_is_refused() {
    let bundle = issue(1, 10);
    let options = SplitOptions {
        parts: Some(5),
        need: Some(3),
        size: None,
    };
    let (_, parts) = parts_of(&bundle, options);
    let reseal = |part: &mut Vec<u8>, count: usize| {
        let mut check = blake3::Hasher::new_derive_key("varaq 2026 part-header v1");
        check
            .update(&part[..160])
            .update(&part[192..192 + 32 * count]);
        let check = *check.finalize().as_bytes();
        part[160..192].copy_from_slice(&check);
    };
    let lies: [(usize, &[u8]); 5] = [
        (10, &[0xff, 0xff]),
        (12, &[0, 0]),
        (14, &[0, 9]),
        (16, &[0xff; 8]),
        (24, &[0xff; 8]),
    ];
    for (at, field) in lies {
        let disk = FaultStorage::new();
        let mut lie = parts[0].clone();
        lie[at..at + field.len()].copy_from_slice(field);
        reseal(&mut lie, 5);
        disk.put("0", &lie);
        parts[1..4]
            .iter()
            .zip(1..)
            .for_each(|(part, name)| disk.put(name.to_string(), part));
        let files: Vec<_> = (0..4).map(|name| name.to_string().into()).collect();
        let report = join(&disk, &files, Path::new("out"), &pins(), &mut on).unwrap();
        assert_eq!(report.named[0].1, NamedPart::Unreadable, "{at}");
        assert!(disk.bytes("out").as_ref() == Some(&bundle));
    }
    // A set that agrees with itself, and says that it is another issue.
    let disk = FaultStorage::new();
    for (part, name) in parts.iter().zip(0..) {
        let mut lie = part.clone();
        lie[48..80].fill(7);
        reseal(&mut lie, 5);
        disk.put(name.to_string(), &lie);
    }
    let files: Vec<_> = (0..5).map(|name| name.to_string().into()).collect();
    assert!(join(&disk, &files, Path::new("out"), &pins(), &mut on).is_err());
    assert!(disk.bytes("out").is_none());
}

/// Repair data whose list has another hash for a data block, in both places.
fn with_hash(parity: &[u8], block: usize, hash: &[u8]) -> Vec<u8> {
    let number = |at: usize, len: usize| {
        let bytes = &parity[at..at + len];
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let front = number(36, 4) + number(40, 8);
    let file_blocks = number(16, 8).div_ceil(number(12, 4));
    let hashes = file_blocks + number(24, 4) * number(32, 4);
    let list = 16 * (hashes + hashes.div_ceil(1_024));
    let mut forged = parity.to_vec();
    let page = block / 1_024;
    for at in [192 + front, parity.len() - 192 - front - list] {
        let from = at + page * 16 * 1_025;
        let len = 16 * (hashes - page * 1_024).min(1_024);
        let place = from + 16 * (1 + block % 1_024);
        forged[place..place + 16].copy_from_slice(hash);
        let mut check = blake3::Hasher::new_derive_key("varaq 2026 repair-page v1");
        check.update(&parity[160..192]);
        check.update(&(page as u64).to_be_bytes());
        check.update(&forged[from + 16..from + 16 + len]);
        forged[from..from + 16].copy_from_slice(&check.finalize().as_bytes()[..16]);
    }
    forged
}

#[test]
fn repair_data_that_contradicts_signed_pieces_undoes_nothing() {
    let bundle = issue(1, 60);
    let parity = parity_of(&bundle, 10);
    let number = parity[12..16].iter();
    let block = number.fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    // A piece is damaged in all copies; in one of them a block is false that another has right:
    // among the pieces, or among their spare copies.
    let mut hurt = bundle.clone();
    let middle = hurt.len() / 2;
    hurt[middle..middle + 3 * block].fill(0);
    let options = RepairOptions {
        partial: true,
        ..RepairOptions::default()
    };
    let alone = repaired(&[&hurt], &options).0.unwrap();
    for lied in [bundle.len() * 3 / 4 / block, bundle.len() / block - 2] {
        let mut false_copy = hurt.clone();
        false_copy[lied * block..(lied + 1) * block].fill(7);
        let hash = blake3::hash(&[7].repeat(block));
        let lie = with_hash(&parity, lied, &hash.as_bytes()[..16]);
        let (report, out) = repaired(&[&hurt, &false_copy, &lie], &options);
        let report = report.unwrap();
        assert!(!report.whole && report.written && out.is_some());
        assert_eq!(report.missing, alone.missing, "what was right is gone");
        // And it does not silence repair data that tells the truth.
        for files in [
            [&hurt, &false_copy, &lie, &parity],
            [&lie, &parity, &hurt, &false_copy],
        ] {
            let (report, out) = repaired(&files.map(Vec::as_slice), &RepairOptions::default());
            assert!(report.unwrap().whole && out.as_ref() == Some(&bundle));
        }
    }
}
