//! Mending: repair data, repair, split and join.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod damage;
mod faults;
mod hostile;
mod layout;
mod oracle;
mod parts;
mod repairs;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use varaq_bundle::{Medium, MediumClass, Span, Spares};
use varaq_carry::mend::{
    RepairError, RepairOptions, RepairReport, SplitOptions, SplitReport, add_parity, repair, split,
};
use varaq_kit::{Dice, FaultStorage, Mint};
use varaq_trust::Pins;

/// Goes on.
fn on(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn pins() -> Pins {
    Mint::default().pins(true)
}

/// An issue of some hundred small pieces: text that hardly packs, and a picture.
fn issue(number: u32, articles: usize) -> Vec<u8> {
    let mint = Mint::default();
    let mut draft = mint.issue(number);
    draft.options.piece_bytes = 1_024;
    draft.options.prefix_bytes = 4_096;
    draft.options.spares = Spares::Always;
    let mut dice = Dice::new(u64::from(number) / 2);
    for article in 0..articles {
        let words: Vec<String> = (0..160)
            .map(|_| format!("{:x}", dice.roll() >> 24))
            .collect();
        let media = (article % 8 == 0).then(|| picture(&mut dice));
        let block = varaq_article::Block::Paragraph {
            role: varaq_article::Role::Body,
            text: vec![varaq_article::Inline::Text(words.join(" "))],
        };
        let body = varaq_article::Article {
            blocks: vec![block],
        };
        let title = format!("Article {article}");
        draft = draft.blocks("en", &title, &body, media.into_iter().collect());
    }
    draft.signed(&[0, 1])
}

fn picture(dice: &mut Dice) -> (Medium, Vec<u8>) {
    let medium = Medium {
        class: MediumClass::Picture,
        media_type: "image/png".into(),
        name: "picture.png".into(),
        span: Span::default(),
        width: 4,
        height: 4,
    };
    (medium, (0..3_000).map(|_| dice.roll() as u8).collect())
}

/// Repair data of a bundle, in a file of its own.
fn parity_of(bundle: &[u8], percent: u16) -> Vec<u8> {
    let disk = FaultStorage::new();
    disk.put("a.varaq", bundle);
    let (file, target) = (Path::new("a.varaq"), Path::new("a.parity"));
    add_parity(&disk, file, Some(target), percent, &pins(), &mut on).unwrap();
    disk.bytes(target).unwrap()
}

/// Repairs files that are named by their numbers.
fn repaired(
    files: &[&[u8]],
    options: &RepairOptions,
) -> (Result<RepairReport, RepairError>, Option<Vec<u8>>) {
    let disk = FaultStorage::new();
    let names: Vec<PathBuf> = (0..files.len())
        .map(|n| PathBuf::from(n.to_string()))
        .collect();
    names
        .iter()
        .zip(files)
        .for_each(|(name, bytes)| disk.put(name, bytes));
    let out = Path::new("out.varaq");
    let report = repair(&disk, &names, out, options, &pins(), &mut on);
    let left: Vec<PathBuf> = disk.snapshot().into_keys().collect();
    let strange = left
        .iter()
        .filter(|path| *path != out && !names.contains(path))
        .count();
    assert_eq!(strange, 0, "{left:?}");
    (report, disk.bytes(out))
}

/// The parts of a bundle, in their order.
fn parts_of(bundle: &[u8], options: SplitOptions) -> (SplitReport, Vec<Vec<u8>>) {
    let disk = FaultStorage::new();
    disk.put("a.varaq", bundle);
    let (file, folder) = (Path::new("a.varaq"), Path::new("parts"));
    let report = split(&disk, file, folder, &options, &pins(), &mut on).unwrap();
    let parts = report.files.iter().map(|name| disk.bytes(name).unwrap());
    let parts = parts.collect();
    (report, parts)
}
