//! Repair from partial copies, other issues and raw images.

use varaq_carry::mend::{RepairError, RepairOptions};
use varaq_kit::Dice;

use crate::oracle::Original;
use crate::{issue, parity_of, repaired};

fn original(number: u32) -> Original {
    let bundle = issue(number, 40);
    let parity = parity_of(&bundle, 5);
    Original::new(bundle, parity)
}

#[test]
fn a_partial_bundle_and_the_rest_make_a_whole_one() {
    let original = original(1);
    let mut hurt = original.bytes.clone();
    let lost = original.pieces[30][0].start..original.pieces[40][0].end;
    hurt[lost].fill(0);
    let options = RepairOptions {
        partial: true,
        ..RepairOptions::default()
    };
    let (report, partial) = repaired(&[&hurt], &options);
    let (report, partial) = (report.unwrap(), partial.unwrap());
    assert_eq!((report.whole, report.missing), (false, vec![(30, 40)]));
    assert_eq!(
        (report.report.pieces.missing, report.report.pieces.damaged),
        (11, 0)
    );
    assert!(
        report.report.parts.is_empty(),
        "a partial bundle is a sound one"
    );
    // The other half comes from a copy whose beginning is gone.
    let mut tail = original.bytes.clone();
    let end = original.pieces[20][0].end;
    tail[..end].fill(0);
    let (report, whole) = repaired(&[&partial, &tail, &hurt], &RepairOptions::default());
    assert!(report.unwrap().whole && whole.as_ref() == Some(&original.bytes));
    // Without a full copy the issue is whole, and its spares are left out.
    let (report, plain) = repaired(&[&partial, &tail], &RepairOptions::default());
    let report = report.unwrap();
    assert!(report.whole && !report.exact && report.report.is_whole() && plain.is_some());
}

#[test]
fn another_issue_lends_the_pieces_that_it_has_too() {
    // The same articles under another number: all text pieces are the same.
    let (two, three) = (original(2), original(3));
    let mut hurt = two.bytes.clone();
    let lost = two.pieces[10][0].start..two.pieces[40][0].end;
    hurt[lost].fill(0);
    assert!(
        !repaired(&[&hurt], &RepairOptions::default())
            .0
            .unwrap()
            .whole
    );
    let (report, out) = repaired(&[&hurt, &three.bytes], &RepairOptions::default());
    assert!(report.unwrap().whole && out.as_ref() == Some(&two.bytes));
}

#[test]
fn a_file_is_carved_from_an_image_in_which_it_lies_in_four_places() {
    let original = original(1);
    let mut dice = Dice::new(9);
    let clusters: Vec<&[u8]> = original.bytes.chunks(4_096).collect();
    // Each begins with text: pictures are found beside a neighbour only.
    let borders = [0, 3, 6, 9, clusters.len()];
    let mut image = Vec::new();
    let mut noise = |image: &mut Vec<u8>, clusters: usize| {
        image.extend((0..clusters * 4_096).map(|_| dice.roll() as u8));
    };
    noise(&mut image, 3);
    // The second lies before the first, and so on.
    for part in [1, 0, 3, 2] {
        for cluster in &clusters[borders[part]..borders[part + 1]] {
            image.extend_from_slice(cluster);
            image.resize(image.len().next_multiple_of(4_096), 0xee);
        }
        noise(&mut image, 2);
    }
    let (report, out) = repaired(&[&image], &RepairOptions::default());
    let report = report.unwrap();
    assert!(report.whole, "{:?}", report.missing);
    assert!(out.as_ref() == Some(&original.bytes));
    // In one place, at a sector, with repair data behind it and a hole in it.
    let mut image = vec![7; 512 * 9];
    image.extend_from_slice(&original.bytes);
    image.extend_from_slice(&original.parity);
    image.extend([9; 5_000]);
    let hole = 512 * 9 + original.pieces[20][0].start;
    image[hole..hole + 1_000].fill(0);
    let (report, out) = repaired(&[&image], &RepairOptions::default());
    assert!(report.unwrap().whole && out.as_ref() == Some(&original.bytes));
}

#[test]
fn what_is_no_bundle_and_what_is_not_valid_is_told_apart() {
    assert!(matches!(
        repaired(&[b"words"], &RepairOptions::default()).0,
        Err(RepairError::NothingFound)
    ));
    let mut forged = issue(1, 3);
    forged[100] ^= 1;
    assert!(matches!(
        repaired(&[&forged], &RepairOptions::default()).0,
        Err(RepairError::Refused(_))
    ));
    assert!(matches!(
        repaired(&[b""], &RepairOptions::default()).0,
        Err(RepairError::NothingFound)
    ));
}
